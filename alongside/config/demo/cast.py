"""People and pupils with names of their own, from stories/cast.toml."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

Known = Mapping[str, Any]  # what the cast says of somebody
NOBODY: Known = {}


@dataclass(frozen=True, slots=True)
class Cast:
    """By role: staff of the first school and people of the trust; and the first school's known pupils."""

    staff: Mapping[str, Sequence[Known]]
    trust: Mapping[str, Sequence[Known]]
    pupils: Sequence[Known]


@cache
def cast() -> Cast:
    """The cast, read once."""
    path = Path(__file__).parent / "stories" / "cast.toml"
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    return Cast(told["staff"], told["trust"], told["pupil"])
