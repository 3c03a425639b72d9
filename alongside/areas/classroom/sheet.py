"""The class sheet: one side of A4 for a group, one line a child. No diagnoses are on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, FilteredRelation, Q

from alongside.areas.classroom import rules
from alongside.areas.classroom.queries import class_of, held_on, post_holders
from alongside.areas.provision.models import Line
from alongside.base.access.actor import Actor
from alongside.base.history import actions as history
from alongside.base.pupils.models import AdultLink, Group, Membership, Pupil

_LATELY = 7  # days for which a sheet says that a brief changed
_MOST_BESIDE = 6  # lines under the table, so that the sheet stays on one side
_MONDAY_TO_FRIDAY = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One child: what to plan for, what else, what to know."""

    name: str
    status: str
    note: str  # "Safety", "Changed 18 Nov" or ""
    is_safety: bool
    plan_for: str
    also: str
    know: str
    know_is_safety: bool


@dataclass(frozen=True, slots=True)
class SheetPage:
    group_id: int
    name: str
    week_of: date
    teachers: str
    size: int
    rows: tuple[SheetRow, ...]
    shared: tuple[tuple[str, str], ...]  # a strategy, and the names that have it in common
    adults: tuple[str, ...]
    emergencies: tuple[tuple[str, str], ...]
    dsl: str
    shred_on: date
    fit: rules.Fit
    room_to_write: bool


def sheet_page(actor: Actor, group_id: int, *, on: date, initials: bool = False) -> SheetPage:
    """The sheet of a group for the week of a day; each pupil on it is a pupil whose brief was looked at.

    Raises NotFound for a group that is not on this person's timetable. The number of statements does not grow
    with the group, but for one line of the record of viewings a pupil, written in bulk.
    """
    group = class_of(actor, group_id, on=on)
    members = Membership.objects.filter(held_on(on), group=group).exclude(pupil__in=actor.own_children)
    everybody = list(members.values_list("pupil_id", flat=True))
    pupils = _pupils(everybody, on)
    names = _names(pupils, initials)
    rows = tuple(_row(row, names[row["pk"]], on) for row in pupils)
    shared = tuple(
        (line, ", ".join(who))
        for line, who in rules.shared_helps({names[row["pk"]]: _plain(row["helps"]) for row in pupils})
    )[:_MOST_BESIDE]
    teachers, adults = _adults(group, names, on)
    emergencies = tuple((names[row["pk"]], row["safety"]) for row in pupils if row["safety"])
    fit, room = rules.fit(
        [(row.plan_for, row.also, row.know) for row in rows],
        beside=([f"{line}: {who}" for line, who in shared], adults),
        boxed=" ".join(f"{name}: {words}" for name, words in emergencies),
    )
    history.viewed_many([(row["pk"], group.school_id) for row in pupils], by=actor, page="class sheet")
    shred_on = rules.shred_on(on)
    return SheetPage(
        group.pk, str(group), shred_on - _MONDAY_TO_FRIDAY, teachers, len(everybody), rows, shared, adults, emergencies,
        _dsl(group, on), shred_on, fit, room,
    )  # fmt: skip


def _pupils(members: Sequence[int], on: date) -> list[Mapping[str, Any]]:
    """The members who are on the register or have a brief, by name."""
    running = Q(statuses__since__lte=on) & (Q(statuses__until=None) | Q(statuses__until__gte=on))
    rows = (
        Pupil.objects.filter(pk__in=members)
        .annotate(
            brief=FilteredRelation("briefs", condition=Q(briefs__current=True)),
            status=FilteredRelation("statuses", condition=running),
        )
        .filter(Q(brief__isnull=False) | Q(status__isnull=False))
        .order_by("sort_key")
        .values(
            "pk", "given_name", "liked_name", "family_name", "liked_family", code=F("status__code"),
            number=F("brief__number"), made_on=F("brief__made_on"), helps=F("brief__helps"), avoid=F("brief__avoid"),
            communication=F("brief__communication"), safety=F("brief__safety"), adjustments=F("brief__adjustments"),
        )
    )  # fmt: skip
    return sorted(rows, key=lambda row: (_liked(row).casefold(), row["liked_family"] or row["family_name"]))


