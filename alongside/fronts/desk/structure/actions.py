"""Add a school, let somebody in, end a post, keep a calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.db.transaction import atomic
from django.urls import reverse

from alongside.areas.provision.catalogue import seed_catalogue
from alongside.base.access.actor import Actor
from alongside.base.access.models import Post
from alongside.base.access.roles import Permission
from alongside.base.access.scope import all_schools
from alongside.base.history import actions as history
from alongside.base.people.models import Account, Person
from alongside.base.posts import actions as posts
from alongside.base.schools.models import Closure, School, Term, Trust
from alongside.fronts.desk.structure import kinds, rules
from alongside.fronts.desk.structure.lines import Year
from alongside.fronts.desk.structure.rules import NewPost
from alongside.kit import refuse
from alongside.kit.jobs import enqueue
from alongside.law import calendar
from alongside.law.calendar import AcademicYear, academic_year
from alongside.law.refusal import Refusal


@dataclass(frozen=True, slots=True)
class SchoolDraft:
    """A school as typed. `terms_from` is a school whose own terms are copied; without it the trust's hold."""

    urn: str
    name: str
    la: str
    establishment: str
    phase: str = "primary"
    terms_from: School | None = None


@atomic
def add_school(*, draft: SchoolDraft, by: Actor, on: date) -> School:
    """Add a school to the trust."""
    by.must(Permission.STRUCTURE)
    refuse(
        rules.check_school(
            urn=draft.urn, la=draft.la, establishment=draft.establishment, name=draft.name, phase=draft.phase
        ),
        _known(draft),
    )
    if not Trust.objects.exists():
        Trust.objects.create(name="Our trust")
    low, high = rules.PHASES[draft.phase]
    school = School.objects.create(
        urn=draft.urn, name=draft.name.strip(), short_name=draft.name.strip().removesuffix(" School")[:60], la=draft.la,
        establishment=draft.establishment, phase=draft.phase, low_age=low, high_age=high, joined_on=on,
    )  # fmt: skip
    if draft.terms_from is not None:
        Term.objects.bulk_create(
            Term(school=school, name=term.name, first=term.first, last=term.last)
            for term in draft.terms_from.terms.all()
        )
    seed_catalogue()  # a first school finds something to choose provision from
    history.record(kinds.SCHOOL_ADDED, by=by, on=on, about=school.pk, called=school.name)
    enqueue("states.recompute", schools=[school.pk])  # it has its full set of duties from its first day
    return school


