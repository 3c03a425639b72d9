"""Days that count: calendar days, working days, school days, months and years.

Two counting forms exist and are never mixed. *Exclusive* ("within 6 weeks of"): the day of the event
is day 0. *Inclusive* ("beginning with the day on which"): it is day 1. No clock of the SEND Regulations
rolls forward when it ends on a weekend; `practical` says which earlier day to work to.
"""

import calendar as _calendar
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

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


def working_day_on_or_before(day: date, bank_holidays: frozenset[date]) -> date:
    while not is_working_day(day, bank_holidays):
        day -= DAY
    return day


def working_day_on_or_after(day: date, bank_holidays: frozenset[date]) -> date:
    while not is_working_day(day, bank_holidays):
        day += DAY
    return day


def add_working_days(
    start: date, days: int, bank_holidays: frozenset[date], *, skip: Callable[[date], bool] = lambda _: False
) -> date:
    """EXCLUSIVE: the `days`-th working day after the event. `skip` leaves out more days, as the tribunal does."""
    day, left = start, days
    while left:
        day += DAY
        left -= is_working_day(day, bank_holidays) and not skip(day)
    return day


def last_working_day_beginning_with(start: date, days: int, bank_holidays: frozenset[date]) -> date:
    """INCLUSIVE: the last of `days` working days when the day of the event is day 1, if it is a working day."""
    return add_working_days(start - DAY, days, bank_holidays)


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


def last_day_of_months_beginning_with(start: date, months: int) -> date:
    """INCLUSIVE: the day before the corresponding date.

    Where that date does not exist the month's last day is the end: one day is not taken off twice.
    """
    end = add_months(start, months)
    return end - DAY if end.day == start.day else end


def last_day_of_12_months_starting_with(start: date) -> date:
    """The day before the anniversary (Children and Families Act 2014 s44(1)); of 29 February, 28 February."""
    return last_day_of_months_beginning_with(start, 12)


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


def fault(terms: Sequence[Term]) -> str | None:
    """Why a list of terms cannot be a calendar, as a sentence; None when it can."""
    for term in terms:
        if term.last < term.first:
            return f"{term.name} ends on {term.last} before it starts on {term.first}. Put the two days right."
    ordered = sorted(terms, key=lambda term: term.first)
    for term, after in pairwise(ordered):
        if after.first <= term.last:
            return f"{after.name} starts on {after.first}, before {term.name} ends on {term.last}. Move one of them."
    return None


def birthday(born: date, age: int) -> date:
    """The day on which an age is reached; of 29 February, 1 March in a year that has none (so never early)."""
    day = add_months(born, age * 12)
    return day if day.day == born.day else day + DAY


@lru_cache(maxsize=64)
def age_on(born: date, on: date) -> int:
    """Whole years of age."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def end_of_compulsory_school_age(born: date) -> date:
    """Last Friday in June of the school year in which the pupil turns 16 (Education Act 1996 s8; Order of 1997)."""
    turns_16 = birthday(born, 16)
    last = date(academic_year(turns_16).starts_in + 1, 6, 30)
    while last.weekday() != 4:
        last -= DAY
    return last


def start_of_compulsory_school_age(born: date) -> date:
    """The 31 March, 31 August or 31 December on or next after the fifth birthday (EA 1996 s8; SI 1998/1607)."""
    five = birthday(born, 5)
    prescribed = (date(five.year, 3, 31), date(five.year, 8, 31), date(five.year, 12, 31))
    return next(day for day in prescribed if day >= five)


def tribunal_rests(day: date) -> bool:
    """Days that do not count in a SEN appeal: 25 December to 1 January, and August (HESC Rules r12(3))."""
    return day.month == 8 or (day.month, day.day) >= (12, 25) or (day.month, day.day) == (1, 1)


def roll_for_tribunal(end: date, bank_holidays: frozenset[date]) -> date:
    """Where a SEN appeal's limit ends: past the Christmas days, past August, then on a working day (r12(1)-(3))."""
    while tribunal_rests(end):
        end += DAY
    return working_day_on_or_after(end, bank_holidays)
