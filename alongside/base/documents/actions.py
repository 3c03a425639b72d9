"""Issuing papers, and keeping what somebody is still typing."""

import hashlib
from collections.abc import Mapping
from datetime import date

from django.db.transaction import atomic

from alongside.base.access.actor import Actor
from alongside.base.documents.models import Document, Draft
from alongside.base.history import actions as history
from alongside.base.history.kinds import Kind
from alongside.base.pupils.models import Pupil

ISSUED = Kind("document.issued", "printed {title}", band=2)

_LONGEST_DRAFT = 200_000


@atomic
def issue(
    *, pupil: Pupil, kind: str, title: str, media_type: str, body: bytes, by: Actor, on: date,
    about: int | None = None, band: int = 2,
) -> Document:  # fmt: skip
    """Keep a fixed copy of a paper, byte for byte, and say so in the pupil's history."""
    document = Document.objects.create(
        pupil=pupil, school_id=pupil.school_id, kind=kind, about_id=about, title=title, media_type=media_type,
        body=body, sha256=hashlib.sha256(body).hexdigest(), band=band, issued_on=on, issued_by_id=by.person_id,
    )  # fmt: skip
    history.record(ISSUED, by=by, on=on, about=document.pk, pupil=pupil.pk, school=pupil.school_id, title=title)
    return document


def keep_draft(*, form: str, values: Mapping[str, object], by: Actor) -> Draft | None:
    """Keep the present state of a half-filled form; None when it is too large to be somebody's typing."""
    if sum(len(str(value)) for value in values.values()) > _LONGEST_DRAFT:
        return None
    draft, _ = Draft.objects.update_or_create(
        person_id=by.person_id, form=form[:120], defaults={"values": dict(values)}
    )
    return draft


def drop_draft(*, form: str, by: Actor) -> None:
    """The form was sent: its draft goes."""
    Draft.objects.filter(person_id=by.person_id, form=form).delete()


def draft_of(form: str, *, by: Actor) -> Mapping[str, object]:
    """What this person last typed into a form and did not send; empty when there is nothing."""
    draft = Draft.objects.filter(person_id=by.person_id, form=form).first()
    return draft.values if draft else {}
