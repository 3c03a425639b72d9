"""Provision made by the slice's own verbs."""

from __future__ import annotations

from datetime import date

from alongside.areas.provision import actions
from alongside.areas.provision.models import Line, ProvisionType, Rate
from alongside.base.access.actor import Actor
from alongside.base.people.models import Person
from alongside.base.pupils.models import Pupil
from tests.people import SEPTEMBER, TODAY


def a_type(name: str = "Language programme", **more: object) -> ProvisionType:
    values: dict[str, object] = {"plain_name": "Talking group", "wave": "targeted", "area": "C&I", **more}
    return ProvisionType.objects.get_or_create(name=name, school=None, defaults=values)[0]


def a_rate(hourly: str = "16.20", role: str = "ta", since: date = date(2025, 9, 1)) -> Rate:
    return Rate.objects.create(role=role, words="Teaching assistant", hourly=hourly, valid_from=since)


def a_line(
    pupil: Pupil, by: Actor, *, adult: Person | None = None, kind: ProvisionType | None = None,
    since: date = SEPTEMBER, **more: object,
) -> Line:  # fmt: skip
    values: dict[str, object] = {"minutes": 30, "times_a_week": 3, "group_size": 3, **more}
    draft = actions.LineDraft(
        type_id=(kind or a_type()).pk,
        since=since,
        adult_id=adult.pk if adult else None,
        **values,  # type: ignore[arg-type]
    )
    return actions.promise(pupil=pupil, draft=draft, by=by, on=TODAY)


def log(lines: list[Line], by: Actor, day: date, *, missed: str = "", number: int = 1) -> None:
    """One session of a group: held, or missed by all for one reason."""
    entries = [actions.Attendance(line, not missed, missed) for line in lines]
    actions.log_group(entries=entries, day=day, by=by, on=TODAY, went="" if missed else "well", number=number)
