"""The pages of concerns: whom to write about, the queue, and one concern as its reader may know it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter

from alongside.areas.concerns import beside, rules
from alongside.areas.concerns.models import Concern
from alongside.base.access.actor import Actor
from alongside.base.access.models import Post
from alongside.base.access.roles import Permission
from alongside.base.history import actions as history
from alongside.base.history.queries import Told, about
from alongside.base.pupils.access import linked_to, may_see
from alongside.base.pupils.models import Pupil
from alongside.base.pupils.queries import PupilHead, find_pupil, head_of, named, open_pupil
from alongside.base.schools.queries import calendar_of, calendars
from alongside.kit import NotFound
from alongside.kit.spans import holds_on
from alongside.law import clocks
from alongside.law.calendar import SchoolCalendar, practical, school_days_between
from alongside.law.dates import Due
from alongside.law.rule import Rule, Unit

_MOST_FOUND = 12
_MOST_OWN = 90
_CLOSED_SHOWN = 10
_LOOK_AGAIN_AFTER = timedelta(weeks=6)


def clock_of(concern: Concern) -> tuple[Rule, date | None]:
    """The clock that an open concern runs on, and the day it counts from."""
    match rules.state(concern.facts()):
        case rules.State.NEW:
            return clocks.TRIAGE, concern.raised_on
        case rules.State.WATCHED:
            return clocks.LOOK_AGAIN, concern.look_again_on
        case rules.State.SCREENING | rules.State.DECIDING:
            return clocks.SCREEN, concern.triaged_on
        case _:
            return clocks.TRIAGE, None


def due_of(concern: Concern, calendar: SchoolCalendar) -> Due | None:
    """When the next step of a concern is due; None when it is closed, or watched without a day."""
    clock, start = clock_of(concern)
    return clocks.due(clock, start, calendar) if start else None


def short(text: str, most: int = 60) -> str:
    """The start of a text, ended at a word."""
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"


def source_words(concern: Concern) -> str:
    """'Mr Whitlock', 'Ms Kowalska, parent'."""
    part = ", parent" if concern.source == rules.Source.PARENT else ""
    return f"{concern.raised_by.formal}{part}"


# --- Whom it is about


@dataclass(frozen=True, slots=True)
class Choice:
    id: int
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class PickPage:
    """Own pupils by class, or those whose names hold what was typed."""

    asked: str
    found: tuple[Choice, ...]
    own: tuple[tuple[str, tuple[Choice, ...]], ...]
    note: str


def pick_page(actor: Actor, asked: str, *, on: date) -> PickPage:
    """The pupils that a concern may be about, for somebody who has one in mind."""
    reach = Pupil.objects.on_roll(on).filter(may_see(actor, on))
    query = named(asked)
    found = tuple(map(_choice, reach.filter(query).order_by("sort_key", "pk")[:_MOST_FOUND])) if query else ()
    mine = reach.filter(linked_to(actor.person_id, on)).order_by("class_name", "sort_key", "pk")[:_MOST_OWN]
    own: dict[str, list[Choice]] = {}
    for choice in map(_choice, mine):
        own.setdefault(choice.place, []).append(choice)
    note = f"No pupil called “{asked.strip()}”. You see only pupils you teach, support or answer for."
    return PickPage(
        asked, found, tuple((place, tuple(rows)) for place, rows in own.items()), note if query and not found else ""
    )


def _choice(pupil: Pupil) -> Choice:
    return Choice(pupil.pk, pupil.name, pupil.class_name or pupil.year)


@dataclass(frozen=True, slots=True)
class RaisePage:
    """Whom a concern is about, who answers, and by when. `pupil` is for the verb."""

    pupil: Pupil
    head: PupilHead
    senco: str
    dsl: str
    answer_by: date
    length: str


def raise_page(actor: Actor, pupil_id: int, *, on: date) -> RaisePage:
    """Raises NotFound for a pupil whom this person does not reach."""
    pupil = find_pupil(actor, pupil_id, on=on, may=may_see)
    due = clocks.due(clocks.TRIAGE, on, calendar_of(pupil.school_id, on=on))
    people = _named_posts(pupil.school_id, on)
    return RaisePage(
        pupil, head_of(pupil, on=on), people.get("senco") or people.get("cover_senco") or "the SENCO",
        people.get("dsl") or "the DSL", due.due, due.rule.length,
    )  # fmt: skip


def _named_posts(school: int, on: date) -> Mapping[str, str]:
    """Who is SENCO and DSL at a school: the one who has been for longest."""
    held = holds_on(on)
    rows = Post.objects.filter(held, school=school, role__in=["senco", "cover_senco", "dsl"]).select_related("person")
    found: dict[str, str] = {}
    for post in rows.order_by("since", "pk"):
        found.setdefault(post.role, post.person.formal)
    return found


# --- The queue


@dataclass(frozen=True, slots=True)
class Chip:
    """A date as a list says it: late, today or date; counted in the unit of its rule."""

    kind: str
    head: str
    line: str


@dataclass(frozen=True, slots=True)
class QueueLine:
    id: int
    pupil: str
    place: str
    who: str
    seen: str
    chip: Chip | None
    why: str
    progress: str
    action: str
    outcome: str


@dataclass(frozen=True, slots=True)
class QueuePage:
    """For those who triage: what is new, what is being looked into, what is watched. For all: their own concerns."""

    triages: bool
    new: tuple[QueueLine, ...]
    looking: tuple[QueueLine, ...]
    watched: tuple[QueueLine, ...]
    own: tuple[QueueLine, ...]
    closed_line: str
    waits: tuple[beside.Waits, ...]


_ACTIONS = {
    rules.State.NEW: "Triage", rules.State.WATCHED: "Look again", rules.State.SCREENING: "Carry on",
    rules.State.DECIDING: "Decide",
}  # fmt: skip


def queue_page(actor: Actor, *, on: date) -> QueuePage:
    """Every open concern that this person may know of, the most pressing first."""
    triages = actor.schools(Permission.CONCERN_TRIAGE)
    visible = Concern.objects.visible_to(actor).select_related("pupil", "raised_by")
    open_ = list(visible.filter(closed_on=None).prefetch_related("parts"))
    closed = list(visible.exclude(closed_on=None).order_by("-closed_on", "-pk")[:_CLOSED_SHOWN])
    known = calendars({row.school_id for row in open_}, on=on)
    dated = sorted(
        ((due_of(row, known[row.school_id]), row) for row in open_),
        key=lambda pair: (pair[0].due if pair[0] else date.max, pair[1].pk),
    )
    mine = [row for row in (*open_, *closed) if row.raised_by_id == actor.person_id]

    def lines(*states: rules.State) -> tuple[QueueLine, ...]:
        return tuple(
            _line(row, due, known[row.school_id], on)
            for due, row in dated
            if row.school_id in triages and rules.state(row.facts()) in states
        )

    return QueuePage(
        triages=bool(triages),
        new=lines(rules.State.NEW),
        looking=lines(rules.State.SCREENING, rules.State.DECIDING),
        watched=lines(rules.State.WATCHED),
        own=tuple(_own_line(row) for row in sorted(mine, key=attrgetter("raised_on", "pk"), reverse=True)),
        closed_line=_closed_line(closed),
        waits=tuple(told for ask in beside.OF_QUEUE if (told := ask(actor, on))),
    )


def _line(row: Concern, due: Due | None, calendar: SchoolCalendar, on: date) -> QueueLine:
    now = rules.state(row.facts())
    if now is rules.State.SCREENING:
        progress = f"{len(row.parts.all())} of {len(rules.PART_WORDS)} parts in"
    else:
        progress = f"Tried: {', '.join(row.tried[:2])}" if row.tried else "Nothing tried yet"
    return QueueLine(
        row.pk, row.pupil.name, row.pupil.class_name or row.pupil.year, source_words(row), short(row.seen, 120),
        chip(due, calendar, on) if due else None, due.why() if due else "", progress, _ACTIONS.get(now, "Open"),
        outcome(row),
    )  # fmt: skip


def _own_line(row: Concern) -> QueueLine:
    return QueueLine(
        row.pk, row.pupil.name, row.pupil.class_name or row.pupil.year, "", short(row.seen, 120), None,
        f"Sent on {row.raised_on.day} {row.raised_on:%b} {row.raised_on.year}", "", "Open", outcome(row),
    )  # fmt: skip


def outcome(row: Concern) -> str:
    """What whoever raised a concern is told: the answer, never the reason that was written for the file."""
    return row.answer or "Not answered yet"


def _closed_line(closed: Sequence[Concern]) -> str:
    if not closed or closed[0].closed_on is None:
        return "None has been closed yet."
    last = closed[0].closed_on
    return f"The last one was closed on {last.day} {last:%B}."


def chip(due: Due, calendar: SchoolCalendar, on: date) -> Chip:
    """'3 school days late', 'Today', 'Mon 7 Dec'."""
    in_school_days = due.rule.counted_in is Unit.SCHOOL_DAYS
    unit = "school day" if in_school_days else "day"
    left = school_days_between(on, due.due, calendar) if in_school_days else (due.due - on).days
    day = f"{due.due:%a} {due.due.day} {due.due:%b}"
    if due.due < on:
        late = max(1, -left)
        return Chip("late", f"{late} {unit}{'' if late == 1 else 's'} late", f"due {day}")
    if due.due == on:
        return Chip("today", "Today", "by midnight")
    return Chip("date", day, f"{left} {unit}{'' if left == 1 else 's'} left")


# --- One concern


@dataclass(frozen=True, slots=True)
class PartLine:
    """One of the four things that a screening gathers."""

    part: str
    words: str
    note: str
    done_on: date | None
    who: str


@dataclass(frozen=True, slots=True)
class DecisionChoice:
    """A decision that may be taken now, and the answer that would go back."""

    code: str
    words: str
    answer: str


@dataclass(frozen=True, slots=True)
class ConcernPage:
    """A concern. For whoever raised it: what they wrote and the answer. For those who triage: all of it."""

    concern: Concern
    head: PupilHead
    may: frozenset[str]
    triages: bool
    mine: bool
    state: rules.State
    state_words: str
    who: str
    seen: str
    tried: tuple[str, ...]
    tried_for: str
    helped: str
    raised_on: date
    answer_by: date
    answer: str
    answered_on: date | None
    chip: Chip | None
    why: str
    reason: str
    decision: str
    parts: tuple[PartLine, ...]
    choices: tuple[DecisionChoice, ...]
    look_again: date
    others: tuple[tuple[int, str, date], ...]
    told: tuple[Told, ...]
    beside: tuple[beside.Beside, ...]

    @property
    def decides(self) -> bool:
        """Whether the register decision comes next: it was chosen at triage, or all that a screening asks is in."""
        screened = self.state is rules.State.SCREENING and all(part.done_on for part in self.parts)
        return self.state is rules.State.DECIDING or screened


_STATE_WORDS = {
    rules.State.NEW: "New, not read yet", rules.State.WATCHED: "Watched", rules.State.SCREENING: "Finding out more",
    rules.State.DECIDING: "Going to a register decision", rules.State.CLOSED: "Closed",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PupilLine:
    """One concern in the list of a pupil's."""

    id: int
    raised_on: date
    who: str
    seen: str
    state: str
    is_open: bool
    outcome: str


