"""What cannot be true refuses a pupil; what is only odd is named."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.fronts.exchange.check import Seen, check, current, needs_a_need
from alongside.fronts.exchange.record import Address, ContactRecord, PupilRecord, SenNeed, SenPeriod, Unit
from alongside.kit.tables.faults import Fault, Severity

ON = date(2026, 11, 23)
GOOD = PupilRecord(
    line=7, ordinal=1, upn="Q201900126001", surname="Xu", forename="Jude", born_on=date(2018, 6, 22), nc_year="4"
)


def K(start: date | None = None, end: date | None = None) -> SenPeriod:
    return SenPeriod(provision="K", start=start, end=end)


def E(start: date | None = None, end: date | None = None) -> SenPeriod:
    return SenPeriod(provision="E", start=start, end=end)


def test_a_good_record_has_nothing_wrong() -> None:
    checked = check(GOOD, on=ON)
    assert checked.record == GOOD
    assert not checked.faults


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"upn": "A201900126001"}, "The check letter of UPN A201900126001 is wrong"),
        ({"upn": "Q20190012600"}, "is not a UPN"),
        ({"upn": "I201900126001"}, "the letters I, O and S are never used"),
        ({"upn": None}, "There is no UPN and no MIS number"),
        ({"surname": None}, "The surname is missing"),
        ({"forename": None}, "The forename is missing"),
        ({"born_on": date(1995, 6, 22)}, "This child would be 31. Check the year of birth: you typed 1995."),
        ({"born_on": date(2027, 1, 1)}, "lies in the future"),
        ({"surname": "x" * 81}, "The surname is longer than 80 characters"),
        ({"entered_on": date(2025, 9, 1), "left_on": date(2025, 1, 1)}, "before entering"),
        ({"entered_on": date(2010, 9, 1)}, "before the birth"),
        ({"sen": (K(date(2026, 5, 1), date(2026, 4, 1)),)}, "before it starts"),
        ({"sen": (K(date(2010, 5, 1)),)}, "before the pupil was born"),
        ({"sen": (K(date(2024, 1, 1), date(2025, 6, 1)), E(date(2025, 1, 1)))}, "they overlap"),
        ({"sen": (K(date(2024, 1, 1)), E(date(2024, 1, 1)))}, "both start on 1 January 2024"),
        ({"needs": (SenNeed(code="HI", start=date(2025, 2, 1), end=date(2025, 1, 1)),)}, "ends before it starts"),
    ],
)
def test_what_cannot_be_true_refuses(change: dict[str, Any], words: str) -> None:
    checked = check(replace(GOOD, **change), on=ON)
    assert checked.refused
    refusals = [fault for fault in checked.faults if fault.refuses]
    assert any(words in fault.reason for fault in refusals)
    assert all(fault.line == 7 for fault in refusals)


def test_a_code_that_is_not_valid_yet_is_refused_as_such() -> None:
    record = replace(GOOD, nc_year=None, needs=(SenNeed(code="DS", rank=1),))
    assert not check(record, on=ON).refused
    early = check(record, on=date(2024, 8, 31))
    assert early.refused
    assert "cannot be used before 01 September 2024" in early.faults[0].reason


@pytest.mark.parametrize(("code", "now"), [("S", "E"), ("A", "K"), ("P", "K")])
def test_retired_statuses_are_read_as_todays_with_a_note(code: str, now: str) -> None:
    checked = check(replace(GOOD, sen=(SenPeriod(provision=code, start=date(2020, 1, 1)),)), on=ON)
    assert checked.record.sen == (SenPeriod(provision=now, start=date(2020, 1, 1)),)
    assert not checked.refused
    assert "no longer used" in checked.faults[0].reason


def test_a_retired_need_is_read_as_todays_with_a_note() -> None:
    checked = check(replace(GOOD, needs=(SenNeed(code="BESD", rank=1),)), on=ON)
    assert checked.record.needs == (SenNeed(code="SEMH", rank=1),)
    assert "it is read as SEMH" in checked.faults[0].reason


def test_nsa_stands_with_support_and_not_with_a_plan() -> None:
    needs = (SenNeed(code="NSA", rank=1), SenNeed(code="HI", rank=2))
    assert check(replace(GOOD, sen=(K(),), needs=needs), on=ON).record.needs == needs
    beside_plan = check(replace(GOOD, sen=(E(),), needs=needs), on=ON)
    assert beside_plan.record.needs == (SenNeed(code="HI", rank=1),)
    assert "can only stand with SEN support" in beside_plan.faults[0].reason


def test_a_missing_need_is_a_warning() -> None:
    assert needs_a_need(replace(GOOD, sen=(K(),)), ON)
    assert not needs_a_need(replace(GOOD, sen=(SenPeriod(provision="N"),)), ON)
    assert not needs_a_need(replace(GOOD, sen=(K(),), needs=(SenNeed(code="HI"),)), ON)
    assert not needs_a_need(GOOD, ON)


@pytest.mark.parametrize(
    ("needs", "ranked"),
    [
        ([("ASD", 2), ("HI", 1)], ["HI", "ASD"]),
        ([("ASD", None), ("HI", 1)], ["HI", "ASD"]),
        ([("ASD", 1), ("HI", 1)], ["ASD", "HI"]),
        ([("ASD", 5), ("ASD", 6)], ["ASD"]),
    ],
)
def test_needs_come_out_ranked_from_one(needs: Sequence[tuple[str, int | None]], ranked: list[str]) -> None:
    record = replace(GOOD, needs=tuple(SenNeed(code=code, rank=rank) for code, rank in needs))
    found = check(record, on=ON).record.needs or ()
    assert [(need.code, need.rank) for need in found] == [(code, at) for at, code in enumerate(ranked, start=1)]


def test_small_faults_leave_out_the_part_and_keep_the_pupil() -> None:
    record = replace(
        GOOD, group="x" * 21, uln="12", former_upn="Q1", address=Address(postcode="NOT A POSTCODE"),
        contacts=(ContactRecord(), ContactRecord(surname="Xu", email="nowhere")),
    )  # fmt: skip
    checked = check(record, on=ON)
    assert not checked.refused
    assert (checked.record.group, checked.record.uln, checked.record.former_upn) == (None, None, None)
    assert checked.record.address == Address()
    assert checked.record.contacts == (ContactRecord(surname="Xu"),)
    assert len(checked.faults) == 6


def test_an_undated_period_beside_dated_ones_is_left_out() -> None:
    checked = check(replace(GOOD, sen=(E(), K(date(2024, 1, 1)))), on=ON)
    assert checked.record.sen == (K(date(2024, 1, 1)),)
    assert not checked.refused


def test_an_unlikely_year_group_is_named() -> None:
    checked = check(replace(GOOD, nc_year="10"), on=ON)
    assert not checked.refused
    assert "usually in Year 4, not in Year 10" in checked.faults[0].reason


def test_what_the_reader_found_counts() -> None:
    fault = Fault(9, "born_on", "There is no such day.")
    assert check(replace(GOOD, faults=(fault,)), on=ON).refused
    assert not check(replace(GOOD, faults=(replace(fault, severity=Severity.WARN),)), on=ON).refused


def test_the_same_pupil_twice_is_refused_naming_both_lines() -> None:
    seen = Seen(Unit.LINE)
    assert seen.again(GOOD) is None
    again = seen.again(replace(GOOD, line=12))
    assert again
    assert again.line == 12
    assert "line 7 already" in again.reason
    assert seen.again(replace(GOOD, line=13, upn="E201900126002")) is None
    assert seen.again(replace(GOOD, line=14, upn=None, mis_id="9")) is None
    assert seen.again(replace(GOOD, line=15, upn=None, mis_id="9"))


@given(st.lists(st.dates(date(2019, 1, 1), ON), min_size=1, max_size=5, unique=True))
def test_the_period_that_holds_is_the_last_to_have_begun(starts: list[date]) -> None:
    now = current([K(start) for start in starts], ON)
    assert now == K(max(starts))


def test_an_ended_period_does_not_hold() -> None:
    assert current([K(date(2024, 1, 1), date(2025, 1, 1))], ON) is None
