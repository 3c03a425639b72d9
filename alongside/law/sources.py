"""Where a rule comes from. Every clock, threshold and checklist carries one of these."""

from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """How binding a rule is."""

    STATUTE = "statute"  # a breach
    CODE = "code"  # a departure needs a recorded reason (Children and Families Act 2014 s77)
    TRUST = "trust promise"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Source:
    """An instrument and the place in it."""

    instrument: str
    place: str
    weight: Weight

    def __str__(self) -> str:
        return f"{self.instrument} {self.place}".strip()


CFA = "Children and Families Act 2014"
CODE = "SEND Code of Practice (January 2015)"
REGS = "SEND Regulations 2014"
POLICY = "Trust SEND policy"


def statute(instrument: str, place: str) -> Source:
    return Source(instrument, place, Weight.STATUTE)


def code(place: str) -> Source:
    return Source(CODE, place, Weight.CODE)


def promise(place: str) -> Source:
    return Source(POLICY, place, Weight.TRUST)


def practice(place: str = "") -> Source:
    return Source("Good practice", place, Weight.PRACTICE)
