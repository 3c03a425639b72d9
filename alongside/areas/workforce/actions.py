"""Appoint, end, note a qualification, agree hours, note a week, say how it is, confirm; and tell of a gap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.db.transaction import atomic

from alongside.areas.duties.actions import touch
from alongside.areas.workforce import kinds, rules
from alongside.areas.workforce.models import Agreed, Appointment, Confirmation, Lost, Qualification, Told, View, Week
from alongside.areas.workforce.queries import agreed_on, senco_of, term_of
from alongside.base.access.actor import Actor
from alongside.base.access.models import Post
from alongside.base.access.roles import Permission
from alongside.base.deadlines.actions import refresh
from alongside.base.history import actions as history
from alongside.base.notices.actions import tell
from alongside.base.notices.models import Notice
from alongside.base.schools.models import School
from alongside.base.schools.queries import calendar_of
from alongside.kit import refuse
from alongside.law.calendar import term_began
from alongside.law.refusal import Refusal

P = Permission


@atomic
def appoint(*, school: School, draft: rules.Appointed, by: Actor, on: date) -> Appointment:
    """Make somebody SENCO of a school, or cover. Refused without teacher status, and while the post is held."""
    by.must(P.SENCO_APPOINT, school.pk)
    School.objects.select_for_update(no_key=True).get(pk=school.pk)  # two appointments at once: the second waits
    others = [row.facts() for row in Appointment.objects.filter(school=school, kind=draft.kind)]
    refuse(rules.check_appointment(draft, others))
    row = Appointment.objects.create(
        school=school, person_id=draft.person, kind=draft.kind, since=draft.since, until=draft.until, status=draft.status,
        works_here=draft.works_here, leads=draft.leads, access=draft.access.strip(), first_on=draft.first_on,
        months_before=draft.months_before, noted_on=on, by_id=by.person_id,
    )  # fmt: skip
    said = {"who": row.person.name, "kind": rules.KIND_WORDS[rules.Kind(draft.kind)], "since": _day(draft.since)}
    history.record(kinds.APPOINTED, by=by, on=on, about=row.pk, school=school.pk, facts=said)
    _changed(school.pk, on)
    return row


@atomic
def end_appointment(*, appointment: Appointment, last_day: date, by: Actor, on: date) -> Appointment:
    """Set the last day. When it has passed and nobody follows, the gap is told at once; else on its first day."""
    by.must(P.SENCO_APPOINT, appointment.school_id)
    refuse(rules.check_end(appointment.since, appointment.until, last_day))
    appointment.until = last_day
    appointment.save(update_fields=["until"])
    history.record(
        kinds.ENDED, by=by, on=on, about=appointment.pk, school=appointment.school_id,
        facts={"who": appointment.person.name, "last_day": _day(last_day)},
    )  # fmt: skip
    _changed(appointment.school_id, on)
    tell_gap(school=appointment.school_id, by=by, on=on)
    return appointment


@atomic
def note_course(*, appointment: Appointment, course: rules.Course, by: Actor, on: date) -> Qualification:
    """Note one of the two qualifications for whoever holds an appointment, or bring what is noted up to date."""
    by.must(P.SENCO_APPOINT, appointment.school_id)
    refuse(rules.check_course(course, on=on))
    row, _ = Qualification.objects.update_or_create(
        school_id=appointment.school_id, person_id=appointment.person_id, award=course.award,
        defaults={
            "provider": course.provider.strip(), "started_on": course.started_on, "expected_on": course.expected_on,
            "awarded_on": course.awarded_on, "certificate": course.certificate.strip(), "noted_on": on,
            "by_id": by.person_id,
        },
    )  # fmt: skip
    how = f"held since {_day(course.awarded_on)}" if course.awarded_on else "on the course"
    facts = {"award": rules.AWARD_WORDS[rules.Award(course.award)], "who": appointment.person.name, "how": how}
    history.record(kinds.QUALIFICATION, by=by, on=on, about=row.pk, school=appointment.school_id, facts=facts)
    _changed(appointment.school_id, on)
    return row


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours a week for the role and its administrative help; percent of the former that may be lost."""

    hours: Decimal
    admin: Decimal
    limit: int
    since: date


@atomic
def agree_hours(*, school: School, draft: Hours, by: Actor, on: date) -> Agreed:
    """Agree hours from a day on. What is agreed again on one day replaces what was agreed."""
    by.must(P.SENCO_APPOINT, school.pk)
    refuse(rules.check_agreed(draft.hours, draft.admin, draft.limit))
    row, _ = Agreed.objects.update_or_create(
        school=school, since=draft.since,
        defaults={"hours": draft.hours, "admin": draft.admin, "limit": draft.limit, "by_id": by.person_id},
    )  # fmt: skip
    history.record(
        kinds.AGREED,
        by=by,
        on=on,
        about=row.pk,
        school=school.pk,
        hours=rules.plain(draft.hours),
        admin=rules.plain(draft.admin),
    )
    touch(school=school.pk, slice_="workforce")
    return row


@dataclass(frozen=True, slots=True)
class WeekDraft:
    """A week as the SENCO notes it: hours used, help given, and what was lost to what."""

    monday: date
    used: Decimal
    admin_given: Decimal
    lost: Mapping[str, Decimal]


