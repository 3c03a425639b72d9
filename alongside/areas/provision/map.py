"""The provision map: who gets what in a school, on any day, and whether it was given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from django.contrib.postgres.aggregates import BoolOr
from django.db.models import F, Max

from alongside.areas.provision import rules
from alongside.areas.provision.models import Line, Session
from alongside.areas.provision.queries import GLYPHS, cost_of, held_on, rates_on
from alongside.areas.provision.rules import MISSED_WORDS, Missed, Share
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.schools.queries import calendar_of
from alongside.kit import NotFound
from alongside.law import thresholds
from alongside.law.calendar import SchoolCalendar, academic_year
from alongside.law.codes import AREA_WORDS, Area, year_order, year_words

Row = TypeVar("Row")
_WEEKS = 12
_SHORT = {
    Missed.ABSENT: "away",
    Missed.COVER: "cover",
    Missed.TRIP: "trip",
    Missed.ROOM: "room",
    Missed.PUPIL: "chose",
    Missed.OTHER: "other",
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a reader asked to see; empty means all."""

    school: int | None = None
    class_name: str = ""
    year: str = ""
    area: str = ""

    @property
    def query(self) -> str:
        """The same choice as the end of an address."""
        parts = (("school", self.school), ("class", self.class_name), ("year", self.year), ("area", self.area))
        return "".join(f"&{name}={value}" for name, value in parts if value)

    def keeps(self, line: Line) -> bool:
        pupil = line.pupil
        return all(
            not wanted or wanted == actual
            for wanted, actual in (
                (self.class_name, pupil.class_name), (self.year, pupil.nc_year), (self.area, line.type.area)
            )
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Filters:
    schools: tuple[Option, ...]
    classes: tuple[Option, ...]
    years: tuple[Option, ...]
    areas: tuple[Option, ...]
    says: str  # what was chosen, as a sentence for paper


@dataclass(frozen=True, slots=True)
class Cell:
    """What one pupil is promised of one kind of provision."""

    line_id: int
    words: str  # "3 × 30"
    adult: str


@dataclass(frozen=True, slots=True)
class MapRow:
    pupil_id: int
    name: str
    place: str
    cells: tuple[tuple[Cell, ...], ...]
    hours: Decimal
    cost: Decimal | None


@dataclass(frozen=True, slots=True)
class WhoPage:
    """Who gets what: pupils down, provision across, grouped by area of need."""

    school: str
    on: date
    filters: Filters
    query: str
    areas: tuple[tuple[str, str, int], ...]  # words, glyph, columns
    columns: tuple[tuple[str, int], ...]  # name, pupils
    rows: tuple[MapRow, ...]
    total_cost: Decimal | None
    total_hours: Decimal


@dataclass(frozen=True, slots=True)
class WeekCell:
    held: int
    planned: int
    reason: str
    short: bool


@dataclass(frozen=True, slots=True)
class GivenRow:
    """One group or single line, week by week."""

    line_id: int
    name: str
    who: str  # "4 in 4W · 3 × 30 min"
    adult: str
    weeks: tuple[WeekCell | None, ...]
    share: Share
    low: bool
    hours: Decimal
    cost: Decimal | None  # pounds a week for each pupil


@dataclass(frozen=True, slots=True)
class GivenPage:
    """Was it given: provision down, school weeks across."""

    school: str
    on: date
    filters: Filters
    query: str
    weeks: tuple[tuple[date, bool], ...]  # the first school day, and whether a holiday came before it
    areas: tuple[tuple[str, str, tuple[GivenRow, ...]], ...]
    total: Share
    pupils: int
    says: str
    costs: bool


def who_page(actor: Actor, *, on: date, chosen: Chosen) -> WhoPage:
    """Pupils by provision as it stood on a day. Two statements. Raises NotFound for a school that is not theirs."""
    school, lines, filters = _lines(actor, on, chosen)
    costs = actor.may(Permission.COSTS, school)
    rates = rates_on(on) if costs else {}
    columns = sorted({line.type for line in lines}, key=lambda kind: (_area_order(kind.area), kind.plain_name))
    rows = tuple(
        _map_row(own, [kind.pk for kind in columns], rates, costs)
        for own in _by(lines, lambda line: line.pupil_id).values()
    )
    areas = Counter(kind.area for kind in columns)
    return WhoPage(
        actor.names.get(school, ""), on, filters, chosen.query,
        tuple((*_area(area), areas[area]) for area in sorted(areas, key=_area_order)),
        tuple((kind.name, len({line.pupil_id for line in lines if line.type_id == kind.pk})) for kind in columns),
        rows, sum((row.cost or Decimal(0) for row in rows), Decimal(0)) if costs else None,
        sum((row.hours for row in rows), Decimal(0)),
    )  # fmt: skip


def _map_row(lines: Sequence[Line], kinds: Sequence[int], rates: Mapping[str, Decimal], costs: bool) -> MapRow:
    pupil = lines[0].pupil
    known = [cost for line in lines if (cost := cost_of(line, rates)) is not None]
    return MapRow(
        pupil.pk, pupil.name, pupil.class_name or pupil.year,
        tuple(
            tuple(
                Cell(line.pk, f"{line.times_a_week} × {line.minutes}", line.adult.family if line.adult else "")
                for line in lines
                if line.type_id == kind
            )
            for kind in kinds
        ),
        sum((_hours(line.minutes * line.times_a_week) for line in lines), Decimal(0)),
        sum(known, Decimal(0)) if costs else None,
    )  # fmt: skip


def given_page(actor: Actor, *, on: date, chosen: Chosen) -> GivenPage:
    """Provision by school week, up to a day: sessions held of those written down. Four statements."""
    school, lines, filters = _lines(actor, on, chosen)
    costs = actor.may(Permission.COSTS, school)
    rates = rates_on(on) if costs else {}
    calendar = calendar_of(school, on=on)
    mondays = _weeks(calendar, on)
    groups = _by(lines, _group_key)
    sessions = _sessions([line.pk for line in lines], mondays[0] if mondays else on, on)
    of_group = _by(sessions, lambda session: session.key)
    rows = [
        (group[0].type.area, _given_row(group, of_group.get(_group_key(group[0]), []), mondays, rates))
        for group in groups.values()
    ]
    found: dict[str, list[GivenRow]] = {}
    for area, row in sorted(rows, key=lambda pair: _area_order(pair[0])):
        found.setdefault(area, []).append(row)
    total = rules.total(row.share for _, row in rows)
    return GivenPage(
        actor.names.get(school, ""), on, filters, chosen.query, _with_gaps(mondays, calendar),
        tuple((*_area(area), tuple(own)) for area, own in found.items()), total,
        len({line.pupil_id for line in lines}), _pattern(sessions), costs,
    )  # fmt: skip


def _group_key(line: Line) -> tuple[object, ...]:
    return (line.type_id, line.adult_id, line.minutes, line.times_a_week, line.called)


@dataclass(frozen=True, slots=True)
class _Held:
    """One session of a group: held when anybody was there."""

    key: tuple[object, ...]
    day: date
    held: bool
    because: str
    adult: str


def _sessions(lines: Sequence[int], first: date, last: date) -> list[_Held]:
    rows = (
        Session.objects.filter(line__in=lines, day__gte=first, day__lte=last)
        .order_by()
        .values_list(
            "line__type_id", "line__adult_id", "line__minutes", "line__times_a_week", "line__called", "day", "number",
            F("line__adult__family"),
        )
        .annotate(any_held=BoolOr("held"), because=Max("missed_because"))
    )  # fmt: skip
    return [_Held(tuple(row[:5]), row[5], row[8], row[9], row[7] or "") for row in rows]


def _given_row(
    group: Sequence[Line], sessions: Sequence[_Held], mondays: Sequence[date], rates: Mapping[str, Decimal]
) -> GivenRow:
    first = min(group, key=lambda line: line.pk)
    share = Share(sum(session.held for session in sessions), len(sessions))
    places = {line.pupil.class_name or line.pupil.year for line in group}
    where = f"in {places.pop()}" if len(places) == 1 else "mixed"
    return GivenRow(
        first.pk, first.called or first.type.name,
        f"{len(group)} {where} · {first.times_a_week} × {first.minutes} min", first.adult.family if first.adult else "",
        tuple(_week(sessions, monday) for monday in mondays), share, share.below(_FLOOR),
        _hours(first.minutes * share.held), cost_of(first, rates),
    )  # fmt: skip


_FLOOR = thresholds.DELIVERY_FLOOR.value


def _week(sessions: Iterable[_Held], monday: date) -> WeekCell | None:
    """One cell; None for a week of which nothing is written down."""
    own = [session for session in sessions if monday <= session.day < monday + timedelta(days=7)]
    if not own:
        return None
    share = Share(sum(session.held for session in own), len(own))
    missed = Counter(session.because for session in own if not session.held)
    reason = _SHORT[Missed(missed.most_common(1)[0][0])] if missed else ""
    return WeekCell(share.held, share.planned, reason, share.below(_FLOOR))


def _pattern(sessions: Iterable[_Held]) -> str:
    """The pattern of what was missed, in a sentence: the reason behind most of it, and whose groups it hit."""
    missed = [session for session in sessions if not session.held]
    if not missed:
        return ""
    [(reason, count)] = Counter(session.because for session in missed).most_common(1)
    says = f"{MISSED_WORDS[Missed(reason)]}: {count} of the {len(missed)} sessions that were missed."
    for adult, theirs in Counter(row.adult for row in missed if row.because == reason and row.adult).most_common(1):
        if theirs > 1:
            says += f" {theirs} of them were {adult}’s."
    return says


def _lines(actor: Actor, on: date, chosen: Chosen) -> tuple[int, list[Line], Filters]:
    """The lines of one school on a day as chosen, by pupil; and what else could be chosen."""
    schools = sorted(actor.schools(Permission.PROVISION_KEEP))
    school = chosen.school or (schools[0] if schools else None)
    if school is None or school not in schools:
        raise NotFound
    lines = list(
        Line.objects.filter(held_on(on), school=school)
        .exclude(pupil__in=actor.own_children)
        .select_related("pupil", "type", "adult")
        .order_by("pupil__sort_key", "pk")
    )
    return school, [line for line in lines if chosen.keeps(line)], _filters(actor, schools, school, lines, chosen)


def _filters(actor: Actor, schools: Sequence[int], school: int, lines: Sequence[Line], chosen: Chosen) -> Filters:
    classes = sorted({line.pupil.class_name for line in lines} - {""})
    years = sorted({line.pupil.nc_year for line in lines}, key=year_order)
    areas = sorted({line.type.area for line in lines} - {""}, key=_area_order)
    said = [
        chosen.class_name,
        year_words(chosen.year) if chosen.year else "",
        _area(chosen.area)[0] if chosen.area else "",
    ]
    return Filters(
        tuple(Option(str(pk), actor.names.get(pk, ""), pk == school) for pk in schools),
        tuple(Option(name, name, name == chosen.class_name) for name in classes),
        tuple(Option(year, year_words(year), year == chosen.year) for year in years),
        tuple(Option(area, _area(area)[0], area == chosen.area) for area in areas),
        ", ".join(filter(None, said)) or "Every class, every area",
    )


def _by(rows: Iterable[Row], key: Callable[[Row], object]) -> dict[object, list[Row]]:
    found: dict[object, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def _hours(minutes: int) -> Decimal:
    return (Decimal(minutes) / 60).quantize(Decimal("0.1"))


def _weeks(calendar: SchoolCalendar, on: date) -> list[date]:
    """The last school weeks of this school year, up to the week of a day."""
    return rules.weeks(academic_year(on).first, on, calendar)[-_WEEKS:]


def _with_gaps(mondays: Sequence[date], calendar: SchoolCalendar) -> tuple[tuple[date, bool], ...]:
    return tuple(
        (_first_day(monday, calendar), index > 0 and (monday - mondays[index - 1]).days > 7)
        for index, monday in enumerate(mondays)
    )


def _first_day(monday: date, calendar: SchoolCalendar) -> date:
    """The first day of a week on which the school meets."""
    days = (monday + timedelta(days=day) for day in range(5))
    return next((day for day in days if calendar.is_school_day(day)), monday)


def _area_order(area: str) -> int:
    return list(Area).index(Area(area)) if area else len(Area)


def _area(area: str) -> tuple[str, str]:
    return (AREA_WORDS[Area(area)], GLYPHS[Area(area)]) if area else ("Any area", "none")
