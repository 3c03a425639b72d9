"""What the database refuses, and whose concerns are whose."""

import pytest
from django.db import IntegrityError, transaction

from alongside.areas.concerns.models import Concern, ScreeningPart
from alongside.areas.concerns.rules import Decision
from alongside.areas.concerns.tests.builders import a_concern
from tests.people import TODAY, World, a_parent, a_pupil


@pytest.mark.parametrize("change", [{"triaged_on": TODAY}, {"decision": "screen"}])
def test_a_triage_has_a_day_and_a_decision(world: World, change: dict[str, object]) -> None:
    concern = a_concern(pupil=a_pupil(world.oakfield), by=world.actor("ben"), on=TODAY)
    with pytest.raises(IntegrityError, match="concern_triage_is_dated_and_decided"), transaction.atomic():
        Concern.objects.filter(pk=concern.pk).update(**change)


def test_a_part_stands_once(world: World) -> None:
    amara, pupil = world.actor("amara"), a_pupil(world.oakfield)
    concern = a_concern(pupil=pupil, by=world.actor("ben"), on=TODAY, senco=amara, decision=Decision.SCREEN)
    values = {"concern": concern, "pupil": pupil, "school": world.oakfield, "part": "views", "note": "x"}
    ScreeningPart.objects.create(**values, done_on=TODAY, done_by=world.amara)
    with pytest.raises(IntegrityError, match="one_note_a_part"), transaction.atomic():
        ScreeningPart.objects.create(**values, done_on=TODAY, done_by=world.amara)


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("amara", True),
        ("hari", True),
        ("ben", True),
        ("tess", False),
        ("dana", False),
        ("chloe", False),
        ("dev", False),
    ],
)
def test_a_concern_is_seen_by_those_who_triage_and_who_wrote_it(world: World, name: str, sees: bool) -> None:
    a_concern(pupil=a_pupil(world.oakfield), by=world.actor("ben"), on=TODAY)
    assert Concern.objects.visible_to(world.actor(name)).exists() is sees


def test_a_concern_about_ones_own_child_is_closed_to_one(world: World) -> None:
    pupil = a_pupil(world.oakfield)
    a_concern(pupil=pupil, by=world.actor("ben"), on=TODAY)
    a_parent(world.amara, pupil)
    assert not Concern.objects.visible_to(world.actor("amara")).exists()


def test_waiting_are_those_nobody_has_triaged(world: World) -> None:
    ben, amara, pupil = world.actor("ben"), world.actor("amara"), a_pupil(world.oakfield)
    new = a_concern(pupil=pupil, by=ben, on=TODAY)
    a_concern(pupil=pupil, by=ben, on=TODAY, senco=amara, decision=Decision.MONITOR)
    assert list(Concern.objects.waiting()) == [new]
