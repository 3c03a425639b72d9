"""What training proves: staff are rated, gaps lead to courses, courses are followed up, and every part of the staff learns."""

from alongside.areas.training import rules
from alongside.base.access.roles import ROLES, Permission
from alongside.base.evidence.proofs import Whole, proves
from alongside.law import thresholds

_YEARLY = int(thresholds.YEARLY)
_HALF_TERM = int(thresholds.HALF_TERM)
_ANSWERED = int(thresholds.TERM_AND_HOLIDAY)
_NOW = "{0}.since <= %(on)s and ({0}.until is null or {0}.until >= %(on)s)"
_OF_ROLE = "\n".join(f"when '{role}' then {index}" for index, role in enumerate(rules.GROUP_OF))
_GROUPS = ", ".join(f"'{group}'" for group in rules.GROUP_OF.values())
_RATED = ", ".join(f"'{group}'" for group in rules.RATED)
_RATERS = ", ".join(f"'{role.code}'" for role in ROLES.values() if Permission.TRAINING_RATE in role.permissions)
_RATES = f"""exists (select 1 from access_post x where x.school_id = f.school_id and x.role in ({_RATERS})
                      and {_NOW.format("x")} and x.person_id {{0}} f.person_id)"""

# Who works at a school, each once, with their part of the staff and since when: by role, or noted by name.
STAFF = f"""staff(school_id, person_id, part, since) as (
  select p.school_id, p.person_id, (array[{_GROUPS}])[min(case p.role {_OF_ROLE} end) + 1], min(p.since)
    from access_post p join school s on s.id = p.school_id
   where p.role = any('{{{",".join(rules.GROUP_OF)}}}') and {_NOW.format("p")}
   group by p.school_id, p.person_id
  union all
  select c.school_id, c.person_id, c."group", c.since
    from training_colleague c join school s on s.id = c.school_id where {_NOW.format("c")})"""

# In which areas somebody teaches how many pupils of the register now, by timetable and by name.
TAUGHT = f"""links(person_id, pupil_id) as (
  select l.person_id, l.pupil_id from pupils_adultlink l join school s on s.id = l.school_id
   where l.pupil_id is not null and {_NOW.format("l")}
  union
  select l.person_id, m.pupil_id from pupils_adultlink l join school s on s.id = l.school_id
    join pupils_membership m on m.group_id = l.group_id and {_NOW.format("m")}
   where {_NOW.format("l")}),
taught(school_id, person_id, area, pupils) as (
  select n.school_id, l.person_id, n.area, count(distinct n.pupil_id)
    from register_need n join school s on s.id = n.school_id
    join register_status r on r.pupil_id = n.pupil_id and {_NOW.format("r")}
    join links l on l.pupil_id = n.pupil_id
   where n.area <> '' and {_NOW.format("n")}
   group by 1, 2, 3)"""

# The last level in each area, the SENCO's and one's own apart.
LEVELS = """levels(school_id, person_id, area, senco, own) as (
  select x.school_id, x.person_id, x.area, max(x.level) filter (where x.source = 'senco'),
         max(x.level) filter (where x.source = 'self')
    from (select distinct on (r.school_id, r.person_id, r.area, r.source) r.school_id, r.person_id, r.area, r.source, r.level
            from training_rating r join school s on s.id = r.school_id where r."on" <= %(on)s
           order by r.school_id, r.person_id, r.area, r.source, r."on" desc) x
   group by 1, 2, 3)"""

# Teaching below skilled: a gap; with how far its training is.
GAPS = f"""gaps(school_id, person_id, part, area, pupils, booked, came, changed) as (
  select t.school_id, t.person_id, f.part, t.area, t.pupils, coalesce(k.booked, false), coalesce(k.came, false),
         coalesce(k.changed, false)
    from taught t join staff f on f.school_id = t.school_id and f.person_id = t.person_id
    left join levels v on v.school_id = t.school_id and v.person_id = t.person_id and v.area = t.area
    left join lateral (
         select bool_or(b.came is null and e.held_on >= %(on)s) as booked, bool_or(b.came) as came,
                bool_or(b.came and b.changed_on <= %(on)s) as changed
           from training_booking b join training_session e on e.id = b.session_id join training_course c on c.id = e.course_id
          where b.person_id = t.person_id and c.area = t.area and c.approved_on <= %(on)s
            and e.held_on > %(on)s - {_YEARLY}) k on true
   where coalesce(v.senco, v.own, 0) < {int(rules.ENOUGH)})"""


