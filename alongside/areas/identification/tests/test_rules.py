"""What a flag is and how it may be answered. No database."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.areas.assessment.rules import Kind
from alongside.areas.concerns.rules import language_alone
from alongside.areas.identification import rules
from alongside.areas.identification.rules import About, Answer, Ended, Flagged, Norm, Rests, Sign, WhyNot
from alongside.areas.identification.standing import Facts, Stands, stands
from alongside.kit.reading import reading_age
from alongside.progress import points, words

RESTS = Rests((1.0, 2.0, 3.0), (100.0, 92.0, 80.0), (100.0, 101.0, 100.0), 4.74, True, 12, 18)
SCORE = st.integers(60, 140)


@given(
    st.lists(st.tuples(SCORE, SCORE), min_size=2, max_size=9), st.integers(1, 99), st.integers(1, 99),
    st.integers(200, 5_000), st.integers(0, 40), st.sampled_from(["Reading", "Mathematics", "Science"]),
)  # fmt: skip
def test_every_sentence_can_be_read_at_twelve_and_is_whole(
    scores: list[tuple[int, int]], last: int, before: int, among: int, here: int, subject: str
) -> None:
    rests = Rests(
        tuple(float(n) for n in range(len(scores))), tuple(float(own) for own, _ in scores),
        tuple(float(peer) for _, peer in scores), 4.74, True, last, before,
    )  # fmt: skip
    for said in rules.again(rests):
        if not said.answered:
            assert rules.NEEDS_WORDS[said.sign].startswith("Not enough to say")
            continue
        sentence = rules.sentence(said, rests, About("Kuba", subject, among, here))
        age = reading_age(sentence)
        assert age is not None and age <= 12, f"{age}: {sentence}"
        for part in (
            "This is not a diagnosis.",
            "Good teaching comes first.",
            "days missed",
            "new English",
            "Talk it over",
        ):
            assert part in sentence
        assert said.sign is Sign.SLOWER or f"rests on {said.points} test" in sentence
        assert said.sign is not Sign.SLOWER or f"{among:,} pupils" in sentence
        if said.sign is Sign.WIDENS:
            assert said.fires == ("That is more than chance would do." in sentence), "words and sign agree"


@pytest.mark.parametrize("text", [words.CLASS_IS_SLOW, *rules.SIGN_SAYS.values(), *rules.WHY_NOT_WORDS.values()])
def test_fixed_sentences_are_plain(text: str) -> None:
    assert text.endswith(".") and "'" not in text
    assert (reading_age(" ".join([text] * 3)) or 0) <= 14


@given(
    st.lists(st.one_of(st.none(), SCORE.map(float)), min_size=1, max_size=6), st.booleans(),
    st.one_of(st.none(), st.integers(1, 99)),
)  # fmt: skip
def test_what_is_stored_says_the_same_again(scores: list[float | None], normed: bool, last: int | None) -> None:
    rests = Rests(
        tuple(float(n) for n in range(len(scores))), tuple(scores), tuple(100.0 for _ in scores), 4.74, normed, last, 30
    )
    assert rules.again(Rests.of(rests.stored())) == rules.again(rests)


@pytest.mark.parametrize(
    ("norm", "found"),
    [
        (Norm(Kind.INTERVAL, 100, 15, 0.9), points.Test(15 * math.sqrt(1 - 0.9), True)),
        (Norm(Kind.INTERVAL, None, 15, 0.9), points.Test(15 * math.sqrt(1 - 0.9), False)),
        (Norm(Kind.INTERVAL, 100, None, 0.9), WhyNot.NO_ERROR),
        (Norm(Kind.INTERVAL, 100, 15, None), WhyNot.NO_ERROR),
        (Norm(Kind.INTERVAL, 100, 15, 1.0), WhyNot.NO_ERROR),
        (Norm(Kind.ORDERED, 100, 15, 0.9), WhyNot.ORDERED),
        (Norm(Kind.AGE, 100, 15, 0.9), WhyNot.AGE),
        (Norm(Kind.PROSE, 100, 15, 0.9), WhyNot.PROSE),
        (Norm(Kind.COUNT, 100, 15, 0.9), WhyNot.COUNT),
    ],
)
def test_only_what_has_an_error_is_reckoned_with(norm: Norm, found: object) -> None:
    assert rules.test_of(norm) == found


STANDING = Flagged(1, 7, answered=False)


@pytest.mark.parametrize(
    ("standing", "asked", "then"),
    [
        (None, {}, (None, True)),
        (None, {"fires": False}, (None, False)),
        (None, {"switched_on": False}, (None, False)),
        (STANDING, {}, (None, False)),
        (STANDING, {"run": 2}, (None, False)),
        (STANDING, {"fires": False}, (Ended.CLEAR, False)),
        (STANDING, {"switched_on": False}, (Ended.OFF, False)),
        (STANDING, {"scale": 8}, (Ended.SCALE, True)),
        (replace(STANDING, answered=True), {}, (None, False)),
        (replace(STANDING, answered=True), {"run": 2}, (Ended.LATER, True)),
        (replace(STANDING, answered=True), {"run": 2, "switched_on": False}, (Ended.LATER, False)),
        (replace(STANDING, answered=True), {"fires": False}, (Ended.CLEAR, False)),
    ],
)
def test_what_becomes_of_a_flag(
    standing: Flagged | None, asked: dict[str, bool], then: tuple[Ended | None, bool]
) -> None:
    given_ = {"fires": True, "run": 1, "scale": 7, "switched_on": True, **asked}
    assert rules.becomes(standing, **given_) == then  # type: ignore[arg-type]


@pytest.mark.parametrize("facts", [Facts(*row) for row in product((True, False), repeat=5)])
def test_every_pupil_stands_in_one_place(facts: Facts) -> None:
    assert stands(facts) in set(Stands)
    assert (stands(facts) is Stands.UNKNOWN) == (facts == Facts(False, False, False, False, False))
    assert not facts.on_register or stands(facts) is Stands.REGISTER


@pytest.mark.parametrize(
    ("flagged", "pupils", "rate", "slow"),
    [(7, 10, 0.1, True), (3, 10, 0.1, False), (7, 7, 0.1, False), (10, 30, 0.1, True), (9, 30, 0.1, False),
     (12, 30, 0.3, False), (30, 30, 0.1, True), (0, 30, 0.0, False)],
)  # fmt: skip
def test_a_class_is_slow_beyond_chance_and_by_a_third(flagged: int, pupils: int, rate: float, slow: bool) -> None:
    assert rules.class_is_slow(flagged, pupils, rate) is slow


@given(st.integers(8, 40), st.floats(0, 1))
def test_more_flags_never_make_a_class_less_slow(pupils: int, rate: float) -> None:
    slow = [rules.class_is_slow(flagged, pupils, rate) for flagged in range(pupils + 1)]
    assert slow == sorted(slow)


@pytest.mark.parametrize(
    ("reason", "alone"),
    [
        ("EAL", True), ("eal.", True), ("She is EAL", True), ("English is an additional language", True),
        ("new to English", True), ("He speaks English as a second language.", True), ("", False), ("Tired", False),
        ("EAL, but reads well at home in Polish", False), ("EAL and deaf", False), ("The mark is wrong", False),
    ],
)  # fmt: skip
def test_language_alone_is_no_reason(reason: str, alone: bool) -> None:
    assert language_alone(reason) is alone
    refusal = rules.may_answer(Answer.DISMISS, reason=reason, behind=(), seen="", standing=True)
    assert (refusal is not None) == (alone or len(reason.split()) < 2)


def test_a_sign_goes_on_only_after_somebody_has_looked() -> None:
    assert rules.may_switch(on=True, is_on=False, shown=None)
    assert rules.may_switch(on=False, is_on=False, shown=None)
    assert rules.may_switch(on=False, is_on=True, shown=None) is None
