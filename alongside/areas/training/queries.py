"""The grid of a school, one's own record, courses and who came, coverage, coaching, and what schools need alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from alongside.areas.training import rules
from alongside.areas.training.evidence import CELLS, EVERYBODY
from alongside.areas.training.models import Appraised, Booking, Coaching, Line, Rating, Session, Team
from alongside.base.access.actor import Actor
from alongside.base.access.models import Post
from alongside.base.access.roles import Permission
from alongside.base.evidence.proofs import values_of, with_schools
from alongside.base.people.models import Person
from alongside.base.pupils.access import linked_to, may_read_plan
from alongside.base.pupils.models import Pupil
from alongside.base.schools.models import School
from alongside.base.schools.queries import calendar_of, calendars
from alongside.kit import NotFound, sql
from alongside.law.calendar import term_began

P = Permission


@dataclass(frozen=True, slots=True)
class Cell:
    """Somebody in one area: both ratings apart, how many pupils it is for, and how far a gap is."""

    own: str
    senco: str
    pupils: int
    gap: str  # '', or the state of its training


@dataclass(frozen=True, slots=True)
class StaffLine:
    person_id: int
    name: str
    part: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class GridPage:
    school_id: int
    school: str
    lines: tuple[StaffLine, ...]
    counts: tuple[tuple[str, str, int], ...]  # group, its words, how many
    chosen: str
    gaps: int
    open_gaps: int
    may: frozenset[str]


def ask(statement: str, schools: Collection[int], on: date, **more: object) -> list[tuple[Any, ...]]:
    """The rows of a statement about schools that begins with its own parts, such as `STAFF`."""
    return sql.rows(with_schools(statement), {**values_of(calendars(schools, on=on), on), **more})


def school_for(actor: Actor, permission: Permission, school_id: int | None = None) -> School:
    """The actor's school for a thing, or the one that is asked for; raises NotFound where they may not do it."""
    schools = School.objects.filter(pk__in=actor.schools(permission))
    found = (schools.filter(pk=school_id) if school_id else schools).first()
    if found is None:
        raise NotFound
    return found


def staff_of(school: int, *, on: date) -> dict[int, str]:
    """Everybody who works at a school, with their part of the staff."""
    return dict(ask(EVERYBODY, [school], on))


def names_of(people: Iterable[int]) -> dict[int, str]:
    """Names in the order of family names."""
    return {person.pk: person.name for person in Person.objects.filter(pk__in=list(people))}


def grid_page(actor: Actor, *, on: date, chosen: str = "") -> GridPage:
    """What the staff of a school can do, against the pupils that each of them teaches now."""
    school = school_for(actor, P.TRAINING_GRID)
    staff = {person: part for person, part in staff_of(school.pk, on=on).items() if part in rules.RATED}
    cells = _cells(school.pk, on)
    wanted = chosen if chosen in set(rules.RATED) else ""
    lines = tuple(
        StaffLine(person, name, rules.GROUP_WORDS[rules.Group(staff[person])], _row(cells.get(person, {})))
        for person, name in names_of(staff).items() if wanted in ("", staff[person])
    )  # fmt: skip
    every = [cell for row in cells.values() for cell in row.values() if cell.gap]
    counts = tuple((group.value, rules.GROUP_WORDS[group], list(staff.values()).count(group)) for group in rules.RATED)
    return GridPage(
        school.pk, school.name, lines, counts, wanted, len(every), sum(cell.gap == rules.Step.OPEN for cell in every),
        may_at(actor, school.pk),
    )  # fmt: skip


def may_at(actor: Actor, school: int | None) -> frozenset[str]:
    """What a person may do at a school, by the names of permissions."""
    return frozenset(permission.name for permission in P if actor.may(permission, school))


def _row(cells: Mapping[str, Cell]) -> tuple[Cell, ...]:
    return tuple(cells.get(area, Cell("", "", 0, "")) for area in rules.AREAS)


def _cells(school: int, on: date) -> dict[int, dict[str, Cell]]:
    found: dict[int, dict[str, Cell]] = {}
    for person, area, own, senco, pupils, gap, *way in ask(CELLS, [school], on):
        found.setdefault(person, {})[area] = Cell(
            _level(own), _level(senco), pupils, rules.step(*way).value if gap else ""
        )
    return found


def _level(level: int | None) -> str:
    return "" if level is None else rules.LEVEL_WORDS[rules.Level(level)]


