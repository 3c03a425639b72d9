"""Pages of the graduated approach. Each function reads one page and answers a frozen dataclass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, Q, QuerySet

from alongside.areas.provision.models import Line
from alongside.areas.provision.queries import cost_of, rates_on
from alongside.areas.register.models import Need, Status
from alongside.areas.support import family_copy, rules
from alongside.areas.support.models import Cycle, FamilyAnswer, Outcome, PlanLine, Review
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.history import actions as history
from alongside.base.people.models import Person
from alongside.base.pupils.access import may_draft_plan, may_read_plan
from alongside.base.pupils.models import AdultLink, Membership, Pupil
from alongside.base.pupils.queries import PupilHead, Wall, find_pupil, head_of, open_pupil
from alongside.kit import NotFound, reading
from alongside.kit.spans import holds_on
from alongside.law import codes, thresholds
from alongside.law.refusal import Refusal

_STEP_WORDS = {
    rules.Stage.ASSESS: "Assess",
    rules.Stage.PLAN: "Plan",
    rules.Stage.DO: "Do",
    rules.Stage.REVIEW: "Review",
}


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """What a family said to an outcome, and our reply."""

    id: int
    who: str
    answer: str
    says: str
    words: str
    on: date
    reply: str
    replied_on: date | None


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    id: int
    number: int
    text: str
    baseline: str
    measure: str
    target: str
    due: date | None
    need: str
    result: str
    result_words: str
    exit_measure: str
    no_measure_because: str
    answers: tuple[AnswerLine, ...]

    @property
    def answer(self) -> AnswerLine | None:
        """The family's latest answer."""
        return self.answers[0] if self.answers else None


@dataclass(frozen=True, slots=True)
class GivenLine:
    """A line of provision in the plan."""

    line_id: int
    name: str
    plain: str
    often: str
    adult: str
    outcome: str
    cost: Decimal | None


@dataclass(frozen=True, slots=True)
class OtherLine:
    """A line of provision that the pupil is given and that stands in no plan of this cycle yet."""

    id: int
    name: str
    often: str


@dataclass(frozen=True, slots=True)
class FamilyCopy:
    parts: tuple[family_copy.Part, ...]
    age: int | None
    aim: int
    words: str
    swaps: tuple[tuple[str, str], ...]
    reason: str


@dataclass(frozen=True, slots=True)
class ReviewLine:
    held_on: date
    by: str
    present: str
    findings: str
    parents_view: str
    pupils_view: str
    pupil_helped_by: str
    choice: str
    change: str
    ends: bool  # ordinary teaching is enough: no further cycle is expected


@dataclass(frozen=True, slots=True)
class CyclePage:
    head: PupilHead
    id: int
    number: int
    stage: rules.Stage
    steps: tuple[tuple[str, str], ...]
    lead: str
    cycle: Cycle
    outcomes: tuple[OutcomeLine, ...]
    lines: tuple[GivenLine, ...]
    others: tuple[OtherLine, ...]
    family: FamilyCopy
    missing: tuple[Refusal, ...]
    missing_for_teacher: tuple[Refusal, ...]
    review: ReviewLine | None
    latest_review: date | None
    little_gain: bool
    may: frozenset[str]

    @property
    def closed_because(self) -> str:
        """Why it was closed, without a full stop; "" for one that was reviewed, which needs no reason."""
        return self.cycle.closed_because.rstrip(". ") if self.cycle.reviewed_on is None else ""

    @property
    def open(self) -> bool:
        return self.stage is not rules.Stage.CLOSED


def find_cycle(actor: Actor, cycle_id: int, *, on: date, may: Wall = may_read_plan) -> Cycle:
    """A cycle with its pupil, lead and outcomes; raises NotFound for others' and for none alike."""
    cycle = (
        Cycle.objects.open_to(may(actor, on))
        .select_related("pupil__school", "lead")
        .prefetch_related("outcomes")
        .filter(pk=cycle_id)
        .first()
    )
    if cycle is None:
        raise NotFound
    return cycle


