"""Words that look like a name, by their capitals alone."""

import pytest

from alongside.base.pupils.names import like_a_name


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("How is Kuba Zielak doing?", "Kuba Zielak"),
        ("And ZIELAK, Nell?", "ZIELAK Nell"),
        ("What of Jean-Luc O’Brien\nthen?", "Jean-Luc O’Brien"),
        ("Why Łucja Ďurková?", "Łucja Ďurková"),
        ("How is Nell doing?", ""),
        ("Ask on Friday. Nell is away.", ""),
        ("Is the Trust Board told when an EHC plan is late?", ""),
        ("Do Key Stage groups in Year Six help, Mrs Kaur?", ""),
        ("how is kuba zielak doing?", ""),
        ("", ""),
    ],
)
def test_two_capitals_after_each_other_look_like_a_name(words: str, found: str) -> None:
    assert like_a_name(words) == found


def test_a_schools_own_name_is_none() -> None:
    assert like_a_name("Is Ottersley Green full?") == "Ottersley Green"
    assert like_a_name("Is Ottersley Green full?", known="Ottersley Green Primary School") == ""
