"""Cycles reckoned back from any day, term time or August: in order, on school days, inside the 16 weeks."""

from datetime import date
from functools import cache
from itertools import pairwise
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.areas.support.rules import latest_review
from alongside.config.demo.pen import DAY, Days
from alongside.config.demo.rounds import HISTORY, Round, rounds
from alongside.config.demo.terms import school_year, years_around
from alongside.law.bank_holidays import bank_holidays
from alongside.law.calendar import SchoolCalendar


@cache
def days(starts_in: int) -> Days:
    around = [school_year(year) for year in years_around(date(starts_in, 10, 1))]
    terms = tuple(term for year in around for term in year.terms)
    closed = frozenset(day for year in around for day in year.training).union(
        *(bank_holidays(year) for year in range(starts_in - 4, starts_in + 3))
    )
    return Days(SchoolCalendar(terms, closed), date(starts_in - 5, 9, 1), date(starts_in + 2, 8, 31))


@settings(deadline=None)  # the first example makes a calendar
@given(
    on=st.dates(date(2025, 9, 1), date(2028, 8, 31)), seed=st.integers(0, 10_000), most=st.integers(0, 9),
    here=st.integers(1, 2_500), ended=st.booleans(),
)  # fmt: skip
def test_cycles_hang_together(on: date, seed: int, most: int, here: int, ended: bool) -> None:
    calendar = days(on.year if on.month >= 9 else on.year - 1)
    entered = on - here * DAY
    found = rounds(Random(seed), calendar, on=on, entered=entered, most=most, ended=ended)
    assert len(found) <= most
    for cycle in found:
        in_order(cycle, on)
        assert cycle.opened >= max(entered, on - HISTORY)
    for before, after in pairwise(found):
        assert before.closed == after.opened
    if ended:
        assert all(cycle.closed for cycle in found)


def in_order(cycle: Round, on: date) -> None:
    done = [cycle.opened, cycle.assessed, cycle.started, cycle.reviewed, cycle.closed]
    dates = [day for day in done if day is not None]
    assert dates == sorted(dates)
    assert dates[-1] <= on
    if cycle.started:
        assert cycle.review_on is not None
        assert cycle.started < cycle.review_on <= latest_review(cycle.started)
