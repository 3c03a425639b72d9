"""Receive a file, say what its columns are, read it, decide, bring it in, undo it; and write a CTF."""

from __future__ import annotations

import hashlib
import shutil
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, TextIO, TypeVar

from django.conf import settings
from django.db import connection
from django.db.models.functions import Now
from django.db.transaction import atomic, on_commit

from alongside.areas.duties.actions import touch
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.deadlines.actions import refresh
from alongside.base.history import actions as history
from alongside.base.pupils.models import Pupil
from alongside.base.schools.models import School
from alongside.fronts.exchange import kinds
from alongside.fronts.exchange.check import Seen, check
from alongside.fronts.exchange.compare import Here
from alongside.fronts.exchange.ctf.format import write_ctf
from alongside.fronts.exchange.detect import Kind, detect, table_of
from alongside.fronts.exchange.judge import Context, Judged, judge
from alongside.fronts.exchange.known import Finder
from alongside.fronts.exchange.leaver import header_for, records_of
from alongside.fronts.exchange.models import Batch, Choice, ColumnMap, Row, Verdict
from alongside.fronts.exchange.progress import Tell, silent
from alongside.fronts.exchange.readers import read
from alongside.fronts.exchange.record import Establishment, FileHeader, Item, PupilRecord, Unit, from_plain, to_plain
from alongside.fronts.exchange.table.format import chosen_columns, ready
from alongside.fronts.exchange.undo import Undone, put_back
from alongside.fronts.exchange.writes import Writer
from alongside.kit import Refused, refuse
from alongside.kit.bulk import in_bulk, insert_many
from alongside.kit.jobs import enqueue
from alongside.kit.tables.faults import Fault, Unreadable
from alongside.law.refusal import Refusal

CHUNK = 1_000
MOST_FILE_FAULTS = 100
MANY = 2_000  # pupils; for more than that deadlines are recomputed for the whole school
_LOCK = 20_150_901  # one file of the trust is brought in at a time
_T = TypeVar("_T")


# --- receiving -----------------------------------------------------------------------------------------


@atomic
def receive(*, school: School, path: Path, name: str, by: Actor, on: date) -> Batch:
    """Take a file in and find out what it is. One that cannot be read at all comes back refused, with the reason.

    A table whose columns are all certain, or known from last time, is ready to be read at once.
    """
    by.must(Permission.PUPILS_IMPORT, school.pk)
    batch = Batch(
        school=school, file_name=Path(name).name[:200], sha256=_sha256(path), kind=Kind.CSV,
        uploaded_by_id=by.person_id or None,
    )  # fmt: skip
    try:
        batch.kind = detect(path)
        _match(batch, path)
    except Unreadable as error:
        _refuse(batch, error.fault)
    else:
        batch.stored = _store(path)
    batch.save()
    batch.refresh_from_db()
    history.record(kinds.RECEIVED, by=by, on=on, about=batch.pk, school=school.pk, file=batch.file_name)
    return batch


def _match(batch: Batch, path: Path) -> None:
    kind = Kind(batch.kind)
    if not kind.table:
        batch.matched_at = Now()
        return
    table = table_of(path, kind)
    saved = ColumnMap.objects.filter(school=batch.school, signature=table.signature).first()
    batch.columns = saved.columns if saved else table.columns
    if saved or ready(table):
        batch.matched_at = Now()


@atomic
def match_columns(*, batch: Batch, columns: Mapping[str, str], by: Actor, on: date) -> None:
    """Say which column is which; remembered for the next file of this school with the same headings."""
    by.must(Permission.PUPILS_IMPORT, batch.school_id)
    refuse(None if batch.stored and not batch.staged_at else Refusal("This file has been read already."))
    table = table_of(stored_file(batch), Kind(batch.kind))
    try:
        batch.columns = chosen_columns(table, columns)
    except Unreadable as error:
        raise Refused(error.fault.reason) from None
    ColumnMap.objects.update_or_create(
        school=batch.school, signature=table.signature, defaults={"columns": batch.columns}
    )
    batch.matched_at = Now()
    batch.save(update_fields=["columns", "matched_at"])
    history.record(kinds.MATCHED, by=by, on=on, about=batch.pk, school=batch.school_id, file=batch.file_name)


