"""What the pages of the register's verbs show: one pupil's record as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from alongside.areas.concerns.models import Concern
from alongside.areas.concerns.rules import Part
from alongside.areas.register import rules
from alongside.areas.register.models import Check, Decision, Disability, Need, PlanRecord, Status
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.pupils.access import may_read_file
from alongside.base.pupils.models import Contact, Pupil
from alongside.base.pupils.queries import PupilHead, head_of, named, open_pupil
from alongside.kit import NotFound
from alongside.kit.numbers import whole
from alongside.kit.spans import holds_on
from alongside.law import codes
from alongside.law.calendar import end_of_compulsory_school_age, last_day_of_12_months_starting_with

_GLYPHS = {
    codes.Area.COMMUNICATION: "communication", codes.Area.LEARNING: "learning", codes.Area.FEELINGS: "feelings",
    codes.Area.SENSES: "body",
}  # fmt: skip
_MOST_FOUND = 12


def status_of(pupil: Pupil, on: date) -> Status | None:
    """The stretch of SEN support or EHC plan that holds on a day."""
    return Status.objects.on(on).filter(pupil=pupil).first()


@dataclass(frozen=True, slots=True)
class StatusNow:
    code: str
    words: str
    since: date


@dataclass(frozen=True, slots=True)
class NeedNow:
    code: str
    words: str
    rank: int
    area: str
    area_words: str
    glyph: str
    since: date | None


@dataclass(frozen=True, slots=True)
class PlanNow:
    """The record of an EHC plan; `review_by` is the last day for the council's decision on the next review."""

    la: str
    made_on: date
    reviewed_on: date | None
    ceased_on: date | None
    review_by: date


@dataclass(frozen=True, slots=True)
class DisabilityNow:
    known: bool
    impairment: str
    substantial: bool
    long_term: bool
    daily_effect: str
    adjustments: str
    answered_on: date
    source: str


@dataclass(frozen=True, slots=True)
class DecisionNow:
    """A decision that waits for its next step: to tell the parent, or to take effect."""

    id: int
    provision: str
    words: str
    decided_on: date
    by: str
    needs: tuple[NeedNow, ...]
    told_on: date | None
    told_how: str
    not_told_because: str
    needs_telling: bool

    @property
    def told(self) -> bool:
        return not self.needs_telling or self.told_on is not None or bool(self.not_told_because)


@dataclass(frozen=True, slots=True)
class RecordPage:
    """A pupil's record on the register. `pupil` is for the verbs; templates read the rest."""

    pupil: Pupil
    head: PupilHead
    may: frozenset[str]
    status: StatusNow | None
    needs: tuple[NeedNow, ...]
    plan: PlanNow | None
    disability: DisabilityNow | None
    checked: tuple[str, date] | None
    waiting: DecisionNow | None
    language: str

    @property
    def has_plan(self) -> bool:
        return self.plan is not None and self.plan.ceased_on is None


def record_page(actor: Actor, pupil_id: int, *, on: date, page: str) -> RecordPage:
    """The record, and the note that this person looked. Raises NotFound."""
    pupil = open_pupil(actor, pupil_id, on=on, page=page, may=may_read_file)
    checked = Check.objects.filter(pupil=pupil).select_related("by").order_by("-on", "-pk").first()
    waiting = _waiting(pupil)
    status = status_of(pupil, on)
    return RecordPage(
        pupil=pupil,
        head=head_of(pupil, on=on),
        may=may_of(actor, pupil.school_id),
        status=StatusNow(status.code, codes.PROVISIONS.words(status.code), status.since) if status else None,
        needs=_needs(pupil, on),
        plan=_plan(pupil),
        disability=_disability(pupil),
        checked=(checked.by.formal, checked.on) if checked else None,
        waiting=decision_now(waiting) if waiting else None,
        language="" if pupil.language in codes.ENGLISH_OR_UNSAID else codes.LANGUAGES.words(pupil.language),
    )


def may_of(actor: Actor, school: int) -> frozenset[str]:
    """Names of the permissions that a person holds at a school, for the places of a pupil's head."""
    return frozenset(permission.name for permission in Permission if actor.may(permission, school))


def _waiting(pupil: Pupil) -> Decision | None:
    return (
        Decision.objects.filter(pupil=pupil, kind=rules.Kind.PLACE, final_on=None)
        .select_related("decided_by")
        .order_by("-decided_on", "-pk")
        .first()
    )


def decision_now(decision: Decision) -> DecisionNow:
    return DecisionNow(
        decision.pk, decision.provision, codes.PROVISIONS.words(decision.provision), decision.decided_on,
        decision.decided_by.formal, tuple(_need(code, rank, area) for code, rank, area in decision.needs),
        decision.told_on, rules.TOLD_WORDS[rules.Told(decision.told_how)] if decision.told_how else "",
        decision.not_told_because, rules.needs_telling(decision.provision),
    )  # fmt: skip


def _needs(pupil: Pupil, on: date) -> tuple[NeedNow, ...]:
    held = holds_on(on)
    return tuple(
        _need(row.code, row.rank, row.area, row.since)
        for row in Need.objects.filter(held, pupil=pupil).order_by("rank")
    )


def _need(code: str, rank: int, area: str, since: date | None = None) -> NeedNow:
    known = codes.Area(area) if area else None
    return NeedNow(
        code, codes.NEED_TYPES.words(code), rank, area, codes.AREA_WORDS[known] if known else "",
        _GLYPHS[known] if known else "none", since,
    )  # fmt: skip


