"""Quantile fits as R's usual program for large panels leaves them: close to the minimum, not on it, and to the last digit.

The primal-dual interior point method of Portnoy & Koenker (1997, doi 10.1214/ss/1030037960) with the barrier rule of
Lustig, Marsten & Shanno (1992): from least squares, with steps of 0.99995 of the way, until the duality gap is 1e-6. A
plane that should pass through a pupil's score passes some 1e-11 above or below it, and a program that compares without
rounding then counts that pupil by chance: by the order in which it adds. So every sum here is taken one term after the
other, from the first pupil to the last, as the reference BLAS takes it, and the normal equations are halved and solved as
LAPACK does. `quantiles.fit` is exact, faster, and what the product uses; this is for whoever holds its figures against
such a program.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from alongside.progress.columns import Floats, Ints
from alongside.progress.quantiles import PERCENTILES, NotSolved

GAP = 1e-6  # where it stops
NEARLY_ALL = 0.99995  # of the way to the nearest bound
MOST_STEPS = 50
_AT_ONCE = 8_192  # rows in memory as products of their columns


def fit(x: Floats, y: Floats, quantiles: Sequence[float] = PERCENTILES) -> Floats:
    """Coefficients (quantiles, columns) from a design (n, p) of full column rank and scores (n,)."""
    design = _Design.of(x)
    return np.array([_one(design, -y, tau) for tau in quantiles])


def percentiles(x: Floats, y: Floats, coefficients: Floats) -> Ints:
    """How many of a row's hundred fitted quantiles lie strictly below its score, not rounded, held to 1…99."""
    across = _Design.of(x)
    below = np.zeros(len(y), dtype=np.int64)
    for one in coefficients:
        below += across.rows(one) < y
    return np.clip(below, 1, 99)


@dataclass(frozen=True, slots=True)
class _Design:
    """A design in both layouts, so that each sum runs along the slower axis: one term after the other."""

    by_row: Floats  # (n, p)
    by_column: Floats  # (p, n)
    pairs: tuple[Ints, Ints]  # the upper triangle of p × p

    @classmethod
    def of(cls, x: Floats) -> _Design:
        return cls(np.ascontiguousarray(x), np.ascontiguousarray(x.T), np.triu_indices(x.shape[1]))

    def rows(self, by: Floats) -> Floats:
        """x·by: one figure a row (n,)."""
        found: Floats = np.add.reduce(self.by_column * by[:, None], axis=0)
        return found

    def columns(self, by: Floats, start: Floats) -> Floats:
        """start + x'·by: one figure a column (p,)."""
        return _down((self.by_row[part] * by[part, None] for part in self._parts()), start)

    def normal(self, weights: Floats) -> Floats:
        """x'·diag(weights)·x, factored: upper triangle U with U'U."""
        left, right = self.pairs
        products = (
            self.by_row[part][:, left] * (weights[part, None] * self.by_row[part])[:, right] for part in self._parts()
        )
        p = self.by_row.shape[1]
        found = np.zeros((p, p))
        found[self.pairs] = _down(products, np.zeros(len(left)))
        _factor(found)
        return found

    def _parts(self) -> Iterator[slice]:
        return (slice(at, at + _AT_ONCE) for at in range(0, len(self.by_row), _AT_ONCE))


def _down(blocks: Iterator[Floats], start: Floats) -> Floats:
    """The sum of all rows of all blocks, added to `start` one after the other."""
    for block in blocks:
        rows = np.empty((len(block) + 1, len(start)))  # its layout makes the sum run row by row
        rows[0], rows[1:] = start, block
        start = np.add.reduce(rows, axis=0)
    return start


def _dot(a: Floats, b: Floats) -> float:
    return float(np.cumsum(a * b)[-1])


def _factor(a: Floats) -> None:
    """Cholesky in place, the upper triangle by halves."""
    n = len(a)
    if n == 1:
        a[0, 0] = np.sqrt(a[0, 0])
        return
    half = n // 2
    _factor(a[:half, :half])
    beside = a[:half, half:]
    for row in range(half):
        for above in range(row):
            beside[row] -= a[above, row] * beside[above]
        beside[row] /= a[row, row]
    under = np.zeros((n - half, n - half))
    for row in beside:
        under += np.multiply.outer(row, row)
    a[half:, half:] -= under
    _factor(a[half:, half:])


def _solve(u: Floats, right: Floats) -> Floats:
    """b with U'U·b = right."""
    b = right.copy()
    for row in range(len(b)):
        for above in range(row):
            b[row] -= u[above, row] * b[above]
        b[row] /= u[row, row]
    for row in reversed(range(len(b))):
        b[row] /= u[row, row]
        b[:row] -= b[row] * u[:row, row]
    return b


def _one(x: _Design, cost: Floats, tau: float) -> Floats:
    """min cost'a over x'a = (1 − τ)x'1, 0 ≤ a ≤ 1: a with slack s, multipliers z and w; minus β is the dual's."""
    n, p = x.by_row.shape
    target = (1 - tau) * np.cumsum(x.by_row, axis=0, dtype=np.longdouble)[-1].astype(np.float64)
    dual = _solve(x.normal(np.ones(n)), x.columns(cost, np.zeros(p)))
    left = cost - x.rows(dual)
    on_it = np.where(np.abs(left) < GAP, GAP, 0.0)
    a, s = np.full(n, 1 - tau), np.ones(n) - np.full(n, 1 - tau)
    z, w = np.maximum(left, 0) + on_it, np.maximum(-left, 0) + on_it
    for _ in range(MOST_STEPS):
        if _dot(z, a) + _dot(w, s) <= GAP:
            return -dual
        q = 1 / (z / a + w / s)
        apart = z - w
        right = x.columns(q * apart, x.columns(-a, target))
        normal = x.normal(q)
        step = _solve(normal, right)
        da = q * (x.rows(step) - apart)
        dz, dw = -z * (da / a + 1), -w * (-da / s + 1)
        primal, multiplier = _furthest((a, da), (s, -da)), _furthest((z, dz), (w, dw))
        if min(primal, multiplier) < 1:
            now = _dot(a, z) + _dot(s, w)
            after = (
                now + primal * _dot(da, z) + multiplier * _dot(dz, a) + primal * multiplier * _dot(dz, da)
                + primal * _dot(-da, w) + multiplier * _dot(dw, s) + primal * multiplier * _dot(-da, dw)
            )  # fmt: skip
            ratio = after / now
            mu = now * (ratio * ratio * ratio) / (2 * n)
            bend = q * (mu * (1 / s - 1 / a) + da * dz / a - -da * dw / s)
            step = _solve(normal, x.columns(bend, right))
            one, two = da * dz, -da * dw
            da = q * (x.rows(step) - z + w) - bend
            dz, dw = -z + (mu - z * da - one) / a, -w + (mu - w * -da - two) / s
            primal, multiplier = _furthest((a, da), (s, -da)), _furthest((z, dz), (w, dw))
        a, s, dual = a + primal * da, s + primal * -da, dual + multiplier * step
        z, w = z + multiplier * dz, w + multiplier * dw
    raise NotSolved(f"The quantile {tau} was not found in {MOST_STEPS} steps.")


def _furthest(*pairs: tuple[Floats, Floats]) -> float:
    """How far values may go along their steps and stay positive."""
    return min(1.0, NEARLY_ALL * min(_bounds(pairs), default=1e20))


def _bounds(pairs: Sequence[tuple[Floats, Floats]]) -> Iterator[float]:
    for value, change in pairs:
        falling = change < 0
        if falling.any():
            yield float((-value[falling] / change[falling]).min())
