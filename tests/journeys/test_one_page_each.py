"""One page each: a governor without a name, a headteacher's week, the trust's board, and a school that joins."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from alongside.areas.duties import actions, jobs, shipped
from alongside.areas.duties.models import Standing
from alongside.base.access.scope import all_schools, scope
from alongside.fronts.desk.structure.actions import SchoolDraft, add_school
from tests.journeys.busy_school import a_busy_school
from tests.journeys.conftest import Journey, Look
from tests.people import TODAY, a_person, a_post

NAMES = ("Kowalski", "Kuba", "Tanner", "Marlow", "Lindqvist")
RECORDS, WORD = "S00-23", "S03-44"


@pytest.fixture
def school(journey: Journey) -> int:
    """Oakfield with all there is to do; a governor, a director and an administrator; a history of two months."""
    busy, world = a_busy_school(journey), journey.world
    shipped.load()
    with scope(all_schools()):
        for name, role, where in (("gwen", "governor", world.oakfield), ("dina", "director", None)):
            world.people[name] = a_person(name.title(), "Lowe")
            a_post(world.people[name], role, where)
        schools = [world.oakfield.pk, world.brookside.pk]
        for day in (TODAY - timedelta(weeks=8), TODAY):
            actions.refresh(schools=schools, on=day)
            actions.refresh_trust(on=day)
    return busy.kuba.school_id


def test_one_page_each(journey: Journey, school: int, look: Look) -> None:
    governor, head, director = journey.as_("gwen", phone=True), journey.as_("hari"), journey.as_("dina")

    when_a_governor_reads_one_page_and_asks(governor, look)
    when_the_headteacher_reads_the_week_and_answers(head, school, look)
    then_the_governor_reads_the_answer(governor, look)
    when_somebody_tries_to_type_a_state(head, school)
    when_the_director_reads_the_board_and_delegates(director, look)
    when_a_school_joins(journey, director, look)


def no_name_in(page: Page) -> None:
    source = page.content()
    assert not [name for name in NAMES if name in source]


def when_a_governor_reads_one_page_and_asks(page: Page, look: Look) -> None:
    page.goto("/")
    look(page, "Oakfield Primary School on one page")
    expect(page.get_by_text("proved by records").first).to_be_visible()
    expect(page.get_by_text("Trend since 28 Sep 2026")).to_be_visible()
    expect(page.get_by_role("link", name="12 Records, publishing, complaints and policy")).to_be_visible()
    no_name_in(page)
    page.get_by_role("link", name="Ask a question").click()
    page.get_by_label("About what?").select_option("Support and its effect")
    page.get_by_label("What do you want to know?").fill("Is Kuba Kowalski helped?")
    page.get_by_role("button", name="Ask").click()
    look.refused(page, "looks like a name")
    page.get_by_label("What do you want to know?").fill("How do we know that the groups help?")
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_text("Answer due by Mon 7 Dec")).to_be_visible()
    no_name_in(page)


def when_the_headteacher_reads_the_week_and_answers(page: Page, school: int, look: Look) -> None:
    page.goto("/")
    look(page, "This week at Oakfield Primary School")
    expect(page.get_by_role("heading", name="Dates of the law")).to_be_visible()
    page.get_by_role("link", name="Answer", exact=True).click()
    page.get_by_label("Your answer").fill("Two of three groups do; the third has stopped.")
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_text("Two of three groups do; the third has stopped.")).to_be_visible()
    page.goto("/week/")
    page.get_by_label("How the term went").fill("Late.")
    page.get_by_role("button", name="Sign off the term").click()
    look.refused(page, "Write a sentence on how the term went")
    page.get_by_label("How the term went").fill("Two reviews are late. Both are booked for this week.")
    page.get_by_role("button", name="Sign off the term").click()
    expect(page.get_by_text("Two reviews are late. Both are booked for this week.")).to_be_visible()
    look(page, "This week at Oakfield Primary School")
    page.goto("/duties/mine/")
    page.get_by_role("button", name="I accept these duties").click()
    expect(page.get_by_text("Accepted", exact=True)).to_be_visible()
    look(page, "What you answer for")


def then_the_governor_reads_the_answer(page: Page, look: Look) -> None:
    page.goto("/")
    expect(page.get_by_text("Two of three groups do; the third has stopped.")).to_be_visible()
    look(page)
    no_name_in(page)


def when_somebody_tries_to_type_a_state(page: Page, school: int) -> None:
    """The form takes an explanation, and a field that somebody puts into it changes nothing."""
    page.goto(f"/duties/{school}/{RECORDS}/")
    before = state_of(school)
    page.get_by_role("link", name="Explain").click()
    expect(page.locator("[name=state]")).to_have_count(0)
    page.get_by_label("What should somebody who reads this know?").fill("Two groups begin after half term.")
    page.evaluate(
        "document.querySelector('main form').insertAdjacentHTML('beforeend', '<input name=state value=met><input name=met value=9>')"
    )
    page.get_by_role("button", name="Keep the explanation").click()
    expect(page.get_by_text("Two groups begin after half term.")).to_be_visible()
    assert state_of(school) == before
    answer = page.request.post(f"{page.url}", form={"state": "met"})
    assert answer.status in (403, 405)


def state_of(school: int) -> str:
    with scope([school]):
        return Standing.objects.get(duty=RECORDS, school=school, until=None).state


def when_the_director_reads_the_board_and_delegates(page: Page, look: Look) -> None:
    page.goto("/")
    look(page, "Duties across the trust")
    expect(page.get_by_role("heading", name="What needs somebody first")).to_be_visible()
    no_name_in(page)
    page.goto("/duties/scheme/")
    look(page, "Who answers for what")
    page.get_by_role("link", name="Let another role answer").click()
    page.get_by_label("Or the number of one duty").fill(WORD)
    page.get_by_label("Who is to answer?").select_option("Designated safeguarding lead")
    page.get_by_label("From which day?").fill("1 Dec")
    page.get_by_role("button", name="Keep this line").click()
    expect(page.get_by_text("To come", exact=True)).to_be_visible()
    page.goto(f"/duties/catalogue/{WORD}/")
    page.get_by_role("link", name="Propose a version").click()
    page.get_by_label("Title").fill("Our own title")
    page.get_by_label("From which day?").fill("1 Jan")
    page.get_by_role("button", name="Keep this version").click()
    look(page, "SENCO shapes SEND strategy")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Our own title")).to_have_count(0)


def when_a_school_joins(journey: Journey, director: Page, look: Look) -> None:
    """That day it has every duty, none of them proved, and its headteacher is asked to accept."""
    joined = added(journey)
    with scope(all_schools()):
        rows = Standing.objects.filter(school=joined, until=None)
        assert rows.count() == 306 and not rows.filter(state="met").exists()
    director.goto(f"/duties/?school={joined}")
    look(director, "Duties, Primary Three")
    director.goto("/duties/scheme/")
    expect(director.get_by_role("row", name="Primary Three Headteacher Awaited Never")).to_be_visible()
    head = journey.as_("nia")
    head.goto("/duties/mine/")
    look(head, "What you answer for")
    head.get_by_role("button", name="I accept these duties").click()
    director.goto("/duties/scheme/")
    expect(director.get_by_role("row", name="Primary Three Headteacher Awaited Never")).to_have_count(0)


def added(journey: Journey) -> int:
    """A school with its headteacher, added by the administrator; and what the job does that adding it asks for."""
    world = journey.world
    draft = SchoolDraft(urn="149876", la="201", establishment="2999", name="Primary Three", phase="primary")
    with scope(all_schools()):
        school = add_school(draft=draft, by=world.actor("sys"), on=TODAY)
    world.people["nia"] = a_person("Nia", "Lowe")
    a_post(world.people["nia"], "head", school, since=TODAY)
    jobs.recompute([school.pk])
    return school.pk
