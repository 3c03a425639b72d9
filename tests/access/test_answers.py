"""What every answer carries, what a log line may not, and odd letters typed into an address."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from alongside.base.pupils.models import Pupil
from alongside.fronts.portal.actions import _keep
from alongside.fronts.portal.rules import Way
from alongside.kit.logs import Discreet
from alongside.kit.numbers import whole
from tests.people import World, a_pupil

As = Callable[[object], Client]

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.mark.parametrize(
    ("address", "status"),
    [("/today/", 200), ("/pupils/987654321/", 404), ("/", 302), ("/nowhere/", 404), ("/pupils/export.xlsx", 200),
     ("/notices/1/", 405)],
)  # fmt: skip
def test_every_answer_to_somebody_is_kept_by_nobody(address: str, status: int, world: World, as_: As) -> None:
    answer = as_(world.amara).get(address)
    assert answer.status_code == status
    missing = [name for name, value in HEADERS.items() if value not in answer.headers.get(name, "")]
    assert missing == []


@pytest.mark.parametrize(
    "address",
    [
        "/today/",
        "/family/enter/",
        "/family/enter/code/",
        "/family/enter/abc/",
        "/accounts/login/",
        "/help/",
        "/nowhere/",
    ],
)
def test_every_answer_to_a_stranger_too(address: str, db: None) -> None:
    answer = Client().get(address)
    missing = [name for name, value in HEADERS.items() if value not in answer.headers.get(name, "")]
    assert missing == []


def test_a_strangers_form_is_refused(world: World) -> None:
    answer = Client(enforce_csrf_checks=True).post("/family/enter/code/", {"code": "ACDE"})
    assert answer.status_code == 403
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_where_one_wanted_to_go_is_carried_whole(world: World) -> None:
    answer = Client().get("/pupils/", {"year": "4", "sort": "name"})
    assert answer["Location"] == "/accounts/login/?next=/pupils/%3Fyear%3D4%26sort%3Dname"


@pytest.mark.parametrize("typed", ["²", "٣", "9" * 5_000, "-1", "1.0", "", " 1"])
def test_what_is_no_plain_number_is_none(typed: str) -> None:
    assert whole(typed) is None


def test_a_plain_number_is_one() -> None:
    assert whole("042") == 42


@pytest.mark.parametrize(
    "query",
    ["page=²", "then=" + "9" * 5_000, "after=²", "school=²", "concern=²", "pupil=²", "number=²", "next=foo",
     "class=%00", "q=%00ku"],
)  # fmt: skip
@pytest.mark.parametrize("place", ["/pupils/", "/provision/", "/exchange/", "/find/", "{}", "{}timeline/", "{}check/"])
def test_odd_letters_in_an_address_break_nothing(place: str, query: str, world: World, as_: As) -> None:
    pupil = a_pupil(world.oakfield)
    assert as_(world.amara).get(f"{place.format(f'/pupils/{pupil.pk}/')}?{query}").status_code < 500


def test_a_letter_that_no_text_holds_is_not_kept_in_a_draft(world: World, as_: As) -> None:
    answer = as_(world.amara).post("/drafts/?form=concern:1", {"seen": "Loses\0 his place"})
    assert answer.status_code == 200


# --- Logs ------------------------------------------------------------------------------------------------


def line_of(error: BaseException, message: str = "broke") -> str:
    record = logging.LogRecord(
        "x", logging.ERROR, __file__, 1, message, None, (type(error), error, error.__traceback__)
    )
    return Discreet("{levelname} {message}", style="{").format(record)


def test_a_log_line_about_an_error_quotes_nobody(world: World) -> None:
    kuba = a_pupil(world.oakfield)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Pupil.objects.create(
            upn=kuba.upn, school=world.oakfield, given_name="Kuba", family_name="Kowalski", born_on=kuba.born_on,
            entered_on=kuba.entered_on,
        )  # fmt: skip
    line = line_of(caught.value)
    assert kuba.upn not in line
    assert "Kowalski" not in line
    assert "IntegrityError" in line
    assert "23505" in line, "what a maintainer needs is there"


def test_an_error_that_stands_among_its_own_causes_is_written_once() -> None:
    first, second = ValueError("Kowalski"), KeyError("Kuba")
    first.__cause__, second.__context__ = second, first
    assert line_of(first).splitlines() == ["ERROR broke", "KeyError", "ValueError"]


def test_a_value_in_an_error_stays_out_of_the_log() -> None:
    name = "Kowalski"
    try:
        int(name)
    except ValueError as error:
        line = line_of(error)
    assert name not in line
    assert "test_answers.py" in line


def test_a_key_in_an_address_stays_out_of_the_log() -> None:
    line = line_of(ValueError(), "Internal Server Error: /family/enter/Zk3-secret/")
    assert "Zk3-secret" not in line
    assert "/family/enter/…/" in line


def test_an_answer_that_is_no_fault_of_ours_leaves_no_line(world: World, caplog: Any) -> None:
    _keep(world.ewa, Way.MAIL, "a-secret-of-chance", datetime.now(UTC) - timedelta(days=1))
    with caplog.at_level(logging.WARNING):
        logging.getLogger("django.request").setLevel(logging.ERROR)  # as settings have it
        assert Client().post("/family/enter/a-secret-of-chance/").status_code == 409
        assert Client().get("/find/", {"q": "Kowalski"}).status_code == 302
    assert "a-secret" not in caplog.text
    assert "Kowalski" not in caplog.text
