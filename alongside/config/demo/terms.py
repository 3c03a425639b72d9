"""A school year as most trusts keep it, for any year: six half terms, five training days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from alongside.law.bank_holidays import bank_holidays
from alongside.law.calendar import AcademicYear, Term

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_MONDAY, _FRIDAY = 0, 4


@dataclass(frozen=True, slots=True)
class Year:
    """One school year: its half terms, and the days on which only staff come."""

    terms: tuple[Term, ...]
    training: tuple[date, ...]


def school_year(year: AcademicYear) -> Year:
    """Half terms and training days."""
    start, end = year.starts_in, year.starts_in + 1
    back = _on_or_after(date(start, 9, 2))
    october = _last_monday(date(start, 10, 31))
    christmas = _friday_before(date(start, 12, 21))
    january = _monday_on_or_after(date(end, 1, 4))
    february = _monday_on_or_after(date(end, 2, 14))
    spring_end = min(_good_friday(end) - _DAY, date(end, 4, 10))
    summer = _monday_on_or_after(spring_end + 16 * _DAY)
    may = _last_monday(date(end, 5, 31))
    july = _weekday_before(date(end, 7, 23))
    terms = (
        Term("Autumn 1", back, _friday_before(october)),
        Term("Autumn 2", october + _WEEK, christmas),
        Term("Spring 1", january, _friday_before(february)),
        Term("Spring 2", february + _WEEK, _weekday_before(spring_end + _DAY)),
        Term("Summer 1", summer, _friday_before(may)),
        Term("Summer 2", may + _WEEK, july),
    )
    training = (back, terms[1].first, january, terms[4].first + 4 * _DAY, july)
    return Year(terms, training)


def years_around(on: date) -> Iterator[AcademicYear]:
    """The school year of a day, three before and one after."""
    now = on.year if on.month >= 9 else on.year - 1
    return (AcademicYear(year) for year in range(now - 3, now + 2))


def _good_friday(year: int) -> date:
    return next(day for day in sorted(bank_holidays(year)) if day.month in (3, 4) and day.weekday() == _FRIDAY)


def _on_or_after(day: date) -> date:
    while day.weekday() > _FRIDAY:
        day += _DAY
    return day


def _weekday_before(day: date) -> date:
    day -= _DAY
    while day.weekday() > _FRIDAY:
        day -= _DAY
    return day


def _monday_on_or_after(day: date) -> date:
    return day + (-day.weekday() % 7) * _DAY


def _friday_before(day: date) -> date:
    day -= _DAY
    return day - ((day.weekday() - _FRIDAY) % 7) * _DAY


def _last_monday(day: date) -> date:
    return day - day.weekday() * _DAY
