"""Every address × every role × every relation to a pupil, asked of the running product."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from alongside.base.access.roles import ROLES
from alongside.base.access.web import policy_of
from tests.access.matrix import EVERYBODY, MATRIX, NOT_OURS, RELATIONS, Row
from tests.access.places import Places, build_places

ANONYMOUS = "anonymous"


def our_names() -> Iterator[tuple[str, Any]]:
    """The name and view of every address of ours; allauth's and Django's own are not."""

    def walk(patterns: list[Any], prefix: str) -> Iterator[tuple[str, Any]]:
        for entry in patterns:
            if isinstance(entry, URLResolver):
                space = f"{entry.namespace}:" if entry.namespace else ""
                yield from walk(entry.url_patterns, prefix + space)
            elif isinstance(entry, URLPattern) and entry.callback.__module__.startswith("alongside."):
                yield f"{prefix}{entry.name}", entry.callback

    yield from walk(get_resolver().url_patterns, "")


def test_every_page_declares_who_may_open_it() -> None:
    undeclared = [name for name, view in our_names() if policy_of(view) is None]
    assert undeclared == []


def test_every_page_stands_in_the_matrix() -> None:
    named = {name for name, _ in our_names()}
    assert named - set(MATRIX) - NOT_OURS == set()
    assert set(MATRIX) - named == set(), "the matrix speaks of pages that are no more"


@dataclass(frozen=True)
class Case:
    name: str
    row: Row
    role: str


CASES = [Case(name, row, role) for name, row in MATRIX.items() for role in (*ROLES, ANONYMOUS)]


@pytest.fixture(scope="module")
def places(django_db_setup: None, django_db_blocker: Any) -> Iterator[Places]:
    """One world for the whole table, in a transaction that is never kept.

    Papers are sent as the page they are made of, in which a name would be found; in a PDF it would be compressed.
    """
    from django.db import transaction

    from alongside.base.access.scope import all_schools, scope

    as_it_is = patch("alongside.base.documents.web.pdf", lambda html, *, one_side=False: html.encode())
    with django_db_blocker.unblock(), transaction.atomic(), as_it_is:
        built = build_places()
        with scope(all_schools()):
            yield built
        transaction.set_rollback(True)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.name}-{case.role}")
def test_who_may_open_what(case: Case, places: Places, django_db_blocker: Any) -> None:
    from django.db import transaction

    with django_db_blocker.unblock():
        browser = places.browser(case.role)
        for relation in RELATIONS if case.row.about else ("own",):
            with transaction.atomic():
                answer = _ask(browser, case, relation, places)
                transaction.set_rollback(True)
            _judge(case, relation, answer, browser, places)


def _ask(browser: Client, case: Case, relation: str, places: Places) -> Any:
    address = places.address(case.name, case.row, relation, case.role)
    return browser.post(address, {}) if case.row.post else browser.get(address)


def _judge(case: Case, relation: str, answer: Any, browser: Client, places: Places) -> None:
    where = f"{case.name} for {case.role}, {relation}: {answer.status_code}"
    if case.role == ANONYMOUS:
        expected = case.row.allows(EVERYBODY, "own")
        assert (answer.status_code in (200, 302) and not _to_sign_in(answer)) == expected, where
        return
    if relation != "none" and case.row.allows(case.role, relation):
        assert answer.status_code in (200, 302, 400, 409), where
        assert not _to_sign_in(answer), where
    else:
        assert answer.status_code == 404, where
        assert b"There is nothing here" in answer.content, where
        for secret in places.secrets:
            assert secret.encode() not in answer.content, f"{where} shows {secret}"


def _to_sign_in(answer: Any) -> bool:
    return bool(answer.status_code == 302 and answer["Location"].startswith("/accounts/login/"))
