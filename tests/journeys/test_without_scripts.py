"""An old laptop, a strict network, a script that did not come: the work goes on all the same."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from alongside.areas.classroom.actions import BriefDraft, write_brief
from alongside.areas.classroom.models import Acknowledgement
from alongside.areas.concerns.models import Concern
from alongside.areas.provision.models import Line, Session
from alongside.areas.support.models import Cycle
from alongside.areas.support.rules import Stage
from alongside.areas.support.tests.builders import a_cycle
from alongside.base.pupils.models import Pupil
from tests.journeys.conftest import Journey, Look
from tests.people import TODAY, a_class, a_parent, a_pupil, teaches

EIGHT_WEEKS_AGO = TODAY - timedelta(weeks=8)


@pytest.fixture
def kuba(journey: Journey) -> Pupil:
    """A pupil with a plan that runs and a brief that nobody has read."""
    world = journey.world
    with journey.build():
        kuba = a_pupil(world.oakfield)
        teaches(world.ben, a_class(world.oakfield, kuba))
        a_parent(world.ewa, kuba)
        amara = world.actor("amara")
        a_cycle(pupil=kuba, by=amara, at=Stage.DO, on=EIGHT_WEEKS_AGO, lead_id=world.ben.pk)
        Line.objects.update(adult=world.ben)
        draft = BriefDraft(good_at=["Maths", "Kind"], helps=["Wait ten seconds", "Show one first"])
        write_brief(pupil=kuba, draft=draft, what_changed="", version=0, by=amara, on=TODAY)
    return kuba


def test_a_concern_without_scripts(journey: Journey, kuba: Pupil, look: Look) -> None:
    page = journey.as_("ben", phone=True, script=False)
    page.goto("/concerns/new/")
    page.get_by_role("link", name="Kuba Kowalski").click()
    look(page, "A concern about Kuba Kowalski")
    page.get_by_role("button", name="Send to Ms Adeyemi").click()
    look.refused(page, "Say what you see, in a few words.")
    page.get_by_label("What do you see?").fill("Turns his head to hear.")
    page.get_by_label("Moved seat").check()
    page.get_by_label("A little").check()
    page.get_by_role("button", name="Send to Ms Adeyemi").click()
    look(page, "A concern about Kuba")
    with journey.build():
        assert Concern.objects.get(pupil=kuba).helped == "little"


def test_a_brief_without_scripts(journey: Journey, kuba: Pupil, look: Look) -> None:
    page = journey.as_("ben", phone=True, script=False)
    page.goto("/")
    page.get_by_role("link", name="Open Kuba’s brief").click()
    look(page, "Kuba")
    page.get_by_role("group", name="Wait ten seconds").get_by_role("button", name="Helped").click()
    helped = page.get_by_role("group", name="Wait ten seconds").get_by_role("button", name="Helped")
    expect(helped).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Got it").click()
    look(page, "4W")
    with journey.build():
        assert Acknowledgement.objects.get(pupil=kuba).confirmed_at


def test_a_session_without_scripts(journey: Journey, kuba: Pupil, look: Look) -> None:
    page = journey.as_("ben", phone=True, script=False)
    page.goto("/sessions/")
    page.get_by_role("link", name="Talking group").click()
    look(page, "Who was there?")
    page.get_by_role("button", name="I was covering").click()
    look(page, "Which group?")
    with journey.build():
        assert Session.objects.get(pupil=kuba).missed_because == "cover"


def test_a_review_without_scripts(journey: Journey, kuba: Pupil, look: Look) -> None:
    page = journey.as_("ben", script=False)
    page.goto("/plans/")
    page.get_by_role("link", name="Kuba Kowalski").click()
    page.get_by_role("link", name="Review", exact=True).click()
    look(page, "Review cycle 1")
    for number, result, measure in ((1, "Met", "6 of 6 parts"), (2, "Partly met", "")):
        judge(page, number, result, measure)
    page.get_by_label("What the pupil says").fill("I tell it to Ola.")
    page.get_by_label("What the parents say").fill("He asks for help.")
    page.get_by_label("Carry on as it is").check()
    page.get_by_role("button", name="Save the review").click()
    look.refused(page, "Give the measure now, or say why there is none.")
    judge(page, 2, "Partly met", "Twice a week")
    page.get_by_role("button", name="Save the review").click()
    look(page, "Cycle 1")
    with journey.build():
        assert Cycle.objects.get(pupil=kuba).reviewed_on == TODAY


def test_a_familys_answer_without_scripts(journey: Journey, kuba: Pupil, look: Look) -> None:
    page = journey.as_("ewa", phone=True, script=False)
    page.goto("/")
    page.get_by_role("link", name="What is happening").click()
    look(page, "What is happening")
    page.get_by_role("button", name="Disagree").first.click()
    look(page, "Tell us why")
    page.get_by_label("What is not right?").fill("He can do more than this.")
    page.get_by_role("button", name="Send").click()
    look(page, "What is happening")
    expect(page.get_by_text("He can do more than this.")).to_be_visible()


def judge(page: Page, number: int, result: str, measure: str) -> None:
    panel = page.get_by_role("region", name=f"Outcome {number}")
    panel.get_by_label(result, exact=True).check()
    panel.get_by_label("The measure now").fill(measure)
