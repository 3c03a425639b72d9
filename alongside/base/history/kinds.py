"""Kinds of events: each knows its own sentence, who may read it, and whose voice it marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from alongside.base.access.roles import BANDS, Permission


class Side(StrEnum):
    """Who acted: the mark on a timeline."""

    STAFF = "staff"
    FAMILY = "family"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Kind:
    """`says` completes '<name> …' from the event's facts: 'placed {pupil} on SEN support: {need}'."""

    code: str
    says: str
    band: int = 2
    side: Side = Side.STAFF

    def __post_init__(self) -> None:
        KINDS[self.code] = self

    def words(self, facts: Mapping[str, object]) -> str:
        """The sentence with the facts in it; a fact that an old event lacks reads as '…'."""
        return self.says.format_map(_Gaps(facts))

    @property
    def permission(self) -> Permission:
        return BANDS[self.band]


class _Gaps(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "…"


KINDS: dict[str, Kind] = {}
