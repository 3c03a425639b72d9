"""What provision proves: each function for met and for not met."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from alongside.areas.provision.models import Delivery, Line, ProvisionType
from alongside.areas.register.models import Need, Status
from alongside.base.pupils.models import Pupil
from tests.evidence import states
from tests.people import TODAY, World, a_pupil

DAY = timedelta(days=1)
START = date(2026, 9, 7)


@pytest.fixture
def kuba(world: World) -> Pupil:
    """On SEN support for communication, with one talking group that an assistant gives."""
    pupil = a_pupil(world.oakfield)
    Status.objects.create(pupil=pupil, school=pupil.school, code="K", since=START)
    Need.objects.create(pupil=pupil, school=pupil.school, code="SLCN", rank=1, since=START)
    kind = ProvisionType.objects.create(name="Talk", plain_name="Talking group", wave="targeted", area="C&I")
    Line.objects.create(
        pupil=pupil, school=pupil.school, type=kind, minutes=30, times_a_week=3, adult=world.tess, since=START + 7 * DAY
    )
    return pupil


def test_there_is_something_additional_or_different(world: World, kuba: Pupil) -> None:
    assert states("S00-23", world.oakfield.pk) == {"met": 1}
    ProvisionType.objects.update(wave="ordinary")
    assert states("S00-23", world.oakfield.pk) == {"at_risk": 1}
    ProvisionType.objects.update(wave="specialist")
    Line.objects.update(until=TODAY - DAY)
    assert states("S00-23", world.oakfield.pk) == {"at_risk": 1}


@pytest.mark.parametrize(
    ("placed", "line", "state"),
    [(START, START + 7 * DAY, "met"), (START, TODAY, "at_risk"), (START, None, "overdue"), (TODAY - 5 * DAY, None, "due"),
     (START, START - 40 * DAY, "met")],
)  # fmt: skip
def test_support_starts_by_its_date(world: World, kuba: Pupil, placed: date, line: date | None, state: str) -> None:
    Status.objects.update(since=placed)
    if line:
        Line.objects.update(since=line)
    else:
        Line.objects.all().delete()
    assert states("S03-35", world.oakfield.pk) == {state: 1}


@pytest.mark.parametrize("code", ["S06-09", "S03-47"])
def test_sessions_are_given(world: World, kuba: Pupil, code: str) -> None:
    assert states(code, world.oakfield.pk) == {"not_evidenced": 1}
    row = Delivery.objects.create(
        pupil=kuba, school=kuba.school, since=START, planned=10, held=8, lately_planned=10, lately_held=8
    )
    assert states(code, world.oakfield.pk) == {"met": 1}
    Delivery.objects.filter(pk=row.pk).update(held=7, lately_held=7)
    assert states(code, world.oakfield.pk) == {"at_risk": 1}


def test_lines_of_provision_are_complete(world: World, kuba: Pupil) -> None:
    assert states("S15-03", world.oakfield.pk) == {"met": 1}
    Line.objects.update(adult=None)
    assert states("S15-03", world.oakfield.pk) == {"at_risk": 1}
    Line.objects.all().delete()
    assert states("S15-03", world.oakfield.pk) == {"not_evidenced": 1}


def test_each_area_of_need_has_provision(world: World, kuba: Pupil) -> None:
    assert states("S04-13", world.oakfield.pk) == {"met": 1}
    other = a_pupil(world.oakfield, "Ola")
    Status.objects.create(pupil=other, school=other.school, code="K", since=START)
    Need.objects.create(pupil=other, school=other.school, code="SEMH", rank=1, since=START)
    assert states("S04-13", world.oakfield.pk) == {"met": 1, "at_risk": 1}


def test_the_catalogue_says_how_much_is_known(world: World, kuba: Pupil) -> None:
    ProvisionType.objects.exclude(name="Talk").delete()
    schools = [world.oakfield.pk]
    assert states("S03-17", None, schools) == {"not_evidenced": 1}
    ProvisionType.objects.update(evidence="strong", source="Public summaries of research")
    assert states("S03-17", None, schools) == {"met": 1}
