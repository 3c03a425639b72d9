"""Who may be SENCO, by when they qualify, and how their time stands. Pure.

SEND Regulations 2014 reg 49: the post, the three years and the two qualifications; SEND Code of Practice 6.91-6.94:
time. A state is never typed, and whether the time is enough is for the SENCO alone to say.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from alongside.law import clocks, thresholds
from alongside.law.dates import Due
from alongside.law.refusal import Refusal

DAY = timedelta(days=1)


class Kind(StrEnum):
    """Whether somebody holds the post or stands in for who does."""

    SENCO = "senco"
    COVER = "cover"


KIND_WORDS = {Kind.SENCO: "SENCO", Kind.COVER: "Cover, while the SENCO is away"}


class Status(StrEnum):
    """How somebody is a teacher. The last two do not make a SENCO."""

    QUALIFIED = "qualified"
    QTLS = "qtls"
    OVERSEAS = "overseas"
    TRAINING = "training"
    NONE = "none"


STATUS_WORDS = {
    Status.QUALIFIED: "Qualified teacher, induction finished (QTS)",
    Status.QTLS: "Qualified in further education, and a teacher by that (QTLS)",
    Status.OVERSEAS: "Qualified overseas, with QTS given here",
    Status.TRAINING: "Training, in induction, or overseas without QTS yet",
    Status.NONE: "No teacher status",
}
LAWFUL = frozenset({Status.QUALIFIED, Status.QTLS, Status.OVERSEAS})


class Award(StrEnum):
    """The two qualifications that the regulations name. They are not the same, and nothing else is either."""

    NASENCO = "nasenco"
    NPQ = "npq"


AWARD_WORDS = {
    Award.NASENCO: "National Award for SEN Coordination (NASENCO)",
    Award.NPQ: "National Professional Qualification for SENCOs (NPQ)",
}
OTHER = "other"
NOT_EQUIVALENT = (
    "Only two qualifications count: the National Award for SEN Coordination and the NPQ for SENCOs (SEND Regulations "
    "2014, regulation 49). Another course can be kept under training; it does not stop the clock."
)
_NPQ_BEGAN = clocks.NASENCO_ENDS.in_force_from  # SI 2024/535: a course that begins from this day is the NPQ
SETTLED = int(thresholds.SENCO_SETTLED)  # months as SENCO before, all schools together
MOST_LOST = int(thresholds.SENCO_TIME_LOST.value * 100)  # percent of the agreed hours; a school may allow less


@dataclass(frozen=True, slots=True)
class Appointed:
    """An appointment as it is asked for or as it stands."""

    person: int
    kind: str
    since: date
    until: date | None
    status: str
    works_here: bool  # teaches at this school, or is its head: employed at the trust alone does not count
    leads: bool  # sits in the school's leadership
    access: str  # if not: how they reach it
    first_on: date  # first day as SENCO at any school
    months_before: int  # months as SENCO before this appointment, all schools together


def check_appointment(draft: Appointed, others: Iterable[Appointed]) -> Refusal | None:
    """Whether somebody can be SENCO. `others` are the school's appointments of the same kind."""
    if draft.status not in LAWFUL:
        return Refusal(
            "A SENCO has to be a qualified teacher who has finished induction. Say how this person is a teacher, or "
            "choose somebody who is (SEND Regulations 2014, regulation 49).",
            "status",
        )
    if not draft.works_here:
        return Refusal(
            "A SENCO works as a teacher at the school, or is its headteacher. A post at the trust alone does not count.",
            "works_here",
        )
    if not draft.leads and not draft.access.strip():
        return Refusal("Say how the SENCO reaches the leadership team: whom they meet, and how often.", "access")
    if draft.until is not None and draft.until < draft.since:
        return Refusal("The last day cannot be before the first.", "until")
    if draft.kind == Kind.COVER and draft.until is None:
        return Refusal("Cover ends on a day. Say which; it can be moved.", "until")
    if draft.first_on > draft.since:
        return Refusal("Nobody was first a SENCO after this appointment began.", "first_on")
    return _overlap(draft, others)


