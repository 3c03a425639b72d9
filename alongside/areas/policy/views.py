"""The policy's text and its library; each page fetches, cleans, acts and answers."""

from __future__ import annotations

from collections.abc import Callable

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from alongside.areas.policy import actions, forms, queries
from alongside.areas.policy.publishing import queries as publishing
from alongside.areas.policy.telling import actions as telling
from alongside.base.access.roles import Permission
from alongside.base.access.web import ActorRequest, needs
from alongside.kit import NotFound, today
from alongside.kit.forms import done

P = Permission


def one_form(
    request: ActorRequest,
    form: django_forms.Form,
    act: Callable[[], object],
    *,
    heading: str,
    button: str,
    back: tuple[str, str],
    then: str,
    lead: str = "",
    more: dict[str, object] | None = None,
) -> HttpResponse:
    """A page with one form: do it and go `back` (address, name), or show it again with what was refused."""
    made = done(form, act)
    if made is not None:
        messages.success(request, then)
        return redirect(back[0])
    context = {"form": form, "heading": heading, "button": button, "back": back, "lead": lead, **(more or {})}
    return render(request, "policy/form.html", {**context, "page_title": heading})


@require_GET
@needs(P.POLICY_READ)
def home(request: ActorRequest) -> HttpResponse:
    if request.actor.inducting:
        return redirect("policy:induction")
    page, published = queries.home_page(request.actor, on=today()), publishing.published(on=today())
    return render(request, "policy/home.html", {"page": page, "published": published, "page_title": "The SEND policy"})


@require_GET
@needs(P.POLICY_READ)
def read(request: ActorRequest) -> HttpResponse:
    """The text of the version in use, section by section. Whoever opens it has opened it."""
    version = queries.version_in_use()
    if version is None:
        raise NotFound
    telling.opened(by=request.actor, on=today())
    return _text(request, version.pk)


@require_GET
@needs(P.POLICY_READ)
def version(request: ActorRequest, version_id: int) -> HttpResponse:
    return _text(request, version_id)


def _text(request: ActorRequest, version_id: int) -> HttpResponse:
    page = queries.version_page(request.actor, version_id, on=today())
    file = publishing.file_of(page.row.version) if page.keeps else None
    context = {"page": page, "file": file, "inducting": request.actor.inducting}
    return render(request, "policy/version.html", {**context, "page_title": page.row.version.name})


# --- Keeping a version ----------------------------------------------------------------------------------------------


def _of(version_id: int) -> tuple[str, str]:
    return reverse("policy:version", args=[version_id]), "The version"


@needs(P.POLICY_KEEP)
def correct(request: ActorRequest, version_id: int) -> HttpResponse:
    version, on = queries.find_version(version_id), today()
    form = forms.CorrectForm(request.POST or None)
    return one_form(
        request, form,
        lambda: actions.correct_review(version=version, by=request.actor, on=on, **form.said()),
        heading="Put the next review right", button="Put it right", back=_of(version_id),
        then="The next review is put right. What was printed stays beside it.",
        lead=f"Printed: issue {version.issue_printed}, next review {version.next_review_printed}.",
    )  # fmt: skip


@needs(P.POLICY_KEEP)
def approve(request: ActorRequest, version_id: int) -> HttpResponse:
    version, on = queries.find_version(version_id), today()
    form = forms.ApprovalForm(request.POST or None)
    return one_form(
        request, form, lambda: actions.approve(version=version, by=request.actor, on=on, **form.said()),
        heading="Record the approval", button="Record it", back=_of(version_id), then="The approval is recorded.",
        lead="A version is approved by the board and after the central team and the trustees have been heard.",
    )  # fmt: skip


@needs(P.POLICY_KEEP)
def summaries(request: ActorRequest, version_id: int) -> HttpResponse:
    version, on = queries.find_version(version_id), today()
    standing = {"staff": version.staff_summary, "family": version.family_summary, "easy": version.easy_summary}
    form = forms.SummariesForm(request.POST or None, initial=standing)
    return one_form(
        request, form, lambda: actions.summarise(version=version, by=request.actor, on=on, **form.said()),
        heading="What has changed", button="Keep the summaries", back=_of(version_id), then="The summaries are kept.",
        lead="Staff and families read these when the version is published. No pupil’s name.",
    )  # fmt: skip


@require_POST
@needs(P.POLICY_KEEP)
def publish(request: ActorRequest, version_id: int) -> HttpResponse:
    """Make a version current. A refusal is a page that says what to do first."""
    version = queries.find_version(version_id)
    telling.publish(version=version, by=request.actor, on=today())
    messages.success(request, "This version is the current policy. Staff and register families have been told.")
    return redirect("policy:version", version_id)


@needs(P.POLICY_KEEP)
def flowchart(request: ActorRequest, version_id: int) -> HttpResponse:
    version, on = queries.find_version(version_id), today()
    form = forms.FlowchartForm(request.POST or None)
    return one_form(
        request, form, lambda: actions.add_flowchart(version=version, by=request.actor, on=on, **form.said()),
        heading="Add a flowchart", button="Add it", back=_of(version_id), then="The flowchart is there.",
        lead="Everybody gets the same steps, whether they see a drawing or hear words.",
    )  # fmt: skip


# --- The clause map -----------------------------------------------------------------------------------------------


