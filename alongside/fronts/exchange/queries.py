"""What the pages and the commands show of files and their rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, Count, F, Func, Q, Value

from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.schools.models import School
from alongside.fronts.exchange.actions import asks_who_it_is, counts, stored_file
from alongside.fronts.exchange.compare import Change, Here, change_words, new_words
from alongside.fronts.exchange.detect import Kind, table_of
from alongside.fronts.exchange.judge import meant_for_another
from alongside.fronts.exchange.models import Batch, Choice, Row, State, Verdict
from alongside.fronts.exchange.record import FileHeader, PupilRecord, from_plain
from alongside.fronts.exchange.table.headings import FIELDS
from alongside.fronts.exchange.words import field_words
from alongside.kit import NotFound

PAGE = 50
TABS: tuple[tuple[Verdict, str], ...] = (
    (Verdict.CONFLICT, "To decide"), (Verdict.REFUSED, "Refused"), (Verdict.NEW, "New"), (Verdict.CHANGED, "Changed"),
    (Verdict.SAME, "The same"),
)  # fmt: skip
WORKING = frozenset({State.READING, State.APPLYING, State.UNDOING})
STATE_WORDS = {
    State.WAITING: "Waiting for its columns", State.READING: "Being read", State.STAGED: "To be checked",
    State.APPLYING: "Being brought in", State.STOPPED: "Cut off", State.APPLIED: "Brought in",
    State.UNDOING: "Being undone", State.UNDONE: "Undone", State.REFUSED: "Refused", State.FAILED: "Broken off",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One file in the list of files."""

    id: int
    file_name: str
    kind: str
    school: str
    by: str
    at: datetime
    state: State
    state_words: str
    counts: str


@dataclass(frozen=True, slots=True)
class BatchesPage:
    schools: tuple[tuple[int, str], ...]
    lines: tuple[BatchLine, ...]
    number: int
    older: bool


@dataclass(frozen=True, slots=True)
class ChangeLine:
    label: str
    ours: str
    theirs: str
    conflict: bool


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row of a file as the review shows it."""

    id: int
    line: int
    name: str
    upn: str
    reasons: tuple[str, ...]
    comes: tuple[str, ...]  # what there is of a new pupil
    changes: tuple[ChangeLine, ...]
    more: tuple[str, ...]  # what changes without a value worth showing
    choice: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Tab:
    verdict: str
    label: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class BatchPage:
    """A file: where it stands, and some of its rows."""

    batch: Batch
    state: State
    state_words: str
    kind: str
    unit: str
    tabs: tuple[Tab, ...]
    tab: str
    rows: tuple[RowLine, ...]
    seen: tuple[tuple[int, int], ...]  # pupils shown, with the school
    links: tuple[tuple[str, str, bool], ...]
    first: int
    last: int
    total: int
    undecided: int
    to_bring: int
    to_keep: int  # conflicts decided for ours, of which nothing is brought in
    refused: int
    written: int
    elsewhere: str  # the other school that the file says it is for
    faults: tuple[str, ...]
    percent: int
    working: bool
    again: str


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column to be matched."""

    key: str
    heading: str
    field: str
    sample: str
    sure: bool


@dataclass(frozen=True, slots=True)
class MatchPage:
    batch: Batch
    columns: tuple[ColumnLine, ...]
    fields: tuple[tuple[str, str], ...]


def find_batch(actor: Actor, batch_id: int) -> Batch:
    """A file of a school where this person may bring pupils in; raises NotFound for others' and for none alike."""
    batch = (
        Batch.objects.select_related("school", "uploaded_by")
        .filter(pk=batch_id, school_id__in=actor.schools(Permission.PUPILS_IMPORT))
        .first()
    )
    if batch is None:
        raise NotFound
    return batch


def school_choices(actor: Actor) -> tuple[tuple[int, str], ...]:
    """The schools this person may bring pupils in for."""
    schools = School.objects.filter(pk__in=actor.schools(Permission.PUPILS_IMPORT))
    return tuple(schools.values_list("pk", "name"))


