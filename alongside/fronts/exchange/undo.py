"""Putting back what a file changed, except for pupils on whom somebody has worked since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Model

from alongside.areas.register.models import Need, Status
from alongside.base.deadlines.models import Deadline
from alongside.base.history.models import Event, Viewing
from alongside.base.pupils.models import Contact, Enrolment, Membership, Pupil
from alongside.base.pupils.names import keys
from alongside.fronts.exchange import moving
from alongside.fronts.exchange.known import VALUES
from alongside.fronts.exchange.models import Batch, LastSaid, Row
from alongside.fronts.exchange.writes import DATES, plain_value
from alongside.kit.bulk import update_many

# Rows that a file makes, by the name under which `before` keeps their ids.
_MADE: dict[str, type[Model]] = {
    "sen_add": Status, "need_add": Need, "contact_add": Contact, "place_add": Enrolment, "group_add": Membership,
}  # fmt: skip
# Rows that a file takes away, by the name under which `before` keeps them whole.
_DROPPED: dict[str, Any] = {"statuses": Status, "needs": Need, **moving.TIES}
_NOT_WORK = (Event, Viewing, Deadline, LastSaid, Row)


@dataclass(slots=True)
class Undone:
    """What an undo came to. `kept` are the rows left as they are, with the reason."""

    pupils: set[int] = field(default_factory=set)
    schools: set[int] = field(default_factory=set)
    restored: list[tuple[int, int]] = field(default_factory=list)  # pupil, school
    kept: list[tuple[Row, str]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


def put_back(batch: Batch, rows: Sequence[Row], undone: Undone) -> None:
    """Undo a chunk of applied rows in the caller's transaction. The wall must stand open to every school."""
    ids = [row.pupil_id for row in rows if row.pupil_id]
    pupils = {
        pupil.pk: pupil
        for pupil in Pupil.objects.filter(pk__in=ids)
        .select_related("school")
        .select_for_update(of=("self",), no_key=True)
    }
    worked = _worked_on(batch, [row for row in rows if row.pupil_id in pupils], pupils)
    going: list[tuple[Row, Pupil]] = []
    for row in rows:
        pupil = pupils.get(row.pupil_id or 0)
        if pupil is None:
            continue
        if pupil.pk in worked:
            undone.kept.append((row, f"{pupil.name} is kept as now: {worked[pupil.pk]}."))
        else:
            going.append((row, pupil))
    _remove_new([pupil for row, pupil in going if row.before.get("new")])
    _restore([(row, pupil) for row, pupil in going if not row.before.get("new")], undone)
    undone.pupils.update(pupil.pk for _, pupil in going)
    undone.rows += [row for row, _ in going]


# --- who has been worked on ----------------------------------------------------------------------------


def _worked_on(batch: Batch, rows: Sequence[Row], pupils: dict[int, Pupil]) -> dict[int, str]:
    """Pupils that must be left alone, with what was done to them."""
    found: dict[int, str] = {}
    for row in rows:
        pupil = pupils[row.pupil_id or 0]
        if _edited(row.before, pupil):
            found[pupil.pk] = "somebody has changed the pupil since"
    events = Event.objects.filter(pupil_id__in=pupils, pk__gt=batch.applied_event or 0)
    for pupil_id in events.values_list("pupil_id", flat=True):
        found.setdefault(pupil_id or 0, "somebody has worked on the pupil since")
    made = _ids_made(rows)
    for model in _about_pupils():
        rows_of_model = model._default_manager.filter(pupil_id__in=pupils).exclude(pk__in=made.get(model, ()))
        new = [row.pupil_id for row in rows if row.before.get("new")]
        for pupil_id in rows_of_model.filter(pupil_id__in=new).values_list("pupil_id", flat=True):
            found.setdefault(pupil_id, f"there is now a {model._meta.verbose_name} for the pupil")
    return found


def _edited(before: dict[str, Any], pupil: Pupil) -> bool:
    if pupil.version != before.get("version", 1):
        return True
    wrote: dict[str, Any] = before.get("wrote", {})
    return any(plain_value(getattr(pupil, name)) != value for name, value in wrote.items())


def _ids_made(rows: Sequence[Row]) -> dict[type[Model], list[int]]:
    made: defaultdict[type[Model], list[int]] = defaultdict(list)
    for row in rows:
        for name, model in _MADE.items():
            made[model] += row.before.get(name, ())
    return made