def _names(pupils: Sequence[Mapping[str, Any]], initials: bool) -> dict[int, str]:
    """What each child is called on the sheet: the name they like, longer only where two share it."""
    full = {row["pk"]: (_liked(row), row["liked_family"] or row["family_name"]) for row in pupils}
    names = {pupil: f"{given[:1]}{family[:1]}" if initials else given for pupil, (given, family) in full.items()}
    twice = Counter(names.values())
    for pupil, (given, family) in full.items():
        if twice[names[pupil]] > 1:
            names[pupil] = f"{given[:2]}{family[:2]}" if initials else f"{given} {family}"
    return names


def _liked(row: Mapping[str, Any]) -> str:
    return str(row["liked_name"] or row["given_name"])


def _row(row: Mapping[str, Any], name: str, on: date) -> SheetRow:
    first, second, *_ = [*_plain([*(row["helps"] or ()), *(row["adjustments"] or ())]), "", ""]
    changed = row["number"] and row["number"] > 1 and (on - row["made_on"]).days <= _LATELY
    note = "Safety" if row["safety"] else f"Changed {row['made_on'].day} {row['made_on']:%b}" if changed else ""
    know = row["safety"] or _avoid(row["avoid"]) or next(iter(_plain([row["communication"] or ""])), "")
    return SheetRow(
        name, row["code"] or "N", note, bool(row["safety"]),
        first or "No brief yet: ask the SENCO", second, know, bool(row["safety"]),
    )  # fmt: skip


def _plain(lines: Sequence[str] | None) -> list[str]:
    """The lines that name no diagnosis: a sheet lies about on desks, whatever family and pupil agreed to."""
    return [line for line in lines or () if line and not rules.diagnosis_in(line)]


def _avoid(words: str | None) -> str:
    return f"Avoid: {words}" if words and not rules.diagnosis_in(words) else ""


def _adults(group: Group, names: dict[int, str], on: date) -> tuple[str, tuple[str, ...]]:
    """Who teaches the group, in one line; who else is there, and who leaves the room for what."""
    links = AdultLink.objects.filter(held_on(on) & (Q(group=group) | Q(pupil__in=names))).select_related("person")
    teachers, lines = [], []
    for link in links.order_by("pk"):
        if link.part == AdultLink.Part.TEACHES and link.group_id:
            teachers.append(link.person.formal)
        else:
            whom = names[link.pupil_id] if link.pupil_id else "this group"
            lines.append(f"{link.person.formal} {AdultLink.Part(link.part).label} {whom}")
    return ", ".join(dict.fromkeys(teachers)), tuple(dict.fromkeys([*lines, *_groups(names, on)]))[:_MOST_BESIDE]


def _groups(names: dict[int, str], on: date) -> list[str]:
    """Provision that takes some of these pupils together: 'Talking group, 3 × 30 minutes, Mrs Iqbal: Kuba, Leo'."""
    found: dict[tuple[str, int, int, str], list[str]] = {}
    lines = (
        Line.objects.filter(held_on(on), pupil__in=names).select_related("type", "adult").order_by("pupil__sort_key")
    )
    for line in lines:
        key = (line.type.plain_name, line.times_a_week, line.minutes, line.adult.formal if line.adult else "")
        found.setdefault(key, []).append(names[line.pupil_id])
    return [
        f"{name}, {times} × {minutes} minutes{f', {adult}' if adult else ''}: {', '.join(who)}"
        for (name, times, minutes, adult), who in found.items()
    ]


def _dsl(group: Group, on: date) -> str:
    people = post_holders(group.school_id, ("dsl", "head"), on=on)
    return people[0].formal if people else "the headteacher"
