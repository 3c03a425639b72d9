"""Each page of provision for the right person and the wrong one, and what happens on the way."""

from __future__ import annotations

from typing import Any

import pytest

from alongside.areas.provision.models import Line, ProvisionType, Session
from alongside.areas.provision.tests.builders import a_line, a_rate, a_type, log
from alongside.base.pupils.models import Absence, Pupil
from tests.people import TODAY, World, a_class, a_pupil, teaches, words_of


@pytest.fixture
def kuba(world: World) -> Pupil:
    pupil = a_pupil(world.oakfield)
    teaches(world.ben, a_class(world.oakfield, pupil))
    return pupil


def typed(kind: ProvisionType, **more: str) -> dict[str, str]:
    return {
        "type_id": str(kind.pk),
        "times_a_week": "3",
        "minutes": "30",
        "group_size": "4",
        "since": "23 Nov 2026",
        **more,
    }


# --- Promising -------------------------------------------------------------------------------------------


def test_promising_with_its_cost_before_and_after(world: World, as_: Any, kuba: Pupil) -> None:
    a_rate()
    browser, kind = as_(world.amara), a_type()
    checked = browser.post(f"/pupils/{kuba.pk}/provision/add/", typed(kind, check="1"))
    assert "£6.08 a week for this pupil" in words_of(checked) and "1.5 hours × £16.20 ÷ 4" in words_of(checked)
    assert not Line.objects.exists(), "checking saves nothing"
    alone = browser.post(f"/pupils/{kuba.pk}/provision/add/cost/", typed(kind))
    assert "£6.08" in words_of(alone) and "<html" not in alone.content.decode()
    answer = browser.post(f"/pupils/{kuba.pk}/provision/add/", typed(kind, adult_id=str(world.tess.pk)))
    assert answer["Location"] == f"/pupils/{kuba.pk}/provision/"
    page = words_of(browser.get(answer["Location"]))
    assert "3 × 30 minutes a week, in a group of 4" in page and "Mrs Iqbal" in page and "£6.08" in page


@pytest.mark.parametrize(
    ("following", "goes"),
    [("/plans/4/plan/", "/plans/4/plan/?line="), ("/plans/4/?x=1", "/plans/4/?x=1&line="),
     ("https://elsewhere.example/", "/pupils/"), ("//elsewhere.example/", "/pupils/"), ("javascript:alert(1)", "/pupils/")],
)  # fmt: skip
def test_after_promising_one_goes_back_to_the_plan_and_nowhere_else(
    world: World, as_: Any, kuba: Pupil, following: str, goes: str
) -> None:
    answer = as_(world.amara).post(f"/pupils/{kuba.pk}/provision/add/", typed(a_type(), next=following))
    assert answer["Location"].startswith(goes)


def test_ordinary_practice_is_warned_and_kept_as_a_strategy(world: World, as_: Any, kuba: Pupil) -> None:
    seat, browser = a_type("A seat near the front", wave="ordinary"), as_(world.amara)
    assert "Keep it as a strategy all the same" not in words_of(browser.get(f"/pupils/{kuba.pk}/provision/add/"))
    answer = browser.post(f"/pupils/{kuba.pk}/provision/add/", typed(seat))
    assert "ordinary classroom practice" in words_of(answer) and "Keep it as a strategy all the same" in words_of(
        answer
    )
    browser.post(f"/pupils/{kuba.pk}/provision/add/", typed(seat, sure="on"))
    assert Line.objects.get().type == seat


@pytest.mark.parametrize(
    ("change", "says"),
    [({"type_id": ""}, "Choose something from the catalogue"), ({"minutes": "0"}, "At least one minute"),
     ({"times_a_week": "99"}, "25 times a week is the most"), ({"since": "soon"}, "Write the date like"),
     ({"until": "1 Sep 2026"}, "end after it starts"), ({"adult_id": "999999"}, "not one of the available choices")],
)  # fmt: skip
def test_what_is_wrong_is_said(world: World, as_: Any, kuba: Pupil, change: dict[str, str], says: str) -> None:
    answer = as_(world.amara).post(f"/pupils/{kuba.pk}/provision/add/", {**typed(a_type()), **change})
    assert answer.status_code == 200 and says in words_of(answer) and not Line.objects.exists()


