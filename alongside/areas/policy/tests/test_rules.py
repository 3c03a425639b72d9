"""Rules of the policy, by table and property."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.areas.policy import rules, shipped
from alongside.areas.policy.rules import Numbered, State, VersionFacts

ISSUED = VersionFacts(issue=date(2024, 9, 1), next_review=date(2024, 9, 1), as_issued=True)
D = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ({}, State.DRAFT),
        ({"asked_on": D}, State.IN_REVIEW),
        ({"asked_on": D, "approved_on": D}, State.APPROVED),
        ({"approved_on": D, "current_since": D}, State.CURRENT),
        ({"approved_on": D, "current_since": D, "superseded_on": D}, State.SUPERSEDED),
    ],
)
def test_a_state_follows_from_dates(more: dict[str, Any], state: State) -> None:
    assert rules.state_of(replace(ISSUED, **more)) is state


def test_the_text_as_issued_names_a_review_that_is_not_after_its_issue() -> None:
    clock = rules.clock_of(ISSUED)
    assert clock.conflict and clock.due == date(2024, 9, 30)
    right = rules.clock_of(replace(ISSUED, corrected=date(2027, 9, 1)))
    assert not right.conflict and right.due == date(2025, 9, 1), "the year after the issue comes first"


@given(st.dates(date(2015, 1, 1), date(2040, 1, 1)), st.integers(-40, 40))
def test_the_earlier_date_drives_the_clock(issue: date, months: int) -> None:
    month = (issue.replace(day=15) + timedelta(days=30 * months)).replace(day=1)
    clock = rules.clock_of(VersionFacts(issue, month))
    assert clock.due == min(clock.from_issue, clock.from_print)
    assert rules.next_due(clock, None) == clock.due
    assert clock.due - rules.OPENS_BEFORE == clock.due - timedelta(days=90)
    assert clock.conflict == ((month.year, month.month) <= (issue.year, issue.month))


@pytest.mark.parametrize(
    ("issue", "review", "completed", "says"),
    [
        (D, date(2027, 9, 1), D, None),
        (D, date(2027, 9, 1), None, "Complete the review first"),
        (D, date(2026, 11, 30), D, "after the month of issue"),
        (D, date(2026, 10, 1), D, "after the month of issue"),
        (D - timedelta(days=1), date(2027, 9, 1), D, "cannot be earlier"),
    ],
)
def test_a_new_version_follows_its_review(issue: date, review: date, completed: date | None, says: str | None) -> None:
    refusal = rules.may_prepare(issue=issue, next_review=review, completed_on=completed, reference="TB16")
    assert (refusal is None) if says is None else says in str(refusal)


@pytest.mark.parametrize(
    ("missing", "unanswered", "body", "minute", "says"),
    [
        ((), 0, "Trust Board", "7", None),
        (("the trustees",), 0, "Trust Board", "7", "the trustees has not commented"),
        (("the central team", "the trustees"), 0, "Trust Board", "7", "have not commented"),
        ((), 1, "Trust Board", "7", "no answer yet"),
        ((), 0, " ", "7", "which board"),
        ((), 0, "Trust Board", "", "number of the minute"),
    ],
)
def test_an_approval_waits_for_both(
    missing: tuple[str, ...], unanswered: int, body: str, minute: str, says: str | None
) -> None:
    refusal = rules.may_approve(body=body, minute=minute, day=D, on=D, missing=missing, unanswered=unanswered)
    assert (refusal is None) if says is None else says in str(refusal)


def test_only_what_is_approved_and_told_becomes_current() -> None:
    told = {"staff": "x", "families": "x", "easy read": "x"}
    made = replace(ISSUED, as_issued=False, approved_on=D)
    assert rules.may_publish(made, summaries=told) is None
    assert "approval" in str(rules.may_publish(replace(made, approved_on=None), summaries=told))
    assert "families" in str(rules.may_publish(made, summaries=told | {"families": ""}))
    assert "already" in str(rules.may_publish(replace(made, current_since=D), summaries=told))
    assert "superseded" in str(rules.may_publish(replace(made, current_since=D, superseded_on=D), summaries=told))
    assert rules.may_publish(replace(ISSUED, approved_on=D), summaries={"staff": ""}) is None, "it changes nothing"


SECTIONS = [
    Numbered(row["number"], row["heading"], row.get("listed"), row.get("printed")) for row in shipped.clause_rows()
]


def test_section_16_may_be_three_and_each_says_why() -> None:
    found = {offer.number: offer.why for offer in rules.offers(16, SECTIONS)}
    assert list(found) == [16, 15, 17]
    assert "lists it as 16" in found[16] and "no number" in found[16]
    assert "no number in the text" in found[15]
    assert "Printed as 16" in found[17] and "lists it as 17" in found[17]


def test_a_number_that_nobody_disputes_is_offered_once() -> None:
    assert [offer.number for offer in rules.offers(4, SECTIONS)] == [4]
    assert rules.offers(40, SECTIONS) == []


@given(st.integers(0, 25))
def test_every_number_that_is_printed_finds_its_section(asked: int) -> None:
    offered = {offer.number for offer in rules.offers(asked, SECTIONS)}
    meant = {section.number for section in SECTIONS if asked in (section.number, section.listed, section.printed)}
    assert meant <= offered


@pytest.mark.parametrize(
    ("cited", "now", "replaced"),
    [
        ("2018", "2023", True),
        ("2015", "2015", False),
        ("", "2026", False),
        ("2018", "", False),
        ("May 2015 ", "may 2015", False),
    ],
)
def test_another_edition_in_force(cited: str, now: str, *, replaced: bool) -> None:
    assert rules.superseded(cited=cited, in_force=now) is replaced


def test_a_review_is_completed_by_whom_it_belongs_to() -> None:
    def ask(roles: list[str], undecided: int = 0) -> str:
        return str(
            rules.may_complete(
                owner="director",
                owner_words="the director",
                roles=roles,
                undecided=undecided,
                found="All is well here.",
            )
        )

    assert ask(["director"]) == "None"
    assert "delegate duty S19-01" in ask(["central"])
    assert "3 clauses have no decision" in ask(["director"], undecided=3)


def test_words_for_families_are_read_at_nine() -> None:
    hard = (
        "The multi-academy organisation has substantively reconfigured its interdisciplinary commissioning arrangements "
        * 3
    )
    assert "Families get words for 9" in str(rules.check_family(hard))
    assert rules.check_family("We meet you. We look at the plan. You can say what you think. " * 4) is None
    assert "Too long" in str(rules.check_easy("This line has many more words in it than an easy line may have."))
    assert rules.check_easy("We meet you.\nYou can ask.") is None


@pytest.mark.parametrize(
    ("own", "opened", "says"),
    [(True, True, None), (False, True, "only for yourself"), (True, False, "Open the policy first")],
)
def test_everybody_confirms_for_themselves(own: bool, opened: bool, says: str | None) -> None:
    refusal = rules.may_confirm(own=own, opened=opened)
    assert (refusal is None) if says is None else says in str(refusal)


def test_the_check_leads_back_to_the_line_that_was_missed() -> None:
    questions = shipped.questions()
    right = [question.right for question in questions]
    assert rules.check_answers(questions, right) is None
    for number in range(3):
        wrong = [*right]
        wrong[number] = (wrong[number] + 1) % 3
        refusal = rules.check_answers(questions, wrong)
        assert refusal is not None and refusal.field == f"question_{number + 1}" and "again" in refusal.reason


def test_a_flowchart_has_its_steps_in_words() -> None:
    known = {"concerns:queue"}
    asked = {"title": "Raising a concern", "workflow": "concerns:queue", "known": known}
    assert "as text too" in str(rules.may_add_flowchart(text="", **asked))  # type: ignore[arg-type]
    assert rules.may_add_flowchart(text="Notice. Try something in class. Write it down. Send it.", **asked) is None  # type: ignore[arg-type]
