"""The log of departures of a school, one of them, and what may be said about it."""

from __future__ import annotations

from collections.abc import Callable

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from alongside.areas.departures import actions, forms, queries, rules
from alongside.areas.departures.models import Departure
from alongside.areas.departures.queries import FormPage
from alongside.areas.departures.rules import Show
from alongside.base.access.roles import Permission
from alongside.base.access.web import ActorRequest, needs
from alongside.kit import today
from alongside.kit.forms import done
from alongside.kit.numbers import whole

P = Permission
_CODES = 8  # characters that the number of a duty or a rule may have


@require_GET
@needs(P.DEPARTURES)
def log(request: ActorRequest) -> HttpResponse:
    """What a school logged, and what was late without an entry."""
    asked = request.GET.get("show", "")
    show = Show(asked) if asked in set(Show) else Show.OPEN
    page = queries.log_page(request.actor, whole(request.GET.get("school", "")), show=show, on=today())
    return render(request, "departures/log.html", {"page": page, "page_title": f"Departures, {page.school.name}"})


@require_GET
@needs(P.DEPARTURES)
def one(request: ActorRequest, departure_id: int) -> HttpResponse:
    page = queries.departure_page(request.actor, departure_id, on=today())
    return render(request, "departures/one.html", {"page": page, "page_title": "A departure from the Code"})


# --- Logging one -------------------------------------------------------------------------------------------


@needs(P.DEPARTURES)
def new(request: ActorRequest, school_id: int) -> HttpResponse:
    """For whom one chooses: a pupil of the register, a group, the whole school."""
    return _form(request, queries.form_page(request.actor, school_id, on=today()))


@needs(P.DEPARTURES)
def new_for(request: ActorRequest, pupil_id: int) -> HttpResponse:
    """For one pupil; the address may name the rule, and the duty from whose line one came."""
    return _form(request, queries.pupil_form(request.actor, pupil_id, on=today()))


@needs(P.DEPARTURES)
def new_missed(request: ActorRequest, missed_id: int) -> HttpResponse:
    """About a date that was missed; where an entry is about it already, that."""
    page = queries.missed_form(request.actor, missed_id, on=today())
    standing = queries.entry_about(request.actor, missed_id)
    if standing is not None:
        return redirect("departures:one", standing)
    return _form(request, page)


def _form(request: ActorRequest, page: FormPage) -> HttpResponse:
    rule, duty = (request.GET.get(name, "")[:_CODES] for name in ("rule", "duty"))
    asked = page.missed.clock if page.missed else rule
    refused = rules.may_depart_from(asked) if asked else None
    first = {"rule": asked, "since": page.missed.due if page.missed else today()}
    if page.missed is not None:
        first["reason"] = page.missed.words
    form = forms.DepartureForm(request.POST or None, page=page, duty=duty, initial=first)

    def verb() -> Departure:
        draft = form.draft()
        chosen = form.cleaned_data.get("pupil") if draft.about == rules.About.PUPIL else None
        pupil = queries.find_pupil_here(request.actor, page.school, chosen, on=today()) if chosen else page.pupil
        return actions.log(
            school=page.school, draft=draft, pupil=pupil, missed=page.missed, by=request.actor, on=today()
        )

    made = None if refused else done(form, verb)
    if made:
        words = "It is logged." if made.decision else "It is logged. The headteacher is asked to decide."
        messages.success(request, words)
        return redirect("departures:one", made.pk)
    context = {"page": page, "form": form, "refused": refused.reason if refused else ""}
    return render(request, "departures/form.html", {**context, "page_title": "Log a departure"})


# --- Afterwards --------------------------------------------------------------------------------------------


@needs(P.DEPARTURES_DECIDE)
def decide(request: ActorRequest, departure_id: int) -> HttpResponse:
    form = forms.DecideForm(request.POST or None)

    def verb(row: Departure) -> object:
        return actions.decide(departure=row, by=request.actor, on=today(), **form.cleaned_data)

    return _ask(
        request, departure_id, form, verb, "Decide on this departure", "Keep the decision", "The decision is kept."
    )


@needs(P.DEPARTURES)
def add(request: ActorRequest, departure_id: int) -> HttpResponse:
    form = forms.AddForm(request.POST or None)

    def verb(row: Departure) -> object:
        return actions.add(departure=row, by=request.actor, on=today(), **form.cleaned_data)

    return _ask(request, departure_id, form, verb, "Add a line", "Add it", "The line is added.")


@needs(P.DEPARTURES)
def end(request: ActorRequest, departure_id: int) -> HttpResponse:
    form = forms.EndForm(request.POST or None, initial={"last_day": today()})

    def verb(row: Departure) -> object:
        return actions.end(departure=row, by=request.actor, on=today(), **form.cleaned_data)

    return _ask(request, departure_id, form, verb, "End this departure", "End it", "It has ended. The entry stays.")


def _ask(
    request: ActorRequest, departure_id: int, form: django_forms.Form, verb: Callable[[Departure], object], heading: str,
    button: str, kept: str,
) -> HttpResponse:  # fmt: skip
    """One question about a departure: do it and go back, or show what stands in the way."""
    page = queries.departure_page(request.actor, departure_id, on=today(), page=heading.lower())
    if done(form, lambda: verb(page.row)):
        messages.success(request, kept)
        return redirect("departures:one", departure_id)
    context = {"page": page, "form": form, "heading": heading, "button": button, "page_title": heading}
    return render(request, "departures/ask.html", context)