def _overlap(draft: Appointed, others: Iterable[Appointed]) -> Refusal | None:
    last = draft.until or date.max
    for other in others:
        if other.since <= last and draft.since <= (other.until or date.max):
            ends = f"until {_day(other.until)}" if other.until else "with no last day"
            return Refusal(
                f"The post is held already, from {_day(other.since)} {ends}. End that appointment first; two people "
                "cannot hold it on one day.",
                "since",
            )
    return None


def check_end(since: date, until: date | None, last_day: date) -> Refusal | None:
    """Whether an appointment can end on a day."""
    if last_day < since:
        return Refusal("It cannot end before it began.", "last_day")
    if until is not None and until < last_day:
        return Refusal(f"It ends on {_day(until)} already. Make a new appointment to go on.", "last_day")
    return None


def gap_since(held: Iterable[tuple[date, date | None]], *, on: date) -> date | None:
    """The first day of the gap that a school stands in; None while somebody holds the post or covers it.

    A school that never had an appointment has had a gap for as long as anybody knows: `date.min`.
    """
    stretches = sorted((since, until or date.max) for since, until in held if since <= on)
    if any(until >= on for _, until in stretches):
        return None
    return max((until + DAY for _, until in stretches), default=date.min)


# --- Qualifying ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Course:
    """A qualification as it is noted."""

    award: str
    provider: str
    started_on: date | None
    expected_on: date | None
    awarded_on: date | None
    certificate: str = ""


def check_course(course: Course, *, on: date) -> Refusal | None:
    """Whether this counts as one of the two, by its name and its days."""
    if course.award not in set(Award):
        return Refusal(NOT_EQUIVALENT, "award")
    if not course.provider.strip():
        return Refusal("Say who gives the course.", "provider")
    if course.started_on is None and course.awarded_on is None:
        return Refusal("Give the day on which the course began, or the day of the award.", "started_on")
    return _check_days(course, on) or _check_award(course, on)


def _check_days(course: Course, on: date) -> Refusal | None:
    started, awarded = course.started_on, course.awarded_on
    if started is not None and started > on:
        return Refusal("A course counts from the day on which it begins. Note it then.", "started_on")
    if started and awarded and awarded < started:
        return Refusal("The award cannot be before the course.", "awarded_on")
    if started and course.expected_on and course.expected_on <= started:
        return Refusal("The course ends after it begins.", "expected_on")
    if course.award == Award.NASENCO and started and started >= _NPQ_BEGAN:
        return Refusal(
            "A course that began from September 2024 is the NPQ for SENCOs. The National Award takes nobody new.",
            "award",
        )
    if course.award == Award.NPQ and (started or awarded or on) < _NPQ_BEGAN:
        return Refusal("The NPQ for SENCOs began in September 2024. Is this the National Award?", "award")
    return None


def _check_award(course: Course, on: date) -> Refusal | None:
    if course.awarded_on is None:
        return None
    if course.awarded_on > on:
        return Refusal("Note the award when it has been given.", "awarded_on")
    if not course.certificate.strip():
        return Refusal("Say where the certificate is, so that somebody can look.", "certificate")
    if course.award == Award.NASENCO and course.awarded_on > last_nasenco() and course.started_on:
        return Refusal(
            f"A National Award had to be finished by {_day(last_nasenco())}. After it only the NPQ counts.",
            "awarded_on",
        )
    return None


def last_nasenco() -> date:
    """The last day on which an unfinished National Award can be finished (SI 2024/535)."""
    fixed = clocks.NASENCO_ENDS.fixed
    assert fixed is not None
    return fixed


def clock_from(since: date, first_on: date, months_before: int) -> date:
    """From which day the three years run: this appointment, or the first for whoever was SENCO for a year before it.

    Reg 49(4) begins no new three years for somebody with more than 12 months behind them; theirs began with the first.
    """
    return first_on if months_before > SETTLED else since


def qualify_by(since: date, first_on: date, months_before: int) -> Due:
    """By when a SENCO holds the qualification."""
    return clocks.due(clocks.SENCO_QUALIFIES, clock_from(since, first_on, months_before))


class Qualified(StrEnum):
    """How far a SENCO is; the order is that of the trust's list, worst first."""

    PAST = "overdue"
    UNENROLLED = "at_risk"
    EARLY = "due"
    TRAINING = "training"
    HELD = "met"


