"""Journey 1: from a teacher's worry to the register. September 2024; Robin was born on 14 May 2016 and is in Year 4."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from alongside.areas.concerns.models import Concern
from alongside.areas.register.models import Decision, Disability, Need, Status
from alongside.base.access.models import Post
from alongside.base.pupils.models import Pupil
from alongside.base.schools.models import Term
from tests.journeys.conftest import Journey, Look
from tests.people import a_class, a_parent, a_pupil, teaches

FIRST_OF_TERM = date(2024, 9, 2)
WORRIED, ASKED, DECIDED = date(2024, 9, 18), date(2024, 9, 19), date(2024, 10, 3)


@pytest.fixture
def robin(journey: Journey) -> Pupil:
    """Oakfield in September 2024: Mr Whitlock teaches 4W, Robin is in it, and Ms Kowalska is Robin's mother."""
    world = journey.world
    Post.objects.update(since=FIRST_OF_TERM)
    Term.objects.create(name="Autumn 1", first=FIRST_OF_TERM, last=date(2024, 10, 25))
    Term.objects.create(name="Autumn 2", first=date(2024, 11, 4), last=date(2024, 12, 20))
    with journey.build():
        robin, juno = (
            a_pupil(world.oakfield, *name, born_on=date(2016, 5, 14), entered_on=date(2020, 9, 7))
            for name in (("Robin", "Ash"), ("Juno", "Vale"))
        )
        group = a_class(world.oakfield, robin, juno)
        group.memberships.update(since=FIRST_OF_TERM)
        teaches(world.ben, group, since=FIRST_OF_TERM)
        a_parent(world.ewa, robin)
    journey.on(WORRIED)
    return robin


def test_a_worry_reaches_the_register(journey: Journey, robin: Pupil, look: Look) -> None:
    teacher, senco = journey.as_("ben", phone=True), journey.as_("amara")

    when_the_teacher_writes_a_concern(journey, teacher, look)
    then_the_teacher_knows_when_an_answer_comes(teacher, look)

    when_the_senco_finds_it_on_today(senco, look)
    when_the_senco_chooses_to_screen(journey, senco, look)
    then_four_named_parts_stand_unfinished(senco, look)
    then_deciding_now_is_refused_and_what_is_missing_is_named(senco, look)
    when_the_four_parts_are_written_down(senco, look)

    journey.on(DECIDED)
    when_the_senco_goes_on_to_the_decision(senco, look)
    then_support_without_a_main_need_is_refused(senco, look)
    then_support_without_special_provision_is_refused(senco, look)
    when_the_decision_is_right(senco)
    then_support_cannot_start_before_the_parent_is_told(journey, robin, senco, look)
    when_the_parent_is_told_at_the_meeting(senco, look)
    then_the_register_shows_robin(journey, robin, senco, look)

    then_the_teacher_hears_what_happened(teacher, look)
    then_no_disability_known_is_an_answer_of_its_own(journey, robin, senco, look)


def test_a_disability_without_sen_leaves_a_pupil_off_the_register(journey: Journey, robin: Pupil, look: Look) -> None:
    senco = journey.as_("amara")
    senco.goto("/find/?q=juno&go=1")
    expect(senco.get_by_text("Not on the SEN register")).to_be_visible()

    when_a_disability_is_recorded(senco, look)

    expect(senco.get_by_text("Not on the SEN register")).to_be_visible()
    with journey.build():
        known = Disability.objects.get(pupil__given_name="Juno")
        assert known.known and known.adjustments.splitlines() == ["Sits at the front", "Radio aid"]
        assert not Status.objects.filter(pupil=known.pupil).exists()
    senco.goto("/pupils/")
    expect(senco.get_by_text("Juno Vale")).to_have_count(0)


# --- The teacher ----------------------------------------------------------------------------------------


def when_the_teacher_writes_a_concern(journey: Journey, page: Page, look: Look) -> None:
    """Three lines on a phone, between two lessons."""
    page.goto("/")
    look(page, "4W")
    journey.hand.start()
    page.get_by_role("navigation", name="At hand").get_by_role("link", name="Concerns").click()
    page.get_by_role("link", name="Raise a concern").first.click()
    look(page, "Whom is it about?")
    page.get_by_role("link", name="Robin Ash").click()
    look(page, "A concern about Robin Ash")
    page.get_by_label("What do you see?").fill("Loses the thread of a story. Cannot retell it.")
    page.get_by_label("Moved seat").check()
    page.get_by_label("Broke it up").check()
    page.get_by_label("For how many weeks?").fill("3")
    page.get_by_label("A little").check()
    page.get_by_role("button", name="Send to Ms Adeyemi").click()
    page.wait_for_url("**/concerns/*/")

    assert (journey.hand.taps, journey.hand.letters) == (7, 47)
    assert journey.hand.seconds < 30


