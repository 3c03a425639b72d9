"""Training on the page: one's own and nobody else's, counts for the trust, ticks without words."""

from __future__ import annotations

from typing import Any

import pytest

from alongside.areas.training.models import Appraised, Booking, Colleague, Line, Rating
from alongside.areas.training.tests.builders import a_course, a_place, a_rating, a_session, taught_by
from tests.people import TODAY, World, a_person, a_post, words_of


@pytest.fixture
def full(world: World) -> World:
    """Ben teaches five pupils with needs in communication and does not know how; Dina directs, Gwen governs."""
    for key, role, where in (("gwen", "governor", world.oakfield), ("dina", "director", None)):
        world.people[key] = a_person(key.title(), "Lowe")
        a_post(world.people[key], role, where)
    taught_by(world.ben, world.oakfield)
    a_rating(world.ben, world.oakfield, 3, source="self")
    a_rating(world.ben, world.oakfield, 1)
    return world


def test_the_grid_shows_both_ratings_and_the_gap(full: World, as_: Any) -> None:
    for who in ("amara", "hari"):
        words = words_of(as_(full.people[who]).get("/training/staff/"))
        line = words.partition("Ben Whitlock")[2].partition("</tr>")[0]
        assert "Shows others" in line and "Knows of it" in line and "5 pupils" in line and "Gap" in line
        assert "Zielak" not in words and "Cal Frost" not in words


@pytest.mark.parametrize("who", ["ben", "tess", "dana", "gus", "dev", "dina", "gwen", "sys"])
def test_nobody_else_sees_the_grid(full: World, as_: Any, who: str) -> None:
    assert as_(full.people[who]).get("/training/staff/").status_code == 404
    assert as_(full.people[who]).get(f"/training/staff/{full.ben.pk}/").status_code == 404


def test_ones_own_record_is_ones_own(full: World, as_: Any) -> None:
    row = a_place(a_session(a_course(full)), full.ben, full.oakfield, came=True, changed="I wait", changed_on=TODAY)
    own = words_of(as_(full.ben).get("/training/"))
    assert "Knows of it" in own and "I wait" in own and "Zielak" not in own
    for who in ("tess", "gus", "dev", "cal"):
        other = words_of(as_(full.people[who]).get("/training/"))
        assert "I wait" not in other and "Whitlock" not in other and "Knows of it</td>" not in other
        assert (
            as_(full.people[who]).post(f"/training/changed/{row.pk}/", {"words": "Mine now, it is"}).status_code == 404
        )
        assert as_(full.people[who]).post(f"/training/sign/{row.pk}/").status_code == 404
    assert Booking.objects.get().changed == "I wait"


def test_for_how_many_pupils_is_said_only_by_right(full: World, as_: Any) -> None:
    assert "Pupils I teach" in words_of(as_(full.ben).get("/training/"))
    from alongside.base.pupils.models import Pupil
    from tests.people import supports

    supports(full.tess, Pupil.objects.filter(family_name="Zielak")[0])
    assert "Pupils I teach" not in words_of(as_(full.tess).get("/training/")), "a brief names no need"


def test_somebody_without_a_school_here_still_has_a_record(full: World, as_: Any) -> None:
    person = a_person("Cary")
    a_post(person, "careers", full.oakfield)
    row = a_place(a_session(a_course(full)), person, full.oakfield, came=True)
    as_(person).post("/training/", {"area_0": "2"})
    assert Rating.objects.get(person=person).school == full.oakfield
    assert "Does it" in words_of(as_(person).get("/training/"))
    assert as_(person).post(f"/training/changed/{row.pk}/", {"words": "I ask before I plan."}).status_code == 302
    assert Booking.objects.get().signer == full.hari


def test_whoever_works_for_the_trust_and_sees_no_school_is_signed_off_too(full: World, as_: Any) -> None:
    person = a_person("Dot")
    a_post(person, "dpo", None)
    Line.objects.create(person=person, executive=full.people["dina"], since=TODAY)
    as_(person).post(f"/training/join/{a_session(a_course(full)).pk}/")
    row = Booking.objects.get(person=person)
    assert as_(person).post(f"/training/changed/{row.pk}/", {"words": "I ask before I plan."}).status_code == 302
    assert as_(full.people["dina"]).post(f"/training/sign/{row.pk}/").status_code == 302
    assert Booking.objects.get(pk=row.pk).signed_on == TODAY


