"""My training, the grid of a school, courses and who came, coverage, coaching, appraisal ticks, and shared needs."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from alongside.areas.training import actions, courses, forms, queries, rules, trust
from alongside.base.access.roles import Permission
from alongside.base.access.web import ActorRequest, needs
from alongside.kit import NotFound, Refused, today
from alongside.kit.forms import done

P = Permission


def _page(request: ActorRequest, name: str, title: str, **context: Any) -> HttpResponse:
    return render(
        request, f"training/{name}.html", {"page_title": title, "may": queries.may_at(request.actor, None), **context}
    )


# --- One's own -------------------------------------------------------------------------------------------


@needs(P.TRAINING_OWN)
def own(request: ActorRequest) -> HttpResponse:
    """One's own record: how far one is by oneself and by the SENCO, courses, what changed. Nobody else's."""
    form = forms.LevelsForm(request.POST or None)

    def verb() -> bool:
        actions.rate_self(levels=form.levels(), by=request.actor, on=today())
        return True

    if done(form, verb):
        messages.success(request, "Your rating is kept.")
        return redirect("training:own")
    return _page(request, "own", "My training", page=queries.own_page(request.actor, on=today()), form=form)


@needs(P.TRAINING_OWN)
def changed(request: ActorRequest, booking_id: int) -> HttpResponse:
    """Six weeks after a course: what one does differently since."""
    row = queries.own_booking(request.actor, booking_id)
    form = forms.ChangedForm(request.POST or None, initial={"words": row.changed})
    if done(form, lambda: actions.say_changed(booking=row, by=request.actor, on=today(), **form.cleaned_data)):
        messages.success(request, "Your words are kept.")
        return redirect("training:own")
    return _page(
        request,
        "ask",
        f"What changed since {row.session.course.title}?",
        form=form,
        button="Keep it",
        back="training:own",
    )


@require_POST
@needs(P.TRAINING_OWN)
def join(request: ActorRequest, session_id: int) -> HttpResponse:
    actions.book_self(session_id=session_id, by=request.actor, on=today())
    messages.success(request, "You have a place.")
    return redirect("training:own")


@require_POST
@needs(P.TRAINING_OWN)
def sign(request: ActorRequest, booking_id: int) -> HttpResponse:
    actions.sign_off(booking=queries.booking_to_sign(request.actor, booking_id), by=request.actor, on=today())
    messages.success(request, "Signed off.")
    return redirect("training:own")


# --- The staff of a school -------------------------------------------------------------------------------


@require_GET
@needs(P.TRAINING_GRID)
def grid(request: ActorRequest) -> HttpResponse:
    page = queries.grid_page(request.actor, on=today(), chosen=request.GET.get("part", ""))
    return _page(request, "grid", f"What our staff can do, {page.school}", page=page, areas=rules.AREAS.values())


@needs(P.TRAINING_RATE)
def rate(request: ActorRequest, person_id: int) -> HttpResponse:
    """The SENCO's rating of one colleague, beside their own."""
    page = queries.person_page(request.actor, person_id, on=today())
    form = forms.LevelsForm(request.POST or None)

    def verb() -> bool:
        actions.rate(school=page.school, person=person_id, levels=form.levels(), by=request.actor, on=today())
        return True

    if done(form, verb):
        messages.success(request, f"Your rating of {page.name} is kept.")
        return redirect("training:grid")
    return _page(request, "rate", f"Rate {page.name}", page=page, form=form)


@needs(P.TRAINING_BOOK)
def add(request: ActorRequest) -> HttpResponse:
    school = queries.school_for(request.actor, P.TRAINING_BOOK)
    form = forms.ColleagueForm(request.POST or None)
    if done(form, lambda: actions.add_colleague(school=school, by=request.actor, on=today(), **form.cleaned_data)):
        messages.success(request, "Noted among the staff.")
        return redirect("training:coverage")
    return _page(
        request, "ask", "A colleague without an account", form=form, button="Note them", back="training:coverage"
    )


@needs(P.TRAINING_BOOK)
def left(request: ActorRequest, colleague_id: int) -> HttpResponse:
    """The last day of somebody without an account."""
    row = courses.find_colleague(request.actor, colleague_id)
    form = forms.LeftForm(request.POST or None, initial={"last_day": today()})
    if done(form, lambda: actions.colleague_left(colleague=row, by=request.actor, on=today(), **form.cleaned_data)):
        messages.success(request, "Noted. From the day after they are not counted.")
        return redirect("training:coverage")
    title = f"{row.person.name} has left"
    return _page(request, "ask", title, form=form, button="Keep it", back="training:coverage")


@needs(P.TRAINING_GRID)
def coaching(request: ActorRequest) -> HttpResponse:
    """Guidance by department; whoever rates logs it here."""
    page = queries.coaching_page(request.actor, on=today())
    form = forms.CoachingForm(request.POST or None, initial={"day": today()})
    if done(form, lambda: actions.log_coaching(school=page.school, draft=form.draft(), by=request.actor, on=today())):
        messages.success(request, "Logged.")
        return redirect("training:coaching")
    return _page(request, "coaching", f"Coaching, {page.school.name}", page=page, form=form)


@needs(P.APPRAISAL_TICK)
def appraisals(request: ActorRequest) -> HttpResponse:
    """Ticks, and nothing else: words are refused."""
    school, rows = queries.appraisal_page(request.actor, on=today())
    form = forms.TicksForm(request.POST if request.method == "POST" else None, staff=[person for person, *_ in rows])
    if request.method == "POST" and form.is_valid():
        actions.tick_appraisals(school=school, by=request.actor, on=today(), **form.cleaned_data)
        messages.success(request, "The ticks are kept.")
        return redirect("training:appraisals")
    return _page(request, "appraisals", f"Appraisals, {school.name}", rows=rows, form=form)


