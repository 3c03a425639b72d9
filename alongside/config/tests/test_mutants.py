"""The mutation run: what it changes, and that what is written about it is not behind the law."""

import ast
from dataclasses import replace

import pytest

from alongside.config.mutants import run, source, values
from alongside.config.mutants.explained import EXPLAINED
from alongside.law.book import RULES
from alongside.law.rule import Counting, Unit


def changed(text: str) -> list[str]:
    """The texts that a text is changed into."""
    count = len(source.mutants("m", text))
    return [ast.unparse(source.mutated("m", text, number)) for number in range(count)]


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("x = a < b", ["x = a <= b", "x = a >= b"]),
        ("x = a == 'one'", ["x = a != 'one'", "x = a == 'one?'"]),
        ("x = a + b", ["x = a - b"]),
        ("x = a and b", ["x = a or b"]),
        ("x = not a", ["x = a"]),
        ("x = 7", ["x = 8", "x = 6"]),
        ("x = True", ["x = False"]),
        ("x = '0.80'", ["x = '1.8'"]),
        ("x = date(2026, 12, 31)", ["x = date(2026, 12, 30)", "x = date(2027, 1, 1)"]),
        ("x = min(a, b)", ["x = max(a, b)"]),
        ("if a:\n    b()", ["if not a:\n    b()"]),
        ("x = [a for a in b if a]", ["x = [a for a in b if not a]"]),
        ("def f(a: int=1) -> int:\n    '''A 5.'''\n    return a", [
            "def f(a: int=2) -> int:\n    return a", "def f(a: int=1) -> int:\n    return None",
        ]),
        ("x = f'{a} 5'\nassert a > 1\nx = 'word'", []),
    ],
)  # fmt: skip
def test_what_is_changed_in_code(text: str, others: list[str]) -> None:
    assert sorted(changed(text)) == sorted(others)


def test_a_choice_becomes_the_next_one() -> None:
    (text,) = changed("x = Unit.WEEKS")
    found: dict[str, object] = {"Unit": Unit}
    exec(text, found)
    assert found["x"] is Unit.WORKING_DAYS


def test_a_change_has_a_name_of_its_own() -> None:
    names = [mutant.name for mutant in source.mutants("alongside.law.m", "def f(a):\n    return a < 1 or a < 1")]
    assert len(names) == len(set(names))
    assert "m f: a < 1 → a <= 1" in names
    assert "m f: a < 1 → a <= 1 (2)" in names


def test_what_is_changed_in_a_rule() -> None:
    rule = RULES["EHC-04"]
    changes = [replace(rule, **{field: value}) for field, value in values.changes(rule)]  # type: ignore[arg-type]
    assert rule not in changes
    assert {(one.amount, one.unit, one.counting) for one in changes} >= {
        (5, rule.unit, rule.counting), (7, rule.unit, rule.counting), (6, Unit.WORKING_DAYS, rule.counting),
        (6, rule.unit, Counting.INCLUSIVE),
    }  # fmt: skip
    assert len({one.in_force_from for one in changes}) == 3
    mutants = values.mutants("alongside.law.book.x", [rule])
    assert len(mutants) == len(changes)
    assert values.mutated([rule, RULES["EHC-07"]], 0)[1] == RULES["EHC-07"]


def test_every_module_of_the_law_was_tried_as_it_stands_now() -> None:
    now = {module: len(mutants) for module, mutants in run.listed().items()}
    assert {module: number for module, number, _ in run.recorded()} == now, "run: make mutants"


def test_nine_in_ten_are_noticed_and_every_survivor_is_explained() -> None:
    survivors = [name for *_, names in run.recorded() for name in names]
    assert len(survivors) <= sum(number for _, number, _ in run.recorded()) / 10
    assert set(survivors) == set(EXPLAINED), "write a test, or say in explained.py why none can notice it"
    there = {mutant.name for mutants in run.listed().values() for mutant in mutants}
    assert set(survivors) <= there
