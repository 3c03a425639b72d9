"""What the classroom proves: that adults know, that they use what helps, that notes are seen, that pupils are heard.

'Seen' is not 'understood': a confirmation proves that somebody opened a page, and no more.
"""

from alongside.areas.register.evidence import HELD, ON_REGISTER
from alongside.base.evidence.proofs import NOW, Whole, passed, proves
from alongside.law import thresholds
from alongside.law.clocks import BRIEF_READ

_TERM = int(thresholds.TERM)
_HALF_TERM = int(thresholds.HALF_TERM)
_WARNING = int(thresholds.WARNING)
_WRITTEN = 'q."on"'

# Every adult who works with the pupil of `r` on the day, by name or by group.
_ADULTS = """lateral (
        select a.person_id from pupils_adultlink a where a.pupil_id = r.pupil_id
           and a.since <= %(on)s and (a.until is null or a.until >= %(on)s)
         union
        select a.person_id from pupils_membership m join pupils_adultlink a on a.group_id = m.group_id
         where m.pupil_id = r.pupil_id and m.since <= %(on)s and (m.until is null or m.until >= %(on)s)
           and a.since <= %(on)s and (a.until is null or a.until >= %(on)s)) a on true"""


@proves("S03-68", floor=1, also=("register", "pupils"))
def adults_have_read_the_brief() -> str:
    """Every adult with a pupil on the register has confirmed the brief as it stands; seen, not understood."""
    return _read_by_all("r.code in ('K', 'E')")


@proves("S11-13", floor=1, also=("register", "pupils"))
def adults_of_plan_pupils_have_read_the_brief() -> str:
    """Every adult with a pupil who has an EHC plan has confirmed the brief as it stands; seen, not understood."""
    return _read_by_all("r.code = 'E'")


def _read_by_all(whom: str) -> str:
    return f"""
      select r.school_id, r.pupil_id,
             case when k.confirmed_at is not null then 'met' when {NOW} - {passed("b.made_on")} <= {BRIEF_READ.amount}
                  then 'due' else 'overdue' end, null::date, 'An adult has not confirmed the brief'
        from {ON_REGISTER} join classroom_brief b on b.pupil_id = r.pupil_id and b.current
        join {_ADULTS}
        left join classroom_acknowledgement k on k.brief_id = b.id and k.person_id = a.person_id
       where {HELD} and {whom}"""


@proves("S03-70")
def notes_are_seen_in_time() -> str:
    """Ordinary notes of this term: a recipient saw them within 2 school days."""
    return _notes("not q.restricted", int(thresholds.NOTE_SEEN))


@proves("S05-12", band=4)
def safeguarding_notes_are_seen_at_once() -> str:
    """Restricted notes of this term: seen within a school day. Who never writes one is not known from this."""
    return _notes("q.restricted", int(thresholds.WELFARE_NOTE_SEEN))


def _notes(which: str, days: int) -> str:
    return f"""
      select q.school_id, q.pupil_id,
             case when q.seen_on <= %(on)s then case when
                  {passed("q.seen_on")} - {passed(_WRITTEN)} <= {days} then 'met' else 'at_risk' end
                  when {NOW} - {passed(_WRITTEN)} <= {days} then 'due' else 'overdue' end, null::date,
             'Note of ' || to_char(q."on", 'FMDD Mon')
        from classroom_quicknote q join school s on s.id = q.school_id
       where {which} and q."on" between s.term and %(on)s"""


@proves("S06-04", also=("register",))
def what_helps_is_used() -> str:
    """Pupils on the register: a strategy was used in the last half term, and the latest two did not both fail."""
    return f"""
      select r.school_id, r.pupil_id,
             case when f.used is null then 'not_evidenced' when f.used >= 2 and not f.helped then 'at_risk' else 'met' end,
             null::date, case when f.used is null then 'Nobody noted that a strategy was used'
                              else 'The last two did not help' end
        from {ON_REGISTER}
        left join lateral (select nullif(count(*), 0) as used, bool_or(w.helped) as helped from (
             select x.helped from classroom_strategyuse x where x.pupil_id = r.pupil_id
                and x.day between %(on)s - {_HALF_TERM} and %(on)s order by x.day desc, x.id desc limit 2) w) f on true
       where {HELD}"""


# The last day on which a pupil's own words were written down: in the profile, a plan or a review.
_LAST_VIEW = """left join lateral (select max(w.day) as day from (
          select b.own_words_on as day from classroom_brief b where b.pupil_id = r.pupil_id and b.own_words <> ''
           union all
          select coalesce(c.sent_on, c.started_on) from support_cycle c where c.pupil_id = r.pupil_id and c.pupils_view <> ''
           union all
          select v.held_on from support_review v where v.pupil_id = r.pupil_id and v.pupils_view <> ''
        ) w where w.day <= %(on)s) f on true"""