def find_school(actor: Actor, school_id: int) -> School:
    """A school where this person may bring pupils in; raises NotFound for others and for none alike."""
    school = School.objects.filter(pk=school_id, pk__in=actor.schools(Permission.PUPILS_IMPORT)).first()
    if school is None:
        raise NotFound
    return school


def batches_page(actor: Actor, *, now: datetime, number: int = 1) -> BatchesPage:
    """The newest files first."""
    rows = Batch.objects.select_related("school", "uploaded_by").filter(
        school_id__in=actor.schools(Permission.PUPILS_IMPORT)
    )
    start = (number - 1) * PAGE
    found = list(rows[start : start + PAGE + 1])
    lines = tuple(_batch_line(batch, now) for batch in found[:PAGE])
    return BatchesPage(school_choices(actor), lines, number, len(found) > PAGE)


def _batch_line(batch: Batch, now: datetime) -> BatchLine:
    state = batch.state(now)
    by = batch.uploaded_by.name if batch.uploaded_by else "the command line"
    rows = f"{batch.rows_read:,} rows" if batch.staged_at else ""
    return BatchLine(
        batch.pk, batch.file_name, Kind(batch.kind).says, batch.school.short_name, by, batch.uploaded_at, state,
        STATE_WORDS[state], rows,
    )  # fmt: skip


def match_page(actor: Actor, batch_id: int, *, now: datetime) -> MatchPage:
    """The columns of a table that waits for them; raises NotFound when it does not wait."""
    batch = find_batch(actor, batch_id)
    if batch.state(now) is not State.WAITING:
        raise NotFound
    table = table_of(stored_file(batch), Kind(batch.kind))
    lines = tuple(
        ColumnLine(
            f"column-{match.column}", match.heading, batch.columns.get(match.heading, ""),
            ", ".join(match.sample), match.sure,
        )
        for match in table.matches
    )  # fmt: skip
    fields = tuple((field, _capital(field_words(field))) for field in FIELDS)
    return MatchPage(batch, lines, fields)


