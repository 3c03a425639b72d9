"""Open, assess, plan, start, answer, review, close."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date

from django.db.models import Max
from django.db.transaction import atomic

from alongside.areas.duties.actions import touch
from alongside.areas.provision.models import Line
from alongside.areas.support import kinds, rules
from alongside.areas.support.models import Cycle, FamilyAnswer, Outcome, PlanLine, Review
from alongside.areas.support.queries import faults_for_sending, plan_facts
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.deadlines.actions import refresh
from alongside.base.history import actions as history
from alongside.base.history.kinds import Kind
from alongside.base.notices.actions import tell
from alongside.base.pupils.models import Pupil
from alongside.base.pupils.queries import one_at_a_time
from alongside.kit import Stale, refuse
from alongside.kit.bulk import update_many
from alongside.law.refusal import Refusal


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """The parts of a plan that are written in words."""

    needs_summary: str = ""
    strengths: Sequence[str] = field(default_factory=tuple)
    difficulties: str = ""
    strategies: Sequence[str] = field(default_factory=tuple)
    pastoral: str = ""
    communication: str = ""
    home: str = ""
    parents_view: str = ""
    parents_said: str = ""
    pupils_view: str = ""
    pupil_helped_by: str = ""
    no_views_because: str = ""
    agreed_by: str = ""
    review_on: date | None = None
    reading_reason: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeDraft:
    """One outcome as typed; `id` is empty for a new one."""

    text: str
    baseline: str
    measure: str
    target: str
    due: date | None
    need: str = ""
    id: int | None = None


@atomic
def open_cycle(*, pupil: Pupil, by: Actor, on: date, lead_id: int | None = None, needs_summary: str = "") -> Cycle:
    """Start the next cycle for a pupil. The summary of needs comes from what is already known."""
    by.must(Permission.SUPPORT_DRAFT, pupil.school_id)
    one_at_a_time(pupil)
    if Cycle.objects.filter(pupil=pupil, closed_on=None).exists():
        refuse(Refusal(f"{pupil.liked} has a cycle that is still open. Review it before the next one starts."))
    last = Cycle.objects.filter(pupil=pupil).aggregate(last=Max("number"))["last"] or 0
    cycle = Cycle.objects.create(
        pupil=pupil, school_id=pupil.school_id, number=last + 1, lead_id=lead_id or by.person_id, opened_on=on,
        opened_by_id=by.person_id, needs_summary=needs_summary,
    )  # fmt: skip
    _record(kinds.OPENED, cycle, by, on)
    _refresh(cycle, on)
    return cycle


@atomic
def finish_assessing(*, cycle: Cycle, needs_summary: str, by: Actor, on: date) -> Cycle:
    """Write the summary of needs and go on to the plan."""
    by.must(Permission.SUPPORT_DRAFT, cycle.school_id)
    refuse(
        rules.may_move(cycle.stage, rules.Stage.PLAN),
        None if needs_summary.strip() else Refusal("Write what you know about the needs.", "needs_summary"),
    )
    cycle.needs_summary, cycle.assessed_on = needs_summary.strip(), on
    _save(cycle, cycle.version, {})
    _record(kinds.ASSESSED, cycle, by, on)
    _refresh(cycle, on)
    return cycle


@atomic
def write_plan(*, cycle: Cycle, draft: PlanDraft, version: int, by: Actor, on: date) -> Cycle:
    """Save the words of a plan, finished or not. Raises Stale when somebody saved since `version` was opened."""
    by.must(Permission.SUPPORT_DRAFT, cycle.school_id)
    if cycle.stage not in (rules.Stage.ASSESS, rules.Stage.PLAN, rules.Stage.DO):
        refuse(Refusal("This plan has been reviewed; its words stay as they were."))
    if cycle.started_on:
        refuse(rules.check_review_date(draft.review_on, cycle.started_on))
    before = {name: _text(getattr(cycle, name)) for name in asdict(draft)}
    for name, value in asdict(draft).items():
        setattr(cycle, name, list(value) if isinstance(value, tuple | list) else value)
    _save(cycle, version, before)
    _record(kinds.PLANNED, cycle, by, on)
    _refresh(cycle, on)
    return cycle


@atomic
def set_outcome(*, cycle: Cycle, draft: OutcomeDraft, by: Actor, on: date) -> Outcome:
    """Add an outcome, or change one. Refused without baseline, measure, target and date."""
    by.must(Permission.SUPPORT_DRAFT, cycle.school_id)
    if cycle.stage not in (rules.Stage.ASSESS, rules.Stage.PLAN, rules.Stage.DO):
        refuse(Refusal("This plan has been reviewed; its outcomes stay as they were."))
    standing = list(Outcome.objects.filter(cycle=cycle))  # afresh: a page saves several, one after the other
    outcome = next((row for row in standing if row.pk == draft.id), None)
    if outcome is None:
        if len(standing) >= rules.most_outcomes():
            refuse(Refusal("A plan has two to four outcomes. Which matter most?", "text"))
        number = max((row.number for row in standing), default=0) + 1
        outcome = Outcome(cycle=cycle, pupil_id=cycle.pupil_id, school_id=cycle.school_id, number=number)
    outcome.text, outcome.baseline, outcome.measure = (
        draft.text.strip(),
        draft.baseline.strip(),
        draft.measure.strip(),
    )
    outcome.target, outcome.due, outcome.need = draft.target.strip(), draft.due, draft.need
    refuse(rules.check_outcome(outcome.facts(), on=on))
    outcome.save()
    _record(kinds.PLANNED, cycle, by, on)
    return outcome


@atomic
def drop_outcome(*, outcome: Outcome, by: Actor, on: date) -> None:
    """Take an outcome out of a plan that has not started."""
    by.must(Permission.SUPPORT_DRAFT, outcome.school_id)
    if outcome.cycle.stage not in (rules.Stage.ASSESS, rules.Stage.PLAN):
        refuse(Refusal("Support has started. Say at the review that this outcome is no longer right."))
    cycle = outcome.cycle
    outcome.delete()
    _record(kinds.PLANNED, cycle, by, on)


@atomic
def put_in_plan(*, cycle: Cycle, line: Line, outcome: Outcome | None, by: Actor, on: date) -> PlanLine:
    """Say that a line of provision serves this plan, and which outcome it is for."""
    by.must(Permission.SUPPORT_DRAFT, cycle.school_id)
    if line.pupil_id != cycle.pupil_id or (outcome and outcome.cycle_id != cycle.pk):
        refuse(Refusal("That belongs to another pupil's plan."))
    row, _ = PlanLine.objects.update_or_create(
        cycle=cycle, line=line,
        defaults={"pupil_id": cycle.pupil_id, "school_id": cycle.school_id, "outcome": outcome},
    )  # fmt: skip
    _record(kinds.PLANNED, cycle, by, on)
    return row


@atomic
def send_plan(*, cycle: Cycle, by: Actor, on: date) -> Cycle:
    """The teacher hands the plan to the SENCO; refused while anything it needs is missing."""
    by.must(Permission.SUPPORT_DRAFT, cycle.school_id)
    refuse(*faults_for_sending(cycle, on=on))
    cycle.sent_on = on
    _save(cycle, cycle.version, {})
    _record(kinds.SENT, cycle, by, on)
    _refresh(cycle, on)
    return cycle


@atomic
def start(*, cycle: Cycle, by: Actor, on: date) -> Cycle:
    """Agree the plan and begin the support. Everything the policy asks of a plan must be there."""
    by.must(Permission.SUPPORT_APPROVE, cycle.school_id)
    refuse(rules.may_move(cycle.stage, rules.Stage.DO), *rules.faults_of_plan(plan_facts(cycle), on=on))
    cycle.started_on = on
    _save(cycle, cycle.version, {})
    assert cycle.review_on is not None
    _record(
        kinds.STARTED, cycle, by, on, agreed_by=cycle.agreed_by, review_on=f"{cycle.review_on:%d %B %Y}",
    )  # fmt: skip
    if cycle.lead_id != by.person_id:
        tell(
            person_id=cycle.lead_id, school_id=cycle.school_id, pupil_id=cycle.pupil_id, kind="plan",
            says=f"{cycle.pupil.liked}'s plan is agreed. The review is on {cycle.review_on:%d %B}.",
            url=f"/plans/{cycle.pk}/", on=on,
        )  # fmt: skip
    _refresh(cycle, on)
    return cycle


@dataclass(frozen=True, slots=True)
class ReviewDraft:
    """A review as typed: what each outcome came to, what was said, what happens next."""

    held_on: date
    results: Mapping[int, rules.ResultFacts]  # by outcome id
    choice: str
    present: str = ""
    findings: str = ""
    parents_view: str = ""
    pupils_view: str = ""
    pupil_helped_by: str = ""
    no_views_because: str = ""
    change: str = ""


@atomic
def hold_review(*, cycle: Cycle, draft: ReviewDraft, version: int, by: Actor, on: date) -> Review:
    """Write up a review: each outcome judged by its measure, the views, the decision."""
    by.must(Permission.SUPPORT_DRAFT, cycle.school_id)
    outcomes = list(cycle.outcomes.all())
    refuse(
        rules.may_move(cycle.stage, rules.Stage.REVIEW),
        rules.check_review(
            [draft.results.get(row.pk, rules.ResultFacts(row.number, "", "", "")) for row in outcomes],
            choice=draft.choice, parents_view=draft.parents_view, pupils_view=draft.pupils_view,
            no_views_because=draft.no_views_because, held_on=draft.held_on, on=on,
            started_on=cycle.started_on or cycle.opened_on,
        ),
    )  # fmt: skip
    cycle.reviewed_on = draft.held_on
    _save(cycle, version, {})
    for row in outcomes:
        result = draft.results[row.pk]
        row.result, row.exit_measure = result.result, result.exit_measure.strip()
        row.no_measure_because = result.no_measure_because.strip()
    update_many(outcomes, ["result", "exit_measure", "no_measure_because"])
    review = Review.objects.create(
        cycle=cycle, pupil_id=cycle.pupil_id, school_id=cycle.school_id, held_on=draft.held_on,
        held_by_id=by.person_id, present=draft.present, findings=draft.findings, parents_view=draft.parents_view,
        pupils_view=draft.pupils_view, pupil_helped_by=draft.pupil_helped_by,
        no_views_because=draft.no_views_because, choice=draft.choice, change=draft.change,
    )  # fmt: skip
    results = ", ".join(rules.RESULT_WORDS[rules.Result(row.result)].lower() for row in outcomes)
    _record(
        kinds.REVIEWED, cycle, by, draft.held_on, results=results or "no outcomes",
        choice=rules.CHOICE_WORDS[rules.Choice(draft.choice)].lower(),
    )  # fmt: skip
    _refresh(cycle, on)
    return review


def is_written_up(cycle: Cycle, draft: ReviewDraft, person: int) -> bool:
    """Whether this very review was saved by this person before: its button was pressed twice."""
    return Review.objects.filter(
        cycle=cycle, held_by=person, held_on=draft.held_on, present=draft.present, findings=draft.findings,
        parents_view=draft.parents_view, pupils_view=draft.pupils_view, choice=draft.choice, change=draft.change,
    ).exists()  # fmt: skip


@atomic
def close_cycle(*, cycle: Cycle, reason: str, by: Actor, on: date) -> Cycle:
    """Close a cycle: after its review, or earlier with a reason."""
    by.must(Permission.SUPPORT_APPROVE, cycle.school_id)
    refuse(
        rules.may_move(cycle.stage, rules.Stage.CLOSED),
        Refusal("Say why this cycle ends without a review.", "reason")
        if cycle.reviewed_on is None and not reason.strip()
        else None,
    )
    cycle.closed_on, cycle.closed_because = on, reason.strip()
    _save(cycle, cycle.version, {})
    _record(kinds.CLOSED, cycle, by, on, reason=reason or "reviewed")
    _refresh(cycle, on)
    return cycle


@atomic
def carry_on(*, cycle: Cycle, by: Actor, on: date) -> Cycle:
    """Close a reviewed cycle and open the next, carrying over strengths, words and unmet outcomes."""
    close_cycle(cycle=cycle, reason="reviewed", by=by, on=on)
    following = open_cycle(pupil=cycle.pupil, by=by, on=on, lead_id=cycle.lead_id, needs_summary=cycle.needs_summary)
    for name in ("strengths", "difficulties", "strategies", "pastoral", "communication", "home"):
        setattr(following, name, getattr(cycle, name))
    following.assessed_on = on
    _save(following, following.version, {})
    unmet = [row for row in cycle.outcomes.all() if row.result != rules.Result.MET]
    for number, row in enumerate(unmet, start=1):
        Outcome.objects.create(
            cycle=following, pupil_id=row.pupil_id, school_id=row.school_id, number=number, need=row.need,
            text=row.text, baseline=row.exit_measure or row.baseline, measure=row.measure, target=row.target,
        )  # fmt: skip
    for plan_line in cycle.lines.select_related("line"):
        if plan_line.line.until is None or plan_line.line.until > on:
            PlanLine.objects.create(
                cycle=following, pupil_id=cycle.pupil_id, school_id=cycle.school_id, line=plan_line.line
            )
    _refresh(following, on)
    return following


@atomic
def answer_outcome(
    *, outcome: Outcome, answer: rules.Answer, words: str, by: Actor, on: date, language: str = ""
) -> FamilyAnswer:
    """Keep what a family says to an outcome, word for word, and tell the lead and the SENCO's list."""
    if outcome.pupil_id not in by.child_ids:
        by.must(Permission.OWN_CHILD, outcome.school_id)
    if answer is not rules.Answer.AGREE and not words.strip():
        refuse(Refusal("Tell us what you would like instead. A few words are enough.", "words"))
    row = FamilyAnswer.objects.create(
        outcome=outcome, pupil_id=outcome.pupil_id, school_id=outcome.school_id, by_id=by.person_id,
        answer=answer, words=words, language=language, on=on,
    )  # fmt: skip
    history.record(
        kinds.ANSWERED, by=by, on=on, about=row.pk, pupil=row.pupil_id, school=row.school_id,
        answer=rules.ANSWER_WORDS[answer], outcome=outcome.text,
    )  # fmt: skip
    tell(
        person_id=outcome.cycle.lead_id, school_id=row.school_id, pupil_id=row.pupil_id, kind="family",
        says=f"{by.name} {rules.ANSWER_WORDS[answer]}: {outcome.text}", url=f"/plans/{outcome.cycle_id}/", on=on,
    )  # fmt: skip
    _refresh(outcome.cycle, on)
    return row


