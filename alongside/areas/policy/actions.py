"""Keeping the policy: its versions, its clause map, what is odd in it, its library, its flowcharts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.transaction import atomic

from alongside.areas.duties import compute
from alongside.areas.duties.actions import touch_trust
from alongside.areas.policy import kinds, queries, rules, shipped
from alongside.areas.policy.models import (
    Clause,
    Decided,
    Flowchart,
    OddityNote,
    Reference,
    Review,
    Section,
    Version,
)
from alongside.areas.policy.rules import Kept, Reader
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.history import actions as history
from alongside.kit import NotFound, refuse
from alongside.law.refusal import Refusal

P = Permission

# --- Versions ---------------------------------------------------------------------------------------------------


@atomic
def correct_review(*, version: Version, month: date, note: str, by: Actor, on: date) -> Version:
    """Put a wrongly printed month of review right. What was printed stays beside it."""
    by.must(P.POLICY_KEEP)
    refuse(rules.may_correct(issue=version.issue_on, month=month, note=note))
    version.corrected_review, version.corrected_note = month.replace(day=1), note.strip()
    version.save(update_fields=["corrected_review", "corrected_note"])
    history.record(
        kinds.CORRECTED,
        by=by,
        on=on,
        about=version.pk,
        version=version.name,
        month=f"{month:%B %Y}",
        note=note.strip(),
    )
    touch_trust(slice_="policy")
    return version


@dataclass(frozen=True, slots=True)
class VersionDraft:
    """The front page of a new version, as typed."""

    reference: str
    issue_on: date
    next_review: date  # any day of the month


@atomic
def prepare(*, review: Review, draft: VersionDraft, by: Actor, on: date) -> Version:
    """Make the version that a completed review led to: its clauses without those that were removed."""
    by.must(P.POLICY_KEEP)
    refuse(
        rules.may_prepare(
            issue=draft.issue_on, next_review=draft.next_review, completed_on=review.completed_on,
            reference=draft.reference,
        ),
        Refusal("This review has led to a version already.") if Version.objects.filter(review=review).exists() else None,
    )  # fmt: skip
    version = Version.objects.create(
        reference=draft.reference.strip(), issue_on=draft.issue_on, issue_printed=f"{draft.issue_on:%B %Y}",
        next_review=draft.next_review.replace(day=1), next_review_printed=f"{draft.next_review:%B %Y}", review=review,
    )  # fmt: skip
    _carry_over(review, version)
    history.record(kinds.PREPARED, by=by, on=on, about=version.pk, version=version.name, day=draft.issue_on.isoformat())
    return version


def _carry_over(review: Review, version: Version) -> None:
    """Sections keep our numbers; the new text prints those, so that nothing disagrees any more."""
    removed = set(Decided.objects.filter(review=review, kept=Kept.REMOVED).values_list("clause", flat=True))
    rows = []
    for section in review.version.sections.prefetch_related("clauses"):
        kept = [clause for clause in section.clauses.all() if clause.pk not in removed]
        number = section.number or None
        rows.append({
            "number": section.number, "heading": section.heading, "listed": number, "printed": number,
            "clauses": [(clause.title, *clause.duties) for clause in kept],
        })  # fmt: skip
    shipped.add_clauses(version, rows)


@dataclass(frozen=True, slots=True)
class ApprovalDraft:
    """A board's approval, as typed."""

    body: str
    approved_on: date
    minute: str


@atomic
def approve(*, version: Version, draft: ApprovalDraft, by: Actor, on: date) -> Version:
    """Record that a board approved a version. Refused before both who review with the director were heard."""
    by.must(P.POLICY_KEEP)
    missing, unanswered = queries.unheard(version.review)
    refuse(
        Refusal("Its approval is recorded already.") if version.approved_on else None,
        rules.may_approve(
            body=draft.body, minute=draft.minute, day=draft.approved_on, on=on, missing=missing, unanswered=unanswered
        ),
    )
    version.body, version.approved_on, version.minute = draft.body.strip(), draft.approved_on, draft.minute.strip()
    version.save(update_fields=["body", "approved_on", "minute"])
    history.record(
        kinds.APPROVED, by=by, on=on, about=version.pk, version=version.name, body=version.body,
        day=draft.approved_on.isoformat(), minute=version.minute,
    )  # fmt: skip
    touch_trust(slice_="policy")
    return version


@atomic
def summarise(*, version: Version, staff: str, family: str, easy: str, by: Actor, on: date) -> Version:
    """Write what changed: for staff, for families, and easy to read."""
    by.must(P.POLICY_KEEP)
    refuse(rules.may_summarise(version.facts()), rules.check_family(family), rules.check_easy(easy))
    version.staff_summary, version.family_summary, version.easy_summary = staff.strip(), family.strip(), easy.strip()
    version.save(update_fields=["staff_summary", "family_summary", "easy_summary"])
    history.record(kinds.SUMMARISED, by=by, on=on, about=version.pk, version=version.name)
    return version


