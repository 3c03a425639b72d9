"""CSV and Excel: how they are written is found out, columns are matched, rows of one pupil become one record."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from alongside.fronts.exchange.detect import Kind, detect, table_of
from alongside.fronts.exchange.record import FileHeader, PupilRecord, SenNeed, SenPeriod
from alongside.fronts.exchange.table.format import Table, chosen_columns, look, read_table, ready
from alongside.fronts.exchange.table.headings import unique_headings
from alongside.kit.tables.faults import Fault, Unreadable

ON = date(2026, 11, 23)
UPN, OTHER = "Q201900126001", "E201900126002"
HEAD = "UPN,Surname,Forename,DOB"
ROW = f"{UPN},Béranger,Zoë,22/06/2018"


def table(path: Path, text: str | bytes, encoding: str = "utf-8") -> Table:
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return look(path, workbook=False)


def rows(of: Table, columns: dict[str, str] | None = None) -> tuple[list[PupilRecord], list[Fault]]:
    items = list(read_table(of, on=ON, columns=columns))
    assert isinstance(items[0], FileHeader)
    return (
        [item for item in items if isinstance(item, PupilRecord)],
        [item for item in items if isinstance(item, Fault)],
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_writing_is_found_out(tmp_path: Path, encoding: str, separator: str, end: str) -> None:
    text = end.join([HEAD, ROW, f"{OTHER},Xu,Jude,01/02/2017", ""]).replace(",", separator)
    (first, second), faults = rows(table(tmp_path / "a.csv", text, encoding))
    assert (first.surname, first.forename, first.born_on) == ("Béranger", "Zoë", date(2018, 6, 22))
    assert (first.line, second.line, second.upn) == (2, 3, OTHER)
    assert not faults


def test_a_title_above_the_headings_and_a_line_break_in_a_cell_keep_the_lines_right(tmp_path: Path) -> None:
    text = f'SEN register,,,\n\n{HEAD}\n{UPN},"Bér\nanger",Zoë,22/06/2018\n\n{OTHER},Xu,Jude,01/02/2017\n'
    (first, second), _ = rows(table(tmp_path / "a.csv", text))
    assert (first.line, first.surname) == (4, "Bér anger")
    assert second.line == 7


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f'{HEAD}\n{UPN},"Xu,Jude,22/06/2018\n{ROW}\n', "row that begins on line 2 never ends"),
        (f'{HEAD}\n{UPN},"Xu" and,Jude,22/06/2018\n', "line 2 is not written as CSV"),
        (f"{HEAD}\n{UPN},X\0u,Jude,22/06/2018\n", "Line 2 holds a NUL"),
        (f"{HEAD}\n{UPN},{'x' * 210_000},Jude,22/06/2018\n", "longer than"),
        (HEAD.encode() + b"\n" + ROW.encode() + b"\n" + ROW.encode("cp1252"), "Line 2 is written in UTF-8 and line 3"),
        (HEAD.encode() + b"\n" + b"\x81\xff\x8d\n", "Line 2 holds a byte"),
        (b"\xef\xbb\xbf" + HEAD.encode() + b"\n" + ROW.encode("cp1252"), "begins as UTF-8"),
        ("1,2\n3,4\n", "row of headings"),
        ("\n\n", "empty"),
        (",".join(f"h{n}" for n in range(600)) + "\n", "row of headings"),
        (",".join(["UPN", "Surname", *(f"h{n}" for n in range(600))]) + "\n", "more than 500 columns"),
    ],
)
def test_unsound_tables_are_refused_with_their_line(tmp_path: Path, text: str | bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        rows(table(tmp_path / "a.csv", text))


def test_a_row_with_too_many_cells_is_refused_alone(tmp_path: Path) -> None:
    (kept,), (fault,) = rows(table(tmp_path / "a.csv", f"{HEAD}\n{ROW},more\n{OTHER},Xu,Jude,01/02/2017\n"))
    assert kept.upn == OTHER
    assert (fault.line, fault.refuses) == (2, True)
    assert "5 cells, but there are 4 headings" in fault.reason


SEN_HEAD = f"{HEAD},SEN Status,SEN Need Type,SEN Need Rank,SEN Start Date"


def test_a_row_for_each_need_is_one_pupil(tmp_path: Path) -> None:
    text = (
        f"{SEN_HEAD}\n{ROW},SEN Support,Vision Impairment,2,20/09/2026\n"
        f'{ROW},SEN Support,"Speech, Language and Communication Needs",1,20/09/2026\n'
        f"{OTHER},Xu,Jude,01/02/2017,No Special Educational Need,,,\n"
    )
    (first, second), faults = rows(table(tmp_path / "a.csv", text))
    assert not faults
    assert not first.faults
    assert first.sen == (SenPeriod(provision="K", start=date(2026, 9, 20)),)
    assert first.needs == (SenNeed(code="VI", rank=2), SenNeed(code="SLCN", rank=1))
    assert (second.ordinal, second.sen, second.needs) == (2, (SenPeriod(provision="N"),), None)


def test_rows_of_one_number_that_disagree_are_refused_naming_both_lines(tmp_path: Path) -> None:
    text = f"{SEN_HEAD}\n{ROW},K,VI,1,20/09/2026\n{UPN},Xu,Jude,22/06/2018,K,HI,2,20/09/2026\n"
    (only,), _ = rows(table(tmp_path / "a.csv", text))
    refusals = [fault for fault in only.faults if fault.refuses]
    assert {fault.field for fault in refusals} == {"surname", "forename"}
    assert all("Lines 2 and 3" in fault.reason for fault in refusals)


def test_a_row_that_says_the_same_again_is_named_not_refused(tmp_path: Path) -> None:
    (only,), _ = rows(table(tmp_path / "a.csv", f"{HEAD}\n{ROW}\n{ROW}\n"))
    assert [(fault.reason, fault.refuses) for fault in only.faults] == [
        ("Line 3 says the same as line 2 again.", False)
    ]


@pytest.mark.parametrize(
    ("heading", "word", "field", "value"),
    [
        ("Year", "Year  4", "nc_year", "4"),
        ("Year Group", "Reception", "nc_year", "R"),
        ("NC Year", "07", "nc_year", "7"),
        ("Year", "Y13", "nc_year", "13"),
        ("Year", "N2", "nc_year", "N2"),
        ("Gender", "Female", "sex", "F"),
        ("Sex", "M", "sex", "M"),
        ("FSM Eligible", "T", "fsm", True),
        ("FSM Eligible", "F", "fsm", False),
        ("EAL", "Y", "eal", True),
        ("Pupil Premium", "no", "pupil_premium", False),
        ("Disadvantaged", "TRUE", "pupil_premium", True),
        ("Tutor Group", "7A", "group", "7A"),
        ("Service Child", "U", "service_child", "U"),
        ("Ethnicity", "White - British", "ethnicity", "WBRI"),
        ("% Attendance", "93.5%", "attendance_percent", "93.5"),
        ("Date of Admission", "2022-09-05", "entered_on", date(2022, 9, 5)),
        ("Entry Date", "05-Sep-2022", "entered_on", date(2022, 9, 5)),
    ],
)
def test_words_become_codes(tmp_path: Path, heading: str, word: str, field: str, value: object) -> None:
    (record,), _ = rows(table(tmp_path / "a.csv", f"{HEAD},{heading}\n{ROW},{word}\n"))
    assert not record.faults
    assert getattr(record, field) == value


@pytest.mark.parametrize(
    ("heading", "word", "field"),
    [
        ("SEN Status", "Monitoring", "sen"),
        ("SEN Status", "maybe K", "sen"),
        ("SEN Need Type", "Dyslexia", "needs"),
        ("Year", "Puffins", "nc_year"),
        ("Gender", "X", "sex"),
        ("FSM Eligible", "perhaps", "fsm"),
        ("Ethnicity", "Martian", "ethnicity"),
        ("% Attendance", "many", "attendance_percent"),
        ("% Attendance", "250", "attendance_percent"),
    ],
)
def test_an_unknown_word_is_held_and_named_never_guessed(tmp_path: Path, heading: str, word: str, field: str) -> None:
    (record,), _ = rows(table(tmp_path / "a.csv", f"{HEAD},{heading}\n{ROW},{word}\n"))
    assert getattr(record, field) is None
    assert [fault.refuses for fault in record.faults] == [False]
    assert word in record.faults[0].reason


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("ASD", ["ASD"]),
        ('"Speech, Language and Communication Needs"', ["SLCN"]),
        ("Autism; SLCN", ["ASD", "SLCN"]),
        ('"SEMH, MLD"', ["SEMH", "MLD"]),
        ("Down's syndrome", ["DS"]),
        ("Visual Impairment", ["VI"]),
    ],
)
def test_needs_in_words(tmp_path: Path, cell: str, codes: Sequence[str]) -> None:
    (record,), _ = rows(table(tmp_path / "a.csv", f"{HEAD},SEN Need Type\n{ROW},{cell}\n"))
    assert [need.code for need in record.needs or ()] == codes


def test_primary_and_secondary_need_columns(tmp_path: Path) -> None:
    (record,), _ = rows(table(tmp_path / "a.csv", f"{HEAD},Secondary Need,Primary Need\n{ROW},HI,ASD\n"))
    assert record.needs == (SenNeed(code="ASD", rank=1), SenNeed(code="HI", rank=2))


def test_an_empty_cell_says_nothing(tmp_path: Path) -> None:
    (record,), _ = rows(table(tmp_path / "a.csv", f"{SEN_HEAD},EAL\n{ROW},,,,,\n"))
    assert (record.sen, record.needs, record.eal, record.faults) == (None, None, None, ())


@pytest.mark.parametrize("name", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "\u202eevil"])
def test_a_formula_or_hidden_sign_in_a_name_is_refused(tmp_path: Path, name: str) -> None:
    (record,), _ = rows(table(tmp_path / "a.csv", f'{HEAD}\n{UPN},"{name}",Zoë,22/06/2018\n'))
    refused = [fault for fault in record.faults if fault.refuses]
    assert [fault.field for fault in refused] == ["surname"]
    assert record.surname is None


def test_a_whole_name_needs_its_comma(tmp_path: Path) -> None:
    text = f'UPN,Name,DOB\n{UPN},"Xu, Jude",22/06/2018\n{OTHER},Ezra Yarrow,23/01/2018\n'
    (good, bad), _ = rows(table(tmp_path / "a.csv", text))
    assert (good.surname, good.forename) == ("Xu", "Jude")
    assert [fault.refuses for fault in bad.faults] == [True]


# --- columns -------------------------------------------------------------------------------------------


def test_certain_columns_ask_nobody(tmp_path: Path) -> None:
    assert ready(table(tmp_path / "a.csv", f"{HEAD}\n{ROW}\n"))


@pytest.mark.parametrize("head", ["UPN,Surname,Forename,Tutor", "Surname,Forename,DOB,Year", "UPN,DOB,Year,Form"])
def test_doubtful_or_missing_columns_ask(tmp_path: Path, head: str) -> None:
    assert not ready(table(tmp_path / "a.csv", f"{head}\n{UPN},a,b,c\n"))


def test_a_column_of_upns_is_known_by_what_is_in_it(tmp_path: Path) -> None:
    found = table(tmp_path / "a.csv", f"Pupil code,Surname,Forename\n{UPN},Xu,Jude\n{OTHER},Yarrow,Ezra\n")
    assert found.columns == {"Pupil code": "upn", "Surname": "surname", "Forename": "forename"}
    assert not ready(found)  # but a person should look


def test_a_person_overrides(tmp_path: Path) -> None:
    found = table(tmp_path / "a.csv", f"{HEAD},Support\n{ROW},K\n")
    assert found.columns["Support"] == ""
    (record,), _ = rows(found, {"support": "sen_provision"})
    assert record.sen == (SenPeriod(provision="K"),)
    assert chosen_columns(found, {"Forename": "preferred_forename"})["Forename"] == "preferred_forename"


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"Nothing": "upn"}, "There is no column 'Nothing'"),
        ({"UPN": "shoe_size"}, "'shoe_size' is not a field"),
        ({"UPN": ""}, "never matched by name"),
    ],
)
def test_a_wrong_override_is_refused(tmp_path: Path, columns: dict[str, str], words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        rows(table(tmp_path / "a.csv", f"{HEAD}\n{ROW}\n"), columns)


def test_repeated_and_nameless_headings() -> None:
    assert unique_headings(["UPN", "", "upn", "Year ", ""]) == ("UPN", "column (2)", "upn (3)", "Year", "column (5)")


def test_a_file_without_names_only_updates(tmp_path: Path) -> None:
    items = list(read_table(table(tmp_path / "a.csv", f"UPN,SEN Status\n{UPN},K\n"), on=ON))
    assert isinstance(items[0], FileHeader)
    assert items[0].updates_only


# --- Excel ---------------------------------------------------------------------------------------------


def workbook(path: Path, *lines: Sequence[Any]) -> Path:
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(list(line))  # type: ignore[union-attr]
    book.save(path)
    return path


def test_excel_dates_numbers_and_ticks(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        ["UPN", "Surname", "Forename", "DOB", "Year", "EAL", "Adno"],
        [UPN, "Xu", "Jude", date(2018, 6, 22), 4, True, 17],
        [OTHER, "Yarrow", "Ezra", 43123, 3.0, False, "000018"],
    )
    assert detect(path) is Kind.XLSX
    (first, second), faults = rows(table_of(path, Kind.XLSX))
    assert not faults
    assert (first.born_on, first.nc_year, first.eal, first.mis_id) == (date(2018, 6, 22), "4", True, "17")
    assert (second.born_on, second.nc_year, second.mis_id) == (date(2018, 1, 23), "3", "000018")
    assert (first.line, second.line) == (2, 3)


def test_a_formula_is_named_and_refused_as_a_value(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        ["UPN", "Surname", "Forename", "DOB", "Note"],
        [UPN, "=A2", "Jude", date(2018, 6, 22), "x"],
        [OTHER, "Yarrow", "Ezra", date(2018, 1, 23), "=1+1"],
    )
    (kept,), (fault,) = rows(table_of(path, Kind.XLSX))
    assert kept.upn == OTHER  # a formula in a column that is left out harms nobody
    assert fault.refuses
    assert "row 2 under 'Surname' holds a formula" in fault.reason