@atomic
def reply(*, answer: FamilyAnswer, words: str, by: Actor, on: date) -> FamilyAnswer:
    """Answer a family's request. Their words and ours are both kept."""
    by.must(Permission.SUPPORT_DRAFT, answer.school_id)
    refuse(None if words.strip() else Refusal("Write the answer.", "words"))
    answer.reply, answer.replied_on, answer.replied_by_id = words.strip(), on, by.person_id
    answer.save(update_fields=["reply", "replied_on", "replied_by_id"])
    history.record(
        kinds.REPLIED, by=by, on=on, about=answer.pk, pupil=answer.pupil_id, school=answer.school_id,
        to=answer.by.name, outcome=answer.outcome.text,
    )  # fmt: skip
    tell(
        person_id=answer.by_id, school_id=answer.school_id, pupil_id=answer.pupil_id, kind="reply",
        says=f"We have answered you: {words.strip()}", url=f"/family/{answer.pupil_id}/", on=on,
    )  # fmt: skip
    _refresh(answer.outcome.cycle, on)
    return answer


def _save(cycle: Cycle, version: int, before: Mapping[str, str]) -> None:
    """Write a cycle if nobody else did since `version`; raises Stale with both texts if somebody did."""
    fields = [f for f in cycle._meta.concrete_fields if not f.primary_key and f.name != "version"]
    values = {f.attname: getattr(cycle, f.attname) for f in fields}
    updated = Cycle.objects.filter(pk=cycle.pk, version=version).update(version=version + 1, **values)
    if not updated:
        theirs = Cycle.objects.get(pk=cycle.pk)
        yours = {name: _text(getattr(cycle, name)) for name in before}
        stands = {name: _text(getattr(theirs, name)) for name in before}
        raise Stale(stands, yours, "A colleague", theirs.version)
    cycle.version = version + 1


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)


def _record(kind: Kind, cycle: Cycle, by: Actor, on: date, **facts: object) -> None:
    told = {"number": cycle.number, **facts}
    history.record(kind, by=by, on=on, about=cycle.pk, pupil=cycle.pupil_id, school=cycle.school_id, facts=told)


def _refresh(cycle: Cycle, on: date) -> None:
    refresh(schools=[cycle.school_id], on=on, pupils=[cycle.pupil_id], sources=["support"])
    touch(school=cycle.school_id, slice_="support")
