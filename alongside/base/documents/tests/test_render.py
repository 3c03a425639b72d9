"""PDFs: what may be asked for, what comes out, and what a reader of any kind finds in it. No database."""

from __future__ import annotations

import builtins
import re
import socket
import zlib
from io import BytesIO
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image, ImageChops

from alongside.base.documents import render

PAGE = """<!doctype html>
<html lang="en-GB"><head><title>A title</title><meta name="author" content="Oakfield">
<link rel="stylesheet" href="/static/paper.css"></head>
<body class="pdf"><article class="paper {kind}">{body}</article></body></html>"""


def a_page(body: str, kind: str = "") -> str:
    return PAGE.format(kind=kind, body=body)


def text_of(content: bytes) -> str:
    """The words of a PDF, one space between them, lines that were broken put together."""
    document = pypdfium2.PdfDocument(BytesIO(content))
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).replace("\ufffe", "-").split())


def structure_of(content: bytes) -> list[str]:
    """The types of a PDF's structure elements, in order of reading."""
    document = pypdfium2.PdfDocument(BytesIO(content))
    found: list[str] = []
    for page in document:
        tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
        for at in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            _walk(pdfium.FPDF_StructTree_GetChildAtIndex(tree, at), found)
        pdfium.FPDF_StructTree_Close(tree)
    return found


def _walk(element: Any, found: list[str]) -> None:
    if not element:
        return
    length = pdfium.FPDF_StructElement_GetType(element, None, 0)
    name = (pdfium.c_char * length)()
    pdfium.FPDF_StructElement_GetType(element, name, length)
    found.append(bytes(name).decode("utf-16-le").rstrip("\x00"))
    for at in range(pdfium.FPDF_StructElement_CountChildren(element)):
        _walk(pdfium.FPDF_StructElement_GetChildAtIndex(element, at), found)


def test_a_pdf_is_tagged_and_says_its_language_title_and_author() -> None:
    content = render.pdf(a_page("<h1>Kuba</h1><section><h2>Outcomes</h2><ul><li>One</li></ul></section>"))
    document = pypdfium2.PdfDocument(BytesIO(content))
    assert pdfium.FPDFCatalog_IsTagged(document.raw)
    assert document.get_metadata_value("Title") == "A title"
    assert document.get_metadata_value("Author") == "Oakfield"
    plain = uncompressed(content)
    for part in (
        "/StructTreeRoot",
        "/MarkInfo",
        "/Marked true",
        "/Lang (en-GB)",
        "/DisplayDocTitle true",
        "pdfuaid:part",
    ):
        assert part.encode() in plain, part
    structure = structure_of(content)
    assert [tag for tag in structure if tag in {"H1", "H2", "L", "LI"}] == ["H1", "H2", "L", "LI"]


