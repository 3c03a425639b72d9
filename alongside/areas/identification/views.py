"""Flags, one pupil's progress, the whole-school sweep, the signs and the counts."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from alongside.areas.identification import actions, counts, forms, pupil, queries, sweep
from alongside.areas.identification import signs as rule_pages
from alongside.areas.identification.rules import SIGN_WORDS, Sign
from alongside.base.access.roles import Permission
from alongside.base.access.web import ActorRequest, needs
from alongside.design.charts import Chart
from alongside.kit import NotFound, Refused, today
from alongside.kit.jobs import enqueue
from alongside.kit.numbers import whole
from alongside.kit.time import now

P = Permission


@require_GET
@needs(P.FLAGS_ANSWER)
def flags(request: ActorRequest) -> HttpResponse:
    page = queries.flags_page(request.actor, on=today(), asked=whole(request.GET.get("page", "")))
    return render(request, "identification/flags.html", {"page": page, "page_title": "Progress flags"})


# --- One pupil -------------------------------------------------------------------------------------------


@require_GET
@needs(P.FLAGS_ANSWER)
def pupil_(request: ActorRequest, pupil_id: int) -> HttpResponse:
    """The page; with `as`, one of its charts alone."""
    asked = request.GET
    if "as" in asked:
        subject, which = asked.get("subject", ""), asked.get("chart", "")
        chart = pupil.chart_of(request.actor, pupil_id, subject=subject, which=which, on=today())
        return _sent(chart, asked["as"])
    page = pupil.progress_page(request.actor, pupil_id, on=today())
    return render(request, "identification/pupil.html", {"page": page, "page_title": f"Progress, {page.head.name}"})


def _sent(chart: Chart, form: str) -> HttpResponse:
    """A chart to take away: the picture alone, or its table."""
    if form == "csv":
        answer = HttpResponse(chart.csv(), content_type="text/csv; charset=utf-8")
    else:
        answer = HttpResponse(chart.svg, content_type="image/svg+xml")
    answer["Content-Disposition"] = f'attachment; filename="chart.{"csv" if form == "csv" else "svg"}"'
    return answer


@needs(P.FLAGS_ANSWER)
def answer(request: ActorRequest, pupil_id: int) -> HttpResponse:
    """Share the worry, put the flag away with a reason, or say what lies behind it."""
    on = today()
    page = queries.answer_page(request.actor, pupil_id, on=on)
    form = forms.AnswerFlags(request.POST or None, page=page)
    if form.is_valid():
        try:
            concern = actions.answer(pupil=page.pupil, flags=form.chosen(), draft=form.draft(), by=request.actor, on=on)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)
        else:
            messages.success(request, "The concern is with the SENCO." if concern else "Your answer is kept.")
            return redirect("concerns:concern", concern.pk) if concern else redirect("identification:pupil", pupil_id)
    context = {"page": page, "form": form, "page_title": f"Answer a flag, {page.head.name}"}
    return render(request, "identification/answer.html", context)


# --- The whole school ------------------------------------------------------------------------------------


@require_GET
@needs(P.CONCERN_TRIAGE)
def sweep_(request: ActorRequest) -> HttpResponse:
    page = sweep.sweep_page(request.actor, _chosen(request), on=today())
    return render(request, "identification/sweep.html", {"page": page, "page_title": "Whole-school sweep"})


@require_GET
@needs(P.CONCERN_TRIAGE)
def sweep_sheet(request: ActorRequest) -> HttpResponse:
    """The same on paper, with everybody who was chosen."""
    page = sweep.sweep_page(request.actor, _chosen(request), on=today(), whole=True)
    context = {"page": page, "by": request.actor.name, "at": now(), "on": today(), "page_title": "Whole-school sweep"}
    return render(request, "identification/sweep_sheet.html", context)


def _chosen(request: ActorRequest) -> sweep.Chosen:
    asked = request.GET
    return sweep.Chosen(
        whole(asked.get("school", "")), asked.get("class", ""), asked.get("year", ""), asked.get("state", ""),
        asked.get("late") == "1", whole(asked.get("page", "")),
    )  # fmt: skip


# --- Signs -----------------------------------------------------------------------------------------------


@require_GET
@needs(P.SIGNS_KEEP)
def signs(request: ActorRequest) -> HttpResponse:
    """What each sign would do here, before anybody switches it on."""
    form = forms.Look(request.GET or None)
    page = rule_pages.signs_page(on=today(), **(form.values() if form.is_bound and form.is_valid() else {}))
    if not form.is_bound:
        form = forms.Look(initial={"reliability": page.reliability, "slowed": round(100 * page.slowed, 1)})
    return render(
        request, "identification/signs.html", {"page": page, "form": form, "page_title": "Signs of slow progress"}
    )


@require_POST
@needs(P.SIGNS_KEEP)
def switch(request: ActorRequest) -> HttpResponse:
    """Switch a sign on, with the figures that stood on the page, or off."""
    sign = request.POST.get("sign", "")
    if sign not in set(Sign):
        raise NotFound
    key, looked = Sign(sign), forms.Look(request.POST)
    try:
        if request.POST.get("to") == "on":
            shown = rule_pages.shown_of(key, **looked.values()) if looked.is_valid() else None
            actions.switch_on(sign=key, shown=shown, by=request.actor, on=today())
        else:
            actions.switch_off(sign=key, by=request.actor, on=today())
    except Refused as refusal:
        messages.error(request, refusal.reason)
    else:
        enqueue("progress.sweep")
        messages.success(request, f"{SIGN_WORDS[key]}: switched {'on' if request.POST.get('to') == 'on' else 'off'}.")
    return redirect("identification:signs")


@require_POST
@needs(P.SIGNS_KEEP)
def run(request: ActorRequest) -> HttpResponse:
    """Look through the newest results again, in the background."""
    enqueue("progress.sweep")
    messages.success(request, "The results are being looked through. It takes a minute or less.")
    return redirect("identification:signs")


# --- Counts ----------------------------------------------------------------------------------------------


@require_GET
@needs(P.COUNTS)
def counts_(request: ActorRequest) -> HttpResponse:
    """The page; with `as`, its chart alone."""
    page = counts.counts_page(request.actor, on=today(), of=request.GET.get("of", ""))
    if "as" in request.GET:
        if page.chart is None:
            raise NotFound
        return _sent(page.chart, request.GET["as"])
    return render(request, "identification/counts.html", {"page": page, "page_title": "Progress in counts"})


@require_GET
@needs(P.FOUND_ALIKE)
def alike(request: ActorRequest) -> HttpResponse:
    """The page; with `as`, one of its charts alone."""
    asked = request.GET
    if "as" in asked:
        chart = counts.alike_chart(request.actor, asked.get("group", ""), on=today(), of=asked.get("of", ""))
        return _sent(chart, asked["as"])
    page = counts.alike_page(request.actor, on=today(), of=asked.get("of", ""))
    return render(request, "identification/alike.html", {"page": page, "page_title": "Are pupils found alike?"})
