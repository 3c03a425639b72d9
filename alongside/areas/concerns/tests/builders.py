"""Concerns in every state, by their own verbs."""

from __future__ import annotations

from datetime import date, timedelta

from alongside.areas.concerns import actions, rules
from alongside.areas.concerns.models import Concern
from alongside.base.access.actor import Actor
from alongside.base.pupils.models import Pupil


def a_concern(
    *, pupil: Pupil, by: Actor, on: date, seen: str = "Loses his place after every line.", senco: Actor | None = None,
    decision: rules.Decision | None = None,
) -> Concern:  # fmt: skip
    """A concern with two things tried; triaged by `senco` on the same day when a decision is given."""
    draft = actions.ConcernDraft(seen, ["Bigger print", "Moved seat"], "6 weeks", rules.Helped.LITTLE)
    concern = actions.raise_concern(pupil=pupil, draft=draft, by=by, on=on)
    if decision is None or senco is None:
        return concern
    return actions.triage(
        concern=concern, decision=decision, reason="Read with the class teacher.", answer="Read. We look further.",
        by=senco, on=on, look_again_on=on + timedelta(weeks=6),
    )  # fmt: skip


def all_parts(concern: Concern, *, by: Actor, on: date) -> None:
    """The four parts of a screening, written down."""
    for part in rules.Part:
        actions.note_part(concern=concern, part=part, note=f"Found: {part.value}.", by=by, on=on)
