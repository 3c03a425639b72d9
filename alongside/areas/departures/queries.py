"""The log of a school, one departure, what the form is about, and the dates that were missed without an entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from alongside.areas.clocks.models import Missed
from alongside.areas.clocks.rules import BECAUSE_WORDS
from alongside.areas.departures import rules
from alongside.areas.departures.models import Departure
from alongside.areas.departures.rules import Decision, Show
from alongside.areas.register.models import Status
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.history import actions as history
from alongside.base.pupils.access import may_read_file
from alongside.base.pupils.models import Pupil
from alongside.base.pupils.queries import PupilHead, head_of, open_pupil
from alongside.base.schools.models import School
from alongside.kit import NotFound, sql
from alongside.law.clocks import CLOCKS, OF_THE_CODE

Row = TypeVar("Row", bound=Model)
_MOST = 200

# --- Late under the Code, and in no entry ------------------------------------------------------------------

_CLOCKS = ", ".join(f"'{code}'" for code in sorted(OF_THE_CODE))
_EXPLAINS = ", ".join(
    f"('{clock}', '{rule}')" for clock in sorted(OF_THE_CODE) for rule in rules.EXPLAINED_BY.get(clock, (clock,))
)

# Missed dates of the Code of the last year, `m`, that no departure explains: neither one that was logged about the date
# itself, nor one for the pupil or the whole school that ran on the day. One that was not agreed to explains nothing.
UNEXPLAINED = f"""
       m.clock in ({_CLOCKS}) and m.due < %(on)s and m.due >= %(on)s - {rules.LOOKED_AT.days}
   and not exists (
     select 1 from departures_departure d
      where d.school_id = m.school_id and d."on" <= %(on)s and d.decision <> 'refused'
        and (d.missed_id = m.id
             or ((m.clock, d.rule) in ({_EXPLAINS}) and (d.pupil_id = m.pupil_id or d.about = 'school')
                 and d.since <= m.due and coalesce(d.ended_on, d.until, 'infinity') >= m.due)))"""  # noqa: S608

_LATE = f"""
select m.id from clocks_missed m
 where m.school_id = any(%(schools)s) and (%(pupil)s::bigint is null or m.pupil_id = %(pupil)s) and {UNEXPLAINED}
 order by m.due desc, m.id limit %(most)s"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Late:
    """A date of the Code that was missed, and no departure explains it."""

    id: int
    pupil_id: int | None
    who: str
    what: str
    due: date
    why: str  # what was said of it under the clocks, if anything
    rule: str
    where: str


def unexplained(actor: Actor, schools: Iterable[int], *, on: date, pupil: int | None = None) -> tuple[Late, ...]:
    """Dates of the Code that were missed without an entry, the latest first; of one pupil, or of whole schools."""
    open_to = [school for school in schools if school in actor.schools(Permission.DEPARTURES)]
    ids = [row for (row,) in sql.rows(_LATE, {"schools": open_to, "pupil": pupil, "on": on, "most": _MOST})]
    found = Missed.objects.filter(pk__in=ids).exclude(pupil__in=actor.own_children).select_related("pupil")
    return tuple(_late(row) for row in found.order_by("-due", "pk"))


def _late(row: Missed) -> Late:
    why = ": ".join(filter(None, (BECAUSE_WORDS.get(row.because, ""), row.words)))
    rule = CLOCKS[row.clock]
    who = row.pupil.name if row.pupil else "The school"
    what = row.what[:1].upper() + row.what[1:]
    return Late(row.pk, row.pupil_id, who, what, row.due, why, rule.name, rule.source.place.replace("-", "–"))


# --- The log of a school -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """One departure in the list."""

    id: int
    who: str
    where: str
    asks: str
    instead: str
    since: date
    until: date | None
    state: str  # of the marks: met, due, at_risk
    words: str
    stands: bool


@dataclass(frozen=True, slots=True)
class LogPage:
    school: School
    schools: tuple[tuple[int, str, bool], ...]
    show: Show
    counts: tuple[tuple[Show, int], ...]
    lines: tuple[Line, ...]
    late: tuple[Late, ...]
    decides: bool


def find_school(actor: Actor, school_id: int | None) -> tuple[School, list[School]]:
    """The school asked for, or the first, and all whose log this person keeps. Raises NotFound."""
    schools = list(School.objects.filter(pk__in=actor.schools(Permission.DEPARTURES)))
    found = next((each for each in schools if school_id in (None, each.pk)), None)
    if found is None:
        raise NotFound
    return found, schools


