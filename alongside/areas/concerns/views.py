"""Concerns: raise one on a phone, follow it, triage the queue, gather what a screening needs."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from alongside.areas.concerns import actions, forms, queries, rules
from alongside.base.access.roles import Permission
from alongside.base.access.web import ActorRequest, needs
from alongside.base.documents.actions import draft_of, drop_draft, keep_draft
from alongside.kit import NotFound, today
from alongside.kit.forms import done

P = Permission


@require_GET
@needs(P.CONCERN_RAISE, P.CONCERN_TRIAGE)
def queue(request: ActorRequest) -> HttpResponse:
    page = queries.queue_page(request.actor, on=today())
    return render(request, "concerns/queue.html", {"page": page, "page_title": "Concerns"})


@require_GET
@needs(P.CONCERN_RAISE)
def pick(request: ActorRequest) -> HttpResponse:
    """Whom the concern is about: one's own pupils, or any name."""
    page = queries.pick_page(request.actor, request.GET.get("q", "")[:80], on=today())
    return render(request, "concerns/pick.html", {"page": page, "page_title": "Raise a concern"})


@needs(P.CONCERN_RAISE)
def raise_(request: ActorRequest, pupil_id: int) -> HttpResponse:
    """Half a minute: what you see, what you tried, did it help. What is for the DSL is kept for the DSL's own page."""
    on, key = today(), f"concern:{pupil_id}"
    page = queries.raise_page(request.actor, pupil_id, on=on)
    form = forms.Raise(request.POST or None, initial={} if request.POST else dict(draft_of(key, by=request.actor)))
    made = done(form, lambda: actions.raise_concern(pupil=page.pupil, draft=form.draft(), by=request.actor, on=on))
    if made is not None:
        drop_draft(form=key, by=request.actor)
        messages.success(request, f"Sent to {page.senco}.")
        return redirect("concerns:concern", made.pk)
    for_dsl = form.is_bound and rules.belongs_to_dsl(*form.texts())
    if for_dsl:
        _hand_to_note(request, pupil_id, form, key)
    context = {"page": page, "form": form, "key": key, "for_dsl": for_dsl}
    return render(request, "concerns/raise.html", {**context, "page_title": f"A concern about {page.head.name}"})


def _hand_to_note(request: ActorRequest, pupil_id: int, form: forms.Raise, key: str) -> None:
    """Carry the words to the page that sends them to the DSL alone; they stay a draft of this person's until sent."""
    text = "\n".join(filter(None, form.texts()))
    keep_draft(form=f"note:{pupil_id}", values={"kind": "concern", "text": text}, by=request.actor)
    drop_draft(form=key, by=request.actor)


@require_GET
@needs(P.CONCERN_RAISE, P.CONCERN_TRIAGE)
def of_pupil(request: ActorRequest, pupil_id: int) -> HttpResponse:
    page = queries.of_pupil_page(request.actor, pupil_id, on=today())
    return render(request, "concerns/of_pupil.html", {"page": page, "page_title": f"Concerns, {page.head.name}"})


@require_GET
@needs(P.CONCERN_RAISE, P.CONCERN_TRIAGE)
def concern(request: ActorRequest, concern_id: int) -> HttpResponse:
    page = queries.concern_page(request.actor, concern_id, on=today())
    return render(request, "concerns/concern.html", {"page": page, "page_title": f"Concern, {page.head.name}"})


@needs(P.CONCERN_TRIAGE)
def triage(request: ActorRequest, concern_id: int) -> HttpResponse:
    """Watch, screen, decide or close; whoever wrote gets the answer."""
    on = today()
    page = queries.concern_page(request.actor, concern_id, on=on)
    if not page.triages:
        raise NotFound
    form = forms.Triage(request.POST or None, page=page)
    made = done(form, lambda: actions.triage(concern=page.concern, by=request.actor, on=on, **form.values()))
    if made is None:
        return render(
            request, "concerns/triage.html", {"page": page, "form": form, "page_title": f"Triage, {page.head.name}"}
        )
    if made.decision == rules.Decision.REGISTER:
        return redirect(f"{reverse('register:decide', args=[made.pupil_id])}?concern={made.pk}")
    messages.success(request, f"{page.who} has your answer.")
    if made.decision == rules.Decision.SCREEN:
        return redirect("concerns:concern", made.pk)
    return redirect("concerns:queue")


@needs(P.CONCERN_TRIAGE)
def part(request: ActorRequest, concern_id: int, part: str) -> HttpResponse:
    """Write down one of the four parts of a screening."""
    on = today()
    page = queries.concern_page(request.actor, concern_id, on=on)
    line = next((line for line in page.parts if line.part == part), None)
    if line is None:
        raise NotFound
    which = rules.Part(part)
    shape = forms.part_form(which)
    form = shape(request.POST or None, initial=shape.first_words(line.note))
    if done(
        form,
        lambda: actions.note_part(concern=page.concern, part=which, note=form.text(), by=request.actor, on=on),
    ):
        return redirect("concerns:concern", concern_id)
    context = {"page": page, "form": form, "line": line, "page_title": f"{line.words}, {page.head.name}"}
    return render(request, "concerns/part.html", context)
