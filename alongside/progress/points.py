"""One subject on one scale over the points of several years: the growth percentiles and the four signs at the last one.

`sweep` reads yearly tests; here a school assesses up to three times a year and the days are the real ones. Growth is
from one season to the same season a year later, among all who sat the same test; the other signs take every point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from alongside.progress import signs
from alongside.progress.columns import BadInput, Floats, Ints, Marks, Places, whole
from alongside.progress.growth import Growth, growth
from alongside.progress.ladder import FEWEST_FOR_QUANTILES, NOT_ENOUGH
from alongside.progress.panel import Panel

FEWEST_PEERS = 8
"""Under so many in a year group a median is some children, not a comparison."""

NO_START = "no result a year before"
NOT_NORMED = "needs a scale that is standardised for age"
KEYS = ("slower_than_peers", "rate_not_matched", "gap_not_closing", "gap_widens")


@dataclass(frozen=True, slots=True)
class Point:
    """A season of a school year, which is told by its first calendar year."""

    year: int
    season: str


@dataclass(frozen=True, slots=True)
class Sat:
    """Results as long columns: a row is what one pupil reached at one point."""

    pupil: Ints  # 0…, the number of the pupil
    place: Ints  # the number of the point in the order of time
    time: Floats  # the day it was sat, in years
    grade: Ints  # year group
    school: Ints
    score: Floats


@dataclass(frozen=True, slots=True)
class Test:
    """What is known of a test: its error in points, and whether its scores are standardised for age."""

    __test__ = False  # not a case for the collector of tests

    sem: float
    normed: bool = True


@dataclass(frozen=True, slots=True)
class Judged:
    """Everybody with a result at the last point."""

    pupil: Ints  # (n,)
    grade: Ints
    time: Floats  # (n, t) in the order of the points, NaN where nothing was sat
    score: Floats
    peers: Floats  # (n, t) the median of the year group, NaN under FEWEST_PEERS
    last: Floats  # (n,) this year's growth percentile, NaN without
    before: Floats  # (n,) last year's
    among: Ints  # (n,) how many the percentile compares with, across all schools
    here: Ints  # (n,) how many at the same school and in the same year began within one error of measurement
    how: NDArray[np.str_]  # (n,) the rung of the ladder, or why there is no percentile
    signs: tuple[signs.Sign, ...]  # in the order of KEYS
    twice: Marks  # (n,) the gap widened at the point before as well


def judge(
    points: list[Point], sat: Sat, test: Test, *, max_priors: int = 3, fewest: int = FEWEST_FOR_QUANTILES
) -> Judged:
    """The signs at the last of `points`. Raises BadInput for a score that is none, and when nobody sat it."""
    whole("the score", sat.score), whole("the day", sat.time)
    count, now = int(sat.pupil.max(initial=-1)) + 1, len(points) - 1
    rows = np.flatnonzero(sat.place == now)
    if not len(rows):
        raise BadInput("Nobody has a result at this point.")
    pupil = sat.pupil[rows]
    time, score, grade, school = _wide(sat, count, len(points))
    peers = _medians(score, grade)
    panel = _panel(points, sat, points[-1].season, count)
    last = _interval(panel, points[-1].year, max_priors, fewest)
    before = _interval(panel, points[-1].year - 1, max_priors, fewest)
    start = _start(panel, points[-1].year)
    laid = time[pupil], score[pupil], peers[pupil]
    return Judged(
        pupil, grade[pupil, now], *laid, last.percentile[pupil], before.percentile[pupil], last.among[pupil],
        _here(start, grade[:, now], school[:, now], test.sem)[pupil], last.how[pupil],
        four_signs(*laid, test, last.percentile[pupil], before.percentile[pupil]),
        _widened(laid[0][:, :-1], laid[1][:, :-1], test),
    )  # fmt: skip


def four_signs(
    time: Floats, score: Floats, peers: Floats, test: Test, last: Floats, before: Floats
) -> tuple[signs.Sign, ...]:
    """The signs from what they rest on, each (n, t) or (n,). The same call on one stored row says a flag again."""
    laid_out = signs.scores_of(time, _rising(time, score), test.sem)
    compared = _rising(time, np.where(np.isnan(peers), np.nan, score))
    order = np.argsort(np.isnan(compared), axis=1, kind="stable")
    widens = signs.gap_widens(laid_out)
    return (
        signs.slower_than_peers(last, before),
        signs.previous_rate_not_matched(laid_out),
        signs.gap_not_closing(
            signs.scores_of(time, compared, test.sem), np.take_along_axis(peers, order, axis=1)
        ),
        widens if test.normed else _unanswered(widens),
    )  # fmt: skip


def signs_of_one(
    times: Sequence[float | None], scores: Sequence[float | None], peers: Sequence[float | None], test: Test,
    last: float | None, before: float | None,
) -> tuple[signs.Sign, ...]:  # fmt: skip
    """The four signs of one pupil from plain numbers, None for what is not known."""
    time, score, peer = (np.array([column], dtype=np.float64) for column in (times, scores, peers))
    now, then = (np.array([value], dtype=np.float64) for value in (last, before))
    return four_signs(time, score, peer, test, now, then)


def _unanswered(sign: signs.Sign) -> signs.Sign:
    """A raw score that falls behind its own norm can rise: without a norm by age a gap cannot be read from it."""
    nobody = np.zeros(len(sign.fires), dtype=bool)
    nought = np.zeros(len(sign.fires))
    return replace(sign, fires=nobody, answered=nobody, figure=nought, error=nought, needs=NOT_NORMED)


def _rising(time: Floats, score: Floats) -> Floats:
    """The scores without those whose day is not before the day of the next one that stands."""
    kept = score.copy()
    following = np.full(len(score), np.inf)
    for place in range(score.shape[1] - 1, -1, -1):
        with np.errstate(invalid="ignore"):
            stands = ~np.isnan(kept[:, place]) & (time[:, place] < following)
        kept[~stands, place] = np.nan
        following = np.where(stands, time[:, place], following)
    return kept


def _widened(time: Floats, score: Floats, test: Test) -> Marks:
    """Whether the fourth sign had fired already with what was known at the point before."""
    if not test.normed or score.shape[1] < 2:
        return np.zeros(len(score), dtype=bool)
    known = _rising(time, score)
    fires: Marks = signs.gap_widens(signs.scores_of(time, known, test.sem)).fires & ~np.isnan(known[:, -1])
    return fires


def _wide(sat: Sat, pupils: int, points: int) -> tuple[Floats, Floats, Ints, Ints]:
    """Time, score, year group (−1 without) and school (−1 without), each (pupils, points)."""
    time, score = (np.full((pupils, points), np.nan) for _ in range(2))
    grade, school = (np.full((pupils, points), -1, dtype=np.int64) for _ in range(2))
    for wide, long in ((time, sat.time), (score, sat.score), (grade, sat.grade), (school, sat.school)):
        wide[sat.pupil, sat.place] = long
    return time, score, grade, school


def _medians(score: Floats, grade: Ints) -> Floats:
    """For every result the median of its year group at that point; NaN where fewer than FEWEST_PEERS sat it."""
    found = np.full(score.shape, np.nan)
    for place in range(score.shape[1]):
        for each in np.unique(grade[:, place]):
            rows = np.flatnonzero((grade[:, place] == each) & ~np.isnan(score[:, place]))
            if each >= 0 and len(rows) >= FEWEST_PEERS:
                found[rows, place] = np.median(score[rows, place])
    return found


def _panel(points: list[Point], sat: Sat, season: str, pupils: int) -> Panel:
    """The results of one season, as the yearly table that growth is worked out from."""
    year = np.array([point.year for point in points], dtype=np.int64)[sat.place]
    same = np.array([point.season == season for point in points])[sat.place]
    names = pl.Series(np.arange(pupils))
    return Panel(names, sat.pupil[same], year[same], sat.grade[same], sat.score[same])


@dataclass(frozen=True, slots=True)
class _Interval:
    """Growth over one year: the percentile, how many it compares with, and which rung of the ladder it stands on."""

    percentile: Floats
    among: Ints
    how: NDArray[np.str_]


def _interval(panel: Panel, year: int, max_priors: int, fewest: int) -> _Interval:
    pupils = len(panel.names)
    percentile, among = np.full(pupils, np.nan), np.zeros(pupils, dtype=np.int64)
    how = np.full(pupils, NO_START, dtype=f"<U{len(NOT_ENOUGH)}")
    if {year, year - 1} <= set(panel.years()):
        found = growth(panel, year, max_priors=max_priors, fewest=fewest)
        percentile[found.pupil] = found.percentile
        how[~np.isnan(_start(panel, year))] = NOT_ENOUGH
        _say_how(found, among, how)
    return _Interval(percentile, among, how)


def _say_how(found: Growth, among: Ints, how: NDArray[np.str_]) -> None:
    """Write down for each pupil the fit that their percentile came from."""
    for fit in found.fits:
        rows: Places = found.pupil[(found.grade == fit.grade) & (found.order == fit.order)]
        if len(rows):
            among[rows], how[rows] = fit.pupils, fit.method


def _start(panel: Panel, year: int) -> Floats:
    """The score of the same season a year before, of those who have come up one year group since; else NaN."""
    grade, _ = panel.wide(year)
    grade_before, score_before = panel.wide(year - 1)
    return np.where((grade >= 0) & (grade_before == grade - 1), score_before, np.nan)


def _here(start: Floats, grade: Ints, school: Ints, sem: float) -> Ints:
    """How many others of the same school and year group began within one error of measurement of each pupil."""
    found = np.zeros(len(start), dtype=np.int64)
    rows = np.flatnonzero(~np.isnan(start) & (grade >= 0))
    if not len(rows):
        return found
    _, group = np.unique(school[rows] * 1_000 + grade[rows], return_inverse=True)
    from_lowest = start[rows] - start[rows].min()
    line = group * (float(from_lowest.max()) + 4 * sem + 1) + from_lowest  # groups one behind the other, with a gap
    order = np.sort(line)
    found[rows] = np.searchsorted(order, line + sem, "right") - np.searchsorted(order, line - sem, "left") - 1
    return found
