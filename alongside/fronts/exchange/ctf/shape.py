"""The shape of a transfer file, told once: the reader and the writer both walk this table.

Element names and their order are those of CTF 24.0 and 25.0; 26.0 is read as the same shape. An element
that stands for a list and holds nothing says nothing: the record then has None, never "there are none".
"""

from collections.abc import Iterator
from dataclasses import MISSING, fields
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any, Protocol
from xml.sax.saxutils import escape

from alongside.fronts.exchange import words
from alongside.fronts.exchange.ctf.xml import Node
from alongside.fronts.exchange.record import (
    Address,
    AttendanceRecord,
    ContactRecord,
    Establishment,
    FsmPeriod,
    LanguageRecord,
    Phone,
    ResultRecord,
    SchoolRecord,
    SenNeed,
    SenPeriod,
)
from alongside.fronts.exchange.values import Desk


class ReadText(Protocol):
    """Reads the text of one element; what is wrong with it goes to the desk."""

    def __call__(self, desk: Desk, field: str, text: str, /, *, line: int) -> Any: ...


Values = dict[str, Any]


class Part:
    """An element, or a few, that stand for something in a record. Knows its way in and out of XML."""

    tags: tuple[str, ...] = ()

    def read(self, node: Node, desk: Desk, into: Values) -> None:
        """Put what the element says into the values of the record being read."""
        raise NotImplementedError

    def write(self, record: Any, indent: str) -> Iterator[str]:
        """The lines of XML that say what the record says."""
        raise NotImplementedError


class Leaf(Part):
    """One element with a text. `also` is a name it had in older versions, `field` what a fault calls it."""

    def __init__(self, tag: str, name: str, read: ReadText, *, also: str = "", field: str = "") -> None:
        self.tag, self.name, self._read, self.field = tag, name, read, field or name
        self.tags = (tag, also) if also else (tag,)

    def read(self, node: Node, desk: Desk, into: Values) -> None:
        if node.text and (value := self._read(desk, self.field, node.text, line=node.line)) is not None:
            into[self.name] = value

    def write(self, record: Any, indent: str) -> Iterator[str]:
        value = getattr(record, self.name)
        if value is not None:
            yield f"{indent}<{self.tag}>{_xml(value)}</{self.tag}>\n"


class Texts(Part):
    """Texts that together are one list: one element repeated, or several numbered ones."""

    def __init__(self, tags: tuple[str, ...], name: str) -> None:
        self.tags, self.name = tags, name

    def read(self, node: Node, desk: Desk, into: Values) -> None:
        if (text := desk.text(self.name, node.text, line=node.line)) is not None:
            into[self.name] = (*into.get(self.name, ()), text)

    def write(self, record: Any, indent: str) -> Iterator[str]:
        texts = getattr(record, self.name) or ()
        numbered = self.tags if len(self.tags) > 1 else self.tags * len(texts)
        for tag, text in zip(numbered, texts, strict=False):
            yield f"{indent}<{tag}>{_xml(text)}</{tag}>\n"


class Section(Part):
    """An element that only groups others of the same record. Names in it that are not known go to `strangers`."""

    def __init__(self, tag: str, *parts: Part) -> None:
        self.tag, self.tags, self.parts = tag, (tag,), parts
        self.index = {name: part for part in parts for name in part.tags}

    def read(self, node: Node, desk: Desk, into: Values) -> None:
        for child in node.children:
            part = self.index.get(child.tag)
            if part is None:
                into.setdefault("strangers", []).append(child)
            else:
                part.read(child, desk, into)

    def write(self, record: Any, indent: str) -> Iterator[str]:
        inner = [line for part in self.parts for line in part.write(record, indent + "  ")]
        if inner:
            yield f"{indent}<{self.tag}>\n"
            yield from inner
            yield f"{indent}</{self.tag}>\n"


class One(Section):
    """An element that is a record of its own, at most once."""

    def __init__(self, tag: str, name: str, make: type, *parts: Part) -> None:
        super().__init__(tag, *parts)
        self.name, self.make = name, make
        self.required = frozenset(each.name for each in fields(make) if each.default is MISSING)

    def one(self, node: Node, desk: Desk, into: Values, **more: Any) -> Any:
        """The record an element stands for; None when it lacks what such a record cannot do without."""
        values: Values = dict(more)
        super().read(node, desk, values)
        if "strangers" in values:
            into.setdefault("strangers", []).extend(values.pop("strangers"))
        return self.make(**values) if values and self.required <= values.keys() else None

    def read(self, node: Node, desk: Desk, into: Values) -> None:
        if (record := self.one(node, desk, into)) is not None:
            into[self.name] = record

    def write(self, record: Any, indent: str) -> Iterator[str]:
        if (inner := getattr(record, self.name)) is not None:
            yield from super().write(inner, indent)


class Many(One):
    """An element that is a record of its own and may be repeated."""

    def read(self, node: Node, desk: Desk, into: Values) -> None:
        if (record := self.one(node, desk, into)) is not None:
            into[self.name] = (*into.get(self.name, ()), record)

    def write(self, record: Any, indent: str) -> Iterator[str]:
        for inner in getattr(record, self.name) or ():
            yield from Section.write(self, inner, indent)


