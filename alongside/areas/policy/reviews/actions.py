"""The verbs of a review: open, gather, decide, hear, answer, complete."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from django.db.models import Count
from django.db.transaction import atomic

from alongside.areas.duties import compute
from alongside.areas.duties.actions import touch_trust
from alongside.areas.duties.models import Standing
from alongside.areas.policy import kinds, rules, shipped
from alongside.areas.policy.models import (
    AgendaPoint,
    Clause,
    Comment,
    Decided,
    OddityNote,
    Reference,
    Review,
    Section,
    Version,
)
from alongside.areas.policy.queries import clauses_of, reviewed_on
from alongside.base.access.actor import Actor
from alongside.base.access.roles import ROLES, Permission
from alongside.base.evidence.proofs import State
from alongside.base.history import actions as history
from alongside.design.words import year_day
from alongside.kit import refuse
from alongside.law import book
from alongside.law.calendar import add_months
from alongside.law.refusal import Refusal
from alongside.law.sources import Weight

P = Permission
_OWNED_BY = "S19-01"  # who answers for this duty completes the review
_LEGAL = (Weight.STATUTE, Weight.CODE)


@atomic
def open_review(*, version: Version, by: Actor, on: date) -> Review:
    """Open the review of a version, with everything that there is to look at."""
    by.must(P.POLICY_KEEP)
    standing = Review.objects.filter(completed_on=None).exists()
    refuse(Refusal("A review is open already. Complete it first.") if standing else None)
    due = rules.next_due(rules.clock_of(version.facts()), reviewed_on(version))
    review = Review.objects.create(version=version, opened_on=on, due_on=due)
    _gather(review, on)
    history.record(kinds.OPENED, by=by, on=on, about=review.pk, version=version.name, due=due.isoformat())
    return review


@atomic
def gather_again(*, review: Review, by: Actor, on: date) -> int:
    """Add what has come up since the review opened; says how much. What was noted stays."""
    by.must(P.POLICY_KEEP)
    refuse(rules.may_go_on(review.completed_on))
    return _gather(review, on)


def _gather(review: Review, on: date) -> int:
    known = {(point.kind, point.about) for point in review.agenda.all()}
    fresh = [point for point in _points(review, on) if (point.kind, point.about) not in known]
    AgendaPoint.objects.bulk_create(fresh)
    return len(fresh)


def _points(review: Review, on: date) -> Iterator[AgendaPoint]:
    def point(kind: str, about: object, says: str) -> AgendaPoint:
        return AgendaPoint(review=review, kind=kind, about=str(about), says=says)

    for code, says in _law(review.version.issue_on, on):
        yield point("law", code, says)
    for item in Reference.objects.all():
        if item.superseded and not item.noted_on:
            now = item.superseded_by or item.in_force
            yield point(
                "reference", item.pk, f"{item.title}: cited {item.cited or 'without an edition'}, in force {now}"
            )
        elif item.left_out:
            yield point("reference", item.pk, f"{item.title}: in force, and the policy does not name it")
    for section in review.version.sections.all():
        numbered = section.numbered()
        if numbered.disagrees and not numbered.resolved:
            yield point("numbering", section.number, f"{section.heading}. {numbered.explains}")
    settled = set(OddityNote.objects.values_list("number", flat=True))
    for oddity in shipped.oddities():
        if oddity.number not in settled:
            yield point("oddity", oddity.number, oddity.says)
    for number, late in _late_by_section(on).items():
        yield point(
            "duty",
            number,
            f"Section {number}: overdue {late} {'time' if late == 1 else 'times'} at schools or the trust",
        )


def _law(issue: date, on: date) -> Iterator[tuple[str, str]]:
    """Rules of law that began after the issue of the policy, or begin within a year from now."""
    for rule in sorted(book.TODAY.rules, key=lambda rule: (rule.in_force_from, rule.code)):
        if issue < rule.in_force_from and rule.in_force_from <= add_months(on, 12) and rule.source.weight in _LEGAL:
            yield rule.code, f"{rule.name} ({rule.source}), in force from {year_day(rule.in_force_from)}"


def _late_by_section(on: date) -> Mapping[int, int]:
    sections = {code: duty.section for code, duty in compute.catalogue(on).items()}
    found: dict[int, int] = {}
    late = Standing.objects.on(on).filter(state=State.OVERDUE).order_by()
    for code, count in late.values_list("duty").annotate(Count("pk")):
        if code in sections:
            found[sections[code]] = found.get(sections[code], 0) + count
    return dict(sorted(found.items()))


@atomic
def note_point(*, point: AgendaPoint, note: str, by: Actor, on: date) -> AgendaPoint:
    """Say what the review does about a point. One about an edition counts as the library's note."""
    by.must(P.POLICY_KEEP)
    refuse(rules.may_go_on(point.review.completed_on), rules.may_decide(note))
    point.note, point.noted_on = note.strip(), on
    point.save(update_fields=["note", "noted_on"])
    if point.kind == "reference":
        Reference.objects.filter(pk=int(point.about)).update(noted_on=on)
    history.record(kinds.NOTED, by=by, on=on, about=point.pk, note=point.note)
    touch_trust(slice_="policy")
    return point


