"""Invite a family, let it in once, and hear what it says."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Q
from django.db.transaction import atomic
from django.utils.crypto import salted_hmac

from alongside.areas.classroom.actions import family_note
from alongside.areas.concerns.actions import ConcernDraft, raise_concern
from alongside.areas.concerns.rules import Source
from alongside.base.access.actor import Actor
from alongside.base.access.models import Tie
from alongside.base.access.roles import Permission
from alongside.base.access.scope import actor_of, scope
from alongside.base.history import actions as history
from alongside.base.notices.models import Notice
from alongside.base.people.models import Account, Person
from alongside.base.pupils.models import Contact, Pupil
from alongside.fronts.portal import kinds, queries, rules
from alongside.fronts.portal.models import Key
from alongside.fronts.portal.rules import Way
from alongside.kit import Refused, refuse
from alongside.kit.jobs import enqueue
from alongside.kit.spans import holds_on
from alongside.law.safeguarding import is_safeguarding

_NO_MAIL = "@no-mail.invalid"  # an account needs an address, and not every family has one


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter to a family says. The code is shown here once and kept nowhere."""

    to: str
    child: str
    school: str
    code: str
    until: date


@atomic
def invite_family(*, contact: Contact, by: Actor, on: date, at: datetime) -> Letter:
    """Open a child's page to a contact and make the code for a letter; an earlier unused code stops working."""
    pupil = contact.pupil
    by.must(Permission.FAMILY_INVITE, pupil.school_id)
    refuse(rules.may_invite(queries.facts_of(contact, on=on), child=pupil.liked))
    person = contact.person or _person_of(contact)
    if contact.person_id is None:
        contact.person = person
        contact.save(update_fields=["person"])
    _tie(person, contact, on)
    Key.objects.filter(person=person, way=Way.LETTER, used_at=None).delete()
    code = "".join(secrets.choice(rules.ALPHABET) for _ in range(rules.CODE_LENGTH))
    key = _keep(person, Way.LETTER, code, at)
    history.record(
        kinds.INVITED, by=by, on=on, about=contact.pk, pupil=pupil.pk, school=pupil.school_id, who=contact.name
    )
    return Letter(contact.formal or contact.name, pupil.liked, pupil.school.name, rules.spaced(code), key.until.date())


def _person_of(contact: Contact) -> Person:
    """The person behind a contact: whoever signs in with the same address and name already, else somebody new."""
    account = (
        Account.objects.filter(email__iexact=contact.email).select_related("person").first() if contact.email else None
    )
    if account and account.person.name.casefold() == contact.name.casefold():
        return account.person
    person = Person.objects.create(title=contact.title[:12], given=contact.given[:60], family=contact.family[:60])
    made = Account(
        person=person, email=contact.email if contact.email and not account else f"family-{person.pk}{_NO_MAIL}"
    )
    made.set_unusable_password()
    made.save()
    return person


def _tie(person: Person, contact: Contact, on: date) -> None:
    standing = Tie.objects.filter(
        Q(until=None) | Q(until__gte=on), person=person, pupil_id=contact.pupil_id, kind=Tie.Kind.PARENT
    )
    if not standing.exists():
        Tie.objects.create(
            person=person, pupil_id=contact.pupil_id, school_id=contact.school_id, kind=Tie.Kind.PARENT,
            responsibility=contact.responsibility, since=on,
        )  # fmt: skip


# --- A way in --------------------------------------------------------------------------------------------


def ask_for_link(*, email: str, base: str, on: date) -> None:
    """Send a link to a family's address. Says nothing of whether there is such a family: the caller cannot tell."""
    account = Account.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if account and not account.email.endswith(_NO_MAIL) and _welcome(account.person_id, on):
        enqueue("portal.mail_key", person=account.person_id, base=base)


