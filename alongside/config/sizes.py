"""`alongside sizes`: the longest files and functions, to see where the code begins to grow out of hand."""

import argparse
import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

from alongside.config.postgres import ROOT


def sizes(arguments: Sequence[str]) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="alongside sizes", description="The longest files and functions.")
    parser.add_argument("--count", type=int, default=20, help="how many of each (20)")
    parser.add_argument("--tests", action="store_true", help="of the tests rather than of the product")
    options = parser.parse_args(arguments)
    paths = [path for path in sorted((ROOT / "alongside").rglob("*.py")) if counts(path, tests=options.tests)]
    files = [(length(path), str(path.relative_to(ROOT))) for path in paths]
    found = [entry for path in paths for entry in functions(path)]
    for title, entries in (("Files", files), ("Functions", found)):
        print(f"{title}: {len(entries)}, median {median([lines for lines, _ in entries])} lines")
        for lines, name in sorted(entries, reverse=True)[: options.count]:
            print(f"{lines:6}  {name}")
    return 0


def counts(path: Path, *, tests: bool) -> bool:
    """Is this file one of those that were asked for? Migrations are written by a program."""
    return path.stat().st_size > 0 and "migrations" not in path.parts and ("tests" in path.parts) == tests


def length(path: Path) -> int:
    """How many lines a file has."""
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path: Path) -> Iterator[tuple[int, str]]:
    """Every function of a file with its number of lines, without decorators."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            yield node.end_lineno - node.lineno + 1, f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"


def median(numbers: Sequence[int]) -> int:
    """The one in the middle; nought of nothing."""
    return sorted(numbers)[len(numbers) // 2] if numbers else 0
