"""Counting days: tables from the law's own words, and what must hold for every date there is."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.law import calendar as days
from alongside.law.calendar import SchoolCalendar, Term
from alongside.law.census import census_days, next_census_day

DAYS = st.dates(date(2014, 9, 1), date(2040, 8, 31))
AUTUMN = SchoolCalendar(
    (
        Term("Autumn 1", date(2026, 9, 2), date(2026, 10, 23)),
        Term("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),
        Term("Spring 1", date(2027, 1, 4), date(2027, 2, 12)),
    ),
    frozenset({date(2026, 11, 27)}),
)


@pytest.mark.parametrize(
    ("start", "amount", "due"),
    [
        (date(2026, 11, 4), 2, date(2026, 11, 18)),  # annual review report, 2 weeks after the meeting
        (date(2026, 10, 12), 6, date(2026, 11, 23)),  # advice, 6 weeks (42 days)
        (date(2026, 12, 18), 2, date(2027, 1, 1)),  # a bank holiday does not move it
        (date(2028, 2, 22), 1, date(2028, 2, 29)),
    ],
)
def test_weeks_are_seven_calendar_days(start: date, amount: int, due: date) -> None:
    assert days.add_weeks(start, amount) == due


@pytest.mark.parametrize(
    ("start", "months", "due"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 12, 15), 2, date(2027, 2, 15)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
    ],
)
def test_months_go_by_the_corresponding_date(start: date, months: int, due: date) -> None:
    assert days.add_months(start, months) == due


@pytest.mark.parametrize(
    ("start", "last"),
    [
        (date(2026, 1, 22), date(2027, 1, 21)),
        (date(2027, 3, 1), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_twelve_months_starting_with_a_day_end_the_day_before_the_anniversary(start: date, last: date) -> None:
    assert days.last_day_of_12_months_starting_with(start) == last


def test_school_days_skip_weekends_holidays_and_closures() -> None:
    assert days.add_school_days(date(2026, 10, 22), 2, AUTUMN) == date(2026, 11, 2)
    assert days.add_school_days(date(2026, 11, 26), 1, AUTUMN) == date(2026, 11, 30)


def test_the_practical_day_is_the_school_day_before() -> None:
    assert days.practical(date(2026, 11, 28), AUTUMN) == date(2026, 11, 26)
    assert days.practical(date(2026, 11, 23), AUTUMN) == date(2026, 11, 23)


def test_the_day_to_work_to_is_looked_for_in_sixty_days() -> None:
    gap = SchoolCalendar(
        (Term("A", date(2026, 5, 4), date(2026, 5, 8)), Term("B", date(2026, 9, 2), date(2026, 10, 23)))
    )
    last = date(2026, 5, 8)
    assert days.practical(last + timedelta(days=59), gap) == last
    assert days.practical(last + timedelta(days=60), gap) == last + timedelta(days=60)


def test_a_term_has_its_first_and_its_last_day() -> None:
    term = AUTUMN.terms[0]
    edges = [date(2026, 9, 1), date(2026, 9, 2), date(2026, 10, 23), date(2026, 10, 24)]
    assert [day in term for day in edges] == [False, True, True, False]
    assert [AUTUMN.term_of(day) for day in edges] == [term, term, term, AUTUMN.terms[1]]
    assert AUTUMN.term_of(date(2027, 2, 13)) is None
    assert [AUTUMN.known, SchoolCalendar().known] == [True, False]


@pytest.mark.parametrize(
    ("born", "leaves"),
    [
        (date(2010, 9, 1), date(2027, 6, 25)),
        (date(2010, 8, 31), date(2026, 6, 26)),
        (date(2010, 6, 30), date(2026, 6, 26)),
    ],
)
def test_compulsory_school_age_ends_on_the_last_friday_in_june(born: date, leaves: date) -> None:
    assert days.end_of_compulsory_school_age(born) == leaves


def test_census_days() -> None:
    assert census_days(2026)[2] == date(2026, 10, 1)
    assert census_days(2027)[:2] == (date(2027, 1, 21), date(2027, 5, 20))
    assert next_census_day(date(2026, 10, 2)) == date(2027, 1, 21)
    assert next_census_day(date(2027, 1, 21)) == date(2027, 1, 21)


@pytest.mark.parametrize(
    ("on", "name"), [(date(2026, 8, 31), "2025/26"), (date(2026, 9, 1), "2026/27"), (date(2099, 9, 1), "2099/00")]
)
def test_a_school_year_runs_from_september(on: date, name: str) -> None:
    assert str(days.academic_year(on)) == name


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        (
            [("2026-09-02", "2026-10-23"), ("2026-10-23", "2026-12-18")],
            "B starts on 2026-10-23, before A ends on 2026-10-23",
        ),
        (
            [("2026-11-02", "2026-12-18"), ("2026-09-02", "2026-11-03")],
            "A starts on 2026-11-02, before B ends on 2026-11-03",
        ),
        ([("2026-09-02", "2026-09-01")], "A ends on 2026-09-01 before it starts on 2026-09-02"),
        ([("2026-09-02", "2026-09-02"), ("2026-09-03", "2026-09-03")], None),
        ([], None),
    ],
)
def test_terms_that_cannot_be_a_calendar(terms: list[tuple[str, str]], words: str | None) -> None:
    made = [Term(name, date.fromisoformat(a), date.fromisoformat(b)) for name, (a, b) in zip("AB", terms, strict=False)]
    fault = days.fault(made)
    assert fault is None if words is None else fault is not None and words in fault


XMAS = frozenset({date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)})


@pytest.mark.parametrize(
    ("start", "amount", "after", "among"),
    [
        (date(2026, 12, 23), 3, date(2026, 12, 30), date(2026, 12, 29)),
        (date(2026, 12, 24), 1, date(2026, 12, 29), date(2026, 12, 24)),
        (date(2026, 12, 25), 1, date(2026, 12, 29), date(2026, 12, 29)),
        (date(2026, 12, 18), 0, date(2026, 12, 18), date(2026, 12, 17)),
    ],
)
def test_working_days_leave_out_weekends_and_bank_holidays(start: date, amount: int, after: date, among: date) -> None:
    assert days.add_working_days(start, amount, XMAS) == after
    assert days.last_working_day_beginning_with(start, amount, XMAS) == among


def test_the_working_day_on_either_side() -> None:
    assert days.working_day_on_or_before(date(2026, 12, 28), XMAS) == date(2026, 12, 24)
    assert days.working_day_on_or_after(date(2026, 12, 25), XMAS) == date(2026, 12, 29)
    assert days.working_day_on_or_after(date(2026, 12, 24), XMAS) == date(2026, 12, 24)
    assert days.working_day_on_or_before(date(2026, 12, 24), XMAS) == date(2026, 12, 24)


@pytest.mark.parametrize(
    ("day", "rests"),
    [
        (date(2026, 12, 24), False), (date(2026, 12, 25), True), (date(2026, 12, 31), True), (date(2027, 1, 1), True),
        (date(2027, 1, 2), False), (date(2027, 7, 31), False), (date(2027, 8, 1), True), (date(2027, 8, 31), True),
        (date(2027, 9, 1), False), (date(2027, 11, 25), False), (date(2027, 2, 1), False),
    ],
)  # fmt: skip
def test_when_the_tribunal_rests(day: date, rests: bool) -> None:
    assert days.tribunal_rests(day) is rests


@pytest.mark.parametrize(
    ("born", "age", "day"),
    [(date(2012, 2, 29), 16, date(2028, 2, 29)), (date(2012, 2, 29), 25, date(2037, 3, 1)),
     (date(2010, 5, 17), 25, date(2035, 5, 17))],
)  # fmt: skip
def test_a_birthday(born: date, age: int, day: date) -> None:
    assert days.birthday(born, age) == day


@given(DAYS, st.integers(1, 48))
def test_months_that_begin_with_a_day_end_before_the_corresponding_one(start: date, months: int) -> None:
    exclusive, inclusive = days.add_months(start, months), days.last_day_of_months_beginning_with(start, months)
    assert inclusive == (exclusive - days.DAY if exclusive.day == start.day else exclusive)


@given(DAYS, st.integers(1, 400))
def test_counting_inclusively_ends_one_day_earlier(start: date, amount: int) -> None:
    assert days.last_day_beginning_with(start, amount) == days.add_days(start, amount) - days.DAY


@given(DAYS, st.integers(0, 40), st.integers(0, 30))
def test_a_later_start_never_gives_an_earlier_date(start: date, amount: int, later: int) -> None:
    second = start + timedelta(days=later)
    assert days.add_weeks(second, amount) >= days.add_weeks(start, amount)
    assert days.add_months(second, amount) >= days.add_months(start, amount)
    assert days.last_day_of_12_months_starting_with(second) >= days.last_day_of_12_months_starting_with(start)
    assert days.add_school_days(second, amount, AUTUMN) >= days.add_school_days(start, amount, AUTUMN)


@given(DAYS, st.integers(1, 30), st.sets(DAYS, max_size=10), DAYS)
def test_one_more_closed_day_never_brings_a_date_forward(
    start: date, amount: int, closed: set[date], extra: date
) -> None:
    fewer, more = SchoolCalendar((), frozenset(closed)), SchoolCalendar((), frozenset(closed | {extra}))
    assert days.add_school_days(start, amount, more) >= days.add_school_days(start, amount, fewer)


@given(DAYS, st.integers(0, 60))
def test_school_days_between_undoes_adding_them(start: date, amount: int) -> None:
    assert days.school_days_between(start, days.add_school_days(start, amount, AUTUMN), AUTUMN) == amount


def test_school_days_back_are_negative() -> None:
    assert days.school_days_between(date(2026, 11, 6), date(2026, 11, 3), AUTUMN) == -3
    assert days.school_days_between(date(2026, 11, 3), date(2026, 11, 6), AUTUMN) == 3


@given(DAYS)
def test_the_practical_day_is_never_after_the_due_day(due: date) -> None:
    assert days.practical(due, AUTUMN) <= due


@given(DAYS, DAYS)
def test_nobody_has_a_birthday_before_they_are_born(born: date, on: date) -> None:
    assert (days.age_on(born, on) < 0) == (on < born)
