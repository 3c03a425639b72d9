"""What may excuse lateness; the date never moves."""

from dataclasses import replace
from datetime import date

import pytest

from alongside.law.book import RULES
from alongside.law.exemptions import Exemption, check, closure_excuses, closure_window, excused_until

SHUT, OPEN = date(2027, 7, 22), date(2027, 9, 2)
AWAY = Exemption("E4", date(2026, 10, 1), date(2026, 10, 28), "the local authority", "a letter from the family")


@pytest.mark.parametrize(
    ("asked", "excused"),
    [
        (date(2027, 7, 14), False), (date(2027, 7, 15), True), (date(2027, 8, 26), True), (date(2027, 8, 27), False),
    ],
)  # fmt: skip
def test_advice_asked_for_around_the_summer(asked: date, excused: bool) -> None:
    assert closure_excuses(asked, SHUT, OPEN) is excused


def test_only_a_closure_of_four_weeks_opens_the_ground() -> None:
    assert closure_window(date(2026, 12, 19), date(2027, 1, 5)) is None
    assert not closure_excuses(date(2026, 12, 20), date(2026, 12, 19), date(2027, 1, 5))
    assert closure_window(date(2027, 7, 1), date(2027, 7, 29)) == (date(2027, 6, 24), date(2027, 7, 22))
    assert closure_window(date(2027, 7, 1), date(2027, 7, 28)) is None


@pytest.mark.parametrize(
    ("code", "exemption", "words"),
    [
        ("EHC-04", replace(AWAY, ground="E9"), "E9 is no ground"),
        ("EHC-06", replace(AWAY, ground="E1"), r"EHC-06 cannot be excused by E1. Its grounds: E3, E4, A1"),
        ("AR-12", AWAY, r"AR-12 cannot be excused by E4. Its grounds: none"),
        ("EHC-04", replace(AWAY, ground="E3", last=date(2026, 9, 30)), "ends before it starts"),
        ("EHC-04", replace(AWAY, last=date(2026, 10, 27)), "needs 4 weeks in a row"),
        ("EHC-04", replace(AWAY, evidence=" "), r"EHC-04: E4 needs evidence, and the name of who relies on it"),
        ("EHC-04", replace(AWAY, asserted_by=""), r"EHC-04: E4 needs evidence.* Write down both"),
        ("APP-07", replace(AWAY, ground="T1", last=date(2026, 10, 13)), "needs 2 weeks in a row"),
    ],
)
def test_an_exemption_that_cannot_be(code: str, exemption: Exemption, words: str) -> None:
    import re

    refusal = check(RULES[code], exemption)
    assert refusal is not None
    assert re.search(words, refusal.reason)
    assert refusal.field in {"ground", "last", "evidence"}


@pytest.mark.parametrize(
    ("code", "exemption"),
    [
        ("EHC-04", AWAY), ("APP-07", replace(AWAY, ground="T1", last=date(2026, 10, 14))),
        ("EHC-04", replace(AWAY, ground="E3", last=date(2026, 10, 1))),
    ],
)  # fmt: skip
def test_an_exemption_that_can_be(code: str, exemption: Exemption) -> None:
    assert check(RULES[code], exemption) is None


def test_lateness_is_excused_until_the_last_of_them_ends() -> None:
    due = date(2026, 10, 19)
    later = replace(AWAY, first=date(2026, 10, 19), last=date(2026, 11, 20))
    assert excused_until(due) is None
    assert excused_until(due, AWAY, later) == date(2026, 11, 20)
    assert excused_until(due, replace(AWAY, last=due)) is None
    assert excused_until(due, replace(later, first=date(2026, 10, 20))) is None
