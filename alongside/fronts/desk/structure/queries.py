"""People with their posts, and calendars: rows without any pupil."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q

from alongside.base.access.actor import Actor
from alongside.base.access.models import Post
from alongside.base.access.roles import ROLES, Permission
from alongside.base.people.models import Account
from alongside.base.schools.models import Closure, School, Term
from alongside.fronts.desk.structure.lines import Off, Year, written
from alongside.fronts.desk.structure.rules import roles_here
from alongside.kit import NotFound
from alongside.kit.numbers import whole
from alongside.law import calendar
from alongside.law.calendar import AcademicYear, academic_year

_MOST = 400


@dataclass(frozen=True, slots=True)
class PostRow:
    """One post of one person."""

    id: int
    name: str
    email: str
    account_id: int | None
    role: str
    since: date
    until: date | None
    ended: bool
    second_step: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A school, or the trust, to choose from."""

    value: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class PeoplePage:
    where: str
    at: str
    places: tuple[Place, ...]
    posts: tuple[PostRow, ...]
    with_ended: bool
    without_second_step: int
    cut: bool


def people_page(actor: Actor, *, on: date, at: str = "", with_ended: bool = False) -> PeoplePage:
    """Who holds which post at a school, or at the trust when `at` is empty. Raises NotFound for no such school."""
    actor.must(Permission.STRUCTURE)
    schools = list(School.objects.values_list("urn", "name"))
    names = {"": "The trust", **dict(schools)}
    if at not in names:
        raise NotFound
    rows = _posts(on, at, with_ended=with_ended)
    posts = tuple(_row(post, on) for post in rows[: _MOST + 1])
    current = [post for post in posts if not post.ended]
    return PeoplePage(
        names[at], at, tuple(Place(urn, name, urn == at) for urn, name in names.items()), posts[:_MOST], with_ended,
        sum(not post.second_step for post in current), len(posts) > _MOST,
    )  # fmt: skip


def _posts(on: date, at: str, *, with_ended: bool) -> list[Post]:
    here = Q(school__urn=at) if at else Q(school=None)
    running = Q() if with_ended else Q(until=None) | Q(until__gte=on)
    steps = Authenticator.objects.filter(user=OuterRef("person__account")).exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    return list(
        Post.objects.filter(here & running, role__in=[role.code for role in roles_here()])
        .select_related("person", "person__account")
        .annotate(second_step=Exists(steps))
        .order_by("person__family", "person__given", "since", "pk")[: _MOST + 1]
    )


