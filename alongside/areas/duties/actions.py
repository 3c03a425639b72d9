"""Keeping states equal to what the facts say; and what people may say: attest, observe, set aside, explain, delegate."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Q
from django.db.transaction import atomic

from alongside.areas.duties import compute, kinds, rules
from alongside.areas.duties.compute import Key
from alongside.areas.duties.models import (
    Attestation,
    Delegation,
    Duty,
    Exemption,
    Explanation,
    Observation,
    Standing,
    Touched,
)
from alongside.areas.duties.rules import HoldsFor, Verdict
from alongside.base.access.actor import Actor
from alongside.base.access.roles import ROLES, Permission
from alongside.base.evidence.proofs import Evidence
from alongside.base.history import actions as history
from alongside.kit import NotFound, refuse
from alongside.law.refusal import Refusal

# --- States, computed -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Difference:
    """How many duties were new, changed state, or changed only in their figures."""

    added: int
    changed: int
    counted: int


@atomic
def refresh(
    *, schools: Collection[int], on: date, slices: Collection[str] | None = None, codes: Collection[str] | None = None
) -> Difference:
    """Work out how duties stand at these schools and make the table say so; `slices` or `codes` narrow it."""
    if not schools:
        return Difference(0, 0, 0)
    _one_at_a_time(schools)
    wanted = compute.of_schools(schools, on=on, slices=slices, codes=codes)
    return _store(wanted, Q(school__in=schools), on)


@atomic
def refresh_trust(*, on: date) -> Difference:
    """Work out the duties of the trust as one. The wall must stand open to all its schools."""
    _one_at_a_time([_TRUST])
    return _store(compute.of_trust(on=on), Q(school=None), on)


_LOCK, _TRUST = 366, 0  # the number of the lock, and where a school's number would stand for the trust


def _one_at_a_time(schools: Collection[int]) -> None:
    """Wait for whoever works out the same schools: a reader who opens a board, the night, somebody who attests."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, id) from unnest(%s::int[]) as id", [_LOCK, sorted(schools)])


def touch(*, school: int, slice_: str) -> None:
    """Note that a save changed a slice's records at a school, so that what rests on them is worked out again."""
    Touched.objects.create(school_id=school, slice=slice_)


@atomic
def settle(*, schools: Collection[int], on: date) -> int:
    """Work out again what saves have touched at these schools, and nothing else; says at how many schools."""
    waiting = list(Touched.objects.filter(school__in=schools).values_list("pk", "school_id", "slice"))
    slices: dict[int, set[str]] = {}
    for _, school, slice_ in waiting:
        slices.setdefault(school, set()).add(slice_)
    for school, touched in sorted(slices.items()):
        refresh(schools=[school], on=on, slices=touched)
    Touched.objects.filter(pk__in=[pk for pk, *_ in waiting]).delete()
    return len(slices)


_FIGURES = ("met", "due", "at_risk", "overdue", "not_evidenced", "due_on", "why")


def _store(wanted: Mapping[Key, Verdict], where: Q, on: date) -> Difference:
    """A changed state ends its period and begins another; changed figures are written into the period."""
    codes = {code for _, code in wanted}
    standing = {(row.school_id, row.duty): row for row in Standing.objects.filter(where, until=None, duty__in=codes)}
    fresh: list[Standing] = []
    ended: list[int] = []
    counted: list[Standing] = []
    for key, verdict in wanted.items():
        row = standing.get(key)
        if row is None or (row.state, row.evidence) != (verdict.state, verdict.evidence):
            fresh.append(_row(key, verdict, on))
            if row is not None:
                ended.append(row.pk)
        elif _figures(row) != _said(verdict):
            for name, value in zip(_FIGURES, _said(verdict), strict=True):
                setattr(row, name, value)
            counted.append(row)
    _end(ended, on)
    Standing.objects.bulk_create(fresh, batch_size=2_000)
    _write_figures(counted)
    Standing.objects.filter(where, until=None, duty__in=codes).exclude(computed_on=on).update(computed_on=on)
    return Difference(len(fresh) - len(ended), len(ended), len(counted))


