"""Pupils on the register, put there by the register's own verbs."""

from __future__ import annotations

from datetime import date

from alongside.areas.register import actions, rules
from alongside.areas.register.models import Decision, Status
from alongside.base.access.actor import Actor
from alongside.base.pupils.models import Pupil

LIMBS = rules.Limbs(
    True, "Reads 14 words a minute; others in the class 60.", True, "Daily reading with an adult.", None
)


def limbs(on: date) -> rules.Limbs:
    """Both limbs answered yes, on evidence of that day."""
    return rules.Limbs(True, LIMBS.difficulty_says, True, LIMBS.special_says, on)


def a_decision(*, pupil: Pupil, by: Actor, on: date, need: str = "SLCN", concern_id: int | None = None) -> Decision:
    """A decision on SEN support that nobody has told the parent yet."""
    draft = actions.DecisionDraft("K", limbs(on), [rules.NeedDraft(need, 1)], concern_id=concern_id)
    return actions.decide(pupil=pupil, draft=draft, by=by, on=on)


def on_support(*, pupil: Pupil, by: Actor, on: date, need: str = "SLCN") -> Status:
    """Decided, told and started, all on one day."""
    decision = a_decision(pupil=pupil, by=by, on=on, need=need)
    actions.tell_parent(decision=decision, telling=actions.Telling(on, rules.Told.MEETING), by=by, on=on)
    return actions.place(decision=decision, starts_on=on, by=by, on=on)


def on_plan(*, pupil: Pupil, by: Actor, on: date, need: str = "ASD") -> Status:
    """An EHC plan of a council, recorded, decided and started on one day."""
    actions.record_plan(pupil=pupil, la="Fernshire", made_on=on, reviewed_on=None, by=by, on=on)
    draft = actions.DecisionDraft("E", rules.Limbs(None, "", None, "", None), [rules.NeedDraft(need, 1)])
    decision = actions.decide(pupil=pupil, draft=draft, by=by, on=on)
    return actions.place(decision=decision, starts_on=on, by=by, on=on)
