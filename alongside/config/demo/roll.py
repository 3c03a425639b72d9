"""A school's roll: who the pupils are, where they sit and who is beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from alongside.base.pupils.models import AdultLink, Enrolment, Membership, Pupil
from alongside.base.pupils.names import search_key, sort_key
from alongside.config.demo import names, shape
from alongside.config.demo.cast import NOBODY, Known
from alongside.config.demo.families import Home, Parent, write_family
from alongside.config.demo.groups import SIXTH_FORM, Room, open_rooms
from alongside.config.demo.pen import DAY, Pen, Somebody
from alongside.config.demo.staff import People, Staff
from alongside.law.calendar import academic_year
from alongside.law.upn import make

_STREETS = ("Mill Lane", "Orchard Way", "Beck Street", "Larch Close", "Chapel Row", "Station Road", "Heron Drive")


@dataclass(frozen=True, slots=True)
class Child:
    """A pupil as the story needs them."""

    id: int
    liked: str
    family: str
    girl: bool
    year: str
    code: str
    entered: date
    lead: Somebody
    helper: Somebody
    adults: Sequence[Somebody]
    parent: Parent
    cast: Known
    born: date
    room: str


@dataclass(frozen=True, slots=True)
class _Face:
    """Who somebody is, before there is a row."""

    given: str
    family: str
    liked: str
    girl: bool
    born: date
    background: names.Background
    pool: names.Pool
    language: str
    meals: bool


def enrol(pen: Pen, people: People, staff: Staff, known: Sequence[Known]) -> list[Child]:
    """Fill a school: every group, pupil, contact and link between adults and pupils; the cast comes first."""
    rooms = open_rooms(pen, staff, known)
    return [_child(pen, people, staff, room, told) for room, told in _seats(pen, rooms, known)]


def _seats(pen: Pen, rooms: Sequence[Room], known: Sequence[Known]) -> Iterator[tuple[Room, Known]]:
    """A seat for each pupil: the cast in their own classes, the others shared out evenly."""
    by_name = {room.name: room for room in rooms}
    for told in known:
        yield by_name[told["class"]], told
    weights = [0.7 if room.year in SIXTH_FORM else 1.0 for room in rooms]
    whole, given = sum(weights), 0
    for index, room in enumerate(rooms):
        upto = round(sum(weights[: index + 1]) / whole * pen.site.size)
        taken = sum(told["class"] == room.name for told in known)
        for _ in range(upto - given - taken):
            yield room, NOBODY
        given = upto


def _child(pen: Pen, people: People, staff: Staff, room: Room, told: Known) -> Child:
    face = _face(pen, room, told)
    code = told.get("code") or shape.provision(
        pen.draw, pen.site.phase, age=shape.age_in(room.year), boy=not face.girl, month=face.born.month,
        free_meals=face.meals,
    )  # fmt: skip
    entered = _entered(pen, room.year, told)
    number = _row(pen, room, face, code, entered, told)
    _sit(pen, room, number, code, entered)
    home = Home(number, face.family, face.pool, face.language, code, entered)
    parent = write_family(pen, people, staff, home, told.get("parent", NOBODY))
    adults = [room.lead, *room.assistants, *(place.lead for place in room.sets)]
    return Child(
        number, face.liked or face.given, face.family, face.girl, room.year, code, entered, room.lead,
        _helper(room), list({adult.id: adult for adult in adults}.values()), parent, told,
        face.born, room.name,
    )  # fmt: skip


def _face(pen: Pen, room: Room, told: Known) -> _Face:
    """Names, birthday and language that go together."""
    draw = pen.draw
    background = names.of_ethnicity(told.get("ethnicity", "WBRI")) if told else names.background(draw)
    pool = names.POOLS[draw.choice(background.pools)]
    boys = shape.BOYS["E"] if pen.site.phase is shape.SPECIAL else 0.51
    girl = told.get("girl", draw.random() >= boys)
    given = told.get("given") or draw.choice(pool.girls if girl else pool.boys)
    liked = told.get("liked") or (names.SHORT.get(given, "") if draw.random() < 0.5 else "")
    others = [language for language in pool.languages if language != "ENG"]
    language = told.get("language") or (
        draw.choice(others) if others and pen.chance(background.other_language) else "ENG"
    )
    return _Face(
        given, told.get("family") or draw.choice(pool.families), liked, girl, _born(pen, room.year, told), background,
        pool, language, shape.has_free_meals(draw, pen.site.phase),
    )  # fmt: skip


def _row(pen: Pen, room: Room, face: _Face, code: str, entered: date, told: Known) -> int:
    upn = _next_upn(pen, academic_year(pen.on).starts_in - (shape.age_in(room.year) - 4))
    in_care = pen.chance(shape.IN_CARE[code])
    return pen.bulk.add(
        Pupil, school_id=pen.site.id, upn=upn, mis_id=f"{pen.site.establishment}-{upn[8:]}", given_name=face.given,
        family_name=face.family, liked_name=face.liked,
        said_as=told.get("said_as") or ("" if told else names.SAID_AS.get(face.given, "")),
        sort_key=sort_key(family=face.family, given=face.liked or face.given),
        search_key=search_key(face.family, face.given, face.liked, upn), born_on=face.born,
        sex="F" if face.girl else "M", nc_year=room.year, class_name=room.name, ethnicity=face.background.ethnicity,
        ethnicity_source="P", language=face.language, eal=face.language != "ENG", fsm=face.meals,
        pupil_premium=face.meals or in_care or pen.chance(0.05), in_care=in_care,
        care_authority=pen.site.la if in_care else "", service_child="Y" if pen.chance(0.01) else "N",
        medical_flag=pen.chance(0.06), postcode=names.POSTCODE, entered_on=entered,
        address=f"{pen.draw.randint(1, 120)} {pen.draw.choice(_STREETS)}, {pen.site.place}",
    )  # fmt: skip


def _sit(pen: Pen, room: Room, pupil: int, code: str, entered: date) -> None:
    """On roll, in a class and its sets, and for a pupil with a plan a key adult."""
    site, september = pen.site, academic_year(pen.on).first
    pen.bulk.add(
        Enrolment, pupil_id=pupil, school_id=site.id, at_id=site.id, since=entered, la=site.la,
        establishment=site.establishment,
    )  # fmt: skip
    for place in (room, *room.sets):
        since = max(entered, september)
        pen.bulk.add(Membership, pupil_id=pupil, group_id=place.id, school_id=site.id, since=since)
    if code == "E":
        person = _helper(room).id
        pen.bulk.add(AdultLink, person_id=person, school_id=site.id, pupil_id=pupil, part="key", since=september)


def _helper(room: Room) -> Somebody:
    return room.assistants[0] if room.assistants else room.lead


def _next_upn(pen: Pen, year: int) -> str:
    """The next number that this school would have given in a year."""
    pen.counters["upn", year] = number = pen.counters.get(("upn", year), 0) + 1
    return make(pen.site.la, pen.site.establishment, year, number)


def _born(pen: Pen, year: str, told: Known) -> date:
    """A birthday that belongs to a year group: 1 September to 31 August."""
    first = date(academic_year(pen.on).starts_in - shape.age_in(year) - 1, 9, 1)
    if "born" in told:
        month, day = told["born"]
        return date(first.year if month >= 9 else first.year + 1, month, day)
    return first + timedelta(days=pen.draw.randrange(365))


def _entered(pen: Pen, year: str, told: Known) -> date:
    """Most come in the September of the school's first year; one in eight later."""
    start = academic_year(pen.on).starts_in - pen.site.phase.years.index(year)
    first = date(start, 9, 4)
    if told or pen.chance(0.88):
        return min(pen.days.after(first), pen.on - DAY)
    return pen.ago(1, max(2, min(900, (pen.on - first).days)))
