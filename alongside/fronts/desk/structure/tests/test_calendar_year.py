"""A school year's calendar in one go: lines that are read, lines that are refused, files, and whose terms hold."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from alongside.base.people.models import Person
from alongside.base.schools.models import Closure, Term
from alongside.base.schools.queries import calendar_of
from alongside.fronts.desk.structure import lines
from alongside.fronts.desk.structure.lines import Off, Year
from alongside.law import calendar
from tests.people import TODAY, World

SignIn = Callable[[Person], Client]
SEPTEMBER = date(2026, 9, 1)
LINES = "Autumn 1; 2 Sep 2026; 23 Oct 2026\nAutumn 2; 2 Nov 2026; 18 Dec 2026\ntraining; 2 Sep 2026\nclosed; 9 Oct 2026"
ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//A council//Terms//EN
BEGIN:VEVENT
UID:1
SUMMARY:Autumn 1
DTSTART;VALUE=DATE:20260902
DTEND;VALUE=DATE:20261024
END:VEVENT
BEGIN:VEVENT
UID:2
SUMMARY:October half term holiday
DTSTART;VALUE=DATE:20261026
DTEND;VALUE=DATE:20261031
END:VEVENT
BEGIN:VEVENT
UID:3
SUMMARY:INSET days
DTSTART;VALUE=DATE:20261001
DTEND;VALUE=DATE:20261003
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")


def test_lines_however_they_are_parted() -> None:
    pasted = "Name\tFirst day\tLast day\nAutumn 1\t02/09/2026\t23/10/2026\n\nINSET, 1 September 2026"
    read = lines.read(pasted, near=SEPTEMBER)
    assert read.terms == (calendar.Term("Autumn 1", date(2026, 9, 2), date(2026, 10, 23)),)
    assert read.off == (Off(date(2026, 9, 1), "training"),)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Autumn 1; 2 Sep 2026", "Line 1, “Autumn 1; 2 Sep 2026”: Give the name, the first day and the last"),
        ("Autumn 1; 2 Sep 2026; 31 Nov 2026", "Line 1"),
        ("Autumn; 2 Sep 2026; 18 Dec 2026\ntraining", "Line 2, “training”: Give one day"),
        ("\n".join(["training; 1 Sep 2026"] * 61), "There are 61 lines"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(says)}"):
        lines.read(text, near=SEPTEMBER)


_DAYS = st.dates(date(2026, 9, 1), date(2027, 8, 31))
_NAMES = st.sampled_from(["Autumn 1", "Spring", "Summer 2", "Term 5", "A", "Kürzer"])


@given(
    st.lists(st.builds(calendar.Term, _NAMES, _DAYS, _DAYS), max_size=6),
    st.lists(st.builds(Off, _DAYS, st.sampled_from(["training", "closed"])), max_size=6),
)
def test_what_is_written_is_read_again(terms: list[calendar.Term], off: list[Off]) -> None:
    year = Year(tuple(sorted(terms, key=lambda t: t.first)), tuple(sorted(off, key=lambda o: o.day)))
    assert lines.read(lines.written(year), near=SEPTEMBER) == year


def test_a_name_with_a_comma_is_read_again() -> None:
    term = calendar.Term("Autumn, first; half", date(2026, 9, 2), date(2026, 10, 23))
    assert lines.read(lines.written(Year((term,), ())), near=SEPTEMBER).terms[0].first == term.first


def test_a_calendar_file_gives_terms_and_days_off_and_leaves_holidays_out() -> None:
    assert (
        lines.from_file(ICS.encode()) == "Autumn 1; 2 Sep 2026; 23 Oct 2026\ntraining; 1 Oct 2026\ntraining; 2 Oct 2026"
    )


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00\x01", b"PK\x03\x04\x00\x00", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"]
)
def test_other_files_are_refused_or_empty(content: bytes) -> None:
    try:
        assert lines.from_file(content) == ""
    except ValueError as fault:
        assert "Save the dates as" in str(fault)  # noqa: PT017  (either answer is right; silence is not)


def place(world: World, more: str = "") -> str:
    return f"/people/calendar/fill/?at={world.oakfield.urn}&year=2026{more}"


def test_a_year_is_saved_whole_and_nothing_of_a_wrong_one(world: World, as_: SignIn) -> None:
    keeper = as_(world.sys)
    assert keeper.post(place(world), {"text": LINES}).status_code == 302
    assert Term.objects.filter(school=world.oakfield).count() == 2
    wrong = LINES.replace("2 Nov 2026", "20 Oct 2026")
    page = keeper.post(place(world), {"text": wrong}).content.decode()
    assert "Autumn 2: That overlaps with Autumn 1" in page
    assert "20 Oct 2026" in page, "what was typed is gone"
    assert Term.objects.filter(school=world.oakfield, first=date(2026, 11, 2)).exists()
    assert Closure.objects.filter(school=world.oakfield).count() == 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "There is no term in this"),
        ("Autumn; 2 Sep 2025; 18 Dec 2025", "lies outside the school year 2026/27"),
        ("Autumn; 18 Dec 2026; 2 Sep 2026", "It has to end after it starts"),
        ("Autumn; 2 Sep 2026; 18 Dec 2026\ntraining; 25 Dec 2026", "in the holidays"),
        ("Autumn; 2 Sep 2026; 18 Dec 2026\ntraining; 5 Sep 2026", "weekend"),
        ("Autumn; 2 Sep 2026; 18 Dec 2026\ntraining; 7 Sep 2026\nclosed; 7 Sep 2026", "That day is there already"),
        ("<script>; 2 Sep 2026", "&lt;script&gt;"),
    ],
)
def test_what_is_refused_says_why(world: World, as_: SignIn, text: str, says: str) -> None:
    page = as_(world.sys).post(place(world), {"text": text}).content.decode()
    assert says in page
    assert not Term.objects.filter(school=world.oakfield).exists()


def test_a_file_is_looked_over_before_anything_is_saved(world: World, as_: SignIn) -> None:
    keeper = as_(world.sys)
    sent = keeper.post(place(world), {"file": SimpleUploadedFile("terms.ics", ICS.encode())}).content.decode()
    assert "Autumn 1; 2 Sep 2026; 23 Oct 2026" in sent
    assert "Nothing is saved yet" in sent
    assert not Term.objects.filter(school=world.oakfield).exists()
    assert "Choose a file first" in keeper.post(place(world), {"file": ""}).content.decode()
    large = SimpleUploadedFile("terms.csv", b"x" * 1_000_001)
    assert "larger than 1 MB" in keeper.post(place(world), {"file": large}).content.decode()


def test_a_school_begins_with_the_trusts_and_saves_its_own(world: World, as_: SignIn) -> None:
    shared = Term.objects.filter(school=None, first__gte=SEPTEMBER, first__lte=date(2027, 8, 31)).first()
    assert shared is not None
    page = as_(world.sys).get(place(world, "&trust")).content.decode()
    assert shared.name in page
    assert not Term.objects.filter(school=world.oakfield).exists()
    assert as_(world.hari).get(place(world)).status_code == 404
    assert as_(world.hari).post(place(world), {"text": LINES}).status_code == 404
    assert as_(world.sys).get("/people/calendar/fill/?year=99999").status_code == 404


def test_the_trusts_terms_hold_in_a_year_in_which_a_school_has_none(world: World) -> None:
    Term.objects.all().delete()
    Term.objects.create(name="Autumn", first=date(2026, 9, 2), last=date(2026, 12, 18))
    Term.objects.create(name="Autumn", first=date(2027, 9, 2), last=date(2027, 12, 17))
    Term.objects.create(school=world.oakfield, name="Autumn", first=date(2026, 9, 7), last=date(2026, 12, 18))
    known = calendar_of(world.oakfield.pk, on=TODAY)
    assert not known.is_school_day(date(2026, 9, 3)), "its own terms of this year"
    assert known.is_school_day(date(2027, 9, 3)), "the trust's of the next"
    assert not known.is_school_day(date(2027, 8, 3))
