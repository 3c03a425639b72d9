"""The SENCO's morning: what is late, what is due in 14 days, what came in. One date, one reason, one action a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.pupils.names import CALLED
from alongside.base.schools.queries import calendars
from alongside.kit import sql
from alongside.law.calendar import SchoolCalendar, school_days_between
from alongside.law.clocks import CLOCKS
from alongside.law.dates import day_words
from alongside.law.rule import Band, Unit

AHEAD = timedelta(days=14)
_MOST = 120
_THINK_OF = 3
_LATELY = timedelta(days=28)
_CAME_IN = 6
_REST = 20  # of the third band, unless more of it is late or ends today


class Row(NamedTuple):
    """One line of the list. `kind` is late, today or date; `more` has what else can be done, and notes (no address)."""

    kind: str
    head: str
    line: str
    who: str
    who_url: str
    what: str
    why: str
    progress: str
    action: str
    url: str
    trace: str
    more: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BandOfRows:
    band: Band
    name: str
    note: str
    rows: tuple[Row, ...]
    more: int  # left out of the list until everything is asked for


class CameIn(NamedTuple):
    id: int
    says: str
    url: str
    on: date


@dataclass(frozen=True, slots=True)
class ThinkOf:
    name: str
    class_name: str
    url: str
    why: str


class Cover(NamedTuple):
    """A handover that runs or comes: what to say of it, and whether it is said to whoever covers."""

    says: str
    words: str
    mine: bool


@dataclass(frozen=True, slots=True)
class TodayPage:
    on: date
    summary: str
    bands: tuple[BandOfRows, ...]
    later: int
    next_line: str
    came_in: tuple[CameIn, ...]
    think_of: tuple[ThinkOf, ...]
    full: bool
    waiting: int
    covers: tuple[Cover, ...]
    may_hand_over: bool

    @property
    def day(self) -> str:
        """'Monday 23 November'."""
        return f"{self.on:%A} {self.on.day} {self.on:%B}"


_NAMES = {
    Band.LEGAL: ("Legal dates", "The law asks for these. School holidays do not stop a clock that it sets."),
    Band.FAMILY: ("Promises to families", "What we told a parent or carer we would do."),
    Band.REST: ("The rest", ""),
}


class Due(NamedTuple):
    """An open clock and whose it is, with who was told of it, what was missed and what waits, as the database has it."""

    id: int
    clock: str
    school: int
    band: str
    due: date
    what: str
    why: str
    progress: str
    action: str
    url: str
    pupil: int | None
    name: str | None
    class_name: str | None
    head_told: date | None
    director_told: date | None
    waits: bool
    missed: int | None
    reasoned: date | None
    note: str | None


_SAME = "{0}.about_id = d.about_id and {0}.kind = d.kind and {0}.clock = d.clock"
_DUE = f"""
select d.id, d.clock, d.school_id, d.band, d.due, d.what, d.why, d.progress, d.action, d.url, d.pupil_id,
       {CALLED}, p.class_name, t.head, t.director, w.id is not null, m.id, m.reasoned_on, n.words
  from (select * from deadlines_deadline
         where school_id = any(%(schools)s) and (pupil_id is null or pupil_id <> all(%(own)s))
         order by due, id limit %(most)s) d
  left join pupils_pupil p on p.id = d.pupil_id
  left join lateral (select max(x."on") filter (where x.hearer = 'head') as head,
                            max(x."on") filter (where x.hearer = 'director') as director
                       from clocks_told x where {_SAME.format("x")} and x.due = d.due) t on true
  left join lateral (select x.id from clocks_putoff x where {_SAME.format("x")} and x.due = d.due
                        and x.counted_from = d.counted_from and x.back_on is null and x.until > %(on)s limit 1) w on true
  left join clocks_missed m on {_SAME.format("m")} and m.due = d.due
  left join lateral (select x.words from cover_rownote x join cover_handover h on h.id = x.handover_id
                      where {_SAME.format("x")} and h.taken_back_on is null and h.until >= %(on)s
                      order by h.since limit 1) n on true
 order by d.due, d.id
