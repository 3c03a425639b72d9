"""Pages of duties, from stored states: the board of a school, one duty, a statement of any day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from alongside.areas.duties import compute, rules, shipped
from alongside.areas.duties.models import Attestation, Duty, Exemption, Explanation, Observation, Question, Standing
from alongside.areas.duties.rules import FAMILIES, FOUND_WORDS, STATE_WORDS, WORST_FIRST, Found, HoldsFor
from alongside.base.access.actor import Actor
from alongside.base.access.models import Post
from alongside.base.access.roles import BANDS, ROLES, Permission
from alongside.base.evidence.proofs import PROOFS, Evidence, Proof, State, Whole
from alongside.base.pupils.models import Pupil
from alongside.base.schools.models import School
from alongside.kit import NotFound
from alongside.law.clocks import CLOCKS

_CASES_SHOWN = 100
_PERIODS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class StateCount:
    state: State
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Shares:
    """On what the greens rest: how many of those met are computed, observed, attested."""

    met: int
    applicable: int
    computed: int
    observed: int
    attested: int

    def of(self, count: int) -> str:
        """'62%'; '0%' of nothing."""
        return f"{round(100 * count / self.met) if self.met else 0}%"


def shares_of(counted: Mapping[tuple[str, str], int]) -> Shares:
    """From how many stand in each (state, evidence)."""
    met = {evidence: counted.get((State.MET, evidence), 0) for evidence in Evidence}
    applicable = sum(number for (state, _), number in counted.items() if state != State.NOT_APPLICABLE)
    return Shares(sum(met.values()), applicable, met[Evidence.COMPUTED], met[Evidence.OBSERVED], met[Evidence.ATTESTED])


def totals_of(states: Iterable[str]) -> tuple[StateCount, ...]:
    counts = Counter(states)
    return tuple(StateCount(state, STATE_WORDS[state], counts[state]) for state in WORST_FIRST if counts[state])


# --- The board of a school -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DutyRow:
    code: str
    title: str
    section: int
    family: int
    state: State
    evidence: str
    owner: str
    figures: str
    why: str
    since: date
    due_on: date | None
    school_id: int | None


@dataclass(frozen=True, slots=True)
class FamilyTile:
    number: int
    name: str
    totals: tuple[StateCount, ...]
    met: int
    applicable: int
    current: bool


@dataclass(frozen=True, slots=True)
class Section:
    number: int
    name: str
    rows: tuple[DutyRow, ...]


@dataclass(frozen=True, slots=True)
class BoardPage:
    school_id: int
    school: str
    on: date
    schools: tuple[tuple[int, str, bool], ...]
    families: tuple[FamilyTile, ...]
    sections: tuple[Section, ...]
    totals: tuple[StateCount, ...]
    shares: Shares
    shown: int
    family: int | None
    state: str
    worked_out: date | None
    trust: bool
    departs: bool  # keeps the school's log of departures from the Code


def schools_of(actor: Actor) -> list[School]:
    """The schools whose duties this person may read, by name."""
    return list(School.objects.filter(pk__in=actor.schools(Permission.DUTIES)))


def chosen_school(actor: Actor, school_id: int | None) -> tuple[School, list[School]]:
    """The school that is asked for, or the first; and all. Raises NotFound for one that is not this person's."""
    schools = schools_of(actor)
    chosen = next((school for school in schools if school_id in (None, school.pk)), None)
    if chosen is None:
        raise NotFound
    return chosen, schools


