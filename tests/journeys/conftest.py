"""A real browser, a real server, and a database of its own for each journey.

A story signs somebody in with `journey.as_`, walks, and hands every page it passes to `look`, which judges the page as
a stranger would and keeps a picture of it in build/pictures. `journey.hand` counts what the fingers did.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Request,
    Response,
    WebError,
    expect,
)

from tests.people import World, make_world

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = ROOT / "build" / "pictures"
DESK, PHONE = {"width": 1366, "height": 900}, {"width": 360, "height": 740}
PATIENCE = 15_000  # milliseconds; a page answers in a tenth of a second, the machine of a test may be busy


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.path).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.journey)


_FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """So that a journey that failed leaves pictures of where everybody stood."""
    report = yield
    if report.when == "call":
        item.stash[_FAILED] = report.failed
    return report


# --- What the fingers did -------------------------------------------------------------------------------

_TAP, _LETTER = 1.3, 0.33  # seconds: a tap with a look for it, and a letter at 36 words a minute, usual on a phone

_COUNT = """
(() => {
  const lengths = new WeakMap();
  const lists = (field) => field instanceof HTMLSelectElement;
  addEventListener('pointerdown', (event) => { if (event.isTrusted && !lists(event.target)) counted('taps', 1); }, true);
  addEventListener('keydown', (event) => { if (event.isTrusted && event.key.length > 1) counted('keys', 1); }, true);
  addEventListener('change', ({ target }) => { if (lists(target)) counted('taps', 2); }, true);
  addEventListener('input', ({ target }) => {
    if (typeof target.value !== 'string' || lists(target) || ['checkbox', 'radio'].includes(target.type)) return;
    const grown = target.value.length - (lengths.get(target) ?? target.defaultValue.length);
    if (grown > 0) counted('letters', grown);
    lengths.set(target, target.value.length);
  }, true);
})()
"""


@dataclass
class Hand:
    """Taps and clicks, letters typed, and other keys pressed (Enter, Tab, arrows), since `start`."""

    taps: int = 0
    letters: int = 0
    keys: int = 0

    def start(self) -> None:
        self.taps = self.letters = self.keys = 0

    @property
    def seconds(self) -> float:
        """How long that takes a person who knows what to say."""
        return (self.taps + self.keys) * _TAP + self.letters * _LETTER

    def count(self, source: object, what: str, more: int) -> None:
        setattr(self, what, getattr(self, what) + more)


# --- A journey ------------------------------------------------------------------------------------------


@dataclass
class Journey:
    """Everything a story needs: the cast, the address, browsers in which somebody is signed in."""

    world: World
    url: str
    browser: Browser
    pictures: Path
    hand: Hand = field(default_factory=Hand)
    faults: list[str] = field(default_factory=list)
    open_windows: list[BrowserContext] = field(default_factory=list)
    scriptless: list[BrowserContext] = field(default_factory=list)

    def as_(self, name: str, *, phone: bool = False, script: bool = True, **more: Any) -> Page:
        """A browser window in which this person is signed in."""
        page = self.window(phone=phone, script=script, **more)
        page.context.add_cookies([{"name": "sessionid", "value": self._session(name), "url": self.url}])
        return page

    def window(self, *, phone: bool = False, script: bool = True, **more: Any) -> Page:
        """A browser window in which nobody is signed in. What it meets that no page should do is a fault."""
        context = self.browser.new_context(
            base_url=self.url, java_script_enabled=script, locale="en-GB", reduced_motion="reduce",
            accept_downloads=True, **{"viewport": PHONE if phone else DESK, "has_touch": phone, **more},
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        if not script:
            self.scriptless.append(context)
        context.on("request", self._asks_nobody_else)
        context.on("response", self._does_not_break)
        context.on("console", self._has_no_complaint)
        context.on("weberror", self._throws_nothing)
        context.expose_binding("counted", self.hand.count)
        context.add_init_script(_COUNT)
        self.open_windows.append(context)
        return context.new_page()

    def build(self) -> AbstractContextManager[object]:
        """A block in which the story puts rows into its schools, as the test's own hand."""
        from alongside.base.access.scope import scope

        return scope([self.world.oakfield.pk, self.world.brookside.pk])

    @contextmanager
    def worker(self) -> Iterator[None]:
        """The queue's worker, as a process of its own, for the length of a block."""
        from django.db import connection

        url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
        with subprocess.Popen(
            [sys.executable, ROOT / "manage.py", "worker"], env={**os.environ, "DATABASE_URL": url},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        ) as process:  # fmt: skip
            try:
                yield
            finally:
                process.kill()

    def on(self, day: date) -> None:
        """Move the day that the product believes it is."""
        os.environ["ALONGSIDE_TODAY"] = day.isoformat()
        self.world.on = day

    def _session(self, name: str) -> str:
        from django.test import Client

        client = Client()
        client.force_login(self.world.people[name].account, backend="alongside.base.access.backends.Backend")
        return client.cookies["sessionid"].value

    def _asks_nobody_else(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:", "blob:", "about:")):
            self.faults.append(f"a page asked another host: {request.url}")

    def _does_not_break(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.status} from {response.request.method} {response.url}")

    def _has_no_complaint(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"the console of {message.page and message.page.url}: {message.text}")

    def _throws_nothing(self, error: WebError) -> None:
        self.faults.append(f"a script of {error.page and error.page.url}: {error.error}")


def axe(page: Page) -> list[str]:
    """What axe finds wrong with a page, each with the first element it found it on.

    It looks from the foot of the page, where a bar that stays at the thumb lies over nothing.
    """
    page.evaluate(AXE.read_text(encoding="utf-8"))
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    found = page.evaluate("axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})")
    page.evaluate("scrollTo(0, 0)")
    return [
        f"{v['id']}: {v['help']} at {v['nodes'][0]['target']} {v['nodes'][0]['html'][:160]}"
        for v in found["violations"]
    ]


def sideways(page: Page) -> int:
    """By how many pixels a page is wider than its window."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wide


class Look:
    """A stranger's eyes: each page they pass has to be fit to be seen, and is kept as a picture."""

    def __init__(self, journey: Journey) -> None:
        self._journey = journey
        self._seen = 0

    def __call__(self, page: Page, heading: str = "") -> None:
        """Wait for the page with this heading; then no fault of accessibility, no sideways scroll, one h1."""
        if heading:
            expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
        page.wait_for_load_state()
        heads = page.locator("h1").filter(visible=True).count()
        assert heads == 1, f"{page.url} shows {heads} headings of the first level"
        assert sideways(page) <= 1, f"{page.url} scrolls sideways by {sideways(page)} px"
        if page.context not in self._journey.scriptless:  # axe is a script
            assert self._faults(page) == [], page.url
        self._keep(page)

    def _faults(self, page: Page) -> list[str]:
        """What axe finds. A page that shows how far work has come loads itself anew when it ends: it is looked at then."""
        try:
            return axe(page)
        except Error as error:
            if "context was destroyed" not in str(error):
                raise
            page.wait_for_load_state()
            return axe(page)

    def refused(self, page: Page, words: str) -> None:
        """Wait for a form to come back with this reason; it is looked at like every page."""
        expect(page.get_by_role("alert")).to_contain_text(words)
        self(page)

    def _keep(self, page: Page) -> None:
        self._seen += 1
        name = re.sub(r"\W+", "-", page.title().removesuffix(", Alongside")).strip("-").lower()
        page.screenshot(path=self._journey.pictures / f"{self._seen:02}-{name}.png", full_page=True)


@pytest.fixture
def look(journey: Journey) -> Look:
    return Look(journey)


def _folder(story: str, test: str) -> str:
    """'a_worry_reaches_the_register', or 'by_keyboard_alone-a_concern'; what a test is given is added."""
    name = re.sub(r"\W+", "-", test.replace("[chromium", "[")).strip("-").removeprefix("test_")
    story = story.removeprefix("test_")
    return name if name == story else f"{story}-{name}"


@pytest.fixture
def journey(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any, browser: Browser
) -> Iterator[Journey]:
    """A story's own database, copied from the migrated template, with the cast in it and a server on it."""
    import psycopg
    from django.db import connection

    from conftest import TEMPLATE, admin_url, use_database

    name = f"journey_{os.getpid()}_{os.urandom(3).hex()}"
    pictures = PICTURES / _folder(request.path.stem, request.node.name)
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    before = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        with psycopg.connect(admin_url(), autocommit=True) as admin:
            admin.execute(f'create database "{name}" template "{TEMPLATE}"')
        use_database(name)
        today = os.environ["ALONGSIDE_TODAY"]
        server = _Server()
        server.start()
        walked = Journey(make_world(), server.url, browser, pictures)
        try:
            yield walked
        finally:
            for number, context in enumerate(walked.open_windows, start=1):
                if request.node.stash.get(_FAILED, False):
                    context.pages[-1].screenshot(path=pictures / f"failed-{number}.png", full_page=True)
                context.close()
            server.stop()
            os.environ["ALONGSIDE_TODAY"] = today
            use_database(before)
            with psycopg.connect(admin_url(), autocommit=True) as admin:
                admin.execute(f'drop database if exists "{name}" with (force)')
    assert walked.faults == []


class _Server:
    """Django's own threaded server on a free port, for one journey."""

    def __init__(self) -> None:
        from django.core.servers.basehttp import ThreadedWSGIServer
        from django.core.wsgi import get_wsgi_application
        from django.test.testcases import QuietWSGIRequestHandler

        class Server(ThreadedWSGIServer):
            daemon_threads = True

        self._http = Server(("127.0.0.1", 0), QuietWSGIRequestHandler, allow_reuse_address=False)
        self._http.set_app(get_wsgi_application())
        self.url = f"http://127.0.0.1:{self._http.server_port}"
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join(5)
