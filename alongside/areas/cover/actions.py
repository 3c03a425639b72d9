"""Hand today's list to a colleague, take it back, and leave a note to a row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.transaction import atomic

from alongside.areas.cover import kinds, queries, rules
from alongside.areas.cover.models import Handover, RowNote
from alongside.areas.cover.rules import Span
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.deadlines.models import Deadline
from alongside.base.history import actions as history
from alongside.base.notices.actions import tell
from alongside.base.posts import actions as posts
from alongside.base.schools.models import School
from alongside.kit import NotFound, Refused, refuse
from alongside.law.dates import day_words


@dataclass(frozen=True, slots=True)
class Draft:
    """A handover as typed."""

    to: int
    span: Span
    why: str
    words: str = ""


@atomic
def hand_over(*, school: School, draft: Draft, by: Actor, on: date) -> Handover:
    """Hand a school's list to a colleague, who is cover SENCO for these days and no longer."""
    by.must(Permission.HAND_OVER, school.pk)
    School.objects.select_for_update().get(pk=school.pk)  # two at once would both find the days free
    away = queries.whose_list(school.pk, by, on=on)
    colleague = queries.colleague(school.pk, draft.to, on=draft.span.first)
    standing = [each.span for each in Handover.objects.standing(on).filter(school=school)]
    refuse(
        rules.may_hand_over(
            to=colleague, away=away.pk, by=by.person_id, span=draft.span, standing=standing, why=draft.why, on=on
        )
    )
    given = posts.NewPost("cover_senco", school.pk, draft.span.first, draft.span.last)
    post = posts.give(person=queries.person(draft.to), post=given, by=by, on=on)
    made = Handover.objects.create(
        school=school, away=away, to_id=draft.to, post=post, since=draft.span.first, until=draft.span.last,
        why=draft.why.strip(), words=draft.words.strip(), by_id=by.person_id, made_on=on,
    )  # fmt: skip
    history.record(
        kinds.HANDED, by=by, on=on, about=made.pk, school=school.pk, who=made.to.name,
        first=day_words(made.since), last=day_words(made.until), facts={"why": made.why},
    )  # fmt: skip
    says = f"{by.name} handed you today’s list of {school.short_name}, {made.span.words}."
    tell(person_id=draft.to, school_id=school.pk, kind="cover.handed", says=says, url="/today/", on=on)
    return made


@atomic
def take_back(*, handover: Handover, by: Actor, on: date) -> Handover:
    """End a handover at once: the cover's post ends with yesterday."""
    by.must(Permission.HAND_OVER, handover.school_id)
    if handover.taken_back_on is not None or handover.until < on:
        raise Refused("This handover has ended already.")
    handover.taken_back_on = on
    post, handover.post = handover.post, None if handover.since >= on else handover.post
    handover.save(update_fields=["taken_back_on", "post"])
    if post is not None:
        posts.end(post=post, last_day=on - timedelta(days=1), by=by, on=on)
    history.record(kinds.TAKEN_BACK, by=by, on=on, about=handover.pk, school=handover.school_id, who=handover.to.name)
    says = f"{by.name} took today’s list of {handover.school.short_name} back."
    tell(person_id=handover.to_id, school_id=handover.school_id, kind="cover.ended", says=says, url="", on=on)
    return handover


@atomic
def leave_note(*, handover: Handover, row: Deadline, words: str, by: Actor, on: date) -> RowNote | None:
    """Leave whoever covers a note to one row; empty words take it away. Raises NotFound for another school's row."""
    by.must(Permission.HAND_OVER, handover.school_id)
    if row.school_id != handover.school_id:
        raise NotFound
    if handover.taken_back_on is not None or handover.until < on:
        raise Refused("This handover has ended already.")
    about: dict[str, Any] = {"handover": handover, "clock": row.clock, "kind": row.kind, "about_id": row.about_id}
    if not words.strip():
        RowNote.objects.filter(**about).delete()
        return None
    note, _ = RowNote.objects.update_or_create(
        **about, defaults={"words": words.strip()[:300], "pupil_id": row.pupil_id, "school_id": row.school_id}
    )
    history.record(
        kinds.NOTED, by=by, on=on, about=note.pk, pupil=row.pupil_id, school=row.school_id,
        who=handover.to.name, what=row.what,
    )  # fmt: skip
    return note