def _row(key: Key, verdict: Verdict, on: date) -> Standing:
    school, code = key
    figures = dict(zip(_FIGURES, _said(verdict), strict=True))
    return Standing(
        school_id=school, duty=code, state=verdict.state, evidence=verdict.evidence, since=on, computed_on=on, **figures
    )


def _figures(row: Standing) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in _FIGURES)


def _said(verdict: Verdict) -> tuple[object, ...]:
    counts = verdict.counts
    return (
        counts.met, counts.due, counts.at_risk, counts.overdue, counts.not_evidenced, counts.due_on, verdict.why[:240],
    )  # fmt: skip


def _end(ended: Collection[int], on: date) -> None:
    """End periods yesterday; one that began today never was."""
    began_today = Standing.objects.filter(pk__in=ended, since__gte=on)
    began_today.delete()
    Standing.objects.filter(pk__in=ended).update(until=on - timedelta(days=1))


_UPDATE = """
update duties_standing s set met = v.met, due = v.due, at_risk = v.at_risk, overdue = v.overdue,
       not_evidenced = v.not_evidenced, due_on = v.due_on, why = v.why
  from unnest(%s::bigint[], %s::int[], %s::int[], %s::int[], %s::int[], %s::int[], %s::date[], %s::text[])
       as v(id, met, due, at_risk, overdue, not_evidenced, due_on, why)
 where s.id = v.id"""


def _write_figures(changed: Collection[Standing]) -> None:
    if changed:
        columns = [[row.pk for row in changed]] + [[getattr(row, name) for row in changed] for name in _FIGURES]
        with connection.cursor() as cursor:
            cursor.execute(_UPDATE, columns)


# --- What people may say ----------------------------------------------------------------------------------


def _duty(code: str, school: int | None, on: date) -> Duty:
    """The duty as it holds on a day. Raises NotFound for one that the school, or the trust, does not hold."""
    duty = compute.catalogue(on).get(code)
    elsewhere = HoldsFor.TRUST if school is not None else HoldsFor.SCHOOL
    if duty is None or duty.holds_for == elsewhere:
        raise NotFound
    return duty


def _must(by: Actor, permission: Permission, school: int | None) -> None:
    """At a school by a post there; for the trust as one by a post that is held at the trust."""
    by.must(permission, school)
    if school is None:
        by.must(Permission.DUTIES_TRUST)


def _again(duty: Duty, school: int | None, on: date) -> None:
    """Work one duty out again, now: at the school, or for the trust."""
    if school is not None:
        refresh(schools=[school], on=on, codes=[duty.code])
    else:
        refresh_trust(on=on)


@atomic
def attest(*, code: str, school: int | None, item: str, expires: date, by: Actor, on: date) -> Attestation:
    """Give one's word for a duty that no record can prove, with what shows it and a day on which the word ends."""
    _must(by, Permission.DUTY_ATTEST, school)
    duty = _duty(code, school, on)
    refuse(rules.may_attest(evidence=duty.evidence, item=item, on=on, expires=expires))
    made = Attestation.objects.create(
        school_id=school, duty=code, item=item.strip(), role=_role(by), by_id=by.person_id, on=on, expires_on=expires
    )
    history.record(
        kinds.ATTESTED, by=by, on=on, about=made.pk, school=school, duty=duty.title, item=made.item,
        until=expires.isoformat(),
    )  # fmt: skip
    _again(duty, school, on)
    return made


@dataclass(frozen=True, slots=True)
class Sighting:
    """What was seen, as typed."""

    words: str
    found: str
    seen_on: date


@atomic
def observe(*, code: str, school: int | None, draft: Sighting, by: Actor, on: date) -> Observation:
    """Say what one saw of a duty that somebody else answers for."""
    _must(by, Permission.DUTY_OBSERVE, school)
    duty = _duty(code, school, on)
    held = {post.role for post in by.posts}
    refuse(
        rules.may_observe(
            evidence=duty.evidence, owner=compute.owner_of(duty, school, compute.delegations(on)), roles=held, words=draft.words,
            day=draft.seen_on, on=on,
        )
    )  # fmt: skip
    made = Observation.objects.create(
        school_id=school, duty=code, words=draft.words.strip(), found=draft.found, role=_role(by), by_id=by.person_id,
        seen_on=draft.seen_on, on=on,
    )  # fmt: skip
    history.record(kinds.OBSERVED, by=by, on=on, about=made.pk, school=school, duty=duty.title, words=made.words)
    _again(duty, school, on)
    return made