def then_the_teacher_knows_when_an_answer_comes(page: Page, look: Look) -> None:
    look(page, "A concern about Robin")
    expect(page.get_by_text("You will hear by Wed 2 Oct, 10 school days from 18 Sep.")).to_be_visible()
    expect(page.get_by_text("Tried: moved seat, broke it up, for 3 weeks. Did it help? A little.")).to_be_visible()


def then_the_teacher_hears_what_happened(page: Page, look: Look) -> None:
    page.goto("/")
    page.get_by_role("link", name="new notice").click()
    look(page, "What you were told")
    page.get_by_role("button", name="What happened to your concern about Robin: Robin now has SEN support").click()
    look(page, "A concern about Robin")
    expect(page.get_by_text("Robin now has SEN support. A plan follows; you will be asked to help.")).to_be_visible()
    expect(page.get_by_text("Slow to answer in class")).to_have_count(0)  # the reason for the file is not theirs


# --- The SENCO screens ----------------------------------------------------------------------------------


def when_the_senco_finds_it_on_today(page: Page, look: Look) -> None:
    page.goto("/")
    look(page, "Wednesday 18 September")
    row = page.get_by_role("listitem").filter(has_text="Robin Ash, 4W")
    expect(row).to_contain_text("Mr Whitlock")
    expect(row).to_contain_text("10 school days left")
    row.get_by_role("link", name="Triage").click()


def when_the_senco_chooses_to_screen(journey: Journey, page: Page, look: Look) -> None:
    journey.on(ASKED)
    page.reload()
    look(page, "What happens with this concern?")
    page.get_by_label("Screen: find out more").check()
    page.get_by_label("Why? (for the file").fill("Slow to answer in class since Year 2.")
    page.get_by_role("button", name="Decide and answer").click()


def then_four_named_parts_stand_unfinished(page: Page, look: Look) -> None:
    look(page, "A concern about Robin")
    for part in (
        "What the previous setting knew",
        "Talk with the parents",
        "Two kinds of evidence",
        "The pupil’s views",
    ):
        expect(page.get_by_role("listitem").filter(has_text=part).get_by_role("link")).to_contain_text("Write it down")


def then_deciding_now_is_refused_and_what_is_missing_is_named(page: Page, look: Look) -> None:
    page.get_by_role("link", name="Decide").click()
    page.get_by_label("Go to a register decision").check()
    page.get_by_role("button", name="Decide and answer").click()
    look.refused(
        page,
        "Screening cannot be decided yet. Still missing: what the previous setting knew, talk with the parents, "
        "two kinds of evidence, the pupil’s views.",
    )
    page.get_by_role("link", name="Not now").click()


def when_the_four_parts_are_written_down(page: Page, look: Look) -> None:
    for part, words in (
        ("What the previous setting knew", "Nursery saw late talking and asked for nothing."),
        ("Talk with the parents", "His mother says: he tells me nothing about his day."),
        ("The pupil’s views", "I forget the middle. Mrs Iqbal drew it with me."),
    ):
        page.get_by_role("link", name=part).click()
        look(page, part)
        page.get_by_label("What did you find?").fill(words)
        page.get_by_role("button", name="Write it down").click()
    page.get_by_role("link", name="two kinds of evidence").click()
    look(page, "Two kinds of evidence")
    for number, kind, words in (
        (1, "Teacher's assessment", "Retells 2 of 6 parts of a story."),
        (2, "Test or screening tool", "Standard score 74 for listening."),
    ):
        page.locator(f"#id_kind_{number}").select_option(kind)
        page.locator(f"#id_says_{number}").fill(words)
    page.get_by_role("button", name="Write it down").click()
    look(page, "A concern about Robin")


# --- The SENCO decides ----------------------------------------------------------------------------------


def when_the_senco_goes_on_to_the_decision(page: Page, look: Look) -> None:
    page.goto("/concerns/")
    look(page, "Concerns")
    page.get_by_role("link", name="Carry on").click()
    page.get_by_role("link", name="Decide", exact=True).click()  # all is in, so nobody asks again what happens next
    look(page, "Decide on support for Robin")
    expect(page.get_by_label("What the parent says")).to_have_value(
        "His mother says: he tells me nothing about his day."
    )


def record(page: Page) -> None:
    page.get_by_role("button", name="Record the decision").click()


