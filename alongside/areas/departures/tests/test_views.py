"""The log on the page: the right person beside the wrong one, hostile input, and the paper for a tribunal."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from alongside.areas.departures.models import Departure
from alongside.areas.departures.tests.builders import a_departure, a_missed
from alongside.areas.register.models import Status
from alongside.base.documents.models import Document
from alongside.base.history.models import Viewing
from tests.people import SEPTEMBER, TODAY, World, a_pupil, words_of

DAY = timedelta(days=1)
TYPED = {
    "rule": "GA-09", "instead": "One long cycle", "reason": "The therapist asked for it", "effect": "She keeps her helper",
    "since": "20 Nov 2026", "decider": "head",
}  # fmt: skip


def test_a_departure_is_logged_decided_and_read(world: World, as_: Any) -> None:
    kuba = a_pupil(world.oakfield)
    senco, head = as_(world.amara), as_(world.hari)
    answer = senco.post(f"/departures/pupils/{kuba.pk}/new/", TYPED)
    made = Departure.objects.get()
    assert answer["Location"] == f"/departures/{made.pk}/" and made.pupil_id == kuba.pk and made.duty == ""
    page = words_of(senco.get(f"/departures/{made.pk}/"))
    assert "Waits for a decision" in page and "The headteacher was asked on 23 Nov 2026" in page
    assert f"/departures/{made.pk}/decide/" not in page and "logged 3 days later" in page
    assert "Decide" in words_of(head.get(f"/departures/{made.pk}/"))
    assert head.post(f"/departures/{made.pk}/decide/", {"decision": "agreed"}).status_code == 302
    assert "Mr Bright, headteacher, 23 Nov 2026: agreed." in words_of(senco.get(f"/departures/{made.pk}/"))
    assert senco.post(f"/departures/{made.pk}/add/", {"words": "The therapist came again"}).status_code == 302
    ended = {"last_day": "today", "words": "She is settled now"}
    assert senco.post(f"/departures/{made.pk}/end/", ended | {"last_day": "23 Nov 2026"}).status_code == 302
    page = words_of(senco.get(f"/departures/{made.pk}/"))
    assert "The therapist came again" in page and "She is settled now" in page and "End it" not in page


def test_from_the_list_one_chooses_a_pupil_of_the_register_a_group_or_the_school(world: World, as_: Any) -> None:
    kuba, _ = a_pupil(world.oakfield), a_pupil(world.oakfield, "Nina", "Offregister")
    other = a_pupil(world.brookside, "Olga", "Elsewhere")
    Status.objects.create(pupil=kuba, school=world.oakfield, code="K", since=SEPTEMBER)
    head, address = as_(world.hari), f"/departures/schools/{world.oakfield.pk}/new/"
    page = words_of(head.get(address))
    assert "Kuba Kowalski, 4W" in page and "Offregister" not in page and "By logging it you agree" in page
    for more in (
        {"about": "pupil", "pupil": kuba.pk},
        {"about": "group", "group": "The nurture class"},
        {"about": "school"},
    ):
        assert head.post(address, TYPED | more).status_code == 302, more
    assert [row.who for row in Departure.objects.order_by("pk")] == [
        "Kuba Kowalski",
        "The nurture class",
        "The whole school",
    ]
    for wrong in ({"about": "pupil"}, {"about": "pupil", "pupil": other.pk}, {"about": "group"}, {}):
        assert head.post(address, TYPED | wrong | {"rule": "PAR-02"}).status_code == 200, wrong
    assert Departure.objects.count() == 3
    page = words_of(head.get("/departures/"))
    assert "The nurture class" in page and "Kuba Kowalski" in page
    assert "Kuba Kowalski" not in words_of(head.get("/departures/?show=ended")), "it goes on"


def test_who_has_no_part_in_it_finds_nothing(world: World, as_: Any) -> None:
    kuba = a_pupil(world.oakfield)
    made = a_departure(world.actor("amara"), world.oakfield, kuba)
    missed = a_missed(kuba)
    pages = [
        f"/departures/{made.pk}/", f"/departures/{made.pk}/add/", f"/departures/pupils/{kuba.pk}/new/",
        f"/departures/pupils/{kuba.pk}/statement/", f"/departures/missed/{missed.pk}/new/",
        f"/departures/schools/{world.oakfield.pk}/new/",
    ]  # fmt: skip
    for name in ("ben", "dana", "dev", "chloe", "ewa"):
        assert {as_(world.people[name]).get(address).status_code for address in pages} == {404}, name
    assert {as_(world.amara).get(address).status_code for address in pages} == {200}
    absent = words_of(as_(world.chloe).get("/departures/999999/"))
    assert words_of(as_(world.chloe).get(f"/departures/{made.pk}/")) == absent
    assert as_(world.amara).get(f"/departures/{made.pk}/decide/").status_code == 404


def test_every_page_about_a_pupil_notes_who_looked(world: World, as_: Any) -> None:
    kuba = a_pupil(world.oakfield)
    made = a_departure(world.actor("hari"), world.oakfield, kuba)
    whole = a_departure(world.actor("hari"), world.oakfield, rule="SEN-06")
    missed = a_missed(kuba)
    browser = as_(world.amara)
    for address in (
        f"/departures/{made.pk}/", f"/departures/pupils/{kuba.pk}/statement/", f"/departures/pupils/{kuba.pk}/new/",
        f"/departures/missed/{missed.pk}/new/", f"/departures/{made.pk}/end/", f"/departures/{whole.pk}/",
    ):  # fmt: skip
        assert browser.get(address).status_code == 200
    seen = list(Viewing.objects.filter(pupil_id=kuba.pk).order_by("pk").values_list("page", flat=True))
    assert seen == ["departure", "departures statement", "departure form", "departure form", "end this departure"]


def test_a_missed_date_of_the_code_leads_to_its_entry_and_a_legal_one_does_not(world: World, as_: Any) -> None:
    kuba = a_pupil(world.oakfield)
    of_code = a_missed(kuba, words="Both parents asked for it", because="family", reasoned_on=TODAY, by=world.amara)
    of_law = a_missed(kuba, clock="AR-01")
    browser = as_(world.amara)
    monitor = words_of(browser.get("/clocks/"))
    assert f"/departures/missed/{of_code.pk}/new/" in monitor and f"/departures/missed/{of_law.pk}/new/" not in monitor
    assert "Log a departure from the Code" in words_of(browser.get(f"/clocks/missed/{of_code.pk}/"))
    assert "Log a departure" not in words_of(browser.get(f"/clocks/missed/{of_law.pk}/"))
    refused = words_of(browser.get(f"/departures/missed/{of_law.pk}/new/"))
    assert "is a “must”" in refused and "<textarea" not in refused
    assert browser.post(f"/departures/missed/{of_law.pk}/new/", TYPED).status_code == 200
    assert Departure.objects.count() == 0
    page = words_of(browser.get(f"/departures/missed/{of_code.pk}/new/"))
    assert "Both parents asked for it" in page and "18 Nov 2026" in page
    assert browser.post(f"/departures/missed/{of_code.pk}/new/", TYPED | {"rule": "AR-01"}).status_code == 302
    made = Departure.objects.get()
    assert (made.missed_id, made.rule, made.pupil_id) == (of_code.pk, "GA-06", kuba.pk)
    assert browser.get(f"/departures/missed/{of_code.pk}/new/")["Location"] == f"/departures/{made.pk}/"


def test_the_form_warns_of_late_dates_and_refuses_none_for_them(world: World, as_: Any) -> None:
    kuba = a_pupil(world.oakfield)
    a_missed(kuba)
    page = words_of(as_(world.amara).get(f"/departures/pupils/{kuba.pk}/new/?rule=GA-08&duty=S06-10"))
    assert "1 date of the Code was missed for Kuba Kowalski" in page and 'value="GA-08" selected' in page
    address = f"/departures/pupils/{kuba.pk}/new/?rule=GA-08&duty=S06-10"
    assert as_(world.amara).post(address, TYPED).status_code == 302
    assert Departure.objects.get().duty == "S06-10"
    assert "is a “must”" in words_of(as_(world.amara).get(f"/departures/pupils/{kuba.pk}/new/?rule=AR-01"))


@pytest.mark.parametrize(
    "change",
    [
        {"reason": ""}, {"reason": "n/a"}, {"since": "24 Nov 2026"}, {"since": "31/02/2026"}, {"since": "5 Sep 2021"},
        {"rule": "AR-01"}, {"rule": "'; drop table"}, {"until": "1 Jan 2020"}, {"decider": "parent"},
        {"rule": "", "paragraph": "6.44<b>", "asks": "Schools should do"}, {"instead": "x" * 2_001},
    ],
)  # fmt: skip
def test_what_is_typed_wrongly_is_said_and_stays(world: World, as_: Any, change: dict[str, str]) -> None:
    kuba = a_pupil(world.oakfield)
    typed = TYPED | {"effect": "She <b>keeps</b> her helper"} | change
    answer = as_(world.amara).post(f"/departures/pupils/{kuba.pk}/new/", typed)
    page = answer.content.decode()
    assert answer.status_code == 200 and Departure.objects.count() == 0
    assert "She &lt;b&gt;keeps&lt;/b&gt; her helper" in page and "error-summary" in page


@pytest.mark.parametrize("query", ["?show=<b>", "?school=²", "?show=all&school=", "?school=abc"])
def test_the_list_takes_any_address(world: World, as_: Any, query: str) -> None:
    assert as_(world.amara).get(f"/departures/{query}").status_code == 200


def test_the_statement_says_everything_and_what_was_never_explained(world: World, as_: Any) -> None:
    kuba, zosia = a_pupil(world.oakfield), a_pupil(world.oakfield, "Zosia", "Nowak")
    head = world.actor("hari")
    a_departure(head, world.oakfield, kuba, until=TODAY + DAY)
    a_departure(world.actor("amara"), world.oakfield, kuba, rule="PAR-02")
    a_departure(head, world.oakfield, zosia, reason="Only about Zosia this time")
    a_departure(head, world.oakfield, rule="SEN-06", reason="The post is not filled")
    a_departure(head, world.oakfield, rule="SEN-06", since=TODAY - 2 * DAY, about="group", group="Year 7")
    a_missed(kuba)
    a_missed(kuba, 9, because="overlooked", words="We forgot it", reasoned_on=TODAY, by=world.hari)
    browser = as_(world.amara)
    page = words_of(browser.get(f"/departures/pupils/{kuba.pk}/statement/"))
    for words in (
        "Paragraph 6.44", "One long cycle instead of two", "The therapist asked for it", "She keeps her helper",
        "Mr Bright, headteacher, 23 Nov 2026: agreed.", "Nobody yet. The headteacher was asked on 23 Nov 2026.",
        "The post is not filled", "Year 7", "Late, and no departure is recorded", "18 Nov 2026", "Nothing was said.",
        "We overlooked it: We forgot it", "24 Nov 2026, and goes on until then",
    ):  # fmt: skip
        assert words in page, words
    assert "Zosia" not in page
    word = browser.get(f"/departures/pupils/{kuba.pk}/statement.docx")
    assert word.status_code == 200 and b"Kuba" not in word["Content-Disposition"].encode()
    paper = Document.objects.get()
    assert (paper.kind, paper.band, paper.pupil_id) == ("departures-statement", 3, kuba.pk)
    assert "No departure about Zosia" not in words_of(browser.get(f"/departures/pupils/{zosia.pk}/statement/"))
