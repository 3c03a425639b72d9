"""The bank of pupil stories: what each kind of pupil is like, in the words a school would use.

The words are in stories/*.toml, so that somebody who writes well need not read Python. {name}, {he}, {him}, {his}
and {himself}, and their capitals, stand for the pupil.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "stories"
_HE = {"he": "he", "him": "him", "his": "his", "himself": "himself"}
_SHE = {"he": "she", "him": "her", "his": "her", "himself": "herself"}


@dataclass(frozen=True, slots=True)
class Aim:
    """An outcome with the steps by which it is measured, lowest first."""

    text: str
    measure: str
    ladder: Sequence[str]


@dataclass(frozen=True, slots=True)
class Given:
    """A kind of provision, as the catalogue names it, and how often it is usually given."""

    key: str
    name: str
    plain_name: str
    wave: str
    area: str
    evidence: str
    given_by: str
    minutes: int
    times: int
    group: int


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that is told of one pupil. Lists hold one line each."""

    needs: Sequence[str]  # main needs that it fits
    summary: str
    strengths: Sequence[str]
    difficulties: str
    pastoral: str
    communication: str
    home: str
    strategies: Sequence[str]
    own_words: str
    good_at: Sequence[str]
    matters: Sequence[str]
    helps: Sequence[str]
    stuck: Sequence[str]
    avoid: str
    parents: str
    pupil: str
    seen: str
    tried: Sequence[str]
    difficulty: str
    special: str
    note: str
    outcome: Sequence[Aim]
    provision: Sequence[str]
    phase: str = "any"
    second: str = ""
    area: str = ""  # for needs that have none of their own
    safety: str = ""
    adjustments: Sequence[str] = ()
    impairment: str = ""
    daily_effect: str = ""
    change: str = ""  # what a parent would change
    reply: str = ""

    def about(self, *, name: str, girl: bool) -> "Story":
        """The story of one pupil: every {name} and {he} filled in."""
        words = words_for(name, girl=girl)
        return Story(**{field.name: _fill(getattr(self, field.name), words) for field in fields(self)})


@cache
def bank() -> Sequence[Story]:
    """Every story."""
    return tuple(_story(row) for path in sorted(_FOLDER.glob("*.toml")) for row in _tables(path).get("story", ()))


@cache
def provisions() -> Mapping[str, Given]:
    """Kinds of provision by the key that stories use."""
    return {key: Given(key=key, **row) for key, row in _tables(_FOLDER / "provision.toml").items()}


def fitting(need: str, phase: str) -> Sequence[Story]:
    """The stories for a main need at a kind of school; those of any school, then any of that need, when none fits."""
    same = [story for story in bank() if need in story.needs]
    return [story for story in same if story.phase in (phase, "any")] or same


def _tables(path: Path) -> Mapping[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _story(row: Mapping[str, Any]) -> Story:
    return Story(**{**row, "outcome": tuple(Aim(**aim) for aim in row["outcome"])})


def words_for(name: str, *, girl: bool) -> Mapping[str, str]:
    """What {name}, {he} and their like stand for."""
    small = _SHE if girl else _HE
    return {"name": name, **small, **{key.capitalize(): word.capitalize() for key, word in small.items()}}


def _fill(value: Any, words: Mapping[str, str]) -> Any:
    """Text with its gaps filled, in lists and outcomes too."""
    if isinstance(value, str):
        return value.format_map(words)
    if isinstance(value, Aim):
        return Aim(_fill(value.text, words), _fill(value.measure, words), value.ladder)
    if isinstance(value, Iterable):
        return tuple(_fill(part, words) for part in value)
    return value
