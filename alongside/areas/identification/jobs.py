"""The sweep, after results have changed, each night, and when the director asks."""

from __future__ import annotations

from alongside.areas.identification import compute, queries
from alongside.areas.identification.actions import sweep
from alongside.base.access.scope import all_schools, scope
from alongside.kit.jobs import job
from alongside.kit.time import today


@job("progress.changed", cron="*/10 * * * *", lock="progress.changed")
def changed(timestamp: int = 0) -> None:
    """Sweep the groups of the newest season whose results are not those that were swept last."""
    with scope(all_schools(), why="sweep after results changed") as everybody:
        waiting = queries.behind(compute.newest(today()))
        if waiting:
            sweep(groups=waiting, by=everybody, on=today())


@job("progress.sweep", cron="20 1 * * *", lock="progress.sweep")
def swept(timestamp: int = 0) -> None:
    """Sweep the newest season anew: at night, for pupils leave and move; or the director asked, or switched a sign."""
    with scope(all_schools(), why="sweep that was asked for") as everybody:
        sweep(groups=compute.newest(today()), by=everybody, on=today())
