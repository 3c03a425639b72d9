"""What training proves: each function for met and for not met."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from alongside.areas.training.models import (
    Answered,
    Appraised,
    Booking,
    Coaching,
    Colleague,
    Course,
    Line,
    Rating,
    Session,
    Team,
)
from alongside.areas.training.tests.builders import a_course, a_place, a_rating, a_session, taught_by
from alongside.base.access.models import Post
from tests.evidence import states
from tests.people import SEPTEMBER, TODAY, World, a_person, a_post

DAY = timedelta(days=1)


@pytest.fixture
def small(world: World) -> World:
    """Oakfield with one teacher, Ben, and one assistant, Tess, and nobody else who is rated."""
    Post.objects.filter(school=world.oakfield).exclude(person__in=[world.ben, world.tess]).delete()
    return world


def test_staff_are_rated_by_the_senco(small: World) -> None:
    school = small.oakfield
    assert states("S14-03", school.pk) == {"overdue": 2}
    a_rating(small.ben, school, 2)
    a_rating(small.tess, school, 2, source="self")
    assert states("S14-03", school.pk) == {"met": 1, "at_risk": 1}
    Rating.objects.update(on=TODAY - 366 * DAY)
    assert states("S14-03", school.pk) == {"overdue": 2}
    Post.objects.filter(person=small.tess).update(since=TODAY - 10 * DAY)
    assert states("S14-03", school.pk) == {"overdue": 1, "due": 1}, "somebody new has half a term"


def test_nobody_is_awaited_to_rate_themselves(world: World) -> None:
    Post.objects.filter(school=world.oakfield).exclude(person__in=[world.amara, world.ben]).delete()
    a_rating(world.ben, world.oakfield, 2)
    assert states("S14-03", world.oakfield.pk) == {"met": 1}, "the SENCO’s own level is for the SENCO to say"
    a_post(a_person("Cover"), "cover_senco", world.oakfield, since=SEPTEMBER)
    found = states("S14-03", world.oakfield.pk)
    assert found["met"] == 1 and sum(found.values()) == 3, "now each of the two may rate the other"


def test_gaps_lead_to_training(small: World) -> None:
    school = small.oakfield
    assert states("S14-04", school.pk) == {}
    taught_by(small.ben, school)
    assert states("S14-04", school.pk) == {"at_risk": 1}, "teaching without a rating is a gap"
    a_rating(small.ben, school, 2, source="self")
    assert states("S14-04", school.pk) == {}, "skilled by their own word, as long as the SENCO has said nothing"
    a_rating(small.ben, school, 1)
    assert states("S14-04", school.pk) == {"at_risk": 1}
    session = a_session(a_course(small), TODAY + 5 * DAY)
    place = a_place(session, small.ben, school)
    assert states("S14-04", school.pk) == {"due": 1}
    Session.objects.update(held_on=TODAY - 10 * DAY)
    assert states("S14-04", school.pk) == {"at_risk": 1}, "a day that has passed without them is no plan"
    Booking.objects.filter(pk=place.pk).update(came=True)
    assert states("S14-04", school.pk) == {"due": 1}
    Booking.objects.filter(pk=place.pk).update(changed="I wait", changed_on=TODAY)
    assert states("S14-04", school.pk) == {"met": 1}
    Course.objects.update(approved_on=None)
    assert states("S14-04", school.pk) == {"at_risk": 1}, "a draft counts for nothing"
    Course.objects.update(approved_on=SEPTEMBER, area="SEMH")
    assert states("S14-04", school.pk) == {"at_risk": 1}, "another area's course"


@pytest.mark.parametrize(
    ("senco", "own", "gap"),
    [
        (None, None, True), (None, 0, True), (None, 1, True), (None, 2, False), (None, 3, False), (0, 3, True),
        (1, 2, True), (2, 0, False), (2, None, False), (3, 1, False), (1, None, True),
    ],
)  # fmt: skip
def test_ones_own_word_never_stands_in_for_the_sencos(
    small: World, senco: int | None, own: int | None, gap: bool
) -> None:
    for source, level in (("senco", senco), ("self", own)):
        if level is not None:
            a_rating(small.ben, small.oakfield, level, source=source)
    assert states("S14-04", small.oakfield.pk) == {}, "whoever teaches no such pupil has no gap"
    taught_by(small.ben, small.oakfield, pupils=1)
    assert states("S14-04", small.oakfield.pk) == ({"at_risk": 1} if gap else {})


def test_a_gap_is_against_the_pupils_taught_now(small: World) -> None:
    from alongside.areas.register.models import Status

    taught_by(small.ben, small.oakfield, pupils=1)
    assert states("S14-04", small.oakfield.pk) == {"at_risk": 1}
    Status.objects.update(until=TODAY - DAY)
    assert states("S14-04", small.oakfield.pk) == {}


def test_shared_needs_are_answered(small: World) -> None:
    school = [small.oakfield.pk]
    people = [a_person(f"Tam{number}") for number in range(5)]
    for number, person in enumerate(people):
        a_post(person, "teacher", small.oakfield)
        if number:
            taught_by(person, small.oakfield, pupils=1)
    assert states("S14-05", None, school) == {}, "four colleagues are no need of the trust"
    taught_by(people[0], small.oakfield, pupils=1)
    assert states("S14-05", None, school) == {"overdue": 1}
    Answered.objects.create(area="C&I", answer="other", reason="A visit", on=TODAY, by=small.dev)
    assert states("S14-05", None, school) == {"met": 1}
    Answered.objects.update(on=TODAY - 127 * DAY)
    assert states("S14-05", None, school) == {"overdue": 1}


def test_everybody_learns(small: World) -> None:
    school = [small.oakfield.pk]
    cook = a_person("Lou")
    Colleague.objects.create(school=small.oakfield, person=cook, group="lunch", since=SEPTEMBER)
    assert states("S14-01", None, school) == {"at_risk": 3}
    a_place(a_session(a_course(small)), cook, small.oakfield, came=True)
    assert states("S14-01", None, school) == {"met": 1, "at_risk": 2}
    Booking.objects.update(came=False)
    assert states("S14-01", None, school) == {"at_risk": 3}


def test_courses_are_as_the_policy_asks(small: World) -> None:
    assert states("S14-02", None, [small.oakfield.pk]) == {}
    a_course(small)
    assert states("S14-02", None, [small.oakfield.pk]) == {"met": 1}
    for change in ({"need": ""}, {"objective": ""}, {"evaluation": ""}, {"approved_on": None}):
        a_course(small, **change)
    assert states("S14-02", None, [small.oakfield.pk]) == {"met": 1, "at_risk": 4}


def test_every_part_of_the_staff_has_a_course(small: World) -> None:
    assert states("S03-16", None, [small.oakfield.pk]) == {"at_risk": 5}
    session = a_session(a_course(small))
    assert states("S03-16", None, [small.oakfield.pk]) == {"at_risk": 5}, "a day to which nobody came proves nothing"
    place = a_place(session, small.ben, small.oakfield, came=True)
    assert states("S03-16", None, [small.oakfield.pk]) == {"met": 2, "at_risk": 3}, "lunch staff at none"
    Booking.objects.filter(pk=place.pk).update(came=None)
    assert states("S03-16", None, [small.oakfield.pk]) == {"at_risk": 5}
    Booking.objects.filter(pk=place.pk).update(came=True)
    Session.objects.filter(pk=session.pk).update(held_on=TODAY + DAY)
    assert states("S03-16", None, [small.oakfield.pk]) == {"at_risk": 5}


def test_appraisals_cover_pupils_at_risk(small: World) -> None:
    assert states("S03-42", small.oakfield.pk) == {"due": 1}
    Post.objects.filter(person=small.ben).update(since=date(2025, 9, 1))
    assert states("S03-42", small.oakfield.pk) == {"overdue": 1}
    Appraised.objects.create(school=small.oakfield, person=small.ben, on=TODAY - 365 * DAY, by=small.hari)
    assert states("S03-42", small.oakfield.pk) == {"met": 1}
    Appraised.objects.update(on=TODAY - 366 * DAY)
    assert states("S03-42", small.oakfield.pk) == {"overdue": 1}


def test_teams_are_guided(small: World) -> None:
    assert states("S03-57", small.oakfield.pk) == {}
    team = Team.objects.create(school=small.oakfield, name="Maths")
    assert states("S03-57", small.oakfield.pk) == {"at_risk": 1}
    Coaching.objects.create(school=small.oakfield, team=team, how="coaching", people=3, day=TODAY, by=small.amara)
    assert states("S03-57", small.oakfield.pk) == {"met": 1}
    Coaching.objects.update(day=date(2026, 7, 1))
    assert states("S03-57", small.oakfield.pk) == {"at_risk": 1}


def test_central_staff_have_a_line_executive(small: World) -> None:
    school = [small.oakfield.pk]
    dina = a_person("Dina")
    assert states("S00-05", None, school) == {"not_evidenced": 1}
    Line.objects.create(person=small.dev, executive=dina, since=SEPTEMBER)
    assert states("S00-05", None, school) == {"not_evidenced": 1}, "an executive leads at the trust"
    a_post(dina, "director", None)
    assert states("S00-05", None, school) == {"met": 1}