def _row(post: Post, on: date) -> PostRow:
    account: Account | None = getattr(post.person, "account", None)
    return PostRow(
        post.pk, post.person.name, account.email if account else "", account.pk if account else None,
        ROLES[post.role].title, post.since, post.until, post.until is not None and post.until < on,
        bool(post.second_step),  # type: ignore[attr-defined]
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class EndPage:
    id: int
    name: str
    role: str
    where: str
    since: date


def end_page(actor: Actor, post_id: int, *, on: date) -> tuple[EndPage, Post]:
    """A post that can be ended, with its row. Raises NotFound for one that is given elsewhere, or is over."""
    actor.must(Permission.STRUCTURE)
    post = (
        Post.objects.filter(Q(until=None) | Q(until__gte=on), pk=post_id, role__in=[r.code for r in roles_here()])
        .select_related("person", "school")
        .first()
    )
    if post is None:
        raise NotFound
    where = post.school.name if post.school else "the trust"
    return EndPage(post.pk, post.person.name, ROLES[post.role].title, where, post.since), post


def account_of(actor: Actor, account_id: int) -> Account:
    """A member of staff's account. Raises NotFound for a family's, and for none."""
    actor.must(Permission.STRUCTURE)
    staff = Post.objects.filter(person=OuterRef("person"), role__in=[role.code for role in roles_here()])
    account = Account.objects.filter(Exists(staff), pk=account_id).select_related("person").first()
    if account is None:
        raise NotFound
    return account


@dataclass(frozen=True, slots=True)
class DayRow:
    id: int
    day: date
    why: str


@dataclass(frozen=True, slots=True)
class TermRow:
    id: int
    name: str
    first: date
    last: date
    closures: tuple[DayRow, ...]


@dataclass(frozen=True, slots=True)
class CalendarPage:
    where: str
    at: str
    places: tuple[Place, ...]
    terms: tuple[TermRow, ...]
    own: bool  # terms of its own in this year; else the trust's hold
    year: AcademicYear
    years: tuple[Place, ...]


def calendar_page(actor: Actor, *, on: date, at: str = "", year: str = "") -> CalendarPage:
    """One school year of a school's calendar, or the trust's when `at` is empty. Raises NotFound for no such school."""
    school = school_at(actor, at)
    names = {"": "The trust", **dict(School.objects.values_list("urn", "name"))}
    terms = list(Term.objects.filter(school=school).order_by("first"))
    closures = list(Closure.objects.filter(school=school).order_by("day"))
    now = academic_year(on)
    years = sorted({academic_year(term.first) for term in terms} | {now, AcademicYear(now.starts_in + 1)})
    chosen = next((y for y in years if str(y.starts_in) == year), now)
    rows = tuple(_term(term, closures) for term in terms if academic_year(term.first) == chosen)
    return CalendarPage(
        names[at], at, tuple(Place(urn, name, urn == at) for urn, name in names.items()), rows, bool(rows),
        chosen, tuple(Place(str(y.starts_in), str(y), y == chosen) for y in years),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class FillPage:
    """A school year to be written as lines, with what stands there now, or what the trust has."""

    where: str
    at: str
    year: AcademicYear
    lines: str
    school: School | None


def fill_page(actor: Actor, *, on: date, at: str = "", year: str = "", copied: bool = False) -> FillPage:
    """One school year as lines; `copied` begins with the trust's. Raises NotFound for no such school."""
    school = school_at(actor, at)
    chosen = AcademicYear(whole(year) or academic_year(on).starts_in)
    if not _SOONEST <= chosen.starts_in <= _LATEST:
        raise NotFound
    return FillPage(
        school.name if school else "The trust", at, chosen, written(_year(None if copied else school, chosen)), school
    )


_SOONEST, _LATEST = 2000, 2100


def _year(school: School | None, year: AcademicYear) -> Year:
    days = (year.first, year.last)
    return Year(
        tuple(calendar.Term(t.name, t.first, t.last) for t in Term.objects.filter(school=school, first__range=days)),
        tuple(Off(c.day, c.why) for c in Closure.objects.filter(school=school, day__range=days)),
    )


def _term(term: Term, closures: list[Closure]) -> TermRow:
    inside = tuple(
        DayRow(row.pk, row.day, Closure.Why(row.why).label) for row in closures if term.first <= row.day <= term.last
    )
    return TermRow(term.pk, term.name, term.first, term.last, inside)


def school_at(actor: Actor, urn: str) -> School | None:
    """A school by its URN; None for the trust. Raises NotFound."""
    actor.must(Permission.STRUCTURE)
    if not urn:
        return None
    school = School.objects.filter(urn=urn).first()
    if school is None:
        raise NotFound
    return school


def term_of(actor: Actor, term_id: int) -> Term:
    """A term. Raises NotFound."""
    actor.must(Permission.STRUCTURE)
    term = Term.objects.filter(pk=term_id).select_related("school").first()
    if term is None:
        raise NotFound
    return term


def closure_of(actor: Actor, closure_id: int) -> Closure:
    """A training day or closure. Raises NotFound."""
    actor.must(Permission.STRUCTURE)
    closure = Closure.objects.filter(pk=closure_id).select_related("school").first()
    if closure is None:
        raise NotFound
    return closure
