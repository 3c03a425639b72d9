"""Where open clocks come from: each area registers one function that computes its own from facts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from alongside.law.calendar import SchoolCalendar
from alongside.law.dates import Due
from alongside.law.rule import Rule


@dataclass(frozen=True, slots=True)
class Running:
    """One open clock, with the words of its line on a work list."""

    date: Due
    kind: str
    about_id: int
    pupil_id: int | None
    school_id: int
    what: str
    why: str
    action: str
    url: str
    progress: str = ""
    owner: str = "senco"
    owner_person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """For which pupils clocks are wanted: some, or every pupil of the schools in `calendars`."""

    on: date
    calendars: Mapping[int, SchoolCalendar]
    pupils: Collection[int] | None = None

    def narrow(self, field: str = "pupil_id") -> dict[str, object]:
        """The filter for a queryset of rows with a pupil and a school."""
        chosen: dict[str, object] = {"school_id__in": list(self.calendars)}
        if self.pupils is not None:
            chosen[f"{field}__in"] = list(self.pupils)
        return chosen


@dataclass(frozen=True, slots=True)
class Source:
    name: str
    clocks: tuple[Rule, ...]
    compute: Callable[[Ask], Iterable[Running]]


SOURCES: dict[str, Source] = {}


def source(
    name: str, *clocks: Rule
) -> Callable[[Callable[[Ask], Iterable[Running]]], Callable[[Ask], Iterable[Running]]]:
    """Register a function that computes every open clock of these kinds from facts."""

    def register(compute: Callable[[Ask], Iterable[Running]]) -> Callable[[Ask], Iterable[Running]]:
        SOURCES[name] = Source(name, clocks, compute)
        return compute

    return register
