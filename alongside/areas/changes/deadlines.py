"""The open clock of a change: each school that it was sent to has done it by its day."""

from collections.abc import Iterable

from alongside.areas.changes.models import ChangeTask
from alongside.base.deadlines.sources import Ask, Running, source
from alongside.law import clocks
from alongside.law.dates import day_words


@source("changes", clocks.CHANGE)
def changes(ask: Ask) -> Iterable[Running]:
    """Of each task that is not done; nothing where only some pupils' clocks are asked for."""
    if ask.pupils is not None:
        return
    tasks = ChangeTask.objects.filter(school__in=list(ask.calendars), done_on=None, notice__withdrawn_on=None)
    for task in tasks.select_related("notice").order_by("pk"):
        notice = task.notice
        assert notice.due_on is not None
        assert notice.effective_on is not None
        due = clocks.due(clocks.CHANGE, notice.due_on, ask.calendars[task.school_id])
        yield Running(
            due, "change", task.pk, None, task.school_id, f"change to put into practice: {notice.title}",
            f"Set in the change notice. It takes effect on {day_words(notice.effective_on)}.", "Open the notice",
            f"/changes/{notice.pk}/",
            progress=f"Acknowledged on {day_words(task.acknowledged_on)}" if task.acknowledged_on else "",
        )  # fmt: skip
