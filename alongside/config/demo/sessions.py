"""The last thirteen weeks day by day: who was absent, what was given, and why not when it was not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

from alongside.areas.provision.models import Session
from alongside.areas.provision.rules import Missed, Went
from alongside.base.pupils.models import Absence
from alongside.config.demo import shape
from alongside.config.demo.pen import DAY, Pen, Somebody
from alongside.config.demo.plans import Promised
from alongside.config.demo.roll import Child
from alongside.config.demo.stories import Given

WEEKS = 13
_MISSED = 0.025  # of sessions that the adult or the room could not give; a pupil's absence comes on top
_BAD_LATELY = 0.05  # of groups: the adult has been covering elsewhere for a fortnight
_UNLOGGED = 0.02
_WHY = {Missed.COVER: 5.0, Missed.TRIP: 2.0, Missed.ROOM: 1.5, Missed.OTHER: 0.5}
_NOTES = (
    "Asked for more.", "Did it without help today.", "Tired, so we made it short.", "Best one yet.",
    "Showed a friend how.",
)  # fmt: skip


def absences(pen: Pen, child: Child) -> set[date]:
    """The days on which a pupil was away, in spells of one to four."""
    away: set[date] = set()
    days = pen.days.between(max(child.entered, pen.on - WEEKS * 7 * DAY), pen.on)
    rate, index = shape.ABSENT[child.code] / 2, 0
    while index < len(days):
        if pen.chance(rate):
            length = pen.draw.choice((1, 1, 2, 2, 4))
            away.update(days[index : index + length])
            index += length
        index += 1
    for day in sorted(away):
        code = pen.draw.choices(("I", "M", "O", "C"), (70, 12, 14, 4))[0]
        pen.bulk.add(Absence, pupil_id=child.id, school_id=pen.site.id, day=day, code=code)
    return away


def log(pen: Pen, child: Child, promised: Sequence[Promised], away: set[date]) -> None:
    """Every session that was due on a line in these weeks, up to yesterday."""
    start, end = pen.on - WEEKS * 7 * DAY, pen.on - DAY
    for line, given, since, until in promised:
        if until is not None and until < start:
            continue
        adult = child.lead if given.given_by == "teacher" else child.helper
        weekdays = _weekdays(given, adult)
        for day in pen.days.between(max(since, start), min(until or end, end)):
            if day.weekday() in weekdays and not pen.chance(_UNLOGGED):
                _session(pen, child, line, given, adult, day, away=day in away)


def _weekdays(given: Given, adult: Somebody) -> set[int]:
    """The same days for everybody whom an adult has in such a group; by the name, since a number is another each time."""
    return set(Random(f"{given.key}{adult.name}").sample(range(5), min(5, given.times)))


def _session(pen: Pen, child: Child, line: int, given: Given, adult: Somebody, day: date, *, away: bool) -> None:
    missed = Missed.ABSENT.value if away else _missed(pen, given, adult, day)
    if not missed and pen.chance(0.008):
        missed = Missed.PUPIL.value
    went = "" if missed else pen.draw.choices([went.value for went in Went], (64, 27, 9))[0]
    pen.bulk.add(
        Session, line_id=line, pupil_id=child.id, school_id=pen.site.id, day=day, held=not missed,
        missed_because=missed, went=went, note=pen.draw.choice(_NOTES) if not missed and pen.chance(0.04) else "",
        by_id=adult.id, at=pen.moment(day),
    )  # fmt: skip


def _missed(pen: Pen, given: Given, adult: Somebody, day: date) -> str:
    """Why a group was not held on a day: the same for all who are in it."""
    key = (given.key, adult.id, day)
    if key not in pen.groups_missed:
        bad = day > pen.on - 14 * DAY and _covering(pen, given, adult)
        why = ""
        if pen.chance(0.55 if bad else _MISSED):
            why = Missed.COVER.value if bad else shape.weighted(pen.draw, _WHY).value
        pen.groups_missed[key] = why
    return pen.groups_missed[key]


def _covering(pen: Pen, given: Given, adult: Somebody) -> bool:
    """Whether an adult has been taken away from such a group in these two weeks; the hero's was."""
    if (given.key, adult.id) in pen.taken_away:
        return True
    return Random(f"bad{given.key}{adult.name}{pen.on}").random() < _BAD_LATELY
