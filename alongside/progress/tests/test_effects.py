"""Did the provision help? Worked cases, counted again by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.progress.columns import BadInput
from alongside.progress.effects import gain_in_words, hedges_g, months, ratio_gain, single_case


def case(before: list[float], after: list[float]) -> object:
    return single_case(np.array(before, dtype=float), np.array(after, dtype=float))


def test_a_pupil_with_a_steady_baseline() -> None:
    found = single_case(np.array([20.0, 20, 26, 25, 22, 23]), np.array([28.0, 25, 24, 27, 30, 30, 29]))
    assert found.nap == pytest.approx(38.5 / 42, abs=1e-9)
    assert found.tau == pytest.approx(35 / 42, abs=1e-9)
    assert found.tau_u == pytest.approx(31 / 42, abs=1e-9)
    assert found.pnd == pytest.approx(5 / 7, abs=1e-9)
    assert found.corrected_tau == pytest.approx(found.tau)  # no real trend to take out
    assert found.enough


def test_a_short_baseline_is_said_to_be_short() -> None:
    found = single_case(np.array([3.0, 3, 4, 5]), np.array([4.0, 5, 6, 7, 7]))
    assert (found.tau, found.tau_u) == pytest.approx((16 / 20, 11 / 20), abs=1e-9)
    assert not found.enough


def test_a_pure_trend_is_no_effect() -> None:
    found = single_case(np.arange(1.0, 6), np.arange(6.0, 11))
    assert (found.tau, found.tau_u, found.corrected_tau) == pytest.approx((1, 0.6, 0), abs=1e-9)


@given(st.lists(st.integers(0, 30), min_size=2, max_size=9), st.lists(st.integers(0, 30), min_size=1, max_size=9))
def test_the_measures_agree_with_each_other(before: list[int], after: list[int]) -> None:
    found = single_case(np.array(before, dtype=float), np.array(after, dtype=float))
    assert found.nap == pytest.approx((found.tau + 1) / 2)
    turned = single_case(-np.array(before, dtype=float), -np.array(after, dtype=float))
    assert turned.tau == pytest.approx(-found.tau)
    assert turned.tau_u == pytest.approx(-found.tau_u)


@pytest.mark.parametrize(("before", "after"), [([1], [2, 3]), ([], [1]), ([1, 2], []), ([1, math.nan], [2])])
def test_never_without_a_baseline(before: list[float], after: list[float]) -> None:
    with pytest.raises(BadInput):
        case(before, after)


TABLE = """
0.01 0  0.02 1  0.09 1  0.10 2  0.18 2  0.19 3  0.26 3  0.27 4  0.35 4  0.36 5  0.44 5  0.45 6  0.52 6
0.53 7  0.61 7  0.62 8  0.69 8  0.70 9  0.78 9  0.79 10  0.87 10  0.88 11  0.95 11  0.96 12  2.00 12
""".split()  # fmt: skip


@pytest.mark.parametrize(("effect", "so_many"), list(zip(TABLE[::2], TABLE[1::2], strict=True)))
def test_months_of_progress(effect: str, so_many: str) -> None:
    assert months(float(effect)) == int(so_many)
    assert months(-float(effect)) == -int(so_many)


def test_hedges_g_by_hand() -> None:
    found = hedges_g(np.array([2.0, 4, 6]), np.array([1.0, 3, 5]))
    assert found.g == pytest.approx((1 - 3 / 15) * 1 / 2)
    assert found.months == months(0.4)
    assert hedges_g(np.array([1.0, 3, 5]), np.array([2.0, 4, 6])).g == pytest.approx(-found.g)


def test_a_ratio_gain_has_a_word() -> None:
    assert ratio_gain(9, 3) == 3
    words = [gain_in_words(ratio) for ratio in (1.39, 1.4, 2, 3, 4)]
    assert words == ["doubtful", "modest", "useful", "substantial", "remarkable"]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: ratio_gain(9, 0), lambda: ratio_gain(9, -1), lambda: months(math.nan), lambda: ratio_gain(math.nan, 1),
        lambda: hedges_g(np.array([1.0]), np.array([1.0, 2])), lambda: hedges_g(np.ones(5), np.ones(5)),
        lambda: hedges_g(np.array([1.0, math.nan]), np.array([1.0, 2])),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_refused(wrong: object) -> None:
    with pytest.raises(BadInput):
        wrong()  # type: ignore[operator]
