"""Courses, their days, who is booked and came, and which part of the staff is reached. Read by pages alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from alongside.areas.training import rules
from alongside.areas.training.evidence import COVERED
from alongside.areas.training.models import Booking, Colleague, Course, Session
from alongside.areas.training.queries import ask, may_at, names_of, school_for, staff_of
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.schools.models import School
from alongside.kit import NotFound

P = Permission


@dataclass(frozen=True, slots=True)
class CourseLine:
    id: int
    title: str
    provider: str
    whose: str
    what: str
    audience: str
    draft: bool
    next_on: date | None


@dataclass(frozen=True, slots=True)
class CoursesPage:
    rows: tuple[CourseLine, ...]
    may: frozenset[str]


def _courses(actor: Actor) -> QuerySet[Course]:
    """The trust's courses, and those of the schools where this person books."""
    return Course.objects.filter(Q(school=None) | Q(school__in=actor.schools(P.TRAINING_BOOK))).select_related("school")


def courses_page(actor: Actor, *, on: date) -> CoursesPage:
    """Every course this person can book or plan, the next to come first."""
    coming = Session.objects.filter(held_on__gte=on).order_by("-held_on")
    days: dict[int, date] = dict(coming.values_list("course", "held_on"))  # the nearest stays
    rows = [_line(row, days.get(row.pk)) for row in _courses(actor)]
    return CoursesPage(tuple(sorted(rows, key=lambda row: (row.next_on or date.max, row.title))), may_at(actor, None))


