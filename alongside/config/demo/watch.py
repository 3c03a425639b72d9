"""How the invented trust watched its dates: warnings of the last days, a reason, what waits, and who covers next week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from alongside.areas.clocks.actions import Reason, give_reason, put_off, warn
from alongside.areas.clocks.models import Missed, Told
from alongside.areas.clocks.rules import Because
from alongside.areas.concerns.models import Concern
from alongside.areas.cover.actions import Draft, hand_over
from alongside.areas.cover.models import Handover
from alongside.areas.cover.rules import Span
from alongside.base.access.actor import Actor
from alongside.base.access.models import Post
from alongside.base.access.scope import actor_of, scope
from alongside.base.deadlines.models import Deadline, Run, Stopped
from alongside.base.people.models import Person
from alongside.base.schools.models import School
from alongside.base.schools.queries import calendars
from alongside.kit.time import LONDON
from alongside.law import clocks
from alongside.law.rule import Band

_WARNED = (4, 1)  # days ago on which the night's job told somebody; at most schools the last of them only
_BOTH_NIGHTS = 4
_NIGHTS = 10
_TERM = timedelta(days=80)


def watch_dates(*, seed: int, on: date) -> None:
    """Warn, explain, put off and hand over at schools where nobody was warned yet, by the product's own verbs."""
    schools = list(School.objects.order_by("pk"))
    for number, school in enumerate(schools):
        with scope([school.pk], why="invented trust"):
            if not Told.objects.filter(school=school).exists():
                _stopped(school, on)
                for ago in _WARNED if number < _BOTH_NIGHTS else _WARNED[-1:]:
                    warn(school=school, on=on - timedelta(days=ago))
    if not Run.objects.exists():
        _nights(len(schools), Random(f"{seed}-nights"), on)
    if schools:
        with scope([schools[0].pk], why="invented trust"):
            _first_school(schools[0], on)


def _stopped(school: School, on: date) -> None:
    """The concerns that were answered this term, as clocks that stopped on the day of the answer."""
    calendar = calendars([school.pk], on=on)[school.pk]
    answered = Concern.objects.filter(school=school, triaged_on__gt=on - _TERM).order_by("pk")
    Stopped.objects.bulk_create(
        (
            Stopped(
                clock=clocks.TRIAGE.code, kind="concern", about_id=row.pk, pupil_id=row.pupil_id, school=school,
                band=Band.REST, owner="senco", due=clocks.due(clocks.TRIAGE, row.raised_on, calendar).due, on=row.triaged_on,
            )
            for row in answered
            if row.triaged_on is not None
        ),
        batch_size=1_000,
    )  # fmt: skip


def _nights(schools: int, draw: Random, on: date) -> None:
    Run.objects.bulk_create(
        Run(
            on=(day := on - timedelta(days=ago)), began_at=datetime.combine(day, time(2, 15), LONDON),
            seconds=round(schools * draw.uniform(0.2, 0.3), 1), schools=schools, added=draw.randint(0, schools),
            changed=0, removed=0,
        )
        for ago in range(_NIGHTS, 0, -1)
    )  # fmt: skip


def _first_school(school: School, on: date) -> None:
    """A reason, a row that waits, and a handover in the coming week."""
    if Handover.objects.filter(school=school).exists():
        return
    holders = Post.objects.filter(school=school, until=None).select_related("person").order_by("pk")
    head, senco, teachers = (
        [post.person for post in holders if post.role == role] for role in ("head", "senco", "teacher")
    )
    if not (head and senco and len(teachers) > 1):
        return
    by = actor_of(senco[0], on=on)
    _reason(school, actor_of(head[0], on=on), on)
    rows = Deadline.objects.filter(school=school, band=Band.REST, due__gt=on).exclude(pupil_id__in=by.own_children)
    for row in rows.order_by("due", "pk")[:1]:
        put_off(row=row, until=on + timedelta(days=9), why="The hearing test is next week", by=by, on=on)
    monday = on + timedelta(days=7 - on.weekday())
    words = "Registers are in the shared folder."
    cover = _somebody_else(teachers, senco[0].pk)
    draft = Draft(cover, Span(monday, monday + timedelta(days=2)), "On a course", words)
    hand_over(school=school, draft=draft, by=by, on=on)


def _somebody_else(teachers: Sequence[Person], senco: int) -> int:
    return next(each.pk for each in teachers if each.pk != senco)


def _reason(school: School, by: Actor, on: date) -> None:
    missed = Missed.objects.filter(school=school, because="").order_by("due", "pk").first()
    if missed is not None:
        words = "The therapist was ill and the council’s officer could not come on another day."
        give_reason(missed=missed, reason=Reason(Because.OTHERS, words), by=by, on=on)
