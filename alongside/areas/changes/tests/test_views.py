"""Changes on the page: the right person beside the wrong one, and what is typed by whoever means no good."""

from __future__ import annotations

from typing import Any

import pytest

from alongside.areas.changes import actions
from alongside.areas.changes.models import ChangeNotice, ChangeQuestion, ChangeTask
from alongside.areas.changes.tests.builders import DAY, LOCAL, a_notice, task_of, trust_people
from alongside.areas.policy.models import Reference
from alongside.base.schools.models import School
from tests.people import TODAY, World, words_of

TYPED = {
    "title": "New referral form", "reach": "national", "summary": "The form changes.", "source": "Letter of 2 November",
    "effective_on": "23 Dec 2026", "todo": "Use the new form.", "due_on": "13 Dec 2026",
}  # fmt: skip


@pytest.fixture
def trust(world: World) -> World:
    return trust_people(world)


@pytest.mark.parametrize("who", ["ben", "tess", "dana", "gus", "gwen", "tom", "ewa", "sys", "femi"])
def test_for_others_there_is_nothing_here(trust: World, as_: Any, who: str) -> None:
    notice = a_notice(trust)
    task = task_of(notice, trust.oakfield)
    browser = as_(trust.people[who])
    for address in ("", "new/", f"{notice.pk}/", f"{notice.pk}/draft/", f"{notice.pk}/add/", f"tasks/{task.pk}/done/"):
        assert browser.get(f"/changes/{address}").status_code == 404, address
    for address in (f"tasks/{task.pk}/acknowledge/", f"{notice.pk}/drop/"):
        assert browser.post(f"/changes/{address}").status_code == 404, address
    absent = browser.get("/changes/987654321/")
    assert words_of(absent) == words_of(browser.get(f"/changes/{notice.pk}/")), "absent and forbidden are alike"


def test_a_change_is_published_done_and_seen(trust: World, as_: Any) -> None:
    assert as_(trust.dina).post("/changes/new/", {**TYPED, "publish": "1"}).status_code == 302
    notice = ChangeNotice.objects.get()
    own = as_(trust.amara)
    assert "New referral form" in words_of(own.get("/changes/"))
    page = words_of(own.get(f"/changes/{notice.pk}/"))
    assert "We have seen it" in page and "Use the new form." in page and "Brookside" not in page
    task = task_of(notice, trust.oakfield)
    own.post(f"/changes/tasks/{task.pk}/acknowledge/")
    wrong = own.post(f"/changes/tasks/{task.pk}/done/", {"words": ""})
    assert wrong.status_code == 200 and "Say in a few words" in words_of(wrong)
    own.post(f"/changes/tasks/{task.pk}/done/", {"words": "Staff were told."})
    assert "Nothing waits" in words_of(own.get("/changes/"))
    seen = words_of(as_(trust.dev).get("/changes/"))
    assert "1 of 2" in seen
    whole = words_of(as_(trust.dev).get(f"/changes/{notice.pk}/"))
    assert "Staff were told." in whole and "Not seen yet" in whole


def test_the_late_school_is_named_to_the_trust_alone(trust: World, as_: Any) -> None:
    notice = a_notice(trust, on=TODAY - 40 * DAY, due_on=TODAY - DAY)
    actions.finish(task=task_of(notice, trust.oakfield), words="Told.", by=trust.actor("amara"), on=TODAY - 9 * DAY)
    line = words_of(as_(trust.dina).get("/changes/")).partition("New referral form")[2].partition("</tr>")[0]
    assert "Brookside Primary" in line and "Oakfield" not in line
    assert "Brookside" not in words_of(as_(trust.amara).get(f"/changes/{notice.pk}/"))
    assert "Late" in words_of(as_(trust.chloe).get("/changes/"))


