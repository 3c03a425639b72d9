"""Open clocks of provision: the first line after SEN support began, and delivery that fell below the floor."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db.models import Exists, OuterRef, Q

from alongside.areas.provision.models import Line, Session
from alongside.areas.provision.rules import MISSED_WORDS, Missed, Share
from alongside.areas.register.models import Status
from alongside.base.deadlines.sources import Ask, Running, source
from alongside.law import clocks, thresholds
from alongside.law.codes import Provision

_TWO_WEEKS = timedelta(days=14)
_FEWEST = 3  # sessions, before a share says anything


@source("provision", clocks.FIRST_PROVISION, clocks.DELIVERY)
def provision(ask: Ask) -> Iterable[Running]:
    yield from _without_any(ask)
    yield from _too_little(ask)


def _without_any(ask: Ask) -> Iterable[Running]:
    running = Line.objects.filter(Q(until=None) | Q(until__gte=ask.on), pupil=OuterRef("pupil"))
    waiting = Status.objects.filter(**ask.narrow(), until=None, code=Provision.SUPPORT).exclude(Exists(running))
    for status in waiting:
        due = clocks.due(clocks.FIRST_PROVISION, status.since, ask.calendars[status.school_id])
        yield Running(
            due, "status", status.pk, status.pupil_id, status.school_id, "SEN support, but no provision yet",
            due.why(), "Add provision", f"/pupils/{status.pupil_id}/provision/add/",
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Fortnight:
    """One line's sessions of the last two weeks."""

    line_id: int
    pupil_id: int
    school_id: int
    name: str
    share: Share
    missed: Mapping[str, int]
    last_missed: date


def _too_little(ask: Ask) -> Iterable[Running]:
    """Lines of which less than the floor was held in the last fortnight, one clock a line."""
    floor = thresholds.DELIVERY_FLOOR.value
    return (_low(ask, line) for line in _fortnights(ask) if line.share.planned >= _FEWEST and line.share.below(floor))


def _fortnights(ask: Ask) -> Iterable[_Fortnight]:
    rows = (
        Session.objects.filter(**ask.narrow(), day__gt=ask.on - _TWO_WEEKS, day__lte=ask.on)
        .filter(Q(line__until=None) | Q(line__until__gte=ask.on))
        .order_by("line_id", "day")
        .values_list("line_id", "pupil_id", "school_id", "line__type__name", "held", "missed_because", "day")
    )
    for (line, pupil, school, name), group in groupby(rows, key=lambda row: row[:4]):
        sessions = list(group)
        missed = [(because, day) for *_, held, because, day in sessions if not held]
        if missed:
            share = Share(len(sessions) - len(missed), len(sessions))
            yield _Fortnight(line, pupil, school, name, share, Counter(b for b, _ in missed), missed[-1][1])


def _low(ask: Ask, line: _Fortnight) -> Running:
    most_first = sorted(line.missed.items(), key=lambda reason: -reason[1])
    because = ", ".join(f"{MISSED_WORDS[Missed(code)].lower()} {count}" for code, count in most_first)
    due = clocks.due(clocks.DELIVERY, line.last_missed, ask.calendars[line.school_id])
    return Running(
        due, "line", line.line_id, line.pupil_id, line.school_id,
        f"{line.name}: only {line.share.percent}% given in two weeks",
        f"{line.share.held} of {line.share.planned} sessions held. Missed: {because}.", "Rearrange",
        f"/provision/{line.line_id}/", f"{line.share.held} of {line.share.planned}",
    )  # fmt: skip
