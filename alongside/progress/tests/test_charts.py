"""Intervals and charts, held against published figures and against their own definitions."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from alongside.progress.charts import byar, dispersion, funnel, funnel_exact, wilson, xmr
from alongside.progress.columns import BadInput


@pytest.mark.parametrize(
    ("count", "base", "level", "low", "high"),
    [
        (65, 100, 0.95, 0.5525444329688797, 0.7363575175690247),
        (65, 100, 0.998, 0.4954947, 0.7783541),
        (1, 100, 0.95, 0.0017674, 0.0544862),
    ],
)
def test_wilson(count: int, base: int, level: float, low: float, high: float) -> None:
    assert wilson(count, base, level) == pytest.approx((low, high), abs=5e-8)


@given(st.integers(1, 500), st.data())
def test_wilsons_ends_are_where_the_score_test_turns(base: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, base))
    for end in wilson(count, base):
        if 0 < end < 1:
            assert (count / base - end) ** 2 * base / (end * (1 - end)) == pytest.approx(1.959963984540054**2, abs=1e-6)


@pytest.mark.parametrize(
    ("count", "level", "low", "high"),
    [(65, 0.95, 50.16319, 82.84914), (10, 0.998, 2.916318, 24.193725), (0, 0.95, 0, 3.6689)],
)
def test_byar(count: float, level: float, low: float, high: float) -> None:
    assert byar(count, level) == pytest.approx((low, high), abs=1e-5 if count else 0.05)


@given(st.integers(1, 400))
def test_byars_ends_by_their_definition(count: int) -> None:
    """(x^⅓-scale): the cube root of each end is linear in z."""
    low, high = byar(count)
    z = 1.959963984540054
    assert (low / count) ** (1 / 3) == pytest.approx(
        1 - 1 / (9 * count) - z / (3 * math.sqrt(count)), abs=1e-9
    ) or low == 0
    more = count + 1
    assert (high / more) ** (1 / 3) == pytest.approx(1 - 1 / (9 * more) + z / (3 * math.sqrt(more)), abs=1e-9)


@pytest.mark.parametrize(("size", "low"), [(2, 25.885383), (5, 46.011039)])
def test_funnel_limits(size: int, low: float) -> None:
    assert 100 * funnel(0.80642448, size).low == pytest.approx(low, abs=5e-7)
    assert funnel(0.80642448, size).high == 1


@given(st.floats(0.02, 0.98), st.integers(5, 400))
def test_exact_limits_leave_the_tail_outside(baseline: float, size: int) -> None:
    low, high = funnel_exact(baseline, size)
    assert binom.cdf(math.floor(low * size - 1e-9), size, baseline) <= 0.025 + 1e-9 or low == 0
    assert binom.cdf(math.ceil(high * size), size, baseline) >= 0.975 - 1e-9
    assert low <= baseline <= high + 1 / size


def test_exact_limits_meet_the_others_in_a_large_school() -> None:
    assert funnel_exact(0.3, 100_000) == pytest.approx(funnel(0.3, 100_000), abs=2e-5)


def test_limits_narrow_with_size_and_widen_with_level() -> None:
    assert funnel(0.2, 400).low > funnel(0.2, 100).low > funnel(0.2, 100, 0.998).low


def test_dispersion_by_hand() -> None:
    z, error = np.array([-3.0, -1, 0, 1, 3]), np.array([1.0, 2, 1, 2, 1])
    found = dispersion(z, error, winsorised=0)
    w = 1 / error**2
    assert found.phi == pytest.approx(4)
    assert found.tau_squared == pytest.approx((5 * 4 - 4) / (w.sum() - (w**2).sum() / w.sum()))
    assert dispersion(z / 10, error).tau_squared == 0
    assert dispersion(z, error, winsorised=0.25).phi < found.phi


def test_a_chart_over_time_by_hand() -> None:
    found = xmr(np.array([10.0, 12, 11, 13, 12, 14, 11, 12]))
    assert found.mean == 11.875
    assert found.moving_range == pytest.approx(12 / 7, abs=1e-9)
    assert (found.low, found.high) == pytest.approx((7.315, 16.435), abs=1e-9)
    assert not (found.outside | found.one_side | found.rising_or_falling | found.near_limit).any()


def test_each_of_the_four_rules() -> None:
    steady = [10.0, 11] * 8
    assert xmr(np.array([*steady, 30])).outside.nonzero()[0].tolist() == [16]
    shifted = xmr(np.array([10.0, 11, 10, 11, 10, 11, 10, 13, 14, 13, 14, 13, 14, 13]))
    assert shifted.one_side.nonzero()[0].tolist() == [6, 13]
    rising = xmr(np.array([10.0, 9, 10, 11, 12, 13, 14, 15, 14]))
    assert rising.rising_or_falling.nonzero()[0].tolist() == [7]
    near = xmr(np.array([10.0, 11] * 15 + [12.8, 10.5, 12.8]))
    assert near.near_limit.nonzero()[0].tolist() == [32]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: wilson(5, 4), lambda: wilson(-1, 4), lambda: wilson(0, 0), lambda: wilson(math.nan, 4), lambda: byar(-1),
        lambda: byar(math.nan), lambda: funnel(1.2, 10), lambda: funnel(0.2, 0), lambda: funnel_exact(0.2, 0),
        lambda: wilson(1, 2, 1.0), lambda: xmr(np.array([1.0])), lambda: xmr(np.array([1.0, math.nan])),
        lambda: dispersion(np.array([1.0]), np.array([1.0])), lambda: dispersion(np.ones(3), np.zeros(3)),
    ],
)  # fmt: skip
def test_figures_that_cannot_be_are_refused(wrong: object) -> None:
    with pytest.raises(BadInput):
        wrong()  # type: ignore[operator]
