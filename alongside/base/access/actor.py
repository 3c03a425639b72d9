"""Who is asking: a person with the posts they hold today. Always passed by hand, never found in the air."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from alongside.base.access.roles import BEFORE_INDUCTION, ROLES, Permission, Reach, Role
from alongside.kit.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class PostHeld:
    """A post as it stands today. No school: held at the trust."""

    role: str
    school_id: int | None


@dataclass(frozen=True)
class Actor:
    """A person, their posts of the day, the pupils they belong to, and the schools the wall opens to them."""

    person_id: int
    name: str
    posts: tuple[PostHeld, ...] = ()
    wall_schools: frozenset[int] = frozenset()
    family_ids: frozenset[int] = frozenset()  # own children, or oneself: closed to this person as staff
    child_ids: frozenset[int] = frozenset()  # whose family page they read: own children, or oneself from 16
    is_system: bool = False
    account_id: int | None = None
    shortcuts: bool = True
    unread: int = 0
    second_step: bool = False  # signs in with a code or a passkey as well
    inducting: bool = False  # new on the staff, and has not read the policy: no pupil, and no page but the policy's
    names: dict[int, str] = field(default_factory=dict, compare=False)  # school names of the posts

    def schools(self, permission: Permission) -> frozenset[int]:
        """Schools in which this person holds a permission over every pupil there."""
        return self._open.get(permission, frozenset())

    def linked_schools(self, permission: Permission) -> frozenset[int]:
        """Schools in which this person holds a permission over the pupils linked to them."""
        return self._linked.get(permission, frozenset())

    def may(self, permission: Permission, school_id: int | None = None) -> bool:
        """Whether this person may do a thing at a school, or anywhere when no school is given."""
        if self.is_system:
            return True
        if school_id is None and permission is Permission.OWN_CHILD and self.child_ids:
            return True  # the tie itself opens it; a post as parent is not needed
        if self.inducting and permission not in BEFORE_INDUCTION:
            return False
        somewhere = self.schools(permission) | self.linked_schools(permission)
        if school_id is not None:
            return school_id in somewhere
        return bool(somewhere) or any(permission in role.permissions for role in self.roles)

    def must(self, permission: Permission, school_id: int | None = None) -> None:
        """Raise NotAllowed unless `may`."""
        if not self.may(permission, school_id):
            raise NotAllowed(f"You cannot {permission.value}.")

    @property
    def own_children(self) -> frozenset[int]:
        """Pupils whose file is closed to this person as staff, because they belong to the family."""
        return self.family_ids

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        return tuple(ROLES[post.role] for post in self.posts if post.role in ROLES)

    @cached_property
    def is_staff(self) -> bool:
        return self.is_system or any(role.staff for role in self.roles)

    @cached_property
    def main_role(self) -> Role | None:
        """The role whose home page they get: the first in the order of roles.py."""
        held = {role.code for role in self.roles}
        return next((role for role in ROLES.values() if role.code in held), None)

    @cached_property
    def where(self) -> str:
        """'SENCO, Ottersley Primary'; several schools are counted."""
        schools = [self.names[p.school_id] for p in self.posts if p.school_id in self.names]
        return schools[0] if len(set(schools)) == 1 else f"{len(set(schools))} schools" if schools else "The trust"

    @cached_property
    def _open(self) -> dict[Permission, frozenset[int]]:
        return self._by_reach(Reach.SCHOOL, Reach.TRUST)

    @cached_property
    def _linked(self) -> dict[Permission, frozenset[int]]:
        return self._by_reach(Reach.LINKED)

    def _by_reach(self, *reach: Reach) -> dict[Permission, frozenset[int]]:
        if self.is_system:
            return dict.fromkeys(Permission, self.wall_schools) if Reach.SCHOOL in reach else {}
        if self.inducting:
            return {}
        held: dict[Permission, set[int]] = {}
        for post in self.posts:
            role = ROLES.get(post.role)
            if role is None or role.reach not in reach:
                continue
            schools = {post.school_id} if post.school_id is not None else self.wall_schools
            for permission in role.permissions:
                held.setdefault(permission, set()).update(schools)
        return {permission: frozenset(schools) for permission, schools in held.items()}


def system(schools: Iterable[int], *, name: str = "Alongside") -> Actor:
    """The actor of a job or an import: may do what the job does, in the schools it is told."""
    return Actor(person_id=0, name=name, wall_schools=frozenset(schools), is_system=True)
