"""Common Transfer Files (CTF) and their alternative (ATF): reading any version, writing 25.0 and later.

Source: the shape of CTF 24.0 and 25.0 as DfE and suppliers write it; version = the autumn year of the
school year, so 26.0 belongs to 2026/27. CTF 25 says Sex; 24 and before may say Gender.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO, TextIO

from alongside.fronts.exchange.ctf import shape
from alongside.fronts.exchange.ctf.xml import Node, elements
from alongside.fronts.exchange.record import Establishment, FileHeader, Item, PupilRecord
from alongside.fronts.exchange.values import Desk
from alongside.kit.tables.cells import shown
from alongside.kit.tables.faults import Fault, Severity, Unreadable
from alongside.law.calendar import academic_year

ROOTS = {"CTfile": "CTFpupilData", "ATfile": "ATFpupilData"}
_VERSION = re.compile(r"(\d\d)\.\d")
_NAME = re.compile(r"([0-9]{3}|XXX|MMM)([0-9]{4}|LLLL|XXXX|MMMM)_[A-Z]{3}_([0-9]{3}|XXX|MMM)([0-9]{4}|LLLL|XXXX|MMMM)")
_NOBODY = frozenset({"XXX", "MMM", "XXXX", "MMMM", "LLLL"})

# Shapes that some programs invent and call a CTF: named, so that the sentence can say what is wrong.
_INVENTED = shape.NESTED | {"SENstage", "SENstatus", "FSMreview", "AssessmentResults"}
_NOT_CTF = "which no Common Transfer File has. Ask the sender for a CTF made by their MIS."


def read_ctf(path: Path, *, name: str, on: date) -> Iterator[Item]:
    """The file's header, then its pupils and what is wrong in it, one by one, in little memory.

    `name` is the file's name as it was sent. Raises Unreadable, also half-way, for a file that is not a
    sound CTF; what was read before is then not to be used.
    """
    with path.open("rb") as stream:
        yield from _items(stream, name=name, on=on)


def _items(stream: BinaryIO, *, name: str, on: date) -> Iterator[Item]:
    header: FileHeader | None = None
    ordinal = 0
    strangers: dict[str, int] = {}
    for node in elements(stream, ROOTS):
        if node.tag == "Header":
            header, faults = _header(node, name=name, on=on)
            yield header
            yield from faults
        elif node.tag in ROOTS.values():
            _note_strangers(strangers, node.children)
        elif node.tag in {"Pupils", "pupils"} or (node.tag == "Pupil" and header is None):
            raise _invented(node)
        elif node.tag == "Pupil":
            ordinal += 1
            yield _pupil(node, ordinal, strangers)
        else:
            _note_strangers(strangers, [node])
    if header is None:
        raise Unreadable("The file has no Header part, so nobody can tell which school it comes from.", line=1)
    if strangers:
        yield _unread(strangers)


def _header(node: Node, *, name: str, on: date) -> tuple[FileHeader, list[Fault]]:
    desk = Desk(node.line)
    values: shape.Values = {}
    shape.HEADER.read(node, desk, values)
    values.pop("strangers", None)
    header = FileHeader(kind="ctf", **values)
    return header, [*_version_faults(header, node.line, on), *_name_faults(header, name, node.line)]


def _version_faults(header: FileHeader, line: int, on: date) -> Iterator[Fault]:
    current = academic_year(on).starts_in % 100
    found = _VERSION.fullmatch(header.version or "")
    if found is None:
        said = f"says '{shown(header.version)}'" if header.version else "does not say which"
        yield Fault(line, "CTFversion", f"The file {said} version of the CTF it is; it is read as {current}.0.",
                    Severity.WARN)  # fmt: skip
    elif int(found[1]) not in (current, current - 1):
        yield Fault(
            line, "CTFversion",
            f"The file is CTF version {header.version}; this year's is {current}.0. It is read, but check the "
            "result and ask for a newer file if one can be had.",
            Severity.WARN,
        )  # fmt: skip


def _name_faults(header: FileHeader, name: str, line: int) -> Iterator[Fault]:
    found = _NAME.match(name.upper())
    if found is None:
        return
    for where, school, la, number in (
        ("sent by", header.source, found[1], found[2]),
        ("meant for", header.destination, found[3], found[4]),
    ):
        for part, said, inside in (("LEA", la, _of(school, "la")), ("Estab", number, _of(school, "number"))):
            if inside and said != inside and not {said, inside} & _NOBODY:
                yield Fault(
                    line, part,
                    f"The file's name says it is {where} {la}{number}, but the file itself says "
                    f"{_of(school, 'la') or '???'}{_of(school, 'number') or '????'}. Is it the right file?",
                    Severity.WARN,
                )  # fmt: skip
                break


def _of(school: Establishment | None, part: str) -> str | None:
    return getattr(school, part) if school else None


def _pupil(node: Node, ordinal: int, strangers: dict[str, int]) -> PupilRecord:
    desk = Desk(node.line)
    values: shape.Values = {}
    shape.PUPIL.read(node, desk, values)
    for stranger in values.pop("strangers", ()):
        if stranger.tag in _INVENTED:
            raise _invented(stranger)
        _note_strangers(strangers, [stranger])
    return PupilRecord(line=node.line, ordinal=ordinal, faults=tuple(desk.faults), **values)


def _invented(node: Node) -> Unreadable:
    return Unreadable(
        f"Line {node.line} holds '{shown(node.tag)}' in a place {_NOT_CTF}", line=node.line, field=node.tag
    )


def _note_strangers(strangers: dict[str, int], nodes: Iterable[Node]) -> None:
    for node in nodes:
        if len(strangers) < 20:
            strangers.setdefault(node.tag, node.line)


def _unread(strangers: dict[str, int]) -> Fault:
    names = ", ".join(f"{shown(tag)} (line {line})" for tag, line in strangers.items())
    return Fault(min(strangers.values()), "file", f"These parts of the file are not read: {names}.", Severity.WARN)


def file_name(source: Establishment, destination: Establishment, counter: int = 1) -> str:
    """LLLEEEE_CTF_LLLEEEE_NNN.xml; XXX and XXXX stand for a school that is not known."""
    ends = [f"{school.la or 'XXX'}{school.number or 'XXXX'}" for school in (source, destination)]
    return f"{ends[0]}_CTF_{ends[1]}_{counter:03d}.xml"


def write_ctf(stream: TextIO, header: FileHeader, pupils: Iterable[PupilRecord]) -> int:
    """Write a CTF that `read_ctf` reads back as the same records; gives how many pupils were written."""
    written = 0
    stream.write('<?xml version="1.0" encoding="utf-8"?>\n<CTfile>\n')
    stream.writelines(shape.HEADER.write(header, "  "))
    stream.write("  <CTFpupilData>\n")
    for pupil in pupils:
        stream.writelines(shape.PUPIL.write(pupil, "    "))
        written += 1
    stream.write("  </CTFpupilData>\n</CTfile>\n")
    return written
