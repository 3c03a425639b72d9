"""Sending a paper: made, kept as a fixed copy, and handed over under a name that tells nobody whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from alongside.base.access.web import ActorRequest
from alongside.base.documents import actions
from alongside.base.documents.models import Document
from alongside.base.documents.render import INSTALL, CannotPrint, pdf
from alongside.base.documents.word import TYPE as WORD
from alongside.base.pupils.models import Pupil
from alongside.kit import today

PDF = "application/pdf"
_ENDINGS = {PDF: "pdf", WORD: "docx"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper about to be issued: whose it is, which kind, about what, and its line in the list of papers."""

    pupil: Pupil
    kind: str  # 'support-plan': also what the file is called
    title: str
    about: int
    band: int


def send_pdf(
    request: ActorRequest,
    sheet: Sheet,
    template: str,
    context: dict[str, object],
    *,
    instead: Sequence[tuple[str, str]],
    one_side: bool = False,
) -> HttpResponse:
    """Make a PDF of a template, issue it, and send it.

    Where this machine cannot write PDFs a page says so, with the line that mends it and `instead`: (label, address).
    """
    page = {"base": "documents/pdf.html", "author": sheet.pupil.school.name, **context}
    try:
        body = pdf(render_to_string(template, page), one_side=one_side)
    except CannotPrint as fault:
        return _no_pdf(request, fault, instead)
    return _issue(request, sheet, PDF, body)


def open_pdf(
    request: ActorRequest, name: str, template: str, context: dict[str, object], *, instead: Sequence[tuple[str, str]]
) -> HttpResponse:
    """Make and send a PDF that is about nobody, under a name of ours. No copy is kept: it can be made again."""
    try:
        body = pdf(render_to_string(template, {"base": "documents/pdf.html", **context}))
    except CannotPrint as fault:
        return _no_pdf(request, fault, instead)
    return _answer(body, PDF, name)


def open_word(name: str, body: bytes) -> HttpResponse:
    """Send a Word document that is about nobody, under a name of ours. No copy is kept."""
    return _answer(body, WORD, name)


def _no_pdf(request: ActorRequest, fault: CannotPrint, instead: Sequence[tuple[str, str]]) -> HttpResponse:
    words = {"reason": str(fault), "install": INSTALL, "instead": instead, "page_title": "No PDF here yet"}
    return render(request, "documents/no_pdf.html", words, status=503)


def send_word(request: ActorRequest, sheet: Sheet, body: bytes) -> HttpResponse:
    """Issue a Word document and send it."""
    return _issue(request, sheet, WORD, body)


def send_copy(document: Document) -> HttpResponse:
    """A fixed copy, byte for byte. PDFs open in the browser; everything else is saved."""
    return _answer(bytes(document.body), document.media_type, f"{document.kind}-{document.pk}")


def _answer(body: bytes, media_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=media_type)
    place = "inline" if media_type == PDF else "attachment"
    answer["Content-Disposition"] = f'{place}; filename="{name}.{_ENDINGS.get(media_type, "bin")}"'
    return answer


def _issue(request: ActorRequest, sheet: Sheet, media_type: str, body: bytes) -> HttpResponse:
    return send_copy(
        actions.issue(
            pupil=sheet.pupil, kind=sheet.kind, title=sheet.title, media_type=media_type, body=body, by=request.actor,
            on=today(), about=sheet.about, band=sheet.band,
        )
    )  # fmt: skip
