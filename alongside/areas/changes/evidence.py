"""What change notices prove: that schools have put each change into practice by the day it takes effect."""

from alongside.base.evidence.proofs import Whole, proves
from alongside.law import thresholds

_YEARLY = int(thresholds.YEARLY)


@proves("S03-19", floor=1, whole=Whole.TRUST)
def changes_are_put_into_practice() -> str:
    """Changes of the last 12 months and those still open: done at every school by the day each takes effect.

    Done everywhere and after that day is a risk: nothing is overdue any more, and it was not in time.
    """
    return f"""
      select null::bigint, null::bigint,
             case when t.whole = t.done and t.latest <= n.effective_on then 'met'
                  when t.whole = t.done then 'at_risk'
                  when %(on)s <= n.effective_on then 'due' else 'overdue' end, n.effective_on,
             case when t.whole = t.done then n.title || ': done everywhere, and after it took effect'
                  else n.title || ': done at ' || t.done || ' of ' || t.whole || ' schools' end
        from changes_changenotice n
        cross join lateral (select count(*) as whole, count(*) filter (where k.done_on <= %(on)s) as done,
                                   max(k.done_on) as latest
                              from changes_changetask k where k.notice_id = n.id) t
       where n.published_on <= %(on)s and (n.withdrawn_on is null or n.withdrawn_on > %(on)s)
         and (n.effective_on > %(on)s - {_YEARLY} or t.done < t.whole) and t.whole > 0"""
