"""What the classroom proves: each function for met and for not met."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from alongside.areas.classroom.models import Brief, QuickNote, StrategyUse
from alongside.areas.classroom.tests.builders import a_brief, on_register, read
from alongside.areas.support.rules import Stage
from alongside.areas.support.tests.builders import a_cycle
from alongside.base.pupils.models import Pupil
from tests.evidence import states
from tests.people import SEPTEMBER, TODAY, World, a_class, a_pupil, supports, teaches

DAY = timedelta(days=1)
OCTOBER = date(2026, 10, 5)


@pytest.fixture
def kuba(world: World) -> Pupil:
    """On SEN support, taught by Mr Whitlock in a class, with a brief of today."""
    pupil = on_register(a_pupil(world.oakfield))
    teaches(world.ben, a_class(world.oakfield, pupil))
    a_brief(pupil, world.actor("amara"))
    return pupil


def test_adults_have_read_the_brief(world: World, kuba: Pupil) -> None:
    school = world.oakfield.pk
    assert states("S03-68", school) == {"due": 1}
    Brief.objects.update(made_on=OCTOBER)
    assert states("S03-68", school) == {"overdue": 1}
    read(kuba.briefs.get(), world.actor("ben"))
    assert states("S03-68", school) == {"met": 1}
    supports(world.tess, kuba)
    assert states("S03-68", school) == {"met": 1, "overdue": 1}
    assert states("S11-13", school) == {}, "no EHC plan"


def test_adults_of_plan_pupils_have_read_the_brief(world: World) -> None:
    pupil = on_register(a_pupil(world.oakfield), "E")
    supports(world.tess, pupil)
    brief = a_brief(pupil, world.actor("amara"))
    assert states("S11-13", world.oakfield.pk) == {"due": 1}
    read(brief, world.actor("tess"))
    assert states("S11-13", world.oakfield.pk) == {"met": 1}


@pytest.mark.parametrize(("code", "restricted", "in_time"), [("S03-70", False, 2), ("S05-12", True, 1)])
def test_notes_are_seen_in_time(world: World, kuba: Pupil, code: str, restricted: bool, in_time: int) -> None:
    school = world.oakfield.pk
    values: dict[str, Any] = {"pupil": kuba, "school": kuba.school, "kind": "learning", "text": "x", "by": world.ben}
    QuickNote.objects.create(**values, on=OCTOBER, restricted=restricted)
    assert states(code, school) == {"overdue": 1}
    QuickNote.objects.update(seen_on=OCTOBER + in_time * DAY)
    assert states(code, school) == {"met": 1}
    QuickNote.objects.update(seen_on=OCTOBER + (in_time + 1) * DAY)
    assert states(code, school) == {"at_risk": 1}
    QuickNote.objects.update(seen_on=None, on=TODAY)
    assert states(code, school) == {"due": 1}
    QuickNote.objects.update(restricted=not restricted)
    assert states(code, school) == {}


def test_what_helps_is_used(world: World, kuba: Pupil) -> None:
    school = world.oakfield.pk
    assert states("S06-04", school) == {"not_evidenced": 1}
    values: dict[str, Any] = {"pupil": kuba, "school": kuba.school, "by": world.ben, "strategy": "Wait"}
    StrategyUse.objects.create(**values, helped=False, day=TODAY - 2 * DAY)
    assert states("S06-04", school) == {"met": 1}
    StrategyUse.objects.create(**values, helped=False, day=TODAY)
    assert states("S06-04", school) == {"at_risk": 1}
    StrategyUse.objects.filter(day=TODAY).delete()
    StrategyUse.objects.update(day=TODAY - 50 * DAY)
    assert states("S06-04", school) == {"not_evidenced": 1}


@pytest.mark.parametrize(
    ("said", "this_term", "lately"),
    [(OCTOBER, "met", "met"), (SEPTEMBER - 20 * DAY, "overdue", "overdue"), (TODAY - 85 * DAY, "due", "due"),
     (TODAY, "met", "met")],
)  # fmt: skip
def test_pupils_give_their_views(world: World, kuba: Pupil, said: date, this_term: str, lately: str) -> None:
    school = world.oakfield.pk
    assert states("S09-18", school) == states("S09-19", school) == {"overdue": 1}
    Brief.objects.update(own_words="I like building.", own_words_on=said)
    assert states("S09-18", school) == {this_term: 1}
    assert states("S09-19", school) == {lately: 1}


def test_plans_are_centred_on_the_person(world: World, kuba: Pupil) -> None:
    a_cycle(pupil=kuba, by=world.actor("amara"), at=Stage.DO, on=OCTOBER)
    assert states("S09-05", world.oakfield.pk) == {"at_risk": 1}
    Brief.objects.update(own_words="I like building.")
    assert states("S09-05", world.oakfield.pk) == {"met": 1}


def test_barriers_are_planned_for(world: World, kuba: Pupil) -> None:
    assert states("S03-65", world.oakfield.pk) == {"met": 1}
    Brief.objects.update(made_on=date(2026, 7, 1))
    assert states("S03-65", world.oakfield.pk) == {"not_evidenced": 1}


def test_what_a_young_pupil_likes_and_does_well_is_known(world: World, kuba: Pupil) -> None:
    school = world.oakfield.pk
    assert states("S12-04", school) == {"not_evidenced": 1}
    Brief.objects.update(own_words="I like building.", own_words_on=OCTOBER)
    assert states("S12-04", school) == {"at_risk": 1}
    a_cycle(pupil=kuba, by=world.actor("amara"), at=Stage.DO, on=OCTOBER)
    assert states("S12-04", school) == {"met": 1}
    Pupil.objects.update(nc_year="7")
    assert states("S12-04", school) == {}


def test_teachers_teach_pupils_with_send(world: World, kuba: Pupil) -> None:
    schools = [world.oakfield.pk, world.brookside.pk]
    assert states("S03-22", None, schools) == {"at_risk": 1}, "Mr Frost has no such pupil, so he is no case"
    read(Brief.objects.get(), world.actor("ben"))
    assert states("S03-22", None, schools) == {"at_risk": 1}
    StrategyUse.objects.create(
        pupil=kuba, school=kuba.school, by=world.ben, strategy="Wait", helped=True, day=TODAY - DAY
    )
    assert states("S03-22", None, schools) == {"met": 1}
