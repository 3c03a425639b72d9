"""What the log proves, and that silence alone proves nothing."""

from __future__ import annotations

from datetime import timedelta

from alongside.areas.clocks.tests.builders import a_row
from alongside.areas.departures import actions
from alongside.areas.departures.tests.builders import a_departure, a_missed
from alongside.areas.duties import compute
from tests.evidence import states
from tests.people import TODAY, World, a_pupil

DAY = timedelta(days=1)
BOTH = ("S01-18", "S13-08")


def of_both(world: World, on: object = TODAY) -> list[dict[str, int]]:
    return [states(code, world.oakfield.pk, on=on) for code in BOTH]  # type: ignore[arg-type]


def test_decided_departures_are_met_and_what_waits_is_due_then_at_risk(world: World) -> None:
    kuba = a_pupil(world.oakfield)
    a_departure(world.actor("hari"), world.oakfield, kuba)
    assert of_both(world) == [{"met": 1}] * 2
    a_departure(world.actor("amara"), world.oakfield, kuba, rule="PAR-02")
    assert of_both(world) == [{"met": 1, "due": 1}] * 2
    assert of_both(world, TODAY + 14 * DAY) == [{"met": 1, "due": 1}] * 2
    assert of_both(world, TODAY + 15 * DAY) == [{"met": 1, "at_risk": 1}] * 2
    assert states("S01-18", world.brookside.pk) == {}


def test_what_was_not_agreed_to_is_at_risk_until_it_ends(world: World) -> None:
    made = a_departure(world.actor("amara"), world.oakfield, a_pupil(world.oakfield))
    actions.decide(departure=made, decision="refused", words="She needs two cycles", by=world.actor("hari"), on=TODAY)
    assert of_both(world) == [{"at_risk": 1}] * 2
    actions.end(departure=made, last_day=TODAY, words="Two cycles it is now", by=world.actor("amara"), on=TODAY)
    assert of_both(world) == [{"met": 1}] * 2


def test_a_missed_date_without_an_entry_is_at_risk(world: World) -> None:
    kuba = a_pupil(world.oakfield)
    missed = a_missed(kuba)
    a_missed(kuba, clock="AR-01")
    assert of_both(world) == [{"at_risk": 1}] * 2
    a_departure(world.actor("hari"), world.oakfield, kuba, rule="GA-06", missed=missed)
    assert of_both(world) == [{"met": 1}] * 2
    assert of_both(world, TODAY + 900 * DAY) == [{"met": 1}] * 2, "it goes on"


def test_nothing_logged_is_met_only_where_dates_of_the_code_ran(world: World) -> None:
    assert of_both(world) == [{}, {}], "silence proves nothing"
    kuba = a_pupil(world.oakfield)
    a_row(world.oakfield, "legal", 5, pupil=kuba)
    assert of_both(world) == [{}, {}], "a date of the law says nothing of the Code"
    a_row(world.oakfield, "family", 5, pupil=kuba, clock="GA-06")
    assert of_both(world) == [{"met": 1}, {}], "and S13-08 asks for explanations, of which there are none"
    a_missed(kuba)
    assert of_both(world) == [{"at_risk": 1}] * 2


def test_the_states_of_a_school_follow(world: World) -> None:
    kuba = a_pupil(world.oakfield)
    a_missed(kuba)

    def stand() -> set[str]:
        found = compute.of_schools([world.oakfield.pk], on=TODAY, codes=BOTH)
        return {f"{code} {verdict.state}" for (_, code), verdict in found.items()}

    assert stand() == {"S01-18 at_risk", "S13-08 at_risk"}
    a_departure(world.actor("hari"), world.oakfield, kuba, rule="GA-06", since=TODAY - 9 * DAY)
    assert stand() == {"S01-18 met", "S13-08 met"}
