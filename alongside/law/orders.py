"""Tables: what a council has to do after an order, a concession or an agreement; when exam series close.

SEND Regulations 2014 reg 44(2) (orders), reg 45 (unopposed appeals), reg 42 (agreements). JCQ, usual closing days.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Step(NamedTuple):
    """One thing to be done within some weeks of the order; nought is at once."""

    words: str
    weeks: int


_ASSESS = (Step("tell the family that it will assess", 2), Step("if there is to be no plan, say so", 10),
           Step("if there is to be a plan, send the final one", 14))  # fmt: skip
_ORDERS: Mapping[str, tuple[Step, ...]] = {
    "dismiss": (Step("cease the plan, once the appeal against ceasing is dismissed", 0),),
    "assess": _ASSESS,
    "reassess": _ASSESS,
    "make": (Step("send the draft plan", 5), Step("send the final plan", 11)),
    "reconsider": (Step("reconsider", 2),),
    "amend": (Step("send the amended plan", 5),),
    "place": (Step("send the plan with its new section I", 2),),
    "keep": (Step("go on keeping the plan as it is", 0),),
    "keep-changed": (Step("send the plan with its changes", 5),),
}
_CONCESSIONS: Mapping[str, tuple[Step, ...]] = {
    "assess": _ASSESS, "reassess": _ASSESS, "amend": (Step("send the amended plan", 5),),
}  # fmt: skip
_AGREEMENTS: Mapping[str, tuple[Step, ...]] = {**_ORDERS, "other": (Step("do what cannot be appealed", 2),)}
ORDERS: Mapping[str, Mapping[str, tuple[Step, ...]]] = {
    "APP-05": _AGREEMENTS, "APP-07": _ORDERS, "APP-08": _CONCESSIONS,
}  # fmt: skip

# The usual closing days of JCQ (month, day); where two are named, the earlier.
EXAMS: Mapping[str, Mapping[str, tuple[int, int]]] = {
    "JCQ-03": {"june": (3, 21), "november": (11, 1), "january": (10, 21)},
    "JCQ-04": {"june": (1, 31), "november": (9, 20), "january": (10, 4)},
}  # fmt: skip


def steps(code: str, order: str) -> tuple[Step, ...]:
    """What an order asks under a rule, first thing first; nothing for an order that the rule does not know."""
    return ORDERS[code].get(order, ())
