"""A trust's results, made to order, and the sweep over them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from alongside.areas.assessment.models import Point, Result, Scale, Sitting
from alongside.areas.assessment.rules import Kind, Season, Source
from alongside.areas.identification import actions, compute
from alongside.areas.identification.models import Switch
from alongside.areas.identification.rules import Shown, Sign
from alongside.base.access.scope import all_schools, scope
from alongside.base.people.models import Person
from alongside.base.pupils.models import Pupil
from alongside.base.schools.models import School
from tests.people import SEPTEMBER, TODAY, a_person, a_post, a_pupil

AUTUMNS = (2023, 2024, 2025, 2026)
SHOWN = Shown(0.9, 0.1, 0.125, 0.46, 0.91, 0.37, 200_000)


def a_scale(code: str = "STD", kind: Kind = Kind.INTERVAL, **more: object) -> Scale:
    """A standardised test: mean 100, sd 15, reliability 0.90, so that its error is 4.7 points."""
    values: dict[str, object] = {
        "name": f"Scale {code}", "low": 60, "high": 140, "mean": 100, "sd": 15, "reliability": Decimal("0.9"), **more,
    }  # fmt: skip
    return Scale.objects.create(code=code, valid_from=date(2020, 9, 1), kind=kind, own=True, **values)


def a_sitting(scale: Scale, year: int, subject: str = "reading", season: Season = Season.AUTUMN) -> Sitting:
    month = {"autumn": 11, "spring": 3, "summer": 6}[season]
    opens = date(year + (season != "autumn"), month, 2)
    point, _ = Point.objects.get_or_create(
        school_year=year, season=season,
        defaults={"name": f"{season} {year}", "opens_on": opens, "due_on": opens + timedelta(days=14)},
    )  # fmt: skip
    return Sitting.objects.get_or_create(point=point, subject=subject, scale=scale)[0]


def a_year_group(school: School, size: int, *, nc_year: str = "4", class_name: str = "4W") -> list[Pupil]:
    return [
        a_pupil(school, f"Child{n}", "Example", nc_year=nc_year, class_name=class_name, entered_on=date(2022, 9, 5))
        for n in range(size)
    ]


def results(sitting: Sitting, scores: Iterable[tuple[Pupil, float]], *, years_ago: int = 0) -> None:
    """A score for each of these pupils, who were as many year groups lower then."""
    day = sitting.point.opens_on + timedelta(days=7)
    Result.objects.bulk_create(
        Result(
            pupil=pupil, school_id=pupil.school_id, sitting=sitting, nc_year=str(int(pupil.nc_year) - years_ago),
            score=Decimal(str(score)), on=day, age_months=100, source=Source.TYPED,
        )
        for pupil, score in scores
    )  # fmt: skip


def a_run_of_scores(
    scale: Scale, scores: Sequence[tuple[Pupil, Sequence[float | None]]], subject: str = "reading"
) -> None:
    """Scores of the autumns up to this year's, the last of each row being this autumn's."""
    for back in range(max(len(row) for _, row in scores)):
        sitting = a_sitting(scale, 2026 - back, subject)
        here = [(pupil, row[-1 - back]) for pupil, row in scores if len(row) > back]
        results(sitting, [(pupil, x) for pupil, x in here if x is not None], years_ago=back)


def a_director() -> Person:
    person = a_person("Dora", "Lead", "Dr")
    a_post(person, "director", None)
    return person


def switched_on(*signs: Sign, by: Person, on: date = SEPTEMBER) -> None:
    """Signs that ask since the day."""
    Switch.objects.bulk_create(Switch(sign=sign, since=on, by=by, shown={}) for sign in signs)


def swept(on: date = TODAY) -> actions.Swept:
    """The sweep of the newest season, as the job does it."""
    with scope(all_schools()) as everybody:
        return actions.sweep(groups=compute.newest(on), by=everybody, on=on)