@atomic
def ask_to_read(*, batch: Batch, by: Actor, on: date) -> None:
    """Have the file read in the background."""
    by.must(Permission.PUPILS_IMPORT, batch.school_id)
    Batch.objects.filter(pk=batch.pk).update(matched_at=Now(), failed_at=None)
    history.record(kinds.READ_ASKED, by=by, on=on, about=batch.pk, school=batch.school_id, file=batch.file_name)
    enqueue("exchange.read", batch=batch.pk, on=on.isoformat(), person=by.person_id)


# --- reading -------------------------------------------------------------------------------------------


@atomic
def stage(*, batch: Batch, by: Actor, on: date, tell: Tell = silent) -> None:
    """Read the file and keep a row for each pupil with what it would change. All rows, or none.

    Raises Unreadable when the file is not sound; then nothing is kept. The wall must stand open to every school.
    """
    by.must(Permission.PUPILS_IMPORT, batch.school_id)
    if not _claim(batch) or Batch.objects.filter(pk=batch.pk, staged_at__isnull=False).exists():
        return
    path = stored_file(batch)
    items = read(path, Kind(batch.kind), name=batch.file_name, on=on, columns=batch.columns)
    header = next(items)
    assert isinstance(header, FileHeader)
    batch.header, batch.unit = to_plain(header), header.unit
    stager = _Stager(batch, header, on)
    with in_bulk():
        for chunk in _chunks(items, CHUNK):
            stager.take(chunk)
            tell(stager.read, 0)
    stager.finish()
    batch.save(update_fields=["header", "unit", "faults", "absent", "rows_read"])
    Batch.objects.filter(pk=batch.pk).update(staged_at=Now(), stored="")
    on_commit(partial(path.unlink, missing_ok=True))
    history.record(
        kinds.STAGED,
        by=by,
        on=on,
        about=batch.pk,
        school=batch.school_id,
        file=batch.file_name,
        facts=counts(batch),
    )


