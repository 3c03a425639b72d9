"""Whether what a file says about a pupil can be true. Pure: the day is an argument, nothing is looked up.

A pupil with a fault that refuses is not brought in. What only warns is named, and the part of the record
that cannot be used is left out, so that one odd telephone number does not cost a pupil.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from alongside.fronts.exchange.record import ContactRecord, PupilRecord, SenNeed, SenPeriod, Unit
from alongside.fronts.exchange.words import field_words
from alongside.kit.tables.faults import Fault, Severity
from alongside.law import codes, thresholds, upn
from alongside.law.calendar import academic_year, age_on

OLDEST = int(thresholds.OLDEST_PUPIL.value)
_DAY = timedelta(days=1)

# How much of each text there is room for. Names and numbers that are longer refuse the pupil.
_ROOM = {
    "surname": 80, "forename": 80, "mis_id": 40, "middle_names": 120, "preferred_surname": 80,
    "preferred_forename": 80, "former_surname": 80, "group": 20, "care_authority": 3, "ethnicity_source": 1,
}  # fmt: skip
Better = dict[str, Any]  # field → what the record should say instead
_LAST = 1_000  # the rank of a need without one
_MUST_FIT = frozenset({"surname", "forename", "mis_id"})


@dataclass(frozen=True, slots=True)
class Checked:
    """A record with what cannot be used left out, and everything that was found wrong."""

    record: PupilRecord
    faults: tuple[Fault, ...]

    @property
    def refused(self) -> bool:
        return any(fault.refuses for fault in self.faults)


def check(record: PupilRecord, *, on: date, has_names: bool = True) -> Checked:
    """Check one pupil's record as it stands on a day. `has_names` is false for files that carry none."""
    faults = list(record.faults)
    better: Better = {"faults": ()} if faults else {}
    for found in (_identity(record, has_names), _birth(record, on), _dates(record), _letters(record)):
        faults += found
    for part in (_fitting, _contacts):
        better |= part(record, faults)
    better |= _sen(record, on, faults)
    better |= _needs(record, better.get("sen", record.sen), on, faults)
    return Checked(replace(record, **better) if better else record, tuple(faults))


