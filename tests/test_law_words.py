"""What the law says to a parent: how hard it is to read, and no official word without its meaning."""

from datetime import date, time
from statistics import median

import pytest

from alongside.kit.reading import reading_age, swaps
from alongside.law import book, clocks
from alongside.law.dates import Facts
from alongside.law.rule import Rule

ON = date(2026, 11, 23)
FACTS = Facts(
    born=date(2011, 5, 17), certificate=ON, transfer_year=2027, phase="secondary", reviewed=ON, asked=ON, answered=ON,
    order="assess", at=time(9), series="june",
)  # fmt: skip
COUNTED = [rule for rule in book.TODAY.rules if rule.counts and rule.in_force(ON)]
HARDEST, USUAL = 12, 9  # years of age; a family copy is for nine


def said(rule: Rule) -> str:
    """The explanation without the place in the law, which stands last and has names that nobody can make easy."""
    return clocks.due(rule, ON, facts=FACTS).explain().rpartition(" The rule is ")[0]


@pytest.mark.parametrize("rule", COUNTED, ids=lambda rule: rule.code)
def test_an_explanation_can_be_read_at_twelve(rule: Rule) -> None:
    assert (reading_age(said(rule)) or 0) <= HARDEST


def test_most_explanations_can_be_read_at_nine() -> None:
    ages = [age for rule in COUNTED if (age := reading_age(said(rule)))]
    assert len(ages) > 60
    assert median(ages) <= USUAL


@pytest.mark.parametrize("rule", COUNTED, ids=lambda rule: rule.code)
def test_an_explanation_has_no_jargon_and_no_official_name_without_its_meaning(rule: Rule) -> None:
    text = said(rule)
    assert {swap.word.casefold() for swap in swaps(text)} <= {"provision"}, "special provision is explained"
    assert "local authority" not in text
    assert "integrated care" not in text
    for word, meaning in {
        "SENCO": "The SENCO is",
        "working days": "A working day is",
        "school days": "A school day is",
    }.items():
        assert word not in text or meaning in text
