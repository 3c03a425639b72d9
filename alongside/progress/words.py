"""A sign in plain words: what was seen, how sure it is, what else it could be, what to do.

Written for a reading age of 12 or less. A flag asks a teacher a question. It never names a need.
"""

from __future__ import annotations

from dataclasses import dataclass

from alongside.progress.columns import BadInput
from alongside.progress.measure import beyond_chance, rise_by_chance
from alongside.progress.signs import ONE_SIDED, PERCENTILE_ERROR, VERSION

WORDING = "2026.1"
"""Goes into every flag beside the rule's version. A change of a sentence is a new wording."""

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
    sure = ONE_SIDED * error
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


def slow_down_in_words(name: str, subject: str, change: float, error: float, points: int) -> Wording:
    """`change` is the last rate less the one before, in points a year."""
    sure = ONE_SIDED * error
    verdict = "That is more than chance would do." if change < -sure else "This is not clear proof of a slow-down."
    turned = f"{abs(change):.0f} points a year {'less' if change < 0 else 'more'}"
    text = (
        f"{name} now gains {turned} in {subject} than before. Two rates can be {sure:.0f} points apart by chance. "
        f"{verdict} {ALWAYS}"
    )
    return Wording(text, points)


def peers_in_words(name: str, peers: int, here: int, fewest: int) -> str:
    """With whom growth was compared; `here` is how many at the same school began where this pupil did."""
    everywhere = f"{peers:,} pupils of the same year across the trust who sat the same test"
    if here < fewest:
        few = "No other pupil" if here == 0 else f"Only {here} other pupil{'' if here == 1 else 's'}"
        return (
            f"There are not enough peers here. {few} at this school began where {name} did. "
            f"So {name} is set beside {everywhere}."
        )
    return f"{name} is set beside {everywhere}. At this school {here} others began where {name} did."


def rests_in_words(points: int) -> str:
    """On how many tests a figure rests."""
    return f"This rests on {points} test{'' if points == 1 else 's'}."


CLASS_IS_SLOW = (
    "Most of the class is slow here. Talk about the teaching first: it is the more likely cause. The headteacher "
    "has been told."
)


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


def fall_in_words(name: str, change: float, error: float, points: int) -> Wording:
    """A change from the first test to the last, judged by the limit that the fourth sign fires at: one in twenty."""
    limit = ONE_SIDED * error
    verdict = "That is more than chance would do." if change < -limit else "This is not clear proof of falling back."
    if change >= 0:
        verdict = "There is no sign of falling back."
    text = (
        f"From the first test to the last, {name}'s score {_changed(change)}. By chance only 1 pupil in 20 would fall by "
        f"more than {limit:.0f} points. {verdict} {ALWAYS}"
    )
    return Wording(text, points)


def gap_in_words(name: str, first: float, last: float, error: float, points: int) -> Wording:
    """The gap to peers at the start and now, in points, less than nought when ahead; `error` is the test's."""
    same = "That is about the same. " if abs(last - first) <= error else ""
    text = (
        f"At first {name} was {_place(first)} the middle of the year group. Now {name} is {_place(last)} it. {same}One "
        f"test can be {error:.0f} points out either way. If there was help to close the gap, ask how it went. {ALWAYS}"
    )
    return Wording(text, points)


def _place(gap: float) -> str:
    points = abs(round(gap))
    if points == 0:
        return "level with"
    return f"{points} point{'' if points == 1 else 's'} {'behind' if gap > 0 else 'ahead of'}"


def funnel_in_words(school: str, rate: float, low: float, high: float, of: str = "on SEN support") -> Wording:
    """A school's share of pupils who are found, against the limits that chance would leave it in."""
    if low <= rate <= high:
        text = f"{school} has about as many pupils {of} as chance would explain."
    elif rate < low:
        text = (
            f"{school} has fewer pupils {of} than chance would explain. It may miss some, or it may meet "
            "needs early. Go and look. This is not a verdict on the school."
        )
    else:
        text = (
            f"{school} has more pupils {of} than chance would explain. It may find need well, or it may call "
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
