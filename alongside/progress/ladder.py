"""What to say of a group too small for a growth percentile.

| Pupils in the fit | Method |
|---|---|
| 1,000 or more | growth percentiles (`growth`) |
| 200 to 999 | a cubic curve; where the pupil's distance from it falls in a t distribution whose width follows the start |
| under 200, norm at hand | the publisher's table of expected progress |
| else | "not enough pupils to say" |

Value added in the English way, mean of a group's differences from pupils with the same start, stands here too. It is
drawn towards nought the more the fewer pupils it rests on, always has an interval, and never ranks schools.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.special import stdtr

from alongside.progress.columns import BadInput, Floats, Ints, whole

FEWEST_FOR_QUANTILES = 1_000
FEWEST_FOR_CUBIC = 200
NOT_ENOUGH = "not enough pupils to say"
_CUBIC_COLUMNS = 4


def rung(pupils: int, *, norm_at_hand: bool = False) -> str:
    """Which method a group of this size may have: "quantiles", "cubic", "norm" or NOT_ENOUGH."""
    if pupils < 0:
        raise BadInput(f"There cannot be {pupils} pupils.")
    if pupils >= FEWEST_FOR_QUANTILES:
        return "quantiles"
    if pupils >= FEWEST_FOR_CUBIC:
        return "cubic"
    return "norm" if norm_at_hand else NOT_ENOUGH


def cubic_percentiles(prior: Floats, now: Floats) -> Ints:
    """Percentiles 1…99 of residuals from a cubic in the prior score, both (n,).

    The residual's spread is a straight line in the start, fitted to its size (Glejser 1969), so that a band where
    scores scatter more does not fill the list. Degrees of freedom: n − 4. Raises BadInput under 200 pupils and when
    all starts are equal.
    """
    whole("the prior score", prior), whole("the score", now)
    if len(now) < FEWEST_FOR_CUBIC:
        raise BadInput(f"{len(now)} pupils: {NOT_ENOUGH}.")
    if np.ptp(prior) == 0 or np.ptp(now) == 0:
        raise BadInput(f"All {len(now)} scores are equal: pupils cannot be told apart.")
    start = (prior - prior.mean()) / prior.std()
    curve = np.vander(start, _CUBIC_COLUMNS)
    residual = now - curve @ np.linalg.lstsq(curve, now, rcond=None)[0]
    line = np.vander(start, 2)
    spread = line @ np.linalg.lstsq(line, np.abs(residual), rcond=None)[0]
    spread = np.maximum(spread, 0.25 * np.abs(residual).mean())
    freedom = len(now) - _CUBIC_COLUMNS
    standard = residual / spread
    standard /= np.sqrt(np.sum(standard**2) / freedom)
    below: Ints = np.floor(100 * stdtr(freedom, standard)).astype(np.int64)
    return np.clip(below, 1, 99)


class Added(NamedTuple):
    """A group's value added: the raw mean, the mean drawn towards nought, and its 95% interval."""

    pupils: int
    mean: float
    shrunk: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ValueAdded:
    """Every group's value added, with what it was drawn by."""

    groups: dict[int, Added]
    within: float  # variance of pupils inside a group
    between: float  # variance of groups


def residuals(band: Ints, score: Floats) -> Floats:
    """Each score less the mean of pupils with the same start (`band` numbers the starts): key stage progress."""
    whole("the score", score)
    total, count = np.bincount(band, weights=score), np.bincount(band)
    left: Floats = score - (total / np.maximum(count, 1))[band]
    return left


def value_added(group: Ints, residual: Floats) -> ValueAdded:
    """Shrunken group means û = n/(n + λ) · mean, λ = within/between, variances by one-way analysis of variance.

    With no variance between groups every mean is nought. Raises BadInput for fewer than two groups or pupils.
    """
    whole("the residual", residual)
    names, place, count = np.unique(group, return_inverse=True, return_counts=True)
    groups, n = len(names), len(group)
    if groups < 2 or n <= groups:
        raise BadInput(f"{groups} groups with {n} pupils: {NOT_ENOUGH}.")
    mean = np.bincount(place, weights=residual) / count
    within = float(np.sum((residual - mean[place]) ** 2) / (n - groups))
    size = float((n - np.sum(count**2) / n) / (groups - 1))
    spread = float(np.sum(count * (mean - residual.mean()) ** 2) / (groups - 1))
    between = max(0.0, (spread - within) / size)
    drawn = count / (count + within / between) if between else np.zeros(groups)
    error = 1.959963984540054 * np.sqrt(drawn * within / count)
    return ValueAdded(
        {
            int(name): Added(int(k), float(m), float(d * m), float(d * m - e), float(d * m + e))
            for name, k, m, d, e in zip(names, count, mean, drawn, error, strict=True)
        },
        within,
        between,
    )
