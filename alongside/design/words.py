"""How dates and numbers are written. Pure functions; `environment.py` offers them to templates as filters."""

import datetime as dt
import re
from contextlib import suppress
from enum import StrEnum

from markupsafe import Markup

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"), ("feb", "february"), ("mar", "march"), ("apr", "april"), ("may",), ("jun", "june"),
            ("jul", "july"), ("aug", "august"), ("sep", "sept", "september"), ("oct", "october"),
            ("nov", "november"), ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
_OPENING = re.compile(r"(?<![^\s(\[‘“])'(?=[^\s\d'])")
_WEEKDAY = re.compile(r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+", re.IGNORECASE)
_PARTS = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?[\s./-]+(\d{1,2}|[a-z]+)\.?,?[\s./-]+(\d{2}|\d{4})$", re.IGNORECASE)
_NO_YEAR = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?[\s./-]+(\d{1,2}|[a-z]+)\.?$", re.IGNORECASE)
_ISO = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
_LEAP_YEAR = 2000
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def curly(text: str) -> str:
    """Straight apostrophes and quotation marks as they are printed: the pupil’s, ‘EAL’."""
    return _OPENING.sub("‘", text).replace("'", "’")


def day(on: dt.date) -> str:
    """Fri 27 Nov: for work lists, where the weekday matters and the year does not."""
    return f"{on:%a} {on.day} {on:%b}"


def short_day(on: dt.date) -> str:
    """27 Nov."""
    return f"{on.day} {on:%b}"


def year_day(on: dt.date) -> str:
    """27 Nov 2026: where the year could be in doubt."""
    return f"{on.day} {on:%b} {on.year}"


def full_day(on: dt.date) -> str:
    """Friday 27 November 2026: for letters, and for the ear."""
    return f"{on:%A} {on.day} {on:%B} {on.year}"


def clock(at: dt.datetime | dt.time) -> str:
    """9:05, 14:10: hours without a leading nought, as a school's timetable prints them."""
    return f"{at.hour}:{at.minute:02}"


def dated(on: dt.date, style: str = "day") -> Markup:
    """A `<time>` that shows a short date and is read aloud in full.

    `style` is the name of the function above that writes the short form.
    """
    short = {"day": day, "short_day": short_day, "year_day": year_day}[style](on)
    return Markup('<time datetime="{}"><span aria-hidden="true">{}</span><span class="unseen">{}</span></time>').format(
        on.isoformat()[:10], short, full_day(on)
    )


def count(number: int, one: str, many: str = "") -> str:
    """1 pupil, 3 pupils, 1,204 pupils. Give `many` where an s will not do: count(2, "child", "children")."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def in_words(number: int) -> str:
    """One to nine as a word at the head of a sentence, and figures from ten: 'Two things to put right'."""
    return (_NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number:,}").capitalize()


class Side(StrEnum):
    """Which year is meant by a day typed without one, seen from today."""

    PAST = "past"  # the last such day, today included: something that was done
    FUTURE = "future"  # the next such day, today included: something to come
    NEAREST = "nearest"  # whichever is nearer


def read_day(typed: str, *, near: dt.date | None = None, side: Side = Side.NEAREST) -> dt.date:
    """The day somebody typed: 27/11/2026, 27 Nov 26, Friday 27th November 2026, 2026-11-27; 27 Nov, seen from `near`.

    Two figures mean this century. Raises ValueError with a sentence to show when it cannot be read as a real day;
    a day without a year cannot where there is no `near` to see it from.
    """
    text = _WEEKDAY.sub("", " ".join(typed.split()))
    if iso := _ISO.match(text):
        year, month, number = (int(part) for part in iso.groups())
        return _real_day(number, month, year)
    if found := _PARTS.match(text):
        number_text, month_text, year_text = found.groups()
        year = int(year_text)
        return _real_day(int(number_text), _month(month_text), year + 2000 if len(year_text) == 2 else year)
    if near and (found := _NO_YEAR.match(text)):
        return _day_near(int(found[1]), _month(found[2]), near, side)
    raise ValueError("Write the date like 27 11 2026 or 27 Nov 2026.")


def _month(typed: str) -> int:
    if typed.isdigit():
        return int(typed)
    if typed.lower() in _MONTHS:
        return _MONTHS[typed.lower()]
    raise ValueError(f"'{typed}' is not a month. Write it like 11 or Nov.")


def _day_near(number: int, month: int, near: dt.date, side: Side) -> dt.date:
    """The day of this number and month that is meant, seen from `near`; 29 February looks for its leap year."""
    if not 1 <= month <= 12:
        raise ValueError(f"There is no month {month}. Check the month.")
    found = []
    for year in range(max(dt.MINYEAR, near.year - 8), min(dt.MAXYEAR, near.year + 8) + 1):
        with suppress(ValueError):
            found.append(dt.date(year, month, number))
    if not found:
        raise ValueError(f"There is no {number} {dt.date(_LEAP_YEAR, month, 1):%B}. Check the day.")
    fitting = [day for day in found if side is Side.NEAREST or (day <= near if side is Side.PAST else day >= near)]
    if not fitting:
        raise ValueError("Write the date like 27 11 2026 or 27 Nov 2026.")
    return min(fitting, key=lambda day: abs(day - near))


def _real_day(number: int, month: int, year: int) -> dt.date:
    if not 1 <= month <= 12:
        raise ValueError(f"There is no month {month}. Check the month.")
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise ValueError(f"There is no year {year}. Check the year.")
    try:
        return dt.date(year, month, number)
    except ValueError:
        name = dt.date(_LEAP_YEAR, month, 1).strftime("%B")
        raise ValueError(f"There is no {number} {name} in {year}. Check the day.") from None
