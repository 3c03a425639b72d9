"""What each cycle aimed for and what came of it: outcomes climb their ladders, with luck and without."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alongside.areas.support.rules import Choice, Result
from alongside.config.demo.pen import Pen
from alongside.config.demo.roll import Child
from alongside.config.demo.rounds import Round
from alongside.config.demo.stories import Aim, Story
from alongside.config.demo.wording import phrase

_RESULTS = {Result.MET: 0.38, Result.PARTLY: 0.42, Result.NOT: 0.20}
_AWAY = 0.03  # nobody could measure, and somebody says why


@dataclass(frozen=True, slots=True)
class Aimed:
    """One outcome of one cycle, and how it ended if it has."""

    text: str
    measure: str
    baseline: str
    target: str
    result: str = ""
    exit_measure: str = ""
    no_measure_because: str = ""
    answer: str = ""  # the family's, where the story says so; else it is left to chance


@dataclass(frozen=True, slots=True)
class CycleWords:
    """What is said of one cycle."""

    aims: Sequence[Aimed]
    choice: Choice = Choice.CONTINUE
    findings: str = ""
    change: str = ""
    parents: str = ""
    pupil: str = ""


def tell(pen: Pen, child: Child, story: Story, cycles: Sequence[Round], *, left: bool = False) -> list[CycleWords]:
    """The words of each cycle, oldest first. The last one of a pupil who left the register met its aims."""
    levels = dict.fromkeys(range(len(story.outcome)), 0)
    return [
        _cycle(pen, child, story, cycle, levels, last=cycle is cycles[-1], finished=left and cycle is cycles[-1])
        for cycle in cycles
    ]


def _cycle(
    pen: Pen, child: Child, story: Story, cycle: Round, levels: dict[int, int], *, last: bool, finished: bool
) -> CycleWords:
    chosen = _choose(pen, story.outcome, levels, number=3 if pen.chance(0.35) else 2)
    results = _results(pen, chosen, ended=cycle.reviewed is not None, finished=finished)
    pairs = zip(chosen, results, strict=True)
    aims = [_aimed(pen, story.outcome[index], levels, index, result) for index, result in pairs]
    if cycle.reviewed is None:
        return CycleWords(aims, parents=story.parents, pupil=story.pupil)
    overall = _overall([result for result in results if result])
    choice = _next(pen, overall, finished=finished)
    return CycleWords(
        aims, choice, phrase(pen, child, "findings", overall.value),
        "" if choice is Choice.CONTINUE else phrase(pen, child, "change", choice.value),
        story.parents if last else phrase(pen, child, "parents", "lines"),
        story.pupil if last else phrase(pen, child, "pupil", "lines"),
    )  # fmt: skip


def _overall(results: Sequence[Result]) -> Result:
    """Met or not when half of the outcomes or more are, else something between."""
    half = len(results) / 2
    if results.count(Result.MET) >= half:
        return Result.MET
    return Result.NOT if results.count(Result.NOT) >= half and Result.MET not in results else Result.PARTLY


def _choose(pen: Pen, aims: Sequence[Aim], levels: Mapping[int, int], *, number: int) -> list[int]:
    """The outcomes with the furthest to go, in the story's order; two or three."""
    open_ = [index for index in levels if levels[index] < len(aims[index].ladder) - 1] or list(levels)
    for index in levels:
        if len(open_) >= 2:
            break
        if index not in open_:
            open_.append(index)
    return sorted(open_[:number])


def _results(pen: Pen, chosen: Sequence[int], *, ended: bool, finished: bool) -> list[Result | None]:
    if not ended:
        return [None] * len(chosen)
    return [Result.MET if finished else pen.draw.choices(tuple(_RESULTS), tuple(_RESULTS.values()))[0] for _ in chosen]


def _aimed(pen: Pen, aim: Aim, levels: dict[int, int], index: int, result: Result | None) -> Aimed:
    """An outcome from the step a pupil stands on, and the step it ended on."""
    top = len(aim.ladder) - 1
    start = min(levels[index], top - 1)
    goal = min(start + 2, top)
    if result is None:
        return Aimed(aim.text, aim.measure, aim.ladder[start], aim.ladder[goal])
    reached = {Result.MET: goal, Result.PARTLY: max(start, goal - 1), Result.NOT: start}[result]
    levels[index] = reached
    away = result is Result.NOT and pen.chance(_AWAY * 5)
    return Aimed(
        aim.text, aim.measure, aim.ladder[start], aim.ladder[goal], result.value,
        "" if away else aim.ladder[reached], "Away for the last two weeks" if away else "",
    )  # fmt: skip


def _next(pen: Pen, overall: Result, *, finished: bool) -> Choice:
    if finished:
        return Choice.EXIT
    chances = {
        Result.MET: {Choice.CONTINUE: 5, Choice.STEP_DOWN: 3, Choice.CHANGE: 2},
        Result.PARTLY: {Choice.CONTINUE: 4, Choice.CHANGE: 6},
        Result.NOT: {Choice.CHANGE: 6, Choice.STEP_UP: 4},
    }[overall]
    return pen.draw.choices(tuple(chances), tuple(chances.values()))[0]
