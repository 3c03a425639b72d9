"""The summaries of what changed, as PDF, as Word, and as a page to print. They are about nobody, so no copy is kept."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from alongside.areas.policy import papers
from alongside.areas.policy.rules import Reader
from alongside.base.access.roles import Permission
from alongside.base.access.web import ActorRequest, needs
from alongside.base.documents.web import open_pdf, open_word
from alongside.kit.time import now

P = Permission


@require_GET
@needs(P.POLICY_READ)
def pdf(request: ActorRequest, version_id: int, reader: Reader) -> HttpResponse:
    paper = papers.summary_paper(request.actor, version_id, reader, at=now())
    context = {"paper": paper, "page_title": paper.title, "author": paper.trust}
    return open_pdf(request, f"policy-{reader}", "policy/summary_paper.html", context, instead=_forms(paper, "PDF"))


@require_GET
@needs(P.POLICY_READ)
def word(request: ActorRequest, version_id: int, reader: Reader) -> HttpResponse:
    paper = papers.summary_paper(request.actor, version_id, reader, at=now())
    return open_word(f"policy-{reader}", papers.summary_word(paper))


@require_GET
@needs(P.POLICY_READ)
def page(request: ActorRequest, version_id: int, reader: Reader) -> HttpResponse:
    """The same sheet in the browser, to be printed from there."""
    paper = papers.summary_paper(request.actor, version_id, reader, at=now())
    context = {"paper": paper, "base": "documents/screen.html", "others": _forms(paper, "Page to print")}
    return render(request, "policy/summary_paper.html", {**context, "page_title": paper.title})


def _forms(paper: papers.SummaryPaper, but: str) -> list[tuple[str, str]]:
    """The other forms that a summary may be had in."""
    found = (("PDF", "pdf"), ("Word document", "word"), ("Page to print", "page"))
    return [
        (label, reverse(f"policy:{paper.reader}_{name}", args=[paper.version])) for label, name in found if label != but
    ]
