"""Pages: what each reader sees, what is hidden from them, and that no form takes a state."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from alongside.areas.duties import actions
from alongside.areas.duties.models import Explanation, Standing
from alongside.base.people.models import Person
from tests.people import SEPTEMBER, TODAY, World, a_person, a_post, a_pupil, words_of

DAY = timedelta(days=1)


@pytest.fixture
def full(world: World) -> World:
    """One pupil with SEN support and no provision at Oakfield; a governor, a director; all worked out."""
    status = apps.get_model("register", "Status")  # an area above this one, so it is asked for by name
    status.objects.create(
        pupil=a_pupil(world.oakfield, "Kuba", "Zielak"), school=world.oakfield, code="K", since=SEPTEMBER
    )
    for key, role, school in (("gov", "governor", world.oakfield), ("dina", "director", None)):
        world.people[key] = a_person(key.title(), "Lowe")
        a_post(world.people[key], role, school)
    actions.refresh(schools=[world.oakfield.pk, world.brookside.pk], on=TODAY)
    actions.refresh_trust(on=TODAY)
    return world


def test_the_board_shows_each_section_and_the_twelve_families(full: World, as_: Any) -> None:
    words = words_of(as_(full.amara).get("/duties/"))
    assert "Duties, Oakfield Primary School" in words
    assert "Section 6: The graduated approach" in words and "Section 19" in words
    assert "12 Records, publishing, complaints and policy" in words
    assert "proved by records" in words


def test_a_family_and_a_state_narrow_the_board(full: World, as_: Any) -> None:
    browser = as_(full.hari)
    words = words_of(browser.get(f"/duties/?school={full.oakfield.pk}&family=3&state=at_risk"))
    assert "Special provision means additional or different" in words
    assert "Find pupils making less" not in words


def test_a_save_shows_on_the_board_at_once(full: World, as_: Any) -> None:
    Standing.objects.filter(duty="S00-23").update(state="met")
    actions.touch(school=full.oakfield.pk, slice_="provision")
    as_(full.amara).get("/duties/")
    assert Standing.objects.get(duty="S00-23", school=full.oakfield, until=None).state == "at_risk"


def test_whoever_may_read_the_file_is_told_which_pupils(full: World, as_: Any) -> None:
    words = words_of(as_(full.amara).get(f"/duties/{full.oakfield.pk}/S00-23/"))
    assert "Kuba Zielak" in words and "1 at risk, of 1 case" in words


@pytest.mark.parametrize("who", ["gov", "dina", "dev", "dana"])
def test_nobody_else_is_told_a_name_or_a_small_number(full: World, as_: Any, who: str) -> None:
    browser = as_(full.people[who])
    alone = words_of(browser.get(f"/duties/{full.oakfield.pk}/S00-23/"))
    assert "Zielak" not in alone and "1 at risk" not in alone and "figures are not shown" in alone
    for address in (f"/duties/?school={full.oakfield.pk}", f"/duties/statement/{full.oakfield.pk}/"):
        words = words_of(browser.get(address))
        row = words.partition("Special provision means")[2].partition("</tr>")[0]
        assert "Zielak" not in words and "1 at risk" not in row and "figures are not shown" in row


def test_a_school_is_closed_to_another_schools_senco(full: World, as_: Any) -> None:
    for address in (f"/duties/?school={full.oakfield.pk}", f"/duties/{full.oakfield.pk}/S00-23/"):
        assert as_(full.chloe).get(address).status_code == 404
        assert as_(full.amara).get(address).status_code == 200


def test_the_trust_sees_its_schools_side_by_side(full: World, as_: Any) -> None:
    assert as_(full.dev).get("/duties/")["Location"] == "/duties/trust/"
    words = words_of(as_(full.dev).get("/duties/trust/"))
    assert "Oakfield Primary" in words and "Brookside Primary" in words and "Somebody’s word" in words
    assert as_(full.amara).get("/duties/trust/").status_code == 404


def test_a_duty_of_schools_and_trust_lists_the_schools(full: World, as_: Any) -> None:
    words = words_of(as_(full.dina).get("/duties/trust/S00-13/"))
    assert "School by school" in words and "Brookside Primary" in words
    assert as_(full.dina).get("/duties/trust/S00-23/").status_code == 404, "the trust does not hold that one"


def test_the_statement_is_of_the_day_that_is_asked_for(full: World, as_: Any) -> None:
    Standing.objects.filter(duty="S02-08", school=full.oakfield).update(
        since=TODAY - 40 * DAY, until=TODAY - 10 * DAY, state="overdue"
    )
    browser = as_(full.hari)
    then = words_of(browser.get(f"/duties/statement/{full.oakfield.pk}/?on=20+Oct+2026"))
    assert "20 October 2026" in then and "Designate a teacher as SENCO" in then and "Overdue" in then
    assert "Nothing is known of that day" in words_of(
        browser.get(f"/duties/statement/{full.oakfield.pk}/?on=1+Jan+2020")
    )
    assert "has not come" in words_of(browser.get(f"/duties/statement/{full.oakfield.pk}/?on=1+Jan+2030"))
    assert "statement is of today" in words_of(browser.get(f"/duties/statement/{full.oakfield.pk}/?on=soon"))


def test_the_head_attests_and_the_page_says_so(full: World, as_: Any) -> None:
    address = f"/duties/{full.oakfield.pk}/S03-44/"
    browser = as_(full.hari)
    answer = browser.post(f"{address}attest/", {"item": "Minutes of 3 November", "expires_on": "1 July 2027"})
    assert answer["Location"] == address
    words = words_of(browser.get(address))
    assert "Minutes of 3 November" in words and "Somebody’s word" in words and "state-met" in words


@pytest.mark.parametrize("field", ["state", "met", "evidence", "colour"])
def test_a_state_cannot_be_typed(full: World, as_: Any, field: str) -> None:
    address = f"/duties/{full.oakfield.pk}/S00-23/"
    as_(full.hari).post(f"{address}explain/", {"words": "Groups begin next week.", field: "met"})
    row = Standing.objects.get(duty="S00-23", school=full.oakfield, until=None)
    assert (row.state, row.evidence) == ("at_risk", "computed")
    assert Explanation.objects.filter(duty="S00-23").count() == 1, "the explanation itself is taken"
    assert as_(full.hari).post(address, {"state": "met"}).status_code == 405


def test_what_cannot_be_said_is_not_there(full: World, as_: Any) -> None:
    for verb, code in (("attest", "S00-23"), ("observe", "S03-44"), ("observe", "S03-27")):
        assert as_(full.hari).get(f"/duties/{full.oakfield.pk}/{code}/{verb}/").status_code == 404
    assert as_(full.dina).get(f"/duties/{full.oakfield.pk}/S03-27/observe/").status_code == 200


def test_a_refused_word_says_why(full: World, as_: Any) -> None:
    answer = as_(full.hari).post(
        f"/duties/{full.oakfield.pk}/S03-44/attest/", {"item": "Yes", "expires_on": "1 July 2027"}
    )
    assert "Say what shows it" in words_of(answer)


def people(full: World) -> list[Person]:
    return [full.amara, full.dina, full.dev]


def test_the_board_asks_a_fixed_number_of_questions(full: World, as_: Any, django_assert_max_num_queries: Any) -> None:
    browsers = [as_(person) for person in people(full)]
    with django_assert_max_num_queries(24):
        browsers[0].get("/duties/")
    with django_assert_max_num_queries(20):
        browsers[1].get("/duties/trust/")


@pytest.mark.parametrize("number", ["²", "9" * 40, "-1", "x"])
def test_an_address_with_no_number_in_it_is_read_as_none(full: World, as_: Any, number: str) -> None:
    assert as_(full.amara).get(f"/duties/?school={number}&family={number}").status_code in (200, 404)


def test_a_duty_page_says_what_its_state_rests_on_and_whose_time_limit_it_is(full: World, as_: Any) -> None:
    browser, at = as_(full.amara), f"/duties/{full.oakfield.pk}"
    assert "Pupils on the register with at least one line" in words_of(browser.get(f"{at}/S00-23/"))
    assert "Two people who saw it in the last six months" in words_of(browser.get(f"{at}/S03-27/"))
    assert "A named person’s dated word" in words_of(browser.get(f"{at}/S03-44/"))
    timed = words_of(browser.get(f"{at}/S00-14/"))
    assert "10 school days from the day" in timed and "SEND policy" in timed


def test_a_statement_takes_a_day_without_its_year_as_one_that_was(full: World, as_: Any) -> None:
    answer = as_(full.amara).get(f"/duties/statement/{full.oakfield.pk}/?on=24+Dec")
    assert "24 December 2025" in words_of(answer)
