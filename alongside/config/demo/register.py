"""A pupil's place on the SEN register: decisions, status, needs, plan record, disability, checks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from alongside.areas.register import kinds
from alongside.areas.register.models import Check, Decision, Disability, Need, PlanRecord, Status
from alongside.areas.register.rules import TOLD_WORDS, Kind, Told
from alongside.config.demo import shape
from alongside.config.demo.concerns import led_to_support
from alongside.config.demo.pen import DAY, Pen, Somebody
from alongside.config.demo.roll import Child
from alongside.config.demo.rounds import HISTORY, Round
from alongside.config.demo.staff import Staff
from alongside.config.demo.stories import Story
from alongside.law.codes import NEED_TYPES, PROVISIONS, Provision, default_area, may_hold

_FROM_CONCERN = 0.5  # of those placed here: it began with somebody's worry


def place(
    pen: Pen, staff: Staff, child: Child, story: Story, need: str, cycles: Sequence[Round], *,
    until: date | None = None, since: date | None = None, concern: int | None = None,
) -> None:  # fmt: skip
    """Write a pupil's status and everything it rests on; `until` when the pupil has left the register."""
    since = since or _since(pen, child, cycles)
    needs = needs_of(pen, story, need, child.code)
    decision = None
    if since > pen.on - HISTORY:
        if concern is None and child.code == "K" and pen.chance(_FROM_CONCERN):
            concern = led_to_support(pen, staff, child, story, since)
        decision = decide(pen, staff.senco, child, story, needs, decided=pen.days.back(since, 2), told=since,
                          final=since, concern=concern)  # fmt: skip
    ended = _take_off(pen, staff.senco, child, until) if until else None
    _statuses(pen, staff, child, needs, since, until, decision, ended)
    _need_rows(pen, child, needs, since, until)
    if until is None:
        _disability(pen, staff, child, story)
        _checks(pen, staff, child, since)


def decide(
    pen: Pen, senco: Somebody, child: Child, story: Story, needs: Sequence[tuple[str, str]], *, decided: date,
    told: date | None, final: date | None, concern: int | None,
) -> int:  # fmt: skip
    """A decision that a pupil has SEN, told to the parent or not yet."""
    how = pen.draw.choice((Told.MEETING, Told.MEETING, Told.CALL)) if told else None
    number = pen.bulk.add(
        Decision, pupil_id=child.id, school_id=pen.site.id, kind=Kind.PLACE.value, provision="K",
        needs=[[code, rank, area] for rank, (code, area) in enumerate(needs, start=1)], difficulty=True,
        difficulty_says=story.difficulty, special=True, special_says=story.special,
        evidence_on=pen.days.back(decided, pen.draw.randint(3, 15)), parent_view=story.parents, pupil_view=story.pupil,
        decided_on=decided, decided_by_id=senco.id, concern_id=concern, told_on=told,
        told_how=how.value if how else "", final_on=final,
    )  # fmt: skip
    words = _main(needs)
    support = PROVISIONS.words("K")
    pen.event(kinds.DECIDED, senco, decided, about=number, pupil=child.id, provision=support, need=words)
    if told and how:
        pen.event(kinds.TOLD, senco, told, about=number, pupil=child.id, provision="special provision",
                  how=TOLD_WORDS[how].lower())  # fmt: skip
    return number


def waiting(pen: Pen, staff: Staff, child: Child, story: Story, need: str, decided: date) -> None:
    """A decision that takes effect when the parent has been told, and nobody has told them yet."""
    decide(pen, staff.senco, child, story, needs_of(pen, story, need, Provision.SUPPORT), decided=decided, told=None, final=None,
           concern=None)  # fmt: skip


def needs_of(pen: Pen, story: Story, need: str, code: str) -> list[tuple[str, str]]:
    """Need and area by rank: the main need, and the second that three in ten have, where it may stand with K or E.

    None for a pupil without a need.
    """
    ranked = [need] if need else []
    may = story.second not in ("", need) and may_hold(code, story.second) is None
    if need and may and pen.chance(0.3):
        ranked.append(story.second)
    return [(code, area.value if (area := default_area(code)) else story.area or "C&L") for code in ranked]


def _need_rows(pen: Pen, child: Child, needs: Sequence[tuple[str, str]], since: date, until: date | None) -> None:
    for rank, (code, area) in enumerate(needs, start=1):
        pen.bulk.add(Need, pupil_id=child.id, school_id=pen.site.id, code=code, rank=rank, area=area, since=since,
                     until=until)  # fmt: skip


def _main(needs: Sequence[tuple[str, str]]) -> str:
    return NEED_TYPES.words(needs[0][0]) if needs else "no main need"


def _since(pen: Pen, child: Child, cycles: Sequence[Round]) -> date:
    """A little before the first cycle; some came with SEN support from an earlier school."""
    if not cycles:
        return max(child.entered, pen.ago(1, 20))
    first = pen.days.back(cycles[0].opened, pen.draw.randint(1, 6))
    if first - 200 * DAY < pen.on - HISTORY and child.code != "N":
        return max(child.entered, first - pen.draw.randint(0, 400) * DAY)
    return max(child.entered, first)


