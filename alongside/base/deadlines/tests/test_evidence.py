"""What open clocks prove."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alongside.base.deadlines.models import Deadline
from tests.evidence import states
from tests.people import TODAY, World


@pytest.mark.parametrize(
    ("days", "band", "found"),
    [(20, "legal", {"met": 1}), (14, "legal", {"due": 1}), (0, "legal", {"due": 1}), (-1, "legal", {"overdue": 1}),
     (-1, "family", {})],
)  # fmt: skip
def test_no_legal_clock_is_late(world: World, days: int, band: str, found: dict[str, int]) -> None:
    due = TODAY + timedelta(days=days)
    Deadline.objects.create(
        clock="AR-01", kind="plan", about_id=1, school=world.oakfield, band=band, owner="senco", counted_from=TODAY,
        due=due, practical=due, what="review", why="", action="Open", url="/",
    )  # fmt: skip
    assert states("S03-36", world.oakfield.pk) == found
    assert states("S03-36", world.brookside.pk) == {}
