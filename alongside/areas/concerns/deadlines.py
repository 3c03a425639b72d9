"""Open clocks of concerns: triage, the end of a screening, and the day to look again at a watched pupil."""

from __future__ import annotations

from collections.abc import Iterable

from alongside.areas.concerns.models import Concern
from alongside.areas.concerns.queries import due_of, short
from alongside.areas.concerns.rules import PART_WORDS, State, state
from alongside.base.deadlines.sources import Ask, Running, source
from alongside.law import clocks
from alongside.law.dates import Due


@source("concerns", clocks.TRIAGE, clocks.SCREEN, clocks.LOOK_AGAIN)
def concerns(ask: Ask) -> Iterable[Running]:
    rows = Concern.objects.filter(**ask.narrow(), closed_on=None).select_related("raised_by").prefetch_related("parts")
    for concern in rows:
        due = due_of(concern, ask.calendars[concern.school_id])
        if due is not None:
            yield _running(concern, due)


def _running(concern: Concern, due: Due) -> Running:
    progress, url = "", f"/concerns/{concern.pk}/"
    match state(concern.facts()):
        case State.NEW:
            what, action = f"new concern from {concern.raised_by.formal}: {short(concern.seen)}", "Triage"
            url += "triage/"
            progress = f"Tried: {', '.join(concern.tried[:2])}" if concern.tried else "Nothing tried yet"
        case State.WATCHED:
            what, action = "look again at a concern", "Look again"
            url += "triage/"
        case State.DECIDING:
            what, action = "register decision to make", "Decide"
            url = f"/pupils/{concern.pupil_id}/register/decide/?concern={concern.pk}"
        case _:
            what, action = "screening to decide", "Carry on"
            done = len(concern.parts.all())
            progress = f"{done} of {len(PART_WORDS)} parts in"
            if done == len(PART_WORDS):
                action, url = "Decide", f"/pupils/{concern.pupil_id}/register/decide/?concern={concern.pk}"
    return Running(
        due, "concern", concern.pk, concern.pupil_id, concern.school_id, what, due.why(), action, url, progress
    )
