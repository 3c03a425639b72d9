"""Each clock computes, explains itself, and knows its source."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.law import clocks
from alongside.law.calendar import SchoolCalendar
from alongside.law.clocks import CLOCKS, OF_THE_CODE
from alongside.law.rule import Rule

PLAIN = SchoolCalendar((), frozenset({date(2026, 12, 25), date(2026, 12, 28)}))
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
CLOCK = st.sampled_from(list(CLOCKS.values()))


@pytest.mark.parametrize(
    ("clock", "start", "due"),
    [
        (clocks.TRIAGE, date(2026, 11, 9), date(2026, 11, 23)),
        (clocks.TELL_PARENTS, date(2026, 12, 23), date(2027, 1, 1)),
        (clocks.REVIEW_LIMIT, date(2026, 9, 2), date(2026, 12, 23)),
        (clocks.PLAN_REVIEW, date(2026, 1, 23), date(2027, 1, 22)),
        (clocks.FIRST_PLAN, date(2026, 11, 6), date(2026, 11, 27)),
    ],
)
def test_worked_dates(clock: Rule, start: date, due: date) -> None:
    assert clocks.due(clock, start, PLAIN).due == due


def test_a_date_explains_itself() -> None:
    due = clocks.due(clocks.TRIAGE, date(2026, 11, 9), PLAIN)
    assert due.why() == "10 school days from 9 Nov 2026, when the concern was sent"


def test_a_trust_may_be_stricter() -> None:
    assert clocks.due(clocks.TRIAGE, date(2026, 11, 9), PLAIN, amount=5).due == date(2026, 11, 16)


def test_the_earlier_of_two_dates_drives_the_work() -> None:
    soon, late = (clocks.due(clocks.TRIAGE, date(2026, 11, day), PLAIN) for day in (9, 16))
    assert clocks.earliest(late, soon) is soon


@given(CLOCK, DAYS, DAYS)
def test_a_later_start_never_gives_an_earlier_date(clock: Rule, one: date, other: date) -> None:
    first, second = sorted((one, other))
    assert clocks.due(clock, first, PLAIN).due <= clocks.due(clock, second, PLAIN).due


@given(CLOCK, DAYS)
def test_the_practical_day_comes_no_later(clock: Rule, start: date) -> None:
    due = clocks.due(clock, start, PLAIN)
    assert due.practical <= due.due


@pytest.mark.parametrize("clock", CLOCKS.values(), ids=lambda clock: clock.code)
def test_every_clock_has_a_source_and_a_start(clock: Rule) -> None:
    assert clock.source.instrument
    assert clock.in_force_from >= date(2014, 9, 1)
    assert clock.event


def test_the_clocks_that_the_code_alone_sets() -> None:
    """Each 'should' with a date; a clock of statute, or of the Admissions Code, is none of them."""
    assert frozenset({"GA-06", "GA-08"}) == OF_THE_CODE
