"""The Common Transfer File: what is written is read back, and what is no CTF is refused by name."""

from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.fronts.exchange.ctf.format import file_name, read_ctf, write_ctf
from alongside.fronts.exchange.record import (
    Address,
    AttendanceRecord,
    ContactRecord,
    Establishment,
    FileHeader,
    FsmPeriod,
    LanguageRecord,
    Phone,
    PupilRecord,
    ResultRecord,
    SchoolRecord,
    SenNeed,
    SenPeriod,
)
from alongside.kit.tables.faults import Fault, Unreadable
from alongside.law import codes, upn

ON = date(2026, 11, 23)

# What a school can type: printable, single spaces, and not like a formula.
texts = (
    st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="=@+-"), min_size=1, max_size=20)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: bool(text) and text.isprintable())
)
days = st.dates(date(2000, 1, 1), date(2030, 12, 31))
digits = st.integers(0, 9999).map(str)
upns = st.builds(upn.make, st.integers(201, 938).map(str), st.integers(0, 9999).map(lambda n: f"{n:04d}"),
                 st.integers(0, 99), st.integers(0, 999))  # fmt: skip


def some(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A list in a record: None, or at least one."""
    return st.none() | st.lists(values, min_size=1, max_size=3).map(tuple)


def said(kind: type, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A record of that kind that says at least something: an element with nothing in it says nothing."""
    return st.builds(kind, **fields).filter(lambda record: record != kind())


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


def code_of(entries: codes.CodeList) -> st.SearchStrategy[str]:
    return st.sampled_from([entry.code for entry in entries])


addresses = said(
    Address, primary=maybe(texts), secondary=maybe(texts), street=maybe(texts), locality=maybe(texts),
    town=maybe(texts), area=maybe(texts), post_town=maybe(texts), uprn=maybe(digits),
    lines=st.lists(texts, max_size=5).map(tuple), postcode=maybe(texts),
)  # fmt: skip
phones = some(st.builds(Phone, number=texts, kind=maybe(st.sampled_from("HMWO"))))
contacts = said(
    ContactRecord, order=maybe(st.integers(1, 9)), title=maybe(texts), surname=maybe(texts), forename=maybe(texts),
    middle_names=maybe(texts), sex=maybe(st.sampled_from("FM")), relationship=maybe(code_of(codes.RELATIONSHIPS)),
    responsible=maybe(st.booleans()), address_as_pupil=maybe(st.booleans()), address=maybe(addresses), phones=phones,
    email=maybe(texts), mis_id=st.none(),
)  # fmt: skip
attendance = said(
    AttendanceRecord, year=maybe(digits), la=maybe(digits), establishment=maybe(digits), school=maybe(texts),
    possible=maybe(st.integers(0, 400)), authorised=maybe(st.integers(0, 400)), attended=maybe(st.integers(0, 400)),
    unauthorised=maybe(st.integers(0, 400)), marks_from=maybe(days), marks=maybe(st.text("/\\ILMX#", min_size=1)),
)  # fmt: skip
results = st.builds(
    ResultRecord, stage=st.sampled_from(["KS1", "KS2", "EYF"]), locale=maybe(texts), year=maybe(digits),
    subject=maybe(texts), method=maybe(texts), component=maybe(texts), status=maybe(texts), qualifier=maybe(texts),
    result=maybe(texts), on=maybe(days),
).filter(lambda one: one != ResultRecord(stage=one.stage))  # fmt: skip
# A stage of which nothing else is said is no element at all.
schools = said(
    SchoolRecord, la=maybe(digits), establishment=maybe(digits), name=maybe(texts), entered=maybe(days),
    left=maybe(days), reason=maybe(texts), last=maybe(st.booleans()),
)  # fmt: skip
pupils = st.builds(
    PupilRecord, line=st.just(1), ordinal=st.just(1), upn=maybe(upns), former_upn=maybe(upns), uln=maybe(digits),
    uci=maybe(digits), application=maybe(texts), surname=maybe(texts), forename=maybe(texts),
    middle_names=maybe(texts), preferred_surname=maybe(texts), preferred_forename=maybe(texts),
    former_surname=maybe(texts), former_forename=maybe(texts), born_on=maybe(days), sex=maybe(st.sampled_from("FM")),
    nc_year=maybe(st.sampled_from(codes.NC_YEARS)), ethnicity=maybe(code_of(codes.ETHNICITIES)),
    ethnicity_source=maybe(st.sampled_from("CPSTO")),
    languages=some(st.builds(LanguageRecord, code=code_of(codes.LANGUAGES), kind=maybe(st.sampled_from("FHMT")))),
    medical=maybe(st.booleans()), disabilities=some(texts), enrol_status=maybe(code_of(codes.ENROL_STATUSES)),
    fsm_review=maybe(days), in_care=maybe(st.booleans()), care_authority=maybe(digits),
    fsm_periods=some(said(FsmPeriod, start=maybe(days), end=maybe(days), country=maybe(texts))),
    sen=some(st.builds(SenPeriod, provision=code_of(codes.PROVISIONS), start=maybe(days), end=maybe(days))),
    needs=some(st.builds(SenNeed, code=code_of(codes.NEED_TYPES), rank=maybe(st.integers(1, 9)))),
    address=maybe(addresses), phones=phones, email=maybe(texts), contacts=some(contacts), attendance=some(attendance),
    results=some(results), schools=some(schools),
)  # fmt: skip
HEADER = FileHeader(
    kind="ctf", document="Common Transfer File", version="26.0", made_at="2026-11-23T09:30:00", qualifier="full",
    descriptor="A test", supplier="ALONGSIDE", info="More & more",
    source=Establishment(la="201", number="9001", urn="190001", name="Beckside & Co <School>", academic_year="2026"),
    destination=Establishment(la="201", number="9002", urn="190002"),
)  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(written=st.lists(pupils, max_size=3))
def test_everything_that_is_written_is_read_back(written: list[PupilRecord], tmp_path: Path) -> None:
    out = StringIO()
    assert write_ctf(out, HEADER, written) == len(written)
    # A pupil of whom nothing is said is no element at all.
    expected = [pupil for pupil in written if pupil != PupilRecord(line=1, ordinal=1)]
    path = tmp_path / "file.xml"
    path.write_text(out.getvalue(), encoding="utf-8")
    header, *items = read_ctf(path, name=path.name, on=ON)
    assert header == HEADER
    read = [item for item in items if isinstance(item, PupilRecord)]
    assert [item for item in items if isinstance(item, Fault)] == []
    assert len(read) == len(expected)
    for number, (one, two) in enumerate(zip(read, expected, strict=True), start=1):
        assert one.ordinal == number
        assert out.getvalue().splitlines()[one.line - 1].strip() == "<Pupil>"
        assert _without_place(one) == _without_place(two)


def _without_place(record: PupilRecord) -> PupilRecord:
    from dataclasses import replace

    return replace(record, line=1, ordinal=1)


@pytest.fixture
def file_with(tmp_path: Path) -> Callable[..., Path]:
    def make(
        pupil: str = "<UPN>Q201900126001</UPN>", *, head: str = "", before: str = "", root: str = "CTfile"
    ) -> Path:
        header = head or (
            "<Header><DocumentName>Common Transfer File</DocumentName><CTFversion>26.0</CTFversion></Header>"
        )
        section = "ATFpupilData" if root == "ATfile" else "CTFpupilData"
        path = tmp_path / "file.xml"
        path.write_text(
            f'<?xml version="1.0" encoding="utf-8"?>\n{before}<{root}>\n{header}\n<{section}>\n<Pupil>\n{pupil}\n'
            f"</Pupil>\n</{section}>\n</{root}>\n"
        )
        return path

    return make


def _read(path: Path, name: str = "file.xml", on: date = ON) -> list[Any]:
    return list(read_ctf(path, name=name, on=on))


@pytest.mark.parametrize("tag", ["Sex", "Gender"])
def test_sex_has_two_names(file_with: Callable[..., Path], tag: str) -> None:
    assert _read(file_with(f"<{tag}>F</{tag}>"))[1].sex == "F"


def test_alternative_transfer_files_have_the_same_pupils(file_with: Callable[..., Path]) -> None:
    assert _read(file_with(root="ATfile"))[1].upn == "Q201900126001"


@pytest.mark.parametrize(
    ("version", "on", "warned"),
    [
        ("26.0", date(2026, 11, 23), False),
        ("25.0", date(2026, 11, 23), False),
        ("24.0", date(2026, 11, 23), True),
        ("27.0", date(2026, 11, 23), True),
        ("25.0", date(2026, 8, 31), False),
        ("24.0", date(2026, 8, 31), False),
        ("twelve", date(2026, 8, 31), True),
        ("", date(2026, 8, 31), True),
    ],
)
def test_any_version_is_read_and_an_odd_one_is_named(
    file_with: Callable[..., Path], version: str, on: date, warned: bool
) -> None:
    head = f"<Header><CTFversion>{version}</CTFversion></Header>"
    items = _read(file_with(head=head), on=on)
    assert items[-1].upn == "Q201900126001"
    assert any(isinstance(item, Fault) and item.field == "CTFversion" for item in items) == warned


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("2019001_CTF_2019002_001.xml", False),
        ("2019001_CTF_XXXXXXX_001.xml", False),
        ("201LLLL_CTF_2019002_001.xml", False),
        ("anything.xml", False),
        ("2019009_CTF_2019002_001.xml", True),
        ("2019001_CTF_2029002_001.xml", True),
    ],
)
def test_a_name_that_contradicts_the_header_is_reported(file_with: Callable[..., Path], name: str, wrong: bool) -> None:
    out = StringIO()
    write_ctf(out, HEADER, [])
    path = file_with()
    path.write_text(out.getvalue(), encoding="utf-8")
    faults = [item for item in _read(path, name) if isinstance(item, Fault)]
    assert bool(faults) == wrong
    if wrong:
        assert "Is it the right file?" in faults[0].reason