class _Stager:
    """Checks and judges what a reader hands out, chunk by chunk."""

    def __init__(self, batch: Batch, header: FileHeader, on: date) -> None:
        self.batch, self.on = batch, on
        self.context = context_of(batch, header, on)
        self.seen = Seen(header.unit)
        self.taken: dict[int, int] = {}  # pupil → line
        self.here: set[int] = set()
        self.read = 0
        self.faults: list[list[object]] = []

    def take(self, items: Sequence[Item]) -> None:
        rows: list[Row] = []
        waiting: list[tuple[PupilRecord, tuple[Fault, ...]]] = []
        for item in items:
            if isinstance(item, Fault):
                self._file_fault(item, rows)
            elif isinstance(item, PupilRecord):
                self._check(item, rows, waiting)
        finder = Finder(self.context.here, on=self.on)
        judged = judge([record for record, _ in waiting], finder, self.context, preview=True)
        rows += [self._row(each, faults) for each, (_, faults) in zip(judged, waiting, strict=True)]
        rows.sort(key=lambda row: row.line)
        insert_many(rows)
        self.read += len(rows)

    def _file_fault(self, fault: Fault, rows: list[Row]) -> None:
        if fault.refuses:
            rows.append(self._new_row(fault.line, Verdict.REFUSED, [fault.reason]))
        elif len(self.faults) < MOST_FILE_FAULTS:
            self.faults.append([fault.line, fault.reason])

    def _check(
        self, record: PupilRecord, rows: list[Row], waiting: list[tuple[PupilRecord, tuple[Fault, ...]]]
    ) -> None:
        checked = check(record, on=self.on, has_names=not self.context.updates_only)
        again = self.seen.again(record)
        if checked.refused or again:
            reasons = [fault.reason for fault in checked.faults if fault.refuses]
            rows.append(
                self._new_row(record.line, Verdict.REFUSED, [*reasons, *([again.reason] if again else [])], record)
            )
        else:
            waiting.append((checked.record, checked.faults))

    def _row(self, judged: Judged, faults: tuple[Fault, ...]) -> Row:
        record = judged.record
        reasons = [*judged.reasons, *(fault.reason for fault in faults)]
        pupil = judged.known.id if judged.known else None
        if pupil is not None and judged.verdict is not Verdict.REFUSED:
            first = self.taken.setdefault(pupil, record.line)
            if first != record.line:
                twice = f"This is the pupil of {self.seen.unit} {first} again, so it is left out."
                return self._new_row(record.line, Verdict.REFUSED, [twice, *reasons], record)
            self.here.add(pupil)
        row = self._new_row(record.line, judged.verdict, reasons, record)
        row.pupil_id, row.changes, row.learns = pupil, judged.changes, judged.learns
        row.record = to_plain(record) if judged.verdict is not Verdict.SAME or judged.learns else {}
        return row

    def _new_row(self, line: int, verdict: Verdict, reasons: list[str], record: PupilRecord | None = None) -> Row:
        return Row(
            batch=self.batch, school_id=self.batch.school_id, line=line, verdict=verdict, reasons=reasons,
            upn=((record and record.upn) or "")[:13], name=record.name[:161] if record else "",
        )  # fmt: skip

    def finish(self) -> None:
        batch = self.batch
        batch.faults, batch.rows_read = self.faults, self.read
        if self.read and not self.context.updates_only and not self.context.is_transfer:
            on_roll = Pupil.objects.filter(school=batch.school).on_roll(self.on)
            batch.absent = on_roll.count() - on_roll.filter(pk__in=self.here).count()


def context_of(batch: Batch, header: FileHeader, on: date) -> Context:
    """What holds for every row of a file."""
    school = batch.school
    here = Here(school.pk, school.name, school.la, school.establishment)
    return Context(here, on, header.updates_only, header.source, header.destination)


# --- deciding ------------------------------------------------------------------------------------------


@atomic
def decide(*, batch: Batch, rows: Iterable[int] | None, choice: Choice, by: Actor, on: date) -> int:
    """Decide about conflicts, one or all (None); gives how many. Choices that do not fit a row are not taken."""
    by.must(Permission.PUPILS_IMPORT, batch.school_id)
    refuse(Refusal("This file has been brought in already.") if batch.asked_at or batch.applied_at else None)
    conflicts = Row.objects.filter(batch=batch, verdict=Verdict.CONFLICT)
    if rows is not None:
        conflicts = conflicts.filter(pk__in=list(rows))
    about_identity = choice in (Choice.SAME_PUPIL, Choice.NEW_PUPIL)
    if choice is not Choice.LEAVE:
        asks_who = [row.pk for row in conflicts.only("changes") if asks_who_it_is(row) == about_identity]
        conflicts = Row.objects.filter(pk__in=asks_who)
    count = conflicts.update(choice=choice)
    history.record(
        kinds.DECIDED, by=by, on=on, about=batch.pk, school=batch.school_id, file=batch.file_name, count=count,
        choice=choice.value,
    )  # fmt: skip
    return count


def asks_who_it_is(row: Row) -> bool:
    """True when the question is whether this is the pupil already here."""
    return any(change[0] == "pupil" for change in row.changes)


