"""What briefs, notes and class sheets may say, by table and by chance."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.areas.classroom import rules
from alongside.areas.classroom.rules import Fit, Seen
from tests.people import TODAY


@pytest.mark.parametrize(
    ("number", "confirmed", "state"),
    [(1, None, Seen.NEW), (3, None, Seen.NEW), (3, 2, Seen.CHANGED), (3, 3, Seen.SEEN), (1, 1, Seen.SEEN)],
)
def test_where_an_adult_stands_with_a_brief(number: int, confirmed: int | None, state: Seen) -> None:
    assert rules.seen(number=number, confirmed=confirmed) is state


def test_nobody_confirms_what_they_have_not_opened() -> None:
    assert rules.may_confirm(opened=True) is None
    refusal = rules.may_confirm(opened=False)
    assert refusal is not None and "Open the brief first" in refusal.reason


@pytest.mark.parametrize(
    ("good_at", "helps", "field"),
    [(["A", "B"], ["C"], None), (["A"], ["C"], "good_at"), (["A", " "], ["C"], "good_at"), (["A", "B"], [], "helps"),
     (["A", "B"], ["  "], "helps")],
)  # fmt: skip
def test_strengths_stand_before_needs(good_at: list[str], helps: list[str], field: str | None) -> None:
    refusal = rules.check_brief(good_at=good_at, helps=helps)
    assert (refusal.field if refusal else None) == field


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("He has autism", "autism"), ("His ADHD means he moves", "ADHD"), ("A.D.H.D. medication", "A.D.H.D."),
        ("Dyslexic: print big", "Dyslexic"), ("Child with Down's syndrome", "Down's syndrome"), ("ASC profile", "ASC"),
        ("has ODD", "ODD"), ("moderate learning disability", "learning disability"),
        ("An odd number of counters", ""), ("Ask cold questions", ""), ("Wait ten seconds", ""), ("Add the numbers", ""),
        ("Sit down at the table", ""), ("His epilepsy pen is in the office", ""), ("autistics", ""),
    ],
)  # fmt: skip
def test_a_diagnosis_is_found_and_ordinary_words_are_not(text: str, named: str) -> None:
    assert rules.diagnosis_in(text) == named


def test_a_brief_names_no_diagnosis_unless_it_was_agreed() -> None:
    texts = {"helps": "Wait ten seconds", "avoid": "Do not mention his ADHD"}
    refusal = rules.may_name(texts, agreed=False)
    assert refusal is not None and refusal.field == "avoid" and "'ADHD' is a diagnosis" in refusal.reason
    assert rules.may_name(texts, agreed=True) is None


@pytest.mark.parametrize(
    ("back", "raised"),
    [([0, 1], True), ([0, 13], True), ([0, 14], False), ([0], False), ([-1, 0], False), ([3, 3], True)],
)
def test_twice_in_a_fortnight(back: list[int], raised: bool) -> None:
    taps = [("Wait", TODAY - timedelta(days=days)) for days in back]
    assert rules.not_helping(taps, on=TODAY) == (["Wait"] if raised else [])


def test_two_strategies_are_counted_apart() -> None:
    assert rules.not_helping([("Wait", TODAY), ("Seat", TODAY)], on=TODAY) == []


def test_a_safeguarding_note_without_a_reader_is_not_kept() -> None:
    refusal = rules.may_send([], restricted=True)
    assert refusal is not None and "Nothing was saved" in refusal.reason
    assert rules.may_send(["the DSL"], restricted=True) is None
    assert rules.may_send([], restricted=False) is None


# --- The class sheet -------------------------------------------------------------------------------------


def test_what_four_share_is_found_whatever_the_pronoun() -> None:
    helps = {
        "Kuba": ["Give him one instruction at a time", "Blue card"], "Leo": ["One instruction at a time"],
        "Sami": ["One instruction at a time."], "Dara": ["Give them one instruction at a time", "Blue card"],
        "Aisha": ["Blue card"],
    }  # fmt: skip
    assert rules.shared_helps(helps) == [("Give him one instruction at a time", ["Kuba", "Leo", "Sami", "Dara"])]


def test_a_pupil_who_has_a_strategy_twice_counts_once() -> None:
    assert rules.shared_helps({"A": ["Wait", "wait!"], "B": ["Wait"], "C": ["Wait"]}) == []


@pytest.mark.parametrize(
    ("printed", "shred"),
    [(date(2026, 11, 23), date(2026, 11, 27)), (date(2026, 11, 27), date(2026, 11, 27)),
     (date(2026, 11, 28), date(2026, 12, 4)), (date(2026, 11, 29), date(2026, 12, 4))],
)  # fmt: skip
def test_the_day_to_shred_it(printed: date, shred: date) -> None:
    assert rules.shred_on(printed) == shred


ROW = (
    "One instruction, then wait ten seconds",
    "New words with a picture",
    "Never cold questions in front of the class",
)
SIZES = [Fit.EASY, Fit.TIGHT, Fit.TIGHTEST]


@pytest.mark.parametrize(("pupils", "size"), [(1, Fit.EASY), (7, Fit.EASY), (14, Fit.TIGHT), (18, Fit.TIGHTEST)])
def test_a_sheet_stays_on_one_side_by_smaller_type(pupils: int, size: Fit) -> None:
    assert rules.fit([ROW] * pupils, beside=(["Shared: all"], []), boxed="Harriet: inhaler.")[0] is size


@given(st.integers(0, 25), st.integers(1, 160))
def test_more_children_never_print_larger(pupils: int, letters: int) -> None:
    row = ("word " * (letters // 5), "", "")
    fewer, fewer_room = rules.fit([row] * pupils, beside=([], []), boxed="")
    more, more_room = rules.fit([row] * (pupils + 1), beside=([], []), boxed="")
    assert SIZES.index(more) >= SIZES.index(fewer)
    if more is fewer:
        assert fewer_room or not more_room
