"""A person's dates as a calendar that other programs read (RFC 5545), by the `icalendar` package."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Calendar
from icalendar import Event as CalendarEvent

from alongside.areas.morning.queries import Event

MEDIA_TYPE = "text/calendar; charset=utf-8"


def as_calendar(events: Iterable[Event], *, at: datetime, address: str) -> bytes:
    """All-day events that take up no time and are private. `address` is where the product is reached."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Alongside//Dates//EN")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", "Alongside")
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for event in events:
        calendar.add_component(_event(event, at, address))
    made: bytes = calendar.to_ical()
    return made


def _event(event: Event, at: datetime, address: str) -> CalendarEvent:
    made = CalendarEvent()
    made.add("uid", event.uid)
    made.add("dtstamp", at)
    made.add("dtstart", event.day)
    made.add("dtend", event.day + timedelta(days=1))
    made.add("summary", event.head)
    made.add("description", event.says)
    made.add("url", f"{address}{event.path}")
    made.add("class", "PRIVATE")
    made.add("transp", "TRANSPARENT")
    return made
