"""Decide, tell, place, take off, and keep right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.transaction import atomic

from alongside.areas.concerns.actions import close_after_decision
from alongside.areas.duties.actions import touch
from alongside.areas.register import kinds, rules
from alongside.areas.register.models import Check, Decision, Disability, Need, PlanRecord, SavedView, Status
from alongside.areas.register.queries import status_of
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.deadlines.actions import refresh
from alongside.base.history import actions as history
from alongside.base.pupils.models import Pupil
from alongside.base.pupils.queries import one_at_a_time
from alongside.kit import NotFound, refuse
from alongside.kit.time import now
from alongside.law.codes import NEED_TYPES, PROVISIONS, Provision
from alongside.law.refusal import Refusal

_DAY = timedelta(days=1)
_A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """A decision to place a pupil, as typed."""

    provision: str
    limbs: rules.Limbs
    needs: Sequence[rules.NeedDraft]
    parent_view: str = ""
    pupil_view: str = ""
    no_views_because: str = ""
    concern_id: int | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """How the parent, or the young person, was told; or the lawful reason for not telling."""

    told_on: date | None = None
    how: str = ""
    not_told_because: str = ""


@atomic
def decide(*, pupil: Pupil, draft: DecisionDraft, by: Actor, on: date) -> Decision:
    """Record a decision that a pupil has SEN. It takes effect when the parent has been told: see `place`.

    The very same decision again, word for word on the same day, is a button that was pressed twice: it is one.
    """
    by.must(Permission.REGISTER_KEEP, pupil.school_id)
    standing = status_of(pupil, on)
    refuse(
        rules.may_decide(
            draft.provision, draft.limbs, draft.needs, on=on, has_plan=_has_plan(pupil),
            standing=standing.code if standing else "",
        )
    )  # fmt: skip
    limbs = draft.limbs
    values: dict[str, Any] = {
        "pupil": pupil, "school_id": pupil.school_id, "kind": rules.Kind.PLACE, "provision": draft.provision,
        "needs": [[need.code, need.rank, rules.area_of(need)] for need in draft.needs], "difficulty": limbs.difficulty,
        "difficulty_says": limbs.difficulty_says, "special": limbs.special, "special_says": limbs.special_says,
        "evidence_on": limbs.evidence_on, "parent_view": draft.parent_view, "pupil_view": draft.pupil_view,
        "no_views_because": draft.no_views_because, "decided_on": on, "decided_by_id": by.person_id,
        "concern_id": draft.concern_id,
    }  # fmt: skip
    one_at_a_time(pupil)
    if pressed_twice := Decision.objects.filter(**values, final_on=None).first():
        return pressed_twice
    decision = Decision.objects.create(**values)
    history.record(
        kinds.DECIDED, by=by, on=on, about=decision.pk, pupil=pupil.pk, school=pupil.school_id,
        provision=PROVISIONS.words(draft.provision), need=_main(draft.needs),
    )  # fmt: skip
    _refresh(pupil, on)
    return decision


@atomic
def tell_parent(*, decision: Decision, telling: Telling, by: Actor, on: date) -> Decision:
    """Record that the parent was told of special provision, or why not (Children and Families Act 2014 s68)."""
    by.must(Permission.REGISTER_KEEP, decision.school_id)
    if telling.told_on is None and not telling.not_told_because.strip():
        refuse(Refusal("Say when the parent was told, or why they were not.", "told_on"))
    if telling.told_on is not None:
        refuse(
            Refusal("The parent cannot have been told in the future.", "told_on") if telling.told_on > on else None,
            None if telling.how else Refusal("Say how the parent was told. A sent letter is not enough.", "how"),
        )
    decision.told_on, decision.told_how = telling.told_on, telling.how if telling.told_on else ""
    decision.not_told_because = telling.not_told_because.strip()
    decision.save(update_fields=["told_on", "told_how", "not_told_because"])
    how = rules.TOLD_WORDS[rules.Told(telling.how)].lower() if telling.told_on else "not told, with a reason"
    history.record(
        kinds.TOLD, by=by, on=telling.told_on or on, about=decision.pk, pupil=decision.pupil_id,
        school=decision.school_id, why=decision.not_told_because, provision=PROVISIONS.words(decision.provision),
        how=how,
    )  # fmt: skip
    _refresh(decision.pupil, on)
    return decision


@atomic
def place(*, decision: Decision, starts_on: date, by: Actor, on: date) -> Status:
    """Put a decided pupil on SEN support or an EHC plan from a day; refused until the parent was told."""
    pupil, provision = decision.pupil, decision.provision
    by.must(Permission.REGISTER_KEEP, pupil.school_id)
    one_at_a_time(pupil)
    decision.refresh_from_db(fields=["final_on"])
    refuse(
        Refusal("This decision has already taken effect.") if decision.final_on else None,
        rules.may_take_effect(
            provision, decided_on=decision.decided_on, starts_on=starts_on, on=on, told_on=decision.told_on,
            not_told_because=decision.not_told_because,
        ),
    )  # fmt: skip
    status = change_status(pupil=pupil, code=provision, since=starts_on, decision=decision)
    decision.final_on = starts_on
    decision.save(update_fields=["final_on"])
    needs = [rules.NeedDraft(*need) for need in decision.needs]
    _set_needs(pupil, needs, on=starts_on)
    history.record(
        kinds.JOINED, by=by, on=on, about=status.pk, pupil=pupil.pk, school=pupil.school_id,
        provision=PROVISIONS.words(provision), since=f"{starts_on:%d %B %Y}", need=_main(needs),
    )  # fmt: skip
    if decision.concern_id:
        close_after_decision(
            concern_id=decision.concern_id, by=by, on=on,
            outcome=f"{pupil.liked} now has {PROVISIONS.words(provision)}. A plan follows; you will be asked to help.",
        )  # fmt: skip
    _refresh(pupil, on)
    return status


@atomic
def withdraw(*, decision: Decision, why: str, by: Actor, on: date) -> Pupil:
    """Take back a decision that has not taken effect. Its row goes; the history of it, and the reason, stay."""
    by.must(Permission.REGISTER_KEEP, decision.school_id)
    refuse(
        Refusal("This decision has taken effect. Take the pupil off the register instead.")
        if decision.final_on
        else None,
        None if why.strip() else Refusal("Say why the decision is taken back.", "why"),
    )
    history.record(
        kinds.WITHDRAWN, by=by, on=on, about=decision.pk, pupil=decision.pupil_id, school=decision.school_id,
        why=why.strip(), provision=PROVISIONS.words(decision.provision),
    )  # fmt: skip
    pupil = decision.pupil
    decision.delete()
    _refresh(pupil, on)
    return pupil


@atomic
def take_off(
    *, pupil: Pupil, reason: str, parent_view: str, pupil_view: str, no_views_because: str, by: Actor, on: date,
) -> Decision:  # fmt: skip
    """End SEN support by a decision with views. The last day of support, and of its needs, is that of the decision."""
    by.must(Permission.REGISTER_KEEP, pupil.school_id)
    status = status_of(pupil, on)
    if status is None:
        refuse(Refusal("This pupil is not on the register."))
    refuse(
        rules.may_leave(
            has_plan=_has_plan(pupil), reason=reason, parent_view=parent_view, pupil_view=pupil_view,
            no_views_because=no_views_because,
        )
    )  # fmt: skip
    assert status is not None
    decision = Decision.objects.create(
        pupil=pupil, school_id=pupil.school_id, kind=rules.Kind.LEAVE, provision=status.code, special=False,
        special_says=reason, parent_view=parent_view, pupil_view=pupil_view, no_views_because=no_views_because,
        decided_on=on,
        decided_by_id=by.person_id, final_on=on,
    )  # fmt: skip
    status.until, status.ended_by = on, decision
    status.save(update_fields=["until", "ended_by"])
    Need.objects.filter(pupil=pupil, until=None).update(until=on)
    history.record(
        kinds.LEFT, by=by, on=on, about=decision.pk, pupil=pupil.pk, school=pupil.school_id, why=reason,
        provision=PROVISIONS.words(status.code), reason=reason,
    )  # fmt: skip
    _refresh(pupil, on)
    return decision


@atomic
def change_needs(*, pupil: Pupil, needs: Sequence[rules.NeedDraft], by: Actor, on: date, why: str) -> Pupil:
    """Replace a pupil's ranked needs from a day on; the old ones keep their dates."""
    by.must(Permission.REGISTER_KEEP, pupil.school_id)
    status = status_of(pupil, on)
    refuse(
        None if status else Refusal("Needs are kept for pupils on the register. Decide on SEN support first."),
        rules.may_hold(status.code if status else Provision.SUPPORT, needs, on=on),
    )
    _set_needs(pupil, needs, on=on)
    history.record(
        kinds.NEEDS_CHANGED, by=by, on=on, about=pupil.pk, pupil=pupil.pk, school=pupil.school_id, why=why,
        needs=", ".join(NEED_TYPES.words(need.code) for need in sorted(needs, key=lambda need: need.rank)),
    )  # fmt: skip
    _refresh(pupil, on)
    return pupil


