"""Change notices: those of the trust, those of a school, one with its thread, and what is typed about them."""

from __future__ import annotations

from collections.abc import Callable

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from alongside.areas.changes import actions, forms, queries
from alongside.areas.changes.models import ChangeNotice
from alongside.base.access.roles import Permission
from alongside.base.access.web import ActorRequest, needs
from alongside.kit import today
from alongside.kit.forms import done
from alongside.kit.numbers import whole

P = Permission


@require_GET
@needs(P.CHANGES, P.CHANGES_KEEP)
def home(request: ActorRequest) -> HttpResponse:
    """For whoever writes notices how far the schools are; for a school what waits for it."""
    if request.actor.may(P.CHANGES_KEEP):
        page = queries.trust_page(request.actor, on=today())
        return render(request, "changes/trust.html", {"page": page, "page_title": "Changes"})
    own = queries.school_page(request.actor, on=today())
    return render(request, "changes/school.html", {"page": own, "page_title": "Changes"})


@require_GET
@needs(P.CHANGES, P.CHANGES_KEEP)
def notice(request: ActorRequest, notice_id: int) -> HttpResponse:
    page = queries.notice_page(request.actor, notice_id, on=today())
    return render(request, "changes/notice.html", {"page": page, "page_title": page.notice.title})


# --- Writing ----------------------------------------------------------------------------------------------


@needs(P.CHANGES_KEEP)
def write(request: ActorRequest) -> HttpResponse:
    """A new notice; `?item=` begins it with an entry of the reference library."""
    return _write(request, None, queries.begun_from(whole(request.GET.get("item", ""))))


@needs(P.CHANGES_KEEP)
def change(request: ActorRequest, notice_id: int) -> HttpResponse:
    row = queries.find_draft(request.actor, notice_id)
    return _write(request, row, {name: getattr(row, name) for name in forms.NoticeForm.base_fields})


def _write(request: ActorRequest, row: ChangeNotice | None, begins: dict[str, object]) -> HttpResponse:
    form = forms.NoticeForm(
        request.POST or None, authorities=queries.authorities(), unknown=queries.without_authority(), initial=begins
    )
    sends = "publish" in request.POST
    verb = actions.publish if sends else actions.write
    made = done(form, lambda: verb(draft=form.draft(), notice=row, by=request.actor, on=today()))
    if made and sends:
        messages.success(request, "Published. It is on the list of each school that it concerns.")
        return redirect("changes:notice", made.pk)
    if made:
        messages.success(request, "The draft is kept. No school has it yet.")
        return redirect("changes:home")
    context = {"form": form, "draft_id": row.pk if row else None}
    return render(request, "changes/write.html", {**context, "page_title": "Write a change notice"})


@require_POST
@needs(P.CHANGES_KEEP)
def drop(request: ActorRequest, notice_id: int) -> HttpResponse:
    actions.drop(notice=queries.find_draft(request.actor, notice_id), by=request.actor, on=today())
    messages.success(request, "The draft is thrown away.")
    return redirect("changes:home")


@needs(P.CHANGES_KEEP)
def add(request: ActorRequest, notice_id: int) -> HttpResponse:
    row, form = queries.find_notice(request.actor, notice_id), forms.AddForm(request.POST or None)

    def verb() -> object:
        return actions.add(notice=row, by=request.actor, on=today(), **form.cleaned_data)

    return _ask(request, row, form, verb, ("Add to the notice", "Add it", "It is added, with today’s date."))


@needs(P.CHANGES_KEEP)
def withdraw(request: ActorRequest, notice_id: int) -> HttpResponse:
    row, form = queries.find_notice(request.actor, notice_id), forms.WithdrawForm(request.POST or None)

    def verb() -> object:
        return actions.withdraw(notice=row, by=request.actor, on=today(), **form.cleaned_data)

    said = ("Withdraw the notice", "Withdraw it", "It is withdrawn. No school has anything to do about it any more.")
    return _ask(request, row, form, verb, said)


# --- A school ---------------------------------------------------------------------------------------------


@require_POST
@needs(P.CHANGES)
def acknowledge(request: ActorRequest, task_id: int) -> HttpResponse:
    task = queries.find_task(request.actor, task_id)
    actions.acknowledge(task=task, by=request.actor, on=today())
    messages.success(request, "It is kept that your school has seen this.")
    return redirect("changes:notice", task.notice_id)


@needs(P.CHANGES)
def finish(request: ActorRequest, task_id: int) -> HttpResponse:
    task, form = queries.find_task(request.actor, task_id), forms.FinishForm(request.POST or None)

    def verb() -> object:
        return actions.finish(task=task, by=request.actor, on=today(), **form.cleaned_data)

    return _ask(request, task.notice, form, verb, ("What was done", "It is done", "It is kept as done."))


@needs(P.CHANGES)
def ask(request: ActorRequest, task_id: int) -> HttpResponse:
    task, form = queries.find_task(request.actor, task_id), forms.AskForm(request.POST or None)

    def verb() -> object:
        return actions.ask(task=task, by=request.actor, on=today(), **form.cleaned_data)

    return _ask(
        request, task.notice, form, verb, ("Ask about this change", "Ask", "Asked. The answer will stand here.")
    )


@needs(P.CHANGES_KEEP)
def answer(request: ActorRequest, question_id: int) -> HttpResponse:
    row, form = queries.find_question(question_id), forms.AnswerForm(request.POST or None)

    def verb() -> object:
        return actions.answer(question=row, by=request.actor, on=today(), **form.cleaned_data)

    said = (f"Answer {row.asking.short_name}", "Answer", "Answered, for every school to read.")
    return _ask(request, row.notice, form, verb, said, asked=row.words)


def _ask(
    request: ActorRequest, row: ChangeNotice, form: django_forms.Form, verb: Callable[[], object],
    said: tuple[str, str, str], asked: str = "",
) -> HttpResponse:  # fmt: skip
    """One question about a notice: do it and go back to the notice, or show what stands in the way."""
    heading, button, kept = said
    if done(form, lambda: bool(verb()) or True):
        messages.success(request, kept)
        return redirect("changes:notice", row.pk)
    back = reverse("changes:notice", args=[row.pk]) if row.published_on else reverse("changes:home")
    context = {"form": form, "button": button, "title": row.title, "back": back, "asked": asked}
    return render(request, "changes/ask.html", {**context, "page_title": heading})
