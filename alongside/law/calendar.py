"""Days that count: calendar days, working days and school days.

Two counting forms exist and are never mixed. *Exclusive* ("within 6 weeks of"): the day of the event
is day 0. *Inclusive* ("beginning with the day on which"): it is day 1. No clock of the SEND Regulations
rolls forward when it ends on a weekend; `practical` says which earlier day to work to.
"""

import calendar as _calendar
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, order=True)
class AcademicYear:
    """The school year, 1 September to 31 August, named by the calendar year it starts in."""

    starts_in: int

    @property
    def first(self) -> date:
        return date(self.starts_in, 9, 1)

    @property
    def last(self) -> date:
        return date(self.starts_in + 1, 8, 31)

    def __str__(self) -> str:
        return f"{self.starts_in}/{(self.starts_in + 1) % 100:02d}"


def academic_year(on: date) -> AcademicYear:
    """The school year that a day falls in."""
    return AcademicYear(on.year if on.month >= 9 else on.year - 1)


@dataclass(frozen=True, slots=True)
class Term:
    """A stretch in which the school meets: first and last day, both included."""

    name: str
    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """One school's days: its terms, and the days in them on which pupils do not attend.

    `closed` holds bank holidays, training (INSET) days and closures. A calendar without terms counts
    every weekday that is not closed, and says so through `known`.
    """

    terms: tuple[Term, ...] = ()
    closed: frozenset[date] = field(default_factory=frozenset)

    @property
    def known(self) -> bool:
        return bool(self.terms)

    def is_school_day(self, day: date) -> bool:
        """True when pupils attend: a weekday inside a term that is not closed.

        Beyond the last known term weekdays count, so that a missing calendar never moves a date later.
        """
        if day.weekday() > 4 or day in self.closed:
            return False
        if not self.terms or day > self.terms[-1].last:
            return True
        return any(term.first <= day <= term.last for term in self.terms)

    def term_of(self, day: date) -> Term | None:
        """The term that a day falls in, or the next one to start, or None beyond the calendar."""
        return next((term for term in self.terms if day <= term.last), None)


def term_began(day: date, calendar: SchoolCalendar) -> date:
    """The first day of the term that a day falls in, or of the last one before it.

    Half terms are one term when they share the first word of their names: 'Autumn 1' and 'Autumn 2'. Rows that
    are named 'Term 1' to 'Term 6' are six terms. Without a calendar it is the first day of the school year.
    """
    begun = [term for term in calendar.terms if term.first <= day]
    if not begun:
        return academic_year(day).first
    latest = begun[-1]
    season, year = latest.name.split(" ")[0], academic_year(latest.first)
    if season == "Term":
        return latest.first
    return min(term.first for term in begun if term.name.split(" ")[0] == season and term.first >= year.first)


def is_working_day(day: date, bank_holidays: frozenset[date]) -> bool:
    """Monday to Friday and not a bank holiday in England."""
    return day.weekday() < 5 and day not in bank_holidays


def add_days(start: date, days: int) -> date:
    """EXCLUSIVE: `days` calendar days after the day of the event, which is day 0."""
    return start + timedelta(days=days)


def add_weeks(start: date, weeks: int) -> date:
    """EXCLUSIVE: a week is seven calendar days; holidays count (SEND Regulations 2014)."""
    return start + weeks * WEEK


def last_day_beginning_with(start: date, days: int) -> date:
    """INCLUSIVE: the last of `days` days when the day of the event is day 1."""
    return start + timedelta(days=days - 1)


def add_months(start: date, months: int) -> date:
    """The corresponding date: same day number, or the month's last day where that does not exist."""
    index = start.month - 1 + months
    year, month = start.year + index // 12, index % 12 + 1
    return date(year, month, min(start.day, _calendar.monthrange(year, month)[1]))


def last_day_of_12_months_starting_with(start: date) -> date:
    """The day before the anniversary (Children and Families Act 2014 s44(1)).

    For 29 February the anniversary is 1 March, so the last day is 28 February.
    """
    try:
        return start.replace(year=start.year + 1) - DAY
    except ValueError:
        return date(start.year + 1, 2, 28)


def add_school_days(start: date, days: int, calendar: SchoolCalendar) -> date:
    """EXCLUSIVE: the `days`-th school day after the event."""
    day, left = start, days
    while left:
        day += DAY
        left -= calendar.is_school_day(day)
    return day


def school_days_between(first: date, last: date, calendar: SchoolCalendar) -> int:
    """How many school days lie after `first` up to and including `last`; negative when `last` is earlier."""
    if last < first:
        return -school_days_between(last, first, calendar)
    return sum(calendar.is_school_day(day) for day in days_after(first, last))


def days_after(first: date, last: date) -> Iterator[date]:
    """The days after `first` up to and including `last`."""
    for step in range(1, (last - first).days + 1):
        yield first + timedelta(days=step)


def practical(due: date, calendar: SchoolCalendar) -> date:
    """The last school day on or before a due date: the day to work to. The due date itself never moves."""
    day = due
    for _ in range(60):
        if calendar.is_school_day(day):
            return day
        day -= DAY
    return due


@lru_cache(maxsize=64)
def age_on(born: date, on: date) -> int:
    """Whole years of age."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def end_of_compulsory_school_age(born: date) -> date:
    """Last Friday in June of the school year in which the pupil turns 16 (Education Act 1996 s8; SI 1998/1607)."""
    turns_16 = add_months(born, 16 * 12)
    last = date(academic_year(turns_16).starts_in + 1, 6, 30)
    while last.weekday() != 4:
        last -= DAY
    return last
