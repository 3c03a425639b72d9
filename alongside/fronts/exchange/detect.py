"""Which reader a file needs, told by what is in it and never by its name."""

import re
import zipfile
from enum import StrEnum
from pathlib import Path

from alongside.fronts.exchange.mis import bromcom, json
from alongside.fronts.exchange.mis.json import Given
from alongside.fronts.exchange.table.format import Table, look
from alongside.kit.tables.faults import Unreadable
from alongside.kit.tables.uploads import refuse_other

MOST_BYTES = 400 * 1024 * 1024
MOST_BYTES_OF: dict["Kind", int]
_HEAD = 4096


class Kind(StrEnum):
    """The kinds of file that can be brought in."""

    CTF = "ctf"
    CSV = "csv"
    XLSX = "xlsx"
    BROMCOM = "bromcom"
    WONDE = "wonde"
    ASSEMBLY = "assembly"
    ARBOR = "arbor"

    @property
    def table(self) -> bool:
        """True when columns have to be matched to fields."""
        return self in (Kind.CSV, Kind.XLSX)

    @property
    def says(self) -> str:
        return _SAYS[self]


_SAYS = {
    Kind.CTF: "Common Transfer File",
    Kind.CSV: "CSV",
    Kind.XLSX: "Excel workbook",
    Kind.BROMCOM: "Bromcom SEN list",
    Kind.WONDE: "students from Wonde",
    Kind.ASSEMBLY: "students from Assembly",
    Kind.ARBOR: "students from Arbor",
}
MOST_BYTES_OF = {Kind.XLSX: 64 * 1024 * 1024, Kind.CSV: 200 * 1024 * 1024}

_ROOT = re.compile(r"<([A-Za-z_][\w.:-]*)")
_PROLOGUE = re.compile(
    r"<\?.*?\?>|<!--.*?-->|<!\[CDATA\[.*?\]\]>|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE
)


def detect(path: Path) -> Kind:
    """The kind of file. Raises Unreadable, naming what it is instead, when it is none that can be brought in."""
    size = path.stat().st_size
    if size == 0:
        raise Unreadable("The file is empty.")
    if size > MOST_BYTES:
        raise Unreadable(f"The file is larger than {MOST_BYTES // 1024 // 1024} MB, as no list of pupils is.")
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    refuse_other(head)
    kind = _zip(path) if head.startswith(b"PK") else _text(path, head)
    if size > MOST_BYTES_OF.get(kind, MOST_BYTES):
        raise Unreadable(
            f"The file has {size // 1024 // 1024} MB, too large for a {kind.says}. Split it by year group."
        )
    return kind


def table_of(path: Path, kind: Kind) -> Table:
    """The table in a CSV or workbook, with the columns it has and what they are taken for."""
    return look(path, workbook=kind is Kind.XLSX)


def _zip(path: Path) -> Kind:
    from alongside.kit.tables import sheet

    try:
        sheet.inspect(path)
    except zipfile.BadZipFile:
        raise Unreadable("The file is damaged.") from None
    return Kind.XLSX


def _text(path: Path, head: bytes) -> Kind:
    text = _decoded(head).lstrip("\ufeff \t\r\n")
    if text[:1] == "<":
        return _xml(text)
    if text[:1] in "{[":
        return _json(path)
    return Kind.BROMCOM if bromcom.entity(look(path, workbook=False).headings) else Kind.CSV


def _decoded(head: bytes) -> str:
    for mark, encoding in (
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"<\0", "utf-16-le"),
        (b"\0<", "utf-16-be"),
    ):
        if head.startswith(mark):
            return head.decode(encoding, "replace")
    return head.decode("utf-8", "replace")


def _xml(text: str) -> Kind:
    lower = text[:512].lower()
    if "<!doctype html" in lower or "<html" in lower:
        raise Unreadable("This is a web page, whatever its name says. Export the report as CSV or Excel.")
    root = _ROOT.search(_PROLOGUE.sub("", text))
    name = root[1] if root else ""
    if name == "CommandReporterError":
        raise Unreadable(
            "SIMS wrote an error instead of the report. Run the report again in SIMS and look at its message."
        )
    if name.lower() == "svg":
        raise Unreadable("This is a picture.")
    return Kind.CTF  # its reader says what is wrong with any other XML, with the line


def _json(path: Path) -> Kind:
    whole = json.load(path)
    first = Given(whole[0] if isinstance(whole, list) and whole else whole)
    students = first.each("data")
    if first.at("object") == "list" or any(each.at("object") == "student" for each in students[:1]):
        return Kind.ASSEMBLY
    if isinstance(first.at("data", "Student"), list):
        return Kind.ARBOR
    if students and any(each.at("education_details") or each.at("upi") for each in students[:5]):
        return Kind.WONDE
    raise Unreadable(
        "This is JSON, but not students as Wonde, Assembly or Arbor hand them out. Ask for the students with their "
        "education details."
    )
