"""Keeping states equal to what the facts say; and what people may say: attest, observe, set aside, explain, delegate."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Q
from django.db.transaction import atomic

from alongside.areas.duties import compute, kinds, rules, signing, terms
from alongside.areas.duties.models import (
    Acceptance,
    Attestation,
    Delegation,
    Duty,
    Exemption,
    Explanation,
    Observation,
    Question,
    SignOff,
    Touched,
)
from alongside.areas.duties.rules import HoldsFor
from alongside.areas.duties.standing import Difference, store
from alongside.base.access.actor import Actor
from alongside.base.access.roles import ROLES, Permission
from alongside.base.access.scope import all_schools
from alongside.base.evidence.proofs import Evidence
from alongside.base.history import actions as history
from alongside.base.pupils.unnamed import no_name
from alongside.base.schools.models import School
from alongside.kit import NotFound, refuse
from alongside.law.refusal import Refusal

# --- States, computed -------------------------------------------------------------------------------------


@atomic
def refresh(
    *, schools: Collection[int], on: date, slices: Collection[str] | None = None, codes: Collection[str] | None = None
) -> Difference:
    """Work out how duties stand at these schools and make the table say so; `slices` or `codes` narrow it."""
    if not schools:
        return Difference(0, 0, 0)
    _one_at_a_time(schools)
    itself = compute.of_itself()  # what looks at the other states comes after them
    found = compute.of_schools(schools, on=on, slices=slices, codes=codes, but=itself)
    there = Q(school__in=schools)
    return store(found, there, on) + store(compute.of_schools(schools, on=on, codes=itself), there, on)


@atomic
def refresh_trust(*, on: date) -> Difference:
    """Work out the duties of the trust as one. The wall must stand open to all its schools."""
    _one_at_a_time([_TRUST])
    return store(compute.of_trust(on=on), Q(school=None), on)


_LOCK, _TRUST = 366, 0  # the number of the lock, and where a school's number would stand for the trust


def _one_at_a_time(schools: Collection[int]) -> None:
    """Wait for whoever works out the same schools: a reader who opens a board, the night, somebody who attests."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, id) from unnest(%s::int[]) as id", [_LOCK, sorted(schools)])


def touch(*, school: int, slice_: str) -> None:
    """Note that a save changed a slice's records at a school, so that what rests on them is worked out again."""
    Touched.objects.create(school_id=school, slice=slice_)


def touch_trust(*, slice_: str) -> None:
    """Note that a save changed records of the trust: its duties are worked out again when any school's are."""
    first = min(all_schools(), default=None)
    if first is not None:
        touch(school=first, slice_=slice_)


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
        ),
        _no_name(draft.words, school, by),
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
    refuse(rules.may_explain(words), _no_name(words, school, by))
    made = Explanation.objects.create(school_id=school, duty=code, words=words.strip(), by_id=by.person_id, on=on)
    history.record(kinds.EXPLAINED, by=by, on=on, about=made.pk, school=school, duty=duty.title, words=made.words)
    return made


# --- Who answers for what ---------------------------------------------------------------------------------


@atomic
def delegate(
    *, role: str, by: Actor, on: date, duty: str = "", family: int | None = None, school: int | None = None,
    since: date | None = None, until: date | None = None,
) -> Delegation:  # fmt: skip
    """Let another role answer for a duty or a family of duties from a day on, today by default.

    An open line before it ends the day before; while a line with an end holds, the open one behind it rests.
    """
    by.must(Permission.DUTY_KEEP, school)
    since = since or on
    refuse(
        None if role in ROLES and ROLES[role].staff else Refusal(f"There is no role {role}.", "role"),
        None if bool(duty) != (family is not None) else Refusal("Choose a duty or a family of duties.", "duty"),
        rules.may_delegate(since=since, until=until, on=on),
    )
    if duty:
        _duty(duty, school, on) if school is not None else _known(duty, on)
    if until is None:
        same = Delegation.objects.filter(duty=duty, family=family, school=school, until=None)
        same.filter(since__gte=since).delete()
        same.update(until=since - timedelta(days=1))
    made = Delegation.objects.create(duty=duty, family=family, school_id=school, role=role, since=since, until=until)
    history.record(
        kinds.DELEGATED, by=by, on=on, about=made.pk, school=school, what=_what(made), role=ROLES[role].title
    )
    return made


@atomic
def end_delegation(*, line: int, by: Actor, on: date) -> None:
    """End a line of the scheme yesterday; one whose day has not come, or came today, never was. Raises NotFound."""
    found = Delegation.objects.filter(pk=line).filter(Q(until=None) | Q(until__gte=on)).first()
    if found is None:
        raise NotFound
    by.must(Permission.DUTY_KEEP, found.school_id)
    history.record(
        kinds.ENDED, by=by, on=on, about=found.pk, school=found.school_id, what=_what(found),
        role=ROLES[found.role].title, day=on.isoformat(),
    )  # fmt: skip
    if found.since >= on:
        found.delete()
    else:
        Delegation.objects.filter(pk=line).update(until=on - timedelta(days=1))


