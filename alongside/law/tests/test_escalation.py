"""Who hears when: worked days, and what no setting and no missed night may change."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.law.clocks import CLOCKS
from alongside.law.escalation import (
    AFTER,
    HALF,
    LADDERS,
    Hearer,
    Ladder,
    check_stricter,
    day_of,
    ladder_of,
    reached,
    step_words,
    with_own,
)
from alongside.law.rule import Band

ASKED = date(2026, 11, 2)  # a Monday; six weeks end on Monday 14 December
SIX_WEEKS = date(2026, 12, 14)


def the(code: str) -> Ladder:
    return next(ladder for ladder in LADDERS if ladder.code == code)


@pytest.mark.parametrize(
    ("on", "owner", "head", "director"),
    [
        (date(2026, 11, 22), None, None, None),
        (date(2026, 11, 23), HALF, None, None),
        (date(2026, 12, 3), HALF, None, None),
        (date(2026, 12, 4), 10, None, None),
        (date(2026, 12, 9), 5, 5, None),
        (date(2026, 12, 13), 1, 1, None),
        (date(2026, 12, 14), 1, 1, None),  # the day itself is in time
        (date(2026, 12, 15), AFTER, AFTER, AFTER),
        (date(2027, 2, 1), AFTER, AFTER, AFTER),
    ],
)
def test_six_weeks_rise_from_owner_to_director(
    on: date, owner: int | None, head: int | None, director: int | None
) -> None:
    steps = the("SIX-WEEKS").steps
    found = {hearer: reached(steps[hearer], counted_from=ASKED, due=SIX_WEEKS, on=on) for hearer in Hearer}
    assert found == {Hearer.OWNER: owner, Hearer.HEAD: head, Hearer.DIRECTOR: director}


def test_fifteen_days_are_warned_of_at_seven_three_and_one() -> None:
    steps = the("FIFTEEN-DAYS").steps
    due = date(2026, 11, 30)
    days = [day_of(step, counted_from=due - timedelta(15), due=due) for step in steps[Hearer.OWNER]]
    assert days == [date(2026, 11, 23), date(2026, 11, 27), date(2026, 11, 29), date(2026, 12, 1)]


@pytest.mark.parametrize(
    ("rule", "band", "code"),
    [("EHC-06", "legal", "SIX-WEEKS"), ("EHC-09", "legal", "FIFTEEN-DAYS"), ("AR-01", "legal", "LEGAL"),
     ("S04-ANSWER", "family", "FAMILY"), ("S04-TRIAGE", "rest", "REST"), ("made up", "rest", "REST")],
)  # fmt: skip
def test_a_rule_has_its_own_ladder_or_that_of_its_band(rule: str, band: str, code: str) -> None:
    assert ladder_of(rule, band, date(2026, 11, 23)).code == code


def test_every_band_of_every_clock_has_a_ladder_and_the_law_always_reaches_the_director() -> None:
    for rule in CLOCKS.values():
        ladder = ladder_of(rule.code, rule.band, date(2026, 11, 23))
        assert ladder.source.place and ladder.steps[Hearer.OWNER] and ladder.steps[Hearer.HEAD]
    for ladder in LADDERS:
        if ladder.band is Band.LEGAL:
            assert all(AFTER in ladder.steps[hearer] for hearer in Hearer), ladder.code


@pytest.mark.parametrize(
    ("own", "allowed"),
    [
        ((7, 3, 1), True), ((7, 3, 1, -1), True), ((14, 7, 3, 1), True), ((10, 5, 2), True), ((7, 3, 1, -20), True),
        ((7, 3), False), ((3, 1), False), ((), False), ((6, 3, 1), False), ((7, 3, 0), False), ((7, 7, 7), False),
        ((400, 7, 3, 1), False), ((7, 3, 1, -91), False), (tuple(range(13)), False),
    ],
)  # fmt: skip
def test_a_school_may_be_stricter_and_never_looser(own: tuple[int, ...], allowed: bool) -> None:
    refused = check_stricter(the("FIFTEEN-DAYS"), Hearer.OWNER, own)
    assert (refused is None) is allowed


def test_a_refusal_says_what_would_do() -> None:
    refused = check_stricter(the("FIFTEEN-DAYS"), Hearer.HEAD, (2, 1))
    assert refused and "3 days before, 1 day before" in refused.reason and refused.field == "days"


STEPS = st.lists(st.integers(-90, 365), max_size=12)


@given(own=STEPS, hearer=st.sampled_from(list(Hearer)), ladder=st.sampled_from(LADDERS), on=st.integers(-400, 120))
def test_whatever_is_allowed_leaves_no_day_with_fewer_warnings(
    own: list[int], hearer: Hearer, ladder: Ladder, on: int
) -> None:
    if check_stricter(ladder, hearer, own) is not None:
        return
    day, theirs = SIX_WEEKS + timedelta(on), ladder.steps[hearer]
    mine = with_own(ladder, {hearer: own})[hearer]
    gone = [sum(day_of(step, counted_from=ASKED, due=SIX_WEEKS) <= day for step in steps) for steps in (mine, theirs)]
    assert gone[0] >= gone[1]
    assert {HALF, AFTER} & set(theirs) <= set(mine), "half time and the day after cannot be set aside"


@given(on=st.integers(0, 80), steps=st.lists(st.integers(-30, 42), min_size=1, max_size=6))
def test_what_is_reached_never_goes_back(on: int, steps: list[int]) -> None:
    days = [
        (found := reached(steps, counted_from=ASKED, due=SIX_WEEKS, on=ASKED + timedelta(n)))
        and day_of(found, counted_from=ASKED, due=SIX_WEEKS)
        for n in range(on)
    ]
    told = [day for day in days if day]
    assert told == sorted(told)


def test_steps_in_words() -> None:
    said = [step_words(step) for step in (HALF, 10, 1, 0, -1, -10)]
    assert said == ["half time", "10 days before", "1 day before", "the day itself", "the day after", "10 days after"]