def then_support_without_a_main_need_is_refused(page: Page, look: Look) -> None:
    page.get_by_role("group", name="Is there a learning difficulty").get_by_label("Yes").check()
    page.get_by_label("Date of the evidence").fill("1 Oct 2024")
    page.get_by_role("group", name="Does it call for something").get_by_label("Yes").check()
    page.get_by_label("What is needed beyond ordinary teaching?").fill("A language group three times a week.")
    record(page)
    look.refused(page, "Choose a main need.")


def then_support_without_special_provision_is_refused(page: Page, look: Look) -> None:
    page.get_by_label("Main need", exact=True).select_option("SLCN")
    page.get_by_label("Need 2 (optional)", exact=True).select_option("MLD")
    page.get_by_role("group", name="Does it call for something").get_by_label("No").check()
    record(page)
    look.refused(
        page, "If ordinary provision is enough this is not SEN support. Consider reasonable adjustments instead."
    )


def when_the_decision_is_right(page: Page) -> None:
    page.get_by_role("group", name="Does it call for something").get_by_label("Yes").check()
    record(page)
    page.wait_for_url("**/tell/")


def then_support_cannot_start_before_the_parent_is_told(journey: Journey, robin: Pupil, page: Page, look: Look) -> None:
    look(page, "Tell the parent about SEN support")
    telling = page.url
    page.goto(telling.replace("/tell/", "/place/"))
    page.get_by_role("button", name="Start SEN support").click()
    look.refused(page, "You cannot make this SEN support yet. Tell the parent first")
    with journey.build():
        assert not Status.objects.filter(pupil=robin).exists()
    page.goto(telling)


def when_the_parent_is_told_at_the_meeting(page: Page, look: Look) -> None:
    expect(page.get_by_text("Ewa Kowalska")).to_be_visible()
    page.get_by_label("In a meeting").check()
    page.get_by_role("button", name="Save, then start").click()
    look(page, "Start SEN support")
    page.get_by_role("button", name="Start SEN support").click()
    look(page, "Robin")
    expect(page.get_by_text("15 school days from 3 Oct 2024, when SEN support began")).to_be_visible()


def then_the_register_shows_robin(journey: Journey, robin: Pupil, page: Page, look: Look) -> None:
    page.goto("/pupils/")
    look(page, "SEN register")
    row = page.get_by_role("row").filter(has_text="Robin Ash")
    expect(row).to_contain_text("Support")
    expect(row).to_contain_text("SLCN")
    with journey.build():
        assert Status.objects.get(pupil=robin).since == DECIDED
        assert list(Need.objects.filter(pupil=robin).order_by("rank").values_list("code", "rank", "area")) == [
            ("SLCN", 1, "C&I"), ("MLD", 2, "C&L"),
        ]  # fmt: skip
        assert Decision.objects.get(pupil=robin).told_how == "meeting"
        assert Concern.objects.get(pupil=robin).closed_on == DECIDED


# --- Disability is another question ----------------------------------------------------------------------


def then_no_disability_known_is_an_answer_of_its_own(journey: Journey, robin: Pupil, page: Page, look: Look) -> None:
    page.get_by_role("link", name="Robin Ash").click()
    page.get_by_role("link", name="Still right?").click()
    look(page, "Is this still right?")
    expect(page.get_by_text("Not asked yet")).to_be_visible()
    page.get_by_role("link", name="Answer").click()
    look(page, "Is a disability known?")
    page.get_by_label("No disability known").check()
    page.get_by_label("Who told us?").fill("His mother")
    page.get_by_role("button", name="Keep the answer").click()
    expect(page.get_by_text("The answer about disability is kept. It does not change the SEN status.")).to_be_visible()
    with journey.build():
        assert not Disability.objects.get(pupil=robin).known
        assert Status.objects.filter(pupil=robin, code="K", until=None).exists()


def when_a_disability_is_recorded(page: Page, look: Look) -> None:
    page.get_by_role("link", name="Still right?").click()
    page.get_by_role("link", name="Answer").click()
    page.get_by_label("Yes").check()
    page.get_by_label("The impairment").fill("Hearing loss in both ears")
    page.get_by_label("Its effect is more than minor").check()
    page.get_by_label("It has lasted, or will last, 12 months or more").check()
    page.get_by_label("Adjustments that are owed").fill("Sits at the front\nRadio aid")
    page.get_by_label("Who told us?").fill("Hospital letter")
    look(page, "Is a disability known?")
    page.get_by_role("button", name="Keep the answer").click()
    look(page, "Juno")
