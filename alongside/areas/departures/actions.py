"""Log a departure from the Code, decide on it, add a line, end it. None of them takes a word back."""

from __future__ import annotations

from datetime import date

from django.db.transaction import atomic

from alongside.areas.clocks.models import Missed
from alongside.areas.departures import kinds, queries, rules
from alongside.areas.departures.models import Addition, Departure
from alongside.areas.departures.rules import About, Decider, Decision, Draft
from alongside.areas.duties.actions import touch
from alongside.base.access.actor import Actor
from alongside.base.access.models import Post, Tie
from alongside.base.access.roles import Permission
from alongside.base.history import actions as history
from alongside.base.history.kinds import Kind
from alongside.base.notices.actions import tell
from alongside.base.pupils.models import Pupil
from alongside.base.pupils.queries import names_somebody
from alongside.base.schools.models import School
from alongside.kit import NotFound, refuse
from alongside.kit.spans import holds_on
from alongside.law.dates import day_words
from alongside.law.refusal import Refusal


@atomic
def log(
    *, school: School, draft: Draft, by: Actor, on: date, pupil: Pupil | None = None, missed: Missed | None = None
) -> Departure:
    """Write a departure down. The headteacher decides by logging it; anybody else says who decides.

    Raises NotFound for a pupil, or a missed date, of another school.
    """
    by.must(Permission.DEPARTURES, school.pk)
    if any(each is not None and each.school_id != school.pk for each in (pupil, missed)):
        raise NotFound
    if pupil is not None and pupil.pk in by.own_children:
        raise NotFound
    School.objects.select_for_update().get(pk=school.pk)  # a second press waits for the first, and is told
    heads = by.may(Permission.DEPARTURES_DECIDE, school.pk)
    refuse(
        rules.may_depart_from(missed.clock) if missed else None,
        Refusal("Choose the pupil.", "pupil") if draft.about == About.PUPIL and pupil is None else None,
        rules.may_log(
            draft=draft, came=queries.came_on(pupil) if pupil else None, on=on, known=_known(school, draft, pupil), heads=heads,
        ),
        _no_name(draft, school),
    )  # fmt: skip
    found = rules.OF_THE_CODE.get(draft.rule)
    decided = heads or draft.decider == Decider.SENCO
    made = Departure.objects.create(
        school=school, about=draft.about, pupil=pupil if draft.about == About.PUPIL else None,
        group=draft.group.strip() if draft.about == About.GROUP else "", duty=draft.duty, rule=draft.rule,
        paragraph=found.source.place if found else draft.paragraph.strip(),
        asks=f"{found.name}. {found.says}" if found else draft.asks.strip(), missed=missed, instead=draft.instead.strip(),
        reason=draft.reason.strip(), effect=draft.effect.strip(), follows=draft.follows.strip(), since=draft.since,
        until=draft.until, by_id=by.person_id, on=on, decider=Decider.HEAD if heads else draft.decider,
        decision=Decision.AGREED if decided else "", decided_by_id=by.person_id if decided else None,
        decided_on=on if decided else None,
    )  # fmt: skip
    _record(kinds.LOGGED, made, by, on, instead=made.instead)
    if not decided:
        _ask_heads(made, on)
    return made


def _known(school: School, draft: Draft, pupil: Pupil | None) -> bool:
    """Whether the same departure stands in the log: the same of the Code, for the same, from the same day."""
    same = Departure.objects.filter(
        school=school, about=draft.about, rule=draft.rule, since=draft.since, ended_on=None,
        group=draft.group.strip() if draft.about == About.GROUP else "",
    ).exclude(decision=Decision.REFUSED)  # fmt: skip
    if not draft.rule:
        same = same.filter(paragraph=draft.paragraph.strip())
    return same.filter(pupil=pupil if draft.about == About.PUPIL else None).exists()


