"""Keeping the table of open clocks equal to what the facts say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from alongside.base.deadlines.models import Deadline, Run, Stopped
from alongside.base.deadlines.sources import SOURCES, Ask, Running, Source
from alongside.base.schools.queries import calendars

_COMPARED = (
    "pupil_id", "school_id", "band", "owner", "owner_person_id", "counted_from", "due", "practical", "what",
    "why", "progress", "action", "url",
)  # fmt: skip

Key = tuple[str, str, int]
_DAY, _MONTH = timedelta(days=1), timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Difference:
    """What the table lacked, held wrongly, or held too long; `drift` is how much of it a save had missed, told at night."""

    added: int
    changed: int
    removed: int
    drift: int = 0

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

    `pupils` and `sources` narrow it to what a save has touched.
    """
    chosen = [SOURCES[name] for name in (sources or SOURCES)]
    ask = Ask(on, calendars(schools, on=on), pupils)
    return _settle(_wanted(chosen, ask), _standing(chosen, ask), on, by_day=frozenset())


def refresh_at_night(*, school: int, on: date, since: date) -> Difference:
    """Recompute all clocks of a school, and tell what the days since the last night moved from what a save had missed.

    The facts as they are now are asked about each of those days. What the table has and they said then, the passing of a
    day has moved. What they said on none of them was missed.
    """
    every = list(SOURCES.values())
    ask = Ask(on, calendars([school], on=on))
    wanted, standing = _wanted(every, ask), _standing(every, ask)
    differ = {key for key in wanted.keys() | standing.keys() if not _alike(standing.get(key), wanted.get(key))}
    missed, day = differ, on
    while missed and (day := day - _DAY) >= since:
        codes = {clock for clock, *_ in missed}
        concerned = (each for each in every if not codes.isdisjoint(rule.code for rule in each.clocks))
        then = _wanted(concerned, Ask(day, calendars([school], on=day)))
        missed = {key for key in missed if not _alike(standing.get(key), then.get(key))}
    return replace(_settle(wanted, standing, on, by_day=differ - missed), drift=len(missed))


def last_night(*, on: date) -> date:
    """The day of the last recomputation before a day; where there was none in a month, the day a month ago."""
    found = Run.objects.filter(on__lt=on, on__gte=on - _MONTH).order_by("-on").values_list("on", flat=True).first()
    return found or on - _MONTH


def _wanted(chosen: Iterable[Source], ask: Ask) -> dict[Key, Running]:
    return {_key(running): running for source in chosen for running in source.compute(ask)}


def _standing(chosen: Iterable[Source], ask: Ask) -> dict[Key, Deadline]:
    codes = [clock.code for source in chosen for clock in source.clocks]
    rows = Deadline.objects.filter(clock__in=codes, **ask.narrow())
    return {(row.clock, row.kind, row.about_id): row for row in rows}


def _settle(
    wanted: Mapping[Key, Running], standing: Mapping[Key, Deadline], on: date, *, by_day: Collection[Key]
) -> Difference:
    """Make the table say what is wanted. `by_day` are the clocks that nothing but the passing of a day has moved."""
    fresh = [_row(running) for key, running in wanted.items() if key not in standing]
    changed = [row for key, row in standing.items() if key in wanted and _update(row, wanted[key])]
    gone = {key: row for key, row in standing.items() if key not in wanted}
    if fresh:
        Deadline.objects.bulk_create(fresh, batch_size=1_000)
    if changed:
        Deadline.objects.bulk_update(changed, _COMPARED, batch_size=500)
    if gone:
        # What a day ended before it was due was nobody's work, so it is no proof of any.
        _stop([row for key, row in gone.items() if key not in by_day or row.due < on], on)
        Deadline.objects.filter(pk__in=[row.pk for row in gone.values()]).delete()
    return Difference(len(fresh), len(changed), len(gone))


def _stop(gone: Iterable[Deadline], on: date) -> None:
    """Keep that these clocks run no longer."""
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


def keep_run(*, found: Sequence[Difference], began: datetime, ended: datetime, on: date) -> Run:
    """Keep what a night's recomputation found: one difference a school."""
    return Run.objects.create(
        on=on, began_at=began, seconds=(ended - began).total_seconds(), schools=len(found),
        added=sum(each.added for each in found), changed=sum(each.changed for each in found),
        removed=sum(each.removed for each in found), drift=sum(each.drift for each in found),
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


def _alike(row: Deadline | None, running: Running | None) -> bool:
    """Whether the table and the facts say the same of a clock, or neither has it."""
    if row is None or running is None:
        return row is None and running is None
    return all(getattr(row, name) == value for name, value in _values(running).items())


def _update(row: Deadline, running: Running) -> bool:
    """Bring a row up to date; True when anything about it differed."""
    if _alike(row, running):
        return False
    for name, value in _values(running).items():
        setattr(row, name, value)
    return True