@atomic
def record_plan(*, pupil: Pupil, la: str, made_on: date, reviewed_on: date | None, by: Actor, on: date) -> PlanRecord:
    """Record that a council made, or last reviewed, an EHC plan for a pupil."""
    by.must(Permission.REGISTER_KEEP, pupil.school_id)
    refuse(
        None if la.strip() else Refusal("Say which council made the plan.", "la"),
        Refusal("The plan cannot have been made in the future.", "made_on") if made_on > on else None,
        Refusal("A review comes after the plan was made.", "reviewed_on")
        if reviewed_on and reviewed_on < made_on
        else None,
        Refusal("The review cannot have been decided in the future.", "reviewed_on")
        if reviewed_on and reviewed_on > on
        else None,
    )
    plan, _ = PlanRecord.objects.update_or_create(
        pupil=pupil,
        defaults={"school_id": pupil.school_id, "la": la.strip(), "made_on": made_on, "reviewed_on": reviewed_on,
                  "ceased_on": None},
    )  # fmt: skip
    history.record(
        kinds.PLAN_RECORDED, by=by, on=on, about=plan.pk, pupil=pupil.pk, school=pupil.school_id, la=plan.la,
        made_on=f"{made_on:%d %B %Y}",
    )  # fmt: skip
    _refresh(pupil, on)
    return plan


