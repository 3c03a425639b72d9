"""Hidden is hidden: nobody with the margins can tell what a hidden cell holds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.progress.columns import BadInput
from alongside.progress.suppression import audit, hide_counts, is_small, percentage, primary, suppress

TABLE = np.array([[12, 3, 20], [8, 15, 9], [30, 7, 2]])


def test_small_counts_are_hidden_and_nought_is_not() -> None:
    assert primary(TABLE).tolist() == [[False, True, False], [False] * 3, [False, False, True]]
    assert not primary(np.array([[0, 40], [60, 50]])).any()


def test_nearly_all_is_hidden_too() -> None:
    assert primary(np.array([[97, 3], [40, 60]])).tolist() == [[True, True], [False, True]]


def test_hiding_two_cells_alone_hides_nothing() -> None:
    bounds = audit(TABLE, primary(TABLE))
    assert [(one.low, one.high, one.determined) for one in bounds] == [(3, 3, True), (2, 2, True)]


def test_complements_are_added_until_no_cell_can_be_told() -> None:
    safe = suppress(TABLE)
    assert safe.hidden[0, 1]
    assert safe.hidden[2, 2]
    assert safe.hidden.sum() >= 4
    assert all(one.width >= 5 and not one.determined for one in safe.audit)
    assert safe.shown()[0][1] == "c"
    assert safe.shown()[1][0] == "8"


def test_the_bounds_hold_every_table_with_the_same_margins() -> None:
    table = np.array([[4, 9, 11], [7, 3, 12], [10, 8, 13]])
    safe = suppress(table, width=3)
    seen: dict[tuple[int, int], set[int]] = {(int(r), int(c)): set() for r, c in np.argwhere(safe.hidden)}
    free = _free_moves(safe.hidden)
    for step in range(-30, 31):
        for move in free:
            trial = table + step * move
            if (trial >= 0).all():
                for r, c in seen:
                    seen[r, c].add(int(trial[r, c]))
    for one in safe.audit:
        assert one.low <= min(seen[one.place])
        assert one.high >= max(seen[one.place])


def _free_moves(hidden: np.ndarray) -> list[np.ndarray]:
    """Swaps of one between two rows and two columns whose four cells are all hidden: margins stay as they are."""
    moves = []
    for r1, r2, c1, c2 in np.ndindex(3, 3, 3, 3):
        if r1 < r2 and c1 < c2 and hidden[np.ix_([r1, r2], [c1, c2])].all():
            move = np.zeros((3, 3), dtype=int)
            move[r1, c1] = move[r2, c2] = 1
            move[r1, c2] = move[r2, c1] = -1
            moves.append(move)
    return moves


@settings(max_examples=5, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=12, max_size=12))
def test_no_table_gives_a_hidden_cell_away(cells: list[int]) -> None:
    table = np.array(cells).reshape(3, 4)
    try:
        safe = suppress(table)
    except BadInput:
        assert table[table > 5].size < table.size  # only a table with small counts can be too small
        return
    assert (safe.hidden | ~primary(table)).all()
    for one in audit(table, safe.hidden):
        assert one.width >= 5 - 1e-6
        assert one.low <= table[one.place] <= one.high


def test_another_table_of_the_same_release_can_give_it_away() -> None:
    safe = suppress(TABLE)
    place = np.zeros((1, 9))
    place[0, [1, 0]] = 1  # last year's table, say, tells the sum of these two
    told = audit(TABLE, safe.hidden, place)
    assert any(one.determined for one in told)
    stronger = suppress(TABLE, more=place)
    assert stronger.hidden.sum() > safe.hidden.sum()
    assert not any(one.determined for one in stronger.audit)


@pytest.mark.parametrize(
    ("count", "base", "shown"),
    [(20, 40, 50.0), (3, 40, None), (37, 40, None), (4, 9, None), (0, 40, 0.0), (0, 9, None)],
)
def test_percentages_on_small_bases(count: int, base: int, shown: float | None) -> None:
    assert percentage(count, base) == shown


@pytest.mark.parametrize("table", [np.array([1, 2]), np.array([[1, -2]]), np.zeros((0, 3), dtype=int)])
def test_what_is_no_table_is_refused(table: np.ndarray) -> None:
    with pytest.raises(BadInput):
        suppress(table)


def test_a_table_too_small_to_hide_is_refused() -> None:
    with pytest.raises(BadInput, match="too small"):
        suppress(np.array([[3, 40]]))
    with pytest.raises(BadInput, match="not a share"):
        percentage(5, 4)


@pytest.mark.parametrize(
    ("counts", "bases", "hidden"),
    [
        ([3, 40, 60], [200, 200, 200], [True, True, False]), ([40, 60, 0], [200, 200, 200], [False] * 3),
        ([3, 4, 60], [200, 200, 200], [True, True, False]), ([1, 2, 30, 20], [90, 90, 90, 90], [True, True, False, True]),
        ([3], [200], [True]), ([3, 0], [200, 200], [True, False]), ([97, 40], [100, 200], [True, True]),
        ([0, 0], [4, 0], [True, False]), ([], [], []),
    ],
)  # fmt: skip
def test_a_small_count_takes_another_with_it(counts: list[int], bases: list[int], hidden: list[bool]) -> None:
    assert hide_counts(counts, bases) == hidden


@given(
    st.lists(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=6)
)
@settings(max_examples=60, deadline=None)
def test_what_is_hidden_in_a_line_passes_the_audit_or_all_is_hidden(rows: list[tuple[int, int]]) -> None:
    counts, bases = [count for count, _ in rows], [base for _, base in rows]
    hidden = hide_counts(counts, bases)
    assert all(hide for hide, (count, base) in zip(hidden, rows, strict=True) if is_small(count, base))
    table = np.array([[count, base - count] for count, base in rows])
    found = audit(table, np.array([[hide, hide] for hide in hidden]))
    assert all(one.width >= 5 for one in found) or all(
        hide for hide, count in zip(hidden, counts, strict=True) if count
    )
