"""Rating, booking, coming, what changed, signing off: each verb with the right person beside the wrong one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from alongside.areas.duties.models import Touched
from alongside.areas.training import actions
from alongside.areas.training.actions import CoachingDraft, CourseDraft
from alongside.areas.training.models import Booking, Coaching, Course, Rating, Team
from alongside.areas.training.queries import staff_of
from alongside.areas.training.tests.builders import a_course, a_place, a_session, taught_by
from alongside.base.access.models import Post
from alongside.base.deadlines.models import Deadline
from alongside.base.notices.models import Notice
from alongside.base.people.models import Person
from alongside.kit import NotAllowed, NotFound, Refused
from tests.people import TODAY, World, a_person, a_post

DAY = timedelta(days=1)


@pytest.fixture
def trust(world: World) -> World:
    world.people["dina"] = a_person("Dina", "Lowe")
    a_post(world.people["dina"], "director", None)
    return world


def test_both_ratings_stand_apart(world: World) -> None:
    actions.rate_self(levels={"C&I": 3}, by=world.actor("ben"), on=TODAY)
    actions.rate(school=world.oakfield, person=world.ben.pk, levels={"C&I": 1}, by=world.actor("amara"), on=TODAY)
    assert set(Rating.objects.values_list("source", "level")) == {("self", 3), ("senco", 1)}
    actions.rate(school=world.oakfield, person=world.ben.pk, levels={"C&I": 2}, by=world.actor("amara"), on=TODAY)
    assert Rating.objects.get(source="senco").level == 2 and Rating.objects.get(source="self").level == 3


@pytest.mark.parametrize("who", ["hari", "ben", "tess", "dev", "chloe"])
def test_only_the_senco_of_the_school_rates(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        actions.rate(school=world.oakfield, person=world.ben.pk, levels={"C&I": 1}, by=world.actor(who), on=TODAY)


def test_a_stranger_and_oneself_are_not_rated(world: World) -> None:
    for person, words in ((world.cal, "does not work"), (world.amara, "for you to say")):
        with pytest.raises(Refused, match=words):
            actions.rate(school=world.oakfield, person=person.pk, levels={"C&I": 1}, by=world.actor("amara"), on=TODAY)
    for levels in ({}, {"C&I": 9}, {"Sewing": 1}):
        with pytest.raises(Refused):
            actions.rate(school=world.oakfield, person=world.ben.pk, levels=levels, by=world.actor("amara"), on=TODAY)


def test_a_course_counts_once_it_is_approved(trust: World) -> None:
    draft = CourseDraft("Talk", "Us", "C&I", "educating", "skill", ["teachers"], "", "Plan", "Ask")
    course = actions.write_course(school=None, draft=draft, by=trust.actor("dev"), on=TODAY)
    with pytest.raises(Refused, match="the need"):
        actions.approve_course(course=course, by=trust.actor("dina"), on=TODAY)
    with pytest.raises(NotAllowed):
        actions.approve_course(course=course, by=trust.actor("dev"), on=TODAY)
    whole = CourseDraft("Talk", "Us", "C&I", "educating", "skill", ["teachers"], "Asked for", "Plan", "Ask")
    actions.write_course(school=None, draft=whole, by=trust.actor("dev"), on=TODAY, course=course)
    Touched.objects.all().delete()
    actions.approve_course(course=course, by=trust.actor("dina"), on=TODAY)
    assert Course.objects.get().approved_on == TODAY
    assert set(Touched.objects.values_list("school", flat=True)) == {trust.oakfield.pk, trust.brookside.pk}
    actions.write_course(school=None, draft=whole, by=trust.actor("dev"), on=TODAY, course=course)
    assert Course.objects.get().approved_on is None, "what is changed is approved again"


def test_a_school_keeps_its_own_courses(trust: World) -> None:
    draft = CourseDraft("Signs", "Us", "C&I", "educating", "skill", ["lunch"])
    actions.write_course(school=trust.oakfield, draft=draft, by=trust.actor("amara"), on=TODAY)
    for who, school in (("chloe", trust.oakfield), ("amara", None), ("ben", trust.oakfield)):
        with pytest.raises(NotAllowed):
            actions.write_course(school=school, draft=draft, by=trust.actor(who), on=TODAY)


def test_booking_and_coming_feed_the_record(world: World) -> None:
    session = a_session(a_course(world), TODAY + DAY)
    by = world.actor("amara")
    assert (
        actions.book(session=session, school=world.oakfield, people=[world.ben.pk, world.tess.pk], by=by, on=TODAY) == 2
    )
    assert actions.book(session=session, school=world.oakfield, people=[world.ben.pk], by=by, on=TODAY) == 0
    with pytest.raises(Refused, match="when the day has come"):
        actions.note_came(session=session, school=world.oakfield, came=[world.ben.pk], by=by, on=TODAY)
    with pytest.raises(Refused, match="colleagues of this school"):
        actions.book(session=session, school=world.oakfield, people=[world.cal.pk], by=by, on=TODAY)
    actions.note_came(session=session, school=world.oakfield, came=[world.ben.pk, world.hari.pk], by=by, on=TODAY + DAY)
    assert dict(Booking.objects.values_list("person__given", "came")) == {"Ben": True, "Tess": False, "Hari": True}
    clock = Deadline.objects.get(clock="S14-FOLLOW")
    assert clock.due == TODAY + 43 * DAY and clock.pupil_id is None and "0 of 2" in clock.why


def test_what_changed_closes_the_clock_and_goes_to_the_head(world: World) -> None:
    row = a_place(a_session(a_course(world)), world.ben, world.oakfield, came=True)
    taught_by(world.ben, world.oakfield, pupils=1)
    actions.say_changed(booking=row, words="I wait ten seconds now.", by=world.actor("ben"), on=TODAY)
    row.refresh_from_db()
    assert row.signer == world.hari and not Deadline.objects.filter(clock="S14-FOLLOW").exists()
    with pytest.raises(Refused, match="names out"):
        actions.say_changed(booking=row, words="I wait for Kit0 Zielak now.", by=world.actor("ben"), on=TODAY)
    with pytest.raises(Refused, match="for themselves"):
        actions.say_changed(booking=row, words="I wait ten seconds now.", by=world.actor("tess"), on=TODAY)
    with pytest.raises(Refused, match="somebody else"):
        actions.sign_off(booking=row, by=world.actor("amara"), on=TODAY)
    assert actions.sign_off(booking=row, by=world.actor("hari"), on=TODAY).signed_on == TODAY
    actions.say_changed(booking=row, words="I wait twenty seconds now.", by=world.actor("ben"), on=TODAY + DAY)
    row.refresh_from_db()
    assert (row.signed_on, row.signer) == (None, world.hari), "other words are signed anew"


def test_a_central_sign_off_goes_to_the_line_executive(trust: World) -> None:
    row = actions.book_self(session_id=a_session(a_course(trust)).pk, by=trust.actor("dev"), on=TODAY)
    with pytest.raises(Refused, match="No line executive"):
        actions.say_changed(booking=row, words="I ask schools first now.", by=trust.actor("dev"), on=TODAY)
    with pytest.raises(NotAllowed):
        actions.note_line(person=trust.dev, executive=trust.dina.pk, by=trust.actor("dev"), on=TODAY)
    with pytest.raises(Refused):
        actions.note_line(person=trust.dev, executive=trust.hari.pk, by=trust.actor("dina"), on=TODAY)
    actions.note_line(person=trust.dev, executive=trust.dina.pk, by=trust.actor("dina"), on=TODAY)
    actions.say_changed(booking=row, words="I ask schools first now.", by=trust.actor("dev"), on=TODAY)
    row.refresh_from_db()
    assert row.signer == trust.dina and Notice.objects.get(kind="training.sign").to == trust.dina
    with pytest.raises(Refused):
        actions.sign_off(booking=row, by=trust.actor("hari"), on=TODAY)
    actions.sign_off(booking=row, by=trust.actor("dina"), on=TODAY)


def test_a_place_is_taken_only_where_one_works(world: World) -> None:
    theirs = a_session(a_course(world, school=world.brookside))
    draft = a_session(a_course(world, approved=False))
    for session in (theirs, draft):
        with pytest.raises(NotFound):
            actions.book_self(session_id=session.pk, by=world.actor("ben"), on=TODAY)
    actions.book_self(session_id=a_session(a_course(world)).pk, by=world.actor("ben"), on=TODAY)
    assert Booking.objects.get().school == world.oakfield


def test_coaching_is_logged_by_team(world: World) -> None:
    draft = CoachingDraft("Maths", "coaching", "C&I", 4, TODAY)
    actions.log_coaching(school=world.oakfield, draft=draft, by=world.actor("amara"), on=TODAY)
    again = CoachingDraft(" maths ", "drop_in", "", 2, TODAY)
    actions.log_coaching(school=world.oakfield, draft=again, by=world.actor("amara"), on=TODAY)
    assert Team.objects.get().name == "Maths" and Coaching.objects.count() == 2
    bad: list[dict[str, Any]] = [{"team": " "}, {"people": 0}, {"day": TODAY + DAY}]
    for change in bad:
        values = {"team": "Maths", "how": "coaching", "area": "", "people": 1, "day": TODAY, **change}
        with pytest.raises(Refused):
            actions.log_coaching(
                school=world.oakfield, draft=CoachingDraft(**values), by=world.actor("amara"), on=TODAY
            )
    with pytest.raises(NotAllowed):
        actions.log_coaching(school=world.oakfield, draft=draft, by=world.actor("hari"), on=TODAY)


def test_a_colleague_without_an_account_counts_until_they_leave(world: World) -> None:
    row = actions.add_colleague(
        school=world.oakfield, given="Lou", family="Parry", group="lunch", by=world.actor("hari"), on=TODAY
    )
    assert not hasattr(Person.objects.get(pk=row.person_id), "account") and not Post.objects.filter(
        person=row.person_id
    )
    assert staff_of(world.oakfield.pk, on=TODAY)[row.person_id] == "lunch"
    for who in ("amara", "hari"):
        actions.colleague_left(colleague=row, last_day=TODAY, by=world.actor(who), on=TODAY)
    for day, words in ((TODAY - DAY, "noted on 23 November"), (TODAY + DAY, "when the day has come")):
        with pytest.raises(Refused, match=words):
            actions.colleague_left(colleague=row, last_day=day, by=world.actor("hari"), on=TODAY)
    for who in ("ben", "chloe", "dev"):
        with pytest.raises(NotAllowed):
            actions.colleague_left(colleague=row, last_day=TODAY, by=world.actor(who), on=TODAY)
    assert row.person_id in staff_of(world.oakfield.pk, on=TODAY), "the last day counts"
    assert row.person_id not in staff_of(world.oakfield.pk, on=TODAY + DAY)


def test_ticks_are_the_heads(world: World) -> None:
    assert actions.tick_appraisals(school=world.oakfield, people=[world.ben.pk], by=world.actor("hari"), on=TODAY) == 1
    assert actions.tick_appraisals(school=world.oakfield, people=[world.ben.pk], by=world.actor("hari"), on=TODAY) == 0
    with pytest.raises(NotAllowed):
        actions.tick_appraisals(school=world.oakfield, people=[world.ben.pk], by=world.actor("amara"), on=TODAY)
    with pytest.raises(Refused):
        actions.tick_appraisals(school=world.oakfield, people=[world.cal.pk], by=world.actor("hari"), on=TODAY)
