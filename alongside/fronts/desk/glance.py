"""Everything that the first page about a pupil shows, in one statement."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from alongside.kit import sql

Fields = dict[str, Any]  # a row as JSON has it: days are texts


class Glance(NamedTuple):
    """What the database holds for the page; lists are in the order in which they are shown."""

    status: Fields | None
    needs: list[Fields]
    brief: Fields | None
    contacts: list[Fields]
    check: Fields | None
    lines: list[Fields]
    clocks: list[Fields]
    adults: list[Fields]
    cycles: list[Fields]
    taps: list[Fields]


# `plan` and `concerns` are whether the reader may read those at the pupil's school; what they may not is not asked for.
_GLANCE = """
with held as (
  select m.group_id from pupils_membership m
   where m.pupil_id = %(pupil)s and m.since <= %(on)s and (m.until is null or m.until >= %(on)s)
)
select
(select row_to_json(x) from (
  select code, since from register_status
   where pupil_id = %(pupil)s and since <= %(on)s and (until is null or until >= %(on)s) limit 1) x),
(select coalesce(json_agg(x order by rank), '[]') from (
  select rank, code, area from register_need
   where %(plan)s and pupil_id = %(pupil)s and since <= %(on)s and (until is null or until >= %(on)s)) x),
(select row_to_json(x) from (
  select number, own_words, own_words_on, helped_by, good_at, helps, avoid, safety from classroom_brief
   where pupil_id = %(pupil)s and current) x),
(select coalesce(json_agg(x order by "order"), '[]') from (
  select given, family, relationship, phones, reach, "order" from pupils_contact
   where %(plan)s and pupil_id = %(pupil)s and not barred order by "order" limit 4) x),
(select row_to_json(x) from (
  select c."on", p.title, p.given, p.family from register_check c join people_person p on p.id = c.by_id
   where c.pupil_id = %(pupil)s order by c."on" desc limit 1) x),
(select coalesce(json_agg(x order by id), '[]') from (
  select l.id, t.plain_name, l.times_a_week, l.minutes, l.group_size, p.title, p.given, p.family,
         s.planned, s.held, s.missed
    from provision_line l
    join provision_provisiontype t on t.id = l.type_id
    left join people_person p on p.id = l.adult_id
    cross join lateral (
      select coalesce(sum(n), 0) as planned, coalesce(sum(n) filter (where because = ''), 0) as held,
             coalesce(json_object_agg(because, n) filter (where because <> ''), '{}') as missed
        from (select missed_because as because, count(*) as n from provision_session
               where line_id = l.id group by missed_because) each) s
   where %(plan)s and l.pupil_id = %(pupil)s and (l.until is null or l.until >= %(on)s)) x),
(select coalesce(json_agg(x order by due, clock, id), '[]') from (
  select id, clock, due, what, why, url from deadlines_deadline
   where %(plan)s and pupil_id = %(pupil)s and (%(concerns)s or kind <> 'concern')
   order by due, clock, id limit %(clocks)s) x),
(select coalesce(json_agg(x order by part, id), '[]') from (
  select l.id, l.part, g.subject, p.title, p.given, p.family, p.phone
    from pupils_adultlink l join people_person p on p.id = l.person_id left join pupils_group g on g.id = l.group_id
   where (l.pupil_id = %(pupil)s or l.group_id = any(array(select group_id from held)))
     and l.since <= %(on)s and (l.until is null or l.until >= %(on)s)
   order by l.part, l.id limit 4) x),
(select coalesce(json_agg(x order by number), '[]') from (
  select c.number, c.opened_on, c.assessed_on, c.started_on, c.reviewed_on, c.closed_on, c.review_on,
         (select change from support_review where cycle_id = c.id limit 1) as change,
         (select coalesce(json_agg(json_build_object(
                   'text', o.text, 'baseline', o.baseline, 'result', o.result, 'end', o.exit_measure
                 ) order by o.number), '[]')
            from support_outcome o where o.cycle_id = c.id) as outcomes
    from support_cycle c
   where %(plan)s and c.pupil_id = %(pupil)s order by c.number desc limit %(cycles)s) x),
(select coalesce(json_agg(x), '[]') from (
  select strategy, day from classroom_strategyuse
   where %(plan)s and pupil_id = %(pupil)s and not helped and day > %(since)s and day <= %(on)s) x)
"""


def glance(pupil: int, *, on: date, plan: bool, concerns: bool, clocks: int, cycles: int, since: date) -> Glance:
    """What stands in the records of one pupil whom the reader may see: at most so many clocks and cycles,
    and what was tapped as not helping after `since`.

    Without `plan` needs, family, provision, clocks and cycles come back empty.
    """
    values = {
        "pupil": pupil, "on": on, "plan": plan, "concerns": concerns, "clocks": clocks, "cycles": cycles,
        "since": since,
    }  # fmt: skip
    return Glance._make(sql.rows(_GLANCE, values)[0])
