"""What the policy library proves: the text is controlled, reviewed, mapped, told and read."""

from __future__ import annotations

from collections.abc import Iterable

from alongside.areas.policy.publishing.rules import NIGHTS
from alongside.base.access.roles import INDUCTED_ROLES, STAFF_ROLES
from alongside.base.evidence.proofs import NOW, Whole, passed, proves
from alongside.law import book, thresholds
from alongside.law.sources import Weight

CURRENT = "v.current_since is not null and v.superseded_on is null"
_YEARLY = int(thresholds.YEARLY)
_OPENS = int(thresholds.POLICY_REVIEW_OPENS)
_MONTHS = int(thresholds.POLICY_REVIEW_MONTHS)
_WARNING = int(thresholds.POLICY_REVIEW_WARNING)
_STAFF = int(thresholds.POLICY_CONFIRM_STAFF)
_FAMILY = int(thresholds.POLICY_NOTICE_FAMILY)
_INDUCTION = int(thresholds.INDUCTION_DAYS)
_TRUST = "null::bigint, null::bigint"

# The day by which the policy is reviewed: the earlier of a year after its issue and the end of the month it names.
_STATED = "coalesce(v.corrected_review, v.next_review)"
_DUE = f"""least((v.issue_on + interval '{_MONTHS} months')::date,
                 (date_trunc('month', {_STATED}) + interval '1 month' - interval '1 day')::date)"""
# When a review was last completed, whatever version it was of; before the first one the issue counts.
_LAST = "coalesce((select max(w.completed_on) from policy_review w), v.issue_on)"
_YEAR_ON = f"({_LAST} + interval '{_MONTHS} months')::date"
# The school in whose days the trust's own people are counted: the first.
_AT = "s.id = coalesce(r.school_id, (select min(id) from school))"


def _roles(codes: Iterable[str]) -> str:
    """Codes of roles as a list in SQL."""
    return ", ".join(f"'{code}'" for code in codes)


@proves("S00-01", floor=1, whole=Whole.TRUST)
def the_current_version_was_approved() -> str:
    """A version is current, with its reference, its issue, the approving board, the day and the minute."""
    return f"""
      select {_TRUST}, case when v.id is not null and v.reference <> '' and v.body <> '' and v.minute <> ''
                             and v.approved_on is not null then 'met' else 'not_evidenced' end, null::date,
             'No version of the policy has been made current with its approval'
        from (select 1) as one left join policy_version v on {CURRENT}"""


@proves("S00-02", floor=1, whole=Whole.TRUST)
def a_review_came_before_the_issue() -> str:
    """The last completed review is less than 12 months old, and came before the issue of the current version."""
    return f"""
      select {_TRUST}, case when {_YEAR_ON} < %(on)s then 'overdue' when {_YEAR_ON} - %(on)s <= {_OPENS} then 'due'
                            when w.completed_on <= v.issue_on then 'met' else 'not_evidenced' end, {_YEAR_ON},
             'The review before this issue is missing, or a year has gone by since the last one'
        from policy_version v left join policy_review w on w.id = v.review_id where {CURRENT}"""


@proves("S00-03", floor=1, whole=Whole.TRUST)
def clauses_lead_to_duties() -> str:
    """Each clause of the current version leads to a duty, and no disagreement of section numbers is open."""
    return f"""
      select {_TRUST}, case when cardinality(c.duties) > 0 then 'met' else 'at_risk' end, null::date,
             'A clause leads to no duty'
        from policy_clause c join policy_section x on x.id = c.section_id join policy_version v on v.id = x.version_id
       where {CURRENT}
      union all
      select {_TRUST}, case when x.resolved_on is null then 'at_risk' else 'met' end, null::date,
             'The contents page and a heading give different numbers'
        from policy_section x join policy_version v on v.id = x.version_id
       where {CURRENT} and x.listed is distinct from x.printed"""


@proves("S00-07", floor=1, whole=Whole.TRUST)
def flowcharts_have_their_words() -> str:
    """Each flowchart of the current version has its steps as text and leads to the page that it shows."""
    return f"""
      select {_TRUST}, case when f.text <> '' and f.workflow <> '' then 'met' else 'not_evidenced' end, null::date,
             'A flowchart has no text, or leads nowhere'
        from policy_flowchart f join policy_version v on v.id = f.version_id where {CURRENT}"""


@proves("S01-01", floor=1, whole=Whole.TRUST)
def laws_were_checked() -> str:
    """Each law of the reference library was checked in the last 12 months."""
    return f"""
      select {_TRUST}, case when r.checked_on >= %(on)s - {_YEARLY} then 'met' else 'overdue' end,
             (r.checked_on + {_YEARLY})::date, r.title || ' was not checked this year'
        from policy_reference r where r.kind = 'law'"""


