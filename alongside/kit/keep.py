"""Why a kind of record is held, for how long, and what is erased then."""

from dataclasses import dataclass
from enum import StrEnum


class Until(StrEnum):
    """The events that retention periods count from."""

    BIRTH_PLUS_31 = "31 years from the pupil's birth"  # 25th birthday plus six years, for SEN files
    LEFT_PLUS_6 = "6 years after leaving"
    YEAR_PLUS_6 = "6 years after the school year"
    DONE_PLUS_1 = "1 year after it is settled"
    WHILE_NEEDED = "while the person or school is here"


@dataclass(frozen=True, slots=True)
class Keep:
    """Declared on every model as `keep`. `personal` says whether it is about a living person."""

    why: str
    until: Until
    erase: str = "the whole row"
    personal: bool = True
