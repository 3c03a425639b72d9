"""The whole-school sweep: every pupil stands somewhere, so that nobody is missed. One statement, whatever the size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from alongside.areas.assessment.rules import SUBJECTS
from alongside.areas.concerns.queries import Chip
from alongside.areas.identification import queries
from alongside.areas.identification.models import Run, SlowClass
from alongside.areas.identification.queries import Days, PageOf, page_of
from alongside.areas.identification.standing import STANDS_WORDS, Facts, Stands, stands
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.pupils.names import called
from alongside.base.schools.models import School
from alongside.kit import NotFound, sql
from alongside.law.codes import NC_YEARS, year_words

# What is known of each pupil on roll. A watched concern is monitored, not open; an answered flag that stands was
# explained, dismissed or shared, and only the first is watched.
_PUPILS = """
with flag as (
  select pupil_id, min(raised_on) filter (where answer = '') as since, bool_or(answer = '' and twice) as twice,
         bool_or(answer = '' and sign = 'gap_widens') as widens, bool_or(answer = 'explain') as watched,
         count(*) filter (where answer = '') as waiting
    from identification_flag where school_id = %(school)s and ended_on is null group by pupil_id),
concern as (
  select pupil_id, bool_or(decision <> 'monitor') as is_open, bool_or(decision = 'monitor') as watched
    from concerns_concern where school_id = %(school)s and closed_on is null group by pupil_id),
placed as (
  select distinct pupil_id from register_status
   where school_id = %(school)s and since <= %(on)s and (until is null or until >= %(on)s)),
judged as (
  select distinct pupil_id from identification_finding
   where school_id = %(school)s and run_id = any(%(runs)s) and cardinality(answered) > 0)
