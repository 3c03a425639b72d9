"""Which cell of a pasted block or a file belongs to which pupil and subject. Pure: it reads, and saves nothing.

A row is known by its UPN, else by its name, else, in a block without either, by its place on the page. What cannot be
placed is named by its line, with the reason; it never moves the lines after it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from alongside.base.pupils.names import fold
from alongside.kit.tables.cells import read_date, shown
from alongside.law.calendar import age_on
from alongside.law.refusal import Refusal

Row = tuple[int, Sequence[str]]
Key = tuple[int, int]  # a pupil and a sitting

MOST_TYPED = 200_000  # characters; a class of 40 with ten subjects has about 4,000
_MOST_LINES = 500
_TITLE_ROWS = 15  # a file may have a title above its headings
_YOUNGEST, _OLDEST = 1, 26  # whole years of age on a school roll, with room for a slip
_HALF = 2


class Taken(StrEnum):
    """What a column is taken for, when it is not a subject."""

    NOTHING = ""
    UPN = "upn"
    NAME = "name"
    GIVEN = "given"
    FAMILY = "family"
    BORN = "born"
    SAT = "sat"


TAKEN_WORDS: Mapping[Taken, str] = {
    Taken.NOTHING: "Leave out", Taken.UPN: "UPN", Taken.NAME: "Full name", Taken.GIVEN: "First name",
    Taken.FAMILY: "Family name", Taken.BORN: "Date of birth", Taken.SAT: "Day it was sat",
}  # fmt: skip
_HEADINGS: Mapping[str, Taken] = {
    fold(heading): taken
    for taken, headings in {
        Taken.UPN: ("UPN", "Unique Pupil Number", "Pupil UPN", "Student UPN"),
        Taken.NAME: ("Name", "Pupil", "Pupil Name", "Student", "Student Name", "Full Name", "Child"),
        Taken.GIVEN: ("Forename", "First Name", "Given Name", "Legal Forename", "Preferred Forename", "Chosen Name"),
        Taken.FAMILY: ("Surname", "Last Name", "Family Name", "Legal Surname", "Preferred Surname"),
        Taken.BORN: ("DOB", "Date of Birth", "Birth Date", "D.O.B."),
        Taken.SAT: ("Date", "Test Date", "Date of Test", "Date Sat", "Sat on", "Date Taken", "Day it was sat"),
    }.items()
    for heading in headings
}


@dataclass(frozen=True, slots=True)
class Seat:
    """A pupil to whom a row may belong."""

    pupil: int
    name: str
    upn: str
    born_on: date
    keys: frozenset[str]  # the names they may be written by, folded


@dataclass(frozen=True, slots=True)
class Column:
    """A sitting to which a column may belong, and the headings that mean it."""

    sitting: int
    label: str
    headings: frozenset[str]


@dataclass(frozen=True, slots=True)
class Layout:
    """What each column is taken for: a word of `Taken`, or a sitting's number; and which row has the headings."""

    taken: tuple[str, ...]
    headings: tuple[str, ...] = ()
    head_at: int = -1  # place of the row of headings; −1 without one

    @property
    def named(self) -> bool:
        return bool({Taken.UPN, Taken.NAME} & set(self.taken)) or {Taken.GIVEN, Taken.FAMILY} <= set(self.taken)


@dataclass(frozen=True, slots=True)
class Lost:
    """A line that is placed nowhere, and why."""

    line: int
    text: str
    reason: str


@dataclass
class Placed:
    """What would be put where, and what could not be placed."""

    cells: dict[Key, str] = field(default_factory=dict)
    lines: dict[int, int] = field(default_factory=dict)  # the line of each pupil
    days: dict[int, date] = field(default_factory=dict)  # the day each pupil sat it, where the table says
    lost: list[Lost] = field(default_factory=list)
    by: str = ""  # 'UPN', 'name', or 'the order of the page'


def names_of(given: str, liked: str, family: str, liked_family: str) -> frozenset[str]:
    """Every way in which a pupil's name may stand in a list, folded: 'kuba kowalski', 'kowalski jakub'."""
    firsts, lasts = {given, liked} - {""}, {family, liked_family} - {""}
    pairs = [(first, last) for first in firsts for last in lasts]
    return frozenset(fold(f"{a} {b}") for first, last in pairs for a, b in ((first, last), (last, first)))


# --- Reading what was pasted ---------------------------------------------------------------------------------


