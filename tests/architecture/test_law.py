"""Every number has a source, and the law needs no framework."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from alongside.law import book, clocks, codes, thresholds
from alongside.law.rule import Rule
from alongside.law.thresholds import Threshold
from tests.architecture.tree import HOUSE, ROOT, imported, label, modules

LAW = modules(within=HOUSE / "law")
RULES = modules("rules.py")
REFERENCE = ROOT / "docs" / "reference" / "clocks.md"


@pytest.mark.parametrize("path", [*LAW, *RULES], ids=label)
def test_law_and_rules_are_python_alone(path: Path) -> None:
    ours = "alongside.law" if path in LAW else "alongside."
    foreign = {
        name
        for name in imported(path)
        if name.split(".")[0] not in sys.stdlib_module_names | {"__future__"} and not name.startswith(ours)
    }
    assert {name.split(".")[0] for name in foreign} <= {"alongside"}, foreign
    assert path in RULES or foreign == set()


def codes_in(module: object, kind: type[Rule] | type[Threshold]) -> set[str]:
    return {value.code for value in vars(module).values() if isinstance(value, kind)}


def test_every_clock_and_figure_is_listed_under_its_code() -> None:
    assert codes_in(clocks, Rule) == {clock.code for clock in clocks.CLOCKS.values()} == set(clocks.CLOCKS)
    listed = thresholds.THRESHOLDS
    assert codes_in(thresholds, Threshold) == {figure.code for figure in listed.values()} == set(listed)


@pytest.mark.parametrize(
    "entry", [*clocks.CLOCKS.values(), *thresholds.THRESHOLDS.values()], ids=lambda entry: entry.code
)
def test_a_number_has_a_source_and_a_day_from_which_it_holds(entry: Rule | Threshold) -> None:
    assert entry.source.instrument
    assert entry.source.place, "an instrument without a place in it cannot be looked up"
    assert date(1989, 1, 1) < entry.in_force_from < date(2100, 1, 1)
    assert f"| {entry.code} |" in REFERENCE.read_text(encoding="utf-8"), "run: alongside docs"


@pytest.mark.parametrize("rule", [*book.TODAY.rules, *book.PROPOSAL.rules], ids=lambda rule: f"{rule.code} {rule.name}")
def test_every_rule_stands_in_the_reference_and_has_an_owner(rule: Rule) -> None:
    from alongside.base.access.roles import ROLES

    assert rule.owner in ROLES
    assert f"| {rule.code} | {rule.name} |" in REFERENCE.read_text(encoding="utf-8"), "run: alongside docs"


def test_a_proposal_is_never_a_clock_that_runs() -> None:
    assert all(clock in book.TODAY.rules for clock in clocks.CLOCKS.values())


@pytest.mark.parametrize("clock", clocks.CLOCKS.values(), ids=lambda clock: clock.code)
def test_a_clock_has_somebody_who_answers_for_it_and_a_place_that_starts_it(clock: Rule) -> None:
    from alongside.base.access.roles import ROLES

    assert clock.owner in ROLES
    name = next(name for name, value in vars(clocks).items() if value is clock)
    texts = (path.read_text(encoding="utf-8") for path in modules() if path.name != "clocks.py")
    assert any(f"clocks.{name}" in text or f"import {name}" in text for text in texts), f"nothing starts {clock.code}"


def test_a_figure_is_used() -> None:
    texts = [path.read_text(encoding="utf-8") for path in modules() if path.name != "thresholds.py"]
    names = {value.code: name for name, value in vars(thresholds).items() if isinstance(value, Threshold)}
    idle = {code for code, name in names.items() if not any(f"thresholds.{name}" in text for text in texts)}
    assert idle == set()


def test_every_need_has_words_and_an_area_or_a_reason_for_none() -> None:
    without = {entry.code for entry in codes.NEED_TYPES if entry.area is None}
    assert without == {"OTH", "NSA"}, "these two take the area that a person chooses"
