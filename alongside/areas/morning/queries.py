"""Who is mailed and how much stands on their list; whose calendar an address is, and what is in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.crypto import salted_hmac

from alongside.areas.clocks.models import Told
from alongside.areas.cover.queries import away_today
from alongside.areas.morning import rules
from alongside.areas.morning.models import Feed, MailChoice, MailSent
from alongside.areas.morning.rules import Count, Door, Facts
from alongside.base.access.actor import Actor
from alongside.base.access.roles import ROLES, Permission
from alongside.base.access.scope import actor_of, scope
from alongside.base.deadlines.models import Deadline
from alongside.base.people.models import Account, Person
from alongside.base.schools.queries import calendars
from alongside.kit import NotFound, sql
from alongside.kit.time import LONDON
from alongside.law import book
from alongside.law.rule import Band

_READERS = tuple(role.code for role in ROLES.values() if Permission.TODAY in role.permissions)


# --- The morning mail ------------------------------------------------------------------------------------


def people_to_mail(on: date) -> list[Person]:
    """Everybody who sees a Today, or was warned of a legal date today, and can sign in. The wall need not stand open."""
    running = Q(posts__since__lte=on) & (Q(posts__until=None) | Q(posts__until__gte=on))
    hears = Q(posts__role__in=(*_READERS, "teacher", "director"))
    return list(
        Person.objects.filter(running & hears, account__is_active=True)
        .select_related("account").distinct().order_by("pk")
    )  # fmt: skip


_COUNTS = """
select d.band, count(*) filter (where d.due < %(on)s), count(*) filter (where d.due = %(on)s),
       count(*) filter (where d.due > %(on)s and d.due <= %(soon)s)
  from deadlines_deadline d
 where d.school_id = any(%(schools)s) and (d.pupil_id is null or d.pupil_id <> all(%(own)s)) and d.due <= %(soon)s
   and not exists (select 1 from clocks_putoff w where w.clock = d.clock and w.kind = d.kind and w.about_id = d.about_id
                   and w.due = d.due and w.counted_from = d.counted_from and w.back_on is null and w.until > %(on)s)
 group by 1
"""


def facts_of(actor: Actor, *, on: date) -> Facts:
    """What decides whether this person is mailed, and what it says. The wall must stand open to their schools.

    Whoever has handed a school's list over is away: what stands on it goes to whoever covers.
    """
    seen = actor.schools(Permission.TODAY)
    away = away_today(list(seen), on=on)
    schools = [school for school in seen if actor.person_id not in away.get(school, ())]
    values = {"schools": schools, "own": list(actor.own_children), "on": on, "soon": on + rules.AHEAD}
    counts = {band: Count(*numbers) for band, *numbers in sql.rows(_COUNTS, values)} if schools else {}
    choice = MailChoice.objects.filter(person=actor.person_id).first()
    return Facts(
        counts, _new_legal(actor, away, on), choice.wants if choice else True, _school_day(schools, on),
        frozenset(MailSent.objects.filter(person=actor.person_id, on=on).values_list("kind", flat=True)),
    )  # fmt: skip


def _new_legal(actor: Actor, away: Mapping[int, frozenset[int]], on: date) -> int:
    """How many clocks of the law this person was warned of today, but for a list that somebody else holds."""
    told = Told.objects.filter(person=actor.person_id, on=on, band=Band.LEGAL)
    keys = {
        row.key for row in told if row.hearer != "owner" or actor.person_id not in away.get(row.school_id, frozenset())
    }
    return len(keys)


def _school_day(schools: Collection[int], on: date) -> bool:
    """True when any of the schools is in."""
    return any(calendar.is_school_day(on) for calendar in calendars(schools, on=on).values()) if schools else False


@dataclass(frozen=True, slots=True)
class MailPage:
    wants: bool
    email: str


def mail_page(actor: Actor) -> MailPage:
    """Whether this person gets the morning mail, and at which address."""
    choice = MailChoice.objects.filter(person=actor.person_id).first()
    account = Account.objects.filter(person=actor.person_id).first()
    return MailPage(choice.wants if choice else True, account.email if account else "")


def choice_of_stop(stop: str) -> MailChoice:
    """Whose mail a link stops. Raises NotFound."""
    found = MailChoice.objects.filter(stop=stop[:43]).first()
    if found is None or len(stop) > 43:
        raise NotFound
    return found


# --- The calendar ----------------------------------------------------------------------------------------


def digest(secret: str) -> str:
    return salted_hmac("alongside.morning.feed", secret, algorithm="sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class CalendarPage:
    feed: Feed | None
    read_at: datetime | None
    days: int
    open: bool


def calendar_page(actor: Actor, *, on: date) -> CalendarPage:
    """This person's calendar: whether it has an address, until when, when it was last read, and what is in it."""
    feed = Feed.objects.filter(person=actor.person_id, revoked_on=None).first()
    read_at = feed.last_read_at.astimezone(LONDON) if feed and feed.last_read_at else None
    return CalendarPage(feed, read_at, len(own_rows(actor)), feed is not None and on <= feed.until)


