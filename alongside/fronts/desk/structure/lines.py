"""A school year's calendar as lines of text, out of what somebody pastes or a file brings; and back again.

A line is `Autumn 1; 2 Sep 2026; 23 Oct 2026` for a term, `training; 1 Sep 2026` or `closed; 9 Oct 2026` for a day. Tabs
and commas part as well as semicolons, so that columns of a spreadsheet can be pasted as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from alongside.design.words import read_day
from alongside.law.calendar import Term

_PARTS = re.compile(r"\s*[;\t]\s*|\s*,\s*(?=\S)")
_TRAINING = re.compile(r"\b(training|inset|staff day|pd day|non[- ]pupil)\b", re.IGNORECASE)
_CLOSED = re.compile(r"\b(closed|closure)\b", re.IGNORECASE)
_AWAY = re.compile(r"\b(holidays?|half[- ]?term break|bank|break)\b", re.IGNORECASE)
_HEADINGS = re.compile(r"^\W*(what|name|term)\b.*\b(first|start|from|date|day)", re.IGNORECASE)
MOST = 60  # lines of one school year


@dataclass(frozen=True, slots=True)
class Off:
    """A weekday of term on which pupils do not come; `why` is training or closed."""

    day: date
    why: str


@dataclass(frozen=True, slots=True)
class Year:
    """A school year's terms and days off, in the order of time."""

    terms: tuple[Term, ...]
    off: tuple[Off, ...]


def read(text: str, *, near: date) -> Year:
    """Lines as a calendar. Raises ValueError, naming the line, for one that cannot be read; `near` lends a year."""
    terms: list[Term] = []
    off: list[Off] = []
    lines = [line.strip() for line in text.splitlines()]
    if len(lines) > MOST:
        raise ValueError(f"There are {len(lines)} lines; a school year has {MOST} at most. Take out the other years.")
    for number, line in enumerate(lines, 1):
        if not line or (number == 1 and _HEADINGS.match(line)):
            continue
        try:
            found = _line(line, near)
        except ValueError as fault:
            raise ValueError(f"Line {number}, “{line[:60]}”: {fault}") from fault
        (terms if isinstance(found, Term) else off).append(found)  # type: ignore[arg-type]
    return Year(tuple(sorted(terms, key=lambda t: t.first)), tuple(sorted(off, key=lambda o: o.day)))


def _line(line: str, near: date) -> Term | Off:
    name, *days = [part for part in _PARTS.split(line) if part]
    if why := _why(name):
        if len(days) != 1:
            raise ValueError("Give one day, such as: training; 1 Sep 2026.")
        return Off(read_day(days[0], near=near), why)
    if len(days) != 2:
        raise ValueError("Give the name, the first day and the last, such as: Autumn 1; 2 Sep 2026; 23 Oct 2026.")
    return Term(name[:40], read_day(days[0], near=near), read_day(days[1], near=near))


def _why(words: str) -> str:
    return "training" if _TRAINING.search(words) else "closed" if _CLOSED.search(words) else ""


def written(year: Year) -> str:
    """A calendar as the lines that `read` reads."""
    lines = [f"{_plain(term.name)}; {_said(term.first)}; {_said(term.last)}" for term in year.terms]
    return "\n".join(lines + [f"{each.why}; {_said(each.day)}" for each in year.off])


def _plain(name: str) -> str:
    """A name without what parts a line."""
    return " ".join(re.split(r"[;,\s]+", name)).strip() or "Term"


def _said(day: date) -> str:
    return f"{day.day} {day:%b} {day.year}"


# --- Files ------------------------------------------------------------------------------------------------


def from_file(content: bytes) -> str:
    """A file as lines to look over: an iCalendar file's events, or text as it is. Raises ValueError for others."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("That is not a text file. Save the dates as CSV, or as a calendar file (.ics).") from None
    if "\0" in text:
        raise ValueError("That is not a text file. Save the dates as CSV, or as a calendar file (.ics).")
    return "\n".join(_events(text)) if text.lstrip().startswith("BEGIN:VCALENDAR") else text.strip()


def _events(text: str) -> Iterator[str]:
    """The terms and days off of an iCalendar file; holidays are left out, for they are what lies between."""
    try:
        found = [event for event in Calendar.from_ical(text).walk("VEVENT") if isinstance(event, Event)]
        spans = sorted((_span(event), str(event.get("SUMMARY", "")).strip()) for event in found if "DTSTART" in event)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as fault:
        raise ValueError("This calendar file cannot be read. Save the dates as CSV instead.") from fault
    for (first, last), words in spans:
        if why := _why(words):
            yield from (f"{why}; {_said(day)}" for day in _weekdays(first, last))
        elif first < last and not _AWAY.search(words):
            yield f"{_plain(words)[:40]}; {_said(first)}; {_said(last)}"


def _span(event: Event) -> tuple[date, date]:
    """First and last day; the end of an all-day event is the day after it (RFC 5545 3.6.1)."""
    start, end = event.decoded("DTSTART"), event.decoded("DTEND", None)
    if isinstance(start, datetime):
        return start.date(), end.date() if isinstance(end, datetime) else start.date()
    return start, max(start, end - timedelta(days=1)) if end else start


def _weekdays(first: date, last: date) -> Iterable[date]:
    days = (first + timedelta(days=step) for step in range(min((last - first).days, 31) + 1))
    return [day for day in days if day.weekday() < 5]
