"""The adults of a school, and those of the trust, each with an account and a post."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from alongside.base.access.models import Post
from alongside.base.people.models import Account, Person
from alongside.config.demo import names, shape
from alongside.config.demo.bulk import Bulk
from alongside.config.demo.cast import NOBODY, Known
from alongside.config.demo.pen import Site, Somebody


@dataclass
class Staff:
    """Who works at a school."""

    senco: Somebody
    cover: Somebody
    head: Somebody
    dsl: Somebody
    teachers: Sequence[Somebody]
    assistants: Sequence[Somebody]
    others: Mapping[str, Somebody] = field(default_factory=dict)


class People:
    """Makes people; no two get the same address."""

    def __init__(self, bulk: Bulk, draw: Random, since: date) -> None:
        self._bulk, self._draw, self._since = bulk, draw, since
        self._addresses: set[str] = set()

    def person(
        self, *, given: str = "", family: str = "", title: str | None = None, phone: str = "", reach: str = ""
    ) -> Somebody:
        """An adult, whose name chance makes up where it is not said."""
        pool = names.POOLS[self._draw.choice(names.STAFF_POOLS)]
        woman = title != "Mr" if title else self._draw.random() < 0.72
        if title is None:
            title = self._draw.choice(("Mrs", "Miss", "Ms", "Ms")) if woman else "Mr"
        given = given or self._draw.choice(pool.girls if woman else pool.boys)
        family = family or self._draw.choice(pool.families)
        number = self._bulk.add(Person, title=title, given=given, family=family, phone=phone, reach=reach)
        return Somebody(number, title, given, family)

    def account(self, person: Somebody, domain: str) -> str:
        """A way to sign in, without a password: in a copy to play in one chooses a card."""
        name = f"{person.given}.{person.family}".lower().replace(" ", "")
        address, more = f"{name}@{domain}", 2
        while address in self._addresses:
            address, more = f"{name}{more}@{domain}", more + 1
        self._addresses.add(address)
        password = "!" + "".join(self._draw.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=40))
        self._bulk.add(Account, person_id=person.id, email=address, password=password)
        return address

    def post(
        self, person: Somebody, role: str, school: int | None, since: date | None = None, until: date | None = None
    ) -> None:
        self._bulk.add(Post, person_id=person.id, role=role, school_id=school, since=since or self._since, until=until)

    def hire(self, role: str, site: Site, told: Known) -> Somebody:
        """A new member of staff with account and post."""
        person = self.person(given=told.get("given", ""), family=told.get("family", ""), title=told.get("title"))
        self.account(person, site.domain)
        self.post(person, role, site.id)
        return person


def staff_of(people: People, site: Site, known: Mapping[str, Sequence[Known]]) -> Staff:
    """Everybody who works at a school. `known` names some by role; chance names the rest."""

    def hire(role: str, index: int = 0) -> Somebody:
        given = known.get(role, ())
        return people.hire(role, site, given[index] if index < len(given) else NOBODY)

    teachers = [hire("teacher", n) for n in range(_teachers(site))]
    assistants = [hire("ta", n) for n in range(_assistants(site))]
    others = {role: hire(role) for role in ("governor", "link_governor", "admin", "admissions", "designated")}
    if site.phase is shape.SECONDARY:
        others |= {role: hire(role) for role in ("careers", "exams")}
    senco, head, dsl = hire("senco"), hire("head"), hire("dsl")
    cover = teachers[-1]
    people.post(cover, "cover_senco", site.id)
    return Staff(senco, cover, head, dsl, teachers, assistants, others)


TRUST_ROLES = ("director", "central", "send_trustee", "trustee", "dpo", "sysadmin")


def trust_staff(people: People, known: Mapping[str, Sequence[Known]]) -> None:
    """Those who work for the trust, not for a school."""
    for role in TRUST_ROLES:
        person = people.person(**known[role][0])
        people.account(person, "larkenby.example")
        people.post(person, role, None)


def _teachers(site: Site) -> int:
    years = len(site.phase.years)
    if site.phase is shape.SECONDARY:
        return len(SUBJECTS) * sets_in(site) + 2
    return classes_in(site) * years + 2 if site.phase is shape.PRIMARY else classes_in(site) + 1


def _assistants(site: Site) -> int:
    if site.phase is shape.SECONDARY:
        return 2 * len(site.phase.years)
    return _teachers(site) - 2 if site.phase is shape.PRIMARY else 2 * classes_in(site)


SUBJECTS = ("English", "Maths", "Science", "Humanities", "Art and design")  # of which each secondary year has sets


def classes_in(site: Site) -> int:
    """Classes a year in a primary school; all classes of a special school."""
    if site.phase is shape.SPECIAL:
        return max(1, round(site.size / site.phase.class_size))
    return max(1, round(site.size / len(site.phase.years) / site.phase.class_size))


def sets_in(site: Site) -> int:
    """Teaching sets a year and subject in a secondary school."""
    return max(1, round(site.size / len(site.phase.years) / site.phase.class_size))
