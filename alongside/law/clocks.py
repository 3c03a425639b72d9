"""Time limits as values: how long, in what unit, from what event, by whose word.

A clock is computed, never counted. `due` is a pure function of a clock, the day its event happened and
the school's calendar; nothing here knows what day it is today.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from alongside.law import calendar as days
from alongside.law.sources import CFA, Source, code, practice, promise, statute


class Unit(StrEnum):
    DAYS = "days"
    WEEKS = "weeks"
    SCHOOL_DAYS = "school days"
    YEAR_STARTING_WITH = "12 months starting with the day"
    DATE = "set date"


class Band(StrEnum):
    """The three bands of a work list, in the order in which they stand."""

    LEGAL = "legal"
    FAMILY = "family"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Clock:
    """One time limit. `event` completes the sentence 'counted from the day …'."""

    code: str
    name: str
    amount: int
    unit: Unit
    event: str
    source: Source
    band: Band
    in_force_from: date
    owner: str = "senco"  # the role that answers for it

    @property
    def length(self) -> str:
        """'10 school days', '16 weeks'."""
        if self.unit is Unit.YEAR_STARTING_WITH:
            return "12 months"
        return "a set date" if self.unit is Unit.DATE else f"{self.amount} {self.unit.value}"


@dataclass(frozen=True, slots=True)
class Due:
    """A computed date: the true one, the one to work to, and why."""

    clock: Clock
    counted_from: date
    due: date
    practical: date

    def why(self, words: str = "") -> str:
        """'10 school days from 9 Nov, when the concern was sent'."""
        event = words or self.clock.event
        if self.clock.unit is Unit.DATE:
            return event
        return f"{self.clock.length} from {day_words(self.counted_from)}, when {event}"


def day_words(day: date) -> str:
    return f"{day.day} {day:%b} {day.year}"


def due(clock: Clock, counted_from: date, calendar: days.SchoolCalendar, *, amount: int | None = None) -> Due:
    """When a clock that started on `counted_from` runs out. `amount` is a trust's own stricter figure."""
    length = clock.amount if amount is None else amount
    match clock.unit:
        case Unit.DAYS:
            last = days.add_days(counted_from, length)
        case Unit.WEEKS:
            last = days.add_weeks(counted_from, length)
        case Unit.SCHOOL_DAYS:
            last = days.add_school_days(counted_from, length, calendar)
        case Unit.YEAR_STARTING_WITH:
            last = days.last_day_of_12_months_starting_with(counted_from)
        case Unit.DATE:
            last = counted_from
    return Due(clock, counted_from, last, days.practical(last, calendar))


_CODE_2015 = date(2015, 1, 29)
_POLICY = date(2025, 9, 1)

PLAN_REVIEW = Clock(
    "AR-01", "Annual review decided", 12, Unit.YEAR_STARTING_WITH, "the plan was made or last reviewed",
    statute(CFA, "s44(1)"), Band.LEGAL, date(2014, 9, 1),
)  # fmt: skip
TELL_PARENTS = Clock(
    "GA-04", "Parents told about special provision", 5, Unit.SCHOOL_DAYS, "SEN support was decided",
    statute(CFA, "s68"), Band.LEGAL, date(2014, 9, 1),
)  # fmt: skip
TRIAGE = Clock(
    "S04-TRIAGE", "Concern triaged", 10, Unit.SCHOOL_DAYS, "the concern was sent",
    promise("section 4"), Band.REST, _POLICY,
)  # fmt: skip
TELL_RAISER = Clock(
    "S04-ANSWER", "Answer to whoever raised the concern", 10, Unit.SCHOOL_DAYS, "the concern was sent",
    promise("section 4"), Band.FAMILY, _POLICY,
)  # fmt: skip
SCREEN = Clock(
    "S04-SCREEN", "Screening decided", 30, Unit.SCHOOL_DAYS, "screening was opened",
    promise("section 4"), Band.REST, _POLICY,
)  # fmt: skip
LOOK_AGAIN = Clock(
    "S04-WATCH", "Look again at a watched pupil", 0, Unit.DATE, "the day set when the concern was answered",
    promise("section 4"), Band.REST, _POLICY,
)  # fmt: skip
FIRST_PLAN = Clock(
    "S06-PLAN", "First support plan", 15, Unit.SCHOOL_DAYS, "SEN support began",
    promise("section 6"), Band.REST, _POLICY,
)  # fmt: skip
FIRST_PROVISION = Clock(
    "S15-PROVISION", "First special provision", 20, Unit.SCHOOL_DAYS, "SEN support began",
    promise("section 15"), Band.REST, _POLICY,
)  # fmt: skip
REVIEW_LIMIT = Clock(
    "GA-08", "Review of the support plan", 16, Unit.WEEKS, "the plan was agreed",
    code("6.53-6.55"), Band.FAMILY, _CODE_2015,
)  # fmt: skip
REVIEW_AGREED = Clock(
    "GA-06", "Review on the agreed date", 0, Unit.DATE, "the day agreed with the family",
    code("6.48-6.51"), Band.FAMILY, _CODE_2015,
)  # fmt: skip
FAMILY_ANSWER = Clock(
    "S09-ANSWER", "Answer to a family's request", 10, Unit.SCHOOL_DAYS, "the family asked for a change",
    promise("section 9"), Band.FAMILY, _POLICY,
)  # fmt: skip
BRIEF_READ = Clock(
    "S03-BRIEF", "Brief read by every adult", 5, Unit.SCHOOL_DAYS, "the brief changed",
    promise("section 3"), Band.REST, _POLICY,
)  # fmt: skip
NEED_MISSING = Clock(
    "S15-NEED", "Main need recorded", 0, Unit.DATE, "the school census refuses SEN support without a need",
    practice("census validation 2170"), Band.REST, _POLICY,
)  # fmt: skip
DELIVERY = Clock(
    "S15-DELIVERY", "Provision given as promised", 5, Unit.SCHOOL_DAYS, "less than 80% was given for two weeks",
    promise("section 15"), Band.REST, _POLICY,
)  # fmt: skip

CLOCKS: Mapping[str, Clock] = {
    clock.code: clock
    for clock in (
        PLAN_REVIEW, TELL_PARENTS, TRIAGE, TELL_RAISER, SCREEN, LOOK_AGAIN, FIRST_PLAN, FIRST_PROVISION, REVIEW_LIMIT,
        REVIEW_AGREED, FAMILY_ANSWER, BRIEF_READ, NEED_MISSING, DELIVERY,
    )
}  # fmt: skip


def earliest(*dates: Due) -> Due:
    """Where two clocks govern the same act, the earlier one drives the work."""
    return min(dates, key=lambda date_: date_.due)
