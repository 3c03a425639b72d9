"""Open clocks of flags: one line a school and day on which they were raised, so that a sweep is one thing to do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from alongside.areas.identification.models import Flag
from alongside.areas.identification.rules import Sign
from alongside.base.deadlines.sources import Ask, Running, source
from alongside.law import clocks


@source("flags", clocks.FLAG_ANSWER)
def flags(ask: Ask) -> Iterable[Running]:
    """Pupils with a flag to answer, by the day of their first. About a school, so never for some pupils alone."""
    if ask.pupils is not None:
        return
    first: dict[int, Flag] = {}
    widens: set[int] = set()
    slow: set[int] = set()
    rows = Flag.objects.waiting().filter(school_id__in=list(ask.calendars))
    for row in rows.only("pupil_id", "school_id", "sign", "raised_on", "class_slow").order_by("raised_on", "pk"):
        first.setdefault(row.pupil_id, row)
        widens |= {row.pupil_id} if row.sign == Sign.WIDENS else set()
        slow |= {row.pupil_id} if row.class_slow else set()
    together: dict[tuple[int, date, bool], list[int]] = defaultdict(list)
    for pupil, row in first.items():
        together[row.school_id, row.raised_on, pupil in slow].append(pupil)
    for (school, raised, in_slow), pupils in sorted(together.items()):
        yield _running(ask, school, raised, pupils, widens, in_slow=in_slow)


def _running(ask: Ask, school: int, raised: date, pupils: Sequence[int], widens: set[int], *, in_slow: bool) -> Running:
    """A class of which most are slow is for the headteacher: teaching comes first."""
    due = clocks.due(clocks.FLAG_ANSWER, raised, ask.calendars[school])
    count, growing = len(pupils), len(widens & set(pupils))
    where = " in a class of which most are slow" if in_slow else ""
    return Running(
        due, f"{'slow' if in_slow else 'flags'}-{raised:%Y%m%d}", school, None, school,
        f"{count} {'pupil has a progress flag' if count == 1 else 'pupils have progress flags'}{where}", due.why(),
        "Answer", "/progress/", f"The gap grows for {growing}" if growing else "",
        "head" if in_slow else clocks.FLAG_ANSWER.owner,
    )  # fmt: skip
