"""Nothing that somebody typed is ever lost: not by leaving, not by a colleague, not by a line that goes down."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from alongside.areas.concerns.models import Concern
from alongside.areas.support.models import Cycle
from alongside.areas.support.rules import Stage
from alongside.areas.support.tests.builders import a_cycle
from alongside.base.pupils.models import Pupil
from tests.journeys.conftest import Journey, Look
from tests.people import TODAY, a_class, a_pupil, teaches

LONG_SENTENCE = "He hears the start of a sentence and loses its end, above all in the hall."


@pytest.fixture
def kuba(journey: Journey) -> Pupil:
    world = journey.world
    with journey.build():
        kuba = a_pupil(world.oakfield)
        teaches(world.ben, a_class(world.oakfield, kuba))
        when = TODAY - timedelta(weeks=2)
        a_cycle(pupil=kuba, by=world.actor("amara"), at=Stage.DO, on=when, lead_id=world.ben.pk)
    return kuba


def open_the_plan(page: Page) -> None:
    page.goto("/plans/")
    page.get_by_role("link", name="Kuba Kowalski").click()
    page.get_by_role("link", name="Change the plan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Plan")


def in_the_way(page: Page, text: str) -> None:
    page.get_by_label("What gets in the way").fill(text)


def is_saved(page: Page) -> None:
    expect(page.locator("[data-save-line]").filter(visible=True)).to_contain_text("Saved ")


def test_what_was_typed_is_there_again_on_another_device(journey: Journey, kuba: Pupil, look: Look) -> None:
    desk = journey.as_("ben")
    open_the_plan(desk)
    in_the_way(desk, LONG_SENTENCE)
    is_saved(desk)
    desk.goto("/classes/")

    phone = journey.as_("ben", phone=True)
    open_the_plan(phone)
    look(phone, "Plan")
    expect(phone.get_by_label("What gets in the way")).to_have_value(LONG_SENTENCE)
    expect(phone.get_by_text("What you had typed before is back.")).to_be_visible()
    with journey.build():
        assert Cycle.objects.get(pupil=kuba).difficulties == "Long spoken instructions.", "a draft is not the plan"

    colleague = journey.as_("amara")
    open_the_plan(colleague)
    expect(colleague.get_by_label("What gets in the way")).to_have_value("Long spoken instructions.")


def test_a_line_that_goes_down_keeps_the_words_on_the_device(journey: Journey, kuba: Pupil, look: Look) -> None:
    page = journey.as_("ben", phone=True)
    page.goto(f"/concerns/new/{kuba.pk}/")
    page.context.set_offline(True)
    page.get_by_label("What do you see?").fill(LONG_SENTENCE)
    expect(page.locator("[data-save-line]")).to_contain_text("on this device")
    look(page, "A concern about Kuba Kowalski")
    page.context.set_offline(False)
    is_saved(page)
    page.get_by_role("button", name="Send to Ms Adeyemi").click()
    look(page, "A concern about Kuba")
    page.goto(f"/concerns/new/{kuba.pk}/")
    expect(page.get_by_label("What do you see?")).to_have_value("")


def test_two_people_who_write_one_plan_see_both_texts(journey: Journey, kuba: Pupil, look: Look) -> None:
    first, second = journey.as_("ben"), journey.as_("amara")
    open_the_plan(first)
    open_the_plan(second)
    in_the_way(first, "Long instructions in the hall.")
    first.get_by_role("button", name="Save", exact=True).click()
    expect(first.get_by_text("Saved.")).to_be_visible()

    in_the_way(second, LONG_SENTENCE)
    second.get_by_role("button", name="Save", exact=True).click()
    look(second, "Two people were writing")
    expect(second.get_by_text("Long instructions in the hall.")).to_be_visible()
    expect(second.get_by_text(LONG_SENTENCE)).to_be_visible()
    with journey.build():
        assert Cycle.objects.get(pupil=kuba).difficulties == "Long instructions in the hall."

    second.get_by_role("link", name="Open the plan as it is now").click()
    in_the_way(second, f"Long instructions in the hall. {LONG_SENTENCE}")
    second.get_by_role("button", name="Save", exact=True).click()
    expect(second.get_by_text("Saved.")).to_be_visible()
    with journey.build():
        assert Cycle.objects.get(pupil=kuba).difficulties == f"Long instructions in the hall. {LONG_SENTENCE}"


def test_a_double_press_sends_once(journey: Journey, kuba: Pupil, look: Look) -> None:
    page = journey.as_("ben", phone=True)
    page.goto(f"/concerns/new/{kuba.pk}/")
    page.get_by_label("What do you see?").fill(LONG_SENTENCE)
    page.get_by_role("button", name="Send to Ms Adeyemi").dblclick()
    look(page, "A concern about Kuba")
    with journey.build():
        assert Concern.objects.filter(pupil=kuba).count() == 1
