"""What other areas lay beside concerns. They stand above this one, so each registers a function, as clocks do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from alongside.base.access.actor import Actor
from alongside.base.pupils.models import Pupil
from alongside.design.charts import Chart


@dataclass(frozen=True, slots=True)
class Beside:
    """Something to read next to a concern: lines of (mark, its word, text), a chart, and where there is more."""

    head: str
    note: str
    lines: tuple[tuple[str, str, str], ...]
    chart: Chart | None
    link: str
    url: str


@dataclass(frozen=True, slots=True)
class Waits:
    """Something that waits beside the queue, in a sentence."""

    says: str
    late: bool
    link: str
    url: str


OfPupil = Callable[[Actor, Pupil, date], "Beside | None"]
OfQueue = Callable[[Actor, date], "Waits | None"]
OF_PUPIL: list[OfPupil] = []
OF_QUEUE: list[OfQueue] = []


def beside_concern(function: OfPupil) -> OfPupil:
    """Register what is laid beside a concern about a pupil, for those who triage it."""
    OF_PUPIL.append(function)
    return function


def beside_queue(function: OfQueue) -> OfQueue:
    """Register what waits beside the queue."""
    OF_QUEUE.append(function)
    return function