# What pages ask of the same parts.
EVERYBODY = f"{STAFF} select person_id, part from staff"
CELLS = f"""{STAFF}, {TAUGHT}, {LEVELS}, {GAPS}
select coalesce(v.person_id, t.person_id), coalesce(v.area, t.area), v.own, v.senco, coalesce(t.pupils, 0),
       g.person_id is not null, g.booked, g.came, g.changed
  from taught t full join levels v on v.school_id = t.school_id and v.person_id = t.person_id and v.area = t.area
  left join gaps g on g.school_id = t.school_id and g.person_id = t.person_id and g.area = t.area"""
POOLED = f"""{STAFF}, {TAUGHT}, {LEVELS}, {GAPS}
select area, part, count(distinct person_id), count(distinct school_id) from gaps where not came
 group by grouping sets ((area, part), (area))"""
COVERED = f"""{STAFF}
select f.school_id, f.person_id, f.part, exists (
       select 1 from training_booking b join training_session e on e.id = b.session_id
         join training_course c on c.id = e.course_id
        where b.person_id = f.person_id and b.came and c.approved_on <= %(on)s
          and e.held_on between %(year_ago)s and %(on)s)
  from staff f"""


def _with(parts: str, rest: str) -> str:
    """A statement inside the cases of a proof: its own parts, then what they answer."""
    return f"select * from (with {parts} {rest}) as found(school_id, pupil_id, state, due, why)"


@proves("S14-03", floor=1, also=("access",), pupils=False)
def staff_are_rated_by_the_senco() -> str:
    """Teachers, assistants and leaders with a rating by the SENCO in 12 months; only their own is a risk.

    A SENCO rates nobody but others, and is rated where somebody else may rate as well.
    """
    return _with(
        STAFF,
        f"""
      select f.school_id, null::bigint,
             case when r.senco then 'met' when r.own then 'at_risk'
                  when f.since > %(on)s - {_HALF_TERM} then 'due' else 'overdue' end, null::date,
             'Somebody has not been rated by the SENCO within a year'
        from staff f cross join lateral (
             select coalesce(bool_or(r.source = 'senco'), false) as senco, coalesce(bool_or(r.source = 'self'), false) as own
               from training_rating r where r.school_id = f.school_id and r.person_id = f.person_id
                and r."on" between %(on)s - {_YEARLY} and %(on)s) r
       where f.part in ({_RATED}) and ({_RATES.format("<>")} or not {_RATES.format("=")})""",
    )


@proves("S14-04", floor=1, also=("register", "access"), pupils=False)
def gaps_lead_to_training() -> str:
    """Gaps of staff against the pupils they teach: training done and followed up, planned, or nothing yet."""
    return _with(
        f"{STAFF}, {TAUGHT}, {LEVELS}, {GAPS}",
        """
      select g.school_id, null::bigint,
             case when g.came and g.changed then 'met' when g.booked or g.came then 'due' else 'at_risk' end, null::date,
             'A gap has no training'
        from gaps g""",
    )


@proves("S14-05", floor=1, also=("register", "access"), whole=Whole.TRUST)
def shared_needs_are_answered() -> str:
    """Needs for training that five colleagues or more share across the trust: answered within the term."""
    return _with(
        f"{STAFF}, {TAUGHT}, {LEVELS}, {GAPS}",
        f"""
      select null::bigint, null::bigint,
             case when exists (select 1 from training_answered a where a.area = g.area
                   and a."on" between %(on)s - {_ANSWERED} and %(on)s) then 'met' else 'overdue' end, null::date,
             'A need that schools share has no answer'
        from gaps g where not g.came group by g.area having count(distinct g.person_id) >= {int(thresholds.POOLED_NEED)}""",
    )


