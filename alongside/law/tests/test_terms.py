"""When a term began: half terms of one season are one term."""

from datetime import date

import pytest

from alongside.law.calendar import SchoolCalendar, Term, term_began

HALVES = SchoolCalendar((
    Term("Summer 1", date(2026, 4, 13), date(2026, 5, 22)), Term("Summer 2", date(2026, 6, 1), date(2026, 7, 21)),
    Term("Autumn 1", date(2026, 9, 2), date(2026, 10, 23)), Term("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),
    Term("Spring 1", date(2027, 1, 4), date(2027, 2, 12)),
))  # fmt: skip
SIX = SchoolCalendar((
    Term("Term 1", date(2026, 9, 2), date(2026, 10, 16)), Term("Term 2", date(2026, 10, 26), date(2026, 12, 18)),
))  # fmt: skip


@pytest.mark.parametrize(
    ("calendar", "day", "began"),
    [
        (HALVES, date(2026, 9, 2), date(2026, 9, 2)),
        (HALVES, date(2026, 10, 28), date(2026, 9, 2)),  # half-term holiday
        (HALVES, date(2026, 11, 23), date(2026, 9, 2)),
        (HALVES, date(2026, 12, 25), date(2026, 9, 2)),  # holiday: the term that ended
        (HALVES, date(2027, 1, 4), date(2027, 1, 4)),
        (HALVES, date(2026, 9, 1), date(2026, 4, 13)),  # a new school year, and no term of it yet
        (SIX, date(2026, 11, 23), date(2026, 10, 26)),
        (SchoolCalendar(), date(2026, 11, 23), date(2026, 9, 1)),
        (HALVES, date(2026, 3, 1), date(2025, 9, 1)),  # before the calendar begins
    ],
)
def test_a_term_began(calendar: SchoolCalendar, day: date, began: date) -> None:
    assert term_began(day, calendar) == began


def test_last_years_autumn_is_another_term() -> None:
    calendar = SchoolCalendar((Term("Autumn", date(2025, 9, 2), date(2025, 12, 19)), *HALVES.terms))
    assert term_began(date(2026, 11, 23), calendar) == date(2026, 9, 2)


def test_a_term_may_begin_with_the_school_year() -> None:
    calendar = SchoolCalendar((Term("Autumn", date(2026, 9, 1), date(2026, 12, 18)),))
    assert term_began(date(2026, 11, 23), calendar) == date(2026, 9, 1)
