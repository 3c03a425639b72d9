"""`any_of`: `in` for hundreds of values, sent as one array."""

from __future__ import annotations

from typing import Any

from django.db.models import Field, Lookup


@Field.register_lookup
class AnyOf(Lookup):
    """`filter(upn__any_of=upns)`: one of many values.

    With a place for each value PostgreSQL cannot hash them and compares every row with every value, which for a file
    of pupils grows with the square of its length.
    """

    lookup_name = "any_of"
    prepare_rhs = False

    def get_prep_lookup(self) -> list[Any]:
        field = self.lhs.output_field
        return [field.get_prep_value(value) for value in self.rhs]

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        lhs, values = self.process_lhs(compiler, connection)
        return f"{lhs} = any(%s)", (*values, self.rhs)
