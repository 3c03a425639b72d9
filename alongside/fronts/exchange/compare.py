"""What a record would change about a pupil as Alongside knows them. Pure.

Three rules. What a file does not say changes nothing. What was typed here since a file last said otherwise is
never overwritten: it is a conflict, and a person decides. A conflict that was decided against the file is not
asked again until the file says something new.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from alongside.base.pupils.names import fold
from alongside.fronts.exchange.check import current
from alongside.fronts.exchange.record import Address, ContactRecord, PupilRecord, SenPeriod, to_plain
from alongside.law import codes
from alongside.law.calendar import DAY


@dataclass(frozen=True, slots=True)
class Here:
    """The school that the file is brought in for."""

    id: int
    name: str
    la: str = ""
    establishment: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of SEN support or plan that stands. `ours`: decided or ended here, not taken from a file."""

    id: int
    code: str
    since: date
    until: date | None
    ours: bool


@dataclass(frozen=True, slots=True)
class Held:
    """A type of need that holds today."""

    id: int
    code: str
    rank: int
    since: date
    ours: bool


@dataclass(frozen=True, slots=True)
class Known:
    """A pupil as Alongside knows them when a file is compared."""

    id: int
    school_id: int
    school: str
    values: Mapping[str, Any]
    stretches: Sequence[Stretch] = ()
    needs: Sequence[Held] = ()
    had_needs: bool = False  # needs were recorded before, perhaps none today
    contacts: Sequence[Mapping[str, Any]] = ()
    places: frozenset[tuple[str, str, str]] = frozenset()  # schools of the past: LA, establishment, since
    said: Mapping[str, Any] = field(default_factory=dict)
    kept: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that would change. `conflict`: both sides have said something, and a person decides."""

    field: str
    ours: Any
    theirs: Any
    conflict: bool = False


@dataclass(slots=True)
class Writes:
    """What to write about one pupil. Dates are dates; ids are those of rows that stand."""

    pupil: dict[str, Any] = field(default_factory=dict)
    sen_add: list[tuple[str, date, date | None]] = field(default_factory=list)
    sen_set: dict[int, tuple[date, date | None]] = field(default_factory=dict)
    sen_drop: list[int] = field(default_factory=list)
    need_add: list[tuple[str, int, date]] = field(default_factory=list)
    need_end: dict[int, date] = field(default_factory=dict)
    need_drop: list[int] = field(default_factory=list)
    contact_add: list[dict[str, Any]] = field(default_factory=list)
    contact_set: dict[int, dict[str, Any]] = field(default_factory=dict)
    place_add: list[dict[str, Any]] = field(default_factory=list)
    group: str | None = None
    move_from: int | None = None
    said: dict[str, Any] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def sen_codes(self) -> list[str]:
        return [*(code for code, _, _ in self.sen_add), *(code for code, _, _ in self.need_add)]


@dataclass(slots=True)
class Outcome:
    """What a record comes to: changes to show, sentences to read, and what to write once it is agreed."""

    changes: list[Change] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    writes: Writes = field(default_factory=Writes)

    @property
    def conflict(self) -> bool:
        return any(change.conflict for change in self.changes)


def compare(
    record: PupilRecord,
    known: Known | None,
    *,
    here: Here,
    on: date,
    expected_move: bool = False,
    take_file: bool | None = None,
) -> Outcome:
    """Compare a checked record with what is known of the pupil, if anything is.

    `take_file` is a person's decision about conflicts: True writes what the file says, False keeps ours and
    remembers it, None leaves them open. `expected_move` is True when the file itself says that the pupil
    comes from one school to this one.
    """
    outcome = Outcome()
    mind = _Mind(outcome, known, take_file)
    if known and known.school_id != here.id:
        _move(mind, known, here, record, expected=expected_move, on=on)
    _values(mind, pupil_values(record, here, on))
    _more(mind, more_values(record))
    _sen(mind, record, on)
    _needs(mind, record, on)
    _contacts(mind, record)
    _places(mind, record, here)
    return outcome


class _Mind:
    """Decides about one field at a time, and writes down what was decided."""

    def __init__(self, outcome: Outcome, known: Known | None, take_file: bool | None) -> None:
        self.outcome, self.writes, self.known, self.take_file = outcome, outcome.writes, known, take_file
        self.writes.said = dict(known.said) if known else {}
        self.writes.kept = dict(known.kept) if known else {}

    def settle(self, name: str, ours: Any, theirs: Any, value: Any, *, conflict: bool) -> bool:
        """Note a difference; True when the file's side is to be written. `value` is compared with later files."""
        if conflict and name in self.writes.kept and self.writes.kept[name] == value:
            return False
        if conflict and self.take_file is False:
            self.writes.kept[name] = value
            self.outcome.changes.append(Change(name, ours, theirs))
            return False
        self.outcome.changes.append(Change(name, ours, theirs, conflict and self.take_file is None))
        if conflict and self.take_file is None:
            return False
        self.agree(name, value)
        return True

    def agree(self, name: str, value: Any) -> None:
        """Both sides say the same now."""
        self.writes.said[name] = value
        self.writes.kept.pop(name, None)

    def typed_here(self, name: str, ours: Any) -> bool:
        """Whether our value was typed here: no file has said it."""
        return name not in self.writes.said or self.writes.said[name] != ours


