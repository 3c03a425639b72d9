"""The headteacher's sign-off of a term: when it is asked for, by whom, once, and what it proves."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from alongside.areas.duties import actions, signing
from alongside.areas.duties.models import SignOff, Standing
from alongside.base.access.models import Post
from alongside.base.history.models import Event
from alongside.kit import NotAllowed, NotFound, Refused
from alongside.law.calendar import SchoolCalendar, Term
from tests.evidence import states
from tests.people import TODAY, World, a_pupil, words_of

DAY = timedelta(days=1)
AUTUMN, SPRING = (2026, "autumn"), (2026, "spring")
SAID = "Two reviews ran late; both have a new day."


def terms(*rows: tuple[str, date, date]) -> tuple[signing.WholeTerm, ...]:
    return signing.terms_of(SchoolCalendar(tuple(Term(*row) for row in rows)))


YEAR = terms(
    ("Autumn 1", date(2026, 9, 2), date(2026, 10, 23)), ("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),
    ("Spring 1", date(2027, 1, 4), date(2027, 2, 12)), ("Spring 2", date(2027, 2, 22), date(2027, 3, 25)),
    ("Summer", date(2027, 4, 12), date(2027, 7, 21)),
)  # fmt: skip


def test_half_terms_are_one_term_that_opens_with_its_last_half() -> None:
    assert [(term.words, term.first, term.last) for term in YEAR] == [
        ("autumn term 2026/27", date(2026, 9, 2), date(2026, 12, 18)),
        ("spring term 2026/27", date(2027, 1, 4), date(2027, 3, 25)),
        ("summer term 2026/27", date(2027, 4, 12), date(2027, 7, 21)),
    ]
    assert [term.opens for term in YEAR] == [date(2026, 11, 2), date(2027, 2, 22), date(2027, 6, 2)]


@pytest.mark.parametrize(
    ("name", "first", "season"),
    [
        ("Term 1", date(2026, 9, 2), "autumn"), ("Term 2", date(2026, 11, 2), "autumn"), ("Term 3", date(2027, 1, 4), "spring"),
        ("Term 6", date(2027, 6, 7), "summer"), ("Michaelmas", date(2026, 9, 2), "autumn"), ("Lent", date(2027, 1, 4), "spring"),
        ("Term 9", date(2027, 4, 12), "summer"), ("Half 2", date(2026, 11, 2), "autumn"), ("SPRING 2", date(2027, 2, 22), "spring"),
    ],
)  # fmt: skip
def test_a_term_is_known_by_its_name_or_its_month(name: str, first: date, season: str) -> None:
    assert signing.season_of(Term(name, first, first + 30 * DAY)) == season


@pytest.mark.parametrize(
    ("on", "signed", "since", "asked"),
    [
        (date(2026, 11, 1), [], None, None), (date(2026, 11, 2), [], None, AUTUMN), (date(2026, 11, 2), [AUTUMN], None, None),
        (date(2027, 3, 1), [], None, AUTUMN), (date(2027, 3, 1), [AUTUMN], None, SPRING),
        (date(2027, 3, 1), [], date(2026, 12, 19), SPRING), (date(2027, 3, 1), [], date(2026, 12, 18), AUTUMN),
        (date(2028, 1, 9), [], None, SPRING),
    ],
)  # fmt: skip
def test_the_earliest_term_that_waits_is_asked_for(
    on: date, signed: list[tuple[int, str]], since: date | None, asked: tuple[int, str] | None
) -> None:
    found = signing.asked_for(YEAR, signed, since=since, on=on)
    assert (found.key if found else None) == asked


def test_why_no_term_waits() -> None:
    assert "not entered" in str(signing.why_not_now((), TODAY))
    assert "from its last half on, from 2 Nov 2026" in str(signing.why_not_now(YEAR, date(2026, 10, 1)))
    assert "autumn term 2026/27 is signed off already" in str(signing.why_not_now(YEAR, TODAY))


def sign(
    world: World, name: str = "hari", term: tuple[int, str] = AUTUMN, comment: str = SAID, on: date = TODAY
) -> SignOff:
    return actions.sign_off(school=world.oakfield, term=term, comment=comment, by=world.actor(name), on=on)


def test_a_sign_off_keeps_how_duties_stood(world: World) -> None:
    for code, state in (("S02-08", "overdue"), ("S03-27", "overdue"), ("S03-44", "at_risk"), ("S03-02", "met")):
        Standing.objects.create(
            school=world.oakfield, duty=code, state=state, evidence="computed", since=TODAY, computed_on=TODAY
        )
    made = sign(world)
    assert (made.late, made.at_risk, made.comment, made.by_id) == (2, 1, SAID, world.hari.pk)
    Standing.objects.filter(state="overdue").update(state="met")
    made.refresh_from_db()
    assert made.late == 2
    assert Event.objects.get(kind="duties.signed_off").facts["term"] == "autumn term 2026/27"
    assert Standing.objects.get(school=world.oakfield, duty="S03-24").state == "met"


@pytest.mark.parametrize("name", ["amara", "ben", "dana", "dev", "chloe", "sys"])
def test_only_the_headteacher_signs(world: World, name: str) -> None:
    with pytest.raises(NotAllowed):
        sign(world, name)


def test_what_cannot_be_signed(world: World) -> None:
    a_pupil(world.oakfield)
    for wrong, says in (
        ({"term": SPRING}, "from 22 Feb 2027"), ({"comment": "Fine"}, "Write a sentence"),
        ({"comment": "Kuba Kowalski waits for help"}, "pupil’s name"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=says):
            sign(world, **wrong)
    with pytest.raises(NotFound):
        sign(world, term=(1999, "autumn"))
    sign(world)
    with pytest.raises(Refused, match="signed off already"):
        sign(world)
    assert SignOff.objects.count() == 1


def test_the_duty_follows_the_term(world: World) -> None:
    school = world.oakfield.pk

    def on(day: date) -> dict[str, int]:
        return states("S03-24", school, on=day)

    assert on(date(2026, 12, 4)) == {}, "eleven school days are left"
    assert on(date(2026, 12, 7)) == on(date(2026, 12, 18)) == {"due": 1}
    assert on(date(2026, 12, 19)) == on(date(2027, 2, 1)) == {"overdue": 1}
    sign(world, on=date(2026, 12, 21))
    assert on(date(2026, 12, 21)) == {"met": 1} and on(date(2027, 3, 26)) == {"met": 1, "overdue": 1}


def test_without_a_headteacher_nothing_is_evidenced(world: World) -> None:
    Post.objects.filter(role="head").update(until=date(2026, 12, 1))
    assert states("S03-24", world.oakfield.pk, on=date(2026, 12, 19)) == {"not_evidenced": 2}


def test_what_ended_before_the_school_was_here_is_not_asked_for(world: World) -> None:
    world.oakfield.joined_on = date(2027, 1, 1)
    world.oakfield.save()
    assert states("S03-24", world.oakfield.pk, on=date(2027, 2, 1)) == {}


def test_the_week_asks_the_head_and_keeps_what_was_said(world: World, as_: Any) -> None:
    browser, address = as_(world.hari), f"/duties/sign-off/{world.oakfield.pk}/"
    assert "The autumn term 2026/27 ends on 18 Dec 2026" in words_of(browser.get("/week/"))
    faulty = browser.post(address, {"term": "2026-autumn", "comment": "<b>"})
    assert faulty.status_code == 200 and "&lt;b&gt;" in faulty.content.decode() and SignOff.objects.count() == 0
    for term in ("", "2026-winter", "2026-autumn'", "99999-spring"):
        assert browser.post(address, {"term": term, "comment": SAID}).status_code == 200
    assert browser.post(address, {"term": "2026-autumn", "comment": SAID})["Location"].startswith("/week/")
    page = words_of(browser.get("/week/"))
    assert SAID in page and "is signed off already" in page and "Mr Bright, 23 Nov 2026" in page
    for name in ("amara", "ben", "chloe", "dev"):
        assert as_(world.people[name]).post(address, {"term": "2026-autumn", "comment": SAID}).status_code == 404
