"""The four signs: each with a pupil it fires for, one just beside, and one of whom nothing can be said."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.progress import signs
from alongside.progress.columns import BadInput
from alongside.progress.signs import Sign, gap_not_closing, gap_widens, previous_rate_not_matched, scores_of
from alongside.progress.simulate import RULES, Setting, simulate

SEM = 4.0
NO = math.nan


def answer(sign: Sign) -> list[bool | None]:
    return [bool(fires) if said else None for fires, said in zip(sign.fires, sign.answered, strict=True)]


def test_slower_than_peers_needs_two_low_years() -> None:
    last, before = np.array([10.0, 24, 26, 10, NO]), np.array([20.0, 25, 26, NO, 10])
    found = signs.slower_than_peers(last, before)
    assert answer(found) == [True, True, False, None, None]
    assert found.points.tolist() == [2, 2, 2, 1, 1]
    assert found.error[0] == pytest.approx(22 / math.sqrt(2))
    assert not np.isnan(found.figure).any()


@pytest.mark.parametrize("wrong", [0.0, 100.0])
def test_a_percentile_off_its_scale_is_refused(wrong: float) -> None:
    with pytest.raises(BadInput, match="Row 2"):
        signs.slower_than_peers(np.array([50.0, wrong]), np.array([50.0, 50.0]))


def test_previous_rate_needs_more_than_chance() -> None:
    limit = 1.6448536269514722 * math.sqrt(6) * SEM
    score = np.array([[90, 100, 110 - limit - 0.01], [90, 100, 110 - limit + 0.01], [90, 100, NO]])
    found = previous_rate_not_matched(scores_of([0, 1, 2], score, SEM))
    assert answer(found) == [True, False, None]
    assert found.error[0] == pytest.approx(math.sqrt(SEM**2 * 6))


def test_previous_rate_with_unequal_gaps_and_errors() -> None:
    found = previous_rate_not_matched(scores_of([0, 0.5, 2], [[100.0, 104, 101]], [[3.0, 4, 5]]))
    assert found.figure[0] == pytest.approx(-3 / 1.5 - 4 / 0.5)
    assert found.error[0] == pytest.approx(math.sqrt((5 / 1.5) ** 2 + (4 * (1 / 0.5 + 1 / 1.5)) ** 2 + (3 / 0.5) ** 2))


def test_six_points_compare_two_lines() -> None:
    found = previous_rate_not_matched(scores_of(np.arange(6), [[90.0, 95, 100, 100, 95, 90]], SEM))
    assert found.figure[0] == pytest.approx(-10)
    assert found.error[0] == pytest.approx(SEM)
    assert answer(found) == [True]


def test_a_gap_of_a_point_cannot_close() -> None:
    peers = np.array([100.0, 100, 100])
    score = np.array([[86.0, 86, 86], [99, 99, 99], [60, 76, 92], [86, NO, NO]])
    found = gap_not_closing(scores_of([0, 1, 2], score, SEM), peers)
    assert answer(found) == [True, False, False, None]
    assert found.figure.tolist() == [0, 0, 16, 0]
    assert found.error[0] == pytest.approx(SEM / math.sqrt(2))


def test_a_gap_widens_beyond_chance() -> None:
    limit = 1.6448536269514722 * math.sqrt(2) * SEM
    score = np.array([[100, 100 - limit - 0.01], [100, 100 - limit + 0.01], [100, NO], [NO, NO]])
    found = gap_widens(scores_of([0, 1], score, SEM))
    assert answer(found) == [True, False, None, None]
    assert found.needs


def test_missing_years_leave_the_others() -> None:
    whole = scores_of([[0, 1, 3]], [[100.0, 96, 80]], SEM)
    holed = scores_of([0, 1, 2, 3], [[100.0, 96, NO, 80]], SEM)
    for one, other in (
        (previous_rate_not_matched(whole), previous_rate_not_matched(holed)),
        (gap_widens(whole), gap_widens(holed)),
        (gap_not_closing(whole, np.full(3, 100.0)), gap_not_closing(holed, np.full(4, 100.0))),
    ):
        assert (one.figure[0], one.error[0], one.points[0]) == pytest.approx((other.figure[0], other.error[0], 3))


@given(st.floats(-100, 100), st.lists(st.floats(60, 140), min_size=3, max_size=3))
def test_the_zero_of_the_scale_does_not_matter(add: float, score: list[float]) -> None:
    here, there = (scores_of([0, 1, 2], [[value + more for value in score]], SEM) for more in (0.0, add))
    for sign in (previous_rate_not_matched, gap_widens):
        assert sign(here).figure == pytest.approx(sign(there).figure, abs=1e-9)
    peers = np.array([100.0, 101, 99])
    assert gap_not_closing(here, peers).figure == pytest.approx(gap_not_closing(there, peers + add).figure, abs=1e-9)


@pytest.mark.parametrize(
    ("time", "score", "sem", "says"),
    [
        ([0, 1, 1], [[1.0, 2, 3]], SEM, "Row 1: an assessment is not later"),
        ([[0, 1, 2], [0, 2, 1]], [[1.0, 2, 3], [1, 2, 3]], SEM, "Row 2: an assessment is not later"),
        ([0, 1, 2], [[1.0, 2, 3]], 0.0, "Row 1: the test's error"),
        ([0, 1, 2], [[1.0, 2, 3], [1, math.inf, 3]], SEM, "Row 2: a score or its time"),
    ],
)
def test_scores_that_cannot_be_judged_are_refused(time: object, score: object, sem: float, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        scores_of(time, score, sem)  # type: ignore[arg-type]


# --- The simulation is the test of the rules -------------------------------------------------------------

TABLE = {
    "rate lower than before": (0.498, 0.48, 0.50, 0.10),
    "gap wider than last time": (0.526, 0.76, 0.50, 0.14),
    "one-year percentile under 25": (0.248, 0.57, 0.79, 0.23),
    "one-year percentile under 10": (0.101, 0.33, 0.92, 0.32),
    "reliable widening in one year": (0.136, 0.31, 0.88, 0.23),
    "two-year mean percentile under 25": (0.125, 0.46, 0.91, 0.37),
    "two years both under 25": (0.064, 0.28, 0.96, 0.44),
    "mean percentile under 30 and not closing": (0.177, 0.57, 0.87, 0.32),
    "mean percentile under 25 or reliable widening": (0.222, 0.59, 0.82, 0.26),
}


def test_the_table_of_rules_comes_out_again() -> None:
    found = simulate(Setting(seed=2026))
    assert set(TABLE) == set(RULES) == {one.rule for one in found.rules}
    for one in found.rules:
        assert one[1:] == pytest.approx(TABLE[one.rule], abs=0.0151), one.rule
    assert found.percentile_error == pytest.approx(22.0, abs=0.2)
    assert found.gain_of_lowest_tenth == pytest.approx(0.35, abs=0.01)


def test_a_raw_sign_is_a_coin_toss_and_the_rule_is_not() -> None:
    rules = {one.rule: one for one in simulate(Setting(pupils=50_000)).rules}
    assert rules["rate lower than before"].right == pytest.approx(0.10, abs=0.01)
    assert rules["two-year mean percentile under 25"].right > 3 * rules["rate lower than before"].right


@pytest.mark.parametrize("wrong", [{"pupils": 10}, {"reliability": 1.0}, {"slowed": 0.0}, {"stability": 1.4}])
def test_a_school_that_cannot_be_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(BadInput):
        simulate(Setting(**wrong))  # type: ignore[arg-type]
