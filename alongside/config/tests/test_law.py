"""`alongside law`: what it prints, and the one line when it cannot."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from alongside.config import cli
from alongside.config.errors import Usage
from alongside.config.law import law, read_calendar
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
    beyond = told(capsys, f"due DP-06 --from 2027-07-20 --calendar {calendar}")
    assert "The calendar ends on 2027-07-21" in str(beyond["note"])


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
    ("wrong", "words"),
    [
        ({"terms": []}, "has no terms"),
        ({}, "is no calendar"),
        ([], "is no calendar"),
        ({"terms": [["2026-09-02"]]}, "is no calendar"),
        ({"terms": [["2026-09-31", "2026-10-23"]]}, "is no calendar"),
        ({"terms": [["2026-09-02", "2026-10-23"]], "closures": ["soon"]}, "is no calendar"),
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
        read_calendar(path)
    assert words in str(refused.value)


def test_a_calendar_has_to_reach_back_to_the_event(calendar: Path) -> None:
    with pytest.raises(Usage, match="the terms start on 2026-09-02, after 2026-07-20"):
        law(["due", "DP-06", "--from", "2026-07-20", "--calendar", str(calendar)])


def test_the_order_of_terms_in_the_file_does_not_matter(tmp_path: Path, calendar: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text(json.dumps(YEAR | {"terms": YEAR["terms"][::-1]}), encoding="utf-8")
    assert [term.first for term in read_calendar(path).terms] == [term.first for term in read_calendar(calendar).terms]


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


def test_it_needs_no_django() -> None:
    """The promise of an answer at once: nothing heavy is loaded."""
    asks = (
        "import sys; from alongside.config.cli import main; main(['law', 'due', 'EHC-04', '--from', '2026-09-07']);"
        "sys.exit(bool({'django', 'holidays', 'psycopg'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", asks], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert date(2026, 10, 19).isoformat() in done.stdout
