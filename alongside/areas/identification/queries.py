"""Pages of flags: what waits, one pupil's progress, the answer, and the signs with what they would do here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

from django.db.models import Min

from alongside.areas.assessment.models import Scale
from alongside.areas.assessment.rules import SUBJECTS
from alongside.areas.concerns.queries import Chip, chip
from alongside.areas.identification import compute, rules
from alongside.areas.identification.compute import Group
from alongside.areas.identification.models import Flag, Run, Switch
from alongside.areas.identification.rules import Sign
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.pupils.access import may_answer_flags, permissions_over
from alongside.base.pupils.models import Pupil
from alongside.base.pupils.queries import PupilHead, head_of, open_pupil
from alongside.base.schools.queries import calendars
from alongside.law import clocks
from alongside.law.calendar import SchoolCalendar
from alongside.law.dates import Due
from alongside.progress.measure import Score
from alongside.progress.words import CLASS_IS_SLOW

A_PAGE = 20


def behind(wanted: Sequence[Group]) -> list[Group]:
    """The groups whose results are not those that were swept last, or that were swept by another rule."""
    looks = compute.prints(wanted)
    kept = {
        Group(run.school_year, run.season, run.subject, run.scale_id): (run.print, run.rule)
        for run in Run.objects.filter(school_year__in={group.school_year for group in wanted})
    }
    return [group for group in wanted if kept.get(group) != (looks[group], rules.RULE)]


# --- What waits


@dataclass(frozen=True, slots=True)
class PageOf:
    """Which part of a list is shown: 'first to last of total', and the numbers of its pages."""

    number: int
    total: int
    size: int = A_PAGE

    @property
    def first(self) -> int:
        return min(self.total, (self.number - 1) * self.size + 1)

    @property
    def last(self) -> int:
        return min(self.total, self.number * self.size)

    @property
    def pages(self) -> tuple[int, ...]:
        """Numbers to offer: the ends, and those near; 0 for a gap."""
        count = max(1, -(-self.total // self.size))
        near = {1, count, *range(max(1, self.number - 1), min(count, self.number + 1) + 1)}
        told: list[int] = []
        for number in sorted(near):
            if told and number - told[-1] > 1:
                told.append(0)
            told.append(number)
        return tuple(told)


def page_of(asked: int | None, total: int) -> PageOf:
    """The page that was asked for, or the last one there is."""
    count = max(1, -(-total // A_PAGE))
    return PageOf(min(max(asked or 1, 1), count), total)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A flag without an answer."""

    pupil: int
    school: int
    subject: str
    sign: str
    raised_on: date
    twice: bool
    class_slow: bool


@dataclass(frozen=True, slots=True)
class FlagLine:
    """A pupil whose flags wait."""

    pupil_id: int
    name: str
    place: str
    what: tuple[str, ...]  # 'Reading: the gap is growing'
    twice: bool
    class_slow: bool
    chip: Chip
    why: str


@dataclass(frozen=True, slots=True)
class FlagsPage:
    """The flags that a person may answer: a growing gap first, then the longest wait."""

    lines: tuple[FlagLine, ...]
    page: PageOf
    late: int
    signs_on: tuple[str, ...]
    sweeps: bool  # may open the whole-school sweep
    looked: str


def flags_page(actor: Actor, *, on: date, asked: int | None) -> FlagsPage:
    """Every pupil with a flag that waits for this person."""
    waits = Flag.objects.visible_to(actor, on).waiting().order_by("pupil", "raised_on")
    rows = [
        Waiting(*row)
        for row in waits.values_list("pupil", "school", "subject", "sign", "raised_on", "twice", "class_slow")
    ]
    by_pupil = {pupil: list(some) for pupil, some in groupby(rows, key=attrgetter("pupil"))}
    days = Days({row.school for row in rows}, on)
    order = sorted(by_pupil, key=lambda pupil: (*_urgency(by_pupil[pupil]), by_pupil[pupil][0].raised_on, pupil))
    page = page_of(asked, len(order))
    shown = order[page.first - 1 if order else 0 : page.last]
    pupils = Pupil.objects.in_bulk(shown)
    return FlagsPage(
        tuple(_flag_line(pupils[pupil], by_pupil[pupil], days) for pupil in shown),
        page,
        sum(days.due(some[0].school, some[0].raised_on).due < on for some in by_pupil.values()),
        _signs_on(on),
        bool(actor.schools(Permission.CONCERN_TRIAGE)),
        looked(),
    )


def waiting(actor: Actor, *, on: date) -> tuple[int, int]:
    """For how many pupils a flag waits for this person, and for how many of them it is late."""
    rows = Flag.objects.visible_to(actor, on).waiting().values_list("school", "pupil").annotate(first=Min("raised_on"))
    found = [(school, first) for school, _, first in rows]
    if not found:
        return 0, 0
    days = Days({school for school, _ in found}, on)
    return len(found), sum(days.due(school, first).due < on for school, first in found)


def _urgency(rows: Iterable[Waiting]) -> tuple[bool, bool]:
    """False stands first: two growing gaps running, then one, then the rest."""
    signs = [(row.sign, row.twice) for row in rows]
    return not any(twice for _, twice in signs), Sign.WIDENS not in {sign for sign, _ in signs}


