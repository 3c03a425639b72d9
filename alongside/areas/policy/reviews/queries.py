"""Pages of a review: what there is to look at, a section's clauses, what was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from alongside.areas.policy import rules
from alongside.areas.policy.models import AgendaPoint, Clause, Comment, Decided, Review, Section, Version
from alongside.areas.policy.queries import clauses_of, unheard
from alongside.areas.policy.reviews import actions as reviewing
from alongside.base.access.actor import Actor
from alongside.base.access.roles import ROLES, Permission
from alongside.kit import NotFound

P = Permission
KINDS = {
    "law": "The law has changed", "reference": "Law and guidance cited", "numbering": "Numbers that disagree",
    "oddity": "Odd in the text", "duty": "Duties that are overdue",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SectionRow:
    """How far a section has been decided."""

    section: Section
    clauses: int
    decided: int
    changed: int
    removed: int


@dataclass(frozen=True, slots=True)
class Said:
    comment: Comment
    role: str


@dataclass(frozen=True, slots=True)
class ReviewPage:
    review: Review
    made: Version | None
    agenda: tuple[tuple[str, tuple[AgendaPoint, ...]], ...]
    sections: tuple[SectionRow, ...]
    undecided: int
    comments: tuple[Said, ...]
    missing: tuple[str, ...]
    unanswered: int
    owner: str
    keeps: bool
    comments_here: bool
    completes: bool


def find_review(review_id: int) -> Review:
    """Raises NotFound."""
    review = Review.objects.select_related("version", "completed_by").filter(pk=review_id).first()
    if review is None:
        raise NotFound
    return review


def review_page(actor: Actor, review_id: int, *, on: date) -> ReviewPage:
    """A review as a whole. Raises NotFound."""
    review = find_review(review_id)
    points = list(review.agenda.all())
    agenda = ((words, tuple(point for point in points if point.kind == kind)) for kind, words in KINDS.items())
    sections = _sections(review)
    missing, unanswered = unheard(review)
    owner = reviewing.owner_of_review(on)
    said = review.comments.select_related("by")
    made = Version.objects.filter(review=review).first()
    return ReviewPage(
        review, made, tuple((words, found) for words, found in agenda if found), sections,
        sum(row.clauses - row.decided for row in sections),
        tuple(Said(comment, ROLES[comment.role].title) for comment in said), tuple(missing), unanswered,
        ROLES[owner].title, actor.may(P.POLICY_KEEP),
        actor.may(P.POLICY_COMMENT) and not (made and made.approved_on),
        review.completed_on is None and actor.may(P.POLICY_READ) and owner in {post.role for post in actor.posts},
    )  # fmt: skip


def _sections(review: Review) -> tuple[SectionRow, ...]:
    decided: dict[int, str] = dict(Decided.objects.filter(review=review).values_list("clause", "kept"))
    by_section: dict[int, list[Clause]] = {}
    for clause in clauses_of(review.version):
        by_section.setdefault(clause.section_id, []).append(clause)
    rows = []
    for section in review.version.sections.all():
        clauses = by_section.get(section.pk, [])
        done = [decided[clause.pk] for clause in clauses if clause.pk in decided]
        rows.append(
            SectionRow(section, len(clauses), len(done), done.count(rules.Kept.CHANGED), done.count(rules.Kept.REMOVED))
        )
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class SectionPage:
    review: Review
    section: Section
    rows: tuple[tuple[Clause, Decided | None], ...]


def section_page(review_id: int, number: int) -> SectionPage:
    """The clauses of a section with what the review did with each. Raises NotFound."""
    review = find_review(review_id)
    section = review.version.sections.filter(number=number).first()
    if section is None:
        raise NotFound
    decided = {row.clause_id: row for row in Decided.objects.filter(review=review, clause__section=section)}
    clauses = section.clauses.select_related("section")
    return SectionPage(review, section, tuple((clause, decided.get(clause.pk)) for clause in clauses))


def find_point(point_id: int) -> AgendaPoint:
    """Raises NotFound."""
    point = AgendaPoint.objects.select_related("review").filter(pk=point_id).first()
    if point is None:
        raise NotFound
    return point


def find_comment(comment_id: int) -> Comment:
    """Raises NotFound for one that is not there, and for one that asks for no answer."""
    comment = Comment.objects.select_related("review").filter(pk=comment_id, declined=False).first()
    if comment is None:
        raise NotFound
    return comment
