"""The one pupil whose story is told in full, from stories/hero.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from alongside.areas.support.rules import Choice
from alongside.config.demo.aims import Aimed, CycleWords
from alongside.config.demo.pen import Pen
from alongside.config.demo.rounds import Round, fixed
from alongside.config.demo.stories import Story


@dataclass(frozen=True, slots=True)
class Hero:
    """His story, his cycles as days before today, and what was said of each."""

    story: Story
    days: Sequence[Sequence[int]]
    words: Sequence[CycleWords]

    def rounds(self, pen: Pen) -> list[Round]:
        """His cycles on school days."""
        return fixed(pen.days, pen.on, self.days)


@cache
def hero() -> Hero:
    """Kuba, read once."""
    path = Path(__file__).parent / "stories" / "hero.toml"
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    return Hero(
        Story(**told["own"]), [cycle["days"] for cycle in told["cycle"]], [_words(cycle) for cycle in told["cycle"]]
    )


def _words(cycle: Mapping[str, Any]) -> CycleWords:
    return CycleWords(
        [_aimed(aim) for aim in cycle["aim"]], Choice(cycle.get("choice", Choice.CONTINUE)), cycle.get("findings", ""),
        cycle.get("change", ""), cycle["parents"], cycle["pupil"],
    )  # fmt: skip


def _aimed(aim: Mapping[str, str]) -> Aimed:
    return Aimed(
        aim["text"], aim["measure"], aim["baseline"], aim["target"], aim.get("result", ""), aim.get("exit", ""),
        answer=aim.get("answer", ""),
    )  # fmt: skip
