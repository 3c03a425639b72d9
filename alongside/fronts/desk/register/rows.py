"""The rows of a school's register on a day: everything the page filters, sorts and shows, in one statement."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from alongside.areas.support.rules import Facts, Stage, stage
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
    url: str | None
    ends: date | None
    adult: int | None
    title: str | None
    given: str | None
    family: str | None

    @property
    def name(self) -> str:
        return f"{self.liked_name or self.given_name} {self.liked_family or self.family_name}"

    @property
    def adult_name(self) -> str:
        if self.family is None:
            return ""
        return f"{self.title} {self.family}" if self.title else f"{self.given} {self.family}"


# A pupil's groups are gathered before the teachers are asked for: joined, the planner would look up every pair of
# pupil and teacher. The rest is one look by index for each pupil of the register.
_ROWS = """
with chosen as materialized (
  select pupil_id from register_status
   where school_id = %(school)s and since <= %(on)s and (until is null or until >= %(on)s)
  union
  select pupil_id from concerns_concern
   where %(concerns)s and school_id = %(school)s and raised_on <= %(on)s and (closed_on is null or closed_on > %(on)s)
),
teachers as materialized (
  select distinct on (l.group_id) l.group_id, l.person_id
    from pupils_adultlink l join pupils_group g on g.id = l.group_id and g.school_id = %(school)s and g.kind = 'class'
   where l.school_id = %(school)s and l.part = 'teaches'
     and l.since <= %(on)s and (l.until is null or l.until >= %(on)s)
   order by l.group_id, l.since, l.id
)
select p.id, p.liked_name, p.given_name, p.liked_family, p.family_name, p.class_name, p.nc_year, p.language, p.eal,
       p.pupil_premium, p.in_care, s.code, s.since, n.code, n.area,
       (select max(x."on") from register_check x where x.pupil_id = p.id and x."on" <= %(on)s),
       w.id, c.number, c.opened_on, c.assessed_on, c.started_on, c.reviewed_on, c.closed_on,
       exists (select from provision_line x where x.pupil_id = p.id
                and x.since <= %(on)s and (x.until is null or x.until >= %(on)s)),
       v.planned, v.held, d.clock, d.due, d.counted_from, d.url,
       (select min(x.due) from deadlines_deadline x where x.pupil_id = p.id and x.clock = any(%(reviews)s)),
       q.id, q.title, q.given, q.family
  from chosen
  join pupils_pupil p on p.id = chosen.pupil_id and p.school_id = %(school)s
   and (p.left_on is null or p.left_on >= %(on)s) and p.id <> all(%(own)s)
  left join register_status s on s.pupil_id = p.id and s.since <= %(on)s and (s.until is null or s.until >= %(on)s)
  left join register_need n on n.pupil_id = p.id and n.rank = 1
   and n.since <= %(on)s and (n.until is null or n.until >= %(on)s)
  left join lateral (
    select x.id from concerns_concern x
     where x.pupil_id = p.id and %(concerns)s
       and x.raised_on <= %(on)s and (x.closed_on is null or x.closed_on > %(on)s)
     order by x.raised_on, x.id limit 1) w on true
  left join lateral (
    select x.number, x.opened_on, x.assessed_on, x.started_on, x.reviewed_on, x.closed_on from support_cycle x
     where x.pupil_id = p.id and x.opened_on <= %(on)s order by x.number desc limit 1) c on true
  left join provision_delivery v on v.pupil_id = p.id
  left join lateral (
    select x.clock, x.due, x.counted_from, x.url from deadlines_deadline x
     where x.pupil_id = p.id and (%(concerns)s or x.kind <> 'concern') and x.clock <> %(brief)s
     order by x.due limit 1) d on true
  left join lateral (
    select x.person_id from pupils_adultlink x
     where x.pupil_id = p.id and x.part in ('key', 'supports')
       and x.since <= %(on)s and (x.until is null or x.until >= %(on)s)
     order by x.part, x.id limit 1) a on true
  left join lateral (
    select (select t.person_id from teachers t where t.group_id = any(array(
              select m.group_id from pupils_membership m where m.pupil_id = p.id
                 and m.since <= %(on)s and (m.until is null or m.until >= %(on)s))) limit 1) as person_id
     where a.person_id is null) t on true
  left join people_person q on q.id = coalesce(a.person_id, t.person_id)
 order by p.sort_key, p.id
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
    return list(map(Row._make, sql.rows(_ROWS, values)))


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
