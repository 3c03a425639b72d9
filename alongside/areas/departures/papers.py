"""The departures statement of one pupil, for a tribunal: each departure with its reason, and what was late without one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from alongside.areas.departures import queries, rules
from alongside.areas.departures.queries import DeparturePage, Late
from alongside.base.access.actor import Actor
from alongside.base.documents.papers import Printed
from alongside.base.documents.word import Word
from alongside.base.pupils.models import Pupil
from alongside.design.words import full_day, year_day

LAW = (
    "A school has regard to the SEND Code of Practice (Children and Families Act 2014, section 77). Where the Code says "
    "“should” a school may do otherwise with a reason that it can explain. Where the law says “must” it may not."
)
HEADS = ("What was due", "The Code", "Due on", "What was said of it")
_WIDTHS = (52.0, 44.0, 26.0, 52.0)
NO_ENTRY = "Nothing was said."


@dataclass(frozen=True, slots=True)
class Entry:
    """One departure on paper."""

    heading: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Departures of one kind; `none` is said where there are none."""

    heading: str
    entries: tuple[Entry, ...]
    none: str


@dataclass(frozen=True, slots=True)
class StatementPaper:
    """The departures statement of a pupil."""

    kind: ClassVar[str] = "departures-statement"

    pupil: Pupil
    liked: str
    line: str
    parts: tuple[Part, ...]
    late: tuple[tuple[str, ...], ...]
    foot: str
    school: str
    printed: Printed

    @property
    def title(self) -> str:
        return f"Departures from the SEND Code, {self.liked}"

    @property
    def listed(self) -> str:
        """Its line in the list of papers."""
        return "Departures from the SEND Code"


def statement_paper(actor: Actor, pupil_id: int, *, on: date, at: datetime) -> StatementPaper:
    """The statement as things stand today. Raises NotFound unless this person keeps the log of the pupil's school."""
    found = queries.statement(actor, pupil_id, on=on, page="departures statement")
    liked, school = found.head.liked, found.pupil.school.name
    parts = [
        Part(f"About {liked}", _entries(found.own, on), f"No departure about {liked} is recorded."),
        Part("About the whole school", _entries(found.school, on), "No departure of the whole school is recorded."),
    ]
    if found.groups:
        parts.append(Part("About groups of pupils at the school", _entries(found.groups, on), ""))
    return StatementPaper(
        found.pupil, liked,
        f"{found.head.full_name}, {found.head.class_name or found.head.year}, {school}. As recorded on {full_day(on)}.",
        tuple(parts), tuple(map(_late, found.late)),
        f"Departures from the SEND Code recorded at {school}. An entry is never deleted and its reason never changed.",
        school, Printed(actor.name, on, at),
    )  # fmt: skip


def _entries(pages: tuple[DeparturePage, ...], on: date) -> tuple[Entry, ...]:
    return tuple(_entry(number, page, on) for number, page in enumerate(pages, start=1))


def _entry(number: int, page: DeparturePage, on: date) -> Entry:
    row = page.row
    late = f", {page.late}" if page.late else ""
    facts = (
        ("For whom", row.group),
        ("What the Code asks", row.asks),
        ("What was done instead", row.instead),
        ("Reason", row.reason),
        *((f"Added on {year_day(day)}", f"{words} ({by})") for words, by, day in page.additions),
        ("Effect on the pupil", row.effect),
        ("What follows", row.follows),
        ("From", year_day(row.since)),
        ("Until", _until(page, on)),
        ("Decided by", _decided(page)),
        ("Logged by", f"{page.logged_by}, {year_day(row.on)}{late}"),
        ("What came of it", row.came_of_it),
    )
    return Entry(f"{number}. Paragraph {row.where}", tuple((name, value) for name, value in facts if value.strip()))


def _until(page: DeparturePage, on: date) -> str:
    last = page.row.ended_on or page.row.until
    if last is None:
        return "It goes on."
    return f"{year_day(last)}{', and goes on until then' if last >= on and page.row.ended_on is None else ''}"


def _decided(page: DeparturePage) -> str:
    row = page.row
    decider = rules.DECIDER_WORDS[row.decider]
    if row.decided_on is None:
        return f"Nobody yet. {decider} was asked on {year_day(row.on)}."
    said = rules.DECISION_WORDS[row.decision]
    words = f" {row.decided_words}" if row.decided_words else ""
    return f"{page.decided_by}, {decider[4:]}, {year_day(row.decided_on)}: {said.lower()}.{words}"


def _late(row: Late) -> tuple[str, ...]:
    return row.what, f"{row.rule}, paragraph {row.where}", year_day(row.due), row.why or NO_ENTRY


def statement_word(paper: StatementPaper) -> bytes:
    """The statement as a Word document."""
    word = Word(paper.title, author=paper.school, made=paper.printed.at)
    word.heading(paper.title)
    word.text(paper.line)
    word.text(LAW)
    for part in paper.parts:
        word.heading(part.heading, 2)
        if not part.entries:
            word.text(part.none)
        for entry in part.entries:
            word.heading(entry.heading, 3)
            for name, value in entry.facts:
                word.text(value, bold=f"{name}:")
    word.heading("Late, and no departure is recorded", 2)
    if paper.late:
        word.table("Dates of the Code that were missed in the last year", HEADS, paper.late, _WIDTHS)
    else:
        word.text("No date of the Code was missed in the last year without an entry.")
    word.foot(f"{paper.foot} {paper.printed}")
    return word.content()
