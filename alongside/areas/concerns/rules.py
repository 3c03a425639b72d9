"""What may happen to a concern, and when. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from alongside.law.refusal import Refusal


class Source(StrEnum):
    STAFF = "staff"
    PARENT = "parent"


class Helped(StrEnum):
    YES = "yes"
    LITTLE = "little"
    NO = "no"


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

_LANGUAGE_ONLY = frozenset({"eal", "english as an additional language", "language", "english", "new to english"})


def may_raise(seen: str) -> Refusal | None:
    if len(seen.split()) < 2:
        return Refusal("Say what you see, in a few words.", "seen")
    return None


def may_triage(facts: Facts, decision: Decision, *, source: Source, reason: str, answer: str) -> Refusal | None:
    """Whether a triage decision may be saved.

    A parent's worry is never closed on the teacher's view alone, English as an additional language is
    never the only reason (Children and Families Act 2014 s20(4)), and whoever wrote always gets an answer.
    """
    now = state(facts)
    if decision not in NEXT[now]:
        return Refusal(f"A concern that is {now} cannot go to '{DECISION_WORDS[decision]}'.", "decision")
    words = reason.strip().casefold().strip(".!")
    if decision in {Decision.CLOSE, Decision.MONITOR}:
        if not words:
            return Refusal("Give the reason. Somebody was worried enough to write.", "reason")
        if words in _LANGUAGE_ONLY:
            return Refusal("'EAL' cannot be the only reason. What did you see in the first language?", "reason")
    if decision is Decision.CLOSE and source is Source.PARENT and "parent" not in words and "family" not in words:
        return Refusal(
            "A parent raised this. Say what the parent said when you talked about closing it.", "reason"
        )
    if not answer.strip():
        return Refusal("Write the answer that goes back to whoever raised this.", "answer")
    return None


def may_note_part(facts: Facts, note: str) -> Refusal | None:
    """Parts are gathered while screening is open."""
    if state(facts) is not State.SCREENING:
        return Refusal("Screening is not open for this concern.", "note")
    return None if note.strip() else Refusal("Write what you found.", "note")


def may_decide_screening(done: Collection[str]) -> Refusal | None:
    """Screening can be decided when its four parts are there; the refusal names what is missing."""
    missing = [PART_WORDS[part].lower() for part in Part if part not in done]
    if missing:
        return Refusal(f"Screening cannot be decided yet. Still missing: {', '.join(missing)}.", "decision")
    return None
