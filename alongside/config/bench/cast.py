"""Who asks for which pages: the SENCO and a teacher of a school, each with a session and a second step."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from django.db.models import Count, F

from alongside.areas.register.models import Status
from alongside.areas.support.models import Cycle
from alongside.areas.support.rules import Choice, Result
from alongside.base.access.models import Post
from alongside.base.people.models import Account
from alongside.base.pupils.models import AdultLink, Pupil
from alongside.config.bench.browser import CSRF, signed_in
from alongside.config.bench.wrk import Ask

PUPILS = 100  # as many different pupils' pages are asked for
REVIEWS = 4_000
_REGISTER = "/pupils/?status=K&status=E&sort=-next"
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True, slots=True)
class Play:
    """A page by its name and the requests that ask for it; `once` where none may be sent twice."""

    name: str
    asks: Sequence[Ask]
    status: int = 200
    once: bool = False


@dataclass(frozen=True, slots=True)
class School:
    """A school and how many rows its register has."""

    pk: int
    rows: int


def schools_by_size() -> list[School]:
    """From the shortest register to the longest; schools with no teacher's group have no such page to show."""
    teaching = {link.school_id for link in AdultLink.objects.filter(part=AdultLink.Part.TEACHES, group__isnull=False)}
    counted = Status.objects.filter(until=None).values_list("school").annotate(rows=Count("pk")).order_by("rows")
    return [School(pk, rows) for pk, rows in counted if pk in teaching]


def plays(usual: School, school: School, on: date) -> list[Play]:
    """The pages that are read, for a school's SENCO and its busiest teacher; the register of a usual school too."""
    senco, teacher, director = signed_in(_senco(school.pk)), signed_in(_teacher(school.pk, on)), signed_in(_director())
    elsewhere = signed_in(_senco(usual.pk))
    pupils = (
        Cycle.objects.filter(school=school.pk).values_list("pupil").annotate(n=Count("pk")).order_by("-n", "pupil")[:PUPILS]
    )  # fmt: skip
    return [
        Play("Empty view", [Ask("/health/", {})]),
        Play("Register", [Ask(_REGISTER, elsewhere)]),
        Play("Register, largest school", [Ask(_REGISTER, senco)]),
        Play("Pupil", [Ask(f"/pupils/{pupil}/", senco) for pupil, _ in pupils]),
        Play("Duty board", [Ask(f"/duties/?school={school.pk}", senco)]),
        Play("Duties of the trust", [Ask("/duties/trust/", director)]),
        Play("Duties of a pupil", [Ask(f"/duties/pupils/{pupil}/", senco) for pupil, _ in pupils]),
        Play("Today", [Ask("/today/", senco)]),
        Play("My classes", [Ask("/classes/", teacher)]),
        Play("Find", [Ask(f"/find/?q={_letters(school.pk)}", senco | {"HX-Request": "true"})]),
    ]


def _letters(school: int) -> str:
    """The three letters with which most family names of a school begin."""
    names = Pupil.objects.filter(school=school, left_on=None).values_list("family_name", flat=True)
    return Counter(name[:3].lower() for name in names if name[:3].isascii()).most_common(1)[0][0]


def reviews(on: date) -> Play:
    """A review to save for each of many pupils under way, in chance order, by the SENCO of their own school."""
    sencos = _sencos()
    cycles = list(
        Cycle.objects.filter(started_on__lte=on, reviewed_on=None, closed_on=None, school__in=sencos)
        .order_by("pk").prefetch_related("outcomes")[: 4 * REVIEWS]
    )  # fmt: skip
    random.Random(1).shuffle(cycles)  # noqa: S311  (no secret: any order that mixes schools)
    cookies = {school: signed_in(account) | _FORM for school, account in sencos.items()}
    asks = [
        Ask(f"/plans/{cycle.pk}/review/", cookies[cycle.school_id], "POST", urlencode(dict(_review(cycle, on))))
        for cycle in cycles[:REVIEWS]
    ]
    return Play("Save a review", asks, status=302, once=True)


def _review(cycle: Cycle, on: date) -> Iterator[tuple[str, object]]:
    yield from {
        "csrfmiddlewaretoken": CSRF, "version": cycle.version, "held_on": f"{on:%d/%m/%Y}", "choice": Choice.CONTINUE,
        "present": "Mother, class teacher, SENCO", "findings": "Small steps, and steady ones.",
        "parents_view": "We see it at home too.", "pupils_view": "I like the pictures.", "change": "Two sessions more.",
    }.items()  # fmt: skip
    for outcome in cycle.outcomes.all():
        yield f"outcome-{outcome.number}-result", Result.PARTLY
        yield f"outcome-{outcome.number}-exit_measure", "6 of 10"


def _senco(school: int) -> Account:
    return _sencos([school])[school]


def _sencos(schools: Sequence[int] = ()) -> Mapping[int, Account]:
    posts = Post.objects.filter(role="senco", until=None, school__isnull=False)
    if schools:
        posts = posts.filter(school__in=schools)
    people = dict(posts.values_list("person", "school"))
    accounts = Account.objects.filter(person__in=people).select_related("person")
    found = {school: account for account in accounts if (school := people[account.person_id])}
    _second_step(list(found.values()))
    return found


def _teacher(school: int, on: date) -> Account:
    """The one whose groups hold most pupils."""
    taught = Counter[int](dict(
        AdultLink.objects.filter(school=school, part=AdultLink.Part.TEACHES, since__lte=on, until=None)
        .values_list("person").annotate(pupils=Count(F("group__memberships"))).order_by()
    ))  # fmt: skip
    account = Account.objects.select_related("person").get(person=taught.most_common(1)[0][0])
    _second_step([account])
    return account


def _director() -> Account:
    """Somebody who reads the duties of every school."""
    post = Post.objects.filter(role="director", until=None, school=None).order_by("pk")[:1].get()
    account = Account.objects.select_related("person").get(person=post.person_id)
    _second_step([account])
    return account


def _second_step(accounts: Sequence[Account]) -> None:
    """An authenticator app for each that has none, as staff must have outside a trial."""
    have = set(Authenticator.objects.filter(user__in=accounts).values_list("user", flat=True))
    Authenticator.objects.bulk_create(
        Authenticator(user=account, type=Authenticator.Type.TOTP, data={"secret": "never used"})
        for account in accounts
        if account.pk not in have
    )
