"""The steps of every warning entered a second time, and small lists of the law that no other test reads whole."""

from dataclasses import replace
from datetime import date

import pytest

from alongside.law.clocks import CLOCKS
from alongside.law.codes import AREA_WORDS, Area
from alongside.law.escalation import AFTER, HALF, LADDERS, Hearer, check_stricter, with_own
from alongside.law.preview import reviewed_then
from alongside.law.refusal import Refusal
from alongside.law.rule import Band, Kind

ENTRIES = {
    "SIX-WEEKS": (Band.LEGAL, {"EHC-06"}, (1_000, 10, 5, 1, -1), (5, 1, -1), (-1,)),
    "FIFTEEN-DAYS": (Band.LEGAL, {"EHC-09"}, (7, 3, 1, -1), (3, 1, -1), (-1,)),
    "LEGAL": (Band.LEGAL, set(), (28, 14, 7, 3, 1, -1), (3, 1, -1), (-1,)),
    "FAMILY": (Band.FAMILY, set(), (3, 1, -1), (-1, -5), (-10,)),
    "REST": (Band.REST, set(), (1, -1), (-10,), (-30,)),
}  # fmt: skip
SIX_WEEKS = next(ladder for ladder in LADDERS if ladder.code == "SIX-WEEKS")


def test_every_ladder_is_what_was_entered() -> None:
    found = {
        ladder.code: (ladder.band, set(ladder.rules), *(ladder.steps[hearer] for hearer in Hearer))
        for ladder in LADDERS
    }
    assert found == ENTRIES
    assert {(ladder.in_force_from, ladder.in_force_to) for ladder in LADDERS} == {(date(2025, 9, 1), date.max)}
    assert (HALF, AFTER) == (1_000, -1)


@pytest.mark.parametrize(
    ("own", "refused"),
    [
        ([10, 5, 1, *range(20, 29)], False),  # twelve
        ([10, 5, 1, *range(20, 30)], True),
        ([365, 10, 5, 1], False),
        ([366, 10, 5, 1], True),
        ([-90, 10, 5, 1], False),
        ([-91, 10, 5, 1], True),
        ([10, 5], True),
    ],
)
def test_how_many_warnings_and_how_far_from_the_day(own: list[int], refused: bool) -> None:
    assert (check_stricter(SIX_WEEKS, Hearer.OWNER, own) is not None) is refused


def test_own_steps_fall_and_keep_only_what_was_there_of_half_time_and_the_day_after() -> None:
    steps = with_own(SIX_WEEKS, {Hearer.OWNER: [5, 10, 1, 20], Hearer.HEAD: [5, 7, 1]})
    assert steps[Hearer.OWNER] == (1_000, 20, 10, 5, 1, -1)
    assert steps[Hearer.HEAD] == (7, 5, 1, -1)
    assert steps[Hearer.DIRECTOR] == (-1,)


def test_the_four_areas_by_name() -> None:
    assert dict(AREA_WORDS) == {
        Area.COMMUNICATION: "Communication and interaction",
        Area.LEARNING: "Cognition and learning",
        Area.FEELINGS: "Social, emotional and mental health",
        Area.SENSES: "Sensory and/or physical",
    }


@pytest.mark.parametrize(
    ("year", "then"),
    [("12", True), ("13", True), ("14", True), ("N2", True), ("6", True), ("10", False), ("7", False), ("13.0", False)],
)
def test_in_which_years_a_plan_would_be_reviewed(year: str, then: bool) -> None:
    assert reviewed_then(year) is then


def test_a_refusal_is_its_sentence() -> None:
    assert str(Refusal("Choose a day.", "day")) == "Choose a day."


def test_rules_that_count_from_no_event() -> None:

    rule = CLOCKS["S04-TRIAGE"]
    without = {kind for kind in Kind if not replace(rule, kind=kind).has_event}
    assert without == {
        Kind.FIXED, Kind.TRANSFER, Kind.LEAVING_AGE, Kind.SCHOOL_AGE, Kind.SIXTEEN, Kind.EIGHTEEN, Kind.TWENTY_FIVE,
        Kind.RETENTION,
    }  # fmt: skip
