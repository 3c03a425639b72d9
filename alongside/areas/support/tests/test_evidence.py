"""What plans prove: each function for met and for not met."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from alongside.areas.register.tests.builders import on_support
from alongside.areas.support.models import Cycle, FamilyAnswer, Outcome, PlanLine, Review
from alongside.areas.support.rules import Answer, Stage
from alongside.areas.support.tests.builders import a_cycle
from alongside.base.pupils.models import Pupil
from tests.evidence import states
from tests.people import TODAY, World, a_pupil

DAY = timedelta(days=1)
OCTOBER = date(2026, 10, 5)


def a_plan(world: World, at: Stage = Stage.DO) -> Cycle:
    """Kuba's running plan, led by his teacher, with strategies; its review is due at the end of December."""
    pupil = a_pupil(world.oakfield)
    on_support(pupil=pupil, by=world.actor("amara"), on=OCTOBER)
    cycle = a_cycle(pupil=pupil, by=world.actor("amara"), at=at, on=OCTOBER, lead_id=world.ben.pk)
    Cycle.objects.update(strategies=["Wait ten seconds"])
    PlanLine.objects.update(outcome=cycle.outcomes.first())
    return cycle


@pytest.mark.parametrize(
    ("code", "change", "state"),
    [
        ("S06-07", {"assessed_on": None}, "overdue"), ("S06-07", {"assessed_on": None, "opened_on": TODAY}, "due"),
        ("S06-08", {"agreed_by": ""}, "at_risk"),
        ("S06-10", {"review_on": TODAY + 7 * DAY}, "due"), ("S06-10", {"review_on": TODAY - DAY}, "overdue"),
        ("S03-61", {"agreed_by": ""}, "not_evidenced"), ("S06-11", {"pastoral": ""}, "not_evidenced"),
        ("S06-12", {"communication": ""}, "at_risk"), ("S00-13", {"pupils_view": ""}, "not_evidenced"),
        ("S00-13", {"parents_view": "", "no_views_because": "Abroad until May."}, "at_risk"),
        ("S09-08", {"strengths": ["Kind"]}, "at_risk"), ("S09-08", {"opened_on": date(2025, 9, 1)}, "at_risk"),
        ("S09-09", {"pupils_view": ""}, "not_evidenced"),
        ("S09-09", {"pupils_view": "", "no_views_because": "In hospital."}, "at_risk"),
        ("S15-08", {"strategies": []}, "not_evidenced"), ("S15-08", {"closed_on": TODAY}, "not_evidenced"),
    ],
)  # fmt: skip
def test_a_running_plan_proves(world: World, code: str, change: dict[str, Any], state: str) -> None:
    a_plan(world)
    assert states(code, world.oakfield.pk) == {"met": 1}
    Cycle.objects.update(**change)
    assert states(code, world.oakfield.pk) == {state: 1}
    assert states(code, world.brookside.pk) == {}


def test_a_plan_that_no_teacher_leads_was_not_written_by_one(world: World) -> None:
    a_plan(world)
    Cycle.objects.update(lead=world.amara)
    assert states("S03-61", world.oakfield.pk) == {"not_evidenced": 1}


def test_a_plan_without_outcomes_is_not_whole(world: World) -> None:
    a_plan(world)
    PlanLine.objects.update(outcome=None)
    assert states("S09-10", world.oakfield.pk) == {"at_risk": 1}
    Outcome.objects.all().delete()
    assert states("S06-08", world.oakfield.pk) == {"at_risk": 1}


def test_provision_serves_an_outcome(world: World) -> None:
    a_plan(world)
    assert states("S09-10", world.oakfield.pk) == {"met": 1}


def test_communication_is_asked_of_everybody(world: World) -> None:
    cycle = a_plan(world)
    cycle.pupil.needs.all().delete()
    Cycle.objects.update(communication="")
    assert states("S06-12", world.oakfield.pk) == {"not_evidenced": 1}


