"""When the rounds of assess, plan, do and review took place, reckoned back from today. Pure but for chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from alongside.areas.support.rules import Stage, latest_review
from alongside.config.demo.pen import DAY, Days

HISTORY = timedelta(days=3 * 365)
_STAGES = {Stage.DO: 79, Stage.PLAN: 7, Stage.ASSESS: 4, Stage.REVIEW: 7, Stage.CLOSED: 3}
_SETTLING = 24  # days after which a pupil's first cycle begins
_AHEAD = {(-12, -1): 5, (0, 13): 14, (14, 88): 81}  # days until the review of a running plan, and how many


@dataclass(frozen=True, slots=True)
class Round:
    """The days of one cycle; what has not happened yet is None."""

    opened: date
    assessed: date | None = None
    started: date | None = None
    review_on: date | None = None
    reviewed: date | None = None
    closed: date | None = None


def rounds(draw: Random, days: Days, *, on: date, entered: date, most: int, ended: bool = False) -> list[Round]:
    """A pupil's cycles, oldest first; at most so many, none before the pupil came or before history begins.

    `ended`: the last one closed some time ago.
    """
    floor = max(entered + 10 * DAY, on - HISTORY, days.first + DAY)
    found: list[Round] = []
    if ended:
        now = _present(draw, days, on - draw.randint(5, 500) * DAY, Stage.CLOSED)
    else:
        now = _present(draw, days, on, draw.choices(tuple(_STAGES), tuple(_STAGES.values()))[0])
    while now.opened >= floor and len(found) < most:
        found.insert(0, now)
        now = _earlier(draw, days, now)
    if not found and most and not ended:
        return _begun(draw, days, on, entered)
    return found


def _present(draw: Random, days: Days, on: date, stage: Stage) -> Round:
    """The cycle of today, at a stage."""
    if stage is Stage.ASSESS or stage is Stage.PLAN:
        opened = days.before(on - draw.randint(1, 14) * DAY)
        return Round(opened, assessed=opened if stage is Stage.PLAN else None)
    if stage is Stage.DO:
        return _running(draw, days, on, draw.randint(*draw.choices(tuple(_AHEAD), tuple(_AHEAD.values()))[0]))
    reviewed = days.before(on - draw.randint(1, 9) * DAY)
    done = _running(draw, days, on, -draw.randint(1, 6))
    closed = days.before(on - DAY) if stage is Stage.CLOSED else None
    return replace(done, reviewed=max(reviewed, done.started or reviewed), closed=closed)


def _begun(draw: Random, days: Days, on: date, entered: date) -> list[Round]:
    """The first cycle of a pupil who came this term; none in the first days."""
    here = (on - entered).days
    if here < _SETTLING:
        return []
    opened = days.after(entered + draw.randint(8, 14) * DAY)
    assessed = days.after(opened + draw.randint(2, 6) * DAY)
    started = days.after(assessed + draw.randint(3, 8) * DAY)
    if started >= on:
        return [Round(opened, assessed=assessed if assessed < on else None)]
    review = days.before(started + draw.randint(84, 110) * DAY)
    return [Round(opened, assessed, started, min(review, latest_review(started)))]


def _running(draw: Random, days: Days, on: date, ahead: int) -> Round:
    """A cycle whose review was agreed for so many days ahead."""
    review = days.before(on + ahead * DAY)
    length = draw.randint(max(77, (review - on).days + 3), 110)
    started = min(days.after(review - length * DAY), days.before(on - 2 * DAY))
    review = min(review, latest_review(started))
    assessed = days.before(started - draw.randint(3, 8) * DAY)
    return Round(days.before(assessed - draw.randint(3, 9) * DAY), assessed, started, review)


def _earlier(draw: Random, days: Days, after: Round) -> Round:
    """The cycle before: it closed on the day on which the next one opened."""
    reviewed = days.before(after.opened - draw.randint(0, 6) * DAY)
    started = days.after(reviewed - draw.randint(80, 108) * DAY)
    assessed = days.before(started - draw.randint(0, 6) * DAY)
    opened = days.before(assessed - draw.randint(0, 8) * DAY)
    review_on = min(days.before(reviewed + draw.choice((0, 0, 0, 1, 4)) * DAY), latest_review(started))
    return Round(opened, assessed, started, review_on, reviewed, after.opened)


def fixed(days: Days, on: date, table: Sequence[Sequence[int]]) -> list[Round]:
    """Cycles given as days before today, in the order of Round's parts; a date to come is negative.

    In the holidays reviews were held before, and what began did so after.
    """
    return [_fixed(days, [on - ago * DAY for ago in row]) for row in table]


def _fixed(days: Days, row: Sequence[date]) -> Round:
    opened, assessed, started, review, *rest = row
    now = Round(days.after(opened), days.after(assessed), days.after(started), days.before(review))
    if not rest:
        return now
    reviewed, closed = rest
    return replace(now, reviewed=days.before(reviewed), closed=days.after(closed))
