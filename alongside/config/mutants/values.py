"""Mutants of rules: amount, unit, counting, days in force and the rest changed, one at a time, in every rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING, TypeVar

from alongside.config.mutants.source import Mutant

if TYPE_CHECKING:
    from alongside.law.rule import Rule

_DAY = timedelta(days=1)
_Member = TypeVar("_Member", bound=Enum)


def mutants(module: str, rules: Sequence[Rule]) -> list[Mutant]:
    """Every mutant of a module of the book."""
    return [Mutant(module, place, change, number) for number, (place, change, _) in enumerate(_all(rules))]


def mutated(rules: Sequence[Rule], number: int) -> tuple[Rule, ...]:
    """The rules of a module, one of them changed."""
    place, _, changed = list(_all(rules))[number]
    return tuple(changed if _named(rule) == place else rule for rule in rules)


def _all(rules: Sequence[Rule]) -> Iterator[tuple[str, str, Rule]]:
    for rule in rules:
        for field, value in changes(rule):
            words = f"{field} {_words(getattr(rule, field))} → {_words(value)}"
            yield _named(rule), words, replace(rule, **{field: value})  # type: ignore[arg-type]


def _named(rule: Rule) -> str:
    return rule.code if rule.in_force_to == date.max else f"{rule.code} until {rule.in_force_to}"


def _words(value: object) -> str:
    return str(value.value) if isinstance(value, Enum) else str(value)


def changes(rule: Rule) -> Iterator[tuple[str, object]]:
    """Each field of a rule with a value that would make another rule of it."""
    yield "source", replace(rule.source, weight=_next(rule.source.weight))
    yield "confidence", _next(rule.confidence)
    yield "band", _next(rule.band)
    yield "owner", "dpo" if rule.owner == "senco" else "senco"
    for by in (-_DAY, _DAY):
        yield "in_force_from", rule.in_force_from + by
        if rule.in_force_to != date.max:
            yield "in_force_to", rule.in_force_to + by
    yield "excused_by", rule.excused_by[1:] if rule.excused_by else ("E3",)
    if rule.counts:
        yield from _counted(rule)


def _counted(rule: Rule) -> Iterator[tuple[str, object]]:
    from alongside.law.rule import Counting, Roll, Unit

    if rule.unit not in (Unit.NONE, Unit.DATE):
        yield "unit", _next(rule.unit)
        other = Counting.INCLUSIVE if rule.counting is Counting.EXCLUSIVE else Counting.EXCLUSIVE
        yield "counting", other
    for by in (-1, 1):
        yield "amount", rule.amount + by
    yield "roll", Roll.NONE if rule.roll is not Roll.NONE else Roll.WORKING_DAY
    yield "safer", 1 - rule.safer
    yield "clear", not rule.clear
    yield "spare", not rule.spare
    yield "happened", not rule.happened
    if rule.fixed:
        yield "fixed", rule.fixed + _DAY
    if rule.promise:
        yield "promise", replace(rule.promise, amount=rule.promise.amount + 1)
        yield "promise", replace(rule.promise, unit=_next(rule.promise.unit))
        yield "promise", None
    for place, need in enumerate(rule.needs):
        flipped = replace(need, required=not need.required)
        yield "needs", (*rule.needs[:place], flipped, *rule.needs[place + 1 :])


def _next(member: _Member) -> _Member:
    members = list(type(member))
    return members[(members.index(member) + 1) % len(members)]
