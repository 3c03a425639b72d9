"""Invented panels: nobody's scores."""

from __future__ import annotations

import numpy as np
import polars as pl

from alongside.progress.columns import Floats
from alongside.progress.panel import Panel, of_table

LAST = 2024


def histories(pupils: int, years: int, seed: int = 1, *, step: float = 1.0) -> Floats:
    """Scores (pupils, years), mean 500 and SD about 75, rounded to `step` (0: not at all)."""
    chance = np.random.default_rng(seed)
    true = chance.standard_normal(pupils)
    columns = []
    for _ in range(years):
        true = 0.95 * true + 0.31 * chance.standard_normal(pupils)
        columns.append(500 + 70 * (true + 0.33 * chance.standard_normal(pupils)))
    scores = np.column_stack(columns)
    return np.round(scores / step) * step if step else scores


def table(scores: Floats, *, grade: int = 6, last: int = LAST) -> pl.DataFrame:
    """A long table of one cohort that is in `grade` in the last year."""
    pupils, years = scores.shape
    back = np.arange(years)[::-1]
    return pl.DataFrame(
        {
            "pupil": np.repeat(np.arange(pupils), years),
            "year": np.tile(last - back, pupils),
            "grade": np.tile(grade - back, pupils),
            "score": scores.reshape(-1),
        }
    )


def panel(scores: Floats, *, grade: int = 6) -> Panel:
    """The same as a panel."""
    return of_table(table(scores, grade=grade))
