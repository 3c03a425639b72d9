"""Comparing schools by a rate, and watching a rate over time.

Outside a funnel is a reason for a visit, not a verdict: finding few pupils with need is as worrying as finding many.
Sources: Wilson 1927; Byar's approximation (Breslow & Day 1987); Spiegelhalter 2005 (doi 10.1002/sim.1970); XmR
charts after Shewhart with the four rules the NHS's Making Data Count uses. Funnel limits are prediction limits.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.special import ndtri
from scipy.stats import binom

from alongside.progress.columns import BadInput, Floats, Marks, share, whole

MOVING_RANGE = 2.66  # 3/1.128: three sigmas from the mean moving range of two points
RUN = 7
INNER_LIMIT = 2 / 3  # "near a limit": beyond two of the three sigmas


class Interval(NamedTuple):
    """The ends of an interval."""

    low: float
    high: float


def _z(level: float) -> float:
    if not 0 < share("The level", level) < 1:
        raise BadInput(f"The level is {level}: it must lie between 0 and 1.")
    return float(ndtri((1 + level) / 2))


def wilson(count: float, base: float, level: float = 0.95) -> Interval:
    """The interval of a share, `count` of `base` (Wilson 1927): never below 0 or above 1."""
    if not 0 <= count <= base or not 0 < base < math.inf:
        raise BadInput(f"{count} of {base} is not a share.")
    z = _z(level)
    middle = 2 * count + z**2
    reach = z * math.sqrt(z**2 + 4 * count * (1 - count / base))
    return Interval(max(0.0, (middle - reach) / (2 * (base + z**2))), min(1.0, (middle + reach) / (2 * (base + z**2))))


def byar(count: float, level: float = 0.95) -> Interval:
    """The interval of a count (Byar's approximation to the Poisson)."""
    if not 0 <= count < math.inf:
        raise BadInput(f"{count} is not a count.")
    z = _z(level)
    low = count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3 if count else 0.0
    high = (count + 1) * (1 - 1 / (9 * (count + 1)) + z / (3 * math.sqrt(count + 1))) ** 3
    return Interval(max(0.0, low), high)


def funnel(baseline: float, base: float, level: float = 0.95) -> Interval:
    """Prediction limits of a share from a group of this size: p ± z√(p(1 − p)/n), the score limits."""
    share("The baseline", baseline)
    if not 0 < base < math.inf:
        raise BadInput(f"A group of {base} has no rate.")
    reach = _z(level) * math.sqrt(baseline * (1 - baseline) / base)
    return Interval(max(0.0, baseline - reach), min(1.0, baseline + reach))


def funnel_exact(baseline: float, base: int, level: float = 0.95) -> Interval:
    """Exact binomial limits (Spiegelhalter 2005): with r the least count with F(r) ≥ p, (r − α)/n between steps."""
    share("The baseline", baseline)
    if base < 1:
        raise BadInput(f"A group of {base} has no rate.")

    def limit(p: float) -> float:
        r = int(binom.ppf(p, base, baseline))
        here, under = float(binom.cdf(r, base, baseline)), float(binom.cdf(r - 1, base, baseline))
        alpha = (here - p) / (here - under) if here > under else 0.0
        return min(1.0, max(0.0, (r - alpha) / base))

    tail = (1 - level) / 2
    _z(level)
    return Interval(limit(tail), limit(1 - tail))


class Dispersion(NamedTuple):
    """How much more schools differ than chance: φ, and the variance between schools τ² (0 when φ ≤ 1)."""

    phi: float
    tau_squared: float


def dispersion(z: Floats, error: Floats, winsorised: float = 0.1) -> Dispersion:
    """Over-dispersion of school z-scores with their standard errors (Spiegelhalter 2005), winsorised at each end.

    φ = Σz²/I; τ² = [Iφ − (I − 1)]/[Σw − Σw²/Σw] with w = 1/SE².
    """
    whole("the z-score", z), whole("the error", error)
    count = len(z)
    if count < 2 or (error <= 0).any():
        raise BadInput("Over-dispersion needs two schools or more, each with an error of more than nought.")
    low, high = np.quantile(z, (winsorised, 1 - winsorised))
    phi = float(np.sum(np.clip(z, low, high) ** 2) / count)
    w = 1 / error**2
    tau = (count * phi - (count - 1)) / float(w.sum() - np.sum(w**2) / w.sum())
    return Dispersion(phi, max(0.0, tau) if phi > 1 else 0.0)


@dataclass(frozen=True, slots=True)
class Xmr:
    """A run chart with its limits, and the points that break each of the four rules."""

    mean: float
    moving_range: float
    low: float
    high: float
    outside: Marks
    one_side: Marks  # end of 7 on one side of the mean
    rising_or_falling: Marks  # end of 7 in one direction
    near_limit: Marks  # end of 2 of 3 near the same limit


def xmr(values: Floats) -> Xmr:
    """Limits mean ± 2.66 · mean moving range, and the four rules. Raises BadInput under two points."""
    whole("the value", values)
    if len(values) < 2:
        raise BadInput("A chart over time needs two points or more.")
    mean, moving = float(values.mean()), float(np.abs(np.diff(values)).mean())
    reach = MOVING_RANGE * moving
    side, direction = np.sign(values - mean), np.sign(np.diff(values))
    near_high, near_low = values > mean + INNER_LIMIT * reach, values < mean - INNER_LIMIT * reach
    return Xmr(
        mean,
        moving,
        mean - reach,
        mean + reach,
        np.abs(values - mean) > reach,
        _runs(side > 0, RUN) | _runs(side < 0, RUN),
        _padded(_runs(direction > 0, RUN - 1) | _runs(direction < 0, RUN - 1)),
        _two_of_three(near_high) | _two_of_three(near_low),
    )


def _runs(marks: Marks, length: int) -> Marks:
    """Where a run of at least this length stands or goes on."""
    count = 0
    ends = np.zeros(len(marks), dtype=bool)
    for place, mark in enumerate(marks):
        count = count + 1 if mark else 0
        ends[place] = count >= length
    return ends


def _padded(marks: Marks) -> Marks:
    return np.concatenate(([False], marks))


def _two_of_three(marks: Marks) -> Marks:
    padded = np.concatenate(([0, 0], marks.astype(np.int64)))
    return marks & (padded[2:] + padded[1:-1] + padded[:-2] >= 2)
