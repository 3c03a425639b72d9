"""The command `alongside progress`, and the words that teachers read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from alongside.config import bench_progress, cli
from alongside.config.errors import CannotGoOn
from alongside.config.postgres import ROOT
from alongside.config.progress import progress
from alongside.kit.reading import reading_age
from alongside.progress import quantiles, words
from alongside.progress.growth import design, knots_of, percentiles
from alongside.progress.tests.invented import LAST, histories, table


@pytest.fixture
def scores(tmp_path: Path) -> Path:
    path = tmp_path / "panel.csv"
    table(histories(1200, 3)).write_csv(path)
    return path


def test_growth_writes_a_row_for_a_pupil(scores: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.csv"
    assert (
        progress(["growth", str(scores), "--year", str(LAST), "--sequences", "4-6,5-6", "--out", str(out), "--json"])
        == 0
    )
    summary = json.loads(capsys.readouterr().out)
    found = pl.read_csv(out)
    assert found.columns == ["pupil", "grade", "order", "growth_percentile"]
    assert summary["pupils"] == len(found) == 1200
    assert summary["by_order"] == {"2": 1200}
    assert summary["sums"] == {"2": found["growth_percentile"].sum()}
    assert summary["peak_memory_mb"] > 10
    assert {"seconds", "cpu_seconds"} <= set(summary)


def test_growth_in_words_and_parquet(scores: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.parquet"
    assert (
        progress(
            ["growth", str(scores), "--year", "2024_2025", "--knots", "cohort", "--max-priors", "1", "--out", str(out)]
        )
        == 0
    )
    said = capsys.readouterr().out
    assert "by order: 1: 1,200" in said
    assert "odd: nothing" in said
    assert len(pl.read_parquet(out)) == 1200


def test_signs_for_each_subject(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    both = pl.concat(
        [
            table(histories(1100, 4, seed)).with_columns(subject=pl.lit(name))
            for seed, name in ((1, "maths"), (2, "reading"))
        ]
    )
    both.write_parquet(tmp_path / "panel.parquet")
    out = tmp_path / "signs.csv"
    asked = ["signs", str(tmp_path / "panel.parquet"), "--year", str(LAST), "--sem", "23", "--out", str(out), "--json"]
    assert progress(asked) == 0
    summary = json.loads(capsys.readouterr().out)
    assert len(summary["signs"]) == 8
    found = pl.read_csv(out)
    assert len(found) == 2200
    assert found["gap_widens"].sum() == sum(one["flagged"] for one in summary["signs"] if "widens" in one["sign"])


def test_the_simulation_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert progress(["simulate", "--pupils", "20000"]) == 0
    said = capsys.readouterr().out
    assert "two-year mean percentile under 25" in said
    assert "With no help at all" in said
    assert progress(["simulate", "--pupils", "20000", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["rules"]) == 9


def test_the_national_run_and_its_sql(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "panel.parquet"
    pl.DataFrame(
        {"pupil": [1, 1, 1, 2, 2, 2], "subject": ["m"] * 6, "year_group": [4] * 6, "point": [1, 2, 3] * 2,
         "score": [100.0, 99, 70, 90, 95, 100]}
    ).write_parquet(path)  # fmt: skip
    asked = ["national", str(path), "--times", "0,1,2", "--sem", "4"]
    assert progress(asked) == 0
    assert capsys.readouterr().out.splitlines()[1].startswith("4,m,2")
    assert progress([*asked, "--out", str(tmp_path / "out.csv")]) == 0
    assert len(pl.read_csv(tmp_path / "out.csv")) == 1
    capsys.readouterr()
    assert progress([*asked, "--sql"]) == 0
    assert capsys.readouterr().out.count("CREATE TEMPORARY VIEW") == 6


REFUSED = {
    "a file that is not there": (["growth", "gone.csv", "--year", "2024", "--out", "o.csv"], "no file gone"),
    "a year that is none": (["growth", "PANEL", "--year", "next", "--out", "o.csv"], "--year is 'next'"),
    "a year without scores": (["growth", "PANEL", "--year", "2031", "--out", "o.csv"], "no scores of 2031"),
    "a score off its scale": (
        ["growth", "PANEL", "--year", "2024", "--scale", "80-120", "--out", "o.csv"],
        r"Row \d+: the score lies off its scale of 80 to 120",
    ),
    "a scale that is none": (["growth", "PANEL", "--year", "2024", "--scale", "wide", "--out", "o.csv"], "--scale is"),
    "a sequence that is none": (
        ["growth", "PANEL", "--year", "2024", "--sequences", "6", "--out", "o.csv"],
        "no sequence",
    ),
    "an error of nought": (
        ["signs", "PANEL", "--year", "2024", "--sem", "0", "--out", "o.csv"],
        "error of measurement",
    ),
    "a fit of hardly anybody": (
        ["growth", "PANEL", "--year", "2024", "--fewest", "3", "--out", "o.csv"],
        "cannot rest on 3 pupils",
    ),
    "times that are none": (["national", "PANEL", "--times", "soon", "--sem", "4"], "--times is 'soon'"),
    "no national file": (["national", "gone.parquet", "--times", "0,1,2", "--sem", "4"], "no file gone"),
    "a school that cannot be": (["simulate", "--pupils", "3"], "3 pupils are too few"),
}


@pytest.mark.parametrize(("asked", "says"), list(REFUSED.values()), ids=list(REFUSED))
def test_what_cannot_be_done_is_said(
    scores: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: list[str], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CannotGoOn, match=says):
        progress([str(scores) if word == "PANEL" else word for word in asked])


def test_a_shifted_column_stops_until_somebody_says_it_is_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scores = histories(1200, 2)
    scores[:, 1] = scores[::-1, 1]
    table(scores).write_csv(tmp_path / "panel.csv")
    asked = ["growth", str(tmp_path / "panel.csv"), "--year", str(LAST), "--out", str(tmp_path / "out.csv")]
    with pytest.raises(CannotGoOn, match="shifted by a row"):
        progress(asked)
    assert progress([*asked, "--accept-odd", "--json"]) == 0
    assert "shifted" in json.loads(capsys.readouterr().out)["odd"][0]


def test_the_command_needs_no_framework(scores: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from alongside.config.cli import main; "
        f"code = main(['progress', 'growth', {str(scores)!r}, '--year', '2024', '--out', {str(tmp_path / 'o.csv')!r}]); "
        "assert not [name for name in sys.modules if name.partition('.')[0] in ('django', 'psycopg')]; sys.exit(code)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, capture_output=True)
    assert "progress" in cli.OURS


# --- The bench -------------------------------------------------------------------------------------------


def test_a_reference_made_elsewhere_is_held_against_our_fits(tmp_path: Path) -> None:
    """Here the other program is ours, once as it is and once with two pupils a point or two too high."""
    scores = histories(1000, 2)
    x = design(scores[:, :1], [knots_of(scores[:, 0])])
    fit = quantiles.fit(x, scores[:, 1])
    fitted = np.sort(np.round(x @ fit.coefficients.T, 5), axis=1)
    named = {"q05": fitted[:, 4], "q95": fitted[:, 94]}
    named |= {f"q{place + 1}": (fitted[:, place] + fitted[:, place + 1]) / 2 for place in (24, 49, 74)}
    percentile = percentiles(x, scores[:, 1], fit.coefficients)
    for added, identical, near in ((0, 100, 100), (1, 99.8, 100), (2, 99.8, 99.8)):
        theirs = percentile.copy()
        theirs[np.flatnonzero(percentile < 90)[:2]] += added
        pl.DataFrame({"prior": scores[:, 0], "now": scores[:, 1], "sgp": theirs, **named}).write_csv(tmp_path / "r.csv")
        found = bench_progress.against(tmp_path / "r.csv")
        assert found["fitted quantiles apart by at most"] == 0
        assert (found["identical %"], found["within 1 %"]) == (identical, near)


def test_the_bench_measures_in_a_process_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert progress(["bench", "--only", "reference"]) == 0
    assert "not measured" in capsys.readouterr().out
    assert progress(["bench", "--only", "trust", "--quick"]) == 0
    said = capsys.readouterr().out
    assert "pupils 3000, subjects 3, signs 12" in said
    assert bench_progress.GOALS["trust"] in said
    with pytest.raises(CannotGoOn, match="no 'everything' to measure"):
        progress(["bench", "--only", "everything"])


# --- Words -----------------------------------------------------------------------------------------------

SENTENCES = {
    "growth": words.growth_in_words("Amira", "reading", 18, 22).text,
    "growth of one year": words.growth_in_words("Tomasz", "maths", 3).text,
    "a slower rate": words.rate_in_words("Amira", "maths", 8, -12, 5, 3).text,
    "a rate within chance": words.rate_in_words("Amira", "maths", 8, 5, 5, 3).text,
    "a fall within chance": words.change_in_words("Amira", 96, 90, 4.743, 4.743).text,
    "a fall beyond chance": words.change_in_words("Amira", 110, 90, 4.743, 4.743).text,
    "no change": words.change_in_words("Amira", 90, 90, 4.743, 4.743).text,
    "a rise": words.change_in_words("Amira", 90, 99, 4.743, 4.743).text,
    "a gap that stays": words.gap_in_words("Amira", 13, 14, 4, 3).text,
    "a gap that grows": words.gap_in_words("Amira", 5, 14, 4, 3).text,
    "a gap that shrinks": words.gap_in_words("Amira", 14, 5, 4, 3).text,
    "few found": words.funnel_in_words("Elm Primary", 0.05, 0.08, 0.17).text,
    "many found": words.funnel_in_words("Elm Primary", 0.25, 0.08, 0.17).text,
}


@pytest.mark.parametrize("text", list(SENTENCES.values()), ids=list(SENTENCES))
def test_a_flag_can_be_read_at_twelve(text: str) -> None:
    age = reading_age(text)
    assert age is not None
    assert age <= 12


@pytest.mark.parametrize("text", [text for name, text in SENTENCES.items() if "found" not in name])
def test_a_flag_says_what_else_it_could_be_and_what_to_do(text: str) -> None:
    for part in ("days missed", "new English", "a move", "a wrong mark", "Talk it over", "not a diagnosis"):
        assert part in text


def test_the_figures_of_a_flag_are_in_its_words() -> None:
    assert "About 82 of them" in SENTENCES["growth"]
    assert "from 1 to 40" in SENTENCES["growth"]
    assert "Two years put together say 22" in SENTENCES["growth"]
    assert "fell by 6 points" in SENTENCES["a fall within chance"]
    assert "up to 13 points by chance" in SENTENCES["a fall within chance"]
    assert "not clear proof" in SENTENCES["a fall within chance"]
    assert "not clear proof" not in SENTENCES["a fall beyond chance"]
    assert "more than chance" in SENTENCES["a slower rate"]
    assert "about as many" in words.funnel_in_words("Elm Primary", 0.12, 0.08, 0.17).text
    assert "rise by about 3 points anyway" in words.rise_in_words(70, 100, 0.9)


def test_a_flag_can_be_said_again_alike() -> None:
    one, other = (words.growth_in_words("Amira", "reading", 18, 22) for _ in range(2))
    assert one == other
    assert one.version == "2026.1"
    assert one.rests_on == 3
