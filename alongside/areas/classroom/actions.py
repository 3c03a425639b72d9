"""Write a brief, read it, try a strategy, leave a note, answer one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date

from django.db.models import Q
from django.db.transaction import atomic

from alongside.areas.classroom import kinds, rules
from alongside.areas.classroom.models import Acknowledgement, Brief, QuickNote, StrategyUse
from alongside.base.access.actor import Actor
from alongside.base.access.models import Post
from alongside.base.access.roles import Permission
from alongside.base.deadlines.actions import refresh
from alongside.base.history import actions as history
from alongside.base.notices.actions import tell
from alongside.base.pupils.models import Pupil
from alongside.kit import Stale, refuse
from alongside.kit.time import now
from alongside.law.refusal import Refusal
from alongside.law.safeguarding import is_safeguarding


@dataclass(frozen=True, slots=True)
class BriefDraft:
    """A brief as typed. Lists hold one line each."""

    own_words: str = ""
    own_words_on: date | None = None
    helped_by: str = ""
    good_at: Sequence[str] = field(default_factory=tuple)
    matters: Sequence[str] = field(default_factory=tuple)
    helps: Sequence[str] = field(default_factory=tuple)
    stuck: Sequence[str] = field(default_factory=tuple)
    avoid: str = ""
    communication: str = ""
    safety: str = ""
    adjustments: Sequence[str] = field(default_factory=tuple)
    people: str = ""
    may_name_diagnosis: bool = False


@atomic
def write_brief(*, pupil: Pupil, draft: BriefDraft, what_changed: str, version: int, by: Actor, on: date) -> Brief:
    """Make the next version of a pupil's brief; every linked adult is asked to read it again.

    Raises Stale when somebody wrote a version after the one that was opened.
    """
    by.must(Permission.BRIEF_WRITE, pupil.school_id)
    refuse(
        rules.check_brief(good_at=list(draft.good_at), helps=list(draft.helps)),
        Refusal("Say in a few words what changed, so that nobody has to look for it.", "what_changed")
        if version and not what_changed.strip()
        else None,
    )
    values = {name: list(v) if isinstance(v, tuple | list) else v for name, v in asdict(draft).items()}
    standing = Brief.objects.select_for_update().filter(pupil=pupil, current=True).first()
    if standing is not None:
        if standing.number != version:
            raise Stale(
                {name: _text(getattr(standing, name)) for name in values},
                {name: _text(value) for name, value in values.items()},
                str(standing.made_by), standing.number,
            )  # fmt: skip
        standing.current = False
        standing.save(update_fields=["current"])
    brief = Brief.objects.create(
        pupil=pupil, school_id=pupil.school_id, number=version + 1, what_changed=what_changed.strip() or "first brief",
        made_on=on, made_by_id=by.person_id, **values,
    )  # fmt: skip
    history.record(
        kinds.BRIEF_MADE, by=by, on=on, about=brief.pk, pupil=pupil.pk, school=pupil.school_id, what=brief.what_changed
    )
    refresh(schools=[pupil.school_id], on=on, pupils=[pupil.pk], sources=["classroom"])
    return brief


def opened(*, brief: Brief, by: Actor) -> None:
    """Note that an adult has a version of a brief open. Reading is not confirming."""
    Acknowledgement.objects.get_or_create(
        brief=brief, person_id=by.person_id,
        defaults={"pupil_id": brief.pupil_id, "school_id": brief.school_id, "opened_at": now()},
    )  # fmt: skip


@atomic
def got_it(*, brief: Brief, by: Actor, on: date) -> Acknowledgement:
    """Confirm a version of a brief that was opened."""
    by.must(Permission.BRIEF, brief.school_id)
    row = Acknowledgement.objects.filter(brief=brief, person_id=by.person_id).first()
    refuse(rules.may_confirm(opened=row is not None))
    assert row is not None
    if row.confirmed_at is None:
        row.confirmed_at = now()
        row.save(update_fields=["confirmed_at"])
        history.record(
            kinds.BRIEF_READ, by=by, on=on, about=brief.pk, pupil=brief.pupil_id, school=brief.school_id,
            number=brief.number,
        )  # fmt: skip
    refresh(schools=[brief.school_id], on=on, pupils=[brief.pupil_id], sources=["classroom"])
    return row


@atomic
def used(*, pupil: Pupil, strategy: str, helped: bool, by: Actor, on: date) -> StrategyUse:
    """A tap: a strategy of the brief was used today, and it helped or did not. A second tap corrects the first."""
    by.must(Permission.BRIEF, pupil.school_id)
    brief = Brief.objects.filter(pupil=pupil, current=True).first()
    if brief is None or strategy not in brief.helps:
        refuse(Refusal("That is not one of the things in the brief."))
    row, _ = StrategyUse.objects.update_or_create(
        pupil=pupil, strategy=strategy, day=on, by_id=by.person_id,
        defaults={"school_id": pupil.school_id, "helped": helped},
    )  # fmt: skip
    history.record(
        kinds.STRATEGY, by=by, on=on, about=row.pk, pupil=pupil.pk, school=pupil.school_id, strategy=strategy,
        helped="helped" if helped else "did not help",
    )  # fmt: skip
    return row


@atomic
def write_note(*, pupil: Pupil, kind: rules.NoteKind, text: str, by: Actor, on: date) -> QuickNote:
    """Leave a note. One with safeguarding words goes to the DSL's channel before it is saved anywhere else."""
    by.must(Permission.NOTE_WRITE, pupil.school_id)
    refuse(rules.may_write(text))
    restricted = is_safeguarding(text)
    note = QuickNote.objects.create(
        pupil=pupil, school_id=pupil.school_id, kind=kind, text=text.strip(), by_id=by.person_id, on=on,
        restricted=restricted,
    )  # fmt: skip
    if restricted:
        history.record(kinds.RESTRICTED, by=by, on=on, about=note.pk, pupil=pupil.pk, school=pupil.school_id)
    else:
        history.record(
            kinds.NOTED, by=by, on=on, about=note.pk, pupil=pupil.pk, school=pupil.school_id,
            kind=rules.NOTE_WORDS[kind].lower(),
        )  # fmt: skip
    for person in _readers(pupil, restricted=restricted, on=on):
        tell(
            person_id=person, school_id=pupil.school_id, pupil_id=pupil.pk,
            kind="safeguarding" if restricted else "note",
            says="A note needs you to read it." if restricted else f"{by.name} wrote a note about {pupil.liked}.",
            url=f"/classes/notes/{note.pk}/", on=on,
        )  # fmt: skip
    return note


