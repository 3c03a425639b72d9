"""One pupil's duties: what the policy promises about this pupil, how each stands, and the record it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from alongside.areas.duties import compute, rules, shipped
from alongside.areas.duties.models import Duty, Exemption
from alongside.areas.duties.rules import FAMILIES, STATE_WORDS, WORST_FIRST, HoldsFor
from alongside.base.access.actor import Actor
from alongside.base.access.roles import BANDS, ROLES, Permission
from alongside.base.evidence.proofs import PROOFS, Evidence, Proof, State
from alongside.base.pupils.access import may_read_file, permissions_over
from alongside.base.pupils.queries import PupilHead, head_of, open_pupil
from alongside.law.clocks import OF_THE_CODE

_Cases = list[tuple[State, date | None, str]]

# Where the records of a slice are read and kept right, of one pupil.
_RECORDS = {
    "register": ("The record", "desk:pupil"),
    "support": ("The plan", "support:start_for"),
    "provision": ("Provision", "provision:pupil"),
    "classroom": ("The brief", "classroom:brief"),
    "concerns": ("Concerns", "concerns:of_pupil"),
    "departures": ("Departures", "departures:statement"),
}
_ELSEWHERE = ("At a glance", "desk:pupil")


@dataclass(frozen=True, slots=True)
class PupilDuty:
    """A duty with this pupil's part of it."""

    code: str
    title: str
    owner: str
    state: State
    due: date | None
    why: str
    met: int
    cases: int
    rests_on: str
    record: str
    place: str  # the name of the record's address
    departs: str  # the rule of the SEND Code behind it, from which a school may depart with a reason; '' for none


@dataclass(frozen=True, slots=True)
class PupilFamily:
    number: int
    name: str
    rows: tuple[PupilDuty, ...]


@dataclass(frozen=True, slots=True)
class Unproved:
    """A duty about each pupil of which no record can speak yet, and which record that is."""

    code: str
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class PupilDutiesPage:
    head: PupilHead
    on: date
    families: tuple[PupilFamily, ...]
    totals: tuple[tuple[State, str, int], ...]
    silent: int  # duties whose records say nothing of this pupil
    unproved: tuple[Unproved, ...]
    may: frozenset[str]


def pupil_duties_page(actor: Actor, pupil_id: int, *, on: date) -> PupilDutiesPage:
    """How every duty about one pupil stands, and the record that this person looked. Raises NotFound."""
    pupil = open_pupil(actor, pupil_id, on=on, page="duties", may=may_read_file)
    may = permissions_over(actor, pupil, on=on)
    duties = _about_pupils(on)
    proofs = {code: PROOFS[code] for code in duties if code in PROOFS and _open_to(PROOFS[code], may)}
    cases = compute.of_pupil(tuple(proofs.values()), pupil.pk, pupil.school_id, on=on)
    aside = _set_aside(pupil.school_id, on)
    scheme = compute.delegations(on)
    found = [
        _row(duties[code], compute.owner_of(duties[code], pupil.school_id, scheme), proofs[code], cases[code], aside)
        for code in cases
    ]
    counted = Counter(row.state for row in found)
    return PupilDutiesPage(
        head=head_of(pupil, on=on), on=on, families=tuple(_families(found, duties)),
        totals=tuple((state, STATE_WORDS[state], counted[state]) for state in WORST_FIRST if counted[state]),
        silent=len(proofs) - len(cases), unproved=tuple(_unproved(duties)),
        may=frozenset(permission.name for permission in may),
    )  # fmt: skip


def _about_pupils(on: date) -> Mapping[str, Duty]:
    """Duties that are computed and concern each pupil: by the catalogue, or because their proof counts pupils."""
    return {
        code: duty
        for code, duty in compute.catalogue(on).items()
        if duty.evidence == Evidence.COMPUTED and duty.holds_for != HoldsFor.TRUST
        and (PROOFS[code].pupils if code in PROOFS else duty.about == "pupil")
    }  # fmt: skip


def _open_to(proof: Proof, may: Iterable[Permission]) -> bool:
    """What rests on restricted notes is not told to whoever may not read them."""
    return BANDS[proof.band] in may


def _set_aside(school: int, on: date) -> Mapping[str, str]:
    found = Exemption.objects.filter(school=school, on__lte=on, until__gte=on)
    return dict(found.values_list("duty", "reason"))


def _row(duty: Duty, owner: str, proof: Proof, cases: _Cases, aside: Mapping[str, str]) -> PupilDuty:
    """The worst of its cases speaks; what a school was excused from is not applicable for its pupils either."""
    state, due, why = cases[0]
    if duty.code in aside:
        state, due, why = State.NOT_APPLICABLE, None, aside[duty.code]
    met = sum(each is State.MET for each, _, _ in cases)
    record, place = _RECORDS.get(proof.slice_, _ELSEWHERE)
    return PupilDuty(
        duty.code, duty.title, ROLES[owner].title, state, None if state is State.MET else due,
        "" if state is State.MET else why or "", met, len(cases), proof.says, record, place,
        duty.clock if duty.clock in OF_THE_CODE else "",
    )  # fmt: skip


def _families(found: Iterable[PupilDuty], duties: Mapping[str, Duty]) -> Iterable[PupilFamily]:
    by_family: dict[int, list[PupilDuty]] = {}
    for row in found:
        by_family.setdefault(duties[row.code].family, []).append(row)
    for number in sorted(by_family, key=lambda number: (_worst(by_family[number]), number)):
        rows = sorted(by_family[number], key=lambda row: (rules.rank(row.state), row.code))
        yield PupilFamily(number, FAMILIES[number], tuple(rows))


def _worst(rows: Iterable[PupilDuty]) -> int:
    return min(rules.rank(row.state) for row in rows)


def _unproved(duties: Mapping[str, Duty]) -> Iterable[Unproved]:
    for code, duty in duties.items():
        if code not in PROOFS:
            yield Unproved(code, duty.title, shipped.missing(code))
