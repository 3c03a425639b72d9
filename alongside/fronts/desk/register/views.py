"""The register: to read, to print as it stood on a day, to take away; and a reader's own views of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from alongside.areas.register import actions
from alongside.base.access.roles import Permission
from alongside.base.access.web import ActorRequest, needs
from alongside.fronts.desk.register.filters import Asked
from alongside.fronts.desk.register.forms import KeepView
from alongside.fronts.desk.register.page import Question, RegisterPage, chosen_page, register_page
from alongside.fronts.desk.register.sheet import MEDIA_TYPE, spreadsheet
from alongside.kit import Refused, today
from alongside.kit.numbers import whole
from alongside.kit.time import now

P = Permission


@require_GET
@needs(P.REGISTER)
def register(request: ActorRequest) -> HttpResponse:
    page = _page(request)
    return render(request, "desk/register.html", {"page": page, "page_title": "SEN register"})


@require_GET
@needs(P.REGISTER)
def print_(request: ActorRequest) -> HttpResponse:
    """A sheet of what the filters show, on today or as it stood on a day."""
    page = _page(request, whole=True)
    _write_down(request, page, "on paper")
    context = {"page": page, "initials": "initials" in request.GET, "large": "large" in request.GET, "at": now()}
    return render(request, "desk/register_print.html", {**context, "page_title": "SEN register to print"})


@require_GET
@needs(P.REGISTER)
def export(request: ActorRequest) -> HttpResponse:
    """The same as a spreadsheet."""
    page = _page(request, whole=True)
    _write_down(request, page, "as a spreadsheet")
    response = HttpResponse(spreadsheet(page), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="sen-register-{page.on.isoformat()}.xlsx"'
    return response


@needs(P.REGISTER)
def save_view(request: ActorRequest) -> HttpResponse:
    """Keep the filters of an address under a name."""
    kept = Asked.read(dict(request.GET.lists())).query()
    form = KeepView(request.POST or None, initial={"query": kept})
    if form.is_valid():
        query = Asked.parse(form.cleaned_data["query"]).query()
        try:
            actions.keep_view(name=form.cleaned_data["name"], query=query, by=request.actor)
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.reason)
        else:
            return redirect(f"{reverse('register:register')}?{query}")
    context = {"form": form, "sentence": Asked.parse(kept).words(), "page_title": "Save this view"}
    return render(request, "desk/register_save.html", context)


@require_POST
@needs(P.REGISTER)
def drop_view(request: ActorRequest, view_id: int) -> HttpResponse:
    actions.drop_view(view_id=view_id, by=request.actor)
    messages.success(request, "The view is gone. The pupils in it are as they were.")
    return redirect("register:register")


@require_GET
@needs(P.REGISTER)
def chosen(request: ActorRequest) -> HttpResponse:
    """What to do with the pupils that were ticked: print their profiles, or check each record in turn."""
    ids = [pupil for value in request.GET.getlist("pupil")[:200] if (pupil := whole(value)) is not None]
    if not ids:
        messages.warning(request, "Tick a pupil first.")
        return redirect("register:register")
    if request.GET.get("do") == "check":
        rest = "&".join(f"then={pupil}" for pupil in ids[1:])
        return redirect(f"{reverse('register:check', args=[ids[0]])}{'?' if rest else ''}{rest}")
    page = chosen_page(request.actor, ids, on=today())
    return render(request, "desk/register_chosen.html", {"page": page, "page_title": "Profiles to print"})


def _page(request: ActorRequest, *, whole: bool = False) -> RegisterPage:
    on = today()
    return register_page(request.actor, Question.read(dict(request.GET.lists()), today=on), today=on, whole=whole)


def _write_down(request: ActorRequest, page: RegisterPage, how: str) -> None:
    which = page.sentence if page.live else f"{page.sentence} As it stood on {page.on:%d %B %Y}"
    actions.take_away(
        school=page.school_id,
        pupils=[row.pupil for row in page.rows],
        how=how,
        which=which,
        by=request.actor,
        on=today(),
    )
