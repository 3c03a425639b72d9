"""A sign in plain words: what was seen, how sure it is, what else it could be, what to do.

Written for a reading age of 12 or less. A flag asks a teacher a question. It never names a need.
"""

from __future__ import annotations

from dataclasses import dataclass

from alongside.progress.columns import BadInput
from alongside.progress.measure import beyond_chance, rise_by_chance
from alongside.progress.signs import PERCENTILE_ERROR, VERSION

ALWAYS = (
    "It may have to do with days missed, new English, a move or a wrong mark. "
    "Good teaching comes first. Talk it over with the people who know the pupil. This is not a diagnosis."
)


@dataclass(frozen=True, slots=True)
class Wording:
    """A flag as it is shown, with the version of the rule that made it, so that it can be said again alike."""

    text: str
    rests_on: int
    version: str = VERSION


def growth_in_words(name: str, subject: str, last: int, both: float | None = None) -> Wording:
    """`last` is this year's growth percentile, `both` the mean of two years."""
    if not 1 <= last <= 99:
        raise BadInput(f"A growth percentile lies from 1 to 99, not {last}.")
    low, high = max(1, round(last - PERCENTILE_ERROR)), min(99, round(last + PERCENTILE_ERROR))
    two = f" Two years put together say {both:.0f}." if both is not None else ""
    text = (
        f"Think of 100 pupils who began where {name} did. About {100 - last} of them made more progress in {subject} "
        f"this year. One test is rough. The true place is likely to be from {low} to {high}, where 1 is the least and "
        f"99 the most.{two} {ALWAYS}"
    )
    return Wording(text, 2 if both is None else 3)


def rate_in_words(name: str, subject: str, before: float, now: float, error: float, points: int) -> Wording:
    """Points gained in the year before and in this one, and the error of their difference."""
    sure = 1.645 * error
    verdict = (
        "The slow-down is more than chance would do."
        if now - before < -sure
        else "This is not clear proof of a slow-down."
    )
    text = (
        f"{name} {_moved(now)} in {subject} in the last year. The year before, {name} {_moved(before)}. Two rates can "
        f"be {sure:.0f} points apart by chance. {verdict} {ALWAYS}"
    )
    return Wording(text, points)


def change_in_words(name: str, first: float, last: float, first_error: float, last_error: float) -> Wording:
    """A change of an age-standardised score between two tests, with both tests' errors."""
    chance = beyond_chance(first_error, last_error)
    change = last - first
    verdict = "This is not clear proof of falling back." if change > -chance else "Chance alone would seldom do that."
    if change >= 0:
        verdict = "There is no sign of falling back."
    text = (
        f"{name}'s score {_changed(change)}. Scores on this test move by up to {chance:.0f} points by chance. "
        f"{verdict} {ALWAYS}"
    )
    return Wording(text, 2)


def gap_in_words(name: str, first: float, last: float, error: float, points: int) -> Wording:
    """The gap to peers at the start and now, in points; `error` is the test's."""
    moved = last - first
    if abs(moved) <= error:
        change = f"has stayed about the same. It is {last:.0f} points now and was {first:.0f}"
    else:
        change = f"has {'grown' if moved > 0 else 'shrunk'} from {first:.0f} points to {last:.0f}"
    text = (
        f"The gap from {name} to pupils of the same age {change}. One test can be {error:.0f} points out either way. "
        f"If there was help to close the gap, ask how it went. {ALWAYS}"
    )
    return Wording(text, points)


def funnel_in_words(school: str, rate: float, low: float, high: float) -> Wording:
    """A school's share of pupils on SEN support against the limits that chance would leave it in."""
    if low <= rate <= high:
        text = f"{school} has about as many pupils on SEN support as chance would explain."
    elif rate < low:
        text = (
            f"{school} has fewer pupils on SEN support than chance would explain. It may miss some, or it may meet "
            "needs early. Go and look. This is not a verdict on the school."
        )
    else:
        text = (
            f"{school} has more pupils on SEN support than chance would explain. It may find need well, or it may call "
            "things need that good teaching would mend. Go and look. This is not a verdict on the school."
        )
    return Wording(text, 1)


def rise_in_words(score: float, mean: float, reliability: float) -> str:
    """What stands beside every before-and-after figure."""
    points = rise_by_chance(score, mean, reliability)
    return f"A pupil chosen for a low score would be expected to rise by about {points:.0f} points anyway."


def _moved(points: float) -> str:
    return f"gained {points:.0f} points" if points >= 0 else f"lost {-points:.0f} points"


def _changed(points: float) -> str:
    if round(points) == 0:
        return "has stayed the same"
    return f"{'rose' if points > 0 else 'fell'} by {abs(points):.0f} points"
