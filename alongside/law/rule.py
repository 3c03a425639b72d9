"""One rule as a value: what it asks, of whom, from what event, within how long, by whose word, and since when.

A rule is data. `clocks.due` turns it and the day of its event into a date; nothing here counts.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from alongside.law.sources import Source, Weight

SAME_DAY = ("the same day", "at once")


class Unit(StrEnum):
    """What is counted. The word that the law uses decides; a bare 'day' is a calendar day."""

    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    WORKING_DAYS = "working days"
    SCHOOL_DAYS = "school days"
    SCHOOL_WEEKS = "school weeks"
    MONTHS = "months"
    YEARS = "years"
    DATE = "set date"
    NONE = "no count"  # always, at once, or as soon as practicable


class Counting(StrEnum):
    """Whether the day of the event is day 0 or day 1. The two are never mixed."""

    EXCLUSIVE = "exclusive"  # 'within 6 weeks of': the event is day 0
    INCLUSIVE = "inclusive"  # 'beginning with the day on which': the event is day 1
    NONE = "none"


class Band(StrEnum):
    """The three bands of a work list, in the order in which they stand."""

    LEGAL = "legal"
    FAMILY = "family"
    REST = "rest"


class Roll(StrEnum):
    """What happens to an end that is no working day. The SEND Regulations move nothing."""

    NONE = "it does not move"
    WORKING_DAY = "it moves to the next working day"
    TRIBUNAL = "it moves to the next working day; out of 25 December to 1 January and out of August"


class Confidence(StrEnum):
    """How sure we are of the words."""

    READ = "read in the instrument"
    REPORTED = "read in a reliable report of it"
    UNCHECKED = "to be checked against the instrument"


class Kind(StrEnum):
    """How a rule's date is found. All but the first hang on more than one event, or on none."""

    COUNT = "counted from one event"
    REVIEW = "counted from one event, with the last day for the meeting"
    FIXED = "a day that the rule itself names"
    APPEAL = "the later of letter and certificate"
    RESPONSE = "working days without August and Christmas"
    AMENDMENT = "the earlier of notice and meeting"
    MOVED = "the later of move and last review"
    TRANSFER = "a day in the year of transfer"
    ORDER = "a table of orders"
    ACCESS = "a month that may stand still"
    BREACH = "hours on the clock"
    CENSUS = "a Thursday of the year"
    LEAVING_AGE = "the last Friday in June"
    SIXTEEN = "the 16th birthday"
    EIGHTEEN = "the 18th birthday"
    TWENTY_FIVE = "the school year of the 25th birthday"
    TERM = "the end of a term"
    SCHOOL_YEAR = "the end of the next school year"
    SERIES = "the closing day of an exam series"
    SCHOOL_AGE = "a prescribed day after the fifth birthday"
    RETENTION = "an age"


_WITHOUT_EVENT = frozenset({
    Kind.FIXED, Kind.TRANSFER, Kind.LEAVING_AGE, Kind.SCHOOL_AGE, Kind.SIXTEEN, Kind.EIGHTEEN, Kind.TWENTY_FIVE,
    Kind.RETENTION,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Option:
    """A fact that a rule needs, or can use, beside the day of its event."""

    name: str  # as typed: '--certificate'
    says: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """A second limit for the same act: what the trust promises, or the day that is safe on any reading."""

    amount: int
    unit: Unit
    source: Source
    counting: Counting = Counting.EXCLUSIVE
    event: str = ""  # when it runs from another event than the rule does

    def __str__(self) -> str:
        start = f" from {self.event}" if self.event else ""
        return f"{self.length}{start} ({self.source})"

    @property
    def length(self) -> str:
        return span(self.amount, self.unit) if self.amount else SAME_DAY[0]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of law, of the Code, of the trust or of good practice.

    `event` completes 'counted from the day on which …'. A negative `amount` counts back from the event.
    `safer` is by how many days the day to work to stands before the last lawful one.
    """

    code: str
    name: str
    says: str
    who: str
    source: Source
    amount: int = 0
    unit: Unit = Unit.NONE
    event: str = ""
    counting: Counting = Counting.NONE
    kind: Kind = Kind.COUNT
    roll: Roll = Roll.NONE
    promise: Limit | None = None
    safer: int = 0
    clear: bool = False  # 'at least two weeks' may be read as clear days: one day earlier
    spare: bool = False  # some count the day of the event as the first: the aim is a working day before the last
    opens: str = ""  # what may be done from the day after
    fixed: date | None = None
    happened: bool = True  # the event is something received or done, so that it cannot lie ahead
    needs: tuple[Option, ...] = ()
    exceptions: str = ""
    excused_by: tuple[str, ...] = ()  # codes of `exemptions`
    then: str = ""
    confidence: Confidence = Confidence.UNCHECKED
    in_force_from: date = date(2014, 9, 1)
    in_force_to: date = date.max
    band: Band = Band.LEGAL
    owner: str = "senco"  # the role that answers for it on a work list

    @property
    def severity(self) -> Weight:
        return self.source.weight

    @property
    def counts(self) -> bool:
        """True when a date can be worked out."""
        return self.unit is not Unit.NONE or self.promise is not None

    @property
    def counted_in(self) -> Unit:
        """The unit of the limit that drives the work: the promise's where the law names no length."""
        return self.promise.unit if self.unit is Unit.NONE and self.promise else self.unit

    @property
    def length(self) -> str:
        """'10 school days', '12 months', '2 weeks before'; of the promise where the law names no length."""
        if self.unit is Unit.NONE and self.promise:
            return self.promise.length
        if self.kind is Kind.ORDER:
            return "as the order says"
        if self.unit in (Unit.DATE, Unit.NONE):
            return "a set date" if self.unit is Unit.DATE else ""
        return span(self.amount, self.unit)

    @property
    def safe_day(self) -> str:
        """What is safe on any reading, beside the last lawful day."""
        if self.safer:
            return "work to the day before"
        if self.clear:
            return "two clear weeks, a day earlier, are safer"
        return "the aim is a working day earlier" if self.spare else ""

    @property
    def has_event(self) -> bool:
        """False for a date that hangs on a date of birth, a year or nothing at all."""
        return self.kind not in _WITHOUT_EVENT

    @property
    def in_school_days(self) -> bool:
        """True when one school's own calendar is needed."""
        units = {self.unit, self.promise.unit if self.promise else self.unit}
        return bool(units & {Unit.SCHOOL_DAYS, Unit.SCHOOL_WEEKS})

    @property
    def promise_counting(self) -> Counting:
        return self.promise.counting if self.promise else Counting.NONE

    @property
    def options(self) -> tuple[Option, ...]:
        """Every option of the command line that its date takes, the day of the event first."""
        if not self.counts:
            return ()
        known = {need.name for need in self.needs}
        start = (Option("--from", f"the day on which {self.event}", required=True),) if self.has_event else ()
        school = Option(
            "--calendar", "the school's days: a JSON file of terms, training days and closures", required=True
        )
        return (*start, *self.needs, *((school,) if self.in_school_days and school.name not in known else ()))

    def in_force(self, on: date) -> bool:
        return self.in_force_from <= on <= self.in_force_to


def span(amount: int, unit: Unit) -> str:
    """'1 month', '10 school days', '2 weeks before'."""
    words = unit.value.removesuffix("s") if abs(amount) == 1 else unit.value
    return f"{abs(amount)} {words}{' before' if amount < 0 else ''}"
