"""The nightly recomputation. Any difference it finds is a defect, and is logged as one."""

import logging

from alongside.base.access.scope import all_schools, scope
from alongside.base.deadlines.actions import Difference, keep_run, refresh
from alongside.kit.jobs import job
from alongside.kit.time import now, today

log = logging.getLogger(__name__)


@job("deadlines.nightly", cron="15 2 * * *", lock="deadlines.nightly")
def nightly(timestamp: int = 0) -> None:
    """Recompute every school's clocks, one school to a transaction, and keep what was found."""
    began, found = now(), []
    for school in all_schools():
        with scope([school], why="nightly recomputation"):
            difference = refresh(schools=[school], on=today())
        _report(school, difference)
        found.append(difference)
    keep_run(found=found, began=began, ended=now(), on=today())


@job("deadlines.recompute")
def recompute(schools: list[int]) -> None:
    """Recompute now, because a calendar or a rule changed: these schools, or every school for an empty list."""
    for school in schools or all_schools():
        with scope([school], why="a calendar changed"):
            refresh(schools=[school], on=today())


def _report(school: int, difference: Difference) -> None:
    """A clock can rightly open by the passing of a day; one that changed or vanished was missed by a save."""
    if difference.changed or difference.removed:
        log.error(
            "deadlines of school %s had drifted: %s changed, %s removed",
            school,
            difference.changed,
            difference.removed,
        )