@atomic
def exempt(*, code: str, school: int, reason: str, until: date, by: Actor, on: date) -> Exemption:
    """Approve that a duty does not apply to a school until a day."""
    by.must(Permission.DUTY_EXEMPT, school)
    duty = _duty(code, school, on)
    refuse(rules.may_exempt(reason=reason, until=until, on=on))
    made = Exemption.objects.create(
        school_id=school, duty=code, reason=reason.strip(), by_id=by.person_id, on=on, until=until
    )
    history.record(
        kinds.EXEMPTED, by=by, on=on, about=made.pk, school=school, duty=duty.title, reason=made.reason,
        until=until.isoformat(),
    )  # fmt: skip
    _again(duty, school, on)
    return made


@atomic
def explain(*, code: str, school: int | None, words: str, by: Actor, on: date) -> Explanation:
    """Say something about how a duty stands. It changes no state."""
    _must(by, Permission.DUTY_EXPLAIN, school)
    duty = _duty(code, school, on)
    refuse(rules.may_explain(words))
    made = Explanation.objects.create(school_id=school, duty=code, words=words.strip(), by_id=by.person_id, on=on)
    history.record(kinds.EXPLAINED, by=by, on=on, about=made.pk, school=school, duty=duty.title, words=made.words)
    return made


@atomic
def delegate(
    *, role: str, by: Actor, on: date, duty: str = "", family: int | None = None, school: int | None = None
) -> Delegation:
    """Let another role answer for a duty or a family of duties from today; the line before it ends yesterday."""
    by.must(Permission.DUTY_KEEP, school)
    refuse(
        None if role in ROLES and ROLES[role].staff else Refusal(f"There is no role {role}.", "role"),
        None if bool(duty) != (family is not None) else Refusal("Choose a duty or a family of duties.", "duty"),
    )
    if duty:
        _duty(duty, school, on) if school is not None else _known(duty, on)
    same = Delegation.objects.filter(duty=duty, family=family, school=school, until=None)
    same.filter(since__gte=on).delete()
    same.update(until=on - timedelta(days=1))
    made = Delegation.objects.create(duty=duty, family=family, school_id=school, role=role, since=on)
    what = duty or rules.FAMILIES[family or 0]
    history.record(kinds.DELEGATED, by=by, on=on, about=made.pk, school=school, what=what, role=ROLES[role].title)
    return made


_CHANGEABLE = frozenset({"title", "says", "rule", "owner", "cadence", "when", "limit", "evidence"})


@atomic
def change_duty(*, code: str, valid_from: date, changes: Mapping[str, str], by: Actor, on: date) -> Duty:
    """Give a duty a version of the trust's own from a day on. Earlier days keep the version they had."""
    by.must(Permission.DUTY_KEEP)
    duty = _known(code, max(on, valid_from))
    wrong = sorted(set(changes) - _CHANGEABLE)
    refuse(
        Refusal(f"{wrong[0]} cannot be changed.") if wrong else None,
        Refusal("Say what is different.") if not changes else None,
        Refusal("A version counts from today or later.", "valid_from") if valid_from < on else None,
        Refusal(f"There is no role {changes['owner']}.", "owner") if changes.get("owner", duty.owner) not in ROLES else None,
        Refusal("Evidence is computed, observed or attested.", "evidence")
        if changes.get("evidence", duty.evidence) not in set(Evidence) else None,
    )  # fmt: skip
    values = {field.name: getattr(duty, field.name) for field in Duty._meta.local_concrete_fields}
    values |= {**changes, "id": None, "own": True, "valid_from": valid_from}
    Duty.objects.filter(code=code, valid_from=valid_from, own=True).delete()
    made = Duty.objects.create(**values)
    history.record(kinds.CHANGED, by=by, on=on, about=made.pk, duty=f"{code} {made.title}", day=valid_from.isoformat())
    return made


def _known(code: str, on: date) -> Duty:
    duty = compute.catalogue(on).get(code)
    if duty is None:
        raise NotFound
    return duty


def _role(by: Actor) -> str:
    return by.main_role.code if by.main_role else ""