"""  # noqa: S608  (our own words alone)


def today_page(actor: Actor, *, on: date, everything: bool = False) -> TodayPage:
    """Everything due at the actor's schools by 14 days from now, in three bands that nothing can jump."""
    schools = actor.schools(Permission.TODAY)
    most = _MOST * 5 if everything else _MOST + 1
    found = list(map(Due._make, sql.rows(_DUE, _here(actor, schools) | {"most": most, "on": on})))
    deadlines = [row for row in found if not row.waits]
    due = [row for row in deadlines if everything or row.due <= on + AHEAD]
    known = calendars(schools, on=on)

    @cache  # many rows share a date
    def said(school: int, day: date, clock: str) -> tuple[str, str, str]:
        return chip(day, clock, known[school], on)

    def in_band(band: Band) -> BandOfRows:
        mine = [row for row in due if row.band == band]
        pressing = sum(row.due <= on for row in mine)
        shown = mine if everything or band is not Band.REST else mine[: max(_REST, pressing)]
        rows = tuple(_row(row, said(row.school, row.due, row.clock), on) for row in shown)
        return BandOfRows(band, *_NAMES[band], rows, len(mine) - len(shown))

    bands = tuple(map(in_band, Band))
    after = [row for row in deadlines if row.due > on + AHEAD]
    return TodayPage(
        on, summary(due, on), bands, len(after), _next(after, on), _came_in(actor), _think_of(actor, schools, on),
        len(found) > _MOST, len(found) - len(deadlines), _covers(actor, schools, on), actor.may(Permission.HAND_OVER),
    )  # fmt: skip


def _here(actor: Actor, schools: frozenset[int]) -> dict[str, object]:
    return {"schools": list(schools), "own": list(actor.own_children)}


def summary(due: Sequence[Due], on: date) -> str:
    """'One legal date has passed and one ends today. Three promises to keep this week.'"""
    legal = [row for row in due if row.band == Band.LEGAL]
    passed = sum(row.due < on for row in legal)
    ends = sum(row.due == on for row in legal)
    week = on + timedelta(days=6 - on.weekday())
    promises = sum(row.band == Band.FAMILY and row.due <= week for row in due)
    first = _legal_words(passed, ends)
    second = f"{_number(promises)} {'promise' if promises == 1 else 'promises'} to keep this week." if promises else ""
    if first or second:
        return f"{first} {second}".strip()
    late, quiet = sum(row.due < on for row in due), not any(row.due <= week for row in legal)
    if late:
        words = f"{_number(late)} {'thing is' if late == 1 else 'things are'} late."
        return f"{words} Nothing legal ends this week." if quiet else words
    return "Nothing is late, and nothing legal ends this week." if quiet else "Nothing is late."


def _legal_words(passed: int, ends: int) -> str:
    dates = "date has" if passed == 1 else "dates have"
    end = "ends" if ends == 1 else "end"
    if passed and ends:
        return f"{_number(passed)} legal {dates} passed and {_number(ends).lower()} {end} today."
    if passed:
        return f"{_number(passed)} legal {dates} passed."
    return f"{_number(ends)} legal {'date' if ends == 1 else 'dates'} {end} today." if ends else ""


def _row(row: Due, said: tuple[str, str, str], on: date) -> Row:
    who = f"{row.name}, {row.class_name}" if row.name and row.class_name else row.name or "The school"
    address = f"/pupils/{row.pupil}/" if row.pupil else ""
    return Row(
        *said, who, address, row.what, row.why, row.progress, row.action, row.url,
        trace(row.head_told, row.director_told), _more(row, on),
    )  # fmt: skip


def trace(head: date | None, director: date | None) -> str:
    """'The headteacher was told on 3 Nov, the director on 5 Nov.'; '' while it is the owner's alone."""
    if head and head == director:
        return f"The headteacher and the director were told on {_day(head)}."
    if head and director:
        return f"The headteacher was told on {_day(head)}, the director on {_day(director)}."
    if head:
        return f"The headteacher was told on {_day(head)}."
    return f"The director was told on {_day(director)}." if director else ""


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"


