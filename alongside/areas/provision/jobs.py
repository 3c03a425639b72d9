"""The night's count of what was given, for the register."""

from alongside.areas.provision.actions import recount
from alongside.base.access.scope import all_schools, scope
from alongside.kit.jobs import job
from alongside.kit.time import today


@job("provision.nightly", cron="45 2 * * *", lock="provision.nightly")
def nightly(timestamp: int = 0) -> None:
    """Recount every school: lines begin and end, and the last two weeks move on, without anybody saving."""
    for school in all_schools():
        with scope([school], why="nightly count of provision"):
            recount(schools=[school], on=today())
