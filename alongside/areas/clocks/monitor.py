"""How all clocks run: counts by rule, band and school, what was missed, and what the last nights found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from alongside.areas.clocks import rules
from alongside.areas.clocks.models import Missed
from alongside.areas.clocks.queries import LATELY, grounds_of
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.deadlines.models import Run
from alongside.base.schools.models import School
from alongside.kit import sql
from alongside.law.clocks import OF_THE_CODE


@dataclass(frozen=True, slots=True)
class RuleLine:
    band: str
    rule: str
    open: str
    late: str
    at_risk: str


@dataclass(frozen=True, slots=True)
class SchoolLine:
    id: int
    name: str
    cells: tuple[tuple[str, str], ...]  # by band: open, late
    unexplained: str


@dataclass(frozen=True, slots=True)
class Night:
    on: date
    schools: int
    by_day: int
    drift: int
    seconds: float


@dataclass(frozen=True, slots=True)
class MissedLine:
    id: int
    who: str
    what: str
    due: date
    because: str
    should: bool  # of the Code: it may be logged as a departure


@dataclass(frozen=True, slots=True)
class MonitorPage:
    named: bool
    lines: tuple[RuleLine, ...]
    schools: tuple[SchoolLine, ...]
    missed: tuple[MissedLine, ...]
    missed_of_code: tuple[MissedLine, ...]
    nights: tuple[Night, ...]
    only: int | None  # the school, where there is but one
    bands: tuple[str, ...]


_COUNTS = """
select school_id, band, clock, count(*), count(*) filter (where due < %(on)s),
       count(*) filter (where due between %(on)s and %(soon)s)
  from deadlines_deadline where school_id = any(%(schools)s) group by 1, 2, 3
"""


def monitor_page(actor: Actor, *, on: date) -> MonitorPage:
    """Open clocks by rule, band and school, what was missed, and what the last nights found.

    Whoever may not know pupils reads counts in fives, and no name.
    """
    ids = actor.schools(Permission.CLOCKS)
    named = ids <= actor.schools(Permission.FILE)
    counted = _counted(ids, on)
    schools = School.objects.filter(pk__in=ids)
    missing = Missed.objects.filter(school__in=ids, because="").exclude(clock__in=OF_THE_CODE)
    unexplained: dict[int, int] = defaultdict(int)
    for (school,) in missing.values_list("school"):
        unexplained[school] += 1
    lines = tuple(
        SchoolLine(
            school.pk, school.short_name, tuple(_cell(counted, school.pk, band, named) for band in rules.BAND_WORDS),
            rules.in_fives(unexplained[school.pk], named=named),
        )
        for school in schools
    )  # fmt: skip
    of_law, of_code = _missed(actor) if named else ((), ())
    return MonitorPage(
        named, _by_rule(counted, named), lines if len(lines) > 1 or not named else (), of_law, of_code,
        _nights(), lines[0].id if len(lines) == 1 else None, tuple(rules.BAND_WORDS.values()),
    )  # fmt: skip


Counts = Mapping[tuple[int, str, str], rules.Counted]


def _counted(schools: Collection[int], on: date) -> Counts:
    values = {"schools": list(schools), "on": on, "soon": on + rules.AT_RISK}
    return {
        (school, band, clock): rules.Counted(number, late, soon)
        for school, band, clock, number, late, soon in sql.rows(_COUNTS, values)
    }


def _cell(counted: Counts, school: int, band: str, named: bool) -> tuple[str, str]:
    found = sum((each for key, each in counted.items() if key[:2] == (school, band)), rules.Counted())
    return rules.in_fives(found.open, named=named), rules.in_fives(found.late, named=named)


def _by_rule(counted: Counts, named: bool) -> tuple[RuleLine, ...]:
    bands = list(rules.BAND_WORDS)
    whole: dict[tuple[int, str, str], rules.Counted] = defaultdict(rules.Counted)
    for (_, band, clock), each in counted.items():
        rule, _allowed = grounds_of(clock)
        whole[bands.index(band), rule, clock] += each
    return tuple(
        RuleLine(
            rules.BAND_WORDS[bands[band]],
            rule,
            *(rules.in_fives(n, named=named) for n in (each.open, each.late, each.at_risk)),
        )
        for (band, rule, _), each in sorted(whole.items())
    )


def _missed(actor: Actor) -> tuple[tuple[MissedLine, ...], tuple[MissedLine, ...]]:
    """Dates of the law that were missed, and dates of the Code; those without a reason first."""
    rows = Missed.objects.visible_to(actor).select_related("pupil").order_by("because", "-due", "pk")
    of_code = rows.filter(clock__in=OF_THE_CODE)
    return _lines(rows.exclude(clock__in=OF_THE_CODE)), _lines(of_code)


def _lines(rows: QuerySet[Missed]) -> tuple[MissedLine, ...]:
    return tuple(
        MissedLine(
            row.pk, row.pupil.name if row.pupil else "The school", row.what, row.due,
            rules.BECAUSE_WORDS.get(row.because, ""), row.clock in OF_THE_CODE,
        )
        for row in rows[:LATELY]
    )  # fmt: skip


def _nights() -> tuple[Night, ...]:
    return tuple(
        Night(run.on, run.schools, run.by_day, run.drift, run.seconds) for run in Run.objects.order_by("-began_at")[:14]
    )
