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


# Every code that holds between days, or belongs to an area, entered a second time.
DATED = {
    ("SEN provision", "K"): ("2014-09-01", "", ""),
    ("SEN provision", "E"): ("2014-09-01", "", ""),
    ("SEN provision", "S"): ("", "2018-03-31", ""),
    ("SEN provision", "A"): ("", "2015-08-31", ""),
    ("SEN provision", "P"): ("", "2015-08-31", ""),
    ("SEN type", "SPLD"): ("", "", "C&L"),
    ("SEN type", "MLD"): ("", "", "C&L"),
    ("SEN type", "SLD"): ("", "", "C&L"),
    ("SEN type", "PMLD"): ("", "", "C&L"),
    ("SEN type", "SLCN"): ("", "", "C&I"),
    ("SEN type", "ASD"): ("", "", "C&I"),
    ("SEN type", "SEMH"): ("2014-09-01", "", "SEMH"),
    ("SEN type", "HI"): ("", "", "S&P"),
    ("SEN type", "VI"): ("", "", "S&P"),
    ("SEN type", "MSI"): ("", "", "S&P"),
    ("SEN type", "PD"): ("", "", "S&P"),
    ("SEN type", "DS"): ("2024-09-01", "", "C&L"),
    ("SEN type", "NSA"): ("2014-09-01", "", ""),
    ("SEN type", "BESD"): ("", "2015-08-31", "SEMH"),
    ("section of an EHC plan", "A"): ("2014-09-01", "", ""),
    ("section of an EHC plan", "B"): ("2014-09-01", "", ""),
    ("section of an EHC plan", "C"): ("2014-09-01", "", ""),
    ("section of an EHC plan", "D"): ("2014-09-01", "", ""),
    ("section of an EHC plan", "E"): ("2014-09-01", "", ""),
    ("section of an EHC plan", "F"): ("2014-09-01", "", ""),
    ("section of an EHC plan", "G"): ("2014-09-01", "", ""),
    ("section of an EHC plan", "H1"): ("2014-09-01", "", ""),
    ("section of an EHC plan", "H2"): ("2014-09-01", "", ""),
    ("section of an EHC plan", "I"): ("2014-09-01", "", ""),
    ("section of an EHC plan", "J"): ("2014-09-01", "", ""),
    ("section of an EHC plan", "K"): ("2014-09-01", "", ""),
    ("decision after an annual review", "keep"): ("2014-09-01", "", ""),
    ("decision after an annual review", "amend"): ("2014-09-01", "", ""),
    ("decision after an annual review", "cease"): ("2014-09-01", "", ""),
    ("change of phase", "school"): ("2014-09-01", "", ""),
    ("change of phase", "junior"): ("2014-09-01", "", ""),
    ("change of phase", "middle"): ("2014-09-01", "", ""),
    ("change of phase", "secondary"): ("2014-09-01", "", ""),
    ("change of phase", "post-16"): ("2014-09-01", "", ""),
    ("decision that can be appealed", "no-assessment"): ("2014-09-01", "", ""),
    ("decision that can be appealed", "no-plan"): ("2014-09-01", "", ""),
    ("decision that can be appealed", "content"): ("2014-09-01", "", ""),
    ("decision that can be appealed", "no-reassessment"): ("2014-09-01", "", ""),
    ("decision that can be appealed", "no-amendment"): ("2014-09-01", "", ""),
    ("decision that can be appealed", "cease"): ("2014-09-01", "", ""),
    ("layer of support (proposal, not law)", "universal"): ("2029-09-01", "", ""),
    ("layer of support (proposal, not law)", "targeted"): ("2029-09-01", "", ""),
    ("layer of support (proposal, not law)", "targeted-plus"): ("2029-09-01", "", ""),
    ("layer of support (proposal, not law)", "specialist"): ("2029-09-01", "", ""),
}


def test_a_code_holds_in_the_years_that_were_entered_for_it() -> None:
    lists = [value for value in vars(codes).values() if isinstance(value, codes.CodeList)]
    days = {date.min: "", date.max: ""}
    found = {
        (each.name, e.code): (
            days.get(e.valid_from, e.valid_from.isoformat()), days.get(e.valid_to, e.valid_to.isoformat()), e.area or "",
        )
        for each in lists for e in each
    }  # fmt: skip
    assert {key: value for key, value in found.items() if any(value)} == DATED


def test_a_list_of_codes_is_read_like_a_mapping() -> None:
    assert NEED_TYPES.get("SLCN") == NEED_TYPES["SLCN"]
    assert NEED_TYPES.get("XXX") is None
    assert (NEED_TYPES.words("DS"), NEED_TYPES.words("XXX")) == ("Down syndrome", "XXX")
    assert "SLCN" in NEED_TYPES
    assert NEED_TYPES.with_more([]).source == NEED_TYPES.source
    last = date(2015, 8, 31)
    assert NEED_TYPES.fault("BESD", last) is None
    assert NEED_TYPES.fault("BESD", date(2015, 9, 1)) == (
        "BESD (Behaviour, emotional and social difficulty) ended on 31 August 2015. Use SEMH."
    )
    ended = codes.CodeList("x", [Entry("A", "Gone", valid_to=last)])
    assert ended.fault("A", date(2015, 9, 1)) == "A (Gone) ended on 31 August 2015."
    assert NEED_TYPES.fault("DS", date(2024, 9, 1)) is None


@pytest.mark.parametrize(
    ("year", "words", "place"),
    [
        ("E1", "Early years", 0), ("E2", "Early years", 1), ("N1", "Nursery", 2), ("N2", "Nursery", 3), ("R", "Reception", 4),
        ("1", "Year 1", 5), ("14", "Year 14", 18), ("X", "No year group", 19), ("?", "No year group", 20),
    ],
)  # fmt: skip
def test_year_groups(year: str, words: str, place: int) -> None:
    assert (codes.year_words(year), codes.year_order(year)) == (words, place)


@pytest.mark.parametrize(
    ("provision", "need", "may"),
    [("K", "NSA", True), ("N", "NSA", False), ("E", "NSA", False), ("E", "SLCN", True), ("K", "SLCN", True)],
)
def test_which_need_stands_with_which_provision(provision: str, need: str, may: bool) -> None:
    assert (codes.may_hold(provision, need) is None) is may


@pytest.mark.parametrize("number", ["A" + "1" * 11, "A" + "1" * 13, "A1111111111X1", "AX11111111111", "A"])
def test_what_has_no_check_letter(number: str) -> None:
    with pytest.raises(ValueError, match="eleven digits"):
        upn.check_letter(number)


@pytest.mark.parametrize(
    ("number", "temporary"),
    [
        ("E20190012200Y", True),
        ("Q201900120049", False),
        ("E2019001220Y", False),
        ("E201900122000Y", False),
        ("E2019001220Y0", False),
    ],
)
def test_a_temporary_upn_ends_in_a_letter(number: str, temporary: bool) -> None:
    assert upn.is_temporary(number) is temporary
