"""The four signs of less than expected progress (SEND Code of Practice 6.17), each with its error.

| Sign | Fires when |
|---|---|
| `slower_than_peers` | mean growth percentile of the last two intervals < 25 and P(true < 40) ≥ 0.8 |
| `previous_rate_not_matched` | the last rate is below the one before by more than 1.645 of its error |
| `gap_not_closing` | the lower end of the 80% interval of the closing rate ≤ 0, and the gap is more than one SEM |
| `gap_widens` | reliable change index < −1.645 |

Scores are age-standardised, (n, t): a row for a pupil, a column for an assessment, NaN where it was not sat. Times are
(t,) or (n, t) in years. A pupil with too few points gets no answer, and the reason says so; there is no silent NaN.
The raw signs, "lower than last time", are a coin toss: see `simulate`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from alongside.progress.columns import BadInput, Floats, Marks

VERSION: Final = "2026.1"
"""Goes into every flag. A change of a figure below is a new version."""

PERCENTILE_ERROR = 22.0  # of one year's growth percentile (Wells & Sireci 2020)
LOW_PERCENTILE = 25.0
SURELY_BELOW = 40.0
SURE = 0.8
ONE_SIDED = 1.6448536269514722  # 5% in one tail
EIGHTY = 1.2815515655446004  # 80% interval
SEVERAL = 6  # points, from which two lines are compared rather than three points


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign for every pupil."""

    name: str
    fires: Marks  # (n,)
    answered: Marks  # (n,) False where there is not enough to say
    figure: Floats  # (n,) what is compared; 0 where unanswered
    error: Floats  # (n,) its standard error; 0 where unanswered
    points: NDArray[np.int64]  # (n,) assessments it rests on
    needs: str  # the reason given to those who are not answered
    version: str = VERSION


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores with the earliest first and those not sat at the end, ready for the signs."""

    time: Floats  # (n, t)
    score: Floats  # (n, t)
    error: Floats  # (n, t) standard errors of measurement
    points: NDArray[np.int64]  # (n,) how many were sat

    def at(self, back: int) -> tuple[Floats, Floats, Floats]:
        """Time, score and error of each pupil's last assessment (1), the one before (2) …; NaN without."""
        place = self.points - back
        rows = np.arange(len(self.points))
        there = place >= 0
        place = np.maximum(place, 0)
        return tuple(np.where(there, column[rows, place], np.nan) for column in (self.time, self.score, self.error))  # type: ignore[return-value]


def scores_of(time: ArrayLike, score: ArrayLike, error: ArrayLike) -> Scores:
    """Lay scores out for the signs. Raises BadInput, naming the row, for time that does not rise or no error."""
    x = np.atleast_2d(np.asarray(score, dtype=np.float64))
    t = np.broadcast_to(np.asarray(time, dtype=np.float64), x.shape)
    sem = np.broadcast_to(np.asarray(error, dtype=np.float64), x.shape)
    sat = ~np.isnan(x)
    _refuse(np.isinf(x) | (sat & ~np.isfinite(t)), "a score or its time is not a finite number")
    _refuse(sat & ~(sem > 0), "the test's error of measurement must be more than nought")
    order = np.argsort(~sat, axis=1, kind="stable")
    points = sat.sum(axis=1)
    t, x, sem = (np.take_along_axis(column, order, axis=1) for column in (t, x, sem))
    there = np.arange(x.shape[1]) < points[:, None]
    _refuse(there[:, 1:] & (np.diff(t, axis=1) <= 0), "an assessment is not later than the one before it")
    return Scores(t, x, sem, points)


def _refuse(broken: Marks, reason: str) -> None:
    rows = np.flatnonzero(broken.any(axis=1))
    if len(rows):
        more = f" So do {len(rows) - 1} more." if len(rows) > 1 else ""
        raise BadInput(f"Row {rows[0] + 1}: {reason}.{more}")


def _sign(name: str, fires: Marks, answered: Marks, figure: Floats, error: Floats, scores: Scores, needs: str) -> Sign:
    return Sign(
        name, fires & answered, answered, np.where(answered, figure, 0), np.where(answered, error, 0),
        scores.points, needs,
    )  # fmt: skip


