"""A pupil's papers, as far as this person may read them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.documents.models import Document
from alongside.base.pupils.access import may_read_brief, may_read_file, may_read_plan
from alongside.base.pupils.models import Pupil
from alongside.base.pupils.queries import PupilHead, head_of, open_pupil
from alongside.kit import NotFound, Refused

# Papers written for the family and the pupil: they may open their own.
FOR_FAMILIES = frozenset({"family-plan", "profile"})
_MOST = 200


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One issued paper in the list."""

    id: int
    title: str
    form: str
    who: str
    on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class PapersPage:
    head: PupilHead
    papers: tuple[PaperLine, ...]
    may: frozenset[str]


def papers_page(actor: Actor, pupil_id: int, *, on: date) -> PapersPage:
    """The papers issued about a pupil, newest first; the papers themselves stay in the database."""
    pupil = open_pupil(actor, pupil_id, on=on, page="papers", may=may_read_brief)
    rows = (
        Document.objects.filter(_open_to_staff(actor, on), pupil=pupil)
        .order_by("-at", "-pk")
        .values_list("pk", "title", "media_type", "issued_by__given", "issued_by__family", "issued_on", "at")[:_MOST]
    )
    papers = tuple(
        PaperLine(pk, title, "PDF" if media_type.endswith("/pdf") else "Word", f"{given} {family}", issued_on, at)
        for pk, title, media_type, given, family, issued_on, at in rows
    )
    may = frozenset(permission.name for permission in Permission if actor.may(permission, pupil.school_id))
    return PapersPage(head_of(pupil, on=on), papers, may)


def find_paper(actor: Actor, document_id: int, *, on: date) -> Document:
    """A fixed copy that this person may open. Raises NotFound for others' and for none alike.

    Raises Refused when what is stored is no longer what was issued.
    """
    open_to = _open_to_staff(actor, on) | Q(pupil_id__in=actor.child_ids, kind__in=FOR_FAMILIES)
    document = Document.objects.filter(open_to, pk=document_id).first()
    if document is None:
        raise NotFound
    if hashlib.sha256(document.body).hexdigest() != document.sha256:
        raise Refused("This copy is no longer what was issued, so it is not shown. Tell whoever looks after Alongside.")
    return document


def _open_to_staff(actor: Actor, on: date) -> Q:
    """Each band by its own wall; band 4 by name of the permission, and never one's own child's."""
    bands = ((may_read_brief, Q(band__lte=1)), (may_read_plan, Q(band=2)), (may_read_file, Q(band=3)))
    restricted = Q(band=4, school_id__in=actor.schools(Permission.RESTRICTED)) & ~Q(pupil_id__in=actor.own_children)
    for wall, band in bands:
        restricted |= band & Q(pupil__in=Pupil.objects.filter(wall(actor, on)).values("pk"))
    return restricted
