"""Who hears, and when, that a date is near or has passed: owner, then headteacher, then director.

A ladder is data: for each hearer the days on which they are told, counted in calendar days before the due date, so that
a holiday never hides a warning. Half time of the clock may be a step; the day after has -1. What happened is stored by
others; here everything follows from the dates, so that a night on which nothing ran changes nothing but the day of telling.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from alongside.law.refusal import Refusal
from alongside.law.rule import Band
from alongside.law.sources import Source, practice, promise

HALF = 1_000  # the step at half time, whose day depends on how long the clock runs
AFTER = -1
_MOST_STEPS, _EARLIEST, _LATEST = 12, 365, -90


class Hearer(StrEnum):
    """Who is told, in rising order."""

    OWNER = "owner"
    HEAD = "head"
    DIRECTOR = "director"


HEARER_WORDS: Mapping[str, str] = {
    Hearer.OWNER: "whoever owns it",
    Hearer.HEAD: "the headteacher",
    Hearer.DIRECTOR: "the director for inclusion",
}

Steps = Mapping[Hearer, tuple[int, ...]]  # days before due, falling


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps of some rules, or of a whole band where no rule is named."""

    code: str
    words: str
    band: Band
    rules: frozenset[str]
    steps: Steps
    source: Source
    in_force_from: date
    in_force_to: date = date.max

    def in_force(self, on: date) -> bool:
        return self.in_force_from <= on <= self.in_force_to


def _ladder(code: str, words: str, band: Band, source: Source, steps: Steps, *rules: str) -> Ladder:
    return Ladder(code, words, band, frozenset(rules), steps, source, date(2025, 9, 1))


_O, _H, _D = Hearer.OWNER, Hearer.HEAD, Hearer.DIRECTOR

LADDERS: tuple[Ladder, ...] = (
    _ladder(
        "SIX-WEEKS", "Advice for an assessment, six weeks", Band.LEGAL, promise("section 11"),
        {_O: (HALF, 10, 5, 1, AFTER), _H: (5, 1, AFTER), _D: (AFTER,)}, "EHC-06",
    ),
    _ladder(
        "FIFTEEN-DAYS", "Answers on a draft plan, fifteen days", Band.LEGAL, promise("section 11"),
        {_O: (7, 3, 1, AFTER), _H: (3, 1, AFTER), _D: (AFTER,)}, "EHC-09",
    ),
    _ladder(
        "LEGAL", "Every other date of the law", Band.LEGAL, promise("section 3"),
        {_O: (28, 14, 7, 3, 1, AFTER), _H: (3, 1, AFTER), _D: (AFTER,)},
    ),
    _ladder(
        "FAMILY", "Promises to families", Band.FAMILY, practice("three days to keep a promise"),
        {_O: (3, 1, AFTER), _H: (AFTER, -5), _D: (-10,)},
    ),
    _ladder(
        "REST", "The rest", Band.REST, practice("ten days late is no slip"), {_O: (1, AFTER), _H: (-10,), _D: (-30,)},
    ),
)  # fmt: skip


def ladder_of(rule: str, band: str, on: date) -> Ladder:
    """The ladder that holds on a day for a rule: its own, else that of its band."""
    standing = [ladder for ladder in LADDERS if ladder.in_force(on)]
    own = (ladder for ladder in standing if rule in ladder.rules)
    return next(own, None) or next(ladder for ladder in standing if not ladder.rules and ladder.band == band)


def day_of(step: int, *, counted_from: date, due: date) -> date:
    """The day on which a step is reached."""
    if step == HALF:
        return counted_from + (due - counted_from) / 2
    return due - timedelta(days=step)


def reached(steps: Sequence[int], *, counted_from: date, due: date, on: date) -> int | None:
    """The latest step whose day has come; None before the first.

    Earlier ones are passed over: whoever was not told in time is told once how things stand now, not three times.
    """
    days = [(day_of(step, counted_from=counted_from, due=due), step) for step in steps]
    come = [(day, -step, step) for day, step in days if day <= on]
    return max(come)[2] if come else None


def step_words(step: int) -> str:
    """'half time', '5 days before', 'the day after', '10 days after'."""
    if step in (HALF, AFTER, 0):
        return {HALF: "half time", AFTER: "the day after", 0: "the day itself"}[step]
    days = "day" if abs(step) == 1 else "days"
    return f"{abs(step)} {days} {'before' if step > 0 else 'after'}"


_KEPT = frozenset({HALF, AFTER})  # half time and the day after are told whatever a school sets


def check_stricter(ladder: Ladder, hearer: Hearer, own: Iterable[int]) -> Refusal | None:
    """Whether a school's own steps are no looser: on no day have fewer warnings gone out than by the trust's steps."""
    mine = set(own)
    fixed = sorted(set(ladder.steps[hearer]) - _KEPT, reverse=True)
    if len(mine) > _MOST_STEPS:
        return Refusal(f"That is {len(mine)} warnings for one date. Keep to {_MOST_STEPS}.", "days")
    if any(not _LATEST <= step <= _EARLIEST for step in mine):
        return Refusal(f"Give days from {_EARLIEST} before to {-_LATEST} after.", "days")
    for step in fixed:
        if sum(each >= step for each in mine) < sum(each >= step for each in fixed):
            floor = ", ".join(map(step_words, fixed))
            return Refusal(
                f"A school may warn earlier or more often, never later. The trust’s own steps are: {floor}. Keep a "
                f"warning for {step_words(step)}, or an earlier one in its place.",
                "days",
            )
    return None


def with_own(ladder: Ladder, own: Mapping[Hearer, Iterable[int]]) -> Steps:
    """The steps of a school: its own where it has some, with half time and the day after kept."""
    return {
        hearer: tuple(sorted({*own[hearer], *(_KEPT & set(steps))}, reverse=True)) if hearer in own else steps
        for hearer, steps in ladder.steps.items()
    }
