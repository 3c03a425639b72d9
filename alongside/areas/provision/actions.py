"""Promise, rearrange, stop; say whether it happened; and keep the catalogue."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q
from django.db.transaction import atomic

from alongside.areas.duties.actions import touch
from alongside.areas.provision import kinds, rules
from alongside.areas.provision.models import Delivery, Line, ProvisionType, Session
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.deadlines.actions import refresh
from alongside.base.history import actions as history
from alongside.base.pupils.models import Absence, Pupil
from alongside.kit import refuse
from alongside.law.calendar import academic_year
from alongside.law.refusal import Refusal

_LATELY = timedelta(days=14)


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
    called: str = ""
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
        pupil=pupil, school_id=pupil.school_id, type=kind, aim=draft.aim, called=draft.called, minutes=draft.minutes,
        times_a_week=draft.times_a_week, group_size=draft.group_size, adult_id=draft.adult_id,
        given_by=kind.given_by, since=draft.since, until=draft.until,
    )  # fmt: skip
    history.record(
        kinds.PROMISED, by=by, on=on, about=line.pk, pupil=pupil.pk, school=pupil.school_id, what=kind.name,
        often=line.often,
    )  # fmt: skip
    _refresh(line, on)
    return line


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What of a running line can be arranged anew: how often, how long, in how large a group, with whom."""

    minutes: int
    times_a_week: int
    group_size: int
    adult_id: int | None = None
    called: str = ""


@atomic
def rearrange(*, line: Line, to: Arrangement, by: Actor, on: date) -> Line:
    """Give a running line another time, group or adult, so that what was promised can be given.

    Each earlier state stays in the line's row history.
    """
    by.must(Permission.PROVISION_KEEP, line.school_id)
    refuse(
        Refusal("This has already stopped.") if line.until and line.until < on else None,
        Refusal("Nothing is different. Change what stands in the way.", "adult_id") if to == _as_it_is(line) else None,
    )
    for name in Arrangement.__dataclass_fields__:
        setattr(line, name, getattr(to, name))
    line.save(update_fields=list(Arrangement.__dataclass_fields__))
    line.refresh_from_db(fields=["adult"])
    history.record(
        kinds.CHANGED, by=by, on=on, about=line.pk, pupil=line.pupil_id, school=line.school_id, what=line.type.name,
        often=line.often + (f", with {line.adult.formal}" if line.adult else ""),
    )  # fmt: skip
    _refresh(line, on)
    return line


def _as_it_is(line: Line) -> Arrangement:
    return Arrangement(line.minutes, line.times_a_week, line.group_size, line.adult_id, line.called)


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
    """What happened for one pupil of a group. `note` is about this pupil alone."""

    line: Line
    held: bool
    missed_because: str = ""
    note: str = ""


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
                      "went": went if entry.held else "", "note": entry.note or note, "by_id": by.person_id},
        )  # fmt: skip
        rows.append(row)
    if rows:
        schools, pupils = {row.school_id for row in rows}, [row.pupil_id for row in rows]
        recount(schools=schools, pupils=pupils, on=on)
        refresh(schools=schools, on=on, pupils=pupils, sources=["provision"])
        for school in schools:
            touch(school=school, slice_="provision")
    return rows


def recount(*, schools: Collection[int], on: date, pupils: Collection[int] | None = None) -> int:
    """Bring the register's copy of what was given up to date, for some pupils or for whole schools; says for how many.

    Sessions of this school year on lines that run on the day count. `planned` are the sessions written down, held or
    missed; what nobody wrote down is not among them (see rules.promised).
    """
    since = academic_year(on).first
    running = Q(line__since__lte=on) & (Q(line__until=None) | Q(line__until__gte=on))
    chosen = Q(school__in=schools) if pupils is None else Q(school__in=schools, pupil__in=pupils)
    lately = Q(day__gt=on - _LATELY)
    counts = (
        Session.objects.filter(chosen & running, day__gte=since, day__lte=on)
        .order_by()
        .values("pupil_id", "school_id")
        .annotate(
            lately_planned=Count("pk", filter=lately), lately_held=Count("pk", filter=lately & Q(held=True)),
            planned=Count("pk"), held=Count("pk", filter=Q(held=True)),  # last: it takes the column's name
        )
    )  # fmt: skip
    rows = [Delivery(since=since, **count) for count in counts]
    Delivery.objects.filter(chosen).exclude(pupil__in=[row.pupil_id for row in rows]).delete()
    Delivery.objects.bulk_create(
        rows, batch_size=1_000, update_conflicts=True, unique_fields=["pupil"],
        update_fields=["school", "since", "planned", "held", "lately_planned", "lately_held"],
    )  # fmt: skip
    return len(rows)


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """An entry of a school's own for the catalogue, as typed."""

    name: str
    plain_name: str
    wave: str
    area: str
    evidence: str
    given_by: str
    source: str = ""


@atomic
def add_to_catalogue(*, school_id: int, draft: EntryDraft, by: Actor) -> ProvisionType:
    """Add something that one school knows how to give. The trust's own entries are not changed by a school."""
    by.must(Permission.PROVISION_KEEP, school_id)
    refuse(rules.check_entry(name=draft.name, plain_name=draft.plain_name))
    same = ProvisionType.objects.filter(Q(school=None) | Q(school_id=school_id), name__iexact=draft.name.strip())
    if same.exists():
        refuse(Refusal("There is an entry of that name already.", "name"))
    return ProvisionType.objects.create(
        school_id=school_id, name=draft.name.strip(), plain_name=draft.plain_name.strip(), wave=draft.wave,
        area=draft.area, evidence=draft.evidence, given_by=draft.given_by, source=draft.source.strip(),
    )  # fmt: skip


def _absent(entries: Sequence[Attendance], day: date) -> Mapping[int, str]:
    pupils = [entry.line.pupil_id for entry in entries]
    return dict(Absence.objects.filter(pupil__in=pupils, day=day).values_list("pupil_id", "code"))


def _refresh(line: Line, on: date) -> None:
    recount(schools=[line.school_id], pupils=[line.pupil_id], on=on)
    refresh(schools=[line.school_id], on=on, pupils=[line.pupil_id], sources=["provision"])
    touch(school=line.school_id, slice_="provision")
