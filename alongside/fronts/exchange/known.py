"""Finding the pupils that a file is about, many at a time, and what Alongside knows of them.

By UPN, then former UPN, then the MIS's own number at this school. Never by name: a like name, birth date and
sex only raises a question for a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from alongside.areas.register.models import Need, Status
from alongside.base.pupils.models import Contact, Enrolment, Pupil
from alongside.base.pupils.names import fold
from alongside.fronts.exchange.compare import Held, Here, Known, Stretch
from alongside.fronts.exchange.models import LastSaid
from alongside.fronts.exchange.record import PupilRecord
from alongside.law import upn as upns

VALUES = (
    "upn", "former_upn", "uln", "mis_id", "family_name", "given_name", "middle_names", "liked_name", "liked_family",
    "former_family", "born_on", "sex", "nc_year", "class_name", "ethnicity", "ethnicity_source", "language", "eal",
    "fsm", "pupil_premium", "in_care", "care_authority", "service_child", "medical_flag", "enrol_status", "address",
    "postcode", "more", "entered_on", "left_on",
)  # fmt: skip
_DATES = frozenset({"born_on", "entered_on", "left_on"})


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a record is about: a known pupil, somebody who may be the same, or nobody yet."""

    record: PupilRecord  # without what cannot be taken over, such as a number that another pupil has
    known: Known | None = None
    maybe: Known | None = None
    reasons: tuple[str, ...] = ()


class Finder:
    """Finds the pupils of a chunk of records in a fixed number of queries. The wall must stand open to every school."""

    def __init__(self, here: Here, *, on: date, lock: bool = False) -> None:
        self.here, self.on, self._lock = here, on, lock
        self.pupils: dict[int, Pupil] = {}

    def find(self, records: Sequence[PupilRecord]) -> list[Found]:
        """Whom each record is about, in the same order."""
        by_number = self._by_number(records)
        by_name = self._by_name(records)
        matches = [by_number.match(record, by_name) for record in records]
        ids = {pupil.pk for match in matches for pupil in (match.pupil, match.maybe) if pupil}
        known = self._known(ids)
        return [
            Found(
                match.record,
                known[match.pupil.pk] if match.pupil else None,
                known[match.maybe.pk] if match.maybe else None,
                match.reasons,
            )
            for match in matches
        ]

    def _rows(self, condition: Q) -> QuerySet[Pupil]:
        rows = Pupil.objects.filter(condition).select_related("school")
        return rows.select_for_update(of=("self",), no_key=True) if self._lock else rows

    def _keep(self, rows: Iterable[Pupil]) -> list[Pupil]:
        return [self.pupils.setdefault(row.pk, row) for row in rows]

    def _by_number(self, records: Sequence[PupilRecord]) -> _Numbers:
        own = {record.upn for record in records if record.upn}
        former = {record.former_upn for record in records if record.former_upn}
        mis = {record.mis_id for record in records if record.mis_id}
        found: list[Pupil] = []
        # Apart, because PostgreSQL would read the whole table for all three at once; and with "not empty" said,
        # without which it does not see that its indexes serve.
        for condition in (
            Q(upn__any_of=own | former) & ~Q(upn=""), Q(former_upn__any_of=own),
            Q(school_id=self.here.id, mis_id__any_of=mis) & ~Q(mis_id=""),
        ):  # fmt: skip
            found += self._keep(self._rows(condition))
        return _Numbers(found, self.here)

    def _by_name(self, records: Sequence[PupilRecord]) -> dict[tuple[str, str, date], list[Pupil]]:
        days = {record.born_on for record in records if record.born_on}
        families = {record.surname for record in records if record.surname}
        alike: dict[tuple[str, str, date], list[Pupil]] = defaultdict(list)
        for pupil in self._keep(self._rows(Q(born_on__any_of=days, family_name__any_of=families))):
            alike[fold(pupil.given_name), fold(pupil.family_name), pupil.born_on].append(pupil)
        return alike

    def _known(self, ids: set[int]) -> dict[int, Known]:
        if not ids:
            return {}
        stretches, needs, had_needs = _stretches(ids), *_needs(ids, self.on)
        contacts, places = _contacts(ids), _places(ids)
        said = {row.pupil_id: row for row in LastSaid.objects.filter(pupil__in=ids)}
        return {
            pk: Known(
                id=pk,
                school_id=pupil.school_id,
                school=pupil.school.name,
                values=values_of(pupil),
                stretches=stretches[pk],
                needs=needs[pk],
                had_needs=pk in had_needs,
                contacts=contacts[pk],
                places=frozenset(places[pk]),
                said=said[pk].values if pk in said else {},
                kept=said[pk].kept if pk in said else {},
            )
            for pk in ids
            for pupil in [self.pupils[pk]]
        }


@dataclass(frozen=True, slots=True)
class _Match:
    record: PupilRecord
    pupil: Pupil | None = None
    maybe: Pupil | None = None
    reasons: tuple[str, ...] = ()


