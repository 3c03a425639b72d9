"""Each page of the classroom for the right person and the wrong one, and what happens on the way."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.areas.classroom.models import Acknowledgement, Brief, QuickNote, StrategyUse
from alongside.areas.classroom.tests.builders import DRAFT, a_brief, on_register
from alongside.base.documents.models import Draft
from alongside.base.pupils.models import Pupil
from tests.people import World, a_class, a_pupil, supports, teaches, words_of

STATEMENTS = 8  # My classes, the session and the wall included


@pytest.fixture
def kuba(world: World) -> Pupil:
    pupil = on_register(a_pupil(world.oakfield))
    teaches(world.ben, a_class(world.oakfield, pupil))
    return pupil


def typed(**more: str) -> dict[str, str]:
    return {
        "version": "0", "good_at": "\n".join(DRAFT.good_at), "helps": "\n".join(DRAFT.helps), "avoid": DRAFT.avoid, **more,
    }  # fmt: skip


def test_my_classes_stays_within_its_statements(world: World, as_: Any) -> None:
    pupils = [on_register(a_pupil(world.oakfield, f"Pupil{n}")) for n in range(30)]
    teaches(world.ben, a_class(world.oakfield, *pupils))
    for pupil in pupils:
        a_brief(pupil, world.actor("amara"))
    browser = as_(world.ben)
    with CaptureQueriesContext(connection) as said:
        answer = browser.get("/classes/")
    asked = [query["sql"] for query in said if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "select "))]
    assert len(asked) + 1 <= STATEMENTS, "and one for the wall"
    text = words_of(answer)
    assert "30 children" in text and "30 things you have not confirmed yet" in text


def test_reading_a_brief_and_saying_so(world: World, as_: Any, kuba: Pupil) -> None:
    a_brief(kuba, world.actor("amara"))
    browser = as_(world.ben)
    text = words_of(browser.get(f"/classes/brief/{kuba.pk}/"))
    assert "Got it" in text and "Tells Ms Adeyemi that you have read version 1" in text
    row = Acknowledgement.objects.get()
    assert row.person == world.ben and row.confirmed_at is None
    answer = browser.post(f"/classes/brief/{kuba.pk}/got-it/", {"number": "1"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/classes/" and "Kuba: version 1 read." in words_of(answer)
    assert Acknowledgement.objects.get().confirmed_at is not None
    assert "Got it" not in words_of(browser.get(f"/classes/brief/{kuba.pk}/"))


def test_got_it_stands_on_no_list(world: World, as_: Any, kuba: Pupil) -> None:
    a_brief(kuba, world.actor("amara"))
    page = as_(world.ben).get("/classes/").content.decode()
    assert "got-it" not in page and "Open Kuba’s brief" in page


def test_a_brief_that_changed_while_it_was_open_has_to_be_read(world: World, as_: Any, kuba: Pupil) -> None:
    a_brief(kuba, world.actor("amara"))
    browser = as_(world.ben)
    browser.get(f"/classes/brief/{kuba.pk}/")
    a_brief(kuba, world.actor("amara"), avoid="noise", what_changed="Avoid")
    answer = browser.post(f"/classes/brief/{kuba.pk}/got-it/", {"number": "1"}, follow=True)
    assert "The brief changed while you had it open" in words_of(answer)
    assert not Acknowledgement.objects.filter(confirmed_at__isnull=False).exists()


def test_confirming_without_opening_is_refused(world: World, as_: Any, kuba: Pupil) -> None:
    a_brief(kuba, world.actor("amara"))
    answer = as_(world.ben).post(f"/classes/brief/{kuba.pk}/got-it/", {"number": "1"})
    assert answer.status_code == 409 and "Open the brief first" in words_of(answer)


def test_a_tap(world: World, as_: Any, kuba: Pupil) -> None:
    a_brief(kuba, world.actor("amara"))
    browser = as_(world.ben)
    answer = browser.post(f"/classes/brief/{kuba.pk}/used/", {"used": "did not:2"})
    assert answer["Location"] == f"/classes/brief/{kuba.pk}/#used"
    assert [(use.strategy, use.helped) for use in StrategyUse.objects.all()] == [("Near the front", False)]
    page = browser.get(f"/classes/brief/{kuba.pk}/").content.decode()
    assert page.count('aria-pressed="true"') == 1


@pytest.mark.parametrize("used", ["helped:9", "helped", "yes:0", ""])
def test_a_tap_on_nothing_is_refused(world: World, as_: Any, kuba: Pupil, used: str) -> None:
    a_brief(kuba, world.actor("amara"))
    answer = as_(world.ben).post(f"/classes/brief/{kuba.pk}/used/", {"used": used})
    assert answer.status_code == 409 and not StrategyUse.objects.exists()


# --- Writing ---------------------------------------------------------------------------------------------


def test_the_first_brief_is_written_on_a_page(world: World, as_: Any, kuba: Pupil) -> None:
    browser = as_(world.ben)
    assert "Write the first one" in words_of(browser.get(f"/classes/brief/{kuba.pk}/"))
    browser.post(f"/drafts/?form=brief:{kuba.pk}", {"avoid": "half a sen"})
    assert "half a sen" in browser.get(f"/classes/brief/{kuba.pk}/edit/").content.decode()
    answer = browser.post(
        f"/classes/brief/{kuba.pk}/edit/", typed(own_words="I like building.", own_words_on="6 Nov 2026")
    )
    assert answer["Location"] == f"/classes/brief/{kuba.pk}/"
    brief = Brief.objects.get()
    assert (brief.helps, brief.number, brief.made_by) == (list(DRAFT.helps), 1, world.ben)
    assert not Draft.objects.exists(), "nothing is left lying about"


@pytest.mark.parametrize(
    ("change", "says"),
    [({"good_at": "One"}, "at least two things"), ({"helps": ""}, "This field is required"),
     ({"avoid": "his ADHD"}, "is a diagnosis"), ({"own_words_on": "tomorrow"}, "Write the date like")],
)  # fmt: skip
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    world: World, as_: Any, kuba: Pupil, change: dict[str, str], says: str
) -> None:
    answer = as_(world.ben).post(f"/classes/brief/{kuba.pk}/edit/", typed(people="Mrs Iqbal", **change))
    assert answer.status_code == 200 and says in words_of(answer) and "Mrs Iqbal" in answer.content.decode()
    assert not Brief.objects.exists()


def test_two_people_writing_see_both_texts_and_can_still_save(world: World, as_: Any, kuba: Pupil) -> None:
    amara = world.actor("amara")
    a_brief(kuba, amara)
    a_brief(kuba, amara, avoid="shouting at him", what_changed="Avoid")
    browser = as_(world.ben)
    late = typed(version="1", avoid="cold questions", what_changed="Questions")
    answer = browser.post(f"/classes/brief/{kuba.pk}/edit/", late)
    text = words_of(answer)
    assert answer.status_code == 409 and "Two people were writing" in text
    assert "shouting at him" in text and "cold questions" in text and 'value="2"' in answer.content.decode()
    browser.post(f"/classes/brief/{kuba.pk}/edit/", {**late, "version": "2", "avoid": "shouting, cold questions"})
    assert Brief.objects.get(current=True).avoid == "shouting, cold questions"


def test_an_assistant_reads_and_does_not_write(world: World, as_: Any, kuba: Pupil) -> None:
    supports(world.tess, kuba)
    a_brief(kuba, world.actor("amara"))
    browser = as_(world.tess)
    assert browser.get(f"/classes/brief/{kuba.pk}/").status_code == 200
    assert browser.post(f"/classes/brief/{kuba.pk}/edit/", typed()).status_code == 404
    assert browser.get(f"/classes/brief/{kuba.pk}/readers/").status_code == 404


def test_the_senco_sees_who_has_read(world: World, as_: Any, kuba: Pupil) -> None:
    a_brief(kuba, world.actor("amara"))
    as_(world.ben).get(f"/classes/brief/{kuba.pk}/")
    text = words_of(as_(world.amara).get(f"/classes/brief/{kuba.pk}/readers/"))
    assert "Mr Whitlock" in text and "opened it, has not said ‘Got it’" in text


# --- Notes -----------------------------------------------------------------------------------------------


def test_a_note_says_where_it_went_and_comes_back_answered(world: World, as_: Any, kuba: Pupil) -> None:
    browser = as_(world.ben)
    form = words_of(browser.get(f"/classes/note/{kuba.pk}/"))
    assert "Goes to Ms Adeyemi and Mr Bright" in form and "Go to Mrs Doyle face to face" in form
    sent = browser.post(f"/classes/note/{kuba.pk}/", {"kind": "behaviour", "text": "Left the room twice."}, follow=True)
    assert "Sent to Ms Adeyemi and Mr Bright." in words_of(sent)
    note = QuickNote.objects.get()
    senco = as_(world.amara)
    assert "Left the room twice." in words_of(senco.get("/classes/notes/"))
    answer = senco.post(f"/classes/notes/{note.pk}/", {"action": "New seat by the door."}, follow=True)
    assert "Mr Whitlock has been told." in words_of(answer)
    assert "New seat by the door." in words_of(browser.get(f"/classes/notes/{note.pk}/"))


def test_a_safeguarding_note_says_that_it_went_to_the_dsl_alone(world: World, as_: Any, kuba: Pupil) -> None:
    browser = as_(world.ben)
    words = {"kind": "concern", "text": "He is scared to go home."}
    text = words_of(browser.post(f"/classes/note/{kuba.pk}/", words, follow=True))
    assert "This went to Mrs Doyle and Mr Bright, and to nobody else." in text and "face to face today" in text
    note = QuickNote.objects.get()
    assert "scared" not in words_of(as_(world.amara).get("/classes/notes/"))
    assert as_(world.amara).get(f"/classes/notes/{note.pk}/").status_code == 404
    assert "scared" in words_of(as_(world.dana).get("/classes/notes/"))


def test_whoever_wrote_a_note_does_not_answer_it(world: World, as_: Any, kuba: Pupil) -> None:
    browser = as_(world.ben)
    browser.post(f"/classes/note/{kuba.pk}/", {"kind": "behaviour", "text": "Left the room twice."})
    note = QuickNote.objects.get()
    browser.post(f"/classes/notes/{note.pk}/", {"action": "All done."})
    note.refresh_from_db()
    assert note.seen_on is None


def test_a_half_written_note_is_kept(world: World, as_: Any, kuba: Pupil) -> None:
    browser = as_(world.ben)
    browser.post(f"/drafts/?form=note:{kuba.pk}", {"text": "Left the r"})
    assert "Left the r" in browser.get(f"/classes/note/{kuba.pk}/").content.decode()


# --- Paper -----------------------------------------------------------------------------------------------


def test_the_class_sheet_says_who_printed_it_and_when_to_shred_it(world: World, as_: Any, kuba: Pupil) -> None:
    a_brief(kuba, world.actor("amara"), safety="Inhaler in his bag")
    group = a_class(world.oakfield)
    text = words_of(as_(world.ben).get(f"/classes/{group.pk}/sheet/"))
    for words in ("4W, week of 23 Nov", "Inhaler in his bag", "Tell Mrs Doyle face to face", "Printed by Ben Whitlock",
                  "Shred it on Friday 27 November 2026", "No diagnoses on this sheet"):  # fmt: skip
        assert words in text, words
    assert "KK" in words_of(as_(world.ben).get(f"/classes/{group.pk}/sheet/?initials=1"))


def test_the_profile_has_pictures_or_none(world: World, as_: Any, kuba: Pupil) -> None:
    a_brief(kuba, world.actor("amara"), matters=("My dog Figa",))
    page = as_(world.ben).get(f"/classes/brief/{kuba.pk}/profile/").content.decode()
    assert 'alt=""' in page and "symbols/dog" in page and "Mulberry, CC BY-SA 4.0" in page
    plain = as_(world.ben).get(f"/classes/brief/{kuba.pk}/profile/?plain=1").content.decode()
    assert "symbols/" not in plain and "Mulberry" not in plain


@pytest.mark.parametrize(
    ("others", "says"), [(0, ""), (1, "1 other child has no plan"), (26, "26 other children have no plan")]
)
def test_my_classes_says_how_many_others_there_are(world: World, as_: Any, kuba: Pupil, others: int, says: str) -> None:
    a_class(world.oakfield, *(a_pupil(world.oakfield, f"Pupil{n}") for n in range(others)))
    text = words_of(as_(world.ben).get("/classes/"))
    assert (says in text and "by name" in text) if says else "by name" not in text
