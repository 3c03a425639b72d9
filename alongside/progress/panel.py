"""A long table of scores: pupil, year, grade, score. Read, checked, and laid out for arithmetic.

A grade is a year group, a year a school year by its first number (`2024`, or `2024_2025`). Every refusal names the
row as a spreadsheet counts it: the headings are row 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl

from alongside.progress.columns import BadInput, Floats, Ints, Marks

COLUMNS = ("pupil", "year", "grade", "score")
FEWEST_TO_JUDGE = 50  # pupils, below which a distribution says nothing about a shifted column
UNRELATED = 0.2  # correlation of two years under which the scores can hardly be the same pupils'
MOVED = 3.0  # robust standard deviations that a whole grade may move between two years
FIRST_ROW = 2  # below the headings
_ROW = "row of the file"


class _Rows(NamedTuple):
    """The numbers that the rows have in their file."""

    numbers: pl.Series

    def refuse(self, broken: pl.Series, reason: str, shown: pl.Series | None = None) -> None:
        """Raise BadInput for the first row that is marked, saying how many there are."""
        places = broken.arg_true()
        if len(places):
            first = int(places[0])
            value = f" ({shown[first]})" if shown is not None else ""
            more = f" {len(places) - 1} more rows have the same fault." if len(places) > 1 else ""
            raise BadInput(f"Row {self.numbers[first]}: {reason}{value}.{more}")


@dataclass(frozen=True, slots=True)
class Panel:
    """Scores, one row for a pupil in a year."""

    names: pl.Series  # what each pupil is called, by number
    pupil: Ints  # number of the pupil, 0…
    year: Ints
    grade: Ints
    score: Floats

    def of(self, year: int) -> Marks:
        """Which rows are of a year."""
        rows: Marks = self.year == year
        return rows

    def years(self) -> list[int]:
        """The years there are, in order."""
        return [int(year) for year in np.unique(self.year)]

    def wide(self, year: int) -> tuple[Ints, Floats]:
        """For every pupil the grade (−1 without) and the score (NaN without) of one year."""
        rows = self.of(year)
        grade = np.full(len(self.names), -1, dtype=np.int64)
        score = np.full(len(self.names), np.nan)
        grade[self.pupil[rows]] = self.grade[rows]
        score[self.pupil[rows]] = self.score[rows]
        return grade, score


def read(path: Path, *, low: float | None = None, high: float | None = None) -> Panel:
    """The panel in a CSV, gzip CSV or Parquet file. `low` and `high` are the ends of the scale.

    Raises BadInput with the row and the reason.
    """
    return of_table(_table(path), low=low, high=high)


def read_subjects(path: Path, *, low: float | None = None, high: float | None = None) -> dict[str, Panel]:
    """The same with a panel for each value of the column `subject`; without that column one, named "all"."""
    table = _table(path)
    subject = next((name for name in table.columns if name.strip().lower() == "subject"), None)
    if subject is None:
        return {"all": of_table(table, low=low, high=high)}
    numbered = table.with_row_index(_ROW, offset=FIRST_ROW)
    parts = numbered.partition_by(subject, as_dict=True, maintain_order=True)
    return {str(name): of_table(part, low=low, high=high) for (name,), part in parts.items()}


def _table(path: Path) -> pl.DataFrame:
    if not path.exists():
        raise BadInput(f"There is no file {path.name}.")
    return pl.read_parquet(path) if path.suffix == ".parquet" else _csv(path)


def _csv(path: Path) -> pl.DataFrame:
    try:
        return pl.read_csv(path, infer_schema_length=None, null_values=["", "NA"])
    except pl.exceptions.PolarsError as error:
        raise BadInput(f"{path.name} is not a table of comma-separated values: {str(error).splitlines()[0]}") from None


def of_table(table: pl.DataFrame, *, low: float | None = None, high: float | None = None) -> Panel:
    """A panel from a table with the four columns, in any order and case; `scale` may stand beside them."""
    table = table.rename({name: name.strip().lower() for name in table.columns})
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing:
        raise BadInput(f"The table has no column {', '.join(missing)}. It needs {', '.join(COLUMNS)}.")
    if table.is_empty():
        raise BadInput("The table has no rows.")
    rows = _Rows(table[_ROW] if _ROW in table.columns else pl.Series(np.arange(len(table)) + FIRST_ROW))
    _one_scale(table, rows)
    for name in COLUMNS[:3]:
        rows.refuse(table[name].is_null(), f"{name} is empty")
    score = _scores(table["score"], rows)
    sat = score.is_not_null()
    year, grade = _number(table["year"], "year", rows), _number(table["grade"], "grade", rows)
    if low is not None or high is not None:
        outside = (score < (low if low is not None else -np.inf)) | (score > (high if high is not None else np.inf))
        rows.refuse(outside.fill_null(False), f"the score lies off its scale of {_end(low)} to {_end(high)}", score)
    rows.refuse(
        pl.DataFrame({"pupil": table["pupil"], "year": year}).is_duplicated() & sat,
        "this pupil has more than one score in this year",
        table["pupil"],
    )
    kept = table["pupil"].filter(sat)
    names = kept.unique(maintain_order=True)
    number = pl.DataFrame({"pupil": kept}).join(
        pl.DataFrame({"pupil": names, "number": np.arange(len(names))}), on="pupil", how="left", maintain_order="left"
    )["number"]
    return Panel(
        names,
        number.to_numpy().astype(np.int64),
        year.filter(sat).to_numpy().astype(np.int64),
        grade.filter(sat).to_numpy().astype(np.int64),
        score.filter(sat).to_numpy().astype(np.float64),
    )


def _end(value: float | None) -> str:
    return "no end" if value is None else f"{value:g}"


def _one_scale(table: pl.DataFrame, rows: _Rows) -> None:
    """Two tests cannot be put in one column of numbers."""
    if "scale" in table.columns:
        first = table["scale"][0]
        rows.refuse(
            table["scale"].ne_missing(first),
            f"another scale than {first} in row 2; give each scale a table of its own",
            table["scale"],
        )


def _scores(column: pl.Series, rows: _Rows) -> pl.Series:
    """Scores as numbers. Codes such as EXS are refused: their steps are not equal, so they have no mean."""
    if column.dtype == pl.String:
        numbers = column.str.strip_chars().cast(pl.Float64, strict=False)
        rows.refuse(
            numbers.is_null() & column.is_not_null(),
            "the score is a code and not a number; codes can be put in order but not averaged",
            column,
        )
    elif column.dtype.is_numeric():
        numbers = column.cast(pl.Float64)
    else:
        raise BadInput(f"Row 2: the column score holds {column.dtype}, not numbers.")
    rows.refuse((~numbers.is_finite()).fill_null(False), "the score is not a finite number", column)
    return numbers


def _number(column: pl.Series, name: str, rows: _Rows) -> pl.Series:
    """A year or grade as a whole number: of a text the number it begins with."""
    text = column.cast(pl.String).str.strip_chars()
    numbers = text.str.extract(r"^(-?\d{1,4})(?:\.0+)?(?:[_/-]\d{2,4})?$").cast(pl.Int64, strict=False)
    rows.refuse(numbers.is_null(), f"{name} is not a whole number", column)
    return numbers


def oddities(panel: Panel, year: int) -> Iterator[str]:
    """What in a year's scores looks like a slip: all alike, another range, or a column shifted by a row.

    A column shifted by one row gives each pupil a neighbour's score. No row is wrong by itself, so the whole
    distribution is looked at: scores of two years that have nothing to do with each other.
    """
    grade, score = panel.wide(year)
    before_grade, before = panel.wide(year - 1)
    for this in np.unique(grade[grade >= 0]):
        now = score[grade == this]
        if len(now) > 1 and np.ptp(now) == 0:
            yield f"Grade {this}, {year}: all {len(now)} scores are {now[0]:g}."
            continue
        both = (grade == this) & (before_grade == this - 1)
        if both.sum() >= FEWEST_TO_JUDGE and np.ptp(before[both]) > 0:
            together = float(np.corrcoef(before[both], score[both])[0, 1])
            if together < UNRELATED:
                yield (
                    f"Grade {this}, {year}: the scores have next to nothing to do with the same pupils' scores of the "
                    f"year before (correlation {together:.2f} over {both.sum()} pupils). Is a column shifted by a row?"
                )
        same = before[before_grade == this]
        if min(len(now), len(same)) >= FEWEST_TO_JUDGE:
            moved = _moved(same, now)
            if abs(moved) > MOVED:
                yield f"Grade {this}, {year}: the scores lie {moved:+.1f} usual spreads from the year before. Same test?"


def _moved(before: Floats, now: Floats) -> float:
    """How many robust standard deviations a median has moved (1.4826 × the median absolute deviation)."""
    spread = 1.4826 * float(np.median(np.abs(before - np.median(before))))
    return float(np.median(now) - np.median(before)) / spread if spread else 0.0
