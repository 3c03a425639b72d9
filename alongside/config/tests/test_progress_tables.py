"""The small questions on the command line, against published figures; and what they refuse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from alongside.config.errors import CannotGoOn
from alongside.config.progress import progress

Captured = pytest.CaptureFixture[str]


def asked(capsys: Captured, *arguments: object) -> Any:
    assert progress([*map(str, arguments), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def a_file(folder: Path, text: str) -> Path:
    path = folder / "table.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_change_beyond_chance(capsys: Captured) -> None:
    found = asked(capsys, "change", "--first", 32.5, "--last", 47.5, "--sd", 7.5, "--mean", 40, "--reliability", 0.8)
    assert found["error_of_measurement"] == pytest.approx(3.3541, abs=5e-5)
    assert found["error_of_the_change"] == pytest.approx(4.7434, abs=5e-5)
    assert found["reliable_change_index"] == pytest.approx(3.1623, abs=5e-5)
    assert found["falls_beyond_chance"] is False
    fallen = asked(capsys, "change", "--first", 100, "--last", 88, "--reliability", 0.9)
    assert fallen["points_beyond_chance_95"] == pytest.approx(13.1, abs=0.06)
    assert fallen["falls_beyond_chance"] is True


def test_one_pupil_before_and_after(capsys: Captured) -> None:
    found = asked(capsys, "case", "--before", "20,20,26,25,22,23", "--after", "28,25,24,27,30,30,29")
    assert found["nap"] == pytest.approx(38.5 / 42)
    assert found["tau_u"] == pytest.approx(31 / 42)
    assert found["enough"] is True


def test_risk_ratios_of_groups(capsys: Captured, tmp_path: Path) -> None:
    rows = ["a,1"] * 27 + ["a,0"] * 95 + ["b,1"] * 44 + ["b,0"] * 443
    found = asked(
        capsys, "fairness", a_file(tmp_path, "\n".join(["kind,found", *rows])), "--group", "kind", "--outcome", "found"
    )
    assert [row["group"] for row in found] == ["a", "b"]
    assert found[0]["ratio"] == pytest.approx(2.449516, abs=1e-6)
    assert (found[0]["low"], found[0]["high"]) == pytest.approx((1.583699, 3.788679), abs=1e-6)
    assert found[0]["reportable"] is True


def test_a_group_of_which_nobody_was_found_has_no_ratio(capsys: Captured, tmp_path: Path) -> None:
    path = a_file(tmp_path, "kind,found\na,0\n,0\nb,1\n")
    found = asked(capsys, "fairness", path, "--group", "kind", "--outcome", "found")
    assert {row["group"]: row["ratio"] for row in found} == {"a": None, "b": None, "not known": None}
    assert not any(row["reportable"] for row in found)


def test_small_numbers_are_hidden_and_stay_hidden(capsys: Captured, tmp_path: Path) -> None:
    path = a_file(tmp_path, "need,girls,boys,others\nx,12,3,20\ny,8,15,9\nz,30,7,2\n")
    found = asked(capsys, "suppress", path)
    shown = {row["need"]: row for row in found["shown"]}
    assert shown["x"]["boys"] == shown["z"]["others"] == "c"
    assert found["hidden"] == len(found["audit"]) > 2
    assert all(cell["high"] - cell["low"] >= 5 for cell in found["audit"])
    out = tmp_path / "shown.csv"
    progress(["suppress", str(path), "--out", str(out)])
    assert ",c," in out.read_text(encoding="utf-8")


def test_schools_in_a_funnel(capsys: Captured, tmp_path: Path) -> None:
    path = a_file(tmp_path, "unit,count,base\nA,65,100\nB,150,1000\nC,140,1000\n")
    found = {row["unit"]: row for row in asked(capsys, "funnel", path)}
    assert (found["A"]["from"], found["A"]["to"]) == pytest.approx((0.5525444, 0.7363575), abs=1e-7)
    assert found["A"]["outside"] == "99.8%"
    assert found["B"]["outside"] == ""
    exact = {row["unit"]: row for row in asked(capsys, "funnel", path, "--exact")}
    assert exact["A"]["low_95"] != found["A"]["low_95"]


def test_a_rate_over_time(capsys: Captured, tmp_path: Path) -> None:
    path = a_file(tmp_path, "value\n" + "\n".join(map(str, (10, 12, 11, 13, 12, 14, 11, 12))))
    found = asked(capsys, "xmr", path)
    assert (found["mean"], found["low"], found["high"]) == pytest.approx((11.875, 7.315, 16.435), abs=5e-4)
    assert found["moving_range"] == pytest.approx(1.714286, abs=1e-6)
    progress(["xmr", str(path)])
    assert "limits 7.315 to 16.435" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "text", "says"),
    [
        (["funnel"], "unit,count\nA,1\n", "has no column 'base'"),
        (["funnel"], "unit,count,base\nA,7,5\n", "Row 2: 7 of 5 is not a share"),
        (["funnel"], "unit,count,base\nA,x,5\n", "Row 2: count is 'x'"),
        (["funnel"], "unit,count,base\nA,0,0\n", "Row 2: 0 of 0 is not a share"),
        (["funnel"], "unit,count,base\n", "holds no row"),
        (["fairness", "--group", "g", "--outcome", "o"], "g,o\na,1\nb,2\n", "Row 3: o is neither 1 nor 0"),
        (["suppress"], "need,a\nx,-1\n", "Row 2: a is -1"),
        (["suppress"], "need,a\nx,1.5\n", "Row 2: a is 1.5"),
        (["xmr"], "value\n1\nx\n", "Row 2"),
        (["xmr"], "value\n1\n", "two points or more"),
        (["xmr"], "", "not a table that can be read"),
    ],
)
def test_a_table_that_cannot_be_used(tmp_path: Path, arguments: list[str], text: str, says: str) -> None:
    command, *more = arguments
    with pytest.raises(CannotGoOn) as fault:
        progress([command, str(a_file(tmp_path, text)), *more])
    assert says in str(fault.value)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["change", "--first", "nan", "--last", "1", "--reliability", "0.9"], "must be numbers"),
        (["change", "--first", "1", "--last", "2", "--reliability", "1.2"], "must lie from 0 to 1"),
        (["change", "--first", "1", "--last", "2", "--reliability", "1"], "an error of more than nought"),
        (["case", "--before", "1,b", "--after", "2"], "--before is '1,b'"),
        (["case", "--before", "1", "--after", "2"], "never without a baseline"),
        (["xmr", "nowhere.csv"], "There is no file nowhere.csv"),
    ],
)
def test_numbers_that_cannot_be_used(arguments: list[str], says: str) -> None:
    with pytest.raises(CannotGoOn) as fault:
        progress(arguments)
    assert says in str(fault.value)
