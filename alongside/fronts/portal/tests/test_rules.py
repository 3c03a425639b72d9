"""Who may be let in, for how long, and what families read of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.fronts.portal import rules
from alongside.fronts.portal.rules import ContactFacts, Way
from alongside.kit.time import now


@pytest.mark.parametrize(
    ("barred", "responsibility", "lives_with", "is_staff", "says"),
    [
        (False, True, False, False, None), (False, False, True, False, None), (False, True, True, False, None),
        (True, True, True, False, "a court order says so"), (False, False, False, False, "no parental responsibility"),
        (False, True, True, True, "signs in as staff"), (True, False, False, True, "a court order says so"),
    ],
)  # fmt: skip
def test_who_may_be_let_in(
    barred: bool, responsibility: bool, lives_with: bool, is_staff: bool, says: str | None
) -> None:
    refusal = rules.may_invite(ContactFacts("Ewa", barred, responsibility, lives_with, is_staff), child="Kuba")
    assert (refusal is None) if says is None else (refusal is not None and says in refusal.reason)


@pytest.mark.parametrize(
    ("used", "left", "welcome", "opens"),
    [
        (False, 1, True, True),
        (False, 0, True, True),
        (False, -1, True, False),
        (True, 1, True, False),
        (False, 1, False, False),
    ],
)
def test_a_secret_opens_once_and_in_time_and_for_the_welcome(used: bool, left: int, welcome: bool, opens: bool) -> None:
    at = now()
    refusal = rules.may_enter(used_at=at if used else None, until=at + timedelta(minutes=left), at=at, welcome=welcome)
    assert (refusal is None) is opens


def test_every_no_reads_alike() -> None:
    at = now()
    noes = {
        rules.may_enter(used_at=used, until=at + timedelta(minutes=left), at=at, welcome=welcome)
        for used, left, welcome in ((at, 1, True), (None, -1, True), (None, 1, False))
    }
    assert len(noes) == 1 and None not in noes


@given(st.text(alphabet=rules.ALPHABET, min_size=rules.CODE_LENGTH, max_size=rules.CODE_LENGTH))
def test_a_code_is_read_however_it_is_typed(code: str) -> None:
    printed = rules.spaced(code)
    assert len(printed.split()) == 3
    for typed in (printed, printed.lower(), printed.replace(" ", "-"), f"  {code} "):
        assert rules.bare(typed) == code


def test_a_code_has_no_letters_that_look_alike() -> None:
    assert not set(rules.ALPHABET) & set("0O1I5S8B2Z6") and len(set(rules.ALPHABET)) == len(rules.ALPHABET)
    assert len(rules.ALPHABET) ** rules.CODE_LENGTH > 2**55, "too many to try"


def test_a_link_by_mail_lasts_twenty_minutes() -> None:
    assert rules.LASTS[Way.MAIL] == timedelta(minutes=20)


@pytest.mark.parametrize(("page", "words"), [("brief", "what helps"), ("something new", "the record")])
def test_pages_have_plain_names(page: str, words: str) -> None:
    assert rules.page_words(page) == words