def cycle_page(actor: Actor, cycle_id: int, *, on: date, may: Wall = may_read_plan) -> CyclePage:
    """One cycle with everything that hangs from it, and what still stands in the way of the next step."""
    return page_of(Cycle.objects.open_to(may(actor, on)).filter(pk=cycle_id), actor, on=on)


def draft_page(actor: Actor, cycle_id: int, *, on: date) -> CyclePage:
    """The same for whoever writes the plan, and the record that they looked. Raises NotFound for who only reads it."""
    page = cycle_page(actor, cycle_id, on=on, may=may_draft_plan)
    history.viewed(pupil=page.head.id, school=page.head.school_id, by=actor, page="plan")
    return page


def page_of(cycles: QuerySet[Cycle], actor: Actor, *, on: date) -> CyclePage:
    """The page of the one cycle in `cycles`, which the caller has found to be open to this person."""
    cycle = (
        cycles.select_related("pupil__school", "lead", "review__held_by")
        .prefetch_related(
            Prefetch("outcomes", Outcome.objects.order_by("number")),
            Prefetch("outcomes__answers", FamilyAnswer.objects.select_related("by").order_by("-at")),
            Prefetch("lines", PlanLine.objects.select_related("line__type", "line__adult", "outcome")),
        )
        .first()
    )
    if cycle is None:
        raise NotFound
    outcomes = tuple(map(_outcome, cycle.outcomes.all()))
    lines = _lines(cycle, costs=actor.may(Permission.COSTS, cycle.school_id), on=on)
    review = getattr(cycle, "review", None)
    planning = cycle.stage in (rules.Stage.ASSESS, rules.Stage.PLAN)
    return CyclePage(
        head=head_of(cycle.pupil, on=on),
        id=cycle.pk,
        number=cycle.number,
        stage=cycle.stage,
        steps=_steps(cycle),
        lead=cycle.lead.formal,
        cycle=cycle,
        outcomes=outcomes,
        lines=lines,
        others=_others(cycle, lines, on) if cycle.closed_on is None else (),
        family=family_of(cycle, list(cycle.outcomes.all()), lines, cycle.reading_reason),
        missing=tuple(rules.faults_of_plan(plan_facts(cycle), on=on)) if planning else (),
        missing_for_teacher=tuple(faults_for_sending(cycle, on=on)) if planning else (),
        review=_review(review) if review else None,
        latest_review=rules.latest_review(cycle.started_on or on),
        little_gain=rules.little_gain([outcome.result for outcome in outcomes]),
        may=frozenset(permission.name for permission in Permission if actor.may(permission, cycle.school_id)),
    )


def plan_facts(cycle: Cycle) -> rules.PlanFacts:
    """The facts that the rules about a plan look at."""
    outcomes = list(cycle.outcomes.all())
    return rules.PlanFacts(
        strengths=cycle.strengths, difficulties=cycle.difficulties, pastoral=cycle.pastoral,
        communication=cycle.communication, outcomes=[row.facts() for row in outcomes],
        provision=cycle.lines.count(), review_on=cycle.review_on, parents_view=cycle.parents_view,
        pupils_view=cycle.pupils_view, no_views_because=cycle.no_views_because, agreed_by=cycle.agreed_by,
        reading_age=family_copy.reading_age(cycle, outcomes), reading_reason=cycle.reading_reason,
    )  # fmt: skip


def faults_for_sending(cycle: Cycle, *, on: date) -> list[Refusal]:
    """What a teacher still has to put right. Who agreed, the provision and the review date are the SENCO's part."""
    later = {"agreed_by", "provision", "review_on"}
    return [fault for fault in rules.faults_of_plan(plan_facts(cycle), on=on) if fault.field not in later]


def _outcome(row: Outcome) -> OutcomeLine:
    return OutcomeLine(
        row.pk, row.number, row.text, row.baseline, row.measure, row.target, row.due, row.need, row.result,
        rules.RESULT_WORDS[rules.Result(row.result)] if row.result else "", row.exit_measure, row.no_measure_because,
        tuple(
            AnswerLine(
                a.pk, a.by.formal, a.answer, rules.ANSWER_WORDS[rules.Answer(a.answer)], a.words, a.on, a.reply,
                a.replied_on,
            )
            for a in row.answers.all()
        ),
    )  # fmt: skip


