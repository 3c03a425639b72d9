"""What the register proves: each function for met and for not met."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from alongside.areas.assessment import actions as assessment
from alongside.areas.register.models import Check, Decision, Disability, Need, PlanRecord, Status
from alongside.areas.register.tests.builders import a_decision, on_plan, on_support
from alongside.base.pupils.models import Pupil
from alongside.law.calendar import last_day_of_12_months_starting_with
from tests.evidence import states
from tests.people import SEPTEMBER, TODAY, World, a_pupil

DAY = timedelta(days=1)
LONG_AGO = date(2025, 9, 8)


@pytest.fixture
def kuba(world: World) -> Pupil:
    pupil = a_pupil(world.oakfield)
    on_support(pupil=pupil, by=world.actor("amara"), on=date(2026, 9, 7))
    return pupil


@pytest.mark.parametrize(
    ("code", "change", "state"),
    [
        ("S00-20", {"special": None}, "not_evidenced"), ("S00-21", {"evidence_on": None}, "at_risk"),
        ("S02-10", {"told_on": TODAY}, "at_risk"), ("S02-10", {"told_on": None, "told_how": ""}, "overdue"),
    ],
)  # fmt: skip
def test_a_decision_proves(world: World, kuba: Pupil, code: str, change: dict[str, Any], state: str) -> None:
    assert states(code, world.oakfield.pk) == {"met": 1}
    Decision.objects.update(**change)
    assert states(code, world.oakfield.pk) == {state: 1}


def test_a_lawful_reason_stands_in_for_telling(world: World, kuba: Pupil) -> None:
    Decision.objects.update(told_on=None, told_how="", not_told_because="A court order forbids it.")
    assert states("S02-10", world.oakfield.pk) == {"met": 1}


def test_a_decision_that_waits_is_due(world: World) -> None:
    a_decision(pupil=a_pupil(world.oakfield), by=world.actor("amara"), on=TODAY)
    assert states("S02-10", world.oakfield.pk) == {"due": 1}


def test_an_entry_without_a_decision_proves_no_test(world: World, kuba: Pupil) -> None:
    Status.objects.update(decision=None)
    assert states("S00-20", world.oakfield.pk) == {"not_evidenced": 1}
    assert states("S04-08", world.oakfield.pk) == {"not_evidenced": 1}


def test_an_entry_has_decision_need_and_dates(world: World, kuba: Pupil) -> None:
    assert states("S04-08", world.oakfield.pk) == {"met": 1}
    assert states("S15-13", world.oakfield.pk) == {"met": 1}
    Need.objects.all().delete()
    assert states("S04-08", world.oakfield.pk) == {"not_evidenced": 1}
    assert states("S15-13", world.oakfield.pk) == {"at_risk": 1}


def test_a_pupil_who_has_left_is_no_case(world: World, kuba: Pupil) -> None:
    Pupil.objects.update(left_on=TODAY - DAY)
    for code in ("S00-20", "S00-24", "S03-56", "S04-08", "S15-13"):
        assert states(code, world.oakfield.pk) == {}


def a_disability(pupil: Pupil, **changes: Any) -> Disability:
    values = {
        "known": True, "impairment": "Hearing loss", "substantial": True, "long_term": True,
        "daily_effect": "Misses speech in noise.", "adjustments": "Sits near the front", "answered_on": SEPTEMBER,
        "source": "Parent",
    } | changes  # fmt: skip
    return Disability.objects.create(pupil=pupil, school=pupil.school, **values)


def test_disability_was_asked_apart_from_sen(world: World, kuba: Pupil) -> None:
    assert states("S00-24", world.oakfield.pk) == {"not_evidenced": 1}
    a_disability(kuba, known=False, impairment="")
    assert states("S00-24", world.oakfield.pk) == {"met": 1}
    assert states("S00-25", world.oakfield.pk) == {}, "no disability is known, so the test is not asked"


@pytest.mark.parametrize(
    ("code", "changes", "state"),
    [
        ("S00-25", {"daily_effect": ""}, "not_evidenced"), ("S00-25", {"long_term": False}, "not_evidenced"),
        ("S00-29", {"adjustments": ""}, "not_evidenced"), ("S00-29", {"answered_on": LONG_AGO}, "overdue"),
        ("S02-06", {"answered_on": LONG_AGO}, "overdue"),
    ],
)  # fmt: skip
def test_what_a_disabled_pupil_is_owed(
    world: World, kuba: Pupil, code: str, changes: dict[str, Any], state: str
) -> None:
    a_disability(kuba)
    assert states(code, world.oakfield.pk) == {"met": 1}
    Disability.objects.update(**changes)
    assert states(code, world.oakfield.pk) == {state: 1}


def test_a_check_in_the_year_keeps_a_disabled_pupils_record_fresh(world: World, kuba: Pupil) -> None:
    a_disability(kuba, answered_on=LONG_AGO)
    Check.objects.create(pupil=kuba, school=kuba.school, on=TODAY - 30 * DAY, by=world.amara)
    assert states("S02-06", world.oakfield.pk) == {"met": 1}


@pytest.mark.parametrize(
    ("since", "checked", "state"),
    [(LONG_AGO, TODAY, "met"), (LONG_AGO, date(2026, 7, 1), "due"), (LONG_AGO, None, "overdue"), (TODAY, None, "met")],
)
def test_records_are_confirmed_each_term(
    world: World, kuba: Pupil, since: date, checked: date | None, state: str
) -> None:
    Status.objects.update(since=since)
    if checked:
        Check.objects.create(pupil=kuba, school=kuba.school, on=checked, by=world.amara)
    assert states("S03-56", world.oakfield.pk) == {state: 1}


def test_the_register_is_not_left_unconfirmed(world: World, kuba: Pupil) -> None:
    Status.objects.update(since=LONG_AGO)
    Need.objects.update(since=LONG_AGO)
    assert states("S15-13", world.oakfield.pk) == {"overdue": 1}


@pytest.mark.parametrize(
    ("made", "reviewed", "state"),
    [(SEPTEMBER, None, "met"), (LONG_AGO, None, "overdue"), (LONG_AGO, date(2026, 9, 3), "met"),
     (LONG_AGO, date(2025, 12, 20), "due")],
)  # fmt: skip
def test_plans_are_reviewed_each_year(world: World, made: date, reviewed: date | None, state: str) -> None:
    on_plan(pupil=a_pupil(world.oakfield), by=world.actor("amara"), on=SEPTEMBER)
    PlanRecord.objects.update(made_on=made, reviewed_on=reviewed)
    assert states("S09-15", world.oakfield.pk) == {state: 1}
    PlanRecord.objects.update(ceased_on=TODAY)
    assert states("S09-15", world.oakfield.pk) == {}


@pytest.mark.parametrize("made", [date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1), date(2025, 12, 31)])
def test_the_last_day_of_twelve_months_is_that_of_the_law(world: World, made: date) -> None:
    on_plan(pupil=a_pupil(world.oakfield), by=world.actor("amara"), on=SEPTEMBER)
    PlanRecord.objects.update(made_on=made, reviewed_on=None)
    last = last_day_of_12_months_starting_with(made)
    assert states("S09-15", world.oakfield.pk, on=last) == {"due": 1}
    assert states("S09-15", world.oakfield.pk, on=last + DAY) == {"overdue": 1}


def test_english_is_not_taken_for_a_difficulty(world: World, kuba: Pupil) -> None:
    assert states("S06-13", world.oakfield.pk) == {}, "English is his first language, as far as we know"
    Pupil.objects.update(eal=True)
    assert states("S06-13", world.oakfield.pk) == {"met": 1}
    Decision.objects.update(evidence_on=None)
    assert states("S06-13", world.oakfield.pk) == {"at_risk": 1}


def test_development_is_noted_of_those_on_the_register(world: World) -> None:
    noted, not_noted, _ = (a_pupil(world.oakfield, name) for name in ("Dot", "Kit", "Nobody"))
    for pupil in (noted, not_noted):
        on_support(pupil=pupil, by=world.actor("amara"), on=SEPTEMBER)
    before = states("S15-12", world.oakfield.pk)
    draft = assessment.DevelopmentDraft("wellbeing", "Came in smiling three days of five.", "more")
    assessment.note_development(pupil=noted, draft=draft, by=world.actor("amara"), on=TODAY)
    assert before == {"not_evidenced": 2}
    assert states("S15-12", world.oakfield.pk) == {"met": 1, "not_evidenced": 1}
