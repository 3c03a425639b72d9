"""Where a rule comes from. Every rule, threshold, code list and checklist carries one of these."""

from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """How binding a rule is."""

    STATUTE = "statute"  # a breach
    CODE = "code"  # a departure needs a recorded reason (Children and Families Act 2014 s77)
    TRUST = "trust promise"
    PRACTICE = "practice"
    PROPOSAL = "proposal"  # not law


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
EQA = "Equality Act 2010"
HESC = "Tribunal Procedure (First-tier Tribunal) (HESC) Rules 2008"
GDPR = "UK GDPR"
PUPIL_INFORMATION = "Education (Pupil Information) (England) Regulations 2005"
REGISTRATION = "School Attendance (Pupil Registration) (England) Regulations 2024"
ADMISSIONS = "School Admissions Code (September 2021)"
SAFE = "Keeping children safe in education"
FORCE = "Education and Inspections Act 2006"
STANDARDS = "Education (Independent School Standards) Regulations 2014"
EA96 = "Education Act 1996"
EA97 = "Education Act 1997"
PAPER = "White paper of February 2026 (not law)"
POLICY = "Trust SEND policy"


def statute(instrument: str, place: str) -> Source:
    return Source(instrument, place, Weight.STATUTE)


def code(place: str, instrument: str = CODE) -> Source:
    return Source(instrument, place, Weight.CODE)


def promise(place: str) -> Source:
    return Source(POLICY, place, Weight.TRUST)


def practice(place: str = "", instrument: str = "Good practice") -> Source:
    return Source(instrument, place, Weight.PRACTICE)


def proposal(place: str) -> Source:
    return Source(PAPER, place, Weight.PROPOSAL)
