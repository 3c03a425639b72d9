"""Pages of telling: who has confirmed, by school and by name; register families; partners; a starter's induction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from alongside.areas.policy import shipped
from alongside.areas.policy.models import FamilyNotice, Reading, Stakeholder, Version
from alongside.areas.policy.queries import reading_of
from alongside.areas.policy.rules import check_overdue
from alongside.base.access.actor import Actor
from alongside.base.access.models import Gate, Inducted, Post
from alongside.base.access.roles import INDUCTED_ROLES, STAFF_ROLES, Permission
from alongside.base.pupils.models import Contact
from alongside.base.schools.models import School
from alongside.base.schools.queries import calendars
from alongside.kit import NotFound
from alongside.law import codes, thresholds
from alongside.law.calendar import SchoolCalendar, add_school_days

P = Permission
_STAFF = int(thresholds.POLICY_CONFIRM_STAFF)
_FAMILY = int(thresholds.POLICY_NOTICE_FAMILY)
_ENGLISH_OR_NOT_KNOWN = ("ENG", "ENB", "OTB", "OTH", "REF", "NOT")
_INDUCTION = int(thresholds.INDUCTION_DAYS)
_SMALL = int(thresholds.SMALL_NUMBER)


def _current() -> Version:
    """Raises NotFound while no version is current: nobody has been told of anything."""
    version = Version.objects.current().first()
    if version is None:
        raise NotFound
    return version


def _by(reading: Reading, calendar: SchoolCalendar) -> date:
    """The day by which somebody confirms, in school days after they were told; at induction after their first day."""
    return add_school_days(reading.told_on, _INDUCTION if reading.starter else _STAFF, calendar)


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """How a school's staff, or the trust's own, stand."""

    school_id: int | None
    name: str
    told: int
    confirmed: int
    late: int
    families: int | None  # none: too few to be said to whoever may not know whose they are
    reached: int | None


@dataclass(frozen=True, slots=True)
class NoticesPage:
    version: Version
    lines: tuple[SchoolLine, ...]
    told: int
    confirmed: int
    late: int
    by: date | None
    partners: int
    partners_told: int
    keeps: bool
    days: tuple[int, int, int] = (_STAFF, _INDUCTION, _FAMILY)  # school days for staff, for new staff, for families


def notices_page(actor: Actor, *, on: date) -> NoticesPage:
    """Counts by school for whoever sees confirmations there. Raises NotFound while no version is current."""
    version = _current()
    schools = {s.pk: s.short_name for s in School.objects.filter(pk__in=actor.schools(P.POLICY_CONFIRMATIONS))}
    readings = list(Reading.objects.filter(_still_here(on), _seen(actor, schools), version=version))
    days = calendars(schools, on=on)
    ids = [*schools, None] if actor.may(P.DUTIES_TRUST) else list(schools)
    families = _families(version, schools, on)
    named = actor.schools(P.FAMILY_INVITE)
    lines = tuple(
        _line(school, schools, readings, days, _shown(families.get(school or 0, (0, 0)), named=school in named), on)
        for school in ids
    )
    first = next(iter(days.values()), None)
    partners = Stakeholder.objects.filter(ended_on=None)
    return NoticesPage(
        version, tuple(line for line in lines if line.told or line.families != 0), sum(line.told for line in lines),
        sum(line.confirmed for line in lines), sum(line.late for line in lines),
        add_school_days(version.current_since or on, _STAFF, first) if first else None, partners.count(),
        partners.filter(told__version=version).count(), actor.may(P.POLICY_KEEP),
    )  # fmt: skip


def _still_here(on: date) -> Q:
    """Readings of whoever is on the staff today, and of those on a sheet by name: who has left confirms nothing."""
    posts = Post.objects.filter(person=OuterRef("person"), role__in=STAFF_ROLES, since__lte=on).exclude(until__lt=on)
    return Q(person=None) | Q(Exists(posts))


def _seen(actor: Actor, schools: dict[int, str]) -> Q:
    trusts_own = Q(school=None) if actor.may(P.DUTIES_TRUST) else Q(pk__in=())
    return Q(school__in=schools) | trusts_own


def _families(version: Version, schools: dict[int, str], on: date) -> dict[int, tuple[int, int]]:
    """By school: families to be told, and those whom it reached; without those of pupils who have left."""
    reached = Q(read_on__isnull=False) | Q(letter_on__isnull=False) | Q(failed_on=None, sent_on__isnull=False)
    told = FamilyNotice.objects.filter(version=version, school__in=schools).exclude(pupil__left_on__lt=on)
    counted = told.order_by().values("school").annotate(all=Count("pk"), there=Count("pk", filter=reached))
    return {row["school"]: (row["all"], row["there"]) for row in counted}


def _shown(told: tuple[int, int], *, named: bool) -> tuple[int | None, int | None]:
    """Families told and reached, for whoever may not name them only where each of the parts is large enough."""
    families, reached = told
    small = any(0 < number < _SMALL for number in (reached, families - reached))
    return (None, None) if small and not named else (families, reached)


def _line(
    school: int | None, schools: dict[int, str], readings: list[Reading], days: Mapping[int, SchoolCalendar],
    families: tuple[int | None, int | None], on: date,
) -> SchoolLine:  # fmt: skip
    here = [reading for reading in readings if reading.school_id == school]
    calendar = days.get(school or 0) or next(iter(days.values()), SchoolCalendar())
    waiting = [reading for reading in here if reading.confirmed_on is None]
    return SchoolLine(
        school, schools.get(school or 0, "The trust’s own staff"), len(here), len(here) - len(waiting),
        sum(1 for reading in waiting if _by(reading, calendar) < on), *families,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class StaffRow:
    reading: Reading
    name: str
    by: date
    late: bool


@dataclass(frozen=True, slots=True)
class StaffPage:
    """A school's staff by name."""

    school: School
    version: Version
    waiting: tuple[StaffRow, ...]
    confirmed: tuple[StaffRow, ...]
    sheet: tuple[StaffRow, ...]
    starters: tuple[tuple[str, date], ...]  # began since the gate and have not opened anything yet
    names: bool  # this person sees who has not confirmed; the office sees the sheet alone
    keeps_sheet: bool


