"""Sums of the law at their edges."""

from datetime import date

import pytest

from alongside.law.reckoning import assessed_lately, is_young_person, meetings_expected


@pytest.mark.parametrize(
    ("born", "on", "is_one"),
    [
        (date(2011, 6, 26), date(2027, 6, 25), False), (date(2011, 6, 26), date(2027, 6, 26), True),
        (date(2010, 9, 1), date(2027, 6, 25), False), (date(2001, 11, 24), date(2026, 11, 23), True),
        (date(2001, 11, 23), date(2026, 11, 23), False),
    ],
)  # fmt: skip
def test_who_is_a_young_person(born: date, on: date, is_one: bool) -> None:
    assert is_young_person(born, on) is is_one


@pytest.mark.parametrize(
    ("on", "lately"), [(date(2026, 5, 31), True), (date(2027, 2, 27), True), (date(2027, 2, 28), False)]
)
def test_an_assessment_within_six_months(on: date, lately: bool) -> None:
    assert assessed_lately(date(2026, 8, 31), on) is lately


@pytest.mark.parametrize(
    ("first", "last", "meetings"),
    [
        (date(2026, 9, 1), date(2027, 7, 21), 3), (date(2024, 1, 8), date(2027, 7, 21), 3),
        (date(2026, 9, 1), date(2026, 12, 31), 1), (date(2026, 9, 1), date(2027, 1, 1), 2),
        (date(2026, 9, 1), date(2027, 5, 1), 2), (date(2026, 9, 1), date(2027, 5, 2), 3),
        (date(2027, 5, 3), date(2027, 7, 21), 1), (date(2026, 11, 23), date(2026, 11, 23), 1),
        (date(2026, 11, 24), date(2026, 11, 23), 0),
    ],
)  # fmt: skip
def test_meetings_in_part_of_a_year(first: date, last: date, meetings: int) -> None:
    assert meetings_expected(first, last) == meetings
