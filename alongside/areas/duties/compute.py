"""Working states out: the catalogue of a day, the cases of each proof, words and sightings, as one verdict a duty.

Set by set, never pupil by pupil: a duty is one statement for all the schools that are asked about.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Q

from alongside.areas.duties import rules, shipped
from alongside.areas.duties.models import Attestation, Delegation, Duty, Exemption, Observation, Standing
from alongside.areas.duties.rules import Counts, HoldsFor, Verdict
from alongside.base.evidence.proofs import PROOFS, Evidence, Proof, State, Whole, values_of, with_cases, with_pupil
from alongside.base.schools.queries import calendars
from alongside.kit.sql import rows

K = TypeVar("K")
V = TypeVar("V")
Key = tuple[int | None, str]  # school, or none for the trust; duty

_COUNT = """
select school_id, count(*) filter (where state = 'met'), count(*) filter (where state = 'due'),
       count(*) filter (where state = 'at_risk'), count(*) filter (where state = 'overdue'),
       count(*) filter (where state = 'not_evidenced'), min(due) filter (where state <> 'met')
  from cases group by school_id"""

_OPEN = """
select pupil_id, state, due, why from cases
 where school_id = %(school)s and state <> 'met' and pupil_id is not null
 order by array_position('{overdue,at_risk,not_evidenced,due}'::text[], state), due nulls last, pupil_id
 limit %(most)s"""


def catalogue(on: date) -> dict[str, Duty]:
    """Each duty in the version that holds on a day, by code. Of one day's versions the trust's own holds."""
    found = Duty.objects.filter(valid_from__lte=on).order_by("valid_from", "own")
    latest = {duty.code: duty for duty in found}
    return {code: latest[code] for code in sorted(latest)}


def delegations(on: date) -> tuple[Delegation, ...]:
    """The lines of the scheme of delegation that hold on a day."""
    return tuple(Delegation.objects.filter(since__lte=on).filter(Q(until=None) | Q(until__gte=on)).order_by("pk"))


def owner_of(duty: Duty, school: int | None, scheme: Iterable[Delegation]) -> str:
    """The role that answers: the nearest line of the scheme, else what the catalogue has.

    A school's line is nearer than one for everywhere, and one about the duty nearer than one about its family;
    of two alike the later holds, so that one with an end stands before an open one and gives the duty back.
    """
    lines = [line for line in scheme if line.school_id in (None, school) and _speaks_of(line, duty)]
    nearest = max(lines, key=lambda line: (line.school_id is not None, bool(line.duty), line.since), default=None)
    return nearest.role if nearest else duty.owner


def _speaks_of(line: Delegation, duty: Duty) -> bool:
    return line.duty == duty.code or line.family == duty.family


def count(proof: Proof, schools: Collection[int], *, on: date) -> dict[int | None, Counts]:
    """How the cases of a duty stand at each of these schools; under None for a duty of the trust as one."""
    values = values_of(calendars(schools, on=on), on)
    return {row[0]: Counts(*row[1:]) for row in rows(with_cases(proof, _COUNT), values)}


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that is not met."""

    pupil_id: int
    state: State
    due: date | None
    why: str


def open_cases(proof: Proof, school: int, *, on: date, most: int) -> list[Case]:
    """The pupils behind a state, worst first."""
    values = values_of(calendars([school], on=on), on) | {"school": school, "most": most}
    return [Case(row[0], State(row[1]), row[2], row[3]) for row in rows(with_cases(proof, _OPEN), values)]


_OF_PUPIL = """
select duty, state, due, why from cases
 order by duty, array_position('{overdue,at_risk,not_evidenced,due,met}'::text[], state), due nulls last"""


def of_pupil(
    proofs: Collection[Proof], pupil: int, school: int, *, on: date
) -> dict[str, list[tuple[State, date | None, str]]]:
    """One pupil's cases of every one of these proofs, by duty, the worst first. One statement."""
    found: dict[str, list[tuple[State, date | None, str]]] = defaultdict(list)
    if proofs:
        values = values_of(calendars([school], on=on), on) | {"pupil": pupil}
        for code, state, due, why in rows(with_pupil(proofs, _OF_PUPIL), values):
            found[code].append((State(state), due, why))
    return found


def of_schools(
    schools: Collection[int], *, on: date, slices: Collection[str] | None = None, codes: Collection[str] | None = None,
    but: Collection[str] = (),
) -> dict[Key, Verdict]:  # fmt: skip
    """The verdict on every duty that these schools hold, `but` some; `slices` or `codes` narrow it to what has changed."""
    duties = [duty for duty in catalogue(on).values() if duty.holds_for != HoldsFor.TRUST and duty.code not in but]
    chosen = [duty for duty in duties if _wanted(duty.code, slices, codes)]
    facts = _Facts.read(schools, on)
    found: dict[Key, Verdict] = {}
    for duty in chosen:
        proof = PROOFS.get(duty.code)
        computed = duty.evidence == Evidence.COMPUTED and proof is not None
        counts = count(proof, schools, on=on) if computed and proof else {}
        for school in schools:
            found[school, duty.code] = facts.verdict(duty, proof, counts, school)
    return found


