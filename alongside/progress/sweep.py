"""The whole trust at one assessment point: growth percentiles and the four signs for every pupil and subject.

Pupils are compared with all who sat the same test in the same year, and their gap is to the median of their grade.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from alongside.progress import signs
from alongside.progress.columns import BadInput, Floats, Ints
from alongside.progress.growth import growth
from alongside.progress.ladder import FEWEST_FOR_QUANTILES
from alongside.progress.panel import Panel


@dataclass(frozen=True, slots=True)
class Sweep:
    """One subject: the signs of every pupil with a score this year, by place in `pupil`."""

    pupil: Ints  # numbers of `Panel.names`
    grade: Ints
    percentile: Floats  # this year's growth percentile, NaN without
    signs: tuple[signs.Sign, ...]

    def table(self, subject: str, panel: Panel) -> pl.DataFrame:
        """A row for a pupil: for each sign whether it fires (empty where not enough to say), figure and error."""
        columns: dict[str, object] = {
            "pupil": panel.names.gather(self.pupil),
            "subject": [subject] * len(self.pupil),
            "grade": self.grade,
            "growth_percentile": pl.Series(self.percentile).fill_nan(None).cast(pl.Int64),
        }
        for key, sign in zip(KEYS, self.signs, strict=True):
            unanswered = pl.Series(~sign.answered)
            for name, values in ((key, sign.fires), (f"{key}_figure", sign.figure), (f"{key}_error", sign.error)):
                columns[name] = pl.select(pl.when(~unanswered).then(pl.Series(values))).to_series()
            columns[f"{key}_points"] = sign.points
        return pl.DataFrame(columns).with_columns(rule=pl.lit(signs.VERSION))


KEYS = ("slower_than_peers", "rate_not_matched", "gap_not_closing", "gap_widens")


def sweep(panel: Panel, year: int, sem: float, *, max_priors: int = 3, fewest: int = FEWEST_FOR_QUANTILES) -> Sweep:
    """The four signs of everybody with a score in `year`. `sem` is the test's error in points of the scale."""
    grade, _ = panel.wide(year)
    pupils = np.flatnonzero(grade >= 0)
    if not len(pupils):
        raise BadInput(f"There are no scores of {year}. The table has {', '.join(map(str, panel.years()))}.")
    last = _percentiles(panel, year, max_priors, fewest)
    before = _percentiles(panel, year - 1, max_priors, fewest)
    years = [each for each in panel.years() if each <= year][-6:]
    score, peers = (np.full((len(pupils), len(years)), np.nan) for _ in range(2))
    for place, each in enumerate(years):
        grades, scores = panel.wide(each)
        score[:, place] = scores[pupils]
        peers[:, place] = _medians(grades, scores)[grades[pupils]]
    laid_out = signs.scores_of(np.array(years, dtype=np.float64), score, sem)
    order = np.argsort(np.isnan(score), axis=1, kind="stable")
    return Sweep(
        pupils,
        grade[pupils],
        last[pupils],
        (
            signs.slower_than_peers(last[pupils], before[pupils]),
            signs.previous_rate_not_matched(laid_out),
            signs.gap_not_closing(laid_out, np.take_along_axis(peers, order, axis=1)),
            signs.gap_widens(laid_out),
        ),
    )


def _percentiles(panel: Panel, year: int, max_priors: int, fewest: int) -> Floats:
    """Each pupil's growth percentile of a year, NaN without; none when the year before has no scores."""
    found = np.full(len(panel.names), np.nan)
    if {year, year - 1} <= set(panel.years()):
        result = growth(panel, year, max_priors=max_priors, fewest=fewest)
        found[result.pupil] = result.percentile
    return found


def _medians(grade: Ints, score: Floats) -> Floats:
    """The median score by grade; the last place, for pupils without a grade, is NaN."""
    found = np.full(int(grade.max(initial=0)) + 2, np.nan)
    for each in np.unique(grade[grade >= 0]):
        found[each] = np.median(score[grade == each])
    return found


def counts(sweeps: Mapping[str, Sweep]) -> list[dict[str, object]]:
    """How many were answered and flagged, by subject and sign: what to look at before a rule is switched on."""
    return [
        {
            "subject": subject,
            "sign": sign.name,
            "answered": int(sign.answered.sum()),
            "flagged": int(sign.fires.sum()),
            "not enough to say": int((~sign.answered).sum()),
        }
        for subject, one in sweeps.items()
        for sign in one.signs
    ]
