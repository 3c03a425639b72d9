"""Who answers for what: the scheme of delegation with what is awaited and where nobody is, and a duty in its versions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from alongside.areas.duties import compute, rules
from alongside.areas.duties.models import Acceptance, Delegation, Duty, Standing
from alongside.areas.duties.queries import schools_of
from alongside.areas.duties.rules import FAMILIES, Accepted, HoldsFor
from alongside.base.access.actor import Actor
from alongside.base.access.models import Post
from alongside.base.access.roles import LOCAL_BOARD, ROLES, Permission
from alongside.base.evidence.proofs import Evidence, State
from alongside.base.schools.models import School
from alongside.kit import NotFound

# Whoever accepts has to be able to read how their duties stand.
ACCEPTING = tuple(code for code, role in ROLES.items() if Permission.DUTIES in role.permissions)
_COMPARED = (
    ("title", "Title"), ("says", "What the policy asks"), ("rule", "When it is met"), ("owner", "Owner"),
    ("limit", "Time limit"), ("cadence", "How often"), ("evidence", "What it rests on"),
)  # fmt: skip
EVIDENCE_WORDS = {
    Evidence.COMPUTED: "Records", Evidence.OBSERVED: "What others saw", Evidence.ATTESTED: "Somebody’s word",
}  # fmt: skip


def owners_at(duties: Iterable[Duty], school: int | None, scheme: Iterable[Delegation]) -> dict[str, str]:
    """The role that answers for each duty, at a school or at the trust."""
    lines = tuple(scheme)
    return {duty.code: compute.owner_of(duty, school, lines) for duty in duties}


def _held(duties: Mapping[str, Duty], school: int | None) -> list[Duty]:
    elsewhere = HoldsFor.TRUST if school is not None else HoldsFor.SCHOOL
    return [duty for duty in duties.values() if duty.holds_for != elsewhere]


# --- The scheme of delegation -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SchemeLine:
    id: int
    what: str
    where: str
    role: str
    since: date
    until: date | None
    coming: bool


@dataclass(frozen=True, slots=True)
class Awaited:
    """A role whose acceptance is awaited at a school, or at the trust."""

    where: str
    role: str
    late: bool
    last: date | None


@dataclass(frozen=True, slots=True)
class Unheld:
    """A role that answers for duties at a school where nobody holds it."""

    school_id: int | None
    where: str
    role: str
    duties: int


@dataclass(frozen=True, slots=True)
class SchemePage:
    on: date
    lines: tuple[SchemeLine, ...]
    awaited: tuple[Awaited, ...]
    accepted: int
    unheld: tuple[Unheld, ...]
    owners: tuple[tuple[str, int], ...]  # role and how many duties of the catalogue it answers for
    keeps: bool


def scheme_page(actor: Actor, *, on: date) -> SchemePage:
    """The lines that hold or are to come, whose acceptance is awaited, and duties that nobody answers for.

    Raises NotFound for whoever does not see the whole trust.
    """
    if not actor.may(Permission.DUTIES_TRUST):
        raise NotFound
    schools, duties = schools_of(actor), compute.catalogue(on)
    places: list[School | None] = [None, *schools]
    scheme = compute.delegations(on)
    posts = _posts(on)
    asked = _Asked.read(duties, on)
    states = [
        (place, role, asked.of(place, role, on))
        for place in places
        for role in _asked_at(_key(place), duties, scheme, posts)
    ]
    owners = Counter(compute.owner_of(duty, None, scheme) for duty in duties.values())
    return SchemePage(
        on, _lines(on, schools),
        tuple(
            Awaited(_where(place), ROLES[role].title, state is Accepted.LATE, asked.last.get((_key(place), role)))
            for place, role, state in states
            if state is not Accepted.YES
        ),
        sum(state is Accepted.YES for _, _, state in states), tuple(_unheld(places, duties, scheme, posts)),
        tuple((ROLES[role].title, number) for role, number in owners.most_common()), actor.may(Permission.DUTY_KEEP),
    )  # fmt: skip


def _where(place: School | None) -> str:
    return place.short_name if place else "The trust"


def _key(place: School | None) -> int | None:
    return place.pk if place else None


def _lines(on: date, schools: Iterable[School]) -> tuple[SchemeLine, ...]:
    names = {school.pk: school.short_name for school in schools}
    found = Delegation.objects.filter(Q(until=None) | Q(until__gte=on)).order_by("since", "pk")
    return tuple(
        SchemeLine(
            line.pk, line.duty or FAMILIES[line.family or 1], names.get(line.school_id or 0, "Everywhere"),
            ROLES[line.role].title, line.since, line.until, line.since > on,
        )
        for line in found
        if line.school_id is None or line.school_id in names
    )  # fmt: skip


def _posts(on: date) -> Mapping[int | None, frozenset[str]]:
    """The roles that somebody holds, by school; under None those at the trust."""
    held: dict[int | None, set[str]] = defaultdict(set)
    found = Post.objects.filter(since__lte=on).filter(Q(until=None) | Q(until__gte=on))
    for school, role in found.values_list("school_id", "role"):
        held[school].add(role)
    return {school: frozenset(roles) for school, roles in held.items()}


@dataclass(frozen=True, slots=True)
class _Asked:
    """When each role last accepted its duties, and since when it has been asked to."""

    last: Mapping[tuple[int | None, str], date]
    changed: Mapping[tuple[int | None, str], date]
    begun: date

    @classmethod
    def read(cls, duties: Mapping[str, Duty], on: date) -> _Asked:
        last: dict[tuple[int | None, str], date] = {}
        for school, role, day in (
            Acceptance.objects.filter(on__lte=on).order_by("on").values_list("school", "role", "on")
        ):
            last[school, role] = day
        changed: dict[tuple[int | None, str], date] = {}
        for line in compute.delegations(on):
            for role in {line.role, *LOCAL_BOARD}:  # a board accepts the scheme as a whole (S03-25)
                key = (line.school_id, role)
                changed[key] = max(line.since, changed.get(key, line.since))
        return cls(last, changed, min((duty.valid_from for duty in duties.values()), default=on))

    def of(self, place: School | None, role: str, on: date) -> Accepted:
        days = [self.begun, *(self.changed[key] for key in ((_key(place), role), (None, role)) if key in self.changed)]
        if place and place.joined_on:
            days.append(place.joined_on)
        return rules.acceptance(last=self.last.get((_key(place), role)), changed=max(days), on=on)


def _asked_at(
    place: int | None, duties: Mapping[str, Duty], scheme: Iterable[Delegation],
    posts: Mapping[int | None, frozenset[str]],
) -> list[str]:  # fmt: skip
    """Roles that answer for something there, are held by somebody, and may read how their duties stand."""
    owners = set(owners_at(_held(duties, place), place, scheme).values())
    return [role for role in ACCEPTING if role in owners and role in posts.get(place, ())]


def _unheld(
    places: Iterable[School | None], duties: Mapping[str, Duty], scheme: Iterable[Delegation],
    posts: Mapping[int | None, frozenset[str]],
) -> Iterable[Unheld]:  # fmt: skip
    """A duty of a school may be answered for by somebody at the trust; one of the trust only there."""
    at_trust = posts.get(None, frozenset())
    for place in places:
        held = _held(duties, _key(place))
        if place is None:  # what schools hold too is answered for at the schools
            held = [duty for duty in held if duty.holds_for == HoldsFor.TRUST]
        owners = Counter(owners_at(held, _key(place), scheme).values())
        there = posts.get(_key(place), frozenset()) | at_trust
        for role, number in owners.most_common():
            if role not in there:
                yield Unheld(_key(place), _where(place), ROLES[role].title, number)


# --- What one answers for ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answered:
    code: str
    title: str
    state: State
    family: str


@dataclass(frozen=True, slots=True)
class MyRole:
    """A post of one's own with the duties that go with it, and whether they were accepted."""

    role: str
    title: str
    school_id: int | None
    where: str
    accepted: Accepted
    last: date | None
    duties: tuple[Answered, ...]


