"""Writing the record: what happened, and who looked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from alongside.base.access.actor import Actor
from alongside.base.history.kinds import Kind
from alongside.base.history.models import Event, Viewing
from alongside.kit.bulk import insert_many


def record(
    kind: Kind,
    /,
    *,
    by: Actor,
    on: date,
    about: int | None = None,
    pupil: int | None = None,
    school: int | None = None,
    why: str = "",
    facts: Mapping[str, object] | None = None,
    **more: object,
) -> Event:
    """Write one event in the transaction of the change it tells. `on` is the day it happened."""
    return Event.objects.create(**_row(kind, by, on, about, pupil, school, why, {**(facts or {}), **more}))


def record_many(
    kind: Kind, rows: Iterable[tuple[int, int, dict[str, object]]], *, by: Actor, on: date, why: str = ""
) -> None:
    """Write an event for each (pupil, school, facts), in chunks; for imports and other work in bulk."""
    insert_many([Event(**_row(kind, by, on, pupil, pupil, school, why, facts)) for pupil, school, facts in rows])


def viewed(*, pupil: int, school: int, by: Actor, page: str) -> None:
    """Write that somebody opened a page about a pupil."""
    Viewing.objects.create(
        pupil_id=pupil, school_id=school, by_id=by.person_id, by_name=by.name,
        role=by.main_role.code if by.main_role else "", page=page,
    )  # fmt: skip


def viewed_many(pupils: Iterable[tuple[int, int]], *, by: Actor, page: str) -> None:
    """Write that somebody opened one page about several (pupil, school), in one statement."""
    role = by.main_role.code if by.main_role else ""
    Viewing.objects.bulk_create(
        Viewing(pupil_id=pupil, school_id=school, by_id=by.person_id, by_name=by.name, role=role, page=page)
        for pupil, school in pupils
    )


def _row(
    kind: Kind, by: Actor, on: date, about: int | None, pupil: int | None, school: int | None, why: str,
    facts: dict[str, object],
) -> dict[str, object]:  # fmt: skip
    return {
        "kind": kind.code, "about_id": about, "pupil_id": pupil, "school_id": school,
        "by_id": by.person_id or None, "by_name": by.name, "on": on, "why": why, "facts": facts,
    }  # fmt: skip
