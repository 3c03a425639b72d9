"""The SENCO's morning: what is late, what is due in 14 days, what came in. One date, one reason, one action a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from django.db.models import Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from alongside.areas.register.models import Check, Status
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.deadlines.models import Deadline
from alongside.base.notices.models import Notice
from alongside.base.pupils.models import Pupil
from alongside.base.schools.queries import calendars
from alongside.law.calendar import SchoolCalendar, school_days_between
from alongside.law.clocks import CLOCKS, Band, Unit

AHEAD = timedelta(days=14)
_MOST = 120
_THINK_OF = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list. `kind` is late, today or date."""

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


@dataclass(frozen=True, slots=True)
class BandOfRows:
    band: Band
    name: str
    note: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class CameIn:
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

    @property
    def day(self) -> str:
        """'Monday 23 November'."""
        return f"{self.on:%A} {self.on.day} {self.on:%B}"


_NAMES = {
    Band.LEGAL: ("Legal dates", "The law sets these. School holidays do not stop these clocks."),
    Band.FAMILY: ("Promises to families", "What we told a parent or carer we would do."),
    Band.REST: ("The rest", ""),
}


def today_page(actor: Actor, *, on: date, everything: bool = False) -> TodayPage:
    """Everything due at the actor's schools by 14 days from now, in three bands that nothing can jump."""
    schools = actor.schools(Permission.TODAY)
    deadlines = list(
        Deadline.objects.filter(school__in=schools)
        .exclude(pupil_id__in=actor.own_children)
        .order_by("due", "pk")[: _MOST * 5 if everything else _MOST + 1]
    )
    due = [row for row in deadlines if everything or row.due <= on + AHEAD]
    pupils = {
        pk: (name, liked_family or family, given, class_name)
        for pk, name, liked_family, family, given, class_name in Pupil.objects.filter(
            pk__in={row.pupil_id for row in due if row.pupil_id}
        ).values_list("pk", "liked_name", "liked_family", "family_name", "given_name", "class_name")
    }
    known = calendars(schools, on=on)

    @cache  # many rows share a date
    def said(school: int, due: date, clock: str) -> tuple[str, str, str]:
        return chip(due, clock, known[school], on)

    bands = tuple(
        BandOfRows(
            band,
            *_NAMES[band],
            tuple(_row(row, pupils, said(row.school_id, row.due, row.clock)) for row in due if row.band == band),
        )
        for band in Band
    )
    after = [row for row in deadlines if row.due > on + AHEAD]
    return TodayPage(
        on, summary(due, on), bands, len(after), _next(after, on), _came_in(actor), _think_of(actor, schools, on),
        len(deadlines) > _MOST,
    )  # fmt: skip


def summary(due: Sequence[Deadline], on: date) -> str:
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


def _row(row: Deadline, pupils: Mapping[int, tuple[str, str, str, str]], said: tuple[str, str, str]) -> Row:
    name, family, given, class_name = pupils.get(row.pupil_id or 0, ("", "", "", ""))
    who = f"{name or given} {family}".strip()
    return Row(
        *said, f"{who}, {class_name}" if class_name else who or "The school",
        f"/pupils/{row.pupil_id}/" if row.pupil_id else "", row.what, row.why, row.progress, row.action, row.url,
    )  # fmt: skip


def chip(due: date, clock: str, calendar: SchoolCalendar, on: date) -> tuple[str, str, str]:
    """How a date is said on a list: its kind, its head, and the line under it, counted in the rule's own unit."""
    in_school_days = CLOCKS[clock].unit is Unit.SCHOOL_DAYS if clock in CLOCKS else False
    unit = "school day" if in_school_days else "day"
    left = school_days_between(on, due, calendar) if in_school_days else (due - on).days
    if due < on:
        late = max(1, -left)
        return "late", f"{late} {_plural(late, unit)} late", f"due {due:%a} {due.day} {due:%b}"
    if due == on:
        return "today", "Today", "by midnight"
    return "date", f"{due:%a} {due.day} {due:%b}", f"{left} {_plural(left, unit)} left"


def _next(after: Sequence[Deadline], on: date) -> str:
    if not after:
        return "Nothing further is due."
    first = after[0].due
    return f"The next is due on {first.day} {first:%B}."


def _came_in(actor: Actor) -> tuple[CameIn, ...]:
    if not actor.unread:
        return ()
    rows = Notice.objects.filter(to_id=actor.person_id, read_at=None).order_by("-at")[:6]
    return tuple(CameIn(row.pk, row.says, row.url, row.created_on) for row in rows)


def _think_of(actor: Actor, schools: frozenset[int], on: date) -> tuple[ThinkOf, ...]:
    """Three children on the register whose record nobody has checked for longest."""
    checked = Check.objects.filter(pupil=OuterRef("pupil")).order_by().values("pupil").annotate(last=Max("on"))
    rows = (
        Status.objects.filter(school__in=schools, until=None)
        .exclude(pupil__in=actor.own_children)
        .filter(Q(pupil__left_on=None))
        .annotate(last=Coalesce(Subquery(checked.values("last")), "since"))
        .order_by("last", "pk")
        .values_list(
            "pupil_id",
            "pupil__liked_name",
            "pupil__given_name",
            "pupil__family_name",
            "pupil__class_name",
            "last",
        )[:_THINK_OF]
    )
    return tuple(
        ThinkOf(
            f"{liked or given} {family}",
            class_name,
            f"/pupils/{pk}/",
            f"Last looked at on {last.day} {last:%B %Y}.",
        )
        for pk, liked, given, family, class_name, last in rows
        if (on - last).days > 28
    )


def _plural(number: int, word: str) -> str:
    return word if number == 1 else f"{word}s"


def _number(number: int) -> str:
    words = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
    return words[number] if number < len(words) else str(number)
