"""The four steps of the graduated approach, and what each needs before the next. Pure.

SEND Code of Practice 6.44-6.56. A stage is never typed: it follows from the dates of what was done.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from alongside.law import thresholds
from alongside.law.clocks import REVIEW_LIMIT, due
from alongside.law.refusal import Refusal


class Stage(StrEnum):
    ASSESS = "assess"
    PLAN = "plan"
    DO = "do"
    REVIEW = "review"
    CLOSED = "closed"


NEXT: Mapping[Stage, frozenset[Stage]] = {
    Stage.ASSESS: frozenset({Stage.PLAN, Stage.CLOSED}),
    Stage.PLAN: frozenset({Stage.DO, Stage.CLOSED}),
    Stage.DO: frozenset({Stage.REVIEW, Stage.CLOSED}),
    Stage.REVIEW: frozenset({Stage.CLOSED}),
    Stage.CLOSED: frozenset(),
}


class Result(StrEnum):
    MET = "met"
    PARTLY = "partly"
    NOT = "not"


RESULT_WORDS = {Result.MET: "Met", Result.PARTLY: "Partly met", Result.NOT: "Not yet"}


class Choice(StrEnum):
    """What a review decides."""

    CONTINUE = "continue"
    CHANGE = "change"
    STEP_UP = "step up"
    STEP_DOWN = "step down"
    EXIT = "exit"


CHOICE_WORDS = {
    Choice.CONTINUE: "Carry on as it is",
    Choice.CHANGE: "Carry on with changes",
    Choice.STEP_UP: "More help, or a specialist's advice",
    Choice.STEP_DOWN: "Less help",
    Choice.EXIT: "Finish: ordinary teaching is enough now",
}


class Answer(StrEnum):
    """What a family says to an outcome. All three weigh the same."""

    AGREE = "agree"
    CHANGE = "change"
    DISAGREE = "disagree"


ANSWER_WORDS = {Answer.AGREE: "agrees", Answer.CHANGE: "asks for a change", Answer.DISAGREE: "disagrees"}


@dataclass(frozen=True, slots=True)
class Facts:
    """The dates that make a cycle's stage."""

    opened_on: date
    assessed_on: date | None = None
    started_on: date | None = None
    reviewed_on: date | None = None
    closed_on: date | None = None


def stage(facts: Facts) -> Stage:
    if facts.closed_on:
        return Stage.CLOSED
    if facts.reviewed_on:
        return Stage.REVIEW
    if facts.started_on:
        return Stage.DO
    return Stage.PLAN if facts.assessed_on else Stage.ASSESS


def may_move(now: Stage, to: Stage) -> Refusal | None:
    if to not in NEXT[now]:
        return Refusal(f"A cycle at '{now}' cannot go to '{to}'.")
    return None


@dataclass(frozen=True, slots=True)
class OutcomeFacts:
    """One outcome as it stands: the sentence and its four small parts."""

    number: int
    text: str
    baseline: str
    measure: str
    target: str
    due: date | None


def check_outcome(outcome: OutcomeFacts, *, on: date) -> Refusal | None:
    """No outcome without baseline, measure, target and date (policy section 6)."""
    prefix = f"outcome_{outcome.number}"
    if not outcome.text.strip():
        return Refusal("Say what will be different for the pupil.", f"{prefix}_text")
    if not outcome.baseline.strip():
        return Refusal("Say where the pupil is now. Without it nobody can see what changed.", f"{prefix}_baseline")
    if not outcome.measure.strip():
        return Refusal("Say how we will tell. Without it nobody can judge this outcome.", f"{prefix}_measure")
    if not outcome.target.strip():
        return Refusal("Say what we aim for.", f"{prefix}_target")
    if outcome.due is None:
        return Refusal("Say by when.", f"{prefix}_due")
    if outcome.due <= on:
        return Refusal(f"Choose a date after {on.day} {on:%B}.", f"{prefix}_due")
    return None


def most_outcomes() -> int:
    return int(thresholds.MOST_OUTCOMES.value)


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """Everything that a plan needs before support starts."""

    strengths: Sequence[str]
    difficulties: str
    pastoral: str
    communication: str
    outcomes: Sequence[OutcomeFacts]
    provision: int
    review_on: date | None
    parents_view: str
    pupils_view: str
    no_views_because: str
    agreed_by: str
    reading_age: int | None
    reading_reason: str


def latest_review(planned_on: date) -> date:
    """The last day on which a plan may be reviewed: 16 weeks after it was agreed."""
    return due(REVIEW_LIMIT, planned_on).due


