"""Any pupil in two actions, and the page that answers who this is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.areas.classroom.models import StrategyUse
from alongside.areas.support.rules import Stage
from alongside.areas.support.tests.builders import a_cycle
from alongside.base.history.models import Viewing
from alongside.base.pupils.models import Pupil
from alongside.fronts.desk.find import find_page
from alongside.fronts.desk.pupil import pupil_page
from alongside.fronts.desk.tests.test_today import ours
from tests.people import TODAY, World, a_class, a_parent, a_person, a_post, a_pupil, supports, teaches, words_of


@pytest.fixture
def kuba(world: World) -> Pupil:
    pupil = a_pupil(world.oakfield, "Jakub", "Kowalski", liked_name="Kuba")
    teaches(world.ben, a_class(world.oakfield, pupil))
    supports(world.tess, pupil)
    return pupil


@pytest.mark.parametrize("asked", ["kow", "KUB", "jak kow", "kuba kowalski", "Kowalski, Jakub"])
def test_three_letters_of_any_name_find_a_pupil(world: World, kuba: Pupil, asked: str) -> None:
    assert [found.id for found in find_page(world.actor("amara"), asked, on=TODAY).found] == [kuba.pk]


@pytest.mark.parametrize("asked", ["wal", "zzz", "k", "", "%", "kow zed"])
def test_what_does_not_begin_a_name_finds_nobody(world: World, kuba: Pupil, asked: str) -> None:
    page = find_page(world.actor("amara"), asked, on=TODAY)
    assert page.found == ()
    assert page.note


def test_accents_and_the_upn_find_too(world: World) -> None:
    zoe = a_pupil(world.oakfield, "Zoë", "Łukasik-O’Brien")
    amara = world.actor("amara")
    for asked in ("zoe", "lukasik", "obrien", "brien", zoe.upn[:6]):
        found = [row.id for row in find_page(amara, asked, on=TODAY).found]
        assert found == ([] if asked == "brien" else [zoe.pk]), asked


@pytest.mark.parametrize(
    ("name", "finds"),
    [("amara", True), ("ben", True), ("tess", True), ("hari", True), ("gus", True), ("chloe", False), ("cal", False)],
)
def test_who_finds_whom(world: World, kuba: Pupil, name: str, finds: bool) -> None:
    assert bool(find_page(world.actor(name), "kow", on=TODAY).found) == finds


def test_a_link_that_ended_yesterday_finds_nobody(world: World, kuba: Pupil) -> None:
    kuba.memberships.update(until=TODAY - timedelta(days=1))
    assert find_page(world.actor("ben"), "kow", on=TODAY).found == ()
    assert find_page(world.actor("ben"), "kow", on=TODAY - timedelta(days=1)).found != ()


def test_opening_a_pupil_is_written_down(world: World, as_: Any, kuba: Pupil) -> None:
    assert as_(world.ben).get(f"/pupils/{kuba.pk}/").status_code == 200
    seen = Viewing.objects.get(pupil_id=kuba.pk)
    assert (seen.by_name, seen.role, seen.page) == ("Ben Whitlock", "teacher", "at a glance")


def test_a_page_that_was_refused_leaves_no_viewing(world: World, as_: Any, kuba: Pupil) -> None:
    assert as_(world.cal).get(f"/pupils/{kuba.pk}/").status_code == 404
    assert not Viewing.objects.exists()


def test_bands_close_what_a_role_may_not_read(world: World, as_: Any, kuba: Pupil) -> None:
    a_cycle(pupil=kuba, by=world.actor("amara"), at=Stage.DO, on=TODAY - timedelta(weeks=4))
    teacher = as_(world.ben).get(f"/pupils/{kuba.pk}/").content.decode()
    assistant = as_(world.tess).get(f"/pupils/{kuba.pk}/").content.decode()
    office = as_(world.gus).get(f"/pupils/{kuba.pk}/").content.decode()
    assert "What is promised" in teacher
    assert "What helps" in assistant and "What is promised" not in assistant
    assert "Kuba" in office and "What helps" not in office


def test_a_parent_who_works_here_does_not_open_the_file(world: World, as_: Any, kuba: Pupil) -> None:
    assert as_(world.amara).get(f"/pupils/{kuba.pk}/").status_code == 200
    a_parent(world.amara, kuba)
    assert as_(world.amara).get(f"/pupils/{kuba.pk}/").status_code == 404


@pytest.mark.parametrize("lines", [1, 6])
def test_a_pupil_takes_the_same_statements_at_any_size(world: World, as_: Any, kuba: Pupil, lines: int) -> None:
    amara = world.actor("amara")
    for number in range(lines):
        at = Stage.DO if number == lines - 1 else Stage.CLOSED
        a_cycle(pupil=kuba, by=amara, at=at, on=TODAY - timedelta(weeks=16 * (lines - number)))
    browser = as_(world.amara)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(f"/pupils/{kuba.pk}/").status_code == 200
    assert len(ours(asked)) <= 12


def test_finding_takes_three_statements(world: World, as_: Any, kuba: Pupil) -> None:
    browser = as_(world.amara)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get("/find/?q=kow", headers={"HX-Request": "true"}).status_code == 200
    assert len(ours(asked)) <= 3


def test_what_did_not_help_twice_stands_on_the_pupils_page(world: World, as_: Any, kuba: Pupil) -> None:
    """For those who write plans; who only reads the brief sees it there."""
    for days, strategy in ((1, "Wait"), (2, "Wait"), (3, "Near the front"), (16, "Near the front")):
        day = TODAY - timedelta(days=days)
        StrategyUse.objects.create(
            pupil=kuba, school=world.oakfield, strategy=strategy, helped=False, day=day, by=world.ben
        )
    page = pupil_page(world.actor("amara"), kuba.pk, on=TODAY)
    assert page.look_again == ("Wait",)
    assert "For the review:</b> Wait" in as_(world.ben).get(f"/pupils/{kuba.pk}/").content.decode()
    assert "For the review" not in as_(world.tess).get(f"/pupils/{kuba.pk}/").content.decode()


@pytest.mark.parametrize(
    ("role", "at_trust", "home"),
    [
        ("governor", False, "/school/"),
        ("director", True, "/duties/trust/"),
        ("trustee", True, "/duties/trust/"),
        ("head", False, "/week/"),
        ("la_officer", True, None),
    ],
)
def test_whoever_sees_duties_starts_there_and_others_are_told_that_there_is_no_page(
    world: World, as_: Any, role: str, at_trust: bool, home: str | None
) -> None:
    person = a_person("Gwen", "Lowe")
    a_post(person, role, None if at_trust else world.oakfield)
    answer = as_(person).get("/")
    assert answer.headers.get("Location") == home
    assert home or "There is no page for your role yet" in words_of(answer)
