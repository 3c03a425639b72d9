"""Making the table of states say what was worked out: a state that changed ends its period, and another begins."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Q

from alongside.areas.duties.compute import Key
from alongside.areas.duties.models import Standing
from alongside.areas.duties.rules import Verdict


@dataclass(frozen=True, slots=True)
class Difference:
    """How many duties were new, changed state, or changed only in their figures."""

    added: int
    changed: int
    counted: int

    def __add__(self, other: Difference) -> Difference:
        return Difference(self.added + other.added, self.changed + other.changed, self.counted + other.counted)


_FIGURES = ("met", "due", "at_risk", "overdue", "not_evidenced", "due_on", "why")


def store(wanted: Mapping[Key, Verdict], where: Q, on: date) -> Difference:
    """A changed state ends its period and begins another; changed figures are written into the period."""
    codes = {code for _, code in wanted}
    standing = {(row.school_id, row.duty): row for row in Standing.objects.filter(where, until=None, duty__in=codes)}
    fresh: list[Standing] = []
    ended: list[int] = []
    counted: list[Standing] = []
    for key, verdict in wanted.items():
        row = standing.get(key)
        if row is None or (row.state, row.evidence) != (verdict.state, verdict.evidence):
            fresh.append(_row(key, verdict, on))
            if row is not None:
                ended.append(row.pk)
        elif _figures(row) != _said(verdict):
            for name, value in zip(_FIGURES, _said(verdict), strict=True):
                setattr(row, name, value)
            counted.append(row)
    _end(ended, on)
    Standing.objects.bulk_create(fresh, batch_size=2_000)
    _write_figures(counted)
    Standing.objects.filter(where, until=None, duty__in=codes).exclude(computed_on=on).update(computed_on=on)
    return Difference(len(fresh) - len(ended), len(ended), len(counted))


def _row(key: Key, verdict: Verdict, on: date) -> Standing:
    school, code = key
    figures = dict(zip(_FIGURES, _said(verdict), strict=True))
    return Standing(
        school_id=school, duty=code, state=verdict.state, evidence=verdict.evidence, since=on, computed_on=on, **figures
    )


def _figures(row: Standing) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in _FIGURES)


def _said(verdict: Verdict) -> tuple[object, ...]:
    counts = verdict.counts
    return (
        counts.met, counts.due, counts.at_risk, counts.overdue, counts.not_evidenced, counts.due_on, verdict.why[:240],
    )  # fmt: skip


def _end(ended: Collection[int], on: date) -> None:
    """End periods yesterday; one that began today never was."""
    began_today = Standing.objects.filter(pk__in=ended, since__gte=on)
    began_today.delete()
    Standing.objects.filter(pk__in=ended).update(until=on - timedelta(days=1))


_UPDATE = """
update duties_standing s set met = v.met, due = v.due, at_risk = v.at_risk, overdue = v.overdue,
       not_evidenced = v.not_evidenced, due_on = v.due_on, why = v.why
  from unnest(%s::bigint[], %s::int[], %s::int[], %s::int[], %s::int[], %s::int[], %s::date[], %s::text[])
       as v(id, met, due, at_risk, overdue, not_evidenced, due_on, why)
 where s.id = v.id"""


def _write_figures(changed: Collection[Standing]) -> None:
    if changed:
        columns = [[row.pk for row in changed]] + [[getattr(row, name) for row in changed] for name in _FIGURES]
        with connection.cursor() as cursor:
            cursor.execute(_UPDATE, columns)
