"""The open clock of a point: one line a school while results are missing."""

from __future__ import annotations

from collections.abc import Iterable

from alongside.areas.assessment.models import Point
from alongside.areas.assessment.queries import points_of
from alongside.areas.assessment.tally import Covered, coverage
from alongside.base.deadlines.sources import Ask, Running, source
from alongside.law import clocks
from alongside.law.calendar import academic_year


@source("assessment", clocks.RESULTS_DUE)
def assessment(ask: Ask) -> Iterable[Running]:
    """Points of this school year that have opened and lack results. About a school, so never for some pupils alone."""
    if ask.pupils is not None:
        return
    year = academic_year(ask.on).starts_in
    points = points_of(ask.calendars, since=year).filter(school_year=year, opens_on__lte=ask.on)
    by_point = {point.pk: point for point in points}
    if not by_point:
        return
    held: dict[tuple[int, int], dict[int, list[Covered]]] = {}
    for row in coverage(list(ask.calendars), list(by_point), on=ask.on):
        held.setdefault((row.school, row.point), {}).setdefault(row.group, []).append(row)
    for (school, point), classes in sorted(held.items()):
        missing = sum(any(row.missing for row in rows) for rows in classes.values())
        if missing:
            yield _running(ask, school, by_point[point], missing, len(classes))


def _running(ask: Ask, school: int, point: Point, missing: int, whole: int) -> Running:
    due = clocks.due(clocks.RESULTS_DUE, point.due_on, ask.calendars[school])
    return Running(
        due, f"point-{point.pk}", school, None, school, f"results of {point.name} are missing", due.why(),
        "See which", f"/assessment/?point={point.pk}",
        f"{missing} of {whole} {'class' if whole == 1 else 'classes'}",
    )  # fmt: skip