def board_page(
    actor: Actor, *, on: date, school_id: int | None = None, family: int | None = None, state: str = ""
) -> BoardPage:
    """How the duties of a school stood on a day, section by section. Raises NotFound."""
    school, schools = chosen_school(actor, school_id)
    duties = compute.catalogue(on)
    standing = [row for row in Standing.objects.on(on).filter(school=school) if row.duty in duties]
    scheme = compute.delegations(on)
    all_rows = [duty_row(row, duties[row.duty], actor, scheme) for row in sorted(standing, key=lambda row: row.duty)]
    chosen = [row for row in all_rows if family in (None, row.family) and state in ("", row.state)]
    counted = Counter((row.state, row.evidence) for row in standing)
    return BoardPage(
        school_id=school.pk, school=school.name, on=on,
        schools=tuple((each.pk, each.short_name, each.pk == school.pk) for each in schools),
        families=tuple(_tile(number, all_rows, family) for number in FAMILIES),
        sections=in_sections(chosen), totals=totals_of(row.state for row in standing), shares=shares_of(counted),
        shown=len(chosen), family=family, state=state,
        worked_out=max((row.computed_on for row in standing), default=None),
        trust=actor.may(Permission.DUTIES_TRUST), departs=actor.may(Permission.DEPARTURES, school.pk),
    )  # fmt: skip


def _tile(number: int, all_rows: list[DutyRow], current: int | None) -> FamilyTile:
    states = [row.state for row in all_rows if row.family == number]
    applicable = [state for state in states if state is not State.NOT_APPLICABLE]
    return FamilyTile(
        number, FAMILIES[number], totals_of(states), states.count(State.MET), len(applicable), number == current
    )


def in_sections(chosen: Iterable[DutyRow]) -> tuple[Section, ...]:
    names = shipped.sections()
    by_section: dict[int, list[DutyRow]] = defaultdict(list)
    for row in chosen:
        by_section[row.section].append(row)
    return tuple(Section(number, names[number], tuple(by_section[number])) for number in sorted(by_section))


def duty_row(row: Standing, duty: Duty, actor: Actor, scheme: Any) -> DutyRow:
    return DutyRow(
        duty.code, duty.title, duty.section, duty.family, State(row.state), row.evidence,
        ROLES[compute.owner_of(duty, row.school_id, scheme)].title, _figures(row, actor), row.why, row.since, row.due_on,
        row.school_id,
    )  # fmt: skip


def _figures(row: Standing, actor: Actor) -> str:
    """The figures, for whoever may know them; nothing for what has no cases."""
    if row.evidence != Evidence.COMPUTED:
        return ""
    proof = PROOFS.get(row.duty)
    if row.school_id is None and (proof is None or proof.whole is Whole.SCHOOL):
        return rules.figures(row.counts, named=True, noun="schools")
    return rules.figures(row.counts, named=_may_know(actor, row.school_id, proof))


def _may_know(actor: Actor, school_id: int | None, proof: Proof | None) -> bool:
    """Whether small numbers may be said: of what is no pupil to anybody, of pupils to who may read their file."""
    if proof is None or not proof.pupils:
        return True
    return school_id is not None and actor.may(BANDS[proof.band], school_id)


# --- One duty --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CaseRow:
    pupil_id: int
    name: str
    place: str
    state: State
    due: date | None
    why: str


@dataclass(frozen=True, slots=True)
class SaidRow:
    """Something that was attested, seen, set aside or explained."""

    kind: str
    by: str
    on: date
    words: str
    until: date | None = None
    found: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    state: State
    evidence: str
    since: date
    until: date | None
    figures: str


@dataclass(frozen=True, slots=True)
class SchoolState:
    school_id: int
    name: str
    state: State
    since: date


@dataclass(frozen=True, slots=True)
class DutyPage:
    school_id: int | None
    where: str
    code: str
    title: str
    says: str
    rule: str
    section: int
    section_name: str
    family: int
    family_name: str
    cadence: str
    limit: str
    clock: str
    source: str
    owner: str
    owners: tuple[str, ...]
    accountable: str  # the headteacher, whoever the scheme has let answer for it; '' at the trust
    state: State
    evidence: str
    since: date
    why: str
    figures: str
    rests_on: str
    hidden: bool  # there are pupils behind it who may not be named to this person
    cases: tuple[CaseRow, ...]
    said: tuple[SaidRow, ...]
    periods: tuple[Period, ...]
    schools: tuple[SchoolState, ...]
    valid_from: date
    own: bool
    may: frozenset[str]