# --- simple values -------------------------------------------------------------------------------------

LABELS: Mapping[str, str] = {
    "upn": "UPN", "former_upn": "former UPN", "uln": "unique learner number", "mis_id": "MIS number",
    "family_name": "surname", "given_name": "forename", "middle_names": "middle names",
    "liked_name": "preferred forename", "liked_family": "preferred surname", "former_family": "former surname",
    "born_on": "date of birth", "sex": "sex", "nc_year": "year group", "class_name": "class",
    "ethnicity": "ethnicity", "ethnicity_source": "source of the ethnicity", "language": "first language",
    "eal": "English as an additional language", "fsm": "free school meals", "pupil_premium": "pupil premium",
    "in_care": "looked after", "care_authority": "caring authority", "service_child": "service child",
    "medical_flag": "medical flag", "enrol_status": "enrolment status", "address": "address",
    "postcode": "postcode", "entered_on": "date of entry", "left_on": "date of leaving", "sen": "SEN",
    "needs": "needs", "contacts": "contacts", "school": "school", "more.attendance": "attendance",
    "more.results": "assessment results", "more.fsm_periods": "free school meals",
    "more.attendance_percent": "attendance", "more.fsm_review": "review of free school meals",
    "more.fsm_ever_6": "free school meals in the last six years", "more.ever_in_care": "ever looked after",
    "more.uci": "candidate number", "more.phones": "telephone", "more.email": "e-mail",
}  # fmt: skip

_NAMES = frozenset({"family_name", "given_name", "middle_names", "liked_name", "liked_family", "former_family"})
_DATES = ("born_on", "entered_on", "left_on")


def label(name: str) -> str:
    """What a person calls a field of a change."""
    return LABELS.get(name, name.removeprefix("more.").replace("_", " "))


def pupil_values(record: PupilRecord, here: Here, on: date) -> dict[str, Any]:
    """What the record says about the pupil, under the names that Alongside has for it; silence is left out."""
    first = (record.languages or (None,))[0]
    language = first.code if first else None
    entered, left = _dates_here(record, here)
    said: dict[str, Any] = {
        "upn": record.upn, "former_upn": record.former_upn, "uln": record.uln, "mis_id": record.mis_id,
        "family_name": record.surname, "given_name": record.forename, "middle_names": record.middle_names,
        "liked_name": record.preferred_forename if record.preferred_forename != record.forename else None,
        "liked_family": record.preferred_surname if record.preferred_surname != record.surname else None,
        "former_family": record.former_surname, "born_on": _iso(record.born_on), "sex": record.sex,
        "nc_year": record.nc_year, "class_name": record.group, "ethnicity": record.ethnicity,
        "ethnicity_source": record.ethnicity_source, "language": language[:3] if language else None,
        "eal": record.eal if record.eal is not None else _eal(language), "fsm": _fsm(record, on),
        "pupil_premium": record.pupil_premium, "in_care": record.in_care, "care_authority": record.care_authority,
        "service_child": record.service_child, "medical_flag": record.medical,
        "enrol_status": record.enrol_status, "address": _address(record.address),
        "postcode": record.address.postcode if record.address else None,
        "entered_on": _iso(entered), "left_on": _iso(left),
    }  # fmt: skip
    return {name: value for name, value in said.items() if value is not None and value != ""}


