"""Each morning: a school in which nobody is SENCO any more is told of it on that day."""

from alongside.areas.workforce.actions import tell_gap
from alongside.base.access.scope import all_schools, scope
from alongside.kit.jobs import job
from alongside.kit.time import today


@job("workforce.gaps", cron="0 6 * * *", lock="workforce.gaps")
def gaps(timestamp: int = 0) -> None:
    """Tell of every gap that was not told of yet, one school to a transaction."""
    for school in all_schools():
        with scope([school], why="is there a SENCO") as system:
            tell_gap(school=school, by=system, on=today())
