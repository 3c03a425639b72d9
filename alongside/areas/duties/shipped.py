"""The catalogue that the product brings: one file a policy section, read into the table after every migration."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from alongside.areas.duties.models import Duty
from alongside.areas.duties.rules import NO_RECORDS
from alongside.base.access.roles import ROLES
from alongside.base.evidence.proofs import Evidence
from alongside.kit.steps import after_migrate
from alongside.law.clocks import CLOCKS

FOLDER = Path(__file__).parent / "catalogue"


@dataclass(frozen=True, slots=True)
class Entry:
    """One duty as its file says it."""

    code: str
    section: int
    title: str
    says: str
    rule: str
    family: int
    holds_for: str
    about: str
    kind: str
    owner: str
    cadence: str
    when: str
    evidence: str
    valid_from: date
    limit: str = ""
    clock: str = ""
    missing: str = ""  # which record would prove it, where none does yet; said on its page, not kept in the table


@cache
def entries() -> tuple[Entry, ...]:
    """Every duty of every file, by code. Raises ValueError, naming file and code, for one that cannot be used."""
    found = [entry for path in sorted(FOLDER.glob("*.toml")) for entry in _read(path)]
    codes = [entry.code for entry in found]
    twice = {code for code in codes if codes.count(code) > 1}
    if twice:
        raise ValueError(f"The catalogue has {', '.join(sorted(twice))} more than once.")
    return tuple(sorted(found, key=lambda entry: entry.code))


@cache
def _missing() -> Mapping[str, str]:
    return {entry.code: entry.missing for entry in entries()}


def missing(code: str) -> str:
    """Which record a duty lacks; a sentence for every duty, if only the general one."""
    return _missing().get(code) or NO_RECORDS


@cache
def sections() -> Mapping[int, str]:
    """The name of each policy section."""
    return {head["section"]: head["name"] for head in map(_file, sorted(FOLDER.glob("*.toml")))}


@cache
def _file(path: Path) -> Mapping[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _read(path: Path) -> Iterator[Entry]:
    head = _file(path)
    for row in head["duty"]:
        try:
            entry = Entry(section=head["section"], **{"valid_from": head["valid_from"], **row})
            _check(entry)
        except (TypeError, ValueError, KeyError) as fault:
            raise ValueError(f"{path.name}, {row.get('code', 'a duty without a code')}: {fault}") from fault
        yield entry


def _check(entry: Entry) -> None:
    if entry.owner not in ROLES:
        raise ValueError(f"{entry.owner} is no role.")
    if entry.clock and entry.clock not in CLOCKS:
        raise ValueError(f"{entry.clock} is no clock.")
    Evidence(entry.evidence)


_STORED = tuple(name for name in Entry.__dataclass_fields__ if name != "missing")


@after_migrate
def load() -> int:
    """Make the table say what the files say; says how many versions were new or changed. A trust's own stay."""
    standing = {(row.code, row.valid_from): row for row in Duty.objects.filter(own=False)}
    fresh: list[Duty] = []
    changed: list[Duty] = []
    for entry in entries():
        values = {name: value for name, value in asdict(entry).items() if name in _STORED}
        row = standing.get((entry.code, entry.valid_from))
        if row is None:
            fresh.append(Duty(**values))
        elif any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            changed.append(row)
    Duty.objects.bulk_create(fresh)
    Duty.objects.bulk_update(changed, [name for name in _STORED if name != "code"], batch_size=200)
    return len(fresh) + len(changed)
