"""What files brought in prove: that what we hold of pupils is what the school's own system holds, and how old it is."""

from alongside.base.evidence.proofs import Whole, proves
from alongside.law import thresholds

_DAYS = int(thresholds.RECONCILED)
_FRESH = int(thresholds.TRUST_DATA)
# The last file of each school that was brought in and stands.
_LAST = """left join lateral (select b.id, b.applied_at::date as day from exchange_batch b where b.school_id = s.id
             and b.applied_at::date <= %(on)s and b.undone_at is null order by b.applied_at desc limit 1) b on true"""


@proves("S15-07", floor=1, pupils=False)
def our_records_and_the_schools_system_agree() -> str:
    """The last file from the school's own system was brought in within two weeks, and no difference in it is open."""
    return f"""
      select s.id, null::bigint,
             case when b.id is null then 'not_evidenced' when b.day < %(on)s - {_DAYS} then 'overdue'
                  when exists (select 1 from exchange_row r where r.batch_id = b.id and r.verdict = 'conflict'
                               and r.choice in ('', 'leave')) then 'at_risk' else 'met' end, b.day + {_DAYS},
             'No file was brought in, it is old, or a difference is open'
        from school s {_LAST}"""


@proves("S15-18", floor=1, whole=Whole.TRUST)
def the_trusts_data_are_fresh() -> str:
    """Each school's pupils were brought in again within the last two days."""
    return f"""
      select null::bigint, null::bigint, case when b.id is null then 'not_evidenced'
             when b.day >= %(on)s - {_FRESH} then 'met' else 'at_risk' end, null::date,
             'The data of a school are older than two days'
        from school s {_LAST}"""