def _line(row: Course, next_on: date | None) -> CourseLine:
    aim, depth = rules.AIM_WORDS[rules.Aim(row.aim)], rules.DEPTH_WORDS[rules.Depth(row.depth)].lower()
    what = f"{rules.AREAS_AND_ALL[row.area]}. {aim}: {depth}"
    audience = ", ".join(rules.GROUP_WORDS[rules.Group(group)] for group in row.audience)
    return CourseLine(
        row.pk, row.title, row.provider, row.school.short_name if row.school else "The trust", what, audience,
        row.approved_on is None, next_on,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class SessionLine:
    id: int
    held_on: date
    place: str
    booked: str
    came: str
    changed: str


@dataclass(frozen=True, slots=True)
class CoursePage:
    course: Course
    line: CourseLine
    missing: tuple[str, ...]
    sessions: tuple[SessionLine, ...]
    may: frozenset[str]
    keeps: bool  # may change it and set days: whoever plans for the trust, or books at its school
    approves: bool


def find_course(actor: Actor, course_id: int) -> Course:
    """A course this person can book or plan; raises NotFound for another school's and for none alike."""
    row = _courses(actor).filter(pk=course_id).first()
    if row is None:
        raise NotFound
    return row


def course_page(actor: Actor, course_id: int, *, on: date) -> CoursePage:
    row = find_course(actor, course_id)
    sessions = row.sessions.annotate(
        booked=Count("bookings"), came_=Count("bookings", filter=Q(bookings__came=True)),
        said=Count("bookings", filter=Q(bookings__changed_on__isnull=False)),
    ).order_by("-held_on")  # fmt: skip
    whole = actor.may(P.TRAINING_PLAN)
    lines = tuple(_session(session, hidden=whole) for session in sessions)
    return CoursePage(
        row, _line(row, None), rules.missing(row.facts()), lines, may_at(actor, row.school_id), keeps(actor, row),
        approves(actor, row),
    )  # fmt: skip


def keeps(actor: Actor, course: Course) -> bool:
    """Whether this person writes the course and sets its days."""
    if course.school_id is None:
        return actor.may(P.TRAINING_PLAN)
    return actor.may(P.TRAINING_BOOK, course.school_id)


def approves(actor: Actor, course: Course) -> bool:
    """Whether this person says yes to it: the headteacher to a school's course, the director to the trust's."""
    if course.school_id is None:
        return actor.may(P.DUTY_KEEP)
    return actor.may(P.SENCO_APPOINT, course.school_id)


def _session(row: Any, *, hidden: bool) -> SessionLine:
    say = rules.shown if hidden else str
    return SessionLine(row.pk, row.held_on, row.place, say(row.booked), say(row.came_), say(row.said))


@dataclass(frozen=True, slots=True)
class SeatLine:
    person_id: int
    name: str
    part: str
    booked: bool
    came: bool | None
    changed: str
    signed_on: date | None


@dataclass(frozen=True, slots=True)
class SessionPage:
    session: Session
    school: School
    held: bool
    ask_by: date
    seats: tuple[SeatLine, ...]
    booked: tuple[SeatLine, ...]


def session_page(actor: Actor, session_id: int, *, on: date) -> SessionPage:
    """A session for whoever books at a school: colleagues who are booked, and those who are not yet."""
    school = school_for(actor, P.TRAINING_BOOK)
    row = Session.objects.select_related("course").filter(
        Q(school=None) | Q(school__in=actor.schools(P.TRAINING_BOOK)), pk=session_id
    ).first()  # fmt: skip
    if row is None or row.course.approved_on is None:
        raise NotFound
    staff = staff_of(school.pk, on=on)
    places = {place.person_id: place for place in Booking.objects.filter(session=row, school=school)}
    seats = [
        _seat(person, name, staff.get(person, ""), places.get(person))
        for person, name in names_of({*staff, *places}).items()
    ]
    wanted = tuple(seat for seat in seats if not seat.booked and staff.get(seat.person_id) in row.course.audience)
    booked = tuple(seat for seat in seats if seat.booked)
    return SessionPage(row, school, row.held_on <= on, rules.asked_on(row.held_on), wanted, booked)


def _seat(person: int, name: str, part: str, place: Booking | None) -> SeatLine:
    words = rules.GROUP_WORDS[rules.Group(part)] if part else ""
    if place is None:
        return SeatLine(person, name, words, False, None, "", None)
    return SeatLine(person, name, words, True, place.came, place.changed, place.signed_on)


# --- Coverage --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CoverLine:
    group: str
    staff: int
    trained: int
    courses: int

    @property
    def state(self) -> str:
        """Met when each has learned something this year, at risk when nobody has, due between."""
        if not self.trained:
            return "at_risk"
        return "met" if self.trained == self.staff else "due"


@dataclass(frozen=True, slots=True)
class CoverPage:
    where: str
    lines: tuple[CoverLine, ...]
    nobody: tuple[str, ...]  # by name, for who sees the grid: staff without any training in a year
    noted: tuple[
        tuple[int, str, str], ...
    ]  # for who books: colleagues without an account, with their part of the staff
    may: frozenset[str]


def cover_page(actor: Actor, *, on: date) -> CoverPage:
    """Which part of the staff has learned about SEND in a year: of a school, or of all for who sees the trust."""
    whole = actor.may(P.DUTIES_TRUST)
    school = None if whole else school_for(actor, P.DUTIES)
    schools = actor.schools(P.DUTIES_TRUST) if school is None else frozenset({school.pk})
    ago = rules.a_year_before(on)
    rows = ask(COVERED, schools, on, year_ago=ago)
    given = Course.objects.filter(Q(school=None) | Q(school__in=schools), approved_on__isnull=False)
    audiences = list(given.filter(sessions__held_on__range=(ago, on)).values_list("audience", flat=True))
    lines = tuple(_cover(group, rows, sum(group in audience for audience in audiences)) for group in rules.Group)
    named = school is not None and actor.may(P.TRAINING_GRID, school.pk)
    nobody = names_of(row[1] for row in rows if not row[3]) if named else {}
    where = school.name if school else "all schools"
    noted = colleagues_of(school.pk, on) if school is not None and actor.may(P.TRAINING_BOOK, school.pk) else ()
    return CoverPage(where, lines, tuple(nobody.values()), noted, may_at(actor, school.pk if school else None))


def colleagues_of(school: int, on: date) -> tuple[tuple[int, str, str], ...]:
    """Who works at a school and has no account: number, name, part of the staff."""
    rows = Colleague.objects.filter(Q(until=None) | Q(until__gte=on), school=school).select_related("person")
    return tuple(
        (row.pk, row.person.name, rules.GROUP_WORDS[rules.Group(row.group)])
        for row in rows.order_by("person__family", "person__given", "pk")
    )


def find_colleague(actor: Actor, colleague_id: int) -> Colleague:
    """Somebody without an account at a school where this person books; raises NotFound for others' and none alike."""
    rows = Colleague.objects.filter(pk=colleague_id, school__in=actor.schools(P.TRAINING_BOOK))
    found = rows.select_related("person").first()
    if found is None:
        raise NotFound
    return found


def _cover(group: rules.Group, rows: list[tuple[Any, ...]], courses: int) -> CoverLine:
    of_group = [row for row in rows if row[2] == group]
    return CoverLine(rules.GROUP_WORDS[group], len(of_group), sum(bool(row[3]) for row in of_group), courses)
