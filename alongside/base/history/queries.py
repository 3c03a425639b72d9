"""Reading the record, in words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from alongside.base.access.actor import Actor
from alongside.base.access.roles import ROLES, Permission
from alongside.base.history.kinds import KINDS, Side
from alongside.base.history.models import Event, Viewing
from alongside.kit import sql


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a timeline."""

    on: date
    at: datetime
    who: str
    words: str
    side: Side
    why: str
    times: int = 1

    @property
    def late_entry(self) -> bool:
        """True when it was written down on another day than it happened."""
        return self.at.date() != self.on


@dataclass(frozen=True, slots=True)
class Looked:
    at: datetime
    who: str
    role: str
    page: str


_TIMELINE = """
select kind, "on", at, by_name, facts::json, why from history_event
 where pupil_id = %(pupil)s and kind = any(%(kinds)s) order by "on" desc, at desc limit %(rows)s offset %(offset)s
"""


def timeline(
    pupil_id: int, school_id: int, *, actor: Actor, may: Collection[Permission] | None = None, limit: int = 12,
    offset: int = 0,
) -> list[Told]:  # fmt: skip
    """What happened to a pupil, newest first, as far as this person may read it: by `may` where it is known."""
    asked = {kind.permission for kind in KINDS.values()}
    permitted = {p: actor.may(p, school_id) if may is None else p in may for p in asked}
    kinds = [kind.code for kind in KINDS.values() if permitted[kind.permission]]
    values = {"pupil": pupil_id, "kinds": kinds, "rows": limit * _FOLD, "offset": offset}
    rows = sql.rows(_TIMELINE, values)
    return _folded([
        Told(on, at, who, KINDS[code].words(facts), KINDS[code].side, why) for code, on, at, who, facts, why in rows
    ])[:limit]  # fmt: skip


_FOLD = 3  # events read for each line shown, because the same thing done again the same day is one line


def _folded(told: list[Told]) -> list[Told]:
    """The same sentence by the same person on the same day stands once, with how often."""
    lines: list[Told] = []
    for line in told:
        last = lines[-1] if lines else None
        if last and (last.on, last.who, last.words, last.why) == (line.on, line.who, line.words, line.why):
            lines[-1] = replace(last, times=last.times + 1)
        else:
            lines.append(line)
    return lines


def about(thing: int, kinds: str, *, pupil_id: int, actor: Actor, school_id: int) -> list[Told]:
    """What happened to one thing of a pupil's, oldest first: events of kinds that begin with `kinds`, as far as
    this person may read them."""
    codes = [k.code for k in KINDS.values() if k.code.startswith(kinds) and actor.may(k.permission, school_id)]
    rows = Event.objects.filter(pupil_id=pupil_id, about_id=thing, kind__in=codes).order_by("on", "at")
    return [_told(event) for event in rows]


def family_timeline(pupil_id: int, *, limit: int = 50) -> list[Told]:
    """What a family may read about its child: bands 1 and 2."""
    kinds = [kind.code for kind in KINDS.values() if kind.band <= 2]
    return [_told(e) for e in Event.objects.filter(pupil_id=pupil_id, kind__in=kinds).order_by("-on", "-at")[:limit]]


def viewings(pupil_id: int, *, limit: int = 100) -> list[Looked]:
    """Who opened this pupil's pages, newest first."""
    return [
        Looked(v.at, v.by_name, ROLES[v.role].title if v.role in ROLES else "", v.page)
        for v in Viewing.objects.filter(pupil_id=pupil_id).order_by("-at")[:limit]
    ]


def _told(event: Event) -> Told:
    kind = KINDS[event.kind]
    return Told(event.on, event.at, event.by_name, kind.words(event.facts), kind.side, event.why)
