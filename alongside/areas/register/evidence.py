"""What the register proves: decisions made by the law's test, parents told, records that are whole and fresh."""

from alongside.base.evidence.proofs import proves
from alongside.law import thresholds

# Pupils on roll who are on the register on the day.
ON_REGISTER = """register_status r join school s on s.id = r.school_id
        join pupils_pupil u on u.id = r.pupil_id and (u.left_on is null or u.left_on >= %(on)s)"""
HELD = "r.since <= %(on)s and (r.until is null or r.until >= %(on)s)"
_DISABLED = """register_disability d join school s on s.id = d.school_id
        join pupils_pupil u on u.id = d.pupil_id and (u.left_on is null or u.left_on >= %(on)s)
       where d.known and d.answered_on <= %(on)s"""
_YEARLY = int(thresholds.YEARLY)
_OLD = int(thresholds.TERM_AND_HOLIDAY)
_PLAN_WARNING = int(thresholds.PLAN_WARNING)
# The last of 12 months starting with `w.day` (s44(1)): of 29 February the anniversary is 1 March.
_LAST_DAY = """(w.day + interval '1 year' - case when to_char(w.day, 'MMDD') = '0229' then interval '0 days'
                                             else interval '1 day' end)::date"""
_MAIN_NEED = """exists (select 1 from register_need n where n.pupil_id = r.pupil_id and n.rank = 1
                          and n.since <= %(on)s and (n.until is null or n.until >= %(on)s))"""


@proves("S00-20")
def both_parts_of_the_test_were_answered() -> str:
    """Pupils with SEN support whose decision answers both parts of the law's test."""
    return f"""
      select r.school_id, r.pupil_id, case when d.difficulty and d.special then 'met' else 'not_evidenced' end, null::date,
             case when d.id is null then 'No decision is recorded' else 'A part of the test has no answer' end
        from {ON_REGISTER} left join register_decision d on d.id = r.decision_id
       where r.code = 'K' and {HELD}"""


@proves("S00-21")
def a_difficulty_was_measured() -> str:
    """Decisions of this school year that rest on a learning difficulty: dated evidence stands beside the words."""
    return """
      select d.school_id, d.pupil_id,
             case when d.evidence_on is not null and d.difficulty_says <> '' then 'met' else 'at_risk' end, null::date,
             'The decision has no dated evidence'
        from register_decision d join school s on s.id = d.school_id
       where d.kind = 'place' and d.difficulty and d.decided_on between %(year)s and %(on)s"""


@proves("S00-24")
def disability_was_asked_apart_from_sen() -> str:
    """Pupils on the register whose record answers the question about disability."""
    return f"""
      select r.school_id, r.pupil_id, case when d.answered_on <= %(on)s then 'met' else 'not_evidenced' end, null::date,
             'The question about disability has no answer'
        from {ON_REGISTER} left join register_disability d on d.pupil_id = r.pupil_id
       where {HELD}"""


@proves("S00-25")
def the_disability_test_was_answered() -> str:
    """Disabled pupils: impairment, substantial, long-term and daily effect are all answered."""
    return f"""
      select d.school_id, d.pupil_id,
             case when d.impairment <> '' and d.substantial and d.long_term and d.daily_effect <> '' then 'met'
                  else 'not_evidenced' end, null::date, 'A part of the test has no answer'
        from {_DISABLED}"""


@proves("S00-29")
def adjustments_were_considered() -> str:
    """Disabled pupils with adjustments written down and looked at within the year."""
    return f"""
      select d.school_id, d.pupil_id,
             case when d.adjustments = '' then 'not_evidenced' when d.answered_on > %(on)s - {_YEARLY} then 'met'
                  else 'overdue' end, d.answered_on + {_YEARLY},
             case when d.adjustments = '' then 'No adjustment is written down' else 'Not looked at for a year' end
        from {_DISABLED}"""


@proves("S02-06", floor=1)
def disabled_pupils_were_checked_this_year() -> str:
    """Disabled pupils whose record was opened and confirmed, or answered anew, in the last 12 months."""
    return f"""
      select d.school_id, d.pupil_id, case when f.day > %(on)s - {_YEARLY} then 'met' else 'overdue' end, f.day + {_YEARLY},
             'Not checked for a year'
        from (select d.school_id, d.pupil_id, greatest(d.answered_on, (select max(c."on") from register_check c
                where c.pupil_id = d.pupil_id and c."on" <= %(on)s)) as day from {_DISABLED}) f
        join register_disability d on d.pupil_id = f.pupil_id"""


