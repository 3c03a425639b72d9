"""Filling a database with the invented trust, some schools to a transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from django.db import transaction

from alongside.areas.assessment.actions import chase
from alongside.areas.provision.actions import recount
from alongside.base.access.actor import system
from alongside.base.access.scope import scope
from alongside.base.deadlines.actions import refresh
from alongside.base.pupils.models import Pupil
from alongside.base.schools.models import Closure, School, Term, Trust
from alongside.base.schools.queries import calendars
from alongside.config.demo import classroom, concerns, names, register, results, sessions, shape, visitors
from alongside.config.demo.aims import tell
from alongside.config.demo.bulk import Bulk
from alongside.config.demo.cast import cast
from alongside.config.demo.hero import hero
from alongside.config.demo.pen import DAY, Days, Pen, Site
from alongside.config.demo.plans import Plans, Promised, catalogue
from alongside.config.demo.roll import Child, enrol
from alongside.config.demo.rounds import HISTORY, Round, rounds
from alongside.config.demo.staff import People, Staff, staff_of, trust_staff
from alongside.config.demo.stories import Story, fitting
from alongside.config.demo.terms import school_year, years_around
from alongside.kit.time import now
from alongside.law.calendar import academic_year

FIRST_URN = 990001  # the national register has given numbers up to about 152,000
LAST_URN = 990999
_TOGETHER = 6_000  # pupils to a transaction
_CYCLES = (4, 12, 14, 14, 12, 11, 10, 9, 8, 6)  # how many pupils have had 0, 1, 2 … cycles
_NO_NEED = 0.01  # on the register without a main need: the census will refuse them


@dataclass(frozen=True, slots=True)
class Filled:
    schools: int
    pupils: int


def is_demo(urn: str) -> bool:
    """Whether a school's number is one of those that the invented trust uses."""
    return urn.isdigit() and FIRST_URN <= int(urn) <= LAST_URN


def fill(*, schools: int, pupils: int, seed: int, on: date, say: Callable[[str], None] = lambda _: None) -> Filled:
    """Add an invented trust's schools and everything about them."""
    known = School.objects.count()
    with transaction.atomic():
        sites = _open_schools(schools, pupils, known=known, on=on)
        types, whens = catalogue(), results.points(on)
        if not known:
            _trust(sites, Random(seed), on)
    done = 0
    for some in _chunks(sites):
        with scope([site.id for site in some], why="invented trust") as _:
            done += _fill_some(some, types, whens, seed, on)
        say(f"{done:,} of {pupils:,} pupils")
    return Filled(len(sites), done)


def _open_schools(count: int, pupils: int, *, known: int, on: date) -> list[Site]:
    """Schools, the trust itself, and its terms, unless they are there already."""
    if not Trust.objects.exists():
        Trust.objects.create(name=names.TRUST)
    if not Term.objects.filter(school=None).exists():
        _terms(on)
    kinds = shape.phases(count)
    taken = School.objects.filter(urn__gte=str(FIRST_URN), urn__lte=str(LAST_URN)).count()
    sites = []
    for index, (kind, size) in enumerate(zip(kinds, shape.sizes(kinds, pupils), strict=True)):
        number = taken + index
        place = names.PLACES[number % len(names.PLACES)]
        name = f"{place} {kind.words}"
        la, establishment = ("290" if number % 3 else "291") if number else "290", f"{7001 + number}"
        row = School.objects.create(
            urn=str(FIRST_URN + number), la=la, establishment=establishment, name=name,
            short_name=name.removesuffix(" School"), phase=kind.code, low_age=kind.low_age, high_age=kind.high_age,
            phone=f"01632 960{number % 1000:03d}", joined_on=date(2018, 9, 1),
        )  # fmt: skip
        sites.append(Site(row.pk, place, name, kind, size, la, establishment, first=number == 0 and not known))
    return sites


def _terms(on: date) -> None:
    for year in years_around(on):
        days = school_year(year)
        Term.objects.bulk_create(Term(name=f"{t.name} {year}", first=t.first, last=t.last) for t in days.terms)
        Closure.objects.bulk_create(Closure(day=day) for day in days.training)


def _trust(sites: Sequence[Site], draw: Random, on: date) -> None:
    """The central team."""
    bulk = Bulk(now())
    trust_staff(People(bulk, draw, academic_year(on).first), cast().trust)
    bulk.write()


def _chunks(sites: Sequence[Site]) -> list[list[Site]]:
    chunks: list[list[Site]] = [[]]
    for site in sites:
        if chunks[-1] and sum(s.size for s in chunks[-1]) + site.size > _TOGETHER:
            chunks.append([])
        chunks[-1].append(site)
    return chunks


def _fill_some(
    sites: Sequence[Site], types: Mapping[str, int], whens: Sequence[results.When], seed: int, on: date
) -> int:
    """Everything about some schools, at once; then the register's copies and the open clocks, by the product."""
    bulk = Bulk(now())
    days = calendars([site.id for site in sites], on=on)
    for site in sites:
        span = Days(days[site.id], on - HISTORY - 400 * DAY, on + 400 * DAY)
        pen = Pen(bulk, Random(f"{seed}-{site.establishment}"), on, site, span)
        _school(pen, types, whens)
    written = bulk.write()
    recount(schools=[site.id for site in sites], on=on)
    refresh(schools=[site.id for site in sites], on=on)
    for site in sites:
        chase(school_id=site.id, by=system([site.id]), on=on)
    return written[Pupil.__name__]


