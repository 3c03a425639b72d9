"""A reader of calendars, from the grammar of RFC 5545 alone, so that the writer is not its own judge."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_LINE = re.compile(
    r'([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"\x00-\x1f]*"|[^\x00-\x1f";:,]*))*):([^\x00-\x08\x0a-\x1f]*)'
)
_ESCAPE = re.compile(r"\\([\\;,nN])")
_MOST = 75  # octets of a line, without its end


@dataclass
class Part:
    """A component: its properties with their parameters, and what is inside it."""

    name: str
    lines: dict[str, tuple[str, str]] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)

    def text(self, name: str) -> str:
        value = self.lines[name][1]
        assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value), f"{name} has a comma or semicolon that is not escaped"
        return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def read(body: bytes) -> Part:
    """The calendar in a body. Raises AssertionError for what the grammar forbids."""
    assert body.endswith(b"\r\n") and b"\n" not in body.replace(b"\r\n", b""), "lines end with CR and LF"
    for octets in body.split(b"\r\n"):
        assert len(octets) <= _MOST, f"a line of {len(octets)} octets"
        octets.decode()  # a fold never cuts a letter in two
    whole = body.replace(b"\r\n ", b"").replace(b"\r\n\t", b"").decode()
    stack: list[Part] = [Part("")]
    for line in whole.removesuffix("\r\n").split("\r\n"):
        found = _LINE.fullmatch(line)
        assert found, f"no line of a calendar: {line!r}"
        name, parameters, value = found[1].upper(), found[2], found[3]
        if name == "BEGIN":
            part = Part(value)
            stack[-1].parts.append(part)
            stack.append(part)
        elif name == "END":
            assert stack.pop().name == value, "parts end in the order in which they began"
        else:
            assert name not in stack[-1].lines, f"{name} stands twice"
            stack[-1].lines[name] = (parameters, value)
    assert len(stack) == 1 and [part.name for part in stack[0].parts] == ["VCALENDAR"]
    return stack[0].parts[0]
