"""The nightly recomputation. What it finds that no day has moved is a defect, and is logged as one."""

import logging

from alongside.base.access.scope import all_schools, scope
from alongside.base.deadlines.actions import Difference, keep_run, last_night, refresh, refresh_at_night
from alongside.kit.jobs import job
from alongside.kit.time import now, today

log = logging.getLogger(__name__)


@job("deadlines.nightly", cron="15 2 * * *", lock="deadlines.nightly")
def nightly(timestamp: int = 0) -> None:
    """Recompute every school's clocks, one school to a transaction, and keep what was found."""
    began, found, on = now(), [], today()
    since = last_night(on=on)
    for school in all_schools():
        with scope([school], why="nightly recomputation"):
            difference = refresh_at_night(school=school, on=on, since=since)
        _report(school, difference)
        found.append(difference)
    keep_run(found=found, began=began, ended=now(), on=on)


@job("deadlines.recompute")
def recompute(schools: list[int]) -> None:
    """Recompute now, because a calendar or a rule changed: these schools, or every school for an empty list."""
    for school in schools or all_schools():
        with scope([school], why="a calendar changed"):
            refresh(schools=[school], on=today())


def _report(school: int, difference: Difference) -> None:
    """The passing of a day rightly opens, changes and ends clocks; anything else was missed by a save."""
    if difference.drift:
        log.error("deadlines of school %s had drifted: a save had missed %s", school, difference.drift)
