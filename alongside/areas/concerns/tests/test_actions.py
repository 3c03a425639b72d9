"""The verbs of concerns: what they leave behind, and what they refuse."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from alongside.areas.concerns import actions, rules
from alongside.areas.concerns.models import Concern
from alongside.areas.concerns.rules import Decision, Part, State
from alongside.areas.concerns.tests.builders import a_concern, all_parts
from alongside.base.deadlines.models import Deadline
from alongside.base.history.models import Event
from alongside.base.notices.models import Notice
from alongside.kit import NotAllowed, Refused
from tests.people import TODAY, World, a_pupil

REASON, ANSWER = "Read with the class.", "Read. Thank you."


def test_a_concern_starts_the_clock_of_ten_school_days(world: World) -> None:
    concern = a_concern(pupil=a_pupil(world.oakfield), by=world.actor("ben"), on=TODAY)
    due = Deadline.objects.get(kind="concern", about_id=concern.pk)
    assert (due.clock, due.due) == ("S04-TRIAGE", date(2026, 12, 7))
    assert due.why.startswith("10 school days from 23 Nov 2026")
    assert due.progress == "Tried: Bigger print, Moved seat"
    assert Event.objects.get(pupil_id=concern.pupil_id).kind == "concern.raised"


def test_safeguarding_words_are_never_saved_as_a_concern(world: World) -> None:
    with pytest.raises(Refused, match="This goes to the DSL"):
        a_concern(pupil=a_pupil(world.oakfield), by=world.actor("ben"), on=TODAY, seen="He has a bruise on his arm.")
    assert not Concern.objects.exists() and not Event.objects.exists()


@pytest.mark.parametrize(
    ("decision", "state", "clock", "due"),
    [
        (Decision.MONITOR, State.WATCHED, "S04-WATCH", TODAY + timedelta(weeks=6)),
        (Decision.SCREEN, State.SCREENING, "S04-SCREEN", date(2027, 1, 18)),
        (Decision.REGISTER, State.DECIDING, "S04-SCREEN", date(2027, 1, 18)),
        (Decision.CLOSE, State.CLOSED, None, None),
    ],
)
def test_each_decision_sets_state_clock_and_answer(
    world: World, decision: Decision, state: State, clock: str | None, due: date | None
) -> None:
    concern = a_concern(
        pupil=a_pupil(world.oakfield), by=world.actor("ben"), on=TODAY, senco=world.actor("amara"), decision=decision
    )
    assert rules.state(concern.facts()) is state
    running = Deadline.objects.filter(kind="concern", about_id=concern.pk).values_list("clock", "due").first()
    assert running == ((clock, due) if clock else None)
    notice = Notice.objects.get(to=world.ben)
    assert notice.says == "What happened to your concern about Kuba: Read. We look further."
    assert "Read with the class teacher" not in notice.says, "the reason is for the file"


def test_a_refused_triage_changes_nothing(world: World) -> None:
    concern = a_concern(pupil=a_pupil(world.oakfield), by=world.actor("ben"), on=TODAY)
    with pytest.raises(Refused, match="'EAL' cannot be the only reason"):
        actions.triage(
            concern=concern, decision=Decision.CLOSE, reason="EAL", answer="Read.", by=world.actor("amara"), on=TODAY
        )
    assert Concern.objects.get(pk=concern.pk).triaged_on is None
    assert not Notice.objects.filter(to=world.ben).exists()


def test_a_screening_is_decided_on_four_parts(world: World) -> None:
    amara = world.actor("amara")
    concern = a_concern(
        pupil=a_pupil(world.oakfield), by=world.actor("ben"), on=TODAY, senco=amara, decision=Decision.SCREEN
    )
    actions.note_part(concern=concern, part=Part.SETTING, note="Nursery saw the same.", by=amara, on=TODAY)
    with pytest.raises(Refused) as refused:
        actions.triage(concern=concern, decision=Decision.REGISTER, by=amara, on=TODAY, reason=REASON, answer=ANSWER)
    assert refused.value.reason == (
        "Screening cannot be decided yet. Still missing: talk with the parents, two kinds of evidence, "
        "the pupil's views."
    )
    assert Deadline.objects.get(kind="concern", about_id=concern.pk).progress == "1 of 4 parts in"

    all_parts(concern, by=amara, on=TODAY)
    actions.triage(concern=concern, decision=Decision.REGISTER, by=amara, on=TODAY, reason=REASON, answer=ANSWER)
    waits = Deadline.objects.get(kind="concern", about_id=concern.pk)
    assert waits.url == f"/pupils/{concern.pupil_id}/register/decide/?concern={concern.pk}"
    with pytest.raises(Refused, match="Screening is not open"):
        actions.note_part(concern=concern, part=Part.VIEWS, note="More.", by=amara, on=TODAY)


@pytest.mark.parametrize("name", ["ben", "dana", "chloe", "dev"])
def test_only_those_who_triage_triage(world: World, name: str) -> None:
    concern = a_concern(pupil=a_pupil(world.oakfield), by=world.actor("ben"), on=TODAY)
    with pytest.raises(NotAllowed):
        actions.triage(
            concern=concern, decision=Decision.SCREEN, by=world.actor(name), on=TODAY, reason=REASON, answer=ANSWER
        )
    with pytest.raises(NotAllowed):
        actions.note_part(concern=concern, part=Part.VIEWS, note="x", by=world.actor(name), on=TODAY)


@pytest.mark.parametrize("name", ["gus", "dev", "cal"])
def test_only_staff_of_the_school_raise(world: World, name: str) -> None:
    with pytest.raises(NotAllowed):
        a_concern(pupil=a_pupil(world.oakfield), by=world.actor(name), on=TODAY)
