"""The rows of a school's register on a day: everything the page filters, sorts and shows, in one statement."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from alongside.areas.support.rules import Facts, Stage, stage
from alongside.base.people.models import formal
from alongside.base.pupils.names import called
from alongside.kit import sql
from alongside.law import clocks

_REVIEWS = [clocks.PLAN_REVIEW.code, clocks.REVIEW_AGREED.code, clocks.REVIEW_LIMIT.code]


class Row(NamedTuple):
    """One pupil of the register, or with an open concern, as the database has it."""

    pupil: int
    liked_name: str
    given_name: str
    liked_family: str
    family_name: str
    class_name: str
    nc_year: str
    language: str
    eal: bool | None
    pupil_premium: bool | None
    in_care: bool | None
    code: str | None  # K or E; None: not on the register, here for an open concern
    since: date | None
    need: str | None
    area: str | None
    checked: date | None
    concern: int | None
    cycle: int | None
    opened_on: date | None
    assessed_on: date | None
    started_on: date | None
    reviewed_on: date | None
    closed_on: date | None
    has_line: bool
    planned: int | None
    held: int | None
    clock: str | None
    due: date | None
    counted_from: date | None
    ends: date | None
    adult: str  # a number, as an address carries it; empty where nobody is named
    title: str | None
    given: str | None
    family: str | None

    @property
    def name(self) -> str:
        return called(self.liked_name, self.given_name, self.liked_family, self.family_name)

    @property
    def adult_name(self) -> str:
        return formal(self.title or "", self.given or "", self.family) if self.family is not None else ""


# Every list is read once for the school and hashed by pupil. The joins are full ones because the planner cannot know
# how many rows a wall lets through: it guesses one, and would go through each list again for each pupil. What a list
# says of somebody who is not in `who` comes out without a name and is left behind.
_ROWS = """
with status as materialized (
  select pupil_id, code, since from register_status
   where school_id = %(school)s and since <= %(on)s and (until is null or until >= %(on)s)
),
concern as materialized (
  select distinct on (pupil_id) pupil_id, id from concerns_concern
   where %(concerns)s and school_id = %(school)s and raised_on <= %(on)s and (closed_on is null or closed_on > %(on)s)
   order by pupil_id, raised_on, id
),
who as materialized (
  select p.id as pupil_id, p.liked_name, p.given_name, p.liked_family, p.family_name, p.class_name, p.nc_year,
         p.language, p.eal, p.pupil_premium, p.in_care, p.sort_key
    from (select pupil_id from status union select pupil_id from concern) chosen
    join pupils_pupil p on p.id = chosen.pupil_id and p.school_id = %(school)s
     and (p.left_on is null or p.left_on >= %(on)s) and p.id <> all(%(own)s)
),
need as materialized (
  select pupil_id, code, area from register_need
   where school_id = %(school)s and rank = 1 and since <= %(on)s and (until is null or until >= %(on)s)
),
checked as materialized (
  select pupil_id, max("on") as "on" from register_check
   where school_id = %(school)s and "on" <= %(on)s group by pupil_id
),
cycle as materialized (
  select distinct on (pupil_id) pupil_id, number, opened_on, assessed_on, started_on, reviewed_on, closed_on
    from support_cycle where school_id = %(school)s and opened_on <= %(on)s order by pupil_id, number desc
),
helped as materialized (
  select distinct pupil_id from provision_line
   where school_id = %(school)s and since <= %(on)s and (until is null or until >= %(on)s)
),
delivery as materialized (select pupil_id, planned, held from provision_delivery where school_id = %(school)s),
clock as materialized (
  select distinct on (pupil_id) pupil_id, clock, due, counted_from from deadlines_deadline
   where school_id = %(school)s and (%(concerns)s or kind <> 'concern') and clock <> %(brief)s
   order by pupil_id, due, clock, id
),
ends as materialized (
  select pupil_id, min(due) as due from deadlines_deadline
   where school_id = %(school)s and clock = any(%(reviews)s) group by pupil_id
),
adult as materialized (
  select distinct on (pupil_id) pupil_id, person_id from pupils_adultlink
   where school_id = %(school)s and pupil_id is not null and part in ('key', 'supports')
     and since <= %(on)s and (until is null or until >= %(on)s)
   order by pupil_id, part, id
),
teacher as materialized (
  select distinct on (g.name) g.name as class_name, l.person_id
    from pupils_group g join pupils_adultlink l on l.group_id = g.id and l.part = 'teaches'
     and l.since <= %(on)s and (l.until is null or l.until >= %(on)s)
   where g.school_id = %(school)s and g.kind = 'class'
   order by g.name, l.since, l.id
)
select who.pupil_id, liked_name, given_name, liked_family, family_name, class_name, nc_year, language, eal,
       pupil_premium, in_care, status.code, status.since, need.code, need.area, checked."on", concern.id,
       cycle.number, opened_on, assessed_on, started_on, reviewed_on, closed_on, helped.pupil_id is not null,
       planned, held, clock.clock, clock.due, counted_from, ends.due, coalesce(q.id::text, ''), q.title, q.given, q.family
  from who
  full join status using (pupil_id)
  full join need using (pupil_id)
  full join checked using (pupil_id)
  full join concern using (pupil_id)
  full join cycle using (pupil_id)
  full join helped using (pupil_id)
  full join delivery using (pupil_id)
  full join clock using (pupil_id)
  full join ends using (pupil_id)
  full join adult using (pupil_id)
  full join teacher using (class_name)
  left join people_person q on q.id = coalesce(adult.person_id, teacher.person_id)
 order by sort_key, who.pupil_id
