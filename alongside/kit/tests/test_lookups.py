"""`any_of` finds what `in` finds, with one place for all values."""

import pytest
from django.contrib.sessions.models import Session

from alongside.kit.time import now

pytestmark = pytest.mark.django_db


def test_it_finds_what_in_finds() -> None:
    for key in ("a", "b", "c"):
        Session.objects.create(session_key=key, session_data="", expire_date=now())
    for keys in (["a", "c", "x"], {"b"}, []):
        found = Session.objects.filter(session_key__any_of=keys).order_by("pk")
        assert list(found) == list(Session.objects.filter(session_key__in=keys).order_by("pk"))
        assert len(found.query.sql_with_params()[1]) == 1
