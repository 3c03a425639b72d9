"""What provision proves: that something more than ordinary is promised, by whom, and whether it was given."""

from alongside.areas.register.evidence import HELD, ON_REGISTER
from alongside.base.evidence.proofs import NOW, Whole, passed, proves
from alongside.law import thresholds
from alongside.law.clocks import FIRST_PROVISION
from alongside.law.codes import NEED_TYPES, Area

_FLOOR = thresholds.DELIVERY_FLOOR.value
_RUNS = "l.since <= %(on)s and (l.until is null or l.until >= %(on)s)"
_SPECIAL = """provision_line l join provision_provisiontype t on t.id = l.type_id
                  and t.wave in ('targeted', 'specialist')"""
# Every need code with the broad area it belongs to.
_AREAS = ", ".join(f"('{need.code}', '{need.area}')" for need in NEED_TYPES if need.area)


@proves("S00-23", also=("register",))
def there_is_something_additional_or_different() -> str:
    """Pupils on the register with at least one line that is more than ordinary teaching."""
    return f"""
      select r.school_id, r.pupil_id, case when exists (select 1 from {_SPECIAL} where l.pupil_id = r.pupil_id and {_RUNS})
             then 'met' else 'at_risk' end, null::date, 'Nothing more than ordinary is promised'
        from {ON_REGISTER} where {HELD}"""


@proves("S03-35", also=("register",))
def support_starts_by_its_date() -> str:
    """Pupils who came onto the register this school year: special provision began within 20 school days."""
    return f"""
      select r.school_id, r.pupil_id,
             case when {passed("l.first")} - {passed("r.since")} <= {FIRST_PROVISION.amount}
                  or l.early then 'met' when l.first is not null then 'at_risk'
                  when {NOW} - {passed("r.since")} <= {FIRST_PROVISION.amount} then 'due' else 'overdue' end, null::date,
             'Provision did not begin within {FIRST_PROVISION.length}'
        from {ON_REGISTER}
        left join lateral (select min(l.since) as first, bool_or(l.since < r.since) as early
             from {_SPECIAL}
            where l.pupil_id = r.pupil_id and l.since <= %(on)s and (l.until is null or l.until >= r.since)) l on true
       where {HELD} and r.since >= %(year)s"""


@proves("S06-09", floor=1)
def sessions_are_given_as_planned() -> str:
    """Pupils with special provision: the share of the last two weeks' sessions that was held."""
    return _given("lately_")


@proves("S03-47")
def provision_is_coordinated() -> str:
    """Pupils with special provision: the share of this year's sessions that was held."""
    return _given("")


def _given(when: str) -> str:
    return f"""
      select l.school_id, l.pupil_id,
             case when coalesce(max(d.{when}planned), 0) = 0 then 'not_evidenced'
                  when max(d.{when}held) >= max(d.{when}planned) * {_FLOOR} then 'met' else 'at_risk' end, null::date,
             coalesce(max(d.{when}held) || ' of ' || max(d.{when}planned) || ' sessions held', 'No session is written down')
        from school s join {_SPECIAL} on l.school_id = s.id
        join pupils_pupil u on u.id = l.pupil_id and (u.left_on is null or u.left_on >= %(on)s)
        left join provision_delivery d on d.pupil_id = l.pupil_id
       where {_RUNS} group by l.school_id, l.pupil_id"""


@proves("S15-03", also=("register",))
def lines_of_provision_are_complete() -> str:
    """Pupils with SEN support whose lines of special provision all name the adult who gives them."""
    return f"""
      select r.school_id, r.pupil_id,
             case when count(l.id) = 0 then 'not_evidenced' when count(l.id) = count(l.adult_id) then 'met'
                  else 'at_risk' end, null::date,
             case when count(l.id) = 0 then 'No line of provision' else 'A line names no adult' end
        from {ON_REGISTER} left join ({_SPECIAL}) on l.pupil_id = r.pupil_id and {_RUNS}
       where r.code = 'K' and {HELD} group by r.school_id, r.pupil_id"""


@proves("S04-13", also=("register",), pupils=False)
def each_area_of_need_has_provision() -> str:
    """Each of the four areas in which pupils of the school have a main need has provision running."""
    return f"""
      with area(code, area) as (values {_AREAS}),
           needed as (select distinct r.school_id, coalesce(nullif(n.area, ''), a.area) as area from {ON_REGISTER}
                 join register_need n on n.pupil_id = r.pupil_id and n.rank = 1 and n.since <= %(on)s
                                     and (n.until is null or n.until >= %(on)s)
                 left join area a on a.code = n.code where {HELD}),
           given as (select distinct l.school_id, t.area from {_SPECIAL} where {_RUNS})
      select w.school_id, null::bigint, case when g.area is null then 'at_risk' else 'met' end, null::date,
             'No provision runs in ' || w.area
        from needed w left join given g on g.school_id = w.school_id and g.area = w.area
       where w.area in ({", ".join(f"'{area}'" for area in Area)})"""


@proves("S03-17", whole=Whole.TRUST)
def the_catalogue_says_how_much_is_known() -> str:
    """Entries of the trust's catalogue beyond ordinary teaching that carry a rating and its source."""
    return """
      select null::bigint, null::bigint,
             case when t.evidence <> 'unknown' and t.source <> '' then 'met' else 'not_evidenced' end, null::date,
             t.name || ' has no rating with a source'
        from provision_provisiontype t where t.school_id is null and t.wave <> 'ordinary'"""
