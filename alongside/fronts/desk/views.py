"""Home, Today, find, the pupil at a glance, the timeline, who has looked, and what one was told."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from alongside.base.access.roles import Permission
from alongside.base.access.web import ActorRequest, anyone, needs, signed_in
from alongside.base.notices import actions as notices
from alongside.fronts.desk import queries
from alongside.fronts.desk.find import find_page
from alongside.fronts.desk.oversight import school_page, week_page
from alongside.fronts.desk.pupil import pupil_page
from alongside.fronts.desk.today import today_page
from alongside.kit import today
from alongside.kit.numbers import whole

P = Permission


@signed_in
def home(request: ActorRequest) -> HttpResponse:
    """The page that a person's main role starts with; an honest empty one where there is none yet."""
    place = queries.home_of(request.actor)
    if place:
        return redirect(place)
    page = queries.empty_home(request.actor)
    return render(request, "desk/home.html", {"page": page, "page_title": "Start"})


@needs(P.TODAY)
def today_(request: ActorRequest) -> HttpResponse:
    page = today_page(request.actor, on=today(), everything="all" in request.GET)
    return render(request, "desk/today.html", {"page": page, "page_title": "Today"})


@require_GET
@needs(P.WEEK)
def week(request: ActorRequest) -> HttpResponse:
    """The headteacher's page: what the law dates, what is late, what waits for an answer."""
    page = week_page(request.actor, on=today(), school_id=whole(request.GET.get("school", "")))
    return render(request, "desk/week.html", {"page": page, "page_title": f"This week, {page.school}"})


@require_GET
@needs(P.DUTIES)
def school(request: ActorRequest) -> HttpResponse:
    """A school on one page, without a name; whoever sees the whole trust chooses the school first."""
    asked = whole(request.GET.get("school", ""))
    if asked is None and request.actor.may(P.DUTIES_TRUST):
        return redirect("duties:trust")
    page = school_page(request.actor, asked, on=today())
    return render(request, "desk/school.html", {"page": page, "page_title": f"{page.duties.school} on one page"})


@require_GET
@needs(P.FIND_PUPILS)
def find(request: ActorRequest) -> HttpResponse:
    page = find_page(request.actor, request.GET.get("q", "")[:80], on=today())
    if request.headers.get("HX-Request"):
        return render(request, "desk/_found.html", {"page": page})
    if len(page.found) == 1 and "go" in request.GET:
        return redirect("desk:pupil", page.found[0].id)
    return render(request, "desk/find.html", {"page": page, "page_title": "Find a pupil"})


@needs(P.BRIEF, P.FIND_PUPILS)
def pupil(request: ActorRequest, pupil_id: int) -> HttpResponse:
    page = pupil_page(request.actor, pupil_id, on=today())
    template = "desk/pupil.html" if "BRIEF" in page.may else "desk/pupil_office.html"
    return render(request, template, {"page": page, "page_title": page.head.name})


@needs(P.PLAN)
def timeline(request: ActorRequest, pupil_id: int) -> HttpResponse:
    page = queries.timeline_page(request.actor, pupil_id, on=today(), after=request.GET.get("after", ""))
    return render(request, "desk/timeline.html", {"page": page, "page_title": f"Timeline, {page.head.name}"})


@needs(P.HISTORY)
def looked(request: ActorRequest, pupil_id: int) -> HttpResponse:
    page = queries.looked_page(request.actor, pupil_id, on=today())
    return render(request, "desk/looked.html", {"page": page, "page_title": f"Who has looked, {page.head.name}"})


@signed_in
def notices_(request: ActorRequest) -> HttpResponse:
    page = queries.notices_page(request.actor)
    return render(request, "desk/notices.html", {"page": page, "page_title": "What you were told"})


@require_POST
@signed_in
def read(request: ActorRequest, notice_id: int) -> HttpResponse:
    """Open what a notice is about, and mark it as read."""
    place = queries.place_of_notice(request.actor, notice_id)
    notices.read(by=request.actor, notice_id=notice_id)
    return redirect(place or "desk:notices")


@anyone
def help_(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/help.html", {"page_title": "Help"})


@anyone
def health(request: HttpRequest) -> HttpResponse:
    """For a load balancer: the application answers."""
    return HttpResponse("well\n", content_type="text/plain")
