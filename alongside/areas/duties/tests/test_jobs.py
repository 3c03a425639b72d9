"""The night, the five minutes after a save, and the day a school joins."""

from __future__ import annotations

from datetime import timedelta

from alongside.areas.duties import actions, jobs
from alongside.areas.duties.models import Standing, Touched
from tests.people import TODAY, World, senco_leaves


def test_the_night_works_out_every_school_and_the_trust(world: World) -> None:
    jobs.nightly()
    assert Standing.objects.filter(until=None).count() == 306 + 306 + 135
    jobs.nightly()
    assert Standing.objects.count() == 306 + 306 + 135, "a second night changes nothing"


def test_what_was_touched_is_worked_out_and_forgotten(world: World) -> None:
    jobs.nightly()
    senco_leaves(world.amara, TODAY - timedelta(days=1))
    jobs.touched()
    assert Standing.objects.get(duty="S02-08", school=world.oakfield, until=None).state == "met", "nobody said so"
    actions.touch(school=world.oakfield.pk, slice_="workforce")
    jobs.touched()
    assert Standing.objects.get(duty="S02-08", school=world.oakfield, until=None).state == "overdue"
    assert not Touched.objects.exists()


def test_a_school_that_joins_has_all_its_duties(world: World) -> None:
    jobs.recompute([world.brookside.pk])
    assert Standing.objects.filter(school=world.brookside).count() == 306
    assert not Standing.objects.filter(school=world.oakfield).exists()
