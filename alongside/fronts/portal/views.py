"""Families' pages, their way in, and the letter that opens it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from alongside.areas.policy.telling import actions as telling
from alongside.areas.policy.telling import queries as notices_page
from alongside.areas.support import actions as support
from alongside.areas.support.rules import Answer
from alongside.base.access.roles import Permission
from alongside.base.access.web import ActorRequest, anyone, needs, signed_in
from alongside.design.symbols import CREDIT
from alongside.fronts.portal import actions, forms, queries
from alongside.kit import Refused, today
from alongside.kit.time import now

P = Permission

# The few words of the frame itself. A further language is one more of these.
SAY = {
    "skip": "Go to the page", "menu": "Menu", "back": "Back to:", "language": "Language", "hear": "Hear this page",
    "slower": "Slower", "bigger": "Bigger", "stop": "Stop",
}  # fmt: skip


def _family(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page in the families' frame: its language, the words of the frame, and help at the foot."""
    head: queries.ChildHead | None = getattr(context.get("page"), "head", None)
    phone = head.phone if head else ""
    frame = {
        "language": "en-GB",
        "direction": "ltr",
        "languages": (("en-GB", "English", "?", True),),
        "say": SAY,
        "help_lines": _help(head, phone),
        "symbols_credit": CREDIT,
    }
    return render(request, template, {**frame, **context}, status=status)


def _help(head: queries.ChildHead | None, phone: str) -> tuple[tuple[str, str], ...]:
    lines = [(f"Ring us: {phone}", f"tel:{phone.replace(' ', '')}")] if phone else []
    if head:
        lines.append(("Ask for an interpreter", f"/family/{head.id}/worry/?about=interpreter"))
    lines.append(("Free help from outside school: ask your council for SENDIASS", ""))
    return tuple(lines)


# --- The child -------------------------------------------------------------------------------------------


@signed_in
def home(request: ActorRequest) -> HttpResponse:
    """One child opens at once; several are doors."""
    page = queries.home_page(request.actor, on=today())
    if len(page.children) == 1:
        return redirect("portal:child", page.children[0][0].id)
    return _family(request, "portal/home.html", {"page": page, "page_title": "Your children"})


@signed_in
def child(request: ActorRequest, pupil_id: int) -> HttpResponse:
    page = queries.child_page(request.actor, pupil_id, on=today())
    return _family(request, "portal/child.html", {"page": page, "page_title": page.head.liked})


@needs(P.OWN_CHILD)
def policy(request: ActorRequest) -> HttpResponse:
    """What changed in the trust's policy, in plain words, for a family whose child is on the register."""
    when, lines = notices_page.family_summary()
    telling.family_read(by=request.actor, on=today())
    context = {"when": when, "lines": lines, "page_title": "What is new"}
    return _family(request, "portal/policy.html", context)


@signed_in
def plan(request: ActorRequest, pupil_id: int) -> HttpResponse:
    page = queries.plan_page(request.actor, pupil_id, on=today())
    actions.has_seen(pupil_id=page.head.id, by=request.actor, at=now())
    return _family(request, "portal/plan.html", {"page": page, "page_title": f"What is happening, {page.head.liked}"})


@signed_in
def answer(request: ActorRequest, pupil_id: int, outcome_id: int) -> HttpResponse:
    """Agree at once; for a change we ask for words first, and keep them as they are."""
    page = queries.answer_page(request.actor, pupil_id, outcome_id, on=today())
    form = forms.AnswerForm(request.POST or None)
    if form.is_valid():
        try:
            support.answer_outcome(
                outcome=page.outcome, answer=Answer(form.cleaned_data["answer"]), words=form.cleaned_data["words"],
                by=request.actor, on=today(),
            )  # fmt: skip
        except Refused as refusal:
            if "asked" in request.POST:
                form.add_error("words", refusal.reason)
        else:
            messages.success(request, "Thank you. We have your answer.")
            return redirect(f"/family/{pupil_id}/plan/#aim-{outcome_id}")
    return _family(
        request, "portal/answer.html", {"page": page, "form": form, "page_title": f"Your answer, {page.head.liked}"}
    )


