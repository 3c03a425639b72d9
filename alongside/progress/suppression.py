"""Small numbers: what to hide in a table, and the proof that it cannot be worked out again.

Staff within their scope see true counts. In what governors see or anybody publishes, counts of 1 to 5 are hidden, and
counts within 5 of all; then as many more as it takes; then an audit solves for each hidden cell what the margins let it
be (linear programs). There is no one figure of the DfE's, so the limit is a setting. 0 is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import null_space
from scipy.optimize import linprog

from alongside.progress.columns import BadInput, Floats, Ints, Marks

SMALL = 5
WIDTH = 5.0
FEWEST_BASE = 10  # under which no percentage is shown


class Bounds(NamedTuple):
    """What a reader can say of one hidden cell."""

    place: tuple[int, int]
    low: float
    high: float
    determined: bool  # the margins fix it

    @property
    def width(self) -> float:
        """How far apart the bounds are."""
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class Safe:
    """A table that may be shown: which cells are hidden, and the audit of each."""

    table: Ints
    hidden: Marks
    audit: tuple[Bounds, ...]

    def shown(self, mark: str = "c") -> list[list[str]]:
        """The cells as text, hidden ones as `c` for confidential."""
        return [
            [mark if hide else str(value) for value, hide in zip(row, marks, strict=True)]
            for row, marks in zip(self.table.tolist(), self.hidden.tolist(), strict=True)
        ]


def primary(table: Ints, small: int = SMALL) -> Marks:
    """Which cells are small, 1…small, or all but so few of their row or column. For need by ethnicity or by sex in one
    school take 9."""
    table = _table(table)
    row, column = table.sum(axis=1, keepdims=True), table.sum(axis=0, keepdims=True)
    hide = (table >= 1) & (table <= small)
    for total in (row, column):
        rest = total - table
        hide |= (table > 0) & (rest >= 1) & (rest <= small)
    return hide


def is_small(count: int, base: int, small: int = SMALL) -> bool:
    """Whether a count, or what it leaves of its base, is 1…small. Raises BadInput for what is not a part of its base."""
    if not 0 <= count <= base:
        raise BadInput(f"{count} of {base} is not a share.")
    return 1 <= count <= small or 1 <= base - count <= small


def percentage(count: int, base: int, small: int = SMALL) -> float | None:
    """A percentage that may be shown; None on a base under ten, or where count or rest is small."""
    return None if is_small(count, base, small) or base < FEWEST_BASE else 100 * count / base


def hide_counts(counts: Sequence[int], bases: Sequence[int], small: int = SMALL, width: float = WIDTH) -> list[bool]:
    """Which of many counts, each with its base, to hide from readers who may know the bases and the sum of all.

    `suppress` for two columns, found and not found, without a program to solve: hides what is small, then the least of
    the others until every hidden count could be `width` numbers. Where no more than the hidden ones were found, it
    hides them alone: then their sum is as small, and whoever shows that sum has to hide it.
    """
    hidden = [is_small(count, base, small) for count, base in zip(counts, bases, strict=True)]
    while any(hidden) and _narrowest(counts, bases, hidden) < width:
        left = [place for place, count in enumerate(counts) if count and not hidden[place]]
        if not left:
            break
        hidden[min(left, key=lambda place: (counts[place], place))] = True
    return hidden


def _narrowest(counts: Sequence[int], bases: Sequence[int], hidden: Sequence[bool]) -> int:
    """The least room that a hidden count has, when the hidden ones are known together."""
    pairs = [(count, base) for count, base, hide in zip(counts, bases, hidden, strict=True) if hide]
    found, whole = sum(count for count, _ in pairs), sum(base for _, base in pairs)
    return min(min(base, found) - max(0, found - (whole - base)) for _, base in pairs)


def audit(table: Ints, hidden: Marks, more: Floats | None = None) -> tuple[Bounds, ...]:
    """For every hidden cell the least and most it can be, given the shown cells, the margins, and `more`.

    `more` is (m, cells): other sums over the cells, row by row, that are known from elsewhere: last year's table,
    another table of the same release. They defend against finding out by difference.
    """
    table = _table(table)
    places = np.argwhere(hidden)
    if not len(places):
        return ()
    sums = _sums(table.shape, more)[:, hidden.reshape(-1)]
    values = table[hidden].astype(np.float64)
    known = sums @ values
    free = null_space(sums)
    return tuple(_bounds(number, place, sums, known, free) for number, place in enumerate(places))


def _bounds(number: int, place: NDArray[np.intp], sums: Floats, known: Floats, free: Floats) -> Bounds:
    goal = np.zeros(sums.shape[1])
    goal[number] = 1
    least = linprog(goal, A_eq=sums, b_eq=known, bounds=(0, None), method="highs")
    most = linprog(-goal, A_eq=sums, b_eq=known, bounds=(0, None), method="highs")
    determined = free.shape[1] == 0 or bool(np.abs(free[number]).max() < 1e-9)
    high = float(-most.fun) if most.status == 0 else np.inf
    return Bounds((int(place[0]), int(place[1])), float(least.fun), high, determined)


def _sums(shape: tuple[int, ...], more: Floats | None) -> Floats:
    """Row sums and column sums as rows of a matrix over the cells, and what else is known."""
    rows, columns = shape
    margins = [np.kron(np.eye(rows), np.ones((1, columns))), np.kron(np.ones((1, rows)), np.eye(columns))]
    if more is not None and more.shape[1] != rows * columns:
        raise BadInput(f"A sum over {more.shape[1]} cells does not fit a table of {rows * columns}.")
    return np.vstack(margins if more is None else [*margins, more])


def suppress(table: Ints, small: int = SMALL, width: float = WIDTH, more: Floats | None = None) -> Safe:
    """Hide what is small and then as many more as it takes until every hidden cell's bounds are `width` apart.

    Each turn hides the one cell that leaves the fewest unsafe, the smallest of such. Raises BadInput when a table is
    so small that hiding all of it is not enough.
    """
    table = _table(table)
    hidden = primary(table, small)
    while True:
        bounds = audit(table, hidden, more)
        unsafe = _unsafe(bounds, width)
        if not unsafe:
            return Safe(table, hidden, bounds)
        choices = [(int(r), int(c)) for r, c in np.argwhere(~hidden & (table > 0))]
        if not choices:
            raise BadInput("The table is too small: even with every cell hidden the margins give too much away.")
        lacking = {place for bound in unsafe for place in _line(bound.place, table.shape)}
        near = [place for place in choices if place in lacking] or choices
        hidden = min((_with(hidden, place) for place in near), key=lambda trial: _cost(table, trial, width, more))


def _cost(table: Ints, hidden: Marks, width: float, more: Floats | None) -> tuple[float, int]:
    """How much width is still lacking, and how many pupils are hidden."""
    lacking = sum(max(0.0, width - bound.width) for bound in audit(table, hidden, more))
    return round(lacking, 6), int(table[hidden].sum())


def _unsafe(bounds: tuple[Bounds, ...], width: float) -> list[Bounds]:
    return [bound for bound in bounds if bound.determined or bound.width < width - 1e-9]


def _line(place: tuple[int, int], shape: tuple[int, ...]) -> list[tuple[int, int]]:
    """The cells of the same row and column."""
    row, column = place
    return [(row, c) for c in range(shape[1])] + [(r, column) for r in range(shape[0])]


def _with(hidden: Marks, place: tuple[int, int]) -> Marks:
    trial = hidden.copy()
    trial[place] = True
    return trial


def _table(table: Ints) -> Ints:
    if table.ndim != 2 or table.size == 0:
        raise BadInput("A table has rows and columns.")
    broken = np.argwhere(table < 0)
    if len(broken):
        raise BadInput(f"Row {broken[0][0] + 1}, column {broken[0][1] + 1}: a count cannot be less than nought.")
    return table.astype(np.int64)