class Seen:
    """The pupils of one file so far: the same UPN or MIS number twice is one pupil too many."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit.value
        self._lines: dict[tuple[str, str], int] = {}

    def again(self, record: PupilRecord) -> Fault | None:
        """The fault that this pupil has come before in the file, naming both lines."""
        for field in ("upn", "mis_id"):
            value = getattr(record, field)
            if value is None:
                continue
            first = self._lines.setdefault((field, value), record.line)
            if first != record.line:
                return Fault(
                    record.line, field,
                    f"The {field_words(field)} {value} stands in {self.unit} {first} already, so this one is left "
                    "out. If the report has a row for each need, sort it by pupil so that they stand together.",
                )  # fmt: skip
        return None


def needs_a_need(record: PupilRecord, on: date) -> Fault | None:
    """The census refuses a pupil with support or a plan and no type of need (validation 2170)."""
    now = current(record.sen or (), on)
    if now is None or now.provision not in ("K", "E") or record.needs:
        return None
    return _warn(
        record, "needs", f"The pupil has {codes.PROVISIONS.words(now.provision)}, but no type of need. The school "
        "census in January needs one.",
    )  # fmt: skip


def current(periods: Sequence[SenPeriod], on: date) -> SenPeriod | None:
    """The period that holds on a day: the last to start that has not ended; one without a start holds now."""
    held = [
        period for period in periods
        if (period.start is None or period.start <= on) and (period.end is None or period.end >= on)
    ]  # fmt: skip
    return max(held, key=lambda period: period.start or date.max, default=None)


# --- the parts -----------------------------------------------------------------------------------------


def _fault(record: PupilRecord, field: str, reason: str) -> Fault:
    return Fault(record.line, field, reason)


def _warn(record: PupilRecord, field: str, reason: str) -> Fault:
    return Fault(record.line, field, reason, Severity.WARN)


def _identity(record: PupilRecord, has_names: bool) -> Iterator[Fault]:
    if record.upn is None and record.mis_id is None:
        yield _fault(record, "upn", "There is no UPN and no MIS number, and pupils are never matched by name.")
    elif record.upn and (wrong := upn.fault(record.upn)):
        yield _fault(record, "upn", wrong)
    if record.former_upn and (wrong := upn.fault(record.former_upn)):
        yield _warn(record, "former_upn", f"{wrong} The former UPN is left out.")
    if has_names:
        for field in ("surname", "forename"):
            if not getattr(record, field) and not any(fault.field in (field, "full_name") for fault in record.faults):
                yield _fault(record, field, f"The {field} is missing.")


def _birth(record: PupilRecord, on: date) -> Iterator[Fault]:
    born = record.born_on
    if born is None:
        return
    age = age_on(born, on)
    if born > on:
        yield _fault(record, "born_on", f"The date of birth, {_day(born)}, lies in the future.")
    elif age > OLDEST:
        yield _fault(
            record, "born_on",
            f"This child would be {age}. Check the year of birth: you typed {born.year}.",
        )  # fmt: skip
    elif record.nc_year and record.nc_year.isdigit():
        usual = age_on(born, academic_year(on).first - _DAY) - 4
        if abs(int(record.nc_year) - usual) > 2:
            yield _warn(
                record, "nc_year",
                f"A child born on {_day(born)} is usually in {codes.year_words(str(usual) if usual > 0 else 'R')}, "
                f"not in {codes.year_words(record.nc_year)}. Check both.",
            )  # fmt: skip


def _dates(record: PupilRecord) -> Iterator[Fault]:
    if record.entered_on and record.left_on and record.left_on < record.entered_on:
        yield _fault(
            record, "left_on",
            f"The pupil leaves on {_day(record.left_on)}, before entering on {_day(record.entered_on)}.",
        )  # fmt: skip
    if record.born_on and record.entered_on and record.entered_on < record.born_on:
        yield _fault(record, "entered_on", f"The date of entry, {_day(record.entered_on)}, lies before the birth.")


def _letters(record: PupilRecord) -> Iterator[Fault]:
    for field in ("surname", "forename"):
        value = getattr(record, field) or ""
        if "?" in value or "\ufffd" in value:
            yield _warn(
                record, field,
                f"'{value}' holds a question mark: the program that wrote the file could not write every letter.",
            )  # fmt: skip


def _fitting(record: PupilRecord, faults: list[Fault]) -> Better:
    better: Better = {}
    for field, room in _ROOM.items():
        value = getattr(record, field)
        if value is None or len(value) <= room:
            continue
        better[field] = None
        reason = f"The {field_words(field)} is longer than {room} characters"
        must_fit = field in _MUST_FIT
        faults.append(_fault(record, field, f"{reason}.") if must_fit else _left_out(record, field, f"{reason}."))
    if record.uln and not (len(record.uln) == 10 and record.uln.isdigit()):
        better["uln"] = None
        faults.append(_left_out(record, "uln", f"'{record.uln}' is not a unique learner number of ten digits."))
    if record.former_upn and upn.fault(record.former_upn):
        better["former_upn"] = None
    postcode = record.address.postcode if record.address else None
    if record.address and postcode and len(postcode) > 8:
        better["address"] = replace(record.address, postcode=None)
        faults.append(_left_out(record, "postcode", f"'{postcode[:20]}' is not a postcode."))
    return better


def _left_out(record: PupilRecord, field: str, reason: str) -> Fault:
    return _warn(record, field, f"{reason} It is left out.")


def _sen(record: PupilRecord, on: date, faults: list[Fault]) -> Better:
    """Retired statuses become today's, with a note; dates that cannot be refuse; the periods come out in order."""
    if not record.sen:
        return {}
    periods = [_today(record, period, faults) for period in record.sen]
    if len(periods) > 1 and any(period.start is None for period in periods):
        faults.append(_left_out(record, "sen_start", "One of several SEN periods has no start date."))
        periods = [period for period in periods if period.start] or periods[:1]
    periods.sort(key=lambda period: period.start or date.max)
    for period in periods:
        faults += _sen_dates(record, period, on)
    faults += _overlaps(record, periods)
    return {} if record.sen == tuple(periods) else {"sen": tuple(periods)}


def _today(record: PupilRecord, period: SenPeriod, faults: list[Fault]) -> SenPeriod:
    entry = codes.PROVISIONS[period.provision]
    if not entry.into:
        return period
    faults.append(_no_longer(record, "sen_provision", entry, codes.PROVISIONS))
    return replace(period, provision=entry.into)


def _no_longer(record: PupilRecord, field: str, entry: codes.Entry, of: codes.CodeList) -> Fault:
    new = f"{entry.into} ({of.words(entry.into)})"
    return _warn(record, field, f"{entry.code} ({entry.words}) is no longer used; it is read as {new}.")


