"""The verbs of telling: publish, read, confirm, the sheet, induction, families, partners."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q
from django.db.transaction import atomic
from django.urls import reverse

from alongside.areas.duties.actions import touch, touch_trust
from alongside.areas.policy import kinds, rules, shipped
from alongside.areas.policy.actions import make_current
from alongside.areas.policy.models import FamilyNotice, Reading, Stakeholder, StakeholderNotice, Version
from alongside.areas.policy.queries import reading_of
from alongside.areas.policy.telling.queries import first_day
from alongside.base.access.actor import Actor
from alongside.base.access.models import Gate, Inducted
from alongside.base.access.roles import STAFF_ROLES, Permission
from alongside.base.access.scope import all_schools
from alongside.base.history import actions as history
from alongside.base.people.models import Account
from alongside.base.schools.models import School
from alongside.kit import NotFound, refuse
from alongside.law.refusal import Refusal

P = Permission

# Everybody who holds a post on the staff today, once, at the first of their schools; none for the trust's own.
_TELL_STAFF = """
insert into policy_reading (version_id, person_id, name, school_id, on_sheet, starter, told_on)
select %(version)s, o.person_id, '', min(o.school_id), not exists (
         select 1 from people_account a where a.person_id = o.person_id and a.is_active), false, %(on)s
  from access_post o
 where o.role = any(%(roles)s) and o.since <= %(on)s and (o.until is null or o.until >= %(on)s)
 group by o.person_id on conflict do nothing"""

# The same people see it among what they were told. A notice stands at a school; the trust's own people see every one.
_NOTICE_STAFF = """
insert into notices_notice (to_id, school_id, kind, says, url, created_on, at)
select r.person_id, coalesce(r.school_id, %(any_school)s), 'policy', %(says)s, %(url)s, %(on)s, now()
  from policy_reading r where r.version_id = %(version)s and not r.on_sheet and r.person_id is not null"""

# Each adult whom the school may ring about a register pupil and who answers for the pupil; on their own page if they
# have one, by letter otherwise. A pupil with nobody to write to is listed too, so that somebody sees to it.
_TELL_FAMILIES = """
insert into policy_familynotice (version_id, pupil_id, school_id, contact_id, person_id, way, listed_on, sent_on, delivered_on)
select %(version)s, s.pupil_id, s.school_id, c.id, t.person_id, case when t.person_id is null then 'letter' else 'portal' end,
       %(on)s, case when t.person_id is not null then %(on)s::date end, case when t.person_id is not null then %(on)s::date end
  from register_status s
  join pupils_pupil u on u.id = s.pupil_id and (u.left_on is null or u.left_on >= %(on)s)
  left join pupils_contact c on c.pupil_id = s.pupil_id and not c.barred and (c.responsibility or c.lives_with)
  left join lateral (
    select k.person_id from access_tie k join people_account a on a.person_id = k.person_id and a.is_active
     where k.person_id = c.person_id and k.pupil_id = s.pupil_id and k.kind in ('parent', 'young')
       and k.since <= %(on)s and (k.until is null or k.until >= %(on)s) limit 1) t on true
 where s.since <= %(on)s and (s.until is null or s.until >= %(on)s) on conflict do nothing"""

_NOTICE_FAMILIES = """
insert into notices_notice (to_id, school_id, pupil_id, kind, says, url, created_on, at)
select f.person_id, f.school_id, f.pupil_id, 'policy', %(says)s, %(url)s, %(on)s, now()
  from policy_familynotice f where f.version_id = %(version)s and f.way = 'portal'"""


@atomic
def publish(*, version: Version, by: Actor, on: date) -> Version:
    """Make an approved version current, and tell staff and register families. From now on new staff read it first."""
    by.must(P.POLICY_KEEP)
    make_current(version=version, by=by, on=on)
    if not Gate.objects.exists():
        Gate.objects.create(since=on)
    values = {"version": version.pk, "on": on, "roles": list(STAFF_ROLES), "url": reverse("policy:read")}
    says = f"The SEND policy has changed: {version.name}. Read it and confirm."
    values["any_school"] = School.objects.order_by("pk").values_list("pk", flat=True).first()
    _run(_TELL_STAFF, values)
    if values["any_school"]:
        _run(_NOTICE_STAFF, values | {"says": says})
    if version.family_summary:
        tell_families(version=version, by=by, on=on)
    for school in all_schools():
        touch(school=school, slice_="policy")
    return version


def tell_families(*, version: Version, by: Actor, on: date) -> None:
    """A part of `publish`: every register family, on its own page or on the list for letters."""
    by.must(P.POLICY_KEEP)
    values = {"version": version.pk, "on": on, "url": reverse("portal:policy")}
    _run(_TELL_FAMILIES, values)
    _run(_NOTICE_FAMILIES, values | {"says": "We changed our plan for how we help children. Read what is new."})


def _run(statement: str, values: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


# --- Reading and confirming -------------------------------------------------------------------------------------


def _mine(by: Actor, on: date) -> Reading | None:
    """This person's own reading of the current version; a new one for a starter, who was told by being led here."""
    found = reading_of(by)
    version = Version.objects.current().first()
    if found is not None or version is None or not by.inducting:
        return found
    school = next((post.school_id for post in by.posts if post.school_id is not None), None)
    return Reading.objects.create(
        version=version, person_id=by.person_id, school_id=school, starter=True, told_on=first_day(by, on=on)
    )