def _plan(pupil: Pupil) -> PlanNow | None:
    row = PlanRecord.objects.filter(pupil=pupil).first()
    if row is None:
        return None
    review_by = last_day_of_12_months_starting_with(row.reviewed_on or row.made_on)
    return PlanNow(row.la, row.made_on, row.reviewed_on, row.ceased_on, review_by)


def _disability(pupil: Pupil) -> DisabilityNow | None:
    row = Disability.objects.filter(pupil=pupil).first()
    if row is None:
        return None
    return DisabilityNow(
        row.known, row.impairment, row.substantial, row.long_term, row.daily_effect, row.adjustments, row.answered_on,
        row.source,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ConcernBehind:
    """The concern that led to a decision, with what its screening found."""

    id: int
    seen: str
    who: str
    raised_on: date
    parents: str
    evidence: str
    views: str


def concern_behind(record: RecordPage, concern_id: str, *, actor: Actor) -> ConcernBehind | None:
    """The open concern about this pupil that an address names; None when there is none or it is not theirs."""
    if whole(concern_id) is None:
        return None
    row = (
        Concern.objects.visible_to(actor)
        .filter(pk=int(concern_id), pupil_id=record.head.id, closed_on=None)
        .select_related("raised_by")
        .prefetch_related("parts")
        .first()
    )
    if row is None:
        return None
    notes = {part.part: part.note for part in row.parts.all()}
    return ConcernBehind(
        row.pk, row.seen, row.raised_by.formal, row.raised_on, notes.get(Part.PARENTS, ""),
        notes.get(Part.EVIDENCE, ""), notes.get(Part.VIEWS, ""),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parent:
    """Somebody with parental responsibility, and how to reach them."""

    name: str
    part: str
    number: str
    note: str


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """A decision on its way: told, then in effect. `decision` is for the verbs."""

    decision: Decision
    head: PupilHead
    may: frozenset[str]
    now: DecisionNow
    whom: str
    parents: tuple[Parent, ...]
    steps: tuple[tuple[str, str], ...]


def decision_page(actor: Actor, pupil_id: int, decision_id: int, *, on: date, step: str) -> DecisionPage:
    """A decision that waits, at its step 'tell' or 'place'. Raises NotFound, also for one that has taken effect."""
    pupil = open_pupil(actor, pupil_id, on=on, page="register decision", may=may_read_file)
    decision = (
        Decision.objects.filter(pk=decision_id, pupil=pupil, kind=rules.Kind.PLACE, final_on=None)
        .select_related("decided_by")
        .first()
    )
    if decision is None:
        raise NotFound
    decision.pupil = pupil
    now = decision_now(decision)
    grown = end_of_compulsory_school_age(pupil.born_on) < on
    return DecisionPage(
        decision, head_of(pupil, on=on), may_of(actor, pupil.school_id), now,
        "the young person" if grown else "the parent", _parents(pupil), _steps(step, now),
    )  # fmt: skip


def in_effect(actor: Actor, pupil_id: int, decision_id: int, *, on: date) -> str:
    """What a decision came to that has taken effect: 'Milo has SEN support since 24 November 2026.'; "" for others."""
    pupil = open_pupil(actor, pupil_id, on=on, page="register decision", may=may_read_file)
    decision = Decision.objects.filter(pk=decision_id, pupil=pupil, kind=rules.Kind.PLACE, final_on__lte=on).first()
    if decision is None or decision.final_on is None:
        return ""
    since = f"{decision.final_on.day} {decision.final_on:%B %Y}"
    return f"{pupil.liked} has {codes.PROVISIONS.words(decision.provision)} since {since}."


def _steps(here: str, now: DecisionNow) -> tuple[tuple[str, str], ...]:
    """The step bar of a decision. A plan has no telling of ours: the council has told the family."""
    done = {"decide": "done", "tell": "done" if now.told else "to_come", "place": "to_come", here: "now"}
    order = [("decide", "Decide"), *([("tell", "Tell the parent")] if now.needs_telling else []), ("place", "Start")]
    return tuple((words, done[step]) for step, words in order)


def _parents(pupil: Pupil) -> tuple[Parent, ...]:
    rows = Contact.objects.filter(pupil=pupil, barred=False, responsibility=True).order_by("order")
    return tuple(
        Parent(
            row.formal, row.part, next((phone["number"] for phone in row.phones if phone.get("number")), ""),
            _reach(row),
        )
        for row in rows
    )  # fmt: skip


def _reach(row: Contact) -> str:
    """'Polish; ring after 3, not text'; the language once."""
    language = "" if row.language in codes.ENGLISH_OR_UNSAID else codes.LANGUAGES.words(row.language)
    return row.reach if language in row.reach else "; ".join(filter(None, (language, row.reach)))


@dataclass(frozen=True, slots=True)
class Candidate:
    id: int
    name: str
    place: str
    status: str


@dataclass(frozen=True, slots=True)
class AddPage:
    asked: str
    found: tuple[Candidate, ...]
    note: str


def add_page(actor: Actor, asked: str, *, on: date) -> AddPage:
    """Pupils of the schools whose register this person keeps, by any part of a name."""
    query = named(asked)
    if query is None:
        return AddPage(asked, (), "Type two letters or more of any of the pupil's names." if asked.strip() else "")
    held = Status.objects.on(on)
    rows = Pupil.objects.on_roll(on).filter(may_read_file(actor, on) & query).order_by("sort_key", "pk")[:_MOST_FOUND]
    codes_now = dict(held.filter(pupil__in=[row.pk for row in rows]).values_list("pupil_id", "code"))
    found = tuple(Candidate(row.pk, row.name, row.class_name or row.year, codes_now.get(row.pk, "")) for row in rows)
    return AddPage(asked, found, "" if found else f"No pupil on roll called “{asked.strip()}”.")
