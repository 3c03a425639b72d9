"""When a policy is due, what makes a version current, what a review, a notice and an induction need. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from alongside.kit.reading import reading_age
from alongside.law import thresholds
from alongside.law.calendar import DAY, add_months
from alongside.law.refusal import Refusal

OPENS_BEFORE = timedelta(days=int(thresholds.POLICY_REVIEW_OPENS))
_MONTHS = int(thresholds.POLICY_REVIEW_MONTHS)
READING_AGE = int(thresholds.READING_AGE)
EASY_WORDS = 12  # words in a sentence of an easy-read copy, at most


class State(StrEnum):
    """Where a version stands. Follows from its dates; nobody types it."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    CURRENT = "current"
    SUPERSEDED = "superseded"


STATE_WORDS = {
    State.DRAFT: "Draft", State.IN_REVIEW: "In review", State.APPROVED: "Approved", State.CURRENT: "Current",
    State.SUPERSEDED: "Superseded",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """What decides how a version stands, and when it is to be reviewed."""

    issue: date  # the first day of its month
    next_review: date  # the first day of the month that it prints
    as_issued: bool = False  # came with the product: it prints what it prints
    asked_on: date | None = None
    approved_on: date | None = None
    body: str = ""
    minute: str = ""
    current_since: date | None = None
    superseded_on: date | None = None
    corrected: date | None = None  # the month that the director put in place of a wrong one


def state_of(version: VersionFacts) -> State:
    if version.superseded_on:
        return State.SUPERSEDED
    if version.current_since:
        return State.CURRENT
    if version.approved_on:
        return State.APPROVED
    return State.IN_REVIEW if version.asked_on else State.DRAFT


# --- The clock of the policy --------------------------------------------------------------------------------


def last_of_month(first: date) -> date:
    return add_months(first.replace(day=1), 1) - DAY


@dataclass(frozen=True, slots=True)
class Clock:
    """When the policy has to be reviewed: the earlier of a year after its issue and the end of the month it names."""

    from_issue: date
    from_print: date
    conflict: bool  # the month named is not after the issue, and nobody has put it right

    @property
    def due(self) -> date:
        return min(self.from_issue, self.from_print)


def clock_of(version: VersionFacts) -> Clock:
    stated = version.corrected or version.next_review
    return Clock(
        from_issue=add_months(version.issue, _MONTHS), from_print=last_of_month(stated),
        conflict=stated.replace(day=1) <= version.issue.replace(day=1),
    )  # fmt: skip


def next_due(clock: Clock, reviewed: date | None) -> date:
    """By when the next review has to be done: by the clock, or a year after the last review of this version."""
    return clock.due if reviewed is None else add_months(reviewed, _MONTHS)


def may_correct(*, issue: date, month: date, note: str) -> Refusal | None:
    """A corrected month comes after the issue and has its reason."""
    if month.replace(day=1) <= issue.replace(day=1):
        return Refusal("The review has to come after the month of issue. Choose a later month.", "month")
    return _sentence(note, "note", "Say who decided this and where it is written.")


def may_prepare(*, issue: date, next_review: date, completed_on: date | None, reference: str) -> Refusal | None:
    """A new version follows a completed review, and names a review that lies after its issue."""
    if completed_on is None:
        return Refusal("Complete the review first. A version is issued after its review, not before.")
    if not reference.strip():
        return Refusal("Give the version its reference, such as TB15.", "reference")
    if issue < completed_on:
        return Refusal(
            f"The review was completed on {completed_on.day} {completed_on:%B %Y}; the issue cannot be earlier. "
            "Choose a later day.",
            "issue_on",
        )
    if next_review.replace(day=1) <= issue.replace(day=1):
        return Refusal("The next review has to come after the month of issue. Choose a later month.", "next_review")
    return None


def may_approve(
    *, body: str, minute: str, day: date, on: date, missing: Collection[str], unanswered: int
) -> Refusal | None:
    """An approval has a body, a day and a minute; and both who review with the director have been heard and answered."""
    if missing:
        return Refusal(
            f"{' and '.join(missing)} {'has' if len(missing) == 1 else 'have'} not commented or declined yet. Ask first; "
            "a version is approved after that."
        )
    if unanswered:
        return Refusal(
            "A comment has no answer yet. Answer each one on the page of the review, then record the approval."
        )
    if not body.strip():
        return Refusal("Say which board approved it.", "body")
    if not minute.strip():
        return Refusal("Give the number of the minute, so that it can be found.", "minute")
    return Refusal("That day has not come yet.", "approved_on") if day > on else None


def may_publish(version: VersionFacts, *, summaries: Mapping[str, str]) -> Refusal | None:
    """Only what is approved becomes current, and it goes out with its summaries."""
    state = state_of(version)
    if state is State.CURRENT:
        return Refusal("This version is current already.")
    if state is State.SUPERSEDED:
        return Refusal("This version has been superseded. A version does not come back; prepare a new one.")
    if state is not State.APPROVED:
        return Refusal(
            "Record the board’s approval first: its day and the minute. Only an approved version is made current."
        )
    lacking = [words for words, text in summaries.items() if not text.strip()]
    if lacking and not version.as_issued:
        return Refusal(f"Write the summary for {lacking[0]} first. It is what people are told.")
    return None


# --- Summaries of what changed --------------------------------------------------------------------------------


def may_summarise(version: VersionFacts) -> Refusal | None:
    """A summary is written before it goes out; what people were told is not written over."""
    if state_of(version) in (State.CURRENT, State.SUPERSEDED):
        return Refusal("This version has gone out. What people were told stays as it was; write in the next version.")
    return None


class Reader(StrEnum):
    """For whom a summary is written."""

    STAFF = "staff"
    FAMILY = "family"
    EASY = "easy"


READER_WORDS = {Reader.STAFF: "staff", Reader.FAMILY: "families", Reader.EASY: "easy read"}


def check_family(text: str) -> Refusal | None:
    """What families are sent is read at nine years (policy section 9)."""
    age = reading_age(text)
    if age is not None and age > READING_AGE:
        return Refusal(
            f"This reads at {age} years. Families get words for {READING_AGE}: shorter sentences, plainer words.",
            "family",
        )
    return None


def check_easy(text: str) -> Refusal | None:
    """Easy read: one short sentence a line."""
    long = next((line for line in text.splitlines() if len(line.split()) > EASY_WORDS), None)
    if long is None:
        return None
    return Refusal(f"One short sentence a line, {EASY_WORDS} words at most. Too long: ‘{long[:40]}…’", "easy")


# --- Numbering --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Numbered:
    """A section by our number, with the numbers that the text gives it."""

    number: int
    heading: str
    listed: int | None
    printed: int | None
    resolved: bool = False

    @property
    def disagrees(self) -> bool:
        return self.listed != self.printed

    @property
    def explains(self) -> str:
        """Why somebody who knows the printed text may look elsewhere; empty where the two agree."""
        if not self.disagrees:
            return ""
        listed = f"The contents page lists it as {self.listed}" if self.listed else "The contents page does not list it"
        printed = f"the text prints {self.printed} over it" if self.printed else "its heading has no number in the text"
        return f"{listed}; {printed}."


@dataclass(frozen=True, slots=True)
class Offer:
    """A section that a searched number may mean, and why."""

    number: int
    why: str


def offers(asked: int, sections: Sequence[Numbered]) -> list[Offer]:
    """The sections that somebody may mean who says a number, our own first.

    A heading without a number is read as a part of the section printed before it: that one is offered as well.
    """
    found: dict[int, str] = {}
    for section in sections:
        if section.number == asked:
            found[section.number] = section.explains or "This is its number on the contents page and in the text."
    for before, section in pairwise(sections):
        if section.number == asked and section.printed is None and section.listed is not None:
            found.setdefault(
                before.number, f"‘{section.heading}’ has no number in the text and stands at the end of this section."
            )
    for section in sections:
        if section.printed == asked:
            found.setdefault(section.number, f"Printed as {asked} in the text. {section.explains}")
    return [Offer(number, why) for number, why in found.items()]


# --- The reference library --------------------------------------------------------------------------------------


def superseded(*, cited: str, in_force: str) -> bool:
    """Whether the edition that the policy cites is another than the one in force."""
    return bool(cited.strip() and in_force.strip() and cited.strip().casefold() != in_force.strip().casefold())


def check_overdue(checked_on: date | None, *, on: date) -> bool:
    """An entry is looked at once a year."""
    return checked_on is None or (on - checked_on).days > int(thresholds.YEARLY)


# --- The review -----------------------------------------------------------------------------------------------


class Kept(StrEnum):
    """What a review does with a clause."""

    KEPT = "kept"
    CHANGED = "changed"
    REMOVED = "removed"


KEPT_WORDS = {Kept.KEPT: "Kept", Kept.CHANGED: "Changed", Kept.REMOVED: "Removed"}


class Side(StrEnum):
    """Who reviews the policy together with the director."""

    CENTRAL = "central"
    TRUSTEES = "trustees"


SIDE_WORDS = {Side.CENTRAL: "the central team", Side.TRUSTEES: "the trustees"}
SIDE_ROLES: Mapping[str, Side] = {
    "central": Side.CENTRAL, "send_trustee": Side.TRUSTEES, "trustee": Side.TRUSTEES,
}  # fmt: skip


def side_of(roles: Iterable[str]) -> Side | None:
    return next((SIDE_ROLES[role] for role in roles if role in SIDE_ROLES), None)


def may_go_on(completed_on: date | None) -> Refusal | None:
    return None if completed_on is None else Refusal("This review has ended. What comes up goes to the next one.")


def may_decide(says: str) -> Refusal | None:
    return _sentence(says, "says", "Say why, in a sentence that somebody can look up in a year.")


def may_comment(*, side: Side | None, declined: bool, says: str, open_: bool) -> Refusal | None:
    if side is None:
        return Refusal("The central team and the trustees comment on a review. Ask one of them.")
    if not open_:
        return Refusal("This review has ended. What you think of the policy goes to the next one.")
    return None if declined else _sentence(says, "says", "Write what you think, or say that you have nothing to add.")


def may_complete(*, owner: str, owner_words: str, roles: Iterable[str], undecided: int, found: str) -> Refusal | None:
    """The review is completed by the role that answers for it (S19-01), or by one to which it was delegated."""
    if owner not in set(roles):
        return Refusal(
            f"This review is completed by {owner_words}. To let another role do it, delegate duty S19-01 to it first."
        )
    if undecided:
        clauses = "1 clause has" if undecided == 1 else f"{undecided} clauses have"
        return Refusal(f"{clauses} no decision yet. Keep, change or remove each one first.")
    return _sentence(found, "found", "Say what the review found.")


# The pages whose steps a flowchart may show.
WORKFLOWS = {
    "concerns:queue": "Raising a concern", "register:register": "The SEN register", "support:board": "Support plans",
    "provision:map": "Provision", "classroom:classes": "My classes", "duties:board": "Duties",
}  # fmt: skip


# --- Telling, reading, confirming ---------------------------------------------------------------------------


class Way(StrEnum):
    """How a family hears of a change."""

    PORTAL = "portal"
    LETTER = "letter"


def may_confirm(*, own: bool, opened: bool, summary: bool = True) -> Refusal | None:
    """Everybody confirms for themselves, and after they have opened it."""
    if not own:
        return Refusal("You can confirm only for yourself. Ask them to sign in and confirm.")
    if not opened:
        return Refusal("Open the policy first, then confirm that you have read it.")
    return None if summary else Refusal("Read the two-minute summary first.")


def may_sign_sheet(*, has_account: bool) -> Refusal | None:
    if has_account:
        return Refusal("They have an account of their own and confirm there. The sheet is for staff without one.")
    return None


@dataclass(frozen=True, slots=True)
class Question:
    """One of the three questions of the check."""

    asks: str
    answers: tuple[str, ...]
    right: int
    look: str  # where to look again


def check_answers(questions: Sequence[Question], answers: Sequence[int]) -> Refusal | None:
    """The first wrong answer, with where to look."""
    for number, (question, answer) in enumerate(zip(questions, answers, strict=True), start=1):
        if question.right != answer:
            return Refusal(question.look, f"question_{number}")
    return None


def may_add_flowchart(*, title: str, text: str, workflow: str, known: Collection[str]) -> Refusal | None:
    """Everybody gets the same steps, whether they see a drawing or hear words."""
    if not title.strip():
        return Refusal("Give the flowchart its title.", "title")
    if len(text.split()) < 8:
        return Refusal("Write its steps as text too, one a line, for whoever cannot see the drawing.", "text")
    return None if workflow in known else Refusal("Choose the page whose steps it shows.", "workflow")


def _sentence(text: str, field: str, reason: str) -> Refusal | None:
    return None if len(text.split()) >= 3 else Refusal(reason, field)
