"""What a change notice has before it goes out, and what may be done with it and with a school's task. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit

from alongside.law.dates import day_words
from alongside.law.refusal import Refusal


class Reach(StrEnum):
    """Whom a change concerns."""

    NATIONAL = "national"
    LOCAL = "local"


REACH_WORDS: Mapping[str, str] = {Reach.NATIONAL: "National", Reach.LOCAL: "Local"}


class Stand(StrEnum):
    """How far a school is with a change; each school is in one of these on a day."""

    LATE = "late"
    WAITING = "waiting"
    ACKNOWLEDGED = "acknowledged"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Draft:
    """A notice as typed. `la` and `schools` say which schools a local change concerns."""

    title: str
    reach: str = Reach.NATIONAL
    council: str = ""
    la: str = ""
    schools: tuple[int, ...] = ()  # ticked: schools whose local authority is not known
    summary: str = ""
    source: str = ""
    link: str = ""
    effective_on: date | None = None
    todo: str = ""
    due_on: date | None = None
    why_late: str = ""


# --- The notice -------------------------------------------------------------------------------------------

_MUST = (
    ("title", "Give the change a title."),
    ("summary", "Say in a few sentences what changes."),
    ("source", "Say where the change is written: the law, the guidance or the letter."),
    ("effective_on", "Give the day on which the change takes effect."),
    ("todo", "Say what each school is to do."),
    ("due_on", "Give the day by which it is to be done."),
)


def check_draft(draft: Draft) -> Refusal | None:
    """What even a draft needs: a title, whom it concerns, and an address that is one."""
    if not draft.title.strip():
        return Refusal(_MUST[0][1], "title")
    if draft.reach not in REACH_WORDS:
        return Refusal("Say whether the change is national or local.", "reach")
    return check_link(draft.link)


def may_change(*, published: bool) -> Refusal | None:
    """Schools work by what they were sent, so it stays as it was sent."""
    if published:
        return Refusal(
            "The notice is published, so its words stay as they are. Withdraw it and write another, or add to it."
        )
    return None


def may_publish(draft: Draft, *, concerned: Collection[int], on: date) -> Refusal | None:
    """A whole notice, for at least one school, with days that can be kept."""
    for field, words in _MUST:
        value = getattr(draft, field)
        if value is None or (isinstance(value, str) and not value.strip()):
            return Refusal(words, field)
    return _for_whom(draft, concerned) or _by_when(draft, on)


def _for_whom(draft: Draft, concerned: Collection[int]) -> Refusal | None:
    if draft.reach == Reach.LOCAL and not draft.council.strip():
        return Refusal("Name the council or partnership whose change it is.", "council")
    if not concerned:
        return Refusal("No school is concerned. Choose the local authority, or tick the schools.", "la")
    return None


def _by_when(draft: Draft, on: date) -> Refusal | None:
    assert draft.due_on is not None
    assert draft.effective_on is not None
    if draft.due_on < on:
        return Refusal("The day by which it is to be done has passed. Give a day that schools can keep.", "due_on")
    if draft.due_on > draft.effective_on and not draft.why_late.strip():
        return Refusal(
            f"The change takes effect on {day_words(draft.effective_on)}, before it is to be done. Give a day up to then, or "
            "say why it is later.",
            "due_on",
        )
    return None


_PLAIN = re.compile(r"[A-Za-z0-9._~:/?#@!$&()*+,;=%\[\]-]+")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")


def check_link(link: str) -> Refusal | None:
    """An address, where there is one, begins with https:// and names a public host and nobody's name or password."""
    wrong = Refusal("Give the whole address, beginning with https://, or leave it empty.", "link")
    if not link:
        return None
    if not _PLAIN.fullmatch(link):
        return wrong
    try:
        parts = urlsplit(link)
        fine = parts.scheme == "https" and "@" not in parts.netloc and _HOST.fullmatch(parts.hostname or "")
        return None if fine and parts.port in (None, 443) else wrong
    except ValueError:
        return wrong


def may_withdraw(*, published: bool, withdrawn: bool, reason: str) -> Refusal | None:
    if not published:
        return Refusal("The notice is a draft. Throw it away instead.")
    if withdrawn:
        return Refusal("The notice is withdrawn already.")
    return None if reason.strip() else Refusal("Say why it is withdrawn: the schools read it.", "reason")


def may_add(words: str, *, standing: bool) -> Refusal | None:
    if not standing:
        return Refusal("The notice does not stand, so nothing is added to it.")
    return None if words.strip() else Refusal("Write what is to be added.", "words")


# --- A school's task --------------------------------------------------------------------------------------


def stand(*, done: bool, acknowledged: bool, due_on: date, on: date) -> Stand:
    """How far a school is on a day. Late is whoever has not done it by its day, acknowledged or not."""
    if done:
        return Stand.DONE
    if due_on < on:
        return Stand.LATE
    return Stand.ACKNOWLEDGED if acknowledged else Stand.WAITING


def may_acknowledge(*, standing: bool, acknowledged: bool) -> Refusal | None:
    if not standing:
        return Refusal("The notice is withdrawn. There is nothing to do.")
    return Refusal("It is acknowledged already.") if acknowledged else None


def may_finish(words: str, *, standing: bool, done: bool) -> Refusal | None:
    if not standing:
        return Refusal("The notice is withdrawn. There is nothing to do.")
    if done:
        return Refusal("It is noted as done already.")
    return None if words.strip() else Refusal("Say in a few words what was done.", "words")


# --- The thread -------------------------------------------------------------------------------------------


def may_ask(words: str, *, standing: bool) -> Refusal | None:
    if not standing:
        return Refusal("The notice is withdrawn. Ask the central team directly.")
    return None if words.strip() else Refusal("Write your question.", "words")


def may_answer(words: str, *, answered: bool) -> Refusal | None:
    if answered:
        return Refusal("This question is answered already.")
    return None if words.strip() else Refusal("Write the answer.", "words")