class Grouped(Part):
    """Records that stand in groups under a shared text: results under their key stage."""

    def __init__(self, tag: str, key: Leaf, many: Many) -> None:
        self.tag, self.tags, self.key, self.many = tag, (tag,), key, many

    def read(self, node: Node, desk: Desk, into: Values) -> None:
        shared: Values = {}
        for child in node.children:
            if child.tag in self.key.tags:
                self.key.read(child, desk, shared)
            elif child.tag in self.many.tags:
                if (record := self.many.one(child, desk, into, **shared)) is not None:
                    into[self.many.name] = (*into.get(self.many.name, ()), record)
            else:
                into.setdefault("strangers", []).append(child)

    def write(self, record: Any, indent: str) -> Iterator[str]:
        for _, group in groupby(getattr(record, self.many.name) or (), key=attrgetter(self.key.name)):
            together = list(group)
            yield f"{indent}<{self.tag}>\n"
            yield from self.key.write(together[0], indent + "  ")
            for each in together:
                yield from Section.write(self.many, each, indent + "  ")
            yield f"{indent}</{self.tag}>\n"


_CONTROL = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535))  # XML 1.0 cannot hold them


def _xml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return escape(str(value).translate(_CONTROL))


# --- kinds of text -------------------------------------------------------------------------------------

_text, _upn, _year, _yes_no, _whole = Desk.text, Desk.upn, Desk.year, Desk.yes_no, Desk.whole
_date = Desk.date


def _upper(desk: Desk, field: str, text: str, *, line: int) -> str | None:
    value = desk.text(field, text, line=line)
    return value.upper() if value else None


def _key_date(desk: Desk, field: str, text: str, *, line: int) -> date | None:
    return desk.date(field, text, line=line, refuse=True)


def _marks(desk: Desk, field: str, text: str, *, line: int) -> str | None:
    return "".join(text.split()) or None  # hundreds of one-letter marks, not a name


def _phone(desk: Desk, field: str, text: str, *, line: int) -> str | None:
    return " ".join(text.split())[:40] or None  # +44 (0)1632 960001 ext 2: any writing is kept as given


def _word(vocabulary: words.Vocabulary) -> ReadText:
    def read(desk: Desk, field: str, text: str, *, line: int) -> str | None:
        return desk.word(field, text, vocabulary, line=line)

    return read


_sex = _word(words.SEX)

# --- the tables ----------------------------------------------------------------------------------------

_SCHOOL_OF_FILE = (
    Leaf("LEA", "la", _text), Leaf("Estab", "number", _text), Leaf("URN", "urn", _text),
    Leaf("SchoolName", "name", _text), Leaf("AcademicYear", "academic_year", _text),
)  # fmt: skip

HEADER = Section(
    "Header",
    Leaf("DocumentName", "document", _text),
    Leaf("CTFversion", "version", _text),
    Leaf("DateTime", "made_at", _text),
    Leaf("DocumentQualifier", "qualifier", _text),
    Leaf("DataDescriptor", "descriptor", _text),
    Leaf("SupplierID", "supplier", _text),
    One("SourceSchool", "source", Establishment, *_SCHOOL_OF_FILE),
    One("DestSchool", "destination", Establishment, *_SCHOOL_OF_FILE),
    Leaf("SuppInfo", "info", _text),
)

_ADDRESS = One(
    "Address", "address", Address,
    Section(
        "BS7666Address",
        Leaf("PAON", "primary", _text), Leaf("SAON", "secondary", _text), Leaf("Street", "street", _text),
        Leaf("Locality", "locality", _text), Leaf("Town", "town", _text),
        Leaf("AdministrativeArea", "area", _text), Leaf("PostTown", "post_town", _text),
        Leaf("UniquePropertyReferenceNumber", "uprn", _text),
    ),
    Section("AddressLines", Texts(tuple(f"AddressLine{number}" for number in range(1, 6)), "lines")),
    Leaf("PostCode", "postcode", _text),
)  # fmt: skip

_PHONES = Section(
    "Phones", Many("Phone", "phones", Phone, Leaf("TelephoneType", "kind", _text), Leaf("PhoneNo", "number", _phone))
)

_CONTACT = Many(
    "Contact", "contacts", ContactRecord,
    Leaf("Order", "order", _whole), Leaf("Title", "title", _text), Leaf("Surname", "surname", _text),
    Leaf("Forename", "forename", _text), Leaf("MiddleNames", "middle_names", _text),
    Leaf("Sex", "sex", _sex, also="Gender"),
    Leaf("Relationship", "relationship", _word(words.RELATIONSHIP)),
    Leaf("Responsibility", "responsible", _yes_no), Leaf("AddressAsPupil", "address_as_pupil", _yes_no),
    _ADDRESS, _PHONES, Leaf("Email", "email", _text),
)  # fmt: skip

