"""Are we finding pupils of every group alike? Both ways: too many is a question, too few is one too.

The characteristics here (sex, ethnicity, EAL, disadvantage, month of birth) are never in the rule that flags, or low
expectations would be excused. They are in the audit of the flags. Having EAL is neither proof of need nor an excuse
for missing it. Sources: risk ratios after 34 CFR 300.647 and Bollmer and others 2014; ridge-penalised logistic
regression, le Cessie & van Houwelingen 1992; AUC's interval, DeLong and others 1988.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, ndtri
from scipy.stats import binom, rankdata

from alongside.progress.charts import Interval, byar
from alongside.progress.columns import BadInput, Floats, Marks, share, whole

FEWEST_IN_CELL = 10
FEWEST_IN_GROUP = 30
MUCH_MORE, MUCH_LESS = 1.33, 0.75
_Z95 = 1.959963984540054


class RiskRatio(NamedTuple):
    """How many times likelier in the group than among others, and the 95% interval."""

    ratio: float
    low: float
    high: float


def risk_ratio(found: int, group: int, found_others: int, others: int) -> RiskRatio:
    """(a/n₁)/(c/n₀) with the error √(1/a − 1/n₁ + 1/c − 1/n₀) on the log scale.

    For the *alternate* ratio give the others of the wider area. Raises BadInput where either count is nought: then
    there is no ratio, and the pooled three years must be looked at.
    """
    for part, whole_ in ((found, group), (found_others, others)):
        if not 0 <= part <= whole_ or whole_ == 0:
            raise BadInput(f"{part} of {whole_} is not a share.")
    if found == 0 or found_others == 0:
        raise BadInput("Nobody was found in one of the groups: there is no ratio. Pool three years.")
    ratio = (found / group) / (found_others / others)
    reach = _Z95 * math.sqrt(1 / found - 1 / group + 1 / found_others - 1 / others)
    return RiskRatio(ratio, ratio * math.exp(-reach), ratio * math.exp(reach))


def reportable(found: int, group: int) -> bool:
    """May a ratio be reported? Ten found and thirty in the group, else pool three years."""
    return found >= FEWEST_IN_CELL and group >= FEWEST_IN_GROUP


def expected(
    features: Floats, outcome: Marks, penalty: float = 1.0, schools: NDArray[np.int64] | None = None
) -> Floats:
    """Each pupil's chance of the outcome from features (n, p), by ridge logistic regression.

    Features are standardised first and the intercept is free, so that expected adds up to observed. With `schools`
    (0…) every school has an effect of its own, drawn to nought by the same penalty: a random effect in all but name.
    """
    whole("a feature", features)
    if not 0 < outcome.mean() < 1:
        raise BadInput("All pupils have the same outcome: nothing can be expected from it.")
    spread = features.std(axis=0)
    columns = [np.ones(len(features)), *((features - features.mean(axis=0)) / np.where(spread > 0, spread, 1)).T]
    if schools is not None:
        columns += list((schools[:, None] == np.unique(schools)).T.astype(np.float64))
    x = np.column_stack(columns)
    ridge = np.full(x.shape[1], penalty)
    ridge[0] = 0
    beta = np.zeros(x.shape[1])
    for _ in range(50):
        chance = expit(x @ beta)
        slope = x.T @ (outcome - chance) - ridge * beta
        curve = x.T @ ((chance * (1 - chance))[:, None] * x) + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        beta = beta + step
        if np.abs(step).max() < 1e-10:
            return np.asarray(expit(x @ beta), dtype=np.float64)
    raise BadInput("The expected rates did not settle. Is one feature the outcome itself?")


class ObservedExpected(NamedTuple):
    """How many were found, how many would be found if the group were as likely as pupils like them."""

    group: str
    pupils: int
    observed: int
    expected: float
    ratio: float
    interval: Interval
    finding: str


def observed_expected(group: NDArray[np.str_], outcome: Marks, chance: Floats) -> list[ObservedExpected]:
    """Observed against expected for each group, with Byar's interval; a small group is named and not judged."""
    found = []
    for name in np.unique(group):
        rows = group == name
        observed, due = int(outcome[rows].sum()), float(chance[rows].sum())
        low, high = byar(observed)
        interval = Interval(low / due, high / due)
        found.append(
            ObservedExpected(str(name), int(rows.sum()), observed, due, observed / due, interval,
                             _finding(observed, int(rows.sum()), due, interval))
        )  # fmt: skip
    return found


