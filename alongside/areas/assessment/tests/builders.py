"""Points, classes and results, made by the product's own verbs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from alongside.areas.assessment import actions, grid, rules, shipped
from alongside.areas.assessment.judging import Cell
from alongside.areas.assessment.models import Point, Scale, Sitting
from alongside.base.access.actor import Actor, system
from alongside.base.access.scope import all_schools
from alongside.base.pupils.models import Group, Pupil
from tests.people import TODAY

OPENS, DUE = date(2026, 11, 2), date(2026, 11, 20)  # due on the Friday before today


def a_scale(code: str = "sas") -> Scale:
    """A shipped scale."""
    shipped.load()
    return Scale.objects.get(code=code, own=False)


def a_point(
    *, opens_on: date = OPENS, due_on: date = DUE, school_id: int | None = None, name: str = "Autumn 2026",
    season: rules.Season = rules.Season.AUTUMN, school_year: int = 2026, on: date = TODAY,
) -> Point:  # fmt: skip
    draft = actions.PointDraft(name, season, school_year, opens_on, due_on, school_id)
    return actions.set_point(draft=draft, by=system(all_schools()), on=on)


def a_sitting(point: Point, subject: str = "reading", scale: str = "sas", nc_years: Sequence[str] = ("4",)) -> Sitting:
    return actions.add_sitting(
        point=point, subject=subject, scale=a_scale(scale), nc_years=nc_years, by=system(all_schools()), on=TODAY
    )


def enter(
    by: Actor, point: Point, group: Group, values: Mapping[tuple[Pupil, Sitting], str], *,
    was: Mapping[tuple[Pupil, Sitting], str] | None = None, anyway: bool = False, day: date | None = DUE,
    on: date = TODAY, source: rules.Source = rules.Source.TYPED,
) -> actions.Entered:  # fmt: skip
    """Type these into the page of a class and save it."""
    sheet = grid.sheet_of(by, point.pk, group.pk, on=on)
    cells = [Cell(p.pk, s.pk, text, (was or {}).get((p, s), "")) for (p, s), text in values.items()]
    return actions.enter(sheet=sheet, cells=cells, day=day, source=source, by=by, on=on, anyway=anyway)
