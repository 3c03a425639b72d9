"""Which words go to the designated safeguarding lead."""

import pytest

from alongside.law.safeguarding import is_safeguarding


@pytest.mark.parametrize(
    "text",
    [
        "He has bruises on his arm.", "She said she is scared to go home.", "They hurt themselves again.",
        "He doesn't want to go home: I don’t want to go home, he said.", "Possible self-harm.", "UNSAFE at the weekend",
        "She told me she was being hit.", "There is no food at home.",
    ],
)  # fmt: skip
def test_words_for_the_dsl_are_found(text: str) -> None:
    assert is_safeguarding(text)


@pytest.mark.parametrize(
    "text",
    [
        "Loses his place after every line.",
        "Hits the ball well.",
        "Reads about the Great Fire.",
        "The groom wore a hat.",
        "",
    ],
)
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert not is_safeguarding(text)
