"""The error of a test, and how far a score must move before it means anything.

Scores are on one scale, its standard deviation `sd` and the reliability `r` of the test from the publisher's manual.
Sources: Lord & Novick 1968; Kelley 1947; Jacobson & Truax 1991; with two errors that may differ, Maassen 2004
(pubmed 15637779).
"""

import math
from typing import NamedTuple

from scipy.special import ndtri

from alongside.progress.columns import BadInput, share


class Score(NamedTuple):
    """An estimate and its standard error."""

    value: float
    error: float

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """The interval that holds the true value in `level` of all cases."""
        reach = float(ndtri((1 + share("The level", level)) / 2)) * self.error
        return self.value - reach, self.value + reach


def sem(sd: float, reliability: float) -> float:
    """The standard error of measurement: sd·√(1 − r), in points of the scale."""
    if not (sd > 0 and math.isfinite(sd)):
        raise BadInput(f"The standard deviation is {sd}: it must be more than nought.")
    return sd * math.sqrt(1 - share("The reliability", reliability))


def error_of_difference(first: float, last: float) -> float:
    """The standard error of a change between two tests: √(SEM₁² + SEM₂²)."""
    if not (first >= 0 and last >= 0 and math.isfinite(first + last)) or first + last == 0:
        raise BadInput(f"The errors are {first} and {last}: a test has an error of more than nought.")
    return math.hypot(first, last)


def reliable_change(first: float, last: float, first_error: float, last_error: float) -> float:
    """RCI = (x₂ − x₁)/S_diff: under −1.645 a fall is beyond chance in 95 of 100 cases."""
    if not math.isfinite(last - first):
        raise BadInput(f"The scores are {first} and {last}: both must be numbers.")
    return (last - first) / error_of_difference(first_error, last_error)


def beyond_chance(first_error: float, last_error: float, level: float = 0.95) -> float:
    """How many points a score must move, up or down, to be this sure."""
    return float(ndtri((1 + share("The level", level)) / 2)) * error_of_difference(first_error, last_error)


def true_score(score: float, mean: float, sd: float, reliability: float) -> Score:
    """Kelley's estimate r·x + (1 − r)·mean with error sd·√(r(1 − r))."""
    error = sem(sd, reliability)
    return Score(reliability * score + (1 - reliability) * mean, math.sqrt(reliability) * error)


def rise_by_chance(score: float, mean: float, reliability: float) -> float:
    """What a pupil chosen for a low score would gain anyway: (1 − r)(mean − x), regression to the mean."""
    return (1 - share("The reliability", reliability)) * (mean - score)
