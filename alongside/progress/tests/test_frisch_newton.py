"""Fits as R leaves them: as good as the exact ones to the gap they stop at, and the same but for those on a plane."""

import numpy as np
import pytest

from alongside.progress import frisch_newton, quantiles
from alongside.progress.columns import BadInput, Floats
from alongside.progress.growth import UNROUNDED, design, growth, knots_of, percentiles
from alongside.progress.tests.invented import LAST, histories, panel

TAUS = (0.005, 0.1, 0.5, 0.9, 0.995)


def one_prior(pupils: int = 1_500) -> tuple[Floats, Floats]:
    scores = histories(pupils, 2)
    return design(scores[:, :1], [knots_of(scores[:, 0])]), scores[:, 1]


def test_the_loss_is_the_least_to_the_gap() -> None:
    x, y = one_prior()
    exact, close = quantiles.fit(x, y, TAUS).coefficients, frisch_newton.fit(x, y, TAUS)
    for tau, best, left in zip(TAUS, exact, close, strict=True):
        least = quantiles.loss(x, y, best, tau)
        assert least - 1e-9 <= quantiles.loss(x, y, left, tau) <= least + frisch_newton.GAP + 1e-9


def test_whoever_is_on_no_plane_gets_the_same_percentile() -> None:
    x, y = one_prior()
    exact = quantiles.fit(x, y).coefficients
    ours, theirs = percentiles(x, y, exact), percentiles(x, y, frisch_newton.fit(x, y), UNROUNDED)
    at_or_below = np.clip((np.round(x @ exact.T, 5) <= y[:, None]).sum(axis=1), 1, 99)
    on_none = at_or_below == ours
    assert 0.5 < on_none.mean() < 1
    assert (ours == theirs)[on_none].all()
    assert ((ours <= theirs) & (theirs <= at_or_below)).all()
    assert (ours != theirs).any(), "rounding decides nobody here: the test says nothing"


def test_it_is_chosen_by_name() -> None:
    scores = panel(histories(1_500, 2))
    exact, close = growth(scores, LAST), growth(scores, LAST, fits="frisch-newton")
    assert exact.fits[0].certified == 100
    assert close.fits[0].certified == 0
    assert np.abs(exact.percentile - close.percentile).mean() < 0.5
    with pytest.raises(BadInput, match="no fits 'simplex'"):
        growth(scores, LAST, fits="simplex")
