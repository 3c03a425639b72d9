"""One trial: law's tests in a fork that ends with 0 when a mutant survives, two or more at once."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from alongside.config.mutants.source import Mutant
from alongside.config.postgres import ROOT

if TYPE_CHECKING:
    import pytest

LAW = ROOT / "alongside" / "law"
TESTS = LAW / "tests"
SURVIVED, NOTICED, ELSEWHERE = 0, 1, 3
_LONGEST = 10  # seconds of processor time; a mutant that takes longer never ends, and is noticed by that

Trial = tuple[Mutant, set[str] | None]  # a mutant, and the tests that can notice it; None for all


def is_rules(module: str) -> bool:
    """Whether a module holds rules and nothing else."""
    return module.startswith("alongside.law.book.")


def quickest(mutant: Mutant) -> Path:
    """The file of tests that most likely notices a mutant."""
    name = "test_second_entry.py" if is_rules(mutant.module) else f"test_{mutant.module.split('.')[-1]}.py"
    return TESTS / name


def in_order(items: Iterable[pytest.Item], trial: Trial) -> list[pytest.Item]:
    """The chosen tests: the likeliest first, and those that try many values last."""
    mutant, chosen = trial
    kept = [item for item in items if chosen is None or item.nodeid in chosen]
    first = quickest(mutant)

    def place(item: pytest.Item) -> tuple[bool, bool, bool]:
        many = hasattr(getattr(item, "obj", None), "hypothesis")
        return item.path != first, many, f"[{mutant.place} " not in item.nodeid

    return sorted(kept, key=place)


def run_tests(paths: Iterable[Path], plugins: Sequence[object] = ()) -> int:
    """Run tests without Django, quietly; the exit code of pytest."""
    import pytest

    bare = ["-x", "-s", "--assert=plain", "-p", "no:terminal", "-p", "no:cacheprovider"]
    return int(pytest.main([*bare, "-c", os.devnull, "--rootdir", str(ROOT), *map(str, paths)], plugins=plugins))


def try_all(trials: Sequence[Trial], ask: Callable[[Trial], int], jobs: int) -> dict[str, int]:
    """What `ask` says of each mutant, by name: each in a fork, `jobs` at once."""
    running: dict[int, str] = {}
    found: dict[str, int] = {}
    for done, trial in enumerate(trials, start=1):
        if len(running) >= jobs:
            _one_ends(running, found)
        running[_begin(trial, ask)] = trial[0].name
        if done % 250 == 0:
            print(f"{done} of {len(trials)}, {list(found.values()).count(SURVIVED)} survivors", flush=True)
    while running:
        _one_ends(running, found)
    return found


def _begin(trial: Trial, ask: Callable[[Trial], int]) -> int:
    process = os.fork()
    if process:
        return process
    answer = NOTICED
    with suppress(BaseException):
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        resource.setrlimit(resource.RLIMIT_CPU, (_LONGEST, _LONGEST))
        resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
        signal.alarm(20 * _LONGEST)
        answer = ask(trial)
    os._exit(answer)


def _one_ends(running: dict[int, str], found: dict[str, int]) -> None:
    process, status = os.wait()
    if process in running:
        found[running.pop(process)] = os.waitstatus_to_exitcode(status)