class _Numbers:
    """Pupils by every number they have."""

    def __init__(self, pupils: Sequence[Pupil], here: Here) -> None:
        self._upn = {pupil.upn: pupil for pupil in pupils if pupil.upn}
        self._former = {pupil.former_upn: pupil for pupil in pupils if pupil.former_upn}
        self._mis = {pupil.mis_id: pupil for pupil in pupils if pupil.mis_id and pupil.school_id == here.id}

    def match(self, record: PupilRecord, by_name: dict[tuple[str, str, date], list[Pupil]]) -> _Match:
        numbered = self._mis.get(record.mis_id or "")
        if pupil := self._upn.get(record.upn or ""):
            return self._without_foreign_number(record, pupil, numbered)
        if pupil := self._upn.get(record.former_upn or ""):
            match = self._without_foreign_number(record, pupil, numbered)
            return replace(match, reasons=(*match.reasons, f"Known here by the former UPN {pupil.upn}."))
        if pupil := self._former.get(record.upn or ""):
            older = replace(record, upn=None)
            match = self._without_foreign_number(older, pupil, numbered)
            return replace(match, reasons=(*match.reasons, f"{record.upn} is a former UPN; {pupil.upn} is kept."))
        if numbered:
            return _by_mis_number(record, numbered)
        return _alike(record, by_name)

    def _without_foreign_number(self, record: PupilRecord, pupil: Pupil, numbered: Pupil | None) -> _Match:
        if record.born_on and record.born_on != pupil.born_on and fold(record.forename or "") != fold(pupil.given_name):
            reason = (
                f"The UPN {pupil.upn} is that of {pupil.name}, but first name and date of birth are others. Is it the "
                "same pupil?"
            )
            return _Match(record, maybe=pupil, reasons=(reason,))
        if numbered is None or numbered.pk == pupil.pk:
            return _Match(record, pupil)
        reason = f"The MIS number {record.mis_id} belongs to {numbered.name} here; it is left out."
        return _Match(replace(record, mis_id=None), pupil, reasons=(reason,))


def _by_mis_number(record: PupilRecord, pupil: Pupil) -> _Match:
    """The MIS's own number is enough only while nothing speaks against it."""
    if record.born_on and record.born_on != pupil.born_on:
        reason = (
            f"The MIS number {record.mis_id} is that of {pupil.name}, but the date of birth is another. Is it the "
            "same pupil?"
        )
        return _Match(record, maybe=pupil, reasons=(reason,))
    if record.upn and pupil.upn and not upns.is_temporary(pupil.upn):
        reason = (
            f"The MIS number {record.mis_id} is that of {pupil.name}, whose UPN is {pupil.upn}. Is it the same pupil "
            "with a new UPN?"
        )
        return _Match(record, maybe=pupil, reasons=(reason,))
    if record.upn and pupil.upn:
        return _Match(replace(record, former_upn=record.former_upn or pupil.upn), pupil)
    return _Match(record, pupil)


def _alike(record: PupilRecord, by_name: dict[tuple[str, str, date], list[Pupil]]) -> _Match:
    if not (record.forename and record.surname and record.born_on):
        return _Match(record)
    for pupil in by_name.get((fold(record.forename), fold(record.surname), record.born_on), ()):
        if not record.sex or not pupil.sex or record.sex == pupil.sex:
            number = f"UPN {pupil.upn}" if pupil.upn else "no UPN"
            reason = (
                f"{pupil.name} at {pupil.school.name} ({number}) has the same name and date of birth. Is it the same "
                "pupil?"
            )
            return _Match(record, maybe=pupil, reasons=(reason,))
    return _Match(record)


def values_of(pupil: Pupil) -> dict[str, Any]:
    """A pupil's own values as plain ones, to be compared."""
    values = {name: getattr(pupil, name) for name in VALUES}
    return values | {name: values[name].isoformat() if values[name] else None for name in _DATES}


def _stretches(ids: set[int]) -> defaultdict[int, list[Stretch]]:
    found: defaultdict[int, list[Stretch]] = defaultdict(list)
    rows = Status.objects.filter(pupil__in=ids).order_by("since")
    for row in rows:
        ours = row.source == "school" or row.decision_id is not None or row.ended_by_id is not None
        found[row.pupil_id].append(Stretch(row.pk, row.code, row.since, row.until, ours))
    return found


def _needs(ids: set[int], on: date) -> tuple[defaultdict[int, list[Held]], set[int]]:
    found: defaultdict[int, list[Held]] = defaultdict(list)
    had: set[int] = set()
    for row in Need.objects.filter(pupil__in=ids).order_by("rank"):
        had.add(row.pupil_id)
        if row.until is None or row.until >= on:
            found[row.pupil_id].append(Held(row.pk, row.code, row.rank, row.since, row.source == "school"))
    return found, had


def _contacts(ids: set[int]) -> defaultdict[int, list[dict[str, Any]]]:
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    names = ("id", "given", "family", "title", "relationship", "responsibility", "lives_with", "phones", "email",
             "address", "barred")  # fmt: skip
    for pupil, *values in Contact.objects.filter(pupil__in=ids).values_list("pupil_id", *names):
        found[pupil].append(dict(zip(names, values, strict=True)))
    return found


def _places(ids: set[int]) -> defaultdict[int, set[tuple[str, str, str]]]:
    found: defaultdict[int, set[tuple[str, str, str]]] = defaultdict(set)
    names = ("pupil_id", "la", "establishment", "at__la", "at__establishment", "since")
    for pupil, la, number, at_la, at_number, since in Enrolment.objects.filter(pupil__in=ids).values_list(*names):
        found[pupil].add((la or at_la or "", number or at_number or "", since.isoformat() if since else ""))
    return found
