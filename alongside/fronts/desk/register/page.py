"""The register as it is shown, printed and taken away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlencode

from alongside.areas.provision.rules import Share
from alongside.areas.support.rules import Stage
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.pupils.access import may_read_brief
from alongside.base.pupils.models import Pupil
from alongside.design.words import Side, read_day
from alongside.fronts.desk.register import filters
from alongside.fronts.desk.register.filters import Asked, Counts, Day
from alongside.fronts.desk.register.rows import Around, Row, around, rows_of, stage_on
from alongside.kit import NotFound, numbers
from alongside.law import codes, thresholds
from alongside.law.calendar import SchoolCalendar, Term, academic_year, term_began
from alongside.law.clocks import CLOCKS
from alongside.law.rule import Unit

PAGE = 50
_FLOOR = int(100 * thresholds.DELIVERY_FLOOR.value)
_STAGES = {Stage.ASSESS: "Assess", Stage.PLAN: "Plan", Stage.DO: "Do", Stage.REVIEW: "Review", Stage.CLOSED: "closed"}

# A clock in two words, as a column has room for; and why, where a set date has no length to count.
_NAMES: Mapping[str, str] = {
    "AR-01": "Annual review", "GA-04": "Tell parents", "S04-TRIAGE": "Triage", "S04-SCREEN": "Screening",
    "S04-WATCH": "Look again", "S06-PLAN": "Plan", "S15-PROVISION": "Provision", "GA-06": "Review", "GA-08": "Review",
    "S09-ANSWER": "Answer family", "S15-NEED": "Main need", "S15-DELIVERY": "Delivery",
}  # fmt: skip
_SET_DATES: Mapping[str, str] = {
    "GA-06": "agreed with the family", "S15-NEED": "the census asks for one", "S04-WATCH": "the day we set",
}  # fmt: skip


class Line(NamedTuple):
    """One row as the template prints it; every word is ready."""

    pupil: int
    name: str
    initials: str
    class_name: str
    status: str
    since: str
    area: str
    need_code: str
    need: str
    cycle: str
    next: str
    next_state: str
    why: str
    held: int
    planned: int
    delivered: str
    adult: str
    checked: str
    checked_state: str


class Tab(NamedTuple):
    name: str
    url: str
    current: bool
    pupils: int


class Option(NamedTuple):
    value: str
    label: str
    pupils: int
    chosen: bool


class FilterGroup(NamedTuple):
    name: str
    legend: str
    options: tuple[Option, ...]


Head = tuple[str, str, str, str]  # label, address that sorts by it, direction, kind


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """What the page says. `lines` are those of the page asked for; `shown` is how many answer the filters."""

    school_id: int
    school_name: str
    schools: tuple[tuple[str, str, bool], ...]
    on: date
    live: bool
    fault: str
    summary: str
    tabs: tuple[Tab, ...]
    saved: int | None
    filters_on: int
    groups: tuple[FilterGroup, ...]
    more_groups: tuple[FilterGroup, ...]
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    lines: tuple[Line, ...]
    shown: int
    total: int
    first: int
    pages: tuple[tuple[str, str, bool], ...]
    delivered_since: date
    sentence: str
    query: str
    carried: tuple[tuple[str, str], ...]
    everything: tuple[tuple[str, str], ...]
    keeps: bool
    floor: int = _FLOOR

    @property
    def last(self) -> int:
        return self.first + len(self.lines) - 1

    @property
    def more_open(self) -> bool:
        """Whether one of the questions behind 'more' is answered."""
        return any(option.chosen for group in self.more_groups for option in group.options)

    @property
    def shown_words(self) -> str:
        return f"{len(self.lines)} of {self.shown} shown."


@dataclass(frozen=True, slots=True)
class Question:
    """What an address asks of the page."""

    asked: Asked
    school: int | None
    on: date | None
    page: int
    fault: str = ""

    @classmethod
    def read(cls, query: Mapping[str, Sequence[str]], *, today: date) -> Question:
        """From the parts of an address. A day that cannot be read, or is to come, is said and today is shown."""
        typed = (query.get("on") or [""])[-1].strip()[:40]
        day, fault = _past_day(typed, today)
        school = (query.get("school") or [""])[-1]
        page = (query.get("page") or [""])[-1]
        return cls(
            Asked.read(query), numbers.whole(school), day,
            min(max(1, numbers.whole(page) or 1), 9_999), fault,
        )  # fmt: skip


def _past_day(typed: str, today: date) -> tuple[date | None, str]:
    if not typed:
        return None, ""
    try:
        day = read_day(typed, near=today, side=Side.PAST)
    except ValueError as error:
        return None, f"{error} This is the register of today."
    if day > today:
        return None, "That day is still to come. This is the register of today."
    return (day, "") if day < today else (None, "")


def register_page(actor: Actor, question: Question, *, today: date, whole: bool = False) -> RegisterPage:
    """The register of one of the actor's schools. `whole` gives every row that answers, not one page of them.

    Raises NotFound for a school whose register is not theirs.
    """
    school = _school(actor, question.school)
    on, live = question.on or today, question.on is None
    concerns = actor.may(Permission.CONCERN_TRIAGE, school)
    own = actor.own_children
    rows = rows_of(school, on=on, concerns=concerns, own=own)
    beside = around(school, actor.person_id, on=on, own=own)
    day = Day(on, _term_began(beside, on), live)
    asked = question.asked
    found = asked.pick(rows, day)
    start = 0 if whole else min((question.page - 1) * PAGE, (len(found) - 1) // PAGE * PAGE if found else 0)
    here = tuple(found if whole else found[start : start + PAGE])
    several = len(actor.schools(Permission.REGISTER)) > 1
    keep = _Keep(school if several else None, None if live else on)
    counted = filters.counts(rows, day)
    tabs, saved = _tabs(beside, rows, counted, asked, day, keep, concerns=concerns)
    adults = filters.adults(rows)
    groups, more = _groups(counted, asked, adults)
    return RegisterPage(
        school_id=school,
        school_name=actor.names.get(school, ""),
        schools=_switch(actor, school, asked) if several else (),
        on=on,
        live=live,
        fault=question.fault,
        summary=summary(rows, beside.on_roll, found),
        tabs=tabs,
        saved=saved,
        filters_on=asked.on,
        groups=groups,
        more_groups=more,
        heads=_heads(asked, keep, live=live),
        rows=here,
        lines=tuple(_line(row, day) for row in here),
        shown=len(found),
        total=len(rows),
        first=start + 1,
        pages=_pages(len(found), start, asked, keep),
        delivered_since=academic_year(on).first,
        sentence=asked.words(adults),
        query=keep.url(asked),
        carried=keep.parts(asked),
        everything=(*((("school", str(school)),) if several else ()), *asked.parts()),
        keeps=actor.may(Permission.REGISTER_KEEP, school),
    )


@dataclass(frozen=True, slots=True)
class Chosen:
    pupil: int
    name: str
    class_name: str


def chosen_page(actor: Actor, ids: Sequence[int], *, on: date) -> tuple[Chosen, ...]:
    """Pupils that were ticked, by name, as far as this person reads their brief."""
    rows = Pupil.objects.filter(may_read_brief(actor, on), pk__in=ids).order_by("sort_key", "pk")
    return tuple(Chosen(pupil.pk, pupil.name, pupil.class_name) for pupil in rows)


def _school(actor: Actor, asked: int | None) -> int:
    mine = actor.schools(Permission.REGISTER)
    if asked is not None and asked in mine:
        return asked
    if asked is not None or not mine:
        raise NotFound
    return min(mine, key=lambda school: (actor.names.get(school, ""), school))


def _switch(actor: Actor, school: int, asked: Asked) -> tuple[tuple[str, str, bool], ...]:
    mine = sorted(actor.schools(Permission.REGISTER), key=lambda one: (actor.names.get(one, ""), one))
    return tuple((actor.names.get(one, str(one)), _Keep(one, None).url(asked), one == school) for one in mine)


class _Keep(NamedTuple):
    """What every address of the page carries on: the school where there are several, the day where it is past."""

    school: int | None
    on: date | None

    def url(self, asked: Asked, *, page: int = 1) -> str:
        parts = (asked.query(), urlencode(self._own()), f"page={page}" if page > 1 else "")
        return "?" + "&".join(filter(None, parts))

    def parts(self, asked: Asked) -> tuple[tuple[str, str], ...]:
        """What the form of filters has to carry beside its own ticks."""
        return (*self._own(), *((("sort", asked.order),) if asked.order != "name" else ()))

    def _own(self) -> tuple[tuple[str, str], ...]:
        school = (("school", str(self.school)),) if self.school else ()
        return (*school, *((("on", self.on.isoformat()),) if self.on else ()))


def _term_began(beside: Around, on: date) -> date:
    return term_began(on, SchoolCalendar(tuple(Term(*term) for term in beside.terms)))


def summary(rows: Sequence[Row], on_roll: int, found: Iterable[Row]) -> str:
    """'86 pupils of 412: 77 with SEN support, 9 with an EHC plan. One open concern is shown in this view.'"""
    support = sum(row.code == codes.Provision.SUPPORT for row in rows)
    plans = sum(row.code == codes.Provision.PLAN for row in rows)
    worries = sum(row.code is None for row in found)
    pupils = "pupil" if support + plans == 1 else "pupils"
    first = f"{support + plans} {pupils} of {on_roll}: {support} with SEN support, {plans} with an EHC plan."
    if not worries:
        return first
    shown = "One open concern is" if worries == 1 else f"{worries} open concerns are"
    return f"{first} {shown} shown in this view."


def _tabs(
    beside: Around, rows: Sequence[Row], counted: Counts, asked: Asked, day: Day, keep: _Keep, *, concerns: bool
) -> tuple[tuple[Tab, ...], int | None]:
    """Every view with its count, and the reader's own view that is open, if one is."""
    made, saved = [], None
    for name, view in filters.built_in(day.on, concerns=concerns, live=day.live):
        current = view.chosen == asked.chosen
        made.append(Tab(name, keep.url(view), current, view.how_many(rows, day, counted)))
    for own in beside.views:
        view = Asked.parse(own.query)
        current = view == asked
        saved = own.id if current else saved
        made.append(Tab(own.name, keep.url(view), current, view.how_many(rows, day, counted)))
    if saved is not None:
        names = {view.name for view in beside.views}
        made = [tab._replace(current=tab.current and tab.name in names) for tab in made]
    return tuple(made), saved


