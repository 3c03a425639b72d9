"""Past one machine: the four signs for nine million pupils, as the same SQL on DuckDB or on Spark.

The statements use only what both engines read alike. There is no engine of our own: DuckDB spills to disk on one
machine, Spark spreads the work over a cluster. The table is long, one subject's score in a row:

    pupil, subject, year_group, point (1 … the last), score (mean 100, SD 15)

The signs are those of `signs`, but for the first: without quantile fits a percentile is Φ of the standardised residual
from the line of a score on the one before it, within year group and subject. Peers' medians are taken from counts of
tenths of a point, so that every engine finds the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from alongside.progress.columns import BadInput
from alongside.progress.signs import EIGHTY, LOW_PERCENTILE, ONE_SIDED, PERCENTILE_ERROR, SEVERAL

ENGINES = ("duckdb", "spark")


class Step(NamedTuple):
    """A table that later steps read, and the query that makes it."""

    name: str
    query: str


@dataclass(frozen=True, slots=True)
class National:
    """What a run needs to know: when each point was, in years, and the test's error in points."""

    times: Sequence[float]
    sem: float

    def __post_init__(self) -> None:
        if len(self.times) < 3:
            raise BadInput(f"{len(self.times)} points: the signs need three.")
        if any(late <= early for early, late in pairwise(self.times)):
            raise BadInput(f"The times {', '.join(map(str, self.times))} do not rise.")
        if not self.sem > 0:
            raise BadInput(f"The error of measurement is {self.sem}: it must be more than nought.")


def steps(run: National) -> list[Step]:
    """The statements in their order. The last, `signs`, has a row for a pupil and subject."""
    return [_wide(run), *_peers(run), _lines(run), _signs(run)]


def totals() -> str:
    """Counts by year group and subject of who was answered and who was flagged by each sign."""
    counts = ", ".join(f"count({name}) AS {name}_answered, sum({name}) AS {name}_fired" for name in SIGNS)
    return (
        f"SELECT year_group, subject, count(*) AS pupils, {counts} FROM signs "
        "GROUP BY year_group, subject ORDER BY year_group, subject"
    )


SIGNS = ("slower", "rate", "gap", "widens")


def _wide(run: National) -> Step:
    """A row for a pupil and subject, a column for each point, and how many rows there were."""
    columns = ", ".join(f"max(CASE WHEN point = {k} THEN score END) AS x{k}" for k in _points(run))
    return Step(
        "wide",
        f"SELECT pupil, subject, max(year_group) AS year_group, {columns}, count(score) AS n "
        "FROM panel GROUP BY pupil, subject",
    )


def _peers(run: National) -> list[Step]:
    """Medians of each point by year group and subject, from counts of tenths."""
    last = len(run.times)
    columns = ", ".join(f"max(CASE WHEN point = {k} THEN median END) AS m{k}" for k in _points(run))
    halves = ", ".join(
        f"SELECT year_group, subject, {k} AS point, round(x{k} * 10) AS tenth, count(*) AS n FROM wide "
        f"WHERE x{k} IS NOT NULL GROUP BY year_group, subject, round(x{k} * 10)"
        for k in range(1, last + 1)
    ).replace(", SELECT", " UNION ALL SELECT")
    return [
        Step("tenths", halves),
        Step(
            "medians",
            "SELECT year_group, subject, point, min(tenth) / 10.0 AS median FROM ("
            "SELECT year_group, subject, point, tenth, "
            "sum(n) OVER (PARTITION BY year_group, subject, point ORDER BY tenth) AS upto, "
            "sum(n) OVER (PARTITION BY year_group, subject, point) AS total FROM tenths) AS running "
            "WHERE 2 * upto >= total GROUP BY year_group, subject, point",
        ),
        Step("peers", f"SELECT year_group, subject, {columns} FROM medians GROUP BY year_group, subject"),
    ]


def _lines(run: National) -> Step:
    """Slope, means and residual spread of each of the last two points on the one before."""
    last = len(run.times)
    parts = [part for k in (last - 1, last) for part in _line(k)]
    inner = ", ".join(f"{text} AS {name}" for name, text in parts)
    outer = ", ".join(
        f"c{k} / v{k} AS slope{k}, mx{k}, my{k}, sqrt(w{k} - c{k} * c{k} / v{k}) AS sd{k}" for k in (last - 1, last)
    )
    both = " AND ".join(f"v{k} > 0 AND w{k} - c{k} * c{k} / v{k} > 1e-12" for k in (last - 1, last))
    return Step(
        "lines",
        f"SELECT year_group, subject, {outer} FROM (SELECT year_group, subject, {inner} FROM wide "
        f"GROUP BY year_group, subject) AS sums WHERE {both}",
    )


