"""`alongside import FILE --school URN`: read a file of pupils and bring it in, from the command line."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from psycopg.errors import UndefinedTable

from alongside.areas.provision.catalogue import seed_catalogue
from alongside.base.access.actor import Actor
from alongside.base.access.scope import all_schools, scope
from alongside.base.schools.models import School
from alongside.fronts.exchange import actions, queries
from alongside.fronts.exchange.ctf.format import read_ctf
from alongside.fronts.exchange.detect import Kind, detect
from alongside.fronts.exchange.models import Batch, Choice
from alongside.fronts.exchange.progress import Tell, told
from alongside.fronts.exchange.record import Establishment, FileHeader
from alongside.kit import Refused, today
from alongside.kit.tables.faults import Unreadable

FINE, SOME_LEFT, NOTHING_READ, BROKEN = 0, 1, 2, 3
SHOWN = 50


class Stop(Exception):
    """There is nothing more to do; the sentence says why."""


class Command(BaseCommand):
    help = (
        "Bring pupils in from a file that a school's MIS exports: CTF, CSV, Excel, or JSON of Wonde, Assembly, Arbor."
    )
    requires_system_checks: list[str] = []
    _stored: Path | None = None  # where the file waits until it has been read

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--school", default="", metavar="URN", help="the school's six-digit URN")
        parser.add_argument("--name", default="", help="make the school, with this name, if there is none yet")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen; keep nothing")
        parser.add_argument("--json", action="store_true", help="answer in JSON")
        parser.add_argument(
            "--map", action="append", default=[], metavar="COLUMN=FIELD", help="match a column yourself"
        )
        parser.add_argument("--yes-changed", action="store_true", help="where both differ, take what the file says")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        self._json = options["json"]
        try:
            answer = self._bring_in(options, today())
        except (Stop, Unreadable, Refused) as stop:
            self._stop(stop.fault.reason if isinstance(stop, Unreadable) else str(stop), options)
            sys.exit(NOTHING_READ)
        except Exception as error:
            if isinstance(error.__cause__, UndefinedTable):
                raise  # there is no table yet: `alongside` says what to do
            self.stderr.write(f"Something went wrong, and nothing of the file was brought in: {error}")
            sys.exit(BROKEN)
        answer["seconds"] = round(time.monotonic() - started, 1)
        self._print(answer)
        sys.exit(SOME_LEFT if answer["refused"] or answer["conflict"] else FINE)

    def _bring_in(self, options: dict[str, Any], on: date) -> dict[str, Any]:
        path: Path = options["file"]
        if not path.is_file():
            raise Stop(f"There is no file {path}.")
        with transaction.atomic():
            school, made = _school(path, options["school"], options["name"], on)
            answer: dict[str, Any] = {"school": {"urn": school.urn, "name": school.name}}
            if options["dry_run"]:
                try:
                    answer |= self._read(school, path, options, on)
                finally:
                    transaction.set_rollback(True)
                    if self._stored and self._stored.is_file():
                        self._stored.unlink()
                return answer | {"dry_run": True, "applied": 0, "notes": [*made, *answer["notes"]]}
        try:
            answer |= self._read(school, path, options, on)
        except Stop:
            if made:  # a school that nothing came into is not kept
                with _wall():
                    School.objects.filter(pk=school.pk).delete()
            raise
        answer |= self._apply(answer["batch"], options, on)
        return answer | {"notes": [*made, *answer["notes"]]}

    def _read(self, school: School, path: Path, options: dict[str, Any], on: date) -> dict[str, Any]:
        with _wall() as by:
            batch = actions.receive(school=school, path=path, name=path.name, by=by, on=on)
        self._stored = actions.stored_file(batch) if batch.stored else None
        if batch.refused_at:
            raise Stop(batch.says)
        try:
            columns = _columns(options["map"], batch)
            if columns or not batch.matched_at:
                with _wall() as by:
                    actions.match_columns(batch=batch, columns={**batch.columns, **columns}, by=by, on=on)
            with _wall() as by, self._telling(batch, "Read") as tell:
                actions.stage(batch=batch, by=by, on=on, tell=tell)
        except Unreadable as error:
            with _wall() as by:
                actions.refuse_file(batch=batch, fault=error.fault, by=by, on=on)
            raise Stop(batch.says) from None
        with _wall():
            return _report(batch)

    def _apply(self, batch_id: int, options: dict[str, Any], on: date) -> dict[str, Any]:
        with _wall() as by:
            batch = Batch.objects.select_related("school").get(pk=batch_id)
            if options["yes_changed"]:
                actions.decide(batch=batch, rows=None, choice=Choice.FILE, by=by, on=on)
        with _wall() as by, self._telling(batch, "Brought in") as tell:
            actions.apply(batch=batch, by=by, on=on, tell=tell)
        with _wall():
            return _report(batch) | {"applied": queries.written(batch)}

    @contextmanager
    def _telling(self, batch: Batch, word: str) -> Iterator[Tell]:
        """Progress on the batch, for the page that lists it, and on one line of standard error."""
        live = sys.stderr.isatty()
        with told(batch.pk, batch.school_id) as tell:

            def both(done: int, total: int) -> None:
                tell(done, total)
                of = f" of {total:,}" if total else ""
                self.stderr.write(f"{word} {done:,}{of}", ending="\r" if live else "\n")

            yield both
        if live:
            self.stderr.write("")

    def _stop(self, reason: str, options: dict[str, Any]) -> None:
        if self._json:
            self.stdout.write(json.dumps({"file": str(options["file"]), "error": reason}, ensure_ascii=False))
        else:
            self.stderr.write(reason)

    def _print(self, answer: dict[str, Any]) -> None:
        if self._json:
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
            return
        school = answer["school"]
        lines = [("School", f"{school['name']} ({school['urn']})"), ("File", answer["file"]), ("Kind", answer["kind"])]
        lines += [
            (word.capitalize(), f"{answer[word]:,}")
            for word in ("rows", "new", "changed", "same", "conflict", "refused")
        ]
        lines += [("Applied", f"{answer['applied']:,}" + (" (only tried)" if answer.get("dry_run") else ""))]
        lines += [("Seconds", str(answer["seconds"])), ("Batch", str(answer["batch"]))]
        for label, value in lines:
            self.stdout.write(f"{label:<9} {value}")
        for note in answer["notes"]:
            self.stdout.write(f"Note      {note}")
        for problem in answer["problems"][:SHOWN]:
            who = f"{problem['upn'] or 'no UPN'} {problem['name']}".strip()
            self.stdout.write(f"{problem['verdict'].capitalize()}: {answer['unit']} {problem['line']}, {who}: "
                              f"{' '.join(problem['reasons'])}")  # fmt: skip
        if len(answer["problems"]) > SHOWN:
            self.stdout.write(f"… and {len(answer['problems']) - SHOWN:,} more; --json lists them all.")


def _report(batch: Batch) -> dict[str, Any]:
    batch.refresh_from_db()
    found = actions.counts(batch)
    notes = [f"{batch.unit.capitalize()} {line}: {reason}" if line else reason for line, reason in batch.faults]
    if other := queries.elsewhere(batch):
        notes.append(f"The file says that it is for {other}, not for {batch.school.name}.")
    if batch.absent:
        notes.append(f"{batch.absent:,} pupils on roll are not in the file; they stay as they are.")
    return {
        "batch": batch.pk, "file": batch.file_name, "kind": batch.kind, "unit": batch.unit, "rows": batch.rows_read,
        **found, "notes": notes, "problems": [asdict(problem) for problem in queries.problems(batch)],
    }  # fmt: skip


@contextmanager
def _wall() -> Iterator[Actor]:
    with scope(all_schools(), why="import") as by:
        yield by


def _columns(pairs: list[str], batch: Batch) -> dict[str, str]:
    columns = {}
    for pair in pairs:
        heading, equals, field = pair.rpartition("=")
        if not equals or not heading.strip():
            raise Stop(f"--map {pair}: write COLUMN=FIELD, as in --map 'SEN detail=need_type'.")
        columns[heading.strip()] = field.strip()
    if columns and not Kind(batch.kind).table:
        raise Stop("--map is for CSV and Excel files only.")
    return columns


def _school(path: Path, urn: str, name: str, on: date) -> tuple[School, list[str]]:
    """The school that the file is for; made from the file's header, or from --name, when there is none yet."""
    ends = _ends(path, on)
    if not urn:
        named = [end.urn for end in ends if end.urn]
        known = list(School.objects.filter(urn__in=named)) or list(School.objects.all()[:2])
        if len(known) == 1:
            return known[0], []
        raise Stop("Say for which school the file is: --school URN.")
    if not (urn.isdigit() and len(urn) == 6):
        raise Stop(f"'{urn}' is not a URN: it has six digits.")
    found = School.objects.filter(urn=urn).first()
    if found:
        return found, []
    of_school = sorted((end for end in ends if end.urn == urn), key=lambda end: not end.name)
    if not of_school and not name:
        raise Stop(f"There is no school with the URN {urn} yet. Add it first: alongside school add {urn} --name …")
    end = of_school[0] if of_school else Establishment(urn=urn)
    called = (name or end.name or f"School {urn}")[:120]
    school = School.objects.create(
        urn=urn, name=called, short_name=called.removesuffix(" School")[:60], la=(end.la or "")[:3],
        establishment=(end.number or "")[:4], joined_on=on,
    )  # fmt: skip
    seed_catalogue()
    return school, [f"The school {called} ({urn}) was made, as there was none with this URN."]


def _ends(path: Path, on: date) -> list[Establishment]:
    """The schools a CTF names, the one it is meant for first; none for other files."""
    if detect(path) is not Kind.CTF:
        return []
    header = next(read_ctf(path, name=path.name, on=on))
    assert isinstance(header, FileHeader)
    return [end for end in (header.destination, header.source) if end]
