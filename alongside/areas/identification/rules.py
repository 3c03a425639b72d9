"""What a flag is, how it may be answered, and when it ends. Pure.

A flag asks a question. Nothing in this slice can set a status: that is the register's, after people have talked.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from alongside.areas.assessment.rules import Kind
from alongside.areas.concerns.rules import belongs_to_dsl, language_alone
from alongside.law.refusal import Refusal
from alongside.progress import points, words
from alongside.progress.charts import funnel_exact
from alongside.progress.ladder import NOT_ENOUGH
from alongside.progress.measure import sem
from alongside.progress.signs import VERSION

RULE = VERSION
WORDING = words.WORDING


class Sign(StrEnum):
    """The four signs of the Code's 6.17, by the keys that the engine gives them."""

    SLOWER = "slower_than_peers"
    RATE = "rate_not_matched"
    GAP = "gap_not_closing"
    WIDENS = "gap_widens"


SIGN_WORDS: Mapping[Sign, str] = {
    Sign.SLOWER: "Slower than pupils who began level",
    Sign.RATE: "Slower than before",
    Sign.GAP: "The gap is not closing",
    Sign.WIDENS: "The gap is growing",
}
SIGN_SAYS: Mapping[Sign, str] = {
    Sign.SLOWER: "Over two years, fewer than a quarter of pupils who began level made less progress.",
    Sign.RATE: "The last gain is smaller than the one before, by more than chance would make it.",
    Sign.GAP: "Over three tests or more the gap to the year group does not get smaller, and it is more than one error.",
    Sign.WIDENS: "From the first test to the last the score fell by more than chance would make it.",
}
FIRST = (Sign.WIDENS, Sign.SLOWER, Sign.GAP, Sign.RATE)
"""A gap that grows is put above the others."""


class Answer(StrEnum):
    """What somebody who knows the pupil says to a flag."""

    CONFIRM = "confirm"
    DISMISS = "dismiss"
    EXPLAIN = "explain"


ANSWER_WORDS: Mapping[Answer, str] = {
    Answer.CONFIRM: "I share the worry: raise a concern",
    Answer.DISMISS: "No concern, and I say why",
    Answer.EXPLAIN: "Something else lies behind it: watch",
}


class Behind(StrEnum):
    """What may lie behind slow progress besides SEN."""

    ABSENCE = "absence"
    BEREAVEMENT = "bereavement"
    ARRIVED = "arrived"
    MOVED = "moved"
    ILLNESS = "illness"
    HOME = "home"
    MARK = "mark"
    DAY = "day"
    TEACHING = "teaching"


BEHIND_WORDS: Mapping[Behind, str] = {
    Behind.ABSENCE: "Days missed",
    Behind.BEREAVEMENT: "A bereavement",
    Behind.ARRIVED: "Newly arrived in the country",
    Behind.MOVED: "A move of school or class",
    Behind.ILLNESS: "Illness",
    Behind.HOME: "A change at home",
    Behind.MARK: "The mark is wrong",
    Behind.DAY: "A bad day at the test",
    Behind.TEACHING: "A change of teacher",
}


class Ended(StrEnum):
    """Why a flag stands no longer."""

    CLEAR = "clear"
    LATER = "later"
    SCALE = "scale"
    OFF = "off"


ENDED_WORDS: Mapping[Ended, str] = {
    Ended.CLEAR: "The sign no longer fires.",
    Ended.LATER: "A later point asks anew.",
    Ended.SCALE: "The pupil is now assessed on another scale.",
    Ended.OFF: "The sign was switched off.",
}


# --- Which scales may be reckoned with


class WhyNot(StrEnum):
    """Why a sitting is not swept."""

    ORDERED = "ordered"
    AGE = "age"
    PROSE = "prose"
    COUNT = "count"
    NO_ERROR = "no_error"
    NEW_SCALE = "new_scale"
    NOBODY = "nobody"


