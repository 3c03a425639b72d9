"""The door in the second wall: which rows the database will show to this transaction.

Every statement runs under row-level security (walls.py). `enter` opens the wall for one signed-in person
and loads their actor in the same statement; `scope` opens it for a job. Both end with the transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection, transaction

from alongside.base.access.actor import Actor, PostHeld, system
from alongside.base.access.roles import INDUCTED_ROLES, WALL_ROLES
from alongside.base.people.models import Account, Person
from alongside.kit import sql
from alongside.kit.spans import holds_on

_BARRED = "select pupil_id from pupils_contact where person_id = %(person)s and barred"  # pupils stand above this app
_INDUCTING = "select access_inducting(%(person)s, %(on)s, %(roles)s)"
_SETTINGS = ("app.schools", "app.pupils", "app.person", "pghistory.context_metadata")


def enter(account_id: int, *, on: date, page: str = "") -> Account | None:
    """Open the wall for an account and return it with `.actor` set; None when there is no such active account.

    One statement: `access_enter` reads account, posts and ties, and sets what the wall looks at.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select access_enter(%s, %s, %s, %s, %s)", [account_id, on, list(WALL_ROLES), list(INDUCTED_ROLES), page]
        )
        found = cursor.fetchone()
    if not found or found[0] is None:
        return None
    row = found[0] if isinstance(found[0], dict) else json.loads(found[0])
    return _account(row)


def _account(row: dict[str, Any]) -> Account:
    person = Person(**row["person"])
    account = Account(**row["account"], person=person)
    account._state.adding = person._state.adding = False
    account._state.db = person._state.db = "default"
    account.actor = Actor(  # type: ignore[attr-defined]
        person_id=person.pk,
        name=person.name,
        posts=tuple(PostHeld(role, school) for role, school, _ in row["posts"]),
        wall_schools=frozenset(row["schools"]),
        family_ids=frozenset(row["pupils"]),
        child_ids=frozenset(row["children"]),
        account_id=account.pk,
        shortcuts=account.shortcuts,
        unread=row["unread"],
        second_step=row["second"],
        inducting=row["inducting"],
        names={school: name for _, school, name in row["posts"] if school is not None},
    )
    return account


@contextmanager
def scope(
    schools: Iterable[int] = (), *, pupils: Iterable[int] = (), person: int | None = None, why: str = ""
) -> Iterator[Actor]:
    """Open the wall to schools (and pupils) for a block, in a transaction; yields the system's actor.

    The wall stands as it did before when the block ends, so that scopes can be nested.
    """
    ids = sorted(set(schools))
    with transaction.atomic(), kept():
        _set(
            ",".join(map(str, ids)),
            ",".join(map(str, sorted(set(pupils)))),
            str(person or ""),
            json.dumps({"person": person, "why": why}),
        )
        yield system(ids)


@contextmanager
def kept() -> Iterator[None]:
    """Put the wall back as it stands now when the block ends."""
    with connection.cursor() as cursor:
        cursor.execute("select " + ", ".join(f"current_setting('{name}', true)" for name in _SETTINGS))
        before = cursor.fetchone()
    yield  # an error undoes the settings together with the transaction they were made in
    if not connection.needs_rollback:
        _set(*(value or "" for value in before))


def _set(*values: str) -> None:
    parts = ", ".join(f"set_config('{name}', %s, true)" for name in _SETTINGS)
    with connection.cursor() as cursor:
        cursor.execute(f"select {parts}", list(values))


def all_schools() -> list[int]:
    """Every school of the trust, for jobs that serve them all."""
    from alongside.base.schools.models import School

    return list(School.objects.values_list("pk", flat=True))


def actor_of(person: Person, *, on: date) -> Actor:
    """The actor of a person outside a request: commands, demo and tests. Reads posts and ties as they stand."""

    from alongside.base.access.models import Post, Tie

    now = holds_on(on)
    posts = list(Post.objects.filter(now, person=person).select_related("school").order_by("pk"))
    ties = list(Tie.objects.filter(now, person=person).values_list("pupil_id", "kind"))
    reads = {Tie.Kind.PARENT, Tie.Kind.YOUNG_PERSON}
    ((inducting,),) = sql.rows(_INDUCTING, {"person": person.pk, "on": on, "roles": list(INDUCTED_ROLES)})
    barred = {pupil for (pupil,) in sql.rows(_BARRED, {"person": person.pk})}
    wide = set() if inducting else {post.school_id for post in posts if post.role in WALL_ROLES}
    schools = set(all_schools()) if None in wide else {school for school in wide if school is not None}
    return Actor(
        person_id=person.pk,
        name=person.name,
        posts=tuple(PostHeld(post.role, post.school_id) for post in posts),
        wall_schools=frozenset(schools),
        family_ids=frozenset(pupil for pupil, kind in ties if kind != Tie.Kind.CASE),
        child_ids=frozenset(pupil for pupil, kind in ties if kind in reads and pupil not in barred),
        inducting=inducting,
        names={post.school.pk: post.school.short_name for post in posts if post.school},
    )
