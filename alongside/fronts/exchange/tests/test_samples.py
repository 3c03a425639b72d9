"""Every sample file against the answer key: 118 invented pupils, the same in every format."""

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from alongside.fronts.exchange.check import current
from alongside.fronts.exchange.detect import Kind, detect
from alongside.fronts.exchange.readers import read
from alongside.fronts.exchange.record import FileHeader, PupilRecord, from_plain, to_plain
from alongside.kit.tables.faults import Fault, Unreadable

SAMPLES = Path(__file__).parents[1] / "samples"
ON = date(2026, 11, 23)
Key = Mapping[str, str]


@pytest.fixture(scope="module")
def answers() -> dict[str, Key]:
    """The answer key, by pupil id ('P0060')."""
    with (SAMPLES / "expected_pupils.csv").open(encoding="utf-8") as stream:
        return {row["id"]: row for row in csv.DictReader(stream)}


def everything(name: str) -> tuple[FileHeader, list[PupilRecord], list[Fault]]:
    path = SAMPLES / name
    items = list(read(path, detect(path), name=name, on=ON))
    assert isinstance(items[0], FileHeader)
    return (
        items[0],
        [item for item in items if isinstance(item, PupilRecord)],
        [item for item in items if isinstance(item, Fault)],
    )


def of_school(answers: Mapping[str, Key], estab: str, year: str = "") -> list[Key]:
    return [row for row in answers.values() if row["estab"] == estab and (not year or row["ncy"] == year)]


def assert_identity(record: PupilRecord, answer: Key) -> None:
    assert record.upn == answer["upn"]
    assert (record.surname, record.forename) == (answer["surname"], answer["forename"])
    assert record.born_on == date.fromisoformat(answer["dob"])
    assert record.sex == answer["sex"]
    assert record.nc_year == answer["ncy"]
    assert record.ethnicity == answer["ethnicity"]


def assert_sen(record: PupilRecord, answer: Key, *, dated: bool = True, needs: bool = True) -> None:
    now = current(record.sen or (), ON)
    provision = now.provision if now else "N"
    assert provision == answer["sen_provision"]
    if dated and answer["sen_start"]:
        assert now is not None
        assert now.start == date.fromisoformat(answer["sen_start"])
    if needs:
        ranked = sorted(record.needs or (), key=lambda need: need.rank or 99)
        assert [need.code for need in ranked] == [code for code in answer["sen_types_in_rank_order"].split("|") if code]


@pytest.mark.parametrize(
    ("name", "estab", "year", "version"),
    [
        ("2019001_CTF_2019001_001.xml", "9001", "", "25.0"),
        ("2019001_CTF_2019002_001.xml", "9001", "6", "25.0"),
        ("2019002_CTF_2019002_001.xml", "9002", "", "24.0"),
        ("2019003_CTF_2019003_001.xml", "9003", "", "26.0"),
    ],
)
def test_ctf(name: str, estab: str, year: str, version: str, answers: dict[str, Key]) -> None:
    header, records, faults = everything(name)
    expected = {row["upn"]: row for row in of_school(answers, estab, year)}
    assert header.kind == "ctf"
    assert header.version == version
    assert header.source
    assert header.source.number == estab
    assert {record.upn for record in records} == expected.keys()
    for record in records:
        answer = expected[record.upn or ""]
        assert_identity(record, answer)
        assert_sen(record, answer)
        assert record.languages
        assert record.languages[0].code == answer["language"]
        assert bool(record.fsm_periods) == (answer["fsm"] == "1")
        assert record.in_care == (answer["in_care"] == "1")
        if not year:  # the leavers' file was made on another day
            assert record.attendance
            assert record.attendance[0].attended == int(answer["sessions_attended"])
    assert bool(faults) == (version == "24.0")  # two versions back is read, with a warning


def test_a_silent_ctf_says_nothing_about_sen() -> None:
    _, records, _ = everything("2019001_CTF_2019001_001.xml")
    silent = [record for record in records if record.sen is None]
    assert silent
    assert all(record.needs is None for record in silent)


