"""How a state follows from cases, from what was seen, and from somebody's word; and what each of them needs. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from alongside.base.evidence.proofs import Evidence, State
from alongside.law import thresholds
from alongside.law.refusal import Refusal

FAMILIES: Mapping[int, str] = {
    1: "SENCO and leadership",
    2: "Finding need",
    3: "Support and its effect",
    4: "Teaching and full school life",
    5: "Legal dates and EHC plans",
    6: "Pupil and family voice",
    7: "Equality and admissions",
    8: "Safety, health and other agencies",
    9: "Moving on and adult life",
    10: "Money and staffing",
    11: "Training",
    12: "Records, publishing, complaints and policy",
}

SMALL = int(thresholds.SMALL_NUMBER)  # fewer pupils than this are not counted aloud
ENDS_SOON = timedelta(days=int(thresholds.WORD_WARNING))
LONGEST_WORD = timedelta(days=int(thresholds.WORD_LASTS))
ANSWER_WITHIN = timedelta(days=int(thresholds.QUESTION_ANSWERED))
ACCEPTED_WITHIN = timedelta(days=int(thresholds.ACCEPTANCE))
ACCEPTED_FOR = timedelta(days=int(thresholds.YEARLY))
SEEN_FOR = timedelta(days=int(thresholds.SIGHT_LASTS))

# What is said where nothing is known. Each is a reason, never a colour.
NO_RECORDS = "Alongside keeps no record yet that proves this."
NO_CASE = "Nobody and nothing was concerned, so nothing has been proved."
NO_WORD = "Nobody has attested this."
WORD_ENDED = "What was attested has ended."
NOT_SEEN = "Nobody but its owner has seen this in the last six months."
ONE_SOURCE = "Only one person has seen this; it takes two."

# What a state rests on where it is not records.
RESTS_ON = {
    Evidence.ATTESTED: "A named person’s dated word, with something that can be looked at; it ends after a year at most.",
    Evidence.OBSERVED: "Two people who saw it in the last six months, neither of them its owner.",
}


class HoldsFor(StrEnum):
    """Who stands under a duty."""

    SCHOOL = "school"
    TRUST = "trust"
    BOTH = "both"


class Found(StrEnum):
    """What an observer found."""

    SEEN = "seen"
    PARTLY = "partly"
    NOT = "not"


FOUND_WORDS = {Found.SEEN: "I saw it", Found.PARTLY: "I saw some of it", Found.NOT: "I looked and did not see it"}

STATE_WORDS = {
    State.MET: "Met",
    State.DUE: "Due",
    State.OVERDUE: "Overdue",
    State.AT_RISK: "At risk",
    State.NOT_EVIDENCED: "Not evidenced",
    State.NOT_APPLICABLE: "Not applicable",
}
WORST_FIRST = (
    State.OVERDUE, State.AT_RISK, State.NOT_EVIDENCED, State.DUE, State.MET, State.NOT_APPLICABLE,
)  # fmt: skip


def rank(state: str) -> int:
    """How bad a state is, 0 the worst: what lists are ordered by."""
    return WORST_FIRST.index(State(state))


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases stand in each state, and the earliest day among those that are not met."""

    met: int = 0
    due: int = 0
    at_risk: int = 0
    overdue: int = 0
    not_evidenced: int = 0
    due_on: date | None = None

    @property
    def total(self) -> int:
        return self.met + self.due + self.at_risk + self.overdue + self.not_evidenced

    @property
    def open(self) -> int:
        return self.total - self.met


@dataclass(frozen=True, slots=True)
class Verdict:
    """A state with what it rests on, the figures behind it and the reason in words."""

    state: State
    evidence: Evidence
    counts: Counts = Counts()
    why: str = ""


def by_cases(counts: Counts, floor: float) -> Verdict:
    """A computed state. What is late is never forgiven by a share; what lacks proof is, up to the floor.

    No case at all proves nothing: silence is not compliance.
    """
    if not counts.total:
        return Verdict(State.NOT_EVIDENCED, Evidence.COMPUTED, counts, NO_CASE)
    lacking, allowed = counts.at_risk + counts.not_evidenced, counts.total * (1 - floor) + 1e-9
    if counts.overdue:
        state = State.OVERDUE
    elif lacking > allowed:
        state = (
            State.AT_RISK if counts.at_risk > allowed or counts.at_risk >= counts.not_evidenced else State.NOT_EVIDENCED
        )
    else:
        state = State.DUE if counts.due else State.MET
    return Verdict(state, Evidence.COMPUTED, counts)


def by_word(expires: Iterable[date], *, on: date) -> Verdict:
    """An attested state: from the latest day on which a word ends."""
    last = max(expires, default=None)
    if last is None:
        return Verdict(State.NOT_EVIDENCED, Evidence.ATTESTED, Counts(), NO_WORD)
    if last < on:
        return Verdict(State.OVERDUE, Evidence.ATTESTED, Counts(overdue=1, due_on=last), WORD_ENDED)
    if last - on <= ENDS_SOON:
        return Verdict(State.DUE, Evidence.ATTESTED, Counts(due=1, due_on=last), "What was attested ends soon.")
    return Verdict(State.MET, Evidence.ATTESTED, Counts(met=1))


