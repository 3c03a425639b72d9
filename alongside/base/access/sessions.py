"""Django's sessions in the database, read by one prepared statement: every page begins with it."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db

from alongside.kit import sql

_READ = "select session_data from django_session where session_key = %(key)s and expire_date > now()"


class SessionStore(db.SessionStore):
    """As Django's own in everything else."""

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing, and another key when it is next saved, where it is gone or over."""
        found = sql.rows(_READ, {"key": self.session_key}) if self.session_key else []
        if not found:
            self._session_key = None
            return {}
        held: dict[str, Any] = self.decode(found[0][0])
        return held
