"""Fits as R leaves them: as good as the exact ones to the gap they stop at, and the same but for those on a plane."""

import numpy as np
import pytest

from alongside.progress import frisch_newton, quantiles
from alongside.progress.columns import BadInput, Floats
from alongside.progress.growth import design, growth, knots_of, percentiles
from alongside.progress.tests.invented import LAST, histories, panel

TAUS = (0.005, 0.1, 0.5, 0.9, 0.995)


def one_prior(pupils: int = 1_500) -> tuple[Floats, Floats]:
    scores = histories(pupils, 2)
    return design(scores[:, :1], [knots_of(scores[:, 0])]), scores[:, 1]


# What R 4.2 with quantreg 5.94 and the reference BLAS found for 150 invented pupils: `rq.fit.fnb` compared as it is, and
# `rq.fit.br` rounded to five decimals.
BY_FNB = (
    "54 65 91 50 51 97 39 85 20 51 99 11 73 59 66 80 67 72 69 36 87 75 74 26 18 89 69 93 96 29 37 77 28 88 96 28 "
    "57 33 88 31 38 56 84 74 38 8 24 10 59 69 47 91 7 15 14 50 10 70 55 28 11 3 86 15 5 34 89 81 63 18 21 86 19 "
    "43 98 56 46 66 23 17 21 36 10 59 83 69 40 62 76 35 38 74 48 81 65 88 52 10 20 56 35 47 1 2 94 68 43 25 8 96 "
    "38 90 97 81 64 40 13 94 50 22 88 98 56 79 48 12 6 20 47 76 58 44 42 32 23 76 26 5 62 26 3 58 15 4 41 54 80 "
    "77 32 4 "
).split()
BY_BR = (
    "52 63 88 43 51 96 36 85 17 49 97 10 71 59 65 79 62 70 67 35 86 73 72 23 1 80 68 91 95 27 8 75 28 73 93 27 56 "
    "30 87 31 30 55 84 65 37 7 23 8 58 68 43 90 5 13 14 48 8 70 53 25 11 1 84 13 3 31 88 81 60 17 8 83 17 41 97 "
    "49 44 64 20 16 19 31 5 56 82 66 38 60 76 34 35 74 46 81 62 75 51 7 14 55 34 45 1 1 92 65 42 23 2 94 30 89 94 "
    "79 61 39 11 93 48 21 86 94 37 71 44 10 5 18 44 73 54 43 41 31 21 76 25 1 60 24 1 54 13 1 38 53 78 77 31 2 "
).split()


def test_every_pupil_gets_what_r_gives_them() -> None:
    x, y = one_prior(150)
    assert frisch_newton.percentiles(x, y, frisch_newton.fit(x, y)).tolist() == [int(one) for one in BY_FNB]
    assert percentiles(x, y, quantiles.fit(x, y).coefficients).tolist() == [int(one) for one in BY_BR]
    assert sum(one != other for one, other in zip(BY_FNB, BY_BR, strict=True)) > 50, (
        "on a plane, the last digit decides"
    )


def test_the_loss_is_the_least_to_the_gap() -> None:
    x, y = one_prior()
    exact, close = quantiles.fit(x, y, TAUS).coefficients, frisch_newton.fit(x, y, TAUS)
    for tau, best, left in zip(TAUS, exact, close, strict=True):
        least = quantiles.loss(x, y, best, tau)
        assert least - 1e-9 <= quantiles.loss(x, y, left, tau) <= least + frisch_newton.GAP + 1e-9


def test_whoever_is_on_no_plane_gets_the_same_percentile() -> None:
    x, y = one_prior()
    exact = quantiles.fit(x, y).coefficients
    ours, theirs = percentiles(x, y, exact), frisch_newton.percentiles(x, y, frisch_newton.fit(x, y))
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
