"""People and posts, and calendars, for whoever keeps the system."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from alongside.base.access.roles import Permission
from alongside.base.access.web import ActorRequest, needs
from alongside.fronts.desk.structure import actions, forms, lines, queries
from alongside.kit import Refused, today

P = Permission


@require_GET
@needs(P.STRUCTURE)
def posts(request: ActorRequest) -> HttpResponse:
    page = queries.people_page(
        request.actor, on=today(), at=request.GET.get("at", ""), with_ended="ended" in request.GET
    )
    return render(request, "structure/posts.html", {"page": page, "page_title": f"People, {page.where}"})


@needs(P.STRUCTURE)
def add(request: ActorRequest) -> HttpResponse:
    """Let somebody in. The link is shown here, this once."""
    first = {"since": forms.day_words(today()), "school": request.GET.get("at", "")}
    form = forms.PersonForm(request.POST or None, initial=first)
    if form.is_valid():
        try:
            invited = actions.invite(newcomer=form.newcomer(), by=request.actor, on=today())
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
        else:
            return _show_link(request, invited.account.person.name, invited.account.email, invited.link)
    return render(request, "structure/add.html", {"form": form, "page_title": "Let somebody in"})


@require_POST
@needs(P.STRUCTURE)
def link(request: ActorRequest, account_id: int) -> HttpResponse:
    """Another link, for somebody who lost the first or let it run out."""
    account = queries.account_of(request.actor, account_id)
    path = actions.new_link(account=account, by=request.actor, on=today())
    return _show_link(request, account.person.name, account.email, path)


@needs(P.STRUCTURE)
def end(request: ActorRequest, post_id: int) -> HttpResponse:
    page, post = queries.end_page(request.actor, post_id, on=today())
    form = forms.EndForm(request.POST or None, initial={"last_day": forms.day_words(today())})
    if form.is_valid():
        try:
            actions.end_post(post=post, last_day=form.cleaned_data["last_day"], by=request.actor, on=today())
        except Refused as refused:
            form.add_error(refused.field, refused.reason)
        else:
            messages.success(request, f"{page.name} is {page.role} until {forms.day_words(post.until or today())}.")
            return redirect(_people(post.school.urn if post.school else ""))
    yesterday = today() - timedelta(days=1)
    context = {"page": page, "form": form, "yesterday": yesterday, "page_title": f"End a post, {page.name}"}
    return render(request, "structure/end.html", context)


@needs(P.STRUCTURE)
def calendar(request: ActorRequest) -> HttpResponse:
    """Terms and closures; what is sent adds one or the other."""
    at = request.GET.get("at", "")
    term = forms.TermForm(request.POST if "term-name" in request.POST else None, prefix="term")
    closure = forms.ClosureForm(request.POST if "closure-day" in request.POST else None, prefix="closure")
    school = queries.school_at(request.actor, at)
    form: forms.TermForm | forms.ClosureForm = term if term.is_bound else closure
    if form.is_valid():
        try:
            verb = actions.add_term if form is term else actions.add_closure
            verb(school=school, by=request.actor, on=today(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, refused.reason)
        else:
            return redirect(request.get_full_path())
    page = queries.calendar_page(request.actor, on=today(), at=at, year=request.GET.get("year", ""))
    context = {"page": page, "term": term, "closure": closure, "page_title": f"Calendar, {page.where}"}
    return render(request, "structure/calendar.html", context)


@needs(P.STRUCTURE)
def fill(request: ActorRequest) -> HttpResponse:
    """A school year in one go: typed, pasted, out of a file, or beginning with the trust's."""
    asked = request.GET
    page = queries.fill_page(
        request.actor, on=today(), at=asked.get("at", ""), year=asked.get("year", ""), copied="trust" in asked
    )
    form = forms.YearForm(request.POST or None, request.FILES or None, initial={"text": page.lines})
    context = {"page": page, "brought": False, "page_title": f"Calendar {page.year}, {page.where}"}
    if form.is_valid():
        try:
            brought = form.brought()
            if brought is not None:
                looked_over = forms.YearForm(initial={"text": brought})
                return render(request, "structure/fill.html", {**context, "form": looked_over, "brought": True})
            days = lines.read(form.cleaned_data["text"], near=page.year.first)
            actions.set_year(school=page.school, year=page.year, days=days, by=request.actor, on=today())
        except ValueError as fault:
            form.add_error("text" if "text" in request.POST else "file", str(fault))
        except Refused as refused:
            form.add_error("text", refused.reason)
        else:
            messages.success(request, f"The calendar of {page.year} is saved.")
            return redirect(f"{_calendar(page.at)}{'&' if page.at else '?'}year={page.year.starts_in}")
    return render(request, "structure/fill.html", {**context, "form": form})


@require_POST
@needs(P.STRUCTURE)
def remove_term(request: ActorRequest, term_id: int) -> HttpResponse:
    term = queries.term_of(request.actor, term_id)
    actions.remove_term(term=term, by=request.actor, on=today())
    return redirect(_calendar(term.school.urn if term.school else ""))


@require_POST
@needs(P.STRUCTURE)
def remove_closure(request: ActorRequest, closure_id: int) -> HttpResponse:
    closure = queries.closure_of(request.actor, closure_id)
    actions.remove_closure(closure=closure, by=request.actor, on=today())
    return redirect(_calendar(closure.school.urn if closure.school else ""))


def _show_link(request: ActorRequest, name: str, email: str, path: str) -> HttpResponse:
    where = request.build_absolute_uri(path) if path else ""
    context = {"name": name, "email": email, "link": where, "page_title": f"{name} may come in"}
    return render(request, "structure/invited.html", context)


def _people(urn: str) -> str:
    return reverse("people:posts") + (f"?at={urn}" if urn else "")


def _calendar(urn: str) -> str:
    return reverse("people:calendar") + (f"?at={urn}" if urn else "")