@proves("S09-18", also=("register", "support"))
def pupils_give_their_views() -> str:
    """Pupils on the register whose own words were written down since the term began."""
    return f"""
      select r.school_id, r.pupil_id, case when f.day >= s.term then 'met' when f.day > %(on)s - {_TERM} then 'due'
             else 'overdue' end, f.day + {_TERM}, 'No words of the pupil’s own this term'
        from {ON_REGISTER} {_LAST_VIEW} where {HELD}"""


@proves("S09-19", also=("register", "support"))
def views_are_gathered_regularly() -> str:
    """Pupils on the register: no longer than a term since their own words were last written down."""
    return f"""
      select r.school_id, r.pupil_id,
             case when f.day is null or f.day <= %(on)s - {_TERM} then 'overdue'
                  when f.day <= %(on)s - {_TERM - _WARNING} then 'due' else 'met' end,
             f.day + {_TERM}, 'The pupil’s own words are older than a term'
        from {ON_REGISTER} {_LAST_VIEW} where {HELD}"""


@proves("S09-05", also=("support",))
def plans_are_centred_on_the_person() -> str:
    """Running plans with a profile in the pupil's own words, and wishes of pupil and parents."""
    return """
      select c.school_id, c.pupil_id,
             case when c.parents_view <> '' and c.pupils_view <> '' and exists (select 1 from classroom_brief b
                   where b.pupil_id = c.pupil_id and b.current and b.own_words <> '') then 'met' else 'at_risk' end,
             null::date, 'Profile or wishes are missing'
        from support_cycle c join school s on s.id = c.school_id
        join pupils_pupil u on u.id = c.pupil_id and (u.left_on is null or u.left_on >= %(on)s)
       where c.started_on <= %(on)s and (c.closed_on is null or c.closed_on > %(on)s)"""


@proves("S03-65", also=("register",))
def barriers_are_planned_for() -> str:
    """Pupils on the register whose brief says what helps in lessons, and was looked at this school year."""
    return f"""
      select r.school_id, r.pupil_id, case when cardinality(b.helps) > 0 and b.made_on >= %(year)s then 'met'
             else 'not_evidenced' end, null::date, 'No brief of this school year says what helps'
        from {ON_REGISTER} left join classroom_brief b on b.pupil_id = r.pupil_id and b.current
       where {HELD}"""


@proves("S12-04", also=("register", "support"))
def what_a_young_pupil_likes_and_does_well_is_known() -> str:
    """Primary pupils on the register: this school year's profile in the pupil's own words, beside a running plan."""
    return f"""
      select r.school_id, r.pupil_id,
             case when b.id is null then 'not_evidenced' when c.id is null then 'at_risk' else 'met' end, null::date,
             case when b.id is null then 'No profile of this school year' else 'No plan runs beside the profile' end
        from {ON_REGISTER}
        left join classroom_brief b on b.pupil_id = r.pupil_id and b.current and b.own_words <> ''
                                   and b.own_words_on between %(year)s and %(on)s
        left join support_cycle c on c.pupil_id = r.pupil_id and c.started_on <= %(on)s
                                 and (c.closed_on is null or c.closed_on > %(on)s)
       where {HELD} and u.nc_year in ('R', '1', '2', '3', '4', '5', '6')"""


_TEACHERS = """access_post p join pupils_adultlink a on a.person_id = p.person_id and p.role = 'teacher'
                 and p.since <= %(on)s and (p.until is null or p.until >= %(on)s)
                 and a.since <= %(on)s and (a.until is null or a.until >= %(on)s)"""


@proves("S03-22", also=("pupils", "access"), whole=Whole.TRUST)
def teachers_teach_pupils_with_send() -> str:
    """Teachers with a pupil who has a brief: they confirmed one as it stands, and noted a strategy in use this term."""
    return f"""
      select null::bigint, null::bigint,
             case when exists (select 1 from classroom_acknowledgement k join classroom_brief b on b.id = k.brief_id
                        where k.person_id = t.person_id and b.current and k.confirmed_at is not null)
                   and exists (select 1 from classroom_strategyuse w join school s on s.id = w.school_id
                        where w.by_id = t.person_id and w.day between s.term and %(on)s) then 'met' else 'at_risk' end,
             null::date, 'A teacher has confirmed no brief, or noted no strategy this term'
        from (select p.person_id from {_TEACHERS} join classroom_brief b on b.pupil_id = a.pupil_id and b.current
               union
              select p.person_id from {_TEACHERS} join pupils_membership m on m.group_id = a.group_id
                 and m.since <= %(on)s and (m.until is null or m.until >= %(on)s)
                join classroom_brief b on b.pupil_id = m.pupil_id and b.current) t"""
