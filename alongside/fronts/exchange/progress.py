"""Telling how far a long piece of work has come, from outside its transaction."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

Tell = Callable[[int, int], None]
_EVERY = 1.0  # seconds


def silent(done: int, total: int) -> None:
    """Tell nobody."""


@contextmanager
def told(batch_id: int, school_id: int) -> Iterator[Tell]:
    """A second connection that writes progress at once, so that a page sees it while the work is still one transaction.

    What it writes is a sign of life too: work that stays silent was cut off.
    """
    other = connection.copy()
    last = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal last
        if done < total and time.monotonic() - last < _EVERY:
            return
        last = time.monotonic()
        with other.cursor() as cursor:
            cursor.execute(
                "update exchange_batch set done = %s, total = %s, beat_at = clock_timestamp() where id = %s",
                [done, total, batch_id],
            )

    try:
        with other.cursor() as cursor:
            cursor.execute("select set_config('app.schools', %s, false)", [str(school_id)])
        yield tell
    finally:
        other.close()
