"""The open clock of training: six weeks after a session whoever came has said what changed."""

from collections.abc import Iterable

from django.db.models import Count, Min, Q

from alongside.areas.training.models import Booking
from alongside.base.deadlines.sources import Ask, Running, source
from alongside.law import clocks


@source("training", clocks.TRAINING_FOLLOW)
def training(ask: Ask) -> Iterable[Running]:
    """One line a session and school, not one a colleague; nothing where only some pupils' clocks are asked for."""
    if ask.pupils is not None:
        return
    came = Booking.objects.filter(school__in=list(ask.calendars), came=True, session__held_on__lte=ask.on)
    rows = came.values("session", "session__held_on", "session__course__title", "school").annotate(
        first=Min("pk"), whole=Count("pk"), silent=Count("pk", filter=Q(changed_on=None))
    )
    for row in rows.filter(silent__gt=0).order_by("first"):
        due = clocks.due(clocks.TRAINING_FOLLOW, row["session__held_on"])
        yield Running(
            due, "session", row["first"], None, row["school"], f"what changed since {row['session__course__title']}"[:160],
            f"{row['whole'] - row['silent']} of {row['whole']} have said it. {due.why()}.", "See who has",
            f"/training/sessions/{row['session']}/",
        )  # fmt: skip
