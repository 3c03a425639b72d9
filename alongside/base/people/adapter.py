"""How allauth signs people in here: nobody signs up, everybody is invited."""

from __future__ import annotations

from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.shortcuts import redirect

from alongside.kit.time import now

_SET_UP = ("mfa/messages/totp_activated.txt", "mfa/messages/webauthn_added.txt")


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "This address and this password do not belong together. Look at both again.",
        "too_many_login_attempts": "Too many tries. Wait five minutes, or ask for a new password.",
        "incorrect_password": "That is not your password.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from invitations, never from the sign-in page."""
        return False

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Say it; and where a second step has just been set up, this session has taken it. allauth tells us nowhere else."""
        if message_template in _SET_UP:
            record_authentication(request, request.user, "mfa", type="set up")
        super().add_message(request, level, message_template, *args, **kwargs)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever has just signed in is not asked for the same password again."""
        records = get_authentication_records(self.request, self.request.user)
        lately = now().timestamp() - app_settings.REAUTHENTICATION_TIMEOUT
        if any(record["at"] > lately for record in records):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))


class SecondStep(DefaultMFAAdapter):  # type: ignore[misc]
    """The second step, in our words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "That is not the code. Each works once and not for long: look for the one that shows now.",
        "cannot_delete_authenticator": "This is your only second step. Set up another one first.",
        "cannot_generate_recovery_codes": "Set up an app with codes or a passkey first. Recovery codes stand beside it.",
    }


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """The trust's own directory says who somebody is; only an invited address gets in."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """A directory's account is joined to ours by its address alone: nobody connects one with another address."""
        if sociallogin.state.get("process") == "connect" and request.user.is_authenticated:
            told = {address.email.casefold() for address in sociallogin.email_addresses if address.verified}
            if request.user.email.casefold() not in told:
                raise ImmediateHttpResponse(redirect("socialaccount_login_error"))
