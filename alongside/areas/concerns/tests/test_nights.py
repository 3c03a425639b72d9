"""What each night found is kept, and that a clock stopped."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alongside.areas.concerns.actions import ConcernDraft, raise_concern, triage
from alongside.areas.concerns.rules import Decision
from alongside.base.deadlines.jobs import nightly
from alongside.base.deadlines.models import Deadline, Run, Stopped
from tests.evidence import states
from tests.people import TODAY, World, a_pupil


def test_a_night_keeps_how_many_schools_and_what_it_put_right(world: World) -> None:
    raise_concern(
        pupil=a_pupil(world.oakfield), draft=ConcernDraft("Loses his place"), by=world.actor("amara"), on=TODAY
    )
    nightly()
    first = Run.objects.get()
    assert (first.schools, first.added, first.drift) == (2, 0, 0), "a save has missed nothing"
    Deadline.objects.update(what="meddled with")
    nightly()
    second = Run.objects.latest("pk")
    assert second.changed == second.drift > 0 and second.seconds >= 0
    Deadline.objects.all().delete()
    nightly()
    third = Run.objects.latest("pk")
    assert third.added == third.drift > 0, "the facts of yesterday had them too"


@pytest.mark.parametrize(("days", "state"), [(3, "met"), (30, "at_risk")])
def test_what_was_done_is_known_to_be_in_time_or_late(world: World, days: int, state: str) -> None:
    begun = TODAY - timedelta(days)
    kuba = a_pupil(world.oakfield)
    concern = raise_concern(pupil=kuba, draft=ConcernDraft("Loses his place"), by=world.actor("ben"), on=begun)
    late = states("S03-45", world.oakfield.pk)
    assert late == ({} if state == "met" else {"overdue": 1}), "open and late"
    triage(
        concern=concern, decision=Decision.CLOSE, reason="Glasses were ordered and help.", by=world.actor("amara"),
        answer="He has glasses now.", on=TODAY,
    )  # fmt: skip
    assert set(Stopped.objects.values_list("on", flat=True)) == {TODAY}
    found = states("S03-45", world.oakfield.pk)
    assert found[state] and "overdue" not in found
    kuba.left_on = TODAY
    kuba.save()
    assert states("S03-45", world.oakfield.pk) == {}, "what fell away with a pupil proves nothing"
    assert states("S03-45", world.brookside.pk) == {}
