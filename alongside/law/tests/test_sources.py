"""How binding a source is."""

from alongside.law import sources
from alongside.law.sources import Source, Weight


def test_each_kind_of_source_has_its_weight() -> None:
    assert sources.statute("Act", "s1") == Source("Act", "s1", Weight.STATUTE)
    assert sources.code("6.15") == Source(sources.CODE, "6.15", Weight.CODE)
    assert sources.code("Part two", "Guidance") == Source("Guidance", "Part two", Weight.CODE)
    assert sources.promise("section 4") == Source(sources.POLICY, "section 4", Weight.TRUST)
    assert sources.practice("a year") == Source("Good practice", "a year", Weight.PRACTICE)
    assert sources.proposal("layers") == Source(sources.PAPER, "layers", Weight.PROPOSAL)


def test_a_source_is_an_instrument_and_a_place() -> None:
    assert str(sources.statute("Act", "s1")) == "Act s1"
    assert str(sources.practice()) == "Good practice"
