"""What concerns prove: that worries are heard in time, and what was looked at before anything was decided."""

from alongside.base.evidence.proofs import NOW, passed, proves
from alongside.law.clocks import TRIAGE

# Concerns that were screened since the school year began, as they stood on the day.
_SCREENED = """concerns_concern c join school s on s.id = c.school_id
        left join concerns_screeningpart p on p.concern_id = c.id and p.part = '{part}' and p.done_on <= %(on)s
       where c.raised_on between %(year)s and %(on)s and c.triaged_on <= %(on)s
         and (c.decision = 'screen' or exists (select 1 from concerns_screeningpart q where q.concern_id = c.id))"""
_OPEN = "(c.closed_on is null or c.closed_on > %(on)s)"


@proves("S00-14")
def concerns_are_triaged_in_time() -> str:
    """Concerns of this term: triaged within 10 school days."""
    return f"""
      select c.school_id, c.pupil_id,
             case when c.triaged_on <= %(on)s then case when
                  {passed("c.triaged_on")} - {passed("c.raised_on")} <= {TRIAGE.amount} then 'met' else 'at_risk' end
                  when {NOW} - {passed("c.raised_on")} <= {TRIAGE.amount} then 'due' else 'overdue' end,
             null::date, 'Concern of ' || to_char(c.raised_on, 'FMDD Mon')
        from concerns_concern c join school s on s.id = c.school_id
       where c.raised_on between s.term and %(on)s"""


@proves("S06-02")
def teaching_was_adapted_first() -> str:
    """Concerns of this school year from staff that say what was tried before."""
    return """
      select c.school_id, c.pupil_id, case when cardinality(c.tried) > 0 then 'met' else 'at_risk' end, null::date,
             'Nothing is said about what was tried'
        from concerns_concern c join school s on s.id = c.school_id
       where c.source = 'staff' and c.raised_on between %(year)s and %(on)s"""


@proves("S03-34")
def parents_helped_to_find_the_need() -> str:
    """Screenings of this school year with the talk with the parents written down."""
    return f"""
      select c.school_id, c.pupil_id,
             case when p.id is not null then 'met' when {_OPEN} then 'due' else 'at_risk' end, null::date,
             'No talk with the parents is written down'
        from {_SCREENED.format(part="parents")}"""


@proves("S04-05")
def screening_rests_on_two_kinds_of_evidence() -> str:
    """Screenings of this school year with their two kinds of evidence written down."""
    return f"""
      select c.school_id, c.pupil_id,
             case when p.id is not null then 'met' when {_OPEN} then 'due' else 'not_evidenced' end, null::date,
             'No evidence is written down'
        from {_SCREENED.format(part="evidence")}"""


@proves("S04-07")
def parents_were_asked_before_the_decision() -> str:
    """Screenings of this school year: the talk with the parents is dated before the decision."""
    return f"""
      select c.school_id, c.pupil_id,
             case when p.done_on <= c.closed_on or (p.id is not null and {_OPEN}) then 'met'
                  when p.id is not null then 'at_risk' when {_OPEN} then 'due' else 'not_evidenced' end, null::date,
             'The parents were not asked before it was decided'
        from {_SCREENED.format(part="parents")}"""