def test_another_schools_task_is_not_there(trust: World, as_: Any) -> None:
    notice = a_notice(trust)
    theirs = task_of(notice, trust.brookside)
    for browser in (as_(trust.amara), as_(trust.hari), as_(trust.dina)):
        assert browser.post(f"/changes/tasks/{theirs.pk}/acknowledge/").status_code == 404
        for verb in ("done", "ask"):
            assert browser.post(f"/changes/tasks/{theirs.pk}/{verb}/", {"words": "Yes."}).status_code == 404
    assert not ChangeTask.objects.exclude(acknowledged_on=None).exists() and not ChangeQuestion.objects.exists()


def test_a_local_change_is_not_there_for_other_schools(trust: World, as_: Any) -> None:
    School.objects.filter(pk=trust.brookside.pk).update(la="202")
    notice = a_notice(trust, draft=LOCAL)
    assert as_(trust.amara).get(f"/changes/{notice.pk}/").status_code == 200
    assert as_(trust.chloe).get(f"/changes/{notice.pk}/").status_code == 404
    assert "New referral form" not in words_of(as_(trust.chloe).get("/changes/"))


def test_the_thread_is_shared_and_names_the_school(trust: World, as_: Any) -> None:
    notice = a_notice(trust)
    task = task_of(notice, trust.oakfield)
    as_(trust.amara).post(f"/changes/tasks/{task.pk}/ask/", {"words": "From <b>which</b> day?"})
    asked = ChangeQuestion.objects.get()
    for who in ("chloe", "hari"):
        assert as_(trust.people[who]).get(f"/changes/questions/{asked.pk}/answer/").status_code == 404
    assert as_(trust.dev).get("/changes/questions/987654321/answer/").status_code == 404
    as_(trust.dev).post(f"/changes/questions/{asked.pk}/answer/", {"words": "From Monday."})
    other = words_of(as_(trust.chloe).get(f"/changes/{notice.pk}/"))
    assert "Oakfield Primary" in other and "&lt;b&gt;which" in other and "From Monday." in other
    assert "Adeyemi" not in other and "Shah" not in other


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("title", "", "Give the change a title"), ("summary", "", "what changes"), ("source", "", "where the change is written"),
        ("effective_on", "", "takes effect"), ("todo", "", "what each school is to do"), ("due_on", "", "is to be done"),
        ("due_on", "1 Nov 2026", "has passed"), ("due_on", "24 Dec 2026", "say why it is later"),
        ("reach", "", "national or local"),
        ("link", "http://council.example/", "beginning with https://"), ("link", "javascript:alert(1)", "beginning with https://"),
        ("due_on", "31 Feb 2027", "Feb"), ("title", "x" * 121, "120"),
    ],
)  # fmt: skip
def test_what_is_wrong_stands_at_its_field(trust: World, as_: Any, field: str, typed: str, says: str) -> None:
    answer = as_(trust.dina).post("/changes/new/", {**TYPED, field: typed, "publish": "1"})
    page = words_of(answer)
    assert answer.status_code == 200 and says in page and f'id="id_{field}' in page
    assert f"id_{field}-error" in page
    assert not ChangeNotice.objects.exists()


@pytest.mark.parametrize(
    "more",
    [
        {"reach": "regional"}, {"reach": "local", "la": "999"}, {"reach": "local", "la": "' or 1=1"},
        {"reach": "local", "council": "A council"}, {"effective_on": "99999 Dec 2026"}, {"title": "a\x00b"},
        {"reach": "local", "council": "A council", "schools": "1"}, {"reach": "local", "la": "201"},
    ],
)  # fmt: skip
def test_what_no_form_offers_is_refused(trust: World, as_: Any, more: dict[str, str]) -> None:
    answer = as_(trust.dina).post("/changes/new/", {**TYPED, **more, "publish": "1"})
    assert answer.status_code == 200 and not ChangeNotice.objects.exists()


def test_marks_are_shown_as_typed(trust: World, as_: Any) -> None:
    notice = a_notice(
        trust, title="<script>x()</script>", summary="One\n\n<img src=x>", link="https://council.example/?a=1&b=2"
    )
    for who in ("dina", "amara"):
        page = words_of(as_(trust.people[who]).get(f"/changes/{notice.pk}/"))
        assert "<script>x()" not in page and "<img src=x>" not in page
        assert 'href="https://council.example/?a=1&amp;b=2" rel="noreferrer"' in page


