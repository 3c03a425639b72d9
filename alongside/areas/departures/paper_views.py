"""The departures statement on the screen, as PDF and as Word. What is sent is kept as it was."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from alongside.areas.departures import papers
from alongside.base.access.roles import Permission
from alongside.base.access.web import ActorRequest, needs
from alongside.base.documents.web import Sheet, send_pdf, send_word
from alongside.kit import today
from alongside.kit.time import now

P = Permission


@require_GET
@needs(P.DEPARTURES)
def page(request: ActorRequest, pupil_id: int) -> HttpResponse:
    """The statement in the browser, to be printed from there."""
    paper = _paper(request, pupil_id)
    context = {"base": "documents/screen.html", "others": _forms(paper, "Page to print")}
    return render(request, "departures/statement.html", {**_context(paper), **context})


@require_GET
@needs(P.DEPARTURES)
def as_pdf(request: ActorRequest, pupil_id: int) -> HttpResponse:
    paper = _paper(request, pupil_id)
    return send_pdf(request, _sheet(paper), "departures/statement.html", _context(paper), instead=_forms(paper, "PDF"))


@require_GET
@needs(P.DEPARTURES)
def as_word(request: ActorRequest, pupil_id: int) -> HttpResponse:
    paper = _paper(request, pupil_id)
    return send_word(request, _sheet(paper), papers.statement_word(paper))


def _paper(request: ActorRequest, pupil_id: int) -> papers.StatementPaper:
    return papers.statement_paper(request.actor, pupil_id, on=today(), at=now())


def _context(paper: papers.StatementPaper) -> dict[str, object]:
    return {"paper": paper, "law": papers.LAW, "heads": papers.HEADS, "page_title": paper.title}


def _sheet(paper: papers.StatementPaper) -> Sheet:
    return Sheet(paper.pupil, paper.kind, paper.listed, paper.pupil.pk, band=3)


def _forms(paper: papers.StatementPaper, but: str) -> list[tuple[str, str]]:
    """The other forms that the statement may be had in, and where one came from."""
    found = (("PDF", "statement_pdf"), ("Word document", "statement_word"), ("Page to print", "statement"))
    return [(label, reverse(f"departures:{name}", args=[paper.pupil.pk])) for label, name in found if label != but]
