"""What open clocks prove: that nothing the law sets a time for is late."""

from alongside.base.evidence.proofs import proves
from alongside.law import thresholds


@proves("S03-36", floor=1, also=("register", "support", "concerns", "provision", "classroom"))
def no_legal_clock_is_late() -> str:
    """Every open clock of the law at the school, by the day on which it runs out."""
    return f"""
      select d.school_id, d.pupil_id, case when d.due < %(on)s then 'overdue'
                                           when d.due <= %(on)s + {int(thresholds.WARNING)} then 'due' else 'met' end, d.due, d.what
        from deadlines_deadline d join school s on s.id = d.school_id
       where d.band = 'legal'"""
