"""Hand today's list over, leave notes to its rows, take it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from alongside.areas.cover import actions, forms, queries
from alongside.base.access.roles import Permission
from alongside.base.access.web import ActorRequest, needs
from alongside.kit import today
from alongside.kit.forms import done
from alongside.kit.numbers import whole

P = Permission


@needs(P.HAND_OVER)
def hand(request: ActorRequest) -> HttpResponse:
    page = queries.hand_page(request.actor, whole(request.GET.get("school", "")), on=today())
    form = forms.HandForm(request.POST or None, people=page.people, initial={"first": today()})
    made = done(form, lambda: actions.hand_over(school=page.school, draft=form.draft(), by=request.actor, on=today()))
    if made:
        messages.success(
            request, f"{made.to.name} has the list, {made.span.words}. Leave notes to its rows if you like."
        )
        return redirect("cover:notes", made.pk)
    return render(request, "cover/hand.html", {"page": page, "form": form, "page_title": "Hand over today’s list"})


@needs(P.HAND_OVER)
def notes(request: ActorRequest, handover_id: int) -> HttpResponse:
    """Notes to the rows, one saved at a time."""
    page = queries.notes_page(request.actor, handover_id, on=today())
    form = forms.NoteForm(request.POST or None)
    if form.is_valid():
        handover = queries.find_handover(request.actor, handover_id)
        row = queries.find_row(request.actor, form.cleaned_data["row"])
        actions.leave_note(handover=handover, row=row, words=form.cleaned_data["words"], by=request.actor, on=today())
        messages.success(request, "The note is kept." if form.cleaned_data["words"].strip() else "The note is gone.")
        return redirect("cover:notes", handover_id)
    return render(
        request, "cover/notes.html", {"page": page, "form": form, "page_title": f"Notes for {page.handover.to}"}
    )


@require_POST
@needs(P.HAND_OVER)
def take_back(request: ActorRequest, handover_id: int) -> HttpResponse:
    handover = queries.find_handover(request.actor, handover_id)
    actions.take_back(handover=handover, by=request.actor, on=today())
    messages.success(request, f"The list is taken back. {handover.to.name} covers no more.")
    return redirect(f"{reverse('cover:hand')}?school={handover.school_id}")
