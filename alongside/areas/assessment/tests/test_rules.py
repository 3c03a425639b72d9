"""What may stand in a cell, where points may lie, and what looks like a slip: by table and by property."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.areas.assessment import rules
from alongside.areas.assessment.rules import Kind, Scale, Value, Window, check_point, read
from alongside.law.refusal import Refusal

SAS = Scale("Standardised score", Kind.INTERVAL, Decimal(69), Decimal(141), (), {"A": "absent"})
PHONICS = Scale("Phonics", Kind.COUNT, Decimal(0), Decimal(40), (), {"A": "absent", "D": "did not"})
WRITING = Scale("Writing", Kind.ORDERED, steps=("WTS", "EXS", "GDS"), letters={"A": "absent"})
AGE = Scale("Reading age", Kind.AGE, Decimal(5), Decimal(17))
WORDS = Scale("Engagement", Kind.PROSE, letters={"EM": "in words"})


@pytest.mark.parametrize(
    ("typed", "scale", "value"),
    [
        ("104", SAS, Value(Decimal("104.0"))), (" 98.5 ", SAS, Value(Decimal("98.5"))), ("", SAS, Value()),
        ("   ", SAS, Value()), ("a", SAS, Value(mark="A")), ("69", SAS, Value(Decimal(69))),
        ("141", SAS, Value(Decimal(141))), ("0", PHONICS, Value(Decimal(0))), ("32.0", PHONICS, Value(Decimal(32))),
        ("exs", WRITING, Value(mark="EXS")), ("8:04", AGE, Value(mark="8:04")), ("8.4", AGE, Value(mark="8:04")),
        ("8y 11m", AGE, Value(mark="8:11")), ("EM", WORDS, Value(mark="EM")),
    ],
)  # fmt: skip
def test_what_may_stand_in_a_cell(typed: str, scale: Scale, value: Value) -> None:
    assert read(typed, scale) == value


@pytest.mark.parametrize(
    ("typed", "scale", "says"),
    [
        ("68", SAS, "off the scale"), ("142", SAS, "It runs from 69 to 141"), ("1040", SAS, "off the scale"),
        ("104,5", SAS, "is not a score"), ("1e2", SAS, "is not a score"), ("١٠٤", SAS, "is not a score"),
        ("1_04", SAS, "is not a score"), ("NaN", SAS, "is not a score"), ("=A1", SAS, "is not a score"),
        ("Infinity", SAS, "is not a score"), ("98.55", SAS, "more than one decimal"), ("EXS", SAS, "is not a score"),
        ("41", PHONICS, "off the scale"), ("31.5", PHONICS, "not a whole number"), ("-1", PHONICS, "off the scale"),
        ("104", WRITING, "It has: WTS, EXS, GDS, A"), ("8:12", AGE, "years and months"), ("4:11", AGE, "off the scale"),
        ("98", AGE, "years and months"), ("some words", WORDS, "It has: EM"),
    ],
)  # fmt: skip
def test_what_may_not(typed: str, scale: Scale, says: str) -> None:
    found = read(typed, scale)
    assert isinstance(found, Refusal) and says in found.reason


@given(st.text(max_size=40), st.sampled_from([SAS, PHONICS, WRITING, AGE, WORDS]))
def test_whatever_is_typed_is_on_the_scale_or_refused(typed: str, scale: Scale) -> None:
    found = read(typed, scale)
    if isinstance(found, Refusal):
        assert found.reason.endswith((".", ":")) and "\n" not in found.reason
    elif found.score is not None:
        assert scale.low is not None and scale.high is not None and scale.low <= found.score <= scale.high
        assert read(found.words, scale) == found, "what is shown can be typed again"
    else:
        assert found.mark == "" or len(found.mark) <= 8


@pytest.mark.parametrize(
    ("born", "on", "months"),
    [
        (date(2018, 5, 14), date(2026, 11, 13), 101), (date(2018, 5, 14), date(2026, 11, 14), 102),
        (date(2020, 2, 29), date(2021, 2, 28), 11), (date(2026, 11, 20), date(2026, 11, 1), 0),
    ],
)  # fmt: skip
def test_age_on_the_day(born: date, on: date, months: int) -> None:
    assert rules.age_in_months(born, on) == months


@pytest.mark.parametrize(
    ("now", "ago", "then"), [("4", 0, "4"), ("4", 1, "3"), ("1", 1, "R"), ("R", 9, "E1"), ("X", 3, "X"), ("4", -1, "4")]
)
def test_the_year_group_of_another_year(now: str, ago: int, then: str) -> None:
    assert rules.year_then(now, ago) == then


AUTUMN = Window("Autumn 2026", date(2026, 11, 2), date(2026, 11, 20))


@pytest.mark.parametrize(
    ("opens", "due", "says"),
    [
        (date(2026, 11, 20), date(2026, 11, 2), "before it opens"), (date(2026, 11, 20), date(2026, 12, 1), "overlap"),
        (date(2026, 10, 1), date(2026, 12, 1), "overlap"), (date(2026, 10, 26), date(2026, 11, 2), "overlap"),
        (date(2026, 8, 20), date(2026, 9, 10), "school year"), (date(2027, 7, 1), date(2027, 9, 2), "school year"),
        (date(2026, 11, 21), date(2027, 5, 1), "longer than a term"),
    ],
)  # fmt: skip
def test_points_that_cannot_be(opens: date, due: date, says: str) -> None:
    refusal = check_point(Window("Other", opens, due), [AUTUMN], school_year=2026)
    assert refusal and says in refusal.reason


def test_a_point_may_begin_the_day_after_another_ends() -> None:
    assert check_point(Window("Next", date(2026, 11, 21), date(2026, 12, 10)), [AUTUMN], school_year=2026) is None


@given(
    st.dates(date(2026, 9, 1), date(2027, 8, 1)), st.integers(0, 30), st.dates(date(2026, 9, 1), date(2027, 8, 1)),
    st.integers(0, 30),
)  # fmt: skip
def test_two_points_never_share_a_day(first: date, long: int, second: date, longer: int) -> None:
    a = Window("A", first, first.fromordinal(first.toordinal() + long))
    b = Window("B", second, second.fromordinal(second.toordinal() + longer))
    shared = a.opens_on <= b.due_on and b.opens_on <= a.due_on
    refusal = check_point(b, [a], school_year=2026)
    if shared:
        assert refusal is not None
    elif b.due_on <= date(2027, 8, 31):
        assert refusal is None


def scores(draw: Random, count: int) -> tuple[list[Decimal | None], list[Decimal | None]]:
    true = [draw.gauss(100, 15) for _ in range(count)]
    return (
        [Decimal(round(t + draw.gauss(0, 4))) for t in true],
        [Decimal(round(t + draw.gauss(0, 4))) for t in true],
    )


@pytest.mark.parametrize("seed", range(20))
def test_a_column_that_slid_is_seen_and_a_sound_one_is_not(seed: int) -> None:
    now, before = scores(Random(seed), 28)
    assert not rules.looks_shifted(now, before)
    assert rules.looks_shifted([None, *now[:-1]], before)
    assert rules.looks_shifted([*now[1:], None], before)


def test_few_pupils_or_one_score_say_nothing_of_a_shift() -> None:
    now, before = scores(Random(1), 7)
    assert not rules.looks_shifted(now[1:] + now[:1], before)
    same: list[Decimal | None] = [Decimal(100)] * 20
    assert not rules.looks_shifted(same, same)


@pytest.mark.parametrize(
    ("values", "alike"), [([90] * 5, True), ([90] * 4, False), ([90] * 9 + [91], False), ([], False)]
)
def test_a_whole_class_with_one_score(values: list[int], alike: bool) -> None:
    assert rules.all_alike([Decimal(value) for value in values]) is alike


def test_the_band_of_a_score_comes_from_its_error() -> None:
    # SD 15 and reliability .90: SEM 4.743, 1.96 of it is 9.3; a change means something from 13.1 points on.
    assert rules.band(Decimal(100), SAS, Decimal(15), Decimal("0.90")) == (91, 109)
    assert rules.band(Decimal(70), SAS, Decimal(15), Decimal("0.90")) == (69, 79), "it does not leave the scale"
    assert rules.beyond_chance(Decimal(15), Decimal("0.90")) == 13
    assert rules.band(Decimal(8), PHONICS, Decimal(5), Decimal("0.9")) is None
    assert rules.band(Decimal(100), SAS, None, None) is None


@pytest.mark.parametrize(
    ("draft", "says"),
    [
        (rules.ScaleDraft("X", Kind.INTERVAL, Decimal(10), Decimal(10)), "highest is the greater"),
        (rules.ScaleDraft("X", Kind.INTERVAL), "lowest and the highest"),
        (rules.ScaleDraft("X", Kind.ORDERED, steps=("A",)), "two steps"),
        (rules.ScaleDraft("X", Kind.ORDERED, steps=("A", "a")), "same"),
        (rules.ScaleDraft("X", Kind.ORDERED, steps=("A", "B"), letters=(("b", "x"),)), "same"),
        (rules.ScaleDraft("X", Kind.ORDERED, steps=("A", "ABCDEFGHI")), "characters"),
        (rules.ScaleDraft("X", Kind.COUNT, Decimal(0), Decimal(9), letters=(("5", "x"),)), "cannot be a number"),
        (rules.ScaleDraft("X", Kind.INTERVAL, Decimal(0), Decimal(9), reliability=Decimal("1.2")), "between 0 and 1"),
        (rules.ScaleDraft("X", Kind.INTERVAL, Decimal(0), Decimal(9), reliability=Decimal("0.9")), "standard deviation"),
    ],
)  # fmt: skip
def test_scales_that_cannot_be(draft: rules.ScaleDraft, says: str) -> None:
    refusal = rules.check_scale(draft)
    assert refusal and says in refusal.reason
