"""Pages of the policy's text: the library's front, a version, the clause map, what is odd, the law and guidance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from alongside.areas.duties import compute
from alongside.areas.duties.rules import HoldsFor
from alongside.areas.policy import rules, shipped
from alongside.areas.policy.models import (
    Clause,
    Comment,
    Flowchart,
    OddityNote,
    Reading,
    Reference,
    Review,
    Section,
    Version,
)
from alongside.areas.policy.rules import STATE_WORDS, Clock, Numbered, Offer, State
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.access.web import may_open
from alongside.kit import NotFound
from alongside.kit.numbers import whole
from alongside.law import book
from alongside.law.sources import Weight

P = Permission


def version_in_use() -> Version | None:
    """The current version; before there is one, the newest that is here: the text as issued."""
    return Version.objects.current().first() or Version.objects.order_by("-issue_on", "-pk").first()


def find_version(version_id: int) -> Version:
    """Raises NotFound."""
    version = Version.objects.select_related("review").filter(pk=version_id).first()
    if version is None:
        raise NotFound
    return version


def unheard(review: Review | None) -> tuple[list[str], int]:
    """Which side has not been heard, in words; and how many comments have no answer. A text as issued asks nobody."""
    if review is None:
        return [], 0
    comments = list(Comment.objects.filter(review=review))
    heard = {comment.side for comment in comments}
    missing = [words for side, words in rules.SIDE_WORDS.items() if side not in heard]
    return missing, sum(1 for comment in comments if not comment.declined and not comment.reply)


def reviewed_on(version: Version) -> date | None:
    """When a review of this very version was last completed."""
    last: date | None = version.reviews.aggregate(last=Max("completed_on"))["last"]
    return last


def clauses_of(version: Version) -> list[Clause]:
    """Every clause of a version, in order."""
    found = Clause.objects.filter(section__version=version).select_related("section")
    return list(found.order_by("section__number", "number"))


def reading_of(actor: Actor) -> Reading | None:
    """This person's own reading of the current version, if they were told of it or have opened it."""
    mine = Reading.objects.filter(version__in=Version.objects.current(), person=actor.person_id)
    return mine.select_related("version", "person").first()


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version with its state and its clock."""

    version: Version
    state: State
    words: str
    clock: Clock


def _row(version: Version) -> VersionRow:
    facts = version.facts()
    state = rules.state_of(facts)
    return VersionRow(version, state, STATE_WORDS[state], rules.clock_of(facts))


@dataclass(frozen=True, slots=True)
class HomePage:
    """The front of the library."""

    now: VersionRow | None
    versions: tuple[VersionRow, ...]
    reading: Reading | None  # this person's own, while it is not confirmed
    review: Review | None  # the one that is open
    due: date | None  # by when the next review has to be done
    opens_on: date | None
    overdue: bool
    opens: bool  # time for a review, and none is open
    conflicts: int
    odd: int
    replaced: int
    keeps: bool
    comments: bool
    confirmations: bool
    families: bool
    sheet: bool


def home_page(actor: Actor, *, on: date) -> HomePage:
    """The current version, what it waits for, and what this person has to do."""
    version = version_in_use()
    now = _row(version) if version else None
    reading = reading_of(actor)
    review = Review.objects.filter(completed_on=None).select_related("version").first()
    conflicts = [section.numbered() for section in version.sections.all()] if version else []
    due = rules.next_due(now.clock, reviewed_on(now.version)) if now else None
    opens_on = due - rules.OPENS_BEFORE if due else None
    return HomePage(
        now=now, versions=tuple(_row(each) for each in Version.objects.select_related("review")),
        reading=reading if reading and reading.confirmed_on is None else None, review=review,
        due=due, opens_on=opens_on, overdue=bool(due and due < on), opens=bool(opens_on and review is None and opens_on <= on),
        conflicts=sum(1 for numbered in conflicts if numbered.disagrees and not numbered.resolved),
        odd=len(shipped.oddities()) - OddityNote.objects.count(),
        replaced=sum(1 for item in Reference.objects.all() if item.superseded),
        keeps=actor.may(P.POLICY_KEEP), comments=actor.may(P.POLICY_COMMENT),
        confirmations=actor.may(P.POLICY_CONFIRMATIONS), families=actor.may(P.FAMILY_INVITE),
        sheet=actor.may(P.POLICY_SHEET),
    )  # fmt: skip


# --- A version as text ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ClauseText:
    """A clause with what it asks, in our own words."""

    id: int
    code: str
    title: str
    says: tuple[str, ...]
    duties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionText:
    numbered: Numbered
    id: int
    clauses: tuple[ClauseText, ...]
    note: str


@dataclass(frozen=True, slots=True)
class VersionPage:
    row: VersionRow
    sections: tuple[SectionText, ...]
    flowcharts: tuple[
        tuple[Flowchart, str, bool], ...
    ]  # with the name of its page, and whether this person may open it
    review: Review | None
    reading: Reading | None
    keeps: bool
    missing: tuple[str, ...]  # who has not been heard
    unanswered: int


def version_page(actor: Actor, version_id: int, *, on: date) -> VersionPage:
    """A version section by section. Raises NotFound."""
    version = find_version(version_id)
    missing, unanswered = unheard(version.review)
    mine = reading_of(actor)
    return VersionPage(
        row=_row(version), sections=sections_of(version, on),
        flowcharts=tuple(
            (chart, rules.WORKFLOWS[chart.workflow], may_open(actor, chart.workflow))
            for chart in version.flowcharts.order_by("pk")
        ),
        review=version.review, reading=mine if mine and mine.version_id == version.pk else None,
        keeps=actor.may(P.POLICY_KEEP), missing=tuple(missing), unanswered=unanswered,
    )  # fmt: skip


def sections_of(version: Version, on: date) -> tuple[SectionText, ...]:
    """The text of a version: each clause with what it asks, in plain words."""
    duties = compute.catalogue(on)
    by_section: dict[int, list[ClauseText]] = {}
    for clause in clauses_of(version):
        says = tuple(duties[code].says for code in clause.duties if code in duties)
        text = ClauseText(clause.pk, clause.code, clause.title, says, tuple(clause.duties))
        by_section.setdefault(clause.section_id, []).append(text)
    return tuple(
        SectionText(section.numbered(), section.pk, tuple(by_section.get(section.pk, ())), section.resolved_note)
        for section in version.sections.all()
    )


# --- The clause map -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MapPage:
    version: Version | None
    asked: str
    offers: tuple[tuple[Offer, SectionText], ...]  # sections that a searched number may mean
    found: tuple[ClauseText, ...]  # clauses that a searched word stands in
    sections: tuple[SectionText, ...]
    no_duty: tuple[ClauseText, ...]
    no_clause: tuple[tuple[str, str], ...]  # duties that no clause leads to
    conflicts: tuple[SectionText, ...]
    keeps: bool


_SECTION = re.compile(r"\s*(?:section|s|§)?\s*(\d{1,3})(?:[.-]\d+)?\s*", re.IGNORECASE)


def map_page(actor: Actor, asked: str, *, on: date) -> MapPage:
    """Every clause with its duties, what does not fit, and what a searched number or word may mean."""
    version = version_in_use()
    sections = sections_of(version, on) if version else ()
    everything = [clause for section in sections for clause in section.clauses]
    led_to = {code for clause in everything for code in clause.duties}
    number = _SECTION.fullmatch(asked)
    meant = rules.offers(whole(number.group(1)) or 0, [each.numbered for each in sections]) if number else []
    by_number = {section.numbered.number: section for section in sections}
    return MapPage(
        version=version, asked=asked, offers=tuple((offer, by_number[offer.number]) for offer in meant),
        found=tuple(_holding(asked, everything)) if asked.strip() and not number else (), sections=sections,
        no_duty=tuple(clause for clause in everything if not clause.duties),
        no_clause=tuple((code, duty.title) for code, duty in compute.catalogue(on).items() if code not in led_to),
        conflicts=tuple(section for section in sections if section.numbered.disagrees), keeps=actor.may(P.POLICY_KEEP),
    )  # fmt: skip


def _holding(asked: str, clauses: Iterable[ClauseText]) -> list[ClauseText]:
    """Clauses whose title, words or duties hold what is asked for."""
    words = asked.casefold().split()
    return [
        clause
        for clause in clauses
        if all(word in " ".join((clause.title, *clause.says, *clause.duties)).casefold() for word in words)
    ]


@dataclass(frozen=True, slots=True)
class DutyLink:
    code: str
    title: str
    trust: bool  # there is a page of it for the trust
    school: bool  # schools hold it


@dataclass(frozen=True, slots=True)
class ClausePage:
    clause: Clause
    version: Version
    text: ClauseText
    numbered: Numbered
    duties: tuple[DutyLink, ...]
    states: bool  # this person may see how duties stand
    trust_states: bool
    schools: tuple[int, ...]
    keeps: bool


def clause_page(actor: Actor, clause_id: int, *, on: date) -> ClausePage:
    """A clause and the duties that rest on it. Raises NotFound."""
    clause = Clause.objects.select_related("section__version").filter(pk=clause_id).first()
    if clause is None:
        raise NotFound
    known = compute.catalogue(on)
    found = [known[code] for code in clause.duties if code in known]
    links = tuple(
        DutyLink(d.code, d.title, d.holds_for != HoldsFor.SCHOOL, d.holds_for != HoldsFor.TRUST) for d in found
    )
    return ClausePage(
        clause, clause.section.version,
        ClauseText(clause.pk, clause.code, clause.title, tuple(d.says for d in found), tuple(clause.duties)),
        clause.section.numbered(), links, actor.may(P.DUTIES), actor.may(P.DUTIES_TRUST),
        tuple(sorted(actor.schools(P.DUTIES)))[:1], actor.may(P.POLICY_KEEP),
    )  # fmt: skip


def clause_of_duty(code: str) -> Clause:
    """The clause of the version in use that a duty rests on. Raises NotFound."""
    version = version_in_use()
    found = Clause.objects.filter(section__version=version, duties__contains=[code]).first() if version else None
    if found is None:
        raise NotFound
    return found


def find_section(section_id: int) -> Section:
    """Raises NotFound."""
    section = Section.objects.select_related("version").filter(pk=section_id).first()
    if section is None or not section.numbered().disagrees:
        raise NotFound
    return section


# --- What is odd in the text ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OddityRow:
    oddity: shipped.Oddity
    note: OddityNote | None
    duties: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OdditiesPage:
    rows: tuple[OddityRow, ...]
    open: int
    keeps: bool


def oddities_page(actor: Actor, *, on: date) -> OdditiesPage:
    notes = {note.number: note for note in OddityNote.objects.select_related("by")}
    titles = {code: duty.title for code, duty in compute.catalogue(on).items()}
    rows = tuple(
        OddityRow(odd, notes.get(odd.number), tuple((code, titles.get(code, code)) for code in odd.duties))
        for odd in shipped.oddities()
    )
    return OdditiesPage(rows, sum(1 for row in rows if row.note is None), actor.may(P.POLICY_KEEP))


def find_oddity(number: int) -> shipped.Oddity:
    """Raises NotFound."""
    found = next((oddity for oddity in shipped.oddities() if oddity.number == number), None)
    if found is None:
        raise NotFound
    return found


# --- The reference library ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    item: Reference
    overdue: bool
    duties: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LibraryPage:
    groups: tuple[tuple[str, tuple[ReferenceRow, ...]], ...]
    replaced: tuple[ReferenceRow, ...]
    left_out: int
    overdue: int
    no_duty: tuple[ReferenceRow, ...]
    keeps: bool


def library_page(actor: Actor, *, on: date) -> LibraryPage:
    titles = {code: duty.title for code, duty in compute.catalogue(on).items()}
    rows = [_reference(item, titles, on) for item in Reference.objects.all()]
    groups = tuple((kind.label, tuple(row for row in rows if row.item.kind == kind)) for kind in Reference.Kind)
    return LibraryPage(
        groups, tuple(row for row in rows if row.item.superseded), sum(1 for row in rows if row.item.left_out),
        sum(1 for row in rows if row.overdue), tuple(row for row in rows if not row.item.duties),
        actor.may(P.POLICY_KEEP),
    )  # fmt: skip


def _reference(item: Reference, titles: Mapping[str, str], on: date) -> ReferenceRow:
    duties = tuple((code, titles.get(code, code)) for code in item.duties)
    return ReferenceRow(item, rules.check_overdue(item.checked_on, on=on), duties)


def find_reference(item_id: int) -> Reference:
    """Raises NotFound."""
    item = Reference.objects.filter(pk=item_id).first()
    if item is None:
        raise NotFound
    return item


@dataclass(frozen=True, slots=True)
class ItemPage:
    row: ReferenceRow
    clocks: tuple[tuple[str, str, str], ...]  # rules that rest on it: code, name, place
    keeps: bool


def item_page(actor: Actor, item_id: int, *, on: date) -> ItemPage:
    """A law or guidance, and the time limits that come from it. Raises NotFound."""
    item = find_reference(item_id)
    titles = {code: duty.title for code, duty in compute.catalogue(on).items()}
    clocks = tuple(
        (rule.code, rule.name, rule.source.place)
        for rule in book.in_force(on).values()
        if rule.source.instrument == item.title
    )
    return ItemPage(_reference(item, titles, on), clocks, actor.may(P.POLICY_KEEP))


@dataclass(frozen=True, slots=True)
class ClockRow:
    code: str
    name: str
    length: str
    source: str
    item: Reference | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class ClocksPage:
    rows: tuple[ClockRow, ...]
    lacking: int  # without a law in the library, or one that was not checked this year


def clocks_page(*, on: date) -> ClocksPage:
    """Every statutory time limit with the law that it comes from (S01-12)."""
    items = {item.title: item for item in Reference.objects.all()}
    statutes = [rule for rule in book.in_force(on).values() if rule.source.weight is Weight.STATUTE and rule.counts]
    rows = tuple(
        _clock(rule.code, rule.name, rule.length, str(rule.source), items.get(rule.source.instrument), on)
        for rule in sorted(statutes, key=lambda rule: rule.code)
    )
    return ClocksPage(rows, sum(1 for row in rows if row.item is None or row.overdue))


def _clock(code: str, name: str, length: str, source: str, item: Reference | None, on: date) -> ClockRow:
    overdue = item is not None and rules.check_overdue(item.checked_on, on=on)
    return ClockRow(code, name, length, source, item, overdue)
