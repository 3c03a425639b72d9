"""What clocks prove: that nothing the law sets a time for is late, and that the SENCO's work is done by its date."""

from alongside.base.evidence.proofs import proves
from alongside.law import thresholds

# What fell away because a pupil left is nobody's work done, so pupils of another school or of none are left out.
_STOPPED = """deadlines_stopped t join school s on s.id = t.school_id left join pupils_pupil p on p.id = t.pupil_id
       where t."on" between s.term and %(on)s
         and (t.pupil_id is null or (p.school_id = t.school_id and (p.left_on is null or p.left_on > t."on")))"""

_CLOCKED = (
    "register", "support", "concerns", "provision", "classroom", "assessment", "identification", "training", "workforce",
    "changes",
)  # fmt: skip


@proves("S03-36", floor=1, also=_CLOCKED)
def no_legal_clock_is_late() -> str:
    """Every clock of the law that is open at the school, or stopped this term, by the day on which it ran or runs out."""
    return f"""
      select d.school_id, d.pupil_id, case when d.due < %(on)s then 'overdue'
                                           when d.due <= %(on)s + {int(thresholds.WARNING)} then 'due' else 'met' end, d.due, d.what
        from deadlines_deadline d join school s on s.id = d.school_id
       where d.band = 'legal'
      union all
      select t.school_id, t.pupil_id, case when t."on" <= t.due then 'met' else 'overdue' end, t.due, 'Done after its day'
        from {_STOPPED} and t.band = 'legal'"""


@proves(
    "S03-45",
    floor=float(thresholds.TASK_ON_TIME.value),
    also=_CLOCKED,
)
def the_sencos_work_is_done_by_its_date() -> str:
    """Each clock of the SENCO that stopped this term, by whether it was in time; and each that is late now."""
    return f"""
      select t.school_id, t.pupil_id, case when t."on" <= t.due then 'met' else 'at_risk' end, t.due, 'Done late'
        from {_STOPPED} and t.owner = 'senco'
      union all
      select d.school_id, d.pupil_id, 'overdue', d.due, d.what
        from deadlines_deadline d join school s on s.id = d.school_id
       where d.owner = 'senco' and d.due < %(on)s"""
