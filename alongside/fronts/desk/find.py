"""Any pupil in two actions: three letters, Enter. One statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, Subquery

from alongside.areas.register.models import Status
from alongside.base.access.actor import Actor
from alongside.base.pupils.access import may_see
from alongside.base.pupils.models import Pupil
from alongside.base.pupils.names import called, fold
from alongside.law.codes import year_words

_FEWEST_LETTERS = 2
_MOST = 12


@dataclass(frozen=True, slots=True)
class Found:
    id: int
    name: str
    place: str
    status: str
    gone: bool


@dataclass(frozen=True, slots=True)
class FindPage:
    asked: str
    found: tuple[Found, ...]
    more: bool
    note: str


def find_page(actor: Actor, asked: str, *, on: date) -> FindPage:
    """Pupils whose names hold every word typed, at the start of a name, or whose UPN begins with it."""
    words = fold(asked).split()
    if sum(map(len, words)) < _FEWEST_LETTERS:
        return FindPage(asked, (), False, "Type two letters or more of any of the pupil's names.")
    status = Status.objects.filter(pupil=OuterRef("pk"), until=None).values("code")[:1]
    query = Q()
    for word in words:
        query &= Q(search_key__contains=f" {word}")
    rows = list(
        Pupil.objects.filter(may_see(actor, on) & query)
        .order_by("sort_key", "pk")
        .annotate(status=Subquery(status))
        .values_list(
            "pk",
            "liked_name",
            "given_name",
            "liked_family",
            "family_name",
            "class_name",
            "nc_year",
            "status",
            "left_on",
        )[: _MOST + 1]
    )
    found = tuple(
        Found(
            pk, called(liked, given, liked_family, family), class_name or year_words(year), code or "",
            left is not None and left < on,
        )
        for pk, liked, given, liked_family, family, class_name, year, code, left in rows[:_MOST]
    )  # fmt: skip
    note = "" if found else f"No pupil called “{asked.strip()}”. You see only pupils you teach, support or answer for."
    return FindPage(asked, found, len(rows) > _MOST, note)