@atomic
def ask(*, batch: Batch, by: Actor, on: date, again: bool = False) -> bool:
    """Have the file brought in, in the background. A second click asks for nothing and gives False.

    `again` is for work that was cut off: nothing of it was kept, so it is asked for anew.
    """
    by.must(Permission.PUPILS_IMPORT, batch.school_id)
    open_ = Batch.objects.filter(pk=batch.pk, staged_at__isnull=False, applied_at=None, refused_at=None)
    open_ = open_ if again else open_.filter(asked_at=None)
    values = {"asked_at": Now(), "asked_by_id": by.person_id or None, "failed_at": None, "says": "", "done": 0}
    if not open_.update(**values):
        return False
    history.record(kinds.ASKED, by=by, on=on, about=batch.pk, school=batch.school_id, file=batch.file_name)
    enqueue("exchange.apply", batch=batch.pk, on=on.isoformat(), person=by.person_id)
    return True


# --- bringing in ---------------------------------------------------------------------------------------


@atomic
def apply(*, batch: Batch, by: Actor, on: date, tell: Tell = silent) -> bool:
    """Bring a staged file in: every row, or, when anything fails, none. False when that was done already.

    Each row is judged again as things stand now: what was changed here since the file was read becomes a
    conflict and is left. The wall must stand open to every school.
    """
    by.must(Permission.PUPILS_IMPORT, batch.school_id)
    if not _claim(batch):
        return False
    batch = Batch.objects.select_related("school").get(pk=batch.pk)
    if batch.applied_at or not batch.staged_at:
        return False
    _one_at_a_time()
    writer = Writer(batch, batch.school, by=by, on=on)
    context = context_of(batch, from_plain(FileHeader, batch.header), on)
    todo = rows_to_write(batch)
    total, done = todo.count(), 0
    with in_bulk():
        for rows in _by_key(todo, CHUNK):
            _write(rows, context, writer)
            done += len(rows)
            tell(done, total)
        _refresh({batch.school_id, *writer.left_schools}, writer.touched, on)
    event = history.record(
        kinds.APPLIED, by=by, on=on, about=batch.pk, school=batch.school_id, file=batch.file_name,
        count=len(writer.touched),
    )  # fmt: skip
    return bool(
        Batch.objects.filter(pk=batch.pk, applied_at=None).update(
            applied_at=Now(), applied_event=event.pk, failed_at=None
        )
    )


def rows_to_write(batch: Batch) -> Any:
    """New and changed rows, conflicts that were decided, and rows whose words are new to us."""
    rows = Row.objects.filter(batch=batch)
    decided = rows.filter(verdict=Verdict.CONFLICT).exclude(choice__in=["", Choice.LEAVE])
    return rows.filter(verdict__in=[Verdict.NEW, Verdict.CHANGED]) | decided | rows.filter(learns=True)


def _write(rows: Sequence[Row], context: Context, writer: Writer) -> None:
    finder = Finder(context.here, on=context.on, lock=True)
    records = [from_plain(PupilRecord, row.record) for row in rows]
    choices = {at: Choice(row.choice) for at, row in enumerate(rows) if row.choice}
    judged = judge(records, finder, context, choices)
    ready_rows, late = [], []
    for row, each in zip(rows, judged, strict=True):
        if each.verdict in (Verdict.CONFLICT, Verdict.REFUSED):
            row.verdict, row.changes = each.verdict, each.changes
            row.reasons = ["Changed here since the file was read, so it was left.", *each.reasons]
            late.append(row)
        else:
            ready_rows.append((row, each))
    writer.write(ready_rows, finder.pupils)
    if late:
        Row.objects.bulk_update(late, ["verdict", "changes", "reasons"], batch_size=200)


def _refresh(schools: set[int], pupils: set[int], on: date) -> None:
    if pupils:
        refresh(schools=schools, on=on, pupils=pupils if len(pupils) <= MANY else None)
        for school in schools:
            touch(school=school, slice_="pupils")
            touch(school=school, slice_="register")
            touch(school=school, slice_="exchange")


@atomic
def ask_again(*, batch: Batch, what: str, by: Actor, on: date) -> None:
    """Ask anew for work that was cut off: "read", "apply" or "undo". Nothing of it was kept the first time."""
    match what:
        case "read":
            ask_to_read(batch=batch, by=by, on=on)
        case "apply":
            ask(batch=batch, by=by, on=on, again=True)
        case "undo":
            ask_to_undo(batch=batch, by=by, on=on, again=True)
        case _:
            refuse(Refusal("There is nothing to ask for again."))


