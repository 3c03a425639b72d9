"""The rule book: dated packs of rules, and what holds on a day.

A pack is law, or a proposal that nobody has to follow. A rule may stand in a pack more than once, each version with the
days between which it is in force; two versions may never hold on one day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from alongside.law.book import (
    admissions,
    adulthood,
    appeals,
    assessment,
    equality,
    local,
    plans,
    promises,
    proposal,
    records,
    reviews,
    safety,
    senco,
    support,
)
from alongside.law.rule import Kind, Rule, Unit


class PackFault(ValueError):
    """A pack cannot be used: which rule is wrong, and what to do."""


@dataclass(frozen=True, slots=True)
class Pack:
    """Rules that came together. Raises PackFault when two versions of a rule hold on one day."""

    code: str
    title: str
    rules: tuple[Rule, ...]
    law: bool = True  # False: a proposal, only ever shown

    def __post_init__(self) -> None:
        for rule in self.rules:
            _check(self.code, rule)
        for code in {rule.code for rule in self.rules}:
            versions = sorted((r for r in self.rules if r.code == code), key=lambda rule: rule.in_force_from)
            for earlier, later in pairwise(versions):
                if later.in_force_from <= earlier.in_force_to:
                    raise PackFault(
                        f"Pack {self.code}: two versions of {code} hold on {later.in_force_from}. "
                        "End the earlier one on the day before."
                    )


def _check(pack: str, rule: Rule) -> None:
    if rule.in_force_to < rule.in_force_from:
        raise PackFault(f"Pack {pack}: {rule.code} ends before it starts. Put its days right.")
    if (rule.kind is Kind.FIXED) != (rule.fixed is not None):
        raise PackFault(f"Pack {pack}: {rule.code} is a fixed day without its day. Give `fixed`.")
    if rule.counts and not rule.event:
        raise PackFault(f"Pack {pack}: {rule.code} counts from nothing. Give `event`.")
    if rule.unit not in (Unit.NONE, Unit.DATE) and rule.counting.value == "none":
        raise PackFault(f"Pack {pack}: {rule.code} does not say whether its first day counts. Give `counting`.")


TODAY = Pack(
    "england-2026", "The law of England as understood in November 2026",
    (
        *assessment.RULES, *reviews.RULES, *appeals.RULES, *plans.RULES, *support.RULES, *senco.RULES,
        *equality.RULES, *records.RULES, *admissions.RULES, *safety.RULES, *adulthood.RULES, *local.RULES,
        *promises.RULES,
    ),
)  # fmt: skip
PROPOSAL = Pack("white-paper-2026", "PROPOSAL, not law: the white paper of February 2026", proposal.RULES, law=False)
PACKS = (TODAY, PROPOSAL)


def versions(code: str, packs: Iterable[Pack] = (TODAY,)) -> tuple[Rule, ...]:
    """Every version of a rule, oldest first."""
    found = [rule for pack in packs for rule in pack.rules if rule.code == code]
    return tuple(sorted(found, key=lambda rule: rule.in_force_from))


def in_force(on: date, *, preview: bool = False) -> Mapping[str, Rule]:
    """The rules that hold on a day, by code.

    With `preview` a proposal takes the place of the rule it would change, from the day it is planned for and not
    before. Without it a proposal never counts.
    """
    packs = PACKS if preview else [pack for pack in PACKS if pack.law]
    return {rule.code: rule for pack in packs for rule in pack.rules if rule.in_force(on)}


def newest(packs: Iterable[Pack] = (TODAY,)) -> Mapping[str, Rule]:
    """The last version of every rule, by code."""
    found: dict[str, Rule] = {}
    for pack in packs:
        for rule in sorted(pack.rules, key=lambda rule: rule.in_force_from):
            found[rule.code] = rule
    return found


RULES: Mapping[str, Rule] = newest()
