"""Open clocks of briefs: five school days for every linked adult to read a new version; at once when it is about safety."""

from collections.abc import Iterable

from django.db.models import Q

from alongside.areas.classroom.models import Acknowledgement, Brief
from alongside.base.deadlines.sources import Ask, Running, source
from alongside.base.pupils.models import AdultLink, Membership
from alongside.law import clocks


@source("classroom", clocks.BRIEF_READ)
def briefs(ask: Ask) -> Iterable[Running]:
    current = {brief.pk: brief for brief in Brief.objects.filter(**ask.narrow(), current=True)}
    linked = _adults(ask, {brief.pupil_id for brief in current.values()})
    confirmed = set(
        Acknowledgement.objects.filter(brief__in=current, confirmed_at__isnull=False).values_list("brief_id", "person_id")
    )
    for brief in current.values():
        adults = linked.get(brief.pupil_id, set())
        waiting = sum((brief.pk, person) not in confirmed for person in adults)
        if not waiting:
            continue
        days = 0 if brief.safety and "safety" in brief.what_changed.casefold() else None
        due = clocks.due(clocks.BRIEF_READ, brief.made_on, ask.calendars[brief.school_id], amount=days)
        yield Running(
            due, "brief", brief.pk, brief.pupil_id, brief.school_id,
            f"brief not yet read by {waiting} {'adult' if waiting == 1 else 'adults'}", due.why(), "See who",
            f"/classes/brief/{brief.pupil_id}/readers/", f"{len(adults) - waiting} of {len(adults)} have read it",
        )  # fmt: skip


def _adults(ask: Ask, pupils: set[int]) -> dict[int, set[int]]:
    """The adults linked today to each of these pupils, by group or by name."""
    held = Q(since__lte=ask.on) & (Q(until=None) | Q(until__gte=ask.on))
    people: dict[int, set[int]] = {}
    in_group: dict[int, set[int]] = {}
    for person, group, pupil in AdultLink.objects.filter(held, school__in=list(ask.calendars)).values_list(
        "person_id", "group_id", "pupil_id"
    ):
        (in_group.setdefault(group, set()) if group else people.setdefault(pupil, set())).add(person)
    memberships = Membership.objects.filter(held, pupil__in=pupils, group__in=in_group).values_list("pupil_id", "group_id")
    for pupil, group in memberships:
        people.setdefault(pupil, set()).update(in_group[group])
    return {pupil: adults for pupil, adults in people.items() if pupil in pupils}
