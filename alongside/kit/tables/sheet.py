"""Excel workbooks (.xlsx) as rows of text with row numbers.

The zip's directory is read before anything in it is unpacked: what would fill the memory, reach outside
or run a program is refused by name. Formulas are never worked out: their cells are marked, so that a row
that needs one is refused.
"""

import stat
import struct
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, BinaryIO

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from alongside.kit.tables.delimited import Row
from alongside.kit.tables.faults import Unreadable

MOST_ENTRIES = 2_000
MOST_BYTES = 256 * 1024 * 1024
MOST_WORDS_BYTES = 32 * 1024 * 1024  # the shared strings are held whole
MOST_SIDE_BYTES = 8 * 1024 * 1024  # so are styles and the like
HIGHEST_RATIO = 150  # real sheets are pressed to about a twentieth
MOST_EMPTY = 10_000
MOST_COLUMNS = 500
_HEAD = 4096


class Formula(str):
    """A cell that holds a formula or an error instead of a value; its text is what it holds."""


def inspect(path: Path) -> None:
    """Refuse a workbook that is not safe to open. Raises Unreadable with the reason."""
    _few_entries(path)
    try:
        with zipfile.ZipFile(path) as package:
            for entry in package.infolist():
                _safe_entry(entry)
            _safe_whole(package)
            for entry in package.infolist():
                if entry.filename.endswith((".xml", ".rels")):
                    _no_doctype(package, entry)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError) as error:
        raise Unreadable(f"The workbook is damaged or incomplete ({error}). Save it again as .xlsx.") from None


def rows(path: Path) -> Iterator[Row]:
    """The rows of the first sheet that has any. Raises Unreadable for a workbook that cannot be read."""
    inspect(path)
    with path.open("rb") as stream:  # by its content: openpyxl would judge a path by the end of its name
        yield from _of_book(_book(stream))


def epoch(path: Path) -> date:
    """The day that serial number 0 stands for: 1904 workbooks count from another."""
    with path.open("rb") as stream:
        book = _book(stream)
        try:
            found: date = book.epoch.date()
            return found
        finally:
            book.close()


def _book(stream: BinaryIO) -> Any:
    try:
        return openpyxl.load_workbook(stream, read_only=True, keep_links=False)
    except (InvalidFileException, KeyError, ValueError, TypeError, OSError, zipfile.BadZipFile, SyntaxError) as error:
        raise Unreadable(f"The workbook cannot be opened ({_short(error)}). Save it again as .xlsx.") from None


def _of_book(book: Any) -> Iterator[Row]:
    try:
        for sheet in book.worksheets:
            found = False
            for row in _rows(sheet):
                found = True
                yield row
            if found:
                return
    except (KeyError, ValueError, TypeError, OSError, zipfile.BadZipFile, SyntaxError, EOFError) as error:
        raise Unreadable(f"The sheet is damaged ({_short(error)}). Save it again as .xlsx.") from None
    finally:
        book.close()


def _rows(sheet: Any) -> Iterator[Row]:
    sheet.reset_dimensions()  # what the sheet says of its own size is not to be trusted
    empty = 0
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        texts = [_text(cell) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if not texts:
            empty += 1
            if empty > MOST_EMPTY:
                raise Unreadable(f"The sheet has more than {MOST_EMPTY:,} empty rows one after another.", line=number)
            continue
        if len(texts) > MOST_COLUMNS:
            raise Unreadable(f"Row {number} has more than {MOST_COLUMNS} columns.", line=number)
        empty = 0
        yield number, texts


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f" or not isinstance(value, str | int | float | date | time):
        return Formula(str(getattr(value, "text", value)))
    if cell.data_type == "e":
        return Formula(str(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _short(error: Exception) -> str:
    return str(error).strip("'\"")[:80] or type(error).__name__


def _few_entries(path: Path) -> None:
    """Count the zip's entries from its last record, before the directory itself is read."""
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - 65_557))
        tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise Unreadable("The workbook is cut short: the end of the file is missing.")
    entries = struct.unpack_from("<H", tail, at + 10)[0]
    if entries > MOST_ENTRIES:
        raise Unreadable(f"The workbook holds {entries:,} parts; a real one has a few dozen.")


def _safe_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    if name.startswith(("/", "\\")) or "\\" in name or ":" in name or ".." in name.split("/"):
        raise Unreadable(f"The workbook holds a part named '{name[:60]}', which would be written outside it.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Unreadable(f"The workbook holds a link to another place ('{name[:60]}').")
    if entry.flag_bits & 0x1:
        raise Unreadable("The workbook is locked with a password. Save it without one.")
    if entry.file_size > 1_000_000 and entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1):
        raise Unreadable(
            f"A part of the workbook would grow to {entry.file_size / max(entry.compress_size, 1):,.0f} times its "
            "size when opened, as no list of pupils does."
        )
    lower = name.lower()
    if lower.endswith("vbaproject.bin") or "/activex/" in lower or "/macrosheets/" in lower:
        raise Unreadable("The workbook holds macros. Save it as .xlsx, without macros.")
    if "/externallinks/" in lower:
        raise Unreadable("The workbook takes values from another file. Paste them as values, then save it again.")
    if "/embeddings/" in lower or lower.endswith((".xlsx", ".zip")):
        raise Unreadable("The workbook holds another file inside it.")


def _safe_whole(package: zipfile.ZipFile) -> None:
    entries = package.infolist()
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise Unreadable("The workbook holds two parts with the same name.")
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise Unreadable("The workbook would be larger than 256 MB when opened.")
    if "xl/workbook.xml" not in names:
        raise Unreadable("This is a zip file, not an Excel workbook.")
    for entry in entries:
        lower = entry.filename.lower()
        words = lower.endswith("sharedstrings.xml")
        if entry.file_size > (MOST_WORDS_BYTES if words else MOST_SIDE_BYTES) and "/worksheets/" not in lower:
            raise Unreadable("The workbook holds more text or styles than any list of pupils. Save it as CSV.")


def _no_doctype(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """No part may begin with a DOCTYPE: the first element has to come early, in plain UTF-8."""
    with package.open(entry) as stream:
        head = stream.read(_HEAD)
    if b"\0" in head or b"<!DOCTYPE" in head.upper() or b"<!ENTITY" in head.upper():
        raise Unreadable(f"The part '{entry.filename[:60]}' of the workbook holds a DOCTYPE or is in another alphabet.")
    body = head.split(b"?>", 1)[-1] if head.lstrip(b"\xef\xbb\xbf").startswith(b"<?xml") else head
    if head and not any(body[at + 1 : at + 2].isalpha() for at in range(len(body)) if body[at : at + 1] == b"<"):
        raise Unreadable(f"The part '{entry.filename[:60]}' of the workbook does not begin as a workbook does.")
