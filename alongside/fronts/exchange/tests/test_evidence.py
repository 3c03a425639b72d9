"""What files brought in prove."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from alongside.areas.concerns.models import Concern, ScreeningPart
from alongside.fronts.exchange.detect import Kind
from alongside.fronts.exchange.models import Batch, Row, Verdict
from alongside.kit.time import LONDON
from tests.evidence import states
from tests.people import TODAY, World, a_pupil


def a_batch(world: World, days_ago: int) -> Batch:
    when = datetime.combine(TODAY - timedelta(days=days_ago), time(9), LONDON)
    return Batch.objects.create(
        school=world.oakfield, file_name="pupils.csv", sha256="0" * 64, kind=next(iter(Kind)), applied_at=when
    )


@pytest.mark.parametrize(("days", "state"), [(0, "met"), (14, "met"), (15, "overdue")])
def test_our_records_and_the_schools_system_agree(world: World, days: int, state: str) -> None:
    assert states("S15-07", world.oakfield.pk) == {"not_evidenced": 1}
    batch = a_batch(world, days)
    assert states("S15-07", world.oakfield.pk) == {state: 1}
    assert states("S15-07", world.brookside.pk) == {"not_evidenced": 1}
    Batch.objects.filter(pk=batch.pk).update(undone_at=batch.applied_at)
    assert states("S15-07", world.oakfield.pk) == {"not_evidenced": 1}


def test_an_open_difference_is_a_risk(world: World) -> None:
    row = Row.objects.create(batch=a_batch(world, 1), school=world.oakfield, line=1, verdict=Verdict.CONFLICT)
    assert states("S15-07", world.oakfield.pk) == {"at_risk": 1}
    Row.objects.filter(pk=row.pk).update(choice="file")
    assert states("S15-07", world.oakfield.pk) == {"met": 1}


@pytest.mark.parametrize(("days", "state"), [(2, "met"), (3, "at_risk")])
def test_the_trusts_data_are_fresh(world: World, days: int, state: str) -> None:
    a_batch(world, days)
    schools = [world.oakfield.pk, world.brookside.pk]
    assert states("S15-18", None, schools) == {state: 1, "not_evidenced": 1}


def test_what_the_setting_before_knew_is_here(world: World) -> None:
    """A joiner of this school year with the file brought in, and one without; one of last year is not asked about."""
    school = world.oakfield.pk
    came = a_pupil(world.oakfield, "Kuba", "Zielak", entered_on=TODAY - timedelta(days=30))
    a_pupil(world.oakfield, "Nell", "Marlow", entered_on=TODAY - timedelta(days=500))
    assert states("S04-06", school) == {"not_evidenced": 1}
    batch = a_batch(world, 3)
    Row.objects.create(batch=batch, school=world.oakfield, line=1, verdict=Verdict.NEW, pupil=came)
    assert states("S04-06", school) == {"met": 1}
    Batch.objects.filter(pk=batch.pk).update(kind="csv")
    assert states("S04-06", school) == {"not_evidenced": 1}, "a list from the school’s own system is no such file"
    Batch.objects.filter(pk=batch.pk).update(kind="ctf", undone_at=batch.applied_at)
    assert states("S04-06", school) == {"not_evidenced": 1}


@pytest.mark.parametrize(
    ("part", "closed", "state"), [(True, False, "met"), (False, False, "due"), (False, True, "at_risk")]
)
def test_a_screening_says_what_the_setting_before_knew(world: World, part: bool, closed: bool, state: str) -> None:
    pupil = a_pupil(world.oakfield, entered_on=TODAY - timedelta(days=500))
    concern = Concern.objects.create(
        pupil=pupil, school=world.oakfield, raised_by=world.ben, raised_on=TODAY, seen="Loses the thread",
        triaged_on=TODAY, triaged_by=world.amara, decision="screen", closed_on=TODAY if closed else None,
    )  # fmt: skip
    if part:
        ScreeningPart.objects.create(
            concern=concern, pupil=pupil, school=world.oakfield, part="setting", note="They knew.", done_on=TODAY,
            done_by=world.amara,
        )  # fmt: skip
    assert states("S04-06", world.oakfield.pk) == {state: 1}
