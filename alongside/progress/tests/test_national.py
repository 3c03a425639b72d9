"""The SQL says what the arrays say, pupil by pupil, with gaps and without."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pytest
from scipy.special import ndtr

from alongside.progress import national, signs
from alongside.progress.columns import BadInput, Floats
from alongside.progress.national import SIGNS, National, compute, steps, totals

TIMES = (0.0, 0.3, 0.7, 1.0, 1.4, 2.0)
SEM = 4.743


def scores(pupils: int, points: int, missing: float, seed: int = 1) -> Floats:
    chance = np.random.default_rng(seed)
    true = chance.normal(95, 13, pupils)
    columns = []
    for _ in range(points):
        true = 100 + 0.93 * (true - 100) + chance.normal(0, 5, pupils)
        columns.append(np.round(true + chance.normal(0, SEM, pupils), 1))
    found = np.column_stack(columns)
    found[chance.random(found.shape) < missing] = np.nan
    found[np.isnan(found).all(axis=1), 0] = 90.0
    return found


def long(found: Floats) -> pl.DataFrame:
    pupils, points = found.shape
    return pl.DataFrame(
        {
            "pupil": np.repeat(np.arange(pupils), points),
            "subject": np.repeat(np.arange(pupils) % 2, points),
            "year_group": np.repeat(3 + np.arange(pupils) % 3, points),
            "point": np.tile(np.arange(1, points + 1), pupils),
            "score": found.reshape(-1),
        }
    ).filter(pl.col("score").is_not_nan())


def by_sql(found: Floats, run: National) -> dict[str, list[int | None]]:
    with duckdb.connect() as db, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "panel.parquet"
        long(found).write_parquet(path)
        db.read_parquet(str(path)).create_view("panel")
        for step in steps(run):
            db.execute(f"CREATE TEMP TABLE {step.name} AS {step.query}")
        rows = db.execute(f"SELECT {', '.join(SIGNS)} FROM signs ORDER BY pupil").fetchall()
    return {name: [row[place] for row in rows] for place, name in enumerate(SIGNS)}


def by_arrays(found: Floats, times: tuple[float, ...]) -> dict[str, list[int | None]]:
    cell = np.arange(len(found)) % 6
    peers, percentile = np.empty_like(found), np.full((len(found), 2), np.nan)
    for each in range(6):
        rows = cell == each
        for point in range(found.shape[1]):
            column = np.sort(found[rows, point])
            column = column[~np.isnan(column)]
            peers[rows, point] = column[(len(column) - 1) // 2]
        for place, point in enumerate((found.shape[1] - 2, found.shape[1] - 1)):
            before, now = found[rows, point - 1], found[rows, point]
            both = ~np.isnan(before) & ~np.isnan(now)
            slope, height = np.polyfit(before[both], now[both], 1)
            left = now - height - slope * before
            percentile[rows, place] = np.clip(100 * ndtr(left / left[both].std()), 1, 99)
    order = np.argsort(np.isnan(found), axis=1, kind="stable")
    laid = signs.scores_of(np.array(times), found, SEM)
    four = (
        signs.slower_than_peers(percentile[:, 1], percentile[:, 0]),
        signs.previous_rate_not_matched(laid),
        signs.gap_not_closing(laid, np.take_along_axis(peers, order, axis=1)),
        signs.gap_widens(laid),
    )
    return {
        name: [int(fires) if said else None for fires, said in zip(one.fires, one.answered, strict=True)]
        for name, one in zip(SIGNS, four, strict=True)
    }


@pytest.mark.parametrize("missing", [0.0, 0.15, 0.4])
@pytest.mark.parametrize("points", [3, 5, 6])
def test_sql_and_arrays_flag_the_same_pupils(points: int, missing: float) -> None:
    found = scores(1500, points, missing)
    sql, arrays = by_sql(found, National(TIMES[:points], SEM)), by_arrays(found, TIMES[:points])
    for name in SIGNS:
        differ = [pupil for pupil, (one, other) in enumerate(zip(sql[name], arrays[name], strict=True)) if one != other]
        # A mean percentile clipped to 1…99 may cross the line for a pupil at the very end.
        assert len(differ) <= (2 if name == "slower" else 0), name
        assert 1 in sql[name]
        assert 0 in sql[name]


def test_counts_by_year_group_and_subject(tmp_path: Path) -> None:
    found = scores(900, 6, 0.1)
    long(found).write_parquet(tmp_path / "panel.parquet")
    answer = compute(tmp_path / "panel.parquet", National(TIMES, SEM))
    assert answer["pupils"].sum() == 900
    assert answer.select("year_group", "subject").rows() == [(g, s) for g in (3, 4, 5) for s in (0, 1)]
    whole = by_sql(found, National(TIMES, SEM))
    for name in SIGNS:
        assert answer[f"{name}_fired"].sum() == sum(value or 0 for value in whole[name])
        assert answer[f"{name}_answered"].sum() == sum(value is not None for value in whole[name])


def test_a_pupil_twice_at_one_point_is_named(tmp_path: Path) -> None:
    twice = pl.concat([long(scores(50, 6, 0)), long(scores(50, 6, 0)).filter(pl.col("pupil") == 7).head(1)])
    twice.write_parquet(tmp_path / "panel.parquet")
    with pytest.raises(BadInput, match="Pupil 7, 1: more than one score"):
        compute(tmp_path / "panel.parquet", National(TIMES, SEM))


def test_the_statements_use_only_what_both_engines_read() -> None:
    text = " ".join([*(step.query for step in steps(National(TIMES, SEM))), totals()])
    functions = set(re.findall(r"\b([a-z_]+)\(", text))
    assert functions == {"max", "count", "sum", "min", "avg", "round", "sqrt", "exp", "abs"}
    assert not re.search(r"::|FILTER|QUALIFY|->|\bUSING\b|\"", text)
    assert text.count("(") == text.count(")")


@pytest.mark.parametrize("z", [-4.0, -0.7, 0.0, 0.3, 2.5])
def test_the_normal_distribution_in_sql(z: float) -> None:
    phi = national._phi(f"({z!r})")
    with duckdb.connect() as db:
        answer = db.execute(f"SELECT {phi}").fetchall()
    assert answer[0][0] == pytest.approx(float(ndtr(z)), abs=1e-7)


@pytest.mark.parametrize(
    ("times", "sem", "says"),
    [((0, 1), 4, "2 points"), ((0, 2, 1), 4, "do not rise"), ((0, 1, 1), 4, "do not rise"), ((0, 1, 2), 0, "error")],
)
def test_a_run_that_cannot_be_is_refused(times: tuple[float, ...], sem: float, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        National(times, sem)


def test_engines_are_chosen_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadInput, match="duckdb, spark"):
        compute(tmp_path, National(TIMES, SEM), "abacus")
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(BadInput, match="Spark is not installed"):
        compute(tmp_path, National(TIMES, SEM), "spark")
