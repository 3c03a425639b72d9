"""What a file says about a pupil, in one shape whatever the file.

`None` always means "the file does not say": a file that is silent about SEN ends nobody's support.
An empty tuple means the file says there are none. Every record knows the line it came from.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import cache, partial
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from alongside.kit.tables.faults import Fault, Severity


class Unit(StrEnum):
    """What `line` counts in a file: CSV and XML have lines, a sheet has rows, JSON has records."""

    LINE = "line"
    ROW = "row"
    RECORD = "record"


@dataclass(frozen=True, slots=True, kw_only=True)
class Establishment:
    """A school as a file names it."""

    la: str | None = None
    number: str | None = None
    urn: str | None = None
    name: str | None = None
    academic_year: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileHeader:
    """What a file says about itself, and what its reader found out. Always the first thing read."""

    kind: str
    unit: Unit = Unit.LINE
    version: str | None = None
    document: str | None = None
    made_at: str | None = None
    qualifier: str | None = None
    descriptor: str | None = None
    supplier: str | None = None
    source: Establishment | None = None
    destination: Establishment | None = None
    info: str | None = None
    updates_only: bool = False  # the file has no names: it can only add to pupils already known


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address as given: either its parts or its lines."""

    primary: str | None = None  # PAON: number or name of the building
    secondary: str | None = None  # SAON: flat
    street: str | None = None
    locality: str | None = None
    town: str | None = None
    area: str | None = None
    post_town: str | None = None
    uprn: str | None = None
    lines: tuple[str, ...] = ()
    postcode: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    number: str
    kind: str | None = None  # H home, W work, M mobile, …


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRecord:
    """Somebody to call about a pupil, in the order the file gives."""

    order: int | None = None
    title: str | None = None
    surname: str | None = None
    forename: str | None = None
    middle_names: str | None = None
    sex: str | None = None
    relationship: str | None = None
    responsible: bool | None = None  # parental responsibility
    address_as_pupil: bool | None = None
    address: Address | None = None
    phones: tuple[Phone, ...] | None = None
    email: str | None = None
    mis_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageRecord:
    code: str
    kind: str | None = None  # F first, H home, …


@dataclass(frozen=True, slots=True, kw_only=True)
class FsmPeriod:
    start: date | None = None
    end: date | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SenPeriod:
    """One stretch of SEN provision. Without a start the file only says what holds now."""

    provision: str
    start: date | None = None
    end: date | None = None
    unit: bool | None = None  # in a SEN unit
    resourced: bool | None = None  # in resourced provision


@dataclass(frozen=True, slots=True, kw_only=True)
class SenNeed:
    """One type of need and its rank; 1 is the primary need."""

    code: str
    rank: int | None = None
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceRecord:
    """One school year's attendance at one school."""

    year: str | None = None
    la: str | None = None
    establishment: str | None = None
    school: str | None = None
    possible: int | None = None
    authorised: int | None = None
    attended: int | None = None
    unauthorised: int | None = None
    marks_from: date | None = None
    marks: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRecord:
    """A stage assessment exactly as given: the national rule tables give the five codes their meaning."""

    stage: str
    locale: str | None = None
    year: str | None = None
    subject: str | None = None
    method: str | None = None
    component: str | None = None
    status: str | None = None
    qualifier: str | None = None
    result: str | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolRecord:
    """One school the pupil has been to."""

    la: str | None = None
    establishment: str | None = None
    name: str | None = None
    entered: date | None = None
    left: date | None = None
    reason: str | None = None
    last: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilRecord:
    """Everything one file says about one pupil."""

    line: int
    ordinal: int
    upn: str | None = None
    former_upn: str | None = None
    mis_id: str | None = None
    uln: str | None = None
    uci: str | None = None
    application: str | None = None
    surname: str | None = None
    forename: str | None = None
    middle_names: str | None = None
    preferred_surname: str | None = None
    preferred_forename: str | None = None
    former_surname: str | None = None
    former_forename: str | None = None
    born_on: date | None = None
    sex: str | None = None
    nc_year: str | None = None
    group: str | None = None  # registration class
    ethnicity: str | None = None
    ethnicity_source: str | None = None
    languages: tuple[LanguageRecord, ...] | None = None
    eal: bool | None = None
    medical: bool | None = None
    disabilities: tuple[str, ...] | None = None
    enrol_status: str | None = None
    entered_on: date | None = None
    left_on: date | None = None
    fsm: bool | None = None  # eligible now
    fsm_ever_6: bool | None = None
    fsm_review: date | None = None
    fsm_periods: tuple[FsmPeriod, ...] | None = None
    pupil_premium: bool | None = None
    in_care: bool | None = None
    care_authority: str | None = None
    ever_in_care: bool | None = None
    service_child: str | None = None
    sen: tuple[SenPeriod, ...] | None = None
    needs: tuple[SenNeed, ...] | None = None
    address: Address | None = None
    phones: tuple[Phone, ...] | None = None
    email: str | None = None
    contacts: tuple[ContactRecord, ...] | None = None
    attendance: tuple[AttendanceRecord, ...] | None = None
    attendance_percent: str | None = None
    results: tuple[ResultRecord, ...] | None = None
    schools: tuple[SchoolRecord, ...] | None = None
    faults: tuple[Fault, ...] = ()

    @property
    def name(self) -> str:
        """'Ezra Yarrow', or what there is of it, or the UPN."""
        words = [self.preferred_forename or self.forename, self.preferred_surname or self.surname]
        return " ".join(word for word in words if word) or self.upn or f"pupil {self.ordinal}"


