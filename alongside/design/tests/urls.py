"""The addresses that the frames name, and no more of the product than that."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def nowhere(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("find/", nowhere, name="find"),
    path("help/", nowhere, name="help"),
    path("notices/", include(([path("", nowhere, name="notices")], "desk"))),
    path("accounts/", include("allauth.urls")),
    path("", include("alongside.design.urls")),
]