@signed_in
def worry(request: ActorRequest, pupil_id: int) -> HttpResponse:
    page = queries.worry_page(request.actor, pupil_id, on=today())
    start = {"words": "Please find me an interpreter. I speak "} if request.GET.get("about") == "interpreter" else None
    form = forms.WorryForm(request.POST or None, initial=start)
    if form.is_valid():
        try:
            to_lead = actions.tell_us(pupil=page.pupil, words=form.cleaned_data["words"], by=request.actor, on=today())
        except Refused as refusal:
            form.add_error("words", refusal.reason)
        else:
            messages.success(request, _THANKS[to_lead])
            return redirect("portal:child", pupil_id)
    return _family(
        request, "portal/worry.html", {"page": page, "form": form, "page_title": f"Tell us, {page.head.liked}"}
    )


_THANKS = {
    False: "Thank you. We have your words. We will answer you within 10 school days.",
    True: "Thank you. Your words went to the person in school who keeps children safe, and to nobody else.",
}


@signed_in
def looked(request: ActorRequest, pupil_id: int) -> HttpResponse:
    page = queries.looked_page(request.actor, pupil_id, on=today())
    return _family(request, "portal/looked.html", {"page": page, "page_title": f"Who has looked, {page.head.liked}"})


# --- The way in ------------------------------------------------------------------------------------------


@anyone
def ask(request: HttpRequest) -> HttpResponse:
    """A new link. The answer is the same whether or not we know the address."""
    form = forms.AskForm(request.POST or None)
    sent = form.is_valid()
    if sent:
        base = request.build_absolute_uri("/").rstrip("/")
        actions.ask_for_link(email=form.cleaned_data["email"], base=base, on=today())
    return _family(request, "portal/ask.html", {"form": form, "sent": sent, "page_title": "Come in"})


@anyone
def code(request: HttpRequest) -> HttpResponse:
    """The code from a letter."""
    form = forms.CodeForm(request.POST or None)
    if form.is_valid():
        try:
            return _let_in(request, form.cleaned_data["code"])
        except Refused as refusal:
            form.add_error("code", refusal.reason)
    return _family(request, "portal/code.html", {"form": form, "page_title": "Your code"})


@anyone
@sensitive_variables("secret")
def enter(request: HttpRequest, secret: str) -> HttpResponse:
    """A link from a mail. Opening it uses nothing, because mail programs look ahead; the button lets in."""
    fault = ""
    if request.method == "POST":
        try:
            return _let_in(request, secret)
        except Refused as refusal:
            fault = refusal.reason
    return _family(
        request, "portal/enter.html", {"fault": fault, "page_title": "Come in"}, status=409 if fault else 200
    )


def _let_in(request: HttpRequest, secret: str) -> HttpResponse:
    account = actions.enter(secret=secret, at=now(), on=today())
    login(request, account, backend="alongside.base.access.backends.Backend")
    return redirect("portal:home")


@require_POST
@signed_in
def leave(request: ActorRequest) -> HttpResponse:
    """Sign out: a telephone may be the whole family's."""
    logout(request)
    return redirect("portal:ask")


# --- For staff -------------------------------------------------------------------------------------------


@needs(P.FAMILY_INVITE)
def invitations(request: ActorRequest, pupil_id: int) -> HttpResponse:
    page = queries.invite_page(request.actor, pupil_id, on=today())
    return render(request, "portal/invitations.html", {"page": page, "page_title": f"Family page, {page.head.name}"})


@require_POST
@needs(P.FAMILY_INVITE)
def invite(request: ActorRequest, pupil_id: int, contact_id: int) -> HttpResponse:
    """The letter with its code, ready to print. It is shown this once."""
    contact = queries.find_contact(request.actor, pupil_id, contact_id, on=today())
    letter = actions.invite_family(contact=contact, by=request.actor, on=today(), at=now())
    address = request.get_host()
    context = {
        "letter": letter,
        "address": f"{address}/family/enter/code/",
        "by": request.actor.name,
        "at": now(),
        "on": today(),
    }
    return render(request, "portal/letter.html", {**context, "page_title": f"Letter to {letter.to}"})
