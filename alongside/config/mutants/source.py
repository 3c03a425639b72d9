"""Mutants of code: one operator, number, day, choice or condition changed, found by walking the syntax tree."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_ENUMS = frozenset({"Unit", "Counting", "Kind", "Roll", "Band", "Weight", "Confidence", "Provision", "Area"})
_FIGURE = re.compile(r"\d+(\.\d+)?")
_COMPARED: Mapping[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,), ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}  # fmt: skip
_SUMS: Mapping[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
_CALLS = {"min": "max", "max": "min", "any": "all", "all": "any"}
_LEFT_ALONE = frozenset({"annotation", "returns", "decorator_list", "type_params"})


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: where it is, what it says, and its number among the changes of its module."""

    module: str
    place: str  # a function, a class or a rule's code
    change: str
    number: int

    @property
    def name(self) -> str:
        return f"{self.module.removeprefix('alongside.law.')} {self.place}: {self.change}"


class Walk(ast.NodeTransformer):
    """Visits every place that can be changed, in order, and changes the one whose number is wanted."""

    def __init__(self, module: str, wanted: int | None = None) -> None:
        self.module = module
        self.wanted = wanted
        self.found: list[Mutant] = []
        self._place: list[str] = []
        self._seen: dict[str, int] = {}

    def visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, ast.JoinedStr | ast.Assert | ast.Raise):
            return node  # words, and what cannot be
        named = node.name if isinstance(node, ast.FunctionDef | ast.ClassDef) else ""
        if named:
            self._place.append(named)
        before = copy.deepcopy(node) if self.wanted is not None else node
        choices = list(_choices(before))
        if not _is_day(node):
            self._below(node)
        for words, make in choices:
            if self._note(words) == self.wanted:
                node = ast.copy_location(make(), node)
        if named:
            self._place.pop()
        return node

    def _below(self, node: ast.AST) -> None:
        for field, value in ast.iter_fields(node):
            if field in _LEFT_ALONE:
                continue
            if isinstance(value, list):
                value[:] = [self.visit(item) if isinstance(item, ast.AST) else item for item in value]
            elif isinstance(value, ast.AST):
                setattr(node, field, self.visit(value))

    def _note(self, words: str) -> int:
        place = ".".join(self._place) or "values"
        self._seen[f"{place}{words}"] = nth = self._seen.get(f"{place}{words}", 0) + 1
        again = f" ({nth})" if nth > 1 else ""
        self.found.append(Mutant(self.module, place, words + again, len(self.found)))
        return len(self.found) - 1


def _is_day(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "date"
        and all(isinstance(part, ast.Constant) for part in node.args)
    )


def _choices(node: ast.AST) -> Iterator[tuple[str, Callable[[], ast.AST]]]:
    """What a piece of code can be changed into: words, and how to make it."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        yield from _compared(node)
    elif isinstance(node, ast.BinOp) and type(node.op) in _SUMS:
        other = ast.BinOp(node.left, _SUMS[type(node.op)](), node.right)
        yield _said(node, other)
    elif isinstance(node, ast.BoolOp):
        yield _said(node, ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values))
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield _said(node, node.operand)
    elif isinstance(node, ast.Constant):
        yield from _constants(node)
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        yield _said(node.test, _not(node.test), _with(node, "test", _not(node.test)))
    elif isinstance(node, ast.comprehension):
        for place, test in enumerate(node.ifs):
            ifs = [*node.ifs[:place], _not(test), *node.ifs[place + 1 :]]
            yield _said(test, _not(test), _with(node, "ifs", ifs))
    elif isinstance(node, ast.Return) and node.value and not _is_none(node.value):
        yield f"return {_short(node.value)} → return None", lambda: ast.Return(ast.Constant(None))
    elif _is_day(node):
        yield from _days(node)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLS:
        yield _said(node, ast.Call(ast.Name(_CALLS[node.func.id], ast.Load()), node.args, node.keywords))
    elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in _ENUMS:
        yield from _others(node.value.id, node.attr)


def _compared(node: ast.Compare) -> Iterator[tuple[str, Callable[[], ast.AST]]]:
    for op in _COMPARED[type(node.ops[0])]:
        yield _said(node, ast.Compare(node.left, [op()], node.comparators))
    for side in (node.left, *node.comparators):
        if isinstance(side, ast.Constant) and isinstance(side.value, str) and side.value:
            words = ast.Constant(side.value + "?")
            left = words if side is node.left else node.left
            right = [words if each is side else each for each in node.comparators]
            yield _said(node, ast.Compare(left, node.ops, right))


def _constants(node: ast.Constant) -> Iterator[tuple[str, Callable[[], ast.AST]]]:
    value = node.value
    if isinstance(value, bool):
        yield _said(node, ast.Constant(not value))
    elif isinstance(value, int):
        yield _said(node, ast.Constant(value + 1))
        if value > 1:
            yield _said(node, ast.Constant(value - 1))
    elif isinstance(value, str) and _FIGURE.fullmatch(value):
        yield _said(node, ast.Constant(str(float(value) + 1)))


def _days(node: ast.AST) -> Iterator[tuple[str, Callable[[], ast.AST]]]:
    assert isinstance(node, ast.Call)
    day = date(*(part.value for part in node.args if isinstance(part, ast.Constant)))  # type: ignore[arg-type]
    for moved in (day - timedelta(days=1), day + timedelta(days=1)):
        parts: list[ast.expr] = [ast.Constant(number) for number in (moved.year, moved.month, moved.day)]
        yield f"{day} → {moved}", lambda parts=parts: ast.Call(node.func, parts, [])  # type: ignore[misc]


def _others(enum: str, member: str) -> Iterator[tuple[str, Callable[[], ast.AST]]]:
    """The next choice of the same kind; its name is looked up where the choice is made."""
    index = f"[_m for _m in {enum}][([_m for _m in {enum}].index({enum}.{member}) + 1) % len({enum})]"
    yield f"{enum}.{member} → the next", lambda: ast.parse(index, mode="eval").body


def _said(before: ast.AST, after: ast.AST, made: ast.AST | None = None) -> tuple[str, Callable[[], ast.AST]]:
    return f"{_short(before)} → {_short(after)}", lambda: made or after


def _short(node: ast.AST) -> str:
    return " ".join(ast.unparse(ast.fix_missing_locations(copy.deepcopy(node))).split())[:90]


def _not(test: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), test)


def _with(node: ast.AST, field: str, value: object) -> ast.AST:
    changed = copy.copy(node)
    setattr(changed, field, value)
    return changed


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def mutants(module: str, text: str) -> list[Mutant]:
    """Every mutant of a module's text."""
    walk = Walk(module)
    walk.visit(_without_words(ast.parse(text)))
    return walk.found


def mutated(module: str, text: str, number: int) -> ast.Module:
    """The tree of a module with one mutant in it."""
    tree = Walk(module, number).visit(_without_words(ast.parse(text)))
    assert isinstance(tree, ast.Module)
    return ast.fix_missing_locations(tree)


def _without_words(tree: ast.Module) -> ast.Module:
    """A tree whose bare strings, the docstrings, are gone: a number in one is not a number of the law."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef):
            kept = [part for part in node.body if not _is_docstring(part)]
            node.body = kept or [ast.Pass()]
    return tree


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