def _line(k: int) -> list[tuple[str, str]]:
    """Means, variances and covariance of pairs (point k−1, point k) about 100, so that no digits are lost."""
    x, y = f"(x{k - 1} - 100)", f"(x{k} - 100)"
    both = f"x{k - 1} IS NOT NULL AND x{k} IS NOT NULL"

    def mean(text: str) -> str:
        return f"avg(CASE WHEN {both} THEN {text} END)"

    return [
        (f"mx{k}", f"100 + {mean(x)}"),
        (f"my{k}", f"100 + {mean(y)}"),
        (f"v{k}", f"{mean(f'{x} * {x}')} - {mean(x)} * {mean(x)}"),
        (f"w{k}", f"{mean(f'{y} * {y}')} - {mean(y)} * {mean(y)}"),
        (f"c{k}", f"{mean(f'{x} * {y}')} - {mean(x)} * {mean(y)}"),
    ]


def _signs(run: National) -> Step:
    """The four signs of every row: 1 fires, 0 does not, NULL not enough to say."""
    last, points, sem = len(run.times), _points(run), run.sem
    standard = ", ".join(f"(x{k} - my{k} - slope{k} * (x{k - 1} - mx{k})) / sd{k} AS z{k}" for k in (last - 1, last))
    places = _case([(f"x{k} IS NOT NULL", str(k)) for k in reversed(points)])
    placed = (
        f"SELECT wide.pupil, wide.subject, wide.year_group, {', '.join(f'x{k}' for k in points)}, "
        f"{', '.join(f'm{k}' for k in points)}, n, {places} AS i1, {_first(run)} AS i0, {standard} FROM wide "
        "JOIN peers ON wide.year_group = peers.year_group AND wide.subject = peers.subject "
        "LEFT JOIN lines ON wide.year_group = lines.year_group AND wide.subject = lines.subject"
    )
    second = f"SELECT *, {_before('i1', run)} AS i2 FROM ({placed}) AS a"
    third = f"SELECT *, {_before('i2', run)} AS i3 FROM ({second}) AS b"
    rate, rate_error = _rate(run)
    closing, closing_error = _closing(run)
    mean = f"({_phi(f'z{last - 1}')} + {_phi(f'z{last}')}) * 50"
    sure = min(LOW_PERCENTILE, 40 - 0.8416212335729143 * PERCENTILE_ERROR / 2**0.5)
    change = f"{_value('i1', run)} - {_value('i0', run)}"
    gap = f"{_pick('i1', [f'm{k} - x{k}' for k in points])}"
    query = (
        "SELECT pupil, subject, year_group, n, "
        f"CASE WHEN z{last - 1} IS NOT NULL AND z{last} IS NOT NULL "
        f"THEN CASE WHEN {mean} < {sure!r} THEN 1 ELSE 0 END END AS slower, "
        f"CASE WHEN n >= 3 THEN CASE WHEN {rate} < {-ONE_SIDED!r} * {rate_error} THEN 1 ELSE 0 END END AS rate, "
        f"CASE WHEN n >= 3 THEN CASE WHEN {closing} - {EIGHTY!r} * {closing_error} <= 0 AND {gap} > {sem!r} "
        "THEN 1 ELSE 0 END END AS gap, "
        f"CASE WHEN n >= 2 THEN CASE WHEN {change} < {-ONE_SIDED * sem * 2**0.5!r} THEN 1 ELSE 0 END END AS widens "
        f"FROM ({third}) AS c"
    )
    return Step("signs", query)


def _points(run: National) -> range:
    return range(1, len(run.times) + 1)


def _case(choices: Sequence[tuple[str, str]], otherwise: str = "0") -> str:
    return "CASE " + " ".join(f"WHEN {when} THEN {then}" for when, then in choices) + f" ELSE {otherwise} END"


def _first(run: National) -> str:
    return _case([(f"x{k} IS NOT NULL", str(k)) for k in _points(run)])


def _before(place: str, run: National) -> str:
    """The point sat before the one at `place`; 0 when there is none."""
    return _case([(f"{place} > {k} AND x{k} IS NOT NULL", str(k)) for k in reversed(range(1, len(run.times)))])


def _pick(place: str, texts: Sequence[str]) -> str:
    return f"CASE {place} " + " ".join(f"WHEN {k} THEN {text}" for k, text in enumerate(texts, 1)) + " END"


def _value(place: str, run: National) -> str:
    return _pick(place, [f"x{k}" for k in _points(run)])


def _time(place: str, run: National) -> str:
    return _pick(place, [repr(float(time)) for time in run.times])


def _rate(run: National) -> tuple[str, str]:
    """The last rate less the one before, and its error: lines from six points on, else the last three points."""
    late = f"({_time('i1', run)} - {_time('i2', run)})"
    early = f"({_time('i2', run)} - {_time('i3', run)})"
    x3, x2, x1 = (_value(place, run) for place in ("i1", "i2", "i3"))
    three = f"(({x3} - {x2}) / {late} - ({x2} - {x1}) / {early})"
    error = (
        f"({run.sem!r} * sqrt(1 / {late} / {late} + (1 / {late} + 1 / {early}) * (1 / {late} + 1 / {early}) "
        f"+ 1 / {early} / {early}))"
    )
    last = len(run.times)
    if last < SEVERAL:
        return three, error
    half = last // 2
    first, first_square = _fixed_slope(run, range(1, half + 1))
    second, second_square = _fixed_slope(run, range(half + 1, last + 1))
    lines_error = run.sem * (1 / first_square + 1 / second_square) ** 0.5
    return (
        f"CASE WHEN n = {last} THEN ({second} - {first}) ELSE {three} END",
        f"CASE WHEN n = {last} THEN {lines_error!r} ELSE {error} END",
    )


