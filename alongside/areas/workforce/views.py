"""The SENCO's post of a school, the trust's posts side by side, and what may be said and agreed there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from alongside.areas.workforce import actions, forms, queries, rules
from alongside.base.access.roles import Permission
from alongside.base.access.web import ActorRequest, needs
from alongside.kit import today
from alongside.kit.forms import done

P = Permission


@require_GET
@needs(P.SENCO_POST, P.DUTIES)
def post(request: ActorRequest, school_id: int | None = None) -> HttpResponse:
    """Whole for those who keep it, by states for those who ask about it; who sees the whole trust chooses a school."""
    actor = request.actor
    if school_id is None and actor.may(P.DUTIES_TRUST):
        return redirect("workforce:trust")
    if actor.schools(P.SENCO_POST) and (school_id is None or actor.may(P.SENCO_POST, school_id)):
        page = queries.post_page(actor, school_id, on=today())
        return render(request, "workforce/post.html", {"page": page, "page_title": f"SENCO’s post, {page.school}"})
    stands = queries.state_page(actor, school_id, on=today())
    return render(request, "workforce/states.html", {"page": stands, "page_title": f"SENCO’s post, {stands.school}"})


@require_GET
@needs(P.DUTIES_TRUST)
def trust(request: ActorRequest) -> HttpResponse:
    """Every school's post, those in want first; with names for the director alone."""
    context = {"lines": queries.trust_page(request.actor, on=today()), "names": request.actor.may(P.SENCO_POST)}
    return render(request, "workforce/trust.html", {**context, "page_title": "SENCOs of the trust"})


@needs(P.SENCO_APPOINT)
def appoint(request: ActorRequest, school_id: int) -> HttpResponse:
    school = queries.school_for(request.actor, school_id, P.SENCO_APPOINT)
    form = forms.AppointForm(
        request.POST or None, people=queries.candidates(school.pk, on=today()), initial={"since": today()}
    )

    def verb() -> object:
        return actions.appoint(school=school, draft=form.draft(), by=request.actor, on=today())

    return _ask(request, school_id, form, verb, "Appoint the SENCO", "Appoint", "The appointment is kept.")


@needs(P.SENCO_APPOINT)
def end(request: ActorRequest, school_id: int, appointment_id: int) -> HttpResponse:
    row = queries.find_appointment(request.actor, school_id, appointment_id)
    form = forms.EndForm(request.POST or None, initial={"last_day": row.until})

    def verb() -> object:
        return actions.end_appointment(appointment=row, by=request.actor, on=today(), **form.cleaned_data)

    return _ask(
        request, school_id, form, verb, f"End the appointment of {row.person.formal}", "End it", "The last day is kept."
    )


@needs(P.SENCO_APPOINT)
def course(request: ActorRequest, school_id: int, appointment_id: int) -> HttpResponse:
    row = queries.find_appointment(request.actor, school_id, appointment_id)
    form = forms.CourseForm(request.POST or None)

    def verb() -> object:
        return actions.note_course(appointment=row, course=form.course(), by=request.actor, on=today())

    heading = f"Qualification of {row.person.formal}"
    return _ask(request, school_id, form, verb, heading, "Keep it", "The qualification is kept.")


@needs(P.SENCO_APPOINT)
def agree(request: ActorRequest, school_id: int) -> HttpResponse:
    school = queries.school_for(request.actor, school_id, P.SENCO_APPOINT)
    standing = queries.agreed_on(school.pk, today())
    first = {"hours": standing.hours, "admin": standing.admin, "limit": standing.limit} if standing else {}
    form = forms.AgreeForm(request.POST or None, initial={"since": today(), "limit": rules.MOST_LOST, **first})

    def verb() -> object:
        return actions.agree_hours(school=school, draft=form.draft(), by=request.actor, on=today())

    return _ask(request, school_id, form, verb, "Agree the SENCO’s time", "Agree", "The hours are agreed.")


@needs(P.SENCO_SAY)
def week(request: ActorRequest, school_id: int) -> HttpResponse:
    school = queries.school_for(request.actor, school_id, P.SENCO_SAY)
    form = forms.WeekForm(request.POST or None, initial={"monday": today()})

    def verb() -> object:
        return actions.note_week(school=school, draft=form.draft(), by=request.actor, on=today())

    return _ask(request, school_id, form, verb, "How your week went", "Keep the week", "The week is kept.")


@needs(P.SENCO_SAY)
def say(request: ActorRequest, school_id: int) -> HttpResponse:
    school = queries.school_for(request.actor, school_id, P.SENCO_SAY)
    form = forms.ViewForm(request.POST or None)

    def verb() -> object:
        return actions.say_view(school=school, by=request.actor, on=today(), **form.cleaned_data)

    return _ask(request, school_id, form, verb, "Is your time enough?", "Say so", "Your word is kept, with its day.")


@needs(P.SENCO_CONFIRM)
def confirm(request: ActorRequest, school_id: int) -> HttpResponse:
    school = queries.school_for(request.actor, school_id, P.SENCO_CONFIRM)
    form = forms.ConfirmForm(request.POST or None)

    def verb() -> object:
        return actions.confirm(school=school, by=request.actor, on=today(), **form.cleaned_data)

    return _ask(
        request, school_id, form, verb, "The board looked at the SENCO’s post", "Keep the minute", "The minute is kept."
    )


def _ask(
    request: ActorRequest, school_id: int, form: django_forms.Form, verb: Callable[[], object], heading: str, button: str,
    kept: str,
) -> HttpResponse:  # fmt: skip
    """One question about a school's post: do it and go back, or show what stands in the way."""
    if done(form, partial(_made, verb)):
        messages.success(request, kept)
        return redirect("workforce:at", school_id)
    context = {"form": form, "heading": heading, "button": button, "school_id": school_id, "page_title": heading}
    return render(request, "workforce/ask.html", context)


def _made(verb: Callable[[], object]) -> bool:
    verb()
    return True
