"""Codes and the years in which they hold; UPNs and their check letters."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.law import codes, upn
from alongside.law.codes import NEED_TYPES, PROVISIONS, Entry


@pytest.mark.parametrize(
    ("code", "on", "word"),
    [
        ("SLCN", date(2026, 11, 23), None),
        ("DS", date(2026, 11, 23), None),
        ("DS", date(2023, 1, 1), "cannot be used before"),
        ("BESD", date(2026, 11, 23), "Use SEMH"),
        ("BESD", date(2014, 1, 1), None),
        ("XXX", date(2026, 11, 23), "is not a code"),
    ],
)
def test_need_types_know_their_years(code: str, on: date, word: str | None) -> None:
    fault = NEED_TYPES.fault(code, on)
    assert (fault is None) if word is None else (fault is not None and word in fault)


def test_three_provisions_are_in_use_and_old_ones_only_read() -> None:
    assert [entry.code for entry in PROVISIONS.valid(date(2026, 11, 23))] == ["N", "K", "E"]
    assert PROVISIONS["S"].into == "E"
    assert PROVISIONS["P"].into == "K"


def test_a_later_code_needs_no_release() -> None:
    later = NEED_TYPES.with_more([Entry("NEW", "A new need", date(2027, 9, 1))])
    assert later.fault("NEW", date(2027, 9, 1)) is None
    assert later.fault("NEW", date(2027, 8, 31)) is not None
    assert "NEW" not in NEED_TYPES


@pytest.mark.parametrize(("need", "area"), [("ASD", "C&I"), ("SPLD", "C&L"), ("SEMH", "SEMH"), ("PD", "S&P")])
def test_needs_stand_in_their_area(need: str, area: str) -> None:
    assert codes.default_area(need) == area


@pytest.mark.parametrize("need", ["OTH", "NSA"])
def test_some_needs_have_no_area_of_their_own(need: str) -> None:
    assert codes.default_area(need) is None


def test_no_specialist_assessment_stands_with_support_only() -> None:
    assert codes.may_hold("K", "NSA") is None
    assert codes.may_hold("E", "NSA") is not None


@pytest.mark.parametrize("number", ["Q201900120049", "N201900119057", "E20190012200Y", "Z201900325097"])
def test_good_upns(number: str) -> None:
    assert upn.fault(number) is None


@pytest.mark.parametrize(
    ("number", "word"),
    [
        ("A201900120049", "check letter"),
        ("Q20190012004", "is not a UPN"),
        ("I201900120049", "never used"),
        ("", "is not a UPN"),
    ],
)
def test_bad_upns_say_why(number: str, word: str) -> None:
    fault = upn.fault(number)
    assert fault is not None
    assert word in fault


PARTS = st.tuples(st.integers(100, 999), st.integers(1000, 9999), st.integers(0, 99), st.integers(0, 999))


@given(PARTS)
def test_every_upn_we_make_is_right(parts: tuple[int, int, int, int]) -> None:
    la, establishment, year, serial = parts
    assert upn.fault(upn.make(str(la), str(establishment), year, serial)) is None


@given(PARTS, st.integers(1, 12), st.integers(1, 9))
def test_any_one_wrong_digit_is_noticed(parts: tuple[int, int, int, int], place: int, by: int) -> None:
    good = upn.make(str(parts[0]), str(parts[1]), parts[2], parts[3])
    wrong = good[:place] + str((int(good[place]) + by) % 10) + good[place + 1 :]
    assert upn.fault(wrong) is not None
