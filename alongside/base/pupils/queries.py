"""Finding one pupil: the only way that pages get a row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db.models import Q

from alongside.base.access.actor import Actor
from alongside.base.history import actions as history
from alongside.base.pupils.access import may_see
from alongside.base.pupils.models import Pupil
from alongside.base.pupils.names import fold
from alongside.kit import NotFound
from alongside.law.calendar import age_on

Wall = Callable[[Actor, date], Q]


@dataclass(frozen=True, slots=True)
class PupilHead:
    """What stands at the top of every page about a pupil."""

    id: int
    school_id: int
    liked: str
    name: str
    full_name: str
    class_name: str
    year: str
    born_on: date
    age: int
    on_roll: bool


def find_pupil(actor: Actor, pupil_id: int, *, on: date, may: Wall = may_see) -> Pupil:
    """A pupil that this person may see by this wall; raises NotFound for others' and for none alike."""
    pupil = Pupil.objects.select_related("school").filter(may(actor, on), pk=pupil_id).first()
    if pupil is None:
        raise NotFound
    return pupil


def open_pupil(actor: Actor, pupil_id: int, *, on: date, page: str, may: Wall = may_see) -> Pupil:
    """`find_pupil`, and the record that this person looked."""
    pupil = find_pupil(actor, pupil_id, on=on, may=may)
    history.viewed(pupil=pupil.pk, school=pupil.school_id, by=actor, page=page)
    return pupil


def one_at_a_time(pupil: Pupil) -> None:
    """Let nobody else change this pupil's record until this transaction ends; a second press waits for the first."""
    Pupil.objects.select_for_update(of=("self",), no_key=True).only("pk").filter(pk=pupil.pk).first()


def named(asked: str) -> Q | None:
    """Pupils whose names hold every word typed, each at the start of a name; None for fewer than two letters."""
    words = fold(asked).split()
    if sum(map(len, words)) < 2:
        return None
    found = Q()
    for word in words:
        found &= Q(search_key__contains=f" {word}")
    return found


def names_somebody(words: str, *, school: int) -> bool:
    """Whether two words that follow each other are two names of one pupil of the school."""
    said = fold(words).split()
    pairs = {pair for pair in pairwise(said) if len(set(pair)) == 2}
    if not pairs:
        return False
    keys = Pupil.objects.filter(school=school).values_list("search_key", flat=True)
    return any(pair[0] in names and pair[1] in names for names in (set(key.split()) for key in keys) for pair in pairs)


def head_of(pupil: Pupil, *, on: date) -> PupilHead:
    """The head of a pupil's pages."""
    given = f"{pupil.given_name} {pupil.middle_names}".strip()
    return PupilHead(
        pupil.pk, pupil.school_id, pupil.liked, pupil.name, f"{given} {pupil.family_name}", pupil.class_name,
        pupil.year, pupil.born_on, age_on(pupil.born_on, on), pupil.left_on is None or pupil.left_on >= on,
    )  # fmt: skip
