"""Open clocks of concerns: triage, and the end of a screening."""

from collections.abc import Iterable

from alongside.areas.concerns.models import Concern
from alongside.areas.concerns.rules import PART_WORDS, Decision
from alongside.base.deadlines.sources import Ask, Running, source
from alongside.law import clocks


@source("concerns", clocks.TRIAGE, clocks.SCREEN)
def concerns(ask: Ask) -> Iterable[Running]:
    rows = (
        Concern.objects.filter(**ask.narrow(), closed_on=None)
        .exclude(decision__in=[Decision.MONITOR, Decision.CLOSE])
        .select_related("raised_by")
        .prefetch_related("parts")
    )
    for concern in rows:
        calendar = ask.calendars[concern.school_id]
        if concern.triaged_on is None:
            due = clocks.due(clocks.TRIAGE, concern.raised_on, calendar)
            what, action = f"new concern from {concern.raised_by.formal}: {_short(concern.seen)}", "Triage"
            progress = f"Tried: {', '.join(concern.tried[:2])}" if concern.tried else "Nothing tried yet"
        else:
            due = clocks.due(clocks.SCREEN, concern.triaged_on, calendar)
            what, action = "screening to decide", "Carry on"
            progress = f"{len(concern.parts.all())} of {len(PART_WORDS)} parts in"
        yield Running(
            due, "concern", concern.pk, concern.pupil_id, concern.school_id, what, due.why(), action,
            f"/concerns/{concern.pk}/", progress,
        )  # fmt: skip


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"
