"""Keeping the table of open clocks equal to what the facts say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from alongside.base.deadlines.models import Deadline, Run, Stopped
from alongside.base.deadlines.sources import SOURCES, Ask, Running
from alongside.base.schools.queries import calendars

_COMPARED = (
    "pupil_id", "school_id", "band", "owner", "owner_person_id", "counted_from", "due", "practical", "what",
    "why", "progress", "action", "url",
)  # fmt: skip

Key = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Difference:
    """What the table lacked, held wrongly, or held too long."""

    added: int
    changed: int
    removed: int

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def refresh(
    *,
    schools: Iterable[int],
    on: date,
    pupils: Collection[int] | None = None,
    sources: Iterable[str] | None = None,
) -> Difference:
    """Recompute open clocks from facts and make the table say the same.

    `pupils` and `sources` narrow it to what a save has touched; a night's run narrows nothing.
    """
    chosen = [SOURCES[name] for name in (sources or SOURCES)]
    ask = Ask(on, calendars(schools, on=on), pupils)
    wanted = {_key(r): r for r in chain.from_iterable(source.compute(ask) for source in chosen)}
    codes = [clock.code for source in chosen for clock in source.clocks]
    standing = {
        (row.clock, row.kind, row.about_id): row for row in Deadline.objects.filter(clock__in=codes, **ask.narrow())
    }
    fresh = [_row(running) for key, running in wanted.items() if key not in standing]
    changed = [row for key, row in standing.items() if key in wanted and _update(row, wanted[key])]
    gone = [row for key, row in standing.items() if key not in wanted]
    if fresh:
        Deadline.objects.bulk_create(fresh, batch_size=1_000)
    if changed:
        Deadline.objects.bulk_update(changed, _COMPARED, batch_size=500)
    if gone:
        _stop(gone, on)
    return Difference(len(fresh), len(changed), len(gone))


def _stop(gone: Sequence[Deadline], on: date) -> None:
    """Keep that these clocks run no longer, and take them off the list."""
    Stopped.objects.bulk_create(
        (
            Stopped(
                clock=row.clock, kind=row.kind, about_id=row.about_id, pupil_id=row.pupil_id, school_id=row.school_id,
                band=row.band, owner=row.owner, due=row.due, on=on,
            )
            for row in gone
        ),
        batch_size=1_000,
    )  # fmt: skip
    Deadline.objects.filter(pk__in=[row.pk for row in gone]).delete()


def keep_run(*, found: Sequence[Difference], began: datetime, ended: datetime, on: date) -> Run:
    """Keep what a night's recomputation found: one difference a school."""
    return Run.objects.create(
        on=on, began_at=began, seconds=(ended - began).total_seconds(), schools=len(found),
        added=sum(each.added for each in found), changed=sum(each.changed for each in found),
        removed=sum(each.removed for each in found),
    )  # fmt: skip


def _key(running: Running) -> Key:
    return (running.date.rule.code, running.kind, running.about_id)


def _values(running: Running) -> dict[str, object]:
    date_ = running.date
    return {
        "pupil_id": running.pupil_id, "school_id": running.school_id, "band": date_.rule.band.value,
        "owner": running.owner, "owner_person_id": running.owner_person_id, "counted_from": date_.counted_from,
        "due": date_.due, "practical": date_.practical, "what": running.what[:160], "why": running.why[:240],
        "progress": running.progress[:120], "action": running.action, "url": running.url,
    }  # fmt: skip


def _row(running: Running) -> Deadline:
    clock, kind, about = _key(running)
    return Deadline(clock=clock, kind=kind, about_id=about, **_values(running))


def _update(row: Deadline, running: Running) -> bool:
    """Bring a row up to date; True when anything about it differed."""
    values = _values(running)
    if all(getattr(row, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(row, name, value)
    return True
