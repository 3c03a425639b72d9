"""JSON that somebody else wrote, read within limits of size, depth and number of parts."""

import json
import re
from pathlib import Path
from typing import Any, NoReturn

from alongside.kit.tables.cells import shown
from alongside.kit.tables.faults import Unreadable

MOST_BYTES = 16 * 1024 * 1024
DEEPEST = 40
MOST_PARTS = 1_000_000  # lists, objects and the commas between values

_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\Z)|[\[\]{},]', re.DOTALL)


def load(path: Path) -> Any:
    """The value a JSON file holds. Raises Unreadable when it is too large, too deep, or no JSON."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise Unreadable(
            f"The file has {size // 1024 // 1024} MB; JSON is read up to {MOST_BYTES // 1024 // 1024} MB at a time. "
            "Ask for it in pages of 200 pupils and bring the pages in one after another."
        )
    data = path.read_bytes()
    _measure(data)
    try:
        return json.loads(data, parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise Unreadable("The file is not written in UTF-8, as JSON has to be. Ask for it again.") from None
    except json.JSONDecodeError as error:
        raise Unreadable(
            f"Line {error.lineno} is not sound JSON ({error.msg}). The file may have been cut short.", line=error.lineno
        ) from None
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"The file is not JSON that holds pupils ({shown(str(error))}).") from None


def _measure(data: bytes) -> None:
    depth = 0
    for parts, found in enumerate(_TOKEN.finditer(data), start=1):
        token = found[0]
        if token in b"[{":
            depth += 1
            if depth > DEEPEST:
                raise Unreadable(f"The file nests its parts more than {DEEPEST} deep, as no list of pupils does.")
        elif token in b"]}":
            depth -= 1
        if parts > MOST_PARTS:
            raise Unreadable("The file has more parts than can be read at once. Ask for it in pages of 200 pupils.")


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a value")


class Given:
    """One JSON object, asked for by path. What is missing or has another type than expected is None."""

    __slots__ = ("_value",)

    def __init__(self, value: Any) -> None:
        self._value = value

    def at(self, *path: str) -> Any:
        """The value under a path of names, or None. A wrapping 'data' object, as Wonde adds, is looked into."""
        value = self._value
        for name in path:
            if isinstance(value, dict) and name not in value and isinstance(value.get("data"), dict):
                value = value["data"]
            value = value.get(name) if isinstance(value, dict) else None
        return value

    def text(self, *path: str) -> str | None:
        """A text or a number as text."""
        value = self.at(*path)
        if isinstance(value, bool):
            return "true" if value else "false"
        return str(value) if isinstance(value, str | int | float) else None

    def each(self, *path: str) -> "list[Given]":
        """The objects in a list under a path, or in the 'data' that wraps it; empty when there is none."""
        value = self.at(*path)
        if isinstance(value, dict):
            value = value.get("data")
        return [Given(item) for item in value if isinstance(item, dict)] if isinstance(value, list) else []
