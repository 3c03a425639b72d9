"""`make mutants`: what there is to change, which tests can notice it, and what was found."""

from __future__ import annotations

import argparse
import gc
import importlib
import json
import os
import pickle
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from alongside.config.errors import CannotGoOn
from alongside.config.mutants import afresh, in_place, source, trial, values
from alongside.config.mutants.source import Mutant
from alongside.config.mutants.trial import LAW, TESTS, is_rules
from alongside.config.postgres import ROOT

RESULT = Path(__file__).with_name("found.json")
_UNTRIED = "untried"


def mutants(arguments: Sequence[str]) -> int:
    """The command. Raises CannotGoOn when law's own tests fail before anything is changed."""
    parser = argparse.ArgumentParser(prog="alongside mutants", description="How well law's tests notice a mistake.")
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="such as calendar or book.appeals; all of them")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="at once")
    options = parser.parse_args(arguments)
    began = time.monotonic()
    _load_libraries()
    found = apart(listed)
    chosen = {name: each for name, each in found.items() if not options.modules or _short(name) in options.modules}
    print(
        f"{sum(map(len, chosen.values()))} mutants in {len(chosen)} modules. First the tests as they are.", flush=True
    )
    callers = apart(who_calls)
    afresh.control()
    survived = _survivors([mutant for each in chosen.values() for mutant in each], callers, options.jobs)
    _record(chosen, survived)
    total = sum(map(len, chosen.values()))
    print(f"{total - len(survived)} of {total} noticed in {time.monotonic() - began:.0f} s. Survivors:")
    print("\n".join(mutant.name for mutant in survived) or "none")
    return 0


def _short(module: str) -> str:
    return module.removeprefix("alongside.law.")


# --- What there is -------------------------------------------------------------------------------------------


def texts() -> Mapping[str, str]:
    """The text of each module of the law by its name."""
    files = [path for path in sorted(LAW.rglob("*.py")) if TESTS not in path.parents]
    names = (path.relative_to(ROOT).with_suffix("").parts for path in files)
    return {
        ".".join(name).removesuffix(".__init__"): path.read_text(encoding="utf-8")
        for name, path in zip(names, files, strict=True)
    }


def listed() -> dict[str, list[Mutant]]:
    """Every mutant by module."""
    return {
        module: values.mutants(module, importlib.import_module(module).RULES)
        if is_rules(module)
        else source.mutants(module, text)
        for module, text in texts().items()
    }


# --- Which tests call what -----------------------------------------------------------------------------------


class Calls:
    """A plug-in that notes which functions of the law each test calls; '' stands for loading and collecting."""

    def __init__(self) -> None:
        self.by_function: dict[str, set[str]] = {}
        self._test = ""

    def __enter__(self) -> Calls:
        sys.setprofile(self._note)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self._test = nodeid

    def _note(self, frame: Any, event: str, _: object) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(str(LAW)) and "tests" not in code.co_filename:
            self.by_function.setdefault(f"{_module(code.co_filename)} {code.co_name}", set()).add(self._test)


def _module(file: str) -> str:
    return ".".join(Path(file).relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def who_calls() -> dict[str, set[str]]:
    """The tests that call each function of the law. Raises CannotGoOn when one of them fails."""
    os.environ.update(HYPOTHESIS_PROFILE="look")  # what is called shows with few values, and being watched is slow
    with Calls() as calls:
        code = trial.run_tests([TESTS], [calls])
    if code:
        raise CannotGoOn("The tests of the law fail before anything is changed. Put them right first.")
    return calls.by_function


def tests_for(mutant: Mutant, callers: Mapping[str, set[str]]) -> set[str] | None:
    """The tests that call the changed function; None where all may matter: for a rule, and for what runs while loading."""
    called = callers.get(f"{mutant.module} {mutant.place.split('.')[-1]}", {""})
    return None if is_rules(mutant.module) or "" in called else called


# --- All of them ---------------------------------------------------------------------------------------------


def _survivors(todo: Sequence[Mutant], callers: Mapping[str, set[str]], jobs: int) -> list[Mutant]:
    """The mutants that no test noticed, in their order: first those that can be put in place, then the others."""
    known = [(mutant, tests_for(mutant, callers)) for mutant in todo]
    warm = [(mutant, chosen) for mutant, chosen in known if chosen is not None or is_rules(mutant.module)]
    survived, left = apart(lambda: in_place.survivors(warm, jobs))
    cold = [(mutant, chosen) for mutant, chosen in known if (mutant, chosen) not in warm or mutant.name in left]
    survived |= afresh.survivors(cold, jobs)
    return [mutant for mutant in todo if mutant.name in survived]


def apart(ask: Callable[[], Any]) -> Any:
    """Ask in another process, so that this one never loads the law."""
    read, write = os.pipe()
    process = os.fork()
    if not process:
        with os.fdopen(write, "wb") as answer:
            try:
                pickle.dump(ask(), answer)
            except CannotGoOn as fault:
                pickle.dump(fault, answer)
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as answer:
        found = pickle.load(answer)  # noqa: S301  # what our own process wrote
    os.waitpid(process, 0)
    if isinstance(found, CannotGoOn):
        raise found
    return found


def _load_libraries() -> None:
    import hypothesis

    for name in ("pytest", "hypothesis.strategies", "_pytest.python", "zoneinfo", "ast", "calendar", "decimal"):
        importlib.import_module(name)
    settings = hypothesis.settings
    phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)  # a mistake need not be made small
    for profile, examples in (("mutants", 25), ("look", 2)):
        settings.register_profile(
            profile, deadline=None, derandomize=True, max_examples=examples, phases=phases, database=None,
            suppress_health_check=list(hypothesis.HealthCheck),
        )  # fmt: skip
    os.environ.update(HYPOTHESIS_PROFILE="mutants", PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
    os.chdir(ROOT)
    gc.freeze()


def _record(chosen: Mapping[str, Sequence[Mutant]], survived: Iterable[Mutant]) -> None:
    """Keep what was found, module by module; what was not asked about stays as it was."""
    known = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.is_file() else {}
    alive = list(survived)
    for module, each in chosen.items():
        names = [mutant.name for mutant in alive if mutant.module == module]
        known[module] = {"mutants": len(each), "survivors": names}
    kept = {module: known[module] for module in texts() if module in known}
    RESULT.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def recorded() -> Iterator[tuple[str, int, list[str]]]:
    """Module, number of mutants and names of survivors, as last found."""
    for module, found in json.loads(RESULT.read_text(encoding="utf-8")).items():
        if module != _UNTRIED:
            yield module, found["mutants"], found["survivors"]


def untried() -> int:
    """How many mutants the last whole run left out; it was stopped before it came to them."""
    return int(json.loads(RESULT.read_text(encoding="utf-8")).get(_UNTRIED, 0))
