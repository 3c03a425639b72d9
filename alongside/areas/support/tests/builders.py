"""Cycles in every state that the product can reach, made by its own verbs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from alongside.areas.provision.actions import LineDraft, promise
from alongside.areas.provision.models import ProvisionType
from alongside.areas.support import actions, rules
from alongside.areas.support.models import Cycle
from alongside.base.access.actor import Actor
from alongside.base.pupils.models import Pupil

PLAN = actions.PlanDraft(
    strengths=["Builds models from memory", "Kind to younger children"],
    difficulties="Long spoken instructions.",
    pastoral="Has friends in class. Lunch is hard.",
    communication="Short sentences. Uses his blue card.",
    parents_view="He talks more at home now.",
    pupils_view="I like building.",
    agreed_by="Ms Kowalska and Kuba",
)


def a_cycle(*, pupil: Pupil, by: Actor, at: rules.Stage, on: date, lead_id: int | None = None) -> Cycle:
    """A cycle at a stage, with two outcomes and one line of provision; opened, planned and started on `on`."""
    cycle = actions.open_cycle(pupil=pupil, by=by, on=on, lead_id=lead_id)
    if at is rules.Stage.ASSESS:
        return cycle
    actions.finish_assessing(cycle=cycle, needs_summary="Speech and language", by=by, on=on)
    if at is rules.Stage.PLAN:
        return cycle
    for text, baseline, target in (("Kuba tells a story in order.", "3 of 6 parts", "6 of 6 parts"),
                                   ("Kuba asks for help himself.", "Once a week", "Four times a week")):  # fmt: skip
        draft = actions.OutcomeDraft(text, baseline, "Counted each Friday", target, on + timedelta(weeks=12))
        actions.set_outcome(cycle=cycle, draft=draft, by=by, on=on)
    kind, _ = ProvisionType.objects.get_or_create(
        name="Small-group language programme", defaults={"plain_name": "Talking group", "wave": "targeted"}
    )
    line = promise(pupil=pupil, draft=LineDraft(kind.pk, 30, 3, 4, on), by=by, on=on)
    actions.put_in_plan(cycle=cycle, line=line, outcome=None, by=by, on=on)
    plan = replace(PLAN, review_on=on + timedelta(weeks=12))
    actions.write_plan(cycle=cycle, draft=plan, version=cycle.version, by=by, on=on)
    actions.start(cycle=cycle, by=by, on=on)
    if at is rules.Stage.DO:
        return cycle
    actions.hold_review(cycle=cycle, draft=a_review(cycle, on), version=cycle.version, by=by, on=on)
    if at is rules.Stage.CLOSED:
        actions.close_cycle(cycle=cycle, reason="", by=by, on=on)
    return cycle


def a_review(cycle: Cycle, on: date, result: str = "partly") -> actions.ReviewDraft:
    return actions.ReviewDraft(
        held_on=on,
        results={row.pk: rules.ResultFacts(row.number, result, "4 of 6 parts", "") for row in cycle.outcomes.all()},
        choice="change", parents_view="Better.", pupils_view="I can do it.",
    )  # fmt: skip
