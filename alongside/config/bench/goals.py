"""What is fast enough. Pure: measured numbers in, verdicts out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Measured = Mapping[str, Any]  # the numbers of one page, or of one size, as they stand in --json


@dataclass(frozen=True, slots=True)
class Goal:
    """One number of a page and the most, or the least, that it may be."""

    number: str
    says: str
    limit: float
    least: bool = False

    def met(self, value: float) -> bool:
        return value >= self.limit if self.least else value <= self.limit

    @property
    def words(self) -> str:
        return f"{self.says} {'≥' if self.least else '≤'} {self.limit:g}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A goal beside what was measured; `value` is None where nothing was."""

    about: str
    goal: Goal
    value: float | None

    @property
    def word(self) -> str:
        if self.value is None:
            return "not measured"
        return "met" if self.goal.met(self.value) else "MISSED"


def _page(ratio: float | None, rps: float, p95: float, statements: float) -> tuple[Goal, ...]:
    goals = (
        Goal("ratio", "times its SQL", ratio or 0),
        Goal("rps8", "requests/s", rps, least=True),
        Goal("p95", "p95 ms", p95),
        Goal("statements", "statements", statements),
    )
    return goals if ratio else goals[1:]


PAGES: Mapping[str, tuple[Goal, ...]] = {
    "Register": _page(10, 200, 70, 6),
    "Register, largest school": _page(10, 200, 70, 6),
    "Pupil": _page(8, 120, 120, 12),
    "Today": _page(8, 120, 120, 8),
    "My classes": _page(8, 150, 100, 8),
    "Find": _page(5, 300, 40, 3),
    "Duty board": (Goal("page_ms", "ms in this process", 250), Goal("statements", "statements", 24)),
    "Duties of the trust": (Goal("page_ms", "ms in this process", 250), Goal("statements", "statements", 24)),
    "Duties of a pupil": (Goal("page_ms", "ms in this process", 150), Goal("statements", "statements", 14)),
    "Save a review": _page(None, 80, 150, 20),
}
EVERY_PAGE = (
    Goal("bytes", "bytes", 150_000),
    Goal("wall", "times without the wall", 1.25),
    Goal("statements_range", "statements more in a large school", 0),
)
GROWS = frozenset({"Duties of the trust"})  # has a line for each school
GROWTH = Goal("growth", "times as long in the larger trust", 1.2)
OF_A_TRUST = (
    Goal("deadlines_seconds", "s to recompute every clock", 20),
    Goal("duties_seconds", "s to recompute every duty", 90),
)
OF_AN_IMPORT = (Goal("seconds", "s to bring in", 120), Goal("largest_mb", "MB at most", 500))


def verdicts(found: Sequence[Measured]) -> list[Verdict]:
    """Every goal, for each size in turn and then for growth between the first and the last."""
    answers = [verdict for size in found for verdict in _of_size(size)]
    if len(found) > 1:
        growth = growths(found[0], found[-1])
        answers += [Verdict(f"{name}, growth", GROWTH, value) for name, value in growth.items()]
    return answers


def _of_size(size: Measured) -> Iterator[Verdict]:
    where = f"{size['pupils']:,} pupils"
    for page in size["pages"]:
        for goal in (*PAGES[page["name"]], *EVERY_PAGE) if page["name"] in PAGES else ():
            if goal.number in page:
                yield Verdict(f"{page['name']}, {where}", goal, page[goal.number])
    for goal in OF_A_TRUST:
        yield Verdict(where, goal, size.get(goal.number))
    for brought in size.get("imports", ()):
        for goal in OF_AN_IMPORT:
            yield Verdict(f"{brought['kind'].upper()}, {where}", goal, brought["first"].get(goal.number))


def growths(small: Measured, large: Measured) -> dict[str, float | None]:
    """How much longer each page takes, in process, in the larger trust."""
    before = {page["name"]: page.get("page_ms") for page in small["pages"]}
    return {
        page["name"]: page["page_ms"] / before[page["name"]] if before.get(page["name"]) else None
        for page in large["pages"]
        if page.get("page_ms") and page["name"] in PAGES and page["name"] not in GROWS
    }
