"""From what a school may depart, with which words and on which days, and who decides. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from alongside.law import book, thresholds
from alongside.law.calendar import add_months
from alongside.law.dates import day_words
from alongside.law.refusal import Refusal
from alongside.law.rule import Rule
from alongside.law.sources import CODE, Weight

DECIDE_WITHIN = timedelta(days=int(thresholds.DEPARTURE_DECIDED))
LOOKED_AT = timedelta(days=int(thresholds.YEARLY))  # how far back a departure, and a late date, counts for a duty
_LONGEST = 12  # months
_CODE_BEGAN = date(2014, 9, 1)

# The Code repeats the Equality Act and the Admissions Code here: a "must", whatever the instrument that is named.
_REPEATS_THE_LAW = frozenset({"ADM-07"})

MUST = "A “must” cannot be departed from: it is kept, or it is broken."


def _of_schools(rule: Rule) -> bool:
    """A 'should' of the SEND Code that is said to schools, and not to the council."""
    return (
        rule.source.weight is Weight.CODE and rule.source.instrument == CODE
        and not rule.who.startswith("the local authority") and rule.code not in _REPEATS_THE_LAW
    )  # fmt: skip


def _place(rule: Rule) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", rule.source.place)[:2])


# What the Code asks of schools, by paragraph.
OF_THE_CODE: Mapping[str, Rule] = {
    rule.code: rule for rule in sorted(filter(_of_schools, book.RULES.values()), key=_place)
}

# A clock, and the rules a departure from which explains that it was missed: the agreed day is how the limit is kept.
EXPLAINED_BY: Mapping[str, tuple[str, ...]] = {"GA-06": ("GA-06", "GA-08"), "GA-08": ("GA-06", "GA-08")}


class About(StrEnum):
    """For whom the school did otherwise."""

    PUPIL = "pupil"
    GROUP = "group"
    SCHOOL = "school"


ABOUT_WORDS: Mapping[str, str] = {
    About.PUPIL: "One pupil", About.GROUP: "A group of pupils", About.SCHOOL: "The whole school",
}  # fmt: skip


class Decider(StrEnum):
    """Who decides on it."""

    HEAD = "head"
    SENCO = "senco"


DECIDER_WORDS: Mapping[str, str] = {Decider.HEAD: "The headteacher", Decider.SENCO: "The SENCO"}


class Decision(StrEnum):
    """What was decided."""

    AGREED = "agreed"
    REFUSED = "refused"


DECISION_WORDS: Mapping[str, str] = {Decision.AGREED: "Agreed", Decision.REFUSED: "Not agreed"}


class Show(StrEnum):
    """Which departures a list shows."""

    OPEN = "open"
    WAITING = "waiting"
    ENDED = "ended"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Draft:
    """A departure as typed."""

    about: str
    rule: str  # of the book; '' for another paragraph
    instead: str
    reason: str
    effect: str
    since: date
    paragraph: str = ""
    asks: str = ""
    group: str = ""
    follows: str = ""
    until: date | None = None
    decider: str = Decider.HEAD
    duty: str = ""


def may_log(*, draft: Draft, came: date | None, on: date, known: bool, heads: bool) -> Refusal | None:
    """A 'should' of the Code, what is done instead, a reason that says something, and days that can be.

    `came`: the day on which the pupil came to the school. `known`: the same departure stands in the log already.
    `heads`: the headteacher logs it, and so decides.
    """
    return (
        _wrong_place(draft) or _wrong_about(draft, heads=heads) or _empty(draft) or _wrong_days(draft, came, on)
        or (Refusal("This is logged already, from the same day. Add a line to that entry.") if known else None)
    )  # fmt: skip


def may_depart_from(rule: str) -> Refusal | None:
    """Only a 'should' of the Code. What binds, and what the trust itself promised, is not the Code's to leave open."""
    if rule in OF_THE_CODE:
        return None
    found = book.RULES.get(rule)
    if found is None:
        return Refusal("Choose what the Code asks.", "rule")
    if found.source.weight is Weight.STATUTE or found.code in _REPEATS_THE_LAW:
        return Refusal(f"“{found.name}” is a “must” ({found.source}). {MUST}", "rule")
    return Refusal(
        f"“{found.name}” is not something that the SEND Code asks of schools ({found.source}). This log is for the Code "
        "alone.",
        "rule",
    )


_PARAGRAPH = re.compile(r"(?:1[01]|[1-9])\.\d{1,3}", re.ASCII)