def _lines(cycle: Cycle, *, costs: bool, on: date) -> tuple[GivenLine, ...]:
    rates = rates_on(on) if costs else {}
    return tuple(
        GivenLine(
            row.line_id, row.line.type.name, row.line.type.plain_name, row.line.often,
            row.line.adult.formal if row.line.adult else "", f"outcome {row.outcome.number}" if row.outcome else "",
            cost_of(row.line, rates),
        )
        for row in cycle.lines.all()
    )  # fmt: skip


def _others(cycle: Cycle, lines: Sequence[GivenLine], on: date) -> tuple[OtherLine, ...]:
    """What the pupil is given and the plan does not say."""
    running = Line.objects.filter(Q(until=None) | Q(until__gte=on), pupil=cycle.pupil_id)
    rows = running.exclude(pk__in=[line.line_id for line in lines]).select_related("type").order_by("since", "pk")
    return tuple(OtherLine(row.pk, row.type.name, row.often) for row in rows)


def line_for(page: CyclePage, line_id: str) -> Line:
    """A line of provision that may be put into this plan. Raises NotFound for any other."""
    if line_id not in {str(line.id) for line in page.others}:
        raise NotFound
    return Line.objects.select_related("type").get(pk=line_id)


def family_of(
    plan: family_copy.PlanText,
    outcomes: Sequence[family_copy.OutcomeText],
    lines: Sequence[GivenLine],
    reason: str,
) -> FamilyCopy:
    """The family copy of a plan, with its reading age and the words that push it up."""
    given = tuple(f"{line.plain}: {line.often}" + (f". {line.adult} leads it." if line.adult else "") for line in lines)
    parts = family_copy.parts(plan, outcomes, given)
    age = family_copy.reading_age(plan, outcomes)
    found = tuple(dict.fromkeys((swap.word, swap.plain) for swap in reading.swaps(family_copy.text(parts))))
    aim = int(thresholds.READING_AGE.value)
    return FamilyCopy(parts, age, aim, _meter_words(age, aim, len(found)), found, reason)


def _meter_words(age: int | None, aim: int, swaps: int) -> str:
    if age is None:
        return "Too short to score yet."
    if age <= aim:
        return f"Aim for {aim} or under. This is fine."
    return f"{_count(swaps)} push it up. Aim for {aim} or under." if swaps else f"Aim for {aim}: use shorter sentences."


def _count(number: int) -> str:
    return "One word may" if number == 1 else f"{number} words may"


def _review(row: Review) -> ReviewLine:
    return ReviewLine(
        row.held_on, row.held_by.formal, row.present, row.findings, row.parents_view, row.pupils_view,
        row.pupil_helped_by, rules.CHOICE_WORDS[rules.Choice(row.choice)], row.change,
        row.choice == rules.Choice.EXIT,
    )  # fmt: skip


def _steps(cycle: Cycle) -> tuple[tuple[str, str], ...]:
    """Each step as done, now or to come; a cycle that was closed early has not done what came after."""
    order = list(_STEP_WORDS)
    if cycle.closed_on:
        dates = (cycle.assessed_on, cycle.started_on, cycle.reviewed_on, cycle.reviewed_on)
        return tuple(
            (words, "done" if day else "to_come") for words, day in zip(_STEP_WORDS.values(), dates, strict=True)
        )
    at = order.index(cycle.stage)
    return tuple(
        (words, "done" if index < at else "now" if index == at else "to_come")
        for index, words in enumerate(_STEP_WORDS.values())
    )


@dataclass(frozen=True, slots=True)
class EarlierCycle:
    id: int
    number: int
    stage: str
    opened_on: date
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class StartPage:
    """A pupil without an open cycle: what is known already, and who could lead."""

    head: PupilHead
    pupil: Pupil
    status: str
    needs: tuple[str, ...]
    summary: str
    earlier: tuple[EarlierCycle, ...]
    leads: tuple[tuple[int, str], ...]
    may: frozenset[str]


def open_cycle_of(actor: Actor, pupil_id: int, *, on: date) -> int | None:
    """The id of a pupil's open cycle, if there is one. Raises NotFound when the pupil is not this person's."""
    find_pupil(actor, pupil_id, on=on, may=may_read_plan)
    return Cycle.objects.filter(pupil=pupil_id, closed_on=None).values_list("pk", flat=True).first()


