"""A computed date that explains itself, the facts it may hang on, and the counting of every unit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from alongside.law import bank_holidays
from alongside.law import calendar as days
from alongside.law.rule import SAME_DAY, Band, Counting, Limit, Roll, Rule, Unit
from alongside.law.sources import Weight
from alongside.law.words import meanings, plain


class NotComputed(ValueError):
    """A date cannot be worked out: the sentence says which rule, and what to do."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a rule may need beside the day of its event."""

    born: date | None = None
    certificate: date | None = None
    transfer_year: int | None = None
    phase: str = ""
    meeting: date | None = None
    sent: date | None = None
    reviewed: date | None = None
    asked: date | None = None
    answered: date | None = None
    identified: date | None = None
    at: time | None = None
    order: str = ""
    series: str = ""
    bank_holidays: frozenset[date] = frozenset()  # England's own are known; a newly proclaimed day is added here

    def working(self, day: date) -> frozenset[date]:
        """The bank holidays around a day."""
        return bank_holidays.around(day.year) | self.bank_holidays


NO_FACTS = Facts()


@dataclass(frozen=True, slots=True)
class Due:
    """A computed date: the one that drives the work, the practical one before it, and what else there is to know.

    `strict` is the last day on the letter of the law where `due` is a safer one, or the stricter reading of it.
    `legal` and `promised` are the law's own date and the trust's, where both exist.
    """

    rule: Rule
    counted_from: date
    due: date
    practical: date
    strict: date | None = None
    legal: date | None = None
    promised: date | None = None
    promise: Limit | None = None
    also: tuple[tuple[str, date], ...] = ()
    notes: tuple[str, ...] = ()
    length: str = ""
    reason: str = ""  # in place of 'It is … from …', for a date that hangs on more than one event

    def why(self, words: str = "") -> str:
        """'10 school days from 9 Nov, when the concern was sent'."""
        event = words or self.rule.event
        if self.rule.unit is Unit.DATE:
            return event
        return f"{self.length or self.rule.length} from {day_words(self.counted_from)}, when {event}"

    def explain(self) -> str:
        """Why this day, in sentences that a parent can read."""
        said = plain(" ".join(self._sentences()))
        return " ".join([said, *meanings(said), f"The rule is {self.rule.code}, {self.rule.source}."])

    def _sentences(self) -> Iterator[str]:
        yield from self._what()
        yield self._reason()
        if self.promised is not None and self.promise is not None:
            yield self._two_dates(self.promised, self.promise)
        if self.strict is not None and self.strict != self.due:
            words = "The last day by its letter" if self.strict > self.due else "Read most strictly, the day"
            yield f"{words} is {long_words(self.strict)}."
        if self.practical == self.strict != self.due:
            yield "Work to that day."
        elif self.practical != self.due:
            yield f"The date does not move; work to {long_words(self.practical)}, the last open day before it."
        yield from self.notes
        if self.rule.then:
            yield f"Next: {self.rule.then}"

    def _what(self) -> Iterator[str]:
        rule = self.rule
        born = any(need.name == "--born" for need in rule.needs)
        yield f"{rule.name}: {'' if born else 'due '}{long_words(self.due)}."
        if not born and rule.band is not Band.FAMILY:  # what is open to a family is owed by nobody
            yield f"It is owed by {rule.who}."

    def _reason(self) -> str:
        rule = self.rule
        if self.reason:
            return self.reason
        if rule.unit is Unit.DATE:
            return f"It is set by {rule.event}."
        length = self.length or rule.length
        joint = " " if length.endswith(" before") else ", " if length in SAME_DAY else " from "
        first = " That day counts as the first." if rule.counting is Counting.INCLUSIVE else ""
        short = " It is one day less, to be safe on any reading." if rule.safer else ""
        return f"It is {length}{joint}{long_words(self.counted_from)}, when {rule.event}.{first}{short}"

    def _two_dates(self, promised: date, promise: Limit) -> str:
        ours = "the trust promises" if promise.source.weight is Weight.TRUST else "good practice is"
        if self.legal is None:
            return f"The law names no number of days; {ours} {long_words(promised)}."
        if self.legal == promised:
            return "The rule itself gives until the same day."
        first = "The law comes first" if self.due < promised else "The earlier one counts"
        return f"{first}: the rule itself gives until {long_words(self.legal)}, {ours} {long_words(promised)}."


def day_words(day: date) -> str:
    return f"{day.day} {day:%b} {day.year}"


def long_words(day: date) -> str:
    """'Monday 7 September 2026'."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def counted(rule: Rule, start: date, calendar: days.SchoolCalendar, facts: Facts) -> date:
    """The plain count of a rule from a day, before anything moves it."""
    return count(rule.amount, rule.unit, rule.counting, start, calendar, facts)


def count(
    amount: int, unit: Unit, counting: Counting, start: date, calendar: days.SchoolCalendar, facts: Facts
) -> date:
    inclusive = counting is Counting.INCLUSIVE
    if unit is Unit.WEEKS:
        amount, unit = amount * 7, Unit.DAYS
    if unit is Unit.YEARS:
        amount, unit = amount * 12, Unit.MONTHS
    if unit is Unit.SCHOOL_WEEKS:
        amount, unit = amount * 5, Unit.SCHOOL_DAYS
    match unit:
        case Unit.DAYS:
            return days.last_day_beginning_with(start, amount) if inclusive else days.add_days(start, amount)
        case Unit.MONTHS:
            end = days.last_day_of_months_beginning_with if inclusive else days.add_months
            return end(start, amount)
        case Unit.WORKING_DAYS:
            count = days.last_working_day_beginning_with if inclusive else days.add_working_days
            return count(start, amount, facts.working(start))
        case Unit.SCHOOL_DAYS:
            return days.add_school_days(start - days.DAY if inclusive else start, amount, calendar)
        case Unit.HOURS:
            return start + timedelta(hours=amount)
        case _:
            return start


def rolled(rule: Rule, end: date, facts: Facts) -> date:
    match rule.roll:
        case Roll.WORKING_DAY:
            return days.working_day_on_or_after(end, facts.working(end))
        case Roll.TRIBUNAL:
            return days.roll_for_tribunal(end, facts.working(end))
        case _:
            return end


def open_day(day: date, calendar: days.SchoolCalendar, facts: Facts) -> date:
    """The last day on or before a date on which somebody is at work: a school day where the calendar is known."""
    if calendar.known or calendar.closed:
        found = days.practical(day, calendar)
        if calendar.is_school_day(found):
            return found
    return days.working_day_on_or_before(day, facts.working(day))  # nothing is known about the school on that day
