"""A whole trust at once says the same as each sign by itself."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from alongside.progress.columns import BadInput
from alongside.progress.growth import growth
from alongside.progress.panel import of_table
from alongside.progress.sweep import KEYS, counts, sweep
from alongside.progress.tests.invented import LAST, histories, panel, table

SEM = 23.0


def test_every_pupil_of_the_year_has_four_answers() -> None:
    there = panel(histories(1300, 4))
    found = sweep(there, LAST, SEM)
    shown = found.table("reading", there)
    assert len(shown) == 1300
    assert shown["growth_percentile"].to_list() == growth(there, LAST).percentile.tolist()
    for key in KEYS:
        assert shown[key].null_count() == 0
        assert 0 < shown[key].sum() < 650
    assert shown["rule"].unique().to_list() == ["2026.1"]


def test_two_years_of_percentiles_are_put_together() -> None:
    there = panel(histories(1300, 4))
    mean = (growth(there, LAST).percentile + growth(there, LAST - 1).percentile) / 2
    shown = sweep(there, LAST, SEM).table("reading", there)
    assert shown["slower_than_peers_figure"].to_list() == pytest.approx(mean.tolist())
    assert (shown["slower_than_peers"].to_numpy() == (mean < 25)).mean() > 0.99


def test_the_gap_is_to_the_grade_that_year() -> None:
    scores = histories(400, 3)
    scores[0] = np.median(scores, axis=0) - np.array([100, 130, 160])
    shown = sweep(panel(scores), LAST, SEM).table("maths", panel(scores))
    assert shown["gap_not_closing_figure"][0] == pytest.approx(-30, abs=1)
    assert shown["gap_not_closing"][0]
    assert shown["gap_widens"][0] == (scores[0, 2] - scores[0, 0] < -1.645 * SEM * 2**0.5)


def test_who_has_too_little_gets_no_answer_and_no_nan() -> None:
    long = table(histories(300, 3))
    new = long.filter((pl.col("pupil") > 0) | (pl.col("year") == LAST))
    there = of_table(new)
    shown = sweep(there, LAST, SEM).table("maths", there)
    first = shown.filter(pl.col("pupil") == 0)
    assert [first[key][0] for key in KEYS] == [None] * 4
    for name, kind in shown.schema.items():
        assert not kind.is_float() or shown[name].is_nan().sum() == 0
    figures = counts({"maths": sweep(there, LAST, SEM)})
    assert [one["not enough to say"] for one in figures][1:] == [1, 1, 1]


def test_a_year_without_scores_is_named() -> None:
    with pytest.raises(BadInput, match="no scores of 2030"):
        sweep(panel(histories(10, 2)), 2030, SEM)