def uncompressed(content: bytes) -> bytes:
    """Everything in a PDF, its packed objects unpacked."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    opened = b""
    for stream in streams:
        try:
            opened += zlib.decompress(stream)
        except zlib.error:
            opened += stream
    return content + opened


def test_our_faces_are_in_the_file_and_letters_beyond_latin_1_keep_their_shape() -> None:
    content = uncompressed(render.pdf(a_page("<p>Poznań</p>")))
    assert content.count(b"/FontDescriptor") >= 2, "plain letters and those of the second file stand apart"
    assert b"Paper-more" in content or b"Paper#20more" in content


@pytest.mark.parametrize("weight", ["b", "i"])
def test_a_letter_of_the_second_file_keeps_its_shape(weight: str) -> None:
    """ń is n with a stroke on it: under the stroke both have the same ink. (Two files under one name mix letters.)"""
    plain, accented, another = (_ink(f"<h1>nz<{weight}>{letter}</{weight}></h1>") for letter in ("n", "ń", "r"))
    assert _differ(plain, accented) < 40 < _differ(plain, another)


def _ink(body: str) -> Image.Image:
    """A line of large letters up to the height of an n."""
    page = next(iter(pypdfium2.PdfDocument(BytesIO(render.pdf(a_page(body))))))
    _, bottom, _, top = page.get_textpage().get_charbox(0)
    height = page.get_height()
    image: Image.Image = page.render(scale=4).to_pil().convert("1")
    return image.crop((0, int(4 * (height - top)), 600, int(4 * (height - bottom))))


def _differ(one: Image.Image, other: Image.Image) -> int:
    """How many points differ."""
    return sum(ImageChops.difference(one.convert("L"), other.convert("L")).histogram()[1:])


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/a.png", "https://example.com/static/paper.css", "file:///etc/passwd", "ftp://paper.invalid/a",
        "https://paper.invalid/static/../settings.py", "https://paper.invalid/static/%2e%2e/settings.py",
        "https://paper.invalid/static/fonts/..%2f..%2fpyproject.toml", "https://paper.invalid.example/static/paper.css",
        "https://paper.invalid/alongside/config/settings.py", "https://paper.invalid/static//etc/passwd",
        "https://paper.invalid/static/nothing.css", "paper.css", "",
    ],
)  # fmt: skip
def test_nothing_but_our_own_static_files_is_read(url: str) -> None:
    with pytest.raises(render.NotOurs):
        render.read(url)


def test_our_own_static_files_are_read() -> None:
    assert render.read("https://paper.invalid/static/paper.css")[1] == "text/css"
    font, kind = render.read("https://paper.invalid/static/fonts/atkinson-latin.woff2")
    assert kind == "font/woff2" and font[:4] == b"\x00\x01\x00\x00", "unpacked once, not for every PDF"
    drawing, kind = render.read("https://paper.invalid/static/symbols/dog.svg")
    assert kind == "image/svg+xml" and b"<svg" in drawing


def test_symbols_are_drawn_in_grey() -> None:
    drawing, _ = render.read("https://paper.invalid/static/symbols/happy.svg")
    colours = {colour[1].decode() for colour in render._COLOUR.finditer(drawing)}
    assert colours and all(colour[:2] == colour[2:4] == colour[4:] for colour in colours)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/a.png", "file:///etc/hostname", "//example.com/a.png"])
def test_a_paper_that_asks_for_anything_else_is_not_made(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(*args: object, **kwargs: object) -> None:
        raise AssertionError("a paper reached for the network")

    monkeypatch.setattr(socket.socket, "connect", no_network)
    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    with pytest.raises(BaseException, match="Error fetching") as stopped:
        render.pdf(a_page(f'<img src="{address}" alt="x">'))
    assert isinstance(stopped.value.__cause__, render.NotOurs)


def test_a_sheet_that_fits_keeps_its_size_and_one_that_does_not_is_shrunk_to_one_side() -> None:
    short = render.pdf(a_page("<p>Short.</p>", "paper-profile"), one_side=True)
    long = render.pdf(a_page("<p>" + "Many words. " * 700 + "</p>", "paper-profile"), one_side=True)
    assert size_of(short) == pytest.approx(14 * 4 / 3, abs=0.1)
    assert size_of(long) < size_of(short)
    assert len(pypdfium2.PdfDocument(BytesIO(long))) == 1
    assert text_of(long).count("Many words.") == 700, "nothing is cut"


def size_of(content: bytes) -> float:
    page = next(iter(pypdfium2.PdfDocument(BytesIO(content)))).get_textpage()
    return float(pdfium.FPDFText_GetFontSize(page, 0))


def test_words_that_fill_more_than_a_page_run_on_rather_than_being_cut() -> None:
    content = render.pdf(a_page("<p>" + "Many words. " * 4000 + "</p>", "paper-profile"), one_side=True)
    assert len(pypdfium2.PdfDocument(BytesIO(content))) > 1
    assert text_of(content).count("Many words.") == 4000


def test_without_the_libraries_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without_pango(name: str, *rest: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *rest)

    render._press.cache_clear()
    monkeypatch.setattr(builtins, "__import__", without_pango)
    with pytest.raises(render.CannotPrint, match="cannot make PDFs yet"):
        render.pdf(a_page("<p>x</p>"))
    monkeypatch.undo()
    assert render.pdf(a_page("<p>x</p>"))[:4] == b"%PDF", "once they are there it works, without a restart"
