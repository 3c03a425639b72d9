"""School census days: first Thursday of October, third Thursday of January and of May."""

from datetime import date, timedelta

_THURSDAY = 3
_DAYS = ((1, 3), (5, 3), (10, 1))  # month, which Thursday


def census_days(year: int) -> tuple[date, date, date]:
    """The three census days of a calendar year, in order."""
    spring, summer, autumn = (_nth_thursday(year, month, nth) for month, nth in _DAYS)
    return spring, summer, autumn


def next_census_day(on: date) -> date:
    """The first census day on or after a day."""
    return next(day for year in (on.year, on.year + 1) for day in census_days(year) if day >= on)


def _nth_thursday(year: int, month: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(_THURSDAY - first.weekday()) % 7 + 7 * (nth - 1))
