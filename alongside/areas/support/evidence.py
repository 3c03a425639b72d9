"""What plans prove: assess, plan, do and review in time, whole, with the pupil's and the family's words in them."""

from alongside.areas.register.evidence import HELD, ON_REGISTER
from alongside.base.evidence.proofs import NOW, passed, proves
from alongside.law import thresholds
from alongside.law.clocks import FAMILY_ANSWER
from alongside.law.codes import NEED_TYPES, Area

_CYCLES = """support_cycle c join school s on s.id = c.school_id
        join pupils_pupil u on u.id = c.pupil_id and (u.left_on is null or u.left_on >= %(on)s)"""
_OPEN = "c.opened_on <= %(on)s and (c.closed_on is null or c.closed_on > %(on)s)"
_RUNNING = f"{_OPEN} and c.started_on <= %(on)s"
_REVIEWED = """support_review v join support_cycle c on c.id = v.cycle_id join school s on s.id = v.school_id"""
_THIS_YEAR = "v.held_on between %(year)s and %(on)s"
_HALF_TERM = int(thresholds.HALF_TERM)
_WARNING = int(thresholds.WARNING)
_YEARLY = int(thresholds.YEARLY)
_SPEECH = ", ".join(f"'{need.code}'" for need in NEED_TYPES if need.area == Area.COMMUNICATION)
_ASKED = 'a."on"'


@proves("S06-07")
def needs_are_assessed() -> str:
    """Open cycles: the assess stage is finished, or has been open for no more than 15 school days."""
    return f"""
      select c.school_id, c.pupil_id,
             case when c.assessed_on <= %(on)s then 'met'
                  when {NOW} - {passed("c.opened_on")} <= {int(thresholds.ASSESS_STAGE)} then 'due' else 'overdue' end,
             null::date, 'Assess has been open since ' || to_char(c.opened_on, 'FMDD Mon')
        from {_CYCLES}
       where {_OPEN}"""


@proves("S06-08")
def plans_are_whole() -> str:
    """Running plans with outcomes, provision, a review date and who agreed."""
    return f"""
      select c.school_id, c.pupil_id,
             case when c.review_on is not null and c.agreed_by <> ''
                   and exists (select 1 from support_outcome o where o.cycle_id = c.id)
                   and exists (select 1 from support_planline l where l.cycle_id = c.id) then 'met' else 'at_risk' end,
             null::date, 'Outcomes, provision, review date or agreement is missing'
        from {_CYCLES} where {_RUNNING}"""


@proves("S06-10")
def reviews_are_held_by_their_date() -> str:
    """Running plans by their review date, and this term's reviews that were held."""
    return f"""
      select c.school_id, c.pupil_id,
             case when c.reviewed_on <= %(on)s then case when c.reviewed_on <= c.review_on then 'met' else 'at_risk' end
                  when c.review_on < %(on)s then 'overdue' when c.review_on <= %(on)s + {_WARNING} then 'due' else 'met' end,
             c.review_on, 'Review of cycle ' || c.number
        from {_CYCLES}
       where c.started_on <= %(on)s and (({_OPEN}) or c.reviewed_on between s.term and %(on)s)"""


@proves("S03-62")
def teachers_review_in_time() -> str:
    """This term's reviews: held by their date, coming within two weeks, or past it; by the teacher who leads."""
    return f"""
      select c.school_id, c.pupil_id,
             case when c.reviewed_on <= c.review_on and c.reviewed_on <= %(on)s then 'met'
                  when c.reviewed_on <= %(on)s then 'at_risk' when c.review_on < %(on)s then 'overdue' else 'due' end,
             c.review_on, 'Review of cycle ' || c.number
        from {_CYCLES}
       where c.started_on <= %(on)s and (c.reviewed_on between s.term and %(on)s
          or ({_OPEN} and (c.reviewed_on is null or c.reviewed_on > %(on)s) and c.review_on <= %(on)s + {_WARNING}))"""


@proves("S03-61", also=("access",))
def teachers_write_the_plan() -> str:
    """Running plans that a teacher leads, with those who agreed to it named."""
    return f"""
      select c.school_id, c.pupil_id,
             case when c.agreed_by <> '' and exists (select 1 from access_post p where p.person_id = c.lead_id
                   and p.role = 'teacher' and p.since <= %(on)s and (p.until is null or p.until >= %(on)s))
                  then 'met' else 'not_evidenced' end, null::date,
             'No teacher leads it, or nobody is named who agreed'
        from {_CYCLES} where {_RUNNING}"""


@proves("S06-11")
def pastoral_support_is_considered() -> str:
    """Running plans in which the question about friends and feelings is answered."""
    return _answered("pastoral", "The pastoral question has no answer")


