"""The plan in plain words, as the family reads it: built from the plan, never written twice. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from alongside.kit import reading

NOW, WANTED = "Now: ", "We want: "
UNDER_AN_OUTCOME = (NOW, WANTED)


class PlanText(Protocol):
    """The words of a plan that a family reads."""

    @property
    def strengths(self) -> Sequence[str]: ...
    @property
    def difficulties(self) -> str: ...
    @property
    def home(self) -> str: ...


class OutcomeText(Protocol):
    """The words of an outcome that a family reads."""

    @property
    def text(self) -> str: ...
    @property
    def baseline(self) -> str: ...
    @property
    def target(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and its sentences."""

    heading: str
    lines: tuple[str, ...]


def parts(plan: PlanText, outcomes: Sequence[OutcomeText], given: Sequence[str] = ()) -> tuple[Part, ...]:
    """The family copy: what goes well, what is hard, what we want, what the pupil gets, what home may do."""
    wanted = tuple(
        sentence
        for outcome in outcomes
        for sentence in (
            _sentence(outcome.text),
            f"{NOW}{_bare(outcome.baseline)}." if outcome.baseline.strip() else "",
            f"{WANTED}{_bare(outcome.target)}." if outcome.target.strip() else "",
        )
        if sentence
    )
    found = (
        Part("What goes well", tuple(_sentence(line) for line in plan.strengths if line.strip())),
        Part("What is hard", tuple(_sentences(plan.difficulties))),
        Part("What we want", wanted),
        Part("What school gives", tuple(_sentence(line) for line in given)),
        Part("What you can do at home", tuple(_sentences(plan.home))),
    )
    return tuple(part for part in found if part.lines)


def text(copy: Sequence[Part]) -> str:
    return "\n".join(line for part in copy for line in part.lines)


def reading_age(plan: PlanText, outcomes: Sequence[OutcomeText]) -> int | None:
    """Reading age of the family copy in years; None when it is too short to score."""
    return reading.reading_age(text(parts(plan, outcomes)))


def given_line(name: str, *, times: int, minutes: int, group: int, adult: str) -> str:
    """'Talking group, 3 times a week for 30 minutes, with 3 other children. Mrs Iqbal leads it.'"""
    often = "once a week" if times == 1 else f"{times} times a week"
    others = f", with {group - 1} other children" if group > 2 else ", with one other child" if group == 2 else ""
    lead = f" {adult} leads it." if adult else ""
    return f"{name}, {often} for {minutes} minutes{others}.{lead}"


def _bare(words: str) -> str:
    return words.strip().rstrip(".")


def _sentence(words: str) -> str:
    bare = words.strip()
    return bare if not bare or bare[-1] in ".!?" else f"{bare}."


def _sentences(words: str) -> list[str]:
    return [_sentence(line) for line in words.splitlines() if line.strip()]
