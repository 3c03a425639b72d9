"""Open clocks of briefs: five school days for every linked adult to read a new version; at once when it is about safety."""

from collections.abc import Iterable

from alongside.areas.classroom.models import Acknowledgement, Brief
from alongside.areas.classroom.queries import adults_of
from alongside.base.deadlines.sources import Ask, Running, source
from alongside.law import clocks
from alongside.law.dates import day_words


@source("classroom", clocks.BRIEF_READ)
def briefs(ask: Ask) -> Iterable[Running]:
    current = {brief.pk: brief for brief in Brief.objects.filter(**ask.narrow(), current=True)}
    linked = adults_of({brief.pupil_id for brief in current.values()}, list(ask.calendars), on=ask.on)
    confirmed = set(
        Acknowledgement.objects.filter(brief__in=current, confirmed_at__isnull=False).values_list(
            "brief_id", "person_id"
        )
    )
    for brief in current.values():
        adults = linked.get(brief.pupil_id, {})
        waiting = sum((brief.pk, person) not in confirmed for person in adults)
        if not waiting:
            continue
        days = 0 if brief.changes_safety else None
        due = clocks.due(clocks.BRIEF_READ, brief.made_on, ask.calendars[brief.school_id], amount=days)
        why = f"Safety changed on {day_words(brief.made_on)}: everybody reads it the same day"
        yield Running(
            due, "brief", brief.pk, brief.pupil_id, brief.school_id,
            f"brief not yet read by {waiting} {'adult' if waiting == 1 else 'adults'}",
            why if brief.changes_safety else due.why(), "See who",
            f"/classes/brief/{brief.pupil_id}/readers/", f"{len(adults) - waiting} of {len(adults)} have read it",
        )  # fmt: skip
