import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.design import words

FRIDAY = dt.date(2026, 11, 27)


@pytest.mark.parametrize(
    ("write", "says"),
    [
        (words.day, "Fri 27 Nov"),
        (words.short_day, "27 Nov"),
        (words.year_day, "27 Nov 2026"),
        (words.full_day, "Friday 27 November 2026"),
    ],
)
def test_a_day_is_written_in_four_lengths(write: Callable[[dt.date], str], says: str) -> None:
    assert write(FRIDAY) == says


def test_single_figures_have_no_nought_in_front() -> None:
    assert words.full_day(dt.date(2026, 9, 2)) == "Wednesday 2 September 2026"


@pytest.mark.parametrize(
    ("at", "says"),
    [
        (dt.time(9, 5), "9:05"),
        (dt.time(14, 10), "14:10"),
        (dt.datetime(2026, 11, 27, 0, 0, tzinfo=dt.UTC), "0:00"),
    ],
)
def test_a_time_is_written_as_a_timetable_does(at: dt.time, says: str) -> None:
    assert words.clock(at) == says


def test_a_date_is_short_for_the_eye_and_full_for_the_ear() -> None:
    said = words.dated(FRIDAY)

    assert '<time datetime="2026-11-27">' in said
    assert '<span aria-hidden="true">Fri 27 Nov</span>' in said
    assert '<span class="unseen">Friday 27 November 2026</span>' in said


def test_a_moment_is_dated_by_its_day() -> None:
    assert 'datetime="2026-11-27"' in words.dated(dt.datetime(2026, 11, 27, 9, 5, tzinfo=dt.UTC), "short_day")


@pytest.mark.parametrize(
    ("number", "nouns", "says"),
    [
        (0, ("pupil",), "0 pupils"),
        (1, ("pupil",), "1 pupil"),
        (2, ("pupil",), "2 pupils"),
        (1204, ("pupil",), "1,204 pupils"),
        (1, ("child", "children"), "1 child"),
        (3, ("child", "children"), "3 children"),
    ],
)
def test_things_are_counted_in_the_right_number(number: int, nouns: tuple[str, ...], says: str) -> None:
    assert words.count(number, *nouns) == says


@pytest.mark.parametrize(("number", "says"), [(1, "One"), (2, "Two"), (9, "Nine"), (10, "10"), (1204, "1,204")])
def test_small_numbers_are_words(number: int, says: str) -> None:
    assert words.in_words(number) == says


@pytest.mark.parametrize(
    "typed",
    [
        "27 11 2026",
        "27/11/26",
        "27.11.2026",
        "27-11-2026",
        "2026-11-27",
        "27 Nov 2026",
        "27 november 26",
        "27th November 2026",
        "Friday 27 November 2026",
        "Fri, 27 Nov. 2026",
        "  27   Nov  2026 ",
    ],
)
def test_a_day_is_read_however_it_is_typed(typed: str) -> None:
    assert words.read_day(typed) == FRIDAY


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("tomorrow", "Write the date like 27 11 2026 or 27 Nov 2026."),
        ("11 2026", "Write the date like"),
        ("27 Foo 2026", "'Foo' is not a month"),
        ("27 13 2026", "There is no month 13"),
        ("31 11 2026", "There is no 31 November in 2026"),
        ("29 2 2027", "There is no 29 February in 2027"),
        ("0 2 2027", "There is no 0 February"),
        ("1 1 0000", "There is no year 0"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_the_reason(typed: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        words.read_day(typed)


@given(
    st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2099, 12, 31)), st.sampled_from(["year_day", "full_day"])
)
def test_what_we_write_we_can_read(on: dt.date, style: str) -> None:
    assert words.read_day(getattr(words, style)(on)) == on


@given(st.text(max_size=30))
def test_reading_never_fails_in_another_way(typed: str) -> None:
    said = "."
    try:
        words.read_day(typed)
    except ValueError as error:
        said = str(error)

    assert said.endswith(".")


@pytest.mark.parametrize(
    ("typed", "side", "day"),
    [
        ("3 Dec", words.Side.FUTURE, dt.date(2026, 12, 3)),
        ("3 Dec", words.Side.PAST, dt.date(2025, 12, 3)),
        ("3 Dec", words.Side.NEAREST, dt.date(2026, 12, 3)),
        ("Thursday 3rd December", words.Side.FUTURE, dt.date(2026, 12, 3)),
        ("3/12", words.Side.FUTURE, dt.date(2026, 12, 3)),
        ("16 11", words.Side.PAST, dt.date(2026, 11, 16)),
        ("16 Nov", words.Side.FUTURE, dt.date(2027, 11, 16)),
        ("16 Nov", words.Side.NEAREST, dt.date(2026, 11, 16)),
        ("27 Nov", words.Side.PAST, FRIDAY),
        ("27 Nov", words.Side.FUTURE, FRIDAY),
        ("2 Jan", words.Side.NEAREST, dt.date(2027, 1, 2)),
        ("29 Feb", words.Side.FUTURE, dt.date(2028, 2, 29)),
        ("29 Feb", words.Side.PAST, dt.date(2024, 2, 29)),
        ("3 Dec 2024", words.Side.FUTURE, dt.date(2024, 12, 3)),
    ],
)
def test_a_day_without_a_year_is_the_sensible_one(typed: str, side: words.Side, day: dt.date) -> None:
    assert words.read_day(typed, near=FRIDAY, side=side) == day


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("31 Nov", "There is no 31 November. Check the day."),
        ("3 13", "There is no month 13"),
        ("3 Foo", "'Foo' is not a month"),
        ("12", "Write the date like"),
    ],
)
def test_a_day_without_a_year_that_cannot_be_is_refused(typed: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        words.read_day(typed, near=FRIDAY)


def test_without_a_day_to_see_it_from_the_year_is_asked_for() -> None:
    with pytest.raises(ValueError, match="Write the date like 27 11 2026"):
        words.read_day("3 Dec")


@given(
    st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2099, 12, 31)),
    st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)),
)
def test_a_day_without_a_year_stays_on_its_side(typed: dt.date, near: dt.date) -> None:
    past, future, nearest = (words.read_day(words.short_day(typed), near=near, side=side) for side in words.Side)
    assert past <= near <= future
    assert nearest in (past, future)
    assert {(day.month, day.day) for day in (past, future, nearest)} == {(typed.month, typed.day)}


@pytest.mark.parametrize(
    ("straight", "printed"),
    [
        ("the pupil's brief, the pupils' plans", "the pupil’s brief, the pupils’ plans"),
        ("'EAL' cannot be the only reason", "‘EAL’ cannot be the only reason"),
        ("a cycle at 'do' ('plan')", "a cycle at ‘do’ (‘plan’)"),
        ("O'Dowd", "O’Dowd"),
        ("the class of '26", "the class of ’26"),
        ("no mark at all", "no mark at all"),
    ],
)
def test_straight_marks_are_printed_curly(straight: str, printed: str) -> None:
    assert words.curly(straight) == printed
    assert words.curly(printed) == printed
