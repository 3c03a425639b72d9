"""How hard a text is, and plainer words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.kit import reading

EASY = (
    "Kuba is kind. He likes to build. He builds a lot. We want him to tell a story. He tells it in order. "
    "Now he tells three parts. We want all six. Mum can help. She can ask him about his day at tea time."
)
HARD = (
    "Implementation of differentiated phonological interventions necessitates systematic multidisciplinary "
    "evaluation of receptive communication, notwithstanding environmental considerations, which practitioners "
    "subsequently operationalise throughout curriculum delivery, incorporating individualised scaffolding and "
    "metacognitive self-regulation methodologies across settings."
)


def test_plain_words_score_low_and_jargon_high() -> None:
    easy, hard = reading.reading_age(EASY), reading.reading_age(HARD)
    assert easy is not None
    assert easy <= 7
    assert hard is not None
    assert hard >= 18


def test_a_short_text_is_not_scored() -> None:
    assert reading.reading_age("Kuba is kind.") is None


@pytest.mark.parametrize(
    ("word", "count"),
    [("cat", 1), ("reading", 2), ("table", 2), ("elephant", 3), ("communication", 5), ("make", 1), ("I", 1)],
)
def test_syllables(word: str, count: int) -> None:
    assert reading.syllables(word) == count


def test_jargon_is_found_with_plain_words() -> None:
    found = list(reading.swaps("A language intervention will facilitate this. We evaluate it."))
    assert [(swap.word, swap.plain) for swap in found] == [
        ("language intervention", "talking group"),
        ("facilitate", "help with"),
        ("evaluate", "look at"),
    ]


def test_a_swap_keeps_the_capital() -> None:
    assert reading.swap("Evaluate it, then evaluate again.", "evaluate", "look at") == "Look at it, then look at again."


@given(st.text(max_size=400))
def test_any_text_can_be_scored(text: str) -> None:
    age = reading.reading_age(text)
    assert age is None or age >= 5


@pytest.mark.parametrize(
    ("text", "word", "then"),
    [
        ("Milo needs an intervention to learn sounds.", "intervention", "Milo needs extra help to learn sounds."),
        ("An intervention helps.", "intervention", "Extra help helps."),
        ("He joins an intervention group.", "intervention", "He joins an extra help group."),
        ("The intervention helps.", "intervention", "The extra help helps."),
        (
            "She saw an educational psychologist.",
            "educational psychologist",
            "She saw an expert in how children learn.",
        ),
        ("A speech and language therapist came.", "speech and language therapist", "A talking helper came."),
        ("It is a dysregulated start.", "dysregulated", "It is an upset start."),
        ("Plan a provision.", "provision", "Plan help."),
        ("Visa intervention.", "intervention", "Visa extra help."),
    ],
)
def test_a_swap_leaves_no_article_that_does_not_fit(text: str, word: str, then: str) -> None:
    assert reading.swap(text, word, reading.PLAIN_WORDS[word]) == then


def test_words_without_an_article_are_plain_words() -> None:
    assert set(reading.PLAIN_WORDS.values()) >= reading._UNCOUNTED
