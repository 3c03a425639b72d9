"""The graduated approach, page by page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.areas.support import actions, forms, queries
from alongside.areas.support.plan_page import PlanPage
from alongside.base.access.roles import Permission
from alongside.base.access.web import ActorRequest, needs
from alongside.base.documents.actions import draft_of, drop_draft
from alongside.base.history import actions as history
from alongside.base.pupils.access import may_draft_plan
from alongside.base.pupils.queries import find_pupil
from alongside.design.words import full_day
from alongside.kit import Refused, Stale, today

P = Permission


@needs(P.PLAN)
def board(request: ActorRequest) -> HttpResponse:
    page = queries.board_page(request.actor, on=today(), chosen=request.GET.get("stage", ""))
    return render(request, "support/board.html", {"page": page, "page_title": "Plans"})


@needs(P.PLAN)
def start_for(request: ActorRequest, pupil_id: int) -> HttpResponse:
    """A pupil's plan: the open cycle, or the way to start one."""
    standing = queries.open_cycle_of(request.actor, pupil_id, on=today())
    if standing:
        if request.method == "POST":
            messages.info(request, "The cycle is open already: this is it. Nothing was started twice.")
        return redirect("support:cycle", standing)
    page = queries.start_page(request.actor, pupil_id, on=today())
    first = {"lead_id": page.leads[0][0] if page.leads else None}
    form = forms.OpenCycle(request.POST or None, leads=page.leads, initial=first)
    if form.is_valid():
        find_pupil(request.actor, pupil_id, on=today(), may=may_draft_plan)
        try:
            cycle = actions.open_cycle(
                pupil=page.pupil, needs_summary=page.summary, by=request.actor, on=today(), **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            mine = cycle.lead_id == request.actor.person_id
            return redirect("support:assess" if mine else "support:cycle", cycle.pk)
    return render(
        request,
        "support/start.html",
        {"page": page, "form": form, "page_title": f"Start a plan, {page.head.name}"},
    )


@needs(P.PLAN)
def cycle(request: ActorRequest, cycle_id: int) -> HttpResponse:
    page = queries.cycle_page(request.actor, cycle_id, on=today())
    history.viewed(pupil=page.head.id, school=page.head.school_id, by=request.actor, page="plan")
    return render(
        request,
        "support/cycle.html",
        {"page": page, "page_title": f"Plan, cycle {page.number}, {page.head.name}"},
    )


@needs(P.SUPPORT_DRAFT)
def assess(request: ActorRequest, cycle_id: int) -> HttpResponse:
    page = queries.draft_page(request.actor, cycle_id, on=today())
    form = forms.Assess(request.POST or None, initial={"needs_summary": page.cycle.needs_summary})
    if form.is_valid():
        try:
            actions.finish_assessing(cycle=page.cycle, by=request.actor, on=today(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.reason)
        else:
            return redirect("support:plan", cycle_id)
    return render(
        request,
        "support/assess.html",
        {"page": page, "form": form, "page_title": f"Assess, {page.head.name}"},
    )


@needs(P.SUPPORT_DRAFT)
def plan(request: ActorRequest, cycle_id: int) -> HttpResponse:
    """Writing at the left, what the family will read at the right. Keep, swap a word, or send to the SENCO."""
    on = today()
    page = queries.draft_page(request.actor, cycle_id, on=on)
    key = f"plan:{cycle_id}"
    typed = PlanPage(
        page, request.POST or None, kept=draft_of(key, by=request.actor) if not request.POST else {}, on=on
    )
    if "swap" in request.POST:
        typed = PlanPage(page, forms.swapped(request.POST, request.POST["swap"]), on=on)
    elif typed.is_valid():
        try:
            typed.save(by=request.actor, on=on, send="send" in request.POST)
        except Refused as refusal:
            typed.put_error(refusal)
        except Stale as stale:
            if both := typed.both(stale):
                return _compare(request, page, both, "support:plan")
            return _saved_already(request, key, "support:plan", cycle_id)
        else:
            drop_draft(form=key, by=request.actor)
            messages.success(request, "The plan is with the SENCO." if "send" in request.POST else "Saved.")
            return redirect("support:cycle" if "send" in request.POST else "support:plan", cycle_id)
    return render(request, "support/plan.html", typed.context(key))


def _saved_already(request: ActorRequest, key: str, where: str, cycle_id: int) -> HttpResponse:
    """A button that was pressed twice: the first press has saved all of it."""
    drop_draft(form=key, by=request.actor)
    messages.info(request, "Saved already. Nothing was saved twice.")
    return redirect(where, cycle_id)


def _compare(
    request: ActorRequest, page: queries.CyclePage, both: list[tuple[str, str, str]], again: str
) -> HttpResponse:
    """Somebody saved while this person typed: both texts beside each other, nothing lost."""
    context = {"page": page, "both": both, "again": again, "page_title": "Two people were writing"}
    return render(request, "support/compare.html", context, status=409)


@needs(P.SUPPORT_DRAFT)
def put_in(request: ActorRequest, cycle_id: int) -> HttpResponse:
    """A line of provision, just promised or running already, becomes part of the plan."""
    page = queries.draft_page(request.actor, cycle_id, on=today())
    back = "support:plan" if page.stage == "plan" else "support:cycle"
    if "line" not in request.GET:
        return redirect(back, cycle_id)
    line = queries.line_for(page, request.GET["line"])
    form = forms.PutIn(request.POST or None, outcomes=[(row.id, row.text) for row in page.outcomes])
    if form.is_valid():
        chosen = next((row for row in page.cycle.outcomes.all() if row.pk == form.cleaned_data["outcome"]), None)
        actions.put_in_plan(cycle=page.cycle, line=line, outcome=chosen, by=request.actor, on=today())
        return redirect(back, cycle_id)
    context = {"page": page, "line": line, "form": form, "back": back}
    return render(request, "support/put_in.html", {**context, "page_title": f"Put in the plan, {page.head.name}"})


@require_POST
@needs(P.SUPPORT_DRAFT)
def drop_outcome(request: ActorRequest, cycle_id: int, outcome_id: int) -> HttpResponse:
    page = queries.draft_page(request.actor, cycle_id, on=today())
    outcome = next((row for row in page.cycle.outcomes.all() if row.pk == outcome_id), None)
    if outcome is not None:
        actions.drop_outcome(outcome=outcome, by=request.actor, on=today())
    return redirect("support:plan", cycle_id)


@require_POST
@needs(P.SUPPORT_APPROVE)
def start(request: ActorRequest, cycle_id: int) -> HttpResponse:
    """Agree the plan and begin; what is missing is said by name on the plan's own page."""
    cycle_ = queries.find_cycle(request.actor, cycle_id, on=today())
    if cycle_.started_on:
        messages.info(request, f"Support has begun already, on {full_day(cycle_.started_on)}.")
        return redirect("support:cycle", cycle_id)
    try:
        actions.start(cycle=cycle_, by=request.actor, on=today())
    except Refused as refusal:
        messages.error(request, refusal.reason)
    else:
        assert cycle_.review_on is not None
        messages.success(request, f"Support has begun. The review is on {full_day(cycle_.review_on)}.")
    return redirect("support:cycle", cycle_id)


@needs(P.SUPPORT_DRAFT)
def review(request: ActorRequest, cycle_id: int) -> HttpResponse:
    """Judge each outcome, hear pupil and family, decide. Last words stand ready to be edited."""
    on = today()
    cycle_ = queries.find_cycle(request.actor, cycle_id, on=on, may=may_draft_plan)
    key, me = f"review:{cycle_id}", request.actor.person_id
    form = forms.Review(request.POST or None, initial={"held_on": on, "version": cycle_.version})
    results = [forms.ResultForm(request.POST or None, outcome=outcome) for outcome in cycle_.outcomes.all()]
    if form.is_valid() and all(part.is_valid() for part in results):
        draft, version = form.draft(results), form.cleaned_data["version"]
        if cycle_.reviewed_on and actions.is_written_up(cycle_, draft, me):
            return _saved_already(request, key, "support:cycle", cycle_id)
        try:
            actions.hold_review(cycle=cycle_, draft=draft, version=version, by=request.actor, on=on)
        except Refused as refusal:
            forms.put_error(refusal.reason, refusal.field, form, results)
        except Stale:
            newer = queries.find_cycle(request.actor, cycle_id, on=on)
            if actions.is_written_up(newer, draft, me):
                return _saved_already(request, key, "support:cycle", cycle_id)
            form = forms.Review({**request.POST.dict(), "version": newer.version})
            form.add_error(None, "A colleague changed this plan while you wrote. Read the outcomes, then save again.")
        else:
            drop_draft(form=key, by=request.actor)
            return redirect("support:cycle", cycle_id)
    page = queries.draft_page(request.actor, cycle_id, on=on)
    context: dict[str, Any] = {"page": page, "form": form, "results": results}
    return render(request, "support/review.html", {**context, "page_title": f"Review, {page.head.name}"})


@needs(P.SUPPORT_APPROVE)
def close(request: ActorRequest, cycle_id: int) -> HttpResponse:
    page = queries.cycle_page(request.actor, cycle_id, on=today())
    form = forms.Close(request.POST or None)
    if form.is_valid():
        try:
            actions.close_cycle(cycle=page.cycle, by=request.actor, on=today(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.reason)
        else:
            return redirect("support:cycle", cycle_id)
    return render(request, "support/close.html", {"page": page, "form": form, "page_title": f"Close, {page.head.name}"})


@require_POST
@needs(P.SUPPORT_APPROVE)
def carry_on(request: ActorRequest, cycle_id: int) -> HttpResponse:
    """Close the reviewed cycle and open the next with what carries over."""
    cycle_ = queries.find_cycle(request.actor, cycle_id, on=today())
    if cycle_.closed_on and (standing := queries.open_cycle_of(request.actor, cycle_.pupil_id, on=today())):
        messages.info(request, "The next cycle is open already: this is it. Nothing was started twice.")
        return redirect("support:plan", standing)
    following = actions.carry_on(cycle=cycle_, by=request.actor, on=today())
    return redirect("support:plan", following.pk)


@needs(P.SUPPORT_DRAFT)
def answer(request: ActorRequest, cycle_id: int, answer_id: int) -> HttpResponse:
    """Answer what a family asked. Their words stand above, untouched."""
    row = queries.find_answer(request.actor, cycle_id, answer_id, on=today())
    page = queries.draft_page(request.actor, cycle_id, on=today())
    form = forms.Reply(request.POST or None, initial={"words": row.reply})
    if form.is_valid():
        try:
            actions.reply(answer=row, by=request.actor, on=today(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error("words", refusal.reason)
        else:
            return redirect("support:cycle", cycle_id)
    context = {"page": page, "answer": row, "form": form, "page_title": f"Answer {row.by.formal}"}
    return render(request, "support/answer.html", context)
