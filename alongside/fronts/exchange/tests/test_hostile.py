"""Every hostile file gets a clear sentence, in little time and memory; none crashes a reader or writes anything."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from alongside.fronts.exchange.tests import hostile

ROOT = Path(__file__).parents[4]
LONGEST = 30.0  # seconds for one file
# Some of these are refused row by row, or are only odd.
HARMLESS = {"formula_cells", "line_ends", "alphabets", "odd_sheets", "hostile_json", "open_quotes"}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What the readers said of every file, read in a process of its own."""
    folder = tmp_path_factory.mktemp("hostile")
    count = hostile.write_all(folder)
    before = sorted(path.name for path in folder.rglob("*"))
    done = subprocess.run(
        [sys.executable, "-m", "alongside.fronts.exchange.tests.hostile", str(folder)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(lines) == count, done.stderr[-2000:]
    assert sorted(path.name for path in folder.rglob("*")) == before
    return lines


def test_there_are_enough(results: list[dict[str, Any]]) -> None:
    assert len(hostile.FAMILIES) >= 20
    assert len(results) >= 400


def test_none_crashes_a_reader(results: list[dict[str, Any]]) -> None:
    assert [(said["file"], said["crashed"]) for said in results if "crashed" in said] == []


def test_each_is_refused_in_a_sentence(results: list[dict[str, Any]]) -> None:
    for said in results:
        family = said["file"].split("/")[0]
        if said["refused"]:
            assert said["refused"].rstrip().endswith((".", "?")), said
            assert len(said["refused"]) > 15, said
        else:
            assert family in HARMLESS or said["pupils"] == 0, said


def test_formulas_in_names_never_become_pupils(results: list[dict[str, Any]]) -> None:
    found = [said for said in results if said["file"].startswith("formula_cells/")]
    assert found
    assert all(said["faults"] for said in found)
    assert all(said["pupils"] == 0 for said in found)


def test_time_and_memory_are_bounded(results: list[dict[str, Any]]) -> None:
    slow = [(said["file"], said["seconds"]) for said in results if said["seconds"] > LONGEST]
    assert slow == []
    assert max(said["largest"] for said in results) < hostile.MOST_MEMORY
