"""Who may be placed on the SEN register, and taken off it. Pure.

SEN is a learning difficulty or disability (limb 1) that calls for provision different from or additional
to what is ordinarily made (limb 2): Children and Families Act 2014 s20-21. Low attainment, behaviour,
absence or English as an additional language alone are none (Code 6.21-6.24).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from alongside.law import codes
from alongside.law.refusal import Refusal

LONGEST_QUERY = 400
MOST_NEEDS = 4


class Kind(StrEnum):
    PLACE = "place"
    LEAVE = "leave"


class Told(StrEnum):
    """How a parent, or the young person, was told. A sent letter is not 'told'; one that was read or handed over is."""

    MEETING = "meeting"
    CALL = "call"
    LETTER = "letter"
    PORTAL = "page"


TOLD_WORDS = {
    Told.MEETING: "In a meeting",
    Told.CALL: "By telephone",
    Told.LETTER: "By a letter handed over",
    Told.PORTAL: "On the family page, read",
}


@dataclass(frozen=True, slots=True)
class NeedDraft:
    """A need as typed: code, rank from 1, and an area where the code has none of its own."""

    code: str
    rank: int
    area: str = ""


@dataclass(frozen=True, slots=True)
class Limbs:
    """The two limbs of the statutory test, and what each rests on."""

    difficulty: bool | None
    difficulty_says: str
    special: bool | None
    special_says: str
    evidence_on: date | None


def may_decide(
    provision: str, limbs: Limbs, needs: Sequence[NeedDraft], *, on: date, has_plan: bool, standing: str = ""
) -> Refusal | None:
    """Whether SEN support or an EHC plan may be decided. The first thing that is missing is named.

    `standing` is what the pupil has now. A council has weighed the limbs before it makes a plan, so that a plan
    asks for its record instead.
    """
    if provision == standing:
        return Refusal(
            f"This pupil already has {codes.PROVISIONS.words(provision)}. Change the needs instead.", "provision"
        )
    if provision == codes.Provision.PLAN:
        if not has_plan:
            return Refusal("An EHC plan needs its plan record first: which council made it, and when.", "provision")
        return may_hold(provision, needs, on=on)
    if has_plan:
        return Refusal("An EHC plan stands. Record the day on which the council ended it first.", "provision")
    return _limbs(limbs, on) or may_hold(provision, needs, on=on)


def needs_telling(provision: str) -> bool:
    """Whether the school has to tell the parent: only where no EHC plan is maintained (s68(1))."""
    return provision == codes.Provision.SUPPORT


def _limbs(limbs: Limbs, on: date) -> Refusal | None:
    if limbs.difficulty is None:
        return Refusal("Say whether there is a learning difficulty or disability.", "difficulty")
    if not limbs.difficulty:
        return Refusal(
            "Without a learning difficulty or disability this is not SEN. Good teaching and other help go on.",
            "difficulty",
        )
    if not limbs.difficulty_says.strip():
        return Refusal("Say what shows the difficulty: a measure, or what was seen and when.", "difficulty_says")
    if limbs.special is None:
        return Refusal("Say whether it calls for provision that is additional or different.", "special")
    if not limbs.special:
        return Refusal(
            "If ordinary provision is enough this is not SEN support. Consider reasonable adjustments instead.",
            "special",
        )
    if not limbs.special_says.strip():
        return Refusal("Say what is needed beyond what every pupil may have.", "special_says")
    if limbs.evidence_on is None:
        return Refusal("Give the date of the evidence.", "evidence_on")
    if limbs.evidence_on > on:
        return Refusal("The evidence cannot be dated after the decision.", "evidence_on")
    return None


def may_hold(provision: str, needs: Sequence[NeedDraft], *, on: date) -> Refusal | None:
    """Whether these needs may stand beside a provision: a main need, ranks without holes, codes of the day."""
    if all(need.rank != 1 for need in needs):
        return Refusal("Choose a main need. SEN support without one is refused by the school census.", "need_1")
    if sorted(need.rank for need in needs) != list(range(1, len(needs) + 1)):
        return Refusal("Rank the needs 1, 2 and so on, each once. 1 is the main need.", "need_1")
    if len({need.code for need in needs}) < len(needs):
        return Refusal("The same need stands twice.", "need_2")
    for need in needs:
        field = f"need_{need.rank}"
        fault = codes.NEED_TYPES.fault(need.code, on) or codes.may_hold(provision, need.code)
        if fault:
            return Refusal(fault, field)
        if not need.area and codes.default_area(need.code) is None:
            return Refusal(
                f"{codes.NEED_TYPES.words(need.code)} has no area of its own: choose one.", f"area_{need.rank}"
            )
    return None


def may_take_effect(
    provision: str, *, decided_on: date, starts_on: date, on: date, told_on: date | None, not_told_because: str
) -> Refusal | None:
    """A parent is told on or before the day special provision starts, or a lawful reason stands (s68)."""
    if starts_on < decided_on:
        return Refusal("It cannot start before it was decided.", "starts_on")
    if starts_on > on:
        return Refusal("That day is still to come. Start it on the day itself.", "starts_on")
    if not needs_telling(provision):
        return None
    if told_on is None and not not_told_because.strip():
        return Refusal(
            "You cannot make this SEN support yet. Tell the parent first, and say how and when; "
            "or give the lawful reason for not telling.",
            "told_on",
        )
    if told_on is not None and told_on > starts_on:
        return Refusal("The parent has to be told on or before the day SEN support starts.", "told_on")
    return None


def may_leave(
    *, has_plan: bool, reason: str, parent_view: str, pupil_view: str, no_views_because: str
) -> Refusal | None:
    """Coming off the register needs a decision with the views of parent and pupil, or why there are none.

    A council ends an EHC plan, not a school (Children and Families Act 2014 s45).
    """
    if has_plan:
        return Refusal("The council ends an EHC plan, not the school. Record the day on which it ended first.")
    if not reason.strip():
        return Refusal("Say why special provision is no longer needed.", "reason")
    if not (parent_view.strip() and pupil_view.strip()) and not no_views_because.strip():
        return Refusal("Write what the parent and the pupil said, or why you could not ask.", "parent_view")
    return None


HASTE = 10  # records that nobody can have read within a minute


def may_check(*, lately: int, sure: bool) -> Refusal | None:
    """A record is checked by reading it. `lately` counts what this person has checked within the last minute."""
    if lately >= HASTE and not sure:
        return Refusal(
            f"You have checked {lately} records within a minute. A check says that you read it: tick that you did.",
            "sure",
        )
    return None


def may_keep_view(name: str, query: str, others: Collection[str]) -> Refusal | None:
    """Whether a set of filters may be kept under a name."""
    if not name.strip():
        return Refusal("Give the view a name.", "name")
    if name.strip().casefold() in {other.casefold() for other in others}:
        return Refusal(f"You already have a view called '{name.strip()}'. Choose another name.", "name")
    if len(query) > LONGEST_QUERY:
        return Refusal("That is too many filters to keep. Clear some first.", "name")
    return None


def area_of(need: NeedDraft) -> str:
    """The broad area that a need stands in: chosen by hand, or the code's own."""
    own = codes.default_area(need.code)
    return need.area or (own.value if own else "")
