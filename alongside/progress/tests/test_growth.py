"""Growth percentiles: what must hold for any panel, and the closed form for normal scores."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.interpolate import BSpline

from alongside.progress import quantiles
from alongside.progress.columns import BadInput, Floats, Ints
from alongside.progress.growth import (
    Grades,
    basis,
    design,
    growth,
    knots_of,
    normal_percentile,
    percentiles,
    sequences_of,
)
from alongside.progress.panel import of_table
from alongside.progress.tests.invented import LAST, histories, panel, table


def percentile_of(scores: Floats, **how: object) -> Ints:
    return growth(panel(scores), LAST, **how).percentile  # type: ignore[arg-type]


# --- Closed form -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rho", "prior", "now", "percentile"),
    [(0.8, 1, 0.8, 50.0), (0.8, 1, 0, 9.121), (0.8, -1, -1.5, 12.167), (0.7, -0.5, -1.5, 5.366)],
)
def test_normal_scores_have_a_closed_form(rho: float, prior: float, now: float, percentile: float) -> None:
    assert normal_percentile(rho, prior, now) == pytest.approx(percentile, abs=5e-4)


@pytest.mark.parametrize(("rho", "prior", "now"), [(0.8, 1, 0.8), (0.8, 1, 0), (0.8, -1, -1.5), (0.7, -0.5, -1.5)])
def test_fits_come_to_the_closed_form(rho: float, prior: float, now: float) -> None:
    # Not a sample but the distribution itself, point by point, so that half a percentile is a fair demand.
    x, z = np.meshgrid(normal_points(60), normal_points(500), indexing="ij")
    before, after = x.ravel(), (rho * x + np.sqrt(1 - rho**2) * z).ravel()
    knots = knots_of(before)
    fit = quantiles.fit(design(before[:, None], [knots]), after, quantiles.PERCENTILES)
    here = design(np.array([[float(prior)]]), [knots]) @ fit.coefficients.T
    place = np.interp(now, here[0], 100 * np.array(quantiles.PERCENTILES))
    assert place == pytest.approx(normal_percentile(rho, prior, now), abs=0.5)


def normal_points(count: int) -> Floats:
    from scipy.special import ndtri

    points: Floats = ndtri((np.arange(count) + 0.5) / count)
    return points


def test_a_correlation_of_one_is_refused() -> None:
    with pytest.raises(BadInput, match="between"):
        normal_percentile(1, 0, 0)


# --- What must hold --------------------------------------------------------------------------------------


def test_percentiles_are_level_in_every_tenth_of_the_start() -> None:
    scores = histories(20_000, 2, seed=4, step=0)
    found = percentile_of(scores)
    tenth = np.searchsorted(np.quantile(scores[:, 0], np.arange(1, 10) / 10), scores[:, 0])
    share = np.histogram2d(tenth, found, bins=[np.arange(11), np.arange(0, 110, 10)])[0] / 2000
    assert share == pytest.approx(np.full((10, 10), 0.1), abs=3 * np.sqrt(0.1 * 0.9 / 2000) + 0.005)


@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 999), power=st.sampled_from([0.5, 2.0]))
def test_stretching_this_years_scores_hardly_changes_anything(seed: int, power: float) -> None:
    """Ranks within equal starts do not change at all; a spline over all starts bends a little differently."""
    scores = histories(1000, 2, seed)
    stretched = scores.copy()
    stretched[:, -1] = (scores[:, -1] / 500) ** power
    moved = np.abs(percentile_of(scores) - percentile_of(stretched))
    assert np.mean(moved) < 1.5


@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 999), add=st.sampled_from([-64.0, 128.0]), times=st.sampled_from([0.5, 4.0]))
def test_another_zero_or_another_unit_changes_nothing(seed: int, add: float, times: float) -> None:
    scores = histories(1000, 3, seed)
    assert (percentile_of(scores) != percentile_of(add + times * scores)).mean() <= 0.001


def test_any_increasing_change_of_this_years_scores_keeps_every_percentile_for_equal_starts() -> None:
    """With four starts the spline passes through each of their quantiles, so only ranks count."""
    chance = np.random.default_rng(2)
    start = np.repeat([90.0, 100, 110, 120], 500)
    now = start + chance.normal(0, 8, 2000)
    scores = np.column_stack([start, now])
    stretched = np.column_stack([start, np.exp(now / 40)])
    assert (percentile_of(scores, knots="cohort") == percentile_of(stretched, knots="cohort")).mean() > 0.99


def test_the_order_of_rows_changes_nothing() -> None:
    long = table(histories(1100, 3, seed=3))
    mixed = long.sample(fraction=1, shuffle=True, seed=1)
    one, other = of_table(long), of_table(mixed)
    first = growth(one, LAST).table(one).sort("pupil")
    assert first.equals(growth(other, LAST).table(other).sort("pupil"))


def test_a_pupil_who_gained_more_than_equals_stands_higher() -> None:
    scores = histories(1500, 2, seed=5)
    scores[:10, 0] = 500
    scores[:10, 1] = np.linspace(400, 620, 10)
    assert (np.diff(percentile_of(scores)[:10]) >= 0).all()


def test_a_score_on_the_plane_is_not_below_it() -> None:
    """On the plane by arithmetic, under it by the last digit of a float: that is what the rounding is for."""
    x = np.ones((3, 1))
    fit = quantiles.Fit(np.linspace(1, 100, 100)[:, None] - 1e-9, 100, 0)
    assert percentiles(x, np.array([50.0, 50.5, 0.0]), fit.coefficients).tolist() == [49, 50, 1]
    assert percentiles(x, np.array([200.0, 99.5, 1.0]), fit.coefficients).tolist() == [99, 99, 1]


# --- Orders, sequences, knots ----------------------------------------------------------------------------


def test_each_pupil_has_the_longest_run_there_is() -> None:
    long = table(histories(2600, 4, seed=6))
    short = long.filter(~((long["pupil"] < 1100) & (long["year"] == LAST - 2)))
    there = of_table(short)
    found = growth(there, LAST)
    assert found.by_order() == {1: 1100, 3: 1500}
    assert sum(found.sums().values()) == found.percentile.sum()
    assert growth(there, LAST, max_priors=1).by_order() == {1: 2600}


def test_only_the_sequences_asked_for_are_fitted() -> None:
    found = growth(panel(histories(1100, 4, seed=7)), LAST, sequences=sequences_of("4-6, 5-6"))
    assert [(fit.grade, fit.order) for fit in found.fits] == [(6, 1), (6, 2)]
    assert growth(panel(histories(1100, 4, seed=7)), LAST, sequences=[Grades(3, 5)]).percentile.size == 0


def test_a_pupil_who_repeats_a_grade_is_in_no_sequence() -> None:
    long = table(histories(1100, 2, seed=8))
    there = of_table(long.with_columns(grade=long["grade"] + ((long["pupil"] == 0) & (long["year"] < LAST)).cast(int)))
    assert 0 not in growth(there, LAST).pupil


@pytest.mark.parametrize("text", ["3", "5-3", "a-b", "3-4,,"])
def test_what_is_no_sequence_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="sequence"):
        sequences_of(text)


def test_knots_stand_at_fifths_and_a_tenth_outside() -> None:
    knots = knots_of(np.arange(0, 1001.0))
    assert knots.inner.tolist() == [200, 400, 600, 800]
    assert (knots.low, knots.high) == (-100, 1100)


def test_the_basis_is_a_cubic_spline_without_its_first_column() -> None:
    scores = np.linspace(10, 90, 41)
    knots = knots_of(scores)
    places = np.r_[[knots.low] * 4, knots.inner, [knots.high] * 4]
    for column in range(1, 8):
        weights = np.zeros(8)
        weights[column] = 1
        assert basis(scores, knots)[:, column - 1] == pytest.approx(BSpline(places, weights, 3)(scores))


def test_knots_of_the_latest_year_of_the_fit_or_of_all_years() -> None:
    scores = histories(2400, 3, seed=9)
    long = table(scores)
    fewer = long.filter((long["pupil"] < 1200) | (long["year"] == LAST - 1))
    ways = {
        how: growth(of_table(fewer), LAST, knots=how, max_priors=1).percentile for how in ("latest", "cohort", "all")
    }
    assert (ways["latest"] != ways["cohort"]).any()
    assert ways["all"].tolist() == ways["latest"].tolist()  # this grade was sat in one year only
    with pytest.raises(BadInput, match="knots"):
        growth(of_table(fewer), LAST, knots="middle")


# --- Nothing to compare ----------------------------------------------------------------------------------


def test_a_year_without_scores_is_named() -> None:
    with pytest.raises(BadInput, match=r"no scores of 2031.*2023, 2024"):
        growth(panel(histories(10, 2)), 2031)


def test_small_groups_go_down_the_ladder() -> None:
    found = growth(panel(histories(400, 3, seed=10)), LAST)
    assert [(fit.order, fit.method) for fit in found.fits] == [(1, "cubic"), (2, "not enough pupils to say")]
    assert found.by_order() == {1: 400}
    few = growth(panel(histories(60, 2, seed=10)), LAST)
    assert [fit.method for fit in few.fits] == ["not enough pupils to say"]
    assert few.percentile.size == 0


@pytest.mark.parametrize("column", [0, 1])
def test_all_scores_equal_is_said_and_not_fitted(column: int) -> None:
    scores = histories(1100, 2, seed=11)
    scores[:, column] = 100
    found = growth(panel(scores), LAST)
    assert found.percentile.size == 0
    assert "all scores are 100" in found.fits[0].method


def test_one_pupil_is_not_enough() -> None:
    assert growth(panel(np.array([[100.0, 104.0]])), LAST).percentile.size == 0