def _sen_dates(record: PupilRecord, period: SenPeriod, on: date) -> Iterator[Fault]:
    what = codes.PROVISIONS.words(period.provision)
    if period.start and period.end and period.end < period.start:
        yield _fault(record, "sen_end", f"{what} ends on {_day(period.end)}, before it starts on {_day(period.start)}.")
    if period.start and record.born_on and period.start < record.born_on:
        yield _fault(record, "sen_start", f"{what} starts on {_day(period.start)}, before the pupil was born.")
    if period.start and period.start > on:
        yield _warn(record, "sen_start", f"{what} starts on {_day(period.start)}, which is still to come.")


def _overlaps(record: PupilRecord, periods: Sequence[SenPeriod]) -> Iterator[Fault]:
    dated = [period for period in periods if period.start]
    for earlier, later in pairwise(dated):
        assert earlier.start
        assert later.start
        one, two = codes.PROVISIONS.words(earlier.provision), codes.PROVISIONS.words(later.provision)
        if earlier.start == later.start:
            yield _fault(record, "sen_start", f"{one} and {two} both start on {_day(later.start)}.")
        elif earlier.end and earlier.end >= later.start and earlier.provision != "N":
            yield _fault(
                record, "sen_start",
                f"{one} ends on {_day(earlier.end)}, but {two} starts on {_day(later.start)}: they overlap.",
            )  # fmt: skip


def _needs(record: PupilRecord, sen: Sequence[SenPeriod] | None, on: date, faults: list[Fault]) -> Better:
    """Retired types become today's; a type that is not valid yet refuses; NSA beside a plan is left out."""
    if not record.needs:
        return {}
    now = current(sen or (), on)
    kept: dict[str, SenNeed] = {}
    for need in record.needs:
        entry = codes.NEED_TYPES[need.code]
        if on < entry.valid_from:
            faults.append(_fault(record, "need_type", codes.NEED_TYPES.fault(need.code, on) or ""))
            continue
        if on > entry.valid_to and entry.into:
            faults.append(_no_longer(record, "need_type", entry, codes.NEED_TYPES))
            need = replace(need, code=entry.into)
        if now and now.provision == "E" and (wrong := codes.may_hold("E", need.code)):
            faults.append(_left_out(record, "need_type", wrong))
            continue
        if need.start and need.end and need.end < need.start:
            faults.append(_fault(record, "need_end", f"The need {need.code} ends before it starts."))
        if need.code in kept:
            faults.append(_left_out(record, "need_type", f"The need {need.code} stands twice."))
            continue
        kept[need.code] = need
    faults += _rank_faults(record, kept.values(), on)
    ranked = _ranked(kept.values(), on)
    return {} if record.needs == ranked else {"needs": ranked or None}


def _rank_faults(record: PupilRecord, needs: Iterable[SenNeed], on: date) -> Iterator[Fault]:
    ranks = [need.rank for need in needs if need.rank and _holds(need, on)]
    if len(set(ranks)) < len(ranks):
        yield _warn(record, "need_rank", "Two needs have the same rank; they are ranked in the order of the file.")


def _ranked(needs: Iterable[SenNeed], on: date) -> tuple[SenNeed, ...]:
    """Needs that hold, in the order of their ranks and numbered 1, 2, …; those without a rank come last."""
    held = [need for need in needs if _holds(need, on)]
    held.sort(key=lambda need: need.rank or _LAST)
    return tuple(
        replace(need, rank=number) if need.rank != number else need for number, need in enumerate(held, start=1)
    )


def _holds(need: SenNeed, on: date) -> bool:
    return need.end is None or need.end >= on


def _contacts(record: PupilRecord, faults: list[Fault]) -> Better:
    if not record.contacts:
        return {}
    kept = []
    for contact in record.contacts:
        if not contact.surname and not contact.forename:
            faults.append(_left_out(record, "contacts", "A contact has no name."))
        else:
            kept.append(_contact(record, contact, faults))
    return {} if record.contacts == tuple(kept) else {"contacts": tuple(kept) or None}


def _contact(record: PupilRecord, contact: ContactRecord, faults: list[Fault]) -> ContactRecord:
    better: Better = {}
    if contact.email and ("@" not in contact.email or len(contact.email) > 254):
        better["email"] = None
        faults.append(_left_out(record, "email", f"'{contact.email[:60]}' is not an e-mail address."))
    for field, room in (("surname", 80), ("forename", 80), ("title", 20)):
        value = getattr(contact, field)
        if value and len(value) > room:
            better[field] = value[:room]
    return replace(contact, **better) if better else contact


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
