"""The adults at home: whom the school may ring, and the few who sign in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from alongside.base.access.models import Post, Tie
from alongside.base.pupils.models import Contact
from alongside.config.demo import names
from alongside.config.demo.cast import Known
from alongside.config.demo.pen import Pen, Somebody
from alongside.config.demo.staff import People, Staff
from alongside.law.codes import LANGUAGES

_SIGN_IN = {"N": 0.03, "K": 0.4, "E": 0.4}  # share of families with an account
_REACH = ("", "", "", "", "text first", "ring after 4", "ring in the morning")


@dataclass(frozen=True, slots=True)
class Parent:
    """An adult at home; `person` when they sign in."""

    person: Somebody | None
    title: str
    given: str
    family: str
    relationship: str

    @property
    def formal(self) -> str:
        return f"{self.title} {self.family}"

    @property
    def word(self) -> str:
        return "mother" if self.relationship == "PAM" else "father"


@dataclass(frozen=True, slots=True)
class Home:
    """What is known of a pupil before there is a row for a parent."""

    pupil: int
    family: str
    pool: names.Pool
    language: str
    code: str
    entered: date


def write_family(pen: Pen, people: People, staff: Staff, home: Home, told: Known) -> Parent:
    """One or two contacts; the first is the parent of the story. `told` is what the cast says of them."""
    mother = told["relationship"] == "PAM" if told else pen.chance(0.82)
    phone = told.get("phone") or _phone(pen)
    reach = told.get("reach") or ("" if told else _reach(pen, home.language))
    parent = _parent(pen, people, staff, home, told, mother=mother, phone=phone, reach=reach)
    person = parent.person.id if parent.person else None
    address = f"{parent.given}.{parent.family}@families.{pen.site.domain}".lower().replace(" ", "")
    pen.bulk.add(
        Contact, pupil_id=home.pupil, school_id=pen.site.id, person_id=person, order=1, title=parent.title,
        given=parent.given, family=parent.family, relationship=parent.relationship, responsibility=True,
        lives_with=True, phones=[{"type": "M", "number": phone}], email=address, language=home.language, reach=reach,
    )  # fmt: skip
    if person:
        _let_in(pen, person, home)
    if pen.chance(0.45):
        _second(pen, home, mother=not mother)
    return parent


def _parent(
    pen: Pen, people: People, staff: Staff, home: Home, told: Known, *, mother: bool, phone: str, reach: str
) -> Parent:
    if "staff" in told:
        at_work = next(adult for adult in (*staff.teachers, *staff.assistants) if adult.name == told["staff"])
        return Parent(at_work, at_work.title, at_work.given, at_work.family, told["relationship"])
    title = told.get("title") or (pen.draw.choice(("Mrs", "Ms")) if mother else "Mr")
    given = told.get("given") or pen.draw.choice(home.pool.girls if mother else home.pool.boys)
    family = told.get("family") or home.family
    person = None
    if told or pen.chance(_SIGN_IN[home.code]):
        person = people.person(given=given, family=family, title=title, phone=phone, reach=reach)
        people.account(person, f"families.{pen.site.domain}")
    return Parent(person, title, given, family, "PAM" if mother else "PAF")


def _let_in(pen: Pen, person: int, home: Home) -> None:
    """A parent's post and tie: they open the family page, and close the file to a parent who works here."""
    pen.bulk.add(Post, person_id=person, role="parent", school_id=pen.site.id, since=home.entered)
    pen.bulk.add(
        Tie, person_id=person, pupil_id=home.pupil, school_id=pen.site.id, kind=Tie.Kind.PARENT.value,
        responsibility=True, since=home.entered,
    )  # fmt: skip


def _second(pen: Pen, home: Home, *, mother: bool) -> None:
    """Another adult; now and then one whom a court has barred."""
    pen.bulk.add(
        Contact, pupil_id=home.pupil, school_id=pen.site.id, order=2, title="Mrs" if mother else "Mr",
        given=pen.draw.choice(home.pool.girls if mother else home.pool.boys), family=home.family,
        relationship="PAM" if mother else "PAF", responsibility=pen.chance(0.9), lives_with=pen.chance(0.7),
        barred=pen.chance(0.004), phones=[{"type": "M", "number": _phone(pen)}], language=home.language,
    )  # fmt: skip


def _reach(pen: Pen, language: str) -> str:
    """How best to reach them: 'Polish; ring after 3'."""
    if language == "ENG" or pen.chance(0.4):
        return pen.draw.choice(_REACH)
    how = pen.draw.choice(("book an interpreter", "ring after 3", "short texts are fine"))
    return f"{LANGUAGES.words(language)}; {how}"


def _phone(pen: Pen) -> str:
    """A number that Ofcom keeps for drama."""
    return f"07700 900{pen.draw.randrange(1000):03d}"
