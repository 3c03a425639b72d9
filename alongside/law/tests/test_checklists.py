"""Every list entered a second time: how many items, which of them are not needed, how sure, how binding."""

from datetime import date

import pytest

from alongside.law.checklists import CHECKLISTS, Item

ENTRIES = {
    "INFORMATION-REPORT": (31, "", "reported", "statute"),
    "REVIEW-INVITED": (7, "child others", "read", "statute"),
    "ADVICE": (8, "", "reported", "statute"),
    "REVIEW-CONTENT": (13, "", "unchecked", "statute"),
    "ADULTHOOD": (4, "", "unchecked", "code"),
    "FLAGS": (4, "", "reported", "code"),
    "SENCO-ROLE": (11, "", "reported", "code"),
    "LETTER-RIGHTS": (7, "", "read", "statute"),
    "PLACE-REFUSED": (3, "", "reported", "statute"),
    "REFUSAL-PROHIBITED": (9, "", "unchecked", "statute"),
    "DISCRIMINATION": (6, "", "unchecked", "statute"),
    "ACCESS-STRANDS": (3, "", "reported", "statute"),
    "DISCLOSURE": (12, "", "unchecked", "statute"),
    "BARRIERS": (5, "", "unchecked", "statute"),
    "FORCE-RECORD": (13, "", "reported", "practice"),
    "MEETING": (5, "", "reported", "code"),
    "EXAM-DATES": (3, "", "unchecked", "practice"),
}


@pytest.mark.parametrize("code", ENTRIES)
def test_a_list_is_what_was_entered_for_it(code: str) -> None:
    found = CHECKLISTS[code]
    optional = " ".join(item.code for item in found.items if not item.required)
    assert (len(found.items), optional, found.confidence.name.lower(), found.source.weight.value) == ENTRIES[code]
    assert found.on(date.min) == found.on(date.max) == found.items, "no item has come or gone yet"


def test_no_list_was_left_out() -> None:
    assert set(ENTRIES) == set(CHECKLISTS)
    assert Item("new", "New").required
    assert CHECKLISTS["SENCO-ROLE"].source.place == "6.90"