select p.id, p.liked_name, p.given_name, p.liked_family, p.family_name, p.class_name, p.nc_year,
       placed.pupil_id is not null, coalesce(concern.is_open, false),
       coalesce(flag.waiting, 0), coalesce(flag.watched, false) or coalesce(concern.watched, false),
       judged.pupil_id is not null, flag.since, coalesce(flag.twice, false), coalesce(flag.widens, false)
  from pupils_pupil p left join flag on flag.pupil_id = p.id left join concern on concern.pupil_id = p.id
  left join placed on placed.pupil_id = p.id left join judged on judged.pupil_id = p.id
 where p.school_id = %(school)s and (p.left_on is null or p.left_on >= %(on)s) and p.id <> all(%(own)s)
 order by p.sort_key, p.id"""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen at the left; '' for all."""

    school: int | None = None
    class_name: str = ""
    nc_year: str = ""
    state: str = ""
    late: bool = False
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A pupil in the sweep."""

    id: int
    name: str
    class_name: str
    nc_year: str
    state: Stands
    waiting: int  # flags without an answer
    since: date | None
    twice: bool
    widens: bool


@dataclass(frozen=True, slots=True)
class SweepLine:
    """A pupil in the list."""

    id: int
    name: str
    place: str
    state: Stands
    state_words: str
    flags: str
    chip: Chip | None


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class SweepPage:
    """Every pupil of a school, counted; a page of them listed, late flags first."""

    school: School
    schools: tuple[tuple[int, str], ...]
    total: int
    counts: tuple[Option, ...]
    classes: tuple[Option, ...]
    years: tuple[Option, ...]
    late: int
    chosen: Chosen
    says: str
    query: str
    lines: tuple[SweepLine, ...]
    page: PageOf
    slow: tuple[str, ...]
    looked: str


def sweep_page(actor: Actor, chosen: Chosen, *, on: date, whole: bool = False) -> SweepPage:
    """A page of the list, or with `whole` all that was chosen. Raises NotFound where this person triages nowhere."""
    school, others = _school(actor, chosen.school)
    everybody = _standing(school.pk, actor, on)
    days = Days([school.pk], on)
    late = {one.id for one in everybody if one.since and days.due(school.pk, one.since).due < on}
    wanted = [one for one in everybody if _wanted(one, chosen, late)]
    wanted.sort(key=lambda one: (one.id not in late, not one.waiting, not one.twice, not one.widens))
    page = PageOf(1, len(wanted), max(1, len(wanted))) if whole else page_of(chosen.page, len(wanted))
    shown = wanted[max(0, page.first - 1) : page.last]
    states = Counter(one.state for one in everybody)
    return SweepPage(
        school, others, len(everybody),
        tuple(Option(s, words, states[s], s == chosen.state) for s, words in STANDS_WORDS.items()),
        _options((one.class_name for one in everybody), chosen.class_name),
        _options((one.nc_year for one in everybody), chosen.nc_year, year_words),
        len(late), chosen, _says(chosen), _query(chosen), tuple(_line(one, school.pk, days) for one in shown), page,
        slow_classes(school.pk), queries.looked(),
    )  # fmt: skip


def _school(actor: Actor, asked: int | None) -> tuple[School, tuple[tuple[int, str], ...]]:
    mine = list(School.objects.filter(pk__in=actor.schools(Permission.CONCERN_TRIAGE)).order_by("name"))
    chosen = next((school for school in mine if asked in (None, school.pk)), None)
    if chosen is None:
        raise NotFound
    return chosen, tuple((school.pk, school.short_name) for school in mine) if len(mine) > 1 else ()


def newest_runs() -> list[int]:
    """The newest run of each subject that could be worked out."""
    runs = list(Run.objects.filter(why_not=""))
    newest: dict[str, int] = {}
    for run in runs:
        newest[run.subject] = max(run.order, newest.get(run.subject, 0))
    return [run.pk for run in runs if run.order == newest[run.subject]]


def slow_classes(school: int) -> tuple[str, ...]:
    """'4S: 7 of 10 flagged in reading', of one school and the newest runs: what an older one found is over."""
    rows = SlowClass.objects.filter(school=school, run__in=newest_runs()).select_related("run")
    return tuple(
        f"{row.class_name}: {row.flagged} of {row.pupils} flagged in {SUBJECTS[row.run.subject].lower()}, where "
        f"{100 * row.usual:.0f} in 100 are flagged across the trust"
        for row in rows
    )


def _standing(school: int, actor: Actor, on: date) -> list[Standing]:
    values = {"school": school, "on": on, "own": list(actor.own_children), "runs": newest_runs()}
    return [
        Standing(
            row[0], called(row[1], row[2], row[3], row[4]), row[5], row[6],
            stands(Facts(row[7], row[8], row[9] > 0, row[10], row[11])), row[9], row[12], row[13], row[14],
        )
        for row in sql.rows(_PUPILS, values)
    ]  # fmt: skip


def _wanted(one: Standing, chosen: Chosen, late: Iterable[int]) -> bool:
    return (
        chosen.class_name in ("", one.class_name)
        and chosen.nc_year in ("", one.nc_year)
        and chosen.state in ("", one.state)
        and (not chosen.late or one.id in late)
    )


def _options(values: Iterable[str], chosen: str, words: Callable[[str], str] = str) -> tuple[Option, ...]:
    counted = Counter(value for value in values if value)
    return tuple(
        Option(value, words(value), number, value == chosen)
        for value, number in sorted(counted.items(), key=lambda pair: (not pair[0].isdigit(), pair[0].zfill(3)))
    )


def _line(one: Standing, school: int, days: Days) -> SweepLine:
    chip = days.chip(school, days.due(school, one.since)) if one.since else None
    flags = f"{one.waiting} {'flag' if one.waiting == 1 else 'flags'}" if one.waiting else ""
    more = ", gap grows again" if one.twice else ", gap grows" if one.widens else ""
    place = one.class_name or year_words(one.nc_year)
    return SweepLine(one.id, one.name, place, one.state, STANDS_WORDS[one.state], flags + more, chip)


def _says(chosen: Chosen) -> str:
    parts: Sequence[str] = [
        STANDS_WORDS[Stands(chosen.state)] if chosen.state in set(Stands) else "",
        "late only" if chosen.late else "",
        chosen.class_name, year_words(chosen.nc_year) if chosen.nc_year in NC_YEARS else "",
    ]  # fmt: skip
    return ", ".join(part for part in parts if part)


def _query(chosen: Chosen) -> str:
    """What was chosen, for the addresses of the other pages and of the sheet."""
    kept = {
        "school": chosen.school or "", "class": chosen.class_name, "year": chosen.nc_year, "state": chosen.state,
        "late": "1" if chosen.late else "",
    }  # fmt: skip
    return urlencode({name: value for name, value in kept.items() if value})
