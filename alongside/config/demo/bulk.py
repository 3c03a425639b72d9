"""Writing very many rows at once, through both walls.

COPY cannot write to a table under row-level security, so rows are copied to a passing table and inserted from
there by one statement. Triggers run as for any other row: history is complete.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from graphlib import TopologicalSorter
from itertools import count
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from psycopg.types.json import Jsonb

from alongside.base.pupils.models import Pupil

_BLOCK = 2_000


class Bulk:
    """Rows that wait to be written. `add` gives each its number at once, so that others can point to it."""

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._rows: dict[type[models.Model], list[Mapping[str, Any]]] = {}
        self._numbers: dict[type[models.Model], Iterator[int]] = {}

    def add(self, model: type[models.Model], **values: Any) -> int:
        """Note a row by its columns ('school_id'); what is left out has the field's default."""
        if model not in self._rows:
            self._rows[model] = []
            self._numbers[model] = _numbers(model)
        number = next(self._numbers[model])
        values["id"] = number
        self._rows[model].append(values)
        return number

    def write(self) -> dict[str, int]:
        """Insert everything noted; says how many of each.

        Foreign keys are checked table by table: PostgreSQL walks through all checks that wait for the end of the
        transaction whenever a trigger runs, which makes a hundred thousand of them very slow. History's triggers ask
        for every row whether they are to be ignored, and find out by an exception where nobody ever said.
        """
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute("select set_config('pgtrigger.ignore', '{}', true)")
        for model in _parents_first(self._rows):
            if self._rows[model]:
                _insert(model, self._rows[model], self._at)
        written = {model.__name__: len(rows) for model, rows in self._rows.items()}
        for rows in self._rows.values():
            rows.clear()
        return written


def _parents_first(models_: Iterable[type[models.Model]]) -> Iterable[type[models.Model]]:
    """The same models, each behind those that it points to, always in the same order."""
    chosen = list(models_)
    return TopologicalSorter({model: _needed(model, chosen) for model in chosen}).static_order()


def _needed(model: type[models.Model], chosen: Collection[type[models.Model]]) -> list[type[models.Model]]:
    """What must be written before a model: what its foreign keys point to, and the pupil that its wall asks for."""
    named = {field.related_model for field in model._meta.concrete_fields}
    if any(field.column == "pupil_id" for field in model._meta.concrete_fields):
        named.add(Pupil)  # history names its pupil without a foreign key
    return [other for other in chosen if other in named and other is not model]


def _numbers(model: type[models.Model]) -> Iterator[int]:
    """The next numbers of a table's sequence, fetched in blocks."""
    table = connection.ops.quote_name(model._meta.db_table)
    for _ in count():
        with connection.cursor() as cursor:
            cursor.execute(
                "select nextval(pg_get_serial_sequence(%s, 'id')) from generate_series(1, %s)", [table, _BLOCK]
            )
            yield from [row[0] for row in cursor.fetchall()]


def _insert(model: type[models.Model], rows: list[Mapping[str, Any]], at: datetime) -> None:
    fields = model._meta.concrete_fields
    names = [str(field.column) for field in fields]
    unknown = set().union(*rows[:50]) - set(names)
    if unknown:
        raise ValueError(f"{model.__name__} has no {', '.join(sorted(unknown))}.")
    defaults = {str(field.column): _default(field, at) for field in fields}
    json = {field.column for field in fields if isinstance(field, models.JSONField)}
    columns = ", ".join(f'"{name}"' for name in names)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"create temporary table passing (like {table}) on commit drop")
        with cursor.copy(f"copy passing ({columns}) from stdin") as copy:
            for row in rows:
                whole: dict[str, Any] = {**defaults, **row}
                copy.write_row([Jsonb(whole[n]) if n in json else whole[n] for n in names])
        cursor.execute(f"insert into {table} ({columns}) select {columns} from passing")  # noqa: S608 - names of our own models
        cursor.execute("drop table passing")


def _default(field: models.Field[Any, Any], at: datetime) -> Any:
    if isinstance(field, models.DateTimeField) and (field.auto_now or field.auto_now_add):
        return at
    if isinstance(field, ArrayField) or field.has_default():
        return field.get_default()
    return "" if isinstance(field, models.CharField | models.TextField) and not field.null else None