def _known(draft: SchoolDraft) -> Refusal | None:
    other = School.objects.filter(Q(urn=draft.urn) | Q(la=draft.la, establishment=draft.establishment)).first()
    if other is None:
        return None
    same = f"URN {draft.urn}" if other.urn == draft.urn else f"{draft.la}/{draft.establishment}"
    return Refusal(f"{same} is {other.name}, which is here already.", "urn")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody to let in, as typed."""

    given: str
    family: str
    email: str
    post: NewPost
    title: str = ""


@dataclass(frozen=True, slots=True)
class Invited:
    """Who was let in, and the address at which they choose a password; none for somebody who had an account."""

    account: Account
    post: Post
    link: str


@atomic
def invite(*, newcomer: Newcomer, by: Actor, on: date) -> Invited:
    """Give somebody a post; and an account without a password, unless the address has one already."""
    by.must(Permission.STRUCTURE)
    email = newcomer.email.strip().lower()
    refuse(
        None if newcomer.given.strip() else Refusal("Give the first name.", "given"),
        None if newcomer.family.strip() else Refusal("Give the family name.", "family"),
        _fault_of_address(email),
        rules.check_post(newcomer.post),
    )
    account = Account.objects.filter(email__iexact=email).select_related("person").first()
    name = f"{newcomer.given.strip()} {newcomer.family.strip()}"
    if account is not None:
        refuse(_somebody_else(account, name), _held_already(account, newcomer.post))
        return Invited(account, _give(account.person, newcomer.post, by, on), "")
    person = Person.objects.create(
        title=newcomer.title.strip(), given=newcomer.given.strip(), family=newcomer.family.strip()
    )
    account = Account(person=person, email=email)
    account.set_unusable_password()
    account.save()
    return Invited(account, _give(person, newcomer.post, by, on), link_for(account))


@atomic
def new_link(*, account: Account, by: Actor, on: date) -> str:
    """Another address at which somebody chooses a password; the one before stops working when a password is set."""
    by.must(Permission.STRUCTURE)
    refuse(None if account.is_active else Refusal("This account is closed."))
    history.record(kinds.LINK_MADE, by=by, on=on, about=account.pk, who=account.person.name)
    return link_for(account)


def link_for(account: Account) -> str:
    """The path at which the holder of an account sets a password. It works once, and for three days."""
    key = default_token_generator.make_token(account)
    path: str = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(account), "key": key})
    return path


@atomic
def end_post(*, post: Post, last_day: date, by: Actor, on: date) -> Post:
    """End a post. The last day counts; access stops by itself at midnight. A day in the past stops it at once."""
    by.must(Permission.STRUCTURE)
    running = Q(until=None) | Q(until__gte=on)
    others = Post.objects.filter(running, role="sysadmin", since__lte=on).exclude(pk=post.pk)
    last_keeper = post.role == "sysadmin" and not others.exists()
    refuse(rules.check_end(since=post.since, until=post.until, last_day=last_day, on=on, last_keeper=last_keeper))
    return posts.end(post=post, last_day=last_day, by=by, on=on)


@atomic
def add_term(*, school: School | None, name: str, first: date, last: date, by: Actor, on: date) -> Term:
    """Add a term to a school's calendar, or to the trust's, which schools without their own use."""
    by.must(Permission.STRUCTURE)
    others = [calendar.Term(row.name, row.first, row.last) for row in Term.objects.filter(school=school)]
    refuse(rules.check_term(calendar.Term(name, first, last), others))
    term = Term.objects.create(school=school, name=name.strip(), first=first, last=last)
    _changed(school, f"{term.name} is there", by, on)
    return term


@atomic
def remove_term(*, term: Term, by: Actor, on: date) -> None:
    """Take a term out of a calendar."""
    by.must(Permission.STRUCTURE)
    term.delete()
    _changed(term.school, f"{term.name} is gone", by, on)


@atomic
def add_closure(*, school: School | None, day: date, why: str, by: Actor, on: date) -> Closure:
    """Note a weekday of term on which pupils do not come."""
    by.must(Permission.STRUCTURE)
    year = academic_year(day)
    own = Term.objects.filter(school=school, first__range=(year.first, year.last))
    terms = own if school is None or own.exists() else Term.objects.filter(school=None)
    noted = Closure.objects.filter(school=school).values_list("day", flat=True)
    refuse(rules.check_closure(day, [calendar.Term(t.name, t.first, t.last) for t in terms], noted))
    closure = Closure.objects.create(school=school, day=day, why=why)
    _changed(school, f"pupils do not come on {day:%d %B %Y}", by, on)
    return closure


@atomic
def remove_closure(*, closure: Closure, by: Actor, on: date) -> None:
    """Pupils come on that day after all."""
    by.must(Permission.STRUCTURE)
    closure.delete()
    _changed(closure.school, f"pupils come on {closure.day:%d %B %Y}", by, on)


@atomic
def set_year(*, school: School | None, year: AcademicYear, days: Year, by: Actor, on: date) -> None:
    """Make a whole school year's terms and days off what is given, in place of what stood there."""
    by.must(Permission.STRUCTURE)
    refuse(rules.check_year(days.terms, [each.day for each in days.off], year=year))
    inside = {"school": school, "first__range": (year.first, year.last)}
    Term.objects.filter(**inside).delete()
    Closure.objects.filter(school=school, day__range=(year.first, year.last)).delete()
    Term.objects.bulk_create(Term(school=school, name=t.name, first=t.first, last=t.last) for t in days.terms)
    Closure.objects.bulk_create(Closure(school=school, day=each.day, why=each.why) for each in days.off)
    _changed(school, f"{year} has {len(days.terms)} terms and {len(days.off)} days off", by, on)


def _changed(school: School | None, what: str, by: Actor, on: date) -> None:
    """Dates in school days have moved. A job sees to them: an administrator reaches no pupil's row."""
    history.record(kinds.CALENDAR, by=by, on=on, where=school.name if school else "the trust", what=what)
    enqueue("deadlines.recompute", schools=[school.pk] if school else all_schools())


def _give(person: Person, given: NewPost, by: Actor, on: date) -> Post:
    post = posts.NewPost(given.role, given.school_id, given.since, given.until)
    return posts.give(person=person, post=post, by=by, on=on)


def _fault_of_address(email: str) -> Refusal | None:
    try:
        validate_email(email)
    except ValidationError:
        return Refusal(f"'{email}' is not an e-mail address.", "email")
    return None


def _somebody_else(account: Account, name: str) -> Refusal | None:
    if account.person.name.casefold() == name.casefold():
        return None
    return Refusal(f"{account.email} belongs to {account.person.name}. Is the name or the address right?", "email")


def _held_already(account: Account, post: NewPost) -> Refusal | None:
    where = Q(school=None) if post.school_id is None else Q(school_id=post.school_id)
    held = Post.objects.filter(where, person=account.person, role=post.role)
    if held.filter(Q(until=None) | Q(until__gte=post.since)).exists():
        return Refusal(f"{account.person.name} has this post already.", "role")
    return None
