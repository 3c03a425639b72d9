"""What open clocks prove."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alongside.base.deadlines.models import Deadline, Stopped
from tests.evidence import states
from tests.people import TODAY, World, a_pupil


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


def stopped(world: World, band: str, *, late: int = 0, ago: int = 5, pupil: int | None = None) -> None:
    on = TODAY - timedelta(days=ago)
    Stopped.objects.create(
        clock="AR-01", kind="plan", about_id=1, school=world.oakfield, band=band, owner="senco", pupil_id=pupil,
        due=on - timedelta(days=late), on=on,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("band", "late", "ago", "law", "work"),
    [("legal", 0, 5, {"met": 1}, {"met": 1}), ("legal", 1, 5, {"overdue": 1}, {"at_risk": 1}),
     ("rest", 0, 5, {}, {"met": 1}), ("rest", 9, 5, {}, {"at_risk": 1}), ("legal", 1, 200, {}, {})],
)  # fmt: skip
def test_what_was_done_this_term(
    world: World, band: str, late: int, ago: int, law: dict[str, int], work: dict[str, int]
) -> None:
    stopped(world, band, late=late, ago=ago)
    assert (states("S03-36", world.oakfield.pk), states("S03-45", world.oakfield.pk)) == (law, work)
    assert states("S03-45", world.brookside.pk) == {}


def test_what_fell_away_with_a_pupil_is_nobodys_work(world: World) -> None:
    kuba = a_pupil(world.oakfield)
    stopped(world, "legal", pupil=kuba.pk)
    assert states("S03-45", world.oakfield.pk) == {"met": 1}
    kuba.left_on = TODAY - timedelta(days=5)
    kuba.save()
    assert states("S03-45", world.oakfield.pk) == states("S03-36", world.oakfield.pk) == {}
