"""How allauth signs people in here: nobody signs up, everybody is invited."""

from __future__ import annotations

from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from alongside.kit.time import now


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

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever has just signed in is not asked for the same password again."""
        records = get_authentication_records(self.request, self.request.user)
        lately = now().timestamp() - app_settings.REAUTHENTICATION_TIMEOUT
        if any(record["at"] > lately for record in records):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """The trust's own directory says who somebody is; only an invited address gets in."""
        return False