def test_a_draft_is_for_those_who_write(trust: World, as_: Any) -> None:
    as_(trust.dev).post("/changes/new/", {"title": "Half a thought", "reach": "national", "keep": "1"})
    draft = ChangeNotice.objects.get()
    assert draft.published_on is None
    assert "Half a thought" in words_of(as_(trust.dina).get("/changes/"))
    assert "Half a thought" in words_of(as_(trust.dina).get(f"/changes/{draft.pk}/draft/"))
    assert "Half a thought" not in words_of(as_(trust.amara).get("/changes/"))
    assert as_(trust.amara).get(f"/changes/{draft.pk}/").status_code == 404
    assert as_(trust.dev).post(f"/changes/{draft.pk}/draft/", {**TYPED, "publish": "1"}).status_code == 302
    again = as_(trust.dev).post(f"/changes/{draft.pk}/draft/", {**TYPED, "title": "Other", "publish": "1"})
    assert again.status_code == 409 and "words stay" in words_of(again)
    assert as_(trust.dev).post(f"/changes/{draft.pk}/drop/").status_code == 409
    assert ChangeNotice.objects.get().title == "New referral form"


def test_added_and_withdrawn_on_the_page(trust: World, as_: Any) -> None:
    notice = a_notice(trust)
    as_(trust.dina).post(f"/changes/{notice.pk}/add/", {"words": "The form is on the website."})
    assert "The form is on the website." in words_of(as_(trust.chloe).get(f"/changes/{notice.pk}/"))
    wrong = as_(trust.dina).post(f"/changes/{notice.pk}/withdraw/", {"reason": ""})
    assert "Say why it is withdrawn" in words_of(wrong)
    as_(trust.dina).post(f"/changes/{notice.pk}/withdraw/", {"reason": "The council took it back."})
    page = words_of(as_(trust.amara).get(f"/changes/{notice.pk}/"))
    assert "The council took it back." in page and "We have seen it" not in page
    assert "New referral form" not in words_of(as_(trust.amara).get("/changes/"))
    assert "Withdrawn" in words_of(as_(trust.dev).get("/changes/"))


def test_the_library_begins_a_notice(trust: World, as_: Any) -> None:
    item = Reference.objects.get(title="Keeping children safe in education")
    page = words_of(as_(trust.dina).get(f"/policy/library/{item.pk}/"))
    assert f"/changes/new/?item={item.pk}" in page
    assert "/changes/new/" not in words_of(as_(trust.amara).get(f"/policy/library/{item.pk}/"))
    form = words_of(as_(trust.dina).get(f"/changes/new/?item={item.pk}"))
    assert "Keeping children safe in education" in form and (item.superseded_by or item.in_force) in form
    assert as_(trust.dina).get("/changes/new/?item=987654321").status_code == 404
    assert as_(trust.dina).get("/changes/new/?item=²x").status_code == 200


def test_it_stands_on_today_for_the_senco(trust: World, as_: Any) -> None:
    a_notice(trust, due_on=TODAY + 5 * DAY)
    page = words_of(as_(trust.amara).get("/today/"))
    assert "change to put into practice: New referral form" in page


def test_where_the_authority_is_not_known_schools_are_ticked(trust: World, as_: Any) -> None:
    assert "Tick" not in words_of(as_(trust.dev).get("/changes/new/"))
    School.objects.filter(pk=trust.brookside.pk).update(la="")
    assert 'name="schools"' in words_of(as_(trust.dev).get("/changes/new/"))
    local = {**TYPED, "reach": "local", "council": "A council", "schools": str(trust.brookside.pk), "publish": "1"}
    assert as_(trust.dev).post("/changes/new/", local).status_code == 302
    assert ChangeTask.objects.get().school == trust.brookside
