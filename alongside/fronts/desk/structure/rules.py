"""What a post, a term and a school's numbers have to be. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from alongside.base.access.roles import ROLES, Reach, Role
from alongside.law.calendar import AcademicYear, Term, academic_year
from alongside.law.refusal import Refusal

# Roles that come from elsewhere: a family from its child's page, a visitor from the case.
_NOT_HERE = frozenset({Reach.OWN, Reach.CASE})
PHASES = {"primary": (4, 11), "secondary": (11, 18), "all-through": (4, 18), "special": (4, 19)}


def roles_here() -> list[Role]:
    """The roles that are given by hand."""
    return [role for role in ROLES.values() if role.reach not in _NOT_HERE]


def held_at_trust(role: Role) -> bool:
    """Whether a role is held at the trust rather than at a school."""
    return role.reach is Reach.TRUST or role.code in {"inspector", "sysadmin"}


@dataclass(frozen=True, slots=True)
class NewPost:
    """A post as typed; no school for one held at the trust."""

    role: str
    school_id: int | None
    since: date
    until: date | None = None


def check_post(post: NewPost) -> Refusal | None:
    """Whether somebody may be given a post by hand."""
    role = ROLES.get(post.role)
    if role is None:
        return Refusal(f"There is no role '{post.role}'. There are: {', '.join(r.code for r in roles_here())}.", "role")
    if role.reach in _NOT_HERE:
        return Refusal(f"{role.title}: families and visitors are invited from the pupil's page.", "role")
    if held_at_trust(role) and post.school_id is not None:
        return Refusal(f"{role.title} is held at the trust. Leave the school empty.", "school")
    if not held_at_trust(role) and post.school_id is None:
        return Refusal(f"{role.title} is held at a school. Choose which.", "school")
    if post.until is not None and post.until < post.since:
        return Refusal("The last day comes before the first.", "until")
    return None


def check_end(*, since: date, until: date | None, last_day: date, on: date, last_keeper: bool) -> Refusal | None:
    """Whether a post may end on a day. Somebody has to be left who can let others in."""
    if until is not None and until < on:
        return Refusal("This post has ended already.", "last_day")
    if last_day < since:
        return Refusal("The last day comes before the first.", "last_day")
    if last_keeper:
        return Refusal("This is the last system administrator. Give somebody else the post first.", "last_day")
    return None


def check_term(term: Term, others: Iterable[Term]) -> Refusal | None:
    """A term has a name, ends after it starts, and shares no day with another."""
    if not term.name.strip():
        return Refusal("Give it a name, such as Autumn 1.", "name")
    if term.last < term.first:
        return Refusal("It has to end after it starts.", "last")
    for other in others:
        if term.first <= other.last and other.first <= term.last:
            return Refusal(f"That overlaps with {other.name}, {_span(other)}.", "first")
    return None


def check_closure(day: date, terms: Iterable[Term], closed: Iterable[date]) -> Refusal | None:
    """A training day or closure is a weekday of a term, noted once."""
    if day.weekday() > 4:
        return Refusal("That is a weekend; pupils do not come anyway.", "day")
    if not any(day in term for term in terms):
        return Refusal("That is in the holidays; pupils do not come anyway.", "day")
    return Refusal("That day is there already.", "day") if day in set(closed) else None


def check_year(terms: Sequence[Term], days: Sequence[date], *, year: AcademicYear) -> Refusal | None:
    """A whole school year as it is to stand: terms in it that do not overlap, and days off inside them."""
    if not terms:
        return Refusal("There is no term in this. A line is a name, a first day and a last day.", "text")
    for place, term in enumerate(terms):
        if academic_year(term.first) != year or academic_year(term.last) != year:
            return Refusal(f"{term.name} lies outside the school year {year}, {_span(term)}.", "text")
        if wrong := check_term(term, terms[:place]):
            return Refusal(f"{term.name}: {wrong.reason}", "text")
    for place, day in enumerate(days):
        if wrong := check_closure(day, terms, days[:place]):
            return Refusal(f"{day.day} {day:%b %Y}: {wrong.reason}", "text")
    return None


def check_school(*, urn: str, la: str, establishment: str, name: str, phase: str) -> Refusal | None:
    """A school's numbers as the national register gives them."""
    if not re.fullmatch(r"[0-9]{6}", urn):
        return Refusal(f"'{urn}' is not a URN: six digits.", "urn")
    if not re.fullmatch(r"[0-9]{3}", la):
        return Refusal(f"'{la}' is not an LA number: three digits.", "la")
    if not re.fullmatch(r"[0-9]{4}", establishment):
        return Refusal(f"'{establishment}' is not an establishment number: four digits.", "estab")
    if not name.strip():
        return Refusal("Give the school's name.", "name")
    if phase not in PHASES:
        return Refusal(f"'{phase}' is not a phase. There are: {', '.join(PHASES)}.", "phase")
    return None


def _span(term: Term) -> str:
    return f"{term.first.day} {term.first:%b %Y} to {term.last.day} {term.last:%b %Y}"
