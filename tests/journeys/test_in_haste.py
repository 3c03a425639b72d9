"""Every form of every page, sent with nothing in it, with far too much, and with nonsense: a sentence, never a fault."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import pytest
from django.db import transaction
from django.test import Client

from alongside.base.access.scope import all_schools, scope
from tests.access.matrix import MATRIX
from tests.access.places import Places, build_places

ROLES = ("senco", "teacher", "ta", "dsl", "head", "parent", "admin", "sysadmin")
TYPED = {
    "nothing": "",
    "far too much": "A very long story. " * 400,
    "nonsense": "-1\x01 ½ 😀 99999999999",
}
LEFT_ALONE = ("/accounts/logout/",)


@dataclass
class Form:
    action: str
    fields: list[tuple[str, str, str]] = field(default_factory=list)  # name, kind, value
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def filled(self, text: str, button: tuple[str, str] | None) -> dict[str, str]:
        """What a browser would send: the first choice of each, and this text wherever one can write."""
        sent: dict[str, str] = {}
        for name, kind, value in self.fields:
            if kind in ("radio", "hidden"):
                sent.setdefault(name, value)
            elif kind == "checkbox":
                sent[name] = value or "on"
            elif kind != "file":
                sent[name] = text
        return {**sent, **dict([button] if button else [])}


class Forms(HTMLParser):
    """The forms of a page that change something."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._open: Form | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method", "").lower() == "post":
            self._open = Form(given.get("action", ""))
            self.found.append(self._open)
        elif self._open and tag in ("input", "textarea", "select") and given.get("name"):
            self._open.fields.append((given["name"], given.get("type", tag), given.get("value", "")))
        elif self._open and tag == "button" and given.get("name"):
            self._open.buttons.append((given["name"], given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None


@pytest.fixture
def places(db: None) -> Iterator[Places]:
    built = build_places()
    with scope(all_schools()):
        yield built


@pytest.mark.parametrize("role", ROLES)
def test_no_form_breaks(role: str, places: Places) -> None:
    browser = places.browser(role)
    browser.raise_request_exception = False
    sent = 0
    for address, form in forms_of(role, browser, places):
        for what, text in TYPED.items():
            for button in (None, *form.buttons[:6]):
                status = undone(browser.post, address, form.filled(text, button)).status_code
                assert status < 500, f"{address} breaks when {role} sends {what}"
                sent += 1
    assert sent, f"{role} has no form at all"


def forms_of(role: str, browser: Client, places: Places) -> Iterator[tuple[str, Form]]:
    """Each form that this role meets on any page, once, with the address it is sent to."""
    met = set()
    for name, row in MATRIX.items():
        if row.post:
            continue
        page = places.address(name, row, "own", role)
        answer = undone(browser.get, page)
        assert answer.status_code < 500, f"{page} breaks for {role}"
        if answer.status_code != 200 or "html" not in answer.headers["Content-Type"]:
            continue
        for form in Forms(answer.content.decode()).found:
            address = urljoin(page, form.action)
            shape = (address, tuple(name for name, *_ in form.fields))
            if address not in LEFT_ALONE and shape not in met:
                met.add(shape)
                yield address, form


def undone(ask: Any, *what: Any) -> Any:
    """An answer, without what it changed."""
    with transaction.atomic():
        answer = ask(*what)
        transaction.set_rollback(True)
    return answer
