"""The duty board, one duty, the trust's schools side by side, a statement of any day; and what may be said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from alongside.areas.duties import actions, forms, queries
from alongside.base.access.roles import Permission
from alongside.base.access.web import ActorRequest, needs
from alongside.base.evidence.proofs import State
from alongside.design.words import Side, read_day
from alongside.kit import Refused, today
from alongside.kit.numbers import whole
from alongside.kit.time import now

P = Permission


@require_GET
@needs(P.DUTIES)
def board(request: ActorRequest) -> HttpResponse:
    """How a school's duties stand; whoever sees the whole trust chooses the school first."""
    asked = request.GET
    school = whole(asked.get("school", ""))
    if school is None and request.actor.may(P.DUTIES_TRUST):
        return redirect("duties:trust")
    actions.settle(schools=[school] if school else request.actor.schools(P.DUTIES), on=today())
    family = whole(asked.get("family", ""))
    state = asked.get("state", "")
    page = queries.board_page(
        request.actor, on=today(), school_id=school, family=family, state=state if state in set(State) else ""
    )
    return render(request, "duties/board.html", {"page": page, "page_title": f"Duties, {page.school}"})


@require_GET
@needs(P.DUTIES_TRUST)
def trust(request: ActorRequest) -> HttpResponse:
    page = queries.trust_page(request.actor, on=today())
    return render(request, "duties/trust.html", {"page": page, "page_title": "Duties across the trust"})


@require_GET
@needs(P.DUTIES)
def duty(request: ActorRequest, code: str, school_id: int | None = None) -> HttpResponse:
    """One duty at a school, or of the trust as one."""
    page = queries.duty_page(request.actor, code, school_id, on=today())
    return render(request, "duties/duty.html", {"page": page, "page_title": f"{page.code} {page.title}"})


@require_GET
@needs(P.DUTIES)
def statement(request: ActorRequest, school_id: int) -> HttpResponse:
    """How the duties of a school stood on any day, to print."""
    typed = request.GET.get("on", "")
    on, fault = _day(typed)
    page = queries.board_page(request.actor, on=on, school_id=school_id)
    context = {"page": page, "typed": typed, "fault": fault, "by": request.actor.name, "at": now()}
    return render(request, "duties/statement.html", {**context, "page_title": f"Duty statement, {page.school}"})


def _day(typed: str) -> tuple[date, str]:
    """The day that is asked for, freely typed; today, and what was wrong, when it cannot be read or has not come."""
    if not typed.strip():
        return today(), ""
    try:
        on = read_day(typed, near=today(), side=Side.PAST)
    except ValueError as fault:
        return today(), f"{fault} The statement is of today."
    if on > today():
        return today(), "That day has not come. The statement is of today."
    return on, ""


# --- What may be said ------------------------------------------------------------------------------------


@needs(P.DUTY_ATTEST)
def attest(request: ActorRequest, code: str, school_id: int | None = None) -> HttpResponse:
    return _say(request, code, school_id, "attest", forms.AttestForm, "Your word is kept, with its end.")


@needs(P.DUTY_OBSERVE)
def observe(request: ActorRequest, code: str, school_id: int | None = None) -> HttpResponse:
    return _say(request, code, school_id, "observe", forms.ObserveForm, "What you saw is kept.")


@needs(P.DUTY_EXPLAIN)
def explain(request: ActorRequest, code: str, school_id: int | None = None) -> HttpResponse:
    return _say(request, code, school_id, "explain", forms.ExplainForm, "Your explanation stands beside the state.")


@needs(P.DUTY_EXEMPT)
def exempt(request: ActorRequest, code: str, school_id: int) -> HttpResponse:
    return _say(request, code, school_id, "exempt", forms.ExemptForm, "The duty does not apply here until that day.")


_SAYINGS: dict[str, tuple[str, str, Callable[..., object]]] = {
    "attest": ("Attest this duty", "Attest", actions.attest),
    "observe": ("What did you see?", "Keep what I saw", actions.observe),
    "explain": ("Explain how it stands", "Keep the explanation", actions.explain),
    "exempt": ("This duty does not apply here", "Approve", actions.exempt),
}


def _say(
    request: ActorRequest, code: str, school_id: int | None, verb: str, form_of: type[Any], done: str
) -> HttpResponse:
    """One question about one duty. A duty to which it cannot be said is not found."""
    page = queries.saying_page(request.actor, code, school_id, verb, on=today())
    heading, button, act = _SAYINGS[verb]
    form = form_of(request.POST or None)
    if form.is_valid():
        try:
            act(code=code, school=school_id, by=request.actor, on=today(), **form.said())
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)
        else:
            messages.success(request, done)
            return redirect(_address(code, school_id))
    context = {"page": page, "form": form, "heading": heading, "button": button, "back": _address(code, school_id)}
    return render(request, "duties/say.html", {**context, "page_title": f"{heading}: {page.title}"})


def _address(code: str, school_id: int | None) -> str:
    return reverse("duties:duty", args=[school_id, code]) if school_id else reverse("duties:trust_duty", args=[code])