@dataclass(frozen=True, slots=True)
class Seen:
    """One observation: who, when and what they found."""

    by: int
    on: date
    found: Found


def by_sight(seen: Iterable[Seen], *, on: date) -> Verdict:
    """An observed state. Two people who saw it make it met; the latest finding of each counts."""
    latest: dict[int, Seen] = {}
    for each in sorted((each for each in seen if on - SEEN_FOR < each.on <= on), key=lambda each: each.on):
        latest[each.by] = each
    found = [each.found for each in latest.values()]
    counts = Counts(met=found.count(Found.SEEN), at_risk=len(found) - found.count(Found.SEEN))
    if not found:
        return Verdict(State.NOT_EVIDENCED, Evidence.OBSERVED, counts, NOT_SEEN)
    if counts.at_risk:
        return Verdict(State.AT_RISK, Evidence.OBSERVED, counts, "Somebody looked and did not see all of it.")
    if len(found) == 1:
        return Verdict(State.NOT_EVIDENCED, Evidence.OBSERVED, counts, ONE_SOURCE)
    return Verdict(State.MET, Evidence.OBSERVED, counts)


def of_trust(states: Mapping[State, int], evidence: Evidence) -> Verdict:
    """The trust's part of a duty that schools hold too: it follows from theirs and can never be better."""
    counted = Counts(
        met=states.get(State.MET, 0), due=states.get(State.DUE, 0), at_risk=states.get(State.AT_RISK, 0),
        overdue=states.get(State.OVERDUE, 0), not_evidenced=states.get(State.NOT_EVIDENCED, 0),
    )  # fmt: skip
    worst = next((state for state in WORST_FIRST[:-1] if states.get(state)), None)
    if worst is None:
        nowhere = State.NOT_APPLICABLE if states.get(State.NOT_APPLICABLE) else State.NOT_EVIDENCED
        return Verdict(nowhere, evidence, counted, "It applies to no school." if states else NO_CASE)
    return Verdict(worst, evidence, counted, f"Met at {counted.met} of {counted.total} schools")


# --- What may be said, and by whom -----------------------------------------------------------------------


def may_attest(*, evidence: str, item: str, on: date, expires: date) -> Refusal | None:
    """A word needs an item that can be looked at, and an end. It never stands in for records."""
    if evidence != Evidence.ATTESTED:
        return Refusal("This duty is proved by records or by what others saw; nobody’s word is taken for it.")
    if len(item.split()) < 2:
        return Refusal("Say what shows it, so that somebody can look: the paper, its date, where it is kept.", "item")
    if expires <= on:
        return Refusal("It has to end after today.", "expires_on")
    if expires - on > LONGEST_WORD:
        return Refusal("A word stands for a year at most.", "expires_on")
    return None


def may_observe(*, evidence: str, owner: str, roles: Iterable[str], words: str, day: date, on: date) -> Refusal | None:
    """What is observed is seen by somebody who does not own the duty."""
    if evidence != Evidence.OBSERVED:
        return Refusal("This duty is not proved by looking.")
    if owner in roles:
        return Refusal("You answer for this duty. Somebody else has to see it.")
    if len(words.split()) < 3:
        return Refusal("Say what you saw, and where.", "words")
    if day > on:
        return Refusal("The day has not come yet.", "seen_on")
    return None


def may_exempt(*, reason: str, until: date, on: date) -> Refusal | None:
    """'Not applicable' has a reason, an approver and an end."""
    if len(reason.split()) < 3:
        return Refusal("Say why it does not apply here.", "reason")
    return Refusal("It has to end after today.", "until") if until <= on else None


def may_explain(words: str) -> Refusal | None:
    return None if len(words.split()) >= 3 else Refusal("Write a sentence that a governor could read.", "words")


def may_delegate(*, since: date, until: date | None, on: date) -> Refusal | None:
    """A line of the scheme counts from today or later: how it stood on an earlier day is not rewritten."""
    if since < on:
        return Refusal("A line counts from today or later.", "since")
    if until is not None and until < since:
        return Refusal("It cannot end before it begins.", "until")
    return None


def may_withdraw(*, valid_from: date, own: bool, on: date) -> Refusal | None:
    """A version is taken back only while its day has not come; what held once is not unwritten."""
    if not own:
        return Refusal("This version came with Alongside. Give the duty a version of the trust’s own instead.")
    if valid_from <= on:
        return Refusal("Its day has come, so it stays. Give the duty another version from a later day.")
    return None


def may_ask(words: str) -> Refusal | None:
    return None if len(words.split()) >= 3 else Refusal("Ask in a sentence, so that it can be answered.", "words")


