"""What the pages of concerns read, and in how many statements, with 1 row and with 30."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.areas.concerns import queries
from alongside.areas.concerns.models import Concern
from alongside.areas.concerns.rules import Decision, State
from alongside.areas.concerns.tests.builders import a_concern, all_parts
from alongside.base.history.models import Viewing
from alongside.kit import NotFound
from alongside.law import clocks
from alongside.law.calendar import SchoolCalendar
from alongside.law.dates import Due
from tests.people import TODAY, World, a_class, a_pupil, supports, teaches

QUEUE_STATEMENTS = 5  # open, their parts, closed, the school's days, flags that wait
CONCERN_STATEMENTS = 8  # the last: what the sweep found
OF_PUPIL_STATEMENTS = 4  # the pupil, the viewing, the concerns, their parts
PICK_STATEMENTS = 2
RAISE_STATEMENTS = 3  # the pupil, the school's days, who answers

DAY = timedelta(days=1)


@pytest.mark.parametrize("number", [1, 30])
def test_the_queue_takes_the_same_statements_however_long(world: World, number: int) -> None:
    ben, amara = world.actor("ben"), world.actor("amara")
    for n in range(number):
        pupil = a_pupil(world.oakfield, f"Pupil{n}", "Lark")
        a_concern(pupil=pupil, by=ben, on=TODAY - n % 9 * DAY)
        screened = a_concern(pupil=pupil, by=ben, on=TODAY, senco=amara, decision=Decision.SCREEN)
        all_parts(screened, by=amara, on=TODAY)
    with CaptureQueriesContext(connection) as said:
        page = queries.queue_page(amara, on=TODAY)
    assert len(said) == QUEUE_STATEMENTS
    assert (len(page.new), len(page.looking), len(page.watched), len(page.own)) == (number, number, 0, 0)
    assert page.looking[0].progress == "4 of 4 parts in"


def test_the_most_pressing_stands_first(world: World) -> None:
    ben = world.actor("ben")
    for back in (3, 20, 0):
        a_concern(pupil=a_pupil(world.oakfield, f"Back{back}"), by=ben, on=TODAY - back * DAY)
    page = queries.queue_page(world.actor("amara"), on=TODAY)
    assert [line.pupil for line in page.new] == ["Back20 Kowalski", "Back3 Kowalski", "Back0 Kowalski"]
    chips = [line.chip for line in page.new if line.chip]
    assert [chip.kind for chip in chips] == ["late", "date", "date"]
    assert chips[2] == queries.Chip("date", "Mon 7 Dec", "10 school days left")


CALENDAR = SchoolCalendar()


@pytest.mark.parametrize(
    ("due", "kind", "head", "line"),
    [
        (date(2026, 11, 20), "late", "1 school day late", "due Fri 20 Nov"),
        (date(2026, 11, 18), "late", "3 school days late", "due Wed 18 Nov"),
        (TODAY, "today", "Today", "by midnight"),
        (date(2026, 11, 24), "date", "Tue 24 Nov", "1 school day left"),
    ],
)
def test_a_date_is_said_in_the_unit_of_its_rule(due: date, kind: str, head: str, line: str) -> None:
    made = queries.chip(Due(clocks.TRIAGE, TODAY, due, due), CALENDAR, TODAY)
    assert made == queries.Chip(kind, head, line)


def test_a_teacher_sees_own_concerns_and_the_outcome_line_only(world: World) -> None:
    ben, tess = world.actor("ben"), world.actor("tess")
    pupil = a_pupil(world.oakfield)
    answered = a_concern(pupil=pupil, by=ben, on=TODAY, senco=world.actor("amara"), decision=Decision.SCREEN)
    a_concern(pupil=pupil, by=tess, on=TODAY)
    page = queries.queue_page(ben, on=TODAY)
    assert not page.triages and (page.new, page.looking, page.watched) == ((), (), ())
    assert [(line.id, line.outcome) for line in page.own] == [(answered.pk, "Read. We look further.")]

    one = queries.concern_page(ben, answered.pk, on=TODAY)
    assert (one.answer, one.reason, one.parts, one.choices, one.told) == ("Read. We look further.", "", (), (), ())
    assert one.mine and one.chip is None and not one.triages


@pytest.mark.parametrize("number", [1, 30])
def test_one_concern_takes_the_same_statements(world: World, number: int) -> None:
    ben, amara, pupil = world.actor("ben"), world.actor("amara"), a_pupil(world.oakfield)
    concern = a_concern(pupil=pupil, by=ben, on=TODAY, senco=amara, decision=Decision.SCREEN)
    for _ in range(number):
        a_concern(pupil=pupil, by=ben, on=TODAY)
        all_parts(concern, by=amara, on=TODAY)
    with CaptureQueriesContext(connection) as said:
        page = queries.concern_page(amara, concern.pk, on=TODAY)
    assert len(said) == CONCERN_STATEMENTS
    assert page.state is State.SCREENING and all(part.done_on for part in page.parts)
    assert page.reason == "Read with the class teacher."
    assert [choice.code for choice in page.choices] == ["monitor", "register", "close"]
    assert len(page.others) == min(number, 5)
    assert page.told[0].words == "raised a concern" and page.told[-1].words.startswith("noted")
    assert Viewing.objects.filter(pupil_id=pupil.pk, page="concern").exists()


@pytest.mark.parametrize("name", ["tess", "dana", "chloe", "cal", "dev", "gus"])
def test_a_concern_of_others_is_not_found(world: World, name: str) -> None:
    concern = a_concern(pupil=a_pupil(world.oakfield), by=world.actor("ben"), on=TODAY)
    with pytest.raises(NotFound):
        queries.concern_page(world.actor(name), concern.pk, on=TODAY)


@pytest.mark.parametrize("pupils", [1, 30])
def test_own_pupils_stand_ready_by_class(world: World, pupils: int) -> None:
    ben = world.actor("ben")
    rows = [a_pupil(world.oakfield, f"Kuba{n}") for n in range(pupils)]
    teaches(world.ben, a_class(world.oakfield, *rows))
    a_pupil(world.oakfield, "Billy", "Frost", class_name="5C")
    supports(world.ben, a_pupil(world.oakfield, "Theo", "Lark", class_name="6A"))
    with CaptureQueriesContext(connection) as said:
        page = queries.pick_page(ben, "kub", on=TODAY)
    assert len(said) == PICK_STATEMENTS
    assert [(place, len(choices)) for place, choices in page.own] == [("4W", pupils), ("6A", 1)]
    assert len(page.found) == min(pupils, 12)
    assert "No pupil called “frost”" in queries.pick_page(ben, "frost", on=TODAY).note
    assert queries.pick_page(world.actor("amara"), "frost", on=TODAY).found[0].name == "Billy Frost"


def test_the_form_says_who_answers_and_by_when(world: World) -> None:
    pupil = a_pupil(world.oakfield)
    teaches(world.ben, a_class(world.oakfield, pupil))
    ben = world.actor("ben")
    with CaptureQueriesContext(connection) as said:
        page = queries.raise_page(ben, pupil.pk, on=TODAY)
    assert len(said) == RAISE_STATEMENTS
    assert (page.senco, page.dsl, page.answer_by, page.length) == (
        "Ms Adeyemi", "Mrs Doyle", date(2026, 12, 7), "10 school days",
    )  # fmt: skip
    for name in ("cal", "chloe", "tess"):
        with pytest.raises(NotFound):
            queries.raise_page(world.actor(name), pupil.pk, on=TODAY)


def test_a_watched_concern_without_a_day_has_no_clock(world: World) -> None:
    concern = a_concern(
        pupil=a_pupil(world.oakfield), by=world.actor("ben"), on=TODAY, senco=world.actor("amara"),
        decision=Decision.MONITOR,
    )  # fmt: skip
    Concern.objects.filter(pk=concern.pk).update(look_again_on=None)
    page = queries.queue_page(world.actor("amara"), on=TODAY)
    assert page.watched[0].chip is None


def test_a_long_text_ends_at_a_word() -> None:
    assert queries.short("Loses his place after every line of the page", 20) == "Loses his place…"
    assert queries.short("Short") == "Short"


@pytest.mark.parametrize("number", [1, 30])
def test_a_pupils_concerns_take_the_same_statements(world: World, number: int) -> None:
    ben, amara, pupil = world.actor("ben"), world.actor("amara"), a_pupil(world.oakfield)
    for n in range(number):
        a_concern(pupil=pupil, by=ben, on=TODAY - n * DAY)
    with CaptureQueriesContext(connection) as said:
        page = queries.of_pupil_page(amara, pupil.pk, on=TODAY)
    assert len(said) == OF_PUPIL_STATEMENTS
    assert [line.raised_on for line in page.lines] == [TODAY - n * DAY for n in range(number)]
    assert Viewing.objects.get(pupil_id=pupil.pk).page == "concerns"


def test_of_a_pupils_concerns_each_reads_what_is_theirs(world: World) -> None:
    pupil, other = a_pupil(world.oakfield), a_pupil(world.oakfield, "Other")
    teaches(world.ben, a_class(world.oakfield, pupil))
    supports(world.tess, pupil)
    mine = a_concern(pupil=pupil, by=world.actor("ben"), on=TODAY)
    hers = a_concern(pupil=pupil, by=world.actor("tess"), on=TODAY)
    a_concern(pupil=other, by=world.actor("ben"), on=TODAY)

    def read(name: str) -> set[int]:
        return {line.id for line in queries.of_pupil_page(world.actor(name), pupil.pk, on=TODAY).lines}

    assert (read("amara"), read("ben"), read("tess")) == ({mine.pk, hers.pk}, {mine.pk}, {hers.pk})
    with pytest.raises(NotFound):
        read("cal")
