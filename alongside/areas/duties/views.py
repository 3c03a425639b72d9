"""The duty board, one duty, the trust's schools side by side, a statement of any day; and what may be said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from alongside.areas.duties import actions, forms, queries
from alongside.areas.duties import scheme as scheme_pages
from alongside.areas.duties.overview import trust_page
from alongside.areas.duties.pupil_page import pupil_duties_page
from alongside.areas.duties.terms import signing_page
from alongside.base.access.roles import Permission
from alongside.base.access.web import ActorRequest, needs
from alongside.base.evidence.proofs import State
from alongside.design.words import Side, read_day
from alongside.kit import NotFound, Refused, today
from alongside.kit.forms import done
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
    open_to = request.actor.schools(P.DUTIES)
    actions.settle(schools=open_to & {school} if school else open_to, on=today())
    family = whole(asked.get("family", ""))
    state = asked.get("state", "")
    page = queries.board_page(
        request.actor, on=today(), school_id=school, family=family, state=state if state in set(State) else ""
    )
    return render(request, "duties/board.html", {"page": page, "page_title": f"Duties, {page.school}"})


@require_GET
@needs(P.DUTIES_TRUST)
def trust(request: ActorRequest) -> HttpResponse:
    page = trust_page(request.actor, on=today())
    return render(request, "duties/trust.html", {"page": page, "page_title": "Duties across the trust"})


@require_GET
@needs(P.DUTIES)
def duty(request: ActorRequest, code: str, school_id: int | None = None) -> HttpResponse:
    """One duty at a school, or of the trust as one."""
    page = queries.duty_page(request.actor, code, school_id, on=today())
    return render(request, "duties/duty.html", {"page": page, "page_title": f"{page.code} {page.title}"})


@require_GET
@needs(P.FILE)
def pupil(request: ActorRequest, pupil_id: int) -> HttpResponse:
    """How every duty about one pupil stands."""
    page = pupil_duties_page(request.actor, pupil_id, on=today())
    return render(request, "duties/pupil.html", {"page": page, "page_title": f"Duties about {page.head.liked}"})


@require_GET
@needs(P.DUTIES)
def statement(request: ActorRequest, school_id: int) -> HttpResponse:
    """How the duties of a school stood on any day, to print."""
    typed = request.GET.get("on", "")
    on, fault = day_asked_for(typed)
    page = queries.board_page(request.actor, on=on, school_id=school_id)
    context = {"page": page, "typed": typed, "fault": fault, "by": request.actor.name, "at": now()}
    return render(request, "duties/statement.html", {**context, "page_title": f"Duty statement, {page.school}"})


def day_asked_for(typed: str) -> tuple[date, str]:
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


@needs(P.DUTY_SIGN_OFF)
def sign_off(request: ActorRequest, school_id: int) -> HttpResponse:
    """The headteacher's sign-off of a term; asked on the week's page, and answered here when something is missing."""
    page = signing_page(request.actor, school_id, on=today())
    form = forms.SignOffForm(request.POST or None, initial={"term": page.value})
    signed = done(form, lambda: actions.sign_off(school=page.school, by=request.actor, on=today(), **form.said()))
    if signed:
        messages.success(request, "The term is signed off. It is kept with how your duties stand today.")
        return redirect(f"{reverse('desk:week')}?school={school_id}")
    return render(request, "duties/sign_off.html", {"page": page, "form": form, "page_title": "Sign off a term"})


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


# --- What a board asks ------------------------------------------------------------------------------------


@needs(P.DUTY_ASK)
def ask(request: ActorRequest, school_id: int | None = None) -> HttpResponse:
    """A question about a family of duties, to those who answer for it."""
    where, back = queries.asking(request.actor, school_id), _overview(school_id)
    form = forms.AskForm(request.POST or None, initial={"family": whole(request.GET.get("family", ""))})
    if form.is_valid():
        try:
            actions.ask(school=school_id, by=request.actor, on=today(), **form.said())
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)
        else:
            messages.success(request, "Your question is asked. An answer is due in two weeks.")
            return redirect(back)
    context = {"form": form, "where": where, "heading": "Ask a question", "button": "Ask", "back": back, "asked": None}
    return render(request, "duties/ask.html", {**context, "page_title": "Ask a question"})


@needs(P.DUTY_EXPLAIN)
def answer(request: ActorRequest, question_id: int) -> HttpResponse:
    asked, where = queries.question_of(request.actor, question_id)
    form, back = forms.AnswerForm(request.POST or None), _overview(asked.school_id)
    if form.is_valid():
        try:
            actions.answer(question=asked.pk, by=request.actor, on=today(), **form.said())
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)
        else:
            messages.success(request, "Your answer stands beside the question.")
            return redirect(back)
    context = {"form": form, "where": where, "heading": "Answer a question", "button": "Answer", "back": back}
    return render(request, "duties/ask.html", {**context, "asked": asked, "page_title": "Answer a question"})


# --- Who answers for what ---------------------------------------------------------------------------------


@require_GET
@needs(P.DUTIES_TRUST)
def scheme(request: ActorRequest) -> HttpResponse:
    page = scheme_pages.scheme_page(request.actor, on=today())
    return render(request, "duties/scheme.html", {"page": page, "page_title": "Who answers for what"})


@needs(P.DUTY_KEEP)
def delegate(request: ActorRequest) -> HttpResponse:
    """A new line of the scheme."""
    schools = [(school.pk, school.short_name) for school in queries.schools_of(request.actor)]
    form = forms.DelegateForm(request.POST or None, schools=schools)
    if form.is_valid():
        try:
            actions.delegate(by=request.actor, on=today(), **form.said())
        except NotFound:
            form.add_error("duty", "There is no such duty there.")
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)
        else:
            messages.success(request, "The line stands. Whoever holds the role is asked to accept it.")
            return redirect("duties:scheme")
    return render(request, "duties/delegate.html", {"form": form, "page_title": "Let another role answer"})


@require_POST
@needs(P.DUTY_KEEP)
def end(request: ActorRequest, line_id: int) -> HttpResponse:
    actions.end_delegation(line=line_id, by=request.actor, on=today())
    messages.success(request, "The line has ended.")
    return redirect("duties:scheme")


@needs(P.DUTIES)
def mine(request: ActorRequest) -> HttpResponse:
    """What one answers for; accepting it is one button."""
    page = scheme_pages.mine_page(request.actor, on=today())
    if request.method == "POST":
        actions.accept(
            role=request.POST.get("role", ""),
            school=whole(request.POST.get("school", "")),
            by=request.actor,
            on=today(),
        )
        messages.success(request, "You have accepted these duties.")
        return redirect("duties:mine")
    return render(request, "duties/mine.html", {"page": page, "page_title": "What you answer for"})


@require_GET
@needs(P.DUTY_KEEP)
def versions(request: ActorRequest, code: str) -> HttpResponse:
    page = scheme_pages.versions_page(request.actor, code, on=today())
    return render(request, "duties/versions.html", {"page": page, "page_title": f"Versions of {page.code}"})


@needs(P.DUTY_KEEP)
def new_version(request: ActorRequest, code: str) -> HttpResponse:
    """A version of the trust's own from a day on; what is not changed stays as it is."""
    page = scheme_pages.versions_page(request.actor, code, on=today())
    first = {name: getattr(page.now, name).strip() for name in ("title", "says", "rule", "owner", "limit")}
    form = forms.VersionForm(request.POST or None, initial=first)
    if form.is_valid():
        try:
            actions.change_duty(
                code=page.code, valid_from=form.cleaned_data["valid_from"], changes=form.changes(), by=request.actor,
                on=today(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)
        else:
            messages.success(request, "The version is kept. It holds from its day on.")
            return redirect("duties:versions", page.code)
    context = {"page": page, "form": form, "page_title": f"A new version of {page.code}"}
    return render(request, "duties/new_version.html", context)


@require_POST
@needs(P.DUTY_KEEP)
def withdraw(request: ActorRequest, version_id: int) -> HttpResponse:
    code = actions.withdraw_version(version=version_id, by=request.actor, on=today())
    messages.success(request, "The version is taken back.")
    return redirect("duties:versions", code)


def _overview(school_id: int | None) -> str:
    return f"{reverse('desk:school')}?school={school_id}" if school_id else reverse("duties:trust")


def _address(code: str, school_id: int | None) -> str:
    return reverse("duties:duty", args=[school_id, code]) if school_id else reverse("duties:trust_duty", args=[code])
