"""Raise, triage, gather, answer. Whoever raised a concern always hears back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.transaction import atomic

from alongside.areas.concerns import kinds, rules
from alongside.areas.concerns.models import Concern, ScreeningPart
from alongside.areas.duties.actions import touch
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.deadlines.actions import refresh
from alongside.base.history import actions as history
from alongside.base.notices.actions import tell
from alongside.base.pupils.models import Pupil
from alongside.kit import refuse


@dataclass(frozen=True, slots=True)
class ConcernDraft:
    """A concern as typed on a phone."""

    seen: str
    tried: Sequence[str] = field(default_factory=tuple)
    tried_for: str = ""
    helped: str = ""


@atomic
def raise_concern(
    *, pupil: Pupil, draft: ConcernDraft, by: Actor, on: date, source: rules.Source = rules.Source.STAFF
) -> Concern:
    """Send a concern to the school's SENCO."""
    if source is rules.Source.STAFF:
        by.must(Permission.CONCERN_RAISE, pupil.school_id)
    refuse(rules.may_raise(draft.seen, *draft.tried))
    concern = Concern.objects.create(
        pupil=pupil, school_id=pupil.school_id, raised_by_id=by.person_id, raised_on=on, source=source,
        seen=draft.seen.strip(), tried=list(draft.tried), tried_for=draft.tried_for, helped=draft.helped,
    )  # fmt: skip
    kind = kinds.RAISED if source is rules.Source.STAFF else kinds.RAISED_BY_FAMILY
    history.record(kind, by=by, on=on, about=concern.pk, pupil=pupil.pk, school=pupil.school_id)
    _refresh(concern, on)
    return concern


@atomic
def triage(
    *, concern: Concern, decision: rules.Decision, reason: str, answer: str, by: Actor, on: date,
    look_again_on: date | None = None,
) -> Concern:  # fmt: skip
    """Decide what happens to a concern, and send the answer to whoever raised it."""
    by.must(Permission.CONCERN_TRIAGE, concern.school_id)
    source = rules.Source(concern.source)
    refuse(
        rules.may_triage(
            concern.facts(), decision, source=source, reason=reason, answer=answer, on=on, look_again_on=look_again_on
        )
    )
    if rules.state(concern.facts()) is rules.State.SCREENING and decision is rules.Decision.REGISTER:
        refuse(rules.may_decide_screening(concern.parts.values_list("part", flat=True)))
    concern.triaged_on, concern.triaged_by_id, concern.decision = on, by.person_id, decision
    concern.reason, concern.answer, concern.answered_on = reason.strip(), answer.strip(), on
    concern.look_again_on = look_again_on if decision is rules.Decision.MONITOR else None
    concern.closed_on = on if decision is rules.Decision.CLOSE else None
    concern.save()
    history.record(
        kinds.TRIAGED, by=by, on=on, about=concern.pk, pupil=concern.pupil_id, school=concern.school_id,
        why=concern.reason, decision=rules.DECISION_WORDS[decision].lower(),
    )  # fmt: skip
    _answer(concern, on)
    _refresh(concern, on)
    return concern


@atomic
def note_part(*, concern: Concern, part: rules.Part, note: str, by: Actor, on: date) -> ScreeningPart:
    """Write down one of the four parts of a screening."""
    by.must(Permission.CONCERN_TRIAGE, concern.school_id)
    refuse(rules.may_note_part(concern.facts(), note))
    row, _ = ScreeningPart.objects.update_or_create(
        concern=concern, part=part,
        defaults={"pupil_id": concern.pupil_id, "school_id": concern.school_id, "note": note.strip(),
                  "done_on": on, "done_by_id": by.person_id},
    )  # fmt: skip
    history.record(
        kinds.PART_DONE, by=by, on=on, about=concern.pk, pupil=concern.pupil_id, school=concern.school_id,
        part=rules.PART_WORDS[part].lower(),
    )  # fmt: skip
    _refresh(concern, on)
    return row


@atomic
def close_after_decision(*, concern_id: int, outcome: str, by: Actor, on: date) -> None:
    """The register decision that a concern led to was made: close it and tell whoever raised it."""
    concern = Concern.objects.filter(pk=concern_id, closed_on=None).first()
    if concern is None:
        return
    concern.closed_on, concern.answer, concern.answered_on = on, outcome, on
    if concern.triaged_on is None:
        concern.triaged_on, concern.triaged_by_id, concern.decision = on, by.person_id, rules.Decision.REGISTER
    concern.save()
    history.record(
        kinds.ANSWERED, by=by, on=on, about=concern.pk, pupil=concern.pupil_id, school=concern.school_id,
        to=str(concern.raised_by),
    )  # fmt: skip
    _answer(concern, on)
    _refresh(concern, on)


def _answer(concern: Concern, on: date) -> None:
    tell(
        person_id=concern.raised_by_id, school_id=concern.school_id, pupil_id=concern.pupil_id, kind="concern",
        says=f"What happened to your concern about {concern.pupil.liked}: {concern.answer}",
        url=f"/concerns/{concern.pk}/", on=on,
    )  # fmt: skip


def _refresh(concern: Concern, on: date) -> None:
    refresh(schools=[concern.school_id], on=on, pupils=[concern.pupil_id], sources=["concerns"])
    touch(school=concern.school_id, slice_="concerns")
