"""The one-page profile as PDF and as Word. Each is issued: kept as it is, and told in the pupil's history."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from alongside.areas.classroom import papers
from alongside.base.access.roles import Permission
from alongside.base.access.web import ActorRequest, needs
from alongside.base.documents.web import Sheet, send_pdf, send_word
from alongside.kit import today
from alongside.kit.time import now


@require_GET
@needs(Permission.DOCUMENTS)
def profile_pdf(request: ActorRequest, pupil_id: int) -> HttpResponse:
    paper = papers.profile_paper(request.actor, pupil_id, on=today(), at=now())
    instead = [
        ("Word document", reverse("classroom:profile_docx", args=[pupil_id])),
        ("Page to print", reverse("classroom:profile", args=[pupil_id])),
    ]
    return send_pdf(
        request, _sheet(paper), "classroom/profile_paper.html", {"paper": paper, "page_title": paper.title},
        instead=instead, one_side=True,
    )  # fmt: skip


@require_GET
@needs(Permission.DOCUMENTS)
def profile_docx(request: ActorRequest, pupil_id: int) -> HttpResponse:
    paper = papers.profile_paper(request.actor, pupil_id, on=today(), at=now())
    return send_word(request, _sheet(paper), papers.profile_word(paper))


def _sheet(paper: papers.ProfilePaper) -> Sheet:
    return Sheet(paper.pupil, paper.kind, paper.listed, paper.version, band=1)
