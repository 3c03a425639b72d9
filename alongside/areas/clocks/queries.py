"""Whom a clock concerns, what waits, what was missed, and a school's steps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from alongside.areas.clocks import rules
from alongside.areas.clocks.models import Missed, PutOff, Stricter, Told
from alongside.base.access.actor import Actor
from alongside.base.access.models import Post, Tie
from alongside.base.access.roles import Permission
from alongside.base.deadlines.models import Deadline
from alongside.base.history import actions as history
from alongside.base.pupils.models import Pupil
from alongside.base.schools.models import School
from alongside.kit import NotFound, sql
from alongside.kit.spans import holds_on
from alongside.law import book
from alongside.law.clocks import OF_THE_CODE
from alongside.law.escalation import HALF, HEARER_WORDS, LADDERS, Hearer, Ladder, step_words, with_own
from alongside.law.rule import Band

_HOLDS = {"senco": ("senco", "cover_senco"), "head": ("head",), "director": ("director",)}
LATELY = 40  # rows of a history


# --- For the night's job ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class People:
    """Who holds which post at a school, and at the trust; and whose own child is whose."""

    holders: Mapping[str, Sequence[int]]
    staff: frozenset[int]
    own: frozenset[tuple[int, int]]  # (person, pupil): closed to them as staff

    def who(self, hearer: Hearer, row: Deadline) -> list[int]:
        """The people who hear of a row. A row whose owner has left, or was never named, goes to the SENCO."""
        people = self._owners(row) if hearer is Hearer.OWNER else self._holding(hearer.value)
        return [person for person in people if row.pupil_id is None or (person, row.pupil_id) not in self.own]

    def _owners(self, row: Deadline) -> Sequence[int]:
        if row.owner_person_id in self.staff:
            return [row.owner_person_id]
        named = [] if row.owner == "teacher" else self._holding(row.owner)
        return named or self._holding("senco")

    def _holding(self, role: str) -> list[int]:
        found = (person for each in _HOLDS.get(role, (role,)) for person in self.holders.get(each, ()))
        return list(dict.fromkeys(found))


def people_of(school_id: int, *, on: date) -> People:
    """The people whom clocks of a school may concern today. The wall must stand open to the school."""
    running = holds_on(on)
    here = Q(school=school_id) | Q(school=None, role="director")
    holders: dict[str, list[int]] = defaultdict(list)
    staff = set()
    for person, role, school in (
        Post.objects.filter(running & here).order_by("pk").values_list("person", "role", "school")
    ):
        holders[role].append(person)
        if school is not None:
            staff.add(person)
    everybody = {person for people in holders.values() for person in people}
    ties = Tie.objects.filter(running, person__in=everybody).exclude(kind=Tie.Kind.CASE)
    return People(holders, frozenset(staff), frozenset(ties.values_list("person", "pupil_id")))


def already_told(rows: Sequence[Deadline]) -> frozenset[tuple[str, str, int, date, str, int]]:
    """(clock, kind, about, due, hearer, step) of everything that somebody has been told of these rows."""
    if not rows:
        return frozenset()
    told = Told.objects.filter(school=rows[0].school_id, due__gte=rows[0].due)
    return frozenset(told.values_list("clock", "kind", "about_id", "due", "hearer", "step"))


def own_steps(school_id: int, *, on: date) -> dict[tuple[str, Hearer], Sequence[int]]:
    """A school's own steps that hold on a day, by ladder and hearer."""
    rows = Stricter.objects.filter(school=school_id, since__lte=on).order_by("since")
    return {(row.ladder, Hearer(row.hearer)): row.days for row in rows}


def grounds_of(clock: str) -> tuple[str, tuple[str, ...]]:
    """The name of a rule, and the grounds in law that may excuse it."""
    rule = book.RULES.get(clock)
    return (rule.name, rule.excused_by) if rule else (clock, ())


# --- Rows of today's list --------------------------------------------------------------------------------


def find_row(actor: Actor, row_id: int) -> Deadline:
    """A row of Today. Raises NotFound for one of another school, of one's own child, or that is gone."""
    found = Deadline.objects.filter(pk=row_id, school__in=actor.schools(Permission.TODAY)).first()
    if found is None or (found.pupil_id is not None and found.pupil_id in actor.own_children):
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class WaitPage:
    row: Deadline
    who: str
    refused: str  # why it cannot be put off at all; '' when it can
    latest: date


def wait_page(actor: Actor, row_id: int, *, on: date) -> WaitPage:
    """The row that somebody wants to put off, and the note that they looked. Raises NotFound."""
    row = find_row(actor, row_id)
    _looked(actor, row, "open date")
    latest = row.due if row.band == Band.FAMILY else on + rules.LONGEST_WAIT
    refused = rules.may_put_off(band=row.band, due=row.due, until=latest, on=on, why="a reason")
    return WaitPage(row, _name(row.pupil_id), refused.reason if refused and refused.field != "why" else "", latest)


def _looked(actor: Actor, row: Deadline | Missed, page: str) -> None:
    if row.pupil_id is not None:
        history.viewed(pupil=row.pupil_id, school=row.school_id, by=actor, page=page)


