"""Small groups: which method, and value added to the last digit."""

from __future__ import annotations

import numpy as np
import pytest

from alongside.progress.columns import BadInput
from alongside.progress.ladder import NOT_ENOUGH, cubic_percentiles, residuals, rung, value_added
from alongside.progress.tests.invented import histories


@pytest.mark.parametrize(
    ("pupils", "norm", "method"),
    [(1000, False, "quantiles"), (999, False, "cubic"), (200, True, "cubic"), (199, True, "norm"),
     (199, False, NOT_ENOUGH), (1, False, NOT_ENOUGH), (0, False, NOT_ENOUGH)],
)  # fmt: skip
def test_the_ladder(pupils: int, norm: bool, method: str) -> None:
    assert rung(pupils, norm_at_hand=norm) == method


def test_a_group_cannot_be_less_than_nobody() -> None:
    with pytest.raises(BadInput, match="-1 pupils"):
        rung(-1)


def test_cubic_percentiles_are_level_though_the_spread_is_not() -> None:
    chance = np.random.default_rng(1)
    prior = chance.normal(100, 15, 900)
    now = prior + (prior / 20) * chance.standard_normal(900)
    found = cubic_percentiles(prior, now)
    assert found.mean() == pytest.approx(50, abs=2.5)
    for half in (prior < 100, prior >= 100):
        assert (found[half] < 20).mean() == pytest.approx(0.2, abs=0.06)


def test_cubic_and_quantile_percentiles_tell_the_same_story() -> None:
    from alongside.progress.growth import growth
    from alongside.progress.tests.invented import LAST, panel

    scores = histories(3000, 2, seed=3)
    by_quantiles = growth(panel(scores), LAST).percentile
    assert np.abs(cubic_percentiles(scores[:, 0], scores[:, 1]) - by_quantiles).mean() < 2


@pytest.mark.parametrize("alike", [0, 1])
def test_scores_all_alike_are_refused(alike: int) -> None:
    scores = histories(300, 2)
    scores[:, alike] = 7
    with pytest.raises(BadInput, match="equal"):
        cubic_percentiles(scores[:, 0], scores[:, 1])


def test_too_few_and_what_is_no_number_are_refused() -> None:
    scores = histories(199, 2)
    with pytest.raises(BadInput, match="199 pupils"):
        cubic_percentiles(scores[:, 0], scores[:, 1])
    scores = histories(300, 2)
    scores[4, 1] = np.nan
    with pytest.raises(BadInput, match="Row 5"):
        cubic_percentiles(scores[:, 0], scores[:, 1])


# Three groups, twelve pupils, by hand: means 2, 0, −2; within (8 + 8 + 8)/9; between (4·(4 + 0 + 4)/2 − within)/4.
GROUP = np.repeat([1, 2, 3], 4)
RESIDUAL = np.array([0.0, 2, 2, 4, -2, 0, 0, 2, -4, -2, -2, 0])


def test_value_added_by_hand() -> None:
    found = value_added(GROUP, RESIDUAL)
    within, between = 24 / 9, (16 - 24 / 9) / 4
    assert (found.within, found.between) == pytest.approx((within, between), abs=1e-9)
    drawn = 4 / (4 + within / between)
    reach = 1.959963984540054 * (drawn * within / 4) ** 0.5
    for number, mean in ((1, 2), (2, 0), (3, -2)):
        one = found.groups[number]
        assert one == pytest.approx((4, mean, drawn * mean, drawn * mean - reach, drawn * mean + reach), abs=1e-9)


def test_groups_that_do_not_differ_are_all_drawn_to_nought() -> None:
    found = value_added(GROUP, np.tile([-1.0, 1, -1, 1], 3))
    assert found.between == 0
    assert all(one.shrunk == 0 for one in found.groups.values())


def test_one_group_is_not_enough() -> None:
    with pytest.raises(BadInput, match=NOT_ENOUGH):
        value_added(np.ones(5, dtype=np.int64), np.arange(5.0))


def test_progress_is_the_distance_from_equal_starts() -> None:
    band, score = np.array([0, 0, 2, 2]), np.array([100.0, 104, 90, 96])
    assert residuals(band, score).tolist() == [-2, 2, -3, 3]
