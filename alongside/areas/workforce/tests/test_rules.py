"""Who may be SENCO, by when they qualify, and how their time stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from alongside.areas.workforce import rules
from alongside.areas.workforce.rules import Appointed, Award, Course, Qualified, Time
from tests.people import SEPTEMBER, TODAY

DAY = timedelta(days=1)
RUTH = Appointed(1, "senco", SEPTEMBER, None, "qualified", True, True, "", SEPTEMBER, 0)
DAYS = some.dates(date(2015, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"status": "none"}, "status", "qualified teacher"), ({"status": "training"}, "status", "qualified teacher"),
        ({"status": ""}, "status", "qualified teacher"), ({"works_here": False}, "works_here", "at the trust alone"),
        ({"leads": False}, "access", "leadership"), ({"until": SEPTEMBER - DAY}, "until", "before the first"),
        ({"kind": "cover"}, "until", "Cover ends"), ({"first_on": SEPTEMBER + DAY}, "first_on", "Nobody was first"),
    ],
)  # fmt: skip
def test_an_appointment_that_is_refused(change: dict[str, object], field: str, words: str) -> None:
    assert rules.check_appointment(RUTH, []) is None
    refusal = rules.check_appointment(replace(RUTH, **change), [])  # type: ignore[arg-type]
    assert refusal is not None and refusal.field == field and words in refusal.reason


@pytest.mark.parametrize("status", sorted(rules.LAWFUL))
def test_each_kind_of_qualified_teacher_can_be_senco(status: str) -> None:
    assert rules.check_appointment(replace(RUTH, status=status), []) is None


@given(DAYS, some.none() | some.integers(0, 900), DAYS, some.none() | some.integers(0, 900))
def test_two_appointments_are_refused_exactly_when_they_share_a_day(
    one: date, long: int | None, two: date, longer: int | None
) -> None:
    first = replace(RUTH, since=one, first_on=one, until=None if long is None else one + long * DAY)
    second = replace(RUTH, since=two, first_on=two, until=None if longer is None else two + longer * DAY)
    share = first.since <= (second.until or date.max) and second.since <= (first.until or date.max)
    assert (rules.check_appointment(second, [first]) is not None) == share


@pytest.mark.parametrize(
    ("held", "since"),
    [
        ([], date.min), ([(SEPTEMBER, None)], None), ([(SEPTEMBER, TODAY)], None), ([(SEPTEMBER, TODAY - DAY)], TODAY),
        ([(SEPTEMBER, TODAY - 9 * DAY)], TODAY - 8 * DAY), ([(TODAY + DAY, None)], date.min),
        ([(SEPTEMBER, TODAY - 9 * DAY), (TODAY + 5 * DAY, None)], TODAY - 8 * DAY),
        ([(SEPTEMBER, TODAY - 9 * DAY), (TODAY - 3 * DAY, TODAY + DAY)], None),
    ],
)  # fmt: skip
def test_a_gap_begins_on_the_day_after_the_last(held: list[tuple[date, date | None]], since: date | None) -> None:
    assert rules.gap_since(held, on=TODAY) == since


@pytest.mark.parametrize(
    ("since", "first", "months", "by"),
    [
        (date(2024, 9, 1), date(2024, 9, 1), 0, date(2027, 9, 1)), (date(2025, 1, 6), date(2025, 1, 6), 0, date(2028, 1, 6)),
        (date(2028, 2, 29), date(2028, 2, 29), 0, date(2031, 2, 28)),
        (date(2026, 9, 1), date(2025, 4, 1), 12, date(2029, 9, 1)), (date(2026, 9, 1), date(2025, 4, 1), 13, date(2028, 4, 1)),
    ],
)  # fmt: skip
def test_three_years_from_the_appointment_or_from_the_first(since: date, first: date, months: int, by: date) -> None:
    found = rules.qualify_by(since, first, months)
    assert (found.legal, found.due) == (by, by - DAY), "the day before is safe on any reading"
    assert found.practical <= found.due


NASENCO = Course(Award.NASENCO, "A university", date(2023, 9, 11), date(2027, 6, 1), None)
NPQ = Course(Award.NPQ, "A provider", date(2026, 2, 2), date(2027, 9, 1), None)


@pytest.mark.parametrize(
    ("course", "field"),
    [
        (replace(NASENCO, award="other"), "award"), (replace(NASENCO, award="master"), "award"),
        (replace(NASENCO, started_on=date(2024, 9, 1)), "award"), (replace(NPQ, started_on=date(2024, 8, 31)), "award"),
        (replace(NPQ, provider=" "), "provider"), (replace(NPQ, started_on=None), "started_on"),
        (replace(NPQ, started_on=TODAY + DAY), "started_on"), (replace(NPQ, expected_on=NPQ.started_on), "expected_on"),
        (replace(NPQ, awarded_on=TODAY + DAY, certificate="File"), "awarded_on"),
        (replace(NPQ, awarded_on=TODAY), "certificate"), (replace(NPQ, awarded_on=date(2026, 1, 1)), "awarded_on"),
    ],
)  # fmt: skip
def test_a_course_that_does_not_count(course: Course, field: str) -> None:
    refusal = rules.check_course(course, on=TODAY)
    assert refusal is not None and refusal.field == field


def test_the_two_qualifications_count_and_the_refusal_of_another_says_why() -> None:
    assert rules.check_course(NASENCO, on=TODAY) is None and rules.check_course(NPQ, on=TODAY) is None
    other = rules.check_course(replace(NPQ, award="other"), on=TODAY)
    assert other and "Only two qualifications count" in other.reason and "does not stop the clock" in other.reason


def test_a_national_award_finished_after_its_last_day_is_refused() -> None:
    done = replace(NASENCO, certificate="File", awarded_on=date(2027, 8, 31))
    assert rules.check_course(done, on=date(2028, 1, 1)) is None
    late = rules.check_course(replace(done, awarded_on=date(2027, 9, 1)), on=date(2028, 1, 1))
    assert late and "only the NPQ" in late.reason


DUE = date(2029, 9, 1)


@pytest.mark.parametrize(
    ("courses", "on", "state"),
    [
        ([], TODAY, Qualified.EARLY), ([], DUE - 100 * DAY, Qualified.UNENROLLED), ([], DUE, Qualified.UNENROLLED),
        ([], DUE + DAY, Qualified.PAST), ([NPQ], TODAY, Qualified.TRAINING), ([NPQ], DUE, Qualified.TRAINING),
        ([NPQ], DUE + DAY, Qualified.PAST), ([NASENCO], date(2027, 8, 31), Qualified.TRAINING),
        ([NASENCO], DUE - DAY, Qualified.UNENROLLED), ([replace(NPQ, awarded_on=TODAY)], DUE + DAY, Qualified.HELD),
        ([replace(NPQ, awarded_on=TODAY)], TODAY - DAY, Qualified.TRAINING),
    ],
)  # fmt: skip
def test_how_far_a_senco_is(courses: list[Course], on: date, state: Qualified) -> None:
    assert rules.qualified(courses, DUE, on=on) == state


@given(some.integers(0, 500), some.integers(0, 500), some.integers(0, 10))
def test_more_is_lost_than_the_school_allows_when_the_share_says_so(agreed: int, lost: int, limit: int) -> None:
    time = Time(4, Decimal(agreed), Decimal(agreed), Decimal(lost), limit)
    assert time.too_much == (lost > agreed * limit / 100)
    assert Time().too_much is False and Time().share == 0


@pytest.mark.parametrize(
    ("agreed", "admin", "limit"), [("0", "0", 10), ("51", "0", 10), ("12", "-1", 10), ("12", "0", 11)]
)
def test_hours_that_cannot_be_agreed(agreed: str, admin: str, limit: int) -> None:
    assert (
        rules.check_agreed(Decimal(12), Decimal(0), 10) is None
        and rules.check_agreed(Decimal(12), Decimal(3), 4) is None
    )
    assert rules.check_agreed(Decimal(agreed), Decimal(admin), limit) is not None


def test_a_week_that_cannot_be_noted() -> None:
    monday, six = rules.week_of(TODAY), {"cover": Decimal(6)}
    assert rules.check_week(monday, Decimal(7), six, agreed=Decimal(12), on=TODAY) is None
    for used, lost, agreed, on in (
        (7, 6, None, TODAY), (7, 6, 12, monday - DAY), (-1, 6, 12, TODAY), (60, 0, 12, TODAY),
        (7, 13, 12, TODAY), (7, -1, 12, TODAY),
    ):  # fmt: skip
        asked = None if agreed is None else Decimal(agreed)
        assert rules.check_week(monday, Decimal(used), {"cover": Decimal(lost)}, agreed=asked, on=on) is not None
