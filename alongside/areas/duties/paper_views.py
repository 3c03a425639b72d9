"""The duty statement as PDF and as Word. It is of no pupil, so no copy is kept: it can be made again for any day."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from alongside.areas.duties import papers
from alongside.areas.duties.views import day_asked_for
from alongside.base.access.roles import Permission
from alongside.base.access.web import ActorRequest, needs
from alongside.base.documents.web import open_pdf, open_word
from alongside.kit import today
from alongside.kit.time import now


@require_GET
@needs(Permission.DUTIES)
def statement_pdf(request: ActorRequest, school_id: int) -> HttpResponse:
    paper = _paper(request, school_id)
    context = {"paper": paper, "heads": papers.HEADS, "page_title": paper.title, "author": paper.school}
    query = f"?on={paper.on.isoformat()}"
    instead = [
        (label, reverse(f"duties:{name}", args=[school_id]) + query)
        for label, name in (("Word document", "statement_word"), ("Page to print", "statement"))
    ]
    return open_pdf(request, _name(paper), "duties/statement_paper.html", context, instead=instead)


@require_GET
@needs(Permission.DUTIES)
def statement_word(request: ActorRequest, school_id: int) -> HttpResponse:
    paper = _paper(request, school_id)
    return open_word(_name(paper), papers.statement_word(paper))


def _paper(request: ActorRequest, school_id: int) -> papers.StatementPaper:
    of, _ = day_asked_for(request.GET.get("on", ""))
    return papers.statement_paper(request.actor, school_id, of=of, on=today(), at=now())


def _name(paper: papers.StatementPaper) -> str:
    return f"{paper.kind}-{paper.school_id}-{paper.on.isoformat()}"
