"""The bank holidays of England, computed.

Banking and Financial Dealings Act 1971 s1 and Sch 1, with the days that are proclaimed each year: New Year's Day,
the first Monday in May, and a later weekday for one that falls on a weekend. Good Friday and Christmas Day are
holidays by common law. Days proclaimed once are listed; a new one is added here or as a school's closure.
"""

from datetime import date, timedelta
from functools import lru_cache

_DAY = timedelta(days=1)
_MONDAY, _SATURDAY = 0, 5
_ONCE = frozenset({
    date(2002, 6, 3), date(2011, 4, 29), date(2012, 6, 5), date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8),
})  # fmt: skip
# A proclamation moved these: the first to the second.
_MOVED = {
    date(2002, 5, 27): date(2002, 6, 4),
    date(2012, 5, 28): date(2012, 6, 4),
    date(2020, 5, 4): date(2020, 5, 8),
    date(2022, 5, 30): date(2022, 6, 2),
}


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous computus of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=256)
def bank_holidays(year: int) -> frozenset[date]:
    """The days of one calendar year, from 2000 on, on which England has a bank holiday."""
    sunday = easter(year)
    mondays = {_monday(year, 5, 1), _monday(year, 5, 25), _monday(year, 8, 25)}
    found = {_weekday(date(year, 1, 1)), sunday - 2 * _DAY, sunday + _DAY}
    found |= {_MOVED.get(monday, monday) for monday in mondays}
    christmas = _weekday(date(year, 12, 25))
    boxing = date(year, 12, 26)
    while boxing.weekday() >= _SATURDAY or boxing == christmas:
        boxing += _DAY
    return frozenset(found | {christmas, boxing} | {day for day in _ONCE if day.year == year})


@lru_cache(maxsize=64)
def around(year: int, years: int = 3) -> frozenset[date]:
    """The bank holidays of a year and of some years on either side."""
    return frozenset[date]().union(*(bank_holidays(each) for each in range(year - years, year + years + 1)))


def _weekday(day: date) -> date:
    """A day, or the next Monday for one at a weekend."""
    return day + (7 - day.weekday()) % 7 * _DAY if day.weekday() >= _SATURDAY else day


def _monday(year: int, month: int, earliest: int) -> date:
    """The first Monday on or after a day of a month."""
    first = date(year, month, earliest)
    return first + (_MONDAY - first.weekday()) % 7 * _DAY