def _no_name(draft: Draft, school: School) -> Refusal | None:
    """What concerns more than one pupil is printed in the statement of each of them, so it names none."""
    if draft.about == About.PUPIL:
        return None
    for field in ("group", "instead", "reason", "effect", "follows", "asks"):
        if names_somebody(getattr(draft, field), school=school.pk):
            return Refusal("Leave out the pupil’s name: this is printed for every pupil whom it concerns.", field)
    return None


def _ask_heads(made: Departure, on: date) -> None:
    """Tell the headteachers that a decision waits; none of them about their own child."""
    running = holds_on(on)
    heads = Post.objects.filter(running, school=made.school_id, role="head").values_list("person", flat=True)
    family = (
        Tie.objects.filter(running, pupil_id=made.pupil_id).values_list("person", flat=True) if made.pupil_id else ()
    )
    says = f"A departure from paragraph {made.where} of the SEND Code waits for your decision."
    for person in sorted(set(heads) - set(family)):
        tell(
            person_id=person, school_id=made.school_id, kind="departure.waits", says=says, url=f"/departures/{made.pk}/",
            on=on,
        )  # fmt: skip


@atomic
def decide(*, departure: Departure, decision: str, words: str, by: Actor, on: date) -> Departure:
    """Agree to a departure, or not. A decision stands; whoever logged it is told."""
    by.must(Permission.DEPARTURES_DECIDE, departure.school_id)
    row = _locked(departure, by)
    refuse(rules.may_decide(decision=decision, words=words, decided=bool(row.decision)))
    row.decision, row.decided_words = decision, words.strip()
    row.decided_by_id, row.decided_on = by.person_id, on
    row.save(update_fields=["decision", "decided_words", "decided_by", "decided_on"])
    said = rules.DECISION_WORDS[decision]
    _record(kinds.DECIDED, row, by, on, said=said.lower())
    if row.by_id != by.person_id:
        says = f"{said}: the departure from paragraph {row.where} of the SEND Code that you logged."
        tell(
            person_id=row.by_id, school_id=row.school_id, kind="departure.decided", says=says, url=f"/departures/{row.pk}/",
            on=on,
        )  # fmt: skip
    return row


@atomic
def add(*, departure: Departure, words: str, by: Actor, on: date) -> Addition:
    """Add a dated line below a departure."""
    by.must(Permission.DEPARTURES, departure.school_id)
    row = _locked(departure, by)
    refuse(rules.may_add(words), _named(row, words))
    made = Addition.objects.create(
        departure=row, school_id=row.school_id, pupil_id=row.pupil_id, words=words.strip(), by_id=by.person_id, on=on
    )
    _record(kinds.ADDED, row, by, on)
    return made


@atomic
def end(*, departure: Departure, last_day: date, words: str, by: Actor, on: date) -> Departure:
    """End a departure on a day, and say what came of it. The entry stays."""
    by.must(Permission.DEPARTURES, departure.school_id)
    row = _locked(departure, by)
    refuse(
        rules.may_end(since=row.since, ended=row.ended_on is not None, last_day=last_day, words=words, on=on),
        _named(row, words),
    )
    row.ended_on, row.ended_by_id, row.came_of_it = last_day, by.person_id, words.strip()
    row.save(update_fields=["ended_on", "ended_by", "came_of_it"])
    _record(kinds.ENDED, row, by, on, day=day_words(last_day))
    return row


def _named(row: Departure, words: str) -> Refusal | None:
    if row.pupil_id is None and names_somebody(words, school=row.school_id):
        return Refusal("Leave out the pupil’s name: this is printed for every pupil whom it concerns.", "words")
    return None


def _locked(departure: Departure, by: Actor) -> Departure:
    """The row as it stands, held until the end of the transaction. Raises NotFound for one's own child's."""
    row = Departure.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=departure.pk).first()
    if row is None:
        raise NotFound
    return row


def _record(kind: Kind, row: Departure, by: Actor, on: date, **facts: object) -> None:
    history.record(
        kind, by=by, on=on, about=row.pk, pupil=row.pupil_id, school=row.school_id, where=row.where, facts=facts
    )  # fmt: skip
    touch(school=row.school_id, slice_="departures")