@atomic
def end_plan(*, pupil: Pupil, ceased_on: date, why: str, by: Actor, on: date) -> PlanRecord:
    """Record that the council ended an EHC plan (s45). The pupil stays on the register until that, too, is decided."""
    by.must(Permission.REGISTER_KEEP, pupil.school_id)
    plan = PlanRecord.objects.filter(pupil=pupil, ceased_on=None).first()
    if plan is None:
        refuse(Refusal("There is no EHC plan to end."))
    assert plan is not None
    refuse(
        Refusal("The plan cannot have ended in the future.", "ceased_on") if ceased_on > on else None,
        Refusal("The plan cannot have ended before it was made.", "ceased_on") if ceased_on < plan.made_on else None,
        None if why.strip() else Refusal("Say what the council gave as its reason.", "why"),
    )
    plan.ceased_on = ceased_on
    plan.save(update_fields=["ceased_on"])
    history.record(
        kinds.PLAN_ENDED, by=by, on=on, about=plan.pk, pupil=pupil.pk, school=pupil.school_id, why=why.strip(),
        la=plan.la, ceased_on=f"{ceased_on:%d %B %Y}",
    )  # fmt: skip
    _refresh(pupil, on)
    return plan


@dataclass(frozen=True, slots=True)
class DisabilityDraft:
    """The answer as typed. With `known` False the parts of the test stay empty: no disability is known."""

    known: bool
    impairment: str = ""
    substantial: bool = False
    long_term: bool = False
    daily_effect: str = ""
    adjustments: str = ""
    source: str = ""


@atomic
def answer_disability(*, pupil: Pupil, draft: DisabilityDraft, by: Actor, on: date) -> Disability:
    """Record the separate answer about disability (Equality Act 2010 s6). It never changes the SEN status."""
    by.must(Permission.REGISTER_KEEP, pupil.school_id)
    if draft.known and not draft.impairment.strip():
        refuse(Refusal("Say what the impairment is.", "impairment"))
    if not draft.source.strip():
        refuse(Refusal("Say who told us: the family, a report, the pupil.", "source"))
    row, _ = Disability.objects.update_or_create(
        pupil=pupil,
        defaults={"school_id": pupil.school_id, "answered_on": on, "known": draft.known,
                  "impairment": draft.impairment, "substantial": draft.substantial, "long_term": draft.long_term,
                  "daily_effect": draft.daily_effect, "adjustments": draft.adjustments, "source": draft.source},
    )  # fmt: skip
    answer = "a disability is known" if draft.known else "no disability known"
    history.record(kinds.DISABILITY, by=by, on=on, about=row.pk, pupil=pupil.pk, school=pupil.school_id, answer=answer)
    return row


