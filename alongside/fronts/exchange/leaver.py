"""A pupil of ours as a record, to be written into a Common Transfer File for the next school."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from alongside.areas.register.models import Need, Status
from alongside.base.pupils.models import Contact, Enrolment, Pupil
from alongside.base.schools.models import School
from alongside.fronts.exchange.record import (
    Address,
    AttendanceRecord,
    ContactRecord,
    Establishment,
    FileHeader,
    FsmPeriod,
    LanguageRecord,
    Phone,
    PupilRecord,
    ResultRecord,
    SchoolRecord,
    SenNeed,
    SenPeriod,
    from_plain,
)
from alongside.law.calendar import academic_year

_R = TypeVar("_R")


def header_for(school: School, to: Establishment, *, made_at: str, on: date) -> FileHeader:
    """The header of a file from a school to another; its version is that of the school year."""
    year = academic_year(on).starts_in
    source = Establishment(
        la=school.la or None, number=school.establishment or None, urn=school.urn, name=school.name,
        academic_year=str(year),
    )  # fmt: skip
    return FileHeader(
        kind="ctf", document="Common Transfer File", version=f"{year % 100}.0", made_at=made_at, qualifier="full",
        supplier="ALONGSIDE", source=source, destination=to,
    )  # fmt: skip


def records_of(pupils: Sequence[Pupil], *, on: date) -> list[PupilRecord]:
    """Everything we hold about these pupils that a CTF can carry. A contact barred by a court order is left out."""
    ids = [pupil.pk for pupil in pupils]
    statuses = _by_pupil(Status.objects.filter(pupil__in=ids).order_by("since"))
    needs = _by_pupil(Need.objects.filter(pupil__in=ids, since__lte=on).order_by("rank"))
    contacts = _by_pupil(Contact.objects.filter(pupil__in=ids, barred=False).order_by("order", "pk"))
    places = _by_pupil(Enrolment.objects.filter(pupil__in=ids).select_related("at").order_by("since", "pk"))
    return [
        _record(
            pupil, number, statuses.get(pupil.pk, []), needs.get(pupil.pk, []), contacts.get(pupil.pk, []),
            places.get(pupil.pk, []), on,
        )
        for number, pupil in enumerate(pupils, start=1)
    ]  # fmt: skip


def _record(
    pupil: Pupil, number: int, statuses: Sequence[Status], needs: Sequence[Need], contacts: Sequence[Contact],
    places: Sequence[Enrolment], on: date,
) -> PupilRecord:  # fmt: skip
    more: dict[str, Any] = pupil.more
    now = [need for need in needs if need.until is None or need.until >= on]
    return PupilRecord(
        line=number,
        ordinal=number,
        upn=pupil.upn or None,
        former_upn=pupil.former_upn or None,
        uln=pupil.uln or None,
        uci=more.get("uci"),
        application=more.get("application"),
        surname=pupil.family_name,
        forename=pupil.given_name,
        middle_names=pupil.middle_names or None,
        preferred_surname=pupil.liked_family or pupil.family_name,
        preferred_forename=pupil.liked_name or pupil.given_name,
        former_surname=pupil.former_family or None,
        former_forename=more.get("former_forename"),
        born_on=pupil.born_on,
        sex=pupil.sex or None,
        nc_year=pupil.nc_year or None,
        ethnicity=pupil.ethnicity or None,
        ethnicity_source=pupil.ethnicity_source or None,
        languages=_many(LanguageRecord, more, "languages") or _language(pupil),
        medical=pupil.medical_flag,
        disabilities=tuple(more.get("disabilities", ())) or None,
        enrol_status=pupil.enrol_status or None,
        fsm_review=date.fromisoformat(more["fsm_review"]) if more.get("fsm_review") else None,
        fsm_periods=_many(FsmPeriod, more, "fsm_periods"),
        in_care=pupil.in_care,
        care_authority=pupil.care_authority or None,
        sen=tuple(SenPeriod(provision=row.code, start=row.since, end=row.until) for row in statuses) or None,
        needs=tuple(SenNeed(code=row.code, rank=row.rank) for row in now) or None,
        address=_address(pupil),
        phones=_many(Phone, more, "phones"),
        email=more.get("email"),
        contacts=tuple(_contact(row, order) for order, row in enumerate(contacts, start=1)) or None,
        attendance=_many(AttendanceRecord, more, "attendance"),
        results=_many(ResultRecord, more, "results"),
        schools=tuple(_school(row, pupil) for row in places) or None,
    )


def _many(kind: type[_R], more: dict[str, Any], name: str) -> tuple[_R, ...] | None:
    return tuple(from_plain(kind, each) for each in more.get(name, ())) or None


def _language(pupil: Pupil) -> tuple[LanguageRecord, ...] | None:
    return (LanguageRecord(code=pupil.language, kind="F"),) if pupil.language else None


def _address(pupil: Pupil) -> Address | None:
    if not pupil.address and not pupil.postcode:
        return None
    lines = pupil.address.splitlines()
    kept = [*lines[:4], ", ".join(lines[4:])] if len(lines) > 5 else lines  # the file has room for five
    return Address(lines=tuple(kept), postcode=pupil.postcode or None)


def _contact(row: Contact, order: int) -> ContactRecord:
    phones = tuple(Phone(number=each["number"], kind=each.get("type") or None) for each in row.phones)
    return ContactRecord(
        order=order,
        title=row.title or None,
        surname=row.family or None,
        forename=row.given or None,
        relationship=row.relationship or None,
        responsible=row.responsibility,
        address_as_pupil=row.lives_with,
        address=Address(lines=tuple(row.address.splitlines()[:5])) if row.address else None,
        phones=phones or None,
        email=row.email or None,
    )


def _school(row: Enrolment, pupil: Pupil) -> SchoolRecord:
    school = row.at
    return SchoolRecord(
        la=row.la or (school.la if school else "") or None,
        establishment=row.establishment or (school.establishment if school else "") or None,
        name=row.name or (school.name if school else "") or None,
        entered=row.since,
        left=row.until,
        reason=row.reason or None,
        last=True if row.at_id == pupil.school_id else None,
    )


def _by_pupil(rows: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.pupil_id, []).append(row)
    return found