def duty_page(actor: Actor, code: str, school_id: int | None, *, on: date) -> DutyPage:
    """A duty as it stands at a school; at the trust for no school. Raises NotFound."""
    duty, where = _held(actor, code, school_id, on)
    now = Standing.objects.on(on).filter(school=school_id, duty=code).first()
    if now is None:
        raise NotFound
    scheme = compute.delegations(on)
    role = compute.owner_of(duty, school_id, scheme)
    proof = PROOFS.get(code) if now.evidence == Evidence.COMPUTED else None
    named = _may_know(actor, school_id, proof)
    clock = CLOCKS.get(duty.clock)
    return DutyPage(
        school_id=school_id, where=where, code=code, title=duty.title, says=duty.says, rule=duty.rule,
        section=duty.section, section_name=shipped.sections()[duty.section], family=duty.family,
        family_name=FAMILIES[duty.family], cadence=duty.cadence, limit=duty.limit,
        clock=f"{clock.name}: {clock.length} from the day {clock.event}" if clock else "",
        source=str(clock.source) if clock else "", owner=ROLES[role].title, owners=_holders(role, school_id, on),
        accountable=", ".join(_holders("head", school_id, on)) or "nobody is headteacher" if school_id else "",
        state=State(now.state), evidence=now.evidence, since=now.since,
        why=now.why, figures=_figures(now, actor), rests_on=proof.says if proof else rules.RESTS_ON.get(Evidence(now.evidence), ""),
        hidden=bool(proof and proof.pupils and not named), cases=_cases(actor, proof, school_id, on=on, named=named),
        said=_said(code, school_id, on), periods=_periods(code, school_id, actor),
        schools=_at_schools(actor, code, on) if school_id is None and duty.holds_for == HoldsFor.BOTH else (),
        valid_from=duty.valid_from, own=duty.own, may=_may(actor, duty, school_id, role),
    )  # fmt: skip


def _held(actor: Actor, code: str, school_id: int | None, on: date) -> tuple[Duty, str]:
    """The duty, and where it is looked at. Raises NotFound unless this person may, and the school holds it."""
    duty = compute.catalogue(on).get(code)
    if duty is None:
        raise NotFound
    if school_id is None:
        if not actor.may(Permission.DUTIES_TRUST) or duty.holds_for == HoldsFor.SCHOOL:
            raise NotFound
        return duty, "The trust"
    if duty.holds_for == HoldsFor.TRUST:
        raise NotFound
    return duty, chosen_school(actor, school_id)[0].name


def _may(actor: Actor, duty: Duty, school_id: int | None, owner: str) -> frozenset[str]:
    """What this person may say here; what its kind of evidence does not take is not offered."""

    def may(permission: Permission) -> bool:
        return actor.may(permission, school_id) and (school_id is not None or actor.may(Permission.DUTIES_TRUST))

    sees = duty.evidence == Evidence.OBSERVED and owner not in {post.role for post in actor.posts}
    offered = {
        "attest": duty.evidence == Evidence.ATTESTED and may(Permission.DUTY_ATTEST),
        "observe": sees and may(Permission.DUTY_OBSERVE),
        "explain": may(Permission.DUTY_EXPLAIN),
        "exempt": school_id is not None and may(Permission.DUTY_EXEMPT),
        "keep": actor.may(Permission.DUTY_KEEP),
    }
    return frozenset(verb for verb, allowed in offered.items() if allowed)


def _holders(role: str, school_id: int | None, on: date) -> tuple[str, ...]:
    """Who holds the role at the school, or at the trust where nobody does."""
    posts = Post.objects.filter(role=role, since__lte=on).exclude(until__lt=on).select_related("person")
    here = [post for post in posts if post.school_id == school_id] or [post for post in posts if post.school_id is None]
    return tuple(post.person.formal for post in here[:3])


