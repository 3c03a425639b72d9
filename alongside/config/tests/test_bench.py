"""The parts of the benchmark that only think: reading wrk, judging, and saying it."""

from typing import Any

import pytest

from alongside.config.bench import goals, table
from alongside.config.bench.command import sizes
from alongside.config.bench.goals import Goal
from alongside.config.bench.machine import build_words
from alongside.config.bench.trust import schools_for
from alongside.config.bench.wrk import Ask, Load, lua_list, read
from alongside.config.errors import CannotGoOn, Usage

WRK = """\
Running 5s test @ http://127.0.0.1:41043
  1 threads and 8 connections
Requests/sec:    201.20
{"good": 1006, "other": 2, "seconds": 5.030000, "p50": 38.512000, "p95": 61.004000}
"""
REGISTER = {
    "name": "Register", "page_ms": 8.0, "ratio": 4.0, "rps8": 201.0, "p95": 61.0, "statements": 4, "bytes": 97_000,
    "wall": 1.1, "statements_range": 0,
}  # fmt: skip


def a_size(pupils: int = 10_000, /, **more: object) -> dict[str, Any]:
    return {
        "pupils": pupils, "schools": 17, "database_mb": 300.0,
        "rows_small": 9, "rows_usual": 80, "rows_large": 270, "deadlines_seconds": 3.0, "duties_seconds": 30.0,
        "pages": [{**REGISTER, **more}],
    }  # fmt: skip


def word(found: list[dict[str, Any]], number: str) -> str:
    return next(verdict.word for verdict in goals.verdicts(found) if verdict.goal.number == number)


class TestWrk:
    def test_reads_the_line_of_our_script(self) -> None:
        assert read(WRK) == Load(good=1006, other=2, seconds=5.03, p50=38.512, p95=61.004)
        assert read(WRK).rps == pytest.approx(200)

    def test_says_what_wrk_said_when_there_is_no_such_line(self) -> None:
        with pytest.raises(CannotGoOn, match="unable to connect"):
            read("", "unable to connect to 127.0.0.1:1 Connection refused")

    def test_no_time_is_no_rate(self) -> None:
        assert Load(good=0, other=0, seconds=0, p50=0, p95=0).rps == 0

    @pytest.mark.parametrize(
        ("text", "written"),
        [("/find/?q=kow", '"/find/?q=kow"'), ('a"b\\', '"a\\034b\\092"'), ("é\n1", '"\\195\\169\\0101"')],
    )
    def test_writes_any_text_for_lua(self, text: str, written: str) -> None:
        assert f'["path"]={written}' in lua_list([Ask(text, {})])

    def test_writes_headers_as_a_table(self) -> None:
        assert '["headers"]={["Cookie"]="a=1"}' in lua_list([Ask("/", {"Cookie": "a=1"})])


class TestVerdicts:
    @pytest.mark.parametrize(
        ("number", "met", "missed"),
        [("ratio", 10, 10.01), ("rps8", 200, 199), ("p95", 70, 70.5), ("statements", 6, 7), ("bytes", 150_000, 150_001),
         ("wall", 1.25, 1.3), ("statements_range", 0, 1)],
    )  # fmt: skip
    def test_a_limit_is_still_met(self, number: str, met: float, missed: float) -> None:
        assert word([a_size(**{number: met})], number) == "met"
        assert word([a_size(**{number: missed})], number) == "MISSED"

    def test_growth_is_from_the_first_size_to_the_last(self) -> None:
        assert word([a_size(), a_size(60_000, page_ms=9.6)], "growth") == "met"
        assert word([a_size(), a_size(60_000, page_ms=9.7)], "growth") == "MISSED"

    def test_one_size_does_not_grow(self) -> None:
        assert not [verdict for verdict in goals.verdicts([a_size()]) if verdict.goal is goals.GROWTH]

    def test_what_was_not_measured_is_not_met(self) -> None:
        size = a_size()
        del size["deadlines_seconds"]
        assert word([size], "deadlines_seconds") == "not measured"

    def test_an_import_has_its_goals(self) -> None:
        size = a_size() | {"imports": [{"kind": "ctf", "first": {"seconds": 130.0, "largest_mb": 240}}]}
        assert word([size], "seconds") == "MISSED"
        assert word([size], "largest_mb") == "met"

    def test_the_empty_view_has_none(self) -> None:
        size = a_size()
        size["pages"] = [{"name": "Empty view", "page_ms": 0.3, "wall": 2.0, "bytes": 5}]
        assert {verdict.about for verdict in goals.verdicts([size])} == {"10,000 pupils"}


class TestWords:
    def test_a_table_lines_up(self) -> None:
        _, head, row = table.size_table(a_size()).splitlines()
        assert len(head) == len(row)
        assert row.startswith("Register")
        assert "97,000" in row

    def test_what_was_not_measured_stays_empty(self) -> None:
        size = a_size()
        size["pages"] = [{"name": "Save a review", "statements": 19}]
        assert table.size_table(size).splitlines()[-1].split() == ["Save", "a", "review", "19"]

    def test_goals_that_were_met_are_counted(self) -> None:
        said = table.verdict_lines(goals.verdicts([a_size(p95=90.0)]))
        assert said.endswith("8 of 9 goals met.")
        assert "requests/s ≥ 200" in said

    def test_a_goal_says_which_way_it_goes(self) -> None:
        assert Goal("p95", "p95 ms", 70).words == "p95 ms ≤ 70"

    @pytest.mark.parametrize(
        ("config", "words"),
        [("", "built without PGO or LTO"), ("'--enable-optimizations' '--with-lto'", "built with PGO and LTO"),
         ("'--enable-optimizations'", "built with PGO")],
    )  # fmt: skip
    def test_the_build_of_python(self, config: str, words: str) -> None:
        assert build_words(config) == words


class TestSizes:
    def test_smallest_first_and_once(self) -> None:
        assert sizes("60000, 10000,10000") == [10_000, 60_000]

    @pytest.mark.parametrize("text", ["", "many", "10000,", "-5", "999"])
    def test_what_is_no_size_is_refused(self, text: str) -> None:
        with pytest.raises(Usage, match="--pupils"):
            sizes(text)

    def test_schools_are_as_large_in_every_trust(self) -> None:
        assert [schools_for(pupils) for pupils in (1_000, 10_000, 60_000)] == [4, 17, 100]
