"""States from cases, words and sightings, by table and by property."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.areas.duties import rules
from alongside.areas.duties.rules import Counts, Found, Seen
from alongside.base.evidence.proofs import Evidence, State

ON = date(2026, 11, 23)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("counts", "floor", "state"),
    [
        (Counts(), 0.9, State.NOT_EVIDENCED),  # silence proves nothing
        (Counts(met=1), 1, State.MET),
        (Counts(met=9, due=1), 1, State.DUE),
        (Counts(met=9, at_risk=1), 0.9, State.MET),  # the floor forgives
        (Counts(met=8, at_risk=2), 0.9, State.AT_RISK),
        (Counts(met=8, not_evidenced=2), 0.9, State.NOT_EVIDENCED),
        (Counts(met=8, at_risk=1, not_evidenced=1), 0.9, State.AT_RISK),
        (Counts(met=999, overdue=1), 0.9, State.OVERDUE),  # what is late is never forgiven
        (Counts(met=99, at_risk=1), 1, State.AT_RISK),
    ],
)  # fmt: skip
def test_a_state_from_cases(counts: Counts, floor: float, state: State) -> None:
    assert rules.by_cases(counts, floor).state is state


NUMBERS = st.integers(0, 500)
COUNTS = st.builds(Counts, met=NUMBERS, due=NUMBERS, at_risk=NUMBERS, overdue=NUMBERS, not_evidenced=NUMBERS)


@given(COUNTS, st.floats(0, 1))
def test_met_means_that_nothing_is_late_and_something_is_met_or_forgiven(counts: Counts, floor: float) -> None:
    verdict = rules.by_cases(counts, floor)
    if verdict.state is State.MET:
        assert not counts.overdue and not counts.due and counts.total
        assert counts.at_risk + counts.not_evidenced <= counts.total * (1 - floor) + 1e-6
    assert verdict.evidence is Evidence.COMPUTED


@given(COUNTS)
def test_small_numbers_are_not_said_to_whoever_may_not_know(counts: Counts) -> None:
    said = rules.figures(counts, named=False)
    parts = (counts.met, counts.due, counts.at_risk, counts.overdue, counts.not_evidenced)
    small = [part for part in parts if 0 < part < rules.SMALL]
    if small:
        assert not any(character.isdigit() for character in said.replace(str(rules.SMALL), ""))
    elif counts.total:
        assert f"of {counts.total} case" in said
    assert not counts.total or f"of {counts.total}" in rules.figures(counts, named=True)


@pytest.mark.parametrize(
    ("expires", "state"),
    [((), State.NOT_EVIDENCED), ((ON - DAY,), State.OVERDUE), ((ON,), State.DUE), ((ON + 60 * DAY,), State.DUE),
     ((ON + 61 * DAY,), State.MET), ((ON - DAY, ON + 90 * DAY), State.MET)],
)  # fmt: skip
def test_a_state_from_a_word(expires: tuple[date, ...], state: State) -> None:
    verdict = rules.by_word(expires, on=ON)
    assert (verdict.state, verdict.evidence) == (state, Evidence.ATTESTED)


@pytest.mark.parametrize(
    ("seen", "state"),
    [
        ((), State.NOT_EVIDENCED),
        ((Seen(1, ON, Found.SEEN),), State.NOT_EVIDENCED),
        ((Seen(1, ON, Found.SEEN), Seen(1, ON - DAY, Found.SEEN)), State.NOT_EVIDENCED),  # one person twice is one
        ((Seen(1, ON, Found.SEEN), Seen(2, ON, Found.SEEN)), State.MET),
        ((Seen(1, ON, Found.SEEN), Seen(2, ON, Found.PARTLY)), State.AT_RISK),
        ((Seen(1, ON, Found.SEEN), Seen(2, ON - 200 * DAY, Found.SEEN)), State.NOT_EVIDENCED),
        ((Seen(1, ON - 9 * DAY, Found.NOT), Seen(1, ON, Found.SEEN), Seen(2, ON, Found.SEEN)), State.MET),
    ],
)
def test_a_state_from_what_was_seen(seen: tuple[Seen, ...], state: State) -> None:
    verdict = rules.by_sight(seen, on=ON)
    assert (verdict.state, verdict.evidence) == (state, Evidence.OBSERVED)


@given(st.dictionaries(st.sampled_from(list(State)), st.integers(0, 40)))
def test_the_trust_is_never_better_than_its_schools(states: dict[State, int]) -> None:
    verdict = rules.of_trust(states, Evidence.COMPUTED)
    there = {state for state, number in states.items() if number and state is not State.NOT_APPLICABLE}
    if verdict.state is State.MET:
        assert there == {State.MET}
    elif there:
        assert verdict.state in there