def slower_than_peers(last: Floats, before: Floats) -> Sign:
    """First sign, from the growth percentiles of the last two intervals, each (n,), NaN without."""
    answered = ~np.isnan(last) & ~np.isnan(before)
    outside = np.flatnonzero(answered & ((np.minimum(last, before) < 1) | (np.maximum(last, before) > 99)))
    if len(outside):
        raise BadInput(f"Row {outside[0] + 1}: a growth percentile lies from 1 to 99.")
    mean = (last + before) / 2
    error = PERCENTILE_ERROR / np.sqrt(2)
    fires = (mean < LOW_PERCENTILE) & (ndtr((SURELY_BELOW - mean) / error) >= SURE)
    count = (~np.isnan(last)).astype(np.int64) + ~np.isnan(before)
    return Sign(
        "slower than peers from the same start", fires & answered, answered, np.where(answered, mean, 0),
        np.where(answered, error, 0), count, "needs growth percentiles of two intervals",
    )  # fmt: skip


def previous_rate_not_matched(scores: Scores) -> Sign:
    """Second sign. With 3 to 5 points the last two intervals; from 6 on the lines before and after the middle.

    D = r₂ − r₁ and, with gaps of d₁ and d₂ years, SE² = (SEM₃/d₂)² + SEM₂²(1/d₁ + 1/d₂)² + (SEM₁/d₁)²; with equal
    gaps √(SEM₃² + 4·SEM₂² + SEM₁²)/d. The middle score enters twice with opposite signs, hence the 4.
    """
    t3, x3, e3 = scores.at(1)
    t2, x2, e2 = scores.at(2)
    t1, x1, e1 = scores.at(3)
    late, early = t3 - t2, t2 - t1
    change = (x3 - x2) / late - (x2 - x1) / early
    error = np.sqrt((e3 / late) ** 2 + (e2 * (1 / early + 1 / late)) ** 2 + (e1 / early) ** 2)
    many = scores.points >= SEVERAL
    if many.any():
        place = np.arange(scores.score.shape[1])
        half = scores.points[:, None] // 2
        sat = place < scores.points[:, None]
        first, first_error = _slopes(scores, sat & (place < half))
        second, second_error = _slopes(scores, sat & (place >= half))
        change = np.where(many, second - first, change)
        error = np.where(many, np.hypot(first_error, second_error), error)
    answered = scores.points >= 3
    with np.errstate(invalid="ignore"):
        fires = change < -ONE_SIDED * error
    return _sign("the pupil's own earlier rate is not matched", fires, answered, change, error, scores,
                 "needs three assessments on one scale")  # fmt: skip


def gap_not_closing(scores: Scores, peers: Floats) -> Sign:
    """Third sign. `peers` is the peers' median at each assessment, (t,) or (n, t) as `scores` was laid out.

    The figure is the closing rate in points a year, minus the slope of the gap over at least three points.
    """
    gap = Scores(scores.time, np.broadcast_to(peers, scores.score.shape) - scores.score, scores.error, scores.points)
    sat = np.arange(scores.score.shape[1]) < scores.points[:, None]
    slope, error = _slopes(gap, sat)
    closing = -slope
    _, last, sem = gap.at(1)
    answered = scores.points >= 3
    with np.errstate(invalid="ignore"):
        fires = (closing - EIGHTY * error <= 0) & (last > sem)
    return _sign("the gap to peers is not closing", fires, answered, closing, error, scores,
                 "needs three assessments on one scale")  # fmt: skip


def gap_widens(scores: Scores) -> Sign:
    """Fourth sign: RCI = (x_last − x_first)/√(SEM_first² + SEM_last²). The figure is the change in points."""
    _, last, last_error = scores.at(1)
    change = last - scores.score[:, 0]
    error = np.hypot(scores.error[:, 0], last_error)
    with np.errstate(invalid="ignore"):
        fires = change < -ONE_SIDED * error
    return _sign("the gap to peers widens", fires, scores.points >= 2, change, error, scores,
                 "needs two assessments on one scale")  # fmt: skip


def _slopes(scores: Scores, sat: Marks) -> tuple[Floats, Floats]:
    """Each pupil's slope over the marked points, and its error from the tests' own errors: √Σ(c·SEM)²."""
    count = np.maximum(sat.sum(axis=1), 1)
    time = np.where(sat, scores.time, 0)
    centred = np.where(sat, time - (time.sum(axis=1) / count)[:, None], 0)
    square = np.sum(centred**2, axis=1)
    weight = centred / np.where(square > 0, square, 1)[:, None]
    slope = np.sum(weight * np.where(sat, scores.score, 0), axis=1)
    error = np.sqrt(np.sum((weight * np.where(sat, scores.error, 0)) ** 2, axis=1))
    return slope, error
