"""The SENCO's post on the page: whole for its keepers, by states for governors, and no way to say another's view."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.areas.register.models import Status
from alongside.areas.workforce.models import Agreed, Appointment, View
from tests.people import SEPTEMBER, TODAY, World, a_person, a_post, a_pupil, a_school, an_appointment, words_of

DAY = timedelta(days=1)


@pytest.fixture
def full(world: World) -> World:
    for key, role, where in (
        ("gwen", "governor", world.oakfield),
        ("chair", "chair", world.oakfield),
        ("dina", "director", None),
    ):
        world.people[key] = a_person(key.title(), "Lowe")
        a_post(world.people[key], role, where)
    Agreed.objects.create(school=world.oakfield, since=SEPTEMBER, hours=12, admin=3, by=world.hari)
    View.objects.create(school=world.oakfield, person=world.amara, enough=False, words="No time for lessons.", on=TODAY)
    return world


def test_head_senco_and_director_see_the_words(full: World, as_: Any) -> None:
    for who in ("hari", "amara", "dina"):
        words = words_of(as_(full.people[who]).get(f"/senco/{full.oakfield.pk}/"))
        assert "No time for lessons." in words and "Ms Adeyemi" in words and "12 a week" in words


def test_the_director_reads_no_small_number_of_pupils(full: World, as_: Any) -> None:
    for number in range(2):
        pupil = a_pupil(full.oakfield, f"Kuba{number}")
        Status.objects.create(pupil=pupil, school=full.oakfield, code="K", since=SEPTEMBER)
    said = {
        who: words_of(as_(full.people[who]).get(f"/senco/{full.oakfield.pk}/")) for who in ("hari", "amara", "dina")
    }
    for who, words in said.items():
        found = re.search(r"On SEN support</dt>\s*<dd>([^<]*)<", words)
        assert found and found[1] == ("fewer than 5" if who == "dina" else "2"), who


@pytest.mark.parametrize("schools", [1, 6])
def test_the_trusts_list_takes_the_same_statements_at_any_size(full: World, as_: Any, schools: int) -> None:
    for number in range(schools):
        an_appointment(a_person(f"Sam{number}"), a_school(f"Elm {number} Primary School"))
    browser = as_(full.dina)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get("/senco/schools/").status_code == 200
    assert sum("workforce_qualification" in query["sql"] and "with cases" not in query["sql"].lower()
               for query in asked.captured_queries) <= 2  # fmt: skip


@pytest.mark.parametrize("who", ["gwen", "chair", "dev", "dana"])
def test_governors_see_how_it_stands_and_no_word_of_it(full: World, as_: Any, who: str) -> None:
    words = words_of(as_(full.people[who]).get(f"/senco/{full.oakfield.pk}/"))
    assert "At risk" in words and "No time" not in words and "12 a week" not in words and "Adeyemi" not in words


def test_the_head_reads_the_view_and_cannot_write_it(full: World, as_: Any) -> None:
    page = words_of(as_(full.hari).get(f"/senco/{full.oakfield.pk}/"))
    assert "Is my time enough?" not in page and "Note my week" not in page
    for part in ("view", "week"):
        assert as_(full.hari).post(f"/senco/{full.oakfield.pk}/{part}/", {"enough": "yes"}).status_code == 404
    as_(full.amara).post(f"/senco/{full.oakfield.pk}/view/", {"enough": "yes", "words": ""})
    assert View.objects.first().enough is True  # type: ignore[union-attr]


def test_another_schools_post_is_not_there(full: World, as_: Any) -> None:
    assert as_(full.chloe).get(f"/senco/{full.oakfield.pk}/").status_code == 404
    row = Appointment.objects.get(person=full.amara)
    address = f"/senco/{full.oakfield.pk}/appointments/{row.pk}/end/"
    assert as_(full.chloe).get(address).status_code == 404
    assert as_(full.dina).get(f"/senco/{full.brookside.pk}/appointments/{row.pk}/end/").status_code == 404
    assert as_(full.hari).get(address).status_code == as_(full.dina).get(address).status_code == 200


def test_the_director_sees_schools_side_by_side_and_the_board_only_states(full: World, as_: Any) -> None:
    assert as_(full.dina).get("/senco/")["Location"] == "/senco/schools/"
    words = words_of(as_(full.dina).get("/senco/schools/"))
    assert "Ms Adeyemi" in words and "Ms Marsh" in words
    assert "Adeyemi" not in words_of(as_(full.dev).get("/senco/schools/"))


def test_a_course_that_is_no_equivalent_is_refused_with_its_reason(full: World, as_: Any) -> None:
    row = Appointment.objects.get(person=full.amara)
    address = f"/senco/{full.oakfield.pk}/appointments/{row.pk}/course/"
    typed = {"award": "other", "provider": "A college", "started_on": "2 February 2026"}
    words = words_of(as_(full.hari).post(address, typed))
    assert "Only two qualifications count" in words and "A college" in words
    assert as_(full.hari).post(address, {**typed, "award": "npq"}).status_code == 302


def test_a_gap_stands_on_the_page(full: World, as_: Any) -> None:
    Appointment.objects.filter(person=full.amara).update(until=TODAY - DAY)
    for who in ("hari", "gwen"):
        assert "no SENCO since 23 Nov 2026" in words_of(as_(full.people[who]).get(f"/senco/{full.oakfield.pk}/"))


@pytest.mark.parametrize(
    "typed",
    [
        {"hours": "1e5", "admin": "0", "limit": "10", "since": "23 Nov"}, {"hours": "NaN", "admin": "-1", "limit": "10"},
        {"hours": "12", "admin": "3", "limit": "99", "since": "23 Nov"}, {"hours": "<b>", "since": "never"}, {},
    ],
)  # fmt: skip
def test_hours_typed_wrongly_are_said_and_not_kept(full: World, as_: Any, typed: dict[str, str]) -> None:
    answer = as_(full.hari).post(f"/senco/{full.oakfield.pk}/hours/", typed)
    assert answer.status_code == 200 and Agreed.objects.count() == 1