@dataclass(frozen=True, slots=True)
class PupilConcernsPage:
    """A pupil's concerns, newest first: all of them for those who triage, for others those they raised."""

    head: PupilHead
    may: frozenset[str]
    triages: bool
    lines: tuple[PupilLine, ...]


def of_pupil_page(actor: Actor, pupil_id: int, *, on: date) -> PupilConcernsPage:
    """The page, and the note that this person looked. Raises NotFound for a pupil whom this person does not reach."""
    pupil = open_pupil(actor, pupil_id, on=on, page="concerns", may=may_see)
    rows = Concern.objects.visible_to(actor).filter(pupil=pupil).select_related("raised_by").prefetch_related("parts")
    return PupilConcernsPage(
        head_of(pupil, on=on),
        frozenset(permission.name for permission in Permission if actor.may(permission, pupil.school_id)),
        pupil.school_id in actor.schools(Permission.CONCERN_TRIAGE),
        tuple(map(_pupil_line, rows.order_by("-raised_on", "-pk"))),
    )


def _pupil_line(row: Concern) -> PupilLine:
    return PupilLine(
        row.pk, row.raised_on, source_words(row), short(row.seen, 120), _STATE_WORDS[rules.state(row.facts())],
        row.closed_on is None, outcome(row),
    )  # fmt: skip


