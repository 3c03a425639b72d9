"""What a note is routed by, when a brief has been read, and what a class sheet says. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from alongside.law.refusal import Refusal


class NoteKind(StrEnum):
    BEHAVIOUR = "behaviour"
    LEARNING = "learning"
    CONCERN = "concern"


NOTE_WORDS = {NoteKind.BEHAVIOUR: "Behaviour", NoteKind.LEARNING: "Learning", NoteKind.CONCERN: "A worry"}


def may_write(text: str) -> Refusal | None:
    return Refusal("Write a few words.", "text") if len(text.split()) < 2 else None


def may_send(readers: Sequence[object], *, restricted: bool) -> Refusal | None:
    """A safeguarding note that nobody would read is worse than none: the writer has to speak to somebody today."""
    if restricted and not readers:
        return Refusal(
            "These words are for the designated safeguarding lead, and this school has none on record here. "
            "Nothing was saved. Tell your headteacher face to face, now.",
            "text",
        )
    return None


# --- The brief -------------------------------------------------------------------------------------------


class Seen(StrEnum):
    """Where one adult stands with a pupil's brief."""

    NEW = "new"
    CHANGED = "changed"
    SEEN = "seen"


def seen(*, number: int, confirmed: int | None) -> Seen:
    """From the brief's version and the last version this adult confirmed."""
    if confirmed is None:
        return Seen.NEW
    return Seen.SEEN if confirmed >= number else Seen.CHANGED


def may_confirm(*, opened: bool) -> Refusal | None:
    """Nobody confirms a brief they have not opened; there is no bulk."""
    return None if opened else Refusal("Open the brief first, then say 'Got it'.")


def check_brief(*, good_at: list[str], helps: list[str]) -> Refusal | None:
    """Strengths stand before needs: a brief opens with the pupil, not with a label."""
    if len([line for line in good_at if line.strip()]) < 2:
        return Refusal("Name at least two things the pupil is good at.", "good_at")
    if not any(line.strip() for line in helps):
        return Refusal("Say at least one thing that helps.", "helps")
    return None


# Names of conditions that a brief keeps to itself unless the family agreed. Medical ones that an adult must know
# to keep a pupil safe (epilepsy, asthma, an allergy) belong in the line about safety and are not among them.
_DIAGNOSES = re.compile(
    r"\b(?:autis(?:m|tic)|asperger\w*|ASD|A\.?D\.?H\.?D\.?|attention deficit|dyslexi\w+|dyspraxi\w+|dyscalculi\w+|DCD|DLD|PDA|"
    r"demand avoidance|down['’]?s? syndrome|tourette\w*|cerebral palsy|f[oe]+tal alcohol|FASD|attachment disorder|"
    r"conduct disorder|learning disabilit(?:y|ies))(?!\w)",
    re.IGNORECASE,
)
_IN_CAPITALS = re.compile(r"\b(?:ASC|ODD)\b")  # 'odd' is a word


def diagnosis_in(text: str) -> str:
    """The first diagnosis that a text names, as it was written; '' when it names none."""
    found = _DIAGNOSES.search(text) or _IN_CAPITALS.search(text)
    return found.group() if found else ""


def may_name(texts: Mapping[str, str], *, agreed: bool) -> Refusal | None:
    """A brief names no diagnosis unless family and pupil agreed that it helps. `texts` by field."""
    if agreed:
        return None
    for field, text in texts.items():
        if named := diagnosis_in(text):
            return Refusal(
                f"'{named}' is a diagnosis. Say what to do instead, so that every adult knows; or tick that family "
                "and pupil agreed to name it.",
                field,
            )
    return None


FORTNIGHT = timedelta(days=14)
_TWICE = 2


def not_helping(taps: Iterable[tuple[str, date]], *, on: date) -> list[str]:
    """Strategies that did not help twice in a fortnight, in order of name. `taps` are the days on which one did not."""
    counts: dict[str, int] = {}
    for strategy, day in taps:
        if on - FORTNIGHT < day <= on:
            counts[strategy] = counts.get(strategy, 0) + 1
    return sorted(strategy for strategy, count in counts.items() if count >= _TWICE)


