"""The night's asking: whose results are missing after the day."""

from alongside.areas.assessment.actions import chase
from alongside.base.access.scope import all_schools, scope
from alongside.kit.jobs import job
from alongside.kit.time import today


@job("assessment.nightly", cron="20 5 * * 1-5", lock="assessment.nightly")
def nightly(timestamp: int = 0) -> None:
    """Ask once for what is missing, one school to a transaction. Early on weekdays, so that it is there by morning."""
    for school in all_schools():
        with scope([school], why="asking for results") as system:
            chase(school_id=school, by=system, on=today())
