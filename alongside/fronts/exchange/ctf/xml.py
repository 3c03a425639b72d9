"""XML read as a stream, with line numbers, in little memory, and with nothing that can reach outside.

A DOCTYPE is refused before one declaration in it is read, so there are no entities to expand or fetch.
"""

from collections.abc import Collection, Iterator
from typing import BinaryIO
from xml.parsers import expat

from alongside.kit.tables.cells import shown
from alongside.kit.tables.faults import Unreadable

CHUNK = 64 * 1024
DEEPEST = 24
MOST_ELEMENTS = 20_000  # in one pupil; a real one has about a hundred
LONGEST_TEXT = 100_000
LONGEST_TAG = 1024 * 1024

_AGAIN = "Ask for the file to be exported again."


class Node:
    """One element: its name, line, text and children."""

    __slots__ = ("children", "line", "tag", "text")

    def __init__(self, tag: str, line: int) -> None:
        self.tag = tag
        self.line = line
        self.text = ""
        self.children: list[Node] = []


class _Builder:
    """Expat's callbacks. Whole elements at the two levels that matter are put on `done`."""

    def __init__(self, parser: expat.XMLParserType, roots: Collection[str]) -> None:
        self.parser = parser
        self.roots = roots
        self.path: list[Node] = []
        self.done: list[Node] = []
        self.encoding: str | None = None
        self._count = 0
        self._text = 0
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.data
        parser.XmlDeclHandler = self.declaration
        parser.StartDoctypeDeclHandler = self.doctype
        parser.EntityDeclHandler = self.doctype
        parser.ExternalEntityRefHandler = self.doctype
        parser.UnparsedEntityDeclHandler = self.doctype

    def declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        self.encoding = encoding

    def doctype(self, *_: object) -> int:
        raise Unreadable(
            "The file holds a DOCTYPE. A Common Transfer File needs none, and one can be made to read other "
            "files or fill the memory, so the file is refused unread.",
            line=self.parser.CurrentLineNumber,
        )

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        node = Node(tag, line)
        depth = len(self.path)
        if ":" in tag:
            raise Unreadable(
                f"Line {line} holds the element '{shown(tag)}' of another namespace, which a Common Transfer "
                "File never has.",
                line=line,
            )
        if depth == 0:
            if tag not in self.roots:
                raise Unreadable(
                    f"The file begins with '{shown(tag)}'. A Common Transfer File begins with "
                    f"{' or '.join(self.roots)}.",
                    line=line,
                )
        elif depth == 1 or (depth == 2 and self.path[1].tag in _PUPIL_SECTIONS):
            self._count = self._text = 0
        else:
            self._count += 1
            if self._count > MOST_ELEMENTS or depth > DEEPEST:
                raise Unreadable(
                    f"The element that holds line {line} has more parts than any pupil's record could have.",
                    line=line,
                )
            self.path[-1].children.append(node)
        self.path.append(node)

    def end(self, tag: str) -> None:
        node = self.path.pop()
        depth = len(self.path)
        if depth == 1 or (depth == 2 and self.path[1].tag in _PUPIL_SECTIONS):
            self.done.append(node)

    def data(self, text: str) -> None:
        if text.isspace() or len(self.path) < 3:
            return
        self._text += len(text)
        if self._text > LONGEST_TEXT:
            line = self.parser.CurrentLineNumber
            raise Unreadable(f"The text that holds line {line} is longer than any field could be.", line=line)
        self.path[-1].text += text


_PUPIL_SECTIONS = frozenset({"CTFpupilData", "ATFpupilData"})


def elements(stream: BinaryIO, roots: Collection[str]) -> Iterator[Node]:
    """Yield each part of a transfer file as it is complete: the header, then pupil by pupil.

    A part that comes straight under the root and is not a pupil section comes whole; the section itself
    comes last, empty. Raises Unreadable, with the line, as soon as the file turns out not to be sound.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    builder = _Builder(parser, roots)
    fed = 0
    while chunk := stream.read(CHUNK):
        _feed(parser, builder, chunk, last=False)
        fed += len(chunk)
        if fed - max(parser.CurrentByteIndex, 0) > LONGEST_TAG:
            raise Unreadable(
                f"Something on line {parser.CurrentLineNumber} is longer than a million characters.",
                line=parser.CurrentLineNumber,
            )
        yield from builder.done
        builder.done.clear()
    _feed(parser, builder, b"", last=True)
    yield from builder.done


def _feed(parser: expat.XMLParserType, builder: _Builder, chunk: bytes, *, last: bool) -> None:
    try:
        parser.Parse(chunk, last)
    except expat.ExpatError as error:
        raise Unreadable(_sentence(error, builder, chunk, parser), line=error.lineno) from None
    except (LookupError, ValueError):  # an encoding that Python does not know or that is not one byte a letter
        raise Unreadable(
            f"The file says it is written in '{shown(str(builder.encoding))}', which cannot be read. A Common "
            f"Transfer File is UTF-8. {_AGAIN}",
            line=1,
        ) from None


_TOKEN = expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]
_NOTHING = expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS]
_SHORT = {
    _NOTHING,
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
    expat.errors.codes[expat.errors.XML_ERROR_PARTIAL_CHAR],
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
}
_ENCODINGS = {
    expat.errors.codes[expat.errors.XML_ERROR_UNKNOWN_ENCODING],
    expat.errors.codes[expat.errors.XML_ERROR_INCORRECT_ENCODING],
}
_ENTITY = expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]
_MISMATCH = expat.errors.codes[expat.errors.XML_ERROR_TAG_MISMATCH]
_JUNK = expat.errors.codes[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]


def _sentence(error: expat.ExpatError, builder: _Builder, chunk: bytes, parser: expat.XMLParserType) -> str:
    line, encoding = error.lineno, builder.encoding or "UTF-8"
    if error.code in _SHORT:
        if not builder.path:
            return "The file is empty."
        opened = next((node for node in builder.path if node.tag == "Pupil"), builder.path[-1])
        return (
            f"The file stops short at line {line}, inside the part '{shown(opened.tag)}' that begins on line "
            f"{opened.line}. {_AGAIN}"
        )
    if error.code in _ENCODINGS:
        return f"The file says it is written in '{shown(encoding)}', but it is not. {_AGAIN}"
    if error.code == _TOKEN:
        return (
            f"Line {line} holds a character that is not {shown(encoding)}. The file was probably saved with "
            f"another program or in another alphabet. {_AGAIN}"
        )
    if error.code == _ENTITY:
        return f"Line {line} uses an abbreviation (entity) that is not defined. {_AGAIN}"
    if error.code == _MISMATCH:
        return f"On line {line} the part '{shown(builder.path[-1].tag)}' is not closed. {_AGAIN}"
    if error.code == _JUNK:
        return f"There is more text on line {line}, after the end of the file's last part. {_AGAIN}"
    return f"Line {line} is not sound XML ({expat.ErrorString(error.code)}). {_AGAIN}"