def test_sims_report(answers: dict[str, Key]) -> None:
    header, records, faults = everything("sims_report_shape_pupils_cp1252.csv")
    expected = {row["upn"]: row for row in of_school(answers, "9001")}
    assert header.version == "cp1252"
    assert not faults
    assert {record.upn for record in records} == expected.keys()
    for record in records:
        answer = expected[record.upn or ""]
        spoilt = record.surname and "?" in record.surname  # Windows-1252 has no Č
        assert_identity(record, {**answer, "surname": record.surname or ""} if spoilt else answer)
        assert_sen(record, answer)
        assert record.fsm == (answer["fsm"] == "1")
        possible, attended = int(answer["sessions_possible"]), int(answer["sessions_attended"])
        assert float(record.attendance_percent or 0) == pytest.approx(100 * attended / possible, abs=0.06)


@pytest.mark.parametrize(("page", "first", "last"), [(1, 1, 50), (2, 51, 60)])
def test_wonde(page: int, first: int, last: int, answers: dict[str, Key]) -> None:
    _, records, faults = everything(f"wonde_shape_students_page{page}.json")
    assert [record.ordinal for record in records] == list(range(1, last - first + 2))
    for number, record in enumerate(records, start=first):
        answer = answers[f"P{number:04d}"]
        assert_identity(record, answer)
        assert_sen(record, answer, dated=False, needs=False)
        assert record.needs is None  # they are behind a permission of their own
        assert record.contacts
        assert record.contacts[0].relationship == "PAM"
    assert bool(faults) == (page == 1)  # more pages follow


def test_assembly(answers: dict[str, Key]) -> None:
    _, records, _ = everything("assembly_shape_students.json")
    expected = {row["upn"]: row for row in of_school(answers, "9002")}
    assert {record.upn for record in records} == expected.keys()
    for record in records:
        assert_identity(record, expected[record.upn or ""])
        assert_sen(record, expected[record.upn or ""])


def test_arbor_has_no_upn_but_its_own_number(answers: dict[str, Key]) -> None:
    _, records, _ = everything("arbor_graphql_shape_students.json")
    assert len(records) == len(of_school(answers, "9003"))
    for record in records:
        answer = answers[f"P{int(record.mis_id or 0):04d}"]
        assert record.upn is None
        assert (record.surname, record.forename, record.nc_year) == (
            answer["surname"],
            answer["forename"],
            answer["ncy"],
        )
        assert_sen(record, answer, needs=False)


def test_bromcom(answers: dict[str, Key]) -> None:
    by_upn = {row["upn"]: row for row in answers.values()}
    header, statuses, _ = everything("bromcom_shape_SENStudents.csv")
    assert header.updates_only
    assert all(record.surname is None for record in statuses)
    for record in statuses:
        assert_sen(record, by_upn[record.upn or ""], needs=False)
    _, needs, _ = everything("bromcom_shape_SENStudentNeeds.csv")
    for record in needs:
        answer = by_upn[record.upn or ""]
        assert [need.code for need in record.needs or ()] == answer["sen_types_in_rank_order"].split("|")


@pytest.mark.parametrize(
    ("name", "words"),
    [("bad_external_entity.xml", "DOCTYPE"), ("bad_truncated.xml", "stops short at line 83, inside the part 'Pupil'")],
)
def test_unsound_files_are_refused_with_their_line(name: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words) as refused:
        everything(name)
    assert refused.value.fault.line > 0


def test_a_record_survives_the_database() -> None:
    for path in sorted(SAMPLES.iterdir()):
        if path.name.startswith("bad_"):
            continue
        for record in everything(path.name)[1]:
            assert from_plain(PupilRecord, to_plain(record)) == record


def test_kinds_are_told_by_content() -> None:
    kinds = {path.name: detect(path) for path in SAMPLES.iterdir()}
    assert kinds["wonde_shape_students_page1.json"] is Kind.WONDE
    assert kinds["assembly_shape_students.json"] is Kind.ASSEMBLY
    assert kinds["arbor_graphql_shape_students.json"] is Kind.ARBOR
    assert kinds["bromcom_shape_SENStudents.csv"] is Kind.BROMCOM
    assert kinds["sims_report_shape_pupils_cp1252.csv"] is Kind.CSV
    assert kinds["2019001_CTF_2019001_001.xml"] is Kind.CTF