def more_values(record: PupilRecord) -> dict[str, Any]:
    """What is kept as the file gave it: results, attendance, dated benefits and the like."""
    return to_plain(
        record, "results", "attendance", "attendance_percent", "fsm_periods", "fsm_review", "fsm_ever_6",
        "ever_in_care", "disabilities", "uci", "application", "former_forename", "languages", "phones", "email",
    )  # fmt: skip


def _values(mind: _Mind, said: Mapping[str, Any]) -> None:
    ours = mind.known.values if mind.known else {}
    for name, value in said.items():
        standing = ours.get(name)
        if standing == value:
            mind.agree(name, value)
            continue
        if name in _NAMES and spoilt(value, standing):
            mind.outcome.reasons.append(f"The file could not write every letter of the {label(name)}; ours is kept.")
            continue
        empty = standing is None or standing == ""
        conflict = not empty and mind.typed_here(name, standing)
        if mind.known is None:
            mind.agree(name, value)
            mind.writes.pupil[name] = value
        elif mind.settle(name, standing, value, value, conflict=conflict):
            mind.writes.pupil[name] = value
    if "class_name" in mind.writes.pupil:
        mind.writes.group = mind.writes.pupil["class_name"]


def spoilt(value: str, ours: str | None) -> bool:
    """'?apek' for 'Čapek': an alphabet without the letter wrote a question mark in its place."""
    return (
        bool(ours)
        and "?" in value
        and len(value) == len(ours or "")
        and all(one == two or (one == "?" and not two.isascii()) for one, two in zip(value, ours or "", strict=True))
    )


def _more(mind: _Mind, said: Mapping[str, Any]) -> None:
    """These are never typed here, so a file's word replaces an older file's."""
    ours = mind.known.values.get("more", {}) if mind.known else {}
    changed = {name: value for name, value in said.items() if ours.get(name) != value}
    if changed:
        mind.writes.pupil["more"] = {**ours, **changed}
        if mind.known:
            mind.outcome.changes += [Change(f"more.{name}", None, None) for name in changed]


def _dates_here(record: PupilRecord, here: Here) -> tuple[date | None, date | None]:
    """Entry to and leaving of this school: said outright, or in the pupil's list of schools."""
    listed = [
        each for each in record.schools or ()
        if here.la and (each.la, each.establishment) == (here.la, here.establishment)
    ]  # fmt: skip
    last = max(listed, key=lambda each: each.entered or date.min, default=None)
    entered = record.entered_on or (last.entered if last else None)
    left = record.left_on or (last.left if last else None)
    return entered, left if left and (entered is None or left >= entered) else None


def _eal(language: str | None) -> bool | None:
    if language is None or language in ("REF", "NOT"):
        return None
    return language[:3] not in codes.ENGLISH_OR_UNSAID


def _fsm(record: PupilRecord, on: date) -> bool | None:
    if record.fsm is not None or record.fsm_periods is None:
        return record.fsm
    return any(
        (period.start is None or period.start <= on) and (period.end is None or period.end >= on)
        for period in record.fsm_periods
    )


def _address(address: Address | None) -> str | None:
    if address is None:
        return None
    street = " ".join(part for part in (address.primary, address.street) if part)
    parts = [address.secondary, street, address.locality, address.town, address.post_town, *address.lines]
    return "\n".join(dict.fromkeys(part for part in parts if part)) or None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


# --- moving within the trust ---------------------------------------------------------------------------


def _move(mind: _Mind, known: Known, here: Here, record: PupilRecord, *, expected: bool, on: date) -> None:
    """A pupil at another school of the trust comes to this one; unless the file says so, a person has to."""
    has_left = bool(known.values.get("left_on")) and date.fromisoformat(known.values["left_on"]) < on
    mind.outcome.reasons.append(f"Moves from {known.school} to us.")
    if mind.settle("school", known.school, here.name, here.id, conflict=not (expected or has_left)):
        mind.writes.move_from = known.school_id
        mind.writes.pupil |= {"entered_on": record.entered_on.isoformat() if record.entered_on else on.isoformat(),
                              "left_on": None}  # fmt: skip


