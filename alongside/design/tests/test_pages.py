"""The frames and the /design pages, without a database."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import RequestFactory
from jinja2 import Environment

from alongside.design import views

ENVIRONMENT: Environment = engines["jinja2"].env  # type: ignore[attr-defined]
PAGES = [views.components, views.today, views.register, views.empty, views.family, views.profile, views.sheet]
ACTOR = SimpleNamespace(
    name="Ruth Adeyemi, SENCO",
    where="Ottersley Primary",
    nav=(("Today", "/today/", True), ("Pupils", "/pupils/", False)),
    foot=(("Today", "/today/", "calendar", True),),
    own=(("Your calendar", "/calendar/"),),
    can_find=True,
    shortcuts=True,
    unread=0,
)


@pytest.fixture
def request_(settings: Any) -> HttpRequest:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.ROOT_URLCONF = "alongside.design.tests.urls"
    request = RequestFactory().get("/")
    request._messages = []  # type: ignore[attr-defined]
    return request


def page(request: HttpRequest, name: str = "design/404.html", **context: object) -> str:
    """A frame with a context of ours: Django would put the context processors' own over it."""
    given = {"request": request, "csrf_input": "", "csrf_token": "x", "messages": [], "actor": ACTOR, "demo": False}
    return ENVIRONMENT.get_template(name).render(given | context)


@pytest.mark.parametrize("view", PAGES, ids=lambda view: view.__name__)
def test_the_design_pages_draw_and_are_open_to_anyone(
    view: Callable[[HttpRequest], HttpResponse], request_: HttpRequest
) -> None:
    response = view(request_)

    assert response.status_code == 200
    assert getattr(view, "anyone", False)


@pytest.mark.parametrize("view", PAGES, ids=lambda view: view.__name__)
def test_each_page_has_one_heading_one_main_and_ids_that_are_used_once(
    view: Callable[[HttpRequest], HttpResponse], request_: HttpRequest
) -> None:
    html = view(request_).content.decode()
    ids = re.findall(r'\sid="([^"]+)"', html)

    assert len(re.findall(r"<h1[\s>]", html)) == 1
    assert html.count("<main ") == 1
    assert sorted(ids) == sorted(set(ids))
    for described in re.findall(r'aria-describedby="([^"]+)"', html):
        assert set(described.split()) <= set(ids)


def test_the_frame_says_who_where_and_what_is_current(request_: HttpRequest) -> None:
    html = page(request_)

    assert "<b>Ruth Adeyemi, SENCO</b><span>Ottersley Primary</span>" in html
    assert '<a href="/today/" aria-current="page">Today</a>' in html
    assert '<a href="/pupils/">Pupils</a>' in html
    assert 'data-shortcuts="on"' in html


def test_the_skip_link_comes_first_and_leads_to_main(request_: HttpRequest) -> None:
    html = page(request_)

    assert html.index('href="#main"') < html.index("<header")
    assert '<main id="main" tabindex="-1"' in html


def test_nobody_signed_in_sees_no_menu_and_no_find(request_: HttpRequest) -> None:
    html = page(request_, actor=None)

    assert 'id="find"' not in html
    assert 'aria-label="Main"' not in html
    assert 'data-shortcuts="off"' in html


def test_somebody_who_may_not_find_pupils_has_no_find_box(request_: HttpRequest) -> None:
    assert 'id="find"' not in page(request_, actor=SimpleNamespace(**{**vars(ACTOR), "can_find": False}))


@pytest.mark.parametrize(("unread", "says"), [(0, ""), (1, "1 new"), (3, "3 new")])
def test_new_notices_are_counted_in_the_header(request_: HttpRequest, unread: int, says: str) -> None:
    found = re.search(
        r'class="header-new"[^>]*>([^<]*)', page(request_, actor=SimpleNamespace(**{**vars(ACTOR), "unread": unread}))
    )

    assert (found[1] if found else "") == says


def test_help_is_on_every_frame(request_: HttpRequest) -> None:
    for name in ("design/404.html", "429.html"):
        assert "Help: ring, ask or write" in page(request_, name)


def test_a_copy_to_play_in_says_so(request_: HttpRequest) -> None:
    assert "copy to play in" in page(request_, demo=True)
    assert "copy to play in" not in page(request_)


def test_a_refusal_gives_its_reason(request_: HttpRequest) -> None:
    html = page(request_, "design/refused.html", page_title="Not yet", reason="A main need is missing.")

    assert "<h1>Not yet</h1>" in html
    assert "A main need is missing." in html


def test_the_page_for_a_fault_of_ours_needs_nothing() -> None:
    assert "Something broke on our side" in ENVIRONMENT.get_template("500.html").render()
