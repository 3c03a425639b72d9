"""Signing in, by allauth; and finding out who is asking, in one statement."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from alongside.base.access.scope import enter
from alongside.base.people.models import Account
from alongside.kit.time import today


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's backend, whose `get_user` also opens the second wall for the person."""

    def get_user(self, user_id: Any) -> Account | None:
        return enter(int(user_id), on=today())
