"""One page each: a school without a name for its governors, and the week for its headteacher."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from alongside.areas.duties.actions import settle
from alongside.areas.duties.overview import Asked, Overview, asked, overview
from alongside.areas.duties.queries import DutyRow, board_page
from alongside.areas.duties.rules import SMALL, STATE_WORDS, shown_together
from alongside.areas.duties.terms import SigningPage, signing_page
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.evidence.proofs import State
from alongside.base.pupils.names import CALLED
from alongside.base.schools.models import School
from alongside.design.words import short_day
from alongside.kit import NotFound, sql
from alongside.law import codes

_CLOCKS = 400  # open clocks of the law that are read
_NEAR = 60  # days
_NEXT = 3  # shown even when they are far off
_LATE = 12
_DECIDE = 3
_KINDS = ("K", "E")
_DELIVERY, _SEEN = "S06-09", "S03-68"  # sessions given as planned; briefs read by every adult

# --- A school without a name ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Group:
    """A group of pupils on the register; no number where it is hidden."""

    name: str
    number: int | None


@dataclass(frozen=True, slots=True)
class SchoolPage:
    duties: Overview
    kinds: tuple[Group, ...]
    years: tuple[Group, ...]
    total: int | None
    hidden: bool
    fewest: int
    anybody: bool


_REGISTER = """
select r.code, u.nc_year, count(*)
  from register_status r join pupils_pupil u on u.id = r.pupil_id
 where r.school_id = %(school)s and r.code in ('K', 'E') and r.since <= %(on)s
   and (r.until is null or r.until >= %(on)s) and (u.left_on is null or u.left_on >= %(on)s)
 group by 1, 2"""


def school_page(actor: Actor, school_id: int | None, *, on: date) -> SchoolPage:
    """The duties of a school and how many are on its register; small groups hidden. Raises NotFound."""
    open_to = actor.schools(Permission.DUTIES)
    settle(schools=open_to & {school_id} if school_id else open_to, on=on)
    duties = overview(actor, school_id, on=on)
    rows = sql.rows(_REGISTER, {"school": duties.school_id, "on": on})
    years = sorted({year for _, year, _ in rows}, key=codes.year_order)
    by_kind, by_year, total = shown_together(
        {code: sum(number for each, _, number in rows if each == code) for code in _KINDS},
        {year: sum(number for _, each, number in rows if each == year) for year in years},
    )
    return SchoolPage(
        duties, tuple(Group(codes.PROVISIONS.words(code), number) for code, number in by_kind.items()),
        tuple(Group(codes.year_words(year), number) for year, number in by_year.items()), total,
        None in by_kind.values() or None in by_year.values(), SMALL, bool(rows),
    )  # fmt: skip


# --- The week of a headteacher ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LegalClock:
    """An open clock of the law, with the days that are left; fewer than none when it has run out."""

    who: str
    what: str
    why: str
    due: date
    left: int
    url: str
    action: str


@dataclass(frozen=True, slots=True)
class Decide:
    """Something that only the headteacher can move, with its reason."""

    what: str
    why: str
    url: str


@dataclass(frozen=True, slots=True)
class WeekPage:
    school_id: int
    school: str
    schools: tuple[tuple[int, str, bool], ...]
    on: date
    decide: tuple[Decide, ...]
    clocks: tuple[LegalClock, ...]
    later: int  # further off, and not shown
    late: tuple[DutyRow, ...]
    late_in_all: int
    delivery: str
    seen: str
    questions: tuple[Asked, ...]
    sign_off: SigningPage


_LEGAL = f"""
select d.what, d.why, d.due, d.url, d.action, coalesce({CALLED}, '')
  from deadlines_deadline d left join pupils_pupil p on p.id = d.pupil_id
 where d.school_id = %(school)s and d.band = 'legal' and (d.pupil_id is null or d.pupil_id <> all(%(own)s))
 order by d.due, d.id limit %(most)s
"""  # noqa: S608  (our own words alone)


def week_page(actor: Actor, *, on: date, school_id: int | None = None) -> WeekPage:
    """Legal clocks with their days, late duties with their cases, and what waits for the headteacher. Raises NotFound."""
    open_to = list(School.objects.filter(pk__in=actor.schools(Permission.WEEK)))
    school = next((each for each in open_to if school_id in (None, each.pk)), None)
    if school is None:
        raise NotFound
    settle(schools=[school.pk], on=on)
    board = board_page(actor, on=on, school_id=school.pk)
    rows = {row.code: row for section in board.sections for row in section.rows}
    late = sorted(
        (row for row in rows.values() if row.state is State.OVERDUE), key=lambda row: (row.due_on or on, row.code)
    )
    every, questions = _clocks(actor, school.pk, on), asked(school.pk, on=on, waiting=True)
    clocks = tuple(clock for at, clock in enumerate(every) if clock.left <= _NEAR or at < _NEXT)
    return WeekPage(
        school.pk, school.name, tuple((each.pk, each.short_name, each.pk == school.pk) for each in open_to), on,
        _decide(clocks, questions, late, school.pk)[:_DECIDE], clocks, len(every) - len(clocks), tuple(late[:_LATE]), len(late),
        _figures(rows.get(_DELIVERY)), _figures(rows.get(_SEEN)), questions, signing_page(actor, school.pk, on=on),
    )  # fmt: skip


def _clocks(actor: Actor, school: int, on: date) -> tuple[LegalClock, ...]:
    values = {"school": school, "own": list(actor.own_children), "most": _CLOCKS}
    return tuple(
        LegalClock(who, what[:1].upper() + what[1:], why, due, (due - on).days, url, action)
        for what, why, due, url, action, who in sql.rows(_LEGAL, values)
    )


def _figures(row: DutyRow | None) -> str:
    if row is None:
        return ""
    return f"{STATE_WORDS[row.state]}. {row.figures or row.why}"


def _decide(
    clocks: tuple[LegalClock, ...], questions: tuple[Asked, ...], late: list[DutyRow], school: int
) -> tuple[Decide, ...]:
    """What the law dates and is late comes first, then what governors wait for, then duties that have run out."""
    run_out = [
        Decide(f"{clock.what}, {clock.who}" if clock.who else clock.what, f"{-clock.left} days late by law", clock.url)
        for clock in clocks
        if clock.left < 0
    ]
    waiting = [
        Decide(f"Answer the question on “{row.family}”", f"due by {short_day(row.due_on)}", _answer(row.id))
        for row in questions
    ]
    duties = [
        Decide(row.title, row.figures or row.why, reverse("duties:duty", args=[school, row.code])) for row in late
    ]
    return (*run_out[:_DECIDE], *waiting, *duties)


def _answer(question: int) -> str:
    return reverse("duties:answer", args=[question])