@proves("S02-10")
def parents_were_told_before_support_began() -> str:
    """Decisions of this school year on SEN support: the parent was told by the day it began, or the lawful reason is there."""
    return """
      select d.school_id, d.pupil_id,
             case when d.not_told_because <> '' or d.told_on <= coalesce(d.final_on, %(on)s) then 'met'
                  when d.told_on is not null then 'at_risk' when d.final_on is null then 'due' else 'overdue' end,
             d.final_on, case when d.told_on is null then 'The parent has not been told'
                              else 'The parent was told after it began' end
        from register_decision d join school s on s.id = d.school_id
       where d.kind = 'place' and d.provision = 'K' and d.decided_on between %(year)s and %(on)s"""


@proves("S03-56")
def records_are_confirmed_each_term() -> str:
    """Pupils on the register whose record was confirmed this term; placing one confirms it."""
    return f"""
      select r.school_id, r.pupil_id,
             case when f.day >= s.term then 'met' when f.day >= s.term - {_OLD} then 'due' else 'overdue' end, f.day + {_OLD},
             'Not confirmed this term'
        from {ON_REGISTER}
        cross join lateral (select greatest(r.since, (select max(c."on") from register_check c
             where c.pupil_id = r.pupil_id and c."on" <= %(on)s)) as day) f
       where {HELD}"""


@proves("S04-08")
def an_entry_has_decision_need_and_dates() -> str:
    """Pupils on the register with a decision, or a council's plan, and a main need."""
    return f"""
      select r.school_id, r.pupil_id, case when f.decided and f.need then 'met' else 'not_evidenced' end, null::date,
             case when f.need then 'No decision is recorded' else 'No main need is recorded' end
        from {ON_REGISTER}
        cross join lateral (select {_MAIN_NEED} as need, r.decision_id is not null or (r.code = 'E' and exists (
             select 1 from register_planrecord e where e.pupil_id = r.pupil_id)) as decided) f
       where {HELD}"""


@proves("S15-13")
def the_register_is_right_and_confirmed() -> str:
    """Pupils on the register without an error, and not left unconfirmed for longer than a term."""
    return f"""
      select r.school_id, r.pupil_id,
             case when not f.need or f.planless then 'at_risk' when f.day >= s.term - {_OLD} then 'met' else 'overdue' end,
             f.day + {_OLD}, case when not f.need then 'No main need' when f.planless then 'An EHC plan without its record'
                               else 'Not confirmed for more than a term' end
        from {ON_REGISTER}
        cross join lateral (select {_MAIN_NEED} as need, r.code = 'E' and not exists (
             select 1 from register_planrecord e where e.pupil_id = r.pupil_id) as planless,
             greatest(r.since, (select max(c."on") from register_check c
                where c.pupil_id = r.pupil_id and c."on" <= %(on)s)) as day) f
       where {HELD}"""


@proves("S09-15", floor=1)
def plans_are_reviewed_each_year() -> str:
    """EHC plans: 12 months from the day on which the plan was made, or the council last closed a review."""
    return f"""
      select e.school_id, e.pupil_id,
             case when f.last < %(on)s then 'overdue' when f.last <= %(on)s + {_PLAN_WARNING} then 'due' else 'met' end, f.last,
             'Annual review of the EHC plan'
        from register_planrecord e join school s on s.id = e.school_id
        join pupils_pupil u on u.id = e.pupil_id and (u.left_on is null or u.left_on >= %(on)s)
        cross join lateral (select case when e.reviewed_on <= %(on)s then e.reviewed_on else e.made_on end as day) w
        cross join lateral (select {_LAST_DAY} as last) f
       where e.made_on <= %(on)s and (e.ceased_on is null or e.ceased_on > %(on)s)"""


@proves("S06-13")
def english_is_not_taken_for_a_difficulty() -> str:
    """Pupils with SEN support and another first language: the decision rests on dated evidence, and both parts are answered."""
    return f"""
      select r.school_id, r.pupil_id,
             case when d.evidence_on is not null and d.difficulty and d.special then 'met' else 'at_risk' end, null::date,
             'The decision has no dated evidence beyond English'
        from {ON_REGISTER} left join register_decision d on d.id = r.decision_id
       where r.code = 'K' and u.eal and {HELD}"""


@proves("S15-12", also=("assessment",))
def development_is_noted_each_term() -> str:
    """Pupils on the register with a note on their development since the term began."""
    return f"""
      select r.school_id, r.pupil_id,
             case when exists (select 1 from assessment_development d where d.pupil_id = r.pupil_id
                   and d."on" between s.term and %(on)s) then 'met' else 'not_evidenced' end, null::date,
             'Nothing was noted of their development this term'
        from {ON_REGISTER}
       where {HELD}"""
