"""What may happen to a concern, and when. Pure."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from alongside.law.refusal import Refusal
from alongside.law.safeguarding import is_safeguarding


class Source(StrEnum):
    STAFF = "staff"
    PARENT = "parent"


class Helped(StrEnum):
    YES = "yes"
    LITTLE = "little"
    NO = "no"


HELPED_WORDS = {Helped.YES: "Yes", Helped.LITTLE: "A little", Helped.NO: "No"}

# What most adults try first; anything else is written in words.
TRIED = ("Bigger print", "Moved seat", "Broke it up", "Paired reading")


class Decision(StrEnum):
    """What a SENCO can decide at triage."""

    MONITOR = "monitor"
    SCREEN = "screen"
    REGISTER = "register"
    CLOSE = "close"


DECISION_WORDS = {
    Decision.MONITOR: "Watch and look again",
    Decision.SCREEN: "Screen: find out more",
    Decision.REGISTER: "Go to a register decision",
    Decision.CLOSE: "Close: good teaching is the answer",
}


class Part(StrEnum):
    """The four parts of a screening (Code 6.16, 6.19-6.24, 6.39)."""

    SETTING = "setting"
    PARENTS = "parents"
    EVIDENCE = "evidence"
    VIEWS = "views"


PART_WORDS = {
    Part.SETTING: "What the previous setting knew",
    Part.PARENTS: "Talk with the parents",
    Part.EVIDENCE: "Two kinds of evidence",
    Part.VIEWS: "The pupil's views",
}


class State(StrEnum):
    NEW = "new"
    WATCHED = "watched"
    SCREENING = "screening"
    DECIDING = "deciding"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Facts:
    raised_on: date
    triaged_on: date | None
    decision: str
    answered_on: date | None
    closed_on: date | None


def state(facts: Facts) -> State:
    """A concern's state follows from its facts; nobody types it."""
    if facts.closed_on:
        return State.CLOSED
    if facts.triaged_on is None:
        return State.NEW
    return {
        Decision.MONITOR: State.WATCHED,
        Decision.SCREEN: State.SCREENING,
        Decision.REGISTER: State.DECIDING,
    }.get(Decision(facts.decision), State.CLOSED)


# Only these decisions may follow each state; a closed concern is not reopened, a new one is raised.
NEXT: dict[State, frozenset[Decision]] = {
    State.NEW: frozenset(Decision),
    State.WATCHED: frozenset({Decision.SCREEN, Decision.REGISTER, Decision.CLOSE}),
    State.SCREENING: frozenset({Decision.MONITOR, Decision.REGISTER, Decision.CLOSE}),
    State.DECIDING: frozenset({Decision.MONITOR, Decision.CLOSE}),
    State.CLOSED: frozenset(),
}

_LANGUAGE = frozenset("eal english additional second language languages new learner learning speaker bilingual".split())
_FILLING = frozenset(
    "a an and as at because but child does due he her him his has home is it just learns not of only pupil reason she "
    "so speak speaks still that the their they this to too very with yet".split()
)
_LETTERS = re.compile(r"[^\W\d_]+")


_FAMILY = re.compile(r"\b(parents?|mother|mum|father|dad|carers?|famil(?:y|ies)|guardian|grand\w+|foster\w*)\b")


NO_ANSWER = "Write the answer that goes back to whoever raised this."


def language_alone(reason: str) -> bool:
    """Whether a reason says nothing but that English is not the pupil's first language (CFA 2014 s20(4))."""
    words = set(_LETTERS.findall(reason.casefold()))
    return bool(words & _LANGUAGE) and words <= _LANGUAGE | _FILLING


def belongs_to_dsl(*texts: str) -> bool:
    """Whether any of these texts goes to the designated safeguarding lead instead, before it is saved."""
    return any(map(is_safeguarding, texts))


def may_raise(seen: str, *also: str) -> Refusal | None:
    """Whether a concern may be sent; what belongs to the DSL is never saved as a concern."""
    if len(seen.split()) < 2:
        return Refusal("Say what you see, in a few words.", "seen")
    if belongs_to_dsl(seen, *also):
        return Refusal("This goes to the DSL, not to the SENCO. Nothing has been sent yet.", "seen")
    return None


