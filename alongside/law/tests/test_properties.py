"""What holds for every rule that gives a date, on every day: order, closed days, counting, leap years, exemptions."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.law import book, clocks
from alongside.law import calendar as days
from alongside.law.bank_holidays import around
from alongside.law.book import PROPOSAL, RULES, TODAY
from alongside.law.calendar import SchoolCalendar, Term
from alongside.law.dates import Due, Facts, long_words
from alongside.law.exemptions import GROUNDS, Exemption, check, excused_until
from alongside.law.orders import EXAMS, ORDERS
from alongside.law.rule import Counting, Kind, Roll, Rule, Unit

DAY = timedelta(days=1)
STARTS = st.dates(date(2021, 1, 1), date(2040, 12, 31))  # the last change of a counted rule was in 2020
LATER = st.integers(0, 60)
EACH = settings(max_examples=max(4, settings().max_examples // 5))  # of every rule, so that there are enough of all
COUNTED = [rule for rule in (*TODAY.rules, *PROPOSAL.rules) if rule.counts and rule.in_force_to == date.max]
EVENTS = [rule for rule in COUNTED if rule.has_event]
BORN = [rule for rule in COUNTED if any(need.name == "--born" for need in rule.needs)]
SCHOOL_DAYS = [rule for rule in COUNTED if rule.in_school_days]
# Terms of every year until 2042, with half terms, a training day in each, and the bank holidays.
HALVES = (("Autumn 1", "09-03", "10-23"), ("Autumn 2", "11-02", "12-18"), ("Spring 1", "01-05", "02-12"),
          ("Spring 2", "02-22", "03-25"), ("Summer 1", "04-16", "05-27"), ("Summer 2", "06-06", "07-21"))  # fmt: skip
TERMS = tuple(
    Term(
        name,
        date.fromisoformat(f"{year + (first < '09')}-{first}"),
        date.fromisoformat(f"{year + (first < '09')}-{last}"),
    )
    for year in range(2018, 2043)
    for name, first, last in HALVES
)
SHUT = frozenset[date]().union(*(around(year, 0) for year in range(2018, 2044))) | {term.first for term in TERMS}
SCHOOL = SchoolCalendar(TERMS, SHUT)


def named(rule: Rule) -> str:
    return rule.code if rule not in PROPOSAL.rules else f"{rule.code} proposed"


def facts_of(rule: Rule, start: date, gap: int, choice: int) -> Facts:
    """Everything a rule may need, `gap` days from its start."""
    orders, series = list(ORDERS.get(rule.code, ["assess"])), list(EXAMS.get(rule.code, ["june"]))
    at = start + gap * DAY
    return Facts(
        certificate=at, sent=start - gap * DAY, reviewed=start - gap * DAY, asked=start, answered=at, identified=at,
        meeting=start - gap * DAY, at=time(choice % 24), order=orders[choice % len(orders)],
        series=series[choice % len(series)], transfer_year=start.year, phase=("secondary", "post-16")[choice % 2],
        born=start - timedelta(days=5000),
    )  # fmt: skip


@pytest.mark.parametrize("rule", EVENTS, ids=named)
@EACH
@given(start=STARTS, later=LATER, gap=st.integers(0, 45), choice=st.integers(0, 30))
def test_a_later_start_never_gives_an_earlier_date(rule: Rule, start: date, later: int, gap: int, choice: int) -> None:
    second = start + later * DAY
    one, other = (clocks.due(rule, on, SCHOOL, facts_of(rule, on, gap, choice)) for on in (start, second))
    assert one.due <= other.due
    assert one.practical <= other.practical
    assert (one.legal or one.due) <= (other.legal or other.due)
    assert (one.strict or one.due) <= (other.strict or other.due)


@pytest.mark.parametrize("rule", BORN, ids=named)
@EACH
@given(born=st.dates(date(1995, 1, 1), date(2035, 12, 31)), later=st.integers(0, 800))
def test_who_is_younger_is_never_of_age_earlier(rule: Rule, born: date, later: int) -> None:
    one, other = (clocks.due(rule, born, facts=Facts(born=day)).due for day in (born, born + later * DAY))
    assert born < one <= other


@given(st.integers(2014, 2098), st.sampled_from(["school", "secondary", "post-16"]))
def test_a_change_of_phase_a_year_later_is_due_a_year_later(year: int, phase: str) -> None:
    one, other = (clocks.due(RULES["AR-14"], date(2026, 1, 1), facts=Facts(transfer_year=y, phase=phase)).due
                  for y in (year, year + 1))  # fmt: skip
    assert (one.year, other) == (year, one.replace(year=year + 1))


@pytest.mark.parametrize("rule", SCHOOL_DAYS, ids=named)
@EACH
@given(start=STARTS, extra=st.sets(st.integers(1, 120), max_size=8))
def test_one_more_closed_day_never_brings_a_school_day_date_forward(rule: Rule, start: date, extra: set[int]) -> None:
    more = replace(SCHOOL, closed=SCHOOL.closed | {start + day * DAY for day in extra})
    one, other = clocks.due(rule, start, SCHOOL), clocks.due(rule, start, more)
    assert one.due <= other.due
    assert (one.legal or one.due) <= (other.legal or other.due)


@given(
    st.sampled_from([r for r in COUNTED if r.unit is Unit.WORKING_DAYS]),
    STARTS,
    st.sets(st.integers(1, 80), max_size=5),
)
def test_one_more_bank_holiday_never_brings_a_working_day_date_forward(
    rule: Rule, start: date, extra: set[int]
) -> None:
    more = Facts(bank_holidays=frozenset(start + day * DAY for day in extra))
    assert clocks.due(rule, start).due <= clocks.due(rule, start, facts=more).due


@pytest.mark.parametrize("rule", [r for r in EVENTS if r.unit in (Unit.DAYS, Unit.WEEKS, Unit.MONTHS)], ids=named)
@EACH
@given(start=STARTS, extra=st.sets(st.integers(-30, 200), max_size=8))
def test_a_closed_day_never_moves_what_is_counted_in_calendar_days(rule: Rule, start: date, extra: set[int]) -> None:
    if rule.roll is not Roll.NONE:
        return
    closed = frozenset(start + day * DAY for day in extra)
    known = facts_of(rule, start, 3, 0)
    assert (
        clocks.due(rule, start, replace(SCHOOL, closed=SHUT | closed), known).due
        == clocks.due(rule, start, SCHOOL, known).due
    )


@given(st.integers(1, 60), st.sampled_from([Unit.DAYS, Unit.WEEKS]), STARTS)
def test_inclusive_is_exclusive_less_one(amount: int, unit: Unit, start: date) -> None:
    after, among = (
        clocks.due(replace(RULES["EHC-04"], amount=amount, unit=unit, counting=counting), start).due
        for counting in (Counting.EXCLUSIVE, Counting.INCLUSIVE)
    )
    assert among == after - DAY
    assert (after - start).days == amount * (7 if unit is Unit.WEEKS else 1), "leap days and clock changes are days too"


@given(st.integers(1, 60), st.sampled_from([Unit.SCHOOL_DAYS, Unit.WORKING_DAYS]), STARTS)
def test_inclusive_counts_the_first_day_where_it_counts_at_all(amount: int, unit: Unit, start: date) -> None:
    rule = replace(RULES["EHC-04"], amount=amount, unit=unit)
    among = clocks.due(replace(rule, counting=Counting.INCLUSIVE), start, SCHOOL).due
    assert among == clocks.due(rule, start - DAY, SCHOOL).due
    counts = SCHOOL.is_school_day(start) if unit is Unit.SCHOOL_DAYS else days.is_working_day(start, around(start.year))
    if counts:
        fewer = clocks.due(replace(rule, amount=amount - 1), start, SCHOOL).due
        assert among == fewer


@given(st.integers(1, 60), STARTS)
def test_a_month_later_is_the_same_day_or_the_last_of_its_month(months: int, start: date) -> None:
    end = days.add_months(start, months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == start.day or (end.day < start.day and (end + DAY).day == 1)


@given(STARTS, st.times())
def test_seventy_two_hours_are_three_days_but_where_the_clocks_change(start: date, at: time) -> None:
    found = clocks.due(RULES["DP-04"], start, facts=Facts(at=at.replace(microsecond=0)))
    assert abs((found.due - start).days - 3) <= (at < time(1) or at >= time(23))


@pytest.mark.parametrize("rule", EVENTS, ids=named)
@EACH
@given(start=STARTS, gap=st.integers(0, 45), choice=st.integers(0, 30))
def test_the_day_to_work_to_is_open_and_no_later_than_the_date(rule: Rule, start: date, gap: int, choice: int) -> None:
    for calendar in (SCHOOL, SchoolCalendar()):
        found = clocks.due(rule, start, calendar, facts_of(rule, start, gap, choice))
        assert found.practical <= min(found.due, found.strict or found.due)
        assert calendar.is_school_day(found.practical)
        assert days.is_working_day(found.practical, around(found.practical.year))


def dates_of(found: Due, known: Iterable[date | None]) -> set[str]:
    own = (found.due, found.counted_from, found.practical, found.strict, found.legal, found.promised)
    return {long_words(day) for day in (*own, *(day for _, day in found.also), *known) if day}


@pytest.mark.parametrize("rule", EVENTS, ids=named)
@EACH
@given(start=STARTS, gap=st.integers(0, 45), choice=st.integers(0, 30))
def test_an_explanation_names_the_date_and_no_day_that_is_not_known(
    rule: Rule, start: date, gap: int, choice: int
) -> None:
    facts = facts_of(rule, start, gap, choice)
    found = clocks.due(rule, start, SCHOOL, facts)
    said = set(re.findall(r"[A-Z][a-z]+day \d+ [A-Z][a-z]+ \d{4}", found.explain()))
    safe = days.working_day_on_or_before(found.also[0][1], around(found.due.year)) if found.also else None
    latest = [days.working_day_on_or_before(day, around(day.year)) for _, day in found.also]
    assert long_words(found.due) in said
    assert said <= dates_of(found, (facts.certificate, facts.sent, facts.meeting, facts.identified, safe, *latest))


# --- Exemptions and changes of the law -----------------------------------------------------------------------


@given(st.sampled_from(EVENTS), STARTS, st.sampled_from(list(GROUNDS)), st.integers(-100, 300), st.integers(0, 200))
def test_an_exemption_never_moves_the_legal_date(rule: Rule, start: date, ground: str, first: int, length: int) -> None:
    facts = facts_of(rule, start, 2, 0)
    before = clocks.due(rule, start, SCHOOL, facts)
    away = Exemption(ground, start + first * DAY, start + (first + length) * DAY, "the council", "a letter")
    refusal = check(rule, away)
    assert (refusal is None) <= (ground in rule.excused_by)
    until = excused_until(before.due, away)
    assert until is None or until > before.due
    assert clocks.due(rule, start, SCHOOL, facts) == before


def test_a_running_clock_keeps_the_rule_under_which_it_began(monkeypatch: pytest.MonkeyPatch) -> None:
    change = date(2027, 9, 1)
    old = replace(clocks.TRIAGE, in_force_to=change - DAY)
    new = replace(clocks.TRIAGE, in_force_from=change, amount=3)
    pack = book.Pack("x", "", (old, new))
    monkeypatch.setattr(book, "versions", lambda code: tuple(rule for rule in pack.rules if rule.code == code))
    for asked_of in (old, new):  # whichever version the program holds in its hand
        eve, day = (clocks.due(asked_of, on, SCHOOL) for on in (change - 40 * DAY, change + 5 * DAY))
        assert (eve.rule, day.rule) == (old, new)
        assert eve.due == days.add_school_days(change - 40 * DAY, 10, SCHOOL)
        assert day.due == days.add_school_days(change + 5 * DAY, 3, SCHOOL)
        assert eve.due > change, "it ends under the new law and still counts by the old one"


def test_a_claim_received_before_the_rules_changed_is_answered_by_the_old_ones() -> None:
    assert clocks.due(RULES["APP-11a"], date(2020, 7, 20)).due == date(2020, 9, 29)
    assert clocks.due(RULES["APP-11a"], date(2020, 7, 21)).due == date(2020, 9, 2)


def test_a_proposal_counts_for_a_clock_that_starts_after_its_day_and_for_no_other() -> None:
    proposed = next(rule for rule in PROPOSAL.rules if rule.code == "AR-01")
    assert clocks.held(proposed, date(2030, 8, 31)) == RULES["AR-01"]
    assert clocks.held(proposed, date(2030, 9, 1)) == proposed
    assert clocks.held(RULES["AR-01"], date(2031, 1, 1)) == RULES["AR-01"], "a proposal never comes by itself"
    assert clocks.held(RULES["TRA-02"], date(2010, 1, 1)) == RULES["TRA-02"], "before there was any, the one in hand"
    assert clocks.held(RULES["TRA-06"], date(1990, 1, 1)) == RULES["TRA-06"]


def test_every_kind_of_rule_is_tried() -> None:
    assert {rule.kind for rule in COUNTED} | {Kind.RESPONSE} == set(Kind)
