"""What concerns prove: each function for met and for not met."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from alongside.areas.concerns import actions, rules
from alongside.areas.concerns.models import Concern, ScreeningPart
from alongside.areas.concerns.tests.builders import a_concern, all_parts
from tests.evidence import states
from tests.people import TODAY, World, a_pupil

OCTOBER = date(2026, 10, 5)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("raised", "triaged", "state"),
    [(OCTOBER, OCTOBER + 7 * DAY, "met"), (OCTOBER, TODAY, "at_risk"), (OCTOBER, None, "overdue"),
     (TODAY - 3 * DAY, None, "due"), (OCTOBER, OCTOBER + 14 * DAY, "met"), (OCTOBER, OCTOBER + 15 * DAY, "at_risk")],
)  # fmt: skip
def test_concerns_are_triaged_in_time(world: World, raised: date, triaged: date | None, state: str) -> None:
    concern = a_concern(pupil=a_pupil(world.oakfield), by=world.actor("amara"), on=raised)
    if triaged:
        actions.triage(
            concern=concern, decision=rules.Decision.CLOSE, reason="Good teaching helps.", answer="Carry on with it.",
            by=world.actor("amara"), on=triaged,
        )  # fmt: skip
    assert states("S00-14", world.oakfield.pk) == {state: 1}
    assert states("S00-14", world.brookside.pk) == {}


def test_last_terms_concern_is_no_case_of_this_term(world: World) -> None:
    a_concern(pupil=a_pupil(world.oakfield), by=world.actor("amara"), on=date(2026, 7, 1))
    assert states("S00-14", world.oakfield.pk) == {}


def test_teaching_was_adapted_first(world: World) -> None:
    concern = a_concern(pupil=a_pupil(world.oakfield), by=world.actor("amara"), on=OCTOBER)
    assert states("S06-02", world.oakfield.pk) == {"met": 1}
    Concern.objects.filter(pk=concern.pk).update(tried=[])
    assert states("S06-02", world.oakfield.pk) == {"at_risk": 1}


@pytest.mark.parametrize(
    ("code", "closed"), [("S03-34", "at_risk"), ("S04-05", "not_evidenced"), ("S04-07", "not_evidenced")]
)
def test_a_screening_says_what_it_rests_on(world: World, code: str, closed: str) -> None:
    by, school = world.actor("amara"), world.oakfield.pk
    concern = a_concern(pupil=a_pupil(world.oakfield), by=by, on=OCTOBER, senco=by, decision=rules.Decision.SCREEN)
    assert states(code, school) == {"due": 1}
    all_parts(concern, by=by, on=OCTOBER + 7 * DAY)
    assert states(code, school) == {"met": 1}
    Concern.objects.filter(pk=concern.pk).update(closed_on=OCTOBER + 9 * DAY)
    assert states(code, school) == {"met": 1}
    ScreeningPart.objects.all().delete()
    assert states(code, school) == {closed: 1}


def test_parents_who_were_asked_afterwards_were_not_asked_before(world: World) -> None:
    by = world.actor("amara")
    concern = a_concern(pupil=a_pupil(world.oakfield), by=by, on=OCTOBER, senco=by, decision=rules.Decision.SCREEN)
    all_parts(concern, by=by, on=OCTOBER + 20 * DAY)
    Concern.objects.filter(pk=concern.pk).update(closed_on=OCTOBER + 9 * DAY)
    assert states("S04-07", world.oakfield.pk) == {"at_risk": 1}
