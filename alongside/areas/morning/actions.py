"""Mail one person in the morning, keep what they chose, and make, end and read the address of a calendar."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.transaction import atomic
from django.template.loader import render_to_string

from alongside.areas.morning import kinds, queries, rules
from alongside.areas.morning.calendar import as_calendar
from alongside.areas.morning.models import Feed, MailChoice, MailSent
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.access.scope import scope
from alongside.base.history import actions as history
from alongside.base.people.models import Person
from alongside.kit import NotFound

# --- The morning mail ------------------------------------------------------------------------------------


@atomic
def mail(*, person: Person, actor: Actor, on: date) -> str:
    """Mail one person, if there is something to say and nothing was said today; returns which mail it was, or ''.

    Kept in the transaction of its sending, so that what could not be sent is tried again. The wall stands open to their
    schools. Raises OSError when the mail server does not take it.
    """
    facts = queries.facts_of(actor, on=on)
    kind = rules.sending(facts)
    if kind is None:
        return ""
    _, fresh = MailSent.objects.get_or_create(person=person, on=on, kind=kind)
    if fresh:
        _compose(person, facts, kind, on).send()
    return kind.value if fresh else ""


def _compose(person: Person, facts: rules.Facts, kind: rules.Sending, on: date) -> EmailMultiAlternatives:
    stop = f"{settings.ADDRESS}/mail/stop/{_choice(person, on).stop}/"
    today = "/today/" if kind is rules.Sending.MORNING else "/notices/"
    context = {
        "opening": rules.opening(facts), "lines": rules.lines(facts, kind), "today": f"{settings.ADDRESS}{today}",
        "stop": stop, "settings": f"{settings.ADDRESS}/mail/", "can_stop": kind is rules.Sending.MORNING,
    }  # fmt: skip
    made = EmailMultiAlternatives(
        rules.subject(facts, kind, on), render_to_string("morning/mail.txt", context), settings.DEFAULT_FROM_EMAIL,
        [person.account.email], headers=_headers(stop, kind),
    )  # fmt: skip
    made.attach_alternative(render_to_string("morning/mail.html", context), "text/html")
    return made


def _headers(stop: str, kind: rules.Sending) -> dict[str, str]:
    """One press in the mail program ends it (RFC 8058). Word of a legal date cannot be ended."""
    headers = {"Auto-Submitted": "auto-generated"}
    if kind is rules.Sending.MORNING:
        headers |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return headers


def _choice(person: Person, on: date) -> MailChoice:
    found, _ = MailChoice.objects.get_or_create(
        person=person, defaults={"stop": secrets.token_urlsafe(32), "changed_on": on}
    )
    return found


@atomic
def choose_mail(*, wants: bool, by: Actor, on: date) -> MailChoice:
    """Turn one's own morning mail on or off."""
    by.must(Permission.CALENDAR)
    return _set(_choice(Person.objects.get(pk=by.person_id), on), wants, by, on)


@atomic
def stop_mail(*, choice: MailChoice, on: date) -> MailChoice:
    """Turn the morning mail off by its own link. Whoever holds the link need not be signed in."""
    return _set(choice, False, Actor(choice.person_id, choice.person.name), on)


def _set(choice: MailChoice, wants: bool, by: Actor, on: date) -> MailChoice:
    if choice.wants != wants:
        choice.wants, choice.changed_on = wants, on
        choice.save(update_fields=["wants", "changed_on"])
        history.record(kinds.MAIL_SET, by=by, on=on, about=choice.pk, state="on" if wants else "off")
    return choice


# --- The calendar ----------------------------------------------------------------------------------------


@atomic
def make_feed(*, by: Actor, on: date) -> str:
    """Make an address for one's own calendar and return its secret, which is kept nowhere. An earlier one ends."""
    by.must(Permission.CALENDAR)
    Feed.objects.filter(person=by.person_id, revoked_on=None).update(revoked_on=on)
    secret = secrets.token_urlsafe(32)
    feed = Feed.objects.create(
        person_id=by.person_id, digest=queries.digest(secret), made_on=on, until=on + rules.LASTS
    )
    history.record(kinds.FEED_MADE, by=by, on=on, about=feed.pk)
    return secret


@atomic
def revoke_feed(*, by: Actor, on: date) -> None:
    """End the address of one's own calendar. Whoever has it reads nothing more."""
    by.must(Permission.CALENDAR)
    feed = Feed.objects.filter(person=by.person_id, revoked_on=None).first()
    if feed is not None:
        feed.revoked_on = on
        feed.save(update_fields=["revoked_on"])
        history.record(kinds.FEED_REVOKED, by=by, on=on, about=feed.pk)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a calendar program is answered."""

    body: bytes
    too_often: str = ""


@atomic
def read_feed(*, secret: str, address: str, at: datetime, on: date) -> Reading:
    """What stands at an address, and note that it was read. Raises NotFound for an address that opens nothing (more)."""
    feed = queries.feed_at(secret)
    actor = queries.reader_of(feed, on=on) if feed else None
    if feed is None or actor is None:
        raise NotFound
    feed.window_from, feed.window_reads = rules.counted(feed.window_from, feed.window_reads, at=at)
    refused = rules.too_often(feed.window_reads)
    feed.last_read_at, feed.reads = at, feed.reads + 1
    feed.save(update_fields=["window_from", "window_reads", "last_read_at", "reads"])
    if refused:
        return Reading(b"", refused.reason)
    with scope(actor.wall_schools, person=feed.person_id, why="calendar"):
        return Reading(as_calendar(queries.events(actor), at=at.astimezone(UTC), address=address))