def may_triage(
    facts: Facts,
    decision: Decision,
    *,
    source: Source,
    reason: str,
    answer: str,
    on: date,
    look_again_on: date | None = None,
) -> Refusal | None:
    """Whether a triage decision may be saved.

    A parent's worry is never closed on the teacher's view alone, English as an additional language is
    never the only reason (Children and Families Act 2014 s20(4)), whoever wrote always gets an answer, and
    watching has a day on which somebody looks again.
    """
    now = state(facts)
    if decision not in NEXT[now]:
        return Refusal(f"A concern that is {now} cannot go to '{DECISION_WORDS[decision]}'.", "decision")
    words = reason.strip().casefold().strip(".!")
    if decision in {Decision.CLOSE, Decision.MONITOR}:
        if not words:
            return Refusal("Give the reason. Somebody was worried enough to write.", "reason")
        if language_alone(words):
            return Refusal("'EAL' cannot be the only reason. What did you see in the first language?", "reason")
    if decision is Decision.CLOSE and source is Source.PARENT and not _FAMILY.search(words):
        return Refusal("A parent raised this. Say what the parent said when you talked about closing it.", "reason")
    if decision is Decision.MONITOR and (look_again_on is None or look_again_on <= on):
        return Refusal("Set a day to look again, after today. Without one nobody would.", "look_again_on")
    if not answer.strip():
        return Refusal(NO_ANSWER, "answer")
    return None


def may_note_part(facts: Facts, note: str) -> Refusal | None:
    """Parts are gathered while screening is open."""
    if state(facts) is not State.SCREENING:
        return Refusal("Screening is not open for this concern.")
    return None if note.strip() else Refusal("Write what you found.", "note")


class Evidence(StrEnum):
    """Kinds of evidence: a decision rests on two of them (Code 6.45)."""

    CLASS = "class"
    TEST = "test"
    WORK = "work"
    WATCHED = "watched"
    OUTSIDE = "outside"


EVIDENCE_WORDS = {
    Evidence.CLASS: "Teacher's assessment",
    Evidence.TEST: "Test or screening tool",
    Evidence.WORK: "The pupil's work",
    Evidence.WATCHED: "Watching in class or at play",
    Evidence.OUTSIDE: "Report from outside",
}


@dataclass(frozen=True, slots=True)
class Found:
    """One kind of evidence, and what it shows."""

    kind: str
    says: str


def may_join(first: Found, second: Found) -> Refusal | None:
    """Two kinds, each saying something."""
    for number, found in ((1, first), (2, second)):
        if not found.kind:
            return Refusal("Say what kind of evidence this is.", f"kind_{number}")
        if not found.says.strip():
            return Refusal("Say what it shows.", f"says_{number}")
    if first.kind == second.kind:
        return Refusal("That is the same kind twice. A decision rests on two kinds.", "kind_2")
    return None


def join(*found: Found) -> str:
    """Two kinds of evidence as the text of a part: a line each, its kind in front."""
    return "\n".join(f"{EVIDENCE_WORDS[Evidence(one.kind)]}: {' '.join(one.says.split())}" for one in found)


def split(note: str) -> tuple[Found, ...]:
    """The kinds of evidence in a text that `join` made; none in any other."""
    kinds = {words: kind.value for kind, words in EVIDENCE_WORDS.items()}
    pairs = (line.partition(": ") for line in note.splitlines())
    return tuple(Found(kinds[words], says) for words, _, says in pairs if words in kinds)


def may_decide_screening(done: Collection[str]) -> Refusal | None:
    """Screening can be decided when its four parts are there; the refusal names what is missing."""
    missing = [PART_WORDS[part].lower() for part in Part if part not in done]
    if missing:
        return Refusal(f"Screening cannot be decided yet. Still missing: {', '.join(missing)}.", "decision")
    return None
