"""What may stand in a cell, when points may lie, and what looks like a slip of a whole class. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from statistics import StatisticsError, correlation

from alongside.law.calendar import AcademicYear
from alongside.law.codes import NC_YEARS
from alongside.law.refusal import Refusal
from alongside.progress import measure


class Kind(StrEnum):
    """What may be done with the numbers of a scale."""

    INTERVAL = "interval"  # differences mean something: scaled and standardised scores
    COUNT = "count"  # so many right, of so many: phonics, times tables
    ORDERED = "ordered"  # steps with an order and no distance: compared, never averaged
    AGE = "age"  # years and months: shown, never subtracted
    PROSE = "prose"  # described in words, not scored: the engagement model


KIND_WORDS: Mapping[Kind, str] = {
    Kind.INTERVAL: "Scores with equal steps",
    Kind.COUNT: "A count of answers",
    Kind.ORDERED: "Steps in an order",
    Kind.AGE: "An age in years and months",
    Kind.PROSE: "Words",
}
SUBJECTS: Mapping[str, str] = {
    "reading": "Reading",
    "writing": "Writing",
    "maths": "Mathematics",
    "gps": "Grammar, punctuation and spelling",
    "phonics": "Phonics",
    "tables": "Times tables",
    "science": "Science",
    "english": "English",
    "all": "All subjects together",
}


class Season(StrEnum):
    """A year's growth is from one season to the same season a year later."""

    AUTUMN = "autumn"
    SPRING = "spring"
    SUMMER = "summer"


SEASON_WORDS = {Season.AUTUMN: "Autumn", Season.SPRING: "Spring", Season.SUMMER: "Summer"}


class Source(StrEnum):
    """How a result came in."""

    TYPED = "typed"
    PASTED = "pasted"
    FILE = "file"


