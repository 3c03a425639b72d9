"""A review: opened, looked through, decided, heard, completed; and the version it leads to."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from alongside.areas.policy import actions, forms, queries
from alongside.areas.policy.reviews import actions as reviewing
from alongside.areas.policy.reviews import queries as review_page
from alongside.areas.policy.views import one_form
from alongside.base.access.roles import Permission
from alongside.base.access.web import ActorRequest, needs
from alongside.kit import NotFound, today
from alongside.kit.forms import done

P = Permission


def _of(review_id: int) -> tuple[str, str]:
    return reverse("policy:review", args=[review_id]), "The review"


@require_POST
@needs(P.POLICY_KEEP)
def open_(request: ActorRequest) -> HttpResponse:
    version = queries.version_in_use()
    if version is None:
        raise NotFound
    made = reviewing.open_review(version=version, by=request.actor, on=today())
    messages.success(request, "The review is open. Its agenda has been gathered.")
    return redirect("policy:review", made.pk)


@require_GET
@needs(P.POLICY_READ)
def review(request: ActorRequest, review_id: int) -> HttpResponse:
    page = review_page.review_page(request.actor, review_id, on=today())
    return render(request, "policy/review.html", {"page": page, "page_title": "Review of the policy"})


@require_POST
@needs(P.POLICY_KEEP)
def gather(request: ActorRequest, review_id: int) -> HttpResponse:
    found = review_page.find_review(review_id)
    number = reviewing.gather_again(review=found, by=request.actor, on=today())
    messages.success(request, f"{number} new on the agenda." if number else "Nothing new has come up.")
    return redirect("policy:review", review_id)


@needs(P.POLICY_KEEP)
def section(request: ActorRequest, review_id: int, number: int) -> HttpResponse:
    page, on = review_page.section_page(review_id, number), today()
    form = forms.SectionForm(page.rows, request.POST or None)
    made = done(
        form,
        lambda: reviewing.decide(review=page.review, section=page.section, by=request.actor, on=on, **form.said()),
    )
    if made is not None:
        messages.success(request, "The decisions are kept.")
        return redirect("policy:review", review_id)
    context = {"page": page, "form": form, "back": _of(review_id)}
    return render(
        request, "policy/section.html", {**context, "page_title": f"Section {number}, {page.section.heading}"}
    )


@needs(P.POLICY_KEEP)
def point(request: ActorRequest, point_id: int) -> HttpResponse:
    found, on = review_page.find_point(point_id), today()
    form = forms.NoteForm(request.POST or None, initial={"note": found.note})
    return one_form(
        request, form, lambda: reviewing.note_point(point=found, by=request.actor, on=on, **form.said()),
        heading="A point of the agenda", button="Keep the note", back=_of(found.review_id), then="The note is kept.",
        lead=found.says,
    )  # fmt: skip


@needs(P.POLICY_COMMENT)
def comment(request: ActorRequest, review_id: int) -> HttpResponse:
    found, on = review_page.find_review(review_id), today()
    form = forms.CommentForm(request.POST or None)
    return one_form(
        request, form, lambda: reviewing.comment(review=found, by=request.actor, on=on, **form.said()),
        heading="Comment on the review", button="Send", back=_of(review_id), then="Your comment is with the director.",
        lead="The policy is reviewed together with the central team and the trustees. You may also say that you have "
        "nothing to add.",
    )  # fmt: skip


@needs(P.POLICY_KEEP)
def answer(request: ActorRequest, comment_id: int) -> HttpResponse:
    found, on = review_page.find_comment(comment_id), today()
    form = forms.ReplyForm(request.POST or None, initial={"reply": found.reply})
    return one_form(
        request, form, lambda: reviewing.answer(comment=found, by=request.actor, on=on, **form.said()),
        heading="Answer a comment", button="Answer", back=_of(found.review_id), then="The answer is kept.", lead=found.says,
    )  # fmt: skip


@needs(P.POLICY_KEEP, P.POLICY_COMMENT)
def complete(request: ActorRequest, review_id: int) -> HttpResponse:
    """By the role that answers for the review; anybody else of those who review it is told whose it is."""
    found, on = review_page.find_review(review_id), today()
    form = forms.CompleteForm(request.POST or None)
    return one_form(
        request, form, lambda: reviewing.complete(review=found, by=request.actor, on=on, **form.said()),
        heading="Complete the review", button="Complete it", back=_of(review_id), then="The review is complete.",
    )  # fmt: skip


@needs(P.POLICY_KEEP)
def prepare(request: ActorRequest, review_id: int) -> HttpResponse:
    found, on = review_page.find_review(review_id), today()
    form = forms.VersionForm(request.POST or None, initial={"reference": found.version.reference})
    made = done(form, lambda: actions.prepare(review=found, by=request.actor, on=on, **form.said()))
    if made is not None:
        messages.success(request, "The next version is prepared, with the clauses that were kept or changed.")
        return redirect("policy:version", made.pk)
    context = {"form": form, "heading": "Prepare the next version", "button": "Prepare it", "back": _of(review_id)}
    return render(request, "policy/form.html", {**context, "lead": "", "page_title": "Prepare the next version"})
