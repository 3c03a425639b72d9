"""The morning list: what stands on it, in what order, in which words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.areas.clocks.actions import put_off, warn
from alongside.areas.clocks.tests.builders import a_row
from alongside.areas.cover.actions import Draft, hand_over, leave_note
from alongside.areas.cover.rules import Span
from alongside.areas.register.models import PlanRecord, Status
from alongside.areas.support.rules import Stage
from alongside.areas.support.tests.builders import a_cycle
from alongside.base.deadlines.actions import refresh
from alongside.base.deadlines.models import Deadline
from alongside.fronts.desk.today import chip, summary, today_page, trace
from alongside.law.calendar import SchoolCalendar
from alongside.law.rule import Band
from tests.people import TODAY, World, a_parent, a_pupil

FRIDAYS_OFF = SchoolCalendar((), frozenset({date(2026, 11, 27)}))


@pytest.mark.parametrize(
    ("due", "clock", "said"),
    [
        (date(2026, 11, 18), "AR-01", ("late", "5 days late", "due Wed 18 Nov")),
        (date(2026, 11, 22), "S04-TRIAGE", ("late", "1 school day late", "due Sun 22 Nov")),
        (date(2026, 11, 20), "S04-TRIAGE", ("late", "1 school day late", "due Fri 20 Nov")),
        (date(2026, 11, 23), "AR-01", ("today", "Today", "by midnight")),
        (date(2026, 11, 27), "AR-01", ("date", "Fri 27 Nov", "4 days left")),
        (date(2026, 11, 24), "S04-TRIAGE", ("date", "Tue 24 Nov", "1 school day left")),
        (date(2026, 11, 30), "S04-TRIAGE", ("date", "Mon 30 Nov", "4 school days left")),
    ],
)
def test_a_date_is_counted_in_the_unit_of_its_rule(due: date, clock: str, said: tuple[str, str, str]) -> None:
    assert chip(due, clock, FRIDAYS_OFF, TODAY) == said


class Due:
    def __init__(self, band: Band, days: int) -> None:
        self.band, self.due = band, TODAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("due", "words"),
    [
        ([], "Nothing is late, and nothing legal ends this week."),
        ([Due(Band.LEGAL, -1)], "One legal date has passed."),
        (
            [Due(Band.LEGAL, -3), Due(Band.LEGAL, 0), *[Due(Band.FAMILY, 2)] * 3],
            "One legal date has passed and one ends today. Three promises to keep this week.",
        ),
        (
            [Due(Band.LEGAL, -3)] * 2 + [Due(Band.FAMILY, 0)],
            "Two legal dates have passed. One promise to keep this week.",
        ),
        ([Due(Band.LEGAL, 0)] * 2, "Two legal dates end today."),
        ([Due(Band.LEGAL, 4)], "Nothing is late."),
        ([Due(Band.LEGAL, 7)], "Nothing is late, and nothing legal ends this week."),
        ([Due(Band.REST, -9), Due(Band.FAMILY, 12)], "One thing is late. Nothing legal ends this week."),
        ([Due(Band.REST, -9), Due(Band.REST, -2), Due(Band.LEGAL, 4)], "Two things are late."),
    ],
)
def test_the_sentence_under_the_date(due: list[Any], words: str) -> None:
    assert summary(due, TODAY) == words


def a_busy_school(world: World, pupils: int) -> None:
    amara = world.actor("amara")
    for number in range(pupils):
        pupil = a_pupil(world.oakfield, f"Kuba{number}")
        Status.objects.create(pupil=pupil, school=world.oakfield, code="K", since=TODAY - timedelta(days=60))
        a_cycle(pupil=pupil, by=amara, at=Stage.DO, on=TODAY - timedelta(weeks=13))
    refresh(schools=[world.oakfield.pk], on=TODAY)


def test_legal_dates_stand_first_and_nobody_sees_another_school(world: World) -> None:
    a_busy_school(world, 1)
    made = TODAY - timedelta(days=360)
    PlanRecord.objects.create(
        pupil=a_pupil(world.oakfield, "Jac"), school=world.oakfield, la="Tansfordshire", made_on=made
    )
    PlanRecord.objects.create(
        pupil=a_pupil(world.brookside, "Zed"), school=world.brookside, la="Marlshire", made_on=made
    )
    refresh(schools=[world.oakfield.pk, world.brookside.pk], on=TODAY)

    page = today_page(world.actor("amara"), on=TODAY)

    assert [band.band for band in page.bands] == [Band.LEGAL, Band.FAMILY, Band.REST]
    assert [row.who for row in page.bands[0].rows] == ["Jac Kowalski, 4W"]
    assert "Tansfordshire needs 4 weeks to decide" in page.bands[0].rows[0].why
    late = page.bands[1].rows[0]
    assert (late.kind, late.action, late.what) == ("late", "Review", "review of cycle 1")


def test_a_senco_never_meets_her_own_child(world: World) -> None:
    a_busy_school(world, 1)
    before = today_page(world.actor("amara"), on=TODAY)
    assert any(band.rows for band in before.bands)
    for pupil in world.oakfield.pupils.all():
        a_parent(world.amara, pupil)
    after = today_page(world.actor("amara"), on=TODAY)
    assert not any(band.rows for band in after.bands)
    assert after.think_of == ()


@pytest.mark.parametrize("pupils", [1, 12])
def test_today_takes_the_same_statements_at_any_size(world: World, as_: Any, pupils: int) -> None:
    a_busy_school(world, pupils)
    browser = as_(world.amara)
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get("/today/")
    assert answer.status_code == 200
    assert len(ours(asked)) <= 8


@pytest.mark.parametrize("rows", [1, 40])
def test_warnings_waiting_and_cover_cost_no_statement_a_row(world: World, as_: Any, rows: int) -> None:
    kuba, amara = a_pupil(world.oakfield), world.actor("amara")
    for number in range(rows):
        a_row(world.oakfield, "legal", -1 - number, pupil=kuba)
        put_off(row=a_row(world.oakfield, "rest", 3), until=TODAY + timedelta(9), why="After it", by=amara, on=TODAY)
    warn(school=world.oakfield, on=TODAY)
    handover = hand_over(
        school=world.oakfield, draft=Draft(world.ben.pk, Span(TODAY, TODAY), "A course"), by=amara, on=TODAY
    )
    leave_note(handover=handover, row=a_row(world.oakfield, "family", 2), words="Ring", by=amara, on=TODAY)
    browser = as_(world.ben)
    with CaptureQueriesContext(connection) as asked:
        text = browser.get("/today/").content.decode()
    assert len(ours(asked)) <= 8
    assert text.count("The headteacher was told on 23 Nov.") == rows
    assert f'Put off</a> <span class="quiet">{rows}</span>' in text and "Note: Ring" in text


@pytest.mark.parametrize(
    ("head", "director", "said"),
    [
        (None, None, ""),
        (date(2026, 11, 3), None, "The headteacher was told on 3 Nov."),
        (None, date(2026, 11, 3), "The director was told on 3 Nov."),
        (date(2026, 11, 3), date(2026, 11, 3), "The headteacher and the director were told on 3 Nov."),
        (date(2026, 11, 3), date(2026, 11, 5), "The headteacher was told on 3 Nov, the director on 5 Nov."),
    ],
)
def test_who_was_told_stands_on_the_row(head: date | None, director: date | None, said: str) -> None:
    assert trace(head, director) == said


@pytest.mark.parametrize(
    ("band", "days", "offered"),
    [("legal", 3, False), ("legal", -3, False), ("family", 3, True), ("family", 0, False), ("rest", -3, True)],
)
def test_putting_off_is_offered_where_it_is_allowed(
    world: World, as_: Any, band: str, days: int, offered: bool
) -> None:
    row = a_row(world.oakfield, band, days)
    browser, address = as_(world.amara), f"/today/rows/{row.pk}/wait/"
    assert (address in browser.get("/today/").content.decode()) is offered
    allowed = browser.post(address, {"until": "24 Nov", "why": "After it"}).status_code == 302
    assert allowed is offered


def ours(asked: CaptureQueriesContext) -> list[str]:
    """Statements of the page: without savepoints, and without keeping the test's own wall."""
    return [
        query["sql"]
        for query in asked.captured_queries
        if "SAVEPOINT" not in query["sql"]
        and not query["sql"].startswith(("select current_setting", "select set_config"))
    ]


