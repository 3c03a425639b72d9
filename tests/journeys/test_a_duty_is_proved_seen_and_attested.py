"""The duty board: a SENCO reads how things stand, a director sees for herself and gives her word, a governor asks."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from alongside.areas.duties import actions, shipped
from alongside.base.access.scope import scope
from tests.journeys.busy_school import a_busy_school
from tests.journeys.conftest import Journey, Look
from tests.people import TODAY, a_person, a_post

RECORDS, SEEN, WORD = "S00-23", "S03-27", "S03-44"


@pytest.fixture
def school(journey: Journey) -> int:
    """Oakfield with all there is to do; a director for the trust and a governor of the school."""
    busy, world = a_busy_school(journey), journey.world
    shipped.load()
    with scope([world.oakfield.pk, world.brookside.pk]):
        for name, role, where in (("dina", "director", None), ("gwen", "governor", world.oakfield)):
            world.people[name] = a_person(name.title(), "Lowe")
            a_post(world.people[name], role, where)
        actions.refresh(schools=[world.oakfield.pk, world.brookside.pk], on=TODAY)
        actions.refresh_trust(on=TODAY)
    return busy.kuba.school_id


def test_a_duty_is_proved_seen_and_attested(journey: Journey, school: int, look: Look) -> None:
    senco, director, governor = journey.as_("amara"), journey.as_("dina"), journey.as_("gwen", phone=True)

    when_the_senco_reads_the_board(senco, school, look)
    when_the_director_sees_for_herself(director, school, look)
    then_what_she_said_stands_beside_the_state(senco, school, look)
    when_a_governor_looks_no_pupil_is_named(governor, school, look)


def when_the_senco_reads_the_board(page: Page, school: int, look: Look) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_text("More").click()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Duties").click()
    look(page, "Duties, Oakfield Primary School")
    page.goto(f"/duties/{school}/{RECORDS}/")
    look(page, "Special provision means additional or different")
    expect(
        page.get_by_text("Pupils behind this state").or_(page.get_by_text("Behind this state")).first
    ).to_be_visible()
    page.goto(f"/duties/statement/{school}/")
    look(page, "Duty statement")


def when_the_director_sees_for_herself(page: Page, school: int, look: Look) -> None:
    page.goto("/")
    look(page, "Duties across the trust")
    page.goto(f"/duties/{school}/{SEEN}/")
    page.get_by_role("link", name="Say what I saw").click()
    page.get_by_role("button", name="Keep what I saw").click()
    look.refused(page, "empty")
    page.get_by_label("I saw it").check()
    page.get_by_label("What did you see, and where?").fill("Two lessons in Year 4, with pictures beside each task.")
    page.get_by_label("On which day?").fill("20 Nov")
    page.get_by_role("button", name="Keep what I saw").click()
    expect(page.get_by_text("Only one person has seen this; it takes two.")).to_be_visible()
    look(page, "High-quality teaching")

    page.goto(f"/duties/{school}/{WORD}/")
    page.get_by_role("link", name="Attest").click()
    page.get_by_label("What shows it?").fill("Minutes of 3 November, kept in the governors’ folder.")
    page.get_by_label("Until when does your word stand?").fill("1 Jan 2030")
    page.get_by_role("button", name="Attest").click()
    look.refused(page, "a year at most")
    page.get_by_label("Until when does your word stand?").fill("1 Oct")
    page.get_by_role("button", name="Attest").click()
    expect(page.get_by_text("until 1 Oct 2027")).to_be_visible()


def then_what_she_said_stands_beside_the_state(page: Page, school: int, look: Look) -> None:
    page.goto(f"/duties/{school}/{WORD}/")
    expect(page.get_by_text("Minutes of 3 November, kept in the governors’ folder.")).to_be_visible()
    expect(page.get_by_text("Met").first).to_be_visible()
    look(page)


def when_a_governor_looks_no_pupil_is_named(page: Page, school: int, look: Look) -> None:
    page.goto("/")
    look(page, "Oakfield Primary School on one page")
    page.get_by_role("link", name="Every duty").click()
    look(page, "Duties, Oakfield Primary School")
    page.goto(f"/duties/{school}/{RECORDS}/")
    expect(page.get_by_text("Their names and small numbers are for those who may read their file.")).to_be_visible()
    for name in ("Kowalski", "Tanner", "Marlow", "Lindqvist"):
        expect(page.get_by_text(name)).to_have_count(0)
    look(page)
