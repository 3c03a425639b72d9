"""Ages, counts and limits that are not time limits, each with its source and the day it came into force."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from alongside.law.sources import Source, practice, promise


@dataclass(frozen=True, slots=True)
class Threshold:
    """A named figure. A trust may set its own, dated; this is what holds when it has not."""

    code: str
    words: str
    value: Decimal
    source: Source
    in_force_from: date


_POLICY = date(2025, 9, 1)


def _threshold(code: str, words: str, value: str, source: Source) -> Threshold:
    return Threshold(code, words, Decimal(value), source, _POLICY)


STRENGTHS = _threshold("STRENGTHS", "Strengths named before any need", "2", promise("section 6"))
FEWEST_OUTCOMES = _threshold("OUTCOMES-MIN", "Fewest outcomes in a plan", "2", promise("section 6"))
MOST_OUTCOMES = _threshold("OUTCOMES-MAX", "Most outcomes in a plan", "4", promise("section 6"))
DELIVERY_FLOOR = _threshold("DELIVERY", "Share of promised sessions given", "0.80", promise("section 15"))
READING_AGE = _threshold("READING-AGE", "Reading age of a family copy", "9", promise("section 9"))
SMALL_NUMBER = _threshold("SMALL", "Smallest count shown outside the school", "5", practice("disclosure control"))
OLDEST_PUPIL = _threshold("OLDEST", "Oldest age on a school roll", "25", practice("EHC plans end by 25"))

THRESHOLDS: Mapping[str, Threshold] = {
    threshold.code: threshold
    for threshold in (
        STRENGTHS, FEWEST_OUTCOMES, MOST_OUTCOMES, DELIVERY_FLOOR, READING_AGE, SMALL_NUMBER, OLDEST_PUPIL,
    )
}  # fmt: skip