@atomic
def answer_note(*, note: QuickNote, action: str, by: Actor, on: date) -> QuickNote:
    """Say that a note was seen and what was done; whoever wrote it is told."""
    by.must(Permission.NOTES_ANSWER, note.school_id)
    if note.restricted:
        by.must(Permission.RESTRICTED, note.school_id)
    refuse(None if action.strip() else Refusal("Say what was done, so that whoever wrote it knows.", "action"))
    note.seen_on, note.seen_by_id, note.action = on, by.person_id, action.strip()
    note.save(update_fields=["seen_on", "seen_by_id", "action"])
    kind = kinds.RESTRICTED_ANSWERED if note.restricted else kinds.NOTE_ANSWERED
    history.record(
        kind, by=by, on=on, about=note.pk, pupil=note.pupil_id, school=note.school_id, action=note.action
    )
    tell(
        person_id=note.by_id, school_id=note.school_id, pupil_id=note.pupil_id, kind="note",
        says=f"Your note about {note.pupil.liked} was read. {note.action}", url=f"/classes/brief/{note.pupil_id}/", on=on,
    )  # fmt: skip
    return note


def _readers(pupil: Pupil, *, restricted: bool, on: date) -> list[int]:
    """Whom a note goes to: SENCO and headteacher, or for safeguarding the DSL and headteacher alone."""
    roles = ["dsl", "head"] if restricted else ["senco", "cover_senco", "head"]
    held = Q(since__lte=on) & (Q(until=None) | Q(until__gte=on))
    return list(
        Post.objects.filter(held, school_id=pupil.school_id, role__in=roles)
        .values_list("person_id", flat=True)
        .distinct()
    )


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)
