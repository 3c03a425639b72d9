"""Departures made by the product's own verb, and dates of the Code that were missed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import count

from alongside.areas.clocks.models import Missed
from alongside.areas.departures.actions import log
from alongside.areas.departures.models import Departure
from alongside.areas.departures.rules import Draft
from alongside.base.access.actor import Actor
from alongside.base.pupils.models import Pupil
from alongside.base.schools.models import School
from tests.people import TODAY

_serial = count(1)
DRAFT = Draft(
    "pupil", "GA-09", "One long cycle instead of two", "The therapist asked for it", "She keeps her helper",
    TODAY - timedelta(days=1),
)  # fmt: skip


def a_departure(
    by: Actor, school: School, pupil: Pupil | None = None, *, on: date = TODAY, missed: Missed | None = None, **change: object
) -> Departure:  # fmt: skip
    draft = replace(DRAFT, **{"about": "pupil" if pupil else "school", **change})  # type: ignore[arg-type]
    return log(school=school, pupil=pupil, draft=draft, missed=missed, by=by, on=on)


def a_missed(pupil: Pupil, days: int = 5, clock: str = "GA-06", **more: object) -> Missed:
    due = TODAY - timedelta(days=days)
    return Missed.objects.create(
        clock=clock, kind="cycle", about_id=next(_serial), due=due, pupil=pupil, school=pupil.school,
        what="review of cycle 1", noted_on=due + timedelta(days=1), **more,
    )  # fmt: skip
