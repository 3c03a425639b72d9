"""Change notices, made by the product's own verbs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from alongside.areas.changes import actions
from alongside.areas.changes.models import ChangeNotice, ChangeTask
from alongside.areas.changes.rules import Draft
from alongside.base.schools.models import School
from tests.people import TODAY, World, a_person, a_post

DAY = timedelta(days=1)
WHOLE = Draft(
    "New referral form", "national", summary="The form changes.", source="Letter of 2 November",
    effective_on=TODAY + 30 * DAY, todo="Use the new form.", due_on=TODAY + 20 * DAY,
)  # fmt: skip
LOCAL = replace(WHOLE, reach="local", council="Tansfordshire Council", la="201")


def trust_people(world: World) -> World:
    """A director, a governor and a trustee beside the cast."""
    for name, role, school in (
        ("dina", "director", None), ("gwen", "governor", world.oakfield), ("tom", "send_trustee", None),
    ):  # fmt: skip
        world.people[name] = a_person(name.title(), "Lowe")
        a_post(world.people[name], role, school)
    return world


def a_notice(world: World, *, by: str = "dina", on: date = TODAY, draft: Draft = WHOLE, **more: Any) -> ChangeNotice:
    """A published notice."""
    return actions.publish(draft=replace(draft, **more), by=world.actor(by), on=on)


def task_of(notice: ChangeNotice, school: School) -> ChangeTask:
    return ChangeTask.objects.get(notice=notice, school=school)
