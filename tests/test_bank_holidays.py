"""England's bank holidays, held against somebody else's list of them."""

from datetime import date

import holidays
import pytest
from dateutil import easter as theirs

from alongside.law.bank_holidays import around, bank_holidays, easter


def weekdays(days: frozenset[date] | set[date]) -> list[date]:
    return sorted(day for day in days if day.weekday() < 5)


@pytest.mark.parametrize("year", range(2000, 2061))
def test_ours_are_the_same_as_another_list(year: int) -> None:
    others = set(holidays.country_holidays("GB", subdiv="ENG", years=year))
    assert weekdays(bank_holidays(year)) == weekdays(others)


def test_easter_of_every_year() -> None:
    assert [easter(year) for year in range(1583, 4100)] == [theirs.easter(year) for year in range(1583, 4100)]


@pytest.mark.parametrize(
    ("year", "sunday"), [(2027, date(2027, 3, 28)), (2038, date(2038, 4, 25)), (2285, date(2285, 3, 22))]
)
def test_easter(year: int, sunday: date) -> None:
    assert easter(year) == sunday


def test_around_a_year_are_the_years_on_either_side() -> None:
    assert around(2027, 1) == bank_holidays(2026) | bank_holidays(2027) | bank_holidays(2028)
    assert date(2024, 12, 25) in around(2027)
    assert date(2030, 12, 25) in around(2027)
    assert date(2023, 12, 25) not in around(2027)