WHY_NOT_WORDS: Mapping[WhyNot, str] = {
    WhyNot.ORDERED: "Its steps can be put in order, but not taken from one another, so no progress is worked out.",
    WhyNot.AGE: "A reading age cannot be taken from another: a year means less the older a pupil is.",
    WhyNot.PROSE: "It is told in words, so there is nothing to work out.",
    WhyNot.COUNT: "It counts answers to one short test, and nobody is normed on it by age.",
    WhyNot.NO_ERROR: "Its spread and reliability are not known, so nobody could say what is chance.",
    WhyNot.NEW_SCALE: "The scale is new: results before it were on another, and the two are never set side by side.",
    WhyNot.NOBODY: "Nobody has a result at this point yet.",
}
_BY_KIND = {
    Kind.ORDERED: WhyNot.ORDERED, Kind.AGE: WhyNot.AGE, Kind.PROSE: WhyNot.PROSE, Kind.COUNT: WhyNot.COUNT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Norm:
    """What the manual says of a scale."""

    kind: Kind
    mean: float | None
    sd: float | None
    reliability: float | None


def test_of(norm: Norm) -> points.Test | WhyNot:
    """The test's error, or why its results never enter arithmetic."""
    if norm.kind in _BY_KIND:
        return _BY_KIND[norm.kind]
    if not norm.sd or norm.reliability is None or not 0 < norm.reliability < 1:
        return WhyNot.NO_ERROR
    return points.Test(sem(norm.sd, norm.reliability), normed=norm.mean is not None)


test_of.__test__ = False  # type: ignore[attr-defined]  # not a case, though it is named like one


# --- What a flag rests on, and saying it again


@dataclass(frozen=True, slots=True)
class Rests:
    """Everything a pupil's signs were worked out from; stored with each flag."""

    times: tuple[float | None, ...]
    scores: tuple[float | None, ...]
    peers: tuple[float | None, ...]
    sem: float
    normed: bool
    last: float | None
    before: float | None

    def stored(self) -> dict[str, object]:
        """As it is kept beside a flag."""
        return {
            "times": list(self.times), "scores": list(self.scores), "peers": list(self.peers), "sem": self.sem,
            "normed": self.normed, "last": self.last, "before": self.before,
        }  # fmt: skip

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Rests:
        """From what is kept beside a flag."""
        return cls(
            tuple(kept["times"]), tuple(kept["scores"]), tuple(kept["peers"]), kept["sem"], kept["normed"], kept["last"],
            kept["before"],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """One sign of one pupil: what it says, or why it says nothing."""

    sign: Sign
    answered: bool
    fires: bool
    figure: float
    error: float
    points: int
    needs: str


def again(rests: Rests) -> tuple[Said, ...]:
    """The four signs worked out anew from what was stored. The same call made the flag."""
    test = points.Test(rests.sem, rests.normed)
    found = points.signs_of_one(rests.times, rests.scores, rests.peers, test, rests.last, rests.before)
    return tuple(
        Said(
            key, bool(s.answered[0]), bool(s.fires[0]), float(s.figure[0]), float(s.error[0]), int(s.points[0]), s.needs
        )
        for key, s in zip(Sign, found, strict=True)
    )


# --- Words


@dataclass(frozen=True, slots=True)
class About:
    """Whom a sentence is about, and with whom they were compared."""

    name: str
    subject: str
    among: int
    here: int


def sentence(said: Said, rests: Rests, about: About) -> str:
    """What a sign says in plain words, with its figures, its error, what else it could be and what to do."""
    subject = about.subject.lower()
    if said.sign is Sign.SLOWER:
        both = said.figure if said.answered else None
        grown = words.growth_in_words(about.name, subject, round(rests.last or 1), both)
        return f"{grown.text} {words.peers_in_words(about.name, about.among, about.here, points.FEWEST_PEERS)}"
    if said.sign is Sign.RATE:
        made = words.slow_down_in_words(about.name, subject, said.figure, said.error, said.points)
    elif said.sign is Sign.GAP:
        first, last = gaps(rests)[0], gaps(rests)[-1]
        made = words.gap_in_words(about.name, first, last, rests.sem, said.points)
    else:
        made = words.fall_in_words(about.name, said.figure, said.error, said.points)
    return f"{made.text} {words.rests_in_words(said.points)}"


def gaps(rests: Rests) -> list[float]:
    """The gap to the year group's median at each point where both are known."""
    return [p - s for s, p in zip(rests.scores, rests.peers, strict=True) if s is not None and p is not None]


NEEDS_WORDS: Mapping[Sign, str] = {
    Sign.SLOWER: "Not enough to say: it needs results of the same season in three years running, and enough pupils.",
    Sign.RATE: "Not enough to say: it needs three tests on one scale.",
    Sign.GAP: "Not enough to say: it needs three tests on one scale, each sat by eight pupils or more.",
    Sign.WIDENS: "Not enough to say: it needs two tests on a scale that is set by age.",
}


HOW_WORDS: Mapping[str, str] = {
    points.NO_START: "There is no result of the same season a year before, so nothing can be said about growth.",
    NOT_ENOUGH: "Not enough pupils across the trust sat the same test to say anything about growth.",
}


def prefilled(signs: Sequence[tuple[str, str]]) -> str:
    """The start of a concern, from (subject, sign in words) of the flags that it answers."""
    return " ".join(f"Progress flag in {subject.lower()}: {sign.lower()}." for subject, sign in signs)


# --- Answering


def may_answer(answer: Answer, *, reason: str, behind: Collection[str], seen: str, standing: bool) -> Refusal | None:
    """Whether an answer may be saved.

    A flag is never waved through: 'no concern' has its reason, and English as an additional language alone is none
    (Children and Families Act 2014 s20(4)).
    """
    if not standing:
        return Refusal("These flags are answered or stand no longer. Open the pupil’s progress again.")
    if belongs_to_dsl(reason, seen):
        return Refusal("This goes to the DSL, not to the SENCO. Nothing has been sent yet.", "reason")
    if answer is Answer.DISMISS and language_alone(reason):
        return Refusal("‘EAL’ cannot be the only reason. What did you see in the first language?", "reason")
    if answer is Answer.DISMISS and len(reason.split()) < 2:
        return Refusal("Give the reason in a few words. A flag is not put away without one.", "reason")
    if answer is Answer.EXPLAIN and not set(behind) & set(Behind) and len(reason.split()) < 2:
        return Refusal("Say what lies behind it: choose one, or write it.", "behind")
    if answer is Answer.CONFIRM and len(seen.split()) < 2:
        return Refusal("Say what you see, in a few words.", "seen")
    return None


# --- Switching a sign on


@dataclass(frozen=True, slots=True)
class Shown:
    """What a director was shown before deciding: shares from 0 to 1."""

    reliability: float
    slowed: float
    flagged: float
    sensitivity: float
    specificity: float
    right: float
    pupils: int

    @property
    def no_better(self) -> bool:
        """Whether those flagged are no likelier to have slowed down than anybody else."""
        return self.right <= self.slowed


def may_switch(*, on: bool, is_on: bool, shown: Shown | None) -> Refusal | None:
    """A sign goes on only after somebody has seen how often it would fire, and how often it would be right."""
    if on and is_on:
        return Refusal("This sign is on already.")
    if not on and not is_on:
        return Refusal("This sign is off already.")
    if on and shown is None:
        return Refusal("First look at how often this sign would fire here, and how often it would be right.")
    return None


# --- A class that is slow as a whole

FEWEST_IN_CLASS = 8
SLOW_SHARE = 1 / 3
_LEVEL = 0.998


def class_is_slow(flagged: int, pupils: int, rate: float) -> bool:
    """Whether so many of a class are flagged that its teaching is the likelier cause.

    A third of the class at least, and more than chance leaves in one class in a thousand at the trust's own rate.
    """
    if pupils < FEWEST_IN_CLASS or flagged < SLOW_SHARE * pupils:
        return False
    return flagged / pupils > funnel_exact(min(max(rate, 0.001), 0.999), pupils, _LEVEL).high


# --- When a flag ends and another is raised


@dataclass(frozen=True, slots=True)
class Flagged:
    """What the sweep holds of one sign of one pupil, to be compared with the flag that stands."""

    run: int
    scale: int
    answered: bool


def becomes(
    standing: Flagged | None, *, fires: bool, run: int, scale: int, switched_on: bool
) -> tuple[Ended | None, bool]:
    """Why the standing flag ends (None: it stays), and whether a new one is raised.

    An answer holds for the point that it was given at; an unanswered flag is brought up to date and keeps its clock.
    """
    raises = fires and switched_on
    if standing is None:
        return None, raises
    if standing.scale != scale:
        return Ended.SCALE, raises
    if not switched_on and not standing.answered:
        return Ended.OFF, False
    if not fires:
        return Ended.CLEAR, False
    if standing.answered and standing.run != run:
        return Ended.LATER, raises
    return None, False


def day_in_years(day: date) -> float:
    """A day as years since 2000, for the arithmetic of rates."""
    return (day - date(2000, 1, 1)).days / 365.25


def season_order(season: str) -> int:
    """Autumn comes first in a school year."""
    return ("autumn", "spring", "summer").index(season)
