"""The pages: who may, what they show, and that they work without a script."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from alongside.base.access.scope import scope
from alongside.base.history.models import Viewing
from alongside.base.pupils.models import Pupil
from alongside.fronts.exchange import actions, jobs
from alongside.fronts.exchange.models import Batch, Row
from alongside.fronts.exchange.record import PupilRecord
from alongside.fronts.exchange.tests.files import HEAD, UPNS, applied, csv_file, csv_row, ctf_file, staged
from tests.people import TODAY, World

pytestmark = pytest.mark.django_db
SignIn = Callable[[Any], Client]


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch, settings: LazySettings, tmp_path: Path) -> list[tuple[str, dict[str, Any]]]:
    """What was asked of the queue; nothing is done until a test does it."""
    settings.UPLOADS = tmp_path / "uploads"
    found: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(actions, "enqueue", lambda name, **arguments: found.append((name, arguments)))
    return found


def work(asked: list[tuple[str, dict[str, Any]]]) -> None:
    """Do what was asked, as a worker would."""
    for name, arguments in asked:
        getattr(jobs, name.removeprefix("exchange."))(**arguments)
    asked.clear()


def upload(browser: Client, *rows: str, head: str = HEAD, **more: Any) -> Any:
    file = SimpleUploadedFile("pupils.csv", "\n".join([head, *rows, ""]).encode())
    return browser.post("/exchange/", {"file": file, **more})


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_from_upload_to_undo(world: World, as_: SignIn, asked: list[tuple[str, dict[str, Any]]]) -> None:
    browser = as_(world.gus)
    assert "No file yet" in text(browser.get("/exchange/"))
    answer = upload(browser, csv_row(1), csv_row(2, dob="1/1/1995"), school=world.oakfield.pk)
    page = answer.url
    assert [name for name, _ in asked] == ["exchange.read"]
    waiting = browser.get(page)
    assert 'hx-trigger="every 2s"' in waiting.content.decode()
    assert '<noscript><meta http-equiv="refresh"' in waiting.content.decode()
    work(asked)
    assert browser.get(f"{page}progress/").headers["HX-Refresh"] == "true"
    review = text(browser.get(page))
    assert "you typed 1995" in review
    assert "Bring in 1 pupil" in review
    for _ in range(2):  # a double click
        assert browser.post(f"{page}apply/").headers["Location"] == page
    assert [name for name, _ in asked] == ["exchange.apply"]
    work(asked)
    result = text(browser.get(f"{page}?show=new"))
    assert "1 pupil is new or changed" in result
    assert "Undo this file" in result
    browser.post(f"{page}undo/")
    browser.post(f"{page}undo/")
    assert [name for name, _ in asked] == ["exchange.undo"]
    work(asked)
    assert "Undone." in text(browser.get(page))
    assert not Pupil.objects.filter(upn=UPNS[1]).exists()
    assert "Undone" in text(browser.get("/exchange/"))


def test_columns_are_asked_once(world: World, as_: SignIn, asked: list[tuple[str, dict[str, Any]]]) -> None:
    browser = as_(world.gus)
    head, line = "UPN,Surname,Forename,DOB,Tutor", f"{UPNS[1]},Xu,Jude,22/06/2018,4W"
    page = upload(browser, line, head=head, school=world.oakfield.pk).url
    assert page.endswith("/columns/")
    shown = browser.get(page).content.decode()
    assert "For example: 4W" in shown
    assert not asked
    good = {
        "column-0": "upn",
        "column-1": "surname",
        "column-2": "forename",
        "column-3": "born_on",
        "column-4": "group",
    }
    twice = browser.post(page, {**good, "column-4": "surname"})
    assert "matched to the same" in text(twice)
    none = browser.post(page, {**good, "column-0": ""})
    assert "never matched by name" in text(none)
    assert browser.post(page, good).status_code == 302
    work(asked)
    assert Row.objects.get().record["group"] == "4W"
    assert not upload(browser, line, head=head, school=world.oakfield.pk).url.endswith("/columns/")


def test_a_file_that_cannot_be_read_says_why(world: World, as_: SignIn) -> None:
    browser = as_(world.gus)
    file = SimpleUploadedFile("pupils.csv", b"%PDF-1.7")
    page = browser.post("/exchange/", {"file": file, "school": world.oakfield.pk}).headers["Location"]
    assert "This is a PDF. Export the same report as CSV or Excel." in text(browser.get(page))


def test_a_file_that_turns_out_unsound_says_why(
    world: World, as_: SignIn, asked: list[tuple[str, dict[str, Any]]]
) -> None:
    browser = as_(world.gus)
    page = upload(browser, *[csv_row(number) for number in range(80)], '"open', school=world.oakfield.pk).url
    work(asked)
    assert "a quotation mark in it is not closed" in text(browser.get(page))
    assert not Row.objects.exists()


def test_a_missing_file_is_asked_for(world: World, as_: SignIn) -> None:
    assert "Choose the file" in text(as_(world.gus).post("/exchange/", {"school": world.oakfield.pk}))


def conflict(world: World, folder: Path) -> Batch:
    with scope([world.oakfield.pk, world.brookside.pk]) as by:
        applied(world.oakfield, csv_file(folder / "a.csv", csv_row(1), csv_row(2)), by)
        Pupil.objects.filter(upn__in=UPNS[1:3]).update(given_name="Judith")
        return staged(world.oakfield, csv_file(folder / "b.csv", csv_row(1), csv_row(2)), by)


def test_conflicts_are_decided_row_by_row_or_at_once(world: World, as_: SignIn, tmp_path: Path) -> None:
    batch = conflict(world, tmp_path)
    browser = as_(world.amara)
    page = f"/exchange/{batch.pk}/"
    shown = text(browser.get(page))
    assert "ours Judith , the file’s Jude" in shown
    assert "Nothing to bring in." in shown
    first, second = Row.objects.filter(batch=batch).order_by("line")
    browser.post(f"{page}decide/", {f"row-{first.pk}": "file", f"row-{second.pk}": "nonsense", "row-x": "file"})
    assert [each.choice for each in Row.objects.filter(batch=batch).order_by("line")] == ["file", ""]
    assert "Bring in 1 pupil" in text(browser.get(page))
    browser.post(f"{page}decide/", {"all": "ours"})
    assert {each.choice for each in Row.objects.filter(batch=batch)} == {"ours"}
    actions.ask(batch=batch, by=world.actor("amara"), on=TODAY)
    assert "brought in already" in text(browser.post(f"{page}decide/", {"all": "file"}, follow=True))


def test_who_looked_at_pupils_is_written_down(world: World, as_: SignIn, tmp_path: Path) -> None:
    batch = conflict(world, tmp_path)
    as_(world.amara).get(f"/exchange/{batch.pk}/")
    assert set(Viewing.objects.values_list("pupil_id", flat=True)) == set(Pupil.objects.values_list("pk", flat=True))
    assert Viewing.objects.values_list("page", flat=True)[0] == "file"


def test_work_that_was_cut_off_can_be_asked_for_again(
    world: World, as_: SignIn, tmp_path: Path, asked: list[tuple[str, dict[str, Any]]]
) -> None:
    from django.utils.timezone import datetime, timedelta, timezone  # type: ignore[attr-defined]

    with scope([world.oakfield.pk]) as by:
        batch = staged(world.oakfield, csv_file(tmp_path / "a.csv", csv_row(1)), by)
        actions.ask(batch=batch, by=by, on=TODAY)
        Batch.objects.update(asked_at=datetime.now(timezone.utc) - timedelta(minutes=5))
    asked.clear()
    browser = as_(world.gus)
    assert "Cut off." in text(browser.get(f"/exchange/{batch.pk}/"))
    browser.post(f"/exchange/{batch.pk}/again/")
    assert [name for name, _ in asked] == ["exchange.apply"]
    work(asked)
    assert Pupil.objects.filter(upn=UPNS[1]).exists()


def test_work_that_breaks_off_says_so_and_keeps_nothing(
    world: World, as_: SignIn, tmp_path: Path, asked: list[tuple[str, dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with scope([world.oakfield.pk]) as by:
        batch = staged(world.oakfield, csv_file(tmp_path / "a.csv", csv_row(1)), by)
        actions.ask(batch=batch, by=by, on=TODAY)
    with monkeypatch.context() as broken:
        broken.setattr(actions, "_refresh", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            work(list(asked))
    page = text(as_(world.gus).get(f"/exchange/{batch.pk}/"))
    assert "Something went wrong on our side. Nothing of this file was kept" in page
    assert not Pupil.objects.filter(upn=UPNS[1]).exists()


@pytest.mark.parametrize("name", ["ben", "chloe", "dev", "sys", "femi", "tess"])
@pytest.mark.parametrize("path", ["", "columns/", "progress/", "decide/", "apply/", "undo/", "again/"])
def test_the_wrong_person_finds_nothing(world: World, as_: SignIn, tmp_path: Path, name: str, path: str) -> None:
    batch = conflict(world, tmp_path)
    browser = as_(getattr(world, name))
    url = f"/exchange/{batch.pk}/{path}"
    answer = browser.get(url) if path in ("", "columns/", "progress/") else browser.post(url, {"all": "file"})
    assert answer.status_code == 404
    assert not Row.objects.exclude(choice="").exists()


def test_nobody_brings_in_for_a_school_that_is_not_theirs(world: World, as_: SignIn) -> None:
    answer = upload(as_(world.gus), csv_row(1), school=world.brookside.pk)
    assert answer.status_code == 200
    assert not Batch.objects.exists()
    assert as_(world.ben).get("/exchange/").status_code == 404


def test_pages_have_few_queries(
    world: World, as_: SignIn, tmp_path: Path, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    with scope([world.oakfield.pk]) as by:
        batch = staged(world.oakfield, csv_file(tmp_path / "a.csv", *map(csv_row, range(1, 90))), by)
    browser = as_(world.gus)
    with django_assert_max_num_queries(20):
        assert "1 to 50 of 89" in text(browser.get(f"/exchange/{batch.pk}/"))
    assert "51 to 89 of 89" in text(browser.get(f"/exchange/{batch.pk}/?show=new&page=2"))
    assert browser.get(f"/exchange/{batch.pk}/?show=zzz&page=-4").status_code == 200


def test_new_pupils_say_what_comes_with_them(world: World, as_: SignIn, tmp_path: Path) -> None:
    with scope([world.oakfield.pk]) as by:
        cells = {
            "sen_status": "SEN Support",
            "sen_need_type": "SLCN",
            "sen_need_rank": "1",
            "sen_start_date": "1/9/2026",
        }
        batch = staged(world.oakfield, csv_file(tmp_path / "a.csv", csv_row(1, **cells)), by)
    shown = text(as_(world.gus).get(f"/exchange/{batch.pk}/"))
    assert "What comes" in shown and "What changes" not in shown
    for words in ("Year 4, class 4W, born 22 Jun 2018", "SEN support from 1 Sep 2026", "Speech, language"):
        assert words in shown


def test_keeping_ours_brings_nothing_in_and_says_so(world: World, as_: SignIn, tmp_path: Path) -> None:
    batch = conflict(world, tmp_path)
    browser, page = as_(world.amara), f"/exchange/{batch.pk}/"
    first, second = Row.objects.filter(batch=batch).order_by("line")
    browser.post(f"{page}decide/", {f"row-{first.pk}": "ours", f"row-{second.pk}": "leave"})
    shown = text(browser.get(page))
    assert "Keep ours for 1 pupil" in shown and "Bring in" not in shown.replace("Bring in another", "")
    browser.post(f"{page}decide/", {f"row-{second.pk}": "file"})
    shown = text(browser.get(page))
    assert "Bring in 1 pupil" in shown and "Ours is kept for 1 pupil." in shown
    browser.post(f"{page}decide/", {"all": "ours"})
    with scope([world.oakfield.pk, world.brookside.pk]) as by:
        assert actions.apply(batch=batch, by=by, on=TODAY)
    assert "Nothing was brought in. Ours is kept, as decided." in text(browser.get(page))


def test_a_file_that_is_refused_row_by_row_does_not_say_the_same(
    world: World, as_: SignIn, asked: list[tuple[str, dict[str, Any]]]
) -> None:
    browser = as_(world.gus)
    page = upload(browser, csv_row(1, dob="1/1/1995"), csv_row(2, dob="1/1/1995"), school=world.oakfield.pk).url
    work(asked)
    shown = text(browser.get(page))
    assert "2 rows were refused, and each says why." in shown
    assert "already says the same" not in shown


def test_a_file_for_another_school_is_pointed_out(world: World, as_: SignIn, tmp_path: Path) -> None:
    pupil = PupilRecord(line=1, ordinal=1, upn=UPNS[1], surname="Xu", forename="Jude", born_on=date(2018, 6, 22))
    with scope([world.oakfield.pk]) as by:
        wrong = staged(world.oakfield, ctf_file(tmp_path / "a.xml", world.brookside, world.brookside, pupil), by)
        right = staged(world.oakfield, ctf_file(tmp_path / "b.xml", world.brookside, world.oakfield, pupil), by)
    browser = as_(world.amara)
    assert f"This file says that it is for {world.brookside.name}" in text(browser.get(f"/exchange/{wrong.pk}/"))
    assert "This file says that it is for" not in text(browser.get(f"/exchange/{right.pk}/"))
