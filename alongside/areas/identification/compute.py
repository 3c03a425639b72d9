"""Reading the trust's results as columns, and judging them: pure figures, nothing stored.

A group is one subject on one scale at one season. It is judged with all results of that subject and scale in the
three years before, of every school, because peers are all who sat the same test.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context

import numpy as np
import polars as pl
from django.db import connection

from alongside.areas.assessment.models import Scale, Sitting
from alongside.areas.identification import rules
from alongside.areas.identification.rules import Norm, Sign, WhyNot
from alongside.kit import sql
from alongside.progress.columns import Floats, Ints
from alongside.progress.points import Judged, Point, Sat, Test, judge

YEARS_BACK = 3
_MANY = 100_000  # results from which two subjects are worth two processes
_GRADES = {"R": 0, **{str(year): year for year in range(1, 15)}}


@dataclass(frozen=True, slots=True)
class Group:
    """One subject on one scale at one season."""

    school_year: int
    season: str
    subject: str
    scale: int

    @property
    def order(self) -> int:
        """Where its season stands in time."""
        return 3 * self.school_year + rules.season_order(self.season)


def groups(on: date) -> list[Group]:
    """Every group that has been opened by a day, oldest first."""
    rows = Sitting.objects.filter(point__opens_on__lte=on).values_list(
        "point__school_year", "point__season", "subject", "scale_id"
    )
    return sorted({Group(*row) for row in rows}, key=lambda group: (group.order, group.subject, group.scale))


def newest(on: date) -> list[Group]:
    """The groups of the last season that has been opened."""
    known = groups(on)
    return [group for group in known if group.order == known[-1].order]


_WHERE = """
  from assessment_result r join assessment_sitting s on s.id = r.sitting_id join assessment_point p on p.id = s.point_id
  join assessment_scale c on c.id = s.scale_id
 where r.score is not null"""

_PRINTS = f"""
select p.school_year, p.season, s.subject, s.scale_id,
       count(*) || ':' || sum(hashtextextended(r.pupil_id || ':' || r.score || ':' || r."on", 0)::numeric)
       || ':' || coalesce(max(c.sd)::text, '') || ':' || coalesce(max(c.reliability)::text, '')
{_WHERE} and p.school_year >= %(first)s group by 1, 2, 3, 4"""


def prints(wanted: Sequence[Group]) -> Mapping[Group, str]:
    """What the results of each group and their error look like now: another text when any of it has changed."""
    first = min((group.school_year for group in wanted), default=0)
    found = {Group(*row[:4]): str(row[4]) for row in sql.rows(_PRINTS, {"first": first})}
    return {group: found.get(group, "") for group in wanted}


_RESULTS = f"""
copy (select 3 * p.school_year + array_position('{{autumn,spring,summer}}'::text[], p.season::text) - 1 as point,
             r.pupil_id, r.school_id, r.nc_year, r.score::float8, r."on" - date '2000-01-01'
{_WHERE} and s.subject = %s and s.scale_id = %s
         and 3 * p.school_year + array_position('{{autumn,spring,summer}}'::text[], p.season::text) - 1 between %s and %s)