# --- One person ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One's place in a session, as one's own record shows it."""

    id: int
    title: str
    held_on: date
    area: str
    came: bool | None
    ask_by: date | None  # the day by which one says what changed
    changed: str
    signer: str
    signed_on: date | None
    who: str = ""


@dataclass(frozen=True, slots=True)
class OwnPage:
    name: str
    levels: tuple[tuple[str, str, str, str, int], ...]  # area, its words, own, SENCO's, pupils one teaches with it
    counted: bool  # whether the reader may be told for how many pupils
    places: tuple[PlaceLine, ...]
    open: tuple[tuple[int, str, date, str], ...]  # sessions one can still go to: id, title, day, place
    to_sign: tuple[PlaceLine, ...]
    central: bool
    executive: str
    may: frozenset[str]


def own_page(actor: Actor, *, on: date) -> OwnPage:
    """One's own ratings, courses and questions, and what waits for one's signature. Nobody else's."""
    levels = _levels_of(actor.person_id, on)
    pupils = _taught_by(actor, on)
    mine = _places(Booking.objects.filter(person=actor.person_id), on)
    line = Line.objects.select_related("executive").filter(person=actor.person_id).first()
    waiting = Booking.objects.filter(signer=actor.person_id, signed_on=None, changed_on__isnull=False)
    return OwnPage(
        actor.name,
        tuple((area, words, *levels.get(area, ("", "")), pupils.get(area, 0)) for area, words in rules.AREAS.items()),
        bool(pupils), mine, _still_open(actor, {place.id for place in mine}, on), _places(waiting, on),
        is_central(actor), line.executive.formal if line else "", may_at(actor, None),
    )  # fmt: skip


def _levels_of(person: int, on: date) -> dict[str, tuple[str, str]]:
    found: dict[str, dict[str, int]] = {}
    for area, source, level in (
        Rating.objects.filter(person=person, on__lte=on).order_by("on").values_list("area", "source", "level")
    ):
        found.setdefault(area, {})[source] = level
    return {area: (_level(both.get("self")), _level(both.get("senco"))) for area, both in found.items()}


_NEEDS = """select n.area, count(distinct n.pupil_id) from register_need n join register_status r on r.pupil_id = n.pupil_id
   and r.since <= %(on)s and (r.until is null or r.until >= %(on)s)
 where n.pupil_id = any(%(pupils)s) and n.area <> '' and n.since <= %(on)s and (n.until is null or n.until >= %(on)s)
 group by n.area"""


def _taught_by(actor: Actor, on: date) -> dict[str, int]:
    """How many of one's own pupils have needs in which area, as far as one may read their plans."""
    pupils = Pupil.objects.filter(may_read_plan(actor, on)).filter(linked_to(actor.person_id, on))
    return dict(sql.rows(_NEEDS, {"pupils": list(pupils.values_list("pk", flat=True)), "on": on}))


def names_taught_by(person: int, *, on: date) -> list[str]:
    """The full names of the pupils that somebody teaches, so that none of them slips into a record of learning."""
    pupils = Pupil.objects.filter(linked_to(person, on)).only("given_name", "liked_name", "family_name", "liked_family")
    return [f"{given} {pupil.family_name}" for pupil in pupils for given in {pupil.given_name, pupil.liked}]


def _places(rows: QuerySet[Booking], on: date) -> tuple[PlaceLine, ...]:
    found = rows.select_related("session__course", "signer", "person").order_by("-session__held_on", "person__family")
    return tuple(
        PlaceLine(
            row.pk, row.session.course.title, row.session.held_on, rules.AREAS_AND_ALL[row.session.course.area], row.came,
            rules.asked_on(row.session.held_on) if may_say(row, on) and not row.changed_on else None, row.changed,
            row.signer.formal if row.signer else "", row.signed_on, row.person.name,
        )
        for row in found
    )  # fmt: skip


def may_say(row: Booking, on: date) -> bool:
    """Whether somebody is asked what changed: whoever was noted as there; central staff, whose executive signs."""
    return row.session.held_on <= on and (row.came is True or (row.came is None and row.school_id is None))


def _still_open(actor: Actor, mine: Collection[int], on: date) -> tuple[tuple[int, str, date, str], ...]:
    rows = sessions_open_to(actor, on).exclude(bookings__in=list(mine))[:12]
    return tuple((row.pk, row.course.title, row.held_on, row.place) for row in rows)