@pytest.mark.parametrize(
    ("band", "late", "ahead", "shown"),
    [
        (Band.REST, 3, 30, 20),  # the first twenty of the rest
        (Band.REST, 25, 30, 25),  # and everything of it that is late or ends today
        (Band.LEGAL, 3, 30, 33),  # legal dates and promises are never shortened
        (Band.FAMILY, 3, 30, 33),
    ],
)
def test_only_the_rest_is_shortened_and_nothing_late_is_left_out(
    world: World, as_: Any, band: Band, late: int, ahead: int, shown: int
) -> None:
    for number in range(late + ahead):
        due = TODAY + timedelta(days=number % 2 - 1 if number < late else 1 + number % 9)
        Deadline.objects.create(
            clock="AR-01", kind="test", about_id=number, school=world.oakfield, band=band, owner="senco",
            counted_from=TODAY, due=due, practical=due, what="a date", why="because", action="Open", url="/today/",
        )  # fmt: skip
    amara = world.actor("amara")
    [part] = [part for part in today_page(amara, on=TODAY).bands if part.rows]
    assert (len(part.rows), part.more) == (shown, late + ahead - shown)
    assert all(row.kind != "date" for row in part.rows[:late])
    [part] = [part for part in today_page(amara, on=TODAY, everything=True).bands if part.rows]
    assert (len(part.rows), part.more) == (late + ahead, 0)
    left = f"{late + ahead - shown} more within 14 days"
    assert (left in as_(world.amara).get("/today/").content.decode()) == (band is Band.REST)


@pytest.mark.parametrize(("name", "where"), [("amara", "rail"), ("dana", "menu"), ("ben", "")])
def test_whoever_answers_notes_finds_them(world: World, as_: Any, name: str, where: str) -> None:
    """On Today for those who have it, in the menu for the others."""
    text = as_(world.people[name]).get("/", follow=True).content.decode()
    assert ('href="/classes/notes/">Notes that adults left' in text) == (where == "rail")
    assert ('href="/classes/notes/" aria-current="page">Notes<' in text) == (where == "menu")