# --- undoing -------------------------------------------------------------------------------------------


@atomic
def ask_to_undo(*, batch: Batch, by: Actor, on: date, again: bool = False) -> bool:
    """Have a file undone in the background; False when that was asked for already."""
    by.must(Permission.PUPILS_IMPORT, batch.school_id)
    open_ = Batch.objects.filter(pk=batch.pk, applied_at__isnull=False, undone_at=None)
    open_ = open_ if again else open_.filter(undo_asked_at=None)
    if not open_.update(undo_asked_at=Now(), undone_by_id=by.person_id or None, failed_at=None, says="", done=0):
        return False
    history.record(kinds.UNDO_ASKED, by=by, on=on, about=batch.pk, school=batch.school_id, file=batch.file_name)
    enqueue("exchange.undo", batch=batch.pk, on=on.isoformat(), person=by.person_id)
    return True


@atomic
def undo(*, batch: Batch, by: Actor, on: date, tell: Tell = silent) -> Undone:
    """Put back what a file changed and remove the pupils it brought, in one transaction.

    Pupils on whom somebody has worked since are left as they are and named. Raises Refused when the file was
    not brought in, or is undone already. The wall must stand open to every school.
    """
    by.must(Permission.PUPILS_IMPORT, batch.school_id)
    refuse(None if _claim(batch) else Refusal("This file is being worked on. Try again in a minute."))
    batch = Batch.objects.select_related("school").get(pk=batch.pk)
    refuse(
        None if batch.applied_at else Refusal("This file has not been brought in."),
        Refusal("This file has been undone already.") if batch.undone_at else None,
    )
    _one_at_a_time()
    undone = Undone(schools={batch.school_id})
    todo = Row.objects.filter(batch=batch).exclude(before={})
    total, done = todo.count(), 0
    with in_bulk():
        for rows in _by_key(todo, CHUNK):
            put_back(batch, rows, undone)
            done += len(rows)
            tell(done, total)
    _after_undo(batch, undone, by, on)
    return undone


def _after_undo(batch: Batch, undone: Undone, by: Actor, on: date) -> None:
    for row in undone.rows:
        row.before = {}
    for row, reason in undone.kept:
        row.reasons = [reason, *row.reasons]
    Row.objects.filter(pk__in=[row.pk for row in undone.rows]).update(before={})
    Row.objects.bulk_update([row for row, _ in undone.kept], ["reasons"], batch_size=200)
    file: dict[str, object] = {"file": batch.file_name}
    told = ((pupil, school, file) for pupil, school in undone.restored)
    history.record_many(kinds.UNDONE, told, by=by, on=on)
    _refresh(undone.schools, undone.pupils, on)
    Batch.objects.filter(pk=batch.pk).update(undone_at=Now(), undone_by_id=by.person_id or None)
    history.record(
        kinds.TAKEN_BACK, by=by, on=on, about=batch.pk, school=batch.school_id, file=batch.file_name,
        count=len(undone.pupils), kept=len(undone.kept),
    )  # fmt: skip


# --- writing a file out ---------------------------------------------------------------------------------