@proves("S01-12", floor=1, whole=Whole.TRUST)
def clock_rules_have_their_source() -> str:
    """Each statutory time limit that counts days names its law, and that law was checked in the last 12 months."""
    statutes = sorted(
        {
            (rule.code, rule.source.instrument)
            for rule in book.TODAY.rules
            if rule.source.weight is Weight.STATUTE and rule.counts
        }
    )
    values = ", ".join(f"({_text(code)}, {_text(instrument)})" for code, instrument in statutes)
    return f"""
      select {_TRUST}, case when r.checked_on >= %(on)s - {_YEARLY} then 'met' else 'overdue' end,
             (r.checked_on + {_YEARLY})::date, k.code || ': its law is not in the library, or was not checked this year'
        from (values {values}) as k(code, instrument) left join policy_reference r on r.title = k.instrument"""


def _text(words: str) -> str:
    """A constant of our own as SQL."""
    return "'" + words.replace("'", "''").replace("%", "%%") + "'"


@proves("S01-17", floor=1, whole=Whole.TRUST)
def replaced_editions_were_noted() -> str:
    """Guidance whose cited edition has been replaced: a review has said what it does about it."""
    return f"""
      select {_TRUST}, case when r.noted_on is not null or (r.superseded_by = '' and (r.cited = '' or r.in_force = ''
                                  or lower(trim(r.cited)) = lower(trim(r.in_force)))) then 'met' else 'at_risk' end,
             null::date, r.title || ': another edition is in force, and no review has said so'
        from policy_reference r where r.kind = 'guidance'"""


@proves("S16-01", floor=1, whole=Whole.TRUST)
def the_website_offers_the_approved_file() -> str:
    """The file at its address on the trust's website is, by its hash, the one approved for the current version.

    A website that did not answer says nothing: only after three nights it is no longer known what stands there.
    """
    return f"""
      select {_TRUST}, case when v.id is null or f.sha256 is null or p.id is null then 'not_evidenced'
                            when k.id is null and n.nights >= {NIGHTS} then 'at_risk' when k.id is null then 'not_evidenced'
                            when k.found = 'missing' then 'overdue' when k.sha256 <> f.sha256 then 'at_risk'
                            when %(on)s - k.looked_on >= {NIGHTS} then 'at_risk' else 'met' end, null::date,
             case when v.id is null then 'No version of the policy is current'
                  when f.sha256 is null then 'The file that the board approved is not kept here'
                  when p.id is null then 'Nobody has said where the website offers the policy'
                  when k.found = 'missing' then 'There is no file at its address on the website'
                  when k.sha256 <> f.sha256 then 'The file on the website is not the approved one'
                  else 'The file on the website could not be compared' end
        from (select 1) as one left join policy_version v on {CURRENT}
        left join lateral (select a.sha256 from policy_approvedfile a where a.version_id = v.id
                            order by a.id desc limit 1) f on true
        left join policy_publication p on p.address <> ''
        left join lateral (select l.id, l.found, l.sha256, l.looked_on from policy_look l
                            where l.address = p.address and l.found <> 'unknown' and l.looked_on <= %(on)s
                            order by l.looked_on desc limit 1) k on true
        left join lateral (select count(*) as nights from policy_look l
                            where l.address = p.address and l.looked_on <= %(on)s) n on true"""


@proves("S19-01", floor=1, whole=Whole.TRUST)
def the_director_reviewed_the_policy() -> str:
    """The policy was reviewed in the last 12 months."""
    return f"""
      select {_TRUST}, case when {_YEAR_ON} < %(on)s then 'overdue' when {_YEAR_ON} - %(on)s <= {_WARNING} then 'due'
                            else 'met' end, {_YEAR_ON}, 'The yearly review is due by this day'
        from policy_version v where {CURRENT}"""


@proves("S19-02", floor=1, whole=Whole.TRUST)
def both_were_heard() -> str:
    """The central team and the trustees each commented on the last completed review, or said they had nothing to add."""
    return f"""
      select {_TRUST}, case count(distinct c.side) when 2 then 'met' when 1 then 'at_risk' else 'not_evidenced' end,
             null::date, 'The central team or the trustees were not heard'
        from policy_review w left join policy_comment c on c.review_id = w.id
       where w.id = (select l.id from policy_review l where l.completed_on is not null
                      order by l.completed_on desc, l.id desc limit 1)
       group by w.id"""


@proves("S19-03", floor=1, also=("access",), whole=Whole.TRUST)
def staff_confirmed() -> str:
    """Staff of today who were told of the current version and have confirmed it, within 20 school days."""
    return f"""
      select {_TRUST}, case when r.confirmed_on is not null then 'met'
                            when {NOW} - {passed("r.told_on")} <= {_STAFF} then 'due' else 'overdue' end, null::date,
             'Somebody has not confirmed the current version'
        from policy_reading r join policy_version v on v.id = r.version_id join school s on {_AT}
       where {CURRENT} and not r.starter and exists (select 1 from access_post o where o.person_id = r.person_id
             and o.role in ({_roles(STAFF_ROLES)}) and o.since <= %(on)s and (o.until is null or o.until >= %(on)s))"""