# Who learned something in the last year: came to a session of a course that counts.
_LEARNED = f"""exists (select 1 from training_booking b join training_session e on e.id = b.session_id
                         join training_course c on c.id = e.course_id
                        where b.person_id = f.person_id and b.came and c.approved_on <= %(on)s
                          and e.held_on between %(on)s - {_YEARLY} and %(on)s)"""


@proves("S14-01", also=("access",), whole=Whole.TRUST)
def everybody_learns() -> str:
    """All staff of the schools, lunch and office staff too: training about SEND in the last 12 months."""
    return _with(
        STAFF,
        f"""
      select null::bigint, null::bigint, case when {_LEARNED} then 'met' else 'at_risk' end, null::date,
             'Somebody has learned nothing about SEND for a year' from staff f""",
    )


@proves("S14-02", floor=1, whole=Whole.TRUST)
def courses_are_as_the_policy_asks() -> str:
    """Courses held or planned in the last 12 months: need, objective, evaluation and approval are written down."""
    return f"""
      select null::bigint, null::bigint,
             case when c.need <> '' and c.objective <> '' and c.evaluation <> '' and c.approved_on <= %(on)s
                  then 'met' else 'at_risk' end, null::date, 'A course lacks its need, objective, evaluation or approval'
        from training_course c where c.written_on <= %(on)s and (c.written_on > %(on)s - {_YEARLY} or exists (
             select 1 from training_session e where e.course_id = c.id and e.held_on > %(on)s - {_YEARLY}))"""


@proves("S03-16", floor=1, whole=Whole.TRUST)
def every_part_of_the_staff_has_a_course() -> str:
    """Each part of the staff: somebody came to a course for it in the last 12 months."""
    return f"""
      select null::bigint, null::bigint,
             case when exists (select 1 from training_course c join training_session e on e.course_id = c.id
                     join training_booking b on b.session_id = e.id and b.came
                   where part = any(c.audience::text[]) and c.approved_on <= %(on)s
                     and e.held_on between %(on)s - {_YEARLY} and %(on)s) then 'met' else 'at_risk' end,
             null::date, 'A part of the staff had no course this year'
        from unnest(array[{", ".join(f"'{group}'" for group in rules.Group)}]) as part"""


@proves("S03-42", floor=1, also=("access",), pupils=False)
def appraisals_cover_pupils_at_risk() -> str:
    """Teachers: an appraisal of the last 12 months covered it; due in somebody’s first year."""
    return _with(
        STAFF,
        f"""
      select f.school_id, null::bigint,
             case when exists (select 1 from training_appraised a where a.school_id = f.school_id
                   and a.person_id = f.person_id and a."on" between %(on)s - {_YEARLY} and %(on)s) then 'met'
                  when f.since > %(on)s - {_YEARLY} then 'due' else 'overdue' end, null::date,
             'An appraisal of the year is not ticked'
        from staff f where f.part = 'teachers'""",
    )


@proves("S03-57", floor=1, pupils=False)
def teams_are_guided() -> str:
    """Departments and year teams: the SENCO’s guidance this term."""
    return """
      select t.school_id, null::bigint,
             case when exists (select 1 from training_coaching c where c.team_id = t.id
                   and c.day between s.term and %(on)s) then 'met' else 'at_risk' end, null::date,
             'A team had no guidance this term'
        from training_team t join school s on s.id = t.school_id"""


@proves("S00-05", floor=1, also=("access",), whole=Whole.TRUST)
def central_staff_have_a_line_executive() -> str:
    """People of the central team: an executive to whom goes what would go to a headteacher."""
    return f"""
      select null::bigint, null::bigint,
             case when exists (select 1 from training_line l join access_post x on x.person_id = l.executive_id
                   where l.person_id = p.person_id and x.role = 'director' and x.school_id is null and {_NOW.format("x")})
                  then 'met' else 'not_evidenced' end, null::date, 'No executive is noted for somebody of the central team'
        from access_post p where p.role = 'central' and p.school_id is null and {_NOW.format("p")}"""