def of_trust(*, on: date) -> dict[Key, Verdict]:
    """The verdict on every duty that the trust holds. What schools hold too follows from how theirs stand."""
    from alongside.base.access.scope import all_schools

    schools = all_schools()
    states = _school_states(on)
    facts = _Facts.read([], on)
    found: dict[Key, Verdict] = {}
    for code, duty in catalogue(on).items():
        if duty.holds_for == HoldsFor.BOTH:
            found[None, code] = rules.of_trust(states.get(code, {}), Evidence(duty.evidence))
        elif duty.holds_for == HoldsFor.TRUST:
            proof = PROOFS.get(code)
            computed = duty.evidence == Evidence.COMPUTED and proof is not None
            counts = count(proof, schools, on=on) if computed and proof else {}
            found[None, code] = facts.verdict(duty, proof, counts, None)
    return found


def of_itself() -> frozenset[str]:
    """Duties of schools that are proved by how other duties stand, or by who answers for them."""
    return frozenset(code for code, proof in PROOFS.items() if proof.slice_ == "duties" and proof.whole is Whole.SCHOOL)


def _wanted(code: str, slices: Collection[str] | None, codes: Collection[str] | None) -> bool:
    if codes is not None:
        return code in codes
    if slices is None:
        return True
    proof = PROOFS.get(code)
    return proof is not None and bool(proof.slices & set(slices))


def _school_states(on: date) -> Mapping[str, Counter[State]]:
    found: dict[str, Counter[State]] = defaultdict(Counter)
    for code, state in Standing.objects.on(on).filter(school__isnull=False).values_list("duty", "state"):
        found[code][State(state)] += 1
    return found


@dataclass(frozen=True, slots=True)
class _Facts:
    """What people said of duties, by school and duty, as it stood on a day."""

    on: date
    words: Mapping[Key, list[date]]
    seen: Mapping[Key, list[rules.Seen]]
    exempt: Mapping[Key, str]

    @classmethod
    def read(cls, schools: Collection[int], on: date) -> _Facts:
        """For these schools; for the trust when there are none."""
        at = {"school__in": schools} if schools else {"school": None}
        words = Attestation.objects.filter(on__lte=on, **at).values_list("school_id", "duty", "expires_on")
        seen = Observation.objects.filter(on__lte=on, **at).values_list(
            "school_id", "duty", "by_id", "seen_on", "found"
        )
        exempt = Exemption.objects.filter(on__lte=on, until__gte=on, **at).values_list("school_id", "duty", "reason")
        return cls(
            on,
            _grouped(((school, duty), day) for school, duty, day in words),
            _grouped(
                ((school, duty), rules.Seen(by, day, rules.Found(found))) for school, duty, by, day, found in seen
            ),
            {(school, duty): reason for school, duty, reason in exempt},
        )

    def verdict(
        self, duty: Duty, proof: Proof | None, counts: Mapping[int | None, Counts], school: int | None
    ) -> Verdict:
        key, evidence = (school, duty.code), Evidence(duty.evidence)
        if key in self.exempt:
            return Verdict(State.NOT_APPLICABLE, evidence, Counts(), self.exempt[key])
        if evidence is Evidence.ATTESTED:
            return rules.by_word(self.words.get(key, ()), on=self.on)
        if evidence is Evidence.OBSERVED:
            return rules.by_sight(self.seen.get(key, ()), on=self.on)
        if proof is None:
            return Verdict(State.NOT_EVIDENCED, evidence, Counts(), shipped.missing(duty.code))
        return rules.by_cases(counts.get(school, Counts()), proof.floor)


def _grouped(pairs: Iterable[tuple[K, V]]) -> Mapping[K, list[V]]:
    found: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


@dataclass(frozen=True, slots=True)
class Covered:
    """One duty of the catalogue as shipped, and what proves it; or which record is missing."""

    duty: str
    title: str
    evidence: str
    function: str
    looks_at: str
    missing: str


def coverage() -> Iterator[Covered]:
    """Every duty of the catalogue as shipped."""
    for entry in shipped.entries():
        proof = PROOFS.get(entry.code)
        lacking = shipped.missing(entry.code) if entry.evidence == Evidence.COMPUTED and proof is None else ""
        function, says = (proof.function, proof.says) if proof else ("", "")
        yield Covered(entry.code, entry.title, entry.evidence, function, says, lacking)
