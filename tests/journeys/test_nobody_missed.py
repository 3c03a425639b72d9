"""Nobody is missed: a sign is switched on with open eyes, the results are looked through, and every flag is a question.

November 2026. Nine of Mr Whitlock's class hold their place in reading; three fall behind.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from alongside.areas.concerns.models import Concern
from alongside.areas.identification.models import Flag, Switch
from alongside.areas.identification.rules import Sign
from alongside.areas.identification.tests.builders import a_director, a_run_of_scores, a_scale, a_year_group, swept
from alongside.areas.register.models import Decision, Status
from alongside.base.pupils.models import Pupil
from tests.journeys.conftest import Journey, Look
from tests.people import TODAY, a_class, teaches

LATER = TODAY + timedelta(weeks=3)


@pytest.fixture
def fallen(journey: Journey) -> list[Pupil]:
    """Robin, Juno and Amal, who fall behind while their class does not."""
    world = journey.world
    with journey.build():
        world.people["dora"] = a_director()
        pupils = a_year_group(world.oakfield, 12)
        for pupil, name in zip(pupils, ("Robin", "Juno", "Amal"), strict=False):
            pupil.given_name = name
            pupil.save()
        teaches(world.ben, a_class(world.oakfield, *pupils))
        falls, steady = (100.0, 91.0, 80.0), (100.0, 100.0, 100.0)
        a_run_of_scores(a_scale(), [(pupil, falls if n < 3 else steady) for n, pupil in enumerate(pupils)])
    return pupils[:3]


def test_nobody_is_missed(journey: Journey, look: Look, fallen: list[Pupil]) -> None:
    given_that_no_sign_asks_yet(journey, look)
    the_director_looks_and_switches_one_on(journey.as_("dora"), look)
    the_results_are_looked_through(journey)
    the_teacher_shares_one_worry(journey.as_("ben", phone=True), look, fallen[0])
    the_senco_answers_another_and_is_refused_twice(journey.as_("amara"), look, fallen[1])
    journey.on(LATER)
    one_is_left_and_shown_late(journey, look, fallen)


def given_that_no_sign_asks_yet(journey: Journey, look: Look) -> None:
    page = journey.as_("amara")
    page.goto("/progress/")
    look(page, "Progress flags")
    expect(page.get_by_role("heading", name="No sign is switched on")).to_be_visible()


def the_director_looks_and_switches_one_on(page: Page, look: Look) -> None:
    page.goto("/progress/counts/")
    look(page, "Progress in counts")
    page.get_by_role("link", name="Signs", exact=True).click()
    look(page, "Signs of slow progress")
    page.get_by_label("Reliability of the test").fill("0.9")
    page.get_by_label("Pupils who truly slow down").fill("10")
    page.get_by_role("button", name="Work it out").click()
    growing = page.get_by_role("region", name="The gap is growing")
    expect(growing).to_contain_text("Of 100 it asks about, 29 would truly have slowed down")
    expect(page.get_by_role("region", name="Slower than before")).to_contain_text("no likelier to have slowed down")
    growing.get_by_role("button", name="Switch on").click()
    expect(page.get_by_text("The gap is growing: switched on.")).to_be_visible()
    look(page, "Signs of slow progress")
    page.goto("/progress/alike/")
    look(page, "Are pupils found alike?")


def the_results_are_looked_through(journey: Journey) -> None:
    """As the job does it."""
    with journey.build():
        kept = Switch.objects.get()
        assert kept.sign == Sign.WIDENS and kept.shown["right"] == pytest.approx(0.29, abs=0.01)
        swept()
        assert Flag.objects.count() == 3


def the_teacher_shares_one_worry(page: Page, look: Look, robin: Pupil) -> None:
    page.goto("/progress/")
    look(page, "Progress flags")
    page.get_by_role("link", name="Robin Example, 4W", exact=True).click()
    look(page, "Robin’s progress")
    expect(page.get_by_text("fell by 20 points")).to_be_visible()
    page.get_by_text("Show as a table").first.click()
    expect(page.get_by_role("cell", name="80")).to_be_visible()
    page.get_by_role("link", name="Answer 1 flag").click()
    look(page, "What do you say?")
    page.get_by_label("I share the worry").check()
    expect(page.get_by_label("What do you see?")).to_contain_text("100, 91, 80 in 3 tests")
    page.get_by_role("button", name="Answer", exact=True).click()
    look(page, "A concern about Robin")


def the_senco_answers_another_and_is_refused_twice(page: Page, look: Look, juno: Pupil) -> None:
    page.goto("/concerns/")
    look(page, "Concerns")
    expect(page.get_by_text("Progress flag in reading")).to_be_visible()
    page.get_by_role("link", name="Triage").click()
    look(page, "What happens with this concern?")
    expect(page.get_by_role("heading", name="What the results say")).to_be_visible()
    page.goto("/progress/sweep/")
    look(page, "Whole-school sweep")
    expect(page.get_by_role("row", name="Robin Example")).to_contain_text("Concern open")
    expect(page.get_by_role("row", name="Child5 Example")).to_contain_text("Not flagged")
    page.get_by_role("row", name="Juno Example").get_by_role("link", name="gap grows").click()
    page.get_by_label("No concern, and I say why").check()
    page.get_by_role("button", name="Answer", exact=True).click()
    look.refused(page, "A flag is not put away without one")
    page.get_by_label("In your words").fill("She is EAL.")
    page.get_by_role("button", name="Answer", exact=True).click()
    look.refused(page, "‘EAL’ cannot be the only reason")
    page.get_by_label("In your words").fill("Her glasses broke in the week of the test; she reads well with them.")
    page.get_by_role("button", name="Answer", exact=True).click()
    look(page, "Juno’s progress")
    expect(page.get_by_text("Her glasses broke")).to_be_visible()


def one_is_left_and_shown_late(journey: Journey, look: Look, fallen: list[Pupil]) -> None:
    page = journey.as_("amara")
    page.goto("/progress/sweep/?late=1")
    look(page, "Whole-school sweep")
    row = page.get_by_role("row", name="Amal Example")
    expect(row).to_contain_text("school days late")
    expect(page.get_by_role("row", name="Juno Example")).to_have_count(0)
    page.get_by_role("link", name="Print").click()
    look(page, "Whole-school sweep")
    with journey.build():
        assert dict(Flag.objects.values_list("pupil", "answer")) == {
            fallen[0].pk: "confirm", fallen[1].pk: "dismiss", fallen[2].pk: "",
        }  # fmt: skip
        assert Concern.objects.get().pupil == fallen[0]
        assert not Status.objects.exists() and not Decision.objects.exists(), "a flag never sets a status"
