"""Warn whom a date concerns, keep what was missed and why, let a row wait, and set a school's own steps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.transaction import atomic

from alongside.areas.clocks import kinds, queries, rules
from alongside.areas.clocks.models import Missed, PutOff, Stricter, Told
from alongside.areas.clocks.queries import People
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.deadlines.models import Deadline
from alongside.base.history import actions as history
from alongside.base.notices.actions import tell
from alongside.base.schools.models import School
from alongside.kit import refuse
from alongside.law.dates import day_words
from alongside.law.escalation import HEARER_WORDS, Hearer, Ladder, check_stricter, ladder_of, reached, with_own

# --- Warnings --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Warned:
    """One warning that is due now: a row, who hears it, and at which step."""

    row: Deadline
    hearer: Hearer
    step: int
    person: int


@atomic
def warn(*, school: School, on: date) -> int:
    """Tell everybody at a school whose step has come, each once; returns how many warnings that were.

    Run again on the same day it tells nobody. After nights on which nothing ran it tells each hearer once, of the
    latest step. What waits on somebody's list is warned of all the same, and an exemption moves nothing.
    """
    rows = list(Deadline.objects.filter(school=school).order_by("due", "pk"))
    _note_missed(rows, on)
    due = list(_due_now(rows, queries.people_of(school.pk, on=on), queries.own_steps(school.pk, on=on), on))
    Told.objects.bulk_create(
        (
            Told(
                clock=each.row.clock, kind=each.row.kind, about_id=each.row.about_id, due=each.row.due,
                pupil_id=each.row.pupil_id, school=school, band=each.row.band, hearer=each.hearer, step=each.step,
                person_id=each.person, on=on,
            )
            for each in due
        ),
        batch_size=1_000, ignore_conflicts=True,
    )  # fmt: skip
    _tell(school, due, on)
    return len(due)


def _due_now(
    rows: Sequence[Deadline], people: People, own: Mapping[tuple[str, Hearer], Sequence[int]], on: date
) -> Iterator[Warned]:
    told = queries.already_told(rows)
    for row in rows:
        ladder = ladder_of(row.clock, row.band, on)
        for hearer, steps in with_own(ladder, _own(ladder, own)).items():
            step = reached(steps, counted_from=row.counted_from, due=row.due, on=on)
            if step is None or (row.clock, row.kind, row.about_id, row.due, hearer, step) in told:
                continue
            for person in people.who(hearer, row):
                yield Warned(row, hearer, step, person)


def _own(ladder: Ladder, own: Mapping[tuple[str, Hearer], Sequence[int]]) -> dict[Hearer, Sequence[int]]:
    return {hearer: own[ladder.code, hearer] for hearer in Hearer if (ladder.code, hearer) in own}


def _tell(school: School, due: Iterable[Warned], on: date) -> None:
    """One notice a person, however many clocks it is about; the director hears counts and the school."""
    heard: dict[tuple[int, bool], list[Warned]] = defaultdict(list)
    for each in due:
        heard[each.person, each.hearer is Hearer.DIRECTOR].append(each)
    for (person, counts_only), warned in heard.items():
        rows = {each.row.pk: each.row for each in warned}
        clocks = [rules.Standing(row.band, row.due < on) for row in rows.values()]
        says = rules.notice_words(clocks, named=not counts_only, where=school.short_name if counts_only else "")
        url = "/clocks/" if counts_only else _where(list(rows.values()), warned)
        tell(person_id=person, school_id=school.pk, kind="clock.warned", says=says, url=url, on=on)


def _where(rows: Sequence[Deadline], warned: Iterable[Warned]) -> str:
    """The record itself when it is about one; else the list that has them all."""
    if len(rows) == 1:
        return rows[0].url
    teaches = all(each.hearer is Hearer.OWNER and each.row.owner == "teacher" for each in warned)
    return "/plans/" if teaches else "/today/"


def _note_missed(rows: Iterable[Deadline], on: date) -> None:
    Missed.objects.bulk_create(
        (
            Missed(
                clock=row.clock, kind=row.kind, about_id=row.about_id, due=row.due, pupil_id=row.pupil_id,
                school_id=row.school_id, what=row.what, noted_on=on,
            )
            for row in rows
            if row.due < on and rules.noted_when_missed(band=row.band, clock=row.clock)
        ),
        batch_size=1_000, ignore_conflicts=True,
    )  # fmt: skip


# --- Why a date was missed -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a legal date was missed, as somebody says it."""

    because: str
    words: str
    ground: str = ""


