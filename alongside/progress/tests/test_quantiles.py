"""Quantile fits are exact: held against HiGHS on the whole program, and against what must be true of any minimum."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from alongside.progress import quantiles
from alongside.progress.columns import Floats
from alongside.progress.quantiles import NotSolved, fit, independent, loss

SOME = (0.005, 0.105, 0.495, 0.755, 0.995)


def least(x: Floats, y: Floats, tau: float) -> float:
    """The smallest loss there is, by a solver of another kind."""
    answer = linprog(-y, A_eq=x.T, b_eq=(1 - tau) * x.sum(axis=0), bounds=(0, 1), method="highs")
    return loss(x, y, -np.asarray(answer.eqlin.marginals), tau)


def drawn(kind: str, n: int, p: int, seed: int) -> tuple[Floats, Floats]:
    chance = np.random.default_rng(seed)
    x = np.column_stack([np.ones(n), chance.standard_normal((n, p - 1))])
    if kind == "ties":
        x[:, 1:] = np.round(2 * x[:, 1:])
    y = x @ chance.standard_normal(p) + chance.standard_normal(n) * (1 + np.abs(x[:, -1]))
    if kind == "ties":
        return x, np.round(y)
    if kind == "wild":
        return x, x.sum(axis=1) + chance.standard_cauchy(n)
    return x, np.full(n, 3.0) if kind == "level" else y


@pytest.mark.parametrize("kind", ["plain", "ties", "wild", "level"])
@settings(max_examples=12, deadline=None)
@given(n=st.sampled_from([30, 250, 1200]), p=st.integers(1, 8), seed=st.integers(0, 10_000))
def test_no_other_plane_is_better(kind: str, n: int, p: int, seed: int) -> None:
    x, y = drawn(kind, n, p, seed)
    found = fit(x, y, SOME)
    for tau, beta in zip(SOME, found.coefficients, strict=True):
        assert loss(x, y, beta, tau) <= least(x, y, tau) * (1 + 1e-9) + 1e-9


def test_the_plane_goes_through_as_many_rows_as_it_has_columns() -> None:
    x, y = drawn("plain", 3000, 5, 1)
    found = fit(x, y)
    assert found.certified == 100
    for tau, beta in zip(quantiles.PERCENTILES, found.coefficients, strict=True):
        residual = y - x @ beta
        assert np.count_nonzero(np.abs(residual) < 1e-9) == 5
        below = np.count_nonzero(residual < -1e-9)
        assert below <= tau * len(y) <= below + 5


def test_a_large_panel_begins_with_a_sample_and_ends_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    x, y = drawn("plain", 5000, 4, 2)
    whole = fit(x, y, SOME).coefficients
    monkeypatch.setattr(quantiles, "_SAMPLE", 800)
    assert fit(x, y, SOME).coefficients == pytest.approx(whole, abs=1e-9)


def test_highs_answers_where_the_interior_point_cannot(monkeypatch: pytest.MonkeyPatch) -> None:
    x, y = drawn("plain", 800, 4, 3)
    whole = fit(x, y, SOME)
    monkeypatch.setattr(quantiles, "_interior", lambda *_: None)
    other = fit(x, y, SOME)
    assert whole.by_highs == 0 < other.by_highs
    assert other.coefficients == pytest.approx(whole.coefficients, abs=1e-7)


def test_a_column_that_others_already_say_gets_nought() -> None:
    x, y = drawn("plain", 500, 3, 4)
    doubled = np.column_stack([x, x[:, 1] - 2 * x[:, 2], np.zeros(500)])
    assert independent(doubled).tolist() == [0, 1, 2]
    assert fit(doubled, y, SOME).coefficients[:, :3] == pytest.approx(fit(x, y, SOME).coefficients)
    assert not fit(doubled, y, SOME).coefficients[:, 3:].any()


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_what_is_no_number_is_refused(value: float) -> None:
    x, y = drawn("plain", 50, 2, 5)
    y[7] = value
    with pytest.raises(NotSolved, match="finite"):
        fit(x, y)


def test_fewer_rows_than_columns_are_refused() -> None:
    with pytest.raises(NotSolved, match="too few"):
        fit(np.vander(np.arange(3.0), 3)[:2] @ np.eye(3), np.ones(1))
