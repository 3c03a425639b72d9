"""Mutants that are put into the loaded law: a rule's field, or the body of a function. Many times faster than afresh."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import TYPE_CHECKING

from alongside.config.mutants import source, values
from alongside.config.mutants.source import Mutant
from alongside.config.mutants.trial import (
    ELSEWHERE,
    NOTICED,
    SURVIVED,
    TESTS,
    Trial,
    in_order,
    is_rules,
    run_tests,
    try_all,
)

if TYPE_CHECKING:
    import pytest


def survivors(trials: Sequence[Trial], jobs: int) -> tuple[set[str], set[str]]:
    """The names of the mutants that no test noticed, and of those that are not in a body and need a fresh law."""
    loop = Loop(trials, jobs)
    run_tests([TESTS], [loop])
    by = {answer: {name for name, said in loop.found.items() if said == answer} for answer in (SURVIVED, ELSEWHERE)}
    return by[SURVIVED], by[ELSEWHERE]


class Loop:
    """A plug-in that, once the tests are collected, runs them for each mutant in a fork."""

    def __init__(self, trials: Sequence[Trial], jobs: int) -> None:
        self.trials = trials
        self.jobs = jobs
        self.found: dict[str, int] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.found = try_all(self.trials, lambda trial: _ask(session, trial), self.jobs)
        return True


def _ask(session: pytest.Session, trial: Trial) -> int:
    if not put(trial[0]):
        return ELSEWHERE
    for item in in_order(session.items, trial):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        if session.testsfailed:
            return NOTICED
    return SURVIVED


def put(mutant: Mutant) -> bool:
    """Put a mutant into the loaded law; False when it is not in a rule or in the body of a function."""
    module = sys.modules[mutant.module]
    for name in [name for name in sys.modules if name.startswith("alongside.law.")]:
        _forget(sys.modules[name])
    if is_rules(mutant.module):
        _put_rule(module, mutant)
        return True
    return _put_body(module, mutant)


def _forget(module: ModuleType) -> None:
    """What was remembered between calls while loading."""
    for value in list(vars(module).values()):
        if hasattr(value, "cache_clear"):
            value.cache_clear()


def _put_rule(module: ModuleType, mutant: Mutant) -> None:
    for rule, changed in zip(module.RULES, values.mutated(module.RULES, mutant.number), strict=True):
        if changed is not rule:
            for field in fields(rule):
                object.__setattr__(rule, field.name, getattr(changed, field.name))


def _put_body(module: ModuleType, mutant: Mutant) -> bool:
    function = _function(module, mutant.place)
    text = Path(str(module.__file__)).read_text(encoding="utf-8")
    same, other = (_code(source.mutated(mutant.module, text, number), mutant) for number in (-1, mutant.number))
    if function is None or same is None or other is None or same == other:
        return False
    function.__code__ = other
    return True


def _function(module: ModuleType, place: str) -> FunctionType | None:
    """A function or method by its place; without what is wrapped around it."""
    found: object = module
    for part in place.split("."):
        found = vars(found).get(part)
        if found is None:
            return None
    found = getattr(found, "fget", found)
    found = getattr(found, "__wrapped__", found)
    return found if isinstance(found, FunctionType) else None


def _code(tree: object, mutant: Mutant) -> CodeType | None:
    """The code of a function in a tree."""
    code: CodeType | None = compile(tree, str(sys.modules[mutant.module].__file__), "exec")  # type: ignore[call-overload]
    for part in mutant.place.split("."):
        inner = code.co_consts if code else ()
        code = next((each for each in inner if isinstance(each, CodeType) and each.co_name == part), None)
    return code
