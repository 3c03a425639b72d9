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
class _Size:
    """One size of type, measured on printed sheets: letters to a line, and millimetres for each part."""

    fit: Fit
    room: float  # between the head of the table and the foot of the sheet
    letters: tuple[int, int, int]  # to a line of each column; safety is printed bold
    line: float
    row: float  # rules and space of a row
    least: float  # a row with two lines to write on
    half: int  # letters to a line of half the sheet
    below: float  # a line there
    head: float  # heads and space between table, columns and box
    notes: float  # lines for next week's plan


_SIZES = (
    _Size(Fit.EASY, 228, (22, 22, 21), 4.3, 3.6, 15.8, 49, 4.7, 21, 33),
    _Size(Fit.TIGHT, 232, (25, 25, 24), 3.65, 2.3, 11.8, 55, 4.2, 18, 23),
    _Size(Fit.TIGHTEST, 235, (29, 29, 27), 3.05, 1.5, 8.9, 62, 3.5, 16, 18),
)


def fit(
    rows: Sequence[tuple[str, str, str]], *, beside: tuple[Sequence[str], Sequence[str]], boxed: str
) -> tuple[Fit, bool]:
    """The largest type that keeps a sheet to one side, and whether lines to write on fit too.

    `rows` are the three columns of text of each pupil, `beside` the two columns under the table, `boxed` the
    emergency box. A large class on the register takes a second side in the smallest type.
    """
    for size in _SIZES:
        left = size.room - sum(_height(row, size) for row in rows) - _below(beside, boxed, size)
        if left >= 0:
            return size.fit, left >= size.notes
    return Fit.TIGHTEST, False


def _height(row: tuple[str, str, str], size: _Size) -> float:
    lines = max(_lines(text, letters) for text, letters in zip(row, size.letters, strict=True))
    return max(size.least, lines * size.line + size.row)


def _below(beside: tuple[Sequence[str], Sequence[str]], boxed: str, size: _Size) -> float:
    longer = max(sum(_lines(line, size.half) + 0.2 for line in column) for column in beside)
    return size.head + (max(1, longer) + _lines(boxed, 2 * size.half) + 1) * size.below


def _lines(text: str, width: int) -> int:
    """How many lines a text takes at a width, broken between words."""
    count, used = 1, 0
    for word in text.split():
        if used and used + 1 + len(word) > width:
            count, used = count + 1, len(word)
        else:
            used += len(word) + bool(used)
    return count
