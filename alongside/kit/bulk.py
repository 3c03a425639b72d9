"""Writing many rows at once: one statement that reads them from one JSON document.

It takes a third of the time of bulk_create and bulk_update, because nothing is bound value by value, and
unlike COPY it is not refused for tables behind row-level security.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import Model

CHUNK = 1_000


def insert_many(rows: Sequence[Model], *, replacing: Sequence[str] = ()) -> None:
    """Insert new rows and set their keys. With `replacing`, a row whose key stands has these fields replaced."""
    for start in range(0, len(rows), CHUNK):
        _insert(rows[start : start + CHUNK], replacing)


def update_many(rows: Sequence[Model], fields: Sequence[str]) -> None:
    """Save these fields of rows of one model."""
    for start in range(0, len(rows), CHUNK):
        _update(rows[start : start + CHUNK], fields)


@contextmanager
def in_bulk() -> Iterator[None]:
    """For a long piece of work inside a transaction, far quicker by four measures.

    Foreign keys are checked with each statement: checks that wait for the end of the transaction are walked through
    whenever a history trigger runs, so that a hundred thousand of them take ever longer. Rows must therefore follow
    those that they point to. The triggers are told that none of them is to be ignored; each asks so for every row,
    and finds out by an exception when the setting was never made. No statement is prepared, so that each is planned
    for its own values: tables grow from nothing while it lasts, and only known values can be hashed. And the garbage
    collector looks seldom: such work makes and drops millions of small values without cycles.
    """
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("select set_config('pgtrigger.ignore', '{}', true)")
    prepares = connection.connection.prepare_threshold
    connection.connection.prepare_threshold = None
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(100_000, 50, 1_000)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
        connection.connection.prepare_threshold = prepares


def _insert(rows: Sequence[Model], replacing: Sequence[str]) -> None:
    meta: Any = rows[0]._meta
    if meta.auto_field:
        _set_keys(rows, meta)
    fields = meta.concrete_fields
    for field in fields:
        if getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False):
            for row in rows:
                field.pre_save(row, add=True)
    columns = ", ".join(_quote(field.column) for field in fields)
    conflict = ""
    if replacing:
        names = [_quote(meta.get_field(name).column) for name in replacing]
        sets = ", ".join(f"{name} = excluded.{name}" for name in names)
        conflict = f" on conflict ({_quote(meta.pk.column)}) do update set {sets}"
    target = f"{_quote(meta.db_table)} ({columns})"
    _run(f"insert into {target} select {columns} from {_read(fields)}{conflict}", fields, rows)  # noqa: S608  (our own names)


def _update(rows: Sequence[Model], names: Sequence[str]) -> None:
    meta: Any = rows[0]._meta
    fields = [meta.pk, *(meta.get_field(name) for name in names)]
    key = _quote(meta.pk.column)
    sets = ", ".join(f"{_quote(field.column)} = new.{_quote(field.column)}" for field in fields[1:])
    table = _quote(meta.db_table)
    _run(f"update {table} old set {sets} from {_read(fields)} where old.{key} = new.{key}", fields, rows)  # noqa: S608


def _read(fields: Sequence[Any]) -> str:
    """The document as a table named `new`."""
    columns = ", ".join(f"{_quote(field.column)} {field.db_type(connection)}" for field in fields)
    return f"json_to_recordset(%s::json) as new ({columns})"


def _run(statement: str, fields: Sequence[Any], rows: Sequence[Model]) -> None:
    names = [(field.column, field.attname) for field in fields]
    document = [{column: getattr(row, name) for column, name in names} for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(statement, [json.dumps(document, cls=DjangoJSONEncoder, ensure_ascii=False)])


def _set_keys(rows: Sequence[Model], meta: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval(pg_get_serial_sequence(%s, %s)) from generate_series(1, %s)",
            [meta.db_table, meta.auto_field.column, len(rows)],
        )
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = key
            row._state.adding = False


def _quote(name: str) -> str:
    return connection.ops.quote_name(name)
