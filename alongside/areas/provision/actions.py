"""Promise, change, stop; and say whether it happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.db.transaction import atomic

from alongside.areas.provision import kinds, rules
from alongside.areas.provision.models import Line, ProvisionType, Session
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.deadlines.actions import refresh
from alongside.base.history import actions as history
from alongside.base.pupils.models import Absence, Pupil
from alongside.kit import refuse
from alongside.law.refusal import Refusal


@dataclass(frozen=True, slots=True)
class LineDraft:
    """A line of provision as typed. `sure` keeps ordinary classroom practice in spite of the warning."""

    type_id: int
    minutes: int
    times_a_week: int
    group_size: int
    since: date
    until: date | None = None
    adult_id: int | None = None
    aim: str = ""
    sure: bool = False


@atomic
def promise(*, pupil: Pupil, draft: LineDraft, by: Actor, on: date) -> Line:
    """Promise a pupil a line of provision."""
    by.must(Permission.PROVISION_KEEP, pupil.school_id)
    kind = ProvisionType.objects.filter(Q(school=None) | Q(school_id=pupil.school_id), pk=draft.type_id).first()
    if kind is None:
        refuse(Refusal("Choose something from the catalogue.", "type_id"))
    assert kind is not None
    refuse(
        rules.may_promise(wave=kind.wave, sure=draft.sure),
        Refusal("It has to end after it starts.", "until") if draft.until and draft.until < draft.since else None,
    )
    line = Line.objects.create(
        pupil=pupil, school_id=pupil.school_id, type=kind, aim=draft.aim, minutes=draft.minutes,
        times_a_week=draft.times_a_week, group_size=draft.group_size, adult_id=draft.adult_id,
        given_by=kind.given_by, since=draft.since, until=draft.until,
    )  # fmt: skip
    history.record(
        kinds.PROMISED, by=by, on=on, about=line.pk, pupil=pupil.pk, school=pupil.school_id, what=kind.name,
        often=often(line),
    )  # fmt: skip
    _refresh(line, on)
    return line


@atomic
def stop(*, line: Line, reason: str, by: Actor, on: date) -> Line:
    """End a line of provision, with the reason."""
    by.must(Permission.PROVISION_KEEP, line.school_id)
    refuse(
        None if reason.strip() else Refusal("Say why it stops.", "reason"),
        Refusal("This has already stopped.") if line.until and line.until <= on else None,
    )
    line.until, line.ended_because = max(on, line.since), reason.strip()
    line.save(update_fields=["until", "ended_because"])
    history.record(
        kinds.STOPPED, by=by, on=on, about=line.pk, pupil=line.pupil_id, school=line.school_id, why=reason,
        what=line.type.name, reason=reason,
    )  # fmt: skip
    _refresh(line, on)
    return line


@dataclass(frozen=True, slots=True)
class Attendance:
    """What happened for one pupil of a group."""

    line: Line
    held: bool
    missed_because: str = ""


@atomic
def log_group(
    *, entries: Sequence[Attendance], day: date, by: Actor, on: date, went: str = "", note: str = "", number: int = 1
) -> list[Session]:
    """Log one session of a group: each pupil there, or not and why. Logging it again corrects it."""
    absent = _absent(entries, day)
    rows = []
    for entry in entries:
        line = entry.line
        by.must(Permission.SESSION_LOG, line.school_id)
        refuse(
            rules.may_log(
                day=day, on=on, since=line.since, until=line.until, held=entry.held,
                absent=line.pupil_id in absent, missed_because=entry.missed_because, name=line.pupil.liked,
            )
        )  # fmt: skip
        row, _ = Session.objects.update_or_create(
            line=line, day=day, number=number,
            defaults={"pupil_id": line.pupil_id, "school_id": line.school_id, "held": entry.held,
                      "missed_because": "" if entry.held else entry.missed_because,
                      "went": went if entry.held else "", "note": note, "by_id": by.person_id},
        )  # fmt: skip
        rows.append(row)
    if rows:
        refresh(
            schools={row.school_id for row in rows}, on=on, pupils=[row.pupil_id for row in rows],
            sources=["provision"],
        )  # fmt: skip
    return rows


def often(line: Line) -> str:
    """'3 × 30 minutes a week, in a group of 4'."""
    group = f", in a group of {line.group_size}" if line.group_size > 1 else ", one to one"
    return f"{line.times_a_week} × {line.minutes} minutes a week{group}"


def _absent(entries: Sequence[Attendance], day: date) -> Mapping[int, str]:
    pupils = [entry.line.pupil_id for entry in entries]
    return dict(Absence.objects.filter(pupil__in=pupils, day=day).values_list("pupil_id", "code"))


def _refresh(line: Line, on: date) -> None:
    refresh(schools=[line.school_id], on=on, pupils=[line.pupil_id], sources=["provision"])
