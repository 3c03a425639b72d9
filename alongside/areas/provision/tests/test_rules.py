"""What provision costs, what it promises, and what may be logged."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.areas.provision import rules
from alongside.areas.provision.rules import Missed, Share, Wave
from alongside.law.calendar import SchoolCalendar, Term
from tests.people import TODAY

FLOOR = Decimal("0.80")
CALENDAR = SchoolCalendar(
    (Term("Autumn 1", date(2026, 9, 2), date(2026, 10, 23)), Term("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)))
)


@pytest.mark.parametrize(
    ("minutes", "times", "group", "hourly", "pounds"),
    [(30, 3, 4, "16.20", "6.08"), (60, 1, 1, "44.00", "44.00"), (20, 3, 3, "16.20", "5.40"), (45, 5, 1, "0.00", "0.00"),
     (10, 1, 3, "10.00", "0.56")],
)  # fmt: skip
def test_what_a_week_costs(minutes: int, times: int, group: int, hourly: str, pounds: str) -> None:
    cost = rules.weekly_cost(minutes=minutes, times_a_week=times, group_size=group, hourly=Decimal(hourly))
    assert cost == Decimal(pounds)


@given(st.integers(1, 300), st.integers(1, 25), st.integers(1, 40), st.decimals("0.01", "99.99", places=2))
def test_a_group_shares_the_cost_of_one(minutes: int, times: int, group: int, hourly: Decimal) -> None:
    alone = rules.weekly_cost(minutes=minutes, times_a_week=times, group_size=1, hourly=hourly)
    each = rules.weekly_cost(minutes=minutes, times_a_week=times, group_size=group, hourly=hourly)
    assert abs(each * group - alone) <= Decimal("0.005") * group + Decimal("0.005")
    assert each <= alone


@pytest.mark.parametrize(
    ("held", "planned", "percent", "low"), [(0, 0, 0, False), (24, 31, 77, True), (8, 10, 80, False), (0, 3, 0, True)]
)
def test_a_share_of_nothing_is_not_low(held: int, planned: int, percent: int, low: bool) -> None:
    share = Share(held, planned)
    assert (share.percent, share.below(FLOOR)) == (percent, low)


def test_shares_add_up() -> None:
    assert rules.total([Share(1, 2), Share(2, 3)]) == Share(3, 5)


@pytest.mark.parametrize(
    ("since", "until", "sessions"),
    [
        (date(2026, 11, 16), None, 3),  # one full week and a Monday: 6 school days
        (date(2026, 11, 16), date(2026, 11, 20), 3),
        (date(2026, 10, 19), date(2026, 11, 6), 6),  # half term in between
        (date(2026, 10, 26), date(2026, 10, 30), 0),  # half term alone
        (date(2026, 11, 24), None, 0),  # has not begun
    ],
)
def test_what_was_promised_until_today(since: date, until: date | None, sessions: int) -> None:
    assert rules.promised(times_a_week=3, since=since, until=until, on=TODAY, calendar=CALENDAR) == sessions


@given(st.integers(1, 25), st.integers(0, 80), st.integers(0, 80))
def test_a_promise_only_grows(times: int, start: int, later: int) -> None:
    since = date(2026, 9, 2)
    now, then = since + timedelta(days=start), since + timedelta(days=start + later)
    ask = {"times_a_week": times, "since": since, "until": None, "calendar": CALENDAR}
    assert rules.promised(on=now, **ask) <= rules.promised(on=then, **ask)  # type: ignore[arg-type]


@pytest.mark.parametrize(("promised", "written", "unknown"), [(10, 7, 3), (3, 5, 0), (0, 0, 0)])
def test_what_nobody_wrote_down_is_unknown_and_never_less_than_none(promised: int, written: int, unknown: int) -> None:
    assert rules.not_written_down(promised, written) == unknown


def test_school_weeks_leave_holidays_out() -> None:
    assert rules.weeks(date(2026, 10, 14), date(2026, 11, 10), CALENDAR) == [
        date(2026, 10, 12), date(2026, 10, 19), date(2026, 11, 2), date(2026, 11, 9)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wave", "sure", "refused"),
    [(Wave.ORDINARY, False, True), (Wave.ORDINARY, True, False), (Wave.TARGETED, False, False), (Wave.SPECIALIST, False, False)],
)  # fmt: skip
def test_ordinary_practice_is_not_promised_unnoticed(wave: Wave, sure: bool, refused: bool) -> None:
    refusal = rules.may_promise(wave=wave, sure=sure)
    assert bool(refusal) is refused
    if refusal:
        assert refusal.field == "sure" and "as a strategy all the same" in refusal.reason


LOGGED: dict[str, object] = {
    "day": TODAY, "on": TODAY, "since": date(2026, 9, 1), "until": None, "held": True, "absent": False,
    "missed_because": "", "name": "Hana",
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({}, None),
        ({"day": TODAY + timedelta(days=1)}, "day"),
        ({"since": TODAY + timedelta(days=1)}, "day"),
        ({"until": TODAY - timedelta(days=1)}, "day"),
        ({"until": TODAY}, None),
        ({"absent": True}, "held"),
        ({"held": False, "absent": True, "missed_because": Missed.ABSENT}, None),
        ({"held": False}, "missed_because"),
        ({"held": False, "missed_because": Missed.COVER}, None),
    ],
)
def test_what_may_be_written_down(change: dict[str, object], field: str | None) -> None:
    refusal = rules.may_log(**{**LOGGED, **change})  # type: ignore[arg-type]
    assert (refusal.field if refusal else None) == field


def test_the_refusal_on_a_day_of_absence_asks_whether_it_was_another_day() -> None:
    refusal = rules.may_log(**{**LOGGED, "absent": True})  # type: ignore[arg-type]
    assert refusal is not None
    assert refusal.reason == "Hana was marked absent that day, so a held session cannot be kept. Was it another day?"


@pytest.mark.parametrize(
    ("name", "plain", "field"),
    [("Lego group", "Building group", None), (" ", "Building", "name"), ("Lego", "", "plain_name")],
)
def test_an_entry_has_both_names(name: str, plain: str, field: str | None) -> None:
    refusal = rules.check_entry(name=name, plain_name=plain)
    assert (refusal.field if refusal else None) == field