def start_page(actor: Actor, pupil_id: int, *, on: date) -> StartPage:
    """What the first step of a cycle can start from, so that nothing known is asked again."""
    pupil = open_pupil(actor, pupil_id, on=on, page="plan", may=may_read_plan)
    held = holds_on(on)
    needs = tuple(
        codes.NEED_TYPES.words(code)
        for code in Need.objects.filter(held, pupil=pupil).order_by("rank").values_list("code", flat=True)
    )
    status = Status.objects.filter(held, pupil=pupil).values_list("code", flat=True).first() or "N"
    earlier = tuple(
        EarlierCycle(row.pk, row.number, row.stage.value, row.opened_on, row.closed_on)
        for row in Cycle.objects.filter(pupil=pupil).order_by("-number")
    )
    return StartPage(
        head_of(pupil, on=on), pupil, status, needs, _summary(pupil, needs), earlier, leads_for(pupil, on=on),
        frozenset(permission.name for permission in Permission if actor.may(permission, pupil.school_id)),
    )  # fmt: skip


def _summary(pupil: Pupil, needs: Sequence[str]) -> str:
    """The first words of a summary of needs, from the latest register decision."""
    decision = pupil.decisions.order_by("-decided_on").first()
    parts = [f"{needs[0]}." if needs else "", decision.difficulty_says if decision else ""]
    return " ".join(part for part in parts if part)


def leads_for(pupil: Pupil, *, on: date) -> tuple[tuple[int, str], ...]:
    """The adults who teach a pupil today: any of them may own the plan (Code 6.36)."""
    held = holds_on(on)
    groups = Membership.objects.filter(held, pupil=pupil).values("group")
    people = Person.objects.filter(
        pk__in=AdultLink.objects.filter(held, group__in=groups, part=AdultLink.Part.TEACHES).values("person")
    )
    return tuple((person.pk, person.formal) for person in people)


@dataclass(frozen=True, slots=True)
class BoardRow:
    id: int
    pupil: str
    pupil_id: int
    place: str
    number: int
    stage: str
    lead: str
    review_on: date | None
    late: bool
    sent: bool


@dataclass(frozen=True, slots=True)
class BoardPage:
    """Open cycles by stage; `chosen` is the stage that the page shows, empty for all."""

    chosen: str
    counts: tuple[tuple[str, str, int], ...]
    rows: tuple[BoardRow, ...]
    mine_only: bool


def board_page(actor: Actor, *, on: date, chosen: str = "") -> BoardPage:
    """Every open cycle this person may read, the next review first."""
    rows = [
        BoardRow(
            row.pk, row.pupil.name, row.pupil_id, row.pupil.class_name or row.pupil.year, row.number, row.stage.value,
            row.lead.formal, row.review_on, _is_late(row, on),
            row.sent_on is not None and row.started_on is None,
        )
        for row in Cycle.objects.visible_to(actor, on)
        .open()
        .filter(pupil__left_on=None)
        .select_related("pupil", "lead")
        .order_by("review_on", "pupil__sort_key")
    ]  # fmt: skip
    counts = tuple(
        (stage.value, words, sum(row.stage == stage for row in rows)) for stage, words in _STEP_WORDS.items()
    )
    shown = tuple(row for row in rows if not chosen or row.stage == chosen)
    return BoardPage(chosen, counts, shown, not actor.schools(Permission.PLAN))


def _is_late(cycle: Cycle, on: date) -> bool:
    return cycle.review_on is not None and cycle.review_on < on and cycle.reviewed_on is None


def find_answer(actor: Actor, cycle_id: int, answer_id: int, *, on: date) -> FamilyAnswer:
    """A family's answer in a cycle that this person may read. Raises NotFound."""
    cycle = find_cycle(actor, cycle_id, on=on, may=may_draft_plan)
    answer = (
        FamilyAnswer.objects.select_related("by", "outcome__cycle").filter(pk=answer_id, outcome__cycle=cycle).first()
    )
    if answer is None:
        raise NotFound
    return answer