def staff_page(actor: Actor, school_id: int, *, on: date) -> StaffPage:
    """Who at a school has confirmed. Raises NotFound for a school that is not this person's."""
    names = actor.may(P.POLICY_CONFIRMATIONS, school_id)
    if not names and not actor.may(P.POLICY_SHEET, school_id):
        raise NotFound
    school = School.objects.filter(pk=school_id).first()
    if school is None:
        raise NotFound
    version = _current()
    calendar = calendars([school_id], on=on)[school_id]
    found = Reading.objects.filter(_still_here(on), version=version, school=school).select_related("person")
    rows = [
        StaffRow(reading, reading.who, (day := _by(reading, calendar)), reading.confirmed_on is None and day < on)
        for reading in found
    ]
    rows.sort(key=lambda row: (row.name.split(" ")[-1], row.name))
    own = [row for row in rows if not row.reading.on_sheet] if names else []
    return StaffPage(
        school, version, tuple(row for row in own if row.reading.confirmed_on is None),
        tuple(row for row in own if row.reading.confirmed_on is not None), tuple(row for row in rows if row.reading.on_sheet),
        _starters(school_id, version, on) if names else (),
        names, actor.may(P.POLICY_SHEET, school_id),
    )  # fmt: skip


def _starters(school_id: int, version: Version, on: date) -> tuple[tuple[str, date], ...]:
    """Who began at a school since new staff are inducted, and has neither been inducted nor opened anything."""
    gate = Gate.objects.order_by("since").first()
    if gate is None:
        return ()
    begun = Reading.objects.filter(version=version, person__isnull=False).values("person")
    done_ = Inducted.objects.filter(done_on__gte=gate.since).values("person")
    posts = Post.objects.filter(school=school_id, role__in=INDUCTED_ROLES, since__gte=gate.since, since__lte=on)
    there = posts.exclude(until__lt=on).exclude(person__in=begun).exclude(person__in=done_)
    return tuple((post.person.name, post.since) for post in there.select_related("person").order_by("since", "pk"))


def find_reading(actor: Actor, reading_id: int) -> Reading:
    """One's own, or one of a school whose confirmations or sheet one keeps. Raises NotFound."""
    reading = Reading.objects.visible_to(actor).select_related("version", "person").filter(pk=reading_id).first()
    if reading is None:
        raise NotFound
    return reading


def sheet_reading(actor: Actor, reading_id: int) -> Reading:
    """One of a sheet that this person keeps. Raises NotFound."""
    reading = find_reading(actor, reading_id)
    if reading.school_id is None or not actor.may(P.POLICY_SHEET, reading.school_id):
        raise NotFound
    return reading


# --- Families -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FamilyRow:
    notice: FamilyNotice
    pupil: str
    pupil_id: int
    to: str
    reach: str
    stands: str  # in words
    state: str  # of the marks


@dataclass(frozen=True, slots=True)
class FamiliesPage:
    school: School
    version: Version
    to_do: tuple[FamilyRow, ...]
    done: tuple[FamilyRow, ...]
    by: date
    schools: tuple[tuple[int, str, bool], ...]


