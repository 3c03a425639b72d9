"""What a night finds: the passing of a day moves clocks and is no fault; what a save had missed is one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from alongside.areas.provision.models import Session
from alongside.areas.provision.rules import Missed
from alongside.areas.provision.tests.builders import a_line, log
from alongside.base.deadlines.jobs import nightly
from alongside.base.deadlines.models import Deadline, Run, Stopped
from alongside.base.schools.models import Closure
from tests.people import TODAY, World, a_pupil

DAY = timedelta(days=1)


def night(monkeypatch: pytest.MonkeyPatch, day: date) -> tuple[int, int]:
    """(moved by the day, missed by a save) of a night."""
    monkeypatch.setenv("ALONGSIDE_TODAY", day.isoformat())
    nightly()
    run = Run.objects.latest("pk")
    return run.by_day, run.drift


@pytest.fixture
def short(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Two of three sessions were missed last week; its clock runs, and a night has looked at it."""
    line = a_line(a_pupil(world.oakfield), world.actor("amara"))
    for back, missed in ((7, ""), (6, Missed.COVER), (4, Missed.COVER)):
        log([line], world.actor("tess"), TODAY - back * DAY, missed=missed)
    night(monkeypatch, TODAY)
    assert Deadline.objects.filter(kind="line").count() == 1
    return world


@pytest.mark.parametrize("nights", [(8,), (3, 8), (1, 6, 7), (30,)])
def test_two_weeks_of_short_delivery_end_by_themselves(
    short: World, monkeypatch: pytest.MonkeyPatch, nights: tuple[int, ...]
) -> None:
    found = [night(monkeypatch, TODAY + after * DAY) for after in nights]
    assert not Deadline.objects.filter(kind="line").exists()
    assert [drift for _, drift in found] == [0] * len(nights), "whether or not each night has run"
    assert found[-1][0] >= 1


@pytest.mark.parametrize("shut", [False, True])
def test_what_a_day_ends_before_it_was_due_is_nobodys_work(
    world: World, monkeypatch: pytest.MonkeyPatch, shut: bool
) -> None:
    if shut:
        Closure.objects.bulk_create(
            Closure(school=world.oakfield, day=TODAY + n * DAY, why="closed") for n in range(20) if n % 7 < 5
        )
    line = a_line(a_pupil(world.oakfield), world.actor("amara"))
    for back, missed in ((7, ""), (6, Missed.COVER), (4, Missed.COVER)):
        log([line], world.actor("tess"), TODAY - back * DAY, missed=missed)
    night(monkeypatch, TODAY + 8 * DAY)
    assert not Deadline.objects.filter(kind="line").exists()
    late = [row.on > row.due for row in Stopped.objects.filter(kind="line")]
    assert late == ([] if shut else [True]), "late is late, and no more than that"


def test_what_a_save_missed_is_told_apart(short: World, monkeypatch: pytest.MonkeyPatch) -> None:
    Session.objects.all().delete()
    _, drift = night(monkeypatch, TODAY + DAY)
    assert drift == 1 and Stopped.objects.filter(kind="line").count() == 1


@pytest.mark.parametrize("change", ["gone", "wrong"])
def test_a_table_that_was_meddled_with_is_found(short: World, monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    rows = Deadline.objects.filter(kind="line")
    rows.delete() if change == "gone" else rows.update(what="meddled with")
    assert night(monkeypatch, TODAY + DAY)[1] == 1
    assert night(monkeypatch, TODAY + 2 * DAY)[1] == 0, "it was put right"