@atomic
def make_current(*, version: Version, by: Actor, on: date) -> Version:
    """A part of `telling.publish`: the version in force ends today, this one begins."""
    by.must(P.POLICY_KEEP)
    lacking = {rules.READER_WORDS[Reader(reader)]: text for reader, text in version.summaries.items()}
    refuse(rules.may_publish(version.facts(), summaries=lacking))
    Version.objects.current().update(superseded_on=on)
    version.current_since = on
    version.save(update_fields=["current_since"])
    history.record(kinds.PUBLISHED, by=by, on=on, about=version.pk, version=version.name)
    touch_trust(slice_="policy")
    return version


# --- The clause map -----------------------------------------------------------------------------------------------


@atomic
def map_clause(*, clause: Clause, duties: Sequence[str], title: str, by: Actor, on: date) -> Clause:
    """Say which duties rest on a clause."""
    by.must(P.POLICY_KEEP)
    wanted = sorted({code.strip().upper() for code in duties if code.strip()})
    unknown = [code for code in wanted if code not in compute.catalogue(on)]
    refuse(
        Refusal(f"There is no duty {unknown[0]}.", "duties") if unknown else None,
        None if title.strip() else Refusal("Give the clause a title.", "title"),
    )
    clause.duties, clause.title = wanted, title.strip()
    clause.save(update_fields=["duties", "title"])
    history.record(kinds.MAPPED, by=by, on=on, about=clause.pk, clause=clause.code, what=", ".join(wanted) or "no duty")
    touch_trust(slice_="policy")
    return clause


@atomic
def settle_number(*, section: Section, note: str, by: Actor, on: date) -> Section:
    """Say how a disagreement of numbers is dealt with. The printed numbers stay as other names."""
    by.must(P.POLICY_KEEP)
    refuse(
        None if section.numbered().disagrees else Refusal("The two numbers of this section agree."),
        rules.may_decide(note),
    )
    section.resolved_on, section.resolved_note = on, note.strip()
    section.save(update_fields=["resolved_on", "resolved_note"])
    history.record(kinds.RENUMBERED, by=by, on=on, about=section.pk, section=section.number, note=note.strip())
    touch_trust(slice_="policy")
    return section


@atomic
def settle_oddity(*, number: int, note: str, by: Actor, on: date) -> OddityNote:
    """Say how something odd in the text was put right."""
    by.must(P.POLICY_KEEP)
    if number not in {oddity.number for oddity in shipped.oddities()}:
        raise NotFound
    refuse(rules.may_decide(note))
    made, _ = OddityNote.objects.update_or_create(
        number=number, defaults={"note": note.strip(), "by_id": by.person_id, "on": on}
    )
    history.record(kinds.ODDITY, by=by, on=on, about=made.pk, number=number, note=made.note)
    return made


@atomic
def add_flowchart(*, version: Version, title: str, text: str, workflow: str, by: Actor, on: date) -> Flowchart:
    """Add a flowchart with its steps in words. Refused without them."""
    by.must(P.POLICY_KEEP)
    refuse(rules.may_add_flowchart(title=title, text=text, workflow=workflow, known=rules.WORKFLOWS))
    made = Flowchart.objects.create(version=version, title=title.strip(), text=text.strip(), workflow=workflow)
    history.record(kinds.FLOWCHART, by=by, on=on, about=made.pk, title=made.title, version=version.name)
    touch_trust(slice_="policy")
    return made


# --- The reference library --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReferenceDraft:
    """A law or guidance, as typed."""

    kind: str
    title: str
    governs: str
    cited: str = ""
    in_force: str = ""
    superseded_by: str = ""
    duties: tuple[str, ...] = ()


@atomic
def add_reference(*, draft: ReferenceDraft, by: Actor, on: date) -> Reference:
    """Add a law or guidance. One without a duty is taken, and whoever shows it says so."""
    by.must(P.POLICY_KEEP)
    same = Reference.objects.filter(title__iexact=draft.title.strip()).exists()
    unknown = [code for code in draft.duties if code not in compute.catalogue(on)]
    refuse(
        Refusal("The library has this title already. Open it there.", "title") if same else None,
        Refusal(f"There is no duty {unknown[0]}.", "duties") if unknown else None,
    )
    made = Reference.objects.create(
        kind=draft.kind, title=draft.title.strip(), governs=draft.governs.strip(), cited=draft.cited.strip(),
        in_force=draft.in_force.strip(), superseded_by=draft.superseded_by.strip(), duties=list(draft.duties),
        checked_on=on,
    )  # fmt: skip
    history.record(kinds.REFERENCE, by=by, on=on, about=made.pk, title=made.title)
    touch_trust(slice_="policy")
    return made


@atomic
def check_reference(*, item: Reference, in_force: str, superseded_by: str, by: Actor, on: date) -> Reference:
    """Say which edition is in force today. Another one than before has to be noted by a review again."""
    by.must(P.POLICY_KEEP)
    changed = (item.in_force, item.superseded_by) != (in_force.strip(), superseded_by.strip())
    item.in_force, item.superseded_by, item.checked_on = in_force.strip(), superseded_by.strip(), on
    item.noted_on = None if changed else item.noted_on
    item.save(update_fields=["in_force", "superseded_by", "checked_on", "noted_on"])
    history.record(kinds.CHECKED, by=by, on=on, about=item.pk, title=item.title)
    touch_trust(slice_="policy")
    return item
