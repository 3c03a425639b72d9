"""What the SENCO's post proves: that it is held, by somebody qualified or on the way, and with time for it."""

from collections.abc import Sequence
from datetime import date

from alongside.areas.workforce import rules
from alongside.base.evidence.proofs import PROOFS, proves, values_of, with_cases
from alongside.base.schools.queries import calendars
from alongside.kit.sql import rows
from alongside.law import clocks, thresholds

_HOLDS = "a.since <= %(on)s and (a.until is null or a.until >= %(on)s)"
_YEARS = int(clocks.SENCO_QUALIFIES.amount)
_SAFER = int(clocks.SENCO_QUALIFIES.safer)  # the last day that is safe on any reading
_WARNING = int(thresholds.SENCO_WARNING)
_YEARLY = int(thresholds.YEARLY)

# The SENCO of today with the end of the three years; a school without one has its row, with nobody in it.
_CLOCK = f"""school s
        left join workforce_appointment a on a.school_id = s.id and a.kind = 'senco' and {_HOLDS}
        cross join lateral (select (case when a.months_before > {rules.SETTLED} then a.first_on else a.since end
                                    + interval '{_YEARS} years')::date - {_SAFER} as day) q
        left join lateral (select bool_or(c.awarded_on <= %(on)s) as held,
                                  bool_or(c.started_on <= %(on)s and (c.award <> 'nasenco'
                                          or %(on)s <= date '{rules.last_nasenco()}')) as runs
                             from workforce_qualification c
                            where c.school_id = a.school_id and c.person_id = a.person_id) w on true"""


@proves("S02-08", floor=1, pupils=False)
def a_senco_is_appointed() -> str:
    """A teacher holds the appointment as SENCO today, or covers it."""
    return f"""
      select s.id, null::bigint, case when count(a.id) > 0 then 'met' else 'overdue' end, null::date,
             'Nobody holds the SENCO’s post today'
        from school s left join workforce_appointment a on a.school_id = s.id and {_HOLDS}
       group by s.id"""


@proves("S02-09", floor=1, pupils=False)
def the_senco_is_qualified() -> str:
    """The SENCO’s award or NPQ: held, on the way inside the three years, not begun while they run out, or past them."""
    return _qualified("due")


@proves("S03-37", floor=1, pupils=False)
def the_senco_is_trained() -> str:
    """The SENCO’s award or NPQ: held, in progress, not enrolled, or the period ended."""
    return _qualified("at_risk")


def _qualified(early: str) -> str:
    """`early` is the state of whoever is on no course while there is time for one."""
    return f"""
      select s.id, null::bigint,
             case when a.id is null then 'at_risk' when w.held then 'met' when %(on)s > q.day then 'overdue'
                  when w.runs then 'due' when q.day - %(on)s > {_WARNING} then '{early}' else 'at_risk' end,
             q.day, case when a.id is null then 'Nobody holds the SENCO’s post today'
                         else 'To be held by ' || to_char(q.day, 'FMDD Mon YYYY') end
        from {_CLOCK}"""


@proves("S03-31", floor=1, pupils=False)
def governors_look_at_the_post() -> str:
    """The board’s minute of the last year that the SENCO’s post was looked at, and an appointment that holds today.

    A school that joined within the year has the year to do it in.
    """
    return f"""
      select s.id, null::bigint,
             case when exists (select 1 from workforce_appointment a where a.school_id = s.id and {_HOLDS})
                   and exists (select 1 from workforce_confirmation m where m.school_id = s.id
                        and m.minuted_on between %(on)s - {_YEARLY} and %(on)s) then 'met'
                  when c.joined_on > %(on)s - {_YEARLY} then 'due' else 'overdue' end,
             null::date, 'The board has not minuted it within a year, or nobody holds the post'
        from school s join schools_school c on c.id = s.id"""


# This term's weeks with the hours agreed for them, and the latest word of whoever holds the post.
_TERM = """school s left join lateral (
             select count(*) as weeks, sum(w.agreed) as agreed, sum(w.used) as used, sum(w.admin_agreed) as admin_agreed,
                    sum(w.admin_given) as admin_given
               from workforce_week w where w.school_id = s.id and w.monday <= %(on)s
                and w.monday >= date_trunc('week', s.term)::date) t on true"""


@proves("S03-38", floor=1, pupils=False)
def the_senco_says_there_is_enough_time() -> str:
    """This term’s hours as agreed, and the SENCO’s own word that they are enough; without that word never met."""
    return f"""
      select s.id, null::bigint,
             case when v.enough is false or t.used < t.agreed then 'at_risk'
                  when v.enough and t.weeks > 0 then 'met' else 'not_evidenced' end, null::date,
             case when v.enough is false then 'The SENCO says that the time is not enough'
                  when t.used < t.agreed then 'Fewer hours were given than agreed'
                  when v.enough is null then 'The SENCO has not said this term whether the time is enough'
                  else 'No hours are noted this term' end
        from {_TERM}
        left join lateral (select v.enough from workforce_view v join workforce_appointment a
                             on a.school_id = v.school_id and a.person_id = v.person_id and {_HOLDS}
                            where v.school_id = s.id and v."on" between s.term and %(on)s
                            order by v."on" desc, v.id desc limit 1) v on true"""


@proves("S03-39", floor=1, pupils=False)
def the_senco_has_administrative_help() -> str:
    """This term’s hours of administrative help, against those agreed."""
    return f"""
      select s.id, null::bigint,
             case when coalesce(t.admin_agreed, 0) = 0 then 'not_evidenced'
                  when t.admin_given >= t.admin_agreed then 'met' else 'at_risk' end, null::date,
             case when coalesce(t.admin_agreed, 0) = 0 then 'No administrative help is agreed or noted'
                  else 'Less help was given than agreed' end
        from {_TERM}"""


@proves("S03-40", floor=1, pupils=False)
def time_away_from_teaching_is_kept() -> str:
    """This term’s hours lost to cover, duties and other things, against the share that may be lost."""
    return f"""
      select s.id, null::bigint,
             case when coalesce(t.weeks, 0) = 0 then 'not_evidenced'
                  when coalesce(l.hours, 0) * 100 > t.agreed * coalesce(g.most, {rules.MOST_LOST})
                  then 'at_risk' else 'met' end, null::date,
             case when coalesce(t.weeks, 0) = 0 then 'No hours are noted this term'
                  else 'More was lost than the school allows' end
        from {_TERM}
        left join lateral (select sum(l.hours) as hours from workforce_lost l join workforce_week w on w.id = l.week_id
                            where w.school_id = s.id and w.monday <= %(on)s
                              and w.monday >= date_trunc('week', s.term)::date) l on true
        left join lateral (select g."limit" as most from workforce_agreed g where g.school_id = s.id and g.since <= %(on)s
                            order by g.since desc limit 1) g on true"""


def states(code: str, schools: Sequence[int], *, on: date) -> list[tuple[int, str]]:
    """How one of these duties stands at schools, each of which has one case: (school, state)."""
    values = values_of(calendars(schools, on=on), on)
    return [
        (school, state)
        for school, state in rows(with_cases(PROOFS[code], "select school_id, state from cases"), values)
    ]
