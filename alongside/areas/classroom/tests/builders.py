"""Briefs and classes, made by the slice's own verbs."""

from __future__ import annotations

from dataclasses import replace

from alongside.areas.classroom import actions
from alongside.areas.classroom.models import Brief
from alongside.areas.register.models import Status
from alongside.base.access.actor import Actor
from alongside.base.pupils.models import Pupil
from tests.people import SEPTEMBER, TODAY

DRAFT = actions.BriefDraft(
    good_at=("Building models", "Kind to younger children"),
    helps=("One instruction, then wait ten seconds", "New words with a picture", "Near the front"),
    avoid="asking him to answer cold",
)


def a_brief(pupil: Pupil, by: Actor, *, what_changed: str = "", **changes: object) -> Brief:
    """The next version of a pupil's brief, of today."""
    version = pupil.briefs.count()
    return actions.write_brief(
        pupil=pupil, draft=replace(DRAFT, **changes), what_changed=what_changed or ("words" if version else ""),  # type: ignore[arg-type]
        version=version, by=by, on=TODAY,
    )  # fmt: skip


def read(brief: Brief, by: Actor) -> None:
    """Open a brief and confirm it."""
    actions.opened(brief=brief, by=by)
    actions.got_it(brief=brief, by=by, on=TODAY)


def on_register(pupil: Pupil, code: str = "K") -> Pupil:
    Status.objects.create(pupil=pupil, school=pupil.school, code=code, since=SEPTEMBER)
    return pupil