@dataclass(frozen=True, slots=True)
class MinePage:
    on: date
    roles: tuple[MyRole, ...]


def mine_page(actor: Actor, *, on: date) -> MinePage:
    """The duties that one answers for by each post that one holds, the worst first. Raises NotFound."""
    posts = [post for post in actor.posts if post.role in ACCEPTING]
    if not posts:
        raise NotFound
    duties, scheme = compute.catalogue(on), compute.delegations(on)
    asked, schools = _Asked.read(duties, on), {school.pk: school for school in schools_of(actor)}
    found = [
        _mine(post.role, schools.get(post.school_id or 0), duties, scheme, asked, on)
        for post in posts
        if post.school_id is None or post.school_id in schools
    ]
    return MinePage(on, tuple(found))


def _mine(
    role: str, place: School | None, duties: Mapping[str, Duty], scheme: tuple[Delegation, ...], asked: _Asked, on: date
) -> MyRole:
    owners = owners_at(_held(duties, _key(place)), _key(place), scheme)
    states = dict(Standing.objects.on(on).filter(school=_key(place)).values_list("duty", "state"))
    rows = [
        Answered(code, duties[code].title, State(states[code]), FAMILIES[duties[code].family])
        for code, owner in owners.items()
        if owner == role and code in states
    ]
    return MyRole(
        role, ROLES[role].title, _key(place), _where(place), asked.of(place, role, on),
        asked.last.get((_key(place), role)), tuple(sorted(rows, key=lambda row: (rules.rank(row.state), row.code))),
    )  # fmt: skip


# --- One duty in its versions -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Version:
    id: int
    valid_from: date
    own: bool
    holds: bool
    coming: bool
    can_go: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing about a duty, as each of its versions has it."""

    name: str
    values: tuple[str, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class VersionsPage:
    code: str
    title: str
    versions: tuple[Version, ...]
    rows: tuple[Compared, ...]
    now: Duty


def versions_page(actor: Actor, code: str, *, on: date) -> VersionsPage:
    """A duty's versions side by side, the oldest first. Raises NotFound."""
    if not actor.may(Permission.DUTY_KEEP):
        raise NotFound
    found = list(Duty.objects.filter(code=code).order_by("valid_from", "own"))
    now = compute.catalogue(on).get(code)
    if now is None:
        raise NotFound
    return VersionsPage(
        code, now.title,
        tuple(
            Version(
                duty.pk, duty.valid_from, duty.own, duty.pk == now.pk, duty.valid_from > on,
                rules.may_withdraw(valid_from=duty.valid_from, own=duty.own, on=on) is None,
            )
            for duty in found
        ),
        tuple(_compared(name, label, found) for name, label in _COMPARED), now,
    )  # fmt: skip


def _compared(name: str, label: str, found: Iterable[Duty]) -> Compared:
    values = tuple(_words(name, getattr(duty, name)) for duty in found)
    return Compared(label, values, len(set(values)) > 1)


def _words(name: str, value: str) -> str:
    if name == "owner":
        return ROLES[value].title
    return EVIDENCE_WORDS[Evidence(value)] if name == "evidence" else value.strip() or "–"
