"""The cast of every test, and builders that make pupils, posts and links.

Amara is SENCO at Oakfield, Ben teaches there, Tess is his teaching assistant, Hari its headteacher, Dana its DSL,
Chloe is SENCO at Brookside, Dev works for the trust, Ewa is Kuba's mother, Femi has no post anywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any, cast

from alongside.areas.workforce.models import Appointment, Qualification
from alongside.base.access.actor import Actor
from alongside.base.access.models import Post, Tie
from alongside.base.access.scope import actor_of, scope
from alongside.base.people.models import Account, Person
from alongside.base.pupils.models import AdultLink, Contact, Enrolment, Group, Membership, Pupil
from alongside.base.pupils.names import keys
from alongside.base.schools.models import School, Term
from alongside.law.upn import make

TODAY = date(2026, 11, 23)  # a Monday in the second half of the autumn term
SEPTEMBER = date(2026, 9, 1)
_serial = count(1)


def a_school(name: str = "Oakfield Primary School", urn: str = "") -> School:
    number = next(_serial)
    return School.objects.create(
        name=name, short_name=name.removesuffix(" School"), urn=urn or f"{180000 + number}", la="201",
        establishment=f"{4000 + number % 6000}", phase="primary",
    )  # fmt: skip


def a_person(given: str, family: str = "Example", title: str = "") -> Person:
    person = Person.objects.create(given=given, family=family, title=title)
    account = Account(person=person, email=f"{given.lower()}.{person.pk}@oakfield.example")
    account.set_unusable_password()
    account.save()
    return person


def a_post(
    person: Person, role: str, school: School | None, since: date = SEPTEMBER, until: date | None = None
) -> Post:
    return Post.objects.create(person=person, role=role, school=school, since=since, until=until)


def an_appointment(person: Person, school: School, since: date = SEPTEMBER, until: date | None = None) -> Appointment:
    """Make a qualified teacher, who holds the National Award, SENCO of a school."""
    with scope([school.pk]):
        Qualification.objects.get_or_create(
            school=school, person=person, award="nasenco",
            defaults={
                "provider": "A university", "awarded_on": date(2020, 7, 3), "certificate": "Staff file", "noted_on": since,
                "by": person,
            },
        )  # fmt: skip
        return Appointment.objects.create(
            school=school, person=person, since=since, until=until, status="qualified", leads=True, first_on=since,
            noted_on=since, by=person,
        )  # fmt: skip


def senco_leaves(person: Person, last_day: date) -> None:
    """End a SENCO's appointment, and the post that lets them in."""
    Appointment.objects.filter(person=person).update(until=last_day)
    Post.objects.filter(person=person, role="senco").update(until=last_day)


def a_pupil(school: School, given: str = "Kuba", family: str = "Kowalski", **more: object) -> Pupil:
    number = next(_serial)
    values: dict[str, object] = {
        "upn": make("201", f"{4000 + number // 1000}", 20, number % 1000),
        "born_on": date(2018, 5, 14), "nc_year": "4", "class_name": "4W", "entered_on": date(2022, 9, 5), **more,
    }  # fmt: skip
    pupil = Pupil(school=school, given_name=given, family_name=family, **values)
    pupil.sort_key, pupil.search_key = keys(pupil)
    pupil.save()
    Enrolment.objects.create(pupil=pupil, school=school, at=school, since=pupil.entered_on)
    return pupil


def a_class(school: School, *pupils: Pupil, name: str = "4W", subject: str = "") -> Group:
    group, _ = Group.objects.get_or_create(school=school, name=name, subject=subject)
    for pupil in pupils:
        Membership.objects.create(pupil=pupil, group=group, school=school, since=SEPTEMBER)
    return group


def teaches(
    person: Person, group: Group, part: str = "teaches", since: date = SEPTEMBER, until: date | None = None
) -> AdultLink:
    return AdultLink.objects.create(
        person=person, school=group.school, group=group, part=part, since=since, until=until
    )


def supports(person: Person, pupil: Pupil, since: date = SEPTEMBER) -> AdultLink:
    return AdultLink.objects.create(person=person, school=pupil.school, pupil=pupil, part="supports", since=since)


def a_parent(person: Person, pupil: Pupil, relationship: str = "PAM") -> Contact:
    """Make a person a pupil's parent: the tie that opens the family page, and the contact that staff ring."""
    Tie.objects.create(
        person=person, pupil_id=pupil.pk, school=pupil.school, kind=Tie.Kind.PARENT, responsibility=True,
        since=SEPTEMBER,
    )  # fmt: skip
    return Contact.objects.create(
        pupil=pupil, school=pupil.school, person=person, given=person.given, family=person.family,
        relationship=relationship, responsibility=True, lives_with=True,
        phones=[{"type": "M", "number": "07700 900142"}],
    )  # fmt: skip


@dataclass
class World:
    """Two schools and the people around one pupil. The wall stands open to both schools while a test builds."""

    oakfield: School
    brookside: School
    people: dict[str, Person] = field(default_factory=dict)
    on: date = TODAY

    def __getattr__(self, name: str) -> Person:
        try:
            return cast(Person, self.__dict__["people"][name])
        except KeyError:
            raise AttributeError(name) from None

    def actor(self, name: str, on: date | None = None) -> Actor:
        return actor_of(self.people[name], on=on or self.on)


def make_world() -> World:
    """Two schools, the trust's terms, and everybody in the cast with their posts; no pupils yet."""
    world = World(a_school("Oakfield Primary School"), a_school("Brookside Primary School"))
    for name, first, last in (
        ("Autumn 1", date(2026, 9, 2), date(2026, 10, 23)), ("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),
        ("Spring 1", date(2027, 1, 4), date(2027, 2, 12)), ("Spring 2", date(2027, 2, 22), date(2027, 3, 25)),
        ("Summer", date(2027, 4, 12), date(2027, 7, 21)),
    ):  # fmt: skip
        Term.objects.create(name=name, first=first, last=last)
    cast = (
        ("amara", "Amara", "Adeyemi", "Ms", "senco", world.oakfield),
        ("ben", "Ben", "Whitlock", "Mr", "teacher", world.oakfield),
        ("tess", "Tess", "Iqbal", "Mrs", "ta", world.oakfield),
        ("hari", "Hari", "Bright", "Mr", "head", world.oakfield),
        ("dana", "Dana", "Doyle", "Mrs", "dsl", world.oakfield),
        ("gus", "Gus", "Admin", "Mr", "admin", world.oakfield),
        ("chloe", "Chloe", "Marsh", "Ms", "senco", world.brookside),
        ("cal", "Cal", "Frost", "Mr", "teacher", world.brookside),
        ("dev", "Dev", "Shah", "Dr", "central", None),
        ("sys", "Sys", "Keeper", "", "sysadmin", None),
    )
    for key, given, family, title, role, school in cast:
        world.people[key] = a_person(given, family, title)
        a_post(world.people[key], role, school)
    for key in ("amara", "chloe"):
        an_appointment(world.people[key], world.oakfield if key == "amara" else world.brookside)
    world.people["ewa"] = a_person("Ewa", "Kowalska", "Ms")
    world.people["femi"] = a_person("Femi", "Nobody")
    return world


def words_of(answer: Any) -> str:
    """A page without the token that protects its forms, which is new each time."""
    return re.sub(r"[A-Za-z0-9]{64}", "token", answer.content.decode())