def _fixed_slope(run: National, points: range) -> tuple[str, float]:
    """The slope over points that all were sat, as a weighted sum, and Σ(t − t̄)²."""
    times = [run.times[k - 1] for k in points]
    mean = sum(times) / len(times)
    square = sum((time - mean) ** 2 for time in times)
    terms = [f"{(time - mean) / square!r} * x{k}" for k, time in zip(points, times, strict=True)]
    return "(" + " + ".join(terms) + ")", square


def _closing(run: National) -> tuple[str, str]:
    """The closing rate, minus the slope of the gap over the points sat, and its error."""

    def add(texts: Sequence[str]) -> str:
        return (
            "(" + " + ".join(f"CASE WHEN x{k} IS NULL THEN 0 ELSE {text} END" for k, text in enumerate(texts, 1)) + ")"
        )

    times = [repr(float(time)) for time in run.times]
    t, tt = add(times), add([f"{time} * {time}" for time in times])
    g = add([f"(m{k} - x{k})" for k in _points(run)])
    tg = add([f"{time} * (m{k} - x{k})" for k, time in enumerate(times, 1)])
    square = f"({tt} - {t} * {t} / n)"
    return f"(-({tg} - {t} * {g} / n) / {square})", f"({run.sem!r} / sqrt({square}))"


def _phi(z: str) -> str:
    """The normal distribution function, to 7.5e−8 (Abramowitz & Stegun 26.2.17): no engine has it built in."""
    t = f"(1 / (1 + 0.2316419 * abs({z})))"
    tail = (
        f"0.3989422804014327 * exp(-0.5 * {z} * {z}) * {t} * (0.319381530 + {t} * (-0.356563782 + {t} * "
        f"(1.781477937 + {t} * (-1.821255978 + {t} * 1.330274429))))"
    )
    return f"(CASE WHEN {z} < 0 THEN {tail} ELSE 1 - {tail} END)"


def compute(
    path: Path, run: National, engine: str = "duckdb", *, memory: str = "3GB", threads: int = 2
) -> pl.DataFrame:
    """Counts by year group and subject from a Parquet file, on DuckDB or Spark. Raises BadInput for bad rows."""
    if engine not in ENGINES:
        raise BadInput(f"There is no engine {engine!r}. Choose from {', '.join(ENGINES)}.")
    return _on_duckdb(path, run, memory, threads) if engine == "duckdb" else _on_spark(path, run)


def _on_duckdb(path: Path, run: National, memory: str, threads: int) -> pl.DataFrame:
    import duckdb

    with duckdb.connect(config={"memory_limit": memory, "threads": threads, "preserve_insertion_order": False}) as db:
        db.read_parquet(str(path)).create_view("panel")
        for step in steps(run):
            kind = "VIEW" if step.name == "signs" else "TABLE"
            db.execute(f"CREATE TEMP {kind} {step.name} AS {step.query}")
            if step.name == "wide":
                _refuse_doubles(db.execute(_doubles(run)).fetchone(), run)
        answer = db.execute(totals())
        names = [column[0] for column in answer.description or ()]
        return pl.DataFrame(answer.fetchall(), schema=names, orient="row")


def _on_spark(path: Path, run: National) -> pl.DataFrame:
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise BadInput("Spark is not installed here. pip install pyspark, or choose the engine duckdb.") from None
    session: Any = SparkSession.builder.appName("alongside progress").getOrCreate()
    session.read.parquet(str(path)).createOrReplaceTempView("panel")
    for step in steps(run):
        table = session.sql(step.query)
        (table if step.name == "signs" else table.cache()).createOrReplaceTempView(step.name)
        if step.name == "wide":
            found = session.sql(_doubles(run)).collect()
            _refuse_doubles(tuple(found[0]) if found else None, run)
    answer = session.sql(totals())
    return pl.DataFrame([tuple(row) for row in answer.collect()], schema=answer.columns, orient="row")


def _doubles(run: National) -> str:
    sat = " + ".join(f"CASE WHEN x{k} IS NULL THEN 0 ELSE 1 END" for k in _points(run))
    return f"SELECT pupil, subject FROM wide WHERE n > {sat} ORDER BY pupil, subject LIMIT 1"


def _refuse_doubles(found: tuple[Any, ...] | None, run: National) -> None:
    if found is not None:
        raise BadInput(
            f"Pupil {found[0]}, {found[1]}: more than one score at one point, or a point outside 1 to {len(run.times)}."
        )