@require_GET
@needs(P.DUTIES)
def coverage(request: ActorRequest) -> HttpResponse:
    page = courses.cover_page(request.actor, on=today())
    return _page(request, "coverage", f"Who has been trained, {page.where}", page=page)


# --- Courses ---------------------------------------------------------------------------------------------


@require_GET
@needs(P.TRAINING_BOOK, P.TRAINING_PLAN)
def all_courses(request: ActorRequest) -> HttpResponse:
    return _page(request, "courses", "Courses", page=courses.courses_page(request.actor, on=today()))


@needs(P.TRAINING_BOOK, P.TRAINING_PLAN)
def write(request: ActorRequest, course_id: int | None = None) -> HttpResponse:
    """A new course: the trust's for whoever plans for it, else the school's. Or more of one that is there."""
    row = courses.find_course(request.actor, course_id) if course_id else None
    if row is not None and not courses.keeps(request.actor, row):
        raise NotFound
    whole = request.actor.may(P.TRAINING_PLAN)
    school = row.school if row else None if whole else queries.school_for(request.actor, P.TRAINING_BOOK)
    first = {name: getattr(row, name) for name in forms.CourseForm.base_fields} if row else None
    form = forms.CourseForm(request.POST or None, initial=first)
    made = done(
        form,
        lambda: actions.write_course(school=school, draft=form.draft(), by=request.actor, on=today(), course=row),
    )
    if made:
        return redirect("training:course", made.pk)
    title = f"Change {row.title}" if row else "A new course"
    return _page(request, "ask", title, form=form, button="Keep the course", back="training:courses")


@needs(P.TRAINING_BOOK, P.TRAINING_PLAN)
def course(request: ActorRequest, course_id: int) -> HttpResponse:
    """A course with its days; whoever keeps it sets another."""
    page = courses.course_page(request.actor, course_id, on=today())
    form = forms.DayForm(request.POST or None)
    if done(form, lambda: actions.set_day(course=page.course, by=request.actor, on=today(), **form.cleaned_data)):
        return redirect("training:course", course_id)
    return _page(request, "course", page.course.title, page=page, form=form)


@require_POST
@needs(P.SENCO_APPOINT)
def approve(request: ActorRequest, course_id: int) -> HttpResponse:
    row = courses.find_course(request.actor, course_id)
    if not courses.approves(request.actor, row):
        raise NotFound
    try:
        actions.approve_course(course=row, by=request.actor, on=today())
    except Refused as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, "Approved: from now on it counts.")
    return redirect("training:course", course_id)


@needs(P.TRAINING_BOOK)
def session(request: ActorRequest, session_id: int) -> HttpResponse:
    """One day of a course: book colleagues before it, note who came after."""
    page = courses.session_page(request.actor, session_id, on=today())
    seats = page.booked + page.seats if page.held else page.seats
    form = forms.PeopleForm(request.POST or None, people=[(seat.person_id, seat.name) for seat in seats])

    def verb() -> bool:
        people = form.cleaned_data["people"]
        if page.held:
            actions.note_came(session=page.session, school=page.school, came=people, by=request.actor, on=today())
        else:
            actions.book(session=page.session, school=page.school, people=people, by=request.actor, on=today())
        return True

    if request.method == "POST" and done(form, verb):
        messages.success(request, "Who came is kept." if page.held else "Booked.")
        return redirect("training:session", session_id)
    return _page(request, "session", page.session.course.title, page=page, form=form)


# --- The trust -------------------------------------------------------------------------------------------


@require_GET
@needs(P.TRAINING_PLAN)
def pool(request: ActorRequest) -> HttpResponse:
    lines = trust.pool_page(request.actor, on=today())
    return _page(
        request, "pool", "What schools need alike", lines=lines, groups=[rules.GROUP_WORDS[g] for g in rules.RATED]
    )


@needs(P.TRAINING_PLAN)
def answer(request: ActorRequest, number: int) -> HttpResponse:
    """The central team's answer to one need."""
    if number >= len(rules.AREAS):
        raise NotFound
    area = list(rules.AREAS)[number]
    options = trust.approved_courses()
    form = forms.AnswerForm(request.POST or None, courses=options)

    def verb() -> object:
        said = form.cleaned_data
        chosen = courses.find_course(request.actor, said["course"]) if said["course"] else None
        return actions.answer_need(
            area=area, answer=said["answer"], course=chosen, reason=said["reason"], by=request.actor, on=today()
        )

    if done(form, verb):
        messages.success(request, "The answer is kept.")
        return redirect("training:pool")
    return _page(
        request, "ask", f"Answer: {rules.AREAS[area].lower()}", form=form, button="Answer", back="training:pool"
    )


@needs(P.DUTY_KEEP)
def lines(request: ActorRequest) -> HttpResponse:
    """Who signs off for central staff, as a headteacher does at a school."""
    team, leaders = trust.central_team(on=today()), trust.executives(on=today())
    form = forms.LineForm(request.POST or None, team=[(key, name) for key, name, _ in team], executives=leaders)

    def verb() -> object:
        said = form.cleaned_data
        person = trust.central_person(said["person"], on=today())
        return actions.note_line(person=person, executive=said["executive"], by=request.actor, on=today())

    if done(form, verb):
        messages.success(request, "Noted.")
        return redirect("training:lines")
    return _page(request, "lines", "Line executives of central staff", team=team, form=form)