def _cases(actor: Actor, proof: Proof | None, school_id: int | None, *, on: date, named: bool) -> tuple[CaseRow, ...]:
    """The pupils behind a state, for whoever may read their file; a person's own child is left out."""
    if proof is None or not proof.pupils or not named or school_id is None:
        return ()
    found = compute.open_cases(proof, school_id, on=on, most=_CASES_SHOWN)
    pupils = Pupil.objects.visible_to(actor, on).in_bulk({case.pupil_id for case in found})
    return tuple(
        CaseRow(case.pupil_id, pupil.name, pupil.class_name or pupil.year, case.state, case.due, case.why)
        for case in found
        if (pupil := pupils.get(case.pupil_id))
    )


def _said(code: str, school_id: int | None, on: date) -> tuple[SaidRow, ...]:
    """What people said of a duty, newest first."""
    at = {"duty": code, "school": school_id, "on__lte": on}
    words = [
        SaidRow("attested", _by(row), row.on, row.item, row.expires_on)
        for row in Attestation.objects.filter(**at).select_related("by")
    ]
    seen = [
        SaidRow("observed", _by(row), row.seen_on, row.words, found=FOUND_WORDS[Found(row.found)])
        for row in Observation.objects.filter(**at).select_related("by")
    ]
    exempt = [
        SaidRow("not_applicable", row.by.formal, row.on, row.reason, row.until)
        for row in Exemption.objects.filter(**at).select_related("by")
    ]
    explained = [
        SaidRow("explained", row.by.formal, row.on, row.words)
        for row in Explanation.objects.filter(**at).select_related("by")
    ]
    return tuple(sorted((*words, *seen, *exempt, *explained), key=lambda row: row.on, reverse=True))


def _by(row: Attestation | Observation) -> str:
    role = ROLES.get(row.role)
    return f"{row.by.formal}, {role.title}" if role else row.by.formal


def _periods(code: str, school_id: int | None, actor: Actor) -> tuple[Period, ...]:
    found = Standing.objects.filter(duty=code, school=school_id).order_by("-since", "-pk")[:_PERIODS_SHOWN]
    return tuple(Period(State(row.state), row.evidence, row.since, row.until, _figures(row, actor)) for row in found)


def _at_schools(actor: Actor, code: str, on: date) -> tuple[SchoolState, ...]:
    names = {school.pk: school.short_name for school in schools_of(actor)}
    found = Standing.objects.on(on).filter(duty=code, school__in=names)
    by_name = sorted(found, key=lambda row: names[row.school_id or 0])
    return tuple(
        SchoolState(row.school_id, names[row.school_id], State(row.state), row.since)
        for row in by_name
        if row.school_id
    )


def saying_page(actor: Actor, code: str, school_id: int | None, verb: str, *, on: date) -> DutyPage:
    """The duty about which somebody wants to say something. Raises NotFound where that cannot be said by them."""
    page = duty_page(actor, code, school_id, on=on)
    if verb not in page.may:
        raise NotFound
    return page


# --- What a board asks ------------------------------------------------------------------------------------


def asking(actor: Actor, school_id: int | None) -> str:
    """Where somebody asks: the school by name, or the trust. Raises NotFound where they may not."""
    if not actor.may(Permission.DUTY_ASK, school_id) or (school_id is None and not actor.may(Permission.DUTIES_TRUST)):
        raise NotFound
    return "The trust" if school_id is None else chosen_school(actor, school_id)[0].name


def question_of(actor: Actor, question_id: int) -> tuple[Question, str]:
    """A question that this person may answer, and where it was asked. Raises NotFound."""
    found = Question.objects.select_related("by", "school").filter(pk=question_id).first()
    if found is None or not actor.may(Permission.DUTY_EXPLAIN, found.school_id):
        raise NotFound
    if found.school is None:
        if not actor.may(Permission.DUTIES_TRUST):
            raise NotFound
        return found, "The trust"
    return found, found.school.name
