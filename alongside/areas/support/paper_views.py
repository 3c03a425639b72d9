"""Plans on paper. Every PDF and Word document is issued: kept as it is, and told in the pupil's history."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from alongside.areas.support import papers
from alongside.base.access.roles import Permission
from alongside.base.access.web import ActorRequest, needs
from alongside.base.documents.web import Sheet, send_pdf, send_word
from alongside.base.history import actions as history
from alongside.kit import today
from alongside.kit.time import now

P = Permission


@require_GET
@needs(P.DOCUMENTS)
def plan_pdf(request: ActorRequest, cycle_id: int) -> HttpResponse:
    paper = papers.plan_paper(request.actor, cycle_id, on=today(), at=now())
    context = {"paper": paper, "page_title": paper.title}
    return send_pdf(request, _sheet(paper), "support/plan_paper.html", context, instead=_forms(paper, "PDF"))


@require_GET
@needs(P.DOCUMENTS)
def plan_word(request: ActorRequest, cycle_id: int) -> HttpResponse:
    paper = papers.plan_paper(request.actor, cycle_id, on=today(), at=now())
    return send_word(request, _sheet(paper), papers.plan_word(paper))


@require_GET
@needs(P.DOCUMENTS)
def plan_page(request: ActorRequest, cycle_id: int) -> HttpResponse:
    """The same sheet in the browser, to be printed from there."""
    paper = papers.plan_paper(request.actor, cycle_id, on=today(), at=now())
    return _page(request, paper, "support/plan_paper.html")


@require_GET
@needs(P.DOCUMENTS, P.OWN_CHILD)
def family_pdf(request: ActorRequest, cycle_id: int) -> HttpResponse:
    paper = papers.family_paper(request.actor, cycle_id, on=today(), at=now())
    context = {"paper": paper, "page_title": paper.title}
    return send_pdf(request, _sheet(paper), "support/family_paper.html", context, instead=_forms(paper, "PDF"))


@require_GET
@needs(P.DOCUMENTS, P.OWN_CHILD)
def family_word(request: ActorRequest, cycle_id: int) -> HttpResponse:
    paper = papers.family_paper(request.actor, cycle_id, on=today(), at=now())
    return send_word(request, _sheet(paper), papers.family_word(paper))


@require_GET
@needs(P.DOCUMENTS, P.OWN_CHILD)
def family_page(request: ActorRequest, cycle_id: int) -> HttpResponse:
    """The family copy in the browser, to be printed from there."""
    paper = papers.family_paper(request.actor, cycle_id, on=today(), at=now())
    return _page(request, paper, "support/family_paper.html")


def _page(request: ActorRequest, paper: papers.PlanPaper | papers.FamilyPaper, template: str) -> HttpResponse:
    history.viewed(pupil=paper.pupil.pk, school=paper.pupil.school_id, by=request.actor, page="plan on paper")
    context = {"paper": paper, "base": "documents/screen.html", "others": _forms(paper, "Page to print")}
    return render(request, template, {**context, "page_title": paper.title})


def _sheet(paper: papers.PlanPaper | papers.FamilyPaper) -> Sheet:
    return Sheet(paper.pupil, paper.kind, paper.listed, paper.cycle, band=2)


def _forms(paper: papers.PlanPaper | papers.FamilyPaper, but: str) -> list[tuple[str, str]]:
    """The other forms that a paper may be had in."""
    stem = "paper" if isinstance(paper, papers.PlanPaper) else "family_paper"
    found = (("PDF", stem), ("Word document", f"{stem}_word"), ("Page to print", f"{stem}_page"))
    return [(label, reverse(f"support:{name}", args=[paper.cycle])) for label, name in found if label != but]
