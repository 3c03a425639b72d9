"""A table that is wrong is refused in one sentence that names the row and the reason."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from alongside.progress.columns import BadInput
from alongside.progress.panel import Panel, oddities, of_table, read, read_subjects
from alongside.progress.tests.invented import LAST, histories, panel, table

GOOD = "pupil,year,grade,score\nP1,2023,4,98\nP1,2024,5,101\nP2,2024,5,110\n"


def written(folder: Path, text: str, name: str = "panel.csv") -> Path:
    path = folder / name
    path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    return path


@pytest.mark.parametrize("name", ["panel.csv", "panel.csv.gz"])
def test_a_table_is_read(tmp_path: Path, name: str) -> None:
    there = read(written(tmp_path, GOOD, name))
    assert there.names.to_list() == ["P1", "P2"]
    assert there.score.tolist() == [98, 101, 110]
    assert there.years() == [2023, 2024]


def test_parquet_is_read_too(tmp_path: Path) -> None:
    table(histories(5, 2)).write_parquet(tmp_path / "panel.parquet")
    assert len(read(tmp_path / "panel.parquet").score) == 10


def test_headings_in_any_case_and_years_of_two_numbers(tmp_path: Path) -> None:
    there = read(written(tmp_path, "Score,Grade,Year,Pupil\n98,4,2023_2024,7\n99,5,2024_2025,7\n"))
    assert there.year.tolist() == [2023, 2024]
    assert there.pupil.tolist() == [0, 0]


def test_a_test_not_sat_is_left_out(tmp_path: Path) -> None:
    assert read(written(tmp_path, GOOD + "P3,2024,5,\n")).names.to_list() == ["P1", "P2"]


REFUSED = {
    "P3,2024,5,EXS": r"Row 5: the score is a code.*not averaged \(EXS\)",
    "P3,2024,5,inf": r"Row 5: the score is not a finite number",
    "P3,2024,5,NaN": r"Row 5: the score is not a finite number",
    "P2,2024,5,111": r"Row 4: this pupil has more than one score in this year \(P2\)",
    "P3,2024,5,500": r"Row 5: the score lies off its scale of 60 to 140 \(500.0\)",
    "P3,next,5,100": r"Row 5: year is not a whole number \(next\)",
    "P3,2024,5a,100": r"Row 5: grade is not a whole number \(5a\)",
    ",2024,5,100": r"Row 5: pupil is empty",
    "P3,,5,100": r"Row 5: year is empty",
}


@pytest.mark.parametrize(("row", "says"), list(REFUSED.items()), ids=lambda text: text[:20])
def test_a_row_that_is_wrong_is_named(tmp_path: Path, row: str, says: str) -> None:
    assert len(read(written(tmp_path, GOOD), low=60, high=140).score) == 3
    with pytest.raises(BadInput, match=says):
        read(written(tmp_path, f"{GOOD}{row}\n"), low=60, high=140)


def test_how_many_more_rows_have_the_fault(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="1 more rows"):
        read(written(tmp_path, GOOD + "P3,2024,5,GDS\nP4,2024,5,WTS\n"))


def test_two_scales_in_one_column_are_refused(tmp_path: Path) -> None:
    head = "pupil,year,grade,score,scale\n"
    assert len(read(written(tmp_path, head + "P1,2024,5,100,NGRT\nP2,2024,5,90,NGRT\n")).score) == 2
    with pytest.raises(BadInput, match=r"Row 3: another scale than NGRT.*\(PiRA\)"):
        read(written(tmp_path, head + "P1,2024,5,100,NGRT\nP2,2024,5,90,PiRA\n"))


@pytest.mark.parametrize(
    ("text", "says"),
    [("pupil,year,grade\nP1,2024,5\n", "no column score"), ("pupil,year,grade,score\n", "no rows")],
)
def test_a_table_without_its_columns_or_rows(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        read(written(tmp_path, text))


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(BadInput, match=r"no file nothing\.csv"):
        read(Path("nothing.csv"))


def test_a_file_that_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="not a table"):
        read(written(tmp_path, "pupil,year\n1,2,3,4\n5,6,7\n"))


def test_a_panel_for_each_subject_names_rows_of_the_file(tmp_path: Path) -> None:
    text = "pupil,year,grade,score,subject\n1,2024,5,100,reading\n1,2024,5,90,maths\n2,2024,5,95,reading\n"
    assert sorted(read_subjects(written(tmp_path, text))) == ["maths", "reading"]
    with pytest.raises(BadInput, match="Row 5"):
        read_subjects(written(tmp_path, text + "3,2024,5,X,maths\n"))
    assert list(read_subjects(written(tmp_path, GOOD))) == ["all"]


# --- What looks like a slip ------------------------------------------------------------------------------


def said(there: Panel) -> str:
    return "\n".join(oddities(there, LAST))


def test_sound_scores_are_not_odd() -> None:
    assert said(panel(histories(300, 3))) == ""


def test_a_column_shifted_by_a_row_is_found_out() -> None:
    scores = histories(300, 2)
    scores[:, 1] = np.roll(scores[:, 1], 1)
    assert "shifted by a row" in said(panel(scores))


def test_a_whole_grade_with_one_score_is_found_out() -> None:
    scores = histories(300, 2)
    scores[:, 1] = 100
    assert "all 300 scores are 100" in said(panel(scores))


def test_a_grade_on_another_scale_than_the_year_before_is_found_out() -> None:
    this, last = table(histories(100, 1), grade=5), table(histories(100, 1, seed=2), grade=5, last=LAST - 1)
    apart = last.with_columns(pl.col("pupil") + 1000)
    assert said(of_table(pl.concat([this, apart]))) == ""
    changed = this.with_columns(pl.col("score") / 5)
    assert "Same test?" in said(of_table(pl.concat([changed, apart])))