Item = FileHeader | PupilRecord | Fault

# --- to and from plain JSON values, so that a record can wait in the database for a person's decision ---

Plain = dict[str, Any]
_R = TypeVar("_R")


def to_plain(record: Any, *only: str) -> Plain:
    """A record, or only some of its fields, as JSON values; what is not said and what is empty by default is left out."""
    kind: Any = type(record)
    plan = _plan(kind)
    found: Plain = {}
    for name in only or plan:
        value = getattr(record, name)
        write, default = plan[name]
        if value is not default and value != default:
            found[name] = write(value) if write else value
    return found


def from_plain(kind: Callable[..., _R], plain: Mapping[str, Any]) -> _R:
    """The record that `to_plain` was given. Raises TypeError or ValueError when it was not."""
    readers = _readers(kind)
    return kind(**{name: readers[name](value) for name, value in plain.items()})


def _same(value: Any) -> Any:
    return value


@cache
def _plan(kind: type) -> Mapping[str, tuple[Callable[[Any], Any] | None, Any]]:
    """By field: how its value is written (None: as it is), and its default."""
    hints = get_type_hints(kind)
    return {each.name: (_writer(hints[each.name]), each.default) for each in fields(kind)}


@cache
def _readers(kind: Callable[..., Any]) -> Mapping[str, Callable[[Any], Any]]:
    return {name: _reader(hint) for name, hint in get_type_hints(kind).items()}


def _bare(hint: Any) -> Any:
    """`X | None` → `X`."""
    left = [each for each in get_args(hint) if each is not NoneType] if NoneType in get_args(hint) else [hint]
    return left[0]


def _writer(hint: Any) -> Callable[[Any], Any] | None:
    bare = _bare(hint)
    if get_origin(bare) is tuple:
        inner = _writer(get_args(bare)[0])
        return partial(_write_all, inner) if inner else list
    if bare is date:
        return date.isoformat
    return to_plain if hasattr(bare, "__dataclass_fields__") else None


def _write_all(write: Callable[[Any], Any], values: Iterable[Any]) -> list[Any]:
    return [write(value) for value in values]


def _read_all(read: Callable[[Any], Any], values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(read(value) for value in values)


def _reader(hint: Any) -> Callable[[Any], Any]:
    bare = _bare(hint)
    if get_origin(bare) is tuple:
        return partial(_read_all, _reader(get_args(bare)[0]))
    if bare is date:
        return date.fromisoformat
    if bare is Severity:
        return Severity
    return partial(from_plain, bare) if hasattr(bare, "__dataclass_fields__") else _same
