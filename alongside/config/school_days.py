"""A school's days from a JSON file: `{"terms": [[first, last], …], "training_days": […], "closures": […]}`."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from alongside.config.errors import Usage
from alongside.law import bank_holidays, calendar
from alongside.law.calendar import SchoolCalendar, Term

_KEYS = ("terms", "training_days", "closures")
_EXAMPLE = '{"terms": [["2026-09-02", "2026-10-23"]], "training_days": [], "closures": []}'
_LARGEST = 1_000_000  # bytes; ten years of a school are under 10,000
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEARS = range(2000, 2101)


@dataclass(frozen=True, slots=True)
class SchoolFile:
    """A school's days, and what has to be said about the file they came from."""

    days: SchoolCalendar
    notes: tuple[str, ...] = ()

    @property
    def first(self) -> date:
        return self.days.terms[0].first

    @property
    def last(self) -> date:
        return self.days.terms[-1].last


def read_school(path: Path) -> SchoolFile:
    """The days in a file. Raises Usage, with the file's name and what to put right."""
    try:
        found = _object(_text(path))
        terms = _terms(found.get("terms"))
        training, closures = (_days(found.get(key, []), key) for key in _KEYS[1:])
    except ValueError as fault:
        raise Usage(f"{path} is no calendar: {fault}. It needs {_EXAMPLE}.") from None
    wrong = calendar.fault(terms)
    if wrong:
        raise Usage(f"{path}: {wrong}")
    ordered = tuple(sorted(terms, key=lambda term: term.first))
    years = range(ordered[0].first.year - 1, ordered[-1].last.year + 2)
    shut = frozenset(training | closures).union(*map(bank_holidays.bank_holidays, years))
    return SchoolFile(SchoolCalendar(ordered, shut), tuple(_notes(path, found, ordered, training)))


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            read = file.read(_LARGEST + 1)
    except OSError as fault:
        raise Usage(f"{path} cannot be read: {fault.strerror}.") from None
    if len(read) > _LARGEST:
        raise ValueError("it is far too large")
    try:
        return read.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("it is not text in UTF-8") from None


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except json.JSONDecodeError as fault:
        raise ValueError(f"it is not JSON ({fault})") from None
    except RecursionError:
        raise ValueError("it is not a list of days") from None
    if not isinstance(found, dict):
        raise ValueError("the braces around it are missing")
    return found


def _terms(given: object) -> list[Term]:
    if not isinstance(given, list) or not given:
        raise ValueError("it has no terms")
    terms = []
    for place, each in enumerate(given, start=1):
        if not isinstance(each, list) or len(each) != 2:
            raise ValueError(f"term {place} is not two days, the first and the last")
        terms.append(Term(f"Term {place}", *(_day(day, f"term {place}") for day in each)))
    return terms


def _days(given: object, key: str) -> set[date]:
    if not isinstance(given, list):
        raise ValueError(f"{key} is not a list of days")
    return {_day(day, key) for day in given}


def _day(given: object, where: str) -> date:
    if isinstance(given, str) and _DATE.fullmatch(given):
        try:
            day = date.fromisoformat(given)
        except ValueError:
            pass
        else:
            if day.year in _YEARS:
                return day
            raise ValueError(f"{where} has {given}, which is too far away")
    raise ValueError(f"{where} has {str(given)[:40]!r}, which is no date")


def _notes(path: Path, found: dict[str, Any], terms: Iterable[Term], training: set[date]) -> Iterable[str]:
    """What was not used, and may be a slip of the pen."""
    unknown = [key for key in found if key not in _KEYS]
    if unknown:
        yield f"{path}: not read: {', '.join(unknown)[:80]}. Known are {', '.join(_KEYS)}."
    outside = sorted(day for day in training if not any(day in term for term in terms))
    if outside:
        yield f"{path}: outside every term, so it changes nothing: training day {', '.join(map(str, outside[:5]))}."
