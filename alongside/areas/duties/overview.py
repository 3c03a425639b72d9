"""What boards read: a school by the twelve families, with trend and questions; the trust's schools side by side."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from alongside.areas.duties import compute, rules
from alongside.areas.duties.models import Duty, Explanation, Question, Standing
from alongside.areas.duties.queries import (
    Section,
    Shares,
    StateCount,
    chosen_school,
    duty_row,
    in_sections,
    schools_of,
    shares_of,
    totals_of,
)
from alongside.areas.duties.rules import FAMILIES, STATE_WORDS, TREND_WORDS, Trend
from alongside.base.access.actor import Actor
from alongside.base.access.roles import ROLES, Permission
from alongside.base.evidence.proofs import PROOFS, Evidence, State
from alongside.base.schools.models import School
from alongside.kit import NotFound
from alongside.kit.sql import rows
from alongside.law import thresholds

_TERM = timedelta(days=int(thresholds.TERM))
_QUESTIONS_SHOWN = 20
_NEEDED = 3

# How many duties of each family stand in which state on which evidence, with the cases of those that records prove.
# School by school (`offset 0`): as one join, the plan that serves for any number of schools looks up each duty at each.
_BY_FAMILY = """
select t.school_id, f.family, t.state, t.evidence, count(*), coalesce(sum(t.overdue), 0)::int,
       coalesce(sum(t.met + t.due + t.at_risk + t.overdue + t.not_evidenced) filter (where t.evidence = 'computed'), 0)::int
  from unnest(%(schools)s::bigint[]) as s(id)
 cross join lateral (
     select * from duties_standing a
      where a.school_id = s.id and a.since <= %(on)s and (a.until is null or a.until >= %(on)s) offset 0) t
  join unnest(%(codes)s::text[], %(families)s::int[]) as f(code, family) on f.code = t.duty
 group by 1, 2, 3, 4"""


@dataclass(slots=True)
class _Tally:
    """How the duties of one school and family stand."""

    states: Counter[str]
    by_evidence: Counter[tuple[str, str]]
    late: int = 0  # cases past their day
    cases: int = 0


def _tallies(schools: Sequence[int], duties: Mapping[str, Duty], on: date) -> dict[tuple[int, int], _Tally]:
    """By school and family; each school has all twelve."""
    found = {(school, family): _Tally(Counter(), Counter()) for school in schools for family in FAMILIES}
    values = {
        "codes": list(duties), "families": [duty.family for duty in duties.values()], "schools": list(schools), "on": on,
    }  # fmt: skip
    for school, family, state, evidence, number, late, cases in rows(_BY_FAMILY, values):
        tally = found[school, family]
        tally.states[state] += number
        tally.by_evidence[state, evidence] += number
        tally.late += late
        tally.cases += cases
    return found


def _compared_with(schools: Sequence[int], on: date) -> date | None:
    """A term ago; where less is known, the first day on which states were kept; None when that is today."""
    first = Standing.objects.filter(school__in=schools).order_by("since").values_list("since", flat=True).first()
    day = max(on - _TERM, first) if first else on
    return day if day < on else None


def _of_school(tallies: Mapping[tuple[int, int], _Tally], school: int) -> _Tally:
    whole = _Tally(Counter(), Counter())
    for family in FAMILIES:
        tally = tallies[school, family]
        whole.states += tally.states
        whole.by_evidence += tally.by_evidence
        whole.late += tally.late
        whole.cases += tally.cases
    return whole


def worst_of(states: Mapping[str, int]) -> State:
    """What is late or at risk is said first; what merely lacks evidence last, for today most duties do."""
    applicable = sum(states.values()) - states.get(State.NOT_APPLICABLE, 0)
    for state in (State.OVERDUE, State.AT_RISK, State.DUE):
        if states.get(state):
            return state
    if not applicable:
        return State.NOT_APPLICABLE if states.get(State.NOT_APPLICABLE) else State.NOT_EVIDENCED
    return State.MET if states.get(State.MET) == applicable else State.NOT_EVIDENCED


def _applicable(states: Mapping[str, int]) -> int:
    return sum(states.values()) - states.get(State.NOT_APPLICABLE, 0)


# --- A school on one page --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """What leaders say of a duty of the family, the latest."""

    duty: str
    words: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class FamilyLine:
    number: int
    name: str
    state: State
    words: str  # '3 overdue': how many stand worst
    met: int
    applicable: int
    shares: Shares
    trend: Trend
    trend_words: str
    said: Said | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a board with its answer, or the day by which it is due."""

    id: int
    family: str
    words: str
    by: str
    on: date
    due_on: date
    late: bool
    answer: str
    answered_by: str
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class Overview:
    school_id: int
    school: str
    schools: tuple[tuple[int, str, bool], ...]
    on: date
    since: date | None  # what the trend is measured from
    families: tuple[FamilyLine, ...]
    totals: tuple[StateCount, ...]
    shares: Shares
    questions: tuple[Asked, ...]
    asks: bool
    answers: bool
    worked_out: date | None


