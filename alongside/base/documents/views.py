"""A pupil's papers, one paper as it was issued, and the drafts of half-filled forms."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from alongside.base.access.roles import Permission
from alongside.base.access.web import ActorRequest, needs, signed_in
from alongside.base.documents import actions, forms, queries
from alongside.base.documents.web import send_copy
from alongside.base.history import actions as history
from alongside.design.words import clock
from alongside.kit import today
from alongside.kit.time import LONDON

_NOT_KEPT = frozenset({"csrfmiddlewaretoken", "version"})


@needs(Permission.BRIEF)
def of_pupil(request: ActorRequest, pupil_id: int) -> HttpResponse:
    page = queries.papers_page(request.actor, pupil_id, on=today())
    return render(request, "documents/of_pupil.html", {"page": page, "page_title": f"Papers, {page.head.name}"})


@require_GET
@signed_in
def paper(request: ActorRequest, document_id: int) -> HttpResponse:
    """A fixed copy again, byte for byte."""
    document = queries.find_paper(request.actor, document_id, on=today())
    history.viewed(pupil=document.pupil_id, school=document.school_id, by=request.actor, page=f"paper {document.kind}")
    return send_copy(document)


@require_POST
@signed_in
def draft(request: ActorRequest) -> HttpResponse:
    """Keep what somebody is typing, for the script that saves as they write. Answers in words for the save line."""
    key = forms.DraftKey(request.GET)
    if not key.is_valid():
        return JsonResponse({"words": "This form cannot be kept as a draft."}, status=400)
    kept = actions.keep_draft(form=key.cleaned_data["form"], values=_typed(request.POST), by=request.actor)
    if kept is None:
        return JsonResponse({"words": "This is too long to keep as a draft. Send it, or make it shorter."}, status=413)
    at = clock(kept.saved_at.astimezone(LONDON))
    return JsonResponse({"saved_at": kept.saved_at.isoformat(), "words": f"Saved {at}"})


def _typed(posted: QueryDict) -> dict[str, object]:
    """The fields of a form: one value as text, several as a list."""
    lists = ((name, values) for name, values in posted.lists() if name not in _NOT_KEPT and "password" not in name)
    kept = {name: [value.replace("\0", "") for value in values] for name, values in lists}
    return {name.replace("\0", ""): values[0] if len(values) == 1 else values for name, values in kept.items()}
