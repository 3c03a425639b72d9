"""What every page declares: who may open it. A page that declares nothing fails the build."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import resolve, reverse

from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.kit.errors import NotFound

Rest = ParamSpec("Rest")


class ActorRequest(HttpRequest):
    """A request from a signed-in person."""

    actor: Actor


View = Callable[Concatenate[ActorRequest, Rest], HttpResponse]


def needs(*permissions: Permission) -> Callable[[View[Rest]], View[Rest]]:
    """A page for people who hold any of these permissions somewhere; for others it does not exist (404)."""

    def declare(view: View[Rest]) -> View[Rest]:
        @wraps(view)
        def guarded(request: ActorRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
            if not any(request.actor.may(permission) for permission in permissions):
                raise NotFound
            return view(request, *args, **kwargs)

        guarded.needs = permissions  # type: ignore[attr-defined]
        return cast(View[Rest], guarded)

    return declare


def may_open(actor: Actor, name: str) -> bool:
    """Whether somebody holds what the page of this name asks for; a link that would lead nowhere is not shown."""
    declared: tuple[Permission, ...] = getattr(resolve(reverse(name)).func, "needs", ())
    return any(actor.may(permission) for permission in declared)


def signed_in(view: View[Rest]) -> View[Rest]:
    """A page for anybody who is signed in."""
    view.needs = ()  # type: ignore[attr-defined]
    return view


def anyone(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for the world: sign-in, health, what is published."""
    view.anyone = True  # type: ignore[attr-defined]
    return view


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The one page for what is absent and for what is not this person's to see."""
    return render(request, "design/404.html", {"page_title": "Page not found"}, status=404)


@signed_in
def nothing_here(request: ActorRequest) -> HttpResponse:
    """A page of a library that we do not have."""
    return not_found(request)


def broke(request: HttpRequest) -> HttpResponse:
    """Something failed on our side. Relies on nothing: no database, no context."""
    return HttpResponse(render_to_string("design/500.html"), status=500)


def policy_of(view: Any) -> str | None:
    """What a view declares, in words; None when it declares nothing."""
    if getattr(view, "anyone", False):
        return "anyone"
    declared: tuple[Permission, ...] | None = getattr(view, "needs", None)
    if declared is None:
        return None
    return " or ".join(permission.name for permission in declared) or "signed in"
