"""Oakfield on a Monday in November, with something of everything to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from alongside.areas.classroom.actions import BriefDraft, write_brief, write_note
from alongside.areas.classroom.models import Brief
from alongside.areas.classroom.rules import NoteKind
from alongside.areas.concerns.actions import ConcernDraft, raise_concern
from alongside.areas.provision.actions import Attendance, LineDraft, log_group, promise
from alongside.areas.provision.catalogue import seed_catalogue
from alongside.areas.provision.models import ProvisionType
from alongside.areas.register.models import Check
from alongside.areas.register.tests.builders import a_decision, on_plan, on_support
from alongside.areas.support.actions import answer_outcome
from alongside.areas.support.models import Cycle
from alongside.areas.support.rules import Answer, Stage
from alongside.areas.support.tests.builders import a_cycle
from alongside.base.deadlines.actions import refresh
from alongside.base.pupils.models import Group, Pupil
from tests.journeys.conftest import Journey
from tests.people import TODAY, World, a_class, a_parent, a_pupil, supports, teaches


@dataclass(frozen=True)
class BusySchool:
    """Kuba has everything that a pupil can have; the others one thing each."""

    kuba: Pupil
    group: Group
    cycle: Cycle


def before(days: int) -> date:
    return TODAY - timedelta(days=days)


def a_busy_school(journey: Journey) -> BusySchool:
    """Legal dates late, today and soon; promises to families; a worry; a group that fell short; things that came in."""
    world = journey.world
    journey.on(TODAY)
    with journey.build():
        seed_catalogue()
        kuba, *others = (
            a_pupil(world.oakfield, given, family, class_name=group)
            for given, family, group in (
                ("Kuba", "Kowalski", "4W"), ("Alfie", "Tanner", "6H"), ("Zara", "Malik", "5B"),
                ("Noah", "Ferris", "3C"), ("Ivy", "Marlow", "4W"), ("Theo", "Banks", "2E"), ("Mia", "Okoro", "4W"),
                ("Leo", "Pryce", "6H"), ("Ada", "Lindqvist", "1A"), ("Sam", "Whelan", "5B"),
            )
        )  # fmt: skip
        group = a_class(world.oakfield, kuba, *others[3:6])
        teaches(world.ben, group)
        supports(world.tess, kuba)
        a_parent(world.ewa, kuba)
        _legal_dates(world, others)
        cycle = _a_plan_with_the_family(world, kuba)
        _worries(world, others)
        _a_group_that_fell_short(world, kuba)
        _a_brief_to_read(world, kuba)
        refresh(schools=[world.oakfield.pk], on=TODAY)
    return BusySchool(kuba, group, cycle)


def _legal_dates(world: World, pupils: list[Pupil]) -> None:
    amara = world.actor("amara")
    for pupil, made_on, need in zip(
        pupils, (before(370), before(364), before(355)), ("ASD", "SLCN", "HI"), strict=False
    ):
        on_plan(pupil=pupil, by=amara, on=made_on, need=need)
    a_decision(pupil=pupils[3], by=amara, on=before(4), need="MLD")
    for pupil, need, since in zip(pupils[4:7], ("SEMH", "SPLD", "MLD"), (75, 17, 12), strict=True):
        on_support(pupil=pupil, by=amara, on=before(since), need=need)
    Check.objects.create(pupil=pupils[4], school=world.oakfield, on=before(3), by=world.amara)


def _a_plan_with_the_family(world: World, kuba: Pupil) -> Cycle:
    amara = world.actor("amara")
    on_support(pupil=kuba, by=amara, on=before(90))
    cycle = a_cycle(pupil=kuba, by=amara, at=Stage.DO, on=before(82), lead_id=world.amara.pk)
    first, second = cycle.outcomes.order_by("number")
    ewa = world.actor("ewa")
    answer_outcome(outcome=first, answer=Answer.AGREE, words="", by=ewa, on=before(7))
    answer_outcome(outcome=second, answer=Answer.CHANGE, words="At lunch too. He eats alone.", by=ewa, on=before(7))
    a_cycle(pupil=Pupil.objects.get(given_name="Theo"), by=amara, at=Stage.DO, on=before(70), lead_id=world.amara.pk)
    return cycle


def _worries(world: World, pupils: list[Pupil]) -> None:
    ben = world.actor("ben")
    draft = ConcernDraft(
        "Loses the thread of a story, cannot retell it", ["Moved seat", "Broke it up"], "3 weeks", "little"
    )
    raise_concern(pupil=pupils[7], draft=draft, by=ben, on=before(10))
    raise_concern(pupil=pupils[8], draft=ConcernDraft("Rubs his eyes at the board"), by=ben, on=before(3))
    write_note(pupil=pupils[3], kind=NoteKind.BEHAVIOUR, text="Two good weeks at lunch.", by=ben, on=before(3))


def _a_group_that_fell_short(world: World, kuba: Pupil) -> None:
    kind = ProvisionType.objects.get(name="One-to-one reading, structured")
    draft = LineDraft(kind.pk, 20, 3, 1, before(80), adult_id=world.tess.pk)
    line = promise(pupil=kuba, draft=draft, by=world.actor("amara"), on=before(80))
    for back, held in ((12, True), (10, False), (7, True), (5, False), (3, True)):
        entry = Attendance(line, held, "" if held else "cover")
        log_group(entries=[entry], day=before(back), by=world.actor("tess"), on=TODAY)


def _a_brief_to_read(world: World, kuba: Pupil) -> Brief:
    draft = BriefDraft(
        own_words="I like to know what comes next.", good_at=["Builds models from memory", "Kind to younger children"],
        helps=["One instruction, then wait ten seconds", "Show a finished one first", "A job at the door"],
        avoid="Shouting across the room", stuck=["Puts his head down: give him two minutes"],
        safety="Ear drops at noon, kept in the office.", people="Mrs Iqbal, Mr Whitlock",
    )  # fmt: skip
    return write_brief(pupil=kuba, draft=draft, what_changed="", version=0, by=world.actor("amara"), on=before(6))
