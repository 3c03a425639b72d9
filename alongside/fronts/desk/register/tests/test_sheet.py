"""The spreadsheet: dates as dates, and nothing that a program would run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.fronts.desk.register.sheet import cells, safe
from alongside.fronts.desk.register.tests.test_filters import BLANK, ON


@pytest.mark.parametrize("text", ["=1+1", "+44", "-2", "@SUM(A1)", "\tx", "\r=x"])
def test_no_cell_starts_a_formula(text: str) -> None:
    assert safe(text) == f"'{text}"


@given(st.text(min_size=1))
def test_every_other_text_is_left_alone(text: str) -> None:
    assert safe(text).lstrip("'") == text.lstrip("'")
    assert not safe(text).startswith(("=", "+", "-", "@"))


def test_a_row_keeps_its_dates_and_says_yes_and_no() -> None:
    row = BLANK._replace(checked=ON, eal=True, pupil_premium=False, due=ON)
    values = cells(row, ON, live=True)
    assert values[:6] == ("Kuba Kowalski", "4W", "Year 4", "K", BLANK.since, "SLCN")
    assert values[6] == "Speech, language and communication needs" and values[7] == "Communication"
    assert ON in values and values[-3:] == ("Yes", "No", None)
    assert cells(row, ON, live=False)[10] is None, "no date that waits today stands in a past register"