@atomic
def decide(
    *, review: Review, section: Section, decisions: Mapping[int, tuple[str, str]], rest: str, by: Actor, on: date
) -> int:
    """Keep, change or remove clauses of a section: (what, why) by number of the clause. `rest` keeps all others.

    Says how many clauses were decided.
    """
    by.must(P.POLICY_KEEP)
    refuse(rules.may_go_on(review.completed_on))
    clauses = {clause.number: clause for clause in section.clauses.all()}
    before = set(Decided.objects.filter(review=review, clause__section=section).values_list("clause", flat=True))
    wanted = {clauses[number]: said for number, said in decisions.items() if number in clauses}
    for _, says in wanted.values():
        refuse(rules.may_decide(says))
    if rest.strip():
        refuse(rules.may_decide(rest))
        others = [clause for clause in clauses.values() if clause not in wanted and clause.pk not in before]
        wanted |= dict.fromkeys(others, (rules.Kept.KEPT, rest))
    for clause, (kept, says) in wanted.items():
        _keep(review, clause, kept, says, by, on)
    if wanted:
        history.record(kinds.DECIDED, by=by, on=on, about=review.pk, section=section.number, count=len(wanted))
    return len(wanted)


def _keep(review: Review, clause: Clause, kept: str, says: str, by: Actor, on: date) -> None:
    Decided.objects.update_or_create(
        review=review, clause=clause,
        defaults={"kept": rules.Kept(kept), "says": says.strip(), "by_id": by.person_id, "on": on},
    )  # fmt: skip


@atomic
def comment(*, review: Review, says: str, declined: bool, by: Actor, on: date) -> Comment:
    """Say something to a review for the central team or the trustees, or that one has nothing to add."""
    by.must(P.POLICY_COMMENT)
    roles = [post.role for post in by.posts]
    side = rules.side_of(roles)
    decided = Version.objects.filter(review=review, approved_on__isnull=False).exists()
    refuse(rules.may_comment(side=side, declined=declined, says=says, open_=not decided))
    role = next(role for role in roles if role in rules.SIDE_ROLES)
    made = Comment.objects.create(
        review=review, side=rules.Side(side or ""), role=role, declined=declined, says="" if declined else says.strip(),
        by_id=by.person_id, on=on,
    )  # fmt: skip
    history.record(kinds.COMMENTED, by=by, on=on, about=made.pk, side=rules.SIDE_WORDS[rules.Side(made.side)])
    touch_trust(slice_="policy")
    return made


@atomic
def answer(*, comment: Comment, reply: str, by: Actor, on: date) -> Comment:
    """Answer a comment; both stay with the version."""
    by.must(P.POLICY_KEEP)
    refuse(rules.may_decide(reply))
    comment.reply, comment.replied_on = reply.strip(), on
    comment.save(update_fields=["reply", "replied_on"])
    history.record(kinds.ANSWERED, by=by, on=on, about=comment.pk, side=rules.SIDE_WORDS[rules.Side(comment.side)])
    return comment


@atomic
def complete(*, review: Review, found: str, by: Actor, on: date) -> Review:
    """End a review, by whoever answers for it."""
    by.must(P.POLICY_READ)
    owner = owner_of_review(on)
    refuse(
        Refusal("This review has been completed already.") if review.completed_on else None,
        rules.may_complete(
            owner=owner, owner_words=f"the {ROLES[owner].title.lower()}", roles=[post.role for post in by.posts],
            undecided=undecided(review), found=found,
        ),
    )  # fmt: skip
    review.completed_on, review.completed_by_id, review.found = on, by.person_id, found.strip()
    review.save(update_fields=["completed_on", "completed_by", "found"])
    history.record(kinds.COMPLETED, by=by, on=on, about=review.pk, version=review.version.name, found=review.found)
    touch_trust(slice_="policy")
    return review


def owner_of_review(on: date) -> str:
    """The role that completes a review: the director's, unless the scheme of delegation says another."""
    duty = compute.catalogue(on).get(_OWNED_BY)
    return compute.owner_of(duty, None, compute.delegations(on)) if duty else "director"


def undecided(review: Review) -> int:
    done = set(Decided.objects.filter(review=review).values_list("clause", flat=True))
    return sum(1 for clause in clauses_of(review.version) if clause.pk not in done)


def due_to_open(on: date) -> Version | None:
    """The current version when its review should be open by now and has not been opened; None otherwise."""
    version = Version.objects.current().first()
    if version is None or Review.objects.filter(completed_on=None).exists():
        return None
    due = rules.next_due(rules.clock_of(version.facts()), reviewed_on(version))
    return version if on >= due - rules.OPENS_BEFORE else None
