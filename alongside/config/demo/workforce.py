"""The SENCO's posts of the invented trust, the time they have, and what its staff can do and learn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from alongside.areas.training import rules
from alongside.areas.training.models import (
    Answered,
    Appraised,
    Booking,
    Coaching,
    Colleague,
    Course,
    Line,
    Rating,
    Session,
    Team,
)
from alongside.areas.workforce.models import Agreed, Appointment, Confirmation, Lost, Qualification, View, Week
from alongside.areas.workforce.rules import Why, week_of
from alongside.base.access.models import Post
from alongside.base.access.scope import all_schools, scope
from alongside.base.deadlines.actions import refresh
from alongside.base.schools.models import School
from alongside.base.schools.queries import calendars
from alongside.config.demo.bulk import Bulk
from alongside.config.demo.staff import SUBJECTS, People
from alongside.kit.time import now
from alongside.law.calendar import SchoolCalendar, academic_year, term_began

DAY = timedelta(days=1)
_ENDING, _UNQUALIFIED = (
    1,
    2,
)  # the schools, by their place, whose SENCO leaves soon, and has been on no course for a year
_STAGES = ("Early years", "Key Stage 1", "Key Stage 2", "Teaching assistants")
_PROVIDERS = ("The University of Larkenby", "Larkenby Teaching School Hub", "The Larkenby Partnership")
_NO_TIME = (
    "Three afternoons went to cover; reviews moved into the evening.",
    "No time to be in lessons. The paperwork gets done and the coaching does not.",
)
_CHANGED = (
    "I give one instruction at a time now and wait ten seconds before I repeat it.",
    "Pictures stand beside each step on the board, and more of the class begin by themselves.",
    "I ask what would help before I offer something, and write it on the brief.",
    "We have a quiet corner with a rule of its own, and it is used before things get loud.",
)


@dataclass(frozen=True, slots=True)
class Place:
    """A school with the people who work there, by role."""

    school: School
    number: int
    people: Mapping[str, Sequence[int]]
    days: SchoolCalendar

    def one(self, role: str) -> int:
        return self.people[role][0]

    def staff(self) -> Iterator[tuple[int, rules.Group]]:
        """Everybody with a part of the staff, each once."""
        roles: dict[int, list[str]] = {}
        for role, people in self.people.items():
            for person in people:
                roles.setdefault(person, []).append(role)
        for person, held in roles.items():
            group = rules.group_of(held)
            if group is not None:
                yield person, group


def staff_the_schools(*, seed: int, on: date) -> None:
    """Give every school that has none yet a SENCO's appointment, hours, ratings and training."""
    with scope(all_schools(), why="invented trust"):
        known = set(Appointment.objects.values_list("school", flat=True))
        schools = [school for school in School.objects.order_by("pk") if school.pk not in known]
        if schools:
            draw, bulk = Random(f"{seed}-workforce"), Bulk(now())
            sessions = _courses(bulk, on)
            for place in _places(schools, len(known), on):
                _post(bulk, draw, place, on)
                _time(bulk, draw, place, on)
                _learn(bulk, draw, place, sessions, on)
            bulk.write()
            refresh(schools=[school.pk for school in schools], on=on, sources=["workforce", "training"])


def _places(schools: Sequence[School], known: int, on: date) -> Iterator[Place]:
    posts: dict[int, dict[str, list[int]]] = {school.pk: {} for school in schools}
    rows = Post.objects.filter(school__in=posts).order_by("pk").values_list("school", "role", "person")
    for at, role, person in rows:
        posts[at].setdefault(role, []).append(person)
    days = calendars(posts, on=on)
    for number, school in enumerate(schools):
        yield Place(school, number + known, posts[school.pk], days[school.pk])


# --- The post --------------------------------------------------------------------------------------------


def _post(bulk: Bulk, draw: Random, place: Place, on: date) -> None:
    school, head, senco = place.school.pk, place.one("head"), place.one("senco")
    since = on - timedelta(days=draw.randint(500, 3_000))
    if place.number == _UNQUALIFIED:
        since = on - timedelta(days=700)
    leads = draw.random() < 0.8
    bulk.add(
        Appointment, school_id=school, person_id=senco, since=since, status="qualified", leads=leads, first_on=since,
        until=on + timedelta(days=19) if place.number == _ENDING else None, noted_on=since, by_id=head,
        access="" if leads else "Meets the headteacher every Monday, and the leadership team each half term.",
    )  # fmt: skip
    if place.number != _UNQUALIFIED:
        _qualification(bulk, draw, place, since, on)
    bulk.add(Post, person_id=place.one("governor"), role="chair", school_id=school, since=academic_year(on).first)
    if draw.random() < 0.7:
        met = on - timedelta(days=draw.randint(20, 300))
        bulk.add(
            Confirmation, school_id=school, minuted_on=met, minute="Item 6, SEND", on=met, by_id=place.one("governor")
        )