_YEAR_DATA = Many(
    "YearData", "attendance", AttendanceRecord,
    Leaf("Year", "year", _text), Leaf("LEA", "la", _text), Leaf("Estab", "establishment", _text),
    Leaf("SchoolName", "school", _text), Leaf("SessionsPossible", "possible", _whole),
    Leaf("SessionsAuthorised", "authorised", _whole), Leaf("SessionsAttended", "attended", _whole),
    Leaf("SessionsUnauthorised", "unauthorised", _whole),
    Section(
        "AttendSessions", Leaf("AttendanceStartDate", "marks_from", _date), Leaf("AttendanceMarks", "marks", _marks)
    ),
)  # fmt: skip

_RESULT = Many(
    "StageAssessment", "results", ResultRecord,
    Leaf("Locale", "locale", _text), Leaf("Year", "year", _text), Leaf("Subject", "subject", _text),
    Leaf("Method", "method", _text), Leaf("Component", "component", _text),
    Leaf("ResultStatus", "status", _text), Leaf("ResultQualifier", "qualifier", _text),
    Leaf("Result", "result", _text), Leaf("ResultDate", "on", _date),
)  # fmt: skip

_SCHOOL = Many(
    "School", "schools", SchoolRecord,
    Leaf("LEA", "la", _text), Leaf("Estab", "establishment", _text), Leaf("SchoolName", "name", _text),
    Leaf("EntryDate", "entered", _date), Leaf("LeavingDate", "left", _date),
    Leaf("LeavingReason", "reason", _text), Leaf("LastSchool", "last", _yes_no),
)  # fmt: skip

_BASIC_DETAILS = Section(
    "BasicDetails",
    Leaf("FormerUPN", "former_upn", _upn), Leaf("PreferredSurname", "preferred_surname", _text),
    Leaf("PreferredForename", "preferred_forename", _text), Leaf("FormerSurname", "former_surname", _text),
    Leaf("FormerForename", "former_forename", _text), Leaf("MiddleNames", "middle_names", _text),
    Leaf("NCyearActual", "nc_year", _year), Leaf("Ethnicity", "ethnicity", _word(words.ETHNICITY)),
    Leaf("EthnicitySource", "ethnicity_source", _text),
    Section(
        "Languages",
        Many("Type", "languages", LanguageRecord,
             Leaf("LanguageType", "kind", _text), Leaf("Language", "code", _upper)),
    ),
    Leaf("MedicalFlag", "medical", _yes_no),
    Section("Disabilities", Texts(("Disability",), "disabilities")),
    Leaf("EnrolStatus", "enrol_status", _word(words.ENROL_STATUS)),
)  # fmt: skip

_FSM_HISTORY = Section(
    "FSMhistory",
    Leaf("FSMreviewDate", "fsm_review", _date),
    Many("FSMinstance", "fsm_periods", FsmPeriod,
         Leaf("FSMstartDate", "start", _date, field="fsm_start"),
         Leaf("FSMendDate", "end", _date, field="fsm_end"),
         Leaf("UKcountry", "country", _text)),
)  # fmt: skip

_SEN_HISTORY = Section(
    "SENhistory",
    Many("SEN", "sen", SenPeriod,
         Leaf("StartDate", "start", _key_date, field="sen_start"),
         Leaf("EndDate", "end", _key_date, field="sen_end"),
         Leaf("SENprovision", "provision", _word(words.SEN_PROVISION), field="sen_provision")),
    Section(
        "SENneeds",
        Many("SENneed", "needs", SenNeed,
             Leaf("SENtype", "code", _word(words.NEED_TYPE), field="need_type"),
             Leaf("SENtypeRank", "rank", _whole, field="need_rank")),
    ),
)  # fmt: skip

PUPIL = Section(
    "Pupil",
    Leaf("ApplicationReference", "application", _text), Leaf("UPN", "upn", _upn),
    Leaf("UniqueLearnerNumber", "uln", _text), Leaf("UCI", "uci", _text),
    Leaf("Surname", "surname", _text), Leaf("Forename", "forename", _text),
    Leaf("DOB", "born_on", _key_date), Leaf("Sex", "sex", _sex, also="Gender"),
    _BASIC_DETAILS,
    _FSM_HISTORY,
    Section("LookedAfter", Leaf("InCare", "in_care", _yes_no), Leaf("CareAuthority", "care_authority", _text)),
    _SEN_HISTORY,
    _ADDRESS, _PHONES, Leaf("Email", "email", _text),
    Section("Contacts", _CONTACT),
    Section("Attendance", _YEAR_DATA),
    Section("StageAssessments", Grouped("KeyStage", Leaf("Stage", "stage", _text), _RESULT)),
    Section("SchoolHistory", _SCHOOL),
)  # fmt: skip

NESTED = frozenset(name for section in (_BASIC_DETAILS, _SEN_HISTORY, _FSM_HISTORY) for name in section.index) | {
    "SENtype",
    "SENtypeRank",
    "SENprovision",
    "InCare",
}  # a Pupil never has these directly