@atomic
def opened(*, by: Actor, on: date) -> None:
    """Note that somebody has the text of the current version open."""
    by.must(P.POLICY_READ)
    mine = _mine(by, on)
    if mine is not None and mine.opened_on is None:
        mine.opened_on = on
        mine.save(update_fields=["opened_on"])


@atomic
def confirm(*, reading: Reading, by: Actor, on: date) -> Reading:
    """Confirm for oneself that one has read it. Refused for somebody else, and before it was opened."""
    by.must(P.POLICY_READ)
    refuse(rules.may_confirm(own=reading.person_id == by.person_id, opened=reading.opened_on is not None))
    if reading.confirmed_on is None:
        reading.confirmed_on = on
        reading.save(update_fields=["confirmed_on"])
        history.record(
            kinds.CONFIRMED, by=by, on=on, about=reading.pk, school=_where(reading, by), version=reading.version.name
        )
        touch_trust(slice_="policy")
    return reading


def _where(reading: Reading, by: Actor) -> int | None:
    """The school in whose history it stands; none for a role whose wall opens no school, such as a careers lead."""
    return reading.school_id if reading.school_id in by.wall_schools else None


@atomic
def read_summary(*, by: Actor, on: date) -> None:
    """Note that a new member of staff has the two-minute summary open."""
    by.must(P.POLICY_READ)
    mine = _mine(by, on)
    if mine is not None and mine.summary_on is None:
        mine.summary_on = on
        mine.save(update_fields=["summary_on"])


@atomic
def induct(*, person: int, answers: Sequence[int], by: Actor, on: date) -> Reading:
    """Answer the three questions for oneself, after opening the policy and its summary. Then pupil data opens."""
    by.must(P.POLICY_READ)
    mine = _mine(by, on)
    if mine is None:
        raise NotFound
    refuse(
        rules.may_confirm(
            own=person == by.person_id, opened=mine.opened_on is not None, summary=mine.summary_on is not None
        ),
        rules.check_answers(shipped.questions(), answers),
    )
    mine.confirmed_on, mine.starter = mine.confirmed_on or on, True
    mine.save(update_fields=["confirmed_on", "starter"])
    Inducted.objects.create(person_id=by.person_id, done_on=on)
    history.record(kinds.INDUCTED, by=by, on=on, about=mine.pk, version=mine.version.name)
    for school in {post.school_id for post in by.posts if post.school_id is not None}:
        touch(school=school, slice_="policy")
    return mine


@atomic
def add_to_sheet(*, school: int, name: str, by: Actor, on: date) -> Reading:
    """Put somebody without an account, such as agency staff, on a school's sheet."""
    by.must(P.POLICY_SHEET, school)
    version = Version.objects.current().first()
    if version is None:
        raise NotFound
    there = Reading.objects.filter(version=version, school=school, name__iexact=name.strip()).exists()
    refuse(
        None if len(name.split()) >= 2 else Refusal("Write the first and the family name.", "name"),
        Refusal("This name is on the sheet already.", "name") if there else None,
    )
    touch(school=school, slice_="policy")
    return Reading.objects.create(
        version=version, name=name.strip(), school_id=school, on_sheet=True, starter=True, told_on=on
    )


@atomic
def sign_sheet(*, reading: Reading, by: Actor, on: date) -> Reading:
    """Note that somebody without an account has read the policy and signed the sheet."""
    by.must(P.POLICY_SHEET, reading.school_id)
    account = (
        reading.person_id is not None and Account.objects.filter(person=reading.person_id, is_active=True).exists()
    )
    refuse(rules.may_sign_sheet(has_account=account))
    reading.opened_on, reading.confirmed_on, reading.kept_by_id = on, on, by.person_id
    reading.on_sheet = True
    reading.save(update_fields=["opened_on", "confirmed_on", "kept_by", "on_sheet"])
    if reading.person_id:
        Inducted.objects.create(person_id=reading.person_id, done_on=on)
    history.record(kinds.SHEET, by=by, on=on, about=reading.pk, school=reading.school_id, version=reading.version.name)
    if reading.school_id is not None:
        touch(school=reading.school_id, slice_="policy")
    return reading