def _qualification(bulk: Bulk, draw: Random, place: Place, since: date, on: date) -> None:
    """Held by most; the newest are on the NPQ."""
    new = since > on - timedelta(days=900)
    started = max(since + 60 * DAY, date(2024, 9, 9)) if new else since + 30 * DAY
    award = "npq" if started >= date(2024, 9, 1) else "nasenco"
    awarded = None if new else started + 400 * DAY
    bulk.add(
        Qualification, school_id=place.school.pk, person_id=place.one("senco"), award=award, provider=draw.choice(_PROVIDERS),
        started_on=min(started, on), expected_on=started + 540 * DAY, awarded_on=awarded if awarded and awarded <= on else None,
        certificate="Seen; copy in the staff file" if awarded and awarded <= on else "", noted_on=min(started, on),
        by_id=place.one("head"),
    )  # fmt: skip


def _time(bulk: Bulk, draw: Random, place: Place, on: date) -> None:
    """Hours as agreed in September, the weeks of the term, and what the SENCO says of them."""
    school, senco = place.school.pk, place.one("senco")
    hours = 18 if place.school.phase == "secondary" else 12
    bulk.add(
        Agreed, school_id=school, since=academic_year(on).first, hours=hours, admin=4, limit=10, by_id=place.one("head")
    )
    scarce = place.number % 3 == 1
    monday = week_of(term_began(on, place.days))
    while monday + 5 * DAY <= on:
        if any(place.days.is_school_day(monday + n * DAY) for n in range(5)):
            _week(bulk, draw, place, monday, hours, scarce)
        monday += 7 * DAY
    if place.number % 5 != 4:
        said = on - timedelta(days=draw.randint(2, 12))
        words = draw.choice(_NO_TIME) if scarce else ""
        bulk.add(View, school_id=school, person_id=senco, enough=not scarce, words=words, on=said)


def _week(bulk: Bulk, draw: Random, place: Place, monday: date, hours: int, scarce: bool) -> None:
    lost = draw.randint(2, 6) if scarce else 0
    help_given = draw.choice((2, 3, 4)) if scarce else 4
    week = bulk.add(
        Week, school_id=place.school.pk, monday=monday, agreed=Decimal(hours), admin_agreed=Decimal(4),
        used=Decimal(hours - lost), admin_given=Decimal(help_given), by_id=place.one("senco"),
    )  # fmt: skip
    if lost:
        why = draw.choice((Why.COVER, Why.COVER, Why.DUTY, Why.TEACHING))
        bulk.add(Lost, week_id=week, school_id=place.school.pk, why=why.value, hours=Decimal(lost))


# --- What staff can do and learn -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Given:
    """The two courses: one that was given, one to come."""

    past: int
    held_on: date
    coming: int


def _courses(bulk: Bulk, on: date) -> Given:
    """The trust's two courses and a draft; its answer to one need, and the line executives."""
    central, directors = _at_trust("central"), _at_trust("director")
    if Course.objects.exists() or not central:
        was = Session.objects.filter(school=None, held_on__lt=on).first()
        comes = Session.objects.filter(school=None, held_on__gte=on).first()
        return Given(was.pk, was.held_on, comes.pk) if was and comes else Given(0, on, 0)
    talk = _course(bulk, "Talk that everybody can follow", "C&I", "skill", central[0], directors, on)
    calm = _course(bulk, "Before it gets loud: feelings in class", "SEMH", "practice", central[0], directors, on)
    _course(bulk, "Seeing and hearing in a busy room", "S&P", "awareness", central[0], [], on)
    held_on = week_of(on - 35 * DAY) + 2 * DAY
    past = bulk.add(Session, course_id=talk, held_on=held_on, place="Larkenby Hall")
    coming = bulk.add(Session, course_id=calm, held_on=week_of(on + 14 * DAY) + 3 * DAY, place="Online, 3.45 to 5")
    bulk.add(Answered, area="C&I", answer="course", course_id=talk, on=on - 60 * DAY, by_id=central[0])
    for person in central:
        if directors:
            bulk.add(Line, person_id=person, executive_id=directors[0], since=academic_year(on).first)
    return Given(past, held_on, coming)


