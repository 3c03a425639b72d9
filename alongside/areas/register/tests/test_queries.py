"""What the pages of the verbs read, and how many statements it takes: the same for a short record and a long one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.areas.concerns import actions as concerns
from alongside.areas.register import actions, queries, rules
from alongside.areas.register.tests.builders import a_decision, on_plan, on_support
from alongside.base.history.models import Viewing
from alongside.base.pupils.models import Contact
from alongside.kit import NotFound
from tests.people import TODAY, World, a_parent, a_pupil

RECORD_STATEMENTS = 8
DECISION_STATEMENTS = 4
ADD_STATEMENTS = 2


@pytest.mark.parametrize("checks", [1, 30])
def test_a_record_takes_the_same_statements_however_long(world: World, checks: int) -> None:
    amara, pupil = world.actor("amara"), a_pupil(world.oakfield)
    on_support(pupil=pupil, by=amara, on=TODAY - timedelta(weeks=30))
    for _ in range(checks):
        actions.check(pupil=pupil, by=amara, on=TODAY, sure=True)
    with CaptureQueriesContext(connection) as said:
        page = queries.record_page(amara, pupil.pk, on=TODAY, page="check")
    assert len(said) == RECORD_STATEMENTS
    assert page.status is not None and page.status.words == "SEN support"
    assert [need.words for need in page.needs] == ["Speech, language and communication needs"]
    assert page.checked == ("Ms Adeyemi", TODAY)
    assert page.waiting is None and page.plan is None and page.disability is None
    assert Viewing.objects.filter(pupil_id=pupil.pk, page="check", by_name="Amara Adeyemi").exists()


def test_a_record_as_it_stood_before(world: World) -> None:
    amara, pupil = world.actor("amara"), a_pupil(world.oakfield)
    on_plan(pupil=pupil, by=amara, on=TODAY - timedelta(days=3))
    page = queries.record_page(amara, pupil.pk, on=TODAY - timedelta(days=4), page="check")
    assert page.status is None and page.needs == ()


@pytest.mark.parametrize("name", ["ben", "chloe", "dana", "dev", "gus"])
def test_a_record_is_open_to_those_who_read_the_file(world: World, name: str) -> None:
    with pytest.raises(NotFound):
        queries.record_page(world.actor(name), a_pupil(world.oakfield).pk, on=TODAY, page="check")


def test_staff_never_open_the_record_of_their_own_child(world: World) -> None:
    pupil = a_pupil(world.oakfield)
    a_parent(world.amara, pupil)
    with pytest.raises(NotFound):
        queries.record_page(world.actor("amara"), pupil.pk, on=TODAY, page="check")


@pytest.mark.parametrize("contacts", [1, 30])
def test_a_waiting_decision_says_whom_to_tell(world: World, contacts: int) -> None:
    amara, pupil = world.actor("amara"), a_pupil(world.oakfield)
    for number in range(contacts):
        Contact.objects.create(
            pupil=pupil, school=world.oakfield, order=number, title="Ms", given="Ewa", family="Kowalska",
            relationship="PAM", responsibility=True, language="POL", reach="ring after 3",
            phones=[{"type": "M", "number": "07700 900142"}],
        )  # fmt: skip
    barred = {"pupil": pupil, "school": world.oakfield, "responsibility": True, "barred": True, "family": "Barred"}
    Contact.objects.create(**barred)
    decision = a_decision(pupil=pupil, by=amara, on=TODAY)
    with CaptureQueriesContext(connection) as said:
        page = queries.decision_page(amara, pupil.pk, decision.pk, on=TODAY, step="tell")
    assert len(said) == DECISION_STATEMENTS
    assert page.parents[0] == queries.Parent("Ms Kowalska", "mother", "07700 900142", "Polish; ring after 3")
    assert all("Barred" not in parent.name for parent in page.parents)
    assert page.steps == (("Decide", "done"), ("Tell the parent", "now"), ("Start", "to_come"))
    assert page.whom == "the parent"


def test_from_sixteen_the_young_person_is_told(world: World) -> None:
    amara, pupil = (
        world.actor("amara"),
        a_pupil(world.oakfield, born_on=TODAY.replace(year=TODAY.year - 18), nc_year="13"),
    )
    decision = a_decision(pupil=pupil, by=amara, on=TODAY)
    assert queries.decision_page(amara, pupil.pk, decision.pk, on=TODAY, step="tell").whom == "the young person"


def test_a_decision_in_effect_or_of_another_pupil_is_not_found(world: World) -> None:
    amara, pupil, other = world.actor("amara"), a_pupil(world.oakfield), a_pupil(world.oakfield, "Billy", "Frost")
    decision = on_support(pupil=pupil, by=amara, on=TODAY).decision
    waiting = a_decision(pupil=other, by=amara, on=TODAY)
    assert decision is not None
    for pupil_id, decision_id in ((pupil.pk, decision.pk), (pupil.pk, waiting.pk)):
        with pytest.raises(NotFound):
            queries.decision_page(amara, pupil_id, decision_id, on=TODAY, step="place")


def test_the_concern_behind_a_decision_fills_it(world: World) -> None:
    amara, pupil = world.actor("amara"), a_pupil(world.oakfield)
    worry = concerns.raise_concern(
        pupil=pupil, draft=concerns.ConcernDraft("Loses his place."), by=world.actor("ben"), on=TODAY
    )
    page = queries.record_page(amara, pupil.pk, on=TODAY, page="register decision")
    behind = queries.concern_behind(page, str(worry.pk), actor=amara)
    assert behind is not None and (behind.seen, behind.who) == ("Loses his place.", "Mr Whitlock")
    elsewhere = queries.record_page(amara, a_pupil(world.oakfield, "Billy", "Frost").pk, on=TODAY, page="x")
    assert queries.concern_behind(elsewhere, str(worry.pk), actor=amara) is None
    assert queries.concern_behind(page, "not a number", actor=amara) is None


@pytest.mark.parametrize("pupils", [1, 30])
def test_finding_a_pupil_to_add(world: World, pupils: int) -> None:
    amara = world.actor("amara")
    rows = [a_pupil(world.oakfield, f"Kuba{n}", "Kowalski") for n in range(pupils)]
    on_support(pupil=rows[0], by=amara, on=TODAY)
    a_pupil(world.brookside, "Kubus", "Kowal")
    with CaptureQueriesContext(connection) as said:
        page = queries.add_page(amara, "kub", on=TODAY)
    assert len(said) == ADD_STATEMENTS
    assert len(page.found) == min(pupils, 12)
    assert [row.status for row in page.found if row.id == rows[0].pk] == ["K"]
    assert queries.add_page(amara, "k", on=TODAY).found == ()
    assert "No pupil on roll" in queries.add_page(amara, "nobody", on=TODAY).note


def test_the_needs_of_a_decision_keep_a_chosen_area(world: World) -> None:
    amara, pupil = world.actor("amara"), a_pupil(world.oakfield)
    limbs = rules.Limbs(True, "Seen.", True, "More.", TODAY)
    draft = actions.DecisionDraft("K", limbs, [rules.NeedDraft("OTH", 1, "S&P")])
    decision = actions.decide(pupil=pupil, draft=draft, by=amara, on=TODAY)
    (need,) = queries.decision_now(decision).needs
    assert (need.words, need.area_words, need.glyph) == (
        "Other difficulty or disability",
        "Sensory and/or physical",
        "body",
    )
