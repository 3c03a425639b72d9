"""The night's warnings, after the clocks have been worked out again and before anybody is mailed."""

from alongside.areas.clocks.actions import warn
from alongside.base.access.scope import scope
from alongside.base.schools.models import School
from alongside.kit.jobs import job
from alongside.kit.time import today


@job("clocks.warn", cron="0 4 * * *", lock="clocks.warn")
def warn_all(timestamp: int = 0) -> None:
    """Warn whom it concerns, one school to a transaction and behind its own wall."""
    for school in School.objects.all():
        with scope([school.pk], why="nightly warnings"):
            warn(school=school, on=today())
