"""To whom today's list may be handed, and for how long. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from alongside.base.access.roles import ROLES
from alongside.law import thresholds
from alongside.law.dates import day_words
from alongside.law.refusal import Refusal

LONGEST = timedelta(days=int(thresholds.COVER))

# A SENCO is a qualified teacher or the head (SEND Regulations 2014, reg 49); whoever stands in should be one too.
MAY_COVER = ("teacher", "head", "dsl", "designated", "senco")


@dataclass(frozen=True, slots=True)
class Span:
    """Days on which somebody covers, both included."""

    first: date
    last: date

    def meets(self, other: Span) -> bool:
        return self.first <= other.last and other.first <= self.last

    @property
    def words(self) -> str:
        """'30 Nov 2026 to 4 Dec 2026'; one day alone."""
        if self.first == self.last:
            return day_words(self.first)
        return f"{day_words(self.first)} to {day_words(self.last)}"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Whoever is to cover: their posts at the school, and whether they can sign in."""

    person_id: int
    name: str
    roles: Collection[str]
    signs_in: bool


def may_hand_over(
    *, to: Colleague | None, away: int, by: int, span: Span, standing: Iterable[Span], why: str, on: date
) -> Refusal | None:
    """A named colleague of the same school, other than whoever is away or hands over, on days that nobody covers yet."""
    return _wrong_person(to, away, by) or _wrong_days(span, standing, on) or _no_reason(why)


def _wrong_person(to: Colleague | None, away: int, by: int) -> Refusal | None:
    if to is None or not to.roles:
        return Refusal("Choose somebody who works at this school.", "to")
    if to.person_id in (away, by):
        return Refusal("Today’s list cannot be handed to yourself. Choose a colleague.", "to")
    if not set(to.roles) & set(MAY_COVER):
        held = ROLES[next(iter(to.roles))].title.lower()
        return Refusal(f"{to.name} is {held}. Cover should be a teacher, the safeguarding lead or the head.", "to")
    if not to.signs_in:
        return Refusal(f"{to.name} cannot sign in yet. Ask the system administrator for a link first.", "to")
    return None


def _wrong_days(span: Span, standing: Iterable[Span], on: date) -> Refusal | None:
    if span.first < on:
        return Refusal("The first day has passed. Start today or later.", "first")
    if span.last < span.first:
        return Refusal("The last day comes before the first.", "last")
    if span.last - span.first > LONGEST:
        return Refusal(
            f"{LONGEST.days} days at most. For longer, ask the system administrator to give the post itself.", "last"
        )
    for other in standing:
        if span.meets(other):
            return Refusal(
                f"Somebody covers already, {other.words}. Take that back first, or choose other days.", "first"
            )
    return None


def _no_reason(why: str) -> Refusal | None:
    return None if why.strip() else Refusal("Say why, so that the record is clear: a course, leave, illness.", "why")
