"""The pupil at a glance: who is this, what helps, what is promised, what is next, who to ring. In ten seconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from alongside.areas.classroom.models import Brief
from alongside.areas.provision.models import Line
from alongside.areas.provision.rules import MISSED_WORDS, Missed, Share
from alongside.areas.register.models import Check, Need, Status
from alongside.areas.support.models import Cycle, Outcome, Review
from alongside.areas.support.rules import NEXT, RESULT_WORDS, Facts, Result, Stage, stage
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.deadlines.models import Deadline
from alongside.base.history import actions as history
from alongside.base.history.queries import Told, timeline
from alongside.base.pupils.access import may_see
from alongside.base.pupils.models import AdultLink, Contact, Membership, Pupil
from alongside.base.pupils.queries import PupilHead, head_of
from alongside.base.schools.queries import calendar_of
from alongside.fronts.desk.today import chip
from alongside.kit import NotFound
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
    pupil = _read(actor, pupil_id, on)
    history.viewed(pupil=pupil.pk, school=pupil.school_id, by=actor, page="at a glance")
    school = pupil.school_id
    plan, file = actor.may(Permission.PLAN, school), actor.may(Permission.FILE, school)
    found: Any = pupil
    brief = found.brief_now[0] if found.brief_now else {}
    promises = _promises(pupil_id, on) if plan else ()
    delivered = Share(sum(p.given for p in promises), sum(p.planned for p in promises))
    needs = [_need(row) for row in found.needs_now] if plan else []
    return PupilPage(
        head=head_of(pupil, on=on),
        status=_status(found.status_now),
        need=needs[0] if needs else None,
        others=tuple(needs[1:]),
        language=_language(pupil),
        voice=_voice(brief, pupil.liked),
        helps=tuple(brief.get("helps", ())),
        good_at=tuple(brief.get("good_at", ())),
        avoid=brief.get("avoid", ""),
        safety=brief.get("safety", ""),
        promises=promises,
        delivered=delivered,
        low=delivered.below(thresholds.DELIVERY_FLOOR.value),
        next=_next(pupil, on) if plan else (),
        ring=_ring(found.contacts_now, _adults(pupil_id, on), file or actor.may(Permission.PLAN, school)),
        cycles=_cycles(pupil_id, on) if plan else (),
        timeline=tuple(timeline(pupil_id, school, actor=actor, limit=6)),
        checked=_checked(found.check_now),
        brief=brief.get("number", 0),
        may=frozenset(permission.name for permission in Permission if actor.may(permission, school)),
    )


def _read(actor: Actor, pupil_id: int, on: date) -> Pupil:
    """The pupil with status, needs, brief, contacts and last check, in one statement."""
    here = OuterRef("pk")
    now = Q(until=None) | Q(until__gte=on)
    status = Status.objects.filter(now, pupil=here, since__lte=on).values(json=JSONObject(code="code", since="since"))
    needs = (
        Need.objects.filter(now, pupil=here, since__lte=on)
        .order_by("rank")
        .values(json=JSONObject(code="code", area="area"))
    )
    brief = Brief.objects.filter(pupil=here, current=True).values(
        json=JSONObject(
            number="number", own_words="own_words", own_words_on="own_words_on", helped_by="helped_by",
            good_at="good_at", helps="helps", avoid="avoid", safety="safety",
        )
    )  # fmt: skip
    contacts = (
        Contact.objects.filter(pupil=here, barred=False)
        .order_by("order")
        .values(
            json=JSONObject(
                title="title", given="given", family="family", relationship="relationship", phones="phones",
                language="language", reach="reach",
            )
        )[:4]
    )  # fmt: skip
    check = Check.objects.filter(pupil=here).order_by("-on").values(
        json=JSONObject(on="on", given="by__given", family="by__family", title="by__title")
    )[:1]  # fmt: skip
    pupil = (
        Pupil.objects.filter(may_see(actor, on), pk=pupil_id)
        .annotate(
            status_now=ArraySubquery(status),
            needs_now=ArraySubquery(needs),
            brief_now=ArraySubquery(brief),
            contacts_now=ArraySubquery(contacts),
            check_now=ArraySubquery(check),
        )
        .first()
    )
    if pupil is None:
        raise NotFound
    return pupil


def _status(rows: list[dict[str, Any]]) -> StatusNow | None:
    if not rows:
        return None
    return StatusNow(rows[0]["code"], codes.PROVISIONS.words(rows[0]["code"]), date.fromisoformat(rows[0]["since"]))


def _need(row: dict[str, Any]) -> NeedNow:
    return NeedNow(row["code"], codes.NEED_TYPES.words(row["code"]), glyph(row["area"]))


def glyph(area: str) -> str:
    """The drawing of an area of need."""
    return {"C&I": "communication", "C&L": "learning", "SEMH": "feelings", "S&P": "body"}.get(area, "none")


def _language(pupil: Pupil) -> str:
    if pupil.language in codes.ENGLISH_OR_UNSAID:
        return ""
    return f"{codes.LANGUAGES.words(pupil.language)} at home"


def _voice(brief: dict[str, Any], liked: str) -> Voice | None:
    if not brief.get("own_words"):
        return None
    said = date.fromisoformat(brief["own_words_on"]) if brief.get("own_words_on") else None
    when = f", {said.day} {said:%B}" if said else ""
    helped = brief.get("helped_by", "")
    return Voice(brief["own_words"], f"{liked}{when}{f', helped by {helped}' if helped else ''}", bool(helped))


def _promises(pupil_id: int, on: date) -> tuple[Promise, ...]:
    rows = (
        Line.objects.filter(Q(until=None) | Q(until__gte=on), pupil=pupil_id)
        .select_related("type", "adult")
        .annotate(
            planned=Count("sessions"),
            given=Count("sessions", filter=Q(sessions__held=True)),
            **{f"missed_{code.value}": Count("sessions", filter=Q(sessions__missed_because=code)) for code in Missed},
        )
        .order_by("pk")
    )
    return tuple(
        Promise(
            row.pk, row.type.plain_name, row.often, row.adult.formal if row.adult else "",
            row.given, row.planned, _missed(row),
        )
        for row in rows
    )  # fmt: skip


def _missed(row: Any) -> str:
    counts = [(MISSED_WORDS[code].lower(), getattr(row, f"missed_{code.value}")) for code in Missed]
    return ", ".join(f"{words} {count}" for words, count in sorted(counts, key=lambda c: -c[1]) if count)


def _next(pupil: Pupil, on: date) -> tuple[NextDate, ...]:
    rows = Deadline.objects.filter(pupil_id=pupil.pk).order_by("due")[:_NEXT]
    calendar = calendar_of(pupil.school_id, on=on)
    made = []
    for row in rows:
        kind, head, line = chip(row.due, row.clock, calendar, on)
        made.append(NextDate(head, line, kind, row.what[:1].upper() + row.what[1:], row.why, row.url))
    return tuple(made)


def _adults(pupil_id: int, on: date) -> QuerySet[AdultLink]:
    held = Q(since__lte=on) & (Q(until=None) | Q(until__gte=on))
    groups = Membership.objects.filter(held, pupil=pupil_id).values("group")
    return (
        AdultLink.objects.filter(held & (Q(pupil=pupil_id) | Q(group__in=groups)))
        .select_related("person", "group")
        .order_by("part", "pk")[:4]
    )


def _ring(contacts: list[dict[str, Any]], adults: QuerySet[AdultLink], family: bool) -> tuple[Ring, ...]:
    """Family first, with the number and how to reach them; then the adults in school."""
    rows = []
    for contact in contacts if family else ():
        name = f"{contact['given']} {contact['family']}".strip()
        numbers = [phone["number"] for phone in contact["phones"] or [] if phone.get("number")]
        part = codes.RELATIONSHIPS.words(contact["relationship"]) if contact["relationship"] else "contact"
        rows.append(Ring(name, part, numbers[0] if numbers else "", contact["reach"]))
    for link in adults:
        part = {"teaches": "teacher", "supports": "supports", "key": "key adult", "cover": "covers"}[link.part]
        subject = f", {link.group.subject.lower()}" if link.group and link.group.subject else ""
        rows.append(Ring(link.person.formal, part + subject, link.person.phone, ""))
    return tuple(rows)


def _cycles(pupil_id: int, on: date) -> tuple[CycleBox, ...]:
    """The last three cycles, oldest first, with outcomes and reviews, in one statement."""
    outcomes = (
        Outcome.objects.filter(cycle=OuterRef("pk"))
        .order_by("number")
        .values(json=JSONObject(text="text", baseline="baseline", result="result", end="exit_measure"))
    )
    rows: Any = (
        Cycle.objects.filter(pupil=pupil_id)
        .annotate(
            outcomes_now=ArraySubquery(outcomes),
            change=Subquery(Review.objects.filter(cycle=OuterRef("pk")).values("change")[:1]),
        )
        .order_by("-number")[:_CYCLES]
    )
    return tuple(_box(row, on) for row in reversed(list(rows)))


def _box(row: Any, on: date) -> CycleBox:
    facts = Facts(row.opened_on, row.assessed_on, row.started_on, row.reviewed_on, row.closed_on)
    now = stage(facts)
    until = row.closed_on or row.reviewed_on or row.review_on
    results = [outcome for outcome in row.outcomes_now if outcome["result"]]
    state, word = _worst(results)
    aims = "; ".join(outcome["text"].rstrip(".") for outcome in row.outcomes_now)
    return CycleBox(
        number=row.number,
        when=f"{_day(row.opened_on)} to {_day(until)}" if until else f"since {_day(row.opened_on)}",
        stages=_stages(now, bool(row.reviewed_on)),
        is_now=row.closed_on is None,
        aim_label="Aim:" if len(row.outcomes_now) == 1 else "Aims:",
        aim=aims or "not written yet",
        result_state=state,
        result_word=word,
        result="; ".join(f"{o['baseline']} to {o['end']}" for o in results if o["end"]),
        change=f"Change: {row.change}" if row.change else "",
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


def _checked(rows: list[dict[str, Any]]) -> tuple[str, date] | None:
    if not rows:
        return None
    row = rows[0]
    name = f"{row['title']} {row['family']}" if row["title"] else f"{row['given']} {row['family']}"
    return name, date.fromisoformat(row["on"])


def _day(day: date) -> str:
    return f"{day.day} {day:%b} {day.year}"
