"""One thin door to the job queue, which lives in the same database as the work."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.db.transaction import atomic
from procrastinate import Blueprint
from procrastinate.exceptions import AlreadyEnqueued

NAMESPACE = "alongside"  # what the queue puts before the names of our jobs
queue = Blueprint()


def job(name: str, *, cron: str = "", lock: str | None = None) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a function as a job. `cron` runs it by the clock; the rest is asked for with `enqueue`."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        task = queue.task(name=name, queueing_lock=lock, pass_context=False)(function)
        if cron:
            queue.periodic(cron=cron)(task)
        return function

    return register


def enqueue(name: str, **arguments: Any) -> None:
    """Ask for a job. It runs only if the transaction it was asked for in is committed.

    One that waits already, where only one may, is what was asked for.
    """
    from procrastinate.contrib.django import app  # the app exists once Django is set up

    with suppress(AlreadyEnqueued), atomic():
        app.configure_task(f"{NAMESPACE}:{name}", allow_unknown=False).defer(**arguments)
