"""The plan on paper: what is on it, for whom, and that each copy is kept."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from docx import Document as Docx

from alongside.areas.support import actions, papers
from alongside.areas.support.models import Cycle
from alongside.areas.support.rules import Answer, Stage
from alongside.areas.support.tests.builders import a_cycle
from alongside.areas.support.tests.test_views import SEPTEMBER
from alongside.base.documents import render
from alongside.base.documents.models import Document
from alongside.base.documents.tests.test_render import structure_of, text_of
from alongside.base.documents.tests.test_word import styled
from alongside.base.history.models import Event
from alongside.base.pupils.models import Pupil
from alongside.design.words import full_day
from alongside.kit.time import now
from tests.pages import body_of
from tests.people import TODAY, World, a_class, a_parent, a_post, a_pupil, teaches

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
STAFF = ("plan.pdf", "plan.docx", "print/")
FAMILY = ("family.pdf", "family.docx", "family/")


@pytest.fixture
def kuba(world: World) -> Pupil:
    pupil = a_pupil(world.oakfield)
    teaches(world.ben, a_class(world.oakfield, pupil))
    return pupil


@pytest.fixture
def plan(world: World, kuba: Pupil) -> Cycle:
    return a_cycle(pupil=kuba, by=world.actor("amara"), at=Stage.DO, on=SEPTEMBER, lead_id=world.ben.pk)


def test_the_pdf_holds_the_whole_plan_and_is_tagged(world: World, as_: Any, plan: Cycle) -> None:
    answer = as_(world.ben).get(f"/plans/{plan.pk}/plan.pdf")
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    text = text_of(answer.content)
    for outcome in plan.outcomes.all():
        for words in (outcome.text, outcome.baseline, outcome.measure, outcome.target):
            assert words in text, words
    for words in (
        "What Kuba does well", "Builds models from memory", "Long spoken instructions.", "Lunch is hard.",
        "Small-group language programme", "Uses his blue card.", "I like building.", "He talks more at home now.",
        "Ms Kowalska and Kuba", "Mr Whitlock", f"version {plan.version}", "Printed by Ben Whitlock", "Page 1 of",
    ):  # fmt: skip
        assert words in text, words
    order = [text.index(heading) for heading in ("What Kuba does well", "What gets in the way", "Outcomes")]
    assert order == sorted(order), "strengths first"
    structure = structure_of(answer.content)
    assert structure.count("H1") == 1 and "TH" in structure and structure.count("BlockQuote") == 2


def test_each_copy_is_issued_and_opens_again_byte_for_byte(world: World, as_: Any, plan: Cycle) -> None:
    browser = as_(world.ben)
    for address, kind in (("plan.pdf", "support-plan"), ("plan.docx", "support-plan"), ("family.pdf", "family-plan")):
        answer = browser.get(f"/plans/{plan.pk}/{address}")
        paper = Document.objects.latest("pk")
        assert (paper.kind, paper.band, paper.about_id, paper.issued_by_id) == (kind, 2, plan.pk, world.ben.pk)
        assert browser.get(f"/papers/{paper.pk}/").content == answer.content == bytes(paper.body)
        assert "Kuba" not in answer["Content-Disposition"] and "Kowalski" not in answer["Content-Disposition"]
    assert Event.objects.filter(kind="document.issued", pupil_id=plan.pupil_id).count() == 3


def test_the_word_copy_has_headings_in_order_and_every_outcome(world: World, as_: Any, plan: Cycle) -> None:
    answer = as_(world.amara).get(f"/plans/{plan.pk}/plan.docx")
    assert answer["Content-Type"] == WORD
    paragraphs = styled(answer.content)
    assert [(style, words) for style, words in paragraphs if style.startswith("Heading")] == [
        ("Heading 1", "Kuba"), ("Heading 2", "What Kuba does well"), ("Heading 2", "What gets in the way"),
        ("Heading 2", "Outcomes"), ("Heading 2", "What we give"), ("Heading 2", "How things are"),
        ("Heading 2", "In their own words"), ("Heading 2", "Agreed"),
    ]  # fmt: skip
    rows = [[cell.text for cell in row.cells] for row in Docx(BytesIO(answer.content)).tables[0].rows]
    assert rows[0] == ["Outcome", "Now", "How we will tell", "We aim for", "By when"]
    assert [row[0] for row in rows[1:]] == [f"{o.number}. {o.text}" for o in plan.outcomes.order_by("number")]
    assert ("Voice", "I like building.") in paragraphs


def test_a_review_and_an_answer_are_on_the_paper(world: World, as_: Any, kuba: Pupil) -> None:
    cycle = a_cycle(pupil=kuba, by=world.actor("amara"), at=Stage.REVIEW, on=SEPTEMBER, lead_id=world.ben.pk)
    a_parent(world.ewa, kuba)
    outcome = cycle.outcomes.earliest("number")
    actions.answer_outcome(outcome=outcome, answer=Answer.AGREE, words="", by=world.actor("ewa"), on=TODAY)
    text = text_of(as_(world.ben).get(f"/plans/{cycle.pk}/plan.pdf").content)
    assert "What came of it" in text and "Partly met: 4 of 6 parts" in text
    assert "Ms Kowalska agrees, 23 Nov 2026." in text


def test_the_family_copy_is_plain_and_carries_no_code(world: World, as_: Any, plan: Cycle) -> None:
    world.oakfield.phone = "01632 960123"
    world.oakfield.save()
    text = text_of(as_(world.ben).get(f"/plans/{plan.pk}/family.pdf").content)
    for words in (
        "Kuba’s plan", "What goes well", "Kuba tells a story in order.", "Now: 3 of 6 parts.", "We want: 6 of 6 parts.",
        "Talking group", "Ring Oakfield Primary School on 01632 960123. Ask for Mr Whitlock or Ms Adeyemi (SENCO).",
        "I would like to change something.",
    ):  # fmt: skip
        assert words in text, words
    assert plan.review_on and f"We meet on {full_day(plan.review_on)}" in text
    for words in ("SLCN", "Small-group language programme", "£", "cycle"):
        assert words not in text, words


def test_now_and_aim_stand_under_their_outcome(world: World, plan: Cycle) -> None:
    paper = papers.family_paper(world.actor("ben"), plan.pk, on=TODAY, at=now())
    wanted = next(part for part in paper.parts if part.heading == "What we want")
    assert wanted.points[0] == ("Kuba tells a story in order.", "Now: 3 of 6 parts.", "We want: 6 of 6 parts.")
    assert len(wanted.points) == plan.outcomes.count()


def test_mark_up_that_somebody_typed_stays_text(world: World, as_: Any, plan: Cycle) -> None:
    typed = '<script>alert(1)</script> {{ 7 * 7 }} {% raise %} =HYPERLINK("http://x.example") <img src=http://x.example/a.png>'
    Cycle.objects.filter(pk=plan.pk).update(difficulties=typed, pupils_view=typed, home=typed, strengths=[typed, typed])
    for address in ("plan.pdf", "family.pdf"):
        text = text_of(as_(world.ben).get(f"/plans/{plan.pk}/{address}").content)
        assert "<script>alert(1)</script> {{ 7 * 7 }} {% raise %}" in text
        assert "<img src=http://x.example/a.png>" in text
    word = Docx(BytesIO(as_(world.ben).get(f"/plans/{plan.pk}/plan.docx").content))
    assert typed in [p.text for p in word.paragraphs]
    page = as_(world.ben).get(f"/plans/{plan.pk}/print/").content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("name", ["chloe", "cal", "dev", "gus", "sys", "femi", "ewa", "tess", "dana"])
def test_for_everybody_else_there_is_no_paper(world: World, as_: Any, plan: Cycle, name: str) -> None:
    browser = as_(world.people[name])
    for address in (*STAFF, *FAMILY):
        there, nowhere = browser.get(f"/plans/{plan.pk}/{address}"), browser.get(f"/plans/999999/{address}")
        assert (there.status_code, nowhere.status_code) == (404, 404) and body_of(there) == body_of(nowhere), address
    assert not Document.objects.exists()


def test_who_may_issue_at_one_school_may_not_at_another(world: World, as_: Any, plan: Cycle) -> None:
    """Dana reads every plan as DSL at Oakfield and issues papers as SENCO at Brookside."""
    a_post(world.dana, "senco", world.brookside)
    assert as_(world.dana).get(f"/plans/{plan.pk}/").status_code == 200
    for address in ("plan.pdf", "family.pdf"):
        assert as_(world.dana).get(f"/plans/{plan.pk}/{address}").status_code == 404


def test_the_family_prints_its_own_copy_of_an_agreed_plan(world: World, as_: Any, kuba: Pupil, plan: Cycle) -> None:
    a_parent(world.ewa, kuba)
    a_post(world.ewa, "parent", world.oakfield)
    browser = as_(world.ewa)
    for address in FAMILY:
        assert browser.get(f"/plans/{plan.pk}/{address}").status_code == 200, address
    for address in STAFF:
        assert browser.get(f"/plans/{plan.pk}/{address}").status_code == 404, address
    Cycle.objects.filter(pk=plan.pk).update(started_on=None)
    assert browser.get(f"/plans/{plan.pk}/family.pdf").status_code == 404, "a draft is not the family's yet"


def test_papers_are_fetched_and_never_sent_to(world: World, as_: Any, plan: Cycle) -> None:
    for address in (*STAFF, *FAMILY):
        assert as_(world.ben).post(f"/plans/{plan.pk}/{address}").status_code == 405


def test_a_machine_without_the_libraries_says_what_to_install_and_offers_the_rest(
    world: World, as_: Any, plan: Cycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without() -> None:
        raise render.CannotPrint

    monkeypatch.setattr(render, "_press", without)
    answer = as_(world.ben).get(f"/plans/{plan.pk}/plan.pdf")
    text = answer.content.decode()
    assert answer.status_code == 503 and not Document.objects.exists()
    assert "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in text
    for address in ("plan.docx", "print/"):
        assert f"/plans/{plan.pk}/{address}" in text
        assert as_(world.ben).get(f"/plans/{plan.pk}/{address}").status_code == 200


def test_the_sheet_in_the_browser_offers_the_other_forms(world: World, as_: Any, plan: Cycle) -> None:
    text = as_(world.ben).get(f"/plans/{plan.pk}/print/").content.decode()
    assert "Kuba tells a story in order." in text and f"/plans/{plan.pk}/plan.pdf" in text and "paper" in text


@pytest.mark.parametrize("address", ["plan.pdf", "family.pdf"])
def test_a_paper_costs_a_fixed_number_of_statements(
    world: World, as_: Any, plan: Cycle, django_assert_max_num_queries: Any, address: str
) -> None:
    browser = as_(world.ben)
    browser.get(f"/plans/{plan.pk}/{address}")
    with django_assert_max_num_queries(20):
        browser.get(f"/plans/{plan.pk}/{address}")
