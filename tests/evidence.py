"""What a proof says of a school: how many cases stand in which state."""

from __future__ import annotations

from datetime import date

from alongside.areas.duties import compute
from alongside.base.evidence.proofs import PROOFS
from tests.people import TODAY

_STATES = ("met", "due", "at_risk", "overdue", "not_evidenced")


def states(code: str, school: int | None, schools: list[int] | None = None, on: date = TODAY) -> dict[str, int]:
    """{'met': 2, 'due': 1}; nothing where there is no case. For a duty of the trust give its schools."""
    counts = compute.count(PROOFS[code], schools or [school or 0], on=on).get(school)
    return {name: number for name in _STATES if counts and (number := getattr(counts, name))}
