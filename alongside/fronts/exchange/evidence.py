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


@proves("S04-06", also=("concerns", "pupils"))
def what_the_setting_before_knew_is_here() -> str:
    """This school year's joiners with their file from the setting before, and screenings that say what it knew."""
    return """
      select u.school_id, u.id, case when exists (select 1 from exchange_row r join exchange_batch b on b.id = r.batch_id
                   where r.pupil_id = u.id and b.school_id = u.school_id and b.kind = 'ctf' and b.undone_at is null
                     and b.applied_at::date <= %(on)s) then 'met' else 'not_evidenced' end, null::date,
             'No file from the setting before was brought in'
        from pupils_pupil u join school s on s.id = u.school_id
       where u.entered_on between %(year)s and %(on)s and (u.left_on is null or u.left_on >= %(on)s)
       union all
      select c.school_id, c.pupil_id,
             case when p.id is not null then 'met' when c.closed_on is null or c.closed_on > %(on)s then 'due'
                  else 'at_risk' end, null::date, 'Nothing is said about what the previous setting knew'
        from concerns_concern c join school s on s.id = c.school_id
        left join concerns_screeningpart p on p.concern_id = c.id and p.part = 'setting' and p.done_on <= %(on)s
       where c.raised_on between %(year)s and %(on)s and c.triaged_on <= %(on)s
         and (c.decision = 'screen' or exists (select 1 from concerns_screeningpart q where q.concern_id = c.id))"""