def log_page(actor: Actor, school_id: int | None, *, show: Show, on: date) -> LogPage:
    """Departures of a school, the latest first, and the late dates that none of them explains. Raises NotFound."""
    school, schools = find_school(actor, school_id)
    mine = Departure.objects.visible_to(actor).filter(school=school)
    cuts = {
        Show.OPEN: mine.standing(on), Show.WAITING: mine.filter(decision=""),
        Show.ENDED: mine.exclude(pk__in=mine.standing(on).values("pk")), Show.ALL: mine,
    }  # fmt: skip
    rows = cuts[show].select_related("pupil").order_by("-since", "-pk")[:_MOST]
    return LogPage(
        school, tuple((each.pk, each.short_name, each.pk == school.pk) for each in schools), show,
        tuple((cut, found.count()) for cut, found in cuts.items()), tuple(_line(row, on) for row in rows),
        unexplained(actor, [school.pk], on=on), actor.may(Permission.DEPARTURES_DECIDE, school.pk),
    )  # fmt: skip


def _line(row: Departure, on: date) -> Line:
    state, words = state_of(row, on)
    return Line(
        row.pk, row.who, row.where, row.asks, row.instead, row.since, row.ended_on or row.until, state, words,
        row.stands(on),
    )  # fmt: skip


def state_of(row: Departure, on: date) -> tuple[str, str]:
    """The mark of a departure and its word: decided or not, and in time or not."""
    if row.decision == Decision.AGREED:
        return "met", "Agreed"
    if row.decision == Decision.REFUSED:
        return ("at_risk", "Not agreed, and goes on") if row.stands(on) else ("met", "Not agreed, ended")
    if row.on + rules.DECIDE_WITHIN >= on:
        return "due", "Waits for a decision"
    return "at_risk", "Waits too long for a decision"


# --- One departure -----------------------------------------------------------------------------------------


def find_departure(actor: Actor, departure_id: int) -> Departure:
    """A departure. Raises NotFound for another school's, for one about one's own child and for none alike."""
    return _one(Departure.objects.visible_to(actor).select_related("pupil", "school"), departure_id)


def _one(rows: QuerySet[Row], pk: int) -> Row:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class DeparturePage:
    row: Departure
    head: PupilHead | None
    state: str
    words: str
    late: str  # 'logged 12 days later'
    logged_by: str
    decided_by: str
    ended_by: str
    additions: tuple[tuple[str, str, date], ...]
    may_decide: bool
    stands: bool


def departure_page(actor: Actor, departure_id: int, *, on: date, page: str = "departure") -> DeparturePage:
    """One departure with what was added to it, and the note that somebody looked. Raises NotFound."""
    row = find_departure(actor, departure_id)
    if row.pupil is not None:
        history.viewed(pupil=row.pupil.pk, school=row.school_id, by=actor, page=page)
    return page_of(row, actor, on=on)


def page_of(row: Departure, actor: Actor, *, on: date) -> DeparturePage:
    """A departure as pages and papers show it."""
    state, words = state_of(row, on)
    return DeparturePage(
        row, head_of(row.pupil, on=on) if row.pupil else None, state, words, rules.late_words(row.since, row.on),
        row.by.formal, row.decided_by.formal if row.decided_by else "", row.ended_by.formal if row.ended_by else "",
        tuple((line.words, line.by.formal, line.on) for line in row.additions.select_related("by")),
        row.decision == "" and actor.may(Permission.DEPARTURES_DECIDE, row.school_id), row.stands(on),
    )  # fmt: skip


# --- Logging one -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FormPage:
    """What a departure is logged about."""

    school: School
    schools: tuple[tuple[int, str, bool], ...]
    pupil: Pupil | None
    head: PupilHead | None
    missed: Missed | None
    pupils: tuple[tuple[int, str], ...]  # to choose from, where none is given
    late: tuple[Late, ...]
    decides: bool


def form_page(actor: Actor, school_id: int, *, on: date) -> FormPage:
    """A departure of a school that concerns whom one chooses. Raises NotFound."""
    school, schools = find_school(actor, school_id)
    return FormPage(
        school, tuple((each.pk, each.short_name, each.pk == school.pk) for each in schools), None, None, None,
        _on_register(actor, school.pk, on), (), actor.may(Permission.DEPARTURES_DECIDE, school.pk),
    )  # fmt: skip