SOURCE_WORDS = {Source.TYPED: "typed", Source.PASTED: "pasted", Source.FILE: "from a file"}


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale as a value: its ends for numbers, its steps from the lowest up, its letters in place of a mark."""

    name: str
    kind: Kind
    low: Decimal | None = None
    high: Decimal | None = None
    steps: tuple[str, ...] = ()
    letters: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """What is kept: a score, or a step or letter."""

    score: Decimal | None = None
    mark: str = ""

    @property
    def words(self) -> str:
        """As it is typed: 104, 98.5, EXS, 8:04."""
        return figure(self.score) if self.score is not None else self.mark


# --- A cell ------------------------------------------------------------------------------------------------

_NUMBER = re.compile(r"-?[0-9]{1,5}(?:\.[0-9]{1,6})?")
_AGE = re.compile(r"([0-9]{1,2})(?:[:.]| ?y(?:ears?|rs?)? ?)([0-9]{1,2}) ?(?:m(?:onths?|ths?)?)?", re.IGNORECASE)
_ONE_PLACE = Decimal("0.1")
_MONTHS = 12
_SHOWN = 24


def figure(score: Decimal) -> str:
    """A score without a nought that says nothing: 104, 98.5."""
    whole = score.to_integral_value()
    return str(int(whole)) if score == whole else str(score.normalize())


def read(typed: str, scale: Scale) -> Value | Refusal:
    """A cell as typed, on its scale. An empty cell is an empty value."""
    text = " ".join(typed.split())
    if not text:
        return Value()
    marks = {mark.casefold(): mark for mark in (*scale.steps, *(scale.letters or {}))}
    if text.casefold() in marks:
        return Value(mark=marks[text.casefold()])
    if scale.kind is Kind.AGE:
        return _age(text, scale)
    if scale.kind not in (Kind.INTERVAL, Kind.COUNT):
        has = ", ".join((*scale.steps, *(scale.letters or {})))
        return Refusal(f"“{_short(text)}” is not on this scale. It has: {has or 'words, not marks'}.")
    return _number(text, scale)


def _number(text: str, scale: Scale) -> Value | Refusal:
    if not _NUMBER.fullmatch(text):
        return Refusal(f"“{_short(text)}” is not a score of {scale.name}. {_ends(scale)}")
    score = Decimal(text)
    if (scale.low is not None and score < scale.low) or (scale.high is not None and score > scale.high):
        return Refusal(f"{text} is off the scale of {scale.name}. {_ends(scale)}")
    if scale.kind is Kind.COUNT and score != score.to_integral_value():
        return Refusal(f"{text} is not a whole number. {scale.name} counts answers.")
    if score != score.quantize(_ONE_PLACE):
        return Refusal(f"{text} has more than one decimal place. Round it to one.")
    return Value(score=score.quantize(_ONE_PLACE))


def _age(text: str, scale: Scale) -> Value | Refusal:
    """8:04, 8.04, 8y 4m → '8:04'. Kept as words, so that nobody can take one from another."""
    found = _AGE.fullmatch(text)
    if found is None or int(found[2]) >= _MONTHS:
        return Refusal(f"“{_short(text)}” is not an age. Write years and months, as 8:04.")
    years = int(found[1])
    if (scale.low is not None and years < scale.low) or (scale.high is not None and years > scale.high):
        return Refusal(f"{text} is off the scale of {scale.name}. {_ends(scale)}")
    return Value(mark=f"{years}:{int(found[2]):02}")


def _ends(scale: Scale) -> str:
    letters = f" In place of a mark: {', '.join(scale.letters)}." if scale.letters else ""
    if scale.low is None or scale.high is None:
        return letters.strip()
    return f"It runs from {figure(scale.low)} to {figure(scale.high)}.{letters}"


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


# --- Who was assessed, and when ----------------------------------------------------------------------------


def age_in_months(born_on: date, on: date) -> int:
    """Whole months of age on a day, never under nought."""
    months = (on.year - born_on.year) * _MONTHS + on.month - born_on.month - (on.day < born_on.day)
    return max(0, months)


def age_words(months: int) -> str:
    """'8 years 4 months', '7 years 1 month', '8 years'."""
    years, rest = divmod(months, _MONTHS)
    return f"{years} years" + (f" {rest} {'month' if rest == 1 else 'months'}" if rest else "")


def year_then(nc_year: str, years_ago: int) -> str:
    """The year group of a pupil so many school years ago, who has gone up one each year; X stays X."""
    if nc_year not in NC_YEARS or nc_year == "X":
        return nc_year
    return NC_YEARS[max(0, NC_YEARS.index(nc_year) - max(0, years_ago))]


def check_day(on: date | None, point: Window, today: date) -> Refusal | None:
    """The day of a sitting lies in its point, or in the weeks after it for those who were away; never ahead."""
    if on is None:
        return Refusal("On which day was it sat?", "on")
    if on > today:
        return Refusal("That day has not come yet. Give the day on which it was sat.", "on")
    if on < point.opens_on:
        return Refusal(f"{point.name} opens on {point.opens_on:%d %B %Y}. Give a day from then on.", "on")
    return None


# --- Points of the year ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Window:
    """A point of the year as a value."""

    name: str
    opens_on: date
    due_on: date


_LONGEST = 120  # days; a term and its holiday


def check_point(new: Window, others: Sequence[Window], *, school_year: int) -> Refusal | None:
    """The end follows the start, both lie in the school year, and no other point of the same school is open then."""
    if new.due_on < new.opens_on:
        return Refusal("It is due before it opens. Put one of the two days right.", "due_on")
    year = AcademicYear(school_year)
    if not year.first <= new.opens_on <= new.due_on <= year.last:
        return Refusal(f"The school year {year} runs from 1 September to 31 August.", "opens_on")
    if (new.due_on - new.opens_on).days > _LONGEST:
        return Refusal("That is longer than a term. A point is a few weeks in which everybody is assessed.", "due_on")
    for other in others:
        if new.opens_on <= other.due_on and other.opens_on <= new.due_on:
            return Refusal(
                f"{other.name} is open from {other.opens_on:%d %B} to {other.due_on:%d %B}. Two points cannot overlap.",
                "opens_on",
            )
    return None


def check_sitting(subject: str, nc_years: Sequence[str]) -> Refusal | None:
    if subject not in SUBJECTS:
        return Refusal("Choose a subject.", "subject")
    if not nc_years or any(year not in NC_YEARS for year in nc_years):
        return Refusal("Choose the year groups that sit it.", "nc_years")
    return None


@dataclass(frozen=True, slots=True)
class ScaleDraft:
    """A trust's own scale as typed."""

    name: str
    kind: Kind
    low: Decimal | None = None
    high: Decimal | None = None
    mean: Decimal | None = None
    sd: Decimal | None = None
    reliability: Decimal | None = None
    steps: tuple[str, ...] = ()
    letters: tuple[tuple[str, str], ...] = ()


_LONGEST_MARK = 8
_FEWEST_STEPS = 2


def check_scale(draft: ScaleDraft) -> Refusal | None:
    """Ends for scores, steps for an order, and no mark that could be taken for a score or for another mark."""
    marks = [*draft.steps, *(mark for mark, _ in draft.letters)]
    numbers = draft.kind in (Kind.INTERVAL, Kind.COUNT)
    if numbers and (draft.low is None or draft.high is None or draft.low >= draft.high):
        return Refusal("Give the lowest and the highest score; the highest is the greater.", "high")
    if draft.kind is Kind.ORDERED and len(draft.steps) < _FEWEST_STEPS:
        return Refusal("Give two steps at least, from the lowest up, one a line.", "steps")
    if any(len(mark) > _LONGEST_MARK for mark in marks):
        return Refusal(f"A step or letter has {_LONGEST_MARK} characters at most.", "steps")
    if len({mark.casefold() for mark in marks}) != len(marks):
        return Refusal("Two steps or letters are the same. Each needs a mark of its own.", "steps")
    if numbers and any(_NUMBER.fullmatch(mark) for mark in marks):
        return Refusal("A letter in place of a mark cannot be a number.", "letters")
    return check_reliability(draft.reliability, draft.sd)


