"""Results of assessments: three points a year for two years, as tests give them, with their error.

A pupil has a place among all pupils of their age that moves little from term to term; what a test shows is that place and
the test's own error (reliability 0.90). So scores of one pupil hang together, and a single rise means nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from alongside.areas.assessment import rules, shipped
from alongside.areas.assessment.models import Point, Result, Scale, Sitting
from alongside.config.demo.pen import Pen
from alongside.config.demo.roll import Child
from alongside.law.calendar import academic_year
from alongside.progress.columns import Floats

POINTS = 6  # two years of three
_WINDOW = timedelta(days=18)
_LATE = timedelta(days=2)
_SEASONS = ((rules.Season.AUTUMN, 11), (rules.Season.SPRING, 3), (rules.Season.SUMMER, 6))
_TESTED = [str(year) for year in range(1, 12)]
_WRITES = [str(year) for year in range(1, 7)]
_CODE = {"N": 0.25, "K": -0.9, "E": -1.5}  # standard deviations from the mean of all
_ABSENT = 0.02
_DRIFT = 0.12  # standard deviations that a place moves from one point to the next
_ERROR = 0.1**0.5
_SLOW = 0.35  # of a class that was taught badly, at each of the last three points


@dataclass(frozen=True, slots=True)
class Sat:
    """A sitting as it is needed here."""

    id: int
    subject: str
    years: frozenset[str]


@dataclass(frozen=True, slots=True)
class When:
    """A point with its sittings, the oldest first."""

    id: int
    school_year: int
    opens_on: date
    due_on: date
    sittings: Sequence[Sat]


def points(on: date) -> list[When]:
    """The trust's points: the last six that have opened, and the one to come. Those that have opened are given back."""
    scales = _scales()
    found = [
        (year, season, due)
        for year in range(academic_year(on).starts_in - 3, academic_year(on).starts_in + 2)
        for season, month in _SEASONS
        for due in [_third_friday(year if month > 8 else year + 1, month)]
    ]
    past = [each for each in found if each[2] - _WINDOW <= on][-POINTS:]
    for year, season, due in found[found.index(past[-1]) + 1 :][:1]:
        _point(year, season, due, scales)
    return [_point(year, season, due, scales) for year, season, due in past]


def _scales() -> Mapping[str, int]:
    shipped.load()
    return dict(Scale.objects.filter(own=False).values_list("code", "pk"))


def _third_friday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(4 - first.weekday()) % 7 + 14)


def _point(year: int, season: rules.Season, due: date, scales: Mapping[str, int]) -> When:
    row, _ = Point.objects.get_or_create(
        school=None, school_year=year, season=season,
        defaults={"name": f"{rules.SEASON_WORDS[season]} {due.year}", "opens_on": due - _WINDOW, "due_on": due},
    )  # fmt: skip
    wanted = [("reading", "sas", _TESTED), ("maths", "sas", _TESTED)]
    if season is not rules.Season.SPRING:
        wanted.append(("writing", "ks2-ta", _WRITES))
    if season is rules.Season.SUMMER:
        wanted.append(("phonics", "phonics", ["1"]))
    sittings = []
    for subject, scale, years in wanted:
        made, _ = Sitting.objects.get_or_create(
            point=row, subject=subject, scale_id=scales[scale], defaults={"nc_years": years}
        )
        sittings.append(Sat(made.pk, subject, frozenset(years)))
    return When(row.pk, year, row.opens_on, row.due_on, sittings)


def results(pen: Pen, children: Sequence[Child], whens: Sequence[When]) -> None:
    """Every pupil's results at a school; one class has none at the newest point, and one has been slow for a year."""
    draw = np.random.default_rng(int(pen.site.establishment))
    places = _places(draw, children, len(whens))
    rooms = sorted({child.room for child in children if not child.cast})
    silent, slow = rooms[len(rooms) // 3], rooms[2 * len(rooms) // 3]
    this_year = academic_year(pen.on).starts_in
    for at, when in enumerate(whens):
        newest = at == len(whens) - 1
        day = min(when.due_on - _LATE, pen.on)
        if newest and pen.on < when.due_on:
            continue  # it is open, and the day has not come
        for sat in when.sittings:
            shown = _shown(draw, places[sat.subject == "maths"][:, at])
            absent = draw.random(len(children)) < _ABSENT
            for n, child in enumerate(children):
                year = rules.year_then(child.year, this_year - when.school_year)
                if year not in sat.years or child.entered > day or (newest and child.room == silent):
                    continue
                place = shown[n] - (_SLOW * max(0, at - len(whens) + 4) if child.room == slow else 0)
                _write(pen, child, sat, year, day, place, absent=bool(absent[n]))


def _places(draw: np.random.Generator, children: Sequence[Child], count: int) -> tuple[Floats, Floats]:
    """Where each pupil truly stands at each point, in reading and in mathematics."""
    base = np.array([_CODE[child.code] for child in children]) + draw.normal(0, 0.8, len(children))
    moves = draw.normal(0, _DRIFT, (len(children), count)).cumsum(axis=1)
    reading = base[:, None] + moves
    maths = base[:, None] * 0.8 + moves * 0.5 + draw.normal(0, 0.5, (len(children), 1))
    return reading, maths


def _shown(draw: np.random.Generator, places: Floats) -> Floats:
    """What a test shows of them."""
    shown: Floats = places * (1 - _ERROR**2) ** 0.5 + draw.normal(0, _ERROR, len(places))
    return shown


def _write(pen: Pen, child: Child, sat: Sat, year: str, day: date, place: float, *, absent: bool) -> None:
    score, mark = (None, "A") if absent else _value(sat.subject, place, year)
    pen.bulk.add(
        Result, pupil_id=child.id, school_id=pen.site.id, sitting_id=sat.id, nc_year=year, score=score, mark=mark, on=day,
        age_months=rules.age_in_months(child.born, day), by_id=child.lead.id, source=rules.Source.TYPED.value,
    )  # fmt: skip


def _value(subject: str, place: float, year: str) -> tuple[int | None, str]:
    """A score on its scale, or a step."""
    if subject == "phonics":
        return int(min(40, max(0, round(34 + 7 * place)))), ""
    if subject == "writing":
        return None, _step(place, int(year))
    return int(min(141, max(69, round(100 + 15 * place)))), ""


def _step(place: float, year: int) -> str:
    """A step of the writing ladder: what is expected of the year, and how far from it."""
    if place > -0.7:
        return "GDS" if place > 1.2 else "EXS"
    if place > -1.4:
        return "WTS"
    return f"PK{max(1, min(6, year - (1 if place > -2 else 2)))}"