@proves("S06-12")
def communication_support_is_in_place() -> str:
    """Running plans that say how to speak with the pupil; of pupils whose main need is communication it is asked first."""
    return f"""
      select c.school_id, c.pupil_id,
             case when c.communication <> '' then 'met'
                  when exists (select 1 from register_need n where n.pupil_id = c.pupil_id and n.code in ({_SPEECH})
                        and n.since <= %(on)s and (n.until is null or n.until >= %(on)s)) then 'at_risk'
                  else 'not_evidenced' end, null::date, 'The plan says nothing about communication'
        from {_CYCLES} where {_RUNNING}"""


def _answered(column: str, why: str) -> str:
    return f"""
      select c.school_id, c.pupil_id, case when c.{column} <> '' then 'met' else 'not_evidenced' end, null::date, '{why}'
        from {_CYCLES} where {_RUNNING}"""


@proves("S00-13")
def both_views_are_in_the_plan() -> str:
    """Running plans with the parents' and the pupil's view; a reason in their place is a risk."""
    return f"""
      select c.school_id, c.pupil_id,
             case when c.parents_view <> '' and c.pupils_view <> '' then 'met'
                  when c.no_views_because <> '' then 'at_risk' else 'not_evidenced' end, null::date,
             'A view is missing'
        from {_CYCLES} where {_RUNNING}"""


@proves("S09-03")
def parents_are_there_at_both_steps() -> str:
    """Cycles reviewed this school year: the parents' words stand in the plan and in the review."""
    return f"""
      select v.school_id, v.pupil_id,
             case when c.parents_view <> '' and v.parents_view <> '' then 'met'
                  when c.parents_view <> '' or v.parents_view <> '' then 'at_risk' else 'not_evidenced' end, null::date,
             'The parents’ words are missing at a step'
        from {_REVIEWED} where {_THIS_YEAR}"""


@proves("S09-08")
def strengths_come_first() -> str:
    """Running plans of the last year with two strengths or more."""
    return f"""
      select c.school_id, c.pupil_id,
             case when cardinality(c.strengths) >= {int(thresholds.STRENGTHS)} and c.opened_on > %(on)s - {_YEARLY} then 'met'
                  else 'at_risk' end, null::date, 'Fewer than two strengths, or older than a year'
        from {_CYCLES} where {_RUNNING}"""


@proves("S09-09")
def the_pupils_story_is_told() -> str:
    """Running plans with the pupil's own voice and one other person's."""
    return f"""
      select c.school_id, c.pupil_id,
             case when c.pupils_view <> '' and (c.parents_view <> '' or c.agreed_by <> '') then 'met'
                  when c.pupils_view = '' and c.no_views_because = '' then 'not_evidenced' else 'at_risk' end, null::date,
             'The pupil’s voice, or another’s, is missing'
        from {_CYCLES} where {_RUNNING}"""


@proves("S00-18")
def families_are_answered() -> str:
    """What families asked of plans this school year: answered, within 10 school days."""
    return f"""
      select a.school_id, a.pupil_id,
             case when a.replied_on <= %(on)s then case when
                  {passed("a.replied_on")} - {passed(_ASKED)} <= {FAMILY_ANSWER.amount} then 'met' else 'at_risk' end
                  when {NOW} - {passed(_ASKED)} <= {FAMILY_ANSWER.amount} then 'due' else 'overdue' end, null::date,
             'Asked on ' || to_char(a."on", 'FMDD Mon')
        from support_familyanswer a join school s on s.id = a.school_id
       where a.answer <> 'agree' and a."on" between %(year)s and %(on)s"""


@proves("S15-08", also=("register",))
def support_and_strategies_are_recorded() -> str:
    """Pupils on the register with a running plan that names teaching strategies."""
    return f"""
      select r.school_id, r.pupil_id, case when cardinality(c.strategies) > 0 then 'met' else 'not_evidenced' end, null::date,
             case when c.id is null then 'No plan runs' else 'The plan names no strategy' end
        from {ON_REGISTER} left join support_cycle c on c.pupil_id = r.pupil_id and {_RUNNING}
       where {HELD}"""


@proves("S09-10")
def provision_serves_an_outcome() -> str:
    """Lines of running plans that are tied to the outcome they are for."""
    return f"""
      select l.school_id, l.pupil_id, case when l.outcome_id is null then 'at_risk' else 'met' end, null::date,
             'A line of provision serves no outcome'
        from support_planline l join {_CYCLES} on c.id = l.cycle_id where {_RUNNING}"""


