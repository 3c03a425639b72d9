"""The register page against the database: who is on it, on which day, and in how many statements."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.areas.concerns.tests.builders import a_concern
from alongside.areas.provision.models import Delivery
from alongside.areas.register import actions
from alongside.areas.register.models import SavedView
from alongside.areas.register.tests.builders import on_plan, on_support
from alongside.areas.support.actions import open_cycle
from alongside.base.access.scope import scope
from alongside.base.pupils.models import AdultLink, Pupil
from alongside.fronts.desk.register.page import PAGE, Question, RegisterPage, register_page
from alongside.kit import NotFound
from tests.people import SEPTEMBER, TODAY, World, a_class, a_parent, a_post, a_pupil, teaches

DAY = timedelta(days=1)
STATEMENTS = 2
REQUEST_STATEMENTS = 4  # session, enter, rows, what stands around them


def page_of(world: World, name: str = "amara", query: dict[str, list[str]] | None = None, **more: Any) -> RegisterPage:
    question = Question.read(query or {}, today=TODAY)
    with scope([world.oakfield.pk, world.brookside.pk], person=world.people[name].pk):
        return register_page(world.actor(name), question, today=TODAY, **more)


def names(page: RegisterPage) -> list[str]:
    return [line.name for line in page.lines]


def placed(world: World, number: int, **more: Any) -> list[Pupil]:
    """Pupils of Oakfield with SEN support since September."""
    rows = [a_pupil(world.oakfield, f"Pupil{n:02}", "Lark", **more) for n in range(number)]
    for pupil in rows:
        on_support(pupil=pupil, by=world.actor("amara"), on=SEPTEMBER)
    return rows


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_takes_two_statements_however_many_rows(world: World, number: int) -> None:
    amara = world.actor("amara")
    rows = placed(world, number)
    teaches(world.ben, a_class(world.oakfield, *rows))
    for pupil in rows:
        actions.check(pupil=pupil, by=amara, on=TODAY, sure=True)
        a_concern(pupil=pupil, by=world.actor("ben"), on=TODAY)
        open_cycle(pupil=pupil, by=amara, on=TODAY)
    with CaptureQueriesContext(connection) as said:
        page = register_page(amara, Question.read({}, today=TODAY), today=TODAY)
    assert len(said) == STATEMENTS
    assert len(page.lines) == number
    line = page.lines[0]
    assert (line.cycle, line.adult, line.checked, line.checked_state) == ("1 Assess", "Mr Whitlock", "23 Nov", "met")


@pytest.mark.parametrize("number", [1, 30])
def test_a_request_takes_four_statements(world: World, as_: Any, number: int) -> None:
    placed(world, number)
    browser = as_(world.amara)
    browser.get("/pupils/")
    with CaptureQueriesContext(connection) as said:
        answer = browser.get("/pupils/")
    asked = [q["sql"] for q in said if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    asked = [
        sql for sql in asked if "current_setting" not in sql and "set_config" not in sql[:60]
    ]  # the test's own wall
    assert answer.status_code == 200
    assert len(asked) == REQUEST_STATEMENTS, "\n".join(sql[:120] for sql in asked)


def test_who_stands_on_the_register(world: World) -> None:
    amara = world.actor("amara")
    kuba, theo, billy = (
        a_pupil(world.oakfield, *name) for name in (("Kuba", "Kowalski"), ("Theo", "Lark"), ("Billy", "Frost"))
    )
    on_support(pupil=kuba, by=amara, on=SEPTEMBER)
    on_plan(pupil=theo, by=amara, on=SEPTEMBER)
    a_concern(pupil=billy, by=world.actor("ben"), on=TODAY)
    left = a_pupil(world.oakfield, "Left", "Long")
    on_support(pupil=left, by=amara, on=SEPTEMBER)
    Pupil.objects.filter(pk=left.pk).update(left_on=TODAY - DAY)
    on_support(pupil=a_pupil(world.brookside, "Zara", "Elsewhere"), by=world.actor("chloe"), on=SEPTEMBER)

    page = page_of(world)
    assert names(page) == ["Kuba Kowalski", "Theo Lark"]
    assert page.summary == "2 pupils of 3: 1 with SEN support, 1 with an EHC plan."
    everyone = page_of(world, query={"status": ["K", "E", "N"]})
    assert names(everyone) == ["Billy Frost", "Kuba Kowalski", "Theo Lark"]
    assert everyone.summary.endswith("One open concern is shown in this view.")
    assert [(tab.name, tab.pupils) for tab in page.tabs] == [
        ("All on register", 2), ("Not checked this term", 2), ("EHC plans", 1), ("No provision yet", 2),
        ("Review by 21 Dec", 0), ("Open concern", 1),
    ]  # fmt: skip


def test_the_next_date_says_why(world: World) -> None:
    pupil = a_pupil(world.oakfield)
    a_concern(pupil=pupil, by=world.actor("ben"), on=TODAY)
    (line,) = page_of(world, query={"status": ["N"]}).lines
    assert (line.next, line.why, line.next_state) == ("Triage 7 Dec", "10 school days from 23 Nov", "")
    assert (line.need, line.status, line.delivered) == ("Concern open, not on register", "N", "none yet")


def test_late_and_today_are_marked(world: World) -> None:
    for back, state, head in ((14, "at_risk", "Triage today"), (21, "overdue", "Triage late, 16 Nov")):
        pupil = a_pupil(world.oakfield, f"Back{back}")
        a_concern(pupil=pupil, by=world.actor("ben"), on=TODAY - back * DAY)
        line = next(one for one in page_of(world, query={"status": ["N"]}).lines if one.pupil == pupil.pk)
        assert (line.next_state, line.next) == (state, head)


def test_delivery_and_key_adult(world: World) -> None:
    (pupil,) = placed(world, 1)
    Delivery.objects.create(pupil=pupil, school=world.oakfield, since=SEPTEMBER, planned=31, held=24)
    teaches(world.ben, a_class(world.oakfield, pupil))
    AdultLink.objects.create(person=world.tess, school=world.oakfield, pupil=pupil, part="key", since=SEPTEMBER)
    (line,) = page_of(world).lines
    assert (line.held, line.planned, line.delivered, line.adult) == (24, 31, "77%", "Mrs Iqbal")


@pytest.mark.parametrize(
    ("on", "expected"), [("2026-09-10", ["Kuba Kowalski"]), ("31 Aug 2026", []), ("", ["Kuba Kowalski"])]
)
def test_a_past_day_shows_the_register_as_it_stood(world: World, on: str, expected: list[str]) -> None:
    amara, kuba = world.actor("amara"), a_pupil(world.oakfield)
    on_support(pupil=kuba, by=amara, on=SEPTEMBER, need="SLCN")
    on_plan(pupil=kuba, by=amara, on=TODAY - 30 * DAY, need="ASD")
    page = page_of(world, query={"on": [on]})
    assert names(page) == expected
    assert page.live == (not on)
    if expected:
        line = page.lines[0]
        assert (line.status, line.need_code) == (("E", "ASD") if page.live else ("K", "SLCN"))
        assert bool(line.next) == page.live, "what waits now is not shown for a past day"


def test_somebody_taken_off_stands_on_the_last_day_and_not_after(world: World) -> None:
    amara, kuba = world.actor("amara"), a_pupil(world.oakfield)
    on_support(pupil=kuba, by=amara, on=SEPTEMBER)
    last = TODAY - 10 * DAY
    actions.take_off(
        pupil=kuba,
        reason="Holds the aims.",
        parent_view="Yes.",
        pupil_view="Yes.",
        no_views_because="",
        by=amara,
        on=last,
    )
    assert names(page_of(world, query={"on": [last.isoformat()]})) == ["Kuba Kowalski"]
    assert names(page_of(world, query={"on": [(last + DAY).isoformat()]})) == []
    assert names(page_of(world)) == []


@pytest.mark.parametrize(
    ("typed", "says"), [("2026-13-01", "no month 13"), ("soon", "Write the date"), ("1 Dec 2026", "still to come")]
)
def test_a_day_that_cannot_be_is_said(world: World, typed: str, says: str) -> None:
    page = page_of(world, query={"on": [typed]})
    assert says in page.fault and page.live


def test_fifty_rows_a_page(world: World) -> None:
    placed(world, PAGE + 1)
    first, second, beyond = (page_of(world, query={"page": [number]}) for number in ("1", "2", "99"))
    assert (len(first.lines), len(second.lines), len(beyond.lines)) == (PAGE, 1, 1)
    assert (second.first, second.last, second.shown) == (PAGE + 1, PAGE + 1, PAGE + 1)
    assert [label for label, _, _ in first.pages] == ["1", "2"]
    assert len(page_of(world, whole=True).lines) == PAGE + 1


def test_the_dsl_sees_the_register_and_no_concern(world: World) -> None:
    (kuba,) = placed(world, 1)
    a_concern(pupil=kuba, by=world.actor("ben"), on=TODAY)
    a_concern(pupil=a_pupil(world.oakfield, "Billy", "Frost"), by=world.actor("ben"), on=TODAY)
    page = page_of(world, "dana", {"status": ["K", "E", "N"]})
    assert names(page) == ["Pupil00 Lark"]
    assert "Open concern" not in [tab.name for tab in page.tabs]
    assert "Triage" not in page.lines[0].next
    assert "N" not in [
        option.value for group in page.groups if group.name == "status" for option in group.options if option.pupils
    ]


def test_ones_own_child_is_not_in_the_list(world: World) -> None:
    kuba, other = placed(world, 2)
    a_parent(world.amara, kuba)
    page = page_of(world)
    assert [line.pupil for line in page.lines] == [other.pk]
    assert page.summary.startswith("1 pupil of 1:")


def test_several_schools_are_switched_and_others_are_not_there(world: World) -> None:
    a_post(world.amara, "senco", world.brookside)
    placed(world, 1)
    on_support(pupil=a_pupil(world.brookside, "Zara", "Elsewhere"), by=world.actor("chloe"), on=SEPTEMBER)
    first, second = page_of(world), page_of(world, query={"school": [str(world.oakfield.pk)]})
    assert (names(first), names(second)) == (["Zara Elsewhere"], ["Pupil00 Lark"])
    assert [(label, current) for label, _, current in first.schools] == [
        ("Brookside Primary", True), ("Oakfield Primary", False),
    ]  # fmt: skip
    for name, school in (("chloe", world.oakfield.pk), ("amara", 999999)):
        with pytest.raises(NotFound):
            page_of(world, name, {"school": [str(school)]})


def test_a_view_of_ones_own_is_a_tab_with_its_count(world: World) -> None:
    placed(world, 2)
    with scope(person=world.amara.pk):
        view = SavedView.objects.create(person=world.amara, name="My watch list", query="status=K&checked=never")
    page = page_of(world, query={"checked": ["never"], "status": ["K"]})
    tab = page.tabs[-1]
    assert (tab.name, tab.pupils, tab.current, page.saved) == ("My watch list", 2, True, view.pk)
    assert sum(one.current for one in page.tabs) == 1
    assert [one.name for one in page_of(world, "hari").tabs if one.name == "My watch list"] == []


@pytest.mark.parametrize(
    ("checked", "state"), [(date(2026, 9, 2), "met"), (date(2026, 7, 2), "at_risk"), (None, "not_evidenced")]
)
def test_freshness_counts_by_the_term(world: World, checked: date | None, state: str) -> None:
    (pupil,) = placed(world, 1)
    if checked:
        actions.check(pupil=pupil, by=world.actor("amara"), on=checked)
    (line,) = page_of(world).lines
    assert line.checked_state == state