"""

_AROUND = """
select (select count(*) from pupils_pupil p where p.school_id = %(school)s and p.id <> all(%(own)s)
          and (p.entered_on is null or p.entered_on <= %(on)s) and (p.left_on is null or p.left_on >= %(on)s)),
       (select coalesce(json_agg(json_build_array(v.id, v.name, v.query) order by v.name), '[]')
          from register_savedview v where v.person_id = %(person)s),
       (select coalesce(json_agg(json_build_array(t.name, t.first, t.last, t.school_id) order by t.first), '[]')
          from schools_term t where t.school_id = %(school)s or t.school_id is null)
"""


def rows_of(school: int, *, on: date, concerns: bool, own: frozenset[int]) -> list[Row]:
    """Pupils with a status on a day, and with an open concern where the reader may know of it, by name.

    `own` are the reader's own children, whose files are closed to them.
    """
    values = {
        "school": school,
        "on": on,
        "concerns": concerns,
        "own": sorted(own),
        "reviews": _REVIEWS,
        "brief": clocks.BRIEF_READ.code,
    }
    return [Row._make(row) for row in sql.rows(_ROWS, values) if row[0] is not None]


class SavedTab(NamedTuple):
    id: int
    name: str
    query: str


class Around(NamedTuple):
    """What stands around the rows: how many are on roll, the reader's own views, the school's terms."""

    on_roll: int
    views: tuple[SavedTab, ...]
    terms: tuple[tuple[str, date, date], ...]


def around(school: int, person: int, *, on: date, own: frozenset[int]) -> Around:
    """In one statement."""
    ((on_roll, views, terms),) = sql.rows(_AROUND, {"school": school, "person": person, "on": on, "own": sorted(own)})
    of_school = [term for term in terms if term[3] is not None] or terms
    return Around(
        on_roll,
        tuple(SavedTab(*view) for view in views),
        tuple((name, date.fromisoformat(first), date.fromisoformat(last)) for name, first, last, _ in of_school),
    )


def stage_on(row: Row, on: date) -> Stage | None:
    """The stage of a row's latest cycle as it was on a day; None without a cycle."""
    if row.opened_on is None:
        return None
    then = (
        day if day and day <= on else None for day in (row.assessed_on, row.started_on, row.reviewed_on, row.closed_on)
    )
    return stage(Facts(row.opened_on, *then))
