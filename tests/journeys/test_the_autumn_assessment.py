"""The autumn point: a teacher types three and pastes the rest, the office brings a file in, a class is asked for."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from alongside.areas.assessment.jobs import nightly
from alongside.areas.assessment.models import Point, Result
from alongside.areas.assessment.tests.builders import a_point, a_sitting
from alongside.base.pupils.models import Group, Pupil
from tests.journeys.conftest import Journey, Look
from tests.people import TODAY, a_class, a_person, a_post, a_pupil, teaches

NAMES = ("Ana", "Bo", "Cy", "Dee", "Eli", "Fay")


@dataclass
class Autumn:
    point: Point
    ours: Group
    others: Group
    pupils: list[Pupil]
    more: list[Pupil]


@pytest.fixture
def autumn(journey: Journey) -> Autumn:
    """4W, which Ben teaches, and 4G, whose teacher has entered nothing; results were due on Friday."""
    world = journey.world
    journey.on(TODAY)
    with journey.build():
        pupils = [a_pupil(world.oakfield, name, "Bell") for name in NAMES]
        more = [a_pupil(world.oakfield, name, "Frost", class_name="4G") for name in ("Gil", "Hal", "Ivy")]
        ours, others = a_class(world.oakfield, *pupils), a_class(world.oakfield, *more, name="4G")
        world.people["gina"] = a_person("Gina", "Gray", "Mrs")
        a_post(world.people["gina"], "teacher", world.oakfield)
        teaches(world.ben, ours)
        teaches(world.people["gina"], others)
        point = a_point()
        a_sitting(point)
        a_sitting(point, "maths")
        a_sitting(point, "writing", "ks2-ta")
    return Autumn(point, ours, others, pupils, more)


def test_the_autumn_assessment(journey: Journey, autumn: Autumn, look: Look) -> None:
    teacher = journey.as_("ben", phone=True)
    when_the_teacher_types_three(teacher, look)
    then_a_wrong_one_is_named_and_nothing_is_lost(journey, teacher, look)
    when_the_rest_is_pasted_it_is_shown_first(journey, teacher, autumn, look)

    office = journey.as_("gus")
    when_the_office_brings_a_file_in(journey, office, autumn, look)

    nightly()
    then_the_teacher_of_the_empty_class_is_asked(journey.as_("gina"), look)
    then_the_headteacher_sees_which_class(journey.as_("hari"), autumn, look)
    then_a_pupils_results_stand_in_time(teacher, look)


def when_the_teacher_types_three(page: Page, look: Look) -> None:
    page.goto("/assessment/")
    look(page, "Autumn 2026")
    page.get_by_role("link", name="4W").click()
    look(page, "4W, Autumn 2026")
    page.get_by_label("Reading, Ana Bell").fill("104")
    page.get_by_label("Reading, Ana Bell").press("Enter")
    expect(page.get_by_label("Reading, Bo Bell")).to_be_focused()
    page.keyboard.type("970")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Reading, Cy Bell")).to_be_focused()
    page.keyboard.type("a")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Mathematics, Cy Bell").or_(page.get_by_label("Writing, Cy Bell"))).to_have_count(2)


def then_a_wrong_one_is_named_and_nothing_is_lost(journey: Journey, page: Page, look: Look) -> None:
    page.get_by_role("button", name="Save").click()
    look.refused(page, "Bo Bell: 970 is off the scale")
    expect(page.get_by_label("Reading, Ana Bell")).to_have_value("104")
    with journey.build():
        assert not Result.objects.exists(), "all of it, or none"
    page.get_by_role("link", name="Bo Bell: 970").click()
    expect(page.get_by_label("Reading, Bo Bell")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("97")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved: 3 results.")).to_be_visible()
    look(page, "4W, Autumn 2026")


def when_the_rest_is_pasted_it_is_shown_first(journey: Journey, page: Page, autumn: Autumn, look: Look) -> None:
    rows = [f"Bell, {name}\t{88 + 4 * n}\tEXS" for n, name in enumerate(NAMES[3:])]
    page.get_by_text("Paste from Excel").click()
    page.get_by_label("The cells").fill("\n".join(["Pupil\tReading\tWriting", *rows, "Nora Else\t99\tWTS"]))
    page.get_by_role("button", name="Show where they would go").click()
    expect(page.get_by_text("6 results placed by name")).to_be_visible()
    expect(page.get_by_text("Line 5, Nora Else: Nobody here has this name or UPN.")).to_be_visible()
    look(page, "4W, Autumn 2026")
    with journey.build():
        assert Result.objects.count() == 3, "shown, and saved nowhere"
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved: 6 results.")).to_be_visible()
    with journey.build():
        assert Result.objects.filter(source="pasted").count() == 6


def when_the_office_brings_a_file_in(journey: Journey, page: Page, autumn: Autumn, look: Look) -> None:
    page.goto("/assessment/files/")
    look(page, "Bring results in")
    rows = [f"{pupil.upn},{pupil.name},14/05/2018,{90 + n}" for n, pupil in enumerate(autumn.pupils)]
    rows[1] = rows[1].replace("14/05/2018", "31/02/2018")
    rows[2] = rows[2].replace("92", "920")
    body = "\n".join(["UPN,Name,Date of birth,Maths", *rows]).encode()
    page.get_by_label("The file").set_input_files({"name": "maths.csv", "mimeType": "text/csv", "buffer": body})
    page.get_by_role("button", name="Read the file").click()
    look(page, "maths.csv")
    expect(page.get_by_text("4 new, 0 changed, 0 as they stand, 2 refused.")).to_be_visible()
    expect(page.get_by_text("There is no such day as")).to_be_visible()
    expect(page.get_by_text("920 is off the scale")).to_be_visible()
    page.get_by_role("button", name="Save 4 results").click()
    expect(page.get_by_text("Saved: 4 results.")).to_be_visible()
    look(page, "maths.csv")
    page.goto(f"/pupils/{autumn.pupils[0].pk}/results/")
    look(page, "nothing here")


def then_the_teacher_of_the_empty_class_is_asked(page: Page, look: Look) -> None:
    page.goto("/notices/")
    look(page)
    notice = page.get_by_text("4G has no results for Autumn 2026. They were due on 20 November.")
    expect(notice.first).to_be_visible()
    expect(page.get_by_text("Frost")).to_have_count(0)


def then_the_headteacher_sees_which_class(page: Page, autumn: Autumn, look: Look) -> None:
    page.goto("/assessment/")
    look(page, "Autumn 2026")
    expect(page.get_by_text("One class has no data yet.")).to_be_visible()
    expect(page.locator("tbody tr").first).to_contain_text("4G")
    expect(page.locator("tbody tr").nth(1)).to_contain_text("Reading 6 of 6 (1 A)")
    page.goto("/today/")
    expect(page.get_by_text("results of Autumn 2026 are missing").first).to_be_visible()


def then_a_pupils_results_stand_in_time(page: Page, look: Look) -> None:
    page.goto("/assessment/")
    page.get_by_role("link", name="4W").click()
    page.get_by_role("link", name="Ana Bell").click()
    look(page, "Results")
    expect(page.get_by_text("most likely between 95 and 113")).to_be_visible()


def test_a_block_is_placed_without_scripts(journey: Journey, autumn: Autumn, look: Look) -> None:
    page = journey.as_("ben", script=False)
    page.goto(f"/assessment/points/{autumn.point.pk}/classes/{autumn.ours.pk}/")
    page.locator("summary", has_text="Paste from Excel").click()
    page.get_by_label("The cells").fill("101\n102\n\n104\n105\n106\n")
    page.get_by_label("Scores without a heading begin with").select_option("Mathematics")
    page.get_by_role("button", name="Show where they would go").click()
    look(page, "4W, Autumn 2026")
    expect(page.get_by_label("Mathematics, Dee Bell")).to_have_value("104")
    expect(page.get_by_label("Mathematics, Cy Bell")).to_have_value("")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved: 5 results.")).to_be_visible()
    with journey.build():
        assert Result.objects.filter(sitting__subject="maths").count() == 5


def test_a_block_pasted_into_a_box_is_shown_before_it_is_placed(journey: Journey, autumn: Autumn, look: Look) -> None:
    page = journey.as_("ben")
    page.goto(f"/assessment/points/{autumn.point.pk}/classes/{autumn.ours.pk}/")
    box = page.get_by_label("Reading, Ana Bell")
    box.focus()
    box.evaluate(
        """(element) => {
          const data = new DataTransfer();
          data.setData('text/plain', 'Ana Bell\\t104\\nBo Bell\\t97\\n');
          element.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
        }"""
    )
    expect(page.get_by_role("button", name="Show where they would go")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Reading, Bo Bell")).to_have_value("97")
    look(page, "4W, Autumn 2026")