def overview(actor: Actor, school_id: int | None, *, on: date) -> Overview:
    """The twelve families of duties of a school; no pupil is named or counted. Raises NotFound."""
    school, schools = chosen_school(actor, school_id)
    duties, since = compute.catalogue(on), _compared_with([school.pk], on)
    now = _tallies([school.pk], duties, on)
    then = _tallies([school.pk], duties, since) if since else {}
    said = _last_said(school.pk, duties, on)
    whole = _of_school(now, school.pk)
    worked_out = Standing.objects.on(on).filter(school=school).order_by("-computed_on").first()
    return Overview(
        school_id=school.pk, school=school.name, on=on, since=since,
        schools=tuple((each.pk, each.short_name, each.pk == school.pk) for each in schools),
        families=tuple(
            _family(number, now[school.pk, number], then.get((school.pk, number)), said.get(number)) for number in FAMILIES
        ),
        totals=totals_of(whole.states.elements()), shares=shares_of(whole.by_evidence),
        questions=asked(school.pk, on=on), asks=actor.may(Permission.DUTY_ASK, school.pk),
        answers=actor.may(Permission.DUTY_EXPLAIN, school.pk), worked_out=worked_out.computed_on if worked_out else None,
    )  # fmt: skip


def _family(number: int, now: _Tally, then: _Tally | None, said: Said | None) -> FamilyLine:
    state = worst_of(now.states)
    trend = rules.trend(then.states, now.states) if then else Trend.UNKNOWN
    return FamilyLine(
        number, FAMILIES[number], state, f"{now.states[state]} {STATE_WORDS[state].lower()}", now.states[State.MET],
        _applicable(now.states), shares_of(now.by_evidence), trend, TREND_WORDS[trend], said,
    )  # fmt: skip


def _last_said(school: int, duties: Mapping[str, Duty], on: date) -> dict[int, Said]:
    """The latest explanation of each family of the last term."""
    found = Explanation.objects.filter(school=school, on__lte=on, on__gt=on - _TERM).select_related("by")
    return {
        duties[row.duty].family: Said(duties[row.duty].title, row.words, row.by.formal, row.on)
        for row in found.order_by("on", "pk")
        if row.duty in duties
    }


def asked(school: int | None, *, on: date, waiting: bool = False) -> tuple[Asked, ...]:
    """What a board asked, those without an answer first."""
    found = Question.objects.filter(school=school, on__lte=on).select_related("by", "answered_by")
    if waiting:
        found = found.filter(answered_on=None)
    newest = found.order_by("answered_on", "due_on", "pk").reverse()[:_QUESTIONS_SHOWN]
    return tuple(_asked(row, on) for row in newest)


def _asked(row: Question, on: date) -> Asked:
    role = ROLES.get(row.role)
    by = f"{row.by.formal}, {role.title}" if role else row.by.formal
    return Asked(
        row.pk, FAMILIES[row.family], row.words, by, row.on, row.due_on, row.answered_on is None and row.due_on < on,
        row.answer, row.answered_by.formal if row.answered_by else "", row.answered_on,
    )  # fmt: skip


# --- The trust's schools side by side ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FamilyCell:
    family: int
    state: State
    met: int
    applicable: int
    words: str  # '2 overdue': how many stand worst


@dataclass(frozen=True, slots=True)
class SchoolLine:
    school_id: int
    name: str
    cells: tuple[FamilyCell, ...]
    shares: Shares
    overdue: int
    late: str  # '41 of 612 cases late': how much stands behind the red
    trend: Trend
    trend_words: str


@dataclass(frozen=True, slots=True)
class Needed:
    """A duty that needs somebody: at how many schools it is late, and where the most."""

    code: str
    title: str
    state: State
    count: int
    late: str
    schools: tuple[tuple[int, str, str], ...]  # number, name, 'cases'
    more: int


