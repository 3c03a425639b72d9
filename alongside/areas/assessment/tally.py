"""How much is in: by class for who teaches and leads, in shares for who names no pupil, and which classes are late."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from alongside.areas.assessment import rules
from alongside.areas.assessment.models import Point
from alongside.areas.assessment.queries import points_of
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.pupils.models import Group
from alongside.base.schools.models import School
from alongside.kit import sql
from alongside.law import thresholds
from alongside.law.calendar import academic_year

_FEWEST_TO_SAY = 10  # pupils, below which a share says too much of one of them


# --- How much is in --------------------------------------------------------------------------------------------


class Covered(NamedTuple):
    """How many of a group's pupils have a result in a sitting. `letters` of them have a letter in place of a mark."""

    point: int
    school: int
    group: int
    name: str
    set_of: str  # the subject of a teaching set; '' for a class
    sitting: int
    subject: str
    scale: str
    due: int
    done: int
    letters: tuple[str, ...]

    @property
    def missing(self) -> int:
        return self.due - self.done


_COVERAGE = """
select t.point_id, g.school_id, g.id, g.name, g.subject, t.id, t.subject, c.name, count(*), count(r.id),
       coalesce(array_agg(r.mark order by r.mark) filter (where r.mark <> '' and c.letters ? r.mark), '{}')
  from pupils_group g
  join pupils_membership m on m.group_id = g.id and m.since <= %(on)s and (m.until is null or m.until >= %(on)s)
  join pupils_pupil p on p.id = m.pupil_id and (p.left_on is null or p.left_on >= %(on)s)
  join assessment_sitting t on t.point_id = any(%(points)s) and p.nc_year = any(t.nc_years)
  join assessment_point o on o.id = t.point_id and (o.school_id is null or o.school_id = g.school_id)
  join assessment_scale c on c.id = t.scale_id
  left join assessment_result r on r.pupil_id = p.id and r.sitting_id = t.id
 where g.school_id = any(%(schools)s) and (%(groups)s::bigint[] is null and g.kind = 'class' or g.id = any(%(groups)s))
   and p.id <> all(%(own)s)
 group by t.point_id, g.school_id, g.id, t.id, c.id
 order by g.name, g.subject, t.subject, t.id
"""
_TAUGHT: Mapping[str, frozenset[str]] = {
    "english": frozenset({"reading", "writing", "english", "gps", "phonics"}),
    "maths": frozenset({"maths", "tables"}),
    "mathematics": frozenset({"maths", "tables"}),
    "science": frozenset({"science"}),
}


def coverage(
    schools: Collection[int], points: Collection[int], *, on: date, groups: Collection[int] | None = None,
    own: Collection[int] = (),
) -> list[Covered]:  # fmt: skip
    """How much is in, for every class of the schools, or for some groups; one statement. A set has its own subject."""
    values = {
        "schools": list(schools), "points": list(points), "on": on, "own": list(own),
        "groups": None if groups is None else list(groups),
    }  # fmt: skip
    rows = [Covered._make((*row[:-1], tuple(row[-1]))) for row in sql.rows(_COVERAGE, values)]
    return [row for row in rows if fits(row.set_of, row.subject)]


def fits(set_of: str, subject: str) -> bool:
    """Whether a teaching set has to do with a sitting's subject; a class has to do with all."""
    taught = _TAUGHT.get(set_of.strip().casefold(), frozenset())
    return not set_of or subject == "all" or subject in taught


def letters_words(letters: Iterable[str]) -> str:
    """'2 A, 1 N'."""
    found = list(letters)
    return ", ".join(f"{found.count(letter)} {letter}" for letter in dict.fromkeys(sorted(found)))


