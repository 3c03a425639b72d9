"""The table of stages, and what stands between a plan and its start. No database."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.areas.support import rules
from alongside.areas.support.rules import NEXT, Facts, OutcomeFacts, PlanFacts, Stage

ON = date(2026, 11, 23)
OUTCOME = OutcomeFacts(
    1, "Kuba tells a story in order.", "3 of 6 parts", "Story retell", "6 of 6", ON + timedelta(weeks=8)
)
PLAN = PlanFacts(
    strengths=("Builds models", "Kind"), difficulties="Long instructions", pastoral="Has friends",
    communication="Short sentences", outcomes=(OUTCOME, replace(OUTCOME, number=2)), provision=1,
    review_on=ON + timedelta(weeks=12), parents_view="Better", pupils_view="I like it", no_views_because="",
    agreed_by="Mum and Kuba", reading_age=8, reading_reason="",
)  # fmt: skip


@pytest.mark.parametrize("now", Stage)
@pytest.mark.parametrize("to", Stage)
def test_only_the_table_moves_a_cycle(now: Stage, to: Stage) -> None:
    assert (rules.may_move(now, to) is None) == (to in NEXT[now])


def test_a_complete_plan_has_no_faults() -> None:
    assert rules.faults_of_plan(PLAN, on=ON) == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"strengths": ("Kind", " ")}, "strengths"),
        ({"difficulties": " "}, "difficulties"),
        ({"pastoral": ""}, "pastoral"),
        ({"communication": ""}, "communication"),
        ({"outcomes": (OUTCOME,)}, "outcomes"),
        ({"outcomes": (OUTCOME,) * 5}, "outcomes"),
        ({"outcomes": (replace(OUTCOME, measure=""), OUTCOME)}, "outcome_1_measure"),
        ({"outcomes": (replace(OUTCOME, baseline=""), OUTCOME)}, "outcome_1_baseline"),
        ({"outcomes": (replace(OUTCOME, target=""), OUTCOME)}, "outcome_1_target"),
        ({"outcomes": (replace(OUTCOME, due=None), OUTCOME)}, "outcome_1_due"),
        ({"outcomes": (replace(OUTCOME, due=ON), OUTCOME)}, "outcome_1_due"),
        ({"provision": 0}, "provision"),
        ({"parents_view": ""}, "parents_view"),
        ({"pupils_view": ""}, "pupils_view"),
        ({"agreed_by": ""}, "agreed_by"),
        ({"review_on": None}, "review_on"),
        ({"review_on": ON}, "review_on"),
        ({"review_on": ON + timedelta(weeks=16, days=1)}, "review_on"),
        ({"reading_age": 10}, "reading_reason"),
    ],
)
def test_each_missing_part_is_named(change: dict[str, object], field: str) -> None:
    faults = rules.faults_of_plan(replace(PLAN, **change), on=ON)  # type: ignore[arg-type]
    assert [fault.field for fault in faults] == [field]


def test_sixteen_weeks_to_the_day_is_in_time() -> None:
    assert rules.faults_of_plan(replace(PLAN, review_on=ON + timedelta(weeks=16)), on=ON) == []


def test_views_may_wait_with_a_reason_and_hard_words_may_stay_with_one() -> None:
    plan = replace(PLAN, parents_view="", pupils_view="", no_views_because="Mum is in hospital; I ring on Friday",
                   reading_age=12, reading_reason="The name of the condition")  # fmt: skip
    assert rules.faults_of_plan(plan, on=ON) == []


DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(DAYS, st.lists(st.integers(0, 60), min_size=4, max_size=4))
def test_a_stage_never_runs_ahead_of_its_facts(opened: date, gaps: list[int]) -> None:
    when = [opened + timedelta(days=sum(gaps[: n + 1])) for n in range(4)]
    order = list(Stage)
    for done in range(5):
        facts = Facts(opened, *(when[n] if n < done else None for n in range(4)))
        assert rules.stage(facts) is order[done]


@pytest.mark.parametrize(
    ("results", "little"),
    [([], False), (["met"], False), (["partly"], False), (["not"], True), (["partly", "not"], True),
     (["met", "not"], False), (["partly", "partly", "not"], False)],
)  # fmt: skip
def test_little_gain(results: list[str], little: bool) -> None:
    assert rules.little_gain(results) is little


@pytest.mark.parametrize(
    ("held", "says"),
    [
        (ON + timedelta(days=1), "A review cannot be written up before it was held."),
        (ON - timedelta(days=8), "The review cannot be before the plan started."),
        (ON, ""),
        (ON - timedelta(days=7), ""),
    ],
)
def test_a_review_is_written_up_after_it_was_held_and_held_after_the_plan_began(held: date, says: str) -> None:
    refusal = rules.check_review(
        [], choice="continue", parents_view="Better", pupils_view="I like it", no_views_because="", held_on=held, on=ON,
        started_on=ON - timedelta(days=7),
    )  # fmt: skip
    assert (refusal.reason if refusal and refusal.field == "held_on" else "") == says
