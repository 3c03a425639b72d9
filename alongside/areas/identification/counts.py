"""Counts for governors and the trust: who is flagged, school by school, and whether groups are found alike.

No child is named here, and small numbers are hidden. The characteristics are never in the rule that flags.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import numpy as np

from alongside.areas.identification.sweep import newest_runs
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.schools.models import School
from alongside.design.charts import Chart, Dot, Ratio, funnel, ratios
from alongside.design.words import year_day
from alongside.kit import NotFound, sql
from alongside.law.calendar import academic_year
from alongside.progress import charts
from alongside.progress.columns import BadInput
from alongside.progress.fairness import reportable, risk_ratio
from alongside.progress.suppression import hide_counts, percentage, suppress
from alongside.progress.words import funnel_in_words

HIDDEN = "c"
FEWEST_FOR_FUNNEL = 3

_SCHOOLS = """
select p.school_id, count(distinct p.id),
       count(distinct p.id) filter (where exists (select 1 from identification_flag f
             where f.pupil_id = p.id and f.raised_on between %(year)s and %(on)s)),
       count(distinct p.id) filter (where exists (select 1 from register_status s
             where s.pupil_id = p.id and s.since <= %(on)s and (s.until is null or s.until >= %(on)s)))
  from pupils_pupil p join identification_finding j on j.pupil_id = p.id and j.run_id = any(%(runs)s)
 where p.school_id = any(%(schools)s) and (p.left_on is null or p.left_on >= %(on)s)
 group by p.school_id"""


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """A school's counts; 'c' where a number is small or all but all, or would give such a one away."""

    id: int
    name: str
    judged: int
    flagged: str
    share: str
    url: str


@dataclass(frozen=True, slots=True)
class CountsPage:
    of: str
    lines: tuple[SchoolLine, ...]
    hidden: int
    chart: Chart | None
    outside: tuple[str, ...]
    found_alike: bool
    keeps_signs: bool


OF = {"flags": "flagged by a sign this school year", "register": "on the SEN register"}


def counts_page(actor: Actor, *, on: date, of: str) -> CountsPage:
    """Each school of this person: how many were looked at, and how many found. Raises NotFound without a school."""
    of = of if of in OF else "flags"
    mine = actor.schools(Permission.COUNTS)
    if not mine:
        raise NotFound
    names = dict(School.objects.filter(pk__in=mine).values_list("pk", "short_name"))
    values = {"schools": sorted(mine), "runs": newest_runs(), "on": on, "year": academic_year(on).first}
    rows = {row[0]: (row[1], row[2] if of == "flags" else row[3]) for row in sql.rows(_SCHOOLS, values)}
    lists = actor.schools(Permission.CONCERN_TRIAGE)
    order = sorted(names, key=lambda one: names[one])
    counted = [rows.get(school, (0, 0)) for school in order]
    hidden = hide_counts([found for _, found in counted], [judged for judged, _ in counted])
    lines = tuple(
        _line(school, names[school], *row, _list_of(school, of) if school in lists else "", hide=hide)
        for school, row, hide in zip(order, counted, hidden, strict=True)
    )
    shown = [(line, row) for line, row, hide in zip(lines, counted, hidden, strict=True) if row[0] and not hide]
    chart, outside = _funnel(shown, of, on)
    return CountsPage(
        of, lines, sum(line.flagged == HIDDEN for line in lines), chart, outside,
        actor.may(Permission.FOUND_ALIKE), actor.may(Permission.SIGNS_KEEP),
    )  # fmt: skip


def _list_of(school: int, of: str) -> str:
    state = "flag" if of == "flags" else "register"
    return f"/progress/sweep/?{urlencode({'school': school, 'state': state})}"


def _line(school: int, name: str, judged: int, found: int, url: str, *, hide: bool) -> SchoolLine:
    """A hidden count has no share either, which would give it back."""
    share = None if hide else percentage(found, judged)
    return SchoolLine(
        school, name, judged, HIDDEN if hide else str(found), "" if share is None else f"{share:.0f}%", url
    )


def _funnel(
    shown: Sequence[tuple[SchoolLine, tuple[int, int]]], of: str, on: date
) -> tuple[Chart | None, tuple[str, ...]]:
    """The funnel of the schools whose count may be shown, and a sentence for each one outside it."""
    if len(shown) < FEWEST_FOR_FUNNEL:
        return None, ()
    pupils, found = sum(row[0] for _, row in shown), sum(row[1] for _, row in shown)
    rate = found / pupils
    dots = [Dot(line.name, row[0], row[1] / row[0], line.url) for line, row in shown]
    most = max(row[0] for _, row in shown)
    sizes = sorted({max(10, int(most * 1.05 * part / 24)) for part in range(1, 25)})
    limits = [(n, *charts.funnel(rate, n), *charts.funnel(rate, n, 0.998)) for n in sizes]
    out = [
        funnel_in_words(line.name, row[1] / row[0], *charts.funnel(rate, row[0], 0.998), of=OF[of]).text
        for line, row in shown
        if not charts.funnel(rate, row[0], 0.998).low <= row[1] / row[0] <= charts.funnel(rate, row[0], 0.998).high
    ]  # fmt: skip
    says = (
        f"{len(shown)} schools with {pupils:,} pupils, {year_day(on)}. Between the lines is what chance explains: 95% "
        "dashed, 99.8% whole."
    )
    return funnel(f"Pupils {OF[of]}, by school", says, dots, rate, limits), tuple(out)


