"""Bringing pupils in from a file: upload, match columns, review, bring in, undo."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.base.access.roles import Permission
from alongside.base.access.web import ActorRequest, needs
from alongside.base.history import actions as history
from alongside.fronts.exchange import actions, forms, queries
from alongside.kit import Refused, today
from alongside.kit.forms import done
from alongside.kit.numbers import whole
from alongside.kit.tables.uploads import on_disk
from alongside.kit.time import now

P = Permission
_MOST_PAGES = 100_000


@needs(P.PUPILS_IMPORT)
def batches(request: ActorRequest) -> HttpResponse:
    """Every file so far, and the way to bring in another."""
    page = queries.batches_page(request.actor, now=now(), number=_number(request))
    form = forms.Upload(request.POST or None, request.FILES or None, schools=page.schools)
    if request.method == "POST" and form.is_valid():
        school = queries.find_school(request.actor, form.cleaned_data["school"])
        with on_disk(form.cleaned_data["file"]) as path:
            name = form.cleaned_data["file"].name or "file"
            batch = actions.receive(school=school, path=path, name=name, by=request.actor, on=today())
        if batch.matched_at:
            actions.ask_to_read(batch=batch, by=request.actor, on=today())
        return redirect("exchange:batch" if batch.matched_at or batch.refused_at else "exchange:columns", batch.pk)
    return render(request, "exchange/batches.html", {"page": page, "form": form, "page_title": "Bring pupils in"})


@needs(P.PUPILS_IMPORT)
def columns(request: ActorRequest, batch_id: int) -> HttpResponse:
    """Which column is which. What is certain is filled in; the rest is asked, and remembered."""
    page = queries.match_page(request.actor, batch_id, now=now())
    form = forms.Columns(request.POST or None, page=page)
    if done(form, lambda: _match(request, page, form)):
        return redirect("exchange:batch", batch_id)
    title = f"Which column is which, {page.batch.file_name}"
    return render(request, "exchange/columns.html", {"page": page, "form": form, "page_title": title})


def _match(request: ActorRequest, page: queries.MatchPage, form: forms.Columns) -> bool:
    actions.match_columns(batch=page.batch, columns=form.columns, by=request.actor, on=today())
    actions.ask_to_read(batch=page.batch, by=request.actor, on=today())
    return True


@needs(P.PUPILS_IMPORT)
def batch(request: ActorRequest, batch_id: int) -> HttpResponse:
    """A file where it stands: being read, to be checked, being brought in, brought in, undone, refused."""
    tab, number = request.GET.get("show", ""), _number(request)
    page = queries.batch_page(request.actor, batch_id, now=now(), tab=tab, number=number)
    history.viewed_many(page.seen, by=request.actor, page="file")
    return render(request, "exchange/batch.html", {"page": page, "page_title": page.batch.file_name})


@needs(P.PUPILS_IMPORT)
def progress(request: ActorRequest, batch_id: int) -> HttpResponse:
    """The moving part of a file's page; when the work is over the whole page is asked for again."""
    page = queries.batch_page(request.actor, batch_id, now=now())
    answer = render(request, "exchange/_progress.html", {"page": page})
    if not page.working:
        answer.headers["HX-Refresh"] = "true"
    return answer


@require_POST
@needs(P.PUPILS_IMPORT)
def decide(request: ActorRequest, batch_id: int) -> HttpResponse:
    """Decide about conflicts: those on the page one by one, or all that are open."""
    found = queries.find_batch(request.actor, batch_id)
    try:
        if every := forms.choice_for_all(request.POST):
            actions.decide(batch=found, rows=None, choice=every, by=request.actor, on=today())
        for choice, rows in forms.decisions(request.POST).items() if not every else ():
            actions.decide(batch=found, rows=rows, choice=choice, by=request.actor, on=today())
    except Refused as refusal:
        messages.error(request, refusal.reason)
    return redirect("exchange:batch", batch_id)


@require_POST
@needs(P.PUPILS_IMPORT)
def apply(request: ActorRequest, batch_id: int) -> HttpResponse:
    """Bring the file in; a second click changes nothing."""
    actions.ask(batch=queries.find_batch(request.actor, batch_id), by=request.actor, on=today())
    return redirect("exchange:batch", batch_id)


@require_POST
@needs(P.PUPILS_IMPORT)
def undo(request: ActorRequest, batch_id: int) -> HttpResponse:
    """Put back what the file changed."""
    actions.ask_to_undo(batch=queries.find_batch(request.actor, batch_id), by=request.actor, on=today())
    return redirect("exchange:batch", batch_id)


@require_POST
@needs(P.PUPILS_IMPORT)
def again(request: ActorRequest, batch_id: int) -> HttpResponse:
    """Ask anew for work that was cut off or broke off."""
    page = queries.batch_page(request.actor, batch_id, now=now())
    actions.ask_again(batch=page.batch, what=page.again, by=request.actor, on=today())
    return redirect("exchange:batch", batch_id)


def _number(request: ActorRequest) -> int:
    return min(whole(request.GET.get("page", "")) or 1, _MOST_PAGES)