def faults_of_plan(plan: PlanFacts, *, on: date) -> list[Refusal]:
    """Everything that stands between a plan and its start, in the order of the page."""
    few = int(thresholds.STRENGTHS.value)
    fewest, most = int(thresholds.FEWEST_OUTCOMES.value), int(thresholds.MOST_OUTCOMES.value)
    found: list[Refusal | None] = [
        Refusal(f"Name at least {_word(few)} strengths. They stand before any need.", "strengths")
        if len([s for s in plan.strengths if s.strip()]) < few
        else None,
        _needed(plan.difficulties, "Say what gets in the way.", "difficulties"),
        Refusal(f"A plan has {_word(fewest)} to {_word(most)} outcomes.", "outcomes")
        if not fewest <= len(plan.outcomes) <= most
        else None,
        *(_of_outcome(outcome, on) for outcome in plan.outcomes),
        Refusal("Add at least one line of provision, so that the family knows what will be given.", "provision")
        if not plan.provision
        else None,
        _needed(plan.pastoral, "Say how feelings and friendships are, even if all is well.", "pastoral"),
        _needed(plan.communication, "Say how the pupil makes themselves understood.", "communication"),
        _views(plan),
        _needed(plan.agreed_by, "Say who agreed the plan.", "agreed_by"),
        check_review_date(plan.review_on, on),
        _reading(plan),
    ]
    return [fault for fault in found if fault is not None]


def _of_outcome(outcome: OutcomeFacts, on: date) -> Refusal | None:
    """A fault of an outcome, which a list has to name."""
    fault = check_outcome(outcome, on=on)
    return Refusal(f"Outcome {outcome.number}: {fault.reason}", fault.field) if fault else None


def _needed(value: str, reason: str, field: str) -> Refusal | None:
    return None if value.strip() else Refusal(reason, field)


def _views(plan: PlanFacts) -> Refusal | None:
    if (plan.parents_view.strip() and plan.pupils_view.strip()) or plan.no_views_because.strip():
        return None
    return Refusal(
        "Write what the pupil and the parents said, or why you could not ask yet.",
        "pupils_view" if plan.parents_view.strip() else "parents_view",
    )


def check_review_date(review_on: date | None, on: date) -> Refusal | None:
    """The day of the review is agreed, after the day on which the plan is, and within 16 weeks of it."""
    if review_on is None:
        return Refusal("Agree the day of the review.", "review_on")
    if review_on <= on:
        return Refusal("The review comes after the plan.", "review_on")
    last = latest_review(on)
    if review_on > last:
        return Refusal(f"The review has to be by {last.day} {last:%B %Y}: 16 weeks is the limit.", "review_on")
    return None


def _reading(plan: PlanFacts) -> Refusal | None:
    limit = int(thresholds.READING_AGE.value)
    if plan.reading_age is None or plan.reading_age <= limit or plan.reading_reason.strip():
        return None
    return Refusal(
        f"The family copy reads at age {plan.reading_age}; aim for {limit} or under. Swap the marked words, "
        "or say why they must stay.",
        "reading_reason",
    )


@dataclass(frozen=True, slots=True)
class ResultFacts:
    """How one outcome ended."""

    number: int
    result: str
    exit_measure: str
    no_measure_because: str


def check_review(
    results: Sequence[ResultFacts],
    *,
    choice: str,
    parents_view: str,
    pupils_view: str,
    no_views_because: str,
    held_on: date,
    on: date,
    started_on: date,
) -> Refusal | None:
    """A review judges each outcome by its measure, hears family and pupil, and decides."""
    if held_on > on:
        return Refusal("A review cannot be written up before it was held.", "held_on")
    if held_on < started_on:
        return Refusal("The review cannot be before the plan started.", "held_on")
    for outcome in results:
        if not outcome.result:
            return Refusal("Say whether this outcome was met.", f"outcome_{outcome.number}_result")
        if not outcome.exit_measure.strip() and not outcome.no_measure_because.strip():
            return Refusal("Give the measure now, or say why there is none.", f"outcome_{outcome.number}_exit_measure")
    if not (parents_view.strip() and pupils_view.strip()) and not no_views_because.strip():
        return Refusal(
            "Write what the pupil and the parents said, or why you could not ask.",
            "pupils_view" if parents_view.strip() else "parents_view",
        )
    if not choice:
        return Refusal("Decide what happens next.", "choice")
    return None


def little_gain(results: Sequence[str]) -> bool:
    """True when no outcome was met and at most half were partly met."""
    judged = [result for result in results if result]
    return bool(judged) and Result.MET not in judged and judged.count(Result.PARTLY) * 2 <= len(judged)


def _word(number: int) -> str:
    return ("no", "one", "two", "three", "four", "five", "six")[number] if number <= 6 else str(number)