@atomic
def note_week(*, school: School, draft: WeekDraft, by: Actor, on: date) -> Week:
    """Note what became of a week's hours. The headteacher is told once a term when more is lost than is allowed."""
    by.must(P.SENCO_SAY, school.pk)
    monday = rules.week_of(draft.monday)
    agreed = agreed_on(school.pk, monday + 6 * rules.DAY)
    lost = {why: hours for why, hours in draft.lost.items() if hours}
    refuse(
        _held_by(school.pk, by, on),
        rules.check_week(monday, draft.used, lost, agreed=agreed.hours if agreed else None, on=on),
    )
    assert agreed is not None
    row, _ = Week.objects.update_or_create(
        school=school, monday=monday,
        defaults={
            "agreed": agreed.hours, "admin_agreed": agreed.admin, "used": draft.used, "admin_given": draft.admin_given,
            "by_id": by.person_id,
        },
    )  # fmt: skip
    Lost.objects.filter(week=row).delete()
    Lost.objects.bulk_create(Lost(week=row, school=school, why=why, hours=hours) for why, hours in lost.items())
    facts = {
        "monday": _day(monday),
        "used": rules.plain(draft.used),
        "lost": rules.plain(sum(lost.values(), Decimal(0))),
    }
    history.record(kinds.WEEK, by=by, on=on, about=row.pk, school=school.pk, facts=facts)
    touch(school=school.pk, slice_="workforce")
    _tell_loss(school, on)
    return row


def _held_by(school: int, by: Actor, on: date) -> Refusal | None:
    holder = senco_of(school, on=on)
    if holder is not None and holder.person_id == by.person_id:
        return None
    return Refusal("The SENCO notes their own hours. Nobody else does it for them.", "used")


def _tell_loss(school: School, on: date) -> None:
    time, _ = term_of(school.pk, on=on)
    term = term_began(on, calendar_of(school.pk, on=on))
    for person in _holders(Q(role="head", school=school.pk), on):
        told = Notice.objects.filter(to_id=person, school=school, kind="senco.time", created_on__gte=term)
        if time.too_much and not told.exists():
            says = f"The SENCO at {school.short_name} has lost {time.share}% of the agreed hours this term."
            tell(person_id=person, school_id=school.pk, kind="senco.time", says=says, url=_url(school.pk), on=on)


@atomic
def say_view(*, school: School, enough: bool, words: str, by: Actor, on: date) -> View:
    """The SENCO's own word on their time. Refused for everybody else, whatever their post."""
    by.must(P.SENCO_SAY, school.pk)
    holder = senco_of(school.pk, on=on)
    refuse(
        rules.may_say(holder=holder.person_id if holder else None, by=by.person_id),
        None
        if enough or words.strip()
        else Refusal("Say what there is no time for, so that it can be changed.", "words"),
    )
    row = View.objects.create(school=school, person_id=by.person_id, enough=enough, words=words.strip(), on=on)
    said = "enough" if enough else "not enough"
    history.record(kinds.VIEW, by=by, on=on, about=row.pk, school=school.pk, said=said)
    touch(school=school.pk, slice_="workforce")
    for person in _holders(Q(role="head", school=school.pk), on):
        says = f"The SENCO at {school.short_name} has said whether their time is enough."
        tell(person_id=person, school_id=school.pk, kind="senco.view", says=says, url=_url(school.pk), on=on)
    return row


@atomic
def confirm(*, school: School, minuted_on: date, minute: str, by: Actor, on: date) -> Confirmation:
    """Note that the board looked at the post, with the minute that says so."""
    by.must(P.SENCO_CONFIRM, school.pk)
    refuse(
        Refusal("The meeting has to have been held.", "minuted_on") if minuted_on > on else None,
        None if minute.strip() else Refusal("Say which minute it is, so that somebody can look.", "minute"),
        None
        if senco_of(school.pk, on=on)
        else Refusal("Nobody is SENCO today, so there is nothing to confirm.", "minute"),
    )
    row = Confirmation.objects.create(
        school=school, minuted_on=minuted_on, minute=minute.strip(), on=on, by_id=by.person_id
    )
    history.record(kinds.CONFIRMED, by=by, on=on, about=row.pk, school=school.pk, day=_day(minuted_on))
    touch(school=school.pk, slice_="workforce")
    return row


@atomic
def tell_gap(*, school: int, by: Actor, on: date) -> bool:
    """Tell headteacher, chair and director that nobody is SENCO, once for each gap, on its first day.

    Without a chair of governors on the list every governor is told. The notice names nobody.
    """
    by.must(P.SENCO_POST, school)
    since = rules.gap_since(Appointment.objects.filter(school=school).values_list("since", "until"), on=on)
    if since is None or Told.objects.filter(school=school, since=since).exists():
        return False
    place = School.objects.get(pk=school)
    Told.objects.create(school=place, since=since, on=on)
    began = f"has had no SENCO since {_day(since)}" if since > date.min else "has no SENCO noted"
    for person in _who_is_told(school, on):
        says = f"{place.short_name} {began}. Every school has one, from the first day."
        tell(person_id=person, school_id=school, kind="senco.gap", says=says, url=_url(school), on=on)
    known = _day(since) if since > date.min else "before anything was noted"
    history.record(kinds.GAP, by=by, on=on, school=school, since=known)
    return True


def _who_is_told(school: int, on: date) -> list[int]:
    chair = _holders(Q(role="chair", school=school), on)
    governors = chair or _holders(Q(role__in=("governor", "link_governor"), school=school), on)
    others = _holders(Q(role="head", school=school) | Q(role="director", school=None), on)
    return sorted({*governors, *others})


def _holders(which: Q, on: date) -> list[int]:
    """The people who hold a post of these on a day."""
    held = Post.objects.filter(which, Q(until=None) | Q(until__gte=on), since__lte=on)
    found: Iterable[int] = held.values_list("person_id", flat=True).distinct()
    return sorted(found)


def _changed(school: int, on: date) -> None:
    touch(school=school, slice_="workforce")
    refresh(schools=[school], on=on, sources=["workforce"])


def _url(school: int) -> str:
    return f"/senco/{school}/"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
