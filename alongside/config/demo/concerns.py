"""Worries that adults wrote down, and what became of them."""

from __future__ import annotations

from datetime import date

from alongside.areas.concerns import kinds
from alongside.areas.concerns.models import Concern, ScreeningPart
from alongside.areas.concerns.rules import DECISION_WORDS, PART_WORDS, Decision, Part, Source
from alongside.config.demo.pen import DAY, Pen, Somebody
from alongside.config.demo.roll import Child
from alongside.config.demo.staff import Staff
from alongside.config.demo.stories import Story
from alongside.config.demo.wording import phrase

OPEN_SHARE = 0.012  # of pupils without SEN support: a worry is open
CLOSED_SHARE = 0.02  # a worry of the last year was closed
_TRIED_FOR = ("1 week", "2 weeks", "4 weeks", "half a term")


def open_concern(pen: Pen, staff: Staff, child: Child, story: Story) -> None:
    """A worry that is still open: new, watched, being screened or about to be decided."""
    state = pen.draw.choices(("new", "watched", "screening", "deciding"), (45, 20, 25, 10))[0]
    if state == "new":
        raise_it(pen, child, story, pen.ago(0, 18))
        return
    raised = pen.ago(16, 50)
    decided = pen.days.after(raised + pen.draw.randint(2, 12) * DAY)
    decision = {"watched": Decision.MONITOR, "screening": Decision.SCREEN, "deciding": Decision.REGISTER}[state]
    row = raise_it(pen, child, story, raised, decision=decision, triaged=min(decided, pen.on), staff=staff)
    if state != "watched":
        parts = list(Part) if state == "deciding" else list(Part)[: pen.draw.randint(0, 4)]
        for part in parts:
            note_part(pen, staff.senco, child, row, part, min(decided + pen.draw.randint(1, 9) * DAY, pen.on))


def closed_concern(pen: Pen, staff: Staff, child: Child, story: Story) -> None:
    """A worry of the last year for which good teaching was the answer."""
    raised = pen.ago(40, 360)
    if raised >= child.entered:
        done = pen.days.after(raised + pen.draw.randint(2, 9) * DAY)
        raise_it(pen, child, story, raised, decision=Decision.CLOSE, triaged=done, closed=done, staff=staff)


def led_to_support(pen: Pen, staff: Staff, child: Child, story: Story, since: date) -> int | None:
    """The worry that a pupil's SEN support began with, closed when the decision was made."""
    raised = pen.days.back(since, pen.draw.randint(18, 40))
    if raised <= child.entered:
        return None
    triaged = pen.days.back(since, pen.draw.randint(9, 14))
    return raise_it(pen, child, story, raised, decision=Decision.REGISTER, triaged=triaged, closed=since, staff=staff)


def raise_it(
    pen: Pen, child: Child, story: Story, raised: date, *, decision: Decision | None = None,
    triaged: date | None = None, closed: date | None = None, staff: Staff | None = None,
) -> int:  # fmt: skip
    """A concern, with what was decided if it was."""
    pen.told.add(child.id)
    parent = child.parent.person if child.parent.person and pen.chance(0.4) else None
    by = parent or pen.draw.choice(child.adults)
    seen = phrase(pen, child, "concerns", "worries") if parent else story.seen
    answer = phrase(pen, child, "concerns", "answers") if decision else ""
    reason = _reason(pen, child, decision, from_parent=parent is not None)
    row = pen.bulk.add(
        Concern, pupil_id=child.id, school_id=pen.site.id, raised_by_id=by.id, raised_on=raised,
        source=(Source.PARENT if parent else Source.STAFF).value, seen=seen,
        tried=[] if parent else list(story.tried[: pen.draw.randint(0, 3)]),
        tried_for="" if parent else pen.draw.choice(_TRIED_FOR),
        helped="" if parent else pen.draw.choice(("yes", "little", "little", "no")),
        triaged_on=triaged, triaged_by_id=staff.senco.id if staff and triaged else None,
        decision=decision.value if decision else "", reason=reason, answer=answer, answered_on=triaged,
        look_again_on=pen.days.after(pen.on + pen.draw.randint(5, 30) * DAY) if decision is Decision.MONITOR else None,
        closed_on=closed,
    )  # fmt: skip
    pen.event(kinds.RAISED_BY_FAMILY if parent else kinds.RAISED, by, raised, about=row, pupil=child.id)
    if decision and triaged and staff:
        pen.event(kinds.TRIAGED, staff.senco, triaged, about=row, pupil=child.id, why=reason,
                  decision=DECISION_WORDS[decision].lower())  # fmt: skip
        if triaged > pen.on - 30 * DAY:
            says = f"What happened to your concern about {child.liked}: {answer}"
            pen.notice(by, "concern", says, f"/concerns/{row}/", triaged, child.id)
    if closed and staff and decision is Decision.REGISTER:
        pen.event(kinds.ANSWERED, staff.senco, closed, about=row, pupil=child.id, to=by.name)
    return row


def note_part(pen: Pen, by: Somebody, child: Child, concern: int, part: Part, on: date) -> None:
    """One of the four things that a screening gathers."""
    pen.bulk.add(
        ScreeningPart, concern_id=concern, pupil_id=child.id, school_id=pen.site.id, part=part.value,
        note=phrase(pen, child, "concerns", f"parts/{part.value}"), done_on=on, done_by_id=by.id,
    )  # fmt: skip
    pen.event(kinds.PART_DONE, by, on, about=concern, pupil=child.id, part=PART_WORDS[part].lower())


def _reason(pen: Pen, child: Child, decision: Decision | None, *, from_parent: bool) -> str:
    if decision not in (Decision.MONITOR, Decision.CLOSE):
        return ""
    reason = phrase(pen, child, "concerns", "reasons")
    return f"We talked with the parents, who agree. {reason}" if from_parent else reason