@proves("S00-17")
def what_ended_was_measured() -> str:
    """Outcomes reviewed this term with a measure at the start and one at the end."""
    return f"""
      select v.school_id, v.pupil_id,
             case when o.baseline <> '' and o.exit_measure <> '' then 'met' else 'not_evidenced' end, null::date,
             'An outcome was not measured at both ends'
        from {_REVIEWED} join support_outcome o on o.cycle_id = c.id
       where v.held_on between s.term and %(on)s"""


@proves("S15-05", also=("provision",))
def the_effect_of_provision_is_measured() -> str:
    """Provision of plans that were reviewed this school year: an outcome of the plan has its closing measure, or the reason."""
    return f"""
      select v.school_id, v.pupil_id,
             case when exists (select 1 from support_outcome o where o.cycle_id = c.id
                   and (l.outcome_id is null or o.id = l.outcome_id)
                   and (o.exit_measure <> '' or o.no_measure_because <> '')) then 'met' else 'overdue' end, v.held_on,
             'Provision ended without a closing measure'
        from {_REVIEWED} join support_planline l on l.cycle_id = c.id where {_THIS_YEAR}"""


@proves("S17-15")
def what_does_not_work_is_changed() -> str:
    """Reviews of this school year that found an outcome not met: something was changed."""
    return f"""
      select v.school_id, v.pupil_id, case when v.choice = 'continue' then 'at_risk' else 'met' end, null::date,
             'It did not work and goes on unchanged'
        from {_REVIEWED}
       where {_THIS_YEAR} and exists (select 1 from support_outcome o where o.cycle_id = c.id and o.result = 'not')"""


# Whether anything was begun for a pupil in the last half term: a cycle, a line of provision, a review.
_LATELY = f"between %(on)s - {_HALF_TERM} and %(on)s"
_ACTED = f"""exists (select 1 from support_cycle c where c.pupil_id = r.pupil_id and c.opened_on {_LATELY})
             or exists (select 1 from provision_line l where l.pupil_id = r.pupil_id and l.since {_LATELY})
             or exists (select 1 from support_review v where v.pupil_id = r.pupil_id and v.held_on {_LATELY})"""


@proves("S02-03", also=("register", "provision"))
def unmet_needs_are_acted_on() -> str:
    """Pupils without special provision, or with an outcome not met at the last review: something was begun since."""
    return f"""
      select r.school_id, r.pupil_id, case when {_ACTED} then 'met' else 'at_risk' end, null::date,
             'Nothing was begun in the last half term'
        from {ON_REGISTER}
        left join lateral (select v.cycle_id from support_review v where v.pupil_id = r.pupil_id and v.held_on <= %(on)s
             order by v.held_on desc limit 1) w on true
       where {HELD} and (
             exists (select 1 from support_outcome o where o.cycle_id = w.cycle_id and o.result = 'not')
             or not exists (select 1 from provision_line l join provision_provisiontype t on t.id = l.type_id
                  where l.pupil_id = r.pupil_id and t.wave in ('targeted', 'specialist') and l.since <= %(on)s
                    and (l.until is null or l.until >= %(on)s)))"""


@proves("S15-04", also=("register",))
def support_is_shown_over_time() -> str:
    """Pupils on the register: every school year since they came onto it has a cycle of support."""
    return f"""
      select r.school_id, r.pupil_id, case when f.gaps = 0 then 'met' else 'at_risk' end, null::date,
             'A school year has no cycle of support'
        from {ON_REGISTER}
        cross join lateral (select count(*) as gaps from generate_series(
             greatest(r.since, coalesce(u.entered_on, r.since))::timestamp, %(on)s::timestamp, interval '1 year') y(day)
             where not exists (select 1 from support_cycle c where c.pupil_id = r.pupil_id
                    and c.opened_on <= y.day + interval '1 year' and coalesce(c.closed_on, %(on)s) >= y.day)) f
       where {HELD}"""


@proves("S17-16", also=("provision",))
def what_does_not_work_is_replaced() -> str:
    """Provision for an outcome that a review of this school year found not met: stopped, changed or justified within six weeks."""
    return f"""
      select v.school_id, v.pupil_id,
             case when v.choice <> 'continue' or p.until <= %(on)s then 'met'
                  when v.held_on >= %(on)s - {_HALF_TERM} then 'due' else 'overdue' end, v.held_on + {_HALF_TERM},
             'It did not work and runs on'
        from {_REVIEWED} join support_outcome o on o.cycle_id = c.id and o.result = 'not'
        join support_planline l on l.outcome_id = o.id join provision_line p on p.id = l.line_id
       where {_THIS_YEAR}"""
