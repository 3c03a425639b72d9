"""`alongside law`: what it prints, and the one line when it cannot."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from alongside.config import cli
from alongside.config.errors import Usage
from alongside.config.law import law
from alongside.config.school_days import read_school
from alongside.law import book

YEAR: dict[str, list[Any]] = {
    "terms": [
        ["2026-09-02", "2026-10-23"], ["2026-11-02", "2026-12-18"], ["2027-01-05", "2027-02-12"],
        ["2027-02-22", "2027-03-25"], ["2027-04-12", "2027-05-28"], ["2027-06-07", "2027-07-21"],
    ],
    "training_days": ["2026-09-02", "2026-11-02", "2027-01-05", "2027-06-07"],
    "closures": ["2026-12-01"],
}  # fmt: skip


@pytest.fixture
def calendar(tmp_path: Path) -> Path:
    path = tmp_path / "school.json"
    path.write_text(json.dumps(YEAR), encoding="utf-8")
    return path


def told(capsys: pytest.CaptureFixture[str], typed: str) -> dict[str, object]:
    assert law([*typed.split(), "--json"]) == 0
    read: dict[str, object] = json.loads(capsys.readouterr().out)
    return read


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("EHC-04 --from 2026-09-07", {"due": "2026-10-19", "practical": "2026-10-19", "unit": "weeks", "strict": ""}),
        ("ehc-04 --from 2026-09-07", {"rule": "EHC-04", "counting": "exclusive", "severity": "statute"}),
        ("EHC-08 --from 2026-12-11", {"due": "2026-12-25", "practical": "2026-12-24", "counting": "inclusive"}),
        ("EHC-09 --from 2026-11-23", {"due": "2026-12-07", "strict": "2026-12-08"}),
        ("EHC-13 --from 2026-12-01", {"due": "2026-12-15", "strict": "2026-12-16"}),
        ("APP-02 --from 2026-10-01 --certificate 2026-11-29", {"due": "2027-01-04", "from": "2026-10-01"}),
        ("AR-01 --from 2026-01-15", {"due": "2027-01-14"}),
        ("AR-06 --from 2026-11-26", {"due": "2026-11-12", "strict": "2026-11-11"}),
        ("AR-12 --from 2027-01-07 --meeting 2026-11-26", {"due": "2027-02-18"}),
        ("AR-14 --transfer-year 2027 --phase secondary", {"due": "2027-02-14", "practical": "2027-02-12"}),
        ("AR-14 --transfer-year 2027 --phase post-16", {"due": "2027-03-30"}),
        ("AR-15 --from 2027-07-31", {"due": "2027-02-28", "practical": "2027-02-26"}),
        ("TRA-06 --born 2011-06-26", {"due": "2027-06-25", "from": "2011-06-26"}),
        ("SEN-03", {"due": "2027-08-31"}),
        ("APP-07 --from 2026-11-23 --order make", {"due": "2026-12-28"}),
        ("APP-11a --from 2019-07-01", {"due": "2019-09-11"}),
        ("EHC-06 --from 2026-10-19 --sent 2026-10-15", {"legal": "2026-11-30", "promised": "2026-11-26"}),
        ("EHC-04 --from 2026-09-07 --on 2026-10-12", {"days_left": 7, "on": "2026-10-12"}),
        ("EHC-04 --from 2026-09-07 --done 2026-10-19", {"done": "2026-10-19, in time"}),
        ("EHC-04 --from 2026-09-07 --done 2026-10-20", {"done": "2026-10-20, late"}),
        ("DP-04 --from 2026-10-24 --at 00:30", {"due": "2026-10-26"}),
        ("ISP-02 --preview --from 2029-10-01", {"due": "2030-09-30", "severity": "proposal"}),
    ],
)  # fmt: skip
def test_by_when(capsys: pytest.CaptureFixture[str], typed: str, expected: dict[str, object]) -> None:
    found = told(capsys, f"due {typed}")
    assert {key: found[key] for key in expected} == expected
    assert found["explain"]
    assert found["source"]


def test_by_when_in_school_days(capsys: pytest.CaptureFixture[str], calendar: Path) -> None:
    assert told(capsys, f"due DP-06 --from 2026-09-14 --calendar {calendar}")["due"] == "2026-10-05"
    assert told(capsys, f"due DP-06 --from 2026-11-30 --calendar {calendar}")["due"] == "2027-01-07", "one day shut"
    assert told(capsys, f"due GA-04 --from 2026-11-02 --calendar {calendar}")["unit"] == "school days"


def test_a_proposal_says_that_it_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    note = told(capsys, "due ISP-02 --preview --from 2029-10-01")["note"]
    assert note == "PROPOSAL, not law. Planned for 2029-09-01 at the earliest."


def test_a_date_for_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["law", "due", "EHC-08", "--from", "2026-11-23"]) == 0
    lines = capsys.readouterr().out.splitlines()
    keys = [line.split(":")[0] for line in lines]
    assert keys[:4] == ["rule", "from", "due", "practical"]
    assert {"unit", "counting", "source", "explain"} <= set(keys)
    assert "strict" not in keys, "an empty line says nothing"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("due XX-99 --from 2026-09-07", "There is no rule XX-99"),
        ("show XX-99", "There is no rule XX-99"),
        ("due ISP-02 --from 2029-10-01", "There is no rule ISP-02"),
        ("due EHC-04", "EHC-04 needs --from: the day on which the local authority received the request."),
        ("due EHC-04 --from 2026-02-30", "'2026-02-30' is no date"),
        ("due EHC-04 --from yesterday", "'yesterday' is no date"),
        ("due EHC-04 --from 2026-W37-1", "'2026-W37-1' is no date"),
        ("due EHC-04 --from 20260907", "'20260907' is no date"),
        ("due EHC-04 --from 9999-12-30", "9999-12-30 is too far away: give a day between 1900 and 2100"),
        ("due TRA-06 --born 0001-01-01", "0001-01-01 is too far away"),
        ("due TRA-06 --born 2101-01-01", "2101-01-01 is too far away"),
        ("due EHC-04 --from 1900-01-01", "says nothing about 1900-01-01"),
        ("due EHC-04 --from 2026-09-07 --from 2026-09-08", "--from is given twice"),
        ("due EHC-04 --fr 2026-09-07", "Unrecognized arguments: --fr"),
        ("due EHC-04 EHC-05 --from 2026-09-07", "Unrecognized arguments: EHC-05"),
        ("due AR-14 --transfer-year ２０２７ --phase secondary", "is no year"),
        ("due AR-14 --transfer-year 2101 --phase secondary", "is no year from 2014 to 2100"),
        ("due DP-04 --from 2026-10-25 --at 14:30+05:00", "is no time"),
        ("due DP-04 --from 2026-10-25 --at 25:00", "'25:00' is no time"),
        ("due JCQ-03 --from 2026-11-23", "JCQ-03 needs --series"),
        ("due JCQ-03 --from 2026-11-23 --series july", "'july' is no exam series. There are: june, november, january"),
        (
            "due APP-02 --from 2026-11-01 --certificate 2026-12-01 --on 2026-11-23",
            "APP-02: --certificate 2026-12-01 is after 2026-11-23. Give the day it happened.",
        ),
        ("due TRA-06 --born 2027-01-01 --on 2026-11-23", "TRA-06: --born 2027-01-01 is after 2026-11-23"),
        ("due EHC-04 --from 2010-01-01", "EHC-04 holds from 2014-09-01 and says nothing about 2010-01-01"),
        ("due EHC-03 --from 2026-09-07", "EHC-03 sets no date"),
        ("due EHC-03", "EHC-03 sets no date"),
        ("due AR-14 --phase secondary", "AR-14 needs --transfer-year"),
        ("due AR-14 --transfer-year 2027", "AR-14 needs --phase"),
        ("due AR-14 --transfer-year 27 --phase secondary", "'27' is no year"),
        ("due AR-14 --transfer-year 2027 --phase college", "invalid choice: 'college'"),
        ("due TRA-06", "TRA-06 needs --born"),
        ("due APP-07 --from 2026-11-23", "APP-07 needs --order"),
        ("due APP-07 --from 2026-11-23 --order dance", "'dance' is no order"),
        ("due DP-06 --from 2026-09-14", "Give --calendar FILE.json"),
        ("due DP-06 --from 2026-09-14 --calendar nowhere.json", "nowhere.json cannot be read"),
        ("due DP-04 --from 2026-09-14 --at noon", "'noon' is no time"),
        ("due EHC-04 --from 2026-11-24 --on 2026-11-23", "2026-11-24 is after 2026-11-23"),
        ("due AR-08 --from 2026-11-26 --done 2026-11-25", "AR-08: done on 2026-11-25, before 2026-11-26"),
        ("due APP-02 --from 2026-11-23 --certificate 2026-11-01", "older than the letter"),
        ("due", "required: RULE"),
        ("", "required: list|show|due"),
        ("dance", "invalid choice"),
    ],
)
def test_what_cannot_be_is_one_line_and_two(capsys: pytest.CaptureFixture[str], typed: str, words: str) -> None:
    assert cli.main(["law", *typed.split()]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert words in printed.err
    assert len(printed.err.splitlines()) == 1


@pytest.mark.parametrize(
    "typed",
    [
        ["due", "EHC-04", "--from", ""],
        ["due", "", "--from", "2026-09-07"],
        ["due", "EHC-04\nEHC-05", "--from", "2026-09-07"],
        ["due", "EHC-04", "--from", "2026-09-07\n"],
        ["due", "x" * 5_000, "--from", "2026-09-07"],
        ["due", "EHC-04", "--from", "\udcff"],
        ["due", "DP-06", "--from", "2026-09-14", "--calendar", ""],
        ["due", "DP-06", "--from", "2026-09-14", "--calendar", "no\nwhere"],
    ],
)
def test_whatever_was_typed_the_answer_is_one_line(capsys: pytest.CaptureFixture[str], typed: list[str]) -> None:
    assert cli.main(["law", *typed]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert 10 < len(printed.err) < 450
    assert len(printed.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"terms": []}, "it has no terms"),
        ({}, "it has no terms"),
        ({"terms": "2026-09-02"}, "it has no terms"),
        ([], "the braces around it are missing"),
        ({"terms": [["2026-09-02"]]}, "term 1 is not two days, the first and the last"),
        ({"terms": [["2026-09-02", "2026-10-23", "x"]]}, "term 1 is not two days"),
        ({"terms": [["2026-09-02", "2026-10-23"], "soon"]}, "term 2 is not two days"),
        ({"terms": [["2026-09-31", "2026-10-23"]]}, "term 1 has '2026-09-31', which is no date"),
        ({"terms": [[20260902, 20261023]]}, "term 1 has '20260902', which is no date"),
        ({"terms": [["2026-09-02T00:00", "2026-10-23"]]}, "which is no date"),
        ({"terms": [["2026-09-02", "9999-12-31"]]}, "term 1 has 9999-12-31, which is too far away"),
        ({"terms": [["1999-09-02", "2026-10-23"]]}, "term 1 has 1999-09-02, which is too far away"),
        ({"terms": [["2026-09-02", "2026-10-23"]], "closures": ["soon"]}, "closures has 'soon', which is no date"),
        ({"terms": [["2026-09-02", "2026-10-23"]], "closures": "2026-09-09"}, "closures is not a list of days"),
        ({"terms": [["2026-09-02", "2026-10-23"]], "training_days": None}, "training_days is not a list of days"),
        ({"terms": [["2026-10-23", "2026-09-02"]]}, "Term 1 ends on 2026-09-02 before it starts"),
        (
            {"terms": [["2026-09-02", "2026-10-23"], ["2026-10-20", "2026-12-18"]]},
            "Term 2 starts on 2026-10-20, before Term 1 ends on 2026-10-23. Move one of them.",
        ),
    ],
)
def test_a_calendar_that_cannot_be_says_why(tmp_path: Path, wrong: object, words: str) -> None:
    path = tmp_path / "wrong.json"
    path.write_text(json.dumps(wrong), encoding="utf-8")
    with pytest.raises(Usage, match=r"wrong\.json") as refused:
        read_school(path)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "it is not JSON"),
        (b'{"terms":', "it is not JSON"),
        (b"\xff\xfe{", "it is not text in UTF-8"),
        (b"[" * 200_000, "it is not a list of days"),
        (b" " * 1_000_001, "it is far too large"),
    ],
)
def test_a_file_that_is_no_calendar_says_why(tmp_path: Path, raw: bytes, words: str) -> None:
    path = tmp_path / "wrong.json"
    path.write_bytes(raw)
    with pytest.raises(Usage, match=rf"wrong\.json is no calendar: {words}"):
        read_school(path)


def test_a_file_with_a_mark_at_its_start_is_read(tmp_path: Path, calendar: Path) -> None:
    path = tmp_path / "marked.json"
    path.write_bytes(b"\xef\xbb\xbf" + calendar.read_bytes())
    assert read_school(path).days == read_school(calendar).days


def test_nobody_counts_the_days_of_terms_that_were_not_given(
    capsys: pytest.CaptureFixture[str], calendar: Path
) -> None:
    last = told(capsys, f"due DP-06 --from 2027-06-30 --calendar {calendar}")
    assert (last["due"], "note" in last) == ("2027-07-21", False)
    for typed in (
        f"due DP-06 --from 2027-07-01 --calendar {calendar}",
        f"due GA-04 --from 2027-07-20 --calendar {calendar}",
        f"due PAR-02 --from 2027-07-22 --calendar {calendar}",
    ):
        with pytest.raises(
            Usage, match=r"the calendar ends on 2027-07-21, before the count does\. Add the terms after"
        ):
            law(typed.split())


def test_a_practical_day_outside_the_calendar_says_so(capsys: pytest.CaptureFixture[str], calendar: Path) -> None:
    after = told(capsys, f"due AR-01 --from 2026-08-31 --calendar {calendar}")
    assert (after["practical"], "knows the days from 2026-09-02 to 2027-07-21" in str(after["note"])) == (
        "2027-08-27",
        True,
    )
    before = told(capsys, f"due AR-06 --from 2026-09-13 --calendar {calendar}")
    assert (before["practical"], "outside them the practical day is a working" in str(before["note"])) == (
        "2026-08-28",
        True,
    )
    assert "note" not in told(capsys, f"due AR-06 --from 2026-11-26 --calendar {calendar}")


def test_what_was_not_used_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "slip.json"
    slips = YEAR | {"inset": ["2026-09-15"], "training_days": ["2026-09-01", "2026-09-02"]}
    path.write_text(json.dumps(slips), encoding="utf-8")
    note = str(told(capsys, f"due DP-06 --from 2026-09-14 --calendar {path}")["note"])
    assert "not read: inset. Known are terms, training_days, closures." in note
    assert "outside every term, so it changes nothing: training day 2026-09-01." in note


def test_a_calendar_has_to_reach_back_to_the_event(calendar: Path) -> None:
    with pytest.raises(Usage, match="the terms start on 2026-09-02, after 2026-07-20"):
        law(["due", "DP-06", "--from", "2026-07-20", "--calendar", str(calendar)])


def test_the_order_of_terms_in_the_file_does_not_matter(tmp_path: Path, calendar: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text(json.dumps(YEAR | {"terms": YEAR["terms"][::-1]}), encoding="utf-8")
    assert [term.first for term in read_school(path).days.terms] == [
        term.first for term in read_school(calendar).days.terms
    ]


def test_every_rule_is_listed_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert law(["list", "--json"]) == 0
    codes = [rule["rule"] for rule in json.loads(capsys.readouterr().out)]
    assert set(codes) == set(book.RULES)
    assert codes.index("EHC-09") < codes.index("EHC-10") < codes.index("EHC-13") < codes.index("EHC-13b")
    assert codes.index("EHC-14c") < codes.index("AR-01")
    assert law(["list"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(book.RULES)


def test_the_list_of_a_day_has_what_held_then(capsys: pytest.CaptureFixture[str]) -> None:
    assert law(["list", "--on", "2020-01-01"]) == 0
    listed = capsys.readouterr().out
    assert "EQ-08" not in listed
    assert "ISP-01" not in listed
    assert law(["list", "--preview"]) == 0
    assert "PROPOSAL, not law" in capsys.readouterr().out
    assert law(["list", "--preview", "--on", "2026-11-23"]) == 0
    assert "PROPOSAL" not in capsys.readouterr().out, "a proposal waits for its day"


def test_a_rule_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    assert law(["show", "AR-14"]) == 0
    shown = capsys.readouterr().out
    for words in ("--transfer-year (needed)", "reg 18(1)", "it does not move", "in_force_from:"):
        assert words in shown
    assert law(["show", "APP-11a"]) == 0
    assert capsys.readouterr().out.count("in_force_from:") == 2
    assert law(["show", "APP-11a", "--on", "2019-01-01"]) == 0
    assert "did not count" in capsys.readouterr().out
    assert law(["show", "AR-01", "--json", "--preview"]) == 0
    assert len(json.loads(capsys.readouterr().out)["versions"]) == 2


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("due EHC-04 --from 2026-09-07", "2026-10-19"), ("show EHC-04", "reg 5(1)-(4)"), ("list", "EHC-04"),
        ("list --json", '"rule": "EHC-04"'),
    ],
)  # fmt: skip
def test_it_answers_at_once_and_needs_no_django(typed: str, words: str) -> None:
    """Nothing heavy is loaded. The time is the processor's own, so that a busy machine is not a fault."""
    asks = (
        "import sys, time; from alongside.config.cli import main; code = main(sys.argv[1:]);"
        "heavy = {'django', 'holidays', 'psycopg', 'numpy', 'hypothesis'} & set(sys.modules);"
        "sys.exit(f'loaded {heavy} in {time.process_time()} s' if heavy or time.process_time() > 0.3 else code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", asks, "law", *typed.split()], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert words in done.stdout
