"""Gaps, courses, answers and ticks: what follows from what, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from alongside.areas.training import rules
from alongside.areas.training.rules import CourseFacts, Group, Level
from tests.people import TODAY

LEVELS = some.none() | some.sampled_from(list(Level))
WHOLE = CourseFacts("Talk", "Us", "Asked for", "Plan a lesson", "Six weeks", ["teachers"])


@pytest.mark.parametrize(
    ("roles", "group"),
    [
        (["teacher"], Group.TEACHERS), (["teacher", "cover_senco"], Group.TEACHERS), (["ta", "admin"], Group.ASSISTANTS),
        (["senco", "teacher"], Group.LEADERS), (["governor"], None), (["central"], None), ([], None), (["exams"], Group.OFFICE),
    ],
)  # fmt: skip
def test_the_part_of_the_staff_follows_from_roles(roles: list[str], group: Group | None) -> None:
    assert rules.group_of(roles) == group


@pytest.mark.parametrize(
    ("field", "value"), [("title", " "), ("provider", ""), ("audience", []), ("audience", ["cats"])]
)
def test_a_course_that_cannot_be_written_down(field: str, value: object) -> None:
    from dataclasses import replace

    assert rules.check_course(WHOLE) is None
    refusal = rules.check_course(replace(WHOLE, **{field: value}))  # type: ignore[arg-type]
    assert refusal is not None and refusal.field == field


def test_a_course_without_its_three_parts_stays_a_draft() -> None:
    assert rules.check_approval(WHOLE) is None
    bare = CourseFacts("Talk", "Us", "", "Plan a lesson", " ", ["teachers"])
    assert rules.missing(bare) == ("the need", "the evaluation")
    refusal = rules.check_approval(bare)
    assert refusal and "the need and the evaluation" in refusal.reason


def test_what_changed_is_asked_six_weeks_later() -> None:
    assert rules.asked_on(TODAY) == TODAY + timedelta(days=42)


@pytest.mark.parametrize(
    ("words", "came", "allowed"),
    [
        ("I wait ten seconds now", True, True), ("I wait ten seconds now", False, False), ("Better", True, False),
        ("I wait for kuba kowalski now", True, False), ("I wait for Kuba now", True, True),
    ],
)  # fmt: skip
def test_what_changed_is_ones_own_and_names_no_pupil(words: str, came: bool, allowed: bool) -> None:
    assert (rules.check_changed(words, ["Kuba Kowalski", ""], came=came) is None) == allowed


@pytest.mark.parametrize(
    ("typed", "values", "allowed"),
    [
        (["person", "csrfmiddlewaretoken"], ["3", "4"], True), (["csrfmiddlewaretoken"], [], True),
        (["person", "notes"], ["3"], False), (["person"], ["9"], False), (["person"], ["Kuba needs help"], False),
        (["person"], ["3 and Kuba"], False), (["pupil"], [], False),
    ],
)  # fmt: skip
def test_an_appraisal_takes_a_tick_and_nothing_else(typed: list[str], values: list[str], allowed: bool) -> None:
    refusal = rules.check_tick(typed, values, [3, 4])
    assert (refusal is None) == allowed
    assert refusal is None or "HR system" in refusal.reason


@given(some.text(min_size=1), some.text())
def test_no_text_at_all_gets_into_an_appraisal(name: str, value: str) -> None:
    if name not in ("person", "csrfmiddlewaretoken"):
        assert rules.check_tick([name], [], [3]) is not None
    if value != "3":
        assert rules.check_tick(["person"], [value], [3]) is not None


@given(some.dictionaries(some.sampled_from([*"abcdef"]), some.integers(0, 40)))
def test_a_small_part_cannot_be_taken_from_the_sum(counts: dict[str, int]) -> None:
    hide = rules.hidden_pair(counts)
    assert all(key in hide for key, count in counts.items() if 0 < count < 5)
    small = [key for key, count in counts.items() if 0 < count < 5]
    others = [key for key, count in counts.items() if count >= 5]
    assert len(hide) != 1 or not others, "one hidden part alone could be worked out"
    assert small or not hide


@pytest.mark.parametrize(("count", "words"), [(0, "0"), (1, "fewer than 5"), (4, "fewer than 5"), (5, "5"), (61, "61")])
def test_small_counts_are_not_said(count: int, words: str) -> None:
    assert rules.shown(count) == words


@pytest.mark.parametrize(
    ("answer", "course", "reason", "allowed"),
    [
        ("course", 3, "", True), ("course", None, "", False), ("other", None, "A visit", True), ("other", None, " ", False),
        ("no", None, "", False), ("no", None, "Next year", True), ("maybe", 3, "Why", False),
    ],
)  # fmt: skip
def test_an_answer_brings_its_course_or_its_reason(answer: str, course: int | None, reason: str, allowed: bool) -> None:
    assert (rules.check_answer(answer, course, reason) is None) == allowed


def test_nobody_is_their_own_executive() -> None:
    assert rules.check_line(1, 2, [2, 3]) is None
    assert rules.check_line(2, 2, [2, 3]) is not None and rules.check_line(1, 4, [2, 3]) is not None