def _about_pupils() -> Iterator[Any]:
    """Every table of ours with rows about pupils that would be work on them."""
    for model in apps.get_models():
        columns = {getattr(each, "column", None) for each in model._meta.get_fields()}
        is_version = hasattr(model, "pgh_tracked_model")
        if (
            model.__module__.startswith("alongside.")
            and "pupil_id" in columns
            and not is_version
            and model not in _NOT_WORK
        ):
            yield model


# --- putting back --------------------------------------------------------------------------------------


def _remove_new(pupils: Sequence[Pupil]) -> None:
    Pupil.objects.filter(pk__in=[pupil.pk for pupil in pupils]).delete()


def _restore(pairs: Sequence[tuple[Row, Pupil]], undone: Undone) -> None:
    for name, model in _MADE.items():
        ids = [pk for row, _ in pairs for pk in row.before.get(name, ())]
        if ids:
            model._default_manager.filter(pk__in=ids).delete()
    _restore_dates(pairs, "sen_set", Status, ("since", "until"))
    _restore_dates(pairs, "need_end", Need, ("until",))
    _restore_dates(pairs, "group_end", Membership, ("until",))
    _restore_dates(pairs, "place_ended", Enrolment, ("until",), one=True)
    _restore_dates(pairs, "place_set", Enrolment, ("since", "until"), one=True)
    for name, tie in moving.TIES.items():
        ended = [each for row, _ in pairs for each in row.before.get("ended", {}).get(name, ())]
        _set_dates(tie, ended, ("until",))
    _restore_dropped(pairs)
    _restore_contacts(pairs)
    _restore_pupils(pairs, undone)


def _restore_dates(
    pairs: Sequence[tuple[Row, Pupil]], name: str, model: type[Model], fields: tuple[str, ...], *, one: bool = False
) -> None:
    kept = [row.before[name] for row, _ in pairs if name in row.before]
    _set_dates(model, kept if one else [each for several in kept for each in several], fields)


def _set_dates(model: type[Model], kept: Sequence[Sequence[Any]], fields: tuple[str, ...]) -> None:
    rows = model._default_manager.in_bulk([each[0] for each in kept])
    for pk, *values in kept:
        for name, value in zip(fields, values, strict=True):
            if pk in rows:
                setattr(rows[pk], name, date.fromisoformat(value) if value else None)
    update_many(list(rows.values()), fields)


def _restore_dropped(pairs: Sequence[tuple[Row, Pupil]]) -> None:
    """Make rows that went again, as they were, under their old keys."""
    for name, model in _DROPPED.items():
        gone = [values for row, _ in pairs for values in row.before.get("dropped", {}).get(name, ())]
        model._default_manager.bulk_create(model(**_with_dates(values)) for values in gone)


def _with_dates(values: dict[str, Any]) -> dict[str, Any]:
    dates = {name: date.fromisoformat(values[name]) if values[name] else None for name in ("since", "until")}
    return {**values, **dates}


def _restore_contacts(pairs: Sequence[tuple[Row, Pupil]]) -> None:
    kept = [each for row, _ in pairs for each in row.before.get("contact_set", ())]
    rows = Contact.objects.in_bulk([pk for pk, _ in kept])
    names: set[str] = set()
    for pk, values in kept:
        for name, value in values.items():
            setattr(rows[pk], name, value)
        names |= values.keys()
    update_many(list(rows.values()), sorted(names))


def _restore_pupils(pairs: Sequence[tuple[Row, Pupil]], undone: Undone) -> None:
    moved: defaultdict[int, list[int]] = defaultdict(list)
    said = []
    for row, pupil in pairs:
        before = row.before
        for name, value in before["pupil"].items():
            setattr(pupil, name, date.fromisoformat(value) if name in DATES and value else value)
        if "mis_id" in before:
            pupil.mis_id = before["mis_id"]
        undone.schools.update((pupil.school_id, before["school"]))
        if before["school"] != pupil.school_id:
            pupil.school_id = before["school"]
            moved[before["school"]].append(pupil.pk)
        pupil.version += 1
        pupil.sort_key, pupil.search_key = keys(pupil)
        if "said" in before:
            said.append(LastSaid(pupil=pupil, school_id=before["school"], values=before["said"], kept=before["kept"]))
        undone.restored.append((pupil.pk, before["school"]))
    update_many([pupil for _, pupil in pairs], (*VALUES, "school", "sort_key", "search_key", "version"))
    for school, ids in moved.items():
        moving.take_files(ids, to=school)
    update_many(said, ["school", "values", "kept"])
