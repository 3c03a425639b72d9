"""Staff are let in by the second step that this very session took, and by no other."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from tests.people import World

PASSWORD = "four-words-nobody-knows"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def staff(world: World, settings: Any) -> World:
    settings.SECOND_STEP = True
    account = world.amara.account
    account.set_password(PASSWORD)
    account.save()
    return world


def sign_in(world: World) -> Client:
    browser = Client()
    browser.post("/accounts/login/", {"login": world.amara.account.email, "password": PASSWORD})
    return browser


def code_now() -> str:
    return str(format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time())))))


def test_staff_without_a_second_step_are_asked_to_set_one_up(staff: World) -> None:
    assert sign_in(staff).get("/today/")["Location"] == "/accounts/2fa/"


def test_a_session_from_before_the_second_step_is_over_when_there_is_one(staff: World) -> None:
    before = sign_in(staff)
    TOTP.activate(staff.amara.account, SECRET)
    answer = before.get("/today/")
    assert answer["Location"] == "/accounts/login/?next=/today/"
    assert "_auth_user_id" not in before.session


def test_a_code_opens_the_pages_and_the_session_has_another_key(staff: World) -> None:
    TOTP.activate(staff.amara.account, SECRET)
    browser = sign_in(staff)
    assert browser.get("/today/")["Location"].startswith("/accounts/login/"), "the password alone is not enough"
    before = browser.session.session_key
    browser = sign_in(staff)
    browser.post("/accounts/2fa/authenticate/", {"code": code_now()})
    assert browser.get("/today/").status_code == 200
    assert browser.session.session_key != before


def test_a_wrong_code_is_refused_in_our_words(staff: World) -> None:
    TOTP.activate(staff.amara.account, SECRET)
    browser = sign_in(staff)
    page = browser.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert b"That is not the code." in page.content
    assert browser.get("/today/").status_code == 302


def test_a_recovery_code_alone_is_no_second_step(staff: World) -> None:
    Authenticator.objects.create(user=staff.amara.account, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert sign_in(staff).get("/today/")["Location"] == "/accounts/2fa/"
