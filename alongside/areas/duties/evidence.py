"""What the catalogue and the stored states prove about themselves."""

from alongside.areas.duties import signing
from alongside.base.access.roles import LOCAL_BOARD
from alongside.base.evidence.proofs import Whole, proves
from alongside.law import thresholds
from alongside.law.clocks import CLOCKS
from alongside.law.rule import Band

_HELD = """duties_duty d join lateral (select coalesce(
      (select g.role from duties_delegation g where (g.duty = d.code or g.family = d.family)
          and (g.school_id is null or g.school_id = {school}) and g.since <= %(on)s
          and (g.until is null or g.until >= %(on)s)
        order by g.school_id is null, g.duty = '', g.since desc limit 1), d.owner) as role) o on true"""
_IN_FORCE = """d.id = (select v.id from duties_duty v where v.code = d.code and v.valid_from <= %(on)s
                       order by v.valid_from desc, v.own desc limit 1)"""


@proves("S00-04", floor=1, also=("access",), pupils=False)
def every_duty_has_an_owner() -> str:
    """Each duty that applies to the school has somebody who holds the role that answers for it, at the school or at the trust."""
    return f"""
      select s.id, null::bigint, case when exists (select 1 from access_post p where p.role = o.role
               and (p.school_id = s.id or p.school_id is null) and p.since <= %(on)s
               and (p.until is null or p.until >= %(on)s)) then 'met' else 'not_evidenced' end, null::date,
             d.code || ' has nobody who answers for it'
        from school s, {_HELD.format(school="s.id")}
       where d.holds_for <> 'trust' and {_IN_FORCE}
         and not exists (select 1 from duties_exemption e where e.school_id = s.id and e.duty = d.code
                                                        and e."on" <= %(on)s and e.until >= %(on)s)"""


@proves("S00-06", floor=1, also=("access",), whole=Whole.TRUST)
def every_trust_duty_has_a_holder() -> str:
    """Each duty of the trust alone has somebody at the trust who holds the role that answers for it, by the scheme of delegation.

    What schools hold too is answered for at each school (S00-04).
    """
    return f"""
      select null::bigint, null::bigint, case when exists (select 1 from access_post p where p.role = o.role
               and p.school_id is null and p.since <= %(on)s and (p.until is null or p.until >= %(on)s)) then 'met'
               else 'not_evidenced' end, null::date, d.code || ' has nobody who answers for it'
        from {_HELD.format(school="null")}
       where d.holds_for = 'trust' and {_IN_FORCE}"""


@proves("S00-10", floor=1, whole=Whole.TRUST)
def every_duty_was_worked_out() -> str:
    """Each duty of each school was worked out within the last day."""
    return f"""
      select null::bigint, null::bigint, case when t.computed_on >= %(on)s - 1 then 'met' else 'at_risk' end, null::date,
             d.code || ' was not worked out'
        from school s cross join duties_duty d
        left join duties_standing t on t.school_id = s.id and t.duty = d.code and t.until is null
       where d.holds_for <> 'trust' and {_IN_FORCE}"""


# Duties that the law itself lays on a school: the policy's own list of them, and those with a time limit of the law.
_LEGAL_CLOCKS = ", ".join(f"'{code}'" for code, clock in sorted(CLOCKS.items()) if clock.band is Band.LEGAL)
_STATUTORY = f"(d.section = 2 or d.clock in ({_LEGAL_CLOCKS}) or d.code = 'S03-36') and d.code <> 'S02-02'"


@proves("S02-02", floor=1, pupils=False)
def statutory_duties_are_met() -> str:
    """Duties that the law lays on the school, as each stands; where one is overdue, all that are not met are at risk."""
    return f"""
      select t.school_id, null::bigint,
             case when t.state = 'met' then 'met'
                  when bool_or(t.state = 'overdue') over (partition by t.school_id) then 'at_risk'
                  when t.state = 'due' then 'due' when t.state = 'at_risk' then 'at_risk' else 'not_evidenced' end, t.due_on,
             d.code || ' is not met'
        from duties_standing t join school s on s.id = t.school_id
        join duties_duty d on d.code = t.duty and {_IN_FORCE}
       where t.since <= %(on)s and (t.until is null or t.until >= %(on)s) and t.state <> 'not_applicable'
         and d.holds_for <> 'trust' and {_STATUTORY}"""


