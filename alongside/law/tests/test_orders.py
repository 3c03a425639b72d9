"""Weeks after an order, a concession and an agreement; the closing days of exam series."""

import pytest

from alongside.law.orders import EXAMS, ORDERS, steps

ASSESS = (2, 10, 14)
WEEKS = {
    "dismiss": (0,), "assess": ASSESS, "reassess": ASSESS, "make": (5, 11), "reconsider": (2,), "amend": (5,), "place": (2,),
    "keep": (0,), "keep-changed": (5,),
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "weeks"),
    [
        ("APP-07", WEEKS), ("APP-05", WEEKS | {"other": (2,)}),
        ("APP-08", {"assess": ASSESS, "reassess": ASSESS, "amend": (5,)}),
    ],
)  # fmt: skip
def test_weeks_after_an_order(code: str, weeks: dict[str, tuple[int, ...]]) -> None:
    assert {order: tuple(step.weeks for step in steps(code, order)) for order in ORDERS[code]} == weeks
    assert steps(code, "dance") == ()


def test_when_exam_series_close() -> None:
    assert EXAMS == {
        "JCQ-03": {"june": (3, 21), "november": (11, 1), "january": (10, 21)},
        "JCQ-04": {"june": (1, 31), "november": (9, 20), "january": (10, 4)},
    }
