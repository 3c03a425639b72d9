"""Which rows of the register are asked for, how many there are of each kind, and in what order. Pure.

A view is nothing but a set of filters, so that a tab, a saved view and the ticks at the left are one thing. Counts
come from one pass over the school's rows (about a hundred), never from the database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from datetime import date, timedelta
from itertools import chain
from operator import attrgetter
from types import MappingProxyType
from urllib.parse import parse_qs, urlencode

from alongside.areas.provision.rules import Share
from alongside.fronts.desk.register.rows import Row, stage_on
from alongside.law import codes

ENDS_WITHIN = timedelta(weeks=4)

GLYPHS: Mapping[str, str] = {
    codes.Area.COMMUNICATION: "communication",
    codes.Area.LEARNING: "learning",
    codes.Area.FEELINGS: "feelings",
    codes.Area.SENSES: "body",
}


@dataclass(frozen=True, slots=True)
class Day:
    """What the filters need to know of a day: which it is, when its term began, whether it is today."""

    on: date
    term_began: date
    live: bool = True


Values = Callable[[Row, Day], tuple[str, ...]]
_NONE: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """One question of the filters: the one answer that every row has, or the several that it may; `words` says them."""

    name: str
    legend: str
    words: Mapping[str, str] = field(default_factory=dict)
    _: KW_ONLY
    one: Callable[[Row], str] | None = None
    several: Values = lambda row, day: _NONE

    def has(self, row: Row, day: Day, asked: frozenset[str]) -> bool:
        """Whether a row gives one of the answers asked for."""
        return self.one(row) in asked if self.one else not asked.isdisjoint(self.several(row, day))

    def count(self, rows: Iterable[Row], day: Day) -> Counter[str]:
        """How many rows give each answer."""
        if self.one:
            return Counter(map(self.one, rows))
        return Counter(chain.from_iterable(self.several(row, day) for row in rows))


def _status(row: Row, _: Day) -> tuple[str, ...]:
    if row.concern is None:
        return (row.code,) if row.code else _NONE
    return (row.code, "N") if row.code else ("N",)


def glyph(row: Row) -> str:
    """The drawing of a row's area of need; 'none' where no main need is recorded."""
    return GLYPHS.get(row.area or "", "none")


def checked(row: Row, day: Day) -> str:
    """Whether a record was checked this term, before it, or never."""
    if row.checked is None:
        return "never"
    return "term" if row.checked >= day.term_began else "before"


def _todo(row: Row, day: Day) -> tuple[str, ...]:
    if not day.live or not row.code:
        return _NONE
    ending = row.ends is not None and row.ends <= day.on + ENDS_WITHIN
    return (*(() if row.has_line else ("provision",)), *(("ending",) if ending else ()))


def _more(row: Row, _: Day) -> tuple[str, ...]:
    if not (row.eal or row.pupil_premium or row.in_care):
        return _NONE
    return tuple(name for name, true in (("eal", row.eal), ("pp", row.pupil_premium), ("care", row.in_care)) if true)


GROUPS: tuple[Group, ...] = (
    Group("status", "Status", {"K": "SEN support", "E": "EHC plan", "N": "Open concern"}, several=_status),
    Group("area", "Area of need", {
        "communication": "Communication", "learning": "Learning", "feelings": "Feelings and mental health",
        "body": "Senses and body", "none": "Not recorded",
    }, one=glyph),
    Group("checked", "Last checked", {
        "term": "This term", "before": "Before this term", "never": "Never",
    }, several=lambda row, day: (checked(row, day),)),
    Group("todo", "Waiting", {"provision": "No provision yet", "ending": "Review within 4 weeks"}, several=_todo),
    Group("year", "Year", one=attrgetter("nc_year")),
    Group("class", "Class", one=attrgetter("class_name")),
    Group("adult", "Key adult", one=attrgetter("adult")),
    Group("language", "Language at home", one=attrgetter("language")),
    Group("more", "Also", {"eal": "English as an additional language", "pp": "Pupil premium", "care": "Looked after"},
          several=_more),
)  # fmt: skip
BY_NAME: Mapping[str, Group] = {group.name: group for group in GROUPS}


def _next_key(row: Row, _: Day) -> tuple[object, ...]:
    return (row.due or date.max,)


def _delivered_key(row: Row, _: Day) -> tuple[object, ...]:
    return (Share(row.held or 0, row.planned).percent if row.planned else 101,)


def _cycle_key(row: Row, day: Day) -> tuple[object, ...]:
    step = stage_on(row, day.on)
    return (row.cycle or 0, step or "")


SORTS: Mapping[str, Callable[[Row, Day], tuple[object, ...]]] = {
    "name": lambda row, _: (),  # the order in which the rows come
    "class": lambda row, _: (codes.year_order(row.nc_year), row.class_name),
    "status": lambda row, _: ({"E": 0, "K": 1}.get(row.code or "", 2),),
    "need": lambda row, _: (row.need is None, row.need or ""),
    "cycle": _cycle_key,
    "next": _next_key,
    "delivered": _delivered_key,
    "adult": lambda row, _: (row.family is None, row.family or "", row.adult),
    "checked": lambda row, _: (row.checked or date.min,),
}


