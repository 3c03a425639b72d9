"""What the sweep proves: every pupil is looked at, every sign runs or says why not, and its questions are answered."""

from alongside.base.evidence.proofs import NOW, passed, proves
from alongside.law import thresholds
from alongside.law.clocks import FLAG_ANSWER
from alongside.progress.points import NO_START

_FIRST_LOOK = int(thresholds.FIRST_LOOK)
_SEASON = "array_position('{{autumn,spring,summer}}'::text[], {0}.season::text)"

# How a flag of this school year stands: answered in time, late, or waiting. One that ended of itself is no case, unless
# nobody had answered it by its day: then it was late, and does not vanish with the next result.
_FLAGS = f"""
      select f.school_id, f.pupil_id,
             case when f.answered_on <= %(on)s then case when
                  {passed("f.answered_on")} - {passed("f.raised_on")} <= {FLAG_ANSWER.amount} then 'met' else 'at_risk' end
                  when f.ended_on <= %(on)s then 'at_risk'
                  when {NOW} - {passed("f.raised_on")} <= {FLAG_ANSWER.amount} then 'due' else 'overdue' end,
             null::date, 'Flag of ' || to_char(f.raised_on, 'FMDD Mon')
        from identification_flag f join school s on s.id = f.school_id
       where f.raised_on between %(year)s and %(on)s
         and (f.answered_on <= %(on)s or f.ended_on is null or f.ended_on > %(on)s
              or {passed("f.ended_on")} - {passed("f.raised_on")} > {FLAG_ANSWER.amount})"""

# What the newest run of each subject in this school year found of pupils who are still at the school.
_FOUND = f"""identification_finding f join school s on s.id = f.school_id
        join identification_run r on r.id = f.run_id and r.ran_on <= %(on)s
         and r.school_year = extract(year from %(year)s::date)
         and not exists (select 1 from identification_run later where later.subject = r.subject and later.why_not = ''
              and later.school_year = r.school_year and later.ran_on <= %(on)s
              and {_SEASON.format("later")} > {_SEASON.format("r")})
        join pupils_pupil p on p.id = f.pupil_id and (p.left_on is null or p.left_on >= %(on)s)"""


@proves("S04-04", also=("assessment",))
def points_are_looked_through_and_flags_answered() -> str:
    """Points of this school year that were looked through, and flags answered within 10 school days."""
    return f"""
      select sat.school_id, null::bigint, case when r.id is null then 'not_evidenced' else 'met' end, null::date,
             'Results that nobody has looked through'
        from (select distinct a.school_id, t.point_id, t.subject, t.scale_id
                from assessment_result a join school s on s.id = a.school_id
                join assessment_sitting t on t.id = a.sitting_id
               where a.score is not null and a."on" between %(year)s and %(on)s) sat
        join assessment_point d on d.id = sat.point_id
        join assessment_scale c on c.id = sat.scale_id and c.kind = 'interval' and c.sd > 0
         and c.reliability > 0 and c.reliability < 1
        left join identification_run r on r.school_year = d.school_year and r.season = d.season
         and r.subject = sat.subject and r.scale_id = sat.scale_id and r.ran_on <= %(on)s
      union all {_FLAGS}"""


@proves("S04-09")
def growth_beside_pupils_who_began_level() -> str:
    """Pupils with a result at the newest point whose growth was set beside that of pupils who began level."""
    return f"""
      select f.school_id, f.pupil_id, case when f.percentile is null then 'not_evidenced' else 'met' end, null::date,
             case f.how when '{NO_START}' then 'No result a year before' else 'Not enough pupils to say' end
        from {_FOUND}"""


@proves("S04-10")
def the_last_rate_beside_the_one_before() -> str:
    """Pupils with a result at the newest point whose last gain was set beside their own earlier one."""
    return f"""
      select f.school_id, f.pupil_id, case when 'rate_not_matched' = any(f.answered) then 'met' else 'not_evidenced' end,
             null::date, 'Fewer than three tests on one scale'
        from {_FOUND}"""


@proves("S04-11")
def the_gap_of_those_under_the_middle() -> str:
    """Pupils under the middle of their year group whose gap was looked at over three tests or more."""
    return f"""
      select f.school_id, f.pupil_id, case when 'gap_not_closing' = any(f.answered) then 'met' else 'not_evidenced' end,
             null::date, 'Fewer than three tests with eight peers'
        from {_FOUND} where f.below"""


@proves("S04-12")
def growing_gaps_are_answered() -> str:
    """Flags of a growing gap in this school year, answered within 10 school days."""
    return f"{_FLAGS} and f.sign = 'gap_widens'"


@proves("S04-01", also=("assessment", "concerns", "register"))
def new_pupils_have_a_first_look() -> str:
    """Pupils who came this school year: a result, a concern or a place on the register within six weeks.

    A letter in place of a mark, such as A for absent, is no look.
    """
    return f"""
      select p.school_id, p.id,
             case when look.first - p.entered_on <= {_FIRST_LOOK} then 'met' when look.first <= %(on)s then 'at_risk'
                  when %(on)s - p.entered_on <= {_FIRST_LOOK} then 'due' else 'overdue' end,
             p.entered_on + {_FIRST_LOOK}, 'Came on ' || to_char(p.entered_on, 'FMDD Mon')
        from pupils_pupil p join school s on s.id = p.school_id
        left join lateral (select least(
               (select min(a."on") from assessment_result a join assessment_sitting t on t.id = a.sitting_id
                  join assessment_scale l on l.id = t.scale_id
                 where a.pupil_id = p.id and a."on" between p.entered_on and %(on)s and not l.letters ? a.mark),
               (select min(c.raised_on) from concerns_concern c
                 where c.pupil_id = p.id and c.raised_on between p.entered_on and %(on)s),
               (select min(greatest(u.since, p.entered_on)) from register_status u
                 where u.pupil_id = p.id and u.since <= %(on)s and (u.until is null or u.until >= p.entered_on))
             ) as first) look on true
       where p.entered_on between %(year)s and %(on)s and (p.left_on is null or p.left_on >= %(on)s)"""
