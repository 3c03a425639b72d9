"""Journey 10: a teacher's Tuesday, on a phone between lessons and once at a printer."""

from __future__ import annotations

from datetime import date, timedelta

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from alongside.areas.classroom.actions import BriefDraft, got_it, opened, used, write_brief
from alongside.areas.classroom.models import Brief, QuickNote, StrategyUse
from alongside.areas.register.tests.builders import on_support
from alongside.base.pupils.models import Group, Pupil
from tests.journeys.conftest import Journey, Look
from tests.people import a_class, a_person, a_post, a_pupil, teaches

TUESDAY = date(2026, 11, 24)
LAST_WEEK = TUESDAY - timedelta(days=7)
HELPS = ["One instruction, then wait ten seconds", "Show a finished one first", "A job at the door"]
_NEEDS = ("SLCN", "ASD", "SEMH", "SPLD")


@pytest.fixture
def sets(journey: Journey) -> list[Group]:
    """Mr Whitlock teaches six sets of thirty. Twelve pupils have a brief; three of those are new since he read them."""
    world = journey.world
    teacher = world.actor("ben", LAST_WEEK)
    with journey.build():
        groups = [a_class(world.oakfield, name=f"7-{number}", subject="Maths") for number in range(1, 7)]
        for group in groups:
            for number in range(30):
                pupil = a_pupil(world.oakfield, f"Pip{number}", f"Of {group.name}", nc_year="7", class_name=group.name)
                a_class(world.oakfield, pupil, name=group.name, subject="Maths")
                if number < 2:
                    a_brief(journey, pupil, _NEEDS[number])
            teaches(world.ben, group)
        known = Brief.objects.order_by("pk")
        for brief in known[:9]:
            opened(brief=brief, by=teacher)
            got_it(brief=brief, by=teacher, on=LAST_WEEK)
        used(pupil=known[9].pupil, strategy=HELPS[2], helped=False, by=teacher, on=LAST_WEEK)
    journey.on(TUESDAY)
    return groups


def a_brief(journey: Journey, pupil: Pupil, need: str) -> None:
    senco = journey.world.actor("amara", LAST_WEEK)
    on_support(pupil=pupil, by=senco, on=LAST_WEEK, need=need)
    draft = BriefDraft(
        own_words="I like to know what comes next.", good_at=["Drawing", "Kind to new children"], helps=HELPS,
        avoid="Shouting across the room",
    )  # fmt: skip
    write_brief(pupil=pupil, draft=draft, what_changed="", version=0, by=senco, on=LAST_WEEK)


def test_a_teachers_tuesday(journey: Journey, sets: list[Group], look: Look) -> None:
    teacher, senco, dsl = journey.as_("ben", phone=True), journey.as_("amara"), journey.as_("dana", phone=True)

    when_the_teacher_opens_my_classes(teacher, look)
    then_a_brief_takes_two_taps(journey, teacher, look)
    when_the_teacher_taps_what_helped(journey, teacher, look)
    then_what_did_not_help_twice_is_raised(senco, teacher, look)

    when_the_teacher_leaves_a_note(journey, teacher, look)
    then_the_note_is_answered(senco, teacher, look)
    then_a_worry_about_safety_goes_to_the_dsl_alone(journey, teacher, senco, dsl, look)


def test_a_class_sheet_is_one_page_without_diagnoses(journey: Journey, sets: list[Group], look: Look) -> None:
    page = journey.as_("ben")
    page.goto("/classes/")
    page.get_by_role("group").filter(has_text="7-1 maths").locator("summary").click()
    page.get_by_role("link", name="Class sheet for 7-1 maths").click()
    look(page, "7-1 maths, week of")

    paper = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True, path=journey.pictures / "class-sheet.pdf"))
    assert len(paper) == 1
    text = paper[0].get_textpage().get_text_range()
    assert "Pip0" in text and "One instruction" in text
    for diagnosis in ("Autis", "ASD", "SLCN", "Speech, language", "ADHD", "dyslexi"):
        assert diagnosis not in text


def test_a_change_of_set_moves_who_may_read(journey: Journey, sets: list[Group], look: Look) -> None:
    world = journey.world
    with journey.build():
        world.people["nina"] = a_person("Nina", "Okafor", "Ms")
        a_post(world.people["nina"], "teacher", world.oakfield)
        other = a_class(world.oakfield, name="7-9", subject="Maths")
        teaches(world.people["nina"], other)
        moved = Brief.objects.order_by("pk")[0].pupil
    old, new = journey.as_("ben", phone=True), journey.as_("nina", phone=True)
    old.goto(f"/classes/brief/{moved.pk}/")
    look(old, moved.given_name)
    new.goto(f"/classes/brief/{moved.pk}/")
    look(new, "There is nothing here")

    with journey.build():
        sets[0].memberships.filter(pupil=moved).update(until=TUESDAY - timedelta(days=1))
        a_class(world.oakfield, moved, name="7-9", subject="Maths")
        other.memberships.update(since=TUESDAY)

    old.reload()
    look(old, "There is nothing here")
    new.goto("/")
    look(new, "7-9 maths")
    expect(new.get_by_role("article")).to_contain_text(moved.given_name)
    expect(new.get_by_text("Just joined")).to_be_visible()
    new.get_by_role("link", name=f"Open {moved.given_name}’s brief").click()
    look(new, moved.given_name)


