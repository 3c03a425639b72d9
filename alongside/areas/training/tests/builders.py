"""Courses, days, places and ratings, by the product's own verbs where that matters."""

from __future__ import annotations

from datetime import date

from alongside.areas.register.models import Need, Status
from alongside.areas.training.models import Booking, Course, Rating, Session
from alongside.base.people.models import Person
from alongside.base.pupils.models import Pupil
from alongside.base.schools.models import School
from tests.people import SEPTEMBER, TODAY, World, a_class, a_pupil, teaches


def a_course(
    world: World, *, school: School | None = None, area: str = "C&I", approved: bool = True, **more: object
) -> Course:
    values: dict[str, object] = {
        "title": "Talk", "provider": "The central team", "area": area, "aim": "educating", "depth": "skill",
        "audience": ["teachers", "assistants"], "need": "Named by schools", "objective": "Plan a lesson",
        "evaluation": "Six weeks later", "written_on": TODAY, "by": world.dev,
        "approved_on": SEPTEMBER if approved else None, "approved_by": world.dev if approved else None, **more,
    }  # fmt: skip
    return Course.objects.create(school=school, **values)


def a_session(course: Course, held_on: date = TODAY) -> Session:
    return Session.objects.create(course=course, school=course.school, held_on=held_on)


def a_place(session: Session, person: Person, school: School | None, **more: object) -> Booking:
    return Booking.objects.create(
        session=session, person=person, school=school, booked_on=SEPTEMBER, group="teachers", **more
    )


def a_rating(
    person: Person, school: School, level: int, *, source: str = "senco", area: str = "C&I", on: date = TODAY
) -> Rating:
    return Rating.objects.create(school=school, person=person, area=area, source=source, level=level, on=on, by=person)


def taught_by(person: Person, school: School, *, pupils: int = 5, area: str = "C&I", code: str = "SLCN") -> list[Pupil]:
    """Pupils with SEN support and a need in an area, in a class that somebody teaches."""
    made = [a_pupil(school, f"Kit{number}", "Zielak") for number in range(pupils)]
    for pupil in made:
        Status.objects.create(pupil=pupil, school=school, code="K", since=SEPTEMBER)
        Need.objects.create(pupil=pupil, school=school, code=code, rank=1, area=area, since=SEPTEMBER)
    teaches(person, a_class(school, *made, name=f"Class {person.family} {area}"))
    return made
