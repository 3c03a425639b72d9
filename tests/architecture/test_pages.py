"""Pages: who may open each address is declared, and templates print what they are given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from alongside.base.access.web import policy_of
from tests.architecture.tree import HOUSE, label, pages

WORDY = re.compile(r"<(?!int:)")
SIGN_IN = "/accounts/"  # allauth's own addresses, which decide for themselves


def addresses() -> Iterator[tuple[str, Any]]:
    def walk(entries: list[Any], prefix: str) -> Iterator[tuple[str, Any]]:
        for entry in entries:
            route = prefix + str(entry.pattern)
            if isinstance(entry, URLResolver):
                yield from walk(entry.url_patterns, route)
            elif isinstance(entry, URLPattern):
                yield route, entry.callback

    yield from walk(get_resolver().url_patterns, "/")


def test_every_address_says_who_may_open_it() -> None:
    found = list(addresses())
    assert len(found) > 60
    silent = [route for route, view in found if policy_of(view) is None and not (is_theirs(view) and SIGN_IN in route)]
    assert silent == []


def is_theirs(view: Any) -> bool:
    return not view.__module__.startswith("alongside.")


# Addresses with a word in them: one of ours, or a secret made by chance.
WITH_A_WORD = {
    "/concerns/<int:concern_id>/part/<slug:part>/": "a part of a screening",
    **{
        f"/duties/{where}/<slug:code>/{verb}": "the number of a duty in the catalogue"
        for where in ("trust", "<int:school_id>")
        for verb in ("", "attest/", "observe/", "explain/", "exempt/")
        if (where, verb) != ("trust", "exempt/")
    },
    "/duties/catalogue/<slug:code>/": "the number of a duty in the catalogue",
    "/duties/catalogue/<slug:code>/new/": "the number of a duty in the catalogue",
    "/policy/duty/<slug:code>/": "the number of a duty in the catalogue",
    "/calendar/<str:secret>.ics": "the key of a calendar, which can be ended",
    "/mail/stop/<str:stop>/": "the key of a mail's 'no more', which opens nothing else",
    "/family/enter/<str:secret>/": "the key of a link that opens once",
}


def test_no_address_can_carry_a_name() -> None:
    """Addresses end in logs and in other people's histories: they hold numbers, and words of ours."""
    wordy = {route for route, view in addresses() if not is_theirs(view) and WORDY.search(route)}
    assert wordy == set(WITH_A_WORD)


# --- Templates -------------------------------------------------------------------------------------------

COMMENT = re.compile(r"{#.*?#}", re.DOTALL)
CODE = re.compile(r"{{.*?}}|{%.*?%}", re.DOTALL)
ASKING = re.compile(r"\.(?:all|filter|objects)\b|\.(?:exclude|exists|order_by|values_list|select_related|count)\(")
INLINE = re.compile(r"<[a-z][^>]*?\s(?:style|on[a-z]+)\s*=", re.IGNORECASE)
BLOCK = re.compile(r"<style\b|<script\b(?![^>]*(?:\bsrc=|type=\"application/json\"))", re.IGNORECASE)
HOST = re.compile(r"(?:https?:)?//[a-z0-9]", re.IGNORECASE)
SPACE_OF_SVG = "http://www.w3.org/"
ROLE = re.compile(r"\brole(?:\.\w+)?\s*(?:==|!=|in\b)|(?:==|!=)\s*[\"'](?:senco|teacher|ta|head|dsl|parent)[\"']")


def words_of(path: Path) -> str:
    """A template without its comments."""
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


def code_of(path: Path) -> str:
    return " ".join(CODE.findall(words_of(path)))


def is_pdf(path: Path) -> bool:
    """True for templates that are made into a PDF on the server and sent to no browser."""
    frame = HOUSE / "base/documents/jinja2/documents/pdf.html"
    return path == frame or '{% extends "documents/pdf.html" %}' in words_of(path)


def test_there_are_templates() -> None:
    assert len(pages()) > 40


@pytest.mark.parametrize("path", pages(), ids=label)
def test_a_template_prints_and_asks_nothing(path: Path) -> None:
    assert ASKING.findall(code_of(path)) == [], "pages get frozen values, and no door to the database"
    assert ROLE.findall(code_of(path)) == [], "pages are told what a person may do, by permission"


@pytest.mark.parametrize("path", pages(), ids=label)
def test_a_template_needs_no_exception_from_the_content_policy(path: Path) -> None:
    text = words_of(path)
    assert HOST.findall(text.replace(SPACE_OF_SVG, "")) == [], "no other host"
    assert INLINE.findall(text) == [], "no style= and no on…="
    assert is_pdf(path) or BLOCK.findall(text) == [], "no script and no style inside a page"


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        (ASKING, "{% for row in pupil.contacts.all() %}"), (ASKING, "{{ rows.filter }}"), (ASKING, "{{ x.count() }}"),
        (INLINE, '<p class="a" style="color: red">'), (INLINE, "<a href='/' onclick='x()'>"),
        (BLOCK, "<script>x()</script>"), (BLOCK, "<style>p {}</style>"),
        (HOST, '<img src="//cdn.example/x.png">'), (HOST, 'href="https://a.example"'),
        (ROLE, '{% if actor.role == "head" %}'), (ROLE, "{% if x != 'senco' %}"),
    ],
)  # fmt: skip
def test_the_rules_see_what_they_are_for(rule: re.Pattern[str], wrong: str) -> None:
    assert rule.search(wrong)
