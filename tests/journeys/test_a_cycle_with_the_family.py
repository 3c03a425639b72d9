"""Journey 2: one cycle of support, from what is known to a review, with the family in it."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from alongside.areas.provision.actions import Attendance, log_group
from alongside.areas.provision.catalogue import seed_catalogue
from alongside.areas.provision.models import Line, Session
from alongside.areas.register.tests.builders import on_support
from alongside.areas.support.models import Cycle, FamilyAnswer
from alongside.base.deadlines.actions import refresh
from alongside.base.pupils.models import Absence, Pupil
from tests.journeys.conftest import Journey, Look
from tests.people import a_class, a_parent, a_pupil, supports, teaches

DECIDED, PLANNED = date(2026, 9, 28), date(2026, 10, 9)
FIRST_GROUP, ILL, FORTNIGHT_ENDS = date(2026, 10, 12), date(2026, 10, 13), date(2026, 11, 13)
REVIEW = date(2026, 12, 11)


@pytest.fixture
def kuba(journey: Journey) -> Pupil:
    """Kuba has had SEN support since September. Mr Whitlock teaches 4W; Mrs Iqbal supports Kuba and Ola."""
    world = journey.world
    journey.on(PLANNED)
    with journey.build():
        seed_catalogue()
        kuba, ola = a_pupil(world.oakfield), a_pupil(world.oakfield, "Ola", "Nowak")
        teaches(world.ben, a_class(world.oakfield, kuba, ola))
        a_parent(world.ewa, kuba)
        for pupil in (kuba, ola):
            supports(world.tess, pupil)
            on_support(pupil=pupil, by=world.actor("amara"), on=DECIDED)
    return kuba


def test_a_cycle_with_the_family(journey: Journey, kuba: Pupil, look: Look) -> None:
    senco, teacher = journey.as_("amara"), journey.as_("ben")
    parent, assistant = journey.as_("ewa", phone=True), journey.as_("tess", phone=True)

    when_the_senco_opens_a_cycle(senco, look)
    then_what_is_known_already_stands_there(senco, look)

    when_the_teacher_opens_the_plan(teacher, look)
    then_an_outcome_without_a_measure_is_refused(teacher, look)
    then_one_strength_is_not_enough_and_feelings_must_be_written(teacher, look)
    when_the_jargon_is_swapped_for_plain_words(teacher, look)
    when_the_teacher_sends_the_plan(teacher, look)

    when_the_senco_promises_a_language_group(senco, look)
    then_an_ordinary_seat_is_warned_about(senco, look)

    when_the_parent_agrees_twice_and_asks_for_a_change(journey, parent, look)
    when_the_senco_answers_the_change(senco, look)
    then_both_words_are_kept(parent, look)
    when_the_senco_agrees_the_plan(senco, look)

    journey.on(FIRST_GROUP)
    when_the_assistant_writes_down_the_group(journey, assistant, look)
    then_a_session_on_a_day_of_absence_is_refused(journey, kuba, assistant, look)

    given_two_weeks_at_sixty_percent(journey, kuba)
    then_today_says_so_and_the_group_is_arranged_anew(senco, look)

    journey.on(REVIEW)
    then_a_review_without_a_measure_is_refused(teacher, look)
    when_the_review_is_written(journey, kuba, teacher, look)
    when_the_next_cycle_starts(senco, look)


def test_a_cycle_is_not_closed_early_without_a_reason(journey: Journey, kuba: Pupil, look: Look) -> None:
    senco = journey.as_("amara")
    when_the_senco_opens_a_cycle(senco, look)
    senco.get_by_role("link", name="End this cycle early").click()
    look(senco, "Close cycle 1")
    senco.get_by_role("button", name="Close the cycle").click()
    look.refused(senco, "Say why this cycle ends without a review.")
    senco.get_by_label("Why does this cycle end?").fill("Moves to another school.")
    senco.get_by_role("button", name="Close the cycle").click()
    look(senco, "Cycle 1")
    with journey.build():
        assert Cycle.objects.get(pupil=kuba).closed_because == "Moves to another school."


# --- Assess and plan ------------------------------------------------------------------------------------


def when_the_senco_opens_a_cycle(page: Page, look: Look) -> None:
    page.goto("/")
    row = page.get_by_role("listitem").filter(has_text="Kuba Kowalski").filter(has_text="first support plan")
    row.get_by_role("link", name="Start the plan").click()
    look(page, "Start a plan for Kuba")
    expect(page.get_by_text("Reads 14 words a minute; others in the class 60.")).to_be_visible()
    page.get_by_role("button", name="Start the cycle").click()
    look(page, "Cycle 1")


def then_what_is_known_already_stands_there(page: Page, look: Look) -> None:
    page.get_by_role("link", name="Write the assessment").click()
    look(page, "Assess")
    expect(page.get_by_label("What do you know about the needs?")).to_have_value(
        "Speech, language and communication needs. Reads 14 words a minute; others in the class 60."
    )
    page.get_by_role("button", name="Go on to the plan").click()
    look(page, "Plan")


def when_the_teacher_opens_the_plan(page: Page, look: Look) -> None:
    page.goto("/plans/")
    look(page, "Plans")
    page.get_by_role("link", name="Kuba Kowalski").click()
    look(page, "Cycle 1")
    page.get_by_role("link", name="Write the plan").click()
    look(page, "Plan")


def write_outcome(page: Page, number: int, text: str, now: str, measure: str, target: str) -> None:
    panel = page.get_by_role("region", name=f"Outcome {number}")
    panel.get_by_label("What will be different").fill(text)
    panel.get_by_label("Where are they now?").fill(now)
    panel.get_by_label("How will we tell?").fill(measure)
    panel.get_by_label("What do we aim for?").fill(target)
    panel.get_by_label("By when?").fill("11 Dec 2026")


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()


def then_an_outcome_without_a_measure_is_refused(page: Page, look: Look) -> None:
    write_outcome(page, 1, "Kuba tells a story in order.", "3 of 6 parts", "", "6 of 6 parts")
    save(page)
    look.refused(page, "Say how we will tell. Without it nobody can judge this outcome.")
    write_outcome(page, 1, "Kuba tells a story in order.", "3 of 6 parts", "Parts told, each Friday", "6 of 6 parts")
    write_outcome(page, 2, "Kuba asks for help himself.", "Once a week", "Counted each Friday", "Four times a week")
    save(page)
    expect(page.get_by_text("Saved.")).to_be_visible()
    write_outcome(page, 3, "Kuba has a friend at play.", "Alone on 4 of 5 days", "Seen each day", "Alone on 1 day of 5")
    save(page)
    expect(page.get_by_text("Saved.")).to_be_visible()


def then_one_strength_is_not_enough_and_feelings_must_be_written(page: Page, look: Look) -> None:
    page.get_by_label("What Kuba does well").fill("Builds models from memory")
    page.get_by_label("What gets in the way").fill(
        "Working memory is small. He needs an intervention. Peer interaction is hard."
    )
    page.get_by_label("What the pupil says").fill("I like building.")
    page.get_by_label("What the parents say").fill("He talks more at home now.")
    page.get_by_role("button", name="Send to the SENCO").click()
    look.refused(page, "Name at least two strengths. They stand before any need.")
    page.get_by_label("What Kuba does well").fill("Builds models from memory\nKind to younger children")
    page.get_by_role("button", name="Send to the SENCO").click()
    look.refused(page, "Say how feelings and friendships are, even if all is well.")
    page.get_by_label("Feelings and friendships").fill("Has friends in class. Lunch is hard.")
    page.get_by_role("button", name="Send to the SENCO").click()
    look.refused(page, "Say how the pupil makes themselves understood.")
    page.get_by_label("How the pupil makes themselves understood").fill("Short sentences. Shows his blue card.")


def when_the_jargon_is_swapped_for_plain_words(page: Page, look: Look) -> None:
    for word, plain in (
        ("Working memory", "Holding things in mind"), ("intervention", "extra help"),
        ("Peer interaction", "Playing with other children"),
    ):  # fmt: skip
        page.get_by_role("button", name=f"Swap {word}").click()
        expect(page.get_by_label("What gets in the way")).to_have_value(re.compile(plain))
    look(page, "Plan")
    expect(page.get_by_role("button", name="Swap")).to_have_count(0)
    expect(page.get_by_label("What gets in the way")).to_have_value(
        "Holding things in mind is small. He needs extra help. Playing with other children is hard."
    )


def when_the_teacher_sends_the_plan(page: Page, look: Look) -> None:
    page.get_by_role("button", name="Send to the SENCO").click()
    look(page, "Cycle 1")
    expect(page.get_by_text("The plan is with the SENCO.")).to_be_visible()


# --- What is given --------------------------------------------------------------------------------------


def when_the_senco_promises_a_language_group(page: Page, look: Look) -> None:
    page.goto("/plans/?stage=plan")
    page.get_by_role("link", name="Kuba Kowalski").click()
    look(page, "Cycle 1")
    page.get_by_role("link", name="Add provision").click()
    look(page, "Add provision for Kuba")
    page.get_by_label("What", exact=True).select_option("Small-group language programme")
    page.get_by_label("Pupils in the group").fill("4")
    page.get_by_label("Adult (optional)").select_option("Mrs Iqbal")
    expect(page.get_by_text("£6.08 a week for this pupil")).to_be_visible()
    expect(page.get_by_text("1.5 hours × £16.20 ÷ 4")).to_be_visible()
    look(page, "Add provision for Kuba")
    page.get_by_role("button", name="Promise it").click()
    look(page, "Put Small-group language programme in the plan")
    page.get_by_label("Kuba tells a story in order.").check()
    page.get_by_role("button", name="Put it in the plan").click()
    look(page, "Plan")
    expect(page.get_by_text("£6.08 a week")).to_be_visible()


def then_an_ordinary_seat_is_warned_about(page: Page, look: Look) -> None:
    page.get_by_role("link", name="Add provision").click()
    page.get_by_label("What", exact=True).select_option("A seat with a clear view of the board (ordinary)")
    page.get_by_role("button", name="Promise it").click()
    look.refused(page, "This is ordinary classroom practice: every pupil may have it")
    page.get_by_role("link", name="Leave it").click()
    look(page, "Plan")


# --- The family -----------------------------------------------------------------------------------------


def when_the_parent_agrees_twice_and_asks_for_a_change(journey: Journey, page: Page, look: Look) -> None:
    page.goto("/")
    look(page, "Kuba")
    journey.hand.start()
    page.get_by_role("link", name="What is happening").click()
    look(page, "What is happening")
    for aim in ("Kuba tells a story in order.", "Kuba asks for help himself."):
        page.get_by_role("group", name=f"Your answer: {aim}").get_by_role("button", name="Agree", exact=True).click()
        expect(page.get_by_text("Thank you. We have your answer.")).to_be_visible()
    aim = "Kuba has a friend at play."
    page.get_by_role("group", name=f"Your answer: {aim}").get_by_role("button", name="Change").click()
    look(page, "What would you change?")
    page.get_by_label("What would you like instead?").fill("At lunch too. He eats alone.")
    page.get_by_role("button", name="Send").click()
    look(page, "What is happening")
    expect(page.get_by_text("You asked for a change on Friday 9 October 2026")).to_be_visible()
    assert (journey.hand.taps, journey.hand.letters) == (5, 28)


def when_the_senco_answers_the_change(page: Page, look: Look) -> None:
    page.goto("/")
    row = page.get_by_role("listitem").filter(has_text="answer Ms Kowalska")
    expect(row).to_contain_text("Ms Kowalska asked for a change on 9 Oct 2026. We answer within 10 school days.")
    row.get_by_role("link", name="Answer  : Kuba").click()
    look(page, "Answer Ms Kowalska")
    expect(page.get_by_text("At lunch too. He eats alone.")).to_be_visible()
    page.get_by_label("Our answer").fill("Yes. Kuba can come to lunch club.")
    page.get_by_role("button", name="Send the answer").click()
    look(page, "Cycle 1")


def then_both_words_are_kept(page: Page, look: Look) -> None:
    page.reload()
    look(page, "What is happening")
    expect(page.get_by_text("At lunch too. He eats alone.")).to_be_visible()
    expect(page.get_by_text("Yes. Kuba can come to lunch club.")).to_be_visible()


def when_the_senco_agrees_the_plan(page: Page, look: Look) -> None:
    expect(page.get_by_text("Agree the day of the review.")).to_be_visible()
    page.get_by_role("link", name="Write the plan").click()
    page.get_by_label("Who agreed the plan").fill("Ms Kowalska, Kuba and Mr Whitlock")
    page.get_by_label("Review on").fill("11 Dec 2026")
    save(page)
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.get_by_role("link", name="Back to the cycle").click()
    page.get_by_role("button", name="Agree and begin").click()
    look(page, "Cycle 1")
    expect(page.get_by_role("link", name="Review", exact=True)).to_be_visible()


# --- Do -------------------------------------------------------------------------------------------------


def when_the_assistant_writes_down_the_group(journey: Journey, page: Page, look: Look) -> None:
    page.goto("/sessions/")
    look(page, "Which group?")
    journey.hand.start()
    page.get_by_role("link", name="Talking group").click()
    look(page, "Who was there?")
    page.get_by_role("button", name="Next").click()
    look(page, "How did it go?")
    page.get_by_label("Went well").check()
    page.get_by_role("button", name="Done").click()
    look(page, "Which group?")
    expect(page.get_by_text("Talking group: 1 there, 0 not.")).to_be_visible()
    assert journey.hand.taps == 4
    assert journey.hand.seconds < 15


def then_a_session_on_a_day_of_absence_is_refused(journey: Journey, kuba: Pupil, page: Page, look: Look) -> None:
    with journey.build():
        Absence.objects.create(pupil=kuba, school=kuba.school, day=ILL)
    journey.on(ILL)
    page.get_by_role("link", name="Talking group").click()
    look(page, "Who was there?")
    expect(page.get_by_text("Kuba: absent today (from the school’s register)")).to_be_visible()
    page.get_by_role("group", name="Kuba").get_by_label("Here", exact=True).check()
    page.get_by_role("button", name="Next").click()
    look.refused(page, "Kuba was marked absent that day, so a held session cannot be kept. Was it another day?")
    page.get_by_role("group", name="Kuba").get_by_label("Not here").check()
    page.get_by_role("button", name="Next").click()
    look(page, "Nobody was there")
    page.get_by_role("button", name="Done").click()
    look(page, "Which group?")
    with journey.build():
        missed = Session.objects.get(line__pupil=kuba, day=ILL)
        assert not missed.held and missed.missed_because == "absent"


def given_two_weeks_at_sixty_percent(journey: Journey, kuba: Pupil) -> None:
    """Three sessions of five: twice the assistant covered elsewhere."""
    journey.on(FORTNIGHT_ENDS)
    tess = journey.world.actor("tess")
    with journey.build():
        line = Line.objects.get(pupil=kuba)
        for back, held in ((10, True), (8, False), (4, True), (2, True), (1, False)):
            entry = Attendance(line, held, "" if held else "cover")
            log_group(entries=[entry], day=FORTNIGHT_ENDS - timedelta(days=back), by=tess, on=FORTNIGHT_ENDS)
        refresh(schools=[kuba.school_id], on=FORTNIGHT_ENDS)


def then_today_says_so_and_the_group_is_arranged_anew(page: Page, look: Look) -> None:
    page.goto("/")
    look(page, "Friday 13 November")
    row = page.get_by_role("listitem").filter(has_text="Small-group language programme: only 60% given in two weeks")
    expect(row).to_contain_text("3 of 5 sessions held. Missed: adult covering elsewhere 2.")
    row.get_by_role("link", name="Rearrange").click()
    look(page, "Small-group language programme")
    page.get_by_label("Adult").select_option("Mr Whitlock")
    page.get_by_role("button", name="Arrange it so").click()
    expect(page.get_by_text("Arranged anew. The earlier arrangement stays in the history.")).to_be_visible()
    look(page, "Small-group language programme")


# --- Review ---------------------------------------------------------------------------------------------


def judge(page: Page, number: int, result: str, measure: str) -> None:
    panel = page.get_by_role("region", name=f"Outcome {number}")
    panel.get_by_label(result, exact=True).check()
    panel.get_by_label("The measure now").fill(measure)


def then_a_review_without_a_measure_is_refused(page: Page, look: Look) -> None:
    page.goto("/plans/")
    page.get_by_role("link", name="Kuba Kowalski").click()
    page.get_by_role("link", name="Review", exact=True).click()
    look(page, "Review cycle 1")
    judge(page, 1, "Partly met", "")
    judge(page, 2, "Met", "Four times a week")
    judge(page, 3, "Not yet", "")
    page.get_by_label("Carry on with changes").check()
    page.get_by_role("button", name="Save the review").click()
    look.refused(page, "Give the measure now, or say why there is none.")


def when_the_review_is_written(journey: Journey, kuba: Pupil, page: Page, look: Look) -> None:
    judge(page, 1, "Partly met", "4 of 6 parts")
    judge(page, 3, "Not yet", "")
    page.get_by_role("region", name="Outcome 3").get_by_label("Or why there is none").fill("Lunch club began late.")
    page.get_by_label("What the pupil says").fill("I can tell it to Ola now.")
    page.get_by_label("What the parents say").fill("He asks us for help.")
    page.get_by_label("What do we change?").fill("Lunch club twice a week.")
    page.get_by_role("button", name="Save the review").click()
    look(page, "Cycle 1")
    expect(page.get_by_text("Carry on with changes")).to_be_visible()
    with journey.build():
        cycle = Cycle.objects.get(pupil=kuba)
        assert cycle.reviewed_on == REVIEW
        assert [row.result for row in cycle.outcomes.order_by("number")] == ["partly", "met", "not"]
        assert FamilyAnswer.objects.filter(pupil=kuba).count() == 3


def when_the_next_cycle_starts(page: Page, look: Look) -> None:
    page.goto("/plans/")
    page.get_by_role("link", name="Kuba Kowalski").click()
    page.get_by_role("button", name="Start cycle 2").click()
    look(page, "Plan")
    panel = page.get_by_role("region", name="Outcome 1")
    expect(panel.get_by_label("Where are they now?")).to_have_value("4 of 6 parts")
