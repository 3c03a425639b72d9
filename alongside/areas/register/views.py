"""The verbs of the register, a page each: decide, tell, place, take off, needs, EHC plan, disability, still right."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from alongside.areas.register import actions, forms, queries
from alongside.areas.register.rules import needs_telling
from alongside.base.access.roles import Permission
from alongside.base.access.web import ActorRequest, needs
from alongside.base.documents.actions import draft_of, drop_draft
from alongside.kit import today
from alongside.kit.forms import done
from alongside.kit.numbers import whole

P = Permission


@require_GET
@needs(P.REGISTER_KEEP)
def add(request: ActorRequest) -> HttpResponse:
    """Find the pupil whom a decision is about."""
    page = queries.add_page(request.actor, request.GET.get("q", "")[:80], on=today())
    return render(request, "register/add.html", {"page": page, "page_title": "Add a pupil to the register"})


@needs(P.REGISTER_KEEP)
def decide(request: ActorRequest, pupil_id: int) -> HttpResponse:
    """Decide on SEN support or an EHC plan; the parent is told next, and then it starts."""
    on, key = today(), f"decide:{pupil_id}"
    page = queries.record_page(request.actor, pupil_id, on=on, page="register decision")
    concern = queries.concern_behind(page, request.GET.get("concern", ""), actor=request.actor)
    typed = {} if request.POST else draft_of(key, by=request.actor)
    form = forms.Decide(request.POST or None, on=on, initial={**forms.Decide.first_words_of(page, concern), **typed})
    decision = done(form, lambda: actions.decide(pupil=page.pupil, draft=form.draft(concern), by=request.actor, on=on))
    if decision is None:
        return _page(request, "decide", page, form, f"Decide, {page.head.name}", concern=concern, key=key)
    drop_draft(form=key, by=request.actor)
    step = "register:tell" if needs_telling(decision.provision) else "register:place"
    return redirect(step, pupil_id, decision.pk)


@needs(P.REGISTER_KEEP)
def tell(request: ActorRequest, pupil_id: int, decision_id: int) -> HttpResponse:
    """How and when the parent was told, or the lawful reason why not."""
    on = today()
    if done_before := _done_before(request, pupil_id, decision_id):
        return done_before
    page = queries.decision_page(request.actor, pupil_id, decision_id, on=on, step="tell")
    form = forms.Tell(request.POST or None, initial={"told_on": on})
    if done(form, lambda: actions.tell_parent(decision=page.decision, telling=form.telling(), by=request.actor, on=on)):
        return redirect("register:place", pupil_id, decision_id)
    return _page(request, "tell", page, form, f"Tell the parent, {page.head.name}")


@needs(P.REGISTER_KEEP)
def place(request: ActorRequest, pupil_id: int, decision_id: int) -> HttpResponse:
    """Start what was decided, from a day."""
    on = today()
    if done_before := _done_before(request, pupil_id, decision_id):
        return done_before
    page = queries.decision_page(request.actor, pupil_id, decision_id, on=on, step="place")
    form = forms.Place(request.POST or None, initial={"starts_on": on})
    status = done(
        form,
        lambda: actions.place(
            decision=page.decision, starts_on=form.cleaned_data["starts_on"], by=request.actor, on=on
        ),
    )
    if status is None:
        return _page(request, "place", page, form, f"Start, {page.head.name}")
    messages.success(request, f"{page.head.liked} has {page.now.words} from {status.since.day} {status.since:%B}.")
    return redirect("desk:pupil", pupil_id)


@needs(P.REGISTER_KEEP)
def withdraw(request: ActorRequest, pupil_id: int, decision_id: int) -> HttpResponse:
    """Take a decision back before it has taken effect."""
    on = today()
    page = queries.decision_page(request.actor, pupil_id, decision_id, on=on, step="tell")
    form = forms.Withdraw(request.POST or None)
    if done(form, lambda: actions.withdraw(decision=page.decision, by=request.actor, on=on, **form.cleaned_data)):
        messages.success(request, f"The decision of {page.now.decided_on.day} {page.now.decided_on:%B} is taken back.")
        return redirect("desk:pupil", pupil_id)
    return _page(request, "withdraw", page, form, f"Take the decision back, {page.head.name}")


@needs(P.REGISTER_KEEP)
def take_off(request: ActorRequest, pupil_id: int) -> HttpResponse:
    """End SEN support, with the views of parent and pupil."""
    on, key = today(), f"take_off:{pupil_id}"
    page = queries.record_page(request.actor, pupil_id, on=on, page="take off the register")
    form = forms.TakeOff(request.POST or None, initial=dict(draft_of(key, by=request.actor)))
    if done(form, lambda: actions.take_off(pupil=page.pupil, by=request.actor, on=on, **form.cleaned_data)):
        drop_draft(form=key, by=request.actor)
        messages.success(request, f"{page.head.liked} is off the register from tomorrow. The history stays.")
        return redirect("desk:pupil", pupil_id)
    return _page(request, "take_off", page, form, f"Take off the register, {page.head.name}", key=key)


@needs(P.REGISTER_KEEP)
def needs_(request: ActorRequest, pupil_id: int) -> HttpResponse:
    """Change the ranked needs."""
    on = today()
    page = queries.record_page(request.actor, pupil_id, on=on, page="needs")
    form = forms.ChangeNeeds(request.POST or None, on=on, initial=forms.NeedsForm.first_words(page.needs))
    if done(
        form,
        lambda: actions.change_needs(
            pupil=page.pupil, needs=form.drafts(), why=form.cleaned_data["why"], by=request.actor, on=on
        ),
    ):
        messages.success(request, "The needs are changed.")
        return redirect("desk:pupil", pupil_id)
    return _page(request, "needs", page, form, f"Needs, {page.head.name}")


@needs(P.REGISTER_KEEP)
def plan(request: ActorRequest, pupil_id: int) -> HttpResponse:
    """The record of an EHC plan: which council, when it was made and last reviewed; or that it ended."""
    on = today()
    page = queries.record_page(request.actor, pupil_id, on=on, page="EHC plan record")
    ends = "end" in request.POST
    form = forms.Plan(None if ends else request.POST or None, initial=forms.Plan.first_words(page.plan))
    end = forms.EndPlan(request.POST if ends else None)
    if done(form, lambda: actions.record_plan(pupil=page.pupil, by=request.actor, on=on, **form.cleaned_data)):
        messages.success(request, "The plan is recorded.")
        return redirect("desk:pupil" if page.status and page.status.code == "E" else "register:decide", pupil_id)
    if done(end, lambda: actions.end_plan(pupil=page.pupil, by=request.actor, on=on, **end.cleaned_data)):
        messages.success(request, "The end of the plan is recorded. Now decide what the pupil has instead.")
        return redirect("register:plan", pupil_id)
    return _page(request, "plan", page, form, f"EHC plan record, {page.head.name}", end=end)


@needs(P.REGISTER_KEEP)
def disability(request: ActorRequest, pupil_id: int) -> HttpResponse:
    """The answer about disability: apart from SEN, and 'no disability known' is one."""
    on = today()
    page = queries.record_page(request.actor, pupil_id, on=on, page="disability")
    form = forms.DisabilityForm(request.POST or None, initial=forms.DisabilityForm.first_words(page.disability))
    if done(form, lambda: actions.answer_disability(pupil=page.pupil, draft=form.draft(), by=request.actor, on=on)):
        messages.success(request, "The answer about disability is kept. It does not change the SEN status.")
        return redirect("desk:pupil", pupil_id)
    return _page(request, "disability", page, form, f"Disability, {page.head.name}")


@needs(P.REGISTER_KEEP)
def check(request: ActorRequest, pupil_id: int) -> HttpResponse:
    """Read a record and say that it is still right; then the next, when several were ticked."""
    on = today()
    page = queries.record_page(request.actor, pupil_id, on=on, page="check")
    form = forms.Check(request.POST if request.method == "POST" else None)  # nothing has to be typed
    rest = [value for value in request.GET.getlist("then")[:200] if whole(value) is not None]
    if done(form, lambda: actions.check(pupil=page.pupil, by=request.actor, on=on, **form.cleaned_data)):
        messages.success(request, f"Checked: {page.head.name}.")
        return redirect(_next_check(rest) if rest else reverse("register:register"))
    hasty = bool(form.errors.get("sure"))
    skip = _next_check(rest) if rest else ""
    title = f"Still right? {page.head.name}"
    return _page(request, "check", page, form, title, left=len(rest), skip=skip, hasty=hasty)


def _done_before(request: ActorRequest, pupil_id: int, decision_id: int) -> HttpResponse | None:
    """Where a step of a decision leads that has taken effect, as after a second press; None while it waits."""
    says = queries.in_effect(request.actor, pupil_id, decision_id, on=today()) if request.method == "POST" else ""
    if not says:
        return None
    messages.info(request, f"{says} Nothing was done twice.")
    return redirect("desk:pupil", pupil_id)


def _next_check(rest: list[str]) -> str:
    following = "&".join(f"then={pupil}" for pupil in rest[1:])
    return f"{reverse('register:check', args=[int(rest[0])])}{'?' if following else ''}{following}"


def _page(
    request: ActorRequest,
    name: str,
    page: queries.RecordPage | queries.DecisionPage,
    form: Form,
    title: str,
    **more: object,
) -> HttpResponse:
    return render(request, f"register/{name}.html", {"page": page, "form": form, "page_title": title, **more})
