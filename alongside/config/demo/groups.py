"""Classes, tutor groups and teaching sets, and the adults who belong to each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alongside.base.pupils.models import AdultLink, Group
from alongside.config.demo import shape
from alongside.config.demo.cast import Known, cast
from alongside.config.demo.pen import Pen, Somebody
from alongside.config.demo.staff import SUBJECTS, Staff, classes_in, sets_in
from alongside.law.calendar import academic_year

SIXTH_FORM = ("12", "13")
_LETTERS = "ABCDEFGHJKLMNPQRSTUW"
_TREES = ("Rowan", "Willow", "Hazel", "Maple", "Alder", "Beech", "Cedar", "Oak", "Elm", "Larch", "Juniper", "Aspen")


@dataclass(frozen=True, slots=True)
class Room:
    """A class or tutor group as it is being made."""

    id: int
    name: str
    year: str
    lead: Somebody
    assistants: Sequence[Somebody]
    sets: Sequence[Room] = ()  # the teaching sets that its pupils go to


def open_rooms(pen: Pen, staff: Staff, pupils: Sequence[Known]) -> list[Room]:
    """A school's registration groups, youngest first, their adults linked from this September on."""
    kind = pen.site.phase
    if kind is shape.SECONDARY:
        return [room for index, year in enumerate(kind.years) for room in _tutor_groups(pen, staff, index, year)]
    if kind is shape.SPECIAL:
        return _mixed_classes(pen, staff)
    return _classes(pen, staff, pupils)


def _classes(pen: Pen, staff: Staff, pupils: Sequence[Known]) -> list[Room]:
    """A primary school's classes, each called by its year and its teacher: 4W is Mr Whitlock's."""
    teachers, helpers = list(staff.teachers[:-1]), list(staff.assistants)
    made = []
    for year in pen.site.phase.years:
        fixed = sorted({known["class"] for known in pupils if known["year"] == year})
        taken: set[str] = set()
        for index in range(max(classes_in(pen.site), len(fixed))):
            wanted = fixed[index] if index < len(fixed) else ""
            lead = _take(teachers, wanted, taken, year)
            name = wanted or f"{year}{lead.family[0]}"
            taken.add(name)
            made.append(_open(pen, name, "", year, lead, [_take(helpers, wanted, set(), year)]))
    return made


def _take(adults: list[Somebody], name: str, taken: set[str], year: str) -> Somebody:
    """The adult whose class has this name, else the next whose letter is free; the last one is never used up."""
    homes = _homes()
    for adult in adults:
        free = adult.name not in homes and f"{year}{adult.family[0]}" not in taken
        if homes.get(adult.name) == name if name else free:
            adults.remove(adult)
            return adult
    return adults.pop() if len(adults) > 1 else adults[0]


def _homes() -> Mapping[str, str]:
    """The class of each adult of the cast."""
    people = [*cast().staff["teacher"], *cast().staff["ta"]]
    return {f"{person['given']} {person['family']}": person["class"] for person in people if "class" in person}


def _mixed_classes(pen: Pen, staff: Staff) -> list[Room]:
    """A special school's classes: small, of near ages, called after trees."""
    count, years = classes_in(pen.site), pen.site.phase.years
    made = []
    for index in range(count):
        name = _TREES[index % len(_TREES)] + (f" {index // len(_TREES) + 1}" if index >= len(_TREES) else "")
        helpers = staff.assistants[2 * index : 2 * index + 2] or staff.assistants[:1]
        lead = staff.teachers[index % len(staff.teachers)]
        made.append(_open(pen, name, "", years[index * len(years) // count], lead, helpers))
    return made


def _tutor_groups(pen: Pen, staff: Staff, index: int, year: str) -> list[Room]:
    """A secondary year: tutor groups, each with its sets in five subjects."""
    whole = sets_in(pen.site)
    count = whole if year not in SIXTH_FORM else max(1, whole // 2)
    helpers = staff.assistants[2 * index : 2 * index + 2]
    made = []
    for number in range(count):
        sets = [
            _open(pen, f"{year}.{number + 1}", subject, year, staff.teachers[place * whole + number], ())
            for place, subject in enumerate(SUBJECTS)
        ]
        tutor = staff.teachers[(index * count + number) % len(staff.teachers)]
        made.append(_open(pen, f"{year}{_LETTERS[number]}", "", year, tutor, [helpers[number % 2]], sets))
    return made


def _open(
    pen: Pen, name: str, subject: str, year: str, lead: Somebody, helpers: Sequence[Somebody], sets: Sequence[Room] = ()
) -> Room:
    kind = Group.Kind.SET if subject else Group.Kind.CLASS
    number = pen.bulk.add(Group, school_id=pen.site.id, name=name, subject=subject, kind=kind.value)
    for adult, part in ((lead, "teaches"), *((helper, "supports") for helper in helpers)):
        pen.bulk.add(
            AdultLink, person_id=adult.id, school_id=pen.site.id, group_id=number, part=part,
            since=academic_year(pen.on).first,
        )  # fmt: skip
    return Room(number, name, year, lead, helpers, sets)