def _groups(
    counted: Counts, asked: Asked, adults: filters.Adults
) -> tuple[tuple[FilterGroup, ...], tuple[FilterGroup, ...]]:
    """The questions that stand open, and those behind 'more'."""
    made = [
        FilterGroup(group.name, group.legend, _options(group.name, counted[group.name], asked, adults))
        for group in filters.GROUPS
    ]
    open_ = {"status", "area", "checked", "todo", "year"}
    return tuple(g for g in made if g.name in open_ and g.options), tuple(
        g for g in made if g.name not in open_ and g.options
    )


def _options(name: str, counted: Mapping[str, int], asked: Asked, adults: filters.Adults) -> tuple[Option, ...]:
    """Every fixed answer, or every answer that a row gives; what is ticked stays, even when nobody has it now."""
    group = filters.BY_NAME[name]
    ticked = dict(asked.chosen).get(name, frozenset())
    values = [v for v in group.words if counted.get(v) or v in ticked or name in {"status", "area", "checked"}]
    if name == "status" and not counted.get("N") and "N" not in ticked:
        values.remove("N")
    if not group.words:
        values = sorted({*counted, *ticked}, key=lambda value: _order(name, value, adults))
    return tuple(
        Option(value, filters.words(name, value, adults), counted.get(value, 0), value in ticked) for value in values
    )


