"""Write a brief, read it, try a strategy, leave a note, answer one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date

from django.db.transaction import atomic

from alongside.areas.classroom import kinds, queries, rules
from alongside.areas.classroom.models import Acknowledgement, Brief, QuickNote, StrategyUse
from alongside.areas.duties.actions import touch
from alongside.areas.support.models import Cycle
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.deadlines.actions import refresh
from alongside.base.history import actions as history
from alongside.base.notices.actions import tell
from alongside.base.people.models import Person
from alongside.base.pupils.models import Pupil
from alongside.kit import NotAllowed, Stale, refuse
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
        rules.may_name(_said(draft, what_changed), agreed=draft.may_name_diagnosis),
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
        changes_safety=draft.safety.strip() != (standing.safety if standing else ""), made_on=on,
        made_by_id=by.person_id, **values,
    )  # fmt: skip
    history.record(
        kinds.BRIEF_MADE, by=by, on=on, about=brief.pk, pupil=pupil.pk, school=pupil.school_id, what=brief.what_changed
    )
    if brief.changes_safety and brief.safety:
        _tell_about_safety(pupil, brief, by, on)
    refresh(schools=[pupil.school_id], on=on, pupils=[pupil.pk], sources=["classroom"])
    touch(school=pupil.school_id, slice_="classroom")
    return brief


def _tell_about_safety(pupil: Pupil, brief: Brief, by: Actor, on: date) -> None:
    """What is safe is said to every adult with the pupil at once; other changes wait on My classes."""
    for person in queries.adults_of([pupil.pk], [pupil.school_id], on=on).get(pupil.pk, {}):
        if person != by.person_id:
            tell(
                person_id=person, school_id=pupil.school_id, pupil_id=pupil.pk, kind="safety",
                says=f"Safety, {pupil.liked}: {brief.safety}", url=f"/classes/brief/{pupil.pk}/", on=on,
            )  # fmt: skip


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
    touch(school=brief.school_id, slice_="classroom")
    return row


@atomic
def used(*, pupil: Pupil, strategy: str, helped: bool, by: Actor, on: date) -> StrategyUse:
    """A tap: a strategy of the brief was used today, and it helped or did not. A second tap corrects the first."""
    by.must(Permission.BRIEF, pupil.school_id)
    brief = Brief.objects.filter(pupil=pupil, current=True).first()
    if brief is None or strategy not in brief.helps:
        refuse(Refusal("That is not one of the things in the brief."))
    before = queries.not_helping(pupil.pk, on=on)
    row, _ = StrategyUse.objects.update_or_create(
        pupil=pupil, strategy=strategy, day=on, by_id=by.person_id,
        defaults={"school_id": pupil.school_id, "helped": helped},
    )  # fmt: skip
    history.record(
        kinds.STRATEGY, by=by, on=on, about=row.pk, pupil=pupil.pk, school=pupil.school_id, strategy=strategy,
        helped="helped" if helped else "did not help",
    )  # fmt: skip
    if strategy not in before and strategy in queries.not_helping(pupil.pk, on=on):
        _raise_for_review(pupil, strategy, on)
    touch(school=pupil.school_id, slice_="classroom")
    return row


def _raise_for_review(pupil: Pupil, strategy: str, on: date) -> None:
    """Tell whoever owns the plan, or the SENCO where there is no plan, that a strategy has not helped twice."""
    lead = Cycle.objects.filter(pupil=pupil, closed_on=None).values_list("lead_id", flat=True).first()
    senco = queries.post_holders(pupil.school_id, ("senco", "cover_senco"), on=on)
    for person in [lead] if lead else [holder.pk for holder in senco]:
        tell(
            person_id=person, school_id=pupil.school_id, pupil_id=pupil.pk, kind="strategy",
            says=f"'{strategy}' did not help {pupil.liked} twice in two weeks. Look at it in the review.",
            url=f"/classes/brief/{pupil.pk}/", on=on,
        )  # fmt: skip


@atomic
def write_note(*, pupil: Pupil, kind: rules.NoteKind, text: str, by: Actor, on: date) -> QuickNote:
    """Leave a note. One with safeguarding words goes to the DSL's channel before it is saved anywhere else.

    Refused when such a note would reach nobody.
    """
    by.must(Permission.NOTE_WRITE, pupil.school_id)
    restricted = is_safeguarding(text)
    readers = queries.note_readers(pupil, restricted=restricted, on=on)
    refuse(rules.may_write(text), rules.may_send(readers, restricted=restricted))
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
    says = "A note needs you to read it." if restricted else f"{by.name} wrote a note about {pupil.liked}."
    _tell_readers(note, readers, says, on)
    return note


def _tell_readers(note: QuickNote, readers: Sequence[Person], says: str, on: date) -> None:
    touch(school=note.school_id, slice_="classroom")
    for reader in readers:
        tell(
            person_id=reader.pk, school_id=note.school_id, pupil_id=note.pupil_id,
            kind="safeguarding" if note.restricted else "note", says=says, url=f"/classes/notes/{note.pk}/", on=on,
        )  # fmt: skip


@atomic
def family_note(*, pupil: Pupil, text: str, by: Actor, on: date) -> QuickNote:
    """Pass what a family writes about a child's safety to the safeguarding lead, and to nobody else.

    Raises NotAllowed for anybody who is not the pupil's family.
    """
    if pupil.pk not in by.child_ids:
        raise NotAllowed("Only a pupil's family writes this way.")
    readers = queries.note_readers(pupil, restricted=True, on=on)
    refuse(rules.may_write(text), rules.may_send(readers, restricted=True))
    note = QuickNote.objects.create(
        pupil=pupil, school_id=pupil.school_id, kind=rules.NoteKind.CONCERN, text=text.strip(), by_id=by.person_id,
        on=on, restricted=True,
    )  # fmt: skip
    history.record(kinds.RESTRICTED, by=by, on=on, about=note.pk, pupil=pupil.pk, school=pupil.school_id)
    _tell_readers(note, readers, "A note needs you to read it.", on)
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
    touch(school=note.school_id, slice_="classroom")
    kind = kinds.RESTRICTED_ANSWERED if note.restricted else kinds.NOTE_ANSWERED
    history.record(kind, by=by, on=on, about=note.pk, pupil=note.pupil_id, school=note.school_id, action=note.action)
    tell(
        person_id=note.by_id, school_id=note.school_id, pupil_id=note.pupil_id, kind="note",
        says=f"Your note about {note.pupil.liked} was read. {note.action}", on=on,
        url=f"/family/{note.pupil_id}/" if queries.is_family(note.by_id, note.pupil_id) else f"/classes/notes/{note.pk}/",
    )  # fmt: skip
    return note


def looked_at(*, note: QuickNote, by: Actor, on: date) -> None:
    """Note that somebody opened a note. A restricted one leaves its trace in band 4 alone, never on a family's page."""
    if note.restricted:
        history.record(kinds.RESTRICTED_OPENED, by=by, on=on, about=note.pk, pupil=note.pupil_id, school=note.school_id)
    else:
        history.viewed(pupil=note.pupil_id, school=note.school_id, by=by, page="note")


def _said(draft: BriefDraft, what_changed: str) -> dict[str, str]:
    """The words of a brief that adults wrote, by field. A pupil's own words and the line on safety are not judged."""
    names = ("good_at", "matters", "helps", "stuck", "avoid", "communication", "adjustments", "people")
    return {**{name: _text(getattr(draft, name)) for name in names}, "what_changed": what_changed}


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)