def _name(pupil_id: int | None) -> str:
    found = Pupil.objects.filter(pk=pupil_id).first() if pupil_id else None
    return found.name if found else "The school"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row that was put off, as it stands."""

    id: int
    who: str
    what: str
    due: date
    until: date
    why: str
    by: str
    on: date
    back_on: date | None


@dataclass(frozen=True, slots=True)
class WaitingPage:
    waiting: tuple[Waiting, ...]
    before: tuple[Waiting, ...]


_STILL = """
select p.id from clocks_putoff p
  join deadlines_deadline d on d.clock = p.clock and d.kind = p.kind and d.about_id = p.about_id
                           and d.due = p.due and d.counted_from = p.counted_from
 where p.school_id = any(%(schools)s) and p.back_on is null and p.until > %(on)s
"""


def waiting_page(actor: Actor, *, on: date) -> WaitingPage:
    """What waits, soonest back first; and what waited lately."""
    still = {row for (row,) in sql.rows(_STILL, {"schools": list(actor.schools(Permission.TODAY)), "on": on})}
    seen = PutOff.objects.visible_to(actor).select_related("pupil", "by")
    waiting = [_waiting(row) for row in seen.filter(pk__in=still).order_by("until", "pk")]
    before = [_waiting(row) for row in seen.exclude(pk__in=still).order_by("-on", "-pk")[:LATELY]]
    return WaitingPage(tuple(waiting), tuple(before))


def _waiting(row: PutOff) -> Waiting:
    who = row.pupil.name if row.pupil else "The school"
    return Waiting(row.pk, who, row.what, row.due, row.until, row.why, row.by.name, row.on, row.back_on)


def find_waiting(actor: Actor, put_off_id: int) -> PutOff:
    """Something that was put off. Raises NotFound."""
    found = PutOff.objects.visible_to(actor).filter(pk=put_off_id).first()
    if found is None:
        raise NotFound
    return found


def find_missed(actor: Actor, missed_id: int) -> Missed:
    """A date of the law or of the Code that was missed. Raises NotFound."""
    found = Missed.objects.visible_to(actor).filter(pk=missed_id).select_related("pupil", "by").first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class MissedPage:
    missed: Missed
    who: str
    rule: str
    grounds: tuple[tuple[str, str], ...]
    told: tuple[tuple[str, str, date], ...]  # who heard, at which step, when
    should: bool  # of the Code: it may be logged as a departure


def missed_page(actor: Actor, missed_id: int) -> MissedPage:
    """A missed date with who was told of it, and the note that somebody looked. Raises NotFound."""
    row = find_missed(actor, missed_id)
    _looked(actor, row, "missed date")
    rule, allowed = grounds_of(row.clock)
    told = Told.objects.filter(clock=row.clock, kind=row.kind, about_id=row.about_id, due=row.due)
    heard = tuple(
        (HEARER_WORDS[each.hearer] if each.hearer != Hearer.OWNER else each.person.name, step_words(each.step), each.on)
        for each in told.select_related("person").order_by("on", "pk")
    )
    grounds = tuple((code, rules.ground_words(code)) for code in allowed)
    who = row.pupil.name if row.pupil else "The school"
    return MissedPage(row, who, rule, grounds, heard, row.clock in OF_THE_CODE)


# --- A school's steps ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LadderRow:
    number: int
    ladder: Ladder
    hearer: Hearer
    who: str
    trust: str
    own: str
    since: date | None
    typed: str  # the steps that hold, as one types them


@dataclass(frozen=True, slots=True)
class StepsPage:
    school: School
    rows: tuple[LadderRow, ...]
    may_set: bool


def steps_words(steps: Iterable[int]) -> str:
    """'Half time, 10 days before, the day after'."""
    words = ", ".join(step_words(step) for step in steps)
    return words[:1].upper() + words[1:]


def find_school(actor: Actor, school_id: int) -> School:
    """A school whose clocks this person may see. Raises NotFound."""
    found = School.objects.filter(pk=school_id, pk__in=actor.schools(Permission.CLOCKS)).first()
    if found is None:
        raise NotFound
    return found


def steps_page(actor: Actor, school_id: int, *, on: date) -> StepsPage:
    """When who is warned at a school: the trust's steps, and its own. Raises NotFound."""
    school = find_school(actor, school_id)
    own = {
        (row.ladder, row.hearer): row for row in Stricter.objects.filter(school=school, since__lte=on).order_by("since")
    }
    lines = ((ladder, hearer) for ladder in LADDERS if ladder.in_force(on) for hearer in ladder.steps)
    rows = tuple(
        _ladder_row(number, ladder, hearer, own.get((ladder.code, hearer.value)))
        for number, (ladder, hearer) in enumerate(lines, start=1)
    )
    return StepsPage(school, rows, actor.may(Permission.CLOCKS_SET, school.pk))


def _ladder_row(number: int, ladder: Ladder, hearer: Hearer, own: Stricter | None) -> LadderRow:
    steps = sorted(ladder.steps[hearer], reverse=True)
    words = steps_words(with_own(ladder, {hearer: own.days})[hearer]) if own else ""
    typed = ", ".join(str(step) for step in (own.days if own else steps) if step != HALF)
    since = own.since if own else None
    return LadderRow(number, ladder, hearer, HEARER_WORDS[hearer], steps_words(steps), words, since, typed)


def line_page(actor: Actor, school_id: int, line: int, *, on: date) -> tuple[StepsPage, LadderRow]:
    """One line of a school's steps that this person may set. Raises NotFound."""
    page = steps_page(actor, school_id, on=on)
    row = next((row for row in page.rows if row.number == line and page.may_set), None)
    if row is None:
        raise NotFound
    return page, row