@dataclass(frozen=True, slots=True)
class TrustPage:
    on: date
    since: date | None
    families: tuple[tuple[int, str], ...]
    lines: tuple[SchoolLine, ...]
    whole: Shares
    needed: tuple[Needed, ...]
    trust_sections: tuple[Section, ...]
    trust_totals: tuple[StateCount, ...]
    questions: tuple[Asked, ...]
    worked_out: date | None
    asks: bool
    answers: bool


def trust_page(actor: Actor, *, on: date) -> TrustPage:
    """Every school by family of duties, the worst first, and the trust's own duties. Raises NotFound."""
    if not actor.may(Permission.DUTIES_TRUST):
        raise NotFound
    schools, duties = schools_of(actor), compute.catalogue(on)
    numbers = [school.pk for school in schools]
    since = _compared_with(numbers, on)
    now = _tallies(numbers, duties, on)
    then = _tallies(numbers, duties, since) if since else {}
    lines = sorted((_line(school, now, then) for school in schools), key=lambda line: (-line.overdue, line.name))
    scheme = compute.delegations(on)
    own = [row for row in Standing.objects.on(on).filter(school=None).order_by("duty") if row.duty in duties]
    everywhere = sum((_of_school(now, number).by_evidence for number in numbers), Counter[tuple[str, str]]())
    return TrustPage(
        on=on, since=since, families=tuple(FAMILIES.items()), lines=tuple(lines), whole=shares_of(everywhere),
        needed=_needed(schools, duties, on),
        trust_sections=in_sections(duty_row(row, duties[row.duty], actor, scheme) for row in own),
        trust_totals=totals_of(row.state for row in own), questions=asked(None, on=on),
        worked_out=max((row.computed_on for row in own), default=None), asks=actor.may(Permission.DUTY_ASK),
        answers=actor.may(Permission.DUTY_EXPLAIN),
    )  # fmt: skip


def _line(school: School, now: Mapping[tuple[int, int], _Tally], then: Mapping[tuple[int, int], _Tally]) -> SchoolLine:
    whole = _of_school(now, school.pk)
    trend = rules.trend(_of_school(then, school.pk).states, whole.states) if then else Trend.UNKNOWN
    return SchoolLine(
        school.pk, school.short_name, tuple(_cell(family, now[school.pk, family].states) for family in FAMILIES),
        shares_of(whole.by_evidence), whole.states[State.OVERDUE], rules.late_words(whole.late, whole.cases), trend,
        TREND_WORDS[trend],
    )  # fmt: skip


def _cell(family: int, states: Counter[str]) -> FamilyCell:
    shown = worst_of(states)
    return FamilyCell(
        family, shown, states[State.MET], _applicable(states), f"{states[shown]} {STATE_WORDS[shown].lower()}"
    )


def _needed(schools: Iterable[School], duties: Mapping[str, Duty], on: date) -> tuple[Needed, ...]:
    """The three duties that are late at the most schools; among those the ones with the larger share of late cases."""
    names = {school.pk: school.short_name for school in schools}
    late: dict[str, list[Standing]] = defaultdict(list)
    for row in Standing.objects.on(on).filter(state=State.OVERDUE, school__in=names):
        if row.duty in duties:
            late[row.duty].append(row)
    chosen = sorted(late, key=lambda code: (-len(late[code]), -_weight(late[code]), code))[:_NEEDED]
    return tuple(_need(duties[code], late[code], names) for code in chosen)


def _weight(found: Iterable[Standing]) -> float:
    """The share of cases that is late, over its schools; a word that has ended is a whole one."""
    return sum(row.overdue / row.counts.total if row.counts.total else 1 for row in found)


def _need(duty: Duty, found: Sequence[Standing], names: Mapping[int, str]) -> Needed:
    by_share = sorted(
        found, key=lambda row: (-(row.overdue / row.counts.total if row.counts.total else 1), names[row.school_id or 0])
    )
    total = (sum(row.overdue for row in found), sum(row.counts.total for row in found))
    return Needed(
        duty.code, duty.title, State.OVERDUE, len(found), _late(duty, *total),
        tuple(
            (row.school_id, names[row.school_id], _late(duty, row.overdue, row.counts.total))
            for row in by_share[:_NEEDED]
            if row.school_id
        ),
        max(0, len(found) - _NEEDED),
    )  # fmt: skip


def _late(duty: Duty, late: int, cases: int) -> str:
    """Small numbers of pupils are left out; of what is no pupil any number may be said."""
    proof = PROOFS.get(duty.code)
    if duty.evidence != Evidence.COMPUTED or proof is None:
        return ""
    return rules.late_words(late, cases, pupils=proof.pupils)
