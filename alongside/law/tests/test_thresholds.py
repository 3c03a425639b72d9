"""Every figure entered a second time, with its weight."""

from datetime import date
from decimal import Decimal

import pytest

from alongside.law.thresholds import THRESHOLDS

ENTRIES = {
    "STRENGTHS": ("2", "trust promise"),
    "OUTCOMES-MIN": ("2", "trust promise"),
    "OUTCOMES-MAX": ("4", "trust promise"),
    "DELIVERY": ("0.80", "trust promise"),
    "READING-AGE": ("9", "trust promise"),
    "SMALL": ("5", "practice"),
    "OLDEST": ("25", "practice"),
    "SHARE": ("0.90", "trust promise"),
    "ASSESS": ("15", "trust promise"),
    "NOTE": ("2", "trust promise"),
    "WELFARE-NOTE": ("1", "trust promise"),
    "HALF-TERM": ("42", "practice"),
    "TERM": ("91", "practice"),
    "TERM-AND-HOLIDAY": ("126", "practice"),
    "YEARLY": ("365", "practice"),
    "WARNING": ("14", "trust promise"),
    "PLAN-WARNING": ("56", "practice"),
    "POST-WARNING": ("90", "trust promise"),
    "RECONCILED": ("14", "trust promise"),
    "TRUST-DATA": ("2", "trust promise"),
    "WORD": ("366", "practice"),
    "WORD-WARNING": ("60", "practice"),
    "SIGHT": ("183", "practice"),
    "TASKS": ("0.90", "trust promise"),
    "FIRST-LOOK": ("42", "trust promise"),
    "AT-RISK": ("5", "practice"),
    "PUT-OFF": ("28", "practice"),
    "COVER": ("120", "practice"),
    "ACCEPTANCE": ("42", "practice"),
    "QUESTION": ("14", "practice"),
    "DEPARTURE": ("14", "practice"),
    "SIGN-OFF": ("10", "practice"),
    "POLICY-REVIEW": ("12", "trust promise"),
    "POLICY-REVIEW-OPENS": ("90", "trust promise"),
    "POLICY-REVIEW-WARNING": ("60", "trust promise"),
    "POLICY-FAMILY": ("10", "trust promise"),
    "POLICY-STAFF": ("20", "trust promise"),
    "INDUCTION": ("10", "trust promise"),
    "SENCO-TIME-LOST": ("0.10", "trust promise"),
    "SENCO-WARNING": ("548", "practice"),
    "POOLED": ("5", "practice"),
    "SENCO-SETTLED": ("12", "statute"),
}
SINCE = {"SENCO-SETTLED": date(2014, 9, 1)}  # the others hold since the policy did


@pytest.mark.parametrize("code", ENTRIES)
def test_a_figure_is_what_was_entered_for_it(code: str) -> None:
    found = THRESHOLDS[code]
    value, weight = ENTRIES[code]
    assert (found.value, found.source.weight, found.in_force_from) == (
        Decimal(value),
        weight,
        SINCE.get(code, date(2025, 9, 1)),
    )
    assert int(found) == int(Decimal(value))


def test_no_figure_was_left_out() -> None:
    assert set(ENTRIES) == set(THRESHOLDS)
