"""How clocks run, when who is warned, why a date was missed, and what waits."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from alongside.areas.clocks import actions, forms, queries
from alongside.areas.clocks.monitor import monitor_page
from alongside.base.access.roles import Permission
from alongside.base.access.web import ActorRequest, needs
from alongside.design.words import year_day
from alongside.kit import today
from alongside.kit.forms import done

P = Permission


@require_GET
@needs(P.CLOCKS)
def monitor(request: ActorRequest) -> HttpResponse:
    page = monitor_page(request.actor, on=today())
    return render(request, "clocks/monitor.html", {"page": page, "page_title": "How the clocks run"})


@require_GET
@needs(P.CLOCKS)
def steps(request: ActorRequest, school_id: int) -> HttpResponse:
    page = queries.steps_page(request.actor, school_id, on=today())
    return render(request, "clocks/steps.html", {"page": page, "page_title": f"Warnings, {page.school.name}"})


@needs(P.CLOCKS_SET)
def set_steps(request: ActorRequest, school_id: int, line: int) -> HttpResponse:
    """A school's own steps for one hearer of one ladder."""
    page, row = queries.line_page(request.actor, school_id, line, on=today())
    form = forms.StepsForm(request.POST or None, initial={"days": row.typed})
    kept = done(
        form,
        lambda: actions.set_steps(
            school=page.school, ladder=row.ladder, hearer=row.hearer, days=form.cleaned_data["days"],
            by=request.actor, on=today(),
        ),
    )  # fmt: skip
    if kept:
        messages.success(request, f"From today {row.who} is warned: {queries.steps_words(kept.days)}.")
        return redirect("clocks:steps", school_id)
    context = {"page": page, "row": row, "form": form, "page_title": f"Warnings, {page.school.name}"}
    return render(request, "clocks/set_steps.html", context)


@needs(P.TODAY)
def missed(request: ActorRequest, missed_id: int) -> HttpResponse:
    """Why a date of the law, or of the Code, was missed."""
    page = queries.missed_page(request.actor, missed_id)
    first = {"because": page.missed.because, "words": page.missed.words, "ground": page.missed.ground}
    form = forms.ReasonForm(request.POST or None, initial=first, grounds=page.grounds)
    if done(form, lambda: actions.give_reason(missed=page.missed, reason=form.reason(), by=request.actor, on=today())):
        messages.success(request, "The reason is kept. The date stands as it was.")
        return redirect("clocks:missed", missed_id)
    return render(request, "clocks/missed.html", {"page": page, "form": form, "page_title": "A date that was missed"})


@needs(P.TODAY)
def wait(request: ActorRequest, row_id: int) -> HttpResponse:
    """Put a row of Today off until a day."""
    page = queries.wait_page(request.actor, row_id, on=today())
    form = forms.WaitForm(request.POST or None)
    waits = done(form, lambda: actions.put_off(row=page.row, by=request.actor, on=today(), **form.cleaned_data))
    if waits:
        messages.success(
            request, f"Put off. It is back on {year_day(waits.until)}; its date stays {year_day(waits.due)}."
        )
        return redirect("desk:today")
    return render(request, "clocks/wait.html", {"page": page, "form": form, "page_title": "Put off"})


@require_GET
@needs(P.TODAY)
def waiting(request: ActorRequest) -> HttpResponse:
    page = queries.waiting_page(request.actor, on=today())
    return render(request, "clocks/waiting.html", {"page": page, "page_title": "Put off"})


@require_POST
@needs(P.TODAY)
def back(request: ActorRequest, put_off_id: int) -> HttpResponse:
    waits = queries.find_waiting(request.actor, put_off_id)
    actions.put_back(waits=waits, by=request.actor, on=today())
    messages.success(request, "It is on today’s list again.")
    return redirect("clocks:waiting")