def _order(name: str, value: str, adults: filters.Adults) -> tuple[object, ...]:
    return (codes.year_order(value),) if name == "year" else (filters.words(name, value, adults),)


_COLUMNS = (
    ("name", "Pupil"), ("class", "Class"), ("status", "Status"), ("need", "Main need"), ("cycle", "Cycle"),
    ("next", "Next date and why"), ("delivered", "Delivered"), ("adult", "Key adult"), ("checked", "Last checked"),
)  # fmt: skip
_ONLY_NOW = frozenset({"next", "delivered"})


def _heads(asked: Asked, keep: _Keep, *, live: bool) -> tuple[Head, ...]:
    heads = tuple(
        (label, keep.url(asked.sorted_by(name)), _direction(asked, name), "")
        for name, label in _COLUMNS
        if live or name not in _ONLY_NOW
    )
    return (("Choose all", "", "", "pick"), *heads)


def _direction(asked: Asked, name: str) -> str:
    if asked.sort != name:
        return ""
    return "descending" if asked.backwards else "ascending"


def _pages(found: int, start: int, asked: Asked, keep: _Keep) -> tuple[tuple[str, str, bool], ...]:
    if found <= PAGE:
        return ()
    last = (found - 1) // PAGE + 1
    return tuple(
        (str(number), keep.url(asked, page=number), number == start // PAGE + 1) for number in range(1, last + 1)
    )


def _line(row: Row, day: Day) -> Line:
    state, head, why = _next(row, day)
    checked_state, checked = _checked(row, day)
    need = codes.NEED_TYPES.get(row.need or "")
    share = Share(row.held or 0, row.planned or 0)
    return Line(
        pupil=row.pupil,
        name=row.name,
        initials=".".join(word[0] for word in row.name.split()) + ".",
        class_name=row.class_name,
        status=row.code or "N",
        since=_year_day(row.since) if row.since else "",
        area=filters.glyph(row) if row.code else "",
        need_code=row.need or "",
        need=(need.short or need.words)
        if need
        else "No main need recorded"
        if row.code
        else "Concern open, not on register",
        cycle=_cycle(row, day.on),
        next=head,
        next_state=state,
        why=why,
        held=share.held,
        planned=share.planned,
        delivered=f"{share.percent}%" if share.known else "none yet" if not row.has_line else "not logged",
        adult=row.adult_name,
        checked=checked,
        checked_state=checked_state,
    )


def _cycle(row: Row, on: date) -> str:
    step = stage_on(row, on)
    return f"{row.cycle} {_STAGES[step]}" if step else ""


def _next(row: Row, day: Day) -> tuple[str, str, str]:
    """State, head and reason of a row's first date: 'Review 11 Dec', '16 weeks from 1 Sep'."""
    if row.clock is None or row.due is None or row.counted_from is None or not day.live:
        return "", "", ""
    clock = CLOCKS.get(row.clock)
    name = _NAMES.get(row.clock) or (clock.name if clock else row.clock)
    state = "overdue" if row.due < day.on else "at_risk" if row.due == day.on else ""
    head = {"overdue": f"{name} late, {_day(row.due)}", "at_risk": f"{name} today"}.get(
        state, f"{name} {_day(row.due)}"
    )
    if row.clock in _SET_DATES or clock is None or clock.unit is Unit.DATE:
        return state, head, _SET_DATES.get(row.clock, "")
    return state, head, f"{clock.length} from {_day(row.counted_from)}"


def _checked(row: Row, day: Day) -> tuple[str, str]:
    if not row.code:
        return "", ""
    if row.checked is None:
        return "not_evidenced", "never"
    if filters.checked(row, day) == "term":
        return "met", _day(row.checked)
    same_year = row.checked.year == day.on.year
    return "at_risk", f"{_day(row.checked) if same_year else _year_day(row.checked)}, old"


@lru_cache(maxsize=2048)
def _day(day: date) -> str:
    return f"{day.day} {day:%b}"


@lru_cache(maxsize=2048)
def _year_day(day: date) -> str:
    return f"{day.day} {day:%b} {day.year}"