def _what(line: Delegation) -> str:
    return line.duty or rules.FAMILIES[line.family or 0]


@atomic
def accept(*, role: str, school: int | None, by: Actor, on: date) -> Acceptance:
    """Accept what the scheme gives a role that one holds there. Raises NotFound for a role of somebody else."""
    if not any(post.role == role and post.school_id == school for post in by.posts):
        raise NotFound
    by.must(Permission.DUTIES, school)
    made = Acceptance.objects.create(school_id=school, role=role, by_id=by.person_id, on=on)
    history.record(kinds.ACCEPTED, by=by, on=on, about=made.pk, school=school, role=ROLES[role].title.lower())
    return made


@atomic
def sign_off(*, school: School, term: tuple[int, str], comment: str, by: Actor, on: date) -> SignOff:
    """Sign off a term of a school, with how its duties stand at this moment. Raises NotFound for a term it has not."""
    by.must(Permission.DUTY_SIGN_OFF, school.pk)
    _one_at_a_time([school.pk])
    found = terms.find_term(school.pk, term, on=on)
    signed = terms.signed_terms(school.pk)
    refuse(
        signing.may_sign(term=found, signed=signed, comment=comment, on=on), _no_name(comment, school.pk, by, "comment")
    )
    settle(schools=[school.pk], on=on)
    late, at_risk = terms.late_and_at_risk(school.pk, on=on)
    made = SignOff.objects.create(
        school=school, year=found.year.starts_in, term=found.season, comment=comment.strip(), late=late, at_risk=at_risk,
        by_id=by.person_id, on=on,
    )  # fmt: skip
    facts = {"term": found.words, "late": late, "at_risk": at_risk, "comment": made.comment}
    history.record(kinds.SIGNED, by=by, on=on, about=made.pk, school=school.pk, facts=facts)
    refresh(schools=[school.pk], on=on, codes=["S03-24"])
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


@atomic
def withdraw_version(*, version: int, by: Actor, on: date) -> str:
    """Take back a version of the trust's own before its day; says of which duty. Raises NotFound."""
    by.must(Permission.DUTY_KEEP)
    found = Duty.objects.filter(pk=version).first()
    if found is None:
        raise NotFound
    refuse(rules.may_withdraw(valid_from=found.valid_from, own=found.own, on=on))
    history.record(
        kinds.WITHDRAWN, by=by, on=on, about=found.pk, duty=f"{found.code} {found.title}",
        day=found.valid_from.isoformat(),
    )  # fmt: skip
    found.delete()
    return found.code


def _known(code: str, on: date) -> Duty:
    duty = compute.catalogue(on).get(code)
    if duty is None:
        raise NotFound
    return duty


def _role(by: Actor) -> str:
    return by.main_role.code if by.main_role else ""


# --- What a board asks ------------------------------------------------------------------------------------


@atomic
def ask(*, family: int, school: int | None, words: str, by: Actor, on: date) -> Question:
    """Ask those who answer for a family of duties; they have two weeks."""
    _must(by, Permission.DUTY_ASK, school)
    refuse(
        None if family in rules.FAMILIES else Refusal("Choose a family of duties.", "family"),
        rules.may_ask(words), _no_name(words, school, by),
    )  # fmt: skip
    made = Question.objects.create(
        school_id=school, family=family, words=words.strip(), role=_role(by), by_id=by.person_id, on=on,
        due_on=on + rules.ANSWER_WITHIN,
    )  # fmt: skip
    history.record(
        kinds.ASKED, by=by, on=on, about=made.pk, school=school, family=rules.FAMILIES[family], words=made.words
    )
    return made


@atomic
def answer(*, question: int, words: str, by: Actor, on: date) -> Question:
    """Answer what a board asked. An answer stands as it was given. Raises NotFound."""
    found = Question.objects.select_for_update().filter(pk=question).first()
    if found is None:
        raise NotFound
    _must(by, Permission.DUTY_EXPLAIN, found.school_id)
    refuse(rules.may_answer(words, answered=bool(found.answer)), _no_name(words, found.school_id, by))
    found.answer, found.answered_by_id, found.answered_on = words.strip(), by.person_id, on
    found.save()
    history.record(
        kinds.ANSWERED, by=by, on=on, about=found.pk, school=found.school_id, family=rules.FAMILIES[found.family],
        words=found.answer,
    )  # fmt: skip
    return found


def _no_name(words: str, school: int | None, by: Actor, field: str = "words") -> Refusal | None:
    """What a board reads names no pupil."""
    known = "" if school is None else School.objects.get(pk=school).name
    return no_name(words, school=school, by=by, readers="governors and trustees read this", known=known, field=field)