# --- Are groups found alike?

_GROUPS: Mapping[str, tuple[str, str]] = {
    "month": ("Month of birth", "to_char(p.born_on, 'MM')"),
    "eal": ("English as an additional language", "case when p.eal then 'EAL' when not p.eal then 'English first' end"),
    "ethnicity": (
        "Ethnic group",
        "case when left(p.ethnicity, 1) = any('{W,M,A,B,C,O}') then left(p.ethnicity, 1) end",
    ),
    "means": (
        "Disadvantage",
        "case when p.pupil_premium then 'Pupil premium' when not p.pupil_premium then 'No pupil premium' end",
    ),
    "sex": ("Sex", "case p.sex when 'F' then 'Girls' when 'M' then 'Boys' end"),
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ETHNIC = {"W": "White", "M": "Mixed", "A": "Asian", "B": "Black", "C": "Chinese", "O": "Other"}

_FOUND = {
    "flags": "exists (select 1 from identification_flag f where f.pupil_id = p.id and f.raised_on between %(year)s and %(on)s)",
    "register": """exists (select 1 from register_status s where s.pupil_id = p.id and s.since <= %(on)s
                           and (s.until is null or s.until >= %(on)s))""",
}


@dataclass(frozen=True, slots=True)
class Alike:
    """One characteristic: its chart, and its counts with small ones hidden."""

    code: str
    title: str
    chart: Chart
    rows: tuple[tuple[str, str, str], ...]  # group, found, not found
    note: str


@dataclass(frozen=True, slots=True)
class AlikePage:
    of: str
    parts: tuple[Alike, ...]


def alike_page(actor: Actor, *, on: date, of: str) -> AlikePage:
    """Risk ratios by group across the schools of this person."""
    of = of if of in OF else "flags"
    return AlikePage(of, tuple(_alike(actor, code, of, on) for code in _GROUPS))


def alike_chart(actor: Actor, code: str, *, on: date, of: str) -> Chart:
    """One of its charts alone. Raises NotFound for one that there is not."""
    if code not in _GROUPS:
        raise NotFound
    return _alike(actor, code, of if of in OF else "flags", on).chart


def _alike(actor: Actor, code: str, of: str, on: date) -> Alike:
    title, group = _GROUPS[code]
    statement = f"""
        select {group}, count(*) filter (where {_FOUND[of]}), count(*) from pupils_pupil p
         where p.school_id = any(%(schools)s) and (p.left_on is null or p.left_on >= %(on)s)
           and exists (select 1 from identification_finding j where j.pupil_id = p.id and j.run_id = any(%(runs)s))
         group by 1"""  # noqa: S608 - our own words; values are bound
    schools = sorted(actor.schools(Permission.FOUND_ALIKE))
    values = {"schools": schools, "runs": newest_runs(), "on": on, "year": academic_year(on).first}
    counted = {row[0]: (row[1], row[2]) for row in sql.rows(statement, values) if row[0] is not None}
    names = sorted(counted, key=lambda name: (int(name) + 3) % 12 if code == "month" else name)
    label = {name: _label(code, name) for name in names}
    shown, note = _hidden([counted[name] for name in names])
    told = [
        Ratio(label[name], *_ratio(counted, name)) if cells[0] != HIDDEN else Ratio(label[name], None)
        for name, cells in zip(names, shown, strict=True)
    ]
    pupils = sum(row[1] for row in counted.values())
    says = (
        f"Each group beside all others, {pupils:,} pupils with a result, {year_day(on)}. 1 is alike; the bar is the 95% "
        "interval."
    )
    return Alike(
        code, title, ratios(f"How likely to be {OF[of]}: {title.lower()}", says, told),
        tuple((label[name], *cells) for name, cells in zip(names, shown, strict=True)), note,
    )  # fmt: skip


def _label(code: str, name: str) -> str:
    if code == "month":
        return _MONTHS[int(name) - 1]
    return _ETHNIC.get(name, "Other") if code == "ethnicity" else name


def _ratio(counted: Mapping[str, tuple[int, int]], name: str) -> tuple[float | None, float, float]:
    found, group = counted[name]
    others = sum(row[1] for other, row in counted.items() if other != name)
    found_others = sum(row[0] for other, row in counted.items() if other != name)
    if not reportable(found, group):
        return None, 0.0, 0.0
    try:
        told = risk_ratio(found, group, found_others, others)
    except BadInput:
        return None, 0.0, 0.0
    return told.ratio, told.low, told.high


def _hidden(rows: Sequence[tuple[int, int]]) -> tuple[list[tuple[str, str]], str]:
    """The counts as they may be shown: small ones hidden, and as many more as it takes that none can be worked out."""
    if not rows:
        return [], "Nobody has a result yet."
    table = np.array([[found, group - found] for found, group in rows], dtype=np.int64)
    try:
        cells = suppress(table).shown(HIDDEN)
    except BadInput:
        return [(HIDDEN, HIDDEN)] * len(rows), "Too few to say: every count could be worked out from the others."
    return [(cell[0], cell[1]) for cell in cells], ""