def _at_trust(role: str) -> list[int]:
    return list(Post.objects.filter(role=role, school=None).order_by("pk").values_list("person", flat=True))


def _course(
    bulk: Bulk, title: str, area: str, depth: str, by: int, approved_by: Sequence[int], on: date
) -> int:  # fmt: skip
    done = bool(approved_by)
    return bulk.add(
        Course, title=title, provider="The central team", area=area, aim="educating", depth=depth,
        audience=["teachers", "assistants", "leaders"], need="Named by most of our schools this year." if done else "",
        objective="Plan one lesson of the next week with it.", evaluation="What changed, asked after six weeks." if done else "",
        approved_on=on - 80 * DAY if done else None, approved_by_id=approved_by[0] if done else None,
        written_on=on - 90 * DAY, by_id=by,
    )  # fmt: skip


def _learn(bulk: Bulk, draw: Random, place: Place, given: Given, on: date) -> None:
    school, senco, head = place.school.pk, place.one("senco"), place.one("head")
    people = People(bulk, draw, academic_year(on).first)
    for _ in range(draw.randint(3, 6)):
        cook = people.person()
        bulk.add(Colleague, school_id=school, person_id=cook.id, group="lunch", since=academic_year(on).first)
    for person, group in place.staff():
        if group in rules.RATED:
            _rate(bulk, draw, school, person, senco, on)
            _train(bulk, draw, place, person, group, given, on)
        if group == rules.Group.TEACHERS and draw.random() < 0.6:
            bulk.add(
                Appraised, school_id=school, person_id=person, on=on - timedelta(days=draw.randint(5, 60)), by_id=head
            )
    teams = SUBJECTS if place.school.phase == "secondary" else _STAGES
    for number, name in enumerate(teams):
        team = bulk.add(Team, school_id=school, name=name)
        for _ in range(0 if number == len(teams) - 1 else draw.randint(1, 3)):
            bulk.add(
                Coaching, school_id=school, team_id=team, how=draw.choice(list(rules.Coached)).value,
                area=draw.choice(list(rules.AREAS_AND_ALL)), people=draw.randint(1, 6), by_id=senco,
                day=max(on - timedelta(days=draw.randint(1, 40)), term_began(on, place.days)),
            )  # fmt: skip


def _rate(bulk: Bulk, draw: Random, school: int, person: int, senco: int, on: date) -> None:
    own, theirs = draw.random() < 0.9, draw.random() < 0.8 and person != senco
    days = on - timedelta(days=draw.randint(10, 60)), on - timedelta(days=draw.randint(5, 300))
    for area in rules.AREAS:
        level = draw.choices((0, 1, 2, 3), (1, 4, 6, 2))[0]
        if own:
            own_level = min(3, max(0, level + draw.choice((0, 0, 1, -1))))
            bulk.add(
                Rating,
                school_id=school,
                person_id=person,
                area=area,
                source="self",
                level=own_level,
                on=days[0],
                by_id=person,
            )
        if theirs:
            bulk.add(
                Rating,
                school_id=school,
                person_id=person,
                area=area,
                source="senco",
                level=level,
                on=days[1],
                by_id=senco,
            )


def _train(
    bulk: Bulk, draw: Random, place: Place, person: int, group: rules.Group, given: Given, on: date
) -> None:  # fmt: skip
    """A third came to the course that was given, and half of them have said what changed; some are booked on the next."""
    if not given.past:
        return
    common = {"school_id": place.school.pk, "person_id": person, "group": group.value}
    if draw.random() < 0.35:
        said = draw.random() < 0.5
        signed = said and draw.random() < 0.6 and person != place.one("head")
        bulk.add(
            Booking, session_id=given.past, booked_on=given.held_on - 20 * DAY, came=True,
            changed=draw.choice(_CHANGED) if said else "", changed_on=on - timedelta(days=draw.randint(1, 8)) if said else None,
            signer_id=place.one("head") if said else None, signed_on=on if signed else None, **common,
        )  # fmt: skip
    if draw.random() < 0.2:
        bulk.add(Booking, session_id=given.coming, booked_on=on - timedelta(days=draw.randint(1, 20)), **common)