Counts = Mapping[str, Counter[str]]
Adults = Mapping[str, Row]  # key adults by number, each with a row that names them


def adults(rows: Iterable[Row]) -> Adults:
    """The key adults of the rows."""
    return {row.adult: row for row in rows if row.adult}


def counts(rows: Sequence[Row], day: Day) -> Counts:
    """How many rows have each answer. Status counts every row, the rest those on the register."""
    placed = [row for row in rows if row.code]
    return {group.name: group.count(rows if group.name == "status" else placed, day) for group in GROUPS}


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked of the register, cleaned: unknown questions and orders are dropped, never an error."""

    chosen: tuple[tuple[str, frozenset[str]], ...] = ()
    sort: str = "name"
    backwards: bool = False

    @classmethod
    def read(cls, query: Mapping[str, Sequence[str]]) -> Asked:
        """From the parts of an address: each name with the list of its values."""
        chosen = tuple(
            (group.name, frozenset(value for value in query[group.name] if len(value) <= 40))
            for group in GROUPS
            if query.get(group.name)
        )
        order = (query.get("sort") or ["name"])[-1]
        sort = order.removeprefix("-")
        return cls(chosen, sort, order.startswith("-")) if sort in SORTS else cls(chosen)

    @classmethod
    def parse(cls, query: str) -> Asked:
        """From the text of an address: how views are kept."""
        return cls.read(parse_qs(query))

    @property
    def on(self) -> int:
        """How many filters are ticked."""
        return sum(len(values) for _, values in self.chosen)

    def has(self, name: str, value: str) -> bool:
        return value in dict(self.chosen).get(name, ())

    @property
    def order(self) -> str:
        """'next', or '-next' the other way round."""
        return f"{'-' if self.backwards else ''}{self.sort}"

    def query(self) -> str:
        """The canonical text of these filters for an address; empty for the whole register by name."""
        return urlencode(self.parts())

    def parts(self) -> tuple[tuple[str, str], ...]:
        """The same as pairs."""
        chosen = ((name, value) for name, values in self.chosen for value in sorted(values))
        return (*chosen, *((("sort", self.order),) if self.order != "name" else ()))

    def sorted_by(self, sort: str) -> Asked:
        """The same, by another column; by the same column the other way round."""
        return replace(self, sort=sort, backwards=self.sort == sort and not self.backwards)

    def words(self, adults: Adults = MappingProxyType({})) -> str:
        """What is filtered, as a sentence: 'Status: SEN support. Year: Year 4 or Year 5.'"""
        parts = (
            f"{BY_NAME[name].legend}: {' or '.join(words(name, value, adults) for value in sorted(values))}."
            for name, values in self.chosen
        )
        return " ".join(parts) or "Everybody on the register."

    def pick(self, rows: Iterable[Row], day: Day) -> list[Row]:
        """The rows that answer every question, in order. Without a status, those on the register."""
        asked = [(BY_NAME[name].has, values) for name, values in self.chosen]
        if not any(name == "status" for name, _ in self.chosen):
            asked.append((BY_NAME["status"].has, frozenset("KE")))
        found = list(rows)
        for has, values in asked:
            found = [row for row in found if has(row, day, values)]
        if self.sort != "name":
            order = SORTS[self.sort]
            found.sort(key=lambda row: order(row, day), reverse=self.backwards)
        elif self.backwards:
            found.reverse()
        return found

    def how_many(self, rows: Sequence[Row], day: Day, counted: Counts) -> int:
        """How many rows answer: from the counts where one question decides, else by picking."""
        if len(self.chosen) == 1:
            ((name, values),) = self.chosen
            if len(values) == 1 or BY_NAME[name].one:
                return sum(counted[name][value] for value in values)
        return len(self.pick(rows, day))


def built_in(on: date, *, concerns: bool, live: bool) -> tuple[tuple[str, Asked], ...]:
    """The views that everybody has."""
    ends = on + ENDS_WITHIN
    views = [
        ("All on register", Asked()),
        ("Not checked this term", Asked((("checked", frozenset({"before", "never"})),))),
        ("EHC plans", Asked((("status", frozenset("E")),))),
    ]
    if live:
        views.append(("No provision yet", Asked((("todo", frozenset({"provision"})),))))
        views.append((f"Review by {ends.day} {ends:%b}", Asked((("todo", frozenset({"ending"})),))))
    if concerns:
        views.append(("Open concern", Asked((("status", frozenset("N")),))))
    return tuple(views)


def words(name: str, value: str, adults: Adults) -> str:
    """An answer in words: 'SEN support', 'Year 4', 'Mrs Iqbal'."""
    known = BY_NAME[name].words.get(value)
    if known:
        return known
    if name == "year":
        return codes.year_words(value)
    if name == "adult":
        return adults[value].adult_name if value in adults else "Nobody named"
    if name == "language":
        return codes.LANGUAGES.words(value) if value else "Not recorded"
    return value or "No class"
