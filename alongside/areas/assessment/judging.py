"""What saving some cells would do: what is new, what changed, what is wrong, and what looks like a slip. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from alongside.areas.assessment import rules
from alongside.law.refusal import Refusal

Key = tuple[int, int]  # a pupil and a sitting
Scores = Mapping[int, Decimal]  # by pupil


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as typed. `was` is what stood in it when the page was opened; None for a file, which overtakes nobody."""

    pupil: int
    sitting: int
    typed: str
    was: str | None = None

    @property
    def key(self) -> Key:
        return self.pupil, self.sitting


@dataclass
class Judged:
    """What would be saved, and the sentences for what would not."""

    fresh: dict[Key, rules.Value] = field(default_factory=dict)
    changed: dict[Key, rules.Value] = field(default_factory=dict)
    dropped: list[Key] = field(default_factory=list)
    same: int = 0
    faults: dict[Key, str] = field(default_factory=dict)
    clashes: dict[Key, str] = field(default_factory=dict)  # what a colleague saved in the meantime, by cell

    @property
    def clean(self) -> bool:
        return not self.faults and not self.clashes

    @property
    def saves(self) -> int:
        return len(self.fresh) + len(self.changed) + len(self.dropped)


def judge(cells: Iterable[Cell], scales: Mapping[int, rules.Scale], standing: Mapping[Key, rules.Value]) -> Judged:
    """Each cell against its scale, and against what stands now.

    Of a cell that this person left as it was, a colleague's newer result stands. Where both typed, neither is lost: the
    cell is given back with the other's result beside it.
    """
    judged = Judged()
    for cell in cells:
        value = rules.read(cell.typed, scales[cell.sitting])
        if isinstance(value, Refusal):
            judged.faults[cell.key] = value.reason
            continue
        _weigh(judged, cell, value, standing.get(cell.key, rules.Value()))
    return judged


def _weigh(judged: Judged, cell: Cell, value: rules.Value, now: rules.Value) -> None:
    untouched = cell.was is not None and value.words == cell.was.strip()
    if value.words == now.words or untouched:
        judged.same += value.words != ""
    elif cell.was is not None and now.words != cell.was.strip():
        judged.clashes[cell.key] = now.words
    elif not value.words:
        if cell.was is not None:
            judged.dropped.append(cell.key)
    elif now.words:
        judged.changed[cell.key] = value
    else:
        judged.fresh[cell.key] = value


def warnings(
    judged: Judged, labels: Mapping[int, str], order: Sequence[int], before: Mapping[int, Scores],
    standing: Mapping[Key, rules.Value],
) -> list[str]:  # fmt: skip
    """What of a whole class looks like a slip: a column with one and the same score, and one that slid by a row."""
    touched = {sitting for _, sitting in (*judged.fresh, *judged.changed)}
    found = []
    for sitting in sorted(touched):
        now = [_score(judged, standing, (pupil, sitting)) for pupil in order]
        scores = [score for score in now if score is not None]
        if rules.all_alike(scores):
            found.append(f"{labels[sitting]}: all {len(scores)} pupils have {rules.figure(scores[0])}.")
        earlier = before.get(sitting, {})
        if rules.looks_shifted(now, [earlier.get(pupil) for pupil in order]):
            found.append(
                f"{labels[sitting]}: the scores fit the pupils better when the column is moved by one row. "
                "Look whether it slid when it was copied."
            )
    return found


def _score(judged: Judged, standing: Mapping[Key, rules.Value], key: Key) -> Decimal | None:
    value = judged.fresh.get(key) or judged.changed.get(key) or standing.get(key) or rules.Value()
    return None if key in judged.dropped else value.score
