"""The line through a run of scores, and when there are too few of them for one.

Under 6 points: dots, no line. Under 14: a line that no decision may rest on (Christ and others 2012, simulated
reading probes). Slope errors: SEE/(SD_t·√n).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from alongside.progress.columns import BadInput, Floats, whole

FEWEST_FOR_A_LINE = 6
FEWEST_TO_DECIDE = 14


class Line(NamedTuple):
    """A slope in points per unit of time, its standard error, and what it may be used for."""

    points: int
    slope: float
    intercept: float
    error: float
    use: str  # "dots only", "a line, no decision yet" or "a line"


def least_squares(time: Floats, score: Floats) -> Line:
    """The ordinary line. Raises BadInput for times that do not rise and for fewer than three points."""
    _rising(time, score)
    n = len(time)
    t = time - time.mean()
    slope = float(t @ score / (t @ t))
    intercept = float(score.mean() - slope * time.mean())
    residual = score - intercept - slope * time
    error = float(np.sqrt(residual @ residual / (n - 2) / (t @ t)))
    return Line(n, slope, intercept, error, use_of(n))


def theil_sen(time: Floats, score: Floats) -> Line:
    """The middle of all slopes between two points (Theil 1950, Sen 1968): one odd score does not bend it.

    The error is half the width of Sen's 68% interval, from the variance n(n−1)(2n+5)/18 of Kendall's S.
    """
    _rising(time, score)
    n = len(time)
    first, last = np.triu_indices(n, 1)
    slopes = np.sort((score[last] - score[first]) / (time[last] - time[first]))
    slope = float(np.median(slopes))
    reach = np.sqrt(n * (n - 1) * (2 * n + 5) / 18)
    low = max(0, int(np.floor((len(slopes) - reach) / 2)))
    high = min(len(slopes) - 1, int(np.ceil((len(slopes) + reach) / 2)) - 1)
    return Line(n, slope, float(np.median(score - slope * time)), float(slopes[high] - slopes[low]) / 2, use_of(n))


def use_of(points: int) -> str:
    """What a line through this many points may be used for."""
    if points < FEWEST_FOR_A_LINE:
        return "dots only"
    return "a line, no decision yet" if points < FEWEST_TO_DECIDE else "a line"


def _rising(time: Floats, score: Floats) -> None:
    whole("the time", time), whole("the score", score)
    if len(time) != len(score):
        raise BadInput(f"{len(time)} times but {len(score)} scores.")
    if len(time) < 3:
        raise BadInput(f"{len(time)} scores: a line needs three.")
    back = np.flatnonzero(np.diff(time) <= 0)
    if len(back):
        raise BadInput(f"Row {back[0] + 2}: its day is not after the day of the row before.")