def check_reliability(reliability: Decimal | None, sd: Decimal | None) -> Refusal | None:
    if reliability is not None and not 0 < reliability < 1:
        return Refusal("A reliability lies between 0 and 1, as 0.92. The test’s manual says it.", "reliability")
    if reliability is not None and (sd is None or sd <= 0):
        return Refusal("A reliability says something only with the standard deviation of the scale.", "sd")
    return None


# --- How sure a score is -----------------------------------------------------------------------------------


def band(score: Decimal, scale: Scale, sd: Decimal | None, reliability: Decimal | None) -> tuple[int, int] | None:
    """Where the true score lies in 95 of 100 cases, held to the scale; None where no error is known."""
    if sd is None or reliability is None or scale.kind is not Kind.INTERVAL:
        return None
    low, high = measure.Score(float(score), measure.sem(float(sd), float(reliability))).interval()
    ends = (scale.low, scale.high)
    return (
        round(max(low, float(ends[0]))) if ends[0] is not None else round(low),
        round(min(high, float(ends[1]))) if ends[1] is not None else round(high),
    )


def beyond_chance(sd: Decimal | None, reliability: Decimal | None) -> int | None:
    """How many points a score must move to be 95% sure that something changed; None where no error is known."""
    if sd is None or reliability is None:
        return None
    error = measure.sem(float(sd), float(reliability))
    return round(measure.beyond_chance(error, error)) if error else None


# --- A whole class at once ---------------------------------------------------------------------------------

_FEWEST_ALIKE = 5  # pupils: four with one score is a small group, not a slip
_FEWEST_TO_SHIFT = 8  # pupils with a score before, under which a shifted column cannot be told from chance
_SHIFTED, _BETTER = 0.6, 0.3


def all_alike(scores: Sequence[Decimal]) -> bool:
    """Whether a whole class has one and the same score."""
    return len(scores) >= _FEWEST_ALIKE and len(set(scores)) == 1


def looks_shifted(now: Sequence[Decimal | None], before: Sequence[Decimal | None]) -> bool:
    """Whether a column, in the order of the page, fits the scores of before better when moved by one row.

    The scores of the same pupils at two points have much to do with each other. A column that slid by a row gives each
    pupil a neighbour's score: its correlation falls, and comes back when it is slid again.
    """
    straight = _together(now, before)
    if straight is None:
        return False
    moved = [r for r in (_together(now[1:], before[:-1]), _together(now[:-1], before[1:])) if r is not None]
    return any(r >= _SHIFTED and r - straight >= _BETTER for r in moved)


def _together(now: Sequence[Decimal | None], before: Sequence[Decimal | None]) -> float | None:
    pairs = [(float(a), float(b)) for a, b in zip(now, before, strict=True) if a is not None and b is not None]
    if len(pairs) < _FEWEST_TO_SHIFT:
        return None
    try:
        return correlation([a for a, _ in pairs], [b for _, b in pairs])
    except StatisticsError:
        return None  # one of the two is constant


# --- Development -------------------------------------------------------------------------------------------

AREAS: Mapping[str, str] = {
    "exploration": "Exploration",
    "realisation": "Realisation",
    "anticipation": "Anticipation",
    "persistence": "Persistence",
    "initiation": "Initiation",
    "language": "Communication and language",
    "social": "Personal, social and emotional",
    "physical": "Physical",
    "communication": "Communication",
    "wellbeing": "Wellbeing",
    "independence": "Independence",
}
ENGAGEMENT = tuple(AREAS)[:5]
EARLY_YEARS = tuple(AREAS)[5:8]
ANY_AGE = tuple(AREAS)[8:]


class Step(StrEnum):
    """How a pupil has moved since the last time, in steps small enough to be seen."""

    FIRST = "first"
    NEW = "new"
    MORE = "more"
    SAME = "same"
    LESS = "less"


STEP_WORDS: Mapping[Step, str] = {
    Step.FIRST: "Noted for the first time",
    Step.NEW: "Something new",
    Step.MORE: "More often, longer or with less help",
    Step.SAME: "As before",
    Step.LESS: "Less than before",
}


def check_development(area: str, words: str, step: str) -> Refusal | None:
    if area not in AREAS:
        return Refusal("Choose the area.", "area")
    if not words.strip():
        return Refusal("Say what you saw the pupil do.", "words")
    if step not in set(Step):
        return Refusal("Say how it compares with the last time.", "step")
    return None
