"""The night's recomputation of every duty, and every few minutes of those that a save has touched."""

from alongside.areas.duties.actions import refresh, refresh_trust, settle
from alongside.base.access.scope import all_schools, scope
from alongside.kit.jobs import job
from alongside.kit.time import today

_TOGETHER = 25  # schools to a transaction


@job("states.nightly", cron="30 3 * * *", lock="states.nightly")
def nightly(timestamp: int = 0) -> None:
    """Work out every duty of every school, then the trust's. After the clocks and the counts that some rest on."""
    schools = all_schools()
    for first in range(0, len(schools), _TOGETHER):
        some = schools[first : first + _TOGETHER]
        with scope(some, why="nightly states of duties"):
            refresh(schools=some, on=today())
    with scope(schools, why="nightly states of duties"):
        refresh_trust(on=today())


@job("states.touched", cron="*/5 * * * *", lock="states.touched")
def touched(timestamp: int = 0) -> None:
    """Work out again what saves have touched; the trust's duties only when something was."""
    schools = all_schools()
    with scope(schools, why="states of duties after saves"):
        if settle(schools=schools, on=today()):
            refresh_trust(on=today())


@job("states.recompute")
def recompute(schools: list[int]) -> None:
    """Work out every duty of these schools now: a school has joined, or who holds a post has changed."""
    with scope(all_schools(), why="states of duties after a change of schools or posts"):
        refresh(schools=schools, on=today())
        refresh_trust(on=today())
