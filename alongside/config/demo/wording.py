"""Sentences that fit any pupil, from stories/phrases.toml."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from alongside.config.demo.pen import Pen
from alongside.config.demo.roll import Child
from alongside.config.demo.stories import words_for


@cache
def _phrases() -> Mapping[str, Any]:
    return tomllib.loads((Path(__file__).parent / "stories" / "phrases.toml").read_text(encoding="utf-8"))


def sentences() -> Iterator[tuple[str, str]]:
    """Every sentence with the name of its list."""

    def walk(key: str, table: Any) -> Iterator[tuple[str, str]]:
        if isinstance(table, Mapping):
            for name, part in table.items():
                yield from walk(name, part)
        else:
            yield from ((key, line) for line in table)

    return walk("", _phrases())


def phrase(pen: Pen, child: Child, part: str, key: str, **more: str) -> str:
    """One of the sentences of a part, about a child."""
    table: Any = _phrases()[part]
    for step in key.split("/"):
        table = table[step]
    lines: Sequence[str] = table
    return pen.draw.choice(lines).format_map({**words_for(child.liked, girl=child.girl), **more})
