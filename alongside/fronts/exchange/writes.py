"""Writing what was judged, many pupils to a statement, and keeping what undo needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model, Q

from alongside.areas.register import kinds as register_kinds
from alongside.areas.register.models import Need, Status
from alongside.base.access.actor import Actor
from alongside.base.history import actions as history
from alongside.base.pupils.models import Contact, Enrolment, Group, Membership, Pupil
from alongside.base.pupils.names import keys
from alongside.base.schools.models import School
from alongside.fronts.exchange import kinds, moving
from alongside.fronts.exchange.compare import Writes, label
from alongside.fronts.exchange.judge import Judged
from alongside.fronts.exchange.known import VALUES
from alongside.fronts.exchange.models import Batch, LastSaid, Row, Verdict
from alongside.kit.bulk import insert_many, update_many
from alongside.law.calendar import DAY
from alongside.law.codes import default_area

DATES = frozenset({"born_on", "entered_on", "left_on"})
_SAVED = (*VALUES, "school", "sort_key", "search_key", "version")


@dataclass(slots=True)
class Task:
    """One row on its way into the tables."""

    row: Row
    judged: Judged
    pupil: Pupil
    before: dict[str, Any] = field(default_factory=dict)

    @property
    def writes(self) -> Writes:
        return self.judged.outcome.writes

    def drop(self, name: str, rows: Iterable[Model]) -> None:
        """Note rows that go, whole, so that an undo can make them again."""
        dropped = self.before.setdefault("dropped", {}).setdefault(name, [])
        for row in rows:
            dropped.append(
                {each.attname: plain_value(getattr(row, each.attname)) for each in row._meta.concrete_fields}
            )

    @property
    def is_new(self) -> bool:
        return self.judged.known is None


class Writer:
    """Writes chunks of tasks for one batch. Everything happens in the caller's transaction."""

    def __init__(self, batch: Batch, school: School, *, by: Actor, on: date) -> None:
        self.batch, self.school, self.by, self.on = batch, school, by, on
        self.touched: set[int] = set()
        self.left_schools: set[int] = set()

    def write(self, pairs: Sequence[tuple[Row, Judged]], known: dict[int, Pupil]) -> None:
        """Write these rows. `known` are the pupils that the judging has read and locked, by id."""
        tasks = [self._task(row, judged, known) for row, judged in pairs]
        writing = [task for task in tasks if task.judged.verdict in (Verdict.NEW, Verdict.CHANGED)]
        self._pupils(writing)
        self._moves([task for task in writing if task.writes.move_from])
        self._sen(writing)
        self._needs(writing)
        self._contacts(writing)
        self._places(writing)
        self._groups([task for task in writing if task.writes.group])
        self._last_said(tasks)
        self._history(writing)
        self._rows(writing)
        self.touched.update(task.pupil.pk for task in writing)

    def _task(self, row: Row, judged: Judged, known: dict[int, Pupil]) -> Task:
        pupil = known[judged.known.id] if judged.known else Pupil(school=self.school)
        return Task(row, judged, pupil)

    def _pupils(self, tasks: Sequence[Task]) -> None:
        for task in tasks:
            values = task.writes.pupil
            if not task.is_new:
                old = {name: plain_value(getattr(task.pupil, name)) for name in values}
                task.before |= {"pupil": old, "wrote": dict(values), "school": task.pupil.school_id}
                task.pupil.version += 1
                task.before["version"] = task.pupil.version
            for name, value in values.items():
                setattr(task.pupil, name, date.fromisoformat(value) if name in DATES and value else value)
            if task.writes.move_from:
                task.pupil.school = self.school
                task.before["mis_id"] = task.pupil.mis_id
                task.pupil.mis_id = values.get("mis_id", "")
            task.pupil.sort_key, task.pupil.search_key = keys(task.pupil)
        fresh = [task.pupil for task in tasks if task.is_new]
        insert_many(fresh)
        update_many([task.pupil for task in tasks if not task.is_new], _SAVED)
        for task in tasks:
            if task.is_new:
                task.before["new"] = True
                task.row.pupil = task.pupil

    def _moves(self, tasks: Sequence[Task]) -> None:
        if not tasks:
            return
        ids = [task.pupil.pk for task in tasks]
        ended = moving.end_ties(ids, to=self.school.pk, on=self.on)
        moving.take_files(ids, to=self.school.pk)
        self.left_schools.update(task.before["school"] for task in tasks)
        places = {row.pupil_id: row for row in Enrolment.objects.filter(pupil__in=ids, until=None, at__isnull=False)}
        for task in tasks:
            ties = ended[task.pupil.pk]
            task.before["ended"] = {
                name: [[pk, plain_value(day)] for pk, day in rows] for name, rows in ties.ended.items()
            }
            for name, rows in ties.dropped.items():
                task.drop(name, rows)
            if place := places.get(task.pupil.pk):
                entered = task.pupil.entered_on or self.on
                task.before["place_ended"] = [place.pk, plain_value(place.until)]
                place.until = max(entered - DAY, place.since) if place.since else entered - DAY
        update_many(list(places.values()), ["until"])

    def _sen(self, tasks: Sequence[Task]) -> None:
        standing = Status.objects.in_bulk(pk for task in tasks for pk in (*task.writes.sen_drop, *task.writes.sen_set))
        dropped: list[int] = []
        moved: list[Status] = []
        fresh: list[Status] = []
        for task in tasks:
            for pk in task.writes.sen_drop:
                task.drop("statuses", [standing[pk]])
                dropped.append(pk)
            for pk, (since, until) in task.writes.sen_set.items():
                row = standing[pk]
                task.before.setdefault("sen_set", []).append([pk, row.since.isoformat(), plain_value(row.until)])
                row.since, row.until = since, until
                moved.append(row)
            fresh += [
                Status(
                    pupil=task.pupil, school=self.school, code=code, since=since, until=until, source=self.batch.kind
                )
                for code, since, until in task.writes.sen_add
            ]
        Status.objects.filter(pk__in=dropped).delete()
        update_many(moved, ["since", "until"])
        insert_many(fresh)
        _remember(tasks, "sen_add", fresh)

    def _needs(self, tasks: Sequence[Task]) -> None:
        standing = Need.objects.in_bulk(pk for task in tasks for pk in (*task.writes.need_drop, *task.writes.need_end))
        dropped: list[int] = []
        ended: list[Need] = []
        fresh: list[Need] = []
        for task in tasks:
            for pk in task.writes.need_drop:
                task.drop("needs", [standing[pk]])
                dropped.append(pk)
            for pk, until in task.writes.need_end.items():
                task.before.setdefault("need_end", []).append([pk, plain_value(standing[pk].until)])
                standing[pk].until = until
                ended.append(standing[pk])
            for code, rank, since in task.writes.need_add:
                area = default_area(code) or ""
                fresh.append(
                    Need(pupil=task.pupil, school=self.school, code=code, rank=rank, area=area, since=since,
                         source=self.batch.kind)
                )  # fmt: skip
        Need.objects.filter(pk__in=dropped).delete()
        update_many(ended, ["until"])
        insert_many(fresh)
        _remember(tasks, "need_add", fresh)

    def _contacts(self, tasks: Sequence[Task]) -> None:
        standing = Contact.objects.in_bulk(pk for task in tasks for pk in task.writes.contact_set)
        names: set[str] = set()
        for task in tasks:
            for pk, values in task.writes.contact_set.items():
                old = {name: getattr(standing[pk], name) for name in values}
                task.before.setdefault("contact_set", []).append([pk, old])
                for name, value in values.items():
                    setattr(standing[pk], name, value)
                names |= values.keys()
        update_many(list(standing.values()), sorted(names))
        fresh = [
            Contact(pupil=task.pupil, school=self.school, source="mis", **values)
            for task in tasks
            for values in task.writes.contact_add
        ]
        insert_many(fresh)
        _remember(tasks, "contact_add", fresh)

    def _places(self, tasks: Sequence[Task]) -> None:
        """Earlier schools as the file lists them, and the pupil's own stretch here."""
        fresh = []
        dated: list[Task] = []
        for task in tasks:
            fresh += [Enrolment(pupil=task.pupil, school=self.school, **values) for values in task.writes.place_add]
            if task.is_new or task.writes.move_from:
                fresh.append(
                    Enrolment(pupil=task.pupil, school=self.school, at=self.school, la=self.school.la,
                              establishment=self.school.establishment, name=self.school.name,
                              since=task.pupil.entered_on, until=task.pupil.left_on)
                )  # fmt: skip
            elif {"entered_on", "left_on"} & task.writes.pupil.keys():
                dated.append(task)
        insert_many(fresh)
        _remember(tasks, "place_add", fresh)
        self._own_places(dated)

    def _own_places(self, tasks: Sequence[Task]) -> None:
        by_pupil = {task.pupil.pk: task for task in tasks}
        rows = {
            row.pupil_id: row for row in Enrolment.objects.filter(pupil__in=by_pupil, at=self.school).order_by("pk")
        }
        for pk, row in rows.items():
            task = by_pupil[pk]
            task.before["place_set"] = [row.pk, plain_value(row.since), plain_value(row.until)]
            row.since, row.until = task.pupil.entered_on, task.pupil.left_on
        update_many(list(rows.values()), ["since", "until"])

    def _groups(self, tasks: Sequence[Task]) -> None:
        """The registration class as a dated membership: the old one ends yesterday, the new one begins today."""
        groups = self._classes({task.writes.group or "" for task in tasks})
        classes = set(
            Group.objects.filter(school=self.school, kind=Group.Kind.CLASS, subject="").values_list("pk", flat=True)
        )
        known = [task.pupil.pk for task in tasks if not task.is_new]
        running = Membership.objects.filter(Q(until=None) | Q(until__gte=self.on), pupil__in=known)
        stay: set[int] = set()
        ended, dropped = [], []
        by_pupil = {task.pupil.pk: task for task in tasks}
        for row in running:
            if row.group_id not in classes:
                continue
            task = by_pupil[row.pupil_id]
            if row.group_id == groups[task.writes.group or ""].pk:
                stay.add(row.pupil_id)
            elif row.since < self.on:
                task.before.setdefault("group_end", []).append([row.pk, plain_value(row.until)])
                row.until = self.on - DAY
                ended.append(row)
            else:
                task.drop("memberships", [row])
                dropped.append(row.pk)
        update_many(ended, ["until"])
        Membership.objects.filter(pk__in=dropped).delete()
        fresh = [
            Membership(pupil=task.pupil, group=groups[task.writes.group or ""], school=self.school, since=self.on)
            for task in tasks
            if task.pupil.pk not in stay
        ]
        insert_many(fresh)
        _remember(tasks, "group_add", fresh)

    def _classes(self, names: set[str]) -> dict[str, Group]:
        wanted = [Group(school=self.school, name=name, kind=Group.Kind.CLASS) for name in sorted(names)]
        Group.objects.bulk_create(wanted, ignore_conflicts=True)
        return {group.name: group for group in Group.objects.filter(school=self.school, name__in=names, subject="")}

    def _last_said(self, tasks: Sequence[Task]) -> None:
        rows = []
        for task in tasks:
            known = task.judged.known
            said, kept = task.writes.said, task.writes.kept
            if known is None or (said, kept) != (known.said, known.kept):
                task.before |= {"said": known.said, "kept": known.kept} if known else {}
                rows.append(LastSaid(pupil=task.pupil, school=self.school, values=said, kept=kept))
        insert_many(rows, replacing=["school", "values", "kept"])

    def _history(self, tasks: Sequence[Task]) -> None:
        file, school = self.batch.file_name, self.school.pk
        came = [task for task in tasks if task.is_new]
        moved = [task for task in tasks if task.writes.move_from]
        changed = [task for task in tasks if not task.is_new]
        sen = [task for task in tasks if task.writes.sen_codes]
        for kind, about, facts in (
            (kinds.CAME, came, lambda task: {"pupil": task.pupil.name}),
            (kinds.MOVED, moved, lambda task: {"pupil": task.pupil.name, "school": task.judged.known.school}),
            (kinds.CHANGED, changed, lambda task: {"fields": _field_words(task)}),
            (register_kinds.FROM_FILE, sen, lambda task: {"codes": ", ".join(task.writes.sen_codes)}),
        ):
            rows = ((task.pupil.pk, school, {**facts(task), "file": file}) for task in about)
            history.record_many(kind, rows, by=self.by, on=self.on)

    def _rows(self, tasks: Sequence[Task]) -> None:
        for task in tasks:
            task.row.before, task.row.verdict = task.before, task.judged.verdict
        update_many([task.row for task in tasks], ["before", "pupil", "verdict"])


def _field_words(task: Task) -> str:
    return ", ".join(dict.fromkeys(label(change.field) for change in task.judged.outcome.changes))


def _remember(tasks: Sequence[Task], name: str, rows: Iterable[Any]) -> None:
    """Note the ids of rows that were made for each pupil."""
    by_pupil = {task.pupil.pk: task for task in tasks}
    for row in rows:
        by_pupil[row.pupil_id].before.setdefault(name, []).append(row.pk)


def plain_value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
