"""The verbs of the text and of its review: what they keep, and what they refuse."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from alongside.areas.duties.actions import delegate
from alongside.areas.policy import actions, shipped
from alongside.areas.policy.models import (
    AgendaPoint,
    Clause,
    Reference,
    Section,
    Version,
)
from alongside.areas.policy.queries import home_page
from alongside.areas.policy.reviews import actions as reviews
from alongside.areas.policy.rules import State, clock_of, state_of
from alongside.areas.policy.telling import actions as telling
from alongside.areas.policy.tests.builders import (
    DAY,
    EASY,
    FAMILY,
    a_review,
    as_issued,
    decided,
    heard,
    in_force,
    trust_people,
)
from alongside.base.history.models import Event
from alongside.kit import NotAllowed, NotFound, Refused
from alongside.law.calendar import add_months
from tests.people import TODAY, World


@pytest.fixture
def trust(world: World) -> World:
    trust_people(world)
    return world


# --- The text as issued -----------------------------------------------------------------------------------------


def test_what_the_product_brings(trust: World) -> None:
    version = as_issued()
    assert state_of(version.facts()) is State.DRAFT and clock_of(version.facts()).conflict
    led = {code for clause in Clause.objects.filter(section__version=version) for code in clause.duties}
    assert len(led) == 366
    assert Clause.objects.filter(section__version=version, duties=[]).count() == 0
    assert [s.number for s in version.sections.all() if s.numbered().disagrees] == [16, 17, 18, 19]
    assert shipped.load() == 0, "a second time adds nothing"


def test_what_a_trust_changed_is_not_written_over(trust: World) -> None:
    item = Reference.objects.get(key="kcsie")
    actions.check_reference(item=item, in_force="September 2027", superseded_by="", by=trust.actor("dina"), on=TODAY)
    shipped.load()
    assert Reference.objects.get(key="kcsie").in_force == "September 2027"


def test_it_is_made_current_only_after_its_approval(trust: World) -> None:
    by = trust.actor("dina")
    with pytest.raises(Refused, match="Record the board’s approval first"):
        telling.publish(version=as_issued(), by=by, on=TODAY)
    assert state_of(in_force(trust).facts()) is State.CURRENT
    assert Event.objects.filter(kind="policy.published").count() == 1


def test_the_database_refuses_two_current_versions_and_one_without_approval(trust: World) -> None:
    in_force(trust)
    more = {"reference": "X", "issue_on": TODAY, "next_review": TODAY + 400 * DAY, "current_since": TODAY}
    with pytest.raises(IntegrityError, match="one_current_policy"), transaction.atomic():
        Version.objects.create(**more, approved_on=TODAY, minute="1", body="Board")
    with pytest.raises(IntegrityError, match="current_policy_was_approved"), transaction.atomic():
        Version.objects.create(**more, superseded_on=TODAY)
    with pytest.raises(IntegrityError, match="policy_is_reviewed_after_issue"), transaction.atomic():
        Version.objects.create(reference="X", issue_on=TODAY, next_review=TODAY)


def test_the_director_puts_the_month_right_and_what_was_printed_stays(trust: World) -> None:
    version, by = as_issued(), trust.actor("dina")
    with pytest.raises(Refused, match="after the month of issue"):
        actions.correct_review(version=version, month=date(2024, 9, 30), note="The board said so.", by=by, on=TODAY)
    actions.correct_review(version=version, month=date(2025, 9, 30), note="The board said so.", by=by, on=TODAY)
    version.refresh_from_db()
    assert not clock_of(version.facts()).conflict and version.next_review_printed == "September 2024"


@pytest.mark.parametrize("name", ["dev", "tom", "hari", "sys"])
def test_nobody_else_keeps_it(trust: World, name: str) -> None:
    with pytest.raises(NotAllowed):
        actions.correct_review(
            version=as_issued(), month=TODAY, note="Because I say so", by=trust.actor(name), on=TODAY
        )
    with pytest.raises(NotAllowed):
        actions.settle_oddity(number=1, note="Because I say so", by=trust.actor(name), on=TODAY)


# --- Map, oddities, library -------------------------------------------------------------------------------------


def test_a_clause_is_mapped_to_duties_that_are_there(trust: World) -> None:
    clause, by = Clause.objects.filter(section__number=4).first(), trust.actor("dina")
    assert clause is not None
    with pytest.raises(Refused, match="no duty S99-99"):
        actions.map_clause(clause=clause, duties=["S99-99"], title="Finding need", by=by, on=TODAY)
    actions.map_clause(clause=clause, duties=["s04-01 ".strip(), "S04-02"], title="Finding need", by=by, on=TODAY)
    clause.refresh_from_db()
    assert clause.duties == ["S04-01", "S04-02"]


def test_a_number_is_settled_only_where_it_is_disputed(trust: World) -> None:
    by = trust.actor("dina")
    sections = {section.number: section for section in Section.objects.filter(version=as_issued())}
    with pytest.raises(Refused, match="agree"):
        actions.settle_number(section=sections[4], note="The contents page holds.", by=by, on=TODAY)
    actions.settle_number(section=sections[17], note="The contents page holds.", by=by, on=TODAY)
    assert Section.objects.get(pk=sections[17].pk).resolved_on == TODAY


def test_an_oddity_is_settled_with_a_note(trust: World) -> None:
    by = trust.actor("dina")
    with pytest.raises(Refused):
        actions.settle_oddity(number=9, note="Done", by=by, on=TODAY)
    with pytest.raises(NotFound):
        actions.settle_oddity(number=99, note="Written out in full.", by=by, on=TODAY)
    assert actions.settle_oddity(number=9, note="Written out in full.", by=by, on=TODAY).number == 9


def test_the_library_is_added_to_without_a_release(trust: World) -> None:
    by = trust.actor("dina")
    made = actions.add_reference(
        draft=actions.ReferenceDraft("law", "A new Act 2027", "Something new"), by=by, on=TODAY
    )
    assert made.duties == [], "taken, and the page warns"
    with pytest.raises(Refused, match="has this title already"):
        actions.add_reference(draft=actions.ReferenceDraft("law", "a NEW act 2027", "Again"), by=by, on=TODAY)


def test_a_flowchart_without_words_is_refused(trust: World) -> None:
    with pytest.raises(Refused, match="as text too"):
        actions.add_flowchart(
            version=as_issued(), title="Concern", text="", workflow="concerns:queue", by=trust.actor("dina"), on=TODAY
        )


# --- The review -------------------------------------------------------------------------------------------------


def test_a_review_opens_with_its_agenda(trust: World) -> None:
    in_force(trust)
    review = a_review(trust)
    kinds = set(AgendaPoint.objects.filter(review=review).values_list("kind", flat=True))
    assert {"law", "reference", "numbering", "oddity"} <= kinds
    laws = " ".join(AgendaPoint.objects.filter(review=review, kind="law").values_list("says", flat=True))
    assert "in force from 1 Apr 2026" in laws and "Trust SEND policy" not in laws
    assert AgendaPoint.objects.filter(review=review, says__startswith="Keeping children safe").exists()
    assert reviews.gather_again(review=review, by=trust.actor("dina"), on=TODAY) == 0
    with pytest.raises(Refused, match="open already"):
        a_review(trust)


def test_a_note_on_an_edition_counts_in_the_library(trust: World) -> None:
    in_force(trust)
    point = AgendaPoint.objects.filter(review=a_review(trust), says__startswith="Keeping children safe").get()
    reviews.note_point(point=point, note="The new edition is cited.", by=trust.actor("dina"), on=TODAY)
    assert Reference.objects.get(key="kcsie").noted_on == TODAY


def test_a_review_opens_by_itself_ninety_days_before(trust: World) -> None:
    version = in_force(trust)
    actions.correct_review(
        version=version, month=date(2025, 9, 1), note="As the board said", by=trust.actor("dina"), on=TODAY
    )
    due = clock_of(version.facts()).due
    assert reviews.due_to_open(due - 91 * DAY) is None
    assert reviews.due_to_open(due - 90 * DAY) == version
    review, by = a_review(trust), trust.actor("dina")
    assert reviews.due_to_open(due) is None, "it is open"
    point = review.agenda.first()
    assert point is not None
    decided(review, by=by, on=TODAY)
    reviews.complete(review=review, found="Nothing of weight.", by=by, on=TODAY)
    again = add_months(TODAY, 12) - 90 * DAY
    assert reviews.due_to_open(again - DAY) is None and reviews.due_to_open(again) == version, (
        "a year after it was reviewed"
    )
    page = home_page(by, on=TODAY)
    assert (page.opens, page.overdue, page.opens_on) == (False, False, again)
    for say in (
        lambda: reviews.gather_again(review=review, by=by, on=TODAY),
        lambda: reviews.note_point(point=point, note="Said too late.", by=by, on=TODAY),
    ):
        with pytest.raises(Refused, match="has ended"):
            say()


def test_the_whole_way_from_review_to_current(trust: World) -> None:
    by, first = trust.actor("dina"), in_force(trust)
    review = a_review(trust)
    with pytest.raises(Refused, match="no decision yet"):
        reviews.complete(review=review, found="Only dates to change.", by=by, on=TODAY)
    removed = first.sections.get(number=18)
    reviews.decide(
        review=review,
        section=removed,
        decisions={1: ("removed", "The council has its own page.")},
        rest="",
        by=by,
        on=TODAY,
    )
    decided(review, by=by, on=TODAY)
    with pytest.raises(Refused, match="delegate duty S19-01"):
        reviews.complete(review=review, found="Only dates to change.", by=trust.actor("dev"), on=TODAY)
    with pytest.raises(Refused, match="Complete the review first"):
        actions.prepare(review=review, draft=actions.VersionDraft("TB15", TODAY, TODAY + 365 * DAY), by=by, on=TODAY)
    reviews.complete(review=review, found="Only dates to change.", by=by, on=TODAY)
    with pytest.raises(Refused, match="after the month of issue"):
        actions.prepare(review=review, draft=actions.VersionDraft("TB15", TODAY, TODAY - 30 * DAY), by=by, on=TODAY)
    with pytest.raises(Refused, match="cannot be earlier"):
        actions.prepare(
            review=review, draft=actions.VersionDraft("TB15", TODAY - DAY, TODAY + 365 * DAY), by=by, on=TODAY
        )
    made = actions.prepare(review=review, draft=actions.VersionDraft("TB15", TODAY, TODAY + 365 * DAY), by=by, on=TODAY)
    approval = actions.ApprovalDraft("Trust Board", TODAY, "8.1")
    heard(review, trust.dev, by=by, on=TODAY)
    with pytest.raises(Refused, match="the trustees"):
        actions.approve(version=made, draft=approval, by=by, on=TODAY)
    with pytest.raises(NotAllowed):
        reviews.comment(review=review, says="", declined=True, by=trust.actor("hari"), on=TODAY)
    reviews.comment(review=review, says="", declined=True, by=trust.actor("tom"), on=TODAY)
    actions.approve(version=made, draft=approval, by=by, on=TODAY)
    with pytest.raises(Refused, match="Write the summary for staff first"):
        telling.publish(version=made, by=by, on=TODAY)
    actions.summarise(version=made, staff="A new page for reviews.", family=FAMILY, easy=EASY, by=by, on=TODAY)
    telling.publish(version=made, by=by, on=TODAY)
    with pytest.raises(Refused, match="has gone out"):
        actions.summarise(version=made, staff="Something else.", family=FAMILY, easy=EASY, by=by, on=TODAY)
    first.refresh_from_db()
    assert first.superseded_on == TODAY and Version.objects.current().get() == made
    assert (
        Clause.objects.filter(section__version=first).count()
        == Clause.objects.filter(section__version=made).count() + 1
    )
    assert not any(section.numbered().disagrees for section in made.sections.all())


def test_a_delegated_role_completes_it(trust: World) -> None:
    in_force(trust)
    review, by = a_review(trust), trust.actor("dina")
    decided(review, by=by, on=TODAY)
    delegate(duty="S19-01", role="central", by=by, on=TODAY)
    with pytest.raises(Refused, match="trust central team"):
        reviews.complete(review=review, found="Nothing of weight.", by=by, on=TODAY)
    assert (
        reviews.complete(review=review, found="Nothing of weight.", by=trust.actor("dev"), on=TODAY).completed_on
        == TODAY
    )
