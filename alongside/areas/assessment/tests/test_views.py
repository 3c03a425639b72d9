"""Each page: the right person, the wrong person, and what is refused on the way."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.areas.assessment import rules
from alongside.areas.assessment.models import Development, Point, Result, ResultFile, Scale, Sitting
from alongside.areas.assessment.tests.builders import a_point, a_sitting, enter
from alongside.base.history.models import Viewing
from alongside.base.pupils.models import Group, Pupil
from tests.people import World, a_class, a_person, a_post, a_pupil, teaches, words_of


@dataclass
class Room:
    world: World
    group: Group
    ana: Pupil
    kuba: Pupil
    point: Point
    reading: Sitting
    writing: Sitting

    @property
    def address(self) -> str:
        return f"/assessment/points/{self.point.pk}/classes/{self.group.pk}/"

    def name(self, pupil: Pupil, sitting: Sitting) -> str:
        return f"c-{pupil.pk}-{sitting.pk}"


@pytest.fixture
def room(world: World) -> Room:
    ana, kuba = a_pupil(world.oakfield, "Ana", "Bell"), a_pupil(world.oakfield)
    group = a_class(world.oakfield, ana, kuba)
    teaches(world.ben, group)
    point = a_point()
    return Room(world, group, ana, kuba, point, a_sitting(point), a_sitting(point, "writing", "ks2-ta"))


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


# --- The class -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["ben", "amara", "hari"])
def test_who_enters_results_opens_the_class(room: Room, as_: Any, name: str) -> None:
    answer = as_(room.world.people[name]).get(room.address)
    assert answer.status_code == 200 and "Kuba Kowalski" in answer.content.decode()
    assert Viewing.objects.filter(pupil_id=room.kuba.pk, page="class results").exists()


@pytest.mark.parametrize("name", ["tess", "dana", "gus", "dev", "sys", "cal", "chloe", "ewa", "femi"])
def test_for_everybody_else_it_does_not_exist(room: Room, as_: Any, name: str) -> None:
    browser = as_(room.world.people[name])
    there, nowhere = browser.get(room.address), browser.get("/assessment/points/999999/classes/999999/")
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert words_of(there) == words_of(nowhere)
    assert browser.post(room.address, {room.name(room.ana, room.reading): "104"}).status_code == 404


def test_typing_three_and_saving(room: Room, as_: Any) -> None:
    browser = as_(room.world.ben)
    typed = {
        room.name(room.ana, room.reading): "104", room.name(room.kuba, room.reading): "a",
        room.name(room.kuba, room.writing): "wts", "day": "19 Nov 2026", "was": "{}",
    }  # fmt: skip
    assert browser.post(room.address, typed).status_code == 302
    marks = {(row.pupil_id, row.sitting_id): row.value().words for row in Result.objects.all()}
    assert marks == {
        (room.ana.pk, room.reading.pk): "104", (room.kuba.pk, room.reading.pk): "A", (room.kuba.pk, room.writing.pk): "WTS",
    }  # fmt: skip
    assert set(Result.objects.values_list("on", flat=True)) == {date(2026, 11, 19)}
    page = text_of(browser.get(room.address))
    assert "3 of 4 results are in, of these 1 A in place of a mark" in page


def test_a_wrong_cell_names_the_pupil_and_keeps_what_was_typed(room: Room, as_: Any) -> None:
    typed = {
        room.name(room.ana, room.reading): "1040", room.name(room.kuba, room.reading): "97", "day": "19 Nov", "was": "{}",
    }  # fmt: skip
    answer = as_(room.world.ben).post(room.address, typed)
    page, text = answer.content.decode(), text_of(answer)
    assert "Ana Bell: 1040 is off the scale of Standardised score. It runs from 69 to 141" in text
    assert 'value="1040"' in page and 'value="97"' in page and "aria-invalid" in page
    assert not Result.objects.exists()


def test_of_two_who_type_the_second_sees_the_first(room: Room, as_: Any) -> None:
    key = room.name(room.ana, room.reading)
    as_(room.world.ben).post(room.address, {key: "104", "day": "19 Nov", "was": "{}"})
    browser = as_(room.world.amara)
    answer = browser.post(room.address, {key: "99", "day": "19 Nov", "was": "{}"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "A colleague entered 104" in text_of(answer)
    assert f'name="{key}" value="99"' in page and Result.objects.get().score == 104
    was = re.search(r'name="was" value="([^"]*)"', page)
    assert was and json.loads(html.unescape(was[1])) == {key: "104"}
    browser.post(room.address, {key: "99", "day": "19 Nov", "was": json.dumps({key: "104"})})
    assert Result.objects.get().score == 99


@pytest.mark.parametrize("was", ["", "{", "[]", "7", '{"c-1-1": 3}', "null"])
def test_a_page_that_does_not_say_what_it_showed_writes_over_nobody(room: Room, as_: Any, was: str) -> None:
    key = room.name(room.ana, room.reading)
    enter(room.world.actor("ben"), room.point, room.group, {(room.ana, room.reading): "104"})
    answer = as_(room.world.ben).post(room.address, {key: "99", "day": "19 Nov", "was": was})
    assert answer.status_code == 409 and Result.objects.get().score == 104


def test_a_block_is_shown_before_it_is_saved(room: Room, as_: Any) -> None:
    block = "Name\tReading\tWriting\nKowalski, Kuba\t98\tEXS\nNora Else\t99\tWTS\nAna Bell\t200\tGDS\n"
    browser = as_(room.world.ben)
    answer = browser.post(room.address, {"place": "1", "block": block, "first": "0"})
    page, text = answer.content.decode(), text_of(answer)
    assert "4 results placed by name. Look them over, then save: nothing is saved yet." in text
    assert "Line 3, Nora Else: Nobody here has this name or UPN." in text
    assert f'name="{room.name(room.kuba, room.reading)}" value="98"' in page and not Result.objects.exists()
    typed = {
        room.name(room.kuba, room.reading): "98", room.name(room.kuba, room.writing): "EXS", "source": "pasted",
        "day": "19 Nov", "was": "{}",
    }  # fmt: skip
    browser.post(room.address, typed)
    assert set(Result.objects.values_list("source", flat=True)) == {"pasted"}


@pytest.mark.parametrize("block", ["", "   ", "x\ty\n" * 700, "<script>alert(1)</script>\t=cmd|'/C calc'!A0"])
def test_what_cannot_be_placed_is_said(room: Room, as_: Any, block: str) -> None:
    answer = as_(room.world.ben).post(room.address, {"place": "1", "block": block, "first": "99999999999999999999"})
    assert answer.status_code == 200 and "<script>alert" not in answer.content.decode()
    assert not Result.objects.exists()


def test_cells_of_other_pupils_and_subjects_are_not_read(room: Room, as_: Any) -> None:
    stranger = a_pupil(room.world.brookside, "Stranger")
    typed = {f"c-{stranger.pk}-{room.reading.pk}": "104", f"c-{room.ana.pk}-999": "1", "day": "19 Nov", "was": "{}"}
    assert as_(room.world.amara).post(room.address, typed).status_code == 302
    assert not Result.objects.exists()


def test_a_class_with_one_score_asks_and_then_saves(room: Room, as_: Any) -> None:
    more = [a_pupil(room.world.oakfield, f"More{n}", "Bell") for n in range(4)]
    a_class(room.world.oakfield, *more)
    typed = {room.name(pupil, room.reading): "100" for pupil in (room.ana, room.kuba, *more)}
    typed |= {"day": "19 Nov", "was": "{}"}
    browser = as_(room.world.ben)
    answer = browser.post(room.address, typed)
    assert "all 6 pupils have 100" in text_of(answer) and not Result.objects.exists()
    assert browser.post(room.address, {**typed, "anyway": "1"}).status_code == 302 and Result.objects.count() == 6


def test_the_number_of_statements_does_not_grow_with_the_class(
    room: Room, as_: Any, django_assert_max_num_queries: Any
) -> None:
    a_class(room.world.oakfield, *(a_pupil(room.world.oakfield, f"More{n}", "Bell") for n in range(25)))
    browser = as_(room.world.ben)
    with django_assert_max_num_queries(20):
        assert browser.get(room.address).status_code == 200


# --- Boards ------------------------------------------------------------------------------------------------------------


def test_leaders_see_who_has_no_data_and_a_teacher_their_own(room: Room, as_: Any) -> None:
    other = a_class(room.world.oakfield, a_pupil(room.world.oakfield, "Olu", "Obi"), name="4G")
    enter(room.world.actor("ben"), room.point, room.group, {(room.ana, room.reading): "104"})
    leader = text_of(as_(room.world.hari).get("/assessment/"))
    assert "1 of 6 results are in" in leader and "One class has no data yet" in leader
    assert leader.index(other.name) < leader.index("4W"), "those without data stand first"
    teacher = text_of(as_(room.world.ben).get("/assessment/"))
    assert "4W" in teacher and "4G" not in teacher
    assert "4W" not in text_of(as_(room.world.chloe).get("/assessment/"))


def test_counts_name_nobody_and_hide_small_numbers(room: Room, as_: Any) -> None:
    gwen = a_person("Gwen")
    a_post(gwen, "governor", room.world.oakfield)
    for n in range(12):
        a_class(room.world.oakfield, a_pupil(room.world.oakfield, f"More{n}", "Bell"))
    enter(room.world.actor("ben"), room.point, room.group, {(room.ana, room.reading): "104"})
    text = text_of(as_(gwen).get("/assessment/counts/"))
    assert "Reading fewer than 5 14" in text and "Writing none yet 14" in text
    assert "Bell" not in text and "4W" not in text
    assert as_(room.world.tess).get("/assessment/counts/").status_code == 404


# --- Points and scales ---------------------------------------------------------------------------------------------------


def test_a_leader_adds_a_point_of_the_school_and_what_is_sat(room: Room, as_: Any) -> None:
    browser = as_(room.world.amara)
    school = str(room.world.oakfield.pk)
    typed = {"school": school, "season": "spring", "opens_on": "20 Mar 2027", "due_on": "1 Mar 2027", "name": ""}
    assert "It is due before it opens" in text_of(browser.post("/assessment/points/add/", typed))
    assert "overlap" in text_of(
        browser.post("/assessment/points/add/", {**typed, "opens_on": "3 Nov 2026", "due_on": "27 Nov 2026"})
    )
    made = browser.post("/assessment/points/add/", {**typed, "opens_on": "1 Mar 2027", "due_on": "20 Mar 2027"})
    point = Point.objects.get(school=room.world.oakfield)
    assert made.url == f"/assessment/points/{point.pk}/" and point.name == "Spring 2027"
    sas = Scale.objects.get(code="sas").pk
    browser.post(made.url, {"sitting": "1", "subject": "reading", "scale": sas, "nc_years": ["3", "4"]})
    assert point.sittings.get().nc_years == ["3", "4"]
    assert "Year 3 to Year 4" in text_of(browser.get(made.url))
    assert "Choose" in text_of(
        browser.post(made.url, {"sitting": "1", "subject": "x", "scale": "7", "nc_years": ["99"]})
    )
    browser.post(f"/assessment/sittings/{point.sittings.get().pk}/drop/")
    browser.post(f"/assessment/points/{point.pk}/drop/")
    assert not Point.objects.filter(school=room.world.oakfield).exists()


def test_a_school_does_not_change_the_trusts_point_nor_another_schools(room: Room, as_: Any) -> None:
    own = a_point(
        school_id=room.world.brookside.pk, name="Brookside’s", opens_on=date(2026, 12, 1), due_on=date(2026, 12, 4)
    )
    browser = as_(room.world.amara)
    for point in (room.point, own):
        assert browser.get(f"/assessment/points/{point.pk}/").status_code == 404
        assert browser.post(f"/assessment/points/{point.pk}/drop/").status_code == 404
    assert "Brookside’s" not in text_of(browser.get("/assessment/points/"))
    forged = {"school": "", "season": "spring", "opens_on": "1 Mar 2027", "due_on": "19 Mar 2027", "name": ""}
    assert "not one of the available choices" in text_of(
        browser.post("/assessment/points/add/", {**forged, "school": str(room.world.brookside.pk)})
    )


def test_a_scale_of_ones_own(room: Room, as_: Any) -> None:
    browser = as_(room.world.hari)
    typed = {"name": "Oak steps", "kind": "ordered", "steps": "Bud\nLeaf", "letters": "A absent"}
    assert "two steps at least" in text_of(browser.post("/assessment/scales/add/", {**typed, "steps": "Bud"}))
    assert browser.post("/assessment/scales/add/", typed).status_code == 302
    assert "Bud, Leaf" in text_of(browser.get("/assessment/scales/"))
    assert browser.get(f"/assessment/scales/{Scale.objects.get(code='sas').pk}/").status_code == 404


# --- Files -----------------------------------------------------------------------------------------------------------------


def upload(browser: Any, body: bytes, name: str = "autumn.csv") -> Any:
    return browser.post("/assessment/files/", {"school": _school(browser), "file": SimpleUploadedFile(name, body)})


def _school(browser: Any) -> str:
    found = re.search(r'name="school" value="(\d+)"', browser.get("/assessment/files/").content.decode())
    return found[1] if found else ""


def a_book(*rows: Sequence[str | float | date | None]) -> bytes:
    book, out = openpyxl.Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(list(row))
    book.save(out)
    return out.getvalue()


def test_the_office_brings_a_file_in_and_two_rows_are_refused(room: Room, as_: Any) -> None:
    dee = a_pupil(room.world.oakfield, "Dee", "Bell")
    body = (
        f"UPN,Name,Date of birth,Reading,Writing,SEN Status\n{room.ana.upn},Ana Bell,14/05/2018,104,EXS,K\n"
        f"{room.kuba.upn},Kuba Kowalski,31/02/2018,98,EXS,N\n{dee.upn},Dee Bell,14/05/2018,1040,GDS,N\n"
    ).encode()
    browser = as_(room.world.gus)
    made = upload(browser, body)
    page = text_of(browser.get(made.url))
    assert "3 new, 0 changed, 0 as they stand, 2 refused." in page
    assert "Row 3 , Kuba Kowalski: Date of birth: There is no such day as" in page and "31/02/2018" in page
    assert "Row 4 , Dee Bell: Reading, Autumn 2026 (Standardised score): 1040 is off the scale" in page
    assert set(Viewing.objects.filter(page="file of results").values_list("pupil_id", flat=True)) == {
        room.ana.pk, room.kuba.pk, dee.pk,
    }, "who is refused is named as well"  # fmt: skip
    assert not Result.objects.exists()
    browser.post(made.url, {"save": "1"})
    assert {(row.pupil_id, row.value().words) for row in Result.objects.all()} == {
        (room.ana.pk, "104"), (room.ana.pk, "EXS"), (dee.pk, "GDS"),
    }  # fmt: skip
    file = ResultFile.objects.get()
    assert (file.saved, file.refused, file.rows) == (3, 2, [])
    browser.post(made.url, {"save": "1"})
    again = upload(browser, body)
    assert "0 new, 0 changed, 3 as they stand, 2 refused." in text_of(browser.get(again.url))
    browser.post(again.url, {"save": "1"})
    assert Result.objects.count() == 3


def test_a_workbook_and_a_column_that_somebody_has_to_name(room: Room, as_: Any) -> None:
    body = a_book(
        ("Pupil", "Score this term", "Date"), ("Bell, Ana", 104, date(2026, 11, 12)), ("Kuba Kowalski", 98.5, None)
    )
    browser = as_(room.world.gus)
    made = upload(browser, body, "autumn.xlsx")
    assert "0 new" in text_of(browser.get(made.url))
    browser.post(made.url, {"match": "1", "column-0": "name", "column-1": str(room.reading.pk), "column-2": "sat"})
    assert "2 new" in text_of(browser.get(made.url))
    browser.post(made.url, {"save": "1"})
    assert {(row.pupil_id, row.value().words, row.on) for row in Result.objects.all()} == {
        (room.ana.pk, "104", date(2026, 11, 12)), (room.kuba.pk, "98.5", date(2026, 11, 20)),
    }  # fmt: skip


def test_a_changed_score_is_shown_beside_what_stands(room: Room, as_: Any) -> None:
    enter(room.world.actor("ben"), room.point, room.group, {(room.ana, room.reading): "100"})
    browser = as_(room.world.gus)
    made = upload(browser, f"UPN,Reading\n{room.ana.upn},104\n{room.kuba.upn},\n".encode())
    shown = browser.get(made.url)
    assert "Reading 104 (was 100)" in text_of(shown)
    stamp = re.search(r'name="save" value="(\w+)"', shown.content.decode())
    assert stamp
    typed = {(room.ana, room.reading): "101"}
    enter(room.world.actor("ben"), room.point, room.group, typed, was={(room.ana, room.reading): "100"})
    late = browser.post(made.url, {"save": stamp[1]}, follow=True)
    assert "Results were changed while you looked" in text_of(late) and Result.objects.get().score == 101
    newer = re.search(r'name="save" value="(\w+)"', late.content.decode())
    assert newer and "Reading 104 (was 101)" in text_of(late)
    browser.post(made.url, {"save": newer[1]})
    assert Result.objects.get().score == 104, "an empty cell of a file takes nothing out"


def test_a_column_of_a_file_that_slid_by_a_row_is_asked_about(room: Room, as_: Any) -> None:
    values = [80, 121, 95, 133, 88, 110, 72, 104, 99, 126]
    pupils = [a_pupil(room.world.oakfield, f"More{n}", "Bell") for n in range(len(values))]
    group = a_class(room.world.oakfield, *pupils)
    summer = a_point(
        name="Summer 2026", season=rules.Season.SUMMER, school_year=2025, opens_on=date(2026, 6, 1),
        due_on=date(2026, 6, 20), on=date(2026, 6, 1),
    )  # fmt: skip
    before = a_sitting(summer)
    typed = {(pupil, before): str(value) for pupil, value in zip(pupils, values, strict=True)}
    assert enter(room.world.actor("amara"), summer, group, typed, day=date(2026, 6, 10)).saved == len(values)
    browser = as_(room.world.gus)

    def page_of(scores: Sequence[int]) -> str:
        lines = [f"{pupil.upn},{score + 1}\n" for pupil, score in zip(pupils, scores, strict=False)]
        made = upload(browser, "".join(["UPN,Autumn 2026 Reading\n", *lines]).encode())
        return text_of(browser.get(made.url))

    assert "Reading, Autumn 2026 (Standardised score): the scores fit the pupils better when" in page_of(
        [100, *values[:-1]]
    )
    assert "10 new" in page_of(values) and "moved by one row" not in page_of(values)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"%PDF-1.4", "This is a PDF"), (b"\xd0\xcf\x11\xe0old", "old Excel"), (b"PK\x03\x04broken", "cut short"),
        (b"<html></html>", "not a table"), (b'{"a": 1}', "not a table"), (b"UPN,Reading\nA\0B,1\n", "NUL"),
        (b'UPN,Reading\n"never,1\n', "never ends"), (b"UPN,Reading\n" + b"A,1\n" * 6_001, "more than 6,000 rows"),
    ],
)  # fmt: skip
def test_a_hostile_file_is_refused_by_name(room: Room, as_: Any, body: bytes, says: str) -> None:
    answer = upload(as_(room.world.gus), body)
    assert answer.status_code == 200 and says in text_of(answer)
    assert not ResultFile.objects.exists()


def test_a_file_of_another_school_is_not_there(room: Room, as_: Any) -> None:
    made = upload(as_(room.world.gus), f"UPN,Reading\n{room.ana.upn},104\n".encode())
    for name in ("chloe", "ben", "tess", "dana", "dev", "femi"):
        browser = as_(room.world.people[name])
        assert browser.get(made.url).status_code == 404
        assert browser.post(made.url, {"save": "1"}).status_code == 404
    assert not Result.objects.exists()


def test_the_office_reads_no_results_of_a_pupil(room: Room, as_: Any) -> None:
    assert as_(room.world.gus).get(f"/pupils/{room.ana.pk}/results/").status_code == 404


# --- One pupil ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["ben", "amara", "hari", "dana"])
def test_a_pupils_results_with_age_and_band(room: Room, as_: Any, name: str) -> None:
    enter(
        room.world.actor("ben"), room.point, room.group,
        {(room.kuba, room.reading): "100", (room.kuba, room.writing): "EXS"},
    )  # fmt: skip
    text = text_of(as_(room.world.people[name]).get(f"/pupils/{room.kuba.pk}/results/"))
    assert "100 most likely between 91 and 109" in text and "aged 8 years 6 months" in text
    assert "A change of less than 13 points may be chance. This rests on an assumed reliability." in text
    assert "compared and never averaged" in text
    assert Viewing.objects.filter(pupil_id=room.kuba.pk, page="results", by_id=room.world.people[name].pk).exists()


@pytest.mark.parametrize("name", ["tess", "gus", "dev", "chloe", "cal", "ewa", "femi"])
def test_others_do_not_read_them(room: Room, as_: Any, name: str) -> None:
    for page in ("results", "development"):
        assert as_(room.world.people[name]).get(f"/pupils/{room.kuba.pk}/{page}/").status_code == 404


def test_noting_development(room: Room, as_: Any) -> None:
    browser, address = as_(room.world.ben), f"/pupils/{room.kuba.pk}/development/"
    typed = {"area": "anticipation", "words": "Looks to the door when the bell goes.", "step": "new"}
    assert "Say what you saw" in text_of(browser.post(address, {**typed, "words": " "}))
    assert "has not come yet" in text_of(browser.post(address, {**typed, "seen_on": "1 Dec 2026"}))
    assert browser.post(address, typed).status_code == 302
    assert Development.objects.get().words == "Looks to the door when the bell goes."
    assert "Looks to the door" in text_of(browser.get(f"/pupils/{room.kuba.pk}/results/"))
