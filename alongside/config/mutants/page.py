"""The page of docs/reference on mutants, from what was last found."""

from __future__ import annotations

import ast

from alongside.config import reference
from alongside.config.mutants.explained import EXPLAINED
from alongside.config.mutants.run import recorded, texts, untried
from alongside.config.mutants.trial import is_rules

_DUE = "Not explained yet: a test is missing."


def page() -> str:
    """Each module with its functions, its mutants and how many were noticed, then every survivor and its reason."""
    found = list(recorded())
    code = texts()
    mutants, survivors = sum(number for _, number, _ in found), [name for *_, names in found for name in names]
    rows = [
        (
            f"`{module.removeprefix('alongside.')}`", "its rules" if is_rules(module) else f"{_functions(code[module])} functions",
            str(number), str(number - len(names)), _share(number, len(names)),
        )
        for module, number, names in found
    ]  # fmt: skip
    tried = mutants - untried()
    total = ("**All that were tried**", "", str(tried), str(tried - len(survivors)), _share(tried, len(survivors)))
    return reference.page(
        "Mutants of the law",
        "How well law's own tests would notice a mistake. `make mutants` changes one thing at a time and runs "
        "`alongside/law/tests`. In code it changes comparisons, sums, conditions, numbers, days, choices and what a function "
        "gives back; in every rule of the book its amount, unit, counting, days in force, weight, certainty, band, owner, "
        "roll, safe day, grounds, needs and promise. Words are left alone. `make mutants ARGS=\"calendar book.appeals\"` looks "
        "at some modules.",
        reference.table(("Module", "Of what", "Mutants", "Noticed", "Share"), [*rows, total]),
        f"The last run was stopped before {untried()} mutants of what runs while the law is loaded; they stand here as noticed "
        "and were not tried. Run `make mutants` again." if untried() else "",
        "## Survivors",
        reference.table(("Change that no test notices", "Why"), [(name, EXPLAINED.get(name, _DUE)) for name in survivors])
        if survivors
        else "None.",
    )  # fmt: skip


def _share(mutants: int, survivors: int) -> str:
    return f"{(mutants - survivors) / mutants:.1%}" if mutants else ""


def _functions(text: str) -> int:
    return sum(isinstance(node, ast.FunctionDef) for node in ast.walk(ast.parse(text)))
