"""Files that mean harm or are merely broken, made by code: families of them, some 400 files in all.

`python -m alongside.fronts.exchange.tests.hostile FOLDER` reads every file of a folder, with no network and
little memory to be had, and prints for each what its reader said.
"""

import codecs
import io
import json
import os
import random
import socket
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl

MOST_MEMORY = 512 * 1024 * 1024
HEAD = b"UPN,Surname,Forename,DOB\n"
ROW = b"Q201900126001,Xu,Jude,22/06/2018\n"
Family = Callable[[random.Random], Iterator[tuple[str, bytes]]]
Parts = dict[str, bytes]
FAMILIES: dict[str, Family] = {}


def family(function: Family) -> Family:
    FAMILIES[function.__name__] = function
    return function


def ctf(body: str, *, doctype: str = "", encoding: str = "utf-8") -> bytes:
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>\n{doctype}<CTfile><Header><CTFversion>26.0</CTFversion></Header>'
        f"<CTFpupilData>{body}</CTFpupilData></CTfile>"
    )
    return text.encode(encoding)


PUPIL = "<Pupil><UPN>Q201900126001</UPN><Surname>Xu</Surname></Pupil>"


@family
def external_entity(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    for target in (
        "file:///etc/passwd",
        "http://198.51.100.7/x",
        "ftp://198.51.100.7/x",
        "php://filter/x",
        "\\\\198.51.100.7\\x",
    ):
        for kind in ("SYSTEM", 'PUBLIC "-//x"'):
            for entity in ("", "% "):
                doctype = f'<!DOCTYPE CTfile [<!ENTITY {entity}x {kind} "{target}">]>'
                yield (
                    f"{len(target)}{len(kind)}{len(entity)}.xml",
                    ctf("<Pupil><UPN>&x;</UPN></Pupil>", doctype=doctype),
                )


@family
def laughing_entities(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    for width in (5, 10, 100):
        for depth in (3, 10, 30):
            lines = ['<!ENTITY a0 "lol">', *(f'<!ENTITY a{n} "{f"&a{n - 1};" * width}">' for n in range(1, depth))]
            doctype = f"<!DOCTYPE CTfile [{''.join(lines)}]>"
            yield f"{width}-{depth}.xml", ctf(f"<Pupil><UPN>&a{depth - 1};</UPN></Pupil>", doctype=doctype)
    yield "quadratic.xml", ctf("&a;" * 50_000, doctype=f'<!DOCTYPE CTfile [<!ENTITY a "{"x" * 50_000}">]>')


@family
def external_dtd(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    for number in range(10):
        kind = "SYSTEM" if number % 2 else "PUBLIC 'x'"
        doctype = f'<!DOCTYPE CTfile {kind} "http://198.51.100.{number}/x.dtd">'
        yield f"{number}.xml", ctf(PUPIL, doctype=" " * number * 5_000 + doctype)
    yield "after-comment.xml", ctf(PUPIL, doctype=f"<!--{'x' * 100_000}--><!DOCTYPE CTfile>")
    yield "utf16.xml", ctf(PUPIL, doctype="<!DOCTYPE CTfile>", encoding="utf-16")


@family
def included_xml(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    for number in range(10):
        href = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/{number}" parse="text"/>'
        yield f"{number}.xml", ctf(f"<Pupil><UPN>{href}</UPN></Pupil>" if number % 2 else href)


@family
def deep_or_wide_xml(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    for depth in (50, 1_000, 100_000):
        yield f"deep{depth}.xml", ctf("<Pupil>" + "<a>" * depth + "</a>" * depth + "</Pupil>")
    for width in (30_000, 1_000_000):
        yield f"wide{width}.xml", ctf("<Pupil>" + "<a/>" * width + "</Pupil>")
    yield "text.xml", ctf(f"<Pupil><UPN>{'x' * 20_000_000}</UPN></Pupil>")
    yield "attribute.xml", ctf(f'<Pupil a="{"x" * 20_000_000}"/>')
    attributes = " ".join(f'a{n}="1"' for n in range(200_000))
    yield "attributes.xml", ctf(f"<Pupil {attributes}/>")
    yield "comment.xml", ctf(f"<!--{'x' * 20_000_000}-->{PUPIL}")
    yield "tag.xml", ctf(f"<{'x' * 5_000_000}/>")
    yield "header.xml", b"<CTfile><Header>" + b"<a/>" * 500_000


@family
def cut_short(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    whole = ctf(PUPIL * 3)
    for _ in range(25):
        at = chance.randrange(1, len(whole) - 1)
        yield f"{at}.xml", whole[:at]
    book = xlsx([["UPN", "Surname", "Forename"], ["Q201900126001", "Xu", "Jude"]])
    for _ in range(15):
        at = chance.randrange(4, len(book) - 30)
        yield f"{at}.xlsx", book[:at]


def xlsx(
    rows: list[list[object]], more: dict[str, bytes] | None = None, replace: dict[str, bytes] | None = None
) -> bytes:
    out = io.BytesIO()
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(out)
    if not more and not replace:
        return out.getvalue()
    changed = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, (replace or {}).get(name, old.read(name)))
        for name, data in (more or {}).items():
            new.writestr(name, data)
    return changed.getvalue()


GOOD_ROWS: list[list[object]] = [["UPN", "Surname", "Forename"], ["Q201900126001", "Xu", "Jude"]]
SHEET = "xl/worksheets/sheet1.xml"
XML = b'<?xml version="1.0"?>'
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


@family
def zip_bombs(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    blank = XML + b"<worksheet " + MAIN + b"><sheetData>" + b" " * 60_000_000 + b"</sheetData></worksheet>"
    yield "ratio.xlsx", xlsx(GOOD_ROWS, replace={SHEET: blank})
    yield "strings.xlsx", xlsx(GOOD_ROWS, more={"xl/sharedStrings.xml": b"<sst>" + b"<si/>" * 8_000_000})
    yield "styles.xlsx", xlsx(GOOD_ROWS, more={"xl/theme/x.xml": b"<a>" + os.urandom(9_000_000)})
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"\0" * 10_000_000)
    yield "nested.xlsx", xlsx(GOOD_ROWS, more={"xl/a.zip": inner.getvalue()})
    yield "not-a-workbook.xlsx", inner.getvalue()


@family
def zip_paths(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    for name in ("../../x", "/etc/x", "xl/../../../x", "C:\\x", "xl\\..\\x"):
        yield f"{len(name)}{name.count('.')}.xlsx", xlsx(GOOD_ROWS, more={name: b"x"})
    link = io.BytesIO(xlsx(GOOD_ROWS))
    with zipfile.ZipFile(link, "a") as archive:
        entry = zipfile.ZipInfo("xl/link")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    yield "symlink.xlsx", link.getvalue()


@family
def many_zip_entries(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    for count in (3_000, 60_000):
        yield f"{count}.xlsx", xlsx(GOOD_ROWS, more={f"a{number}": b"" for number in range(count)})


@family
def zip_programs(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    for name in (
        "xl/vbaProject.bin",
        "xl/activeX/activeX1.bin",
        "xl/macrosheets/sheet1.xml",
        "xl/externalLinks/externalLink1.xml",
        "xl/embeddings/oleObject1.bin",
        "xl/embeddings/a.xlsx",
    ):
        yield f"{len(name)}.xlsx", xlsx(GOOD_ROWS, more={name: b"x"})


@family
def xml_in_a_workbook(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    laugh = b'<!DOCTYPE x [<!ENTITY a "lol">]>'
    for part in (SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"):
        yield f"{len(part)}.xlsx", xlsx(GOOD_ROWS, replace={part: XML + laugh + b"<worksheet>&a;</worksheet>"})
        yield f"{len(part)}-far.xlsx", xlsx(GOOD_ROWS, replace={part: XML + b" " * 5_000 + laugh + b"<x/>"})
        yield f"{len(part)}-broken.xlsx", xlsx(GOOD_ROWS, replace={part: XML + b"<worksheet><"})


@family
def odd_sheets(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    def sheet(rows: bytes) -> bytes:
        return XML + b"<worksheet " + MAIN + b"><sheetData>" + rows + b"</sheetData></worksheet>"

    def cell(at: str, text: str) -> bytes:
        return f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'.encode()

    head = b'<row r="1">' + cell("A1", "UPN") + cell("B1", "Surname") + cell("C1", "Forename") + b"</row>"
    yield (
        "far-row.xlsx",
        xlsx([], replace={SHEET: sheet(head + b'<row r="1048576">' + cell("A1048576", "x") + b"</row>")}),
    )
    yield "wide-row.xlsx", xlsx([], replace={SHEET: sheet(b'<row r="1">' + cell("XFD1", "x") + b"</row>")})
    yield "empty.xlsx", xlsx([])
    for formula in ("=1+1", "=HYPERLINK(&quot;http://198.51.100.7&quot;)", "=cmd|&#39; /C calc&#39;!A0"):
        row = f'<row r="2"><c r="A2"><f>{formula}</f></c></row>'.encode()
        yield f"formula{len(formula)}.xlsx", xlsx([], replace={SHEET: sheet(head + row)})


@family
def formula_cells(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    for start in (
        "=1+1",
        "@SUM(A1)",
        "+1+cmd|'/C calc'!A0",
        "-A1",
        '"=HYPERLINK(""http://198.51.100.7"")"',
        '"\t=1"',
        "=",
        "@",
    ):
        for column in range(3):
            cells = ["Q201900126001", "Xu", "Jude", "22/06/2018"]
            cells[column + 1 if column < 2 else 1] = start
            yield f"{ord(start[0])}{len(start)}{column}.csv", HEAD + ",".join(cells).encode() + b"\n"


@family
def nul_bytes(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    for _ in range(20):
        at = chance.randrange(len(HEAD), len(HEAD + ROW) - 1)
        whole = HEAD + ROW
        yield f"{at}-{chance.random()}.csv", whole[:at] + b"\0" + whole[at:]
    yield "only.csv", b"\0" * 5_000


@family
def alphabets(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    text = "UPN,Surname,Forename,DOB\nQ201900126001,Béranger,Zoë,22/06/2018\n"
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp1252", "utf-32", "utf-7", "cp037"):
        yield f"{encoding}.csv", text.encode(encoding)
    yield "half.csv", codecs.BOM_UTF16_LE + text.encode("utf-16-le")[:-1]
    yield "mixed.csv", text.encode() + "Q201900126001,Béranger,Zoë,22/06/2018\n".encode("cp1252")
    yield "mark.csv", codecs.BOM_UTF8 + b"\xff\xfe" + text.encode()
    for _ in range(15):
        yield f"{chance.random()}.csv", HEAD + bytes(chance.randrange(128, 256) for _ in range(60)) + b"\n"
    for said in ("utf-7", "utf-32", "ebcdic", "x-user-defined", "utf-16"):
        yield f"{said}.xml", ctf(PUPIL).replace(b"utf-8", said.encode())


@family
def line_ends(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    for _ in range(20):
        ends = [chance.choice((b"\n", b"\r\n", b"\r", b"\n\n", b"\x0b", b"\x0c", b"\xe2\x80\xa8")) for _ in range(6)]
        yield f"{chance.random()}.csv", HEAD.rstrip() + ends[0] + b"".join(ROW.rstrip() + end for end in ends)


@family
def endless_lines(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    yield "line.csv", HEAD + b"x" * 80_000_000
    yield "cells.csv", HEAD + b"," * 40_000_000
    yield "head.csv", b"UPN," * 10_000_000
    yield "spaces.csv", b" " * 40_000_000
    yield "lines.csv", HEAD + b"\n" * 3_000_000
    yield "json.json", b'{"data": "' + b"x" * 30_000_000


@family
def open_quotes(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    for _ in range(25):
        at = chance.randrange(len(HEAD), len(HEAD + ROW * 3) - 1)
        whole = HEAD + ROW * 3
        yield f"{at}.csv", whole[:at] + b',"' + whole[at:] + ROW * chance.choice((1, 30_000))


@family
def hostile_json(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    yield "deep.json", b"[" * 1_000_000
    yield "deeper.json", b'{"data":' * 500_000 + b"1" + b"}" * 500_000
    yield "many.json", b'{"data":[' + b"{}," * 3_000_000 + b"{}]}"
    yield "large.json", b'{"data":[' + b'"' + b"x" * 20_000_000 + b'"]}'
    yield "number.json", b'{"data":[{"upi":' + b"9" * 1_000_000 + b"}]}"
    yield "exponent.json", b'{"data":[{"upi":1e999999999}]}'
    yield "quotes.json", b'{"data":["' + b'\\"' * 5_000_000
    for word in (b"NaN", b"Infinity", b"-Infinity", b"nope", b"'x'", b"{", b"[,]", b"\xff\xfe{"):
        yield f"{word!r}.json".replace("\\", ""), b'{"data":[' + word + b"]}"
    values: tuple[object, ...] = (1, "x", None, True, [], {}, [[]], {"a": 1})
    for number, value in enumerate(values):
        wonde = {"upi": "x", "date_of_birth": value, "contacts": value, "extended_details": value, "upn": value}
        arbor = {"id": value, "senStatusAssignments": value, "displayAcademicLevel": value}
        assembly = {"object": "student", "upn": value, "demographics": value, "dob": value}
        for name, whole in (
            ("details", {"data": [{"upi": "x", "education_details": value}]}),
            (
                "wonde",
                {"data": [{**wonde, "education_details": {"data": {"upn": value}}, "sen_needs": {"data": [value]}}]},
            ),
            ("arbor", {"data": {"Student": [arbor, value]}}),
            ("assembly", {"object": "list", "data": [assembly, value]}),
        ):
            yield f"{name}{number}.json", json.dumps(whole).encode()


@family
def other_things(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    pdf = b"%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n"
    things = {
        "pdf": pdf,
        "launch": pdf.replace(b"JavaScript", b"Launch"),
        "late-pdf": b"\n" * 500 + pdf,
        "polyglot": pdf + b"<html><script>alert(1)</script>",
        "html": b"<!DOCTYPE html><html><script>alert(1)</script></html>",
        "html2": b"  <HTML><body onload=x>",
        "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
        "svg2": b'<?xml version="1.0"?><svg onload="x"/>',
        "png": b"\x89PNG\r\n\x1a\n",
        "jpeg": b"\xff\xd8\xff\xe0",
        "gif": b"GIF89a",
        "program": b"MZ\x90\0",
        "elf": b"\x7fELF\x02",
        "gzip": b"\x1f\x8b\x08",
        "rar": b"Rar!\x1a",
        "seven": b"7z\xbc\xaf\x27",
        "xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "rtf": b"{\\rtf1}",
        "sqlite": b"SQLite format 3\0",
        "eicar": b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
        "sims": b"<CommandReporterError>No such report</CommandReporterError>",
        "empty": b"",
        "space": b"   \n",
    }
    for name, data in things.items():
        for ending in ("csv", "xml", "xlsx"):
            yield f"{name}.{ending}", data


@family
def noise(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    for number in range(30):
        start = chance.choice((b"", HEAD, b"<CTfile>", b"PK\x03\x04", b"{", b"[", b"\xff\xfe"))
        yield f"{number}.csv", start + chance.randbytes(chance.randrange(1, 5_000))


def write_all(folder: Path) -> int:
    """Write every family's files; gives how many."""
    count = 0
    for name, make in FAMILIES.items():
        (folder / name).mkdir()
        for count_in, (file, data) in enumerate(make(random.Random(name))):
            (folder / name / f"{count_in:03d}-{file.replace('/', '_')[-60:]}").write_bytes(data)
            count += 1
    return count


def main(folder: Path) -> None:
    """Read every file as an upload would be, within limits; one line of JSON for each."""
    from datetime import date

    from alongside.fronts.exchange.check import check
    from alongside.fronts.exchange.detect import detect
    from alongside.fronts.exchange.readers import read
    from alongside.fronts.exchange.record import PupilRecord
    from alongside.kit.tables.faults import Fault, Unreadable

    def no_network(*_: object) -> None:
        raise AssertionError("the network was asked for")

    socket.socket.connect = no_network  # type: ignore[method-assign]
    socket.getaddrinfo = no_network  # type: ignore[assignment]
    on = date(2026, 11, 23)
    for path in sorted(folder.rglob("*.*")):
        started = time.monotonic()
        said: dict[str, object] = {"file": f"{path.parent.name}/{path.name}", "refused": None, "pupils": 0, "faults": 0}
        try:
            for item in read(path, detect(path), name=path.name, on=on):
                if isinstance(item, PupilRecord):
                    checked = check(item, on=on)
                    said["pupils"] = int(str(said["pupils"])) + (not checked.refused)
                    said["faults"] = int(str(said["faults"])) + len(checked.faults)
                elif isinstance(item, Fault):
                    said["faults"] = int(str(said["faults"])) + 1
        except Unreadable as error:
            said["refused"] = error.fault.reason
        except Exception as error:
            said["crashed"] = f"{type(error).__name__}: {error}"[:300]
        said["seconds"] = round(time.monotonic() - started, 2)
        said["largest"] = _largest()
        print(json.dumps(said), flush=True)


def _largest() -> int:
    """The most memory, in bytes, that this program has had; getrusage would count the tests that started it too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
