"""django-allauth's pages in our words: each draws with the names that its view gives it."""

import datetime as dt
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.template import engines
from jinja2 import Environment
from markupsafe import Markup

ENVIRONMENT: Environment = engines["jinja2"].env  # type: ignore[attr-defined]
PAGES = Path(__file__).resolve().parents[1] / "jinja2"
NAMES = sorted(path.relative_to(PAGES).as_posix() for path in PAGES.glob("**/*.html") if not path.name.startswith("_"))
OFTEN_WRONG = re.compile(r"successfully|please note|oops|!</|\bsimply\b", re.IGNORECASE)


@pytest.fixture(autouse=True)
def _few_addresses(settings: Any) -> None:
    """These pages must not need the rest of the site."""
    settings.ROOT_URLCONF = "alongside.design.tests.urls"


class Everything(forms.Form):
    """The fields of all of allauth's forms at once."""

    login = forms.EmailField()
    email = forms.EmailField()
    oldpassword = forms.CharField(widget=forms.PasswordInput)
    password = forms.CharField(widget=forms.PasswordInput)
    password1 = forms.CharField(widget=forms.PasswordInput)
    password2 = forms.CharField(widget=forms.PasswordInput)
    code = forms.CharField()
    name = forms.CharField()
    passwordless = forms.BooleanField(required=False)
    account = forms.ChoiceField(widget=forms.RadioSelect, choices=(("1", "Entra"),))
    secret = "JBSWY3DPEHPK3PXP"
    accounts = (1,)


class Key:
    pk = 1
    created_at = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
    last_used_at: dt.datetime | None = None

    def wrap(self) -> SimpleNamespace:
        return SimpleNamespace(is_passwordless=True)

    def __str__(self) -> str:
        return "Blue key"


def page(name: str, **context: object) -> str:
    codes = SimpleNamespace(get_unused_codes=lambda: ["1a2b", "3c4d"])
    given = {
        "request": SimpleNamespace(user=SimpleNamespace(email="r.adeyemi@ottersley.example")),
        "csrf_input": Markup("<csrf>"),
        "messages": [],
        "demo": False,
        "oidc": {"openid_connect": {"APPS": [{"provider_id": "entra", "name": "Microsoft Entra"}]}},
        "form": Everything(),
        "webauthn_form": Everything(),
        "redirect_field": "",
        "PASSKEY_LOGIN_ENABLED": True,
        "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
        "is_mfa_enabled": True,
        "authenticators": [Key(), Key()]
        if "list" in name
        else {"totp": True, "webauthn": [1], "recovery_codes": codes},
        "authenticator": Key(),
        "js_data": {"request_options": {}, "creation_options": {"name": "</script>"}},
        "reauthentication_alternatives": [{"url": "/other/", "description": "Use your password"}],
        "unused_codes": ["1a2b", "3c4d"],
        "unused_code_count": 2,
        "total_count": 10,
        "can_view_codes": True,
        "can_download_codes": True,
        "can_generate_codes": True,
        "trust_until": dt.datetime(2026, 12, 8, tzinfo=dt.UTC),
        "totp_svg_data_uri": "data:image/svg+xml;base64,x",
        "provider": SimpleNamespace(name="Microsoft Entra"),
        "process": "login",
        "redirect_to": "/x/",
        "confirmation": SimpleNamespace(key="k", email_address=SimpleNamespace(email="r@ottersley.example")),
        "can_confirm": True,
        "email": "r@ottersley.example",
        "action_url": "/reset/",
    }
    return ENVIRONMENT.get_template(name).render(given | context)


@pytest.mark.parametrize("name", NAMES)
def test_every_page_draws_in_our_voice(name: str) -> None:
    html = page(name)

    assert len(re.findall(r"<h1[\s>]", html)) == 1
    assert "Help: ring, ask or write" in html
    assert not OFTEN_WRONG.search(html)


@pytest.mark.parametrize("name", NAMES)
def test_every_form_that_posts_carries_its_token(name: str) -> None:
    html = page(name)

    assert html.count('method="post"') == html.count("<csrf>")


def test_signing_in_welcomes_password_managers_and_paste() -> None:
    html = page("account/login.html")

    assert 'autocomplete="username"' in html
    assert "You may paste it" in html
    assert "onpaste" not in html


def test_the_trusts_account_is_offered_only_where_there_is_one() -> None:
    assert "Sign in with the trust’s account" in page("account/login.html")
    assert "trust’s account" not in page("account/login.html", oidc={"openid_connect": {"APPS": []}})


def test_a_passkey_is_offered_only_where_it_is_enabled() -> None:
    assert "passkey" in page("account/login.html")
    assert "passkey" not in page("account/login.html", PASSKEY_LOGIN_ENABLED=False)


@pytest.mark.parametrize(("keys", "offered"), [([], False), ([{"id": "k"}], True)])
def test_the_second_step_offers_a_key_to_those_who_have_one(keys: list[dict[str, str]], offered: bool) -> None:
    html = page("mfa/authenticate.html", js_data={"request_options": {"publicKey": {"allowCredentials": keys}}})

    assert ("Use a passkey or a security key" in html) == offered


def test_somebody_without_a_second_step_is_told_why_they_need_one() -> None:
    assert "Staff need a second step" in page("mfa/index.html", is_mfa_enabled=False, authenticators={})
    assert "Staff need a second step" not in page("mfa/index.html")


def test_a_used_link_asks_for_no_password() -> None:
    assert 'type="password"' in page("account/password_reset_from_key.html")
    assert 'type="password"' not in page("account/password_reset_from_key.html", token_fail=True)


def test_codes_are_not_shown_to_somebody_who_may_not_see_them() -> None:
    assert "<code>1a2b</code>" in page("mfa/recovery_codes/index.html")
    assert "<code>" not in page("mfa/recovery_codes/index.html", can_view_codes=False)


def test_data_for_a_key_cannot_end_its_script_early() -> None:
    assert page("mfa/webauthn/add_form.html").count("</script>") == 4  # three files of ours, one block of data


@pytest.mark.parametrize("name", ["account/messages/logged_in.txt", "account/messages/logged_out.txt"])
def test_coming_and_going_are_not_announced(name: str) -> None:
    assert ENVIRONMENT.get_template(name).render().strip() == ""


def test_the_letter_for_a_new_password_is_plain_text() -> None:
    url = "https://alongside.example/reset/?a=1&b=2"

    assert url in ENVIRONMENT.get_template("account/email/password_reset_key_message.txt").render(
        password_reset_url=url
    )
