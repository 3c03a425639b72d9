"""The headteacher signs off a term: which terms a calendar has, which of them is asked for, and whether it may be. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from alongside.law import thresholds
from alongside.law.calendar import AcademicYear, SchoolCalendar, Term, academic_year
from alongside.law.dates import day_words
from alongside.law.refusal import Refusal

DUE_WITHIN = int(thresholds.SIGN_OFF_OPENS)  # school days
LOOKED_BACK = timedelta(days=int(thresholds.YEARLY))


class Season(StrEnum):
    """The three terms of a school year; half terms belong to one of them."""

    AUTUMN = "autumn"
    SPRING = "spring"
    SUMMER = "summer"


SEASON_WORDS: Mapping[str, str] = {season: f"{season.value.capitalize()} term" for season in Season}


@dataclass(frozen=True, slots=True)
class WholeTerm:
    """A term with its half terms as one: its days, and the day from which it may be signed off."""

    year: AcademicYear
    season: Season
    first: date
    last: date
    opens: date

    @property
    def key(self) -> tuple[int, str]:
        return self.year.starts_in, self.season.value

    @property
    def words(self) -> str:
        """'autumn term 2026/27'."""
        return f"{self.season.value} term {self.year}"


def season_of(term: Term) -> Season:
    """By its name: 'Autumn 2', or 'Term 1' to 'Term 6'; by the month in which it begins where the name says neither."""
    first, _, rest = term.name.lower().partition(" ")
    if first in set(Season):
        return Season(first)
    if first == "term" and re.fullmatch("[1-6]", rest):
        return list(Season)[(int(rest) - 1) // 2]
    month = term.first.month
    return Season.AUTUMN if month >= 8 else Season.SPRING if month <= 3 else Season.SUMMER


def terms_of(calendar: SchoolCalendar) -> tuple[WholeTerm, ...]:
    """The terms of a school's own calendar, in order."""
    parts: dict[tuple[int, Season], list[Term]] = {}
    for term in calendar.terms:
        parts.setdefault((academic_year(term.first).starts_in, season_of(term)), []).append(term)
    found = (_whole(AcademicYear(year), season, halves) for (year, season), halves in parts.items())
    return tuple(sorted(found, key=lambda term: term.first))


def _whole(year: AcademicYear, season: Season, halves: list[Term]) -> WholeTerm:
    """It opens with its last half term; a term that is kept as one stretch, half way through."""
    first, last = min(each.first for each in halves), max(each.last for each in halves)
    middle = first + (last - first) / 2 + timedelta(days=1)
    return WholeTerm(year, season, first, last, max(each.first for each in halves) if len(halves) > 1 else middle)


def asked_for(
    terms: Iterable[WholeTerm], signed: Collection[tuple[int, str]], *, since: date | None, on: date
) -> WholeTerm | None:
    """The earliest term of the last year that waits for its sign-off. `since`: terms that ended before are not asked for."""
    earliest = max(on - LOOKED_BACK, since or date.min)
    return next((term for term in terms if term.last >= earliest and term.opens <= on and term.key not in signed), None)


def why_not_now(terms: Collection[WholeTerm], on: date) -> Refusal:
    """Why no term waits: no terms are known, or the one that runs is signed off, or not yet in its last half."""
    running = next((term for term in terms if on <= term.last), None)
    if running is None:
        return Refusal(
            "The school’s terms are not entered yet, so none can be signed off. Ask whoever keeps the calendar."
        )
    if running.opens > on:
        return _too_early(running)
    return Refusal(f"The {running.words} is signed off already.")


def may_sign(*, term: WholeTerm, signed: Collection[tuple[int, str]], comment: str, on: date) -> Refusal | None:
    """Once a term, from its last half on, and with a word of the headteacher's own."""
    if term.key in signed:
        return Refusal(f"The {term.words} is signed off already. A sign-off stands as it was given.")
    if term.opens > on:
        return _too_early(term)
    if len(comment.split()) < 3:
        return Refusal("Write a sentence on how the term went: what is late, and what you do about it.", "comment")
    return None


def _too_early(term: WholeTerm) -> Refusal:
    return Refusal(
        f"The {term.words} can be signed off from its last half on, from {day_words(term.opens)}: before that there is too "
        "little of it to look at."
    )
