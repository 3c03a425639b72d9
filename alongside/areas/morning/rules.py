"""When a mail goes and what it says; how long a calendar's address lasts and how often it is read. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from alongside.law.refusal import Refusal
from alongside.law.rule import Band

AHEAD = timedelta(days=7)  # what the morning mail looks ahead
LASTS = timedelta(days=365)  # a calendar's address; then it is renewed
WINDOW = timedelta(hours=1)
MOST_READS = 30  # in that time; a calendar program asks every few hours
FEED_MOST = 500  # dates in one calendar


class Sending(StrEnum):
    """Which mail went: the morning's, or word of a legal date to somebody who gets no morning mail that day."""

    MORNING = "morning"
    LEGAL = "legal"


@dataclass(frozen=True, slots=True)
class Count:
    """Of one band: late, ending today, and due in the next seven days."""

    late: int = 0
    today: int = 0
    soon: int = 0

    @property
    def any(self) -> bool:
        return bool(self.late or self.today or self.soon)


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides whether somebody is mailed on a day, and what it says."""

    counts: dict[str, Count]
    new_legal: int  # warnings of the law that they were given today
    wants: bool
    school_day: bool
    sent: frozenset[str]


def sending(facts: Facts) -> Sending | None:
    """At most one mail a person a day; a legal warning goes even where the morning mail is off, or school is closed."""
    if Sending.MORNING in facts.sent:
        return None
    anything = facts.new_legal or any(count.any for count in facts.counts.values())
    if facts.wants and facts.school_day and anything:
        return Sending.MORNING
    if facts.new_legal and Sending.LEGAL not in facts.sent:
        return Sending.LEGAL
    return None


LINES = {Band.LEGAL: "Legal dates", Band.FAMILY: "Promises to families", Band.REST: "Everything else"}


def lines(facts: Facts, kind: Sending) -> list[tuple[str, str]]:
    """('Legal dates', '1 late, 2 in the next 7 days'), a line for each band that has something."""
    if kind is Sending.LEGAL:
        return []
    return [(LINES[band], count_words(facts.counts[band])) for band in Band if facts.counts.get(band, Count()).any]


def count_words(count: Count) -> str:
    parts = ((count.late, "late"), (count.today, "today"), (count.soon, f"in the next {AHEAD.days} days"))
    return ", ".join(f"{number} {words}" for number, words in parts if number)


def opening(facts: Facts) -> str:
    """The first sentence when the law's dates have come nearer, else none."""
    if not facts.new_legal:
        return ""
    dates = "A legal date needs" if facts.new_legal == 1 else f"{facts.new_legal} legal dates need"
    return f"{dates} somebody today."


def subject(facts: Facts, kind: Sending, on: date) -> str:
    """Counts alone: a subject is read on a locked telephone."""
    if kind is Sending.LEGAL:
        return "A legal date needs you today" if facts.new_legal == 1 else "Legal dates need you today"
    late = sum(count.late for count in facts.counts.values())
    due = sum(count.today + count.soon for count in facts.counts.values())
    return f"Today, {on.day} {on:%B}: {late} late, {due} due" if late else f"Today, {on.day} {on:%B}: {due} due"


# --- The calendar ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Door:
    """What decides whether a calendar's address still opens."""

    until: date
    revoked: bool
    welcome: bool  # an active account that holds a post


def may_read(door: Door, *, on: date) -> bool:
    return door.welcome and not door.revoked and on <= door.until


def counted(since: datetime | None, reads: int, *, at: datetime) -> tuple[datetime, int]:
    """The window that a reading falls into, and how many there have been in it with this one."""
    if since is None or at - since >= WINDOW:
        return at, 1
    return since, reads + 1


def too_often(reads: int) -> Refusal | None:
    return Refusal("This calendar was asked for too often. Ask again in an hour.") if reads > MOST_READS else None


def event_words(name: str, band: str, own_reckoning: bool) -> tuple[str, str]:
    """What stands in a calendar that others may see: the rule and its weight; never whom it is about."""
    weight = {Band.LEGAL: "legal date", Band.FAMILY: "promise to a family"}.get(Band(band), "")
    head = f"{name}, {weight}" if weight else name
    unit = "Counted in school days. " if own_reckoning else ""
    return head, f"{unit}Sign in to see whom it is about."