@pytest.mark.parametrize(
    ("reviewed", "review_on", "found"),
    [(OCTOBER, OCTOBER + DAY, {"met": 1}), (OCTOBER + 9 * DAY, OCTOBER, {"at_risk": 1}),
     (None, TODAY + 7 * DAY, {"due": 1}), (None, TODAY - DAY, {"overdue": 1}), (None, TODAY + 60 * DAY, {})],
)  # fmt: skip
def test_teachers_review_in_time(world: World, reviewed: date | None, review_on: date, found: dict[str, int]) -> None:
    a_plan(world)
    Cycle.objects.update(reviewed_on=reviewed, review_on=review_on)
    assert states("S03-62", world.oakfield.pk) == found


@pytest.mark.parametrize(
    ("code", "model", "change", "state"),
    [
        ("S09-03", Review, {"parents_view": ""}, "at_risk"), ("S00-17", Outcome, {"exit_measure": ""}, "not_evidenced"),
        ("S15-05", Outcome, {"exit_measure": ""}, "overdue"), ("S17-15", Review, {"choice": "continue"}, "at_risk"),
    ],
)  # fmt: skip
def test_a_review_proves(world: World, code: str, model: Any, change: dict[str, str], state: str) -> None:
    a_plan(world, Stage.REVIEW)
    Outcome.objects.filter(number=1).update(result="not")
    assert set(states(code, world.oakfield.pk)) == {"met"}
    model.objects.update(**change)
    assert set(states(code, world.oakfield.pk)) == {state}


def test_neither_in_plan_nor_review(world: World) -> None:
    a_plan(world, Stage.REVIEW)
    Review.objects.update(parents_view="")
    Cycle.objects.update(parents_view="")
    assert states("S09-03", world.oakfield.pk) == {"not_evidenced": 1}


@pytest.mark.parametrize(
    ("asked", "replied", "found"),
    [(OCTOBER, OCTOBER + 4 * DAY, {"met": 1}), (OCTOBER, TODAY, {"at_risk": 1}), (OCTOBER, None, {"overdue": 1}),
     (TODAY - 3 * DAY, None, {"due": 1})],
)  # fmt: skip
def test_families_are_answered(world: World, asked: date, replied: date | None, found: dict[str, int]) -> None:
    cycle = a_plan(world)
    pupil: Pupil = cycle.pupil
    values = {"pupil": pupil, "school": pupil.school, "by": world.ewa, "on": asked}
    for answer in (Answer.CHANGE, Answer.AGREE):
        FamilyAnswer.objects.create(outcome=cycle.outcomes.get(number=1), answer=answer, replied_on=replied, **values)
    assert states("S00-18", world.oakfield.pk) == found, "a family that agrees asks for nothing"


def test_unmet_needs_are_acted_on(world: World) -> None:
    cycle = a_plan(world, Stage.REVIEW)
    assert states("S02-03", world.oakfield.pk) == {}, "no need is unmet"
    Outcome.objects.filter(number=1).update(result="not")
    Cycle.objects.update(opened_on=date(2026, 9, 7))
    cycle.pupil.provision.update(since=date(2026, 9, 7))
    Review.objects.update(held_on=TODAY - 42 * DAY)
    assert states("S02-03", world.oakfield.pk) == {"met": 1}
    Review.objects.update(held_on=TODAY - 43 * DAY)
    assert states("S02-03", world.oakfield.pk) == {"at_risk": 1}


def test_support_is_shown_over_time(world: World) -> None:
    cycle = a_plan(world)
    assert states("S15-04", world.oakfield.pk) == {"met": 1}
    Cycle.objects.all().delete()
    assert not Cycle.objects.filter(pk=cycle.pk).exists()
    assert states("S15-04", world.oakfield.pk) == {"at_risk": 1}


@pytest.mark.parametrize(
    ("held", "choice", "until", "state"),
    [(OCTOBER, "change", None, "met"), (OCTOBER, "continue", None, "overdue"), (TODAY - 42 * DAY, "continue", None, "due"),
     (OCTOBER, "continue", TODAY, "met")],
)  # fmt: skip
def test_what_does_not_work_is_replaced(world: World, held: date, choice: str, until: date | None, state: str) -> None:
    cycle = a_plan(world, Stage.REVIEW)
    Outcome.objects.filter(number=1).update(result="not")
    Review.objects.update(held_on=held, choice=choice)
    cycle.pupil.provision.update(until=until)
    assert states("S17-16", world.oakfield.pk) == {state: 1}
