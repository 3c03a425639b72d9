"""Did the provision help? Effect sizes with a comparison group, and one pupil's before and after.

Every before-and-after figure must be shown with `measure.rise_by_chance`: a pupil chosen for a low score is expected
to rise anyway. Sources: Hedges 1981; months of progress after the Education Endowment Foundation's table; NAP: Parker &
Vannest 2009; Tau-U: Parker and others 2011; baseline-corrected Tau: Tarlow 2017 (doi 10.1177/0145445516676750), which
is the one to show, for Tau-U can pass ±1 and corrects weakly.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from scipy.stats import kendalltau

from alongside.progress.columns import BadInput, Floats, whole

FEWEST_POINTS = 5  # before, and after, for one pupil
_MONTHS = ((0.96, 12), (0.88, 11), (0.79, 10), (0.70, 9), (0.62, 8), (0.53, 7), (0.45, 6), (0.36, 5),
           (0.27, 4), (0.19, 3), (0.10, 2), (0.02, 1))  # fmt: skip
_GAINS = ((4.0, "remarkable"), (3.0, "substantial"), (2.0, "useful"), (1.4, "modest"))


class Effect(NamedTuple):
    """A standardised difference with its error."""

    g: float
    error: float
    months: int


def hedges_g(with_it: Floats, without: Floats) -> Effect:
    """g = J·(m₁ − m₂)/s_pooled, J = 1 − 3/(4df − 1). Raises BadInput for under two pupils a side or no spread."""
    whole("a score", with_it), whole("a score", without)
    n1, n2 = len(with_it), len(without)
    if min(n1, n2) < 2:
        raise BadInput(f"{n1} and {n2} pupils: a comparison needs two or more on each side.")
    df = n1 + n2 - 2
    pooled = math.sqrt(((n1 - 1) * with_it.var(ddof=1) + (n2 - 1) * without.var(ddof=1)) / df)
    if pooled == 0:
        raise BadInput("All scores are equal: there is nothing to compare.")
    g = (1 - 3 / (4 * df - 1)) * float(with_it.mean() - without.mean()) / pooled
    return Effect(g, math.sqrt((n1 + n2) / (n1 * n2) + g**2 / (2 * (n1 + n2))), months(g))


def months(effect: float) -> int:
    """Months of progress for an effect size, to two decimals as the table has it; a loss is negative."""
    if not math.isfinite(effect):
        raise BadInput(f"The effect size is {effect}, not a number.")
    size = round(abs(effect), 2)
    found = next((months for least, months in _MONTHS if size >= least), 0)
    return int(math.copysign(found, effect))


def ratio_gain(gained: float, elapsed: float) -> float:
    """Months gained for each month that went by (Brooks)."""
    if not elapsed > 0 or not math.isfinite(gained):
        raise BadInput(f"{elapsed} months went by: the time must be more than nought.")
    return gained / elapsed


def gain_in_words(ratio: float) -> str:
    """Brooks's word for a ratio gain; under 1.4 it is doubtful."""
    return next((word for least, word in _GAINS if ratio >= least), "doubtful")


class SingleCase(NamedTuple):
    """One pupil, before (A) and after (B): overlap measures, and whether there are points enough to use them."""

    nap: float
    tau: float
    tau_u: float
    corrected_tau: float
    pnd: float
    enough: bool


def single_case(before: Floats, after: Floats) -> SingleCase:
    """Overlap of two phases; higher is better. Raises BadInput without two points before and one after."""
    whole("a score before", before), whole("a score after", after)
    if len(before) < 2 or not len(after):
        raise BadInput(f"{len(before)} scores before and {len(after)} after: never without a baseline.")
    pairs = len(before) * len(after)
    between = _sum_of_signs(before, after)
    ties = float((after[None, :] == before[:, None]).sum())
    wins = (between + pairs - ties) / 2
    within = float(sum(np.sign(before[later] - before[:later]).sum() for later in range(1, len(before))))
    return SingleCase(
        (wins + ties / 2) / pairs,
        between / pairs,
        (between - within) / pairs,
        corrected_tau(before, after),
        float((after > before.max()).mean()),
        min(len(before), len(after)) >= FEWEST_POINTS,
    )


def corrected_tau(before: Floats, after: Floats, level: float = 0.05) -> float:
    """Tau after taking a Theil–Sen trend of the baseline out, only where Kendall's test finds one."""
    time = np.arange(len(before) + len(after), dtype=np.float64)
    values = np.concatenate([before, after])
    real = len(before) > 2 and np.ptp(before) > 0
    if real and float(kendalltau(time[: len(before)], before).pvalue) < level:
        first, last = np.triu_indices(len(before), 1)
        slope = float(np.median((before[last] - before[first]) / (last - first)))
        values = np.round(values - slope * time, 9)
    return _sum_of_signs(values[: len(before)], values[len(before) :]) / (len(before) * len(after))


def _sum_of_signs(before: Floats, after: Floats) -> float:
    return float(np.sign(after[None, :] - before[:, None]).sum())