def _wrong_place(draft: Draft) -> Refusal | None:
    if draft.rule:
        return may_depart_from(draft.rule)
    if not draft.paragraph.strip():
        return Refusal("Choose what the Code asks, or give its paragraph.", "rule")
    if not _PARAGRAPH.fullmatch(draft.paragraph.strip()):
        return Refusal("Give the paragraph of the Code as a number, such as 6.44.", "paragraph")
    if says_nothing(draft.asks):
        return Refusal("Write what this paragraph asks, in its own words.", "asks")
    said = set(re.findall(r"[a-z]+", draft.asks.lower()))
    if "must" in said and "should" not in said:
        return Refusal(f"Where the Code says “must” it repeats the law. {MUST}", "asks")
    return None


def _wrong_about(draft: Draft, *, heads: bool) -> Refusal | None:
    if draft.about not in set(About):
        return Refusal("Choose whom it concerns.", "about")
    if draft.about == About.GROUP and (len(draft.group.split()) < 2 or says_nothing(draft.group, fewest=1)):
        return Refusal("Say which group, without a name: Year 7, the nurture class.", "group")
    if heads:
        return None
    if draft.decider not in set(Decider):
        return Refusal("Choose who decides.", "decider")
    if draft.decider == Decider.SENCO and draft.about != About.PUPIL:
        return Refusal("What concerns more than one pupil is the headteacher’s to decide.", "decider")
    return None


_EMPTY = frozenset({
    "none", "no reason", "no reason given", "not applicable", "see above", "as above", "to be confirmed", "not known",
    "do not know", "i do not know", "no effect at all", "nothing at all",
})  # fmt: skip


def says_nothing(words: str, *, fewest: int = 3) -> bool:
    """True of 'n/a', 'none', 'see above', dots and dashes, and of fewer words than a sentence has."""
    said = re.findall(r"[^\W\d_]+", words.lower())
    return len(said) < fewest or " ".join(said) in _EMPTY or len(set("".join(said))) < 3


def _empty(draft: Draft) -> Refusal | None:
    if says_nothing(draft.instead):
        return Refusal("Write what is done instead, in a sentence.", "instead")
    if says_nothing(draft.reason):
        return Refusal(
            "Write the reason in a sentence that a tribunal could read. Without one it is no departure.", "reason"
        )
    if says_nothing(draft.effect):
        return Refusal("Write what it means for the pupil, in a sentence. If nothing is known yet, say so.", "effect")
    return None


def _wrong_days(draft: Draft, came: date | None, on: date) -> Refusal | None:
    if draft.since > on:
        return Refusal("That day has not come. A departure is logged when it happens.", "since")
    if draft.since < _CODE_BEGAN:
        return Refusal("The Code began on 1 September 2014. Choose a later day.", "since")
    if came is not None and draft.since < came:
        return Refusal(f"The pupil came to this school on {day_words(came)}. Choose that day or a later one.", "since")
    if draft.until is None:
        return None
    if draft.until < draft.since:
        return Refusal("The last day comes before the first.", "until")
    if draft.until > add_months(draft.since, _LONGEST):
        return Refusal("A year at most. If it goes on after that, log it anew with the reason of that day.", "until")
    return None


# --- Afterwards ------------------------------------------------------------------------------------------


def may_decide(*, decision: str, words: str, decided: bool) -> Refusal | None:
    """A decision is made once. A no says why."""
    if decided:
        return Refusal("This is decided already. Add a line, or end it.")
    if decision not in set(Decision):
        return Refusal("Choose whether you agree.", "decision")
    if decision == Decision.REFUSED and says_nothing(words):
        return Refusal("Say why not, and what is to happen.", "words")
    return None


def may_add(words: str) -> Refusal | None:
    """A line below an entry, in a sentence."""
    return Refusal("Write what is to be added, in a sentence.", "words") if says_nothing(words) else None


def may_end(*, since: date, ended: bool, last_day: date, words: str, on: date) -> Refusal | None:
    """A departure ends on a day since it began, and with a word about what came of it."""
    if ended:
        return Refusal("This has ended already.")
    if last_day > on:
        return Refusal("That day has not come. End it on the day.", "last_day")
    if last_day < since:
        return Refusal(f"It began on {day_words(since)}. The last day cannot be before that.", "last_day")
    if says_nothing(words):
        return Refusal("Write what came of it, in a sentence.", "words")
    return None


def late_words(since: date, logged: date) -> str:
    """'logged 12 days later'; '' when it was logged as it happened."""
    days = (logged - since).days
    return f"logged {days} days later" if days > 1 else ""
