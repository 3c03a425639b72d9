"""What schools in England look like, in figures, and drawing from them.

Headlines: Department for Education, "Special educational needs in England", school census January 2026 (SEN
support 14.8 %, EHC plans 6.0 %; boys 61 % and 71 %; free school meals 39.3 % and 43.8 %, against 22.2 % without
SEN; most common at age 9). Needs with SEN support: the same series, 2021/22. Needs with a plan: "Education, health
and care plans", January 2025, all ages. Absence: "Pupil absence in schools in England", 2022/23, by SEN.
Open Government Licence v3.0; where a table is finer than what is published, it is set so that totals agree.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

Thing = TypeVar("Thing")

SUPPORT_RATE = 0.148
PLAN_RATE_MAINSTREAM = 0.029  # the rest of the 6.0 % are in special schools, in alternative provision or over 16
LEFT_REGISTER = 0.02  # had SEN support in the last three years and no longer do
FREE_MEALS = {"N": 0.222, "K": 0.393, "E": 0.438}
BOYS = {"K": 0.61, "E": 0.71}
_BOYS_OF_ALL, _MEALS = 0.51, 0.26
ABSENT = {"N": 0.0654, "K": 0.1008, "E": 0.1242}
IN_CARE = {"N": 0.006, "K": 0.02, "E": 0.04}
DISABILITY_ASKED = 0.6  # of pupils on the register; the others have not been asked yet

# Relative to the average of all ages.
SUPPORT_BY_AGE = {
    3: 0.45, 4: 0.62, 5: 0.86, 6: 1.01, 7: 1.12, 8: 1.19, 9: 1.23, 10: 1.20, 11: 1.0, 12: 0.97, 13: 0.95, 14: 0.93,
    15: 0.91, 16: 0.55, 17: 0.5, 18: 0.45,
}  # fmt: skip
PLAN_BY_AGE = {
    3: 0.5, 4: 0.66, 5: 0.85, 6: 0.9, 7: 0.95, 8: 1.0, 9: 1.04, 10: 1.08, 11: 1.15, 12: 1.15, 13: 1.14, 14: 1.13,
    15: 1.1, 16: 0.8, 17: 0.7, 18: 0.6,
}  # fmt: skip
# The youngest in a year are placed on SEN support more often than the oldest, in primary schools above all.
BY_MONTH = {
    9: 0.85, 10: 0.88, 11: 0.91, 12: 0.94, 1: 0.97, 2: 0.99, 3: 1.02, 4: 1.05, 5: 1.08, 6: 1.11, 7: 1.14, 8: 1.17,
}  # fmt: skip

SUPPORT_NEEDS = {
    "SLCN": 25.1, "SEMH": 20.0, "MLD": 18.9, "SPLD": 14.4, "ASD": 7.6, "NSA": 4.4, "OTH": 4.3, "PD": 2.2, "HI": 1.6,
    "VI": 0.9, "MSI": 0.3, "SLD": 0.2, "DS": 0.1,
}  # fmt: skip
PLAN_NEEDS = {
    "ASD": 31.5, "SLCN": 21.3, "SEMH": 20.7, "MLD": 10.6, "SLD": 4.0, "PD": 3.9, "SPLD": 2.3, "HI": 1.4, "PMLD": 1.3,
    "OTH": 1.2, "VI": 0.8, "DS": 0.8, "MSI": 0.3,
}  # fmt: skip
SPECIAL_NEEDS = {"ASD": 48, "SLD": 20, "SEMH": 13, "SLCN": 7, "PMLD": 5, "MLD": 4, "PD": 2, "DS": 2, "MSI": 0.5}
# Speech and language is met most in primary schools, reading and writing in secondary ones; the whole stays.
SECONDARY_TILT = {"SLCN": 0.55, "SPLD": 1.45, "SEMH": 1.2, "ASD": 1.2, "MLD": 0.95}
PRIMARY_TILT = {"SLCN": 1.32, "SPLD": 0.7, "SEMH": 0.87, "ASD": 0.87, "MLD": 1.03}


@dataclass(frozen=True, slots=True)
class Phase:
    """A kind of school: its share of a trust's pupils against others, its years and its size of class."""

    code: str
    words: str
    weight: float
    years: Sequence[str]
    low_age: int
    high_age: int
    class_size: int


PRIMARY = Phase("primary", "Primary School", 1.0, ("R", "1", "2", "3", "4", "5", "6"), 4, 11, 29)
SECONDARY = Phase("secondary", "Academy", 3.3, ("7", "8", "9", "10", "11", "12", "13"), 11, 18, 27)
SPECIAL = Phase("special", "School", 0.16, ("R", *map(str, range(1, 12))), 4, 16, 9)


def phases(count: int) -> list[Phase]:
    """The kinds of a trust's schools: two primaries to a secondary or so, and now and then a special school."""
    return [SPECIAL if i % 16 == 3 else SECONDARY if i % 4 == 2 else PRIMARY for i in range(count)]


def sizes(kinds: Sequence[Phase], pupils: int) -> list[int]:
    """How many pupils each school has, so that they add up."""
    whole = sum(kind.weight for kind in kinds)
    counts = [int(pupils * kind.weight / whole) for kind in kinds]
    counts[0] += pupils - sum(counts)
    return counts


def age_in(nc_year: str) -> int:
    """The age that a year group begins with."""
    return 4 if nc_year == "R" else int(nc_year) + 4


def provision(draw: Random, phase: Phase, *, age: int, boy: bool, month: int, free_meals: bool) -> str:
    """N, K or E for a pupil, by what is known of who has which."""
    if phase is SPECIAL:
        return "E"
    boys, meals = _BOYS_OF_ALL, _MEALS
    plan, support = PLAN_RATE_MAINSTREAM * PLAN_BY_AGE[age], SUPPORT_RATE * SUPPORT_BY_AGE[age]
    plan *= BOYS["E"] / boys if boy else (1 - BOYS["E"]) / (1 - boys)
    support *= BOYS["K"] / boys if boy else (1 - BOYS["K"]) / (1 - boys)
    plan *= FREE_MEALS["E"] / meals if free_meals else (1 - FREE_MEALS["E"]) / (1 - meals)
    support *= FREE_MEALS["K"] / meals if free_meals else (1 - FREE_MEALS["K"]) / (1 - meals)
    support *= 1 + (BY_MONTH[month] - 1) * (1 if age < 11 else 0.4)
    chance = draw.random()
    return "E" if chance < plan else "K" if chance < plan + support else "N"


def has_free_meals(draw: Random, phase: Phase) -> bool:
    """Free school meals, which at a special school are as common as among pupils with a plan."""
    return draw.random() < (FREE_MEALS["E"] if phase is SPECIAL else _MEALS)


def main_need(draw: Random, phase: Phase, code: str) -> str:
    """A main need, as common as it is at this kind of school."""
    if phase is SPECIAL:
        return weighted(draw, SPECIAL_NEEDS)
    table = PLAN_NEEDS if code == "E" else SUPPORT_NEEDS
    tilt = SECONDARY_TILT if phase is SECONDARY else PRIMARY_TILT
    return weighted(draw, {need: share * tilt.get(need, 1) for need, share in table.items()})


def weighted(draw: Random, table: Mapping[Thing, float]) -> Thing:
    """One key, as often as its weight says."""
    return draw.choices(tuple(table), tuple(table.values()))[0]
