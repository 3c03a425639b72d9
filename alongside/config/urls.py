"""The site map. Each slice's addresses hang from the noun they are about."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from alongside.fronts.desk import views as desk

handler500 = "alongside.base.access.web.broke"
handler404 = "alongside.base.access.web.not_found"
urlpatterns: list[URLPattern | URLResolver] = [
    path("find/", desk.find, name="find"),
    path("help/", desk.help_, name="help"),
    path("health/", desk.health, name="health"),
    path("accounts/", include("allauth.urls")),
]
for _place in (
    "alongside.fronts.desk.urls",
    "alongside.fronts.desk.register.urls",
    "alongside.base.people.urls",
    "alongside.base.documents.urls",
    "alongside.areas.concerns.urls",
    "alongside.areas.provision.urls",
    "alongside.areas.support.urls",
    "alongside.areas.classroom.urls",
    "alongside.fronts.portal.urls",
    "alongside.fronts.exchange.urls",
):
    if find_spec(_place):
        urlpatterns.append(path("", include(_place)))
if settings.DEMO:
    for _place in ("alongside.fronts.desk.demo.urls", "alongside.design.urls"):
        if find_spec(_place):
            urlpatterns.append(path("", include(_place)))