# --- My classes and the brief ---------------------------------------------------------------------------


def when_the_teacher_opens_my_classes(page: Page, look: Look) -> None:
    page.goto("/")
    look(page, "My classes")
    expect(page.get_by_text("180 children. Three things you have not confirmed yet.")).to_be_visible()
    expect(page.get_by_role("article")).to_have_count(3)


def then_a_brief_takes_two_taps(journey: Journey, page: Page, look: Look) -> None:
    journey.hand.start()
    page.get_by_role("article").first.get_by_role("link").click()
    look(page, "Pip")
    for words in (*HELPS, "Drawing", "Avoid: Shouting across the room"):
        expect(page.get_by_text(words).first).to_be_visible()
    page.get_by_role("button", name="Got it").click()
    look(page, "My classes")
    expect(page.get_by_text("Two things you have not confirmed yet.")).to_be_visible()
    assert (journey.hand.taps, journey.hand.letters) == (2, 0)


def tap(page: Page, line: str, word: str) -> None:
    button = page.get_by_role("group", name=line).get_by_role("button", name=word)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")


def when_the_teacher_taps_what_helped(journey: Journey, page: Page, look: Look) -> None:
    """Two that helped, and one that did not: the second time in a fortnight."""
    with journey.build():
        pupil = StrategyUse.objects.get().pupil
    page.goto(f"/classes/brief/{pupil.pk}/")
    journey.hand.start()
    tap(page, HELPS[0], "Helped")
    tap(page, HELPS[1], "Helped")
    tap(page, HELPS[2], "Did not")
    assert journey.hand.taps == 3
    with journey.build():
        today = StrategyUse.objects.filter(pupil=pupil, day=TUESDAY)
        assert {row.strategy: row.helped for row in today} == {HELPS[0]: True, HELPS[1]: True, HELPS[2]: False}


def then_what_did_not_help_twice_is_raised(senco: Page, teacher: Page, look: Look) -> None:
    teacher.reload()
    look(teacher, "Pip")
    expect(
        teacher.get_by_text("For the review: A job at the door. Twice in two weeks it did not help.")
    ).to_be_visible()
    senco.goto("/")
    look(senco, "Tuesday 24 November")
    expect(senco.get_by_role("button", name="‘A job at the door’ did not help Pip")).to_be_visible()


# --- Notes ----------------------------------------------------------------------------------------------


def when_the_teacher_leaves_a_note(journey: Journey, page: Page, look: Look) -> None:
    journey.hand.start()
    page.get_by_role("link", name="Leave a note").click()
    look(page, "A note about Pip")
    page.get_by_label("What happened?").fill("Threw his book when moved.")
    page.get_by_role("button", name="Send").click()
    look(page, "Behaviour")
    expect(page.get_by_text("Sent to")).to_contain_text("Ms Adeyemi")
    assert (journey.hand.taps, journey.hand.letters) == (2, 26)


def then_the_note_is_answered(senco: Page, teacher: Page, look: Look) -> None:
    senco.goto("/")
    senco.get_by_role("button", name="Ben Whitlock wrote a note about Pip").click()
    look(senco, "Behaviour")
    senco.get_by_label("What was done?").fill("Seat change, from today.")
    senco.get_by_role("button", name="Tell").click()
    look(senco, "Notes")
    teacher.goto("/notices/")
    look(teacher, "What you were told")
    teacher.get_by_role("button", name="was read. Seat change, from today.").click()
    look(teacher, "Behaviour")
    expect(teacher.get_by_text("Seat change, from today.")).to_be_visible()


def then_a_worry_about_safety_goes_to_the_dsl_alone(
    journey: Journey, teacher: Page, senco: Page, dsl: Page, look: Look
) -> None:
    with journey.build():
        note = QuickNote.objects.get()
    teacher.goto(f"/classes/note/{note.pupil_id}/")
    teacher.get_by_label("What happened?").fill("He says his uncle hits him at night.")
    teacher.get_by_role("button", name="Send").click()
    look(teacher, "Behaviour")
    expect(teacher.get_by_text("and to nobody else")).to_be_visible()

    with journey.build():
        assert QuickNote.objects.get(text__contains="uncle").restricted
    senco.goto("/classes/notes/")
    look(senco, "Notes")
    expect(senco.get_by_text("uncle")).to_have_count(0)
    senco.goto(teacher.url)
    look(senco, "There is nothing here")
    dsl.goto("/notices/")
    dsl.get_by_role("button", name="A note needs you to read it.").click()
    look(dsl, "Behaviour")
    expect(dsl.get_by_text("He says his uncle hits him at night.")).to_be_visible()
