"""What may wait, which reasons count, and which counts are said to whom."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.areas.clocks import rules
from alongside.areas.clocks.rules import Standing
from alongside.law.exemptions import GROUNDS
from tests.people import TODAY


@pytest.mark.parametrize(
    ("band", "due", "until", "why", "refused"),
    [
        ("legal", 9, 2, "After the holiday", "The law sets this date"),
        ("legal", -9, 2, "After the holiday", "The law sets this date"),
        ("rest", 9, 2, "After the holiday", ""),
        ("rest", -9, 2, "After the holiday", ""),  # late already: it may wait, and stays late
        ("rest", 2, 20, "After the holiday", ""),  # beyond its date: the date stays shown
        ("rest", 9, 28, "After the holiday", ""),
        ("rest", 9, 29, "After the holiday", "at most"),
        ("rest", 9, 0, "After the holiday", "after today"),
        ("rest", 9, -1, "After the holiday", "after today"),
        ("rest", 9, 2, " later ", "Say why"),
        ("family", 9, 9, "Mother is away", ""),
        ("family", 9, 10, "Mother is away", "promised for"),
        ("family", 0, 1, "Mother is away", "due already"),
        ("family", -4, 1, "Mother is away", "due already"),
    ],
)
def test_what_may_wait(band: str, due: int, until: int, why: str, refused: str) -> None:
    found = rules.may_put_off(band=band, due=TODAY + timedelta(due), until=TODAY + timedelta(until), on=TODAY, why=why)
    assert (refused in str(found)) if refused else found is None


@given(due=st.integers(-200, 200), until=st.integers(-200, 200), why=st.text(max_size=40))
def test_a_date_of_the_law_never_waits_and_a_promise_never_past_its_day(due: int, until: int, why: str) -> None:
    day, back = TODAY + timedelta(due), TODAY + timedelta(until)
    assert rules.may_put_off(band="legal", due=day, until=back, on=TODAY, why=why)
    if rules.may_put_off(band="family", due=day, until=back, on=TODAY, why=why) is None:
        assert TODAY < back <= day


@pytest.mark.parametrize(
    ("because", "words", "ground", "refused"),
    [
        ("away", "Both of us were ill.", "", ""),
        ("away", "Both of us were ill.", "E3", ""),
        ("away", "Both of us were ill.", "E1", "Only E3, E4 can excuse"),
        ("away", "ill", "", "sentence"),
        ("forgot", "Both of us were ill.", "", "Choose why"),
        ("", "Both of us were ill.", "", "Choose why"),
    ],
)
def test_reasons(because: str, words: str, ground: str, refused: str) -> None:
    found = rules.may_reason(because=because, words=words, ground=ground, allowed=("E3", "E4"), rule="the advice")
    assert (refused in str(found)) if refused else found is None


def test_a_rule_without_grounds_says_so() -> None:
    found = rules.may_reason(because="away", words="We were all ill.", ground="E3", allowed=(), rule="The review")
    assert "No ground in law excuses The review" in str(found)
    assert all(rules.ground_words(code) for code in GROUNDS) and rules.ground_words("") == ""


def test_a_notice_counts_and_the_director_reads_no_small_number() -> None:
    clocks = [Standing("legal", True), Standing("legal", False), Standing("legal", False), Standing("rest", True)]
    assert rules.notice_words(clocks, named=True) == (
        "1 legal date has passed; 2 legal dates come near; 1 other thing has passed."
    )
    assert rules.notice_words(clocks[:1], named=False, where="Oakfield") == (
        "Oakfield: fewer than 5 legal dates have passed."
    )


@given(st.integers(0, 500), st.integers(0, 500))
def test_counts_in_fives_give_no_small_number_away(first: int, second: int) -> None:
    said = [rules.in_fives(number, named=False) for number in (first, second)]
    for number, words in zip((first, second), said, strict=True):
        assert (words == "0") == (number == 0)
        if 0 < number < rules.SMALL:
            assert words == "fewer than 5"
        elif number:
            assert abs(int(words.removeprefix("about ")) - number) <= 2
    assert rules.in_fives(first, named=True) == str(first)