def lines_of(typed: str) -> list[Row] | Refusal:
    """A pasted block as rows of cells. Excel puts tabs between cells; commas and semicolons are understood as well."""
    if len(typed) > MOST_TYPED:
        return Refusal("That is more than a class. Paste the cells of this class alone, or bring the file in.", "block")
    text = typed.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").removesuffix("\n")
    if not text.strip():
        return Refusal("Paste the cells first.", "block")
    separator = next((each for each in ("\t", ";", ",") if each in text), "\t")
    try:
        rows = list(csv.reader(text.split("\n"), delimiter=separator))
    except csv.Error:
        rows = [line.split(separator) for line in text.split("\n")]
    if len(rows) > _MOST_LINES:
        return Refusal(
            f"That has {len(rows)} lines. Paste the cells of this class alone, or bring the file in.", "block"
        )
    return [(number, [cell.strip() for cell in cells]) for number, cells in enumerate(rows, start=1)]


# --- What each column is ---------------------------------------------------------------------------------------


def look(rows: Sequence[Row], seats: Sequence[Seat], columns: Sequence[Column], *, first: int = 0) -> Layout:
    """What each column is: by its heading, else by what stands in it; scores without a heading from column `first` on."""
    width = max((len(cells) for _, cells in rows), default=0)
    at = _heading_row(rows, columns)
    if at >= 0:
        cells = list(rows[at][1]) + [""] * (width - len(rows[at][1]))
        return Layout(_by_heading(cells, columns), tuple(cells), at)
    taken = _by_content([cells for _, cells in rows], width, seats)
    left = [place for place in range(width) if not taken[place] and _filled(rows, place)]
    for place, column in zip(left, columns[first:], strict=False):
        taken[place] = str(column.sitting)
    return Layout(tuple(taken))


def _filled(rows: Sequence[Row], place: int) -> bool:
    return any(place < len(cells) and cells[place].strip() for _, cells in rows)


def _heading_row(rows: Sequence[Row], columns: Sequence[Column]) -> int:
    """The row that names most columns; −1 where none names any."""
    known = set(_HEADINGS).union(*(column.headings for column in columns))
    scores = [sum(fold(cell) in known for cell in cells) for _, cells in rows[:_TITLE_ROWS]]
    best = max(scores, default=0)
    return scores.index(best) if best else -1


def _by_heading(cells: Sequence[str], columns: Sequence[Column]) -> tuple[str, ...]:
    """Each meaning once, from the left."""
    taken: list[str] = []
    for cell in cells:
        heading = fold(cell)
        found = str(_HEADINGS.get(heading, ""))
        if not found:
            found = next((str(c.sitting) for c in columns if heading in c.headings and str(c.sitting) not in taken), "")
        taken.append("" if found in taken else found)
    return tuple(taken)


def _by_content(rows: Sequence[Sequence[str]], width: int, seats: Sequence[Seat]) -> list[str]:
    upns = {seat.upn for seat in seats if seat.upn}
    names = frozenset().union(*(seat.keys for seat in seats))
    taken = [""] * width
    for place in range(width):
        values = [cells[place] for cells in rows if place < len(cells) and cells[place].strip()]
        if not values:
            continue
        if Taken.UPN not in taken and _most(value.replace(" ", "").upper() in upns for value in values):
            taken[place] = Taken.UPN
        elif Taken.NAME not in taken and _most(fold(value) in names for value in values):
            taken[place] = Taken.NAME
        elif Taken.BORN not in taken and _most(_is_day(value) for value in values):
            taken[place] = Taken.BORN
    if Taken.NAME not in taken:
        _two_columns(rows, width, names, taken)
    return taken


def _two_columns(rows: Sequence[Sequence[str]], width: int, names: frozenset[str], taken: list[str]) -> None:
    """A first name and a family name side by side, in either order: names are kept in both."""
    for place in range(width - 1):
        if taken[place] or taken[place + 1]:
            continue
        pairs = [f"{cells[place]} {cells[place + 1]}" for cells in rows if place + 1 < len(cells) and any(cells)]
        if pairs and _most(fold(pair) in names for pair in pairs):
            taken[place], taken[place + 1] = Taken.GIVEN, Taken.FAMILY
            return


def _most(marks: Iterable[bool]) -> bool:
    found = list(marks)
    return sum(found) * _HALF > len(found)


def _is_day(text: str) -> bool:
    try:
        read_date(text)
    except ValueError:
        return False
    return True


# --- Which row is whose ------------------------------------------------------------------------------------------


def place(rows: Sequence[Row], layout: Layout, seats: Sequence[Seat], *, on: date, whole: bool = True) -> Placed:
    """Put every row where it belongs. `whole`: rows without a name may go by the order of the page."""
    body = rows[layout.head_at + 1 :]
    if layout.named:
        return _by_name(body, layout, seats, on)
    if not whole:
        return Placed(lost=[Lost(0, "", "No column has the UPN or the name. Say which column it is.")])
    return _by_order(body, layout, seats)


