"""The site map. Each slice's addresses hang from the noun they are about."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from alongside.base.access.web import nothing_here
from alongside.fronts.desk import views as desk

handler404 = "alongside.base.access.web.not_found"
handler500 = "alongside.base.access.web.broke"

urlpatterns: list[URLPattern | URLResolver] = [
    path("find/", desk.find, name="find"),
    path("help/", desk.help_, name="help"),
    path("health/", desk.health, name="health"),
    path("accounts/email/", nothing_here, name="closed"),  # an address is changed by whoever lets people in
    path("accounts/", include("allauth.urls")),
    path("", include("alongside.fronts.desk.urls")),
    path("", include("alongside.fronts.desk.register.urls")),
    path("", include("alongside.fronts.desk.structure.urls")),
    path("", include("alongside.base.documents.urls")),
    path("", include("alongside.areas.clocks.urls")),
    path("", include("alongside.areas.cover.urls")),
    path("", include("alongside.areas.morning.urls")),
    path("", include("alongside.areas.duties.urls")),
    path("", include("alongside.areas.assessment.urls")),
    path("", include("alongside.areas.policy.urls")),
    path("", include("alongside.areas.concerns.urls")),
    path("", include("alongside.areas.identification.urls")),
    path("", include("alongside.areas.provision.urls")),
    path("", include("alongside.areas.support.urls")),
    path("", include("alongside.areas.classroom.urls")),
    path("", include("alongside.areas.departures.urls")),
    path("", include("alongside.areas.changes.urls")),
    path("", include("alongside.areas.workforce.urls")),
    path("", include("alongside.areas.training.urls")),
    path("", include("alongside.fronts.portal.urls")),
    path("", include("alongside.fronts.exchange.urls")),
]
if settings.DEMO:
    urlpatterns += [
        path("", include("alongside.fronts.desk.demo.urls")),
        path("", include("alongside.design.urls")),
    ]