def sessions_open_to(actor: Actor, on: date) -> QuerySet[Session]:
    """Sessions still to come of the trust, and of the schools where this person works, of courses that are approved."""
    schools = [post.school_id for post in actor.posts if post.school_id is not None]
    where = Q(school=None) | Q(school__in=schools)
    return Session.objects.filter(where, held_on__gte=on, course__approved_on__isnull=False).select_related("course")


def is_central(actor: Actor) -> bool:
    """Whether this person works for the trust and at no school, so that an executive stands where a head would."""
    return bool(actor.posts) and all(post.school_id is None for post in actor.posts)


def own_booking(actor: Actor, booking_id: int) -> Booking:
    """One's own place in a session; raises NotFound for anybody else's and for none alike."""
    row = Booking.objects.select_related("session__course").filter(person=actor.person_id, pk=booking_id).first()
    if row is None:
        raise NotFound
    return row


def booking_to_sign(actor: Actor, booking_id: int) -> Booking:
    """A place that waits for this person's signature; raises NotFound."""
    row = (
        Booking.objects.select_related("session__course", "person")
        .filter(signer=actor.person_id, pk=booking_id)
        .first()
    )
    if row is None:
        raise NotFound
    return row


def signer_for(person: int, school: int | None, *, on: date) -> int | None:
    """Who signs off somebody's training: the headteacher of their school; for central staff the line executive."""
    if school is None:
        return Line.objects.filter(person=person).values_list("executive", flat=True).first()
    heads = Post.objects.filter(Q(until=None) | Q(until__gte=on), role="head", school=school, since__lte=on)
    return heads.exclude(person=person).values_list("person", flat=True).first()


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One colleague, for whoever rates them."""

    school: School
    person_id: int
    name: str
    part: str
    cells: tuple[tuple[str, str, Cell], ...]
    places: tuple[PlaceLine, ...]


def person_page(actor: Actor, person_id: int, *, on: date) -> PersonPage:
    """A colleague of a school where this person rates; raises NotFound for others' staff and for nobody alike."""
    for school in School.objects.filter(pk__in=actor.schools(P.TRAINING_RATE)):
        staff = staff_of(school.pk, on=on)
        if person_id in staff and person_id != actor.person_id:
            cells = _cells(school.pk, on).get(person_id, {})
            return PersonPage(
                school, person_id, names_of([person_id])[person_id], rules.GROUP_WORDS[rules.Group(staff[person_id])],
                tuple((area, words, cells.get(area, Cell("", "", 0, ""))) for area, words in rules.AREAS.items()),
                _places(Booking.objects.filter(person=person_id, school=school), on),
            )  # fmt: skip
    raise NotFound


# --- Coaching, appraisals, colleagues --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TeamLine:
    name: str
    times: int
    people: int
    last: date | None


@dataclass(frozen=True, slots=True)
class CoachingPage:
    school: School
    teams: tuple[TeamLine, ...]
    latest: tuple[tuple[date, str, str, str, int], ...]
    may: frozenset[str]


def coaching_page(actor: Actor, *, on: date) -> CoachingPage:
    """Guidance of this term by department and year team; teams without any stand first."""
    school = school_for(actor, P.TRAINING_GRID)
    term = term_began(on, calendar_of(school.pk, on=on))
    rows = list(Coaching.objects.filter(school=school, day__gte=term, day__lte=on).select_related("team"))
    lines = [
        _team(team, [row for row in rows if row.team_id == team.pk]) for team in Team.objects.filter(school=school)
    ]
    latest = tuple(
        (row.day, row.team.name, rules.COACHED_WORDS[rules.Coached(row.how)], rules.AREAS_AND_ALL[row.area], row.people)
        for row in rows[:12]
    )
    return CoachingPage(school, tuple(sorted(lines, key=lambda line: line.times)), latest, may_at(actor, school.pk))


def _team(team: Team, rows: list[Coaching]) -> TeamLine:
    return TeamLine(team.name, len(rows), sum(row.people for row in rows), max((row.day for row in rows), default=None))


def appraisal_page(actor: Actor, *, on: date) -> tuple[School, list[tuple[int, str, date | None]]]:
    """The teachers of a school with the day of the last tick of this year, if there is one."""
    school = school_for(actor, P.APPRAISAL_TICK)
    teachers = [person for person, part in staff_of(school.pk, on=on).items() if part == rules.Group.TEACHERS]
    ticks = dict(
        Appraised.objects.filter(school=school, on__gt=rules.a_year_before(on))
        .order_by("on")
        .values_list("person", "on")
    )
    return school, [(person, name, ticks.get(person)) for person, name in names_of(teachers).items()]
