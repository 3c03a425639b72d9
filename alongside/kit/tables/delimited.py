"""CSV of any kind as rows of text with line numbers, in little memory.

The encoding and the separator are found out, not asked for. Nothing is guessed where the file is unsound:
a quote that never closes, a NUL, two encodings in one file and a line without end are refused, by line.
"""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from alongside.kit.tables.faults import Unreadable

LONGEST_LINE = 200_000  # characters; the widest report of a real pupil has about 5,000
LONGEST_RECORD = 400_000  # characters between an opening quote and the end of its row
MOST_LINES = 1_000_000
_SEPARATORS = (",", "\t", ";", "|")
_CHUNK = 64 * 1024

Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a CSV is written: its encoding and what stands between two cells."""

    encoding: str
    separator: str


def sniff(path: Path) -> Dialect:
    """Find out how a CSV is written. Raises Unreadable when it is no text."""
    encoding = _encoding(path)
    return Dialect(encoding, _separator(path, encoding))


def rows(path: Path, dialect: Dialect) -> Iterator[Row]:
    """The rows with the line each begins on; blank rows are left out. Raises Unreadable by line."""
    lines = _Lines(path, dialect.encoding)
    reader = csv.reader(lines, delimiter=dialect.separator, strict=True)
    while True:
        lines.start_record()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable(_sentence(str(error), lines), line=lines.first) from None
        if any(cell and not cell.isspace() for cell in cells):
            yield lines.first, cells


class _Lines:
    """Physical lines for the csv reader, each and all together bounded."""

    def __init__(self, path: Path, encoding: str) -> None:
        self.number = self.first = 0
        self._length = 0
        self._source = _decoded(path, encoding)

    def start_record(self) -> None:
        self.first, self._length = self.number + 1, 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = next(self._source)
        self.number += 1
        self._length += len(line)
        if "\0" in line:
            raise Unreadable(
                f"Line {self.number} holds a NUL, which no text has: this is not a CSV, or it is damaged.",
                line=self.number,
            )
        if self._length > LONGEST_RECORD:
            raise Unreadable(
                f"The row that begins on line {self.first} never ends: a quotation mark in it is not closed.",
                line=self.first,
            )
        if self.number > MOST_LINES:
            raise Unreadable(f"The file has more than {MOST_LINES:,} lines.", line=self.number)
        return line


def _sentence(error: str, lines: _Lines) -> str:
    if "unexpected end of data" in error:
        return f"The row that begins on line {lines.first} never ends: a quotation mark in it is not closed."
    if "field larger" in error:
        return f"A cell in the row that begins on line {lines.first} is longer than any cell could be."
    return (
        f"The row that begins on line {lines.first} is not written as CSV: after a closing quotation mark there "
        "is more text before the next separator."
    )


def _decoded(path: Path, encoding: str) -> Iterator[str]:
    """Lines with their ends, split at line feeds and carriage returns only."""
    with path.open(encoding=encoding, newline="") as stream:
        while line := stream.readline(LONGEST_LINE):
            if len(line) == LONGEST_LINE and not line.endswith(("\n", "\r")):
                raise Unreadable(f"A line is longer than {LONGEST_LINE:,} characters: this is not a list of pupils.")
            yield line


def _encoding(path: Path) -> str:
    """UTF-16 and UTF-8 by their marks, UTF-8 when every line is, else Windows-1252, as SIMS writes."""
    with path.open("rb") as stream:
        head = stream.read(_CHUNK)
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            _all_decodes(path, "utf-16", "UTF-16")
            return "utf-16"
        if head.startswith(codecs.BOM_UTF8):
            _all_decodes(path, "utf-8-sig", "UTF-8")
            return "utf-8-sig"
        if wide := _wide(head):
            _all_decodes(path, wide, "UTF-16")
            return wide
    return _eight_bit(path)


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Western text is 0."""
    even, odd = head[0::2], head[1::2]
    if len(head) < 4 or head.count(0) < len(head) // 3:
        return None
    if odd.count(0) > 0.9 * len(odd) and not even.count(0):
        return "utf-16-le"
    if even.count(0) > 0.9 * len(even) and not odd.count(0):
        return "utf-16-be"
    return None


def _all_decodes(path: Path, encoding: str, name: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as stream:
        while True:
            chunk = stream.read(_CHUNK)
            try:
                line += decoder.decode(chunk, final=not chunk).count("\n")
            except UnicodeDecodeError:
                raise Unreadable(
                    f"The file begins as {name}, but at or after line {line} there is a character that is not. "
                    "Ask for the file to be exported again.",
                    line=line,
                ) from None
            if not chunk:
                return


def _eight_bit(path: Path) -> str:
    """UTF-8 when every line is; Windows-1252 when some are not and none is; both together are refused."""
    utf8 = other = 0
    with path.open("rb") as stream:
        for number, line in enumerate(iter(partial(stream.readline, LONGEST_LINE), b""), start=1):
            if line.isascii():
                continue
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as error:
                if error.end == len(line) and not line.endswith(b"\n") and len(line) == LONGEST_LINE:
                    continue  # only cut in two
                other = other or number
                _must_be_windows(line, number)
                utf8 = utf8 or (number if _UTF8_LETTER.search(line) else 0)
            else:
                utf8 = utf8 or number
            if utf8 and other:
                raise Unreadable(
                    f"Line {utf8} is written in UTF-8 and line {other} in Windows-1252: two files were probably "
                    "pasted together, and names would be spoilt. Ask for the file to be exported again.",
                    line=max(utf8, other),
                )
    return "cp1252" if other else "utf-8"


_UTF8_LETTER = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}")


def _must_be_windows(line: bytes, number: int) -> None:
    try:
        line.decode("cp1252")
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"Line {number} holds a byte (0x{line[error.start]:02X}) that stands for no letter in UTF-8 or "
            "Windows-1252. Save the file as 'CSV UTF-8' and bring it in again.",
            line=number,
        ) from None


def _separator(path: Path, encoding: str) -> str:
    """The separator that cuts the first lines into the most columns, evenly."""
    try:
        head = [line for line in islice(_decoded(path, encoding), 40) if line.strip()]
    except Unreadable:
        return ","  # the reader will say what is wrong, with its line

    def evenness(separator: str) -> tuple[int, int]:
        try:
            widths = Counter(len(cells) for cells in csv.reader(head, delimiter=separator))
        except csv.Error:
            return 0, 0
        width, often = max(widths.items(), key=lambda each: (each[0] > 1, each[1], each[0]), default=(0, 0))
        return (often if width > 1 else 0), width

    return max(_SEPARATORS, key=evenness)