def may_answer(words: str, *, answered: bool) -> Refusal | None:
    if answered:
        return Refusal("This was answered already. Ask again, or say more beside the duty.")
    return None if len(words.split()) >= 3 else Refusal("Answer in a sentence that a governor could read.", "words")


# --- Who has accepted what ----------------------------------------------------------------------------------


class Accepted(StrEnum):
    """How the acceptance of a role's duties stands."""

    YES = "yes"
    AWAITED = "awaited"
    LATE = "late"


def acceptance(*, last: date | None, changed: date, on: date) -> Accepted:
    """From the last acceptance and the day on which what the role answers for last changed."""
    asked = changed
    if last is not None and last >= changed:
        if on - last <= ACCEPTED_FOR:
            return Accepted.YES
        asked = last + ACCEPTED_FOR
    return Accepted.AWAITED if on - asked <= ACCEPTED_WITHIN else Accepted.LATE


# --- Better or worse ---------------------------------------------------------------------------------------


class Trend(StrEnum):
    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    UNKNOWN = "unknown"


TREND_WORDS = {
    Trend.BETTER: "Better", Trend.SAME: "The same", Trend.WORSE: "Worse", Trend.UNKNOWN: "Not known yet",
}  # fmt: skip


def trend(then: Mapping[str, int], now: Mapping[str, int]) -> Trend:
    """From how many duties stood in each state: what is late or at risk is weighed first, then what is met.

    Duties that do not apply are left out on both sides, so that setting one aside makes nothing look better.
    """
    before, after = _weighed(then), _weighed(now)
    if before is None or after is None:
        return Trend.UNKNOWN
    if before == after:
        return Trend.SAME
    return Trend.BETTER if after < before else Trend.WORSE


def _weighed(states: Mapping[str, int]) -> tuple[float, float, float] | None:
    """Shares late, at risk and not met, of those that apply: the smaller the better; None where none applies."""
    applicable = sum(states.values()) - states.get(State.NOT_APPLICABLE, 0)
    if not applicable:
        return None
    late, risk, met = (states.get(state, 0) for state in (State.OVERDUE, State.AT_RISK, State.MET))
    return late / applicable, risk / applicable, 1 - met / applicable


# --- Figures that may be shown ----------------------------------------------------------------------------


def figures(counts: Counts, *, named: bool, noun: str = "cases") -> str:
    """The figures in words; for whoever may not know pupils, small numbers are left out, and so are their totals.

    Where one part is small, no part is said: the others would give it away.
    """
    if not counts.total:
        return ""
    parts = (
        (counts.met, "met"), (counts.due, "due"), (counts.at_risk, "at risk"), (counts.overdue, "overdue"),
        (counts.not_evidenced, "not evidenced"),
    )  # fmt: skip
    if not named and any(0 < number < SMALL for number, _ in parts):
        return f"Some parts have fewer than {SMALL}, so figures are not shown"
    said = ", ".join(f"{number} {words}" for number, words in parts if number)
    return f"{said}, of {counts.total} {noun if counts.total > 1 else noun.removesuffix('s')}"


def late_words(late: int, cases: int, *, pupils: bool = True) -> str:
    """How much stands behind a red state, '41 of 612 cases late'; of pupils no small number, nor what is left of one."""
    if not late:
        return ""
    if pupils and (late < SMALL or 0 < cases - late < SMALL):
        return f"fewer than {SMALL} cases late" if late < SMALL else "nearly all cases late"
    return f"{late:,} of {cases:,} {'cases' if cases > 1 else 'case'} late"


def shown(counts: Mapping[str, int]) -> tuple[dict[str, int | None], int | None]:
    """Groups of pupils with the small ones hidden, and their total; None where a number is hidden.

    Whoever adds and subtracts must not find a small one. So as many others, the smallest first, are hidden with it as
    it takes for each of the hidden to be possibly as large as what may be shown; where there are not enough others,
    the total is hidden too.
    """
    hidden = {name for name, number in counts.items() if 0 < number < SMALL}
    others = sorted((number, name) for name, number in counts.items() if number >= SMALL)
    while hidden and not _safe([counts[name] for name in hidden]) and others:
        hidden.add(others.pop(0)[1])
    total = sum(counts.values())
    safe = not hidden or _safe([counts[name] for name in hidden])
    return {name: None if name in hidden else number for name, number in counts.items()}, total if safe else None


def shown_together(
    one: Mapping[str, int], other: Mapping[str, int]
) -> tuple[dict[str, int | None], dict[str, int | None], int | None]:
    """Two cuts of the same pupils and their total. Each cut gives the total away, so both are safe or nothing is said."""
    first, total = shown(one)
    second, same = shown(other)
    if total is None or same is None:
        return dict.fromkeys(one), dict.fromkeys(other), None
    return first, second, total


def _safe(hidden: Sequence[int]) -> bool:
    """Whether each could be as large as what may be shown, when their sum is known and each is one at least."""
    return len(hidden) > 1 and sum(hidden) - (len(hidden) - 1) >= SMALL
