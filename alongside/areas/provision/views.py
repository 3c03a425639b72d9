"""The provision map, a pupil's provision, the catalogue, and sessions in three taps."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from alongside.areas.provision import actions, forms, map, queries, rules
from alongside.areas.provision.models import Line
from alongside.base.access.roles import Permission
from alongside.base.access.web import ActorRequest, needs
from alongside.design.words import read_day
from alongside.kit import Refused, today
from alongside.kit.numbers import whole
from alongside.kit.time import now

P = Permission


# --- The map ---------------------------------------------------------------------------------------------


@require_GET
@needs(P.PROVISION_KEEP)
def map_(request: ActorRequest) -> HttpResponse:
    return render(request, "provision/map.html", {**_map(request), "page_title": "Provision map"})


@require_GET
@needs(P.PROVISION_KEEP)
def print_(request: ActorRequest) -> HttpResponse:
    """The map on A3 across, with what was chosen as a sentence."""
    context = {**_map(request), "by": request.actor.name, "at": now(), "page_title": "Provision map"}
    return render(request, "provision/print.html", context)


def _map(request: ActorRequest) -> dict[str, Any]:
    asked, typed = request.GET, request.GET.get("on", "")
    school = asked.get("school", "")
    chosen = map.Chosen(
        whole(school),
        asked.get("class", ""),
        asked.get("year", ""),
        asked.get("area", ""),
    )
    on, fault = _as_at(typed)
    given = asked.get("cut") == "given"
    page = (map.given_page if given else map.who_page)(request.actor, on=on, chosen=chosen)
    return {"page": page, "given": given, "fault": fault, "typed": typed, "day": on, "is_today": on == today()}


def _as_at(typed: str) -> tuple[date, str]:
    """The day that a map is asked for, freely typed; today, and what was wrong, when it cannot be read."""
    if not typed.strip():
        return today(), ""
    try:
        return read_day(typed, near=today()), ""
    except ValueError as fault:
        return today(), f"{fault} The map stands as it is today."


# --- A pupil's provision ---------------------------------------------------------------------------------


@needs(P.PLAN)
def pupil(request: ActorRequest, pupil_id: int) -> HttpResponse:
    page = queries.pupil_page(request.actor, pupil_id, on=today())
    return render(request, "provision/pupil.html", {"page": page, "page_title": f"Provision, {page.head.name}"})


@needs(P.PROVISION_KEEP)
def add(request: ActorRequest, pupil_id: int) -> HttpResponse:
    """Promise something. 'Check cost' shows what it comes to and saves nothing."""
    page = queries.add_page(request.actor, pupil_id, on=today())
    form = _add_form(request, page)
    valid = form.is_valid()
    if valid and "check" not in request.POST:
        try:
            line = actions.promise(pupil=page.pupil, draft=form.draft(), by=request.actor, on=today())
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)
        else:
            messages.success(request, f"Promised: {line.type.name}, {line.often}.")
            return _after(request, line)
    context = {"page": page, "form": form, "cost": _cost(form) if page.costs else None, "next": _next(request)}
    return render(request, "provision/add.html", {**context, "page_title": f"Add provision, {page.head.name}"})


@require_POST
@needs(P.PROVISION_KEEP)
def cost(request: ActorRequest, pupil_id: int) -> HttpResponse:
    """What the line that is being typed would cost, alone."""
    page = queries.add_page(request.actor, pupil_id, on=today())
    form = _add_form(request, page)
    form.is_valid()
    return render(request, "provision/_cost.html", {"cost": _cost(form) if page.costs else None})


def _add_form(request: ActorRequest, page: queries.AddPage) -> forms.AddForm:
    return forms.AddForm(request.POST or None, choices=page.choices, adults=page.adults, initial={"since": today()})


def _cost(form: forms.AddForm) -> queries.Cost | None:
    """The cost of what was typed, as soon as its four figures can be read."""
    typed = getattr(form, "cleaned_data", {})
    names = ("type_id", "minutes", "times_a_week", "group_size")
    if not all(typed.get(name) for name in names):
        return None
    type_id, minutes, times, size = (typed[name] for name in names)
    return queries.cost_of_draft(type_id, minutes=minutes, times_a_week=times, group_size=size, on=today())


def _next(request: ActorRequest) -> str:
    """The page of ours to go on to; '' for none, and for one that is not ours."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    return wanted if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""


def _after(request: ActorRequest, line: Line) -> HttpResponse:
    following = _next(request)
    if not following:
        return redirect("provision:pupil", line.pupil_id)
    return redirect(f"{following}{'&' if '?' in following else '?'}line={line.pk}")


