"""Each request is one transaction behind the wall, by a person whose posts are read afresh."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.base.access.actor import Actor
from alongside.base.access.scope import kept
from alongside.base.access.web import not_found
from alongside.kit.errors import NotAllowed, NotFound, Refused, Stale


def _took_second_step(request: HttpRequest) -> bool:
    """Whether a code or a passkey was used, or set up, in this very session."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


_NOBODY = Actor(person_id=0, name="")


class EnterMiddleware:
    """Opens the transaction and, through `request.user`, the wall; turns our four noes into pages.

    A role that ends takes effect on the next request, because nothing about the actor is kept between them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # A request inside a transaction of somebody else's (a test's) leaves the wall as it found it.
        nested = connection.in_atomic_block
        with transaction.atomic(), kept() if nested else nullcontext():
            request.actor = getattr(request.user, "actor", _NOBODY)  # type: ignore[attr-defined]
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        # Nothing is kept, not even of somebody who is nobody yet: a page may hold the key of a link that opens once.
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> HttpResponse | None:
        """Ask for sign-in, and for a second step from staff, before any page that is not for the world."""
        if "%00" in request.META.get("QUERY_STRING", ""):
            return not_found(request)  # a letter that no text holds, and that the database refuses
        if getattr(view, "anyone", False) or not view.__module__.startswith("alongside."):
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        actor: Actor = request.actor  # type: ignore[attr-defined]
        if settings.SECOND_STEP and actor.is_staff and not actor.second_step:
            return redirect("mfa_index")
        if settings.SECOND_STEP and actor.is_staff and not _took_second_step(request):
            logout(request)  # begun before there was a second step, or by a family's link: anybody with the password
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Absent and forbidden both answer 404, with the same page."""
        if isinstance(error, NotFound):
            if request.actor.inducting:  # type: ignore[attr-defined]
                return redirect(settings.INDUCTION_PAGE)
            return not_found(request)
        if isinstance(error, NotAllowed):
            return render(
                request,
                "design/refused.html",
                {"page_title": "Not open to you", "reason": str(error)},
                status=403,
            )
        if isinstance(error, Refused):
            return render(request, "design/refused.html", {"page_title": "Not yet", "reason": error.reason}, status=409)
        if isinstance(error, Stale):  # a page that has words to lose compares them itself
            context = {"page_title": "Done already", "reason": f"{error} Open the page again to see how it stands."}
            return render(request, "design/refused.html", context, status=409)
        return None
