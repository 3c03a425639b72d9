"""A pupil's one-page profile on paper: in the first person, large, with a picture beside what has one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import ClassVar

from alongside.areas.classroom import queries
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.documents.papers import Printed, Said
from alongside.base.documents.word import Word
from alongside.base.pupils.models import Pupil
from alongside.design.symbols import CREDIT, symbol
from alongside.design.words import year_day
from alongside.kit import NotFound

# 'Please do not' is printed once, however the line was typed.
_OPENINGS = ("please do not ", "please don't ", "please don’t ", "do not ", "don't ", "don’t ")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing, and the name of the symbol that goes with it; '' when none does."""

    text: str
    picture: str


@dataclass(frozen=True, slots=True)
class ProfilePaper:
    kind: ClassVar[str] = "profile"

    pupil: Pupil
    version: int
    liked: str
    line: str
    said_as: str
    said: Said | None
    boxes: tuple[tuple[str, tuple[Line, ...]], ...]
    please_do_not: str
    people: str
    home: str
    foot: str
    school: str
    printed: Printed

    @property
    def title(self) -> str:
        return f"One-page profile, {self.liked}"

    @property
    def listed(self) -> str:
        """Its line in the list of papers."""
        return f"One-page profile, version {self.version}"

    @property
    def pictures(self) -> list[str]:
        return sorted({line.picture for _, lines in self.boxes for line in lines if line.picture})

    @property
    def credit(self) -> str:
        """Whose pictures they are, where there are any."""
        return f"{CREDIT}." if self.pictures else ""

    @property
    def pairs(self) -> list[tuple[tuple[str, tuple[Line, ...]], ...]]:
        """The boxes two by two, as they stand on the sheet."""
        return [self.boxes[at : at + 2] for at in range(0, len(self.boxes), 2)]


def profile_paper(actor: Actor, pupil_id: int, *, on: date, at: datetime) -> ProfilePaper:
    """The profile. Raises NotFound unless this person may read the brief and issue papers at its school."""
    page = queries.profile_page(actor, pupil_id, on=on)
    if not actor.may(Permission.DOCUMENTS, page.pupil.school_id):
        raise NotFound
    boxes = (
        ("What I am good at", _lines(page.good_at)),
        ("What matters to me", _lines(page.matters)),
        ("What helps me", _lines(page.helps)),
        ("When I am stuck", _lines(page.stuck)),
    )
    return ProfilePaper(
        pupil=page.pupil,
        version=page.number,
        liked=page.head.liked,
        line=page.line,
        said_as=page.said_as,
        said=Said(page.own_words, page.own_words_by, page.helped) if page.own_words.strip() else None,
        boxes=tuple(box for box in boxes if box[1]),
        please_do_not=bare_request(page.please_do_not),
        people=page.people.strip(),
        home=page.home,
        foot=f"Version {page.number}, {year_day(page.made_on)}.",
        school=page.pupil.school.name,
        printed=Printed(actor.name, on, at),
    )


def bare_request(words: str) -> str:
    """What follows 'Please do not': 'Do not shout at me' gives 'shout at me'."""
    text = words.strip()
    opening = next((o for o in _OPENINGS if text.casefold().startswith(o)), "")
    text = text[len(opening) :].strip()
    shout = text[:2].isupper() or text.split(" ")[0] == "I"
    return text if shout or not text else text[0].lower() + text[1:]


def _lines(texts: Sequence[str]) -> tuple[Line, ...]:
    return tuple(Line(text.strip(), PurePath(symbol(text)).stem) for text in texts if text.strip())


def profile_word(paper: ProfilePaper) -> bytes:
    """The profile as a Word document. Its pictures are drawings that Word cannot hold, so the words stand alone."""
    word = Word(paper.title, author=paper.school, made=paper.printed.at, size=14)
    word.heading(paper.liked)
    word.text(f"{paper.line} You say it {paper.said_as}." if paper.said_as else paper.line)
    if paper.said:
        word.voice(paper.said.words, paper.said.by)
    for heading, lines in paper.boxes:
        word.heading(heading, 2)
        word.lines([line.text for line in lines])
    if paper.please_do_not:
        word.text(paper.please_do_not, bold="Please do not")
    if paper.people:
        word.text(paper.people, bold="My people:")
    if paper.home:
        word.text(paper.home, bold="Ask")
    word.foot(f"{paper.foot} {paper.printed}")
    return word.content()
