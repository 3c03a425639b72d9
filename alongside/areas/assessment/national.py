"""Results as a Common Transfer File gives them: which subject and scale of ours each is on. Pure.

Five codes of a result say what it is (stage, subject, method, component, qualifier); the department's yearly table gives
them their meaning. What is not in this table is left where it lies, and counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from alongside.law.calendar import academic_year

# (subject, method, component, qualifier) → (our subject, our scale); an empty component stands for any.
_TABLE: Mapping[tuple[str, str, str, str], tuple[str, str]] = {
    ("ENG", "TT", "PHO", "NM"): ("phonics", "phonics"),
    ("MAT", "TT", "MTC", "MT"): ("tables", "mtc"),
    ("REA", "TT", "OVE", "NS"): ("reading", "ks2"),
    ("MAT", "TT", "OVE", "NS"): ("maths", "ks2"),
    ("GPS", "TT", "OVE", "NS"): ("gps", "ks2"),
    ("WRI", "TA", "", ""): ("writing", "ks2-ta"),
    ("SCI", "TA", "", ""): ("science", "ks2-science"),
}
_FIRST = 1990  # nobody at school now was tested before
_STAGES: Mapping[str, frozenset[str]] = {
    "KS1": frozenset({"phonics"}),
    "KS2": frozenset({"tables", "reading", "maths", "gps", "writing", "science"}),
}


@dataclass(frozen=True, slots=True)
class Known:
    """A result of a transfer file whose subject and scale are known."""

    subject: str
    scale: str
    school_year: int  # its first calendar year
    on: date
    typed: str


def known(results: object) -> Iterator[Known | None]:
    """Each result of a pupil's file; None for one that no table knows, or that has no year or no value."""
    for row in results if isinstance(results, list) else ():
        yield _known(row) if isinstance(row, Mapping) else None


def _known(row: Mapping[str, Any]) -> Known | None:
    subject, method = _code(row, "subject"), _code(row, "method")
    whole = _TABLE.get((subject, method, _code(row, "component"), _code(row, "qualifier")))
    found = whole or _TABLE.get((subject, method, "", ""))
    typed, year = str(row.get("result") or "").strip(), str(row.get("year") or "")
    if found is None or not typed or found[0] not in _STAGES.get(_code(row, "stage"), ()):
        return None
    on = _day(row.get("on")) or _day(f"{year}-06-01")
    return Known(*found, academic_year(on).starts_in, on, typed) if on and on.year >= _FIRST else None


def _code(row: Mapping[str, Any], name: str) -> str:
    return str(row.get(name) or "").strip().upper()


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None
