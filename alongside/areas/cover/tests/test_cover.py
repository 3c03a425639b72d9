"""Handing over: the post comes and goes by itself, the cover sees the list, and nobody else is let in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from alongside.areas.clocks.tests.builders import a_row
from alongside.areas.cover.actions import Draft, hand_over, leave_note, take_back
from alongside.areas.cover.models import Handover, RowNote
from alongside.areas.cover.rules import Span
from alongside.base.access.models import Post
from alongside.base.history.models import Event
from alongside.base.notices.models import Notice
from alongside.kit import NotAllowed, NotFound, Refused
from tests.people import TODAY, World, a_parent, a_post, a_pupil, words_of

TYPED = {"first": "24 Nov", "last": "26 Nov", "why": "A course in Leeds", "words": "The register is in the drawer."}


def handed(world: World, first: int = 0, last: int = 4, *, by: str = "amara", to: str = "ben") -> Handover:
    draft = Draft(world.people[to].pk, Span(TODAY + timedelta(first), TODAY + timedelta(last)), "A course")
    return hand_over(school=world.oakfield, draft=draft, by=world.actor(by), on=TODAY)


def sees_today(world: World, name: str, day: int = 0) -> bool:
    from alongside.base.access.roles import Permission

    actor = world.actor(name, TODAY + timedelta(day))
    return world.oakfield.pk in actor.schools(Permission.TODAY)


def test_the_post_opens_and_closes_by_itself(world: World) -> None:
    handed(world, 1, 3)
    assert [sees_today(world, "ben", day) for day in range(6)] == [False, True, True, True, False, False]
    assert all(sees_today(world, "amara", day) for day in range(6))
    assert set(Event.objects.values_list("kind", flat=True)) >= {"post.given", "cover.handed"}
    notice = Notice.objects.get(to=world.ben)
    assert notice.says == ("Amara Adeyemi handed you today’s list of Oakfield Primary, 24 Nov 2026 to 26 Nov 2026.")


def test_the_cover_sees_the_list_from_whom_and_until_when(
    world: World, as_: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = a_row(world.oakfield, "rest", 2, pupil=a_pupil(world.oakfield))
    handover = handed(world)
    leave_note(handover=handover, row=row, words="Ring before nine.", by=world.actor("amara"), on=TODAY)
    ben = words_of(as_(world.ben).get("/today/"))
    assert "Amara Adeyemi handed you this list until 27 Nov 2026." in ben
    assert "Kuba Kowalski" in ben and "Note: Ring before nine." in ben
    assert "Ben Whitlock has your list until 27 Nov 2026." in words_of(as_(world.amara).get("/today/"))
    assert "Ben Whitlock has the list of Amara Adeyemi until" in words_of(as_(world.hari).get("/today/"))
    monkeypatch.setenv("ALONGSIDE_TODAY", (TODAY + timedelta(5)).isoformat())
    later = words_of(as_(world.hari).get("/today/"))
    assert "Kuba Kowalski" in later and "Ben Whitlock" not in later and "Note:" not in later


def test_a_cover_hands_nothing_on_and_keeps_no_steps(world: World, as_: Any) -> None:
    handed(world)
    for address in ("/today/hand-over/", f"/clocks/steps/{world.oakfield.pk}/1/"):
        assert as_(world.ben).get(address).status_code == 404
    with pytest.raises(NotAllowed):
        handed(world, 10, 11, by="ben", to="dana")


@pytest.mark.parametrize("by", ["amara", "hari"])
def test_it_is_taken_back_at_once(world: World, as_: Any, by: str) -> None:
    handover = handed(world)
    assert as_(world.ben).get("/today/").status_code == 200
    take_back(handover=handover, by=world.actor(by), on=TODAY)
    assert as_(world.ben).get("/today/").status_code == 404
    assert not Post.objects.filter(role="cover_senco").exists(), "it never was for a whole day"
    with pytest.raises(Refused, match="ended already"):
        take_back(handover=Handover.objects.get(), by=world.actor(by), on=TODAY)


def test_taken_back_later_the_post_ends_with_the_day_before(world: World) -> None:
    handover = handed(world, 0, 9)
    day = TODAY + timedelta(3)
    take_back(handover=handover, by=world.actor("amara", day), on=day)
    assert Post.objects.get(role="cover_senco").until == TODAY + timedelta(2)
    assert handed(world, 4, 6).pk != handover.pk, "the days are free again"


@pytest.mark.parametrize(
    ("to", "why"), [("amara", "yourself"), ("chloe", "works at"), ("cal", "works at"), ("ewa", "works at"),
                    ("femi", "works at"), ("dev", "works at"), ("tess", "should be"), ("gus", "should be")],
)  # fmt: skip
def test_nobody_outside_and_not_oneself(world: World, to: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        handed(world, to=to)
    assert not Handover.objects.exists() and not Post.objects.filter(role="cover_senco").exists()


def test_a_head_hands_the_sencos_list_on_and_not_to_the_senco_or_themselves(world: World) -> None:
    made = handed(world, by="hari")
    assert (made.away, made.by) == (world.amara, world.hari)
    take_back(handover=made, by=world.actor("hari"), on=TODAY)
    for to in ("amara", "hari"):
        with pytest.raises(Refused, match="yourself"):
            handed(world, by="hari", to=to)


@pytest.mark.parametrize("by", ["ben", "dana", "chloe", "dev", "sys"])
def test_whoever_runs_no_sen_here_hands_nothing_over(world: World, by: str) -> None:
    with pytest.raises(NotAllowed):
        handed(world, by=by, to="cal")


def test_two_do_not_cover_on_one_day_not_even_in_the_database(world: World) -> None:
    made = handed(world, 0, 4)
    with pytest.raises(Refused, match="covers already"):
        handed(world, 4, 8, to="dana")
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.create(
            school=world.oakfield, away=world.amara, to=world.dana, since=made.until, until=made.until, why="x",
            by=world.amara, made_on=TODAY,
        )  # fmt: skip
    assert handed(world, 5, 8, to="dana").to == world.dana


def test_a_row_of_another_school_takes_no_note(world: World, as_: Any) -> None:
    handover = handed(world)
    other = a_row(world.brookside, "rest", 2)
    own = a_row(world.oakfield, "rest", 2, pupil=a_pupil(world.oakfield, "Ola"))
    a_parent(world.amara, world.oakfield.pupils.get())
    with pytest.raises(NotFound):
        leave_note(handover=handover, row=other, words="x", by=world.actor("amara"), on=TODAY)
    for row in (other.pk, own.pk, 0, "", "9" * 30):
        answer = as_(world.amara).post(f"/today/hand-over/{handover.pk}/notes/", {"row": row, "words": "Psst"})
        assert answer.status_code in (200, 404)
    assert "Ola" not in words_of(as_(world.amara).get(f"/today/hand-over/{handover.pk}/notes/"))
    assert not RowNote.objects.exists()


def test_by_the_page(world: World, as_: Any) -> None:
    row = a_row(world.oakfield, "rest", 2, pupil=a_pupil(world.oakfield))
    browser = as_(world.amara)
    page = words_of(browser.get("/today/hand-over/"))
    assert "Ben Whitlock, class teacher or tutor" in page
    for name in ("Tess Iqbal", "Gus Admin", "Chloe Marsh", "Amara Adeyemi, senco"):
        assert name not in page.split('<form method="post" action=""')[1], "none of these can be chosen"
    wrong = browser.post("/today/hand-over/", TYPED | {"to": world.chloe.pk})
    assert wrong.status_code == 200 and not Handover.objects.exists()
    answer = browser.post("/today/hand-over/", TYPED | {"to": world.ben.pk}, follow=True)
    assert "Ben Whitlock has the list, 24 Nov 2026 to 26 Nov 2026." in words_of(answer)
    notes = answer.request["PATH_INFO"]
    browser.post(notes, {"row": row.pk, "words": "Ring before nine."})
    assert "Ring before nine." in words_of(browser.get(notes))
    browser.post(notes, {"row": row.pk, "words": " "})
    assert not RowNote.objects.exists()
    again = words_of(browser.post("/today/hand-over/", TYPED | {"to": world.dana.pk}))
    assert "Somebody covers already, 24 Nov 2026 to 26 Nov 2026." in again and "A course in Leeds" in again
    browser.post(f"/today/hand-over/{Handover.objects.get().pk}/back/")
    assert "Taken back" in words_of(browser.get("/today/hand-over/"))


def test_a_post_of_another_school_opens_nothing_here(world: World, as_: Any) -> None:
    a_post(world.chloe, "teacher", world.oakfield, until=TODAY)
    with pytest.raises(Refused, match="works at"):
        handed(world, 1, 3, to="chloe")
    handover = handed(world)
    for verb in ("notes", "back"):
        assert as_(world.chloe).post(f"/today/hand-over/{handover.pk}/{verb}/").status_code == 404


def test_a_senco_of_two_schools_chooses_which_list(world: World, as_: Any) -> None:
    a_post(world.amara, "senco", world.brookside)
    browser, here = as_(world.amara), "/today/hand-over/"
    assert 'name="school"' in browser.get(here).content.decode()
    assert 'name="school"' not in as_(world.hari).get(here).content.decode(), "one school is no choice"
    theirs = words_of(browser.get(f"{here}?school={world.brookside.pk}"))
    assert f"cover SENCO of {world.brookside.name}" in theirs and "Ben Whitlock" not in theirs
    assert as_(world.hari).get(f"{here}?school={world.brookside.pk}").status_code == 404
    handover = handed(world)
    assert browser.post(f"{here}{handover.pk}/back/")["Location"] == f"{here}?school={world.oakfield.pk}"