# --- Families ---------------------------------------------------------------------------------------------------


def _told(notice: FamilyNotice, how: str, by: Actor, on: date) -> FamilyNotice:
    notice.save()
    history.record(kinds.TOLD, by=by, on=on, about=notice.pk, pupil=notice.pupil_id, school=notice.school_id, how=how)
    touch(school=notice.school_id, slice_="policy")
    return notice


@atomic
def letter_sent(*, notice: FamilyNotice, by: Actor, on: date) -> FamilyNotice:
    """Note that a letter went: the first one, or the one that follows what did not arrive."""
    by.must(P.FAMILY_INVITE, notice.school_id)
    if notice.failed_on and not notice.letter_on:
        notice.letter_on = on
        return _told(notice, "by a letter, because the first did not arrive", by, on)
    refuse(Refusal("A letter has gone to this family already.") if notice.sent_on and not notice.failed_on else None)
    notice.sent_on = on
    return _told(notice, "by letter", by, on)


@atomic
def failed(*, notice: FamilyNotice, by: Actor, on: date) -> FamilyNotice:
    """Note that a notice did not arrive. It waits for a letter."""
    by.must(P.FAMILY_INVITE, notice.school_id)
    refuse(
        Refusal("Nothing has been sent to this family yet.") if notice.sent_on is None else None,
        Refusal("The family has read it.") if notice.read_on else None,
    )
    notice.failed_on, notice.delivered_on, notice.letter_on = on, None, None
    return _told(notice, "and it did not arrive", by, on)


@atomic
def family_read(*, by: Actor, on: date) -> None:
    """Note that a family has what changed open on its own page."""
    by.must(P.OWN_CHILD)
    unread = FamilyNotice.objects.filter(person=by.person_id, pupil__in=by.child_ids, read_on=None)
    for notice in unread:
        notice.read_on, notice.failed_on = on, None
        notice.delivered_on = notice.delivered_on or on
        notice.save(update_fields=["read_on", "failed_on", "delivered_on"])
        history.record(kinds.READ, by=by, on=on, about=notice.pk, pupil=notice.pupil_id, school=notice.school_id)
        touch(school=notice.school_id, slice_="policy")


# --- Partners -----------------------------------------------------------------------------------------------------


@atomic
def add_stakeholder(*, name: str, kind: str, address: str, by: Actor, on: date) -> Stakeholder:
    """Put somebody on the list of those outside who hear of a change, by the address of a role."""
    by.must(P.POLICY_KEEP)
    there = Stakeholder.objects.filter(name__iexact=name.strip(), ended_on=None).exists()
    refuse(Refusal("This name is on the list already.", "name") if there else None)
    made = Stakeholder.objects.create(name=name.strip(), kind=kind.strip(), address=address.strip(), checked_on=on)
    history.record(kinds.PARTNERS, by=by, on=on, about=made.pk, name=made.name, what="added")
    touch_trust(slice_="policy")
    return made


@atomic
def check_stakeholder(*, stakeholder: Stakeholder, ends: bool, by: Actor, on: date) -> Stakeholder:
    """Say that an entry of the list is right, or take it off."""
    by.must(P.POLICY_KEEP)
    stakeholder.checked_on, stakeholder.ended_on = on, on if ends else None
    stakeholder.save(update_fields=["checked_on", "ended_on"])
    what = "taken off" if ends else "checked"
    history.record(kinds.PARTNERS, by=by, on=on, about=stakeholder.pk, name=stakeholder.name, what=what)
    touch_trust(slice_="policy")
    return stakeholder


@atomic
def told_stakeholders(*, version: Version, chosen: Sequence[int], by: Actor, on: date) -> int:
    """Note which of those outside were told of a version today; says how many were new."""
    by.must(P.POLICY_KEEP)
    known = Q(pk__in=chosen) & Q(ended_on=None) & ~Q(told__version=version)
    fresh = list(Stakeholder.objects.filter(known))
    for stakeholder in fresh:
        StakeholderNotice.objects.create(version=version, stakeholder=stakeholder, told_on=on, by_id=by.person_id)
        history.record(kinds.PARTNER, by=by, on=on, about=stakeholder.pk, name=stakeholder.name, version=version.name)
    touch_trust(slice_="policy")
    return len(fresh)
