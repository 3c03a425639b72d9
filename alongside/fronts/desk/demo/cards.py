"""The cards: for each role a person or two of the invented trust, and what they see."""

from __future__ import annotations

from dataclasses import dataclass

from alongside.base.access.models import Gate
from alongside.base.access.roles import INDUCTED_ROLES, ROLES, Reach, Role
from alongside.base.people.models import Account

_EACH = 2  # cards of a role; more would only be more names
_MANY = {"senco": 4, "teacher": 4}


@dataclass(frozen=True, slots=True)
class Card:
    """Somebody to sign in as."""

    account_id: int
    name: str
    where: str


@dataclass(frozen=True, slots=True)
class RoleCards:
    """A role, what its pages hold, and people who have it."""

    role: str
    sees: str
    people: tuple[Card, ...]


def cards() -> tuple[RoleCards, ...]:
    """Some people of each role that somebody holds, in the order of roles.py; whoever was made first comes first."""
    found = [RoleCards(role.title, _sees(role), _people(role)) for role in ROLES.values()]
    return tuple(part for part in (*found, _starters()) if part.people)


def _starters() -> RoleCards:
    """Who began since new staff are inducted: no pupil until they have read the policy."""
    gate = Gate.objects.values_list("since", flat=True).first()
    rows = Account.objects.filter(is_active=True, person__posts__since__gte=gate) if gate else Account.objects.none()
    new = rows.filter(person__posts__role__in=INDUCTED_ROLES).order_by("pk").distinct()[:_EACH]
    sees = "Sees no pupil until the policy has been read."
    return RoleCards("New on the staff", sees, tuple(Card(a.pk, a.person.name, "first week") for a in new))


def _people(role: Role) -> tuple[Card, ...]:
    rows = (
        Account.objects.filter(is_active=True, person__posts__role=role.code)
        .order_by("person__posts__pk")
        .values_list("pk", "person__given", "person__family", "person__posts__school__short_name")
    )
    some = rows[: _MANY.get(role.code, _EACH)]
    return tuple(Card(account, f"{given} {family}", school or "the trust") for account, given, family, school in some)


def _sees(role: Role) -> str:
    words = {
        Reach.SCHOOL: "Sees the school, as far as the role goes.",
        Reach.LINKED: "Sees the pupils they teach or support.",
        Reach.TRUST: "Sees counts of all schools, and no pupil.",
        Reach.OWN: "Sees their own child." if role.code == "parent" else "Sees their own page.",
        Reach.CASE: "Sees one case they were invited to.",
        Reach.NONE: "Sees no pupil.",
    }
    return f"{role.says} {words[role.reach]}"