@atomic
def export_ctf(
    *, pupils: Sequence[Pupil], to: Establishment, stream: TextIO, made_at: datetime, by: Actor, on: date
) -> int:
    """Write a Common Transfer File with these pupils of one school; gives how many.

    The common transfer file follows a pupil within 15 school days of leaving (Education (Pupil Information)
    (England) Regulations 2005, reg 9). Raises Refused when there is nobody to write.
    """
    refuse(None if pupils else Refusal("There is no such pupil on our rolls."))
    school = pupils[0].school
    by.must(Permission.PUPILS_IMPORT, school.pk)
    refuse(
        None if all(pupil.school_id == school.pk for pupil in pupils) else Refusal("The pupils are at several schools.")
    )
    header = header_for(school, to, made_at=f"{made_at:%Y-%m-%dT%H:%M:%S}", on=on)
    count = write_ctf(stream, header, records_of(pupils, on=on))
    where = f"{to.la or 'XXX'}{to.number or 'XXXX'}"
    facts: dict[str, object] = {"to": where}
    told = ((pupil.pk, school.pk, facts) for pupil in pupils)
    history.record_many(kinds.LEFT_WITH_FILE, told, by=by, on=on)
    return count


# --- failing -------------------------------------------------------------------------------------------


@atomic
def refuse_file(*, batch: Batch, fault: Fault, by: Actor, on: date) -> None:
    """Say that a file cannot be read, with the line and the reason; what was stored of it goes."""
    by.must(Permission.PUPILS_IMPORT, batch.school_id)
    path = stored_file(batch)
    _refuse(batch, fault)
    batch.stored = ""
    batch.save(update_fields=["says", "refused_at", "stored"])
    history.record(
        kinds.REFUSED, by=by, on=on, about=batch.pk, school=batch.school_id, file=batch.file_name, why=fault.reason
    )
    on_commit(partial(path.unlink, missing_ok=True))


@atomic
def fail(*, batch: Batch, says: str, by: Actor, on: date) -> None:
    """Say that the work broke off. Nothing of it was kept, and it can be asked for again."""
    Batch.objects.filter(pk=batch.pk).update(failed_at=Now(), says=says[:400])
    history.record(kinds.FAILED, by=by, on=on, about=batch.pk, school=batch.school_id, file=batch.file_name)


def _refuse(batch: Batch, fault: Fault) -> None:
    named = f"line {fault.line}" in fault.reason.casefold() or not fault.line
    batch.says = (fault.reason if named else f"{Unit(batch.unit).capitalize()} {fault.line}: {fault.reason}")[:400]
    batch.refused_at = Now()


# --- small parts ---------------------------------------------------------------------------------------


def counts(batch: Batch) -> dict[str, int]:
    """How many rows a file has of each verdict."""
    from django.db.models import Count

    found = dict(Row.objects.filter(batch=batch).values_list("verdict").annotate(Count("pk")).order_by())
    return {verdict.value: found.get(verdict.value, 0) for verdict in Verdict}


def sweep(*, older_than: float) -> int:
    """Delete stored files that no batch waits for: what a broken upload or a trial left. Gives how many."""
    waiting = set(Batch.objects.exclude(stored="").values_list("stored", flat=True))
    folder = settings.UPLOADS / "exchange"
    lost = [
        path for path in (folder.iterdir() if folder.is_dir() else ())
        if path.name not in waiting and path.stat().st_mtime < older_than
    ]  # fmt: skip
    for path in lost:
        path.unlink(missing_ok=True)
    return len(lost)


def stored_file(batch: Batch) -> Path:
    """Where a file waits until it has been read."""
    return settings.UPLOADS / "exchange" / batch.stored


def _store(path: Path) -> str:
    folder = settings.UPLOADS / "exchange"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = uuid.uuid4().hex
    shutil.copyfile(path, folder / name)
    return name


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _claim(batch: Batch) -> bool:
    """Hold the batch for this transaction; False when another holds it. A killed holder lets go by dying."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s, %s)", [_LOCK, batch.pk % 2**31])
        return bool(cursor.fetchone()[0])


def _one_at_a_time() -> None:
    """Wait until no other file of the trust is being brought in: two files may be about the same pupils."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])


def _chunks(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


def _by_key(rows: Any, size: int) -> Iterator[list[Row]]:
    """Rows in the order of their keys, a chunk at a time, however many there are."""
    last = 0
    while chunk := list(rows.filter(pk__gt=last).order_by("pk")[:size]):
        yield chunk
        last = chunk[-1].pk
