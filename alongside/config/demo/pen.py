"""What writing about one school needs: where rows go, chance, today, and the school's days."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from alongside.base.history.kinds import Kind
from alongside.base.history.models import Event, Viewing
from alongside.base.notices.models import Notice
from alongside.config.demo.bulk import Bulk
from alongside.config.demo.shape import Phase
from alongside.kit.time import LONDON
from alongside.law.calendar import SchoolCalendar

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Somebody:
    """An adult: staff or a parent."""

    id: int
    title: str
    given: str
    family: str

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"

    @property
    def formal(self) -> str:
        return f"{self.title} {self.family}" if self.title else self.name


@dataclass(frozen=True, slots=True)
class Site:
    """A school of the invented trust."""

    id: int
    place: str
    name: str
    phase: Phase
    size: int
    la: str
    establishment: str
    first: bool  # the first primary: the cast of hero.toml is there

    @property
    def council(self) -> str:
        from alongside.config.demo.names import COUNCILS

        return COUNCILS[self.la]

    @property
    def domain(self) -> str:
        return f"{self.place.lower()}.example"


class Days:
    """The days on which a school meets, over some years."""

    def __init__(self, calendar: SchoolCalendar, first: date, last: date) -> None:
        span = (last - first).days
        every = (first + n * DAY for n in range(span + 1))
        self._days = [day for day in every if calendar.is_school_day(day)]

    @property
    def first(self) -> date:
        """The first day that is known."""
        return self._days[0]

    def before(self, day: date) -> date:
        """The last school day on or before a day."""
        return self._days[max(0, bisect_right(self._days, day) - 1)]

    def after(self, day: date) -> date:
        """The first school day on or after a day."""
        return self._days[min(len(self._days) - 1, bisect_left(self._days, day))]

    def between(self, first: date, last: date) -> Sequence[date]:
        """School days from one day to another, both included."""
        return self._days[bisect_left(self._days, first) : bisect_right(self._days, last)]

    def back(self, day: date, count: int) -> date:
        """The school day that lies so many school days before a day."""
        return self._days[max(0, bisect_left(self._days, day) - count)]


@dataclass
class Pen:
    bulk: Bulk
    draw: Random
    on: date
    site: Site
    days: Days
    groups_missed: dict[tuple[str, int, date], str] = field(default_factory=dict)
    told: set[int] = field(default_factory=set)  # pupils about whom there is a worry
    taken_away: set[tuple[str, int]] = field(default_factory=set)  # groups whose adult covers elsewhere, this fortnight
    counters: dict[tuple[str, int], int] = field(default_factory=dict)

    def chance(self, share: float) -> bool:
        return self.draw.random() < share

    def ago(self, least: int, most: int) -> date:
        """A school day between so many days ago."""
        return self.days.before(self.on - self.draw.randint(least, most) * DAY)

    def moment(self, day: date) -> datetime:
        """A time of the working day; the early morning when the day is today."""
        hour = 7 if day >= self.on else self.draw.randint(8, 16)
        return datetime.combine(day, time(hour, self.draw.randint(0, 59)), LONDON)

    def event(
        self, kind: Kind, by: Somebody, on: date, /, *, about: int | None, pupil: int, why: str = "", **facts: str | int
    ) -> None:
        """What somebody did, as history keeps it."""
        self.bulk.add(
            Event, kind=kind.code, about_id=about, pupil_id=pupil, school_id=self.site.id, by_id=by.id, by_name=by.name,
            on=on, at=self.moment(on), facts=facts, why=why,
        )  # fmt: skip

    def notice(self, to: Somebody, kind: str, says: str, url: str, on: date, pupil: int) -> None:
        """Tell somebody; what is older than four days has been read."""
        at = self.moment(on)
        read = at + DAY / 4 if on < self.on - 4 * DAY else None
        self.bulk.add(
            Notice, to_id=to.id, school_id=self.site.id, pupil_id=pupil, kind=kind, says=says, url=url, created_on=on,
            at=at, read_at=read,
        )  # fmt: skip

    def viewing(self, by: Somebody, role: str, page: str, on: date, pupil: int) -> None:
        self.bulk.add(
            Viewing, pupil_id=pupil, school_id=self.site.id, by_id=by.id, by_name=by.name, role=role, page=page,
            at=self.moment(on),
        )  # fmt: skip
