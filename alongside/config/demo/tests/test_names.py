"""Invented places and numbers."""

from datetime import date
from itertools import pairwise

from alongside.config.demo.names import BACKGROUNDS, COUNCILS, PLACES, POOLS
from alongside.config.demo.shape import PRIMARY, SECONDARY, SPECIAL, phases, sizes
from alongside.config.demo.terms import school_year
from alongside.law.bank_holidays import bank_holidays
from alongside.law.calendar import AcademicYear, SchoolCalendar, school_days_between
from alongside.law.codes import ETHNICITIES, LANGUAGES


def test_places_are_each_their_own() -> None:
    assert len(set(PLACES)) == len(PLACES) >= 100


def test_backgrounds_are_codes_of_the_census_and_add_up() -> None:
    assert all(background.ethnicity in ETHNICITIES for background in BACKGROUNDS)
    assert abs(sum(background.percent for background in BACKGROUNDS) - 100) < 1
    assert all(pool in POOLS for background in BACKGROUNDS for pool in background.pools)
    assert all(language in LANGUAGES for pool in POOLS.values() for language in pool.languages)


def test_no_council_in_england_has_these_numbers() -> None:
    assert not set(COUNCILS) & {f"{number}" for number in (*range(201, 214), *range(301, 395), *range(800, 942))}


def test_schools_add_up_and_are_of_each_kind() -> None:
    kinds = phases(100)
    assert (kinds.count(PRIMARY), kinds.count(SECONDARY), kinds.count(SPECIAL)) == (68, 25, 7)
    assert sum(sizes(kinds, 60_000)) == 60_000


def test_a_school_year_is_about_190_days_of_pupils() -> None:
    for starts_in in range(2020, 2035):
        year = school_year(AcademicYear(starts_in))
        assert all(before.last < after.first for before, after in pairwise(year.terms))
        assert year.terms[0].first.month == 9
        assert date(starts_in + 1, 7, 17) <= year.terms[-1].last <= date(starts_in + 1, 7, 24)
        calendar = SchoolCalendar(year.terms, frozenset(year.training) | bank_holidays(starts_in + 1))
        first, last = year.terms[0].first, year.terms[-1].last
        assert 178 <= school_days_between(first, last, calendar) <= 195
