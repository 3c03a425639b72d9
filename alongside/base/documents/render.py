"""From HTML to a tagged PDF. Pure: the same words in, the same page out, and nothing is fetched from anywhere.

WeasyPrint is loaded with the first PDF, because it needs libraries that pip cannot bring; a machine without
them still shows every page and writes every Word document.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from io import BytesIO
from mimetypes import guess_type
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
_DESIGN = ROOT / "alongside" / "design"
_BUILT = ROOT / "build" / "static"
_HERE = "https://paper.invalid"  # a host that cannot be; what it names is read from our own files
_STATIC = re.compile(rf"{re.escape(_HERE)}/static/((?:[\w-]+/)*[\w.-]+)(?:#.*)?", re.ASCII)
_COLOUR = re.compile(rb"#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")
_TYPES = {".woff2": "font/woff2", ".svg": "image/svg+xml", ".css": "text/css"}

LIBRARIES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
INSTALL = f"sudo apt-get install {' '.join(LIBRARIES)}"

# A family to each file: a PDF keeps one set of letters to a family, and would mix those of two files.
_FACES = "".join(
    f'@font-face {{ font-family: "{family}"; src: url("{_HERE}/static/fonts/{file}.woff2") format("woff2") }}\n'
    for family, file in (
        ("Paper", "atkinson-latin"), ("Paper more", "atkinson-latin-ext"),
        ("Paper voice", "literata-latin"), ("Paper voice more", "literata-latin-ext"),
    )
)  # fmt: skip

# What a sheet that must stay on one side is tried at: a size of text in points, and whether it keeps its pictures.
ONE_SIDE: tuple[tuple[float, bool], ...] = (
    (14, True), (13, True), (12, True), (11, True), (11, False), (10, False), (9, False), (8, False),
    (7.5, False), (7, False), (6.5, False), (6, False),
)  # fmt: skip


class CannotPrint(Exception):
    """This machine lacks the libraries that write PDFs; the text is for whoever uses it."""

    def __init__(self) -> None:
        super().__init__("This computer cannot make PDFs yet. Whoever looks after it can mend that with one line.")


class NotOurs(ValueError):
    """A paper asked for something that is not a static file of ours."""


def pdf(html: str, *, one_side: bool = False) -> bytes:
    """A whole HTML page as a tagged PDF (PDF/UA-1), with its language, title and author.

    `one_side` shrinks the text, and at last leaves the pictures out, until the sheet has one page; only words of
    somebody's own that fill more than a page in 6 points may run on, because they are never cut.
    Raises CannotPrint where WeasyPrint's libraries are missing.
    """
    if not one_side:
        return _write(_lay_out(html))
    first = _lay_out(html, *ONE_SIDE[0])
    return _write(first if len(first.pages) == 1 else _largest(html, ONE_SIDE[1:]))


def _largest(html: str, sizes: Sequence[tuple[float, bool]]) -> Any:
    """The layout at the largest size that takes one page, found by halving; the smallest when none does."""
    fits, low, high = None, 0, len(sizes)
    while low < high:
        middle = (low + high) // 2
        found = _lay_out(html, *sizes[middle])
        if len(found.pages) == 1:
            fits, high = found, middle
        else:
            low = middle + 1
    return fits or _lay_out(html, *sizes[-1])


def _lay_out(html: str, size: float | None = None, pictures: bool = True) -> Any:
    weasyprint, fetcher = _press()
    faces = weasyprint.text.fonts.FontConfiguration()
    look = _FACES + (f".pdf .paper {{ font-size: {size}pt !important }}" if size else "")
    sheet = weasyprint.CSS(string=look, font_config=faces, url_fetcher=fetcher)
    if not pictures:
        html = html.replace('<body class="pdf">', '<body class="pdf plain">', 1)
    page = weasyprint.HTML(string=html, base_url=f"{_HERE}/", url_fetcher=fetcher, media_type="print")
    return page.render(stylesheets=[sheet], font_config=faces, pdf_variant="pdf/ua-1", pdf_tags=True)


def _write(layout: Any) -> bytes:
    target = BytesIO()
    layout.write_pdf(target, pdf_variant="pdf/ua-1", pdf_tags=True)
    return target.getvalue()


@cache
def _press() -> tuple[Any, Any]:
    """WeasyPrint and our fetcher, loaded once."""
    try:
        import weasyprint
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except OSError as error:  # what cffi raises for a library that is not there
        raise CannotPrint from error

    class Stationery(URLFetcher):  # type: ignore[misc]
        """Hands out our own files and nothing else. Anything else stops the paper: only our templates can ask."""

        def fetch(self, url: str, headers: object = None) -> Any:
            body, kind = read(url)
            return URLFetcherResponse(url, body, {"Content-Type": kind})

    return weasyprint, Stationery(fail_on_errors=True)


def read(url: str) -> tuple[bytes, str]:
    """The content and type of a static file of ours. Raises NotOurs for any other address whatever."""
    found = _STATIC.fullmatch(url)
    if found is None or ".." in url:
        raise NotOurs(f"A paper may not ask for {url[:80]}")
    return _static(found[1])


@lru_cache(maxsize=256)
def _static(name: str) -> tuple[bytes, str]:
    for path in (_source(name), _BUILT / name):
        if path is not None and path.is_file():
            content = path.read_bytes()
            body = _in_grey(content) if name.startswith("symbols/") else _unpacked(content)
            return body, _TYPES.get(path.suffix) or guess_type(name)[0] or "text/plain"
    raise NotOurs(f"There is no static file {name}")


def _source(name: str) -> Path | None:
    """Where `alongside assets` takes a static file from; a copy that was only built has the others."""
    listed: list[list[str]] = json.loads((_DESIGN / "assets.json").read_text(encoding="utf-8"))["copy"]
    for source, target in listed:
        place, _, rest = source.partition(":")
        folder = {"npm": ROOT / "node_modules", "design": _DESIGN}.get(place)
        if folder is None:
            continue
        if target == name:
            return folder / rest
        if rest.endswith("/*") and name.startswith(target):
            return folder / rest.removesuffix("*") / name.removeprefix(target)
    return None


def _unpacked(content: bytes) -> bytes:
    """A packed font as WeasyPrint wants it, so that it is unpacked once and not for each PDF."""
    if content[:4] != b"wOF2":
        return content
    from fontTools.ttLib import woff2

    font = BytesIO()
    woff2.decompress(BytesIO(content), font)
    return font.getvalue()


def _in_grey(drawing: bytes) -> bytes:
    """A symbol in greys as light as its colours, because papers are photocopied."""
    return _COLOUR.sub(_grey, drawing)


def _grey(colour: re.Match[bytes]) -> bytes:
    digits = colour[1] if len(colour[1]) == 6 else bytes(digit for digit in colour[1] for _ in range(2))
    red, green, blue = bytes.fromhex(digits.decode())
    light = round(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return b"#" + f"{light:02x}".encode() * 3
