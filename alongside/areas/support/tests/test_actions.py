"""The verbs of the graduated approach: what they leave behind, and what they refuse."""

from dataclasses import replace
from datetime import timedelta

import pytest

from alongside.areas.support import actions
from alongside.areas.support.models import Cycle
from alongside.areas.support.rules import ResultFacts, Stage
from alongside.areas.support.tests.builders import a_cycle, a_review
from alongside.base.deadlines.models import Deadline
from alongside.base.history.models import Event
from alongside.kit import NotAllowed, Refused, Stale
from tests.people import TODAY, World, a_pupil

SEPTEMBER = TODAY - timedelta(weeks=8)


def test_a_cycle_runs_once_round(world: World) -> None:
    amara = world.actor("amara")
    cycle = a_cycle(pupil=a_pupil(world.oakfield), by=amara, at=Stage.DO, on=SEPTEMBER)
    assert Cycle.objects.get(pk=cycle.pk).stage is Stage.DO
    due = Deadline.objects.get(kind="cycle", about_id=cycle.pk)
    assert due.due == cycle.review_on and "16 weeks" in due.why

    actions.hold_review(cycle=cycle, draft=a_review(cycle, TODAY), version=cycle.version, by=amara, on=TODAY)

    assert Cycle.objects.get(pk=cycle.pk).stage is Stage.REVIEW
    assert not Deadline.objects.filter(kind="cycle", about_id=cycle.pk).exists()
    assert (
        list(Event.objects.filter(pupil_id=cycle.pupil_id).order_by("pk").values_list("kind", flat=True))[-1]
        == "cycle.reviewed"
    )


def test_a_review_without_a_measure_is_refused_and_changes_nothing(world: World) -> None:
    amara = world.actor("amara")
    cycle = a_cycle(pupil=a_pupil(world.oakfield), by=amara, at=Stage.DO, on=SEPTEMBER)
    draft = a_review(cycle, TODAY)
    first = next(iter(draft.results))
    bare = replace(draft, results={**draft.results, first: ResultFacts(1, "met", "", "")})
    with pytest.raises(Refused, match="Give the measure now, or say why there is none"):
        actions.hold_review(cycle=cycle, draft=bare, version=cycle.version, by=amara, on=TODAY)
    assert Cycle.objects.get(pk=cycle.pk).reviewed_on is None


def test_only_the_senco_starts_a_plan(world: World) -> None:
    cycle = a_cycle(pupil=a_pupil(world.oakfield), by=world.actor("amara"), at=Stage.PLAN, on=SEPTEMBER)
    with pytest.raises(NotAllowed):
        actions.start(cycle=cycle, by=world.actor("ben"), on=TODAY)
    with pytest.raises(NotAllowed):
        actions.start(cycle=cycle, by=world.actor("chloe"), on=TODAY)


def test_two_people_saving_are_shown_both_texts(world: World) -> None:
    amara = world.actor("amara")
    cycle = a_cycle(pupil=a_pupil(world.oakfield), by=amara, at=Stage.PLAN, on=SEPTEMBER)
    opened = cycle.version
    actions.write_plan(
        cycle=Cycle.objects.get(pk=cycle.pk),
        draft=actions.PlanDraft(home="Read at bedtime"),
        version=opened,
        by=amara,
        on=TODAY,
    )
    with pytest.raises(Stale) as stale:
        actions.write_plan(
            cycle=Cycle.objects.get(pk=cycle.pk),
            draft=actions.PlanDraft(home="Play a game"),
            version=opened,
            by=amara,
            on=TODAY,
        )
    assert stale.value.theirs["home"] == "Read at bedtime"
    assert stale.value.yours["home"] == "Play a game"
