"""The smaller pages of the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission, Role
from alongside.base.history import actions as history
from alongside.base.history.queries import Looked, Told, viewings
from alongside.base.history.queries import timeline as read_timeline
from alongside.base.notices.models import Notice
from alongside.base.pupils.access import may_read_file, may_read_plan
from alongside.base.pupils.queries import PupilHead, find_pupil, head_of
from alongside.kit import NotFound
from alongside.kit.numbers import whole

_PAGE = 60
_MOST_EVENTS = 1_000_000

# The first of these that a person may open is their start page.
_HOMES = (
    (Permission.WEEK, "desk:week"),
    (Permission.TODAY, "desk:today"),
    (Permission.SESSION_LOG, "classroom:classes"),
    (Permission.NOTES_ANSWER, "classroom:notes"),
    (Permission.PUPILS_IMPORT, "exchange:batches"),
    (Permission.STRUCTURE, "people:posts"),
    (Permission.OWN_CHILD, "portal:home"),
    (Permission.DUTIES_TRUST, "duties:trust"),
    (Permission.DUTIES, "desk:school"),
    (Permission.POLICY_READ, "policy:home"),
)


def home_of(actor: Actor) -> str | None:
    """The name of a person's start page; None when their role has no page yet."""
    if actor.inducting:
        return "policy:induction"
    return next((place for permission, place in _HOMES if actor.may(permission)), None)


@dataclass(frozen=True, slots=True)
class EmptyHome:
    name: str
    role: Role | None
    where: str
    may: tuple[str, ...]


def empty_home(actor: Actor) -> EmptyHome:
    """What to say to somebody whose role has no page yet: who they are here, and what they may do."""
    role = actor.main_role
    return EmptyHome(actor.name, role, actor.where, tuple(sorted(role.permissions)) if role else ())


@dataclass(frozen=True, slots=True)
class TimelinePage:
    head: PupilHead
    told: tuple[Told, ...]
    earlier: int | None
    may: frozenset[str]


def timeline_page(actor: Actor, pupil_id: int, *, on: date, after: str = "") -> TimelinePage:
    """Everything this person may read of what happened to a pupil, newest first."""
    pupil = find_pupil(actor, pupil_id, on=on, may=may_read_plan)
    history.viewed(pupil=pupil.pk, school=pupil.school_id, by=actor, page="timeline")
    skip = min(whole(after) or 0, _MOST_EVENTS)
    rows = read_timeline(pupil.pk, pupil.school_id, actor=actor, limit=_PAGE, offset=skip)
    read = sum(row.times for row in rows)
    earlier = skip + read if read >= _PAGE else None
    return TimelinePage(head_of(pupil, on=on), tuple(rows), earlier, _may(actor, pupil.school_id))


@dataclass(frozen=True, slots=True)
class LookedPage:
    head: PupilHead
    looked: tuple[Looked, ...]
    may: frozenset[str]


def looked_page(actor: Actor, pupil_id: int, *, on: date) -> LookedPage:
    """Who opened this pupil's pages."""
    pupil = find_pupil(actor, pupil_id, on=on, may=may_read_file)
    history.viewed(pupil=pupil.pk, school=pupil.school_id, by=actor, page="who has looked")
    return LookedPage(head_of(pupil, on=on), tuple(viewings(pupil.pk)), _may(actor, pupil.school_id))


def _may(actor: Actor, school: int) -> frozenset[str]:
    return frozenset(permission.name for permission in Permission if actor.may(permission, school))


@dataclass(frozen=True, slots=True)
class NoticeLine:
    id: int
    says: str
    on: date
    url: str
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class NoticesPage:
    unread: tuple[NoticeLine, ...]
    read: tuple[NoticeLine, ...]


def notices_page(actor: Actor) -> NoticesPage:
    """What this person was told, unread first."""
    rows = [
        NoticeLine(row.pk, row.says, row.created_on, row.url, row.read_at)
        for row in Notice.objects.filter(to_id=actor.person_id).order_by("-at")[:100]
    ]
    return NoticesPage(
        tuple(row for row in rows if row.read_at is None),
        tuple(row for row in rows if row.read_at is not None),
    )


def place_of_notice(actor: Actor, notice_id: int) -> str:
    """Where a notice leads. Raises NotFound for somebody else's."""
    row = Notice.objects.filter(pk=notice_id, to_id=actor.person_id).first()
    if row is None:
        raise NotFound
    return row.url
