"""What change notices prove: met, pending, late, and what does not count."""

from __future__ import annotations

import pytest

from alongside.areas.changes import actions
from alongside.areas.changes.tests.builders import DAY, WHOLE, a_notice, task_of, trust_people
from tests.evidence import states
from tests.people import TODAY, World

EFFECTIVE = WHOLE.effective_on or TODAY


@pytest.fixture
def trust(world: World) -> World:
    return trust_people(world)


def stands(world: World, days: int = 0) -> dict[str, int]:
    return states("S03-19", None, [world.oakfield.pk, world.brookside.pk], on=TODAY + days * DAY)


def finish(world: World, notice: object, who: str, days: int = 0) -> None:
    school = world.oakfield if who == "amara" else world.brookside
    task = task_of(notice, school)  # type: ignore[arg-type]
    actions.finish(task=task, words="Staff were told.", by=world.actor(who), on=TODAY + days * DAY)


def test_pending_until_it_takes_effect_and_overdue_after(trust: World) -> None:
    assert stands(trust) == {}
    notice = a_notice(trust)
    assert stands(trust) == {"due": 1}
    finish(trust, notice, "amara")
    to_effect = (EFFECTIVE - TODAY).days
    assert stands(trust, to_effect) == {"due": 1}, "one school has done it"
    assert stands(trust, to_effect + 1) == {"overdue": 1}
    assert stands(trust, 500) == {"overdue": 1}, "what is open is never too old"


def test_done_everywhere_in_time_is_met(trust: World) -> None:
    notice = a_notice(trust)
    for who, days in (("amara", 0), ("chloe", (EFFECTIVE - TODAY).days)):
        finish(trust, notice, who, days)
    assert stands(trust, 30) == {"met": 1} and stands(trust, 100) == {"met": 1}
    assert stands(trust, 500) == {}, "a year later it is no case any more"


def test_done_everywhere_after_it_took_effect_is_a_risk(trust: World) -> None:
    notice = a_notice(trust)
    finish(trust, notice, "amara")
    finish(trust, notice, "chloe", 31)
    assert stands(trust, 31) == {"at_risk": 1}


def test_drafts_and_withdrawn_notices_do_not_count(trust: World) -> None:
    actions.write(draft=WHOLE, by=trust.actor("dev"), on=TODAY)
    assert stands(trust) == {}
    notice = a_notice(trust)
    actions.withdraw(notice=notice, reason="Taken back.", by=trust.actor("dev"), on=TODAY)
    assert stands(trust) == {} and stands(trust, 60) == {}