def find_concern(actor: Actor, concern_id: int) -> Concern:
    """A concern that this person raised or may triage; raises NotFound for others' and for none alike."""
    row = (
        Concern.objects.visible_to(actor)
        .select_related("pupil", "raised_by", "school")
        .prefetch_related("parts__done_by")
        .filter(pk=concern_id)
        .first()
    )
    if row is None:
        raise NotFound
    return row


def concern_page(actor: Actor, concern_id: int, *, on: date) -> ConcernPage:
    """The page, and the note that this person looked."""
    row = find_concern(actor, concern_id)
    history.viewed(pupil=row.pupil_id, school=row.school_id, by=actor, page="concern")
    triages = row.school_id in actor.schools(Permission.CONCERN_TRIAGE)
    calendar = calendar_of(row.school_id, on=on)
    due, now = due_of(row, calendar), rules.state(row.facts())
    look_again = practical(on + _LOOK_AGAIN_AFTER, calendar)
    return ConcernPage(
        concern=row,
        head=head_of(row.pupil, on=on),
        may=frozenset(permission.name for permission in Permission if actor.may(permission, row.school_id)),
        triages=triages,
        mine=row.raised_by_id == actor.person_id,
        state=now,
        state_words=_STATE_WORDS[now],
        who=source_words(row),
        seen=row.seen,
        tried=tuple(row.tried),
        tried_for=row.tried_for,
        helped=rules.HELPED_WORDS[rules.Helped(row.helped)] if row.helped else "",
        raised_on=row.raised_on,
        answer_by=clocks.due(clocks.TELL_RAISER, row.raised_on, calendar).due,
        answer=row.answer,
        answered_on=row.answered_on,
        chip=chip(due, calendar, on) if due and triages else None,
        why=due.why() if due else "",
        reason=row.reason if triages else "",
        decision=rules.DECISION_WORDS[rules.Decision(row.decision)] if row.decision else "",
        parts=_parts(row) if triages else (),
        choices=_choices(row, now, look_again, calendar, on) if triages else (),
        look_again=look_again,
        others=_others(row) if triages else (),
        told=tuple(about(row.pk, "concern.", pupil_id=row.pupil_id, actor=actor, school_id=row.school_id)),
        beside=tuple(told for ask in beside.OF_PUPIL if (told := ask(actor, row.pupil, on))) if triages else (),
    )