def _statuses(
    pen: Pen, staff: Staff, child: Child, needs: Sequence[tuple[str, str]], since: date, until: date | None,
    decision: int | None, ended: int | None,
) -> None:  # fmt: skip
    """One stretch of SEN support; for a pupil with a plan, the plan's stretch after it."""
    plan = _plan_date(pen, child, since) if child.code == "E" else None
    words = _main(needs)
    source = "school" if decision else "file"
    if plan is None or plan > since:
        last = plan - DAY if plan else until
        row = pen.bulk.add(Status, pupil_id=child.id, school_id=pen.site.id, code="K", since=since, until=last,
                           decision_id=decision, ended_by_id=ended, source=source)  # fmt: skip
        if decision:
            _joined(pen, staff.senco, child, row, "K", since, words)
    if plan:
        row = pen.bulk.add(Status, pupil_id=child.id, school_id=pen.site.id, code="E", since=plan, source=source)
        if plan > pen.on - HISTORY:
            _joined(pen, staff.senco, child, row, "E", plan, words)
        _plan_record(pen, staff.senco, child, plan)


def _joined(pen: Pen, by: Somebody, child: Child, row: int, code: str, since: date, need: str) -> None:
    pen.event(kinds.JOINED, by, since, about=row, pupil=child.id, provision=PROVISIONS.words(code),
              since=f"{since:%d %B %Y}", need=need)  # fmt: skip


def _plan_date(pen: Pen, child: Child, since: date) -> date:
    """When the council made the plan; at a special school the pupil came with one."""
    if pen.site.phase is shape.SPECIAL:
        return since
    room = (pen.on - since).days
    return since + pen.draw.randint(min(room - 1, room // 4), max(1, room - 20)) * DAY if room > 60 else since


def _plan_record(pen: Pen, senco: Somebody, child: Child, made: date) -> None:
    """The council's decision closes each yearly review: one in twenty is late, one in eight comes soon."""
    chance = pen.draw.random()
    days = (368, 395) if chance < 0.05 else (300, 362) if chance < 0.18 else (10, 299)
    reviewed = pen.on - pen.draw.randint(*days) * DAY
    row = pen.bulk.add(
        PlanRecord, pupil_id=child.id, school_id=pen.site.id, la=pen.site.council,
        made_on=min(made, pen.on - DAY), reviewed_on=reviewed if reviewed > made else None,
    )  # fmt: skip
    pen.event(kinds.PLAN_RECORDED, senco, max(made, child.entered), about=row, pupil=child.id, la=pen.site.council,
              made_on=f"{made:%d %B %Y}")  # fmt: skip


def _take_off(pen: Pen, senco: Somebody, child: Child, on: date) -> int:
    reason = f"{child.liked} reached the aims and holds them in class without extra help."
    number = pen.bulk.add(
        Decision, pupil_id=child.id, school_id=pen.site.id, kind=Kind.LEAVE.value, provision="K",
        special=False, special_says=reason,
        parent_view="We agree, and will tell you if it gets hard again.", pupil_view="I can do it.", decided_on=on,
        decided_by_id=senco.id, final_on=on,
    )  # fmt: skip
    pen.event(kinds.LEFT, senco, on, about=number, pupil=child.id, why=reason, reason=reason,
              provision=PROVISIONS.words("K"))  # fmt: skip
    return number


def _disability(pen: Pen, staff: Staff, child: Child, story: Story) -> None:
    """The separate answer about disability; not every family has been asked yet."""
    if not pen.chance(shape.DISABILITY_ASKED):
        return
    known = bool(story.impairment)
    on = pen.ago(10, 300)
    row = pen.bulk.add(
        Disability, pupil_id=child.id, school_id=pen.site.id, known=known, impairment=story.impairment,
        substantial=known, long_term=known, daily_effect=story.daily_effect if known else "",
        adjustments="\n".join(story.adjustments) if known else "", answered_on=on,
        source=pen.draw.choice(("the family", "the family and a report", "the pupil")),
    )  # fmt: skip
    answer = "a disability is known" if known else "no disability known"
    pen.event(kinds.DISABILITY, staff.senco, on, about=row, pupil=child.id, answer=answer)


def _checks(pen: Pen, staff: Staff, child: Child, since: date) -> None:
    """Who last said that the record is still right, and the time before."""
    newest = _checked(pen, child)
    if newest is None:
        return
    for on in (pen.days.before(newest - 100 * DAY), newest):
        if on >= since:
            by = staff.senco if pen.chance(0.5) else child.lead
            row = pen.bulk.add(Check, pupil_id=child.id, school_id=pen.site.id, on=on, by_id=by.id, at=pen.moment(on))
            pen.event(kinds.CHECKED, by, on, about=row, pupil=child.id)


def _checked(pen: Pen, child: Child) -> date | None:
    """The day of the last check: lately for two thirds, never for one in ten."""
    if child.cast.get("hero"):
        return pen.days.back(pen.on, 4)
    chance = pen.draw.random()
    if chance < 0.1:
        return None
    return pen.ago(0, 60) if chance < 0.66 else pen.ago(61, 220)