# --- The class sheet -------------------------------------------------------------------------------------

SHARED_BY = 4
_PRONOUNS = frozenset(
    "a an and at for her his him he she them they their the to of in on with give let use make one s".split()
)


def _gist(line: str) -> frozenset[str]:
    """What a strategy is about, whatever pronoun it was written with."""
    return frozenset(word for word in re.findall(r"[^\W_]+", line.casefold()) if word not in _PRONOUNS)


def shared_helps(helps: Mapping[str, Sequence[str]]) -> list[tuple[str, list[str]]]:
    """Strategies that four or more pupils have in common, the most shared first; `helps` by name of pupil."""
    words: dict[frozenset[str], str] = {}
    who: dict[frozenset[str], list[str]] = {}
    for name, lines in helps.items():
        for gist in dict.fromkeys(_gist(line) for line in lines):
            if gist:
                who.setdefault(gist, []).append(name)
        for line in lines:
            words.setdefault(_gist(line), line)
    shared = [(words[gist], names) for gist, names in who.items() if len(names) >= SHARED_BY]
    return sorted(shared, key=lambda pair: (-len(pair[1]), pair[0]))


def shred_on(printed: date) -> date:
    """The Friday of the week it was printed for; a sheet printed at a weekend is for the week that comes."""
    return printed + timedelta(days=(4 - printed.weekday()) % 7)


class Fit(StrEnum):
    """The size of type with which a class sheet stays on one side of A4."""

    EASY = ""
    TIGHT = "sheet-tight"
    TIGHTEST = "sheet-tightest"


@dataclass(frozen=True, slots=True)
class Size:
    """One size of type: letters to a line of each column, and millimetres a line and a row need."""

    fit: Fit
    columns: tuple[int, int, int]
    line: float
    row: float
    wide: int  # letters to a line across half the sheet


# Measured on printed sheets in Atkinson Hyperlegible Next; rounded towards caution.
_SIZES = (
    Size(Fit.EASY, (22, 22, 24), 4.6, 3.4, 48),
    Size(Fit.TIGHT, (25, 25, 27), 3.9, 2.4, 56),
    Size(Fit.TIGHTEST, (29, 29, 31), 3.3, 1.6, 64),
)
_ROOM = 206.0  # millimetres between the head of the table and the foot of the sheet
_NOTES = 26.0  # lines for next week's plan


def fit(rows: Sequence[tuple[str, str, str]], *, beside: Sequence[str], boxed: str) -> tuple[Fit, bool]:
    """The largest type that keeps a sheet to one side, and whether lines to write on fit too.

    `rows` are the three columns of text of each pupil, `beside` the lines under the table, `boxed` the emergency box.
    """
    for size in _SIZES:
        needed = sum(_height(row, size) for row in rows) + _below(beside, boxed, size)
        if needed + _NOTES <= _ROOM:
            return size.fit, True
        if needed <= _ROOM:
            return size.fit, False
    return Fit.TIGHTEST, False


def _height(row: tuple[str, str, str], size: Size) -> float:
    lines = max(2, *(_lines(text, width) for text, width in zip(row, size.columns, strict=True)))
    return lines * size.line + size.row


def _below(beside: Sequence[str], boxed: str, size: Size) -> float:
    columns = sum(_lines(line, size.wide) + 0.5 for line in beside)
    return 14.0 + columns * size.line + (_lines(boxed, 2 * size.wide) + 2) * size.line


def _lines(text: str, width: int) -> int:
    """How many lines a text takes at a width, broken between words."""
    count, used = 1, 0
    for word in text.split():
        if used and used + 1 + len(word) > width:
            count, used = count + 1, len(word)
        else:
            used += len(word) + bool(used)
    return count