def _parts(row: Concern) -> tuple[PartLine, ...]:
    done = {part.part: part for part in row.parts.all()}
    return tuple(
        PartLine(part, words, done[part].note, done[part].done_on, done[part].done_by.formal)
        if part in done
        else PartLine(part, words, "", None, "")
        for part, words in rules.PART_WORDS.items()
    )


def _others(row: Concern) -> tuple[tuple[int, str, date], ...]:
    rows = Concern.objects.filter(pupil_id=row.pupil_id, school_id=row.school_id).exclude(pk=row.pk)
    return tuple((other.pk, short(other.seen), other.raised_on) for other in rows.order_by("-raised_on", "-pk")[:5])


def _choices(
    row: Concern, now: rules.State, look_again: date, calendar: SchoolCalendar, on: date
) -> tuple[DecisionChoice, ...]:
    words = answers(row.pupil.liked, look_again=look_again, screened_by=clocks.due(clocks.SCREEN, on, calendar).due)
    return tuple(
        DecisionChoice(decision, said, words[decision])
        for decision, said in rules.DECISION_WORDS.items()
        if decision in rules.NEXT[now]
    )


def answers(liked: str, *, look_again: date, screened_by: date) -> Mapping[rules.Decision, str]:
    """An answer for each decision, to send as it is or to change."""
    read = f"Your concern about {liked} was read."
    return {
        rules.Decision.MONITOR: f"{read} Carry on with what helps. We look again together on {_day(look_again)}.",
        rules.Decision.SCREEN: (
            f"{read} We find out more: what the last school knew, what the parents and {liked} say, and two kinds "
            f"of evidence. You will hear by {_day(screened_by)}."
        ),
        rules.Decision.REGISTER: (
            f"{read} We are deciding on SEN support and talk with the parents first. You will be asked to help with "
            "the plan."
        ),
        rules.Decision.CLOSE: (
            f"{read} Good teaching is the answer for now: carry on with what helps. Tell us again if it gets no better."
        ),
    }


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"
