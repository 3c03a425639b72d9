"""How often a rule fires and how often it is right, before a trust switches it on.

A school is invented in which we know who has really slowed down: scores of three yearly tests with a given
reliability, true scores that keep their place with a given stability, and a share of pupils who truly lose ground
each year. Each rule then meets pupils it cannot see into, as in life.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.special import ndtr

from alongside.progress import signs
from alongside.progress.columns import BadInput, Floats, Marks, share
from alongside.progress.signs import ONE_SIDED


@dataclass(frozen=True, slots=True)
class Setting:
    """What the invented school is like. Loss is in standard deviations of true scores a year."""

    pupils: int = 400_000
    reliability: float = 0.90
    stability: float = 0.90
    slowed: float = 0.10
    loss: float = 0.5
    seed: int = 617


class Operating(NamedTuple):
    """How one rule works: shares from 0 to 1. `right` is how many of those flagged have truly slowed."""

    rule: str
    flagged: float
    sensitivity: float
    specificity: float
    right: float


@dataclass(frozen=True, slots=True)
class Simulated:
    """The rules, the error of one year's percentile, and what low scorers gain with no true change."""

    rules: tuple[Operating, ...]
    percentile_error: float
    gain_of_lowest_tenth: float


class _School(NamedTuple):
    x: tuple[Floats, Floats, Floats]  # observed
    growth: tuple[Floats, Floats]  # percentiles of the two intervals
    sem: float


RULES: Mapping[str, Callable[[_School], Marks]] = {
    "rate lower than before": lambda s: s.x[2] - s.x[1] < s.x[1] - s.x[0],
    "gap wider than last time": lambda s: s.x[2] < s.x[1],
    "one-year percentile under 25": lambda s: s.growth[1] < 25,
    "one-year percentile under 10": lambda s: s.growth[1] < 10,
    "reliable widening in one year": lambda s: s.x[2] - s.x[1] < -ONE_SIDED * np.sqrt(2) * s.sem,
    "two-year mean percentile under 25": lambda s: _mean(s) < 25,
    "two years both under 25": lambda s: np.maximum(*s.growth) < 25,
    "mean percentile under 30 and not closing": lambda s: (_mean(s) < 30) & (s.x[2] <= s.x[0]),
    "mean percentile under 25 or reliable widening": lambda s: (
        (_mean(s) < 25) | (s.x[2] - s.x[1] < -ONE_SIDED * np.sqrt(2) * s.sem)
    ),
}

_YEARS = np.arange(3, dtype=np.float64)

# The four signs exactly as pupils meet them, on three yearly tests; `RULES` are the plainer ones that they replace.
SIGNS: Mapping[str, Callable[[_School], Marks]] = {
    "slower_than_peers": lambda s: signs.slower_than_peers(*(np.clip(one, 1, 99) for one in s.growth[::-1])).fires,
    "rate_not_matched": lambda s: signs.previous_rate_not_matched(_laid_out(s)).fires,
    "gap_not_closing": lambda s: signs.gap_not_closing(_laid_out(s), np.array([np.median(x) for x in s.x])).fires,
    "gap_widens": lambda s: signs.gap_widens(_laid_out(s)).fires,
}


def _laid_out(school: _School) -> signs.Scores:
    return signs.scores_of(_YEARS, np.column_stack(school.x), school.sem)


def _mean(school: _School) -> Floats:
    return (school.growth[0] + school.growth[1]) / 2


def simulate(setting: Setting | None = None) -> Simulated:
    """The table of rules in an invented school. Raises BadInput for a setting that no school can have."""
    school, true, slow = _invent(setting or Setting())
    rules = tuple(_operating(name, rule(school), slow) for name, rule in RULES.items())
    error = float(np.sqrt(np.mean((school.growth[1] - _percentile(true[2], true[1], true[0])) ** 2)))
    one, two, _ = school.x
    low = ~slow & (one <= np.quantile(one, 0.1))
    return Simulated(rules, error, float(np.mean((two - one)[low])))


def simulate_signs(setting: Setting | None = None) -> tuple[Operating, ...]:
    """How each of the four signs works in an invented school; named by its key. Raises BadInput as `simulate` does."""
    school, _, slow = _invent(setting or Setting())
    return tuple(_operating(name, sign(school), slow) for name, sign in SIGNS.items())


def _invent(setting: Setting) -> tuple[_School, list[Floats], Marks]:
    """The school, its true scores, and who has really slowed down."""
    _check(setting)
    chance = np.random.default_rng(setting.seed)
    n = setting.pupils
    slow = chance.random(n) < setting.slowed
    true = [chance.standard_normal(n)]
    fresh = np.sqrt(1 - setting.stability**2)
    for _ in range(2):
        true.append(setting.stability * true[-1] + fresh * chance.standard_normal(n) - setting.loss * slow)
    sem = float(np.sqrt((1 - setting.reliability) / setting.reliability))
    one, two, three = (score + sem * chance.standard_normal(n) for score in true)
    school = _School((one, two, three), (_percentile(two, one), _percentile(three, two, one)), sem)
    return school, true, slow


def _check(setting: Setting) -> None:
    for name in ("reliability", "stability", "slowed"):
        share(f"The {name}", getattr(setting, name))
    if setting.reliability in (0, 1) or setting.slowed in (0, 1):
        raise BadInput("A reliability or a share of slowed pupils of 0 or 1 leaves nothing to tell apart.")
    if setting.pupils < 1_000:
        raise BadInput(f"{setting.pupils} pupils are too few: shares would be guesses. Take 1,000 or more.")


def _percentile(now: Floats, *priors: Floats) -> Floats:
    """Growth percentiles of normal scores: the plane of `now` on all priors, and Φ of the standard residual."""
    x = np.column_stack([np.ones(len(now)), *priors])
    residual = now - x @ np.linalg.solve(x.T @ x, x.T @ now)
    percentile: Floats = 100 * ndtr(residual / residual.std())
    return percentile


def _operating(name: str, flag: Marks, slow: Marks) -> Operating:
    flagged = float(flag.mean())
    hit = float((flag & slow).mean())
    base = float(slow.mean())
    return Operating(name, flagged, hit / base, 1 - (flagged - hit) / (1 - base), hit / flagged if flagged else 0.0)
