"""The page of the headteacher's sign-off: which term of a school waits for it, and what was signed before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from alongside.areas.duties import signing
from alongside.areas.duties.models import SignOff, Standing
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.evidence.proofs import State
from alongside.base.schools.models import School
from alongside.base.schools.queries import calendar_of
from alongside.kit import NotFound
from alongside.law.calendar import AcademicYear

_SHOWN = 9  # three years


@dataclass(frozen=True, slots=True)
class Signed:
    """A sign-off as it was given."""

    term: str
    on: date
    by: str
    comment: str
    late: int
    at_risk: int


@dataclass(frozen=True, slots=True)
class SigningPage:
    """The term that waits for the headteacher, and what they signed before."""

    school: School
    term: signing.WholeTerm | None
    overdue: bool
    value: str  # of the term that is asked for, as the form sends it back
    why_not: str
    late: int
    at_risk: int
    earlier: tuple[Signed, ...]


def signing_page(actor: Actor, school_id: int, *, on: date) -> SigningPage:
    """Which term of a school waits for its sign-off, if one does. Raises NotFound for whoever may not sign it off."""
    school = School.objects.filter(pk=school_id, pk__in=actor.schools(Permission.DUTY_SIGN_OFF)).first()
    if school is None:
        raise NotFound
    terms = signing.terms_of(calendar_of(school.pk, on=on))
    kept = Standing.objects.filter(school=school).order_by("since").values_list("since", flat=True).first()
    known = [day for day in (school.joined_on, kept) if day]  # no term could be signed off here before
    term = signing.asked_for(terms, signed_terms(school.pk), since=max(known, default=None), on=on)
    rows = SignOff.objects.filter(school=school, on__lte=on).select_related("by").order_by("-on", "-pk")[:_SHOWN]
    return SigningPage(
        school, term, bool(term and term.last < on), f"{term.year.starts_in}-{term.season}" if term else "",
        "" if term else str(signing.why_not_now(terms, on)), *late_and_at_risk(school.pk, on=on),
        tuple(_signed(row) for row in rows),
    )  # fmt: skip


def _signed(row: SignOff) -> Signed:
    words = f"{signing.SEASON_WORDS[row.term]} {AcademicYear(row.year)}"
    return Signed(words, row.on, row.by.formal, row.comment, row.late, row.at_risk)


def signed_terms(school_id: int) -> frozenset[tuple[int, str]]:
    """The terms of a school that are signed off, by year and name."""
    return frozenset(SignOff.objects.filter(school=school_id).values_list("year", "term"))


def find_term(school_id: int, key: tuple[int, str], *, on: date) -> signing.WholeTerm:
    """A term of a school's calendar. Raises NotFound."""
    found = next((term for term in signing.terms_of(calendar_of(school_id, on=on)) if term.key == key), None)
    if found is None:
        raise NotFound
    return found


def late_and_at_risk(school_id: int, *, on: date) -> tuple[int, int]:
    """How many duties of a school are overdue on a day, and how many at risk."""
    states = list(Standing.objects.on(on).filter(school=school_id).values_list("state", flat=True))
    return states.count(State.OVERDUE), states.count(State.AT_RISK)
