"""Signing in with the trust's own account: a directory that answers inside the test, and whom it may let in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from alongside.base.people.adapter import SocialAdapter
from alongside.base.people.models import Account
from tests.people import World

SERVER = "https://directory.example"
CALLBACK = "/accounts/oidc/entra/login/callback/"


@dataclass
class Answer:
    body: dict[str, Any]
    status_code: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"content-type": "application/json"})

    def json(self) -> dict[str, Any]:
        return self.body

    def raise_for_status(self) -> None:
        assert self.status_code == 200


@dataclass
class Directory:
    """An OpenID provider: its configuration, one token, and who that token belongs to."""

    claims: dict[str, Any]
    asked: list[str] = field(default_factory=list)

    def __enter__(self) -> Directory:
        return self

    def __exit__(self, *_: object) -> None: ...

    def get(self, url: str, **_: Any) -> Answer:
        self.asked.append(url)
        if "/.well-known/" in url:
            places = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
            return Answer({"issuer": SERVER, **{f"{n}_endpoint": f"{SERVER}/{p}" for n, p in places.items()}})
        return Answer(self.claims)

    def request(self, method: str, url: str, **_: Any) -> Answer:
        self.asked.append(url)
        return Answer({"access_token": "a-token", "token_type": "Bearer"})


@pytest.fixture
def settings_name_it(settings: Any) -> None:
    app = {"provider_id": "entra", "name": "Microsoft Entra", "client_id": "us", "secret": "ours"}
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [{**app, "settings": {"server_url": SERVER}}]}
    }


def come_in(monkeypatch: Any, browser: Client, *, process: str = "login", **claims: object) -> Any:
    """Press the button, go to the directory, and come back with what it says."""
    directory = Directory({"sub": "42", **claims})
    monkeypatch.setattr(SocialAdapter, "get_requests_session", lambda self: directory)
    start = browser.post(f"/accounts/oidc/entra/login/?process={process}")
    there = urlsplit(start["Location"])
    asked = parse_qs(there.query)
    assert (there.netloc, there.path) == ("directory.example", "/authorize")
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [f"http://testserver{CALLBACK}"]
    return browser.get(CALLBACK, {"code": "a-code", "state": asked["state"][0]})


def is_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


@pytest.mark.usefixtures("settings_name_it")
class TestWhoMayComeIn:
    def test_somebody_invited_comes_in_with_an_address_that_the_directory_vouches_for(
        self, world: World, monkeypatch: Any
    ) -> None:
        browser = Client()
        answer = come_in(monkeypatch, browser, email=world.amara.account.email, email_verified=True)
        assert answer["Location"] == "/"
        assert browser.session["_auth_user_id"] == str(world.amara.account.pk)

    def test_nobody_comes_in_with_an_address_that_was_not_invited(self, world: World, monkeypatch: Any) -> None:
        before, browser = Account.objects.count(), Client()
        come_in(monkeypatch, browser, email="stranger@oakfield.example", email_verified=True)
        assert not is_in(browser)
        assert Account.objects.count() == before

    @pytest.mark.parametrize("vouched", [{}, {"email_verified": False}])
    def test_an_address_that_nobody_vouches_for_opens_nothing(
        self, vouched: dict[str, Any], world: World, monkeypatch: Any
    ) -> None:
        browser = Client()
        come_in(monkeypatch, browser, email=world.amara.account.email, **vouched)
        assert not is_in(browser)

    def test_an_account_that_was_closed_stays_closed(self, world: World, monkeypatch: Any) -> None:
        Account.objects.filter(pk=world.amara.account.pk).update(is_active=False)
        browser = Client()
        come_in(monkeypatch, browser, email=world.amara.account.email, email_verified=True)
        assert not is_in(browser)

    def test_an_answer_that_nobody_asked_for_is_refused(self, world: World, monkeypatch: Any) -> None:
        browser = Client()
        come_in(monkeypatch, Client(), email=world.amara.account.email, email_verified=True)
        browser.get(CALLBACK, {"code": "a-code", "state": "made-up"})
        assert not is_in(browser)

    def test_staff_still_take_the_second_step(self, world: World, settings: Any, monkeypatch: Any) -> None:
        settings.SECOND_STEP = True
        browser = Client()
        come_in(monkeypatch, browser, email=world.amara.account.email, email_verified=True)
        assert browser.get("/today/")["Location"] == "/accounts/2fa/"

    def test_an_account_with_another_address_cannot_be_joined_to_ones_own(self, world: World, monkeypatch: Any) -> None:
        browser = Client()
        browser.force_login(world.amara.account, backend="alongside.base.access.backends.Backend")
        come_in(monkeypatch, browser, process="connect", email="mine@mail.example", email_verified=True)
        stranger = Client()
        come_in(monkeypatch, stranger, email="mine@mail.example", email_verified=True)
        assert not is_in(stranger)

    def test_the_button_is_there(self, world: World) -> None:
        assert "trust’s account" in Client().get("/accounts/login/").content.decode()


def test_without_configuration_there_is_no_button_and_no_address(world: World) -> None:
    assert "trust’s account" not in Client().get("/accounts/login/").content.decode()
    assert Client().post("/accounts/oidc/entra/login/").status_code == 404


def test_nobody_makes_an_account_at_the_door(world: World) -> None:
    before = Account.objects.count()
    Client().post("/accounts/signup/", {"email": "stranger@oakfield.example", "password1": "four-words-nobody-knows"})
    assert Account.objects.count() == before


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/password/reset/"])
def test_an_address_that_is_known_reads_like_one_that_is_not(address: str, world: World) -> None:
    """Nobody learns who works here, or whose child is."""

    def ask(email: str) -> tuple[int, bytes, str]:
        answer = Client().post(address, {"login": email, "email": email, "password": "not-the-right-words"})
        return answer.status_code, answer.content.replace(email.encode(), b""), answer.headers.get("Location", "")

    known, stranger = ask(world.amara.account.email), ask("stranger@oakfield.example")
    assert known[0] == stranger[0]
    assert known[2] == stranger[2]


def test_an_address_is_changed_by_whoever_lets_people_in(world: World) -> None:
    """Nobody takes a colleague's address to their own account, where a directory or a letter would find them."""
    browser = Client()
    browser.force_login(world.ben.account, backend="alongside.base.access.backends.Backend")
    browser.post("/accounts/email/", {"action_add": "", "email": "someone.else@oakfield.example"})
    assert not EmailAddress.objects.filter(email="someone.else@oakfield.example").exists()
