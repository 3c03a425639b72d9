"""Briefs and who has read them, strategies tried, and notes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from alongside.areas.classroom import kinds
from alongside.areas.classroom.models import Acknowledgement, Brief, QuickNote, StrategyUse
from alongside.areas.classroom.rules import NOTE_WORDS, NoteKind
from alongside.config.demo.pen import DAY, Pen
from alongside.config.demo.roll import Child
from alongside.config.demo.rounds import Round
from alongside.config.demo.staff import Staff
from alongside.config.demo.stories import Story
from alongside.config.demo.wording import phrase

_MOST_VERSIONS = 4
_LATELY = 0.14  # of briefs changed in the last week


def brief(pen: Pen, child: Child, story: Story, cycles: Sequence[Round]) -> None:
    """Every version of a pupil's brief; the adults of today have read the newest, or are about to."""
    made = _days_made(pen, child, cycles)
    for number, day in enumerate(made, start=1):
        last = number == len(made)
        changed = _changed(pen, child, story, number, last=last)
        row = _version(pen, child, story, number, day, changed, current=last)
        pen.event(kinds.BRIEF_MADE, child.lead, day, about=row, pupil=child.id, what=changed)
        if last:
            _read(pen, child, row, number, day)
    _taps(pen, child, story)


def _days_made(pen: Pen, child: Child, cycles: Sequence[Round]) -> list[date]:
    """With each plan, and for some in the last week."""
    started = [cycle.started for cycle in cycles if cycle.started]
    days = started[-_MOST_VERSIONS:] or [max(child.entered, pen.ago(2, 12))]
    if "brief" in child.cast:
        days.append(pen.days.back(pen.on, 1 if "safety" in child.cast else 3))
    elif pen.chance(_LATELY):
        days.append(pen.ago(0, 6))
    return sorted(set(days))


def _changed(pen: Pen, child: Child, story: Story, number: int, *, last: bool) -> str:
    """What is new in a version."""
    if last and "brief" in child.cast:
        return str(child.cast["brief"])
    if number == 1:
        return "first brief"
    if last and story.safety:
        return "safety: who is trained and what to do"
    return phrase(pen, child, "brief", "changed", helps=story.helps[0].lower())


def _version(pen: Pen, child: Child, story: Story, number: int, day: date, changed: str, *, current: bool) -> int:
    people = phrase(pen, child, "brief", "people", teacher=child.lead.formal, ta=child.helper.formal)
    return pen.bulk.add(
        Brief, pupil_id=child.id, school_id=pen.site.id, number=number, current=current, own_words=story.own_words,
        own_words_on=pen.days.before(day - 4 * DAY), helped_by=child.helper.formal, good_at=list(story.good_at),
        matters=list(story.matters), helps=list(story.helps), stuck=list(story.stuck), avoid=story.avoid,
        communication=story.communication, safety=story.safety, adjustments=list(story.adjustments), people=people,
        what_changed=changed, changes_safety=bool(story.safety) and "safety" in changed, made_on=day, made_by_id=child.lead.id,
    )  # fmt: skip


def _read(pen: Pen, child: Child, brief_id: int, number: int, made: date) -> None:
    """Nearly all have read a brief of some weeks; of a new one, some have."""
    share = 0.985 if made < pen.on - 10 * DAY else 0.4
    for adult in child.adults:
        if adult.id != child.lead.id and not pen.chance(share):
            continue
        day = min(pen.on, made + pen.draw.randint(0, 3) * DAY)
        confirmed = pen.moment(day)
        pen.bulk.add(
            Acknowledgement, brief_id=brief_id, pupil_id=child.id, school_id=pen.site.id, person_id=adult.id,
            opened_at=confirmed, confirmed_at=confirmed,
        )  # fmt: skip
        pen.event(kinds.BRIEF_READ, adult, day, about=brief_id, pupil=child.id, number=number)


def _taps(pen: Pen, child: Child, story: Story) -> None:
    """What teachers tapped in the last four weeks."""
    for _ in range(pen.draw.choice((0, 0, 1, 2, 4))):
        day, strategy, by = pen.ago(1, 28), pen.draw.choice(story.helps), pen.draw.choice(child.adults)
        key = (f"tap{child.id}{strategy}{by.id}", day.toordinal())
        if key not in pen.counters:
            pen.counters[key] = 1
            pen.bulk.add(StrategyUse, pupil_id=child.id, school_id=pen.site.id, strategy=strategy,
                         helped=pen.chance(0.75), day=day, by_id=by.id)  # fmt: skip


def notes(pen: Pen, staff: Staff, child: Child, story: Story) -> None:
    """A line or two from the adults of the last three weeks; most have been answered."""
    if pen.chance(0.22):
        _note(pen, staff, child, NoteKind.LEARNING, story.note)
    if pen.chance(0.12):
        kind = pen.draw.choice(tuple(NoteKind))
        _note(pen, staff, child, kind, phrase(pen, child, "notes", kind.value))


def restricted(pen: Pen, staff: Staff, child: Child) -> None:
    """A note that went to the safeguarding lead alone."""
    by, day = child.helper, pen.ago(2, 9)
    row = pen.bulk.add(
        QuickNote, pupil_id=child.id, school_id=pen.site.id, kind=NoteKind.CONCERN.value, on=day, by_id=by.id,
        text=phrase(pen, child, "notes", "restricted"), restricted=True, seen_on=day, seen_by_id=staff.dsl.id,
        action=phrase(pen, child, "notes", "restricted_action"),
    )  # fmt: skip
    pen.event(kinds.RESTRICTED, by, day, about=row, pupil=child.id)
    pen.event(kinds.RESTRICTED_ANSWERED, staff.dsl, day, about=row, pupil=child.id)


def _note(pen: Pen, staff: Staff, child: Child, kind: NoteKind, text: str) -> None:
    by = pen.draw.choice(child.adults)
    day = pen.ago(0, 20)
    seen = pen.days.after(day + DAY) if day < pen.on - 2 * DAY and pen.chance(0.85) else None
    seen = seen if seen and seen <= pen.on else None
    action = phrase(pen, child, "notes", "actions") if seen else ""
    row = pen.bulk.add(
        QuickNote, pupil_id=child.id, school_id=pen.site.id, kind=kind.value, text=text, by_id=by.id, on=day,
        seen_on=seen, seen_by_id=staff.senco.id if seen else None, action=action,
    )  # fmt: skip
    pen.event(kinds.NOTED, by, day, about=row, pupil=child.id, kind=NOTE_WORDS[kind].lower())
    says = f"{by.name} wrote a note about {child.liked}."
    pen.notice(staff.senco, "note", says, f"/classes/notes/{row}/", day, child.id)
    if seen:
        pen.event(kinds.NOTE_ANSWERED, staff.senco, seen, about=row, pupil=child.id, action=action)
        says = f"Your note about {child.liked} was read. {action}"
        pen.notice(by, "note", says, f"/classes/brief/{child.id}/", seen, child.id)


def looks(pen: Pen, staff: Staff, child: Child) -> None:
    """Who opened the pupil's pages this month."""
    for _ in range(pen.draw.randint(0, 5)):
        if pen.chance(0.4):
            by, role, page = staff.senco, "senco", pen.draw.choice(("at a glance", "timeline", "plan"))
        else:
            by, role, page = pen.draw.choice(child.adults), "teacher", pen.draw.choice(("brief", "plan"))
        pen.viewing(by, role, page, pen.ago(0, 30), child.id)
