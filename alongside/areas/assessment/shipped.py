"""The scales that the product brings: read from `scales/` into the table after every migration."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from alongside.areas.assessment import rules
from alongside.areas.assessment.models import Scale
from alongside.kit.steps import after_migrate

FOLDER = Path(__file__).parent / "scales"
_MANUAL = ("reliability", "reliability_from")  # where the trust put the manual's figure in, it stays
_FIGURES = ("low", "high", "mean", "sd", "reliability")


@dataclass(frozen=True, slots=True)
class Entry:
    """One scale as its file says it."""

    code: str
    name: str
    kind: str
    valid_from: date
    source: str
    low: Decimal | None = None
    high: Decimal | None = None
    mean: Decimal | None = None
    sd: Decimal | None = None
    reliability: Decimal | None = None
    reliability_from: str = ""
    steps: list[str] = field(default_factory=list)
    letters: Mapping[str, str] = field(default_factory=dict)
    valid_to: date | None = None


@cache
def entries() -> tuple[Entry, ...]:
    """Every scale of every file, by code. Raises ValueError, naming file and code, for one that cannot be used."""
    found = [
        _entry(path.name, row)
        for path in sorted(FOLDER.glob("*.toml"))
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["scale"]
    ]
    keys = [(entry.code, entry.valid_from) for entry in found]
    twice = {code for code, day in keys if keys.count((code, day)) > 1}
    if twice:
        raise ValueError(f"The scales have {', '.join(sorted(twice))} more than once.")
    return tuple(sorted(found, key=lambda entry: entry.code))


def _entry(file: str, row: Mapping[str, Any]) -> Entry:
    try:
        figures = {name: Decimal(str(row[name])) for name in _FIGURES if name in row}
        entry = Entry(**{**row, **figures})
        refusal = rules.check_scale(_draft(entry))
    except (TypeError, ValueError, ArithmeticError) as fault:
        raise ValueError(f"{file}, {row.get('code', 'a scale without a code')}: {fault}") from fault
    if refusal or (entry.reliability and not entry.reliability_from):
        reason = refusal.reason if refusal else "say where its reliability comes from."
        raise ValueError(f"{file}, {entry.code}: {reason}")
    return entry


def _draft(entry: Entry) -> rules.ScaleDraft:
    return rules.ScaleDraft(
        entry.name, rules.Kind(entry.kind), entry.low, entry.high, entry.mean, entry.sd, entry.reliability,
        tuple(entry.steps), tuple(entry.letters.items()),
    )  # fmt: skip


@after_migrate
def load() -> int:
    """Make the table say what the files say; says how many versions were new or changed. A trust's own stay."""
    standing = {(row.code, row.valid_from): row for row in Scale.objects.filter(own=False)}
    fresh: list[Scale] = []
    changed: list[Scale] = []
    for entry in entries():
        row = standing.get((entry.code, entry.valid_from))
        values = asdict(entry)
        if row is None:
            fresh.append(Scale(**values))
            continue
        differing = [name for name, value in values.items() if getattr(row, name) != value]
        if row.from_manual:
            differing = [name for name in differing if name not in _MANUAL]
        for name in differing:
            setattr(row, name, values[name])
        if differing:
            changed.append(row)
    Scale.objects.bulk_create(fresh)
    Scale.objects.bulk_update(changed, [name for name in Entry.__dataclass_fields__ if name != "code"])
    return len(fresh) + len(changed)