@require_GET
@needs(P.POLICY_READ)
def map_(request: ActorRequest) -> HttpResponse:
    page = queries.map_page(request.actor, request.GET.get("q", "")[:80], on=today())
    return render(request, "policy/map.html", {"page": page, "page_title": "Clause map"})


@require_GET
@needs(P.POLICY_READ)
def clause(request: ActorRequest, clause_id: int) -> HttpResponse:
    page = queries.clause_page(request.actor, clause_id, on=today())
    return render(request, "policy/clause.html", {"page": page, "page_title": f"Clause {page.text.code}"})


@require_GET
@needs(P.POLICY_READ)
def of_duty(request: ActorRequest, code: str) -> HttpResponse:
    """From a duty to the clause that it rests on."""
    return redirect("policy:clause", queries.clause_of_duty(code.upper()).pk)


@needs(P.POLICY_KEEP)
def edit_clause(request: ActorRequest, clause_id: int) -> HttpResponse:
    page, on = queries.clause_page(request.actor, clause_id, on=today()), today()
    standing = {"title": page.text.title, "duties": " ".join(page.text.duties)}
    form = forms.ClauseForm(request.POST or None, initial=standing)
    return one_form(
        request, form, lambda: actions.map_clause(clause=page.clause, by=request.actor, on=on, **form.said()),
        heading=f"Clause {page.text.code}", button="Keep it", back=(reverse("policy:clause", args=[clause_id]), "The clause"),
        then="The clause map is kept.",
    )  # fmt: skip


@needs(P.POLICY_KEEP)
def settle(request: ActorRequest, section_id: int) -> HttpResponse:
    section, on = queries.find_section(section_id), today()
    form = forms.NoteForm(request.POST or None)
    return one_form(
        request, form, lambda: actions.settle_number(section=section, by=request.actor, on=on, **form.said()),
        heading=f"Settle the number of section {section.number}", button="Settle it", back=(reverse("policy:map"), "Clause map"),
        then="Settled. The printed numbers stay as other names.", lead=f"{section.heading}. {section.numbered().explains}",
    )  # fmt: skip


# --- What is odd ----------------------------------------------------------------------------------------------------


@require_GET
@needs(P.POLICY_READ)
def oddities(request: ActorRequest) -> HttpResponse:
    page = queries.oddities_page(request.actor, on=today())
    return render(request, "policy/oddities.html", {"page": page, "page_title": "Odd in the text"})


@needs(P.POLICY_KEEP)
def oddity(request: ActorRequest, number: int) -> HttpResponse:
    odd, on = queries.find_oddity(number), today()
    form = forms.NoteForm(request.POST or None)
    return one_form(
        request, form, lambda: actions.settle_oddity(number=number, by=request.actor, on=on, **form.said()),
        heading="Settle what is odd", button="Settle it", back=(reverse("policy:oddities"), "Odd in the text"),
        then="Settled, with your note.", lead=odd.says,
    )  # fmt: skip


# --- Law and guidance -----------------------------------------------------------------------------------------------


@require_GET
@needs(P.POLICY_READ)
def library(request: ActorRequest) -> HttpResponse:
    page = queries.library_page(request.actor, on=today())
    return render(request, "policy/library.html", {"page": page, "page_title": "Law and guidance"})


@require_GET
@needs(P.POLICY_READ)
def item(request: ActorRequest, item_id: int) -> HttpResponse:
    page = queries.item_page(request.actor, item_id, on=today())
    return render(request, "policy/item.html", {"page": page, "page_title": page.row.item.title})


@require_GET
@needs(P.POLICY_READ)
def clocks(request: ActorRequest) -> HttpResponse:
    page = queries.clocks_page(on=today())
    return render(request, "policy/clocks.html", {"page": page, "page_title": "Where time limits come from"})


@needs(P.POLICY_KEEP)
def add_item(request: ActorRequest) -> HttpResponse:
    """Add a law or guidance; one without a duty is taken, with a warning."""
    form, on = forms.ReferenceForm(request.POST or None), today()
    made = done(form, lambda: actions.add_reference(by=request.actor, on=on, **form.said()))
    if made is not None:
        if made.duties:
            messages.success(request, "It is in the library.")
        else:
            messages.warning(
                request, "It is in the library, but no duty rests on it. Say which, or nobody will look at it."
            )
        return redirect("policy:item", made.pk)
    context = {"form": form, "heading": "Add a law or guidance", "button": "Add it", "lead": ""}
    back = (reverse("policy:library"), "Law and guidance")
    return render(request, "policy/form.html", {**context, "back": back, "page_title": "Add a law or guidance"})


@needs(P.POLICY_KEEP)
def check_item(request: ActorRequest, item_id: int) -> HttpResponse:
    found, on = queries.find_reference(item_id), today()
    standing = {"in_force": found.in_force, "superseded_by": found.superseded_by}
    form = forms.CheckForm(request.POST or None, initial=standing)
    return one_form(
        request, form, lambda: actions.check_reference(item=found, by=request.actor, on=on, **form.said()),
        heading="Check what is in force", button="I have checked it", back=(reverse("policy:item", args=[item_id]), found.title),
        then="Checked today.", lead=f"{found.title}. The policy cites: {found.cited or 'no edition'}.",
    )  # fmt: skip
