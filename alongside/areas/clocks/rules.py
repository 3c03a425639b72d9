"""What may wait and until when, why a legal date was missed, and which counts may be said to whom. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from alongside.law import thresholds
from alongside.law.clocks import OF_THE_CODE
from alongside.law.dates import day_words
from alongside.law.exemptions import GROUNDS
from alongside.law.refusal import Refusal
from alongside.law.rule import Band

SMALL = int(thresholds.SMALL_NUMBER)
AT_RISK = timedelta(days=int(thresholds.CLOCK_AT_RISK))
LONGEST_WAIT = timedelta(days=int(thresholds.PUT_OFF))

BAND_WORDS: Mapping[str, str] = {
    Band.LEGAL: "Legal dates",
    Band.FAMILY: "Promises to families",
    Band.REST: "The rest",
}
_NOUNS: Mapping[str, tuple[str, str]] = {
    Band.LEGAL: ("legal date", "legal dates"),
    Band.FAMILY: ("promise to a family", "promises to families"),
    Band.REST: ("other thing", "other things"),
}


class Because(StrEnum):
    """Why a legal date was missed. None of them excuses it."""

    OTHERS = "others"
    AWAY = "away"
    FAMILY = "family"
    LATE_START = "late_start"
    OVERLOOKED = "overlooked"
    OTHER = "other"


BECAUSE_WORDS: Mapping[str, str] = {
    Because.OTHERS: "Somebody outside the school had not answered",
    Because.AWAY: "Staff were away",
    Because.FAMILY: "The family asked for another day",
    Because.LATE_START: "The letter reached us late",
    Because.OVERLOOKED: "We overlooked it",
    Because.OTHER: "Something else",
}


def may_put_off(*, band: str, due: date, until: date, on: date, why: str) -> Refusal | None:
    """What waits comes back on a day that is named. A limit of the law never waits: holidays do not stop it either."""
    if band == Band.LEGAL:
        return Refusal(
            f"The law sets this date, {day_words(due)}, so it cannot be put off. Open it and do it, or hand it over."
        )
    if band == Band.FAMILY and (refused := _family_waits(due, until, on)):
        return refused
    if until <= on:
        return Refusal("Choose a day after today on which it comes back.", "until")
    if band != Band.FAMILY and until - on > LONGEST_WAIT:
        last = day_words(on + LONGEST_WAIT)
        return Refusal(f"It can wait until {last} at most. Then it can be put off again.", "until")
    if len(why.split()) < 2:
        return Refusal("Say why it can wait, so that whoever covers for you knows.", "why")
    return None


def _family_waits(due: date, until: date, on: date) -> Refusal | None:
    if due <= on:
        return Refusal("This promise is due already. Keep it, or tell the family when you will.", "until")
    if until > due:
        return Refusal(f"It was promised for {day_words(due)}. Let it come back by then.", "until")
    return None


def may_reason(*, because: str, words: str, ground: str, allowed: Collection[str], rule: str) -> Refusal | None:
    """A reason is one of the list, in a sentence. A ground of the Regulations stands only where the rule has it."""
    if because not in set(Because):
        return Refusal("Choose why.", "because")
    if len(words.split()) < 3:
        return Refusal("Write a sentence that an inspector could read.", "words")
    if ground and ground not in allowed:
        named = ", ".join(allowed)
        can = f"Only {named} can excuse {rule}." if named else f"No ground in law excuses {rule}."
        return Refusal(f"{can} Leave the ground empty; the reason stands without it.", "ground")
    return None


def ground_words(code: str) -> str:
    return GROUNDS[code].words if code in GROUNDS else ""


def noted_when_missed(*, band: str, clock: str) -> bool:
    """Whether a date that passes undone is kept: those of the law, and those of the Code, from which one departs or not."""
    return band == Band.LEGAL or clock in OF_THE_CODE


# --- Counts ----------------------------------------------------------------------------------------------


def count_words(number: int, *, named: bool) -> str:
    """A count as it may be said: small ones only to those who may know the pupils behind them."""
    return f"fewer than {SMALL}" if 0 < number < SMALL and not named else str(number)


def in_fives(number: int, *, named: bool) -> str:
    """A count of a table: in fives for whoever may not know pupils, so that no cell follows from the others."""
    if named or not number:
        return str(number)
    return f"fewer than {SMALL}" if number < SMALL else f"about {5 * round(number / 5)}"


@dataclass(frozen=True, slots=True)
class Standing:
    """One clock that somebody is told of: its band, and whether its day has passed."""

    band: str
    late: bool


def notice_words(clocks: Collection[Standing], *, named: bool, where: str = "") -> str:
    """'Two legal dates have passed and one comes near.' For the director in counts, with the school."""
    said = []
    for band in Band:
        for late in (True, False):
            number = sum(clock.band == band and clock.late is late for clock in clocks)
            if number:
                said.append(_part(band, number, late=late, named=named))
    head = f"{where}: " if where else ""
    return f"{head}{'; '.join(said)}."


_SAYS = {
    (True, True): "has passed", (True, False): "have passed",
    (False, True): "comes near", (False, False): "come near",
}  # fmt: skip


def _part(band: Band, number: int, *, late: bool, named: bool) -> str:
    one = number == 1 and named
    return f"{count_words(number, named=named)} {_NOUNS[band][0 if one else 1]} {_SAYS[late, one]}"


@dataclass(frozen=True, slots=True)
class Counted:
    """Open clocks of one kind: how many, how many late, and how many end within days."""

    open: int = 0
    late: int = 0
    at_risk: int = 0

    def __add__(self, other: Counted) -> Counted:
        return Counted(self.open + other.open, self.late + other.late, self.at_risk + other.at_risk)
