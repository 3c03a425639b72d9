"""A file that somebody brought, as a file on the disk, and the rows of the table in it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile

from alongside.kit.tables import delimited, sheet
from alongside.kit.tables.faults import Unreadable

_HEAD = 4096

# First bytes of what is certainly no table of pupils, and what to do instead.
MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF. Export the same report as CSV or Excel"),
    (b"\xd0\xcf\x11\xe0", "an old Excel file (.xls), or one locked with a password. Save it as .xlsx, without one"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"\x1f\x8b", "a compressed file. Unpack it and bring in the file inside"),
    (b"Rar!", "a compressed file. Unpack it and bring in the file inside"),
    (b"7z\xbc\xaf", "a compressed file. Unpack it and bring in the file inside"),
    (b"SQLite format", "a database"),
    (b"{\\rtf", "a Word document. Export the report as CSV or Excel"),
)  # fmt: skip


@contextmanager
def on_disk(file: UploadedFile[Any]) -> Iterator[Path]:
    """Where an upload lies as a file; a small one, which came in memory, is written out first."""
    if isinstance(file, TemporaryUploadedFile):
        yield Path(file.temporary_file_path())
        return
    with tempfile.NamedTemporaryFile() as written:
        shutil.copyfileobj(file, written)
        written.flush()
        yield Path(written.name)


def refuse_other(head: bytes) -> None:
    """Raise Unreadable for what its first bytes say is no table, naming what it is instead."""
    for magic, what in MAGIC:
        if head.startswith(magic) or (magic == b"%PDF" and magic in head[:1024]):
            raise Unreadable(f"This is {what}.")


def table_rows(path: Path, *, most: int) -> list[delimited.Row]:
    """The rows of a CSV or an Excel workbook with their numbers. Raises Unreadable, for more than `most` too."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head:
        raise Unreadable("The file is empty.")
    refuse_other(head)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"<", b"{", b"["):
        raise Unreadable("This is not a table. Export the results as CSV or Excel.")
    rows = sheet.rows(path) if head.startswith(b"PK") else delimited.rows(path, delimited.sniff(path))
    found = list(islice(rows, most + 1))
    if len(found) > most:
        raise Unreadable(f"The file has more than {most:,} rows. Split it by year group.")
    return found