def mail_key(*, person: Person, base: str, at: datetime) -> None:
    """Make a link and mail it; no more than a few an hour. The letter names no child and no subject."""
    recent = Key.objects.filter(person=person, way=Way.MAIL, made_at__gt=at - timedelta(hours=1)).count()
    if recent >= rules.MOST_AN_HOUR:
        return
    secret = secrets.token_urlsafe(32)
    _keep(person, Way.MAIL, secret, at)
    send_mail(
        "Your link to Alongside",
        "Here is your link. It works once, for 20 minutes.\n\n"
        f"{base}/family/enter/{secret}/\n\n"
        "If you did not ask for it, do nothing: nobody can use it but you.\n"
        "Do not send it on. Need help? Ring the school.\n",
        settings.DEFAULT_FROM_EMAIL,
        [person.account.email],
    )


@atomic
def enter(*, secret: str, at: datetime, on: date) -> Account:
    """Let the holder of a link or code in, once. Raises Refused, always with the same words."""
    key = (
        Key.objects.select_for_update(of=("self",))
        .filter(digest__in=_digests(secret))
        .select_related("person__account")
        .first()
    )
    if key is None:
        raise Refused("This link or code does not work any more. Each works once. Ask for a new one.", "code")
    account = key.person.account
    welcome = account.is_active and _welcome(key.person_id, on)
    refuse(rules.may_enter(used_at=key.used_at, until=key.until, at=at, welcome=welcome))
    key.used_at = at
    key.save(update_fields=["used_at"])
    _record_entry(key, on)
    return account


def _record_entry(key: Key, on: date) -> None:
    ties = _open_ties(key.person_id, on)
    with scope(person=key.person_id):
        actor = actor_of(key.person, on=on)
    with scope(pupils=[pupil for pupil, _ in ties], person=key.person_id):
        for pupil, school in ties:
            history.record(
                kinds.ENTERED, by=actor, on=on, about=key.pk, pupil=pupil, school=school,
                way="link by e-mail" if key.way == Way.MAIL else "code from a letter",
            )  # fmt: skip


def _welcome(person_id: int, on: date) -> bool:
    """A family with a live tie, barred by no court, and no post: whoever works here signs in as staff, with the second step."""
    if queries.staff_posts(person_id, on=on).exists():
        return False
    return bool(_open_ties(person_id, on))


def _open_ties(person_id: int, on: date) -> list[tuple[int, int]]:
    """(pupil, school) of each child whose page stands open to a person: not where a court has barred them."""
    with scope(person=person_id):
        ties = list(Tie.objects.filter(_family(person_id, on)).values_list("pupil_id", "school_id"))
    with scope(pupils=[pupil for pupil, _ in ties], person=person_id):
        barred = set(Contact.objects.filter(person=person_id, barred=True).values_list("pupil_id", flat=True))
    return [tie for tie in ties if tie[0] not in barred]


def _family(person_id: int, on: date) -> Q:
    held = holds_on(on)
    return held & Q(person=person_id, kind__in=(Tie.Kind.PARENT, Tie.Kind.YOUNG_PERSON))


def _keep(person: Person, way: Way, secret: str, at: datetime) -> Key:
    return Key.objects.create(person=person, way=way, digest=_digest(secret), made_at=at, until=at + rules.LASTS[way])


def _digest(secret: str) -> str:
    return salted_hmac("alongside.portal.key", secret, algorithm="sha256").hexdigest()


def _digests(typed: str) -> list[str]:
    """A link is taken as it stands; a code without its spaces, in capitals."""
    return [_digest(typed), _digest(rules.bare(typed))]


# --- What a family says ----------------------------------------------------------------------------------


@atomic
def tell_us(*, pupil: Pupil, words: str, by: Actor, on: date) -> bool:
    """Take what a family writes. Words about a child's safety go to the safeguarding lead alone; True when they did."""
    if is_safeguarding(words):
        family_note(pupil=pupil, text=words, by=by, on=on)
        return True
    raise_concern(pupil=pupil, draft=ConcernDraft(words), by=by, on=on, source=Source.PARENT)
    return False


def has_seen(*, pupil_id: int, by: Actor, at: datetime) -> None:
    """What was new about a child has been seen."""
    Notice.objects.filter(to_id=by.person_id, pupil=pupil_id, read_at=None).update(read_at=at)
