"""Mutants of what runs while the law is loaded: each is tried by loading the law afresh."""

from __future__ import annotations

import importlib.abc
import importlib.util
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING

from alongside.config.errors import CannotGoOn
from alongside.config.mutants import source
from alongside.config.mutants.source import Mutant
from alongside.config.mutants.trial import NOTICED, SURVIVED, TESTS, Trial, in_order, quickest, run_tests, try_all
from alongside.config.postgres import ROOT

if TYPE_CHECKING:
    import pytest

_NOTHING_RAN = 5  # what pytest says when no test was chosen


def survivors(trials: Sequence[Trial], jobs: int) -> set[str]:
    """The names of the mutants that no test noticed."""
    return {name for name, answer in try_all(trials, ask, jobs).items() if answer == SURVIVED}


def control() -> None:
    """A mutant in which nothing is changed has to survive, or being noticed means nothing. Raises CannotGoOn."""
    unchanged = Mutant("alongside.law.calendar", "add_weeks", "nothing", -1)
    if survivors([(unchanged, None)], 1) != {unchanged.name}:
        raise CannotGoOn("The tests fail although nothing was changed: the run itself is at fault.")


def ask(trial: Trial) -> int:
    """Whether law's tests pass with a mutant. To be asked in a process that has not loaded the law."""
    mutant, chosen = trial
    sys.meta_path.insert(0, Finder(mutant))
    first = quickest(mutant)
    if chosen is None and first.is_file() and run_tests([first]):
        return NOTICED
    return SURVIVED if run_tests([TESTS], [Only(trial)]) in (0, _NOTHING_RAN) else NOTICED


class Only:
    """A plug-in that leaves the tests of a trial, in their order."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = in_order(items, self.trial)


class Mutated(SourceFileLoader):
    """Loads a module with one mutant in it."""

    def __init__(self, mutant: Mutant, path: str) -> None:
        super().__init__(mutant.module, path)
        self.mutant = mutant

    def get_code(self, fullname: str) -> CodeType | None:
        text = Path(self.path).read_text(encoding="utf-8")
        return compile(source.mutated(fullname, text, self.mutant.number), self.path, "exec")


class Finder(importlib.abc.MetaPathFinder):
    """Gives the mutated module in place of the one on disk."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:
        if name != self.mutant.module:
            return None
        base = ROOT.joinpath(*name.split("."))
        file = base / "__init__.py" if base.is_dir() else base.with_suffix(".py")
        places = [str(base)] if base.is_dir() else None
        loader = Mutated(self.mutant, str(file))
        return importlib.util.spec_from_file_location(name, file, loader=loader, submodule_search_locations=places)