@proves("S19-04", floor=1, also=("register",))
def register_families_were_told() -> str:
    """Pupils on the register whose family was told of the current version, within 10 school days, and whom it reached.

    Whoever came onto the register after the change heard of the policy as it is; nothing changed for them.
    """
    return f"""
      select p.school_id, p.pupil_id,
             case when n.reached then 'met' when n.failed then 'at_risk'
                  when {NOW} - {passed("v.current_since")} <= {_FAMILY} then 'due' else 'overdue' end, null::date,
             case when n.failed then 'The notice did not arrive' else 'The family has not been told' end
        from register_status p join school s on s.id = p.school_id
        join pupils_pupil u on u.id = p.pupil_id and (u.left_on is null or u.left_on >= %(on)s)
        join policy_version v on {CURRENT} and v.family_summary <> ''
        left join lateral (
          select count(*) > 0 as listed, bool_or(f.read_on is not null or f.letter_on is not null
                         or (f.failed_on is null and (f.delivered_on is not null or f.sent_on is not null))) as reached,
                 bool_or(f.failed_on is not null and f.letter_on is null) as failed
            from policy_familynotice f where f.version_id = v.id and f.pupil_id = p.pupil_id) n on true
       where p.since <= %(on)s and (p.until is null or p.until >= %(on)s) and (n.listed or p.since <= v.current_since)"""


@proves("S19-05", floor=1, whole=Whole.TRUST)
def partners_were_told() -> str:
    """Everybody on the list of partners was told of the current version within 10 school days, and the list was checked."""
    return f"""
      select {_TRUST},
             case when t.id is not null and k.checked_on >= %(on)s - {_YEARLY} then 'met'
                  when t.id is not null then 'due'
                  when {NOW} - {passed("v.current_since")} <= {_FAMILY} then 'due'
                  when exists (select 1 from policy_stakeholdernotice o where o.version_id = v.id) then 'at_risk'
                  else 'overdue' end, null::date, k.name || ' has not been told, or was not checked this year'
        from policy_stakeholder k join policy_version v on {CURRENT}
        join school s on s.id = (select min(id) from school)
        left join policy_stakeholdernotice t on t.version_id = v.id and t.stakeholder_id = k.id
       where k.ended_on is null"""


@proves("S19-06", floor=1, also=("access",), pupils=False)
def starters_read_the_policy() -> str:
    """Staff who began this year while a policy was current: read and checked within 10 school days of their first day."""
    return f"""
      select o.school_id, null::bigint,
             case when exists (select 1 from access_inducted i where i.person_id = o.person_id and i.done_on >= o.since)
                  then 'met' when {NOW} - {passed("o.since")} <= {_INDUCTION} then 'due' else 'overdue' end, null::date,
             'A new member of staff has not read the policy'
        from access_post o join school s on s.id = o.school_id
       where o.role in ({_roles(INDUCTED_ROLES)}) and o.since >= (select min(g.since) from access_gate g)
         and o.since between %(begins)s and %(on)s and (o.until is null or o.until >= %(on)s)
         and not exists (select 1 from access_post b where b.person_id = o.person_id and b.id <> o.id
                            and b.role in ({_roles(INDUCTED_ROLES)}) and b.since < o.since
                            and (b.until is null or b.until >= o.since - 1))
      union all
      select r.school_id, null::bigint,
             case when r.confirmed_on is not null then 'met' when {NOW} - {passed("r.told_on")} <= {_INDUCTION} then 'due'
                  else 'overdue' end, null::date, 'Somebody on the sheet has not signed'
        from policy_reading r join policy_version v on v.id = r.version_id join school s on s.id = r.school_id
       where {CURRENT} and r.on_sheet and r.starter and r.person_id is null"""


@proves("S19-07", floor=1, whole=Whole.TRUST)
def the_next_review_is_named_and_met() -> str:
    """The current version names a month of review after its issue, and was reviewed by the earlier of that and a year."""
    return f"""
      select {_TRUST}, case when {_LAST} > v.issue_on and {_LAST} <= {_DUE} then 'met' when {_DUE} < %(on)s then 'overdue'
                            when date_trunc('month', {_STATED}) <= date_trunc('month', v.issue_on) then 'at_risk'
                            when {_DUE} - %(on)s <= {_OPENS} then 'due' else 'met' end, {_DUE},
             'The month that the policy names for its review has gone by, or is not after its issue'
        from policy_version v where {CURRENT}"""