@pytest.mark.parametrize(
    ("pupil", "words"),
    [
        ("<NCyearActual>4</NCyearActual>", "'NCyearActual' in a place"),
        ("<SENstage>K</SENstage>", "'SENstage' in a place"),
        ("<FSMreview>2026-01-01</FSMreview>", "'FSMreview' in a place"),
        ("<AssessmentResults/>", "'AssessmentResults' in a place"),
        ("<SENprovision>K</SENprovision>", "'SENprovision' in a place"),
        ("<BasicDetails><SENstage>K</SENstage></BasicDetails>", "'SENstage' in a place"),
        ("<xi:include href='file:///etc/passwd'/>", "another namespace"),
        ("<UPN>&nbsp;</UPN>", "not defined"),
        ("<UPN>Q201900126001</Surname>", "is not closed"),
        ("<UPN>" + "A" * 200_000 + "</UPN>", "longer than any field"),
        ("<a>" * 30 + "</a>" * 30, "more parts than any pupil"),
    ],
)
def test_invented_and_broken_shapes_are_refused_by_name(file_with: Callable[..., Path], pupil: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        _read(file_with(pupil))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<CTfile><Pupils><Pupil/></Pupils></CTfile>", "'Pupils' in a place"),
        ("<CTfile><CTFpupilData><Pupil/></CTFpupilData></CTfile>", "'Pupil' in a place"),
        ("<CTfile><CTFpupilData/></CTfile>", "no Header"),
        ("<Students/>", "begins with 'Students'"),
        ("<!DOCTYPE CTfile><CTfile/>", "DOCTYPE"),
        ("<CTfile><Header>", "stops short"),
        ("<CTfile/>more", "after the end"),
        ("", "empty"),
    ],
)
def test_files_that_are_no_ctf_are_refused(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "file.xml"
    path.write_text(text)
    with pytest.raises(Unreadable, match=words):
        _read(path)


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252", "utf-16"])
def test_other_alphabets_are_read_when_they_are_declared(tmp_path: Path, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><CTfile><Header/><CTFpupilData><Pupil><Surname>Béranger'
    path = tmp_path / "file.xml"
    path.write_bytes((text + "</Surname></Pupil></CTFpupilData></CTfile>").encode(encoding))
    assert _read(path)[-1].surname == "Béranger"


def test_the_wrong_alphabet_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "file.xml"
    path.write_bytes(b"<CTfile><Header/>\n<CTFpupilData><Pupil>\n<Surname>B\xe9ranger</Surname></Pupil>")
    with pytest.raises(Unreadable, match="Line 3 holds a character that is not UTF-8"):
        _read(path)


def test_what_is_not_read_is_named(file_with: Callable[..., Path]) -> None:
    items = _read(file_with("<UPN>Q201900126001</UPN><NAWdetails><SpeakWelsh>F</SpeakWelsh></NAWdetails>"))
    assert "NAWdetails (line 6)" in items[-1].reason


def test_a_date_that_cannot_be_refuses_the_pupil_and_a_small_thing_does_not(file_with: Callable[..., Path]) -> None:
    record = _read(file_with("<DOB>2016-02-30</DOB><BasicDetails><NCyearActual>99</NCyearActual></BasicDetails>"))[1]
    assert record.born_on is None
    assert record.nc_year is None
    assert [(fault.field, fault.refuses) for fault in record.faults] == [("born_on", True), ("nc_year", False)]
    assert record.faults[0].line == 6


def test_file_names() -> None:
    assert file_name(Establishment(la="201", number="9001"), Establishment(la="201", number="9002")) == (
        "2019001_CTF_2019002_001.xml"
    )
    assert file_name(Establishment(la="201", number="9001"), Establishment(), 7) == "2019001_CTF_XXXXXXX_007.xml"
