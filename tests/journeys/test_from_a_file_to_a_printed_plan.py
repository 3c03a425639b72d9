"""From the file that a school's MIS exports to a plan on paper; and the file taken back again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from alongside.areas.provision.catalogue import seed_catalogue
from alongside.areas.register.actions import change_needs
from alongside.areas.register.rules import NeedDraft
from alongside.areas.support.models import Cycle
from alongside.base.pupils.models import Pupil
from alongside.base.schools.models import School
from tests.journeys.conftest import ROOT, Journey, Look

FILE = ROOT / "alongside" / "fronts" / "exchange" / "samples" / "2019001_CTF_2019001_001.xml"
MONDAY = date(2026, 11, 23)
LONG = 60_000  # milliseconds; the file is read by another process, which has to start first


@pytest.fixture
def school(journey: Journey) -> Iterator[School]:
    """Oakfield as the school that the file is for, with a worker at its queue and no pupil yet."""
    oakfield = journey.world.oakfield
    School.objects.filter(pk=oakfield.pk).update(urn="190001", la="201", establishment="9001")
    with journey.build():
        seed_catalogue()
    journey.on(MONDAY)
    with journey.worker():
        yield oakfield


def test_from_a_file_to_a_printed_plan(journey: Journey, school: School, look: Look) -> None:
    page = journey.as_("amara")

    when_the_file_is_uploaded(page, look)
    then_it_says_what_would_change_before_anything_does(journey, page, look)
    when_it_is_brought_in(page, look)

    then_any_pupil_is_two_actions_away(journey, page, look)
    when_support_is_decided_told_and_started(page, look)
    when_a_plan_is_written(page, look)
    then_the_plan_on_paper_says_the_same(journey, page)


def test_the_same_file_again_changes_nothing_and_can_be_undone(journey: Journey, school: School, look: Look) -> None:
    page = journey.as_("amara")
    when_the_file_is_uploaded(page, look)
    when_it_is_brought_in(page, look)

    when_the_file_is_uploaded(page, look)
    expect(page.get_by_text("Nothing to bring in. Alongside already says the same.")).to_be_visible()

    page.goto("/exchange/")
    look(page, "Bring pupils in")
    page.get_by_role("row").filter(has_text="Brought in").get_by_role("link").click()
    page.get_by_text("Undo this file").first.click()
    page.get_by_role("button", name="Undo this file").click()
    expect(page.get_by_text("Undone.")).to_be_visible(timeout=LONG)
    look(page, FILE.name)
    with journey.build():
        assert not Pupil.objects.filter(school=school).exists()


def test_a_need_that_the_file_tells_otherwise_is_decided_by_hand(journey: Journey, school: School, look: Look) -> None:
    page = journey.as_("amara")
    when_the_file_is_uploaded(page, look)
    when_it_is_brought_in(page, look)
    with journey.build():
        jude = Pupil.objects.get(given_name="Jude", family_name="Xu")
        heard = [NeedDraft("HI", 1)]
        change_needs(pupil=jude, needs=heard, by=journey.world.actor("amara"), on=MONDAY, why="Hearing test of 16 Nov.")

    when_the_file_is_uploaded(page, look)
    row = page.get_by_role("row").filter(has_text="Jude Xu")
    expect(row).to_contain_text("ours Hearing impairment")
    expect(row).to_contain_text("the file’s Speech, language and communication needs")
    row.get_by_label("Keep ours").check()
    page.get_by_role("button", name="Keep these decisions").click()
    page.get_by_role("button", name="Keep ours for 1 pupil").click()
    expect(page.get_by_text("Nothing was brought in.")).to_be_visible(timeout=LONG)
    look(page, FILE.name)
    with journey.build():
        assert list(jude.needs.filter(until=None).values_list("code", flat=True)) == ["HI"]


# --- The file -------------------------------------------------------------------------------------------


def when_the_file_is_uploaded(page: Page, look: Look) -> None:
    page.goto("/exchange/")
    look(page, "Bring pupils in")
    page.get_by_label("The file").set_input_files(FILE)
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_role("navigation", name="Rows of this file")).to_be_visible(timeout=LONG)
    look(page, FILE.name)


def then_it_says_what_would_change_before_anything_does(journey: Journey, page: Page, look: Look) -> None:
    expect(page.get_by_role("button", name="Bring in 56 pupils")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Jude Xu")).to_be_visible()
    with journey.build():
        assert not Pupil.objects.exists()


def when_it_is_brought_in(page: Page, look: Look) -> None:
    page.get_by_role("button", name="Bring in 56 pupils").click()
    expect(page.get_by_text("Brought in: 56 pupils are new or changed.")).to_be_visible(timeout=LONG)
    look(page, FILE.name)


def then_any_pupil_is_two_actions_away(journey: Journey, page: Page, look: Look) -> None:
    """A few letters, and Enter."""
    page.get_by_role("searchbox", name="Find a pupil").focus()
    journey.hand.start()
    page.keyboard.type("milo va")
    page.keyboard.press("Enter")
    look(page, "Milo")
    expect(page.get_by_text("Milo Vance, Year 2")).to_be_visible()
    assert (journey.hand.taps, journey.hand.letters, journey.hand.keys) == (0, 7, 1)


# --- The register ---------------------------------------------------------------------------------------


def when_support_is_decided_told_and_started(page: Page, look: Look) -> None:
    page.get_by_role("link", name="Decide on SEN support").click()
    look(page, "Decide on support for Milo")
    page.get_by_role("group", name="Is there a learning difficulty").get_by_label("Yes").check()
    page.get_by_label("What shows it?").fill("Reads 14 words a minute; others in the class 60.")
    page.get_by_label("Date of the evidence").fill("16 Nov 2026")
    page.get_by_role("group", name="Does it call for something").get_by_label("Yes").check()
    page.get_by_label("What is needed beyond ordinary teaching?").fill("Daily reading with an adult.")
    page.get_by_label("Main need", exact=True).select_option("SPLD")
    page.get_by_role("button", name="Record the decision").click()
    look(page, "Tell the parent about SEN support")
    page.get_by_label("By telephone").check()
    page.get_by_role("button", name="Save, then start").click()
    look(page, "Start SEN support")
    page.get_by_role("button", name="Start SEN support").click()
    look(page, "Milo")
    expect(page.get_by_text("SEN support since 23 Nov 2026")).to_be_visible()


# --- The plan -------------------------------------------------------------------------------------------


def when_a_plan_is_written(page: Page, look: Look) -> None:
    page.get_by_role("link", name="Start the plan").first.click()
    look(page, "Start a plan for Milo")
    page.get_by_role("button", name="Start the cycle").click()
    look(page, "Assess")
    page.get_by_role("button", name="Go on to the plan").click()
    look(page, "Plan")
    page.get_by_label("What Milo does well").fill("Tells long stories\nHelps others tidy up")
    page.get_by_label("What gets in the way").fill("Long pages of small print.")
    for number, text, now, target in (
        (1, "Milo reads a page by himself.", "Four lines", "A whole page"),
        (2, "Milo asks when he is stuck.", "Never asks", "Once a lesson"),
    ):
        panel = page.get_by_role("region", name=f"Outcome {number}")
        panel.get_by_label("What will be different").fill(text)
        panel.get_by_label("Where are they now?").fill(now)
        panel.get_by_label("How will we tell?").fill("Counted each Friday")
        panel.get_by_label("What do we aim for?").fill(target)
        panel.get_by_label("By when?").fill("12 Feb 2027")
    page.get_by_label("Feelings and friendships").fill("Plays with Bo. Happy at lunch.")
    page.get_by_label("How the pupil makes themselves understood").fill("Talks well.")
    page.get_by_label("What the pupil says").fill("The words jump.")
    page.get_by_label("What the parents say").fill("He loves to be read to.")
    page.get_by_label("Who agreed the plan").fill("Ms Vance, Milo and Ms Adeyemi")
    page.get_by_label("Review on").fill("12 Feb 2027")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.get_by_role("link", name="Add provision").click()
    page.get_by_label("What", exact=True).select_option("One-to-one reading, structured")
    page.get_by_role("button", name="Promise it").click()
    look(page, "Put One-to-one reading, structured in the plan")
    page.get_by_label("Milo reads a page by himself.").check()
    page.get_by_role("button", name="Put it in the plan").click()
    look(page, "Plan")
    page.get_by_role("link", name="Back to the cycle").click()
    page.get_by_role("button", name="Agree and begin").click()
    expect(page.get_by_role("link", name="Review", exact=True)).to_be_visible()
    look(page, "Cycle 1")


def then_the_plan_on_paper_says_the_same(journey: Journey, page: Page) -> None:
    """The browser would show it in a viewer of its own, so the file is fetched with the page's session."""
    address = page.get_by_role("link", name="Print the plan").get_attribute("href")
    answer = page.context.request.get(f"{journey.url}{address}")
    assert answer.headers["content-type"] == "application/pdf"
    paper = journey.pictures / "plan.pdf"
    paper.write_bytes(answer.body())
    words = text_of(paper)
    for part in (
        "Milo", "Tells long stories", "Milo reads a page by himself.", "Counted each Friday", "A whole page",
        "One-to-one reading, structured", "The words jump.", "He loves to be read to.",
    ):  # fmt: skip
        assert part in words
    with journey.build():
        assert Cycle.objects.get().started_on == MONDAY


def text_of(paper: Path) -> str:
    """The words of a PDF, each space one space."""
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(paper)]
    return " ".join(" ".join(pages).split())
