"""What a proposal would ask of a school as it is today. A look ahead: nothing is recorded and nothing changes.

White paper of February 2026: the codes N, K and E stay, beside four layers; every child above the universal layer
would have an Individual Support Plan; a plan would be reviewed at the end of a key stage in place of every year,
and every year in the early years and after 16.
"""

from collections.abc import Iterable
from typing import NamedTuple

from alongside.law.codes import Provision

LAYERS_OF = {
    Provision.NONE: ("universal",),
    Provision.SUPPORT: ("targeted", "targeted-plus"),  # which of the two is for a person to say
    Provision.PLAN: ("specialist",),
}
_ENDS_A_KEY_STAGE = frozenset({"R", "2", "6", "9", "11"})
_EVERY_YEAR = frozenset({"E1", "E2", "N1", "N2", "12", "13", "14"})


class Ahead(NamedTuple):
    """The numbers of one school: today's law beside the proposal."""

    universal: int
    targeted: int  # Targeted and Targeted Plus together
    specialist: int
    support_plans: int  # Individual Support Plans that would be written and reviewed every 12 months
    reviews_today: int  # annual reviews in a year, as the law stands
    reviews_then: int  # reviews of plans in a year like this one, as proposed


def ahead(pupils: Iterable[tuple[str, str]]) -> Ahead:
    """The numbers of a school, from the provision (N, K or E) and the year group of each pupil."""
    universal = targeted = specialist = reviews = 0
    for provision, nc_year in pupils:
        universal += provision == Provision.NONE
        targeted += provision == Provision.SUPPORT
        specialist += provision == Provision.PLAN
        reviews += provision == Provision.PLAN and reviewed_then(nc_year)
    return Ahead(universal, targeted, specialist, targeted + specialist, specialist, reviews)


def reviewed_then(nc_year: str) -> bool:
    """Whether the plan of a pupil in a year group would be reviewed in that year, as proposed."""
    return nc_year in _ENDS_A_KEY_STAGE or nc_year in _EVERY_YEAR
