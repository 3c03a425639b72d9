"""The bank holidays of England as they were published, year by year: moved, in place of a weekend, and proclaimed once."""

from datetime import date

import pytest

from alongside.law.bank_holidays import around, bank_holidays, easter

PUBLISHED = {
    2002: "01-01 03-29 04-01 05-06 06-03 06-04 08-26 12-25 12-26",
    2011: "01-03 04-22 04-25 04-29 05-02 05-30 08-29 12-26 12-27",
    2012: "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26",
    2016: "01-01 03-25 03-28 05-02 05-30 08-29 12-26 12-27",
    2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
    2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
}


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_days_of_a_year(year: int) -> None:
    assert sorted(bank_holidays(year)) == [date.fromisoformat(f"{year}-{day}") for day in PUBLISHED[year].split()]


# The earliest and the latest Easter, those of both leap rules, and one of each part of the sum.
@pytest.mark.parametrize(
    "sunday",
    [
        "1818-03-22", "1886-04-25", "1900-04-15", "1943-04-25", "1954-04-18", "1981-04-19", "2000-04-23", "2008-03-23",
        "2019-04-21", "2027-03-28", "2038-04-25", "2049-04-18", "2076-04-19", "2100-03-28", "2133-04-19", "2285-03-22",
        "2400-04-16", "4099-04-19",
    ],
)  # fmt: skip
def test_easter(sunday: str) -> None:
    assert easter(int(sunday[:4])) == date.fromisoformat(sunday)


def test_around_a_year_are_the_years_on_either_side() -> None:
    assert around(2027, 1) == bank_holidays(2026) | bank_holidays(2027) | bank_holidays(2028)
    assert around(2027) == frozenset[date]().union(*(bank_holidays(year) for year in range(2024, 2031)))
