"""One long statement, run as a prepared one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import psycopg
from django.db import connection

_ONLY_WHEN_ASKED = 2**30  # Django turns preparing off; this allows it, and nothing but `_Prepared` asks


class _Prepared(psycopg.Cursor[tuple[Any, ...]]):
    """Binds on the server and keeps the plan: to plan a statement over ten walled tables costs more than to run it."""

    def execute(self, query: Any, params: Any = None, **_: Any) -> _Prepared:
        return super().execute(query, params, prepare=True)


def rows(statement: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
    """Every row of a SELECT with %(named)s places. Django counts and logs it as it does its own statements."""
    connection.ensure_connection()
    connection.connection.prepare_threshold = _ONLY_WHEN_ASKED
    with connection._prepare_cursor(_Prepared(connection.connection)) as cursor:  # type: ignore[attr-defined]
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