# --- SEN -----------------------------------------------------------------------------------------------

Target = tuple[str, date | None, date | None]


def targets(periods: Sequence[SenPeriod]) -> list[Target]:
    """The stretches of support and plan that a history comes to: one ends the day before the next begins."""
    found: list[Target] = []
    for at, period in enumerate(periods):
        following = periods[at + 1].start if at + 1 < len(periods) else None
        if period.provision != codes.Provision.NONE:
            until = period.end or (following - DAY if following and period.start else None)
            found.append((period.provision, period.start, until))
    return found


def _sen(mind: _Mind, record: PupilRecord, on: date) -> None:
    if record.sen is None:
        return
    wanted = targets(record.sen)
    now = current(record.sen, on)
    value = [[code, _iso(since), _iso(until)] for code, since, until in wanted]
    value += [["N", None, None]] if now and now.provision == "N" else []
    ours = list(mind.known.stretches) if mind.known else []
    plan = _SenPlan(ours, on)
    for code, since, until in wanted:
        plan.fit(code, since, until)
    if now and now.provision == "N":
        plan.end_now()
    mind.outcome.reasons += plan.reasons
    if not plan.differs:
        mind.agree("sen", value)
    elif mind.known is None or mind.settle(
        "sen", _stretch_words(ours, on), _value_words(value), value, conflict=plan.conflict
    ):
        plan.write(mind.writes)
        mind.agree("sen", value)


class _SenPlan:
    """How the stretches of a file fit among those that stand."""

    def __init__(self, ours: list[Stretch], on: date) -> None:
        self.ours, self.on = ours, on
        self.add: list[tuple[str, date, date | None]] = []
        self.set: dict[int, tuple[date, date | None]] = {}
        self.drop: list[int] = []
        self.reasons: list[str] = []
        self.conflict = False

    @property
    def differs(self) -> bool:
        return bool(self.add or self.set or self.drop)

    def fit(self, code: str, since: date | None, until: date | None) -> None:
        if since is None:
            self._fit_undated(code)
            return
        exact = next((each for each in self.ours if each.code == code and each.since == since), None)
        if exact:
            if exact.until != until:
                self.set[exact.id] = (since, until)
                self.conflict |= exact.ours or until is None
            return
        across = [each for each in self.ours if _overlap(since, until, each.since, each.until)]
        if len(across) == 1 and across[0].code == code and not across[0].ours:
            self.set[across[0].id] = (since, until)
            return
        self._clear(across, since)
        self.add.append((code, since, until))

    def _fit_undated(self, code: str) -> None:
        now = self._now()
        if now and now.code == code:
            return
        if now:
            self._clear([now], self.on)
        later = min((each.since for each in self.ours if each.since > self.on), default=None)
        self.add.append((code, self.on, later - DAY if later else None))
        self.reasons.append(undated(code))

    def end_now(self) -> None:
        now = self._now()
        if now and now.id not in self.set:
            self._clear([now], self.on)

    def _clear(self, across: Sequence[Stretch], since: date) -> None:
        """Make room from a day on. Whatever stands in the way is for a person to decide."""
        for each in across:
            self.conflict = True
            if each.since < since:
                self.set[each.id] = (each.since, since - DAY)
            else:
                self.drop.append(each.id)

    def _now(self) -> Stretch | None:
        return next((each for each in self.ours if _overlap(self.on, self.on, each.since, each.until)), None)

    def write(self, writes: Writes) -> None:
        writes.sen_add, writes.sen_set, writes.sen_drop = self.add, self.set, self.drop


def undated(code: str) -> str:
    """What to know when a file gives a status without its start."""
    return f"The file does not say since when {codes.PROVISIONS.words(code)} holds; it is counted from today."


def _overlap(since: date, until: date | None, other: date, other_until: date | None) -> bool:
    return (until is None or other <= until) and (other_until is None or since <= other_until)