# --- The board: which classes have no data yet -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CellLine:
    subject: str
    done: int
    due: int
    letters: str


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class or set at a point, and how much of it is in."""

    group: int
    name: str
    school: str
    teachers: str
    cells: tuple[CellLine, ...]
    missing: int
    done: int

    @property
    def state(self) -> str:
        return "met" if not self.missing else "at_risk" if self.done else "not_evidenced"


@dataclass(frozen=True, slots=True)
class BoardPage:
    points: tuple[tuple[int, str, bool], ...]
    point: Point | None
    classes: tuple[ClassLine, ...]
    due: int
    done: int
    late: bool
    leads: bool
    schools: int


def board_page(actor: Actor, *, on: date, chosen: int | None = None) -> BoardPage:
    """The classes of a point that this person answers for, those without data first."""
    whole, linked = actor.schools(Permission.RESULTS_WRITE), actor.linked_schools(Permission.RESULTS_WRITE)
    points = list(points_of(whole | linked, since=academic_year(on).starts_in - 1).filter(opens_on__lte=on))
    point = next((row for row in points if row.pk == chosen), points[0] if points else None)
    lines: list[ClassLine] = []
    if point is not None:
        mine = _groups_taught(actor, on)
        rows = coverage(whole, [point.pk], on=on, own=actor.own_children) if whole else []
        seen = {row.group for row in rows}
        rest = mine - seen
        if rest:
            rows += coverage(linked | whole, [point.pk], on=on, groups=rest, own=actor.own_children)
        lines = _class_lines(rows, on)
    return BoardPage(
        tuple((row.pk, row.name, row == point) for row in points), point,
        tuple(sorted(lines, key=lambda line: (line.done > 0, line.missing == 0, line.name))),
        sum(line.missing + line.done for line in lines), sum(line.done for line in lines),
        point is not None and point.due_on < on, bool(whole), len({line.school for line in lines}),
    )  # fmt: skip


def _groups_taught(actor: Actor, on: date) -> set[int]:
    held = Q(adults__since__lte=on) & (Q(adults__until=None) | Q(adults__until__gte=on))
    linked = actor.linked_schools(Permission.RESULTS_WRITE)
    return set(
        Group.objects.filter(held, adults__person=actor.person_id, school__in=linked).values_list("pk", flat=True)
    )


_TEACHERS = """
select distinct l.group_id, coalesce(nullif(p.title, ''), p.given) || ' ' || p.family
  from pupils_adultlink l join people_person p on p.id = l.person_id
 where l.group_id = any(%(groups)s) and l.part = 'teaches' and l.since <= %(on)s
   and (l.until is null or l.until >= %(on)s)
 order by 2
"""


def _class_lines(rows: Sequence[Covered], on: date) -> list[ClassLine]:
    by_group: dict[int, list[Covered]] = {}
    for row in rows:
        by_group.setdefault(row.group, []).append(row)
    schools = dict(School.objects.filter(pk__in={row.school for row in rows}).values_list("pk", "short_name"))
    teachers = teachers_of(by_group, on=on)
    return [
        ClassLine(
            group, f"{held[0].name} {held[0].set_of.lower()}".strip(), schools[held[0].school],
            teachers.get(group, ""),
            tuple(
                CellLine(rules.SUBJECTS[row.subject], row.done, row.due, letters_words(row.letters)) for row in held
            ),
            sum(row.missing for row in held), sum(row.done for row in held),
        )
        for group, held in by_group.items()
    ]  # fmt: skip


def teachers_of(groups: Collection[int], *, on: date) -> dict[int, str]:
    """Who teaches each group, by name."""
    found: dict[int, list[str]] = {}
    for group, name in sql.rows(_TEACHERS, {"groups": list(groups), "on": on}):
        found.setdefault(group, []).append(name)
    return {group: ", ".join(names) for group, names in found.items()}


# --- Counts for those who name no pupil ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShareLine:
    """How much of a school's results are in, said so that no pupil can be told from it."""

    school: str
    subject: str
    pupils: str
    share: str


@dataclass(frozen=True, slots=True)
class CountsPage:
    points: tuple[tuple[int, str, bool], ...]
    point: Point | None
    lines: tuple[ShareLine, ...]


