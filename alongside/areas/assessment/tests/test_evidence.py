"""What results prove: each function for met and for not met."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from alongside.areas.assessment import actions
from alongside.areas.assessment.tests.builders import DUE, OPENS, a_point, a_sitting, enter
from tests.evidence import states
from tests.people import TODAY, World, a_class, a_pupil, teaches


@pytest.mark.parametrize(
    ("typed", "due", "state"),
    [("104", DUE, "met"), ("A", DUE, "met"), ("", DUE, "overdue"), ("", TODAY + timedelta(days=4), "due")],
)
def test_every_pupil_is_assessed_at_each_point(world: World, typed: str, due: date, state: str) -> None:
    pupil = a_pupil(world.oakfield)
    group = a_class(world.oakfield, pupil)
    point = a_point(due_on=due)
    sitting = a_sitting(point)
    if typed:
        enter(world.actor("amara"), point, group, {(pupil, sitting): typed})
    assert states("S04-03", world.oakfield.pk) == {state: 1}
    assert states("S04-03", world.brookside.pk) == {}


def test_half_of_the_subjects_is_not_all_and_a_newcomer_is_no_case(world: World) -> None:
    pupil, newcomer = a_pupil(world.oakfield), a_pupil(world.oakfield, "Nia", entered_on=TODAY)
    group = a_class(world.oakfield, pupil, newcomer)
    point = a_point()
    reading, _ = a_sitting(point), a_sitting(point, "maths")
    enter(world.actor("amara"), point, group, {(pupil, reading): "104"})
    assert states("S04-03", world.oakfield.pk) == {"overdue": 1}


def test_progress_is_known_of_every_pupil(world: World) -> None:
    scored, absent, described, older = (a_pupil(world.oakfield, name) for name in ("Sue", "Abe", "Dot", "Old"))
    older.nc_year = "6"
    older.save()
    group = a_class(world.oakfield, scored, absent, described)
    teaches(world.ben, group)
    point = a_point()
    sitting = a_sitting(point)
    enter(world.actor("ben"), point, group, {(scored, sitting): "104", (absent, sitting): "A"})
    draft = actions.DevelopmentDraft("initiation", "Asked for more bubbles.", "new")
    actions.note_development(pupil=described, draft=draft, by=world.actor("ben"), on=TODAY)
    assert states("S15-10", world.oakfield.pk) == {"met": 2, "at_risk": 1}
    assert states("S15-10", world.oakfield.pk, on=OPENS) == {}