to stdout (format csv)"""

_COLUMNS: Mapping[str, type[pl.DataType]] = {
    "point": pl.Int64, "pupil": pl.Int64, "school": pl.Int64, "nc_year": pl.String, "score": pl.Float64,
    "day": pl.Int64,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """The results that a group is judged by; `pupils` are the numbers that the rows of `sat` stand for."""

    points: list[Point]
    sat: Sat
    pupils: Ints


def read(group: Group) -> Read | None:
    """Results of the group and of the three years before it; None when nobody sat it."""
    table = _copied(_RESULTS, [group.subject, group.scale, group.order - 3 * YEARS_BACK, group.order], _COLUMNS)
    table = table.with_columns(grade=table["nc_year"].replace_strict(_GRADES, default=None, return_dtype=pl.Int64))
    table = table.drop_nulls("grade").sort("day").unique(["point", "pupil"], keep="last", maintain_order=True)
    if table.is_empty() or group.order not in table["point"]:
        return None
    seasons = sorted(table["point"].unique().to_list())
    numbers, pupil = np.unique(table["pupil"].to_numpy(), return_inverse=True)
    sat = Sat(
        pupil.astype(np.int64), np.searchsorted(seasons, table["point"].to_numpy()).astype(np.int64),
        table["day"].to_numpy() / 365.25, table["grade"].to_numpy(), table["school"].to_numpy(),
        table["score"].to_numpy(),
    )  # fmt: skip
    return Read([Point(n // 3, ("autumn", "spring", "summer")[n % 3]) for n in seasons], sat, numbers)


def _copied(statement: str, values: Sequence[object], columns: Mapping[str, type[pl.DataType]]) -> pl.DataFrame:
    """The rows of a COPY as columns: a million in a second or two, where fetching them would take ten."""
    connection.ensure_connection()
    body = io.BytesIO()
    with connection.connection.cursor() as cursor, cursor.copy(statement, values) as copy:
        for block in copy:
            body.write(block)
    if not body.tell():
        return pl.DataFrame(schema=columns)
    return pl.read_csv(body.getvalue(), has_header=False, new_columns=list(columns), schema_overrides=columns)


@dataclass(frozen=True, slots=True)
class Task:
    """A group that can be judged: its results and its test."""

    group: Group
    read: Read
    test: Test


def tasks(wanted: Sequence[Group]) -> Iterator[Task | tuple[Group, WhyNot]]:
    """Each group with what it needs to be judged, or why its results never enter arithmetic."""
    scales = Scale.objects.in_bulk({group.scale for group in wanted})
    for group in wanted:
        test = rules.test_of(norm_of(scales[group.scale]))
        found = None if isinstance(test, WhyNot) else read(group)
        if isinstance(test, WhyNot):
            yield group, test
        elif found is None:
            yield group, WhyNot.NOBODY
        else:
            yield Task(group, found, test)


def norm_of(scale: Scale) -> Norm:
    """What the manual says of a scale, as plain numbers."""
    mean, sd, reliability = (None if x is None else float(x) for x in (scale.mean, scale.sd, scale.reliability))
    return Norm(scale.facts().kind, mean, sd, reliability)


def judged(todo: Sequence[Task]) -> list[Judged]:
    """The signs of each group. Large ones are shared out over two processes, which know nothing of the database."""
    if len(todo) < 2 or sum(len(task.read.sat.pupil) for task in todo) < _MANY:
        return [judge(task.read.points, task.read.sat, task.test) for task in todo]
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # for the processes: a matrix here has 22 columns
    with ProcessPoolExecutor(min(2, os.cpu_count() or 1), mp_context=get_context("spawn")) as pool:
        return list(
            pool.map(
                judge,
                [task.read.points for task in todo],
                [task.read.sat for task in todo],
                [task.test for task in todo],
            )
        )


# --- What is stored of it


@dataclass(frozen=True, slots=True)
class Here:
    """A pupil on roll: where they are now."""

    school: int
    nc_year: str
    class_name: str


def on_roll(on: date) -> dict[int, Here]:
    """Every pupil on roll on a day, by number."""
    statement = "select id, school_id, nc_year, class_name from pupils_pupil where left_on is null or left_on >= %(on)s"
    return {row[0]: Here(*row[1:]) for row in sql.rows(statement, {"on": on})}


@dataclass(frozen=True, slots=True)
class Row:
    """What was found of one pupil, in plain values."""

    pupil: int
    here: Here
    percentile: int | None
    before: int | None
    among: int
    peers_here: int
    how: str
    below: bool
    twice: bool
    said: Mapping[Sign, tuple[bool, bool, float, float, int]]  # answered, fires, figure, error, points
    place: int  # its row in the figures


def rows_of(task: Task, found: Judged, roll: Mapping[int, Here]) -> list[Row]:
    """A row for everybody on roll who was judged."""
    numbers = task.read.pupils[found.pupil].tolist()
    said = [
        list(
            zip(
                s.answered.tolist(),
                s.fires.tolist(),
                s.figure.tolist(),
                s.error.tolist(),
                s.points.tolist(),
                strict=True,
            )
        )
        for s in found.signs
    ]
    percentile, before = _whole(found.last), _whole(found.before)
    among, here, how, twice = (column.tolist() for column in (found.among, found.here, found.how, found.twice))
    below = (found.score[:, -1] < found.peers[:, -1]).tolist()
    return [
        Row(
            number, roll[number], percentile[n], before[n], among[n], here[n], how[n], below[n], twice[n],
            dict(zip(Sign, (column[n] for column in said), strict=True)), n,
        )
        for n, number in enumerate(numbers)
        if number in roll
    ]  # fmt: skip


def rests(task: Task, found: Judged, place: int) -> rules.Rests:
    """What one pupil's signs rest on."""
    columns = (_gaps(column[place]) for column in (found.time, found.score, found.peers))
    last, before = (_gaps(column[place : place + 1])[0] for column in (found.last, found.before))
    times, scores, peers = columns
    return rules.Rests(times, scores, peers, task.test.sem, task.test.normed, last, before)


def medians(found: Judged, read_: Read) -> dict[str, dict[str, float]]:
    """The median of each year group at each point, for the line of peers: {'2026-autumn': {'4': 101.0}}.

    Of those only who are judged now: their own year group as it came up.
    """
    told: dict[str, dict[str, float]] = {}
    for place, point in enumerate(read_.points):
        known = ~np.isnan(found.peers[:, place])
        told[f"{point.year}-{point.season}"] = {
            str(grade): float(np.median(found.peers[known & (found.grade == grade), place]))
            for grade in np.unique(found.grade[known])
        }
    return told


def _whole(values: Floats) -> list[int | None]:
    return [None if np.isnan(value) else int(value) for value in values]


def _gaps(values: Floats) -> tuple[float | None, ...]:
    return tuple(None if np.isnan(value) else float(value) for value in values)
