"""What results prove: that every pupil is assessed at each point, and that what is known of each is of these months."""

from alongside.base.evidence.proofs import proves
from alongside.law import thresholds

_RECENT = int(thresholds.TERM_AND_HOLIDAY)

# Pupils on roll and the points of this school year that have opened for their year group. Who came after a point was due
# could not have been assessed at it.
_ASKED = """pupils_pupil u join school s on s.id = u.school_id
        join assessment_point o on (o.school_id is null or o.school_id = u.school_id)
             and o.opens_on <= %(on)s and o.opens_on >= %(year)s
             and (u.entered_on is null or u.entered_on <= o.due_on)
        join assessment_sitting t on t.point_id = o.id and u.nc_year = any(t.nc_years)
        left join assessment_result r on r.pupil_id = u.id and r.sitting_id = t.id
       where (u.left_on is null or u.left_on >= %(on)s)"""


@proves("S04-03")
def every_pupil_is_assessed_at_each_point() -> str:
    """Pupils at each point of this school year: a result, or the letter that says why there is none, in every subject."""
    return f"""
      select u.school_id, u.id,
             case when count(r.id) = count(*) then 'met' when o.due_on < %(on)s then 'overdue' else 'due' end,
             o.due_on, o.name || ': ' || (count(*) - count(r.id)) || ' results are missing'
        from {_ASKED}
       group by u.school_id, u.id, o.id"""


@proves("S15-10")
def progress_is_known_of_every_pupil() -> str:
    """Pupils whose year group is assessed: a score, a step or a note on development within a term and the holiday."""
    return f"""
      select u.school_id, u.id, case when k.pupil_id is not null then 'met' else 'at_risk' end, null::date,
             'Nothing says how they are getting on'
        from pupils_pupil u join school s on s.id = u.school_id
        join (select s.id as school_id, y.nc_year, max(o.due_on) as due from school s
                join assessment_point o on (o.school_id is null or o.school_id = s.id)
                     and o.due_on between %(on)s - {_RECENT} and %(on)s
                join assessment_sitting t on t.point_id = o.id cross join unnest(t.nc_years) as y(nc_year)
               group by 1, 2) a on a.school_id = u.school_id and a.nc_year = u.nc_year
        left join (select r.pupil_id from assessment_result r join school s on s.id = r.school_id
                     join assessment_sitting t on t.id = r.sitting_id join assessment_scale c on c.id = t.scale_id
                    where r."on" between %(on)s - {_RECENT} and %(on)s
                      and (r.score is not null or r.mark = any(c.steps))
                   union select d.pupil_id from assessment_development d join school s on s.id = d.school_id
                    where d."on" between %(on)s - {_RECENT} and %(on)s) k on k.pupil_id = u.id
       where (u.left_on is null or u.left_on >= %(on)s) and (u.entered_on is null or u.entered_on <= a.due)"""
