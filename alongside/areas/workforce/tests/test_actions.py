"""Appointing, ending, gaps, hours, views: what each verb does, whom it tells, and to whom it says no."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from alongside.areas.workforce import actions, jobs, rules
from alongside.areas.workforce.actions import Hours, WeekDraft
from alongside.areas.workforce.models import Appointment, Qualification, Told, View, Week
from alongside.base.deadlines.models import Deadline
from alongside.base.history.models import Event
from alongside.base.notices.models import Notice
from alongside.kit import NotAllowed, Refused
from tests.people import SEPTEMBER, TODAY, World, a_person, a_post

DAY = timedelta(days=1)
NPQ = rules.Course("npq", "A provider", date(2026, 9, 14), date(2028, 3, 1), None)


@pytest.fixture
def school(world: World) -> World:
    """Oakfield, where Amara is SENCO and qualified; its board, the director, and a governor of the other school."""
    for key, role, where in (
        ("chair", "chair", world.oakfield), ("gwen", "governor", world.oakfield), ("dina", "director", None),
        ("bo", "chair", world.brookside), ("coco", "head", world.brookside),
    ):  # fmt: skip
        world.people[key] = a_person(key.title(), "Lowe")
        a_post(world.people[key], role, where)
    return world


def a_draft(world: World, who: str = "ben", since: date = TODAY, **more: Any) -> rules.Appointed:
    draft = rules.Appointed(world.people[who].pk, "senco", since, None, "qualified", True, True, "", since, 0)
    return replace(draft, **more)


def leave(world: World, last_day: date, on: date = TODAY) -> None:
    row = Appointment.objects.get(person=world.amara)
    actions.end_appointment(appointment=row, last_day=last_day, by=world.actor("hari"), on=on)


def told(kind: str) -> set[str]:
    return {notice.to.given for notice in Notice.objects.filter(kind=kind).select_related("to")}


def test_a_gap_is_told_on_its_first_day_to_the_three_who_answer(school: World) -> None:
    leave(school, TODAY)
    jobs.gaps()
    assert told("senco.gap") == set(), "the last day counts"
    actions.tell_gap(school=school.oakfield.pk, by=school.actor("hari"), on=TODAY + DAY)
    assert told("senco.gap") == {"Hari", "Chair", "Dina"}
    (says,) = set(Notice.objects.values_list("says", flat=True))
    assert "no SENCO since 24 November 2026" in says and "Amara" not in says and "Adeyemi" not in says
    actions.tell_gap(school=school.oakfield.pk, by=school.actor("hari"), on=TODAY + 2 * DAY)
    assert Notice.objects.filter(kind="senco.gap").count() == 3, "once"


def test_an_end_in_the_past_tells_at_once(school: World) -> None:
    leave(school, TODAY - DAY)
    assert told("senco.gap") == {"Hari", "Chair", "Dina"}


def test_without_a_chair_every_governor_is_told(school: World) -> None:
    from alongside.base.access.models import Post

    Post.objects.filter(role="chair", school=school.oakfield).delete()
    leave(school, TODAY - DAY)
    assert told("senco.gap") == {"Hari", "Gwen", "Dina"}


def test_a_successor_or_cover_leaves_no_gap(school: World) -> None:
    leave(school, TODAY - DAY)
    Notice.objects.all().delete()
    Told.objects.all().delete()
    actions.appoint(school=school.oakfield, draft=a_draft(school), by=school.actor("hari"), on=TODAY)
    jobs.gaps()
    assert not Notice.objects.exists()


def test_the_mornings_job_tells_each_school_its_own(school: World) -> None:
    Appointment.objects.update(until=TODAY - DAY)
    jobs.gaps()
    assert told("senco.gap") == {"Hari", "Chair", "Dina", "Bo", "Coco"}
    assert Notice.objects.filter(to=school.people["dina"]).count() == 2


def test_the_post_is_held_by_one(school: World) -> None:
    with pytest.raises(Refused, match="held already"):
        actions.appoint(school=school.oakfield, draft=a_draft(school), by=school.actor("hari"), on=TODAY)
    leave(school, TODAY)
    row = actions.appoint(
        school=school.oakfield, draft=a_draft(school, since=TODAY + DAY), by=school.actor("dina"), on=TODAY
    )
    assert Event.objects.get(kind="senco.appointed", about_id=row.pk).facts["who"] == "Ben Whitlock"
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.filter(pk=row.pk).update(since=TODAY)


def test_nobody_without_teacher_status_is_let_in_even_by_the_database(school: World) -> None:
    leave(school, TODAY - DAY)
    with pytest.raises(Refused, match="qualified teacher"):
        actions.appoint(school=school.oakfield, draft=a_draft(school, status="none"), by=school.actor("hari"), on=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.update(status="none")


@pytest.mark.parametrize("who", ["amara", "ben", "gwen", "chair", "dev", "coco"])
def test_only_head_and_director_appoint(school: World, who: str) -> None:
    leave(school, TODAY - DAY)
    with pytest.raises(NotAllowed):
        actions.appoint(school=school.oakfield, draft=a_draft(school), by=school.actor(who), on=TODAY)
    actions.appoint(school=school.oakfield, draft=a_draft(school), by=school.actor("hari"), on=TODAY)


def test_the_clock_runs_until_the_award(school: World) -> None:
    leave(school, TODAY - DAY)
    row = actions.appoint(school=school.oakfield, draft=a_draft(school), by=school.actor("hari"), on=TODAY)
    assert Deadline.objects.get(clock="SEN-02", about_id=row.pk).due == date(2029, 11, 22)
    actions.end_appointment(appointment=row, last_day=TODAY + 300 * DAY, by=school.actor("hari"), on=TODAY)
    assert not Deadline.objects.filter(clock="SEN-02").exists(), "who leaves before it runs out has no clock"
    Appointment.objects.filter(pk=row.pk).update(until=None)
    row.refresh_from_db()
    old = rules.Course("nasenco", "A university", date(2024, 1, 8), None, None)
    actions.note_course(appointment=row, course=old, by=school.actor("hari"), on=TODAY)
    assert Deadline.objects.get(clock="SEN-03", about_id=row.pk).due == date(2027, 8, 31)
    done = replace(NPQ, awarded_on=TODAY, certificate="Staff file")
    actions.note_course(appointment=row, course=done, by=school.actor("hari"), on=TODAY)
    assert not Deadline.objects.filter(clock__startswith="SEN-").exists()
    assert set(Qualification.objects.filter(person=school.ben).values_list("award", flat=True)) == {"nasenco", "npq"}


def agree(world: World, hours: str = "12", admin: str = "3", limit: int = 10) -> None:
    draft = Hours(Decimal(hours), Decimal(admin), limit, SEPTEMBER)
    actions.agree_hours(school=world.oakfield, draft=draft, by=world.actor("hari"), on=TODAY)


def note(world: World, used: str = "7", lost: str = "6", who: str = "amara", monday: date = TODAY) -> Week:
    draft = WeekDraft(monday, Decimal(used), Decimal(3), {"cover": Decimal(lost)})
    return actions.note_week(school=world.oakfield, draft=draft, by=world.actor(who), on=TODAY)


def test_too_much_lost_tells_the_head_once_a_term(school: World) -> None:
    agree(school)
    note(school, "11", "1")
    assert told("senco.time") == set()
    note(school)
    assert told("senco.time") == {"Hari"}
    note(school, monday=TODAY - 7 * DAY)
    assert Notice.objects.filter(kind="senco.time").count() == 1
    assert Week.objects.count() == 2 and Week.objects.latest("monday").lost.get().hours == 6


def test_hours_are_noted_and_judged_by_the_senco_alone(school: World) -> None:
    agree(school)
    for who in ("hari", "ben", "dina", "gwen"):
        with pytest.raises(NotAllowed):
            note(school, who=who)
        with pytest.raises(NotAllowed):
            actions.say_view(school=school.oakfield, enough=True, words="", by=school.actor(who), on=TODAY)
    a_post(a_person("Cora"), "cover_senco", school.oakfield)
    school.people["cora"] = a_person("Coral")
    a_post(school.people["cora"], "cover_senco", school.oakfield)
    with pytest.raises(Refused, match="Nobody says it for them"):
        actions.say_view(school=school.oakfield, enough=True, words="", by=school.actor("cora"), on=TODAY)
    with pytest.raises(Refused, match="their own hours"):
        note(school, who="cora")
    note(school)
    actions.say_view(
        school=school.oakfield, enough=False, words="No time for reviews.", by=school.actor("amara"), on=TODAY
    )
    assert View.objects.get().person == school.amara and told("senco.view") == {"Hari"}
    assert "reviews" not in Notice.objects.get(kind="senco.view").says


def test_not_enough_says_of_what(school: World) -> None:
    with pytest.raises(Refused, match="no time for"):
        actions.say_view(school=school.oakfield, enough=False, words=" ", by=school.actor("amara"), on=TODAY)


def test_the_board_confirms_with_a_minute(school: World) -> None:
    for changes in ({"minute": " "}, {"minuted_on": TODAY + DAY}):
        with pytest.raises(Refused):
            actions.confirm(
                school=school.oakfield, by=school.actor("chair"), on=TODAY, **{"minuted_on": TODAY, "minute": "Item 7", **changes}  # type: ignore[arg-type]
            )  # fmt: skip
    actions.confirm(school=school.oakfield, minuted_on=TODAY, minute="Item 7", by=school.actor("chair"), on=TODAY)
    with pytest.raises(NotAllowed):
        actions.confirm(school=school.oakfield, minuted_on=TODAY, minute="Item 7", by=school.actor("hari"), on=TODAY)