@needs(P.PLAN)
def line(request: ActorRequest, line_id: int) -> HttpResponse:
    """One line with its sessions; whoever keeps provision arranges it anew here."""
    page = queries.line_page(request.actor, line_id, on=today())
    may = "PROVISION_KEEP" in page.may and (page.line.until is None or page.line.until >= today())
    form = forms.RearrangeForm(
        request.POST if may and request.method == "POST" else None,
        adults=page.adults,
        initial=forms.RearrangeForm.initial_of(page.line),
    )
    if form.is_valid():
        try:
            actions.rearrange(line=page.line, to=form.to(), by=request.actor, on=today())
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.reason)
        else:
            messages.success(request, "Arranged anew. The earlier arrangement stays in the history.")
            return redirect("provision:line", line_id)
    context = {"page": page, "form": form, "may": may}
    return render(request, "provision/line.html", {**context, "page_title": f"{page.row.name}, {page.head.name}"})


@needs(P.PROVISION_KEEP)
def stop(request: ActorRequest, line_id: int) -> HttpResponse:
    line = queries.find_line(request.actor, line_id, on=today())
    form = forms.StopForm(request.POST or None)
    if form.is_valid():
        try:
            actions.stop(line=line, by=request.actor, on=today(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error("reason", refusal.reason)
        else:
            messages.success(request, f"{line.type.name} has stopped.")
            return redirect("provision:pupil", line.pupil_id)
    context = {"line": line, "form": form, "page_title": f"Stop {line.type.name}, {line.pupil.name}"}
    return render(request, "provision/stop.html", context)


@needs(P.PLAN)
def catalogue(request: ActorRequest) -> HttpResponse:
    """What the trust and its schools know how to give. A school adds its own."""
    page = queries.catalogue_page(request.actor, on=today())
    form = forms.EntryForm(
        request.POST if page.schools and request.method == "POST" else None, schools=page.schools, roles=page.roles
    )
    if form.is_valid():
        school = form.cleaned_data["school_id"]
        try:
            made = actions.add_to_catalogue(school_id=school, draft=form.draft(), by=request.actor)
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.reason)
        else:
            messages.success(request, f"{made.name} is in the catalogue.")
            return redirect("provision:catalogue")
    return render(request, "provision/catalogue.html", {"page": page, "form": form, "page_title": "Catalogue"})


# --- Sessions --------------------------------------------------------------------------------------------


@needs(P.SESSION_LOG)
def sessions(request: ActorRequest) -> HttpResponse:
    page = queries.sessions_page(request.actor, on=today(), everything="all" in request.GET)
    return render(request, "provision/sessions.html", {"page": page, "page_title": "Which group?"})


@needs(P.SESSION_LOG)
def log(request: ActorRequest, line_id: int) -> HttpResponse:
    """Who was there, then how it went. Only the last tap saves; 'it did not happen' saves at once."""
    data = request.POST or request.GET
    page = queries.log_page(
        request.actor, line_id, day=forms.read_day(data, today()), on=today(), number=forms.read_number(data)
    )
    who = forms.WhoForm(data if "step" in data else None, members=page.members)
    if request.POST.get("because") in set(rules.GROUP_MISSED):
        return _save(request, page, forms.did_not_happen(page, request.POST["because"]))
    if not who.is_valid():
        return render(
            request, "provision/who.html", {"page": page, "form": who, "reasons": rules.GROUP_MISSED, **_title(page)}
        )
    how = forms.HowForm(
        request.POST or None, here=who.here, away=who.away, initial={"went": page.went, "note": page.note}
    )
    if how.is_valid():
        return _save(request, page, forms.entries(page, who, how), went=how.cleaned_data["went"])
    return render(request, "provision/how.html", {"page": page, "who": who, "form": how, **_title(page)})


def _title(page: queries.LogPage) -> dict[str, object]:
    return {"page_title": f"{page.name}, {page.day.day} {page.day:%B}"}


def _save(
    request: ActorRequest, page: queries.LogPage, entries: list[actions.Attendance], went: str = ""
) -> HttpResponse:
    try:
        rows = actions.log_group(
            entries=entries, day=page.day, by=request.actor, on=today(), went=went, number=page.number
        )
    except Refused as refusal:
        messages.error(request, refusal.reason)
        return redirect(f"{request.path}?day={page.day}")
    there = sum(row.held for row in rows)
    said = f"{there} there, {len(rows) - there} not" if there else "it did not happen"
    messages.success(request, f"{page.name}: {said}. You can change it: open the group again.")
    return redirect("provision:sessions")