@atomic
def give_reason(*, missed: Missed, reason: Reason, by: Actor, on: date) -> Missed:
    """Keep why a date of the law, or of the Code, was missed. The date stands, and so does what it says of the school."""
    by.must(Permission.TODAY, missed.school_id)
    rule, allowed = queries.grounds_of(missed.clock)
    refuse(
        rules.may_reason(because=reason.because, words=reason.words, ground=reason.ground, allowed=allowed, rule=rule)
    )
    missed.because, missed.words, missed.ground = reason.because, reason.words.strip(), reason.ground
    missed.by_id, missed.reasoned_on = by.person_id, on
    missed.save(update_fields=["because", "words", "ground", "by", "reasoned_on"])
    history.record(
        kinds.REASON, by=by, on=on, about=missed.pk, pupil=missed.pupil_id, school=missed.school_id,
        what=missed.what, due=day_words(missed.due), facts={"why": rules.BECAUSE_WORDS[reason.because].lower()},
    )  # fmt: skip
    return missed


# --- What waits ------------------------------------------------------------------------------------------


@atomic
def put_off(*, row: Deadline, until: date, why: str, by: Actor, on: date) -> PutOff:
    """Let a row wait until a day. Its date stays, and stays shown; a date of the law is refused."""
    by.must(Permission.TODAY, row.school_id)
    refuse(rules.may_put_off(band=row.band, due=row.due, until=until, on=on, why=why))
    about = {"clock": row.clock, "kind": row.kind, "about_id": row.about_id}
    PutOff.objects.filter(**about, back_on=None).update(back_on=on)
    waits = PutOff.objects.create(
        **about, due=row.due, counted_from=row.counted_from, pupil_id=row.pupil_id, school_id=row.school_id,
        what=row.what, until=until, why=why.strip(), by_id=by.person_id, on=on,
    )  # fmt: skip
    history.record(
        kinds.PUT_OFF, by=by, on=on, about=waits.pk, pupil=row.pupil_id, school=row.school_id,
        what=row.what, until=day_words(until), facts={"why": waits.why},
    )  # fmt: skip
    return waits


@atomic
def put_back(*, waits: PutOff, by: Actor, on: date) -> PutOff:
    """Put a row back on today's list before its day."""
    by.must(Permission.TODAY, waits.school_id)
    if waits.back_on is None and waits.until > on:
        waits.back_on = on
        waits.save(update_fields=["back_on"])
        history.record(
            kinds.BACK, by=by, on=on, about=waits.pk, pupil=waits.pupil_id, school=waits.school_id, what=waits.what
        )
    return waits


# --- A school's own steps --------------------------------------------------------------------------------


@atomic
def set_steps(
    *, school: School, ladder: Ladder, hearer: Hearer, days: Collection[int], by: Actor, on: date
) -> Stricter:
    """Warn earlier or more often at a school than the trust does, from today. Looser is refused."""
    by.must(Permission.CLOCKS_SET, school.pk)
    own = sorted(set(days), reverse=True)
    refuse(check_stricter(ladder, hearer, own))
    row, _ = Stricter.objects.update_or_create(
        school=school, ladder=ladder.code, hearer=hearer, since=on, defaults={"days": own, "by_id": by.person_id}
    )
    history.record(
        kinds.STRICTER, by=by, on=on, about=row.pk, school=school.pk, hearer=HEARER_WORDS[hearer],
        where=school.short_name, ladder=ladder.words.lower(), days=queries.steps_words(own),
    )  # fmt: skip
    return row
