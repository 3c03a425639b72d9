"""The SENCO before three days away: what can wait waits, the law's dates do not, and a colleague has the list."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from alongside.areas.clocks.actions import warn
from alongside.areas.morning.tests.reader import read
from alongside.base.access.scope import scope
from alongside.base.deadlines.models import Deadline
from tests.journeys.busy_school import a_busy_school
from tests.journeys.conftest import Journey, Look
from tests.people import TODAY


@pytest.fixture
def warned(journey: Journey) -> None:
    """Oakfield after two nights of warnings."""
    a_busy_school(journey)
    oakfield = journey.world.oakfield
    with scope([oakfield.pk]):
        for ago in (3, 0):
            warn(school=oakfield, on=TODAY - timedelta(days=ago))


@pytest.mark.usefixtures("warned")
def test_hand_over_and_put_off(journey: Journey, look: Look) -> None:
    senco, head, colleague = journey.as_("amara"), journey.as_("hari", phone=True), journey.as_("ben")

    when_the_senco_puts_a_row_off(senco, look)
    then_a_date_of_the_law_is_refused(senco, journey, look)
    when_she_says_why_a_date_was_missed(senco, look)
    when_she_takes_her_dates_into_her_calendar(senco, journey, look)
    when_she_hands_the_list_over(senco, look)
    then_her_colleague_has_it(colleague, look)
    then_the_head_sees_what_was_brought_to_him(head, look)
    when_she_takes_it_back(senco, colleague, look)


def when_the_senco_puts_a_row_off(page: Page, look: Look) -> None:
    page.goto("/today/")
    look(page, "Monday 23 November")
    rest = page.get_by_role("region", name="The rest")
    rows = rest.get_by_role("listitem").count()
    rest.get_by_role("link", name="Put off").last.click()
    look(page, "Put off:")
    page.get_by_label("On which day is it back?").fill("20 Nov")
    page.get_by_label("Why can it wait?").fill("After the hearing test")
    page.get_by_role("button", name="Put it off").click()
    look.refused(page, "at most")
    page.get_by_label("On which day is it back?").fill("2 Dec")
    page.get_by_role("button", name="Put it off").click()
    expect(page.get_by_text("It is back on 2 Dec 2026; its date stays")).to_be_visible()
    expect(page.get_by_role("region", name="The rest").get_by_role("listitem")).to_have_count(rows - 1)
    page.get_by_role("link", name="Put off", exact=True).last.click()
    look(page, "Put off")
    expect(page.get_by_text("After the hearing test")).to_be_visible()


def then_a_date_of_the_law_is_refused(page: Page, journey: Journey, look: Look) -> None:
    page.goto("/today/")
    legal = page.get_by_role("region", name="Legal dates")
    expect(legal.get_by_role("link", name="Put off")).to_have_count(0)
    with journey.build():
        row = Deadline.objects.filter(band="legal", due__gt=TODAY).earliest("due").pk
    page.goto(f"/today/rows/{row}/wait/")
    page.get_by_label("On which day is it back?").fill("25 Nov")
    page.get_by_label("Why can it wait?").fill("Too much to do")
    page.get_by_role("button", name="Put it off").click()
    look.refused(page, "The law sets this date")


def when_she_says_why_a_date_was_missed(page: Page, look: Look) -> None:
    page.goto("/today/")
    page.get_by_role("link", name="Say why it was missed").first.click()
    look(page, "A date that was missed")
    page.get_by_role("button", name="Keep the reason").click()
    look.refused(page, "empty")
    page.get_by_label("Somebody outside the school had not answered").check()
    page.get_by_label("In a sentence").fill("The council’s officer could not come before December.")
    page.get_by_role("button", name="Keep the reason").click()
    expect(page.get_by_text("The date stands as it was.")).to_be_visible()


def when_she_takes_her_dates_into_her_calendar(page: Page, journey: Journey, look: Look) -> None:
    page.goto("/today/")
    page.get_by_role("link", name="In your calendar").click()
    look(page, "Your calendar")
    page.get_by_role("button", name="Make an address").click()
    look(page, "Your calendar")
    address = page.get_by_label("Address of your calendar").input_value()
    program = journey.window().context.request
    calendar = read(program.get(address).body())
    assert "Annual review decided, legal date" in {part.text("SUMMARY") for part in calendar.parts}
    assert not re.search("Kowalski|Tanner|Malik|Kuba", program.get(address).text())
    page.goto("/calendar/")
    expect(page.get_by_text("2 times in all")).to_be_visible()
    page.get_by_role("button", name="End it").click()
    expect(page.get_by_text("The address has ended.")).to_be_visible()
    assert program.get(address).status == 404
    page.get_by_role("link", name="Morning mail", exact=True).last.click()
    look(page, "Morning mail")


def when_she_hands_the_list_over(page: Page, look: Look) -> None:
    page.goto("/today/")
    page.get_by_role("link", name="Hand it over").click()
    look(page, "Hand over today’s list")
    page.get_by_label("To whom?").select_option(label="Ben Whitlock, class teacher or tutor")
    page.get_by_label("Last day").fill("22 Nov 2026")
    page.get_by_label("Why?").fill("A course in Leeds")
    page.get_by_label("What should they know first?").fill("Registers are in the shared folder.")
    page.get_by_role("button", name="Hand it over").click()
    look.refused(page, "before the first")
    page.get_by_label("Last day").fill("25 Nov")
    page.get_by_role("button", name="Hand it over").click()
    look(page, "Notes for Ben Whitlock")
    page.get_by_role("textbox", name=re.compile("Alfie Tanner")).first.fill("Ring the council before nine.")
    page.get_by_role("button", name=re.compile("Keep the note to Alfie Tanner")).first.click()
    expect(page.get_by_text("The note is kept.")).to_be_visible()


def then_her_colleague_has_it(page: Page, look: Look) -> None:
    page.goto("/")
    look(page, "Monday 23 November")
    expect(page.get_by_text("Amara Adeyemi handed you this list until 25 Nov 2026.")).to_be_visible()
    expect(page.get_by_text("Note: Ring the council before nine.")).to_be_visible()
    expect(page.get_by_role("link", name="Hand it over")).to_have_count(0)
    page.get_by_role("link", name="How the clocks run").click()
    look(page, "How the clocks run")


def then_the_head_sees_what_was_brought_to_him(page: Page, look: Look) -> None:
    page.goto("/today/")
    look(page, "Monday 23 November")
    expect(page.get_by_text("The headteacher was told on 23 Nov").first).to_be_visible()
    expect(page.get_by_text("Reason given").first).to_be_visible()
    page.goto("/clocks/")
    look(page, "How the clocks run")
    page.get_by_role("link", name="Who is warned, and when").click()
    look(page, "Warnings, Oakfield Primary School")
    page.get_by_role("link", name=re.compile(r"Warn earlier.*Every other date of the law, the headteacher")).click()
    page.get_by_label("Days before the date").fill("1")
    page.get_by_role("button", name="Keep these").click()
    look.refused(page, "never later")
    page.get_by_label("Days before the date").fill("10, 5, 1")
    page.get_by_role("button", name="Keep these").click()
    expect(page.get_by_text("10 days before, 5 days before, 1 day before").first).to_be_visible()


def when_she_takes_it_back(senco: Page, colleague: Page, look: Look) -> None:
    senco.goto("/today/hand-over/")
    senco.get_by_role("button", name="Take it back from Ben Whitlock").click()
    expect(senco.get_by_text("The list is taken back. Ben Whitlock covers no more.")).to_be_visible()
    look(senco)
    colleague.goto("/today/")
    expect(colleague.get_by_role("heading", level=1)).not_to_contain_text("Monday")
