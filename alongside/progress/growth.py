"""Growth percentiles: of pupils who started where this one did, how many in a hundred now stand below.

The method is Betebenner's (2009, 2019), written anew from its description. The score of this year is fitted on a
cubic B-spline of the scores of the one, two or three years before, for a hundred quantiles; a pupil's percentile is
the number of fitted quantiles strictly below the score, at least 1 and at most 99.

One year's percentile is rough: its error is about 22 points (Wells & Sireci 2020, doi
10.1080/08957347.2020.1789139). See `signs` for what may be asked of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import polars as pl
from scipy.interpolate import BSpline
from scipy.special import ndtr

from alongside.progress import frisch_newton, quantiles
from alongside.progress.columns import BadInput, Floats, Ints, Places
from alongside.progress.ladder import FEWEST_FOR_CUBIC, FEWEST_FOR_QUANTILES, cubic_percentiles
from alongside.progress.panel import Panel

KNOTS: Mapping[str, str] = {
    "latest": "each grade's from the latest prior year, all pupils of the grade, once",
    "cohort": "each fit's from the prior scores of the pupils in it",
    "all": "each grade's from all years before this one",
}
FITS: Mapping[str, str] = {
    "exact": "the minimum itself, fitted values rounded before they are compared",
    "frisch-newton": "as R's fn leaves them, compared unrounded: to hold figures against such a program",
}
INNER = (0.2, 0.4, 0.6, 0.8)
WIDENED = 0.1  # of the range, at each side
DEGREE = 3
DECIMALS = 5  # of a fitted quantile: what lies on the plane must not count as below it by rounding
ROWS_AT_ONCE = 32_768


class Knots(NamedTuple):
    """Where the pieces of a spline meet, and its ends."""

    inner: Floats
    low: float
    high: float


class Grades(NamedTuple):
    """Grades that follow each other, the first and the last: `3-5` is 3, 4 and then 5 this year."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Fitted:
    """One fit: which grade, how many years before, how many pupils, how it was made."""

    grade: int
    order: int
    pupils: int
    method: str  # "quantiles", "cubic", "not enough pupils to say", or why there is nothing to tell
    certified: int = 0  # of 100 quantiles, those proved best
    by_highs: int = 0


@dataclass(frozen=True, slots=True)
class Growth:
    """Percentiles of one year: for each pupil the fit with the most years before it."""

    pupil: Places  # numbers of `Panel.names`
    grade: Ints
    order: Ints
    percentile: Ints
    fits: tuple[Fitted, ...]

    def by_order(self) -> dict[int, int]:
        """How many pupils rest on each number of years before."""
        return {int(order): int((self.order == order).sum()) for order in np.unique(self.order)}

    def sums(self) -> dict[int, int]:
        """The percentiles added up by order: one figure that shows whether two programs agree."""
        return {int(order): int(self.percentile[self.order == order].sum()) for order in np.unique(self.order)}

    def table(self, panel: Panel) -> pl.DataFrame:
        """The result as columns pupil, grade, order, growth_percentile."""
        return pl.DataFrame(
            {
                "pupil": panel.names.gather(self.pupil),
                "grade": self.grade,
                "order": self.order,
                "growth_percentile": self.percentile,
            }
        )


def knots_of(scores: Floats) -> Knots:
    """Inner knots at the 20, 40, 60 and 80 percentiles (type 7), ends a tenth of the range outside the scores.

    Raises BadInput when all scores are equal: no curve can be laid through one point.
    """
    low, high = float(scores.min()), float(scores.max())
    if low == high:
        raise BadInput(f"All {len(scores)} prior scores are {low:g}: pupils cannot be told apart by their start.")
    inner = np.unique(np.round(np.quantile(scores, INNER), 3))
    span = high - low
    ends = round(low - WIDENED * span, 3), round(high + WIDENED * span, 3)
    return Knots(inner[(inner > ends[0]) & (inner < ends[1])], *ends)


def basis(scores: Floats, knots: Knots) -> Floats:
    """The cubic B-spline of scores, (n, 7) with four inner knots: the first column is left to the intercept."""
    places = np.concatenate(([knots.low] * (DEGREE + 1), knots.inner, [knots.high] * (DEGREE + 1)))
    columns: Floats = BSpline.design_matrix(scores, places, DEGREE, extrapolate=True).toarray()
    return columns[:, 1:]


def design(priors: Floats, knots: Sequence[Knots]) -> Floats:
    """Intercept and the splines of each prior score, most recent first: (n, 1 + 7k) from (n, k)."""
    splines = [basis(np.ascontiguousarray(priors[:, lag]), these) for lag, these in enumerate(knots)]
    return np.column_stack([np.ones(len(priors)), *splines])


def percentiles(x: Floats, y: Floats, coefficients: Floats, decimals: int = DECIMALS) -> Ints:
    """How many of a row's hundred fitted quantiles lie strictly below its score, held to 1…99."""
    below = np.empty(len(y), dtype=np.int64)
    score = np.round(y, decimals)  # or a score with more decimals than that would fall under its own plane
    for start in range(0, len(y), ROWS_AT_ONCE):
        part = slice(start, start + ROWS_AT_ONCE)
        predicted = np.round(x[part] @ coefficients.T, decimals)
        below[part] = np.count_nonzero(predicted < score[part, None], axis=1)
    return np.clip(below, 1, 99)


