"""A pasted block: which cell is whose, and what is placed nowhere."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.areas.assessment import placing
from alongside.areas.assessment.placing import Column, Placed, Seat, names_of
from alongside.law.refusal import Refusal

TODAY = date(2026, 11, 23)
ANA = Seat(1, "Ana Bell", "A1", date(2018, 1, 2), names_of("Ana", "", "Bell", ""))
KUBA = Seat(2, "Kuba Kowalski", "A2", date(2018, 5, 14), names_of("Jakub", "Kuba", "Kowalski", ""))
ZED = Seat(3, "Zed O’Hara", "A3", date(2018, 3, 3), names_of("Zed", "", "O'Hara", ""))
SEATS = (ANA, KUBA, ZED)
READING = Column(10, "Reading", frozenset({"reading", "reading sas"}))
MATHS = Column(11, "Mathematics", frozenset({"maths", "mathematics"}))
COLUMNS = (READING, MATHS)


def paste(text: str, seats: tuple[Seat, ...] = SEATS, first: int = 0) -> Placed:
    rows = placing.lines_of(text)
    assert isinstance(rows, list), rows
    return placing.place(rows, placing.look(rows, seats, COLUMNS, first=first), seats, on=TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "Name\tReading\tMaths\nKuba Kowalski\t98\t101\nAna Bell\t104\tA\n",
        "Maths\tUPN\tReading\n101\ta2\t98\nA\tA1\t104",
        "A2\t98\t101\r\nA1\t104\tA\r\n",
        "Kowalski, Kuba\t98\t101\nBell, Ana\t104\tA",
        "Kowalski\tJakub\t98\t101\nBell\tAna\t104\tA",
        "Forename\tSurname\tDate of birth\tReading SAS\tMathematics\nJAKUB\tKOWALSKI\t14/05/2018\t98\t101\nana\tbell\t\t104\tA",
        "Results of 4W\n\nPupil\tReading\tMaths\nAna Bell\t104\tA\nKuba Kowalski\t98\t101",
        "Name,Reading,Maths\nKuba Kowalski,98,101\nAna Bell,104,A",
        "Kuba Kowalski\t98\t101\n\n\nAna Bell\t104\tA",
    ],
)
def test_a_block_finds_its_places(text: str) -> None:
    placed = paste(text)
    assert placed.cells == {(2, 10): "98", (2, 11): "101", (1, 10): "104", (1, 11): "A"}
    assert placed.lost == []


def test_without_names_the_order_of_the_page_counts_and_an_empty_line_is_a_pupil() -> None:
    placed = paste("104\n\n97\n")
    assert placed.cells == {(1, 10): "104", (3, 10): "97"} and placed.by == "the order of the page"
    assert paste("\n98\n97\n").cells == {(2, 10): "98", (3, 10): "97"}, "the first pupil’s line is empty"
    assert paste("101\n102\n103", first=1).cells == {(1, 11): "101", (2, 11): "102", (3, 11): "103"}


@pytest.mark.parametrize("text", ["104\n98", "104\n98\n97\n96"])
def test_without_names_a_line_too_few_or_too_many_places_nothing(text: str) -> None:
    placed = paste(text)
    assert placed.cells == {} and "for 3 pupils" in placed.lost[0].reason


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Nora Else\t98\t", "Nobody here"), ("Ana Bell\t98\t31/02/2018", "no such day"),
        ("Ana Bell\t98\t14/05/2018", "was not born on"), ("Ana Bell\t98\t01/01/1970", "Nobody on a school’s roll"),
        ("Ana Bell\t98\t01/01/2031", "Nobody on a school’s roll"), ("Kuba Kowalski\t98\t", "stands in line 2 already"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_placed_is_named_and_moves_no_other(line: str, reason: str) -> None:
    placed = paste(f"Name\tReading\tDOB\nKuba Kowalski\t99\t\n{line}\nZed O'Hara\t97\t03/03/2018")
    assert [lost.line for lost in placed.lost] == [3] and reason in placed.lost[0].reason
    assert placed.cells == {(2, 10): "99", (3, 10): "97"}


def test_of_two_of_one_name_the_date_of_birth_decides() -> None:
    twin = Seat(4, "Ana Bell", "A4", date(2018, 9, 9), ANA.keys)
    seats = (*SEATS, twin)
    assert "2 pupils here have this name" in paste("Name\tReading\nAna Bell\t98", seats).lost[0].reason
    assert paste("Name\tDOB\tReading\nAna Bell\t09/09/2018\t98", seats).cells == {(4, 10): "98"}


def test_what_is_no_block_is_refused() -> None:
    assert isinstance(placing.lines_of("  \n "), Refusal)
    assert isinstance(placing.lines_of("x" * (placing.MOST_TYPED + 1)), Refusal)
    assert isinstance(placing.lines_of("1\n" * 600), Refusal)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_nothing_that_is_pasted_breaks_the_page(text: str) -> None:
    rows = placing.lines_of(text)
    if not isinstance(rows, Refusal):
        placed = placing.place(rows, placing.look(rows, SEATS, COLUMNS), SEATS, on=TODAY)
        assert {pupil for pupil, _ in placed.cells} <= {1, 2, 3}
        assert {sitting for _, sitting in placed.cells} <= {10, 11}


@given(st.permutations([0, 1, 2]), st.lists(st.integers(69, 141), min_size=3, max_size=3))
def test_with_names_the_order_of_the_lines_is_nothing(order: list[int], scores: list[int]) -> None:
    lines = [f"{SEATS[place].name}\t{scores[place]}" for place in order]
    placed = paste("Name\tReading\n" + "\n".join(lines))
    assert placed.cells == {(seat.pupil, 10): str(score) for seat, score in zip(SEATS, scores, strict=True)}
