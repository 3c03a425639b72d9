"""What staff can do, which gaps that leaves, what a course needs, and what is kept of an appraisal. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum

from alongside.areas.clocks.rules import count_words
from alongside.law import clocks, thresholds
from alongside.law.codes import AREA_WORDS
from alongside.law.refusal import Refusal

AREAS: Mapping[str, str] = {area.value: words for area, words in AREA_WORDS.items()}
GENERAL = ""  # a course or a talk about no area alone
AREAS_AND_ALL: Mapping[str, str] = {GENERAL: "All areas", **AREAS}


class Level(IntEnum):
    """How far somebody is in an area of need."""

    NONE = 0
    AWARE = 1
    SKILLED = 2
    LEADS = 3


LEVEL_WORDS = {
    Level.NONE: "Not yet", Level.AWARE: "Knows of it", Level.SKILLED: "Does it", Level.LEADS: "Shows others",
}  # fmt: skip
ENOUGH = Level.SKILLED  # for whoever teaches a pupil with needs in the area


class Source(StrEnum):
    """Whose rating it is. The two are never mixed."""

    SELF = "self"
    SENCO = "senco"


class Group(StrEnum):
    """The parts of a staff for which coverage is shown."""

    TEACHERS = "teachers"
    ASSISTANTS = "assistants"
    LUNCH = "lunch"
    OFFICE = "office"
    LEADERS = "leaders"


GROUP_WORDS = {
    Group.TEACHERS: "Teachers", Group.ASSISTANTS: "Teaching assistants", Group.LUNCH: "Lunch and site staff",
    Group.OFFICE: "Office staff", Group.LEADERS: "Leaders",
}  # fmt: skip

# Which group a role belongs to; of several the first in this order. Lunch staff hold no role, and are noted by name.
GROUP_OF: Mapping[str, Group] = {
    "head": Group.LEADERS, "senco": Group.LEADERS, "dsl": Group.LEADERS, "teacher": Group.TEACHERS,
    "cover_senco": Group.TEACHERS, "designated": Group.TEACHERS, "ta": Group.ASSISTANTS, "admin": Group.OFFICE,
    "admissions": Group.OFFICE, "careers": Group.OFFICE, "exams": Group.OFFICE,
}  # fmt: skip
RATED = (Group.TEACHERS, Group.ASSISTANTS, Group.LEADERS)  # who is rated: whoever teaches or leads teaching


class Aim(StrEnum):
    """The three things that training builds (policy section 14)."""

    IDENTIFYING = "identifying"
    EDUCATING = "educating"
    ASSESSING = "assessing"


AIM_WORDS = {
    Aim.IDENTIFYING: "Spotting needs", Aim.EDUCATING: "Teaching pupils with needs", Aim.ASSESSING: "Assessing needs",
}  # fmt: skip


class Depth(StrEnum):
    """How deep a course goes."""

    AWARENESS = "awareness"
    SKILL = "skill"
    PRACTICE = "practice"


DEPTH_WORDS = {
    Depth.AWARENESS: "To know of it",
    Depth.SKILL: "To be able to do it",
    Depth.PRACTICE: "To do it every day",
}


class Answer(StrEnum):
    """What the central team says to a need that schools share."""

    COURSE = "course"
    OTHER = "other"
    NO = "no"


ANSWER_WORDS = {Answer.COURSE: "A course", Answer.OTHER: "Something else", Answer.NO: "Not now, and why"}


class Coached(StrEnum):
    """How a SENCO guided colleagues."""

    COACHING = "coaching"
    DROP_IN = "drop_in"
    TEAM = "team"
    ADVICE = "advice"


COACHED_WORDS = {
    Coached.COACHING: "Coaching", Coached.DROP_IN: "Drop-in", Coached.TEAM: "Team meeting", Coached.ADVICE: "Advice",
}  # fmt: skip


def group_of(roles: Iterable[str]) -> Group | None:
    """The group of somebody who holds these roles; None for governors, trustees and those outside a school."""
    held = set(roles)
    return next((group for role, group in GROUP_OF.items() if role in held), None)


def check_levels(levels: Mapping[str, int]) -> Refusal | None:
    """Whether ratings are of the four areas and on the scale."""
    if not levels:
        return Refusal("Rate at least one area.")
    if set(levels) - set(AREAS) or any(level not in set(Level) for level in levels.values()):
        return Refusal("Choose one of the four levels for each area.")
    return None


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """What the training policy asks of a course."""

    title: str
    provider: str
    need: str
    objective: str
    evaluation: str
    audience: Collection[str]


def check_course(course: CourseFacts) -> Refusal | None:
    """Whether a course can be written down at all; what the policy asks beside that can follow."""
    if not course.title.strip():
        return Refusal("Give the course a name.", "title")
    if not course.provider.strip():
        return Refusal("Say who gives it.", "provider")
    if not course.audience or set(course.audience) - set(Group):
        return Refusal("Say for which part of the staff it is.", "audience")
    return None


def missing(course: CourseFacts) -> tuple[str, ...]:
    """What the training policy asks for and a course lacks before it can be approved. Until then it is a draft."""
    asked = (("the need", course.need), ("the objective", course.objective), ("the evaluation", course.evaluation))
    return tuple(words for words, value in asked if not value.strip())


def check_approval(course: CourseFacts) -> Refusal | None:
    """Whether a course can be approved and then count."""
    lacking = missing(course)
    return (
        Refusal(f"Write down {_list(lacking)} first. Until then it is a draft and counts for nothing.")
        if lacking
        else None
    )


def check_booking(held_on: date, *, on: date) -> Refusal | None:
    """Whether somebody can still be booked."""
    if held_on < on:
        return Refusal("That day has passed. Note who came instead.", "people")
    return None


def check_came(held_on: date, *, on: date) -> Refusal | None:
    """Whether attendance can be noted."""
    if held_on > on:
        return Refusal("Note who came when the day has come.", "people")
    return None


def asked_on(held_on: date) -> date:
    """The day by which somebody has said what changed: six weeks after the session."""
    return clocks.due(clocks.TRAINING_FOLLOW, held_on).due


def check_changed(words: str, names: Iterable[str], *, came: bool) -> Refusal | None:
    """Whether what somebody says of their training can be kept. `names` are those of pupils they teach."""
    if not came:
        return Refusal("This is asked of whoever came.")
    if len(words.split()) < 3:
        return Refusal("Say in a sentence what you do differently since.", "words")
    folded = words.casefold()
    if any(name and name.casefold() in folded for name in names):
        return Refusal("Leave pupils’ names out: this is a record of your own learning.", "words")
    return None


class Step(StrEnum):
    """How far a gap is on its way."""

    OPEN = "at_risk"
    PLANNED = "due"
    DONE = "met"


def step(booked: bool, came: bool, changed: bool) -> Step:
    """Done when the training was followed up; planned when it is booked or was held; else open."""
    if came and changed:
        return Step.DONE
    return Step.PLANNED if booked or came else Step.OPEN


def check_answer(answer: str, course: int | None, reason: str) -> Refusal | None:
    """What an answer to a shared need has to bring with it."""
    if answer not in set(Answer):
        return Refusal("Choose an answer.", "answer")
    if answer == Answer.COURSE and course is None:
        return Refusal("Say which course.", "course")
    if answer != Answer.COURSE and not reason.strip():
        return Refusal("Say what is done instead, or why not now.", "reason")
    return None


ONLY_A_TICK = (
    "Only a tick is kept here. What was said in an appraisal, and anything about a pupil, stays in the HR system."
)


def check_tick(typed: Collection[str], values: Iterable[str], staff: Collection[int]) -> Refusal | None:
    """Whether nothing but ticks beside colleagues was sent. `typed` are the names of all fields."""
    if set(typed) - {"person", "csrfmiddlewaretoken"}:
        return Refusal(ONLY_A_TICK)
    known = {str(person) for person in staff}
    return None if all(value in known for value in values) else Refusal(ONLY_A_TICK)


def check_line(person: int, executive: int, executives: Collection[int]) -> Refusal | None:
    """Whether somebody can be a central colleague's line executive."""
    if person == executive:
        return Refusal("Nobody signs off their own training. Choose another executive.", "executive")
    if executive not in executives:
        return Refusal("Choose somebody who leads at the trust.", "executive")
    return None


