"""One's own calendar and its address, the calendar itself, and the morning mail."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_POST, require_safe

from alongside.areas.morning import actions, queries, rules
from alongside.areas.morning.calendar import MEDIA_TYPE
from alongside.base.access.roles import Permission
from alongside.base.access.web import ActorRequest, anyone, needs
from alongside.kit import today
from alongside.kit.time import now

P = Permission


@require_GET
@needs(P.CALENDAR)
def calendar(request: ActorRequest) -> HttpResponse:
    page = queries.calendar_page(request.actor, on=today())
    return render(request, "morning/calendar.html", {"page": page, "address": "", "page_title": "Your calendar"})


@require_POST
@needs(P.CALENDAR)
@sensitive_variables("secret")
def make(request: ActorRequest) -> HttpResponse:
    """A new address, shown here this once; an earlier one ends."""
    secret = actions.make_feed(by=request.actor, on=today())
    page = queries.calendar_page(request.actor, on=today())
    address = request.build_absolute_uri(f"/calendar/{secret}.ics")
    return render(request, "morning/calendar.html", {"page": page, "address": address, "page_title": "Your calendar"})


@require_POST
@needs(P.CALENDAR)
def end(request: ActorRequest) -> HttpResponse:
    actions.revoke_feed(by=request.actor, on=today())
    messages.success(request, "The address has ended. Calendars that had it are told nothing more.")
    return redirect("morning:calendar")


@require_safe
@anyone
@sensitive_variables("secret")
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar at a secret address, for a program that cannot sign in. Never kept on the way."""
    reading = actions.read_feed(secret=secret, address=settings.ADDRESS, at=now(), on=today())
    if reading.too_often:
        wait = str(int(rules.WINDOW.total_seconds()))
        return HttpResponse(reading.too_often, content_type="text/plain", status=429, headers={"Retry-After": wait})
    headers = {"Cache-Control": "no-store, private", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}
    return HttpResponse(reading.body, content_type=MEDIA_TYPE, headers=headers)


@require_GET
@needs(P.CALENDAR)
def row(request: ActorRequest, row_id: int) -> HttpResponse:
    """From a date in a calendar to the record that it is about."""
    return redirect(queries.place_of_row(request.actor, row_id))


@needs(P.CALENDAR)
def mail(request: ActorRequest) -> HttpResponse:
    """Whether one gets the morning mail."""
    if request.method == "POST":
        wants = request.POST.get("wants") == "yes"
        actions.choose_mail(wants=wants, by=request.actor, on=today())
        messages.success(request, "You get the morning mail." if wants else "You get no more morning mails.")
        return redirect("morning:mail")
    page = queries.mail_page(request.actor)
    return render(request, "morning/choice.html", {"page": page, "page_title": "Morning mail"})


@csrf_exempt
@anyone
@sensitive_variables("stop")
def stop(request: HttpRequest, stop: str) -> HttpResponse:
    """End the morning mail from the mail itself: mail programs post here (RFC 8058), people press a button first."""
    choice = queries.choice_of_stop(stop)
    if request.method == "POST":
        actions.stop_mail(choice=choice, on=today())
    context = {"wants": choice.wants, "page_title": "Morning mail"}
    return render(request, "morning/stop.html", context)
