"""The long work on files, in the background: reading, bringing in, undoing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date

from alongside.base.access.actor import Actor
from alongside.base.access.scope import actor_of, all_schools, scope
from alongside.base.people.models import Person
from alongside.fronts.exchange import actions
from alongside.fronts.exchange.models import Batch
from alongside.fronts.exchange.progress import Tell, told
from alongside.kit.jobs import job
from alongside.kit.tables.faults import Unreadable
from alongside.kit.time import now

_DAY = 24 * 60 * 60
log = logging.getLogger(__name__)
_BROKEN = "Something went wrong on our side. Nothing of this file was kept, so you can try again."


@job("exchange.read")
def read(batch: int, on: str, person: int) -> None:
    """Read a file and stage its rows."""
    _work(batch, on, person, actions.stage)


@job("exchange.apply")
def apply(batch: int, on: str, person: int) -> None:
    """Bring a staged file in."""
    _work(batch, on, person, actions.apply)


@job("exchange.undo")
def undo(batch: int, on: str, person: int) -> None:
    """Undo a file."""
    _work(batch, on, person, actions.undo)


def _work(batch_id: int, on: str, person: int, action: Callable[..., object]) -> None:
    """Do one action on a file, for the person who asked, with every school of the trust in sight."""
    day = date.fromisoformat(on)
    try:
        with scope(all_schools(), person=person, why="exchange") as system:
            batch = Batch.objects.select_related("school").get(pk=batch_id)
            by = _actor(person, day, system)
            with told(batch.pk, batch.school_id) as tell:
                _do(action, batch, by, day, tell)
    except Exception:
        log.exception("file %s broke off", batch_id)
        _say_broken(batch_id, day)
        raise


def _do(action: Callable[..., object], batch: Batch, by: Actor, on: date, tell: Tell) -> None:
    """The action, and the reason on the batch when the file turned out unreadable."""
    from django.db.transaction import atomic

    try:
        with atomic():
            action(batch=batch, by=by, on=on, tell=tell)
    except Unreadable as error:
        actions.refuse_file(batch=batch, fault=error.fault, by=by, on=on)


def _actor(person: int, on: date, system: Actor) -> Actor:
    found = Person.objects.filter(pk=person).first()
    return actor_of(found, on=on) if found else system


def _say_broken(batch_id: int, on: date) -> None:
    with scope(all_schools(), why="exchange") as system:
        batch = Batch.objects.filter(pk=batch_id).first()
        if batch is not None:
            actions.fail(batch=batch, says=_BROKEN, by=system, on=on)


@job("exchange.sweep", cron="45 2 * * *", lock="exchange.sweep")
def sweep(timestamp: int = 0) -> None:
    """Delete files that were stored for an upload which never came about."""
    with scope(all_schools(), why="exchange"):
        actions.sweep(older_than=now().timestamp() - _DAY)
