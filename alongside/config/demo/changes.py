"""Change notices of the invented trust: one done everywhere, a local one that is late at a school, one that has just gone out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from alongside.areas.changes import actions
from alongside.areas.changes.models import ChangeNotice, ChangeTask
from alongside.areas.changes.rules import Draft, Reach
from alongside.base.access.actor import Actor
from alongside.base.access.models import Post
from alongside.base.access.scope import actor_of, all_schools, scope
from alongside.base.notices.models import Notice
from alongside.base.schools.models import School
from alongside.config.demo.names import COUNCILS
from alongside.kit.time import now

DAY = timedelta(days=1)
_DONE = (
    "Every class sheet has the new page, and staff were told on the training day.",
    "Told at the staff meeting. The office has the new form.",
    "The old form is gone from the shared drive, and the new one is in its place.",
)


def announce_changes(*, on: date) -> None:
    """Write the notices, unless there are some already."""
    with scope(all_schools(), why="invented trust"):
        central = _holder("central", None, on)
        if central is None or ChangeNotice.objects.exists():
            return
        _done_everywhere(central, on)
        _late_at_one(central, on)
        _new(central, on)
        # What was told more than four days ago has been read.
        Notice.objects.filter(kind__startswith="change.", created_on__lt=on - 4 * DAY).update(read_at=now())


def _holder(role: str, school: int | None, on: date) -> Actor | None:
    post = Post.objects.filter(role=role, school=school).select_related("person").order_by("pk").first()
    return actor_of(post.person, on=on) if post else None


def _tasks(notice: ChangeNotice) -> Sequence[ChangeTask]:
    return list(ChangeTask.objects.filter(notice=notice).order_by("school_id"))


def _finish(tasks: Sequence[ChangeTask], since: date, on: date) -> None:
    for number, task in enumerate(tasks):
        senco = _holder("senco", task.school_id, on)
        if senco is not None:
            actions.acknowledge(task=task, by=senco, on=since + (number + 1) * DAY)
            actions.finish(task=task, words=_DONE[number % len(_DONE)], by=senco, on=since + (number + 5) * DAY)


def _done_everywhere(by: Actor, on: date) -> None:
    draft = Draft(
        "Keeping children safe in education: September 2026", Reach.NATIONAL,
        summary="The guidance has a new edition. Staff read part one of it, or its shorter version.",
        source="Department for Education, statutory guidance", effective_on=on - 30 * DAY,
        todo="Have all staff read it, and take the old edition out of the staff handbook.", due_on=on - 35 * DAY,
    )  # fmt: skip
    notice = actions.publish(draft=draft, by=by, on=on - 60 * DAY)
    _finish(_tasks(notice), on - 60 * DAY, on)


def _late_at_one(by: Actor, on: date) -> None:
    """Of the council of the first school; the last of its schools has seen the change and not done it."""
    first = School.objects.order_by("pk").first()
    assert first is not None
    draft = Draft(
        "One new form for asking for an EHC needs assessment", Reach.LOCAL, council=COUNCILS.get(first.la, "The council"),
        la=first.la, schools=(first.pk,), summary="The council takes requests on one form from now on. It returns old forms.",
        source="Letter of the council’s SEND team to headteachers", effective_on=on + 7 * DAY,
        todo="Put the new form in the place of the old one.\nTell whoever writes requests at your school.", due_on=on - 6 * DAY,
    )  # fmt: skip
    notice = actions.publish(draft=draft, by=by, on=on - 40 * DAY)
    *others, last = _tasks(notice)
    _finish(others, on - 40 * DAY, on)
    late, asks = _holder("senco", last.school_id, on), (others or [last])[0]
    if late is not None:
        actions.acknowledge(task=last, by=late, on=on - 30 * DAY)
    asking = _holder("senco", asks.school_id, on)
    if asking is not None:
        words = "Does a request that is already half written have to begin again?"
        asked = actions.ask(task=asks, words=words, by=asking, on=on - 34 * DAY)
        reply = "No. What was begun before the day it takes effect may be sent on the old form."
        actions.answer(question=asked, words=reply, by=by, on=on - 33 * DAY)


def _new(by: Actor, on: date) -> None:
    draft = Draft(
        "School census in January: the codes for need", Reach.NATIONAL,
        summary="The census refuses a pupil with SEN support who has no main need. Nothing else changes.",
        source="Department for Education, school census guide", effective_on=on + 45 * DAY,
        todo="Look through the list of pupils whose main need is not recorded, and record it.", due_on=on + 20 * DAY,
    )  # fmt: skip
    actions.publish(draft=draft, by=by, on=on - 2 * DAY)
