"""Telling somebody."""

from datetime import date

from alongside.base.access.actor import Actor
from alongside.base.notices.models import Notice
from alongside.kit.time import now


def tell(
    *, person_id: int, school_id: int, kind: str, says: str, url: str, on: date, pupil_id: int | None = None
) -> Notice:
    """Put a notice in front of one person, in the transaction of what it tells."""
    return Notice.objects.create(
        to_id=person_id, school_id=school_id, pupil_id=pupil_id, kind=kind, says=says, url=url, created_on=on
    )


def read(*, by: Actor, notice_id: int | None = None) -> int:
    """Mark one notice, or all, of this person as read; returns how many were new."""
    waiting = Notice.objects.filter(to_id=by.person_id, read_at=None)
    if notice_id is not None:
        waiting = waiting.filter(pk=notice_id)
    return waiting.update(read_at=now())
