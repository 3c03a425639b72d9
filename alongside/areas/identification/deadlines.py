"""Open clocks of flags: one for each pupil, from the day the first of their flags was raised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from alongside.areas.assessment.rules import SUBJECTS
from alongside.areas.identification import rules
from alongside.areas.identification.models import Flag
from alongside.base.deadlines.sources import Ask, Running, source
from alongside.law import clocks


@source("flags", clocks.FLAG_ANSWER)
def flags(ask: Ask) -> Iterable[Running]:
    rows = (
        Flag.objects.waiting()
        .filter(**ask.narrow())
        .only("pupil_id", "school_id", "subject", "sign", "raised_on", "class_slow")
    )
    by_pupil: dict[int, list[Flag]] = defaultdict(list)
    for row in rows.order_by("raised_on", "pk"):
        by_pupil[row.pupil_id].append(row)
    for pupil, waiting in by_pupil.items():
        yield _running(pupil, waiting, ask)


def _running(pupil: int, waiting: list[Flag], ask: Ask) -> Running:
    first = waiting[0]
    due = clocks.due(clocks.FLAG_ANSWER, first.raised_on, ask.calendars[first.school_id])
    subjects = " and ".join(sorted({SUBJECTS[row.subject].lower() for row in waiting}))
    worst = min((rules.Sign(row.sign) for row in waiting), key=rules.FIRST.index)
    slow = any(row.class_slow for row in waiting)
    return Running(
        due, "flags", pupil, pupil, first.school_id, f"progress flag in {subjects}: {rules.SIGN_WORDS[worst].lower()}",
        due.why(), "Answer", f"/pupils/{pupil}/progress/answer/",
        "Most of the class is slow" if slow else "", "head" if slow else clocks.FLAG_ANSWER.owner,
    )  # fmt: skip