def _more(row: Due, on: date) -> tuple[tuple[str, str], ...]:
    """A note for whoever covers, the reason of a missed date, and putting off what may wait: no date of the law."""
    more = [(f"Note: {row.note}", "")] if row.note else []
    if row.missed:
        more.append(("Reason given" if row.reasoned else "Say why it was missed", f"/clocks/missed/{row.missed}/"))
    if row.band == Band.REST or (row.band == Band.FAMILY and row.due > on):
        more.append(("Put off", f"/today/rows/{row.id}/wait/"))
    return tuple(more)


def chip(due: date, clock: str, calendar: SchoolCalendar, on: date) -> tuple[str, str, str]:
    """How a date is said on a list: its kind, its head, and the line under it, counted in the rule's own unit."""
    in_school_days = CLOCKS[clock].counted_in is Unit.SCHOOL_DAYS if clock in CLOCKS else False
    unit = "school day" if in_school_days else "day"
    left = school_days_between(on, due, calendar) if in_school_days else (due - on).days
    if due < on:
        late = max(1, -left)
        return "late", f"{late} {_plural(late, unit)} late", f"due {due:%a} {due.day} {due:%b}"
    if due == on:
        return "today", "Today", "by midnight"
    return "date", f"{due:%a} {due.day} {due:%b}", f"{left} {_plural(left, unit)} left"


def _next(after: Sequence[Due], on: date) -> str:
    if not after:
        return "Nothing further is due."
    first = after[0].due
    return f"The next is due on {first.day} {first:%B}."


_COVERS = """
select a.given || ' ' || a.family, t.given || ' ' || t.family, h.away_id, h.to_id, h.since, h.until, h.words
  from cover_handover h join people_person a on a.id = h.away_id join people_person t on t.id = h.to_id
 where h.school_id = any(%(schools)s) and h.taken_back_on is null and h.until >= %(on)s and h.since <= %(soon)s
 order by h.since, h.id limit 4
"""


def _covers(actor: Actor, schools: frozenset[int], on: date) -> tuple[Cover, ...]:
    """Who covers now or within 14 days, said as the reader needs it."""
    values = {"schools": list(schools), "on": on, "soon": on + AHEAD}
    return tuple(_cover(actor, on, *row) for row in sql.rows(_COVERS, values))


def _cover(
    actor: Actor, on: date, away: str, to: str, away_id: int, to_id: int, since: date, until: date, words: str
) -> Cover:
    days = f"until {day_words(until)}" if since <= on else f"from {day_words(since)} to {day_words(until)}"
    if actor.person_id == to_id:
        return Cover(f"{away} handed you this list {days}.", words, since <= on)
    whose = "your list" if actor.person_id == away_id else f"the list of {away}"
    return Cover(f"{to} has {whose} {days}.", "", False)


_WAITING = """
select id, says, url, created_on from notices_notice
 where to_id = %(person)s and read_at is null order by at desc limit %(most)s
"""


def _came_in(actor: Actor) -> tuple[CameIn, ...]:
    if not actor.unread:
        return ()
    return tuple(map(CameIn._make, sql.rows(_WAITING, {"person": actor.person_id, "most": _CAME_IN})))


_LONGEST = f"""
select p.id, {CALLED}, p.class_name,
       coalesce(c.last, s.since) as last
  from register_status s
  join pupils_pupil p on p.id = s.pupil_id and p.left_on is null
  left join lateral (select max("on") as last from register_check where pupil_id = s.pupil_id) c on true
 where s.school_id = any(%(schools)s) and s.until is null and s.pupil_id <> all(%(own)s)
 order by 4, s.id limit %(most)s
"""  # noqa: S608


def _think_of(actor: Actor, schools: frozenset[int], on: date) -> tuple[ThinkOf, ...]:
    """Three children on the register whose record nobody has checked for longest."""
    return tuple(
        ThinkOf(name, class_name, f"/pupils/{pupil}/", f"Last looked at on {last.day} {last:%B %Y}.")
        for pupil, name, class_name, last in sql.rows(_LONGEST, _here(actor, schools) | {"most": _THINK_OF})
        if on - last > _LATELY
    )


def _plural(number: int, word: str) -> str:
    return word if number == 1 else f"{word}s"


def _number(number: int) -> str:
    words = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
    return words[number] if number < len(words) else str(number)
