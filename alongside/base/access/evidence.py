"""What posts prove: that those who have to be there are there."""

from alongside.base.evidence.proofs import Whole, proves
from alongside.law import thresholds


@proves("S03-09", floor=1, whole=Whole.TRUST)
def a_trustee_answers_for_send() -> str:
    """Somebody holds the post of SEND trustee today, and for 90 days from now."""
    return f"""
      select null::bigint, null::bigint,
             case when count(p.id) = 0 then 'overdue'
                  when bool_or(p.until is null or p.until > %(on)s + {int(thresholds.POST_WARNING)}) then 'met' else 'due' end,
             max(p.until), 'No trustee answers for SEND, or the term ends within 90 days'
        from access_post p where p.role = 'send_trustee' and p.school_id is null
                             and p.since <= %(on)s and (p.until is null or p.until >= %(on)s)"""
