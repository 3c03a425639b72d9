"""What may excuse lateness. An exemption is recorded beside a date and never moves it.

The SEND Regulations say that the council 'need not comply if it is impractical to do so because …'. That is no
pause: the legal date stands, and `excused_until` is only for showing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from alongside.law.calendar import WEEK
from alongside.law.refusal import Refusal
from alongside.law.rule import Rule
from alongside.law.sources import REGS, Source, statute

LONG_CLOSURE = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class Ground:
    """A lawful ground for lateness."""

    code: str
    words: str
    source: Source


GROUNDS: Mapping[str, Ground] = {
    ground.code: ground
    for ground in (
        Ground("E1", "Advice was asked for around a school closure of 4 weeks or more", statute(REGS, "reg 5(4)(a)")),
        Ground("E2", "The same, of an early years provider", statute(REGS, "reg 5(4)(b)")),
        Ground("E3", "Exceptional personal circumstances of the child or the family", statute(REGS, "reg 5(4)(c)")),
        Ground("E4", "The child or the family was away from the area for 4 weeks or more", statute(REGS, "reg 5(4)(d)")),
        Ground("A1", "An appointment for an examination or test was missed", statute(REGS, "reg 8")),
        Ground("T1", "Away from the area for 2 weeks or more, after an order", statute(REGS, "reg 44(3)")),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Exemption:
    """One recorded exemption. The family is told which ground is relied on (Code 9.43)."""

    ground: str
    first: date
    last: date
    asserted_by: str
    evidence: str = ""
    told_family_on: date | None = None


def check(rule: Rule, exemption: Exemption) -> Refusal | None:
    """Whether a ground may be relied on for a rule."""
    ground = GROUNDS.get(exemption.ground)
    if ground is None:
        return Refusal(f"{exemption.ground} is no ground. There are: {', '.join(GROUNDS)}.", "ground")
    if exemption.ground not in rule.excused_by:
        allowed = ", ".join(rule.excused_by) or "none"
        return Refusal(f"{rule.code} cannot be excused by {exemption.ground}. Its grounds: {allowed}.", "ground")
    if not (exemption.evidence.strip() and exemption.asserted_by.strip()):
        return Refusal(
            f"{rule.code}: {exemption.ground} needs evidence, and the name of who relies on it. Write down both.",
            "evidence",
        )
    if exemption.last < exemption.first:
        return Refusal(f"{rule.code}: the exemption ends before it starts. Put the two days right.", "last")
    away = {"E4": timedelta(weeks=4), "T1": timedelta(weeks=2)}.get(exemption.ground, timedelta(days=1))
    if exemption.last - exemption.first + timedelta(days=1) < away:
        return Refusal(f"{rule.code}: {ground.words} needs {away.days // 7} weeks in a row.", "last")
    return None


def excused_until(due: date, *exemptions: Exemption) -> date | None:
    """Until when lateness is excused, to show beside a due date that stands; None when it is not."""
    ends = [each.last for each in exemptions if each.last > due and each.first <= due]
    return max(ends, default=None)


def closure_window(closed_first: date, reopens: date) -> tuple[date, date] | None:
    """The days on which asking a school for advice opens ground E1, both included; None for a short closure.

    From one week before a closure of 4 weeks or more until one week before the school reopens (reg 5(4)(a)).
    """
    if reopens - closed_first < LONG_CLOSURE:
        return None
    return closed_first - WEEK, reopens - WEEK


def closure_excuses(asked_on: date, closed_first: date, reopens: date) -> bool:
    """Whether advice that the council asked for on a day falls under ground E1. It never excuses the school."""
    window = closure_window(closed_first, reopens)
    return window is not None and window[0] <= asked_on <= window[1]