def batch_page(actor: Actor, batch_id: int, *, now: datetime, tab: str = "", number: int = 1) -> BatchPage:
    """A file with one tab of its rows; the first tab that has any when none is asked for."""
    batch = find_batch(actor, batch_id)
    state = batch.state(now)
    found = counts(batch)
    current = tab if tab in found else next((verdict.value for verdict, _ in TABS if found[verdict.value]), "new")
    pages = max(1, -(-found[current] // PAGE))
    number = min(number, pages)
    rows = Row.objects.filter(batch=batch, verdict=current).order_by("line", "pk")[(number - 1) * PAGE : number * PAGE]
    decided = _decided(batch)
    return BatchPage(
        batch=batch,
        state=state,
        state_words=STATE_WORDS[state],
        kind=Kind(batch.kind).says,
        unit=batch.unit,
        tabs=tuple(Tab(v.value, label, found[v.value], v.value == current) for v, label in TABS),
        tab=current,
        rows=tuple(row_line(row) for row in rows),
        seen=tuple((row.pupil_id, row.school_id) for row in rows if row.pupil_id),
        links=_links(current, number, pages),
        first=(number - 1) * PAGE + 1,
        last=min(number * PAGE, found[current]),
        total=found[current],
        undecided=found[Verdict.CONFLICT] - decided["all"],
        to_bring=found[Verdict.NEW] + found[Verdict.CHANGED] + decided["brought"],
        to_keep=decided["kept"],
        refused=found[Verdict.REFUSED],
        written=written(batch) if batch.applied_at else 0,
        elsewhere=elsewhere(batch) if state is State.STAGED else "",
        faults=tuple(f"{_capital(batch.unit)} {line}: {reason}" if line else reason for line, reason in batch.faults),
        percent=round(100 * batch.done / batch.total) if batch.total else 0,
        working=state in WORKING,
        again=_again(batch) if state in (State.STOPPED, State.FAILED) else "",
    )


_CHANGES_MORE = Func(  # a row has a change that was no conflict; it comes even where ours is kept
    F("changes"),
    Value("$[*][3] ? (@ == false)"),
    function="jsonb_path_exists",
    template="%(function)s(%(expressions)s::jsonpath)",
    output_field=BooleanField(),
)
_KEPT = Q(choice=Choice.OURS, also=False)


def _decided(batch: Batch) -> Mapping[str, int]:
    """Of the conflicts, how many are decided, bring something in, and only keep what is ours."""
    rows = Row.objects.filter(batch=batch, verdict=Verdict.CONFLICT).exclude(choice="").annotate(also=_CHANGES_MORE)
    return rows.aggregate(
        all=Count("pk"), kept=Count("pk", filter=_KEPT), brought=Count("pk", filter=~_KEPT & ~Q(choice=Choice.LEAVE))
    )


def elsewhere(batch: Batch) -> str:
    """The other school that a file says it is for; "" when it is for its own, or does not say."""
    school = batch.school
    here = Here(school.pk, school.name, school.la, school.establishment)
    return meant_for_another(from_plain(FileHeader, batch.header), here)


def _links(tab: str, number: int, pages: int) -> tuple[tuple[str, str, bool], ...]:
    """Pages near this one, and the ends; a gap has no address."""
    near = sorted({1, pages, *range(max(1, number - 2), min(pages, number + 2) + 1)})
    links: list[tuple[str, str, bool]] = []
    for at in near:
        if links and at > int(links[-1][0]) + 1:
            links.append(("…", "", False))
        links.append((str(at), f"?show={tab}&page={at}", at == number))
    return tuple(links) if pages > 1 else ()


def _again(batch: Batch) -> str:
    """Which work can be asked for anew."""
    if batch.undo_asked_at:
        return "undo"
    return "apply" if batch.staged_at else "read"


def row_line(row: Row) -> RowLine:
    """A row in words."""
    changes, more = [], []
    for field, ours, theirs, conflict in row.changes:
        label, old, new = change_words(Change(field, ours, theirs, conflict))
        if ours is None and theirs is None:
            more.append(label)
        elif field != "pupil":
            changes.append(ChangeLine(_capital(label), old, new, conflict))
    arrives = row.verdict == Verdict.NEW and bool(row.record)
    comes = new_words(from_plain(PupilRecord, row.record)) if arrives else []
    return RowLine(
        row.pk, row.line, row.name, row.upn, tuple(row.reasons), tuple(comes), tuple(changes),
        tuple(dict.fromkeys(more)), row.choice, choices_for(row),
    )  # fmt: skip


def choices_for(row: Row) -> tuple[tuple[str, str], ...]:
    """What can be decided about a conflict."""
    if row.verdict != Verdict.CONFLICT:
        return ()
    if asks_who_it_is(row):
        return (
            (Choice.SAME_PUPIL.value, "The same pupil"), (Choice.NEW_PUPIL.value, "Another pupil"),
            (Choice.LEAVE.value, "Leave out"),
        )  # fmt: skip
    return (
        (Choice.FILE.value, "Take the file's"), (Choice.OURS.value, "Keep ours"), (Choice.LEAVE.value, "Leave out"),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that was not brought in, for the command line."""

    line: int
    upn: str
    name: str
    verdict: str
    reasons: Sequence[str]


def problems(batch: Batch) -> list[Problem]:
    """Every row that was refused or waits for a decision."""
    rows = Row.objects.filter(batch=batch, verdict__in=[Verdict.REFUSED, Verdict.CONFLICT]).order_by("line")
    return [Problem(row.line, row.upn, row.name, row.verdict, _why(row)) for row in rows.iterator()]


def _why(row: Row) -> list[str]:
    differences = [
        f"{_capital(line.label)}: ours is {line.ours}, the file's is {line.theirs}."
        for line in row_line(row).changes
        if line.conflict
    ]
    return [*row.reasons, *differences]


def written(batch: Batch) -> int:
    """How many pupils a file has brought or changed; a row that only keeps ours, or teaches us a word, is none."""
    rows = Row.objects.filter(batch=batch).exclude(before={}).exclude(verdict=Verdict.SAME)
    return rows.annotate(also=_CHANGES_MORE).exclude(_KEPT).count()


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
