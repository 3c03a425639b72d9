"""The duty statement on paper: how every duty of a school stood on a day, and on what each state rests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from alongside.areas.duties import queries
from alongside.areas.duties.rules import STATE_WORDS
from alongside.base.access.actor import Actor
from alongside.base.documents.papers import Printed
from alongside.base.documents.word import Word
from alongside.base.evidence.proofs import Evidence, State
from alongside.design.words import full_day, short_day

RESTED = {Evidence.COMPUTED: "Records", Evidence.OBSERVED: "Seen by others", Evidence.ATTESTED: "Somebody’s word"}
HEADS = ("Duty", "State", "Rests on", "Figures", "Owner", "Since")
_WIDTHS = (62.0, 22.0, 24.0, 32.0, 22.0, 12.0)


@dataclass(frozen=True, slots=True)
class PaperSection:
    name: str
    rows: tuple[tuple[str, ...], ...]  # as `HEADS` has them


@dataclass(frozen=True, slots=True)
class StatementPaper:
    """The statement of a school. No pupil is named in it, whoever prints it."""

    kind: ClassVar[str] = "duty-statement"

    school_id: int
    school: str
    on: date
    line: str
    totals: tuple[tuple[str, str], ...]
    sections: tuple[PaperSection, ...]
    foot: str
    printed: Printed

    @property
    def title(self) -> str:
        return f"Duty statement, {self.school}"


def statement_paper(actor: Actor, school_id: int, *, of: date, on: date, at: datetime) -> StatementPaper:
    """The statement as of a day, printed on another. Raises NotFound for a school that is not this person's."""
    page = queries.board_page(actor, on=of, school_id=school_id)
    shares = page.shares
    rest = (
        f"Of these {shares.of(shares.computed)} are proved by records, {shares.of(shares.observed)} were seen by "
        f"somebody else and {shares.of(shares.attested)} rest on somebody’s word."
    )
    return StatementPaper(
        page.school_id, page.school, of,
        f"As things stood on {full_day(of)}. {shares.met} of {shares.applicable} duties that apply were met. {rest}",
        tuple((each.words, str(each.count)) for each in page.totals),
        tuple(
            PaperSection(
                f"Section {section.number}: {section.name}" if section.number else section.name, tuple(map(_row, section.rows))
            )
            for section in page.sections
        ),
        f"How duties stood at {page.school} on {full_day(of)}. States are computed, never typed.",
        Printed(actor.name, on, at),
    )  # fmt: skip


def _row(row: queries.DutyRow) -> tuple[str, ...]:
    return (
        f"{row.title} ({row.code})", STATE_WORDS[row.state], _rests(row), row.figures or row.why or "–", row.owner,
        short_day(row.since),
    )  # fmt: skip


def _rests(row: queries.DutyRow) -> str:
    """What a state rests on; a duty without evidence rests on nothing."""
    return "–" if row.state in (State.NOT_EVIDENCED, State.NOT_APPLICABLE) else RESTED[Evidence(row.evidence)]


def statement_word(paper: StatementPaper) -> bytes:
    """The statement as a Word document."""
    word = Word(paper.title, author=paper.school, made=paper.printed.at, size=9)
    word.heading(paper.title)
    word.text(paper.line)
    word.lines([f"{name}: {number}" for name, number in paper.totals])
    for section in paper.sections:
        word.heading(section.name, 2)
        word.table(section.name, HEADS, section.rows, _WIDTHS)
    if not paper.sections:
        word.text("Nothing is known of that day.")
    word.foot(f"{paper.foot} {paper.printed}")
    return word.content()