def _by_order(body: Sequence[Row], layout: Layout, seats: Sequence[Seat]) -> Placed:
    placed = Placed(by="the order of the page")
    while len(body) > len(seats) and not any(body[-1][1]):
        body = body[:-1]
    if len(body) != len(seats):
        reason = f"{len(body)} lines for {len(seats)} pupils. Without names or UPNs every pupil needs a line, an empty one too."
        placed.lost.append(Lost(0, "", reason))
        return placed
    for (line, cells), seat in zip(body, seats, strict=True):
        _put(placed, line, cells, layout, seat)
    return placed


def _by_name(body: Sequence[Row], layout: Layout, seats: Sequence[Seat], on: date) -> Placed:
    placed = Placed(by="UPN" if Taken.UPN in layout.taken else "name")
    known = _Known(seats)
    for line, cells in body:
        if not any(cell.strip() for cell in cells):
            continue
        row = {taken: cells[at].strip() for at, taken in enumerate(layout.taken) if taken and at < len(cells)}
        seat = known.seat_of(row, on)
        if isinstance(seat, str):
            placed.lost.append(Lost(line, _said(row), seat))
        elif seat.pupil in placed.lines:
            again = f"{seat.name} stands in line {placed.lines[seat.pupil]} already. Keep one of the two."
            placed.lost.append(Lost(line, _said(row), again))
        elif fault := _day_sat(placed, row, seat, on):
            placed.lost.append(Lost(line, _said(row), fault))
        else:
            _put(placed, line, cells, layout, seat)
    return placed


def _put(placed: Placed, line: int, cells: Sequence[str], layout: Layout, seat: Seat) -> None:
    placed.lines[seat.pupil] = line
    for at, taken in enumerate(layout.taken):
        if taken.isdecimal() and at < len(cells) and cells[at].strip():
            placed.cells[seat.pupil, int(taken)] = cells[at].strip()


def _day_sat(placed: Placed, row: Mapping[str, str], seat: Seat, on: date) -> str:
    text = row.get(Taken.SAT, "")
    if not text:
        return ""
    try:
        day = read_date(text)
    except ValueError as wrong:
        return str(wrong)
    if day > on:
        return f"It was sat on {shown(text)}, which has not come yet."
    placed.days[seat.pupil] = day
    return ""


def _said(row: Mapping[str, str]) -> str:
    """How a row names its pupil, short enough for a sentence."""
    names = [row.get(part, "") for part in (Taken.NAME, Taken.GIVEN, Taken.FAMILY)]
    return shown(" ".join(filter(None, names)) or row.get(Taken.UPN, ""))


class _Known:
    """Pupils by UPN and by name."""

    def __init__(self, seats: Sequence[Seat]) -> None:
        self._by_upn = {seat.upn: seat for seat in seats if seat.upn}
        self._by_name: dict[str, list[Seat]] = {}
        for seat in seats:
            for key in seat.keys:
                self._by_name.setdefault(key, []).append(seat)

    def seat_of(self, row: Mapping[str, str], on: date) -> Seat | str:
        """Whose row it is, or why it is nobody's."""
        born = _born(row.get(Taken.BORN, ""), on)
        if isinstance(born, str):
            return born
        found = list(self._found(row))
        if len(found) > 1 and born:
            found = [seat for seat in found if seat.born_on == born]
        if not found:
            return "Nobody here has this name or UPN."
        if len(found) > 1:
            return f"{len(found)} pupils here have this name. Give the UPN or the date of birth."
        if born and found[0].born_on != born:
            return f"{found[0].name} was not born on {born:%d/%m/%Y}. Check whose row this is."
        return found[0]

    def _found(self, row: Mapping[str, str]) -> Iterator[Seat]:
        upn = row.get(Taken.UPN, "").replace(" ", "").upper()
        if upn:
            if upn in self._by_upn:
                yield self._by_upn[upn]
            return
        name = row.get(Taken.NAME) or f"{row.get(Taken.GIVEN, '')} {row.get(Taken.FAMILY, '')}"
        yield from self._by_name.get(fold(name), ())


def _born(text: str, on: date) -> date | str | None:
    """A date of birth; a sentence for one that nobody can have."""
    if not text:
        return None
    try:
        born = read_date(text)
    except ValueError as wrong:
        return f"Date of birth: {wrong}"
    if born > on or not _YOUNGEST <= age_on(born, on) <= _OLDEST:
        return f"Nobody on a school’s roll was born on {born:%d/%m/%Y}."
    return born