_ACCEPT = int(thresholds.ACCEPTANCE)
_YEARLY = int(thresholds.YEARLY)
_BOARD = ", ".join(f"'{role}'" for role in LOCAL_BOARD)


@proves("S03-25", floor=1, whole=Whole.TRUST)
def local_boards_have_accepted_the_scheme() -> str:
    """Each school's local board accepted its duties within the year, and after the scheme of delegation last changed."""
    return f"""
      select null::bigint, null::bigint,
             case when f.last >= f.changed and f.last >= %(on)s - {_YEARLY} then 'met'
                  when f.asked >= %(on)s - {_ACCEPT} then 'due' else 'overdue' end, f.asked + {_ACCEPT},
             'A local board has not accepted the scheme of delegation'
        from school s join schools_school c on c.id = s.id
        cross join lateral (select greatest(c.joined_on, (select min(d.valid_from) from duties_duty d where not d.own),
               (select max(g.since) from duties_delegation g where (g.school_id is null or g.school_id = s.id)
                   and g.since <= %(on)s and (g.until is null or g.until >= %(on)s))) as changed,
             (select max(a."on") from duties_acceptance a where a.school_id = s.id
                 and a.role in ({_BOARD}) and a."on" <= %(on)s) as last) w
        cross join lateral (select w.changed, w.last,
             case when w.last >= w.changed then w.last + {_YEARLY} else w.changed end as asked) f"""


_YEAR_OF = "(extract(year from {0})::int - (extract(month from {0}) < 9)::int)"
_SEASON = """case when split_part(lower(e.name), ' ', 1) in ('autumn', 'spring', 'summer') then split_part(lower(e.name), ' ', 1)
       when lower(e.name) ~ '^term [1-6]$' then (array['autumn', 'spring', 'summer'])[(right(e.name, 1)::int + 1) / 2]
       when extract(month from e.first) >= 8 then 'autumn' when extract(month from e.first) <= 3 then 'spring'
       else 'summer' end"""
_HEAD = """exists (select 1 from access_post p where p.role = 'head' and p.school_id = s.id and p.since <= %(on)s
                    and (p.until is null or p.until >= %(on)s))"""


@proves("S03-24", floor=1, also=("access",), pupils=False)
def the_headteacher_signed_off_the_term() -> str:
    """Each term of the last year: signed off by the headteacher, due in its last ten school days, overdue after its end.

    A term that ended before the school used Alongside is not asked for. Without a headteacher nothing is evidenced.
    """
    return f"""
      select s.id, null::bigint,
             case when g.id is not null then 'met' when not {_HEAD} then 'not_evidenced'
                  when t.last < %(on)s then 'overdue' else 'due' end, t.last,
             case when {_HEAD} then 'The headteacher has not signed off the ' || t.season || ' term'
                  else 'No headteacher is recorded' end
        from school s join schools_school c on c.id = s.id
        cross join lateral (
          select {_YEAR_OF.format("e.first")} as year, {_SEASON} as season, min(e.first) as first, max(e.last) as last
            from schools_term e
           where e.school_id = s.id or (e.school_id is null and not exists (
                   select 1 from schools_term o where o.school_id = s.id
                      and {_YEAR_OF.format("o.first")} = {_YEAR_OF.format("e.first")}))
           group by 1, 2) t
        left join duties_signoff g on g.school_id = s.id and g.year = t.year and g.term = t.season and g."on" <= %(on)s
       where t.first <= %(on)s and t.last >= %(on)s - {_YEARLY}
         and (g.id is not null
              or (t.last >= greatest(c.joined_on, (select min(k.since) from duties_standing k where k.school_id = s.id),
                                     t.first)
                  and (select count(*) from generate_series(%(on)s::date, t.last, interval '1 day') as w(day)
                        where extract(isodow from w.day) < 6
                          and not exists (select 1 from schools_closure x where x.day = w.day
                                             and (x.school_id is null or x.school_id = s.id))) <= {signing.DUE_WITHIN}))
       union all
      select s.id, null::bigint, 'not_evidenced', null::date, 'No headteacher is recorded' from school s where not {_HEAD}"""
