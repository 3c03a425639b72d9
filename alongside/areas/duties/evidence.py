"""What the catalogue and the stored states prove about themselves."""

from alongside.base.evidence.proofs import Whole, proves

_HELD = """duties_duty d join lateral (select coalesce(
      (select g.role from duties_delegation g where (g.duty = d.code or g.family = d.family)
          and (g.school_id is null or g.school_id = {school}) and g.since <= %(on)s
          and (g.until is null or g.until >= %(on)s)
        order by g.school_id is null, g.duty = '' limit 1), d.owner) as role) o on true"""
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
    """Each duty of the trust has somebody who holds the role that answers for it, by the scheme of delegation."""
    return f"""
      select null::bigint, null::bigint, case when exists (select 1 from access_post p where p.role = o.role
               and p.since <= %(on)s and (p.until is null or p.until >= %(on)s)) then 'met' else 'not_evidenced' end,
             null::date, d.code || ' has nobody who answers for it'
        from {_HELD.format(school="null")}
       where d.holds_for <> 'school' and {_IN_FORCE}"""


@proves("S00-10", floor=1, whole=Whole.TRUST)
def every_duty_was_worked_out() -> str:
    """Each duty of each school was worked out within the last day."""
    return f"""
      select null::bigint, null::bigint, case when t.computed_on >= %(on)s - 1 then 'met' else 'at_risk' end, null::date,
             d.code || ' was not worked out'
        from school s cross join duties_duty d
        left join duties_standing t on t.school_id = s.id and t.duty = d.code and t.until is null
       where d.holds_for <> 'trust' and {_IN_FORCE}"""
