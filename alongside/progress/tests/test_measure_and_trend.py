"""The error of a test, and the line through a run of scores: published worked cases."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.progress.columns import BadInput
from alongside.progress.measure import (
    Score,
    beyond_chance,
    error_of_difference,
    reliable_change,
    rise_by_chance,
    sem,
    true_score,
)
from alongside.progress.trend import least_squares, theil_sen, use_of


def test_the_worked_case_of_1991() -> None:
    error = sem(7.5, 0.80)
    assert error == pytest.approx(3.3541019662496847, abs=1e-9)
    assert error_of_difference(error, error) == pytest.approx(4.743416490252569, abs=1e-9)
    assert reliable_change(32.5, 47.5, error, error) == pytest.approx(3.1622776601683795, abs=1e-9)


def test_what_a_standard_score_must_move_by() -> None:
    error = sem(15, 0.90)
    assert error == pytest.approx(4.743, abs=5e-4)
    assert error_of_difference(error, error) == pytest.approx(6.708, abs=5e-4)
    assert beyond_chance(error, error) == pytest.approx(13.1, abs=0.05)
    assert beyond_chance(error, error, 0.90) == pytest.approx(11.0, abs=0.05)


def test_two_tests_with_errors_of_their_own() -> None:
    assert error_of_difference(3, 4) == 5
    assert reliable_change(100, 90, 3, 4) == -2


def test_a_true_score_is_drawn_to_the_mean() -> None:
    found = true_score(70, 100, 15, 0.9)
    assert found.value == pytest.approx(73)
    assert found.error == pytest.approx(15 * math.sqrt(0.09))
    low, high = found.interval()
    assert (low + high) / 2 == pytest.approx(73)
    assert high - low == pytest.approx(2 * 1.959963984540054 * found.error)
    assert Score(1, 0).interval() == (1, 1)


@given(st.floats(40, 160), st.floats(0.05, 0.95))
def test_what_is_gained_by_chance_is_what_the_true_score_says(score: float, reliability: float) -> None:
    estimate = true_score(score, 100, 15, reliability).value
    assert score + rise_by_chance(score, 100, reliability) == pytest.approx(estimate)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: sem(0, 0.9), lambda: sem(-1, 0.9), lambda: sem(float("nan"), 0.9), lambda: sem(15, 1.2),
        lambda: sem(15, float("nan")), lambda: error_of_difference(0, 0), lambda: error_of_difference(-1, 2),
        lambda: reliable_change(float("nan"), 1, 3, 3), lambda: beyond_chance(3, 3, 7),
    ],
)  # fmt: skip
def test_figures_that_no_test_has_are_refused(wrong: object) -> None:
    with pytest.raises(BadInput):
        wrong()  # type: ignore[operator]


# --- Lines -----------------------------------------------------------------------------------------------

WEEKS = np.arange(8.0)


def test_a_line_by_hand() -> None:
    found = least_squares(np.array([0.0, 1, 2, 3]), np.array([1.0, 3, 2, 6]))
    assert (found.slope, found.intercept) == pytest.approx((1.4, 0.9))
    assert found.error == pytest.approx(math.sqrt(4.2 / 2 / 5))


def test_one_odd_score_does_not_bend_the_middle_of_slopes() -> None:
    score = 20 + 2 * WEEKS
    score[6] = 90
    assert theil_sen(WEEKS, score).slope == pytest.approx(2)
    assert least_squares(WEEKS, score).slope > 5


@given(st.integers(3, 30), st.floats(-5, 5), st.floats(-50, 50))
def test_both_find_a_straight_line(points: int, slope: float, start: float) -> None:
    time = np.arange(float(points))
    for way in (least_squares, theil_sen):
        found = way(time, start + slope * time)
        assert found.slope == pytest.approx(slope, abs=1e-9)
        assert found.error == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(
    ("points", "use"),
    [(5, "dots only"), (6, "a line, no decision yet"), (13, "a line, no decision yet"), (14, "a line")],
)
def test_what_a_line_may_be_used_for(points: int, use: str) -> None:
    assert use_of(points) == use


@pytest.mark.parametrize(
    ("time", "score", "says"),
    [
        ([0, 1, 1, 2], [1, 2, 3, 4], "Row 3: its day is not after"),
        ([0, 1, -1], [1, 2, 3], "Row 3"),
        ([0, 1], [1, 2], "needs three"),
        ([0, 1, 2], [1, 2], "3 times but 2 scores"),
        ([0, 1, 2], [1, math.nan, 3], "Row 2: the score"),
    ],
)
def test_a_run_that_is_none_is_refused(time: list[float], score: list[float], says: str) -> None:
    for way in (least_squares, theil_sen):
        with pytest.raises(BadInput, match=says):
            way(np.array(time, dtype=float), np.array(score, dtype=float))
