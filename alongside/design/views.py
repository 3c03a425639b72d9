"""The /design pages, for a copy to play in: every component in every state, and sheets and family pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.design import samples

View = Callable[[HttpRequest], HttpResponse]


def _anyone(view: View) -> View:
    """For the world; `base.access` reads this mark, and nothing here may import it."""
    view.anyone = True  # type: ignore[attr-defined]
    return view


@_anyone
def components(request: HttpRequest) -> HttpResponse:
    page = samples.design_page()
    return render(request, "design/sample/components.html", {"page_title": "Design", "page": page})


@_anyone
def today(request: HttpRequest) -> HttpResponse:
    return render(request, "design/sample/today.html", {"page_title": "Today", "page": samples.TodayPage()})


@_anyone
def register(request: HttpRequest) -> HttpResponse:
    page = samples.RegisterPage()
    return render(request, "design/sample/register.html", {"page_title": "SEN register", "page": page})


@_anyone
def family(request: HttpRequest) -> HttpResponse:
    context = {
        "page_title": "Kuba",
        "language": "en-GB",
        "direction": "ltr",
        "languages": samples.LANGUAGES,
        "say": samples.SAY,
        "help_lines": samples.HELP_LINES,
    }
    return render(request, "design/sample/family.html", context)


@_anyone
def profile(request: HttpRequest) -> HttpResponse:
    return render(request, "design/sample/profile.html", {"page_title": "Kuba, profile"})


@_anyone
def sheet(request: HttpRequest) -> HttpResponse:
    return render(request, "design/sample/sheet.html", {"page_title": "4W, maths, class sheet"})


@_anyone
def empty(request: HttpRequest) -> HttpResponse:
    return render(request, "design/sample/empty.html", {"page_title": "When there is nothing to show"})