def test_arranging_anew_and_stopping(world: World, as_: Any, kuba: Pupil) -> None:
    line, browser = a_line(kuba, world.actor("amara")), as_(world.amara)
    how = {"times_a_week": "3", "minutes": "20", "group_size": "3", "adult_id": str(world.tess.pk)}
    assert "Arranged anew" in words_of(browser.post(f"/provision/{line.pk}/", how, follow=True))
    assert "Nothing is different" in words_of(browser.post(f"/provision/{line.pk}/", how))
    assert "Say why it stops" in words_of(browser.post(f"/provision/{line.pk}/stop/", {"reason": ""}))
    stopped = browser.post(f"/provision/{line.pk}/stop/", {"reason": "Enough now"}, follow=True)
    assert "has stopped" in words_of(stopped) and "Enough now" in words_of(stopped)


def test_a_teacher_reads_and_arranges_nothing(world: World, as_: Any, kuba: Pupil) -> None:
    line, browser = a_line(kuba, world.actor("amara")), as_(world.ben)
    text = words_of(browser.get(f"/provision/{line.pk}/"))
    assert "Language programme" in text and "Arrange it anew" not in text and "£" not in text
    how = {"times_a_week": "1", "minutes": "20", "group_size": "3"}
    browser.post(f"/provision/{line.pk}/", how)
    line.refresh_from_db()
    assert line.minutes == 30
    assert browser.get(f"/pupils/{kuba.pk}/provision/add/").status_code == 404
    assert browser.get(f"/provision/{line.pk}/stop/").status_code == 404


# --- The map and the catalogue ---------------------------------------------------------------------------


def test_the_map_as_it_was(world: World, as_: Any, kuba: Pupil) -> None:
    a_line(kuba, world.actor("amara"))
    browser = as_(world.amara)
    assert "Kuba Kowalski" in words_of(browser.get("/provision/"))
    before = words_of(browser.get("/provision/?on=31+Aug+2026"))
    assert "Kuba Kowalski" not in before and "Nothing is promised to anybody here on 31 Aug 2026" in before
    wrong = words_of(browser.get("/provision/?on=someday"))
    assert "The map stands as it is today." in wrong and "Kuba Kowalski" in wrong
    assert "Kuba" not in words_of(browser.get("/provision/?class=5C"))
    assert "Nothing is promised" in words_of(browser.get("/provision/?class=5C&school=x"))


def test_the_map_on_paper(world: World, as_: Any, kuba: Pupil) -> None:
    log([a_line(kuba, world.actor("amara"), adult=world.tess)], world.actor("tess"), TODAY)
    text = words_of(as_(world.amara).get("/provision/print/?cut=given&class=4W"))
    for words in (
        "Provision map, Oakfield Primary",
        "4W. School weeks up to Monday 23 November 2026.",
        "Printed by Amara Adeyemi",
    ):
        assert words in text, words


def test_a_school_adds_to_the_catalogue(world: World, as_: Any) -> None:
    a_rate()
    browser = as_(world.amara)
    entry = {"school_id": str(world.oakfield.pk), "name": "Beekeeping", "plain_name": "Bee club", "wave": "targeted",
             "area": "SEMH", "evidence": "unknown", "given_by": "ta"}  # fmt: skip
    assert "Beekeeping" in words_of(browser.post("/provision/catalogue/", entry, follow=True))
    assert "an entry of that name already" in words_of(browser.post("/provision/catalogue/", entry))
    other = browser.post("/provision/catalogue/", {**entry, "name": "Ants", "school_id": str(world.brookside.pk)})
    assert other.status_code == 200 and not ProvisionType.objects.filter(name="Ants").exists()
    as_(world.ben).post("/provision/catalogue/", {**entry, "name": "Wasps"})
    assert not ProvisionType.objects.filter(name="Wasps").exists()


# --- Three taps ------------------------------------------------------------------------------------------


@pytest.fixture
def lines(world: World, kuba: Pupil) -> list[Line]:
    leo = a_pupil(world.oakfield, "Leo")
    return [a_line(pupil, world.actor("amara"), adult=world.tess) for pupil in (kuba, leo)]


