"""Those who are neither staff nor family: pupils with a page of their own, and people invited for a while."""

from collections.abc import Sequence

from alongside.base.access.models import Post, Tie
from alongside.config.demo import shape
from alongside.config.demo.pen import DAY, Pen, Somebody
from alongside.config.demo.roll import Child
from alongside.config.demo.staff import People

_SIXTEEN = ("12", "13")


def sign_in_pupils(pen: Pen, people: People, children: Sequence[Child]) -> None:
    """At a secondary school two pupils on the register sign in: a younger one, and one of 16 who decides alone."""
    if pen.site.phase is not shape.SECONDARY:
        return
    on_register = [child for child in children if child.code != "N"]
    young = next((child for child in on_register if child.year in _SIXTEEN), None)
    younger = next((child for child in on_register if child.year not in _SIXTEEN), None)
    for child, role, kind in ((younger, "pupil", "pupil"), (young, "young_person", "young")):
        if child is not None:
            person = people.person(given=child.liked, family=child.family, title="")
            _let_in(pen, people, person, role, kind, child, pen.site.domain)


def visitors(pen: Pen, people: People, children: Sequence[Child]) -> None:
    """At the first school: a speech therapist and a council officer for one case each, and an inspector."""
    case = next(child for child in children if child.cast.get("hero"))
    plan = next(child for child in children if child.code == "E")
    therapist = people.person(given="Jo", family="Fenn", title="Ms", phone="01632 960118")
    officer = people.person(given="Graham", family="Tordoff", title="Mr", phone="01632 960204")
    _let_in(pen, people, therapist, "professional", "case", case, "therapy.example", until=90)
    _let_in(pen, people, officer, "la_officer", "case", plan, "tansfordshire.example", until=60)
    inspector = people.person(given="Ursula", family="Quayle", title="Ms")
    people.account(inspector, "inspection.example")
    people.post(inspector, "inspector", None, pen.on, pen.on + 14 * DAY)


def _let_in(
    pen: Pen, people: People, person: Somebody, role: str, kind: str, child: Child, domain: str, *, until: int = 0
) -> None:
    since = pen.days.back(pen.on, 20)
    last = pen.on + until * DAY if until else None
    people.account(person, domain)
    pen.bulk.add(Post, person_id=person.id, role=role, school_id=pen.site.id, since=since, until=last)
    pen.bulk.add(Tie, person_id=person.id, pupil_id=child.id, school_id=pen.site.id, kind=kind, since=since, until=last)
