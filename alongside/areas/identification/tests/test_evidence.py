"""What the sweep proves: each function for met and for not met."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from alongside.areas.assessment.models import Result
from alongside.areas.concerns.tests.builders import a_concern
from alongside.areas.identification import actions
from alongside.areas.identification.models import Flag
from alongside.areas.identification.rules import Answer, Sign
from alongside.areas.identification.tests.builders import (
    a_run_of_scores,
    a_scale,
    a_sitting,
    a_year_group,
    swept,
    switched_on,
)
from alongside.base.pupils.models import Pupil
from tests.evidence import states
from tests.people import TODAY, World, a_pupil

DAY = timedelta(days=1)
FALLS, STEADY = (100.0, 92.0, 80.0), (100.0, 100.0, 100.0)


@pytest.fixture
def pupils(world: World) -> list[Pupil]:
    """Ten pupils with three autumns, the first of whom falls behind, and one who has only this autumn's."""
    made = a_year_group(world.oakfield, 11)
    scale = a_scale()
    a_run_of_scores(scale, [(made[0], FALLS), *((p, STEADY) for p in made[1:10]), (made[10], (90.0,))])
    return made


def test_a_point_that_nobody_looked_through_is_not_evidenced(world: World, pupils: list[Pupil]) -> None:
    assert states("S04-04", world.oakfield.pk) == {"not_evidenced": 1}
    swept()
    assert states("S04-04", world.oakfield.pk) == {"met": 1}
    assert states("S04-04", world.brookside.pk) == {}


@pytest.mark.parametrize(
    ("raised", "answered", "state"),
    [(TODAY, None, "due"), (TODAY - 20 * DAY, None, "overdue"), (TODAY - 5 * DAY, TODAY, "met"),
     (TODAY - 20 * DAY, TODAY, "at_risk")],
)  # fmt: skip
def test_flags_are_answered_in_time(
    world: World, pupils: list[Pupil], raised: date, answered: date | None, state: str
) -> None:
    switched_on(Sign.WIDENS, by=world.hari)
    swept(raised)
    if answered:
        flags = list(Flag.objects.values_list("pk", flat=True))
        draft = actions.AnswerDraft(Answer.DISMISS, "Reads well in class.")
        actions.answer(pupil=pupils[0], flags=flags, draft=draft, by=world.actor("amara"), on=answered)
    assert states("S04-12", world.oakfield.pk) == {state: 1}
    told = states("S04-04", world.oakfield.pk)
    assert told.pop("met", 0) == 1 + (state == "met") and told == ({} if state == "met" else {state: 1})


@pytest.mark.parametrize(("stood", "state"), [(9, {}), (19, {"at_risk": 1})])
def test_a_flag_that_ended_by_itself_is_no_case_unless_it_was_late_by_then(
    world: World, pupils: list[Pupil], stood: int, state: dict[str, int]
) -> None:
    switched_on(Sign.WIDENS, by=world.hari)
    swept(TODAY - 20 * DAY)
    assert Flag.objects.update(ended_on=TODAY + (stood - 20) * DAY, ended="clear") == 1
    assert states("S04-12", world.oakfield.pk) == state


def test_signs_ran_or_say_that_they_could_not(world: World, pupils: list[Pupil]) -> None:
    assert states("S04-10", world.oakfield.pk) == {}
    swept()
    assert states("S04-10", world.oakfield.pk) == {"met": 10, "not_evidenced": 1}
    assert states("S04-09", world.oakfield.pk) == {"not_evidenced": 11}, "eleven pupils are too few to compare growth"
    assert states("S04-11", world.oakfield.pk) == {"met": 1, "not_evidenced": 1}, "only those under the middle"


def test_growth_was_set_beside_that_of_enough_pupils(world: World) -> None:
    made = a_year_group(world.oakfield, 210)
    a_run_of_scores(a_scale(), [(pupil, (90 + n % 21, 90 + n % 19)) for n, pupil in enumerate(made)])
    swept()
    assert states("S04-09", world.oakfield.pk) == {"met": 210}


@pytest.mark.parametrize(
    ("came", "looked", "state"),
    [(TODAY - 50 * DAY, TODAY - 20 * DAY, "met"), (TODAY - 50 * DAY, TODAY, "at_risk"), (TODAY - 50 * DAY, None, "overdue"),
     (TODAY - 10 * DAY, None, "due")],
)  # fmt: skip
def test_new_pupils_have_a_first_look(world: World, came: date, looked: date | None, state: str) -> None:
    pupil = a_pupil(world.oakfield, entered_on=came)
    a_pupil(world.oakfield, "Juno", entered_on=date(2022, 9, 5))
    if looked:
        a_concern(pupil=pupil, by=world.actor("amara"), on=looked)
    assert states("S04-01", world.oakfield.pk) == {state: 1}


@pytest.mark.parametrize(
    ("value", "state"), [({"score": 98}, "met"), ({"mark": "8:04"}, "met"), ({"mark": "A"}, "overdue")]
)
def test_a_letter_in_place_of_a_mark_is_no_first_look(world: World, value: dict[str, object], state: str) -> None:
    pupil = a_pupil(world.oakfield, entered_on=TODAY - 50 * DAY)
    sitting = a_sitting(a_scale(letters={"A": "absent"}), 2026)
    Result.objects.create(
        pupil=pupil, school=world.oakfield, sitting=sitting, nc_year="4", on=TODAY - 20 * DAY, age_months=100,
        source="typed", **value,
    )  # fmt: skip
    assert states("S04-01", world.oakfield.pk) == {state: 1}
