"""Pages of the policy, by client: the right person beside the wrong one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from alongside.areas.policy import actions
from alongside.areas.policy.models import Clause, FamilyNotice, Reading, Reference, Version
from alongside.areas.policy.telling import actions as telling
from alongside.areas.policy.tests.builders import DAY, a_new_version, a_review, as_issued, in_force, trust_people
from alongside.areas.register.models import Status
from tests.people import SEPTEMBER, TODAY, World, a_parent, a_person, a_post, a_pupil, words_of


@pytest.fixture
def trust(world: World) -> World:
    trust_people(world)
    return world


def test_the_first_day_shows_the_conflict_and_what_is_odd(trust: World, as_: Any) -> None:
    words = words_of(as_(trust.ben).get("/policy/"))
    assert "printed as September 2024, which is not after" in words and "Put it right" not in words
    assert "Put it right" in words_of(as_(trust.dina).get("/policy/"))
    odd = words_of(as_(trust.ben).get("/policy/oddities/"))
    assert "Fifteen days have no unit" in odd and "14 of 14 not settled" in odd and "Settle it" not in odd


def test_section_16_is_explained(trust: World, as_: Any) -> None:
    words = words_of(as_(trust.ben).get("/policy/map/?q=section+16"))
    offered = words.split("What does not fit")[0]
    assert "15. Records and data" in offered and "17. Joint commissioning" in offered and "Printed as 16" in offered
    assert "Nothing found" in words_of(as_(trust.ben).get("/policy/map/?q=zzzz"))
    assert "S15-20" in words_of(as_(trust.ben).get("/policy/map/?q=consent")).split("What does not fit")[0]


@pytest.mark.parametrize("typed", ["%00", "§ 16", "1" * 70, "²", "section 999", "<script>", "%27--"])
def test_a_search_takes_anything(trust: World, as_: Any, typed: str) -> None:
    answer = as_(trust.ben).get(f"/policy/map/?q={typed}")
    assert answer.status_code in (200, 404) and b"<script>alert" not in answer.content


def test_a_duty_leads_to_its_clause_and_back(trust: World, as_: Any) -> None:
    answer = as_(trust.dina).get("/policy/duty/S00-01/")
    clause = Clause.objects.get(section__version=as_issued(), duties__contains=["S00-01"])
    assert answer["Location"] == f"/policy/clauses/{clause.pk}/"
    assert "/duties/trust/S00-01/" in words_of(as_(trust.dina).get(answer["Location"]))
    assert "/duties/trust/" not in words_of(as_(trust.ben).get(answer["Location"])), "a teacher sees no states"
    assert as_(trust.ben).get("/policy/duty/S99-99/").status_code == 404


def test_a_flowchart_leads_to_its_page_for_those_who_may_open_it(trust: World, as_: Any) -> None:
    actions.add_flowchart(
        version=as_issued(), title="A worry", text="Notice what is hard. Try something. Write it down. Send it.",
        workflow="concerns:queue", by=trust.actor("dina"), on=TODAY,
    )  # fmt: skip
    address = f"/policy/versions/{as_issued().pk}/"
    link = '<a href="/concerns/">Raising a concern</a>'
    assert link in as_(trust.amara).get(address).content.decode()
    theirs = as_(trust.dina).get(address).content.decode()
    assert link not in theirs and "Raising a concern" in theirs


def test_the_library_has_both_editions_and_warns(trust: World, as_: Any) -> None:
    words = words_of(as_(trust.ben).get("/policy/library/"))
    assert "cited in an edition that is not the one in force" in words
    item = Reference.objects.get(key="kcsie")
    page = words_of(as_(trust.ben).get(f"/policy/library/{item.pk}/"))
    assert "In force: September 2026" in page and "The policy cites 2023" in page
    browser = as_(trust.dina)
    typed = {"kind": "law", "title": "A new Act 2027", "governs": "Something new"}
    answer = browser.post("/policy/library/add/", typed, follow=True)
    assert "no duty rests on it" in words_of(answer)
    assert as_(trust.dev).get("/policy/library/add/").status_code == 404
    assert "SEND Regulations 2014" in words_of(browser.get("/policy/library/clocks/"))


def test_publishing_too_early_says_what_to_do_first(trust: World, as_: Any) -> None:
    answer = as_(trust.dina).post(f"/policy/versions/{as_issued().pk}/publish/")
    assert answer.status_code == 409 and "approval first" in words_of(answer)
    assert as_(trust.dev).post(f"/policy/versions/{as_issued().pk}/publish/").status_code == 404


def test_one_reads_and_confirms(trust: World, as_: Any) -> None:
    in_force(trust)
    mine, other = Reading.objects.get(person=trust.ben), Reading.objects.get(person=trust.tess)
    browser = as_(trust.ben)
    assert browser.post(f"/policy/readings/{mine.pk}/confirm/").status_code == 409, "not opened yet"
    assert "I have read it" in words_of(browser.get("/policy/text/"))
    assert browser.post(f"/policy/readings/{other.pk}/confirm/").status_code == 404, "a colleague’s is not there"
    browser.post(f"/policy/readings/{mine.pk}/confirm/")
    mine.refresh_from_db()
    assert mine.confirmed_on == TODAY
    head = as_(trust.hari).post(f"/policy/readings/{other.pk}/confirm/")
    assert head.status_code == 409 and "only for yourself" in words_of(head)


def test_a_role_whose_wall_opens_no_school_confirms_as_well(trust: World, as_: Any) -> None:
    trust.people["carla"] = a_person("Carla", "Careers")
    a_post(trust.carla, "careers", trust.oakfield)
    in_force(trust)
    browser, mine = as_(trust.carla), Reading.objects.get(person=trust.carla)
    browser.get("/policy/text/")
    assert browser.post(f"/policy/readings/{mine.pk}/confirm/")["Location"] == "/policy/"
    mine.refresh_from_db()
    assert mine.confirmed_on == TODAY


def test_the_head_sees_names_of_one_school_and_the_trust_counts_of_all(trust: World, as_: Any) -> None:
    in_force(trust)
    own = words_of(as_(trust.hari).get(f"/policy/schools/{trust.oakfield.pk}/"))
    assert "Ben Whitlock" in own and "Cal Frost" not in own
    assert as_(trust.hari).get(f"/policy/schools/{trust.brookside.pk}/").status_code == 404
    assert as_(trust.ben).get(f"/policy/schools/{trust.oakfield.pk}/").status_code == 404
    counts = words_of(as_(trust.dina).get("/policy/notices/"))
    assert "Oakfield Primary" in counts and "Brookside Primary" in counts and "Ben Whitlock" not in counts


def test_the_office_keeps_the_sheet_and_sees_nobody_elses_name(trust: World, as_: Any) -> None:
    in_force(trust)
    browser, at = as_(trust.gus), f"/policy/schools/{trust.oakfield.pk}/"
    browser.post(at, {"name": "Agatha Temp"})
    words = words_of(browser.get(at))
    assert "Agatha Temp" in words and "Ben Whitlock" not in words
    line = Reading.objects.get(name="Agatha Temp")
    assert as_(trust.chloe).post(f"/policy/readings/{line.pk}/sign/").status_code == 404
    browser.post(f"/policy/readings/{line.pk}/sign/")
    line.refresh_from_db()
    assert line.confirmed_on == TODAY and b"Agatha" not in browser.get(f"{at}sheet/").content, "signed already"


def test_families_of_a_school_are_for_whoever_writes_to_them(trust: World, as_: Any) -> None:
    kuba = a_pupil(trust.oakfield)
    a_parent(trust.ewa, kuba)
    zosia = a_pupil(trust.oakfield, "Zosia", "Zielak")
    for pupil in (kuba, zosia):
        Status.objects.create(pupil=pupil, school=trust.oakfield, code="K", since=SEPTEMBER)
    in_force(trust)
    telling.publish(version=a_new_version(trust), by=trust.actor("dina"), on=TODAY)
    at = f"/policy/schools/{trust.oakfield.pk}/families/"
    words = words_of(as_(trust.amara).get(at))
    assert "Zielak" in words and "Nobody to write to" in words and "On their page" in words
    for stranger in (trust.chloe, trust.dina, trust.gus, trust.ben):
        assert as_(stranger).get(at).status_code == 404
    notice = FamilyNotice.objects.get(pupil=zosia)
    assert as_(trust.chloe).post(f"/policy/families/{notice.pk}/letter/").status_code == 404
    as_(trust.amara).post(f"/policy/families/{notice.pk}/letter/")
    notice.refresh_from_db()
    assert notice.sent_on == TODAY
    page = words_of(as_(trust.ewa).get("/family/policy/"))
    assert "three times a year" in page
    assert FamilyNotice.objects.get(pupil=kuba).read_on == TODAY
    assert as_(trust.femi).get("/family/policy/").status_code == 404


def test_summaries_on_paper_in_three_forms(trust: World, as_: Any) -> None:
    in_force(trust)
    version = a_new_version(trust)
    for reader, words in (
        ("staff", "Use it from Monday"),
        ("family", "three times a year"),
        ("easy", "You can ask us"),
    ):
        assert words in words_of(as_(trust.ben).get(f"/policy/versions/{version.pk}/{reader}/"))
        assert as_(trust.ben).get(f"/policy/versions/{version.pk}/{reader}.docx").content[:2] == b"PK"
    pdf = as_(trust.ben).get(f"/policy/versions/{version.pk}/family.pdf")
    assert pdf.status_code in (200, 503)
    assert as_(trust.ben).get(f"/policy/versions/{as_issued().pk}/family/").status_code == 404, "it says nothing new"


def test_a_section_of_a_review_is_decided(trust: World, as_: Any) -> None:
    in_force(trust)
    review = a_review(trust)
    at, browser = f"/policy/reviews/{review.pk}/sections/19/", as_(trust.dina)
    assert "Say why" in words_of(browser.post(at, {"kept_1": "changed", "says_1": "x", "rest": ""}))
    browser.post(
        at, {"kept_1": "changed", "says_1": "Every second year is not enough.", "rest": "It still holds well."}
    )
    assert review.decided.filter(kept="changed").count() == 1 and review.decided.count() == 3
    assert as_(trust.dev).get(at).status_code == 404
    assert "Comment" in words_of(as_(trust.dev).get(f"/policy/reviews/{review.pk}/"))


def test_a_starter_is_led_to_the_policy_and_nowhere_else(trust: World, as_: Any, monkeypatch: Any) -> None:
    in_force(trust)
    pupil = a_pupil(trust.oakfield)
    trust.people["nell"] = a_person("Nell", "Newly")
    a_post(trust.nell, "senco", trust.oakfield, since=TODAY + DAY)
    monkeypatch.setenv("ALONGSIDE_TODAY", (TODAY + DAY).isoformat())
    browser, colleague = as_(trust.nell), as_(trust.amara)
    for address in (f"/pupils/{pupil.pk}/", "/pupils/", "/today/", "/find/?q=Kub", "/duties/"):
        assert colleague.get(address).status_code in (200, 302), address
        answer = browser.get(address)
        assert (answer.status_code, answer["Location"]) == (302, "/policy/induction/"), address
    assert browser.get("/")["Location"] == "/policy/induction/"
    assert b"Kowalski" not in browser.get("/policy/text/").content
    browser.get("/policy/induction/summary/")
    answers = {"question_1": "1", "question_2": "1", "question_3": "2"}
    refused = browser.post("/policy/induction/check/", {**answers, "person": str(trust.amara.pk)})
    assert "only for yourself" in words_of(refused)
    assert "again" in words_of(browser.post("/policy/induction/check/", {**answers, "question_2": "0"}))
    assert browser.post("/policy/induction/check/", answers)["Location"] == "/"
    assert browser.get(f"/pupils/{pupil.pk}/").status_code == 200


def test_the_gate_asks_no_further_statement(trust: World, as_: Any, django_assert_num_queries: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = as_(trust.ben)
    browser.get("/policy/oddities/")
    with CaptureQueriesContext(connection) as before:
        browser.get("/policy/oddities/")
    in_force(trust)
    with CaptureQueriesContext(connection) as after:
        browser.get("/policy/oddities/")
    assert len(after) == len(before)


def test_the_front_page_asks_a_fixed_number_of_questions(
    trust: World, as_: Any, django_assert_max_num_queries: Any
) -> None:
    in_force(trust)
    browser = as_(trust.dina)
    with django_assert_max_num_queries(20):
        browser.get("/policy/")
    with django_assert_max_num_queries(20):
        browser.get("/policy/text/")
    assert Version.objects.count() == 1 and date(2024, 9, 1) == Version.objects.get().issue_on