def families_page(actor: Actor, school_id: int, *, on: date) -> FamiliesPage:
    """The register families of a school: to whom a letter has to go, and whom the change reached. Raises NotFound."""
    if not actor.may(P.FAMILY_INVITE, school_id):
        raise NotFound
    version = _current()
    school = School.objects.get(pk=school_id)
    found = FamilyNotice.objects.visible_to(actor).filter(version=version, school=school).exclude(pupil__left_on__lt=on)
    by = add_school_days(version.current_since or on, _FAMILY, calendars([school_id], on=on)[school_id])
    rows = [
        _family(notice, by, on) for notice in found.select_related("pupil", "contact").order_by("pupil__sort_key", "pk")
    ]
    mine = School.objects.filter(pk__in=actor.schools(P.FAMILY_INVITE))
    return FamiliesPage(
        school, version, tuple(row for row in rows if row.state != "met"), tuple(row for row in rows if row.state == "met"),
        by, tuple((each.pk, each.short_name, each.pk == school_id) for each in mine),
    )  # fmt: skip


def _family(notice: FamilyNotice, by: date, on: date) -> FamilyRow:
    contact = notice.contact
    reach = _reach(contact) if contact else ""
    state, stands = _stands(notice, by, on)
    return FamilyRow(
        notice,
        notice.pupil.name,
        notice.pupil_id,
        contact.name if contact else "Nobody to write to",
        reach,
        stands,
        state,
    )


def _reach(contact: Contact) -> str:
    """'in Polish, ring after 3': the language once, and what they like."""
    language = _language(contact.language)
    said = language.removeprefix("in ") in contact.reach
    return ", ".join(filter(None, ("" if said else language, contact.reach)))


def _language(code: str) -> str:
    """'in Polish'; nothing for English and where it is not known."""
    entry = codes.LANGUAGES.get(code)
    return "" if entry is None or code in _ENGLISH_OR_NOT_KNOWN else f"in {entry.words}"


def _stands(notice: FamilyNotice, by: date, on: date) -> tuple[str, str]:
    if notice.read_on:
        return "met", "Read"
    if notice.letter_on:
        return "met", "Letter sent after it failed"
    if notice.failed_on:
        return "at_risk", "Did not arrive: send a letter"
    if notice.delivered_on:
        return "met", "On their page"
    if notice.sent_on:
        return "met", "Letter sent"
    return ("overdue", "Letter is late") if by < on else ("due", "Letter to send")


def find_notice(actor: Actor, notice_id: int) -> FamilyNotice:
    """Raises NotFound unless it is of a school whose families this person writes to."""
    notice = FamilyNotice.objects.visible_to(actor).filter(pk=notice_id).first()
    if notice is None:
        raise NotFound
    return notice


def family_summary() -> tuple[str, tuple[str, ...]]:
    """What changed, for families: when, and line by line. Raises NotFound where nothing was said to them."""
    version = _current()
    if not version.family_summary:
        raise NotFound
    return f"{version.issue_on:%B %Y}", tuple(filter(str.strip, version.family_summary.splitlines()))


# --- Partners -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PartnerRow:
    partner: Stakeholder
    told_on: date | None
    overdue: bool  # not checked for a year


@dataclass(frozen=True, slots=True)
class PartnersPage:
    version: Version | None
    rows: tuple[PartnerRow, ...]
    untold: int


def partners_page(*, on: date) -> PartnersPage:
    """Those outside who hear of a change, and who of them has heard of the current version."""
    version = Version.objects.current().first()
    told = dict(version.told.values_list("stakeholder", "told_on")) if version else {}
    rows = tuple(
        PartnerRow(partner, told.get(partner.pk), check_overdue(partner.checked_on, on=on))
        for partner in Stakeholder.objects.filter(ended_on=None)
    )
    return PartnersPage(version, rows, sum(1 for row in rows if row.told_on is None))


def find_partner(partner_id: int) -> Stakeholder:
    """Raises NotFound."""
    partner = Stakeholder.objects.filter(pk=partner_id, ended_on=None).first()
    if partner is None:
        raise NotFound
    return partner


# --- Induction ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class InductionPage:
    """The three steps of a new member of staff."""

    opened: bool
    summary: bool
    summary_lines: tuple[str, ...]
    by: date


def first_day(actor: Actor, *, on: date) -> date:
    """Since when a new member of staff has been here: the days of an induction are counted from it (S19-06)."""
    posts = Post.objects.filter(person=actor.person_id, role__in=INDUCTED_ROLES, since__lte=on).exclude(until__lt=on)
    return posts.order_by("since").values_list("since", flat=True).first() or on


def induction_page(actor: Actor, *, on: date) -> InductionPage:
    """For somebody who is being inducted. Raises NotFound for everybody else, and while no version is current."""
    if not actor.inducting:
        raise NotFound
    _current()
    mine = reading_of(actor)
    school = next((post.school_id for post in actor.posts if post.school_id is not None), 0)
    began = mine.told_on if mine else first_day(actor, on=on)
    by = add_school_days(began, _INDUCTION, calendars([school], on=on)[school])
    return InductionPage(bool(mine and mine.opened_on), bool(mine and mine.summary_on), shipped.summary(), by)
