"""Sessions that are over."""

from __future__ import annotations

from alongside.base.access.sessions import SessionStore
from alongside.kit.jobs import job


@job("access.nightly", cron="15 3 * * *", lock="access.nightly")
def nightly(timestamp: int = 0) -> None:
    """Drop sessions that nobody can use any more."""
    SessionStore.clear_expired()
