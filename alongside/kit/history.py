"""Row history by database triggers: raw SQL and bulk writes are caught as well.

The actor and the reason come from `pghistory.context_metadata`, which `access.enter` sets for the
transaction, so that no statement pays for it again.
"""

from typing import Any

import pghistory


def tracked(*, exclude: tuple[str, ...] = ()) -> Any:
    """Class decorator: keep every version of a row, with who and why."""
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=list(exclude),
    )