def _stretch_words(stretches: Sequence[Stretch], on: date) -> str:
    return _value_words([[each.code, _iso(each.since), _iso(each.until)] for each in stretches])


def _value_words(value: Sequence[Sequence[str | None]]) -> str:
    return "; ".join(_period_words(*each) for each in value) or "no SEN"


def _period_words(code: str | None, since: str | None, until: str | None) -> str:
    words = "no SEN now" if code == "N" else codes.PROVISIONS.words(code or "")
    if since:
        words += f" from {_words_of_day(since)}"
    return f"{words} to {_words_of_day(until)}" if until else words


def _words_of_day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%b %Y}"


def _needs(mind: _Mind, record: PupilRecord, on: date) -> None:
    if not record.needs:
        return
    provision = _provision_after(mind, record, on)
    wanted = []
    for need in record.needs:
        if provision and (wrong := codes.may_hold(provision, need.code)):
            mind.outcome.reasons.append(f"{wrong} It is left out.")
        else:
            wanted.append((need.code, need.start))
    ours = list(mind.known.needs) if mind.known else []
    value = [code for code, _ in wanted]
    standing = [each.code for each in sorted(ours, key=lambda each: each.rank)]
    if standing == value:
        mind.agree("needs", value)
        return
    conflict = bool(ours) and (any(each.ours for each in ours) or mind.typed_here("needs", standing))
    if mind.known is None or mind.settle("needs", _need_words(standing), _need_words(value), value, conflict=conflict):
        _write_needs(mind, wanted, ours, record, on)
        mind.agree("needs", value)


def _write_needs(
    mind: _Mind, wanted: Sequence[tuple[str, date | None]], ours: Sequence[Held], record: PupilRecord, on: date
) -> None:
    """Needs that go end yesterday; those that come begin today, or with the SEN period when they are the first."""
    kept = {(each.code, each.rank) for each in ours} & {(code, rank) for rank, (code, _) in enumerate(wanted, start=1)}
    for each in ours:
        if (each.code, each.rank) in kept:
            continue
        if each.since < on:
            mind.writes.need_end[each.id] = on - DAY
        else:
            mind.writes.need_drop.append(each.id)
    latest = max((since for _, since, _ in targets(record.sen or ()) if since and since <= on), default=on)
    first_time = not (mind.known and mind.known.had_needs)
    for rank, (code, start) in enumerate(wanted, start=1):
        if (code, rank) not in kept:
            since = min(start or latest, on) if first_time else on
            mind.writes.need_add.append((code, rank, since))


def _provision_after(mind: _Mind, record: PupilRecord, on: date) -> str | None:
    """The provision that will hold: the file's when it says one, else ours."""
    now = current(record.sen or (), on)
    if now:
        return now.provision if now.provision != "N" else None
    stretches = mind.known.stretches if mind.known else ()
    return next((each.code for each in stretches if _overlap(on, on, each.since, each.until)), None)


def _need_words(needs: Sequence[str]) -> str:
    return ", then ".join(codes.NEED_TYPES.words(code) for code in needs) or "none"


# --- contacts and earlier schools ----------------------------------------------------------------------

_CONTACT_FIELDS = ("title", "relationship", "responsibility", "lives_with", "phones", "email", "address")


def contact_values(contact: ContactRecord, order: int) -> dict[str, Any]:
    """What the record says about a contact; silence is left out."""
    said = {
        "given": contact.forename or "", "family": contact.surname or "", "order": contact.order or order,
        "title": contact.title, "relationship": contact.relationship, "responsibility": contact.responsible,
        "lives_with": contact.address_as_pupil, "email": contact.email,
        "phones": [{"type": phone.kind or "", "number": phone.number} for phone in contact.phones or ()] or None,
        "address": _full_address(contact.address),
    }  # fmt: skip
    return {name: value for name, value in said.items() if value is not None}


def contact_key(given: str, family: str) -> str:
    """Two contacts of one pupil are the same person when their names fold alike."""
    return f"{fold(given)} {fold(family)}".strip()


