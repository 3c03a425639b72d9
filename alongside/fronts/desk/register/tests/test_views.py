"""The register page in a browser: the right person, the wrong person, the wrong method, and what leaves the house."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from alongside.areas.register.models import SavedView
from alongside.areas.register.tests.builders import on_support
from alongside.base.access.scope import scope
from alongside.base.history.models import Event, Viewing
from alongside.base.pupils.models import Pupil
from tests.people import SEPTEMBER, World, a_pupil, words_of


@pytest.fixture
def kuba(world: World) -> Pupil:
    pupil = a_pupil(world.oakfield)
    on_support(pupil=pupil, by=world.actor("amara"), on=SEPTEMBER)
    return pupil


@pytest.mark.parametrize("page", ["", "print/", "export.xlsx"])
@pytest.mark.parametrize("name", ["amara", "hari", "dana"])
def test_those_who_may_see_the_register_see_it(world: World, as_: Any, kuba: Pupil, page: str, name: str) -> None:
    answer = as_(world.people[name]).get(f"/pupils/{page}")
    assert answer.status_code == 200
    if not page.endswith("xlsx"):
        text = answer.content.decode()
        assert "Kuba Kowalski" in text and "Speech and language" in text
        assert "style=" not in text and "<script>" not in text


@pytest.mark.parametrize("page", ["", "print/", "export.xlsx", "views/", "chosen/?pupil=1"])
@pytest.mark.parametrize("name", ["ben", "tess", "gus", "dev", "sys", "femi", "ewa"])
def test_for_everybody_else_it_does_not_exist(world: World, as_: Any, kuba: Pupil, page: str, name: str) -> None:
    assert as_(world.people[name]).get(f"/pupils/{page}").status_code == 404


@pytest.mark.parametrize("page", ["", "print/", "export.xlsx", "chosen/"])
def test_reading_takes_no_post(world: World, as_: Any, page: str) -> None:
    assert as_(world.amara).post(f"/pupils/{page}").status_code == 405


def test_the_senco_of_another_school_sees_their_own(world: World, as_: Any, kuba: Pupil) -> None:
    text = words_of(as_(world.chloe).get("/pupils/"))
    assert "Kuba Kowalski" not in text and "Nobody is on the register" in text
    assert as_(world.chloe).get(f"/pupils/?school={world.oakfield.pk}").status_code == 404


def test_filters_that_nobody_answers_say_so(world: World, as_: Any, kuba: Pupil) -> None:
    text = words_of(as_(world.amara).get("/pupils/?status=E"))
    assert "Nobody answers these filters" in text and "Clear the filters" in text


def test_a_wrong_day_is_said_and_today_is_shown(world: World, as_: Any, kuba: Pupil) -> None:
    text = words_of(as_(world.amara).get("/pupils/?on=2026-02-30"))
    assert "There is no 30 February in 2026" in text and "Kuba Kowalski" in text


def test_the_sheet_says_what_was_filtered_and_who_printed_it(world: World, as_: Any, kuba: Pupil) -> None:
    browser = as_(world.amara)
    text = words_of(browser.get("/pupils/print/?status=K&on=10+Sep+2026"))
    assert "Status: SEN support." in text and "as it stood on Thursday 10 September 2026" in text
    assert "Printed by Amara Adeyemi" in text
    assert "Kuba Kowalski" not in words_of(browser.get("/pupils/print/?initials=1"))
    event = Event.objects.filter(kind="register.taken_away").order_by("pk")[0]
    assert (event.facts["how"], event.facts["pupils"], event.school_id) == ("on paper", 1, world.oakfield.pk)
    assert Viewing.objects.filter(pupil_id=kuba.pk, page="register, on paper", by_name="Amara Adeyemi").count() == 2


def test_the_spreadsheet_holds_no_formula_and_leaves_a_trace(world: World, as_: Any, kuba: Pupil) -> None:
    Pupil.objects.filter(pk=kuba.pk).update(liked_name="=HYPERLINK(1)")
    answer = as_(world.amara).get("/pupils/export.xlsx")
    assert answer["Content-Disposition"] == 'attachment; filename="sen-register-2026-11-23.xlsx"'
    with ZipFile(BytesIO(answer.content)) as book:
        strings, sheet = (book.read(name).decode() for name in ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"))
    assert "'=HYPERLINK(1) Kowalski" in strings and "<f>" not in sheet
    assert "Oakfield Primary" in strings and "Everybody on the register." in strings
    assert Viewing.objects.filter(pupil_id=kuba.pk, page="register, as a spreadsheet").exists()


def test_a_view_is_saved_found_and_forgotten(world: World, as_: Any, kuba: Pupil) -> None:
    browser = as_(world.amara)
    assert "Status: SEN support." in words_of(browser.get("/pupils/views/?status=K"))
    refused = browser.post("/pupils/views/", {"name": " ", "query": "status=K"})
    assert refused.status_code == 200 and not SavedView.objects.exists()
    kept = browser.post("/pupils/views/", {"name": "Mine", "query": "status=K&evil=%3Cscript%3E"})
    assert kept.url == "/pupils/?status=K"
    page = words_of(browser.get(kept.url))
    assert "Mine" in page and "Forget this view" in page
    again = browser.post("/pupils/views/", {"name": "mine", "query": "status=E"})
    assert "already have a view" in words_of(again)
    with scope(person=world.amara.pk):
        view = SavedView.objects.get()
    assert as_(world.hari).post(f"/pupils/views/{view.pk}/drop/").status_code == 404
    assert browser.get(f"/pupils/views/{view.pk}/drop/").status_code == 405
    assert browser.post(f"/pupils/views/{view.pk}/drop/").url == "/pupils/"


def test_those_ticked_are_checked_in_turn_or_printed(world: World, as_: Any, kuba: Pupil) -> None:
    billy, zara = a_pupil(world.oakfield, "Billy", "Frost"), a_pupil(world.brookside, "Zara", "Elsewhere")
    browser = as_(world.amara)
    ticked = f"pupil={kuba.pk}&pupil={billy.pk}"
    assert browser.get(f"/pupils/chosen/?do=check&{ticked}").url == f"/pupils/{kuba.pk}/register/check/?then={billy.pk}"
    sheets = words_of(browser.get(f"/pupils/chosen/?do=profiles&{ticked}&pupil={zara.pk}"))
    assert f"/classes/brief/{kuba.pk}/profile/" in sheets and "Zara" not in sheets
    assert browser.get("/pupils/chosen/?do=check").url == "/pupils/", "nobody was ticked"
