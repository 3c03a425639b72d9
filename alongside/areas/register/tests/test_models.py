"""What the database itself refuses."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from alongside.areas.register.models import Decision, Need, SavedView, Status
from alongside.base.access.scope import scope
from tests.people import TODAY, World, a_pupil

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("since", "until", "stands"),
    [(TODAY, None, False), (TODAY - 30 * DAY, TODAY - 11 * DAY, True), (TODAY - 30 * DAY, TODAY - 10 * DAY, False)],
)
def test_two_statuses_never_hold_on_one_day(world: World, since: date, until: date | None, stands: bool) -> None:
    pupil = a_pupil(world.oakfield)
    Status.objects.create(pupil=pupil, school=world.oakfield, code="K", since=TODAY - 10 * DAY)
    other = Status(pupil=pupil, school=world.oakfield, code="E", since=since, until=until)
    if stands:
        other.save()
    else:
        with pytest.raises(IntegrityError, match="one_status_at_a_time"), transaction.atomic():
            other.save()


def test_a_status_is_support_or_plan(world: World) -> None:
    pupil = a_pupil(world.oakfield)
    with pytest.raises(IntegrityError, match="status_is_k_or_e"), transaction.atomic():
        Status.objects.create(pupil=pupil, school=world.oakfield, code="N", since=TODAY)


def test_a_rank_and_a_code_stand_once_on_a_day(world: World) -> None:
    pupil = a_pupil(world.oakfield)
    Need.objects.create(pupil=pupil, school=world.oakfield, code="SLCN", rank=1, area="C&I", since=TODAY)
    for code, rank, name in (("MLD", 1, "one_need_of_a_rank"), ("SLCN", 2, "one_need_of_a_code")):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Need.objects.create(pupil=pupil, school=world.oakfield, code=code, rank=rank, area="C&L", since=TODAY)


def test_told_on_and_how_go_together(world: World) -> None:
    pupil = a_pupil(world.oakfield)
    with pytest.raises(IntegrityError, match="told_on_and_how_go_together"), transaction.atomic():
        Decision.objects.create(
            pupil=pupil, school=world.oakfield, kind="place", provision="K", decided_on=TODAY,
            decided_by=world.amara, told_on=TODAY,
        )  # fmt: skip


@pytest.mark.parametrize(("back", "code"), [(0, "E"), (5, "E"), (6, "K"), (20, "K"), (21, None)])
def test_the_status_of_a_day_is_found_to_the_day(world: World, back: int, code: str | None) -> None:
    pupil = a_pupil(world.oakfield)
    for kind, since, until in (("K", TODAY - 20 * DAY, TODAY - 6 * DAY), ("E", TODAY - 5 * DAY, None)):
        Status.objects.create(pupil=pupil, school=world.oakfield, code=kind, since=since, until=until)
    found = Status.objects.on(TODAY - back * DAY).filter(pupil=pupil).first()
    assert (found.code if found else None) == code


def test_a_view_name_stands_once_a_person(world: World) -> None:
    for person in (world.amara, world.chloe):
        with scope(person=person.pk):
            SavedView.objects.create(person=person, name="Mine", query="status=K")
    with scope(person=world.amara.pk):
        assert SavedView.objects.count() == 1, "the wall shows a person's own views alone"
        with pytest.raises(IntegrityError, match="one_view_of_a_name"), transaction.atomic():
            SavedView.objects.create(person=world.amara, name="Mine", query="")
