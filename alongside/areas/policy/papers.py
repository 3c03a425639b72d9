"""What changed in the policy, on paper: for staff, for families, and easy to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from alongside.areas.policy.queries import find_version
from alongside.areas.policy.rules import Reader
from alongside.base.access.actor import Actor
from alongside.base.documents.papers import Printed
from alongside.base.documents.word import Word
from alongside.base.schools.models import Trust
from alongside.kit import NotFound

_TITLES = {
    Reader.STAFF: "What has changed in the SEND policy", Reader.FAMILY: "What is new in how we help children",
    Reader.EASY: "What is new",
}  # fmt: skip
_MORE = {
    Reader.STAFF: "Sign in, open the policy, and confirm that you have read it.",
    Reader.FAMILY: "Do you want to know more, or to have this in your language? Ring the school.",
    Reader.EASY: "You can ask us. Ring the school.",
}
_SIZES = {Reader.STAFF: 11.0, Reader.FAMILY: 14.0, Reader.EASY: 16.0}


@dataclass(frozen=True, slots=True)
class SummaryPaper:
    version: int
    reader: Reader
    title: str
    line: str
    lines: tuple[str, ...]
    more: str
    trust: str
    printed: Printed

    @property
    def large(self) -> bool:
        return self.reader is not Reader.STAFF


def summary_paper(actor: Actor, version_id: int, reader: Reader, *, at: datetime) -> SummaryPaper:
    """The summary of a version for one kind of reader. Raises NotFound where none was written."""
    version = find_version(version_id)
    lines = tuple(line.strip() for line in version.summaries[reader].splitlines() if line.strip())
    if not lines:
        raise NotFound
    trust = Trust.objects.first()
    return SummaryPaper(
        version.pk, reader, _TITLES[reader], f"{version.reference}, {version.issue_on:%B %Y}", lines, _MORE[reader],
        trust.name if trust else "", Printed(actor.name, at.date(), at),
    )  # fmt: skip


def summary_word(paper: SummaryPaper) -> bytes:
    """The same as a Word document, to be put into another language or a larger print."""
    word = Word(paper.title, author=paper.trust or "Alongside", made=paper.printed.at, size=_SIZES[paper.reader])
    word.heading(paper.title)
    word.text(paper.line)
    word.lines(list(paper.lines))
    word.text(paper.more)
    return word.content()
