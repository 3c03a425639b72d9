"""From a cell’s text to a value, with a sentence when it cannot be one."""

import re
from datetime import date, timedelta

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?")
_BRITISH = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: \d{1,2}:\d\d(?::\d\d)?)?")
_NAMED = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3})[a-z]*[ -](\d{4})")
_SERIAL = re.compile(r"[1-9]\d{3,4}")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def tidy(text: str | None) -> str | None:
    """Text with single spaces and nothing at its ends; None when nothing is left."""
    return (" ".join(text.split()) or None) if text else None


def read_date(text: str, epoch: date | None = None) -> date:
    """22/06/2022, 2022-06-22, 22-Jun-2022, 2022-06-22T00:00:00Z → a date; with `epoch` also 44734, as Excel counts.

    Raises ValueError with a sentence when the text has another form or there is no such day.
    """
    if epoch and _SERIAL.fullmatch(text):
        return epoch + timedelta(days=int(text))
    if found := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _BRITISH.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    elif (found := _NAMED.fullmatch(text)) and found[2].lower() in _MONTHS:
        day, month, year = int(found[1]), _MONTHS.index(found[2].lower()) + 1, int(found[3])
    else:
        raise ValueError(f"'{shown(text)}' is not a date. Write it as 22/06/2022 or 2022-06-22.")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"There is no such day as '{shown(text)}'.") from None


def shown(text: str) -> str:
    """A value as it may stand in a sentence: printable and short."""
    printable = "".join(letter if letter.isprintable() else "·" for letter in text)
    return printable if len(printable) <= 60 else printable[:57] + "…"
