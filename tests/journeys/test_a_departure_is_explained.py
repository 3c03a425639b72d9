"""A school does otherwise than the Code asks: it says why on the day, the headteacher decides, a tribunal can read it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Journey, Look
from tests.people import a_pupil

WHY = "He is heard at home, by his own wish and his mother’s."


def test_a_departure_is_explained(journey: Journey, look: Look) -> None:
    with journey.build():
        pupil = a_pupil(journey.world.oakfield).pk
    senco, head = journey.as_("amara"), journey.as_("hari", phone=True)

    when_the_senco_logs_it_without_a_reason_and_then_with_one(senco, pupil, look)
    when_the_headteacher_is_told_and_agrees(head, look)
    then_the_statement_says_all_of_it(senco, pupil, look)


def when_the_senco_logs_it_without_a_reason_and_then_with_one(page: Page, pupil: int, look: Look) -> None:
    page.goto(f"/duties/pupils/{pupil}/")
    page.get_by_role("link", name="Log a departure from the Code").click()
    look(page, "Log a departure")
    page.get_by_label("What the Code asks").select_option("GA-09")
    page.get_by_label("What is done instead").fill("His views are gathered at home by a drawing.")
    page.get_by_label("Why", exact=True).fill("n/a")
    page.get_by_label("What it means for the pupil").fill("He says more, and earlier.")
    page.get_by_role("button", name="Log it").click()
    look.refused(page, "Without one it is no departure")
    page.get_by_label("Why", exact=True).fill(WHY)
    page.get_by_role("button", name="Log it").click()
    look(page, "Departure from paragraph")
    expect(page.get_by_text("Waits for a decision")).to_be_visible()


def when_the_headteacher_is_told_and_agrees(page: Page, look: Look) -> None:
    page.goto("/notices/")
    page.get_by_role("button", name="waits for your decision").or_(
        page.get_by_role("link", name="waits for your decision")
    ).first.click()
    page.get_by_role("link", name="Decide").click()
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Keep the decision").click()
    expect(page.get_by_text("Agreed", exact=True)).to_be_visible()
    look(page)


def then_the_statement_says_all_of_it(page: Page, pupil: int, look: Look) -> None:
    page.goto(f"/departures/pupils/{pupil}/statement/")
    look(page)
    expect(page.get_by_text(WHY)).to_be_visible()
    expect(page.get_by_text("agreed", exact=False).first).to_be_visible()
    expect(page.get_by_role("link", name="PDF")).to_be_visible()