def _flag_line(pupil: Pupil, rows: Sequence[Waiting], days: Days) -> FlagLine:
    first = rows[0]
    due = days.due(first.school, first.raised_on)
    return FlagLine(
        pupil.pk, pupil.name, pupil.class_name or pupil.year,
        tuple(
            what(row.subject, row.sign)
            for row in sorted(rows, key=lambda row: (row.subject, rules.FIRST.index(Sign(row.sign))))
        ),
        any(row.twice for row in rows), any(row.class_slow for row in rows),
        days.chip(first.school, due), due.why(),
    )  # fmt: skip


class Days:
    """When flags are due at some schools: one look at the calendars, and each day of raising counted once."""

    def __init__(self, schools: Iterable[int], on: date) -> None:
        self._calendars: Mapping[int, SchoolCalendar] = calendars(schools, on=on)
        self._on = on
        self._known: dict[tuple[int, date], Due] = {}

    def due(self, school: int, raised_on: date) -> Due:
        """The day by which a flag is answered."""
        key = (school, raised_on)
        if key not in self._known:
            self._known[key] = clocks.due(clocks.FLAG_ANSWER, raised_on, self._calendars[school])
        return self._known[key]

    def chip(self, school: int, due: Due) -> Chip:
        return chip(due, self._calendars[school], self._on)


def _signs_on(on: date) -> tuple[str, ...]:
    switched = set(Switch.objects.on(on).values_list("sign", flat=True))
    return tuple(words for sign, words in rules.SIGN_WORDS.items() if sign in switched)


def looked() -> str:
    """'Autumn 2026: reading, mathematics', the last point that was looked through; '' before the first."""
    runs = list(Run.objects.filter(why_not="").order_by("-school_year"))
    if not runs:
        return ""
    last = max(run.order for run in runs)
    newest = [run for run in runs if run.order == last]
    return f"{newest[0].point}: {', '.join(sorted({SUBJECTS[run.subject].lower() for run in newest}))}"


# --- One answer


@dataclass(frozen=True, slots=True)
class AskedFlag:
    """A flag as it is put to whoever answers."""

    id: int
    label: str
    says: str


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """The flags of one pupil that wait. `pupil` is for the verb."""

    pupil: Pupil
    head: PupilHead
    may: frozenset[str]
    flags: tuple[AskedFlag, ...]
    class_slow: str
    seen: str
    chip: Chip | None
    why: str


def answer_page(actor: Actor, pupil_id: int, *, on: date) -> AnswerPage:
    """The page, and the note that this person looked. Raises NotFound for a pupil whose flags are not theirs."""
    pupil = open_pupil(actor, pupil_id, on=on, page="progress flags", may=may_answer_flags)
    rows = sorted(
        Flag.objects.waiting().filter(pupil=pupil), key=lambda row: (rules.FIRST.index(Sign(row.sign)), row.pk)
    )
    first = min((row.raised_on for row in rows), default=None)
    days = Days([pupil.school_id], on)
    due = days.due(pupil.school_id, first) if first else None
    return AnswerPage(
        pupil, head_of(pupil, on=on), may_of(actor, pupil, on),
        tuple(AskedFlag(row.pk, what(row.subject, row.sign), says(row, pupil)) for row in rows),
        CLASS_IS_SLOW if any(row.class_slow for row in rows) else "",
        rules.prefilled([(SUBJECTS[row.subject], _with_figures(row)) for row in rows]),
        days.chip(pupil.school_id, due) if due else None, due.why() if due else "",
    )  # fmt: skip


def what(subject: str, sign: str) -> str:
    """'Reading: the gap is growing'."""
    return f"{SUBJECTS[subject]}: {rules.SIGN_WORDS[Sign(sign)].lower()}"


def _with_figures(row: Flag) -> str:
    return f"{rules.SIGN_WORDS[Sign(row.sign)]} ({figures(row)})"


def may_of(actor: Actor, pupil: Pupil, on: date) -> frozenset[str]:
    """What this person may do with a pupil, for the places at the head of the page."""
    return frozenset(permission.name for permission in permissions_over(actor, pupil, on=on))


def says(flag: Flag, pupil: Pupil) -> str:
    """A flag's sentence, from what it was stored with."""
    rests = flag.rests()
    said = next(one for one in rules.again(rests) if one.sign == flag.sign)
    return rules.sentence(said, rests, rules.About(pupil.liked, SUBJECTS[flag.subject], flag.among, flag.here))


def figures(flag: Flag) -> str:
    """'100, 92, 80 in 3 tests, each up to 9 points out': what a concern carries of a flag."""
    scores = [f"{score:g}" for score in flag.inputs["scores"] if score is not None]
    shown = ", ".join(scores[-4:])
    error = Score(0, flag.inputs["sem"]).interval()[1]
    return f"{shown} in {flag.points} tests, each up to {error:.0f} points out"


# --- What stands elsewhere about flags


def set_aside(pupil: Pupil) -> tuple[str, ...]:
    """What a pupil was assessed on that never enters arithmetic, and why."""
    scales = Scale.objects.filter(pk__in=pupil.results.values("sitting__scale"))
    told = []
    for scale in scales:
        why = rules.test_of(compute.norm_of(scale))
        if isinstance(why, rules.WhyNot):
            told.append(f"{scale.name}: {rules.WHY_NOT_WORDS[why]}")
    return tuple(told)
