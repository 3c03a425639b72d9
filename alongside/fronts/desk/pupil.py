"""The pupil at a glance: who is this, what helps, what is promised, what is next, who to ring. In ten seconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from alongside.areas.classroom.rules import FORTNIGHT, not_helping
from alongside.areas.provision.rules import MISSED_WORDS, Missed, Share, often
from alongside.areas.support.rules import NEXT, RESULT_WORDS, Facts, Result, Stage, stage
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.history.queries import Told, timeline
from alongside.base.people.models import formal
from alongside.base.pupils.access import permissions_over
from alongside.base.pupils.models import Pupil
from alongside.base.pupils.queries import PupilHead, head_of, open_pupil
from alongside.base.schools.queries import calendar_of
from alongside.fronts.desk.glance import Fields, glance
from alongside.fronts.desk.today import chip
from alongside.law import codes, thresholds

_CYCLES = 3
_NEXT = 4


@dataclass(frozen=True, slots=True)
class StatusNow:
    code: str
    words: str
    since: date


@dataclass(frozen=True, slots=True)
class NeedNow:
    code: str
    words: str
    area: str


@dataclass(frozen=True, slots=True)
class Voice:
    words: str
    by: str
    helped: bool


@dataclass(frozen=True, slots=True)
class Promise:
    id: int
    name: str
    often: str
    adult: str
    given: int
    planned: int
    missed: str


@dataclass(frozen=True, slots=True)
class NextDate:
    head: str
    line: str
    kind: str
    what: str
    why: str
    url: str


@dataclass(frozen=True, slots=True)
class Ring:
    name: str
    part: str
    number: str
    note: str


@dataclass(frozen=True, slots=True)
class CycleBox:
    """One cycle of the strip, as the macro draws it."""

    number: int
    when: str
    stages: tuple[tuple[str, str], ...]
    is_now: bool
    aim_label: str
    aim: str
    result_state: str
    result_word: str
    result: str
    change: str


@dataclass(frozen=True, slots=True)
class PupilPage:
    head: PupilHead
    status: StatusNow | None
    need: NeedNow | None
    others: tuple[NeedNow, ...]
    language: str
    voice: Voice | None
    helps: tuple[str, ...]
    good_at: tuple[str, ...]
    avoid: str
    safety: str
    look_again: tuple[str, ...]  # what helps on paper and did not, twice in two weeks
    promises: tuple[Promise, ...]
    delivered: Share
    low: bool
    next: tuple[NextDate, ...]
    ring: tuple[Ring, ...]
    cycles: tuple[CycleBox, ...]
    timeline: tuple[Told, ...]
    checked: tuple[str, date] | None
    brief: int
    may: frozenset[str]


def pupil_page(actor: Actor, pupil_id: int, *, on: date) -> PupilPage:
    """The page, and the record that this person opened it. Raises NotFound."""
    pupil = open_pupil(actor, pupil_id, on=on, page="at a glance")
    school = pupil.school_id
    may = permissions_over(actor, pupil, on=on)
    plan, concerns = Permission.PLAN in may, Permission.CONCERN_TRIAGE in may
    found = glance(pupil.pk, on=on, plan=plan, concerns=concerns, clocks=_NEXT, cycles=_CYCLES, since=on - FORTNIGHT)
    brief = found.brief or {}
    promises = tuple(map(_promise, found.lines))
    delivered = Share(sum(p.given for p in promises), sum(p.planned for p in promises))
    needs = tuple(map(_need, found.needs))
    return PupilPage(
        head=head_of(pupil, on=on),
        status=_status(found.status),
        need=needs[0] if needs else None,
        others=needs[1:],
        language=_language(pupil),
        voice=_voice(brief, pupil.liked),
        helps=tuple(brief.get("helps", ())),
        good_at=tuple(brief.get("good_at", ())),
        avoid=brief.get("avoid", ""),
        safety=brief.get("safety", ""),
        look_again=tuple(not_helping(((tap["strategy"], date.fromisoformat(tap["day"])) for tap in found.taps), on=on)),
        promises=promises,
        delivered=delivered,
        low=delivered.below(thresholds.DELIVERY_FLOOR.value),
        next=_next(found.clocks, school, on),
        ring=(*map(_family, found.contacts), *map(_adult, found.adults)),
        cycles=tuple(map(_box, found.cycles)),
        timeline=tuple(timeline(pupil_id, school, actor=actor, may=may, limit=6)),
        checked=_checked(found.check),
        brief=brief.get("number", 0),
        may=frozenset(permission.name for permission in may),
    )


def _status(row: Fields | None) -> StatusNow | None:
    if row is None:
        return None
    return StatusNow(row["code"], codes.PROVISIONS.words(row["code"]), date.fromisoformat(row["since"]))


def _need(row: Fields) -> NeedNow:
    return NeedNow(row["code"], codes.NEED_TYPES.words(row["code"]), glyph(row["area"]))


def glyph(area: str) -> str:
    """The drawing of an area of need."""
    return {"C&I": "communication", "C&L": "learning", "SEMH": "feelings", "S&P": "body"}.get(area, "none")


def _language(pupil: Pupil) -> str:
    if pupil.language in codes.ENGLISH_OR_UNSAID:
        return ""
    return f"{codes.LANGUAGES.words(pupil.language)} at home"


def _voice(brief: Fields, liked: str) -> Voice | None:
    if not brief.get("own_words"):
        return None
    said = date.fromisoformat(brief["own_words_on"]) if brief.get("own_words_on") else None
    when = f", {said.day} {said:%B}" if said else ""
    helped = brief.get("helped_by", "")
    return Voice(brief["own_words"], f"{liked}{when}{f', helped by {helped}' if helped else ''}", bool(helped))


def _promise(row: Fields) -> Promise:
    return Promise(
        row["id"], row["plain_name"], often(row["times_a_week"], row["minutes"], row["group_size"]), _formal(row),
        row["held"], row["planned"], _missed(row["missed"]),
    )  # fmt: skip


def _missed(counts: dict[str, int]) -> str:
    """'absent 4, staff away 2', the most frequent first."""
    ordered = sorted(((MISSED_WORDS[code].lower(), counts.get(code, 0)) for code in Missed), key=lambda c: -c[1])
    return ", ".join(f"{words} {count}" for words, count in ordered if count)


def _next(rows: list[Fields], school: int, on: date) -> tuple[NextDate, ...]:
    calendar = calendar_of(school, on=on)
    made = []
    for row in rows:
        kind, head, line = chip(date.fromisoformat(row["due"]), row["clock"], calendar, on)
        what = row["what"]
        made.append(NextDate(head, line, kind, what[:1].upper() + what[1:], row["why"], row["url"]))
    return tuple(made)


def _family(row: Fields) -> Ring:
    """Somebody at home, with the number and how to reach them."""
    numbers = [phone["number"] for phone in row["phones"] or [] if phone.get("number")]
    part = codes.RELATIONSHIPS.words(row["relationship"]) if row["relationship"] else "contact"
    return Ring(f"{row['given']} {row['family']}".strip(), part, numbers[0] if numbers else "", row["reach"])


_PARTS = {"teaches": "teacher", "supports": "supports", "key": "key adult", "cover": "covers"}


def _adult(row: Fields) -> Ring:
    """An adult in school."""
    subject = f", {row['subject'].lower()}" if row["subject"] else ""
    return Ring(_formal(row), _PARTS[row["part"]] + subject, row["phone"], "")


def _formal(row: Fields) -> str:
    """'Mrs Iqbal'; nothing where nobody is named."""
    return formal(row["title"], row["given"], row["family"]) if row["family"] is not None else ""


def _box(row: Fields) -> CycleBox:
    opened, assessed, started, reviewed, closed, review = (
        date.fromisoformat(row[name]) if row[name] else None
        for name in ("opened_on", "assessed_on", "started_on", "reviewed_on", "closed_on", "review_on")
    )
    assert opened is not None
    until = closed or reviewed or review
    outcomes = row["outcomes"]
    results = [outcome for outcome in outcomes if outcome["result"]]
    state, word = _worst(results)
    return CycleBox(
        number=row["number"],
        when=f"{_day(opened)} to {_day(until)}" if until else f"since {_day(opened)}",
        stages=_stages(stage(Facts(opened, assessed, started, reviewed, closed)), bool(reviewed)),
        is_now=closed is None,
        aim_label="Aim:" if len(outcomes) == 1 else "Aims:",
        aim="; ".join(outcome["text"].rstrip(".") for outcome in outcomes) or "not written yet",
        result_state=state,
        result_word=word,
        result="; ".join(f"{o['baseline']} to {o['end']}" for o in results if o["end"]),
        change=f"Change: {row['change']}" if row["change"] else "",
    )


def _stages(now: Stage, reviewed: bool) -> tuple[tuple[str, str], ...]:
    order = list(NEXT)[:4]
    at = len(order) if now is Stage.CLOSED else order.index(now)
    return tuple(
        (
            step.value.capitalize(),
            "done" if index < at or (reviewed and index == at) else "now" if index == at else "to_come",
        )
        for index, step in enumerate(order)
    )


def _worst(results: list[dict[str, str]]) -> tuple[str, str]:
    """The mark of a cycle: met when all were met, partly when some were, else not yet."""
    if not results:
        return "", ""
    values = {outcome["result"] for outcome in results}
    if values == {Result.MET}:
        return "met", RESULT_WORDS[Result.MET]
    if values == {Result.NOT}:
        return "not_evidenced", RESULT_WORDS[Result.NOT]
    return "at_risk", RESULT_WORDS[Result.PARTLY]


def _checked(row: Fields | None) -> tuple[str, date] | None:
    return (_formal(row), date.fromisoformat(row["on"])) if row else None


def _day(day: date) -> str:
    return f"{day.day} {day:%b} {day.year}"
