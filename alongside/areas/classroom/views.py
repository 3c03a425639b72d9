"""My classes, the brief, its readers, notes, the class sheet and the one-page profile."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.areas.classroom import actions, forms, queries, rules
from alongside.areas.classroom.sheet import sheet_page
from alongside.base.access.roles import Permission
from alongside.base.access.web import ActorRequest, needs
from alongside.base.documents.actions import draft_of, drop_draft
from alongside.kit import Refused, Stale, today
from alongside.kit.time import now

P = Permission


@needs(P.BRIEF)
def classes(request: ActorRequest) -> HttpResponse:
    page = queries.classes_page(request.actor, on=today())
    return render(request, "classroom/classes.html", {"page": page, "page_title": "My classes"})


@needs(P.BRIEF)
def brief(request: ActorRequest, pupil_id: int) -> HttpResponse:
    """Opening a brief is written down; reading it is what 'Got it' says."""
    page = queries.brief_page(request.actor, pupil_id, on=today())
    if page.brief is not None:
        actions.opened(brief=page.brief, by=request.actor)
    return render(request, "classroom/brief.html", {"page": page, "page_title": f"Brief, {page.head.name}"})


@require_POST
@needs(P.BRIEF)
def got_it(request: ActorRequest, pupil_id: int) -> HttpResponse:
    """Confirm the version that was on the screen; a newer one has to be read first."""
    standing = queries.current_brief(request.actor, pupil_id, on=today())
    if request.POST.get("number") != str(standing.number):
        messages.warning(request, "The brief changed while you had it open. This is the new version.")
        return redirect("classroom:brief", pupil_id)
    actions.got_it(brief=standing, by=request.actor, on=today())
    messages.success(request, f"{standing.pupil.liked}: version {standing.number} read.")
    return redirect("classroom:classes")


@require_POST
@needs(P.BRIEF)
def used(request: ActorRequest, pupil_id: int) -> HttpResponse:
    """A tap on one of the things that help: it helped today, or did not."""
    standing = queries.current_brief(request.actor, pupil_id, on=today())
    form = forms.TapForm(request.POST)
    tap = form.tap(standing.helps) if form.is_valid() else None
    if tap is None:
        raise Refused("That is not one of the things in the brief.")
    actions.used(pupil=standing.pupil, strategy=tap[0], helped=tap[1], by=request.actor, on=today())
    return redirect(f"{request.path.removesuffix('used/')}#used")


@needs(P.HISTORY)
def readers(request: ActorRequest, pupil_id: int) -> HttpResponse:
    page = queries.readers_page(request.actor, pupil_id, on=today())
    return render(request, "classroom/readers.html", {"page": page, "page_title": f"Who has read it, {page.head.name}"})


@needs(P.BRIEF_WRITE)
def edit(request: ActorRequest, pupil_id: int) -> HttpResponse:
    """Write the next version. When a colleague was quicker, both texts stand side by side and nothing is lost."""
    page = queries.edit_page(request.actor, pupil_id, on=today())
    key, initial = f"brief:{pupil_id}", forms.BriefForm.initial_of(page.brief)
    kept = draft_of(key, by=request.actor) if request.method == "GET" else {}
    form = forms.BriefForm(request.POST or None, initial={**initial, **kept, "version": initial["version"]})
    both: list[tuple[str, str, str, str]] = []
    if form.is_valid():
        try:
            actions.write_brief(
                pupil=page.pupil, draft=form.draft(), what_changed=form.cleaned_data["what_changed"],
                version=form.cleaned_data["version"], by=request.actor, on=today(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)
        except Stale as stale:
            form, both = forms.BriefForm(forms.again(request.POST, stale)), forms.conflict(stale.theirs, stale.yours)
        else:
            drop_draft(form=key, by=request.actor)
            return redirect("classroom:brief", pupil_id)
    context = {"page": page, "form": form, "both": both, "key": key, "restored": bool(kept)}
    status = 409 if both else 200
    return render(request, "classroom/edit.html", {**context, "page_title": f"Brief, {page.head.name}"}, status=status)


@needs(P.NOTE_WRITE)
def note(request: ActorRequest, pupil_id: int) -> HttpResponse:
    """Leave a note. One with safeguarding words goes to the DSL before it is saved, and the next page says so."""
    page = queries.write_page(request.actor, pupil_id, on=today())
    key = f"note:{pupil_id}"
    kept = draft_of(key, by=request.actor) if request.method == "GET" else {}
    form = forms.NoteForm(request.POST or None, initial=dict(kept) or None)
    if form.is_valid():
        kind = rules.NoteKind(form.cleaned_data["kind"])
        try:
            made = actions.write_note(
                pupil=page.pupil, kind=kind, text=form.cleaned_data["text"], by=request.actor, on=today()
            )
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.reason)
        else:
            drop_draft(form=key, by=request.actor)
            return redirect("classroom:one_note", made.pk)
    context = {"page": page, "form": form, "key": key, "page_title": f"Note, {page.head.name}"}
    return render(request, "classroom/note.html", context)


@needs(P.NOTES_ANSWER)
def notes(request: ActorRequest) -> HttpResponse:
    page = queries.notes_page(request.actor)
    return render(request, "classroom/notes.html", {"page": page, "page_title": "Notes"})


@needs(P.NOTE_WRITE, P.NOTES_ANSWER)
def one_note(request: ActorRequest, note_id: int) -> HttpResponse:
    """A note for whoever wrote it, who reads where it went, and for whoever answers it."""
    page = queries.note_page(request.actor, note_id, on=today())
    form = forms.AnswerForm(request.POST if page.may_answer and request.method == "POST" else None)
    if form.is_valid():
        actions.answer_note(note=page.note, by=request.actor, on=today(), **form.cleaned_data)
        messages.success(request, f"Answered. {page.line.by} has been told.")
        return redirect("classroom:notes")
    if not page.is_mine:
        actions.looked_at(note=page.note, by=request.actor, on=today())
    context = {"page": page, "form": form, "page_title": f"Note, {page.line.pupil}"}
    return render(request, "classroom/one_note.html", context)


@needs(P.BRIEF)
def sheet(request: ActorRequest, group_id: int) -> HttpResponse:
    initials = "initials" in request.GET
    page = sheet_page(request.actor, group_id, on=today(), initials=initials)
    context = {"page": page, "initials": initials, "by": request.actor.name, "at": now(), "on": today()}
    return render(request, "classroom/sheet.html", {**context, "page_title": f"{page.name}, class sheet"})


@needs(P.BRIEF)
def profile(request: ActorRequest, pupil_id: int) -> HttpResponse:
    page = queries.profile_page(request.actor, pupil_id, on=today())
    plain = "plain" in request.GET
    context = {"page": page, "plain": plain, "by": request.actor.name, "at": now(), "on": today()}
    context["may_issue"] = request.actor.may(P.DOCUMENTS, page.head.school_id)
    return render(request, "classroom/profile.html", {**context, "page_title": f"{page.head.liked}, profile"})
