"""Each page: the right person, the wrong person, and what is refused on the way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from alongside.areas.provision.actions import LineDraft, promise
from alongside.areas.provision.models import ProvisionType
from alongside.areas.register.tests.builders import a_decision
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


# --- Asked once, and with what is known filled in --------------------------------------------------------


def test_who_leads_assesses_next_with_what_is_known(world: World, as_: Any, kuba: Pupil) -> None:
    a_decision(pupil=kuba, by=world.actor("amara"), on=TODAY)
    browser = as_(world.amara)
    page = browser.get(f"/pupils/{kuba.pk}/plan/").content.decode()
    assert "Reads 14 words a minute" in page and 'name="needs_summary"' not in page
    answer = browser.post(f"/pupils/{kuba.pk}/plan/", {"lead_id": ""})
    cycle = Cycle.objects.get(pupil=kuba)
    assert answer.url == f"/plans/{cycle.pk}/assess/"
    assert "Reads 14 words a minute" in browser.get(answer.url).content.decode()


def test_a_cycle_that_a_teacher_leads_waits_for_the_teacher(world: World, as_: Any, kuba: Pupil) -> None:
    answer = as_(world.amara).post(f"/pupils/{kuba.pk}/plan/", {"lead_id": world.ben.pk})
    cycle = Cycle.objects.get(pupil=kuba)
    assert (answer.url, cycle.lead_id, cycle.stage) == (f"/plans/{cycle.pk}/", world.ben.pk, Stage.ASSESS)


def test_the_day_of_an_outcome_stands_filled_in(world: World, as_: Any, kuba: Pupil) -> None:
    cycle = a_started_cycle(world, kuba, Stage.PLAN)
    address, sixteen_weeks = f"/plans/{cycle.pk}/plan/", 'name="outcome-1-due" value="15 Mar 2027"'
    assert sixteen_weeks in as_(world.ben).get(address).content.decode()

    assert as_(world.ben).post(address, plan_form(cycle, review_on="12 Feb")).status_code == 302
    agreed = as_(world.ben).get(address).content.decode()
    assert 'name="outcome-1-due" value="12 Feb 2027"' in agreed and 'name="review_on" value="12 Feb 2027"' in agreed


def test_only_those_who_do_not_agree_plans_send_them(world: World, as_: Any, kuba: Pupil) -> None:
    cycle = a_started_cycle(world, kuba, Stage.PLAN)
    address = f"/plans/{cycle.pk}/plan/"
    assert "Send to the SENCO" in as_(world.ben).get(address).content.decode()
    assert "Send to the SENCO" not in as_(world.amara).get(address).content.decode()


def test_a_cycle_that_ended_early_says_so(world: World, as_: Any, kuba: Pupil) -> None:
    cycle = a_started_cycle(world, kuba, Stage.PLAN)
    as_(world.amara).post(f"/plans/{cycle.pk}/close/", {"reason": "Moved to another school."})
    page = words_of(as_(world.amara).get(f"/plans/{cycle.pk}/"))
    assert "Closed 23 Nov 2026: Moved to another school." in page
    assert page.count("To come:") == 3, "planned, begun and reviewed it never was"


# --- A button that is pressed twice ----------------------------------------------------------------------


def test_starting_twice_opens_one_cycle(world: World, as_: Any, kuba: Pupil) -> None:
    browser = as_(world.amara)
    browser.post(f"/pupils/{kuba.pk}/plan/", {"lead_id": ""})
    again = browser.post(f"/pupils/{kuba.pk}/plan/", {"lead_id": ""}, follow=True)
    assert again.redirect_chain[-1][0] == f"/plans/{Cycle.objects.get(pupil=kuba).pk}/"
    assert "Nothing was started twice." in words_of(again)


def test_beginning_twice_begins_once(world: World, as_: Any, kuba: Pupil) -> None:
    cycle = a_started_cycle(world, kuba)
    again = as_(world.amara).post(f"/plans/{cycle.pk}/start/", follow=True)
    assert "Support has begun already, on Monday 28 September 2026." in words_of(again)
    assert "cannot go to" not in words_of(again)


def test_saving_twice_is_no_second_writer(world: World, as_: Any, kuba: Pupil) -> None:
    cycle = a_started_cycle(world, kuba, Stage.PLAN)
    whole = {"text": "Asks", "baseline": "Once", "measure": "Counted", "target": "Daily", "due": "11 Dec 2026"}
    typed = plan_form(cycle, home="Read at bedtime", **{f"outcome-1-{name}": value for name, value in whole.items()})
    browser = as_(world.ben)
    browser.post(f"/plans/{cycle.pk}/plan/", typed)
    again = browser.post(f"/plans/{cycle.pk}/plan/", typed, follow=True)
    assert again.status_code == 200 and "Nothing was saved twice." in words_of(again)
    assert cycle.outcomes.count() == 1


def test_a_second_writers_outcomes_are_shown_too(world: World, as_: Any, kuba: Pupil) -> None:
    cycle = a_started_cycle(world, kuba, Stage.PLAN)
    whole = {"text": "Asks for help", "baseline": "Once", "measure": "Counted", "target": "Daily", "due": "11 Dec 2026"}
    typed = plan_form(cycle, **{f"outcome-1-{name}": value for name, value in whole.items()})
    as_(world.ben).post(f"/plans/{cycle.pk}/plan/", typed)
    answer = as_(world.amara).post(f"/plans/{cycle.pk}/plan/", {**typed, "outcome-1-text": "Tells a story"})
    assert answer.status_code == 409
    assert "Asks for help" in words_of(answer) and "Tells a story" in words_of(answer)


def test_reviewing_twice_makes_one_review(world: World, as_: Any, kuba: Pupil) -> None:
    cycle = a_started_cycle(world, kuba)
    typed: dict[str, Any] = {
        "held_on": "23 Nov",
        "choice": "change",
        "no_views_because": "Away",
        "version": cycle.version,
    }
    for number in (1, 2):
        typed |= {f"outcome-{number}-result": "met", f"outcome-{number}-exit_measure": "6 of 6"}
    browser = as_(world.ben)
    assert browser.post(f"/plans/{cycle.pk}/review/", typed).status_code == 302
    again = browser.post(f"/plans/{cycle.pk}/review/", typed, follow=True)
    assert "Nothing was saved twice." in words_of(again)
    changed = browser.post(f"/plans/{cycle.pk}/review/", {**typed, "findings": "I went back and added this"})
    assert changed.status_code == 200 and "I went back and added this" in changed.content.decode(), "not a second press"
    colleague = as_(world.amara).post(f"/plans/{cycle.pk}/review/", {**typed, "findings": "My own words"})
    assert colleague.status_code == 200 and "My own words" in colleague.content.decode(), "what was typed stays"


def test_a_review_of_a_plan_that_changed_meanwhile_keeps_what_was_typed(world: World, as_: Any, kuba: Pupil) -> None:
    cycle = a_started_cycle(world, kuba)
    typed: dict[str, Any] = {
        "held_on": "23 Nov",
        "choice": "change",
        "no_views_because": "Away",
        "findings": "Talks more",
    }
    for number in (1, 2):
        typed |= {f"outcome-{number}-result": "met", f"outcome-{number}-exit_measure": "6 of 6"}
    browser = as_(world.ben)
    stale = browser.post(f"/plans/{cycle.pk}/review/", {**typed, "version": cycle.version - 1})
    page = stale.content.decode()
    assert "A colleague changed this plan" in page and "Talks more" in page
    assert f'name="version" value="{cycle.version}"' in page
    assert browser.post(f"/plans/{cycle.pk}/review/", {**typed, "version": cycle.version}).status_code == 302


def test_carrying_on_twice_opens_one_cycle(world: World, as_: Any, kuba: Pupil) -> None:
    cycle = a_started_cycle(world, kuba, Stage.REVIEW)
    browser = as_(world.amara)
    browser.post(f"/plans/{cycle.pk}/carry-on/")
    again = browser.post(f"/plans/{cycle.pk}/carry-on/", follow=True)
    assert "Nothing was started twice." in words_of(again)
    assert list(Cycle.objects.filter(pupil=kuba).order_by("number").values_list("number", flat=True)) == [1, 2]
