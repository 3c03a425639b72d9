"""A pupil's file goes with the pupil: every row about them changes school, in every table there is.

The trust is one data controller, so a move inside it is no disclosure; who may read changes with the school.
What is about the old school's people (its classes, the adults linked there) stays and ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Q

from alongside.base.history.models import Event, Viewing
from alongside.base.pupils.models import AdultLink, Membership, Pupil
from alongside.law.calendar import DAY

TIES: Mapping[str, type[Membership] | type[AdultLink]] = {"memberships": Membership, "links": AdultLink}
_STAY = (Pupil, Membership, AdultLink, Event, Viewing)  # the pupil's own row is saved by its caller


@dataclass(slots=True)
class Ended:
    """What ended for one pupil who moves, so that it can be put back."""

    ended: dict[str, list[tuple[int, date | None]]] = field(default_factory=dict)  # ids with the end they had
    dropped: dict[str, list[Any]] = field(default_factory=dict)  # rows that were still to come


def take_files(pupils: Collection[int], *, to: int) -> None:
    """Give every row about these pupils to another school. The wall must stand open to both."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(
                f"update {quote(table)} set school_id = %s "  # noqa: S608  (names of our own tables only)
                "where pupil_id = any(%s) and school_id <> %s",
                [to, list(pupils), to],
            )


def _tables() -> Iterator[str]:
    for model in apps.get_models():
        columns = {getattr(field, "column", None) for field in model._meta.get_fields()}
        ours = model.__module__.startswith("alongside.") and not model.__module__.startswith(
            "alongside.fronts.exchange"
        )
        is_version = hasattr(model, "pgh_tracked_model")
        if ours and not is_version and model not in _STAY and {"pupil_id", "school_id"} <= columns:
            yield model._meta.db_table


def end_ties(pupils: Collection[int], *, to: int, on: date) -> dict[int, Ended]:
    """End classes and named adults at the schools they leave."""
    running = (Q(until=None) | Q(until__gte=on)) & Q(pupil__in=pupils) & ~Q(school_id=to)
    found: defaultdict[int, Ended] = defaultdict(Ended)
    for name, model in TIES.items():
        rows: Any = model._default_manager.filter(running)
        for row in rows:
            if row.since < on:
                found[row.pupil_id].ended.setdefault(name, []).append((row.pk, row.until))
            else:
                found[row.pupil_id].dropped.setdefault(name, []).append(row)
        rows.filter(since__lt=on).update(until=on - DAY)
        rows.filter(since__gte=on).delete()
    return found
