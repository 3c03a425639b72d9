"""What every paper carries: somebody's own words, and who printed it when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from alongside.design.words import clock, year_day


@dataclass(frozen=True, slots=True)
class Printed:
    """Who printed a paper, and when: the foot of every page."""

    by: str
    on: date
    at: datetime

    @property
    def clock(self) -> str:
        return clock(self.at)

    def __str__(self) -> str:
        return f"Printed by {self.by}, {year_day(self.on)}, {self.clock}."


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody's own words, who said them and how. `helped`: they did not say or write them alone."""

    words: str
    by: str
    helped: bool = False
    lang: str = ""