@pytest.mark.parametrize(
    "more", [{"notes": "Kuba struggles"}, {"person": "Kuba"}, {"pupil": "1"}, {"person": "1; drop"}]
)
def test_words_about_an_appraisal_are_refused(full: World, as_: Any, more: dict[str, str]) -> None:
    browser = as_(full.hari)
    words = words_of(browser.post("/training/appraisals/", {"person": str(full.ben.pk), **more}))
    assert "Only a tick is kept here" in words and not Appraised.objects.exists()
    assert browser.post("/training/appraisals/", {"person": str(full.ben.pk)}).status_code == 302
    assert Appraised.objects.get().person == full.ben


def test_the_page_of_appraisals_has_no_place_for_words(full: World, as_: Any) -> None:
    main = words_of(as_(full.hari).get("/training/appraisals/")).partition("<main")[2].partition("</main>")[0]
    assert "<textarea" not in main and 'type="text"' not in main and main.count("checkbox") == 1


def test_the_pool_counts_and_names_nobody(full: World, as_: Any) -> None:
    words = words_of(as_(full.dev).get("/training/trust/"))
    assert "fewer than 5" in words and "Whitlock" not in words and "Oakfield" not in words
    for number in range(5):
        person = a_person(f"Tam{number}")
        a_post(person, "teacher", full.brookside)
        taught_by(person, full.brookside, pupils=1)
    words = words_of(as_(full.dev).get("/training/trust/"))
    line = words.partition("Communication and interaction")[2].partition("</tr>")[0]
    assert ">6<" in line and "No answer yet" in line and "Tam" not in words
    as_(full.dev).post("/training/trust/0/", {"answer": "no", "reason": "Next year"})
    assert "Next year" in words_of(as_(full.dina).get("/training/trust/"))
    assert as_(full.dev).get("/training/trust/9/").status_code == 404


def test_coverage_shows_lunch_staff_at_none(full: World, as_: Any) -> None:
    as_(full.amara).post("/training/staff/add/", {"given": "Lou", "family": "Parry", "group": "lunch"})
    for who in ("amara", "gwen", "dev"):
        words = words_of(as_(full.people[who]).get("/training/coverage/"))
        line = words.partition("Lunch and site staff")[2].partition("</tr>")[0]
        assert "None" in line and ">1<" in line
        assert ("Lou Parry" in words) == (who == "amara")


def test_a_course_of_another_school_is_not_there(full: World, as_: Any) -> None:
    theirs = a_course(full, school=full.brookside)
    day = a_session(theirs)
    for address in (
        f"/training/courses/{theirs.pk}/",
        f"/training/sessions/{day.pk}/",
        f"/training/courses/{theirs.pk}/change/",
    ):
        assert as_(full.amara).get(address).status_code == 404
        assert as_(full.chloe).get(address).status_code == 200


def test_the_central_team_sees_counts_of_a_session(full: World, as_: Any) -> None:
    course = a_course(full)
    a_place(a_session(course), full.ben, full.oakfield, came=True)
    words = words_of(as_(full.dev).get(f"/training/courses/{course.pk}/"))
    assert "fewer than 5" in words and "Whitlock" not in words


def test_hostile_ratings_are_not_kept(full: World, as_: Any) -> None:
    before = Rating.objects.count()
    for typed in ({"area_0": "9"}, {"area_0": "2 or 1=1"}, {}, {"area_9": "2"}):
        assert as_(full.amara).post(f"/training/staff/{full.ben.pk}/", typed).status_code == 200
    assert Rating.objects.count() == before


def test_who_has_left_is_noted_where_one_books(full: World, as_: Any) -> None:
    as_(full.amara).post("/training/staff/add/", {"given": "Lou", "family": "Parry", "group": "lunch"})
    row = Colleague.objects.get()
    address = f"/training/colleagues/{row.pk}/left/"
    assert address in words_of(as_(full.hari).get("/training/coverage/"))
    for who in ("ben", "chloe", "gwen", "dina", "dev", "sys"):
        assert address not in words_of(as_(full.people[who]).get("/training/coverage/"))
        assert as_(full.people[who]).post(address, {"last_day": "23 Nov"}).status_code == 404
    for typed in ("", "yesterday", "22 Nov 2026", "1 Jan 2031", "<b>"):
        assert as_(full.hari).post(address, {"last_day": typed}).status_code == 200
    assert Colleague.objects.get().until is None
    assert as_(full.hari).post(address, {"last_day": "23 Nov"})["Location"] == "/training/coverage/"
    assert Colleague.objects.get().until == TODAY