def own_rows(actor: Actor) -> list[Deadline]:
    """The clocks that are this person's own: named to them, or owned by a role that they hold at the school."""
    mine = Q(owner_person_id=actor.person_id)
    for post in actor.posts:
        owner = "senco" if post.role == "cover_senco" else post.role
        if post.school_id is not None and Permission.TODAY in ROLES[post.role].permissions:
            mine |= Q(school=post.school_id, owner=owner, owner_person_id=None)
    rows = Deadline.objects.filter(mine, school__in=actor.wall_schools).exclude(pupil_id__in=actor.own_children)
    return list(rows.order_by("due", "pk")[: rules.FEED_MOST])


def feed_at(secret: str) -> Feed | None:
    """The calendar at an address, locked so that readings are counted one by one; None for a stranger's guess."""
    found = Feed.objects.select_for_update(of=("self",)).filter(digest=digest(secret))
    return found.select_related("person__account").first()


def reader_of(feed: Feed, *, on: date) -> Actor | None:
    """Whoever's calendar it is, with the posts of today; None when the address has ended or the account or posts have."""
    with scope(person=feed.person_id):
        actor = actor_of(feed.person, on=on)
    account = getattr(feed.person, "account", None)
    welcome = bool(account and account.is_active and actor.may(Permission.CALENDAR))
    return actor if rules.may_read(Door(feed.until, feed.revoked_on is not None, welcome), on=on) else None


@dataclass(frozen=True, slots=True)
class Event:
    """One all-day event: nothing in it says whom it is about."""

    uid: str
    day: date
    head: str
    says: str
    path: str


def events(actor: Actor) -> list[Event]:
    """The person's own dates. The wall must stand open to their schools."""
    return [_event(row) for row in own_rows(actor)]


def _event(row: Deadline) -> Event:
    rule = book.RULES.get(row.clock)
    head, says = rules.event_words(rule.name if rule else row.clock, row.band, bool(rule and rule.in_school_days))
    key = salted_hmac("alongside.morning.uid", f"{row.clock}:{row.kind}:{row.about_id}", algorithm="sha256").hexdigest()
    return Event(f"{key[:32]}@alongside", row.due, head, says, f"/today/rows/{row.pk}/")


def place_of_row(actor: Actor, row_id: int) -> str:
    """Where a row of one's own dates, or of one's Today, leads. Raises NotFound."""
    row = Deadline.objects.filter(pk=row_id, school__in=actor.wall_schools).first()
    if row is None or row.pupil_id in actor.own_children:
        raise NotFound
    if row.school_id not in actor.schools(Permission.TODAY) and row.owner_person_id != actor.person_id:
        raise NotFound
    return row.url
