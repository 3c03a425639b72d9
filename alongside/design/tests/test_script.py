"""alongside.js in a real browser, on pages made of the macros, under the policy that forbids inline scripts."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django import forms
from django.template import engines
from jinja2 import Environment
from playwright.sync_api import Browser, Page, Route, expect

pytestmark = pytest.mark.journey

ENVIRONMENT: Environment = engines["jinja2"].env  # type: ignore[attr-defined]
SCRIPT = (Path(__file__).resolve().parents[1] / "js" / "alongside.js").read_text()
SITE = "http://alongside.test"
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; form-action 'self'"
ICONS = '<svg xmlns="http://www.w3.org/2000/svg"></svg>'


class Plan(forms.Form):
    tell = forms.CharField(label="How will we tell?")
    answer = forms.ChoiceField(widget=forms.RadioSelect, choices=(("agree", "Agrees"), ("change", "Asks for a change")))
    change = forms.CharField(label="What would they change?", required=False)


BODY = """
{% import "design/macros/forms.html" as forms %}{% import "design/macros/words.html" as words %}
{{ forms.error_summary(wrong) }}
{{ words.saved("", "Not saved yet", form="plan") }}
{% call forms.form("", "/sent/", autosave="/draft/", name="plan") %}
{{ forms.field(form["tell"]) }}
{{ forms.field(form["answer"], reveals={"change": forms.field(form["change"])}) }}
{{ forms.buttons("Send it", busy="Sending") }}
{% endcall %}
"""
TABLE = """
{% import "design/macros/tables.html" as tables %}{% import "design/macros/nav.html" as nav %}
{% call nav.filters("/list/", "1 filter on.", "/list/") %}
{{ nav.filter_group("Status", "status", (("K", "Support", 2, False), ("E", "Plan", 1, True))) }}{% endcall %}
<form method="post">{% call tables.bulk("pupil", "pupils") %}<button>Still right</button>{% endcall %}
<table>{{ tables.head("Pupils", (("Choose all", "", "", "pick"), ("Pupil", "", "", ""))) }}<tbody>
<tr>{{ tables.pick("p", 1, "Choose Amara") }}<th scope="row">Amara</th></tr>
<tr>{{ tables.pick("p", 2, "Choose Billy") }}<th scope="row">Billy</th></tr></tbody></table></form>
"""


def document(body: str, *, shortcuts: str = "on", **context: object) -> str:
    plan = Plan()
    drawn = ENVIRONMENT.from_string(body).render(form=plan, wrong=Plan(), **context)
    return (
        f'<!doctype html><title>Plan</title><body data-shortcuts="{shortcuts}" data-actor="Ruth">'
        '<div class="find"><input id="find" data-find aria-label="Find"><div id="found"></div></div>'
        f'<main>{drawn}</main><script src="/js/alongside.js"></script></body>'
    )


class Site:
    """What the browser is told when it asks: pages by path, and how often each path was posted to."""

    def __init__(self) -> None:
        self.pages: dict[str, str] = {"/": document(BODY), "/list/": document(TABLE), "/sent/": document("Sent.")}
        self.posts: list[str] = []
        self.down = False

    def answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(SITE).split("?")[0]
        if route.request.method == "POST":
            if self.down:
                route.abort("internetdisconnected")
                return
            self.posts.append(path)
        if path == "/draft/":
            route.fulfill(json={"version": 2})
        elif path.endswith(".js"):
            route.fulfill(body=SCRIPT, content_type="text/javascript")
        elif path.endswith(".svg"):
            route.fulfill(body=ICONS, content_type="image/svg+xml")
        else:
            html = self.pages.get(path, "")
            route.fulfill(body=html, content_type="text/html", headers={"Content-Security-Policy": POLICY})


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """`visit("/")`: that page, in a window of its own; a fault of the script fails the test."""
    contexts, faults = [], []

    def go(path: str = "/", width: int = 1366, script: bool = True) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=script)
        contexts.append(context)
        context.set_default_timeout(5_000)
        context.route(f"{SITE}/**", site.answer)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(SITE + path)
        return page

    yield go
    for context in contexts:
        context.close()
    assert faults == []


def test_slash_goes_to_find(visit: Callable[..., Page]) -> None:
    page = visit()
    page.keyboard.press("/")

    expect(page.locator("#find")).to_be_focused()
    expect(page.locator("#find")).to_have_value("")


def test_slash_is_a_letter_while_one_writes(visit: Callable[..., Page]) -> None:
    page = visit()
    page.locator("#id_tell").press_sequentially("and/or")

    expect(page.locator("#id_tell")).to_have_value("and/or")


def test_slash_does_nothing_for_somebody_who_switched_it_off(visit: Callable[..., Page], site: Site) -> None:
    site.pages["/"] = document(BODY, shortcuts="off")
    page = visit()
    page.keyboard.press("/")

    expect(page.locator("#find")).not_to_be_focused()


def test_what_is_wrong_takes_the_focus_and_leads_to_its_field(visit: Callable[..., Page], site: Site) -> None:
    wrong = Plan({"tell": ""})
    wrong.is_valid()
    site.pages["/"] = document(BODY.replace("error_summary(wrong)", "error_summary(faulty)"), faulty=wrong)
    page = visit()

    expect(page.locator("[data-error-summary]")).to_be_focused()
    assert page.title() == "Error: Plan"
    page.locator('a[href="#id_tell"]').click()
    expect(page.locator("#id_tell")).to_be_focused()


def test_a_form_is_sent_once_however_often_one_presses(visit: Callable[..., Page], site: Site) -> None:
    page = visit()
    # A page that is slow to answer: the second press comes before it does.
    page.evaluate(
        "window.sent = 0; document.addEventListener('submit', (event) => {"
        " window.sent += !event.defaultPrevented; event.preventDefault(); })"
    )
    button = page.get_by_role("button", name="Send it")
    button.click()

    expect(page.get_by_role("button", name="Sending")).to_have_attribute("aria-busy", "true")
    page.get_by_role("button", name="Sending").click()
    assert page.evaluate("window.sent") == 1


def test_writing_is_saved_and_said(visit: Callable[..., Page], site: Site) -> None:
    page = visit()
    page.locator("#id_tell").fill("Count it")

    expect(page.locator("[data-save-line]")).to_contain_text("Saved")
    assert site.posts == ["/draft/"]


def test_what_is_written_while_the_line_is_down_is_kept_and_can_be_put_back(
    visit: Callable[..., Page], site: Site
) -> None:
    page = visit()
    site.down = True
    page.locator("#id_tell").fill("Count it")
    page.get_by_label("Asks for a change").check()
    expect(page.locator("[data-save-line]")).to_contain_text("Kept on this device")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()

    page.get_by_role("button", name="Put it back").click()

    expect(page.locator("#id_tell")).to_have_value("Count it")
    expect(page.get_by_label("Asks for a change")).to_be_checked()


def test_kept_words_can_be_thrown_away(visit: Callable[..., Page], site: Site) -> None:
    page = visit()
    site.down = True
    page.locator("#id_tell").fill("Count it")
    expect(page.locator("[data-save-line]")).to_contain_text("Kept on this device")
    page.reload()
    page.get_by_role("button", name="Throw it away").click()
    page.reload()

    expect(page.get_by_role("button", name="Put it back")).to_have_count(0)
    expect(page.locator("#id_tell")).to_have_value("")


def test_what_was_sent_is_kept_no_longer(visit: Callable[..., Page], site: Site) -> None:
    page = visit()
    page.locator("#id_tell").fill("Count it")
    page.get_by_role("button", name="Send it").click()
    page.wait_for_url("**/sent/")

    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('alongside draft'))") == []


def test_a_choice_asks_one_thing_more_only_when_it_is_chosen(visit: Callable[..., Page]) -> None:
    page = visit()
    more = page.locator("#id_change")

    expect(more).to_be_hidden()
    page.get_by_label("Asks for a change").check()
    expect(more).to_be_visible()
    page.get_by_label("Agrees").check()
    expect(more).to_be_hidden()


def test_without_a_script_everything_can_be_reached(visit: Callable[..., Page]) -> None:
    expect(visit(script=False).locator("#id_change")).to_be_visible()
    expect(visit("/list/", script=False).get_by_role("button", name="Show these")).to_be_visible()
    expect(visit("/list/", script=False).get_by_role("button", name="Still right")).to_be_visible()


def test_the_bulk_bar_comes_with_the_first_tick_and_counts(visit: Callable[..., Page]) -> None:
    page = visit("/list/")
    bar = page.locator("[data-bulk]")

    expect(bar).to_be_hidden()
    page.get_by_label("Choose Amara").check()
    expect(bar).to_contain_text("1 pupil chosen")
    page.get_by_label("Choose all").check()
    expect(bar).to_contain_text("2 pupils chosen")
    page.get_by_label("Choose all").uncheck()
    expect(bar).to_be_hidden()


def test_filters_apply_as_they_are_ticked_on_a_desk_and_keep_the_focus(visit: Callable[..., Page]) -> None:
    page = visit("/list/")
    page.get_by_label("Support").check()
    page.wait_for_url("**/list/?status=K&status=E")

    expect(page.get_by_label("Support")).to_be_focused()


def test_on_a_phone_filters_are_folded_and_wait_for_the_button(visit: Callable[..., Page]) -> None:
    page = visit("/list/", width=390)
    expect(page.get_by_label("Support")).to_be_hidden()
    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("Support").check()

    assert page.url == SITE + "/list/"
    page.get_by_role("button", name="Show these").click()
    page.wait_for_url("**/list/?status=K&status=E")