QUALIFIED_WORDS = {
    Qualified.PAST: "The time to qualify is over",
    Qualified.UNENROLLED: "On no course yet",
    Qualified.EARLY: "On no course yet; there is time",
    Qualified.TRAINING: "On a course",
    Qualified.HELD: "Qualified",
}
QUALIFIED_STATE = {
    Qualified.PAST: "overdue", Qualified.UNENROLLED: "at_risk", Qualified.EARLY: "due", Qualified.TRAINING: "due",
    Qualified.HELD: "met",
}  # fmt: skip


def qualified(courses: Iterable[Course], due: date, *, on: date) -> Qualified:
    """How far a SENCO is, from the courses noted and the end of the clock.

    Without a course there is time until so little is left that a course could not be finished.
    """
    noted = list(courses)
    if any(course.awarded_on and course.awarded_on <= on for course in noted):
        return Qualified.HELD
    if on > due:
        return Qualified.PAST
    if any(_runs(course, on) for course in noted):
        return Qualified.TRAINING
    early = due - on > timedelta(days=int(thresholds.SENCO_WARNING))
    return Qualified.EARLY if early else Qualified.UNENROLLED


def _runs(course: Course, on: date) -> bool:
    begun = course.started_on is not None and course.started_on <= on
    return begun and (course.award != Award.NASENCO or on <= last_nasenco())


# --- Time ------------------------------------------------------------------------------------------------


class Why(StrEnum):
    """What agreed time was lost to."""

    COVER = "cover"
    DUTY = "duty"
    TEACHING = "teaching"
    MEETING = "meeting"
    OTHER = "other"


WHY_WORDS = {
    Why.COVER: "Cover for a colleague", Why.DUTY: "Duty: break, lunch, gate", Why.TEACHING: "Teaching that was added",
    Why.MEETING: "Meetings about other things", Why.OTHER: "Something else",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Time:
    """A term's hours: what was agreed for the weeks that were noted, what was used, what was lost."""

    weeks: int = 0
    agreed: Decimal = Decimal(0)
    used: Decimal = Decimal(0)
    lost: Decimal = Decimal(0)
    limit: int = MOST_LOST  # percent of the agreed hours that may be lost

    @property
    def share(self) -> int:
        """Percent of the agreed hours that were lost."""
        return int(self.lost * 100 / self.agreed) if self.agreed else 0

    @property
    def too_much(self) -> bool:
        """True when more was lost than the school allows."""
        return self.lost * 100 > self.agreed * self.limit


def check_agreed(hours: Decimal, admin: Decimal, limit: int) -> Refusal | None:
    """Whether hours can be agreed. A school may allow less loss than the trust, never more."""
    if not 0 < hours <= _WEEK:
        return Refusal(f"Agree hours a week, above nought and up to {_WEEK}.", "hours")
    if not 0 <= admin <= _WEEK:
        return Refusal(f"Administrative help is between nought and {_WEEK} hours a week.", "admin")
    if not 0 <= limit <= MOST_LOST:
        return Refusal(f"A school may allow less loss than the trust’s {MOST_LOST}%, and not more.", "limit")
    return None


_WEEK = 50  # hours that a week of work can have


def check_week(
    monday: date, used: Decimal, lost: Mapping[str, Decimal], *, agreed: Decimal | None, on: date
) -> Refusal | None:
    """Whether a week's hours can be noted."""
    if agreed is None:
        return Refusal("No hours were agreed for that week. The headteacher agrees them first.", "monday")
    if monday > on:
        return Refusal("That week has not begun.", "monday")
    if used < 0 or any(hours < 0 for hours in lost.values()):
        return Refusal("Hours cannot be less than nought.", "used")
    if used > _WEEK:
        return Refusal(f"A week has at most {_WEEK} hours of work.", "used")
    if sum(lost.values()) > agreed:
        return Refusal(f"More was lost than the {plain(agreed)} hours that were agreed. Put one of them right.", "used")
    return None


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def may_say(*, holder: int | None, by: int) -> Refusal | None:
    """Whose view it is: the SENCO's, and nobody else writes it for them."""
    if holder != by:
        return Refusal("Only the SENCO says whether their time is enough. Nobody says it for them.", "enough")
    return None


def plain(hours: Decimal) -> str:
    """'6', '7.5': hours without a nought that says nothing."""
    return f"{float(hours):g}"


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""
