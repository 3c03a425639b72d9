"""What the log of departures proves: that the Code is followed or a reason stands, and that departures are explained."""

from alongside.areas.departures import rules
from alongside.areas.departures.queries import UNEXPLAINED
from alongside.base.evidence.proofs import proves
from alongside.law.clocks import OF_THE_CODE

_CLOCKS = ", ".join(f"'{code}'" for code in sorted(OF_THE_CODE))
_YEAR, _DECIDE = rules.LOOKED_AT.days, rules.DECIDE_WITHIN.days

# Departures of the last year, and older ones that go on. Without a reason there is no entry; what can be missing is the
# decision. One that was not agreed to and goes on all the same is a departure without a reason that anybody accepted.
_LOGGED = f"""
  select d.school_id, d.pupil_id,
         case when l.said = 'agreed' or (l.said = 'refused' and not l.stands) then 'met'
              when l.said = '' and d."on" + {_DECIDE} >= %(on)s then 'due' else 'at_risk' end as state,
         case when l.said = '' then d."on" + {_DECIDE} end as due,
         case when l.said = '' then 'A departure waits for a decision' else 'A departure goes on that was not agreed to' end
    from departures_departure d join school s on s.id = d.school_id
   cross join lateral (
     select case when d.decided_on <= %(on)s then d.decision else '' end as said,
            (d.ended_on is null or d.ended_on > %(on)s) and (d.until is null or d.until >= %(on)s) as stands) l
   where d."on" <= %(on)s and (d."on" >= %(on)s - {_YEAR} or l.stands or l.said = '')"""


def _late(why: str) -> str:
    return f"""
  select m.school_id, m.pupil_id, 'at_risk', m.due, '{why}'
    from clocks_missed m join school s on s.id = m.school_id where {UNEXPLAINED}"""


# A school with nothing in the log keeps the Code only where its dates ran at all and none was missed: a quiet log alone
# proves nothing.
_KEPT = f"""
  select s.id, null::bigint, 'met', null::date, 'No date of the Code was missed'
    from school s
   where not exists (select 1 from departures_departure d where d.school_id = s.id and d."on" <= %(on)s
                        and (d."on" >= %(on)s - {_YEAR} or d.decision = '' or d.ended_on is null))
     and not exists (select 1 from clocks_missed m where m.school_id = s.id and {UNEXPLAINED})
     and (exists (select 1 from deadlines_deadline o where o.school_id = s.id and o.clock in ({_CLOCKS}))
          or exists (select 1 from deadlines_stopped p where p.school_id = s.id and p.clock in ({_CLOCKS})
                        and p."on" <= %(on)s and p."on" >= %(on)s - {_YEAR}))"""


@proves("S01-18", floor=1, also=("clocks", "deadlines"))
def the_code_is_followed_or_a_reason_stands() -> str:
    """Departures that are logged with a reason and decided on; a date of the Code missed without an entry is at risk.

    With nothing logged it is met only where dates of the Code ran and none was missed.
    """
    return (
        f"{_LOGGED} union all {_late('A date of the Code was missed and no departure explains it')} union all {_KEPT}"
    )


@proves("S13-08", floor=1, also=("clocks",))
def departures_are_explained() -> str:
    """Departures of the last year, each with its reason and a decision; what was late without an entry is at risk."""
    return f"{_LOGGED} union all {_late('Late, and no departure is recorded')}"