def pupil_form(actor: Actor, pupil_id: int, *, on: date) -> FormPage:
    """A departure about one pupil, and the note that somebody looked. Raises NotFound."""
    pupil = _pupil(actor, pupil_id, on=on, page="departure form")
    return _about(actor, pupil.school, pupil, None, on)


def missed_form(actor: Actor, missed_id: int, *, on: date) -> FormPage:
    """A departure that explains a missed date, and the note that somebody looked. Raises NotFound."""
    rows = Missed.objects.filter(school__in=actor.schools(Permission.DEPARTURES)).exclude(pupil__in=actor.own_children)
    missed = _one(rows.select_related("school", "pupil"), missed_id)
    if missed.pupil is not None:
        history.viewed(pupil=missed.pupil.pk, school=missed.school_id, by=actor, page="departure form")
    return _about(actor, missed.school, missed.pupil, missed, on)


def _about(actor: Actor, school: School, pupil: Pupil | None, missed: Missed | None, on: date) -> FormPage:
    return FormPage(
        school, (), pupil, head_of(pupil, on=on) if pupil else None, missed, (),
        unexplained(actor, [school.pk], on=on, pupil=pupil.pk) if pupil else (),
        actor.may(Permission.DEPARTURES_DECIDE, school.pk),
    )  # fmt: skip


def entry_about(actor: Actor, missed_id: int) -> int | None:
    """The entry that was logged about a missed date, if there is one."""
    found = Departure.objects.visible_to(actor).filter(missed=missed_id).exclude(decision=Decision.REFUSED)
    return found.values_list("pk", flat=True).first()


def _on_register(actor: Actor, school: int, on: date) -> tuple[tuple[int, str], ...]:
    """Pupils of the school's SEN register, by name."""
    there = Status.objects.on(on).filter(school=school).values("pupil")
    rows = Pupil.objects.filter(may_read_file(actor, on), pk__in=there, school=school).order_by("sort_key", "pk")
    return tuple((row.pk, f"{row.name}, {row.class_name or row.year}") for row in rows)


def find_pupil_here(actor: Actor, school: School, pupil_id: int, *, on: date) -> Pupil:
    """A pupil of the school whose log is written. Raises NotFound for another school's and for none alike."""
    return _one(Pupil.objects.filter(may_read_file(actor, on), school=school).select_related("school"), pupil_id)


def _pupil(actor: Actor, pupil_id: int, *, on: date, page: str) -> Pupil:
    pupil = open_pupil(actor, pupil_id, on=on, page=page, may=may_read_file)
    if not actor.may(Permission.DEPARTURES, pupil.school_id):
        raise NotFound
    return pupil


# --- The statement of one pupil ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Statement:
    """Everything that the log of a school says of one pupil, or of all its pupils."""

    pupil: Pupil
    head: PupilHead
    own: tuple[DeparturePage, ...]
    school: tuple[DeparturePage, ...]
    groups: tuple[DeparturePage, ...]
    late: tuple[Late, ...]


def statement(actor: Actor, pupil_id: int, *, on: date, page: str) -> Statement:
    """The departures of one pupil and of the whole school, and the note that somebody looked. Raises NotFound."""
    pupil = _pupil(actor, pupil_id, on=on, page=page)
    rows = Departure.objects.visible_to(actor).select_related("pupil", "by", "decided_by", "ended_by")
    rows = rows.order_by("since", "pk")
    here = rows.filter(pupil=None, school=pupil.school_id)
    if (came := came_on(pupil)) is not None:  # what was over before the pupil came does not concern them
        here = here.filter(Q(ended_on=None) | Q(ended_on__gte=came)).filter(Q(until=None) | Q(until__gte=came))
    those = [page_of(row, actor, on=on) for row in here]
    return Statement(
        pupil, head_of(pupil, on=on), tuple(page_of(row, actor, on=on) for row in rows.filter(pupil=pupil)),
        tuple(each for each in those if each.row.about == rules.About.SCHOOL),
        tuple(each for each in those if each.row.about == rules.About.GROUP),
        unexplained(actor, [pupil.school_id], on=on, pupil=pupil.pk),
    )  # fmt: skip


def came_on(pupil: Pupil) -> date | None:
    """The day on which the pupil came to the school, as far as it is known."""
    return pupil.entered_on
