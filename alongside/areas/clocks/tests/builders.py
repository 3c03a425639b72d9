"""Rows of Today as the clocks would have them, without the facts behind."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

from alongside.base.deadlines.models import Deadline
from alongside.base.pupils.models import Pupil
from alongside.base.schools.models import School
from tests.people import TODAY

_serial = count(1)
_RULE = {"legal": "AR-01", "family": "S04-ANSWER", "rest": "S04-TRIAGE"}


def a_row(
    school: School, band: str = "rest", days: int = 3, *, pupil: Pupil | None = None, owner: str = "senco",
    person: int | None = None, clock: str = "", runs: int = 60, on: date = TODAY,
) -> Deadline:  # fmt: skip
    """A row that is due some days from a day; its clock has run for `runs` days by its end."""
    due = on + timedelta(days)
    return Deadline.objects.create(
        clock=clock or _RULE[band], kind="test", about_id=next(_serial), school=school, pupil_id=pupil.pk if pupil else None,
        band=band, owner=owner, owner_person_id=person, counted_from=due - timedelta(runs), due=due, practical=due,
        what="a talk", why="because of its day", action="Open", url=f"/pupils/{pupil.pk if pupil else 0}/",
    )  # fmt: skip
