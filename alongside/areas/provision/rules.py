"""What provision costs, whether it was given, and what may be logged. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from alongside.law.calendar import DAY, SchoolCalendar, school_days_between
from alongside.law.refusal import Refusal


class Wave(StrEnum):
    ORDINARY = "ordinary"
    TARGETED = "targeted"
    SPECIALIST = "specialist"


WAVE_WORDS = {
    Wave.ORDINARY: "Ordinary: every pupil may have it",
    Wave.TARGETED: "Targeted: additional or different",
    Wave.SPECIALIST: "Specialist",
}


class Evidence(StrEnum):
    STRONG = "strong"
    SOME = "some"
    PROMISING = "promising"
    UNKNOWN = "unknown"


EVIDENCE_WORDS = {
    Evidence.STRONG: "Strong",
    Evidence.SOME: "Some",
    Evidence.PROMISING: "Promising",
    Evidence.UNKNOWN: "We do not know yet",
}


class Missed(StrEnum):
    ABSENT = "absent"
    COVER = "cover"
    TRIP = "trip"
    ROOM = "room"
    PUPIL = "pupil"
    OTHER = "other"


MISSED_WORDS = {
    Missed.ABSENT: "Pupil absent",
    Missed.COVER: "Adult covering elsewhere",
    Missed.TRIP: "Trip or event",
    Missed.ROOM: "No room",
    Missed.PUPIL: "Pupil chose not to",
    Missed.OTHER: "Another reason",
}


def often(times_a_week: int, minutes: int, group_size: int) -> str:
    """'3 × 30 minutes a week, in a group of 4'."""
    group = f"in a group of {group_size}" if group_size > 1 else "one to one"
    return f"{times_a_week} × {minutes} minutes a week, {group}"


# Why a whole group did not happen, in the first person of whoever gives it; and why one pupil was not there.
GROUP_MISSED = {
    Missed.COVER: "I was covering",
    Missed.ROOM: "No room",
    Missed.TRIP: "Trip or event",
    Missed.OTHER: "Other",
}
PUPIL_MISSED = {
    Missed.ABSENT: "Absent",
    Missed.TRIP: "Trip or event",
    Missed.PUPIL: "Chose not to",
    Missed.OTHER: "Other",
}


class Went(StrEnum):
    WELL = "well"
    MIXED = "mixed"
    HARD = "hard"


WENT_WORDS = {Went.HARD: "Hard today", Went.MIXED: "Some of it", Went.WELL: "Went well"}


@dataclass(frozen=True, slots=True)
class Share:
    """Sessions held of those planned."""

    held: int
    planned: int

    @property
    def known(self) -> bool:
        return self.planned > 0

    @property
    def percent(self) -> int:
        return round(100 * self.held / self.planned) if self.planned else 0

    def below(self, floor: Decimal) -> bool:
        """True when sessions were planned and too few of them were held."""
        return self.known and self.held < floor * self.planned


def weekly_cost(*, minutes: int, times_a_week: int, group_size: int, hourly: Decimal) -> Decimal:
    """Pounds a week for one pupil: weekly hours × hourly cost ÷ group size, to the penny."""
    pounds = Decimal(minutes * times_a_week) / 60 * hourly / group_size
    return pounds.quantize(Decimal("0.01"), ROUND_HALF_UP)


def promised(*, times_a_week: int, since: date, until: date | None, on: date, calendar: SchoolCalendar) -> int:
    """How many sessions a line has promised up to and including a day: times a week over its school days, rounded down.

    It is not the denominator of a share: a share is held ÷ written down (held or missed, with the reason). What was
    promised and not written down at all is shown beside it as 'not written down', because nobody knows what
    happened: counting it as missed would blame, and counting it as held would flatter.
    """
    last = min(on, until) if until else on
    if last < since:
        return 0
    return times_a_week * school_days_between(since - DAY, last, calendar) // 5


def not_written_down(promised_: int, written: int) -> int:
    """Sessions of which nobody knows whether they happened."""
    return max(0, promised_ - written)


def weeks(first: date, last: date, calendar: SchoolCalendar) -> list[date]:
    """The Mondays of the weeks between two days in which the school met at all."""
    monday = first - timedelta(days=first.weekday())
    found = []
    while monday <= last:
        if any(calendar.is_school_day(monday + timedelta(days=day)) for day in range(5)):
            found.append(monday)
        monday += timedelta(days=7)
    return found


def is_special(wave: str) -> bool:
    """Only what is additional or different counts as special provision (s21)."""
    return wave != Wave.ORDINARY


def may_promise(*, wave: str, sure: bool) -> Refusal | None:
    """Ordinary provision may stand in a plan, but not without noticing that it is ordinary."""
    if not is_special(wave) and not sure:
        return Refusal(
            "This is ordinary classroom practice: every pupil may have it, so it does not count as special "
            "provision. Tick the box to keep it as a strategy all the same.",
            "sure",
        )
    return None


def check_entry(*, name: str, plain_name: str) -> Refusal | None:
    """An entry of the catalogue has a name for staff and one that a family understands."""
    if not name.strip():
        return Refusal("Give it a name.", "name")
    if not plain_name.strip():
        return Refusal("Say what families read: 'Talking group', not 'language intervention'.", "plain_name")
    return None


def may_log(
    *, day: date, on: date, since: date, until: date | None, held: bool, absent: bool, missed_because: str, name: str
) -> Refusal | None:
    """Whether a session may be written down for a day."""
    if day > on:
        return Refusal("A session cannot be logged before its day.", "day")
    if day < since or (until is not None and day > until):
        return Refusal("This support was not running on that day.", "day")
    if held and absent:
        return Refusal(
            f"{name} was marked absent that day, so a held session cannot be kept. Was it another day?", "held"
        )
    if not held and not missed_because:
        return Refusal("Say why it did not happen. It is fine to say so; it shows what you need.", "missed_because")
    return None


def total(shares: Iterable[Share]) -> Share:
    held = planned = 0
    for share in shares:
        held, planned = held + share.held, planned + share.planned
    return Share(held, planned)
