"""A session is found by its key while it lasts, and by nothing else."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from alongside.base.access.sessions import SessionStore
from alongside.kit.time import now

pytestmark = pytest.mark.django_db


def kept() -> str:
    made = SessionStore()
    made["step"] = "two"
    made.save()
    assert made.session_key
    return made.session_key


def test_it_comes_back_by_its_key() -> None:
    assert SessionStore(kept())["step"] == "two"


def test_one_that_is_over_holds_nothing_and_gives_up_its_key() -> None:
    key = kept()
    Session.objects.update(expire_date=now() - timedelta(days=1))
    found = SessionStore(key)
    assert found.get("step") is None
    assert found.session_key is None


@pytest.mark.parametrize("key", ["x" * 32, "' or true --", None])
def test_a_key_that_nobody_was_given_finds_nothing(key: str | None) -> None:
    kept()
    assert SessionStore(key).get("step") is None


def test_one_that_was_tampered_with_is_empty() -> None:
    key = kept()
    Session.objects.update(session_data="made up")
    assert SessionStore(key).get("step") is None
