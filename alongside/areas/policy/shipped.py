"""The text as issued, what is odd in it, and the law and guidance it cites: read into tables after every migration."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from alongside.areas.policy.models import Clause, Reference, Section, Version
from alongside.areas.policy.rules import Question
from alongside.kit.steps import after_migrate

FOLDER = Path(__file__).parent / "text"


@cache
def _file(name: str) -> Mapping[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something odd in the text, what the product does, and the duties that it touches."""

    number: int
    says: str
    does: str
    duties: tuple[str, ...]


@cache
def oddities() -> tuple[Oddity, ...]:
    return tuple(Oddity(o["number"], o["says"], o["does"], tuple(o["duties"])) for o in _file("oddities")["oddity"])


@cache
def summary() -> tuple[str, ...]:
    """What a new member of staff reads in two minutes."""
    return tuple(_file("check")["summary"])


@cache
def questions() -> tuple[Question, ...]:
    """The three questions about it."""
    return tuple(Question(q["asks"], tuple(q["answers"]), q["right"], q["look"]) for q in _file("check")["question"])


def clause_rows() -> Sequence[Mapping[str, Any]]:
    """The sections of the text as issued, each with its clauses."""
    rows: Sequence[Mapping[str, Any]] = _file("clauses")["section"]
    return rows


@after_migrate
def load() -> int:
    """Add what is missing; says how many rows. What a trust has changed is never written over."""
    return _library() + (0 if Version.objects.exists() else _version())


def _library() -> int:
    standing = set(Reference.objects.values_list("key", flat=True))
    fresh = [Reference(**item) for item in _file("library")["item"] if item["key"] not in standing]
    Reference.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def _version() -> int:
    """The policy as it was printed. Whether a board approved it is for the director to say."""
    version = Version.objects.create(
        reference="TB15", issue_on=date(2024, 9, 1), issue_printed="September 2024/25", next_review=date(2024, 9, 1),
        next_review_printed="September 2024", as_issued=True,
    )  # fmt: skip
    return add_clauses(version, clause_rows())


def add_clauses(version: Version, rows: Sequence[Mapping[str, Any]]) -> int:
    """Write sections and clauses of a version; says how many."""
    sections = Section.objects.bulk_create(
        Section(
            version=version, number=row["number"], heading=row["heading"], listed=row.get("listed"), printed=row.get("printed")
        )
        for row in rows
    )  # fmt: skip
    clauses = Clause.objects.bulk_create(
        Clause(section=section, number=number, title=title, duties=duties)
        for section, row in zip(sections, rows, strict=True)
        for number, (title, *duties) in enumerate(row["clauses"], start=1)
    )
    return len(sections) + len(clauses)
