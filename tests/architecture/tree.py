"""The tree of the house as programs see it: slices, modules, functions, calls."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "alongside"
AREAS = HOUSE / "areas"
Function = ast.FunctionDef


def slices(*floors: str) -> list[Path]:
    """The folders of these floors that hold a slice."""
    return [path for floor in floors for path in sorted((HOUSE / floor).iterdir()) if (path / "__init__.py").is_file()]


def modules(name: str = "*.py", *, within: Path = HOUSE) -> list[Path]:
    """Our own modules of a name, without tests and migrations."""
    found = sorted(within.rglob(name))
    return [path for path in found if not {"tests", "migrations", "__pycache__"} & set(path.parts)]


def pages() -> list[Path]:
    """Every template."""
    return sorted(HOUSE.rglob("jinja2/**/*.html")) + sorted(HOUSE.rglob("templates/**/*.html"))


def label(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(path: Path) -> dict[str, Function]:
    """The functions at the top of a module, by name."""
    return {node.name: node for node in tree(path).body if isinstance(node, Function)}


def calls(node: ast.AST, *, without: str = "") -> Iterator[str]:
    """What is called inside a node, as it is written: 'history.record'. `without`: not if called with this name."""
    for each in ast.walk(node):
        if isinstance(each, ast.Call) and without not in {keyword.arg for keyword in each.keywords}:
            yield ast.unparse(each.func)


def reached(path: Path, name: str) -> set[str]:
    """What a function calls, by itself and through the module's own functions."""
    own, found, waiting = functions(path), set[str](), [name]
    seen: set[str] = set()
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        for call in calls(own[current]):
            found.add(call)
            if call in own:
                waiting.append(call)
    return found


def imported(path: Path) -> set[str]:
    """The modules and names that a module imports, in full."""
    names: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names