@atomic
def check(*, pupil: Pupil, by: Actor, on: date, note: str = "", sure: bool = False) -> Check:
    """Say that a pupil's record, which is open on the page, is still right. Refused once when it goes too fast."""
    by.must(Permission.REGISTER_KEEP, pupil.school_id)
    lately = Check.objects.filter(by_id=by.person_id, school_id=pupil.school_id, at__gt=now() - _A_MINUTE).count()
    refuse(rules.may_check(lately=lately, sure=sure))
    row = Check.objects.create(pupil=pupil, school_id=pupil.school_id, on=on, by_id=by.person_id, note=note)
    history.record(kinds.CHECKED, by=by, on=on, about=row.pk, pupil=pupil.pk, school=pupil.school_id, why=note)
    return row


def change_status(*, pupil: Pupil, code: str, since: date, decision: Decision | None, source: str = "school") -> Status:
    """Start a stretch of K or E; a stretch that runs then ends the day before. Part of a verb, not one itself."""
    latest = Status.objects.filter(pupil=pupil).order_by("-since").first()
    if latest is not None:
        words = PROVISIONS.words(latest.code)
        if latest.until is None and latest.code == code:
            refuse(Refusal(f"This pupil already has {words} since {latest.since:%d %B %Y}."))
        if latest.since >= since:
            refuse(Refusal(f"That is not after {words} began, on {latest.since:%d %B %Y}.", "starts_on"))
        if latest.until is None:
            latest.until = since - _DAY
            latest.save(update_fields=["until"])
        elif latest.until >= since:
            refuse(Refusal(f"{words} ended on {latest.until:%d %B %Y}. Start on a later day.", "starts_on"))
    return Status.objects.create(
        pupil=pupil, school_id=pupil.school_id, code=code, since=since, decision=decision, source=source
    )


@atomic
def keep_view(*, name: str, query: str, by: Actor) -> SavedView:
    """Keep a set of register filters under a name, for this person alone."""
    by.must(Permission.REGISTER)
    others = SavedView.objects.filter(person_id=by.person_id).values_list("name", flat=True)
    refuse(rules.may_keep_view(name, query, others))
    return SavedView.objects.create(person_id=by.person_id, name=name.strip(), query=query)


def drop_view(*, view_id: int, by: Actor) -> None:
    """Forget a view of one's own. Raises NotFound for anybody else's."""
    gone, _ = SavedView.objects.filter(pk=view_id, person_id=by.person_id).delete()
    if not gone:
        raise NotFound


@atomic
def take_away(*, school: int, pupils: Sequence[int], how: str, which: str, by: Actor, on: date) -> None:
    """Write down that a list of the register was printed or exported: once for the school, and for each pupil in it."""
    by.must(Permission.REGISTER, school)
    history.record(
        kinds.TAKEN_AWAY, by=by, on=on, school=school, how=how, which=which.rstrip(".").lower(), pupils=len(pupils)
    )
    history.viewed_many([(pupil, school) for pupil in pupils], by=by, page=f"register, {how}")


def _has_plan(pupil: Pupil) -> bool:
    return PlanRecord.objects.filter(pupil=pupil, ceased_on=None).exists()


def _set_needs(pupil: Pupil, needs: Sequence[rules.NeedDraft], *, on: date) -> None:
    """Make the open needs these, from a day on; those that go keep their dates, or never were."""
    wanted = {(need.code, need.rank, rules.area_of(need)) for need in needs}
    standing = {(row.code, row.rank, row.area): row for row in pupil.needs.filter(until=None)}
    for key, row in standing.items():
        if key in wanted:
            continue
        if row.since >= on:
            row.delete()
        else:
            row.until = on - _DAY
            row.save(update_fields=["until"])
    for code, rank, area in sorted(wanted - standing.keys(), key=lambda need: need[1]):
        Need.objects.create(pupil=pupil, school_id=pupil.school_id, code=code, rank=rank, area=area, since=on)


def _main(needs: Sequence[rules.NeedDraft]) -> str:
    main = next((need for need in needs if need.rank == 1), None)
    return NEED_TYPES.words(main.code) if main else "no main need"


def _refresh(pupil: Pupil, on: date) -> None:
    """Every clock of the pupil: a place on the register also starts those of the first plan and the first provision."""
    refresh(schools=[pupil.school_id], on=on, pupils=[pupil.pk])
    touch(school=pupil.school_id, slice_="register")