def _finding(observed: int, pupils: int, due: float, interval: Interval) -> str:
    if pupils < FEWEST_IN_GROUP or max(observed, due) < FEWEST_IN_CELL:
        return "too few pupils to say; pool three years"
    if interval.low > 1:
        return "found more often than pupils like them"
    return "found less often than pupils like them" if interval.high < 1 else "as often as pupils like them"


class Month(NamedTuple):
    """Flags among pupils born in a month, and the band chance would leave them in."""

    month: int
    pupils: int
    flagged: int
    low: int
    high: int

    @property
    def flat(self) -> bool:
        """Is the count within what chance explains?"""
        return self.low <= self.flagged <= self.high


def by_month(month: NDArray[np.int64], flagged: Marks, level: float = 0.95) -> list[Month]:
    """Flags by month of birth, September first, each with its binomial band at the rate of all."""
    wrong = np.flatnonzero((month < 1) | (month > 12))
    if len(wrong):
        raise BadInput(f"Row {wrong[0] + 1}: {month[wrong[0]]} is not a month.")
    rate, tail = float(flagged.mean()), (1 - share("The level", level)) / 2
    return [
        Month(number, int(rows.sum()), int(flagged[rows].sum()), int(binom.ppf(tail, rows.sum(), rate)),
              int(binom.ppf(1 - tail, rows.sum(), rate)))
        for number in (9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8)
        if (rows := month == number).any()
    ]  # fmt: skip


def age_adjusted(score: Floats, age: Floats, steps: int = 30) -> Floats:
    """Scores of one year group less what age in months explains: x − β(age − mean), β by Huber's regression.

    For tests without norms by age; refit every year.
    """
    whole("the score", score), whole("the age", age)
    if np.ptp(age) == 0:
        return score.copy()
    x = np.column_stack([np.ones(len(age)), age - age.mean()])
    weight = np.ones(len(age))
    beta = np.zeros(2)
    for _ in range(steps):
        root = np.sqrt(weight)
        beta = np.linalg.lstsq(x * root[:, None], score * root, rcond=None)[0]
        residual = score - x @ beta
        spread = 1.4826 * float(np.median(np.abs(residual)))
        weight = np.minimum(1, 1.345 * spread / np.maximum(np.abs(residual), 1e-12)) if spread else weight
    adjusted: Floats = score - beta[1] * x[:, 1]
    return adjusted


class Screening(NamedTuple):
    """How a screener did, at this trust's own base rate."""

    sensitivity: float
    specificity: float
    ppv: float
    npv: float


def screening(hits: int, false_alarms: int, missed: int, clear: int) -> Screening:
    """From the four cells. Raises BadInput when a margin is empty: then a share has no base."""
    if min(hits, false_alarms, missed, clear) < 0:
        raise BadInput("A count cannot be less than nought.")
    if not (hits + missed and false_alarms + clear and hits + false_alarms and missed + clear):
        raise BadInput("Nobody is in one of the margins: the shares cannot be said.")
    return Screening(
        hits / (hits + missed), clear / (clear + false_alarms), hits / (hits + false_alarms), clear / (clear + missed)
    )


def auc(score: Floats, need: Marks, level: float = 0.95) -> tuple[float, Interval]:
    """The chance that a pupil with need scores above one without, and DeLong's interval."""
    whole("the score", score)
    yes, no = score[need], score[~need]
    m, n = len(yes), len(no)
    if min(m, n) < 2:
        raise BadInput(f"{m} pupils with need and {n} without: two of each are needed.")
    ranks = rankdata(np.concatenate([yes, no]))
    over = (ranks[:m] - rankdata(yes)) / n
    under = 1 - (ranks[m:] - rankdata(no)) / m
    area = float(over.mean())
    reach = float(ndtri((1 + level) / 2)) * math.sqrt(float(over.var(ddof=1)) / m + float(under.var(ddof=1)) / n)
    return area, Interval(max(0.0, area - reach), min(1.0, area + reach))


def opportunity_gap(group: NDArray[np.str_], flagged: Marks, need: Marks) -> float:
    """Among pupils later found to have need, the widest difference between groups in how many had been flagged."""
    shares = [
        float(flagged[rows].mean())
        for name in np.unique(group)
        if (rows := (group == name) & need).sum() >= FEWEST_IN_CELL
    ]
    if len(shares) < 2:
        raise BadInput("Fewer than two groups have ten pupils with need: too few to say.")
    return max(shares) - min(shares)