def check_colleague(given: str, family: str, group: str) -> Refusal | None:
    """What is needed to note somebody who has no account."""
    if not given.strip() or not family.strip():
        return Refusal("Give first and family name.", "given")
    return None if group in set(Group) else Refusal("Say to which part of the staff they belong.", "group")


def check_left(since: date, last_day: date, *, on: date) -> Refusal | None:
    """Whether somebody without an account can have left on a day."""
    if last_day < since:
        return Refusal(f"They were noted on {since.day} {since:%B %Y}. Give that day or a later one.", "last_day")
    return Refusal("Note it when the day has come.", "last_day") if last_day > on else None


def shown(count: int) -> str:
    """A count for who may not see small ones: '0', 'fewer than 5', or the figure."""
    return count_words(count, named=False)


def hidden_pair(counts: Mapping[str, int]) -> frozenset[str]:
    """Which parts of a sum are not shown: the small ones, and one more where a single one could be taken from the sum."""
    small = int(thresholds.SMALL_NUMBER)
    hide = {key for key, count in counts.items() if 0 < count < small}
    others = sorted((count, key) for key, count in counts.items() if key not in hide and count)
    if len(hide) == 1 and others:
        hide.add(others[0][1])
    return frozenset(hide)


def a_year_before(on: date) -> date:
    """Training counts for a year."""
    return on - timedelta(days=int(thresholds.YEARLY))


def _list(words: Collection[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
