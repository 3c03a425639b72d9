"""Each page: the right person, the wrong person, and what is refused on the way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from alongside.areas.provision.actions import LineDraft, promise
from alongside.areas.provision.models import ProvisionType
from alongside.areas.support import forms
from alongside.areas.support.models import Cycle
from alongside.areas.support.rules import Stage
from alongside.areas.support.tests.builders import a_cycle
from alongside.base.pupils.models import Pupil
from tests.people import TODAY, World, a_class, a_pupil, teaches, words_of

SEPTEMBER = TODAY - timedelta(weeks=8)


@pytest.fixture
def kuba(world: World) -> Pupil:
    pupil = a_pupil(world.oakfield)
    teaches(world.ben, a_class(world.oakfield, pupil))
    return pupil


def a_started_cycle(world: World, pupil: Pupil, at: Stage = Stage.DO) -> Cycle:
    return a_cycle(pupil=pupil, by=world.actor("amara"), at=at, on=SEPTEMBER, lead_id=world.ben.pk)


@pytest.mark.parametrize("name", ["amara", "ben", "hari", "dana"])
def test_those_who_may_read_a_plan_read_it(world: World, as_: Any, kuba: Pupil, name: str) -> None:
    cycle = a_started_cycle(world, kuba)
    answer = as_(world.people[name]).get(f"/plans/{cycle.pk}/")
    assert answer.status_code == 200
    assert "Kuba tells a story in order." in answer.content.decode()


@pytest.mark.parametrize("name", ["chloe", "cal", "dev", "gus", "sys", "femi", "ewa", "tess"])
def test_for_everybody_else_it_does_not_exist(world: World, as_: Any, kuba: Pupil, name: str) -> None:
    cycle = a_started_cycle(world, kuba)
    browser = as_(world.people[name])
    there, nowhere = browser.get(f"/plans/{cycle.pk}/"), browser.get("/plans/999999/")
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert words_of(there) == words_of(nowhere)


def test_an_outcome_without_a_measure_is_refused_beside_its_field(world: World, as_: Any, kuba: Pupil) -> None:
    cycle = a_started_cycle(world, kuba, Stage.PLAN)
    outcome = {"text": "Asks for help", "baseline": "Once", "target": "Daily", "due": "11 Dec 2026"}
    typed = plan_form(cycle, **{f"outcome-1-{name}": value for name, value in outcome.items()})
    answer = as_(world.ben).post(f"/plans/{cycle.pk}/plan/", typed)
    text = answer.content.decode()
    assert answer.status_code == 200 and "Say how we will tell." in text
    assert "Asks for help" in text, "what was typed stays"
    assert not cycle.outcomes.exists() and Cycle.objects.get(pk=cycle.pk).strengths == []

    typed["outcome-1-measure"] = "Counted each Friday"
    assert as_(world.ben).post(f"/plans/{cycle.pk}/plan/", typed).status_code == 302
    assert cycle.outcomes.get().measure == "Counted each Friday"


def test_two_outcomes_are_written_in_one_go(world: World, as_: Any, kuba: Pupil) -> None:
    cycle = a_started_cycle(world, kuba, Stage.PLAN)
    typed = plan_form(cycle)
    for number, text in ((1, "Asks for help"), (2, "Tells a story")):
        whole = {"text": text, "baseline": "Once", "measure": "Counted", "target": "Daily", "due": "11 Dec 2026"}
        typed |= {f"outcome-{number}-{name}": value for name, value in whole.items()}
    assert as_(world.ben).post(f"/plans/{cycle.pk}/plan/", typed).status_code == 302
    assert list(cycle.outcomes.values_list("number", "text")) == [(1, "Asks for help"), (2, "Tells a story")]


def test_an_outcome_goes_when_its_panel_is_emptied(world: World, as_: Any, kuba: Pupil) -> None:
    cycle = a_started_cycle(world, kuba, Stage.PLAN)
    whole = {"text": "Asks", "baseline": "Once", "measure": "Counted", "target": "Daily", "due": "11 Dec 2026"}
    as_(world.ben).post(f"/plans/{cycle.pk}/plan/", plan_form(cycle, **{f"outcome-1-{k}": v for k, v in whole.items()}))
    cycle.refresh_from_db()
    emptied = plan_form(cycle, **{"outcome-1-id": str(cycle.outcomes.get().pk)})
    assert as_(world.ben).post(f"/plans/{cycle.pk}/plan/", emptied).status_code == 302
    assert not cycle.outcomes.exists()


def test_an_outcome_of_a_plan_that_runs_cannot_be_emptied(world: World, as_: Any, kuba: Pupil) -> None:
    cycle = a_started_cycle(world, kuba)
    first = str(cycle.outcomes.get(number=1).pk)
    emptied = plan_form(cycle, review_on=f"{cycle.review_on:%d %b %Y}", **{"outcome-1-id": first})
    answer = as_(world.ben).post(f"/plans/{cycle.pk}/plan/", emptied).content.decode()
    assert "Support has started. Say at the review" in answer and cycle.outcomes.count() == 2


def test_a_plan_that_runs_keeps_a_day_for_its_review(world: World, as_: Any, kuba: Pupil) -> None:
    cycle = a_started_cycle(world, kuba)
    for day, reason in (("", "Agree the day of the review."), ("1 Sep 2027", "16 weeks is the limit")):
        answer = as_(world.amara).post(f"/plans/{cycle.pk}/plan/", plan_form(cycle, review_on=day))
        assert answer.status_code == 200 and reason in answer.content.decode()


def test_a_plan_that_cannot_be_sent_can_be_put_right_on_the_same_page(world: World, as_: Any, kuba: Pupil) -> None:
    cycle = a_started_cycle(world, kuba, Stage.PLAN)
    typed = plan_form(cycle, strengths="Builds models", send="1")
    answer = as_(world.ben).post(f"/plans/{cycle.pk}/plan/", typed).content.decode()
    assert "Name at least two strengths" in answer and f'name="version" value="{cycle.version}"' in answer
    typed = plan_form(cycle, strengths="Builds models\nIs kind")
    assert as_(world.ben).post(f"/plans/{cycle.pk}/plan/", typed).status_code == 302
    assert Cycle.objects.get(pk=cycle.pk).strengths == ["Builds models", "Is kind"]


def test_jargon_is_swapped_for_plain_words(world: World, as_: Any, kuba: Pupil) -> None:
    cycle = a_started_cycle(world, kuba, Stage.PLAN)
    typed = plan_form(cycle, home="We will facilitate reading.", swap="facilitate")
    text = as_(world.ben).post(f"/plans/{cycle.pk}/plan/", typed).content.decode()
    assert "We will help with reading." in text


def test_a_second_writer_sees_both_texts(world: World, as_: Any, kuba: Pupil) -> None:
    cycle = a_started_cycle(world, kuba, Stage.PLAN)
    first, second = plan_form(cycle, home="Read at bedtime"), plan_form(cycle, home="Play a game")
    assert as_(world.ben).post(f"/plans/{cycle.pk}/plan/", first).status_code == 302
    answer = as_(world.amara).post(f"/plans/{cycle.pk}/plan/", second)
    text = answer.content.decode()
    assert answer.status_code == 409 and "Read at bedtime" in text and "Play a game" in text
    assert Cycle.objects.get(pk=cycle.pk).home == "Read at bedtime"


def test_provision_is_put_in_the_plan_for_one_of_its_outcomes(world: World, as_: Any, kuba: Pupil) -> None:
    cycle = a_started_cycle(world, kuba)
    kind = ProvisionType.objects.create(name="Check-in", plain_name="Morning check-in", wave="targeted")
    line = promise(pupil=kuba, draft=LineDraft(kind.pk, 10, 5, 1, TODAY), by=world.actor("amara"), on=TODAY)
    address, outcome = f"/plans/{cycle.pk}/provision/?line={line.pk}", cycle.outcomes.get(number=2)
    assert "Check-in" in as_(world.ben).get(f"/plans/{cycle.pk}/").content.decode()
    assert as_(world.ben).post(address, {"outcome": outcome.pk}).status_code == 302
    assert cycle.lines.get(line=line).outcome == outcome


def test_a_line_of_another_pupil_cannot_be_put_in_a_plan(world: World, as_: Any, kuba: Pupil) -> None:
    cycle, other = a_started_cycle(world, kuba), a_pupil(world.oakfield, "Ola")
    kind = ProvisionType.objects.get()
    line = promise(pupil=other, draft=LineDraft(kind.pk, 10, 5, 1, TODAY), by=world.actor("amara"), on=TODAY)
    for wrong in (str(line.pk), "987654321", "x"):
        assert as_(world.amara).post(f"/plans/{cycle.pk}/provision/?line={wrong}", {"outcome": ""}).status_code == 404
    assert cycle.lines.count() == 1


def test_a_review_on_a_page(world: World, as_: Any, kuba: Pupil, django_assert_max_num_queries: Any) -> None:
    cycle = a_started_cycle(world, kuba)
    typed: dict[str, Any] = {
        "held_on": "23/11/2026", "choice": "change", "parents_view": "Better", "pupils_view": "I can",
        "version": cycle.version, "outcome-1-result": "met", "outcome-1-exit_measure": "6 of 6", "outcome-2-result": "partly",
    }  # fmt: skip
    browser = as_(world.ben)
    refused = browser.post(f"/plans/{cycle.pk}/review/", typed)
    assert "Give the measure now, or say why there is none." in refused.content.decode()

    typed["outcome-2-no_measure_because"] = "He was ill that week"
    assert browser.post(f"/plans/{cycle.pk}/review/", typed).status_code == 302
    assert Cycle.objects.get(pk=cycle.pk).stage is Stage.REVIEW
    assert "Partly met" in browser.get(f"/plans/{cycle.pk}/").content.decode()


def test_a_teacher_cannot_begin_support_alone(world: World, as_: Any, kuba: Pupil) -> None:
    cycle = a_started_cycle(world, kuba, Stage.PLAN)
    assert as_(world.ben).post(f"/plans/{cycle.pk}/start/").status_code == 404
    answer = as_(world.amara).post(f"/plans/{cycle.pk}/start/", follow=True)
    assert "Name at least two strengths" in answer.content.decode()


def plan_form(cycle: Cycle, **more: Any) -> dict[str, Any]:
    typed: dict[str, Any] = dict.fromkeys(forms.Plan.base_fields, "")
    for name in ("id", "text", "need", "baseline", "measure", "target", "due"):
        typed[f"outcome-1-{name}"] = ""
    return {**typed, "version": cycle.version, **more}