def _school(pen: Pen, types: Mapping[str, int], whens: Sequence[results.When]) -> None:
    people = People(pen.bulk, pen.draw, academic_year(pen.on).first)
    known = cast() if pen.site.first else None
    staff = staff_of(people, pen.site, known.staff if known else {})
    children = enrol(pen, people, staff, known.pupils if known else ())
    plans = Plans(pen, staff, types)
    for child in sorted(children, key=lambda child: not child.cast.get("hero")):
        _pupil(pen, staff, plans, child)
    for child in pen.draw.sample([child for child in children if child.code != "N"], 2):
        classroom.restricted(pen, staff, child)
    results.results(pen, children, whens)
    _waiting(pen, staff, children)
    visitors.sign_in_pupils(pen, people, children)
    if pen.site.first:
        visitors.visitors(pen, people, children)


def _pupil(pen: Pen, staff: Staff, plans: Plans, child: Child) -> None:
    """One pupil's story, long or short."""
    if child.cast.get("hero"):
        _hero(pen, staff, plans, child)
    elif child.code != "N":
        _on_register(pen, staff, plans, child)
    elif child.cast:
        if child.cast.get("worry"):
            concerns.raise_it(pen, child, _story(pen, child, child.cast["need"]), pen.days.back(pen.on, 8))
    elif pen.chance(shape.LEFT_REGISTER):
        _left_register(pen, staff, plans, child)
    elif pen.chance(concerns.OPEN_SHARE):
        concerns.open_concern(pen, staff, child, _any_story(pen, child))
    elif pen.chance(concerns.CLOSED_SHARE):
        concerns.closed_concern(pen, staff, child, _any_story(pen, child))


def _on_register(pen: Pen, staff: Staff, plans: Plans, child: Child) -> None:
    """A pupil with SEN support or an EHC plan, from the first decision to yesterday's session."""
    need = child.cast.get("need", shape.main_need(pen.draw, pen.site.phase, child.code))
    story = _story(pen, child, need or "MLD")
    most = 3 if child.cast else pen.draw.choices(range(10), _CYCLES)[0]
    cycles = rounds(pen.draw, pen.days, on=pen.on, entered=child.entered, most=most)
    if not need:
        cycles = cycles[-1:]
    elif not child.cast and pen.chance(_NO_NEED):
        need = ""
    register.place(pen, staff, child, story, need, cycles)
    promised = plans.write(child, story, need, cycles, tell(pen, child, story, cycles), until=None)
    _daily(pen, staff, child, story, cycles, promised)


def _left_register(pen: Pen, staff: Staff, plans: Plans, child: Child) -> None:
    """A pupil who had SEN support and no longer needs it."""
    need = shape.main_need(pen.draw, pen.site.phase, "K")
    story = _story(pen, child, need)
    most = pen.draw.randint(1, 6)
    cycles = rounds(pen.draw, pen.days, on=pen.on, entered=child.entered, most=most, ended=True)
    if cycles:
        register.place(pen, staff, child, story, need, cycles, until=cycles[-1].closed)
        plans.write(child, story, need, cycles, tell(pen, child, story, cycles, left=True), until=cycles[-1].closed)


def _hero(pen: Pen, staff: Staff, plans: Plans, child: Child) -> None:
    """Kuba's three cycles, as they happened."""
    told = hero()
    pen.taken_away.add(("talking", child.helper.id))
    cycles = told.rounds(pen)
    since = pen.days.back(cycles[0].opened, 1)
    concern = concerns.led_to_support(pen, staff, child, told.story, since)
    register.place(pen, staff, child, told.story, "SLCN", cycles, concern=concern, since=since)
    promised = plans.write(child, told.story, "SLCN", cycles, told.words, until=None)
    _daily(pen, staff, child, told.story, cycles, promised)


def _daily(
    pen: Pen, staff: Staff, child: Child, story: Story, cycles: Sequence[Round], promised: Sequence[Promised]
) -> None:
    """What happens between the plans: sessions, the brief, notes, and who looked."""
    sessions.log(pen, child, promised, sessions.absences(pen, child))
    classroom.brief(pen, child, story, cycles)
    classroom.notes(pen, staff, child, story)
    classroom.looks(pen, staff, child)


def _waiting(pen: Pen, staff: Staff, children: Sequence[Child]) -> None:
    """Decisions of the last days that parents have yet to be told of: two at a school, one of them late."""
    calm = [child for child in children if child.code == "N" and not child.cast]
    for child, ago in zip(pen.draw.sample(calm, min(2, len(calm))), (1, 7), strict=False):
        if child.id not in pen.told:
            need = shape.main_need(pen.draw, pen.site.phase, "K")
            register.waiting(pen, staff, child, _story(pen, child, need), need, pen.days.back(pen.on, ago))


def _story(pen: Pen, child: Child, need: str) -> Story:
    story = pen.draw.choice(fitting(need, pen.site.phase.code))
    if "safety" in child.cast:
        story = replace(story, safety=child.cast["safety"])
    return story.about(name=child.liked, girl=child.girl)


def _any_story(pen: Pen, child: Child) -> Story:
    return _story(pen, child, shape.main_need(pen.draw, pen.site.phase, "K"))
