"""A new SENCO: the gap, the appointment, the clock, the time; then what the staff can do, and how they learn it."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from alongside.areas.training.tests.builders import taught_by
from tests.journeys.conftest import Journey, Look
from tests.people import a_person, a_post

TITLE = "Talk that everybody can follow"
HELD, LATER = date(2026, 12, 1), date(2027, 1, 11)


@pytest.fixture
def school(journey: Journey) -> int:
    """Oakfield with its board and the director; Tam teaches five pupils with needs in communication."""
    world = journey.world
    with journey.build():
        for key, given, family, role, where in (
            ("chair", "Petra", "Lowe", "chair", world.oakfield), ("gwen", "Gwen", "Hale", "governor", world.oakfield),
            ("dina", "Dina", "Ferris", "director", None), ("tam", "Tam", "Orchard", "teacher", world.oakfield),
        ):  # fmt: skip
            world.people[key] = a_person(given, family, "Ms")
            a_post(world.people[key], role, where)
        taught_by(world.people["tam"], world.oakfield)
        a_post(world.ben, "senco", world.oakfield)
    return world.oakfield.pk


def test_a_new_senco_and_their_time(journey: Journey, school: int, look: Look) -> None:
    head = journey.as_("hari")
    when_the_appointment_ends(head, school, look)
    then_three_people_are_told_that_day(journey, look)
    when_somebody_new_is_appointed(head, look)
    then_only_two_qualifications_count(head, look)
    when_hours_are_agreed(head, look)
    senco = journey.as_("ben")
    when_the_senco_notes_a_hard_week_and_says_so(senco, school, look)
    then_the_head_reads_and_cannot_write(head, school, look)
    then_a_governor_sees_only_how_it_stands(journey.as_("gwen"), look)


def when_the_appointment_ends(page: Page, school: int, look: Look) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_text("More").click()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Training").click()
    page.get_by_role("link", name="SENCO’s post").click()
    look(page, "SENCO’s post, Oakfield")
    page.get_by_role("link", name="End this appointment").click()
    page.get_by_label("Last day").fill("22 Nov 2026")
    page.get_by_role("button", name="End it").click()
    expect(page.get_by_text("There has been no SENCO since 23 Nov 2026.")).to_be_visible()
    look(page)


def then_three_people_are_told_that_day(journey: Journey, look: Look) -> None:
    for who in ("hari", "chair", "dina"):
        page = journey.as_(who)
        page.goto("/notices/")
        expect(page.get_by_text("has had no SENCO since 23 November 2026")).to_be_visible()
        expect(page.get_by_text("Adeyemi")).to_have_count(0)
        look(page)


def when_somebody_new_is_appointed(page: Page, look: Look) -> None:
    page.get_by_role("link", name="Appoint").click()
    page.get_by_label("Who").select_option(label="Ben Whitlock")
    page.get_by_label("First day", exact=True).fill("23 Nov 2026")
    page.get_by_label("Sits in the school’s leadership team").check()
    page.get_by_role("button", name="Appoint").click()
    look.refused(page, "A SENCO has to be a qualified teacher")
    page.get_by_label("Qualified teacher, induction finished (QTS)").check()
    page.get_by_role("button", name="Appoint").click()
    expect(page.get_by_text("To be held by")).to_contain_text("22 Nov 2029")
    look(page, "SENCO’s post")


def then_only_two_qualifications_count(page: Page, look: Look) -> None:
    page.get_by_role("link", name="Note a qualification").click()
    page.get_by_label("Another course").check()
    page.get_by_label("Who gives it").fill("A college")
    page.get_by_label("Began on").fill("21 Sep 2026")
    page.get_by_role("button", name="Keep it").click()
    look.refused(page, "Only two qualifications count")
    page.get_by_label("National Professional Qualification for SENCOs (NPQ)").check()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("On a course")).to_be_visible()


def when_hours_are_agreed(page: Page, look: Look) -> None:
    page.get_by_role("link", name="Agree hours").click()
    page.get_by_label("Hours a week for the SENCO’s work").fill("12")
    page.get_by_label("Hours a week of administrative help").fill("3")
    page.get_by_role("button", name="Agree").click()
    expect(page.get_by_text("12 a week agreed")).to_be_visible()
    look(page)


def when_the_senco_notes_a_hard_week_and_says_so(page: Page, school: int, look: Look) -> None:
    page.goto(f"/senco/{school}/")
    page.get_by_role("link", name="Note my week").click()
    look(page, "How your week went")
    page.get_by_label("Hours you had for the role").fill("7")
    page.get_by_label("Hours lost to: cover for a colleague").fill("6")
    page.get_by_role("button", name="Keep the week").click()
    expect(page.get_by_text("more than the 10% that may be lost")).to_be_visible()
    page.get_by_role("link", name="Is my time enough?").click()
    page.get_by_label("Not enough").check()
    page.get_by_label("What is there no time for?").fill("Being in lessons.")
    page.get_by_role("button", name="Say so").click()
    expect(page.get_by_text("Being in lessons.")).to_be_visible()
    look(page)


def then_the_head_reads_and_cannot_write(page: Page, school: int, look: Look) -> None:
    page.goto(f"/senco/{school}/")
    expect(page.get_by_text("Being in lessons.")).to_be_visible()
    expect(page.get_by_role("link", name="Is my time enough?")).to_have_count(0)
    page.goto(f"/senco/{school}/view/")
    look(page, "nothing here")


def then_a_governor_sees_only_how_it_stands(page: Page, look: Look) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="SENCO’s post").click()
    expect(page.get_by_role("row", name="Has the SENCO enough time?")).to_contain_text("At risk")
    expect(page.get_by_text("Being in lessons.")).to_have_count(0)
    look(page, "SENCO’s post")


def test_what_the_staff_can_do(journey: Journey, school: int, look: Look) -> None:
    central, director, senco, head = (journey.as_(name) for name in ("dev", "dina", "amara", "hari"))
    teacher = journey.as_("tam", phone=True)
    when_a_teacher_rates_herself(teacher, look)
    when_the_senco_rates_her(senco, look)
    when_the_central_team_answers_with_a_course(central, director, look)
    when_the_senco_books_her(senco, look)
    journey.on(HELD)
    when_attendance_is_noted(senco, look)
    journey.on(LATER)
    when_she_says_what_changed(teacher, look)
    then_the_grid_and_the_head_know(senco, head, look)
    when_central_training_goes_to_the_executive(central, director, look)
    when_the_head_ticks_and_types(head, look)
    when_the_senco_logs_coaching(senco, look)
    then_lunch_staff_stand_at_none(senco, look)


def when_a_teacher_rates_herself(page: Page, look: Look) -> None:
    page.goto("/training/")
    look(page, "My training")
    page.get_by_text("Rate myself").click()
    page.get_by_label("Communication and interaction").select_option(label="Does it")
    page.get_by_role("button", name="Keep my rating").click()
    expect(page.get_by_text("Your rating is kept.")).to_be_visible()
    look(page)


def when_the_senco_rates_her(page: Page, look: Look) -> None:
    page.goto("/training/staff/")
    page.get_by_role("link", name="Tam Orchard").click()
    look(page, "Rate Tam Orchard")
    page.get_by_label("Communication and interaction").select_option(label="Knows of it")
    page.get_by_role("button", name="Keep my rating").click()
    row = page.get_by_role("row", name="Tam Orchard")
    for words in ("Does it", "Knows of it", "5 pupils", "Gap"):
        expect(row).to_contain_text(words)
    look(page, "What our staff can do")


def when_the_central_team_answers_with_a_course(central: Page, director: Page, look: Look) -> None:
    central.goto("/training/trust/")
    expect(central.get_by_role("row", name="Communication and interaction")).to_contain_text("fewer than 5")
    expect(central.get_by_text("Orchard")).to_have_count(0)
    look(central, "What schools need alike")
    central.goto("/training/courses/new/")
    central.get_by_label("Name of the course").fill(TITLE)
    central.get_by_label("Who gives it").fill("The central team")
    central.get_by_label("Area of need").select_option(label="Communication and interaction")
    central.get_by_label("Teachers").check()
    central.get_by_role("button", name="Keep the course").click()
    expect(central.get_by_text("A draft: it counts for nothing yet.")).to_be_visible()
    look(central, TITLE)
    central.get_by_role("link", name="Change it").click()
    for label, words in (
        ("Which need", "Named by schools."),
        ("What people can do", "Plan a lesson."),
        ("How we will see", "Ask."),
    ):
        central.get_by_label(label).fill(words)
    central.get_by_role("button", name="Keep the course").click()
    central.get_by_label("Day").fill("1 Dec 2026")
    central.get_by_role("button", name="Set the day").click()
    look(central, TITLE)
    director.goto("/training/courses/")
    director.get_by_role("link", name=TITLE).click()
    director.get_by_role("button", name="Approve").click()
    expect(director.get_by_text("Approved: from now on it counts.")).to_be_visible()
    central.goto("/training/trust/0/")
    central.get_by_label("A course", exact=True).check()
    central.get_by_label("Which course").select_option(label=TITLE)
    central.get_by_role("button", name="Answer").click()
    expect(central.get_by_role("row", name="Communication and interaction")).to_contain_text(TITLE)


def when_the_senco_books_her(page: Page, look: Look) -> None:
    page.goto("/training/courses/")
    look(page, "Courses")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("link", name="1 Dec 2026").click()
    page.get_by_label("Book: Tam Orchard").check()
    page.get_by_role("button", name="Book those ticked").click()
    expect(page.get_by_text("1 colleague booked")).to_be_visible()
    look(page, TITLE)


def when_attendance_is_noted(page: Page, look: Look) -> None:
    page.reload()
    page.get_by_role("button", name="Keep who came").click()
    expect(page.get_by_text("What changed is asked by 12 Jan 2027.")).to_be_visible()
    look(page, TITLE)


def when_she_says_what_changed(page: Page, look: Look) -> None:
    page.goto("/training/")
    page.get_by_role("link", name="Say what changed").click()
    page.get_by_label("What do you do differently since?").fill("I wait for Kit1 Zielak now.")
    page.get_by_role("button", name="Keep it").click()
    look.refused(page, "Leave pupils’ names out")
    page.get_by_label("What do you do differently since?").fill("I wait ten seconds before I ask again.")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("With Mr Bright for signing.")).to_be_visible()
    look(page, "My training")


def then_the_grid_and_the_head_know(senco: Page, head: Page, look: Look) -> None:
    senco.goto("/training/staff/")
    expect(senco.get_by_role("row", name="Tam Orchard")).to_contain_text("Gap, trained and followed up")
    head.goto("/training/")
    look(head, "My training")
    head.get_by_role("button", name="Sign it off for Tam Orchard").click()
    expect(head.get_by_text("Signed off.")).to_be_visible()


def when_central_training_goes_to_the_executive(central: Page, director: Page, look: Look) -> None:
    central.goto("/training/courses/")
    central.get_by_role("link", name=TITLE).click()
    central.get_by_label("Day").fill("11 Jan 2027")
    central.get_by_role("button", name="Set the day").click()
    central.goto("/training/")
    central.get_by_role("button", name="Take a place").click()
    central.get_by_role("link", name="Say what changed").click()
    central.get_by_label("What do you do differently since?").fill("I ask schools before I plan.")
    central.get_by_role("button", name="Keep it").click()
    look.refused(central, "No line executive is noted for you")
    director.goto("/training/lines/")
    director.get_by_label("Who").select_option(label="Dev Shah")
    director.get_by_label("Line executive").select_option(label="Dina Ferris")
    director.get_by_role("button", name="Note it").click()
    look(director, "Line executives")
    central.get_by_role("button", name="Keep it").click()
    expect(central.get_by_text("With Ms Ferris for signing.")).to_be_visible()
    director.goto("/training/")
    director.get_by_role("button", name="Sign it off for Dev Shah").click()
    expect(director.get_by_text("Signed off.")).to_be_visible()


def when_the_head_ticks_and_types(page: Page, look: Look) -> None:
    page.goto("/training/appraisals/")
    look(page, "Appraisals")
    page.get_by_label("Covered in the appraisal of Tam Orchard").check()
    page.evaluate(
        "const box = document.querySelector('main form').appendChild(document.createElement('input'));"
        "box.name = 'notes'; box.value = 'Kit1 is behind'"
    )
    page.get_by_role("button", name="Keep the ticks").click()
    look.refused(page, "Only a tick is kept here")
    page.get_by_label("Covered in the appraisal of Tam Orchard").check()
    page.get_by_role("button", name="Keep the ticks").click()
    expect(page.get_by_role("row", name="Tam Orchard")).to_contain_text("11 Jan 2027")


def when_the_senco_logs_coaching(page: Page, look: Look) -> None:
    page.goto("/training/coaching/")
    page.get_by_label("Department or year team").fill("Key Stage 2")
    page.get_by_label("How many colleagues").fill("4")
    page.get_by_role("button", name="Log it").click()
    expect(page.get_by_role("row", name="Key Stage 2")).to_contain_text("Guided")
    look(page, "Coaching by department")


def then_lunch_staff_stand_at_none(page: Page, look: Look) -> None:
    page.goto("/training/staff/add/")
    page.get_by_label("First name").fill("Lou")
    page.get_by_label("Family name").fill("Parry")
    page.get_by_role("button", name="Note them").click()
    expect(page.get_by_role("row", name="Lunch and site staff")).to_contain_text("None")
    look(page, "Who has been trained")