def test_which_group_who_was_there_how_it_went(world: World, as_: Any, lines: list[Line]) -> None:
    browser, first = as_(world.tess), lines[0].pk
    assert f"/sessions/{first}/" in browser.get("/sessions/").content.decode()
    who = browser.get(f"/sessions/{first}/").content.decode()
    assert who.count('value="here" checked') == 2 and "The group did not happen?" in who
    ticks = {f"p{lines[0].pk}": "here", f"p{lines[1].pk}": "away"}
    how = browser.get(f"/sessions/{first}/", {"step": "how", **ticks})
    assert (
        "How did it go?" in words_of(how) and "Why was Leo not there?" in words_of(how) and not Session.objects.exists()
    )
    last = {"step": "how", **ticks, f"why{lines[1].pk}": "trip", "went": "well", "note": "A story", "about": str(first)}
    done = browser.post(f"/sessions/{first}/", last, follow=True)
    assert "Talking group: 1 there, 1 not." in words_of(done) and "Today: 1 there, 1 not" in words_of(done)
    rows = Session.objects.order_by("line").values_list("held", "missed_because", "went", "note", "by")
    assert list(rows) == [(True, "", "well", "A story", world.tess.pk), (False, "trip", "", "", world.tess.pk)]


def test_it_did_not_happen_is_one_tap(world: World, as_: Any, lines: list[Line]) -> None:
    done = as_(world.tess).post(f"/sessions/{lines[0].pk}/", {"because": "cover"}, follow=True)
    assert "Talking group: it did not happen." in words_of(done)
    assert set(Session.objects.values_list("held", "missed_because")) == {(False, "cover")}


def test_a_reason_that_is_none_saves_nothing(world: World, as_: Any, lines: list[Line]) -> None:
    as_(world.tess).post(f"/sessions/{lines[0].pk}/", {"because": "bored"})
    assert not Session.objects.exists()


def test_a_pupil_the_register_has_away_is_not_held(world: World, as_: Any, lines: list[Line]) -> None:
    Absence.objects.create(pupil=lines[1].pupil, school=world.oakfield, day=TODAY)
    browser, first = as_(world.tess), lines[0].pk
    page = browser.get(f"/sessions/{first}/")
    assert page.content.decode().count('value="here" checked') == 1 and "(from the school’s register)" in words_of(page)
    here = {"step": "how", f"p{lines[0].pk}": "here", f"p{lines[1].pk}": "here"}
    refused = words_of(browser.get(f"/sessions/{first}/", here))
    assert "Leo was marked absent that day, so a held session cannot be kept. Was it another day?" in refused
    browser.post(f"/sessions/{first}/", {**here, f"p{lines[1].pk}": "away", "went": "mixed"})
    assert list(Session.objects.order_by("line").values_list("missed_because", flat=True)) == ["", "absent"]


def test_no_face_no_session(world: World, as_: Any, lines: list[Line]) -> None:
    ticks = {"step": "how", f"p{lines[0].pk}": "here", f"p{lines[1].pk}": "here"}
    answer = as_(world.tess).post(f"/sessions/{lines[0].pk}/", {**ticks, "note": "x"})
    assert "Choose a face." in words_of(answer) and not Session.objects.exists()


def test_nobody_there_needs_no_face(world: World, as_: Any, lines: list[Line]) -> None:
    ticks = {"step": "how", f"p{lines[0].pk}": "away", f"p{lines[1].pk}": "away"}
    whys = {f"why{line.pk}": "absent" for line in lines}
    as_(world.tess).post(f"/sessions/{lines[0].pk}/", {**ticks, **whys})
    assert set(Session.objects.values_list("held", "missed_because")) == {(False, "absent")}


def test_another_day_and_a_second_session(world: World, as_: Any, lines: list[Line]) -> None:
    browser, first = as_(world.tess), lines[0].pk
    browser.post(f"/sessions/{first}/", {"because": "room", "day": "2026-11-20"})
    browser.post(f"/sessions/{first}/", {"because": "trip", "day": "2026-11-20", "number": "2"})
    assert set(Session.objects.values_list("day", "number")) == {(TODAY.replace(day=20), 1), (TODAY.replace(day=20), 2)}
    early = browser.post(f"/sessions/{first}/", {"because": "room", "day": "2026-11-30"}, follow=True)
    assert "cannot be logged before its day" in words_of(early)
    assert Session.objects.count() == 4


def test_what_was_written_down_can_be_changed(world: World, as_: Any, lines: list[Line]) -> None:
    log(lines, world.actor("tess"), TODAY, missed="cover")
    page = as_(world.tess).get(f"/sessions/{lines[0].pk}/").content.decode()
    assert page.count('value="away" checked') == 2 and "Write down a second session of that day" in page