def growth(
    panel: Panel,
    year: int,
    *,
    max_priors: int = 3,
    sequences: Iterable[Grades] | None = None,
    knots: str = "latest",
    fewest: int = FEWEST_FOR_QUANTILES,
    fits: str = "exact",
) -> Growth:
    """Growth percentiles of every pupil with a score in `year` and in the year or years before it.

    `sequences` says which grades follow each other; without it, every grade that has one before it. A group under
    `fewest` goes down the ladder of `ladder`. Raises BadInput when there is nothing to compare.
    """
    if knots not in KNOTS:
        raise BadInput(f"There are no knots {knots!r}. Choose from {', '.join(KNOTS)}.")
    if fits not in FITS:
        raise BadInput(f"There are no fits {fits!r}. Choose from {', '.join(FITS)}.")
    if fewest < FEWEST_FOR_CUBIC:
        raise BadInput(
            f"A fit of a hundred quantiles cannot rest on {fewest} pupils; {FEWEST_FOR_CUBIC} are the least."
        )
    lags = [panel.wide(year - lag) for lag in range(max_priors + 1)]
    if not (lags[0][0] >= 0).any():
        raise BadInput(f"There are no scores of {year}. The table has {', '.join(map(str, panel.years()))}.")
    wanted = _fits(lags, max_priors, sequences)
    order = np.zeros(len(panel.names), dtype=np.int64)
    result = np.zeros(len(panel.names), dtype=np.int64)
    made: list[Fitted] = []
    known: dict[int, Knots] = {}
    for grade, count in wanted:
        rows = np.flatnonzero(
            np.logical_and.reduce([grades == grade - lag for lag, (grades, _) in enumerate(lags[: count + 1])])
        )
        priors = np.column_stack([scores[rows] for _, scores in lags[1 : count + 1]])
        now = lags[0][1][rows]
        alike = _alike(now, priors)
        if alike or len(rows) < fewest:
            method = alike or _small_group(rows, priors, now, count, order, result)
            made.append(Fitted(grade, count, len(rows), method))
            continue
        if knots == "cohort":
            these = [knots_of(priors[:, lag]) for lag in range(count)]
        else:
            these = [_grade_knots(panel, year, grade - lag, knots, known) for lag in range(1, count + 1)]
        x = design(priors, these)
        result[rows], one = _fitted(x, now, fits, Fitted(grade, count, len(rows), "quantiles"))
        order[rows] = count
        made.append(one)
    there = np.flatnonzero(order)
    return Growth(there, lags[0][0][there], order[there], result[there], tuple(made))


def _fitted(x: Floats, now: Floats, fits: str, one: Fitted) -> tuple[Ints, Fitted]:
    """The percentiles of one fit, and the fit with how it was made."""
    if fits == "frisch-newton":
        columns = quantiles.independent(x)
        left = frisch_newton.fit(np.ascontiguousarray(x[:, columns]), now)
        return frisch_newton.percentiles(x[:, columns], now, left), one
    fit = quantiles.fit(x, now)
    return percentiles(x, now, fit.coefficients), replace(one, certified=fit.certified, by_highs=fit.by_highs)


def _alike(now: Floats, priors: Floats) -> str:
    """Why a group cannot be compared: nobody in it, or all with one score. Empty when it can."""
    if len(now) < 2:
        return "not enough pupils to say"
    for scores in (now, *priors.T):
        if np.ptp(scores) == 0:
            return f"all scores are {scores[0]:g}: pupils cannot be told apart"
    return ""


def _small_group(rows: Places, priors: Floats, now: Floats, count: int, order: Ints, result: Ints) -> str:
    """The second rung for pupils who have no percentile yet; only with one prior, where it is steady."""
    if len(rows) < FEWEST_FOR_CUBIC or count > 1:
        return "not enough pupils to say"
    result[rows], order[rows] = cubic_percentiles(priors[:, 0], now), count
    return "cubic"


def _fits(
    lags: Sequence[tuple[Ints, Floats]], max_priors: int, sequences: Iterable[Grades] | None
) -> list[tuple[int, int]]:
    """Which grade and how many years before, fewest years first so that a longer run replaces a shorter one."""
    if sequences is None:
        sat = [set(np.unique(grades).tolist()) - {-1} for grades, _ in lags]
        pairs = {(last, lag) for last in sat[0] for lag in range(1, max_priors + 1) if last - lag in sat[lag]}
    else:
        pairs = {(last, count) for first, last in sequences for count in range(1, min(max_priors, last - first) + 1)}
    return sorted(pairs, key=lambda pair: (pair[1], pair[0]))


def _grade_knots(panel: Panel, year: int, grade: int, which: str, known: dict[int, Knots]) -> Knots:
    """Knots of a grade's prior scores: of the latest prior year that has the grade, or of all of them."""
    if grade not in known:
        years = [prior for prior in panel.years() if prior < year and (panel.of(prior) & (panel.grade == grade)).any()]
        chosen = years[-1:] if which == "latest" else years
        known[grade] = knots_of(panel.score[np.isin(panel.year, chosen) & (panel.grade == grade)])
    return known[grade]


def sequences_of(text: str) -> list[Grades]:
    """`3-4,3-5` as sequences of grades. Raises BadInput with the part that is none."""
    found = []
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        if not (dash and first.isdigit() and last.isdigit() and int(first) < int(last)):
            raise BadInput(f"{part.strip()!r} is no sequence of grades. Write the first and the last, as in 3-5.")
        found.append(Grades(int(first), int(last)))
    return found


def normal_percentile(rho: float, prior: float, now: float) -> float:
    """The percentile when both scores are standard normal with correlation ρ: 100·Φ((y − ρx)/√(1 − ρ²))."""
    if not -1 < rho < 1:
        raise BadInput(f"The correlation is {rho}: it must lie between −1 and 1.")
    return 100 * float(ndtr((now - rho * prior) / math.sqrt(1 - rho**2)))
