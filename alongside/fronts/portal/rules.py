"""Who may be invited, how long a way in stands open, and what families read of it. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from alongside.base.access.roles import ROLES
from alongside.law.refusal import Refusal


class Way(StrEnum):
    """How a secret reaches a family."""

    MAIL = "mail"
    LETTER = "letter"


LASTS = {Way.MAIL: timedelta(minutes=20), Way.LETTER: timedelta(days=21)}
LASTS_WORDS = {Way.MAIL: "20 minutes", Way.LETTER: "three weeks"}
MOST_AN_HOUR = 4  # links by e-mail to one person

# Without letters and figures that are taken for each other when a letter is read aloud or typed from a photocopy.
ALPHABET = "ACDEFGHJKLMNPQRTUVWXY3479"
CODE_LENGTH = 12


def spaced(code: str) -> str:
    """'KR7M 4XWP Q2TD': a code as a letter prints it."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def bare(typed: str) -> str:
    """A code or secret as it was typed, without the spaces and dashes of the letter."""
    return "".join(typed.split()).replace("-", "").upper()


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """What decides whether a contact of a pupil may be let in."""

    name: str
    barred: bool
    responsibility: bool
    lives_with: bool
    is_staff: bool


def may_invite(contact: ContactFacts, *, child: str) -> Refusal | None:
    """A parent is whoever holds parental responsibility or has care of the child (Education Act 1996 s576).

    A bar by court order stops everything.
    """
    if contact.barred:
        return Refusal(f"{contact.name} may not be contacted about {child}: a court order says so.")
    if not contact.responsibility and not contact.lives_with:
        return Refusal(
            f"{contact.name} holds no parental responsibility for {child} and {child} does not live with them, so this "
            "page is not theirs to see. Ask the school office if the record is wrong."
        )
    if contact.is_staff:
        return Refusal(
            f"{contact.name} works here and signs in as staff; their own child's page opens with that account."
        )
    return None


def may_enter(*, used_at: datetime | None, until: datetime, at: datetime, welcome: bool) -> Refusal | None:
    """Whether a secret still opens the door. All noes read alike, so that nothing is learned from them."""
    if used_at is not None or at > until or not welcome:
        return Refusal("This link or code does not work any more. Each works once. Ask for a new one.", "code")
    return None


# What a family reads for the pages that staff open. Whoever keeps children safe may look without standing here.
PAGE_WORDS = {
    "at a glance": "the first page",
    "brief": "what helps",
    "profile": "the one-page profile",
    "class sheet": "the class list of what helps",
    "plan": "the plan",
    "provision": "what school gives",
    "timeline": "what happened",
    "note": "a note",
}
ROLE_WORDS = {
    "senco": "leads extra help in school",
    "cover_senco": "leads extra help in school",
    "teacher": "teacher",
    "ta": "teaching assistant",
    "head": "headteacher",
    "admin": "school office",
}


def is_listed(role: str) -> bool:
    """Whether a family reads that somebody in this role looked: staff, but for the safeguarding lead."""
    return role in ROLES and ROLES[role].staff and role != "dsl"


def page_words(page: str) -> str:
    """Plain words for the page somebody opened."""
    return PAGE_WORDS.get(page, "the record")


def role_words(role: str) -> str:
    """What somebody who looked does in school, in plain words; '' when that would say nothing."""
    return ROLE_WORDS.get(role, "")