def counts_page(actor: Actor, *, on: date, chosen: int | None = None) -> CountsPage:
    """How much is in at each school, for governors and for the trust: shares of groups that are large enough."""
    schools = actor.schools(Permission.COUNTS)
    points = list(points_of(schools, since=academic_year(on).starts_in - 1).filter(opens_on__lte=on))
    point = next((row for row in points if row.pk == chosen), points[0] if points else None)
    totals: dict[tuple[int, str], list[int]] = {}
    for row in coverage(schools, [point.pk], on=on) if point else ():
        total = totals.setdefault((row.school, row.subject), [0, 0])
        total[0] += row.due
        total[1] += row.done
    names = dict(School.objects.filter(pk__in=schools).values_list("pk", "short_name"))
    lines = [
        ShareLine(names[school], rules.SUBJECTS[subject], *share_words(done, due))
        for (school, subject), (due, done) in totals.items()
    ]
    return CountsPage(
        tuple((row.pk, row.name, row == point) for row in points), point,
        tuple(sorted(lines, key=lambda line: (line.school, line.subject))),
    )  # fmt: skip


def share_words(done: int, due: int) -> tuple[str, str]:
    """How many pupils, and which share has a result; small groups and small remainders are not said."""
    small = int(thresholds.SMALL_NUMBER)
    if due < _FEWEST_TO_SAY:
        return f"under {_FEWEST_TO_SAY}", "too few to say"
    if done == due:
        return f"{due:,}", "all"
    if done == 0:
        return f"{due:,}", "none yet"
    if due - done < small:
        return f"{due:,}", "nearly all"
    return f"{due:,}", f"fewer than {small}" if done < small else f"{100 * done // due}%"


# --- Who is late -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LateClass:
    """A class whose results are missing after the day, not chased yet, and whom to ask."""

    point: int
    point_name: str
    group: int
    name: str
    says: str
    people: tuple[int, ...]


_CHASED = "select point_id, group_id from assessment_chase where school_id = %(school)s and point_id = any(%(points)s)"
_TO_ASK = """
select l.group_id, l.person_id from pupils_adultlink l
 where l.school_id = %(school)s and l.group_id is not null and l.part = 'teaches' and l.since <= %(on)s
   and (l.until is null or l.until >= %(on)s)
"""
_LEADERS = """
select distinct o.person_id from access_post o
 where o.school_id = %(school)s and o.role = 'head' and o.since <= %(on)s and (o.until is null or o.until >= %(on)s)
"""


def points_past(school_id: int, *, on: date) -> list[Point]:
    """Points of this school year whose day has passed."""
    year = academic_year(on).starts_in
    return list(points_of([school_id], since=year).filter(school_year=year, due_on__lt=on))


def late_classes(school_id: int, *, on: date) -> list[LateClass]:
    """Classes with results missing at a point that is past its day, and that nobody has been asked about yet."""
    points = {point.pk: point for point in points_past(school_id, on=on)}
    if not points:
        return []
    values = {"school": school_id, "points": list(points), "on": on}
    chased = set(sql.rows(_CHASED, values))
    totals: dict[tuple[int, int], list[int]] = {}
    names: dict[int, str] = {}
    for row in coverage([school_id], points, on=on):
        total = totals.setdefault((row.point, row.group), [0, 0])
        total[0] += row.due
        total[1] += row.done
        names[row.group] = row.name
    late = {key: total for key, total in totals.items() if total[1] < total[0] and key not in chased}
    if not late:
        return []
    teachers: dict[int, list[int]] = {}
    for group, person in sql.rows(_TO_ASK, values):
        teachers.setdefault(group, []).append(person)
    leaders = [person for (person,) in sql.rows(_LEADERS, values)]
    return [
        LateClass(
            point, points[point].name, group, names[group], _late_words(names[group], points[point], *total),
            tuple(dict.fromkeys((*teachers.get(group, ()), *leaders))),
        )
        for (point, group), total in sorted(late.items())
    ]  # fmt: skip


def _late_words(name: str, point: Point, due: int, done: int) -> str:
    missing = "has no results" if not done else f"has {due - done} of {due} results missing"
    return f"{name} {missing} for {point.name}. They were due on {point.due_on.day} {point.due_on:%B}."
