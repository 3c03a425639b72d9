"""The night's warnings: whom they reach, once each, and what nobody but staff may know."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from alongside.areas.clocks.actions import set_steps, warn
from alongside.areas.clocks.jobs import warn_all
from alongside.areas.clocks.models import Missed, Told
from alongside.areas.clocks.tests.builders import a_row
from alongside.base.access.models import Post
from alongside.base.notices.models import Notice
from alongside.kit import NotAllowed, Refused
from alongside.law.escalation import AFTER, LADDERS, Hearer
from tests.people import TODAY, World, a_parent, a_person, a_post, a_pupil


@pytest.fixture
def led(world: World) -> World:
    """The world with a director, who may name no pupil."""
    world.people["dina"] = a_person("Dina", "Lowe")
    a_post(world.dina, "director", None)
    return world


def night(world: World, day: int = 0) -> int:
    return warn(school=world.oakfield, on=TODAY + timedelta(day))


def heard(world: World, name: str) -> list[str]:
    return list(Notice.objects.filter(to=world.people[name]).order_by("pk").values_list("says", flat=True))


def told() -> set[tuple[str, int, str]]:
    return {(row.hearer, row.step, row.person.given) for row in Told.objects.select_related("person")}


def test_a_legal_date_rises_from_the_senco_to_the_head_to_the_director(led: World) -> None:
    a_row(led.oakfield, "legal", 7)
    assert [night(led, day) for day in range(10)] == [1, 0, 0, 0, 2, 0, 2, 0, 3, 0]
    assert told() == {
        ("owner", 7, "Amara"), ("owner", 3, "Amara"), ("head", 3, "Hari"), ("owner", 1, "Amara"), ("head", 1, "Hari"),
        ("owner", AFTER, "Amara"), ("head", AFTER, "Hari"), ("director", AFTER, "Dina"),
    }  # fmt: skip
    assert heard(led, "hari")[-1] == "1 legal date has passed."
    assert heard(led, "dina") == ["Oakfield Primary: fewer than 5 legal dates have passed."]


def test_the_job_tells_nobody_twice(led: World) -> None:
    a_row(led.oakfield, "legal", -1)
    assert (night(led), night(led)) == (3, 0)
    assert Told.objects.count() == 3 and Notice.objects.count() == 3
    assert night(led, 1) == 0


def test_after_missed_nights_each_hears_once_of_how_it_stands(led: World) -> None:
    a_row(led.oakfield, "legal", 20)
    assert night(led, 0) == 1  # 28 days before has come
    assert night(led, 19) == 2  # 14, 7 and 3 are passed over
    assert {(hearer, step) for hearer, step, _ in told()} == {("owner", 28), ("owner", 1), ("head", 1)}
    assert len(heard(led, "amara")) == 2


def test_a_date_that_moves_is_warned_of_anew_and_a_reason_moves_nothing(led: World) -> None:
    row = a_row(led.oakfield, "legal", -2)
    night(led)
    missed = Missed.objects.get()
    missed.because, missed.words, missed.ground, missed.reasoned_on = "away", "All were ill.", "E3", TODAY
    missed.by = led.hari
    missed.save()
    row.refresh_from_db()
    assert row.due == TODAY - timedelta(2) and night(led, 1) == 0
    row.due = TODAY + timedelta(3)
    row.save()
    assert night(led, 2) == 2
    assert Missed.objects.count() == 1


def test_one_notice_a_person_however_many_dates(led: World) -> None:
    pupils = [a_pupil(led.oakfield, f"Zoltan{number}") for number in range(6)]
    for pupil in pupils:
        a_row(led.oakfield, "legal", -1, pupil=pupil)
    night(led)
    assert heard(led, "hari") == ["6 legal dates have passed."]
    assert heard(led, "dina") == ["Oakfield Primary: 6 legal dates have passed."]
    notices = Notice.objects.filter(kind="clock.warned")
    assert {notice.url for notice in notices} == {"/today/", "/clocks/"}
    assert not notices.filter(says__contains="Zoltan").exists() and not notices.exclude(pupil=None).exists()


def test_a_single_date_leads_to_its_record_and_the_director_never_there(led: World) -> None:
    pupil = a_pupil(led.oakfield)
    a_row(led.oakfield, "legal", -1, pupil=pupil)
    night(led)
    urls = dict(Notice.objects.values_list("to__given", "url"))
    assert urls == {"Amara": f"/pupils/{pupil.pk}/", "Hari": f"/pupils/{pupil.pk}/", "Dina": "/clocks/"}


def test_nobody_is_warned_of_their_own_child(led: World) -> None:
    kuba = a_pupil(led.oakfield)
    a_parent(led.amara, kuba)
    a_row(led.oakfield, "legal", -1, pupil=kuba)
    night(led)
    assert {name for _, _, name in told()} == {"Hari", "Dina"}


def test_the_owner_is_the_teacher_until_they_leave_and_the_cover_hears_too(led: World) -> None:
    a_row(led.oakfield, "family", 1, owner="teacher", person=led.ben.pk)
    night(led)
    assert told() == {("owner", 1, "Ben")}
    assert Notice.objects.get().url == "/pupils/0/"
    Post.objects.filter(person=led.ben).update(until=TODAY)
    a_post(led.tess, "cover_senco", led.oakfield, until=TODAY + timedelta(9))
    night(led, 2)
    assert {("owner", AFTER, "Amara"), ("owner", AFTER, "Tess")} <= told()


def test_without_a_head_the_warning_waits_for_one(led: World) -> None:
    Post.objects.filter(role="head").delete()
    a_row(led.oakfield, "legal", 2)
    night(led)
    assert {hearer for hearer, _, _ in told()} == {"owner"}
    a_post(led.dana, "head", led.oakfield)
    night(led)
    assert ("head", 3, "Dana") in told()


def test_a_legal_date_is_noted_as_missed_once_and_others_are_not(led: World) -> None:
    a_row(led.oakfield, "legal", 0)
    a_row(led.oakfield, "family", -3)
    a_row(led.oakfield, "rest", -3)
    night(led)
    assert Missed.objects.count() == 0, "the day itself is in time"
    night(led, 1)
    night(led, 2)
    missed = Missed.objects.get()
    assert (missed.due, missed.noted_on, missed.because) == (TODAY, TODAY + timedelta(1), "")


def test_every_school_by_its_own(led: World) -> None:
    a_row(led.oakfield, "legal", -1)
    a_row(led.brookside, "legal", -1)
    warn_all()
    assert {name for _, _, name in told()} == {"Amara", "Hari", "Dina", "Chloe"}
    assert len(heard(led, "dina")) == 2 and len(heard(led, "amara")) == 1


def test_a_school_warns_earlier_and_never_later(led: World) -> None:
    legal = next(ladder for ladder in LADDERS if ladder.code == "LEGAL")
    hari = led.actor("hari")
    with pytest.raises(Refused, match="never later"):
        set_steps(school=led.oakfield, ladder=legal, hearer=Hearer.HEAD, days=[2, 1], by=hari, on=TODAY)
    with pytest.raises(NotAllowed):
        set_steps(
            school=led.oakfield, ladder=legal, hearer=Hearer.HEAD, days=[9, 3, 1], by=led.actor("amara"), on=TODAY
        )
    with pytest.raises(NotAllowed):
        set_steps(school=led.brookside, ladder=legal, hearer=Hearer.HEAD, days=[9, 3, 1], by=hari, on=TODAY)
    set_steps(school=led.oakfield, ladder=legal, hearer=Hearer.HEAD, days=[10, 3, 1], by=hari, on=TODAY)
    a_row(led.oakfield, "legal", 9)
    a_row(led.brookside, "legal", 9)
    night(led)
    assert ("head", 10, "Hari") in told()
    a_row(led.oakfield, "legal", -1)
    night(led)
    assert ("head", AFTER, "Hari") in told(), "the day after is kept"


@pytest.mark.parametrize("band", ["legal", "family", "rest"])
def test_what_waits_is_warned_of_all_the_same(led: World, band: str) -> None:
    from alongside.areas.clocks.models import PutOff

    row = a_row(led.oakfield, band, -1)
    PutOff.objects.create(
        clock=row.clock, kind=row.kind, about_id=row.about_id, due=row.due, counted_from=row.counted_from,
        school=led.oakfield, what=row.what, until=date(2027, 1, 1), why="later", by=led.amara, on=TODAY,
    )  # fmt: skip
    assert night(led) > 0
