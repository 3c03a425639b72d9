"""Coming in and going out: a password and a second step for staff, a card in a copy to play in."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from alongside.base.access.models import Post
from tests.journeys.conftest import Journey, Look
from tests.people import TODAY, a_pupil

PASSWORD = "a-bird-on-a-long-branch"


@pytest.fixture
def with_second_step(settings: Any) -> None:
    """As a school runs it: a second step for everybody on the staff."""
    settings.SECOND_STEP, settings.MFA_TOTP_TOLERANCE = True, 1


@pytest.fixture
def email(journey: Journey) -> str:
    """Amara's address. Her password is set, and she has no second step yet."""
    account = journey.world.amara.account
    account.set_password(PASSWORD)
    account.save()
    return str(account.email)


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.get_by_label("Your school email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def code_of(secret: str) -> str:
    """What an app on a phone would show now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


@pytest.mark.usefixtures("with_second_step")
def test_a_second_step_is_set_up_once_and_asked_for_each_time(journey: Journey, email: str, look: Look) -> None:
    page = journey.window()
    then_a_wrong_password_says_so_and_no_more(page, email, look)
    sign_in(page, email)
    then_nothing_opens_without_a_second_step(page, look)
    secret = when_an_app_with_codes_is_set_up(page, look)
    codes = when_recovery_codes_are_made(page, look)
    page.goto("/")
    look(page, "Monday 23 November")

    when_the_senco_signs_out(page, look)
    then_the_way_back_shows_nothing(page)

    page.goto("/today/")
    sign_in(page, email)
    then_a_wrong_code_is_refused(page, look)
    when_a_recovery_code_is_used(page, codes[0], look)
    when_the_senco_signs_out(page, look)
    then_a_recovery_code_works_once(page, email, codes[0], look)
    page.get_by_label("Code").fill(codes[1])
    page.get_by_role("button", name="Go on").click()
    look(page, "Monday 23 November")
    assert len(set(codes)) == 10 and secret


def test_a_card_is_one_click_in_a_copy_to_play_in_and_absent_elsewhere(
    journey: Journey, settings: Any, look: Look
) -> None:
    page = journey.window()
    page.goto("/demo/")
    look(page, "Choose who you are")
    journey.hand.start()
    page.get_by_role("button", name="Amara Adeyemi").click()
    look(page, "Monday 23 November")
    assert journey.hand.taps == 1
    settings.DEMO = False
    page.goto("/demo/")
    look(page, "There is nothing here")


def test_a_role_that_ends_closes_the_next_page(journey: Journey, look: Look) -> None:
    with journey.build():
        pupil = a_pupil(journey.world.oakfield)
    page = journey.as_("amara")
    page.goto(f"/pupils/{pupil.pk}/")
    look(page, "Kuba")
    Post.objects.filter(person=journey.world.amara).update(until=TODAY - timedelta(days=1))
    page.reload()
    look(page, "There is nothing here")
    expect(page.get_by_text("Kowalski")).to_have_count(0)
    page.goto("/")
    look(page, "Good to see you")
    expect(page.get_by_text("You hold no post today")).to_be_visible()


# --- Steps ----------------------------------------------------------------------------------------------


def then_a_wrong_password_says_so_and_no_more(page: Page, email: str, look: Look) -> None:
    """The answer is the same for an address that nobody has."""
    page.goto("/today/")
    look(page, "Sign in")
    said = []
    for address in (email, "nobody@oakfield.example"):
        sign_in(page, address, "not-my-password")
        alert = page.get_by_role("alert")
        expect(alert).to_be_visible()
        said.append(alert.inner_text())
        look(page, "Sign in")
    assert said[0] == said[1]


def then_nothing_opens_without_a_second_step(page: Page, look: Look) -> None:
    look(page, "How you sign in")
    expect(page.get_by_text("Staff need a second step, because children’s records are behind it.")).to_be_visible()
    for address in ("/today/", "/pupils/", "/notices/"):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_text("How you sign in")


def when_an_app_with_codes_is_set_up(page: Page, look: Look) -> str:
    page.get_by_role("listitem").filter(has_text="An app with codes").get_by_role("link", name="Set it up").click()
    look(page, "Set up an app with codes")
    secret = page.locator("code").inner_text()
    page.get_by_label("Six figures").fill(code_of(secret))
    page.get_by_role("button", name="Start using it").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Set up an app with codes")
    return secret


def when_recovery_codes_are_made(page: Page, look: Look) -> list[str]:
    page.goto("/accounts/2fa/")
    look(page, "How you sign in")
    page.get_by_role("listitem").filter(has_text="Recovery codes").get_by_role("link").first.click()
    look(page, "Recovery codes")
    return page.locator(".codes code").all_inner_texts()


def when_the_senco_signs_out(page: Page, look: Look) -> None:
    page.get_by_text("Amara Adeyemi, SENCO").click()
    page.get_by_role("button", name="Sign out").click()
    look(page, "Sign in")


def then_the_way_back_shows_nothing(page: Page) -> None:
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(page.get_by_text("Legal dates")).to_have_count(0)


def then_a_wrong_code_is_refused(page: Page, look: Look) -> None:
    look(page, "The second step")
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Go on").click()
    look.refused(page, "That is not the code.")


def when_a_recovery_code_is_used(page: Page, code: str, look: Look) -> None:
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Go on").click()
    look(page, "Monday 23 November")


def then_a_recovery_code_works_once(page: Page, email: str, code: str, look: Look) -> None:
    page.goto("/today/")
    sign_in(page, email)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Go on").click()
    look.refused(page, "That is not the code.")