def _contacts(mind: _Mind, record: PupilRecord) -> None:
    if record.contacts is None:
        return
    standing = {contact_key(each["given"], each["family"]): each for each in mind.known.contacts} if mind.known else {}
    for order, contact in enumerate(record.contacts, start=1):
        value = contact_values(contact, order)
        key = contact_key(value["given"], value["family"])
        ours = standing.get(key)
        name = f"contact {value['given']} {value['family']}".strip()
        if ours is None:
            if mind.known is None or mind.settle(name, None, "added", value, conflict=False):
                mind.writes.contact_add.append(value)
                mind.agree(name, value)
                standing[key] = {**value, "id": 0, "barred": False}
        elif ours["id"]:
            _contact(mind, name, ours, value)


def _contact(mind: _Mind, name: str, ours: Mapping[str, Any], value: Mapping[str, Any]) -> None:
    """A contact that is barred by a court order is never touched by a file."""
    different = {
        each: value[each] for each in _CONTACT_FIELDS if each in value and value[each] != ours[each]
    }  # fmt: skip
    if not different or ours["barred"]:
        if not different:
            mind.agree(name, {**mind.writes.said.get(name, {}), **value})
        return
    said = mind.writes.said.get(name, {})
    conflict = any(ours[each] not in ("", [], False, None) and ours[each] != said.get(each) for each in different)
    before = {each: ours[each] for each in different}
    whole = {**said, **value}
    if mind.settle(name, _contact_words(before), _contact_words(different), whole, conflict=conflict):
        mind.writes.contact_set[ours["id"]] = different


def _contact_words(values: Mapping[str, Any]) -> str:
    words = []
    for name, value in values.items():
        if name == "phones":
            value = ", ".join(phone["number"] for phone in value)
        elif name == "relationship":
            value = codes.RELATIONSHIPS.words(value) if value else ""
        words.append(f"{_CONTACT_WORDS.get(name, name)} {_show(value)}")
    return "; ".join(words)


_CONTACT_WORDS = {"lives_with": "lives with the pupil", "responsibility": "parental responsibility",
                  "phones": "telephone", "email": "e-mail"}  # fmt: skip


def _full_address(address: Address | None) -> str | None:
    lines = _address(address)
    postcode = address.postcode if address else None
    return "\n".join(part for part in (lines, postcode) if part) or None


def _places(mind: _Mind, record: PupilRecord, here: Here) -> None:
    """Earlier schools in the file that are not listed yet; this school's own stretch is kept apart."""
    known = mind.known.places if mind.known else frozenset()
    for each in record.schools or ():
        if (each.la, each.establishment) == (here.la, here.establishment):
            continue
        if (each.la or "", each.establishment or "", _iso(each.entered) or "") in known:
            continue
        until = each.left if not (each.entered and each.left and each.left < each.entered) else None
        mind.writes.place_add.append({
            "la": (each.la or "")[:3], "establishment": (each.establishment or "")[:4], "name": (each.name or "")[:120],
            "since": each.entered, "until": until, "reason": (each.reason or "")[:40],
        })  # fmt: skip
    if mind.known and mind.writes.place_add:
        mind.outcome.changes.append(Change("schools", None, f"{len(mind.writes.place_add)} more"))


def _show(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).replace("\n", ", ") if value not in (None, "") else "nothing"


def new_words(record: PupilRecord) -> list[str]:
    """What a new pupil comes with, line by line, as the review shows it. The rest of the file comes too."""
    contacts = len(record.contacts or ())
    who = (
        codes.year_words(record.nc_year) if record.nc_year else "",
        f"class {record.group}" if record.group else "",
        f"born {_words_of_day(record.born_on.isoformat())}" if record.born_on else "",
    )
    found = (
        ", ".join(filter(None, who)),
        "; ".join(_period_words(code, _iso(since), _iso(until)) for code, since, until in targets(record.sen or ())),
        _need_words([need.code for need in record.needs]) if record.needs else "",
        f"{contacts} contact{'s' if contacts > 1 else ''}" if contacts else "",
    )
    return [words[:1].upper() + words[1:] for words in found if words]


def change_words(change: Change) -> Iterator[str]:
    """A change as the review shows it: label, ours, theirs."""
    yield label(change.field)
    for value in (change.ours, change.theirs):
        yield _words_of_day(value) if change.field in _DATES and value else _show(value)
