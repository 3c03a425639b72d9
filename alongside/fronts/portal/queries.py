"""Pages for families. A child shows only through a live tie; everything else answers as if it were not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from alongside.areas.classroom.models import Brief
from alongside.areas.provision.models import Line, Session
from alongside.areas.support import family_copy
from alongside.areas.support.models import Cycle, FamilyAnswer, Outcome
from alongside.areas.support.rules import Answer
from alongside.base.access.actor import Actor
from alongside.base.access.models import Post, Tie
from alongside.base.access.roles import ROLES, Permission
from alongside.base.history import actions as history
from alongside.base.history.models import Viewing
from alongside.base.notices.models import Notice
from alongside.base.pupils.access import may_read_file
from alongside.base.pupils.models import Contact, Pupil
from alongside.base.pupils.queries import PupilHead, find_pupil, head_of, open_pupil
from alongside.fronts.portal import rules
from alongside.kit import NotFound
from alongside.kit.spans import holds_on
from alongside.kit.time import LONDON

_NEWS = 3
_LOOKS = 200
_YOU_SAID = {Answer.AGREE: "You agreed", Answer.CHANGE: "You asked for a change", Answer.DISAGREE: "You disagreed"}


def children(actor: Actor, *, on: date) -> list[Pupil]:
    """The pupils whose family this person is today, as parent or as the young person themselves; one statement."""
    tie = Tie.objects.filter(
        Q(until=None) | Q(until__gte=on), person=actor.person_id, pupil_id=OuterRef("pk"), since__lte=on,
        kind__in=(Tie.Kind.PARENT, Tie.Kind.YOUNG_PERSON),
    )  # fmt: skip
    rows = Pupil.objects.filter(Exists(tie), pk__in=actor.child_ids).select_related("school")
    return list(rows.order_by("born_on", "pk"))


def find_child(actor: Actor, pupil_id: int, *, on: date) -> Pupil:
    """One of one's own. Raises NotFound for every other child, and for none alike."""
    child = next((pupil for pupil in children(actor, on=on) if pupil.pk == pupil_id), None)
    if child is None:
        raise NotFound
    return child


@dataclass(frozen=True, slots=True)
class ChildHead:
    id: int
    liked: str
    school: str
    phone: str
    place: str  # 'class 4W'


def _head(pupil: Pupil) -> ChildHead:
    place = f"class {pupil.class_name}" if pupil.class_name else pupil.year
    return ChildHead(pupil.pk, pupil.liked, pupil.school.short_name, pupil.school.phone, place)


@dataclass(frozen=True, slots=True)
class HomePage:
    """Several children, one door each."""

    children: tuple[tuple[ChildHead, int], ...]  # and how many things are new


def home_page(actor: Actor, *, on: date) -> HomePage:
    """One's own children. Raises NotFound for somebody who is nobody's family."""
    found = children(actor, on=on)
    if not found:
        raise NotFound
    counts = dict(
        Notice.objects.filter(to_id=actor.person_id, read_at=None, pupil__in=found)
        .order_by()
        .values_list("pupil")
        .annotate(Count("pk"))
    )
    return HomePage(tuple((_head(pupil), counts.get(pupil.pk, 0)) for pupil in found))


@dataclass(frozen=True, slots=True)
class ChildPage:
    head: ChildHead
    hello: str
    news: tuple[str, ...]
    several: bool
    has_plan: bool


def child_page(actor: Actor, pupil_id: int, *, on: date) -> ChildPage:
    """A child's first page: what is new, and three ways on. Three statements."""
    own = children(actor, on=on)
    child = next((pupil for pupil in own if pupil.pk == pupil_id), None)
    if child is None:
        raise NotFound
    news = Notice.objects.filter(to_id=actor.person_id, pupil=child, read_at=None).order_by("-at")
    return ChildPage(
        _head(child), actor.name.split(" ")[0], tuple(news.values_list("says", flat=True)[:_NEWS]), len(own) > 1,
        _shown(child.pk).exists(),
    )  # fmt: skip


# --- What is happening -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """What the family said to an outcome last, and our answer."""

    says: str
    words: str
    on: date
    reply: str
    replied_by: str


@dataclass(frozen=True, slots=True)
class Aim:
    """One outcome, in the sentences of the family copy."""

    id: int
    lines: tuple[str, ...]
    said: Said | None


@dataclass(frozen=True, slots=True)
class Given:
    """What school gives each week, and whether it did."""

    name: str
    line: str
    held: int
    planned: int

    @property
    def missed(self) -> int:
        return self.planned - self.held


@dataclass(frozen=True, slots=True)
class Voice:
    words: str
    by: str
    helped: bool


@dataclass(frozen=True, slots=True)
class PlanPage:
    head: ChildHead
    by_when: date | None
    agreed: bool
    open: bool
    before: tuple[family_copy.Part, ...]  # what goes well, what is hard
    aims: tuple[Aim, ...]
    given: tuple[Given, ...]
    home: tuple[str, ...]
    voice: Voice | None


def plan_page(actor: Actor, pupil_id: int, *, on: date) -> PlanPage:
    """The plan in plain words, and the record that the family read it: that is what 'told' rests on.

    Before anything was sent to the SENCO there is no plan to read. Raises NotFound.
    """
    child = find_child(actor, pupil_id, on=on)
    history.viewed(pupil=child.pk, school=child.school_id, by=actor, page="family plan")
    cycle = _shown(child.pk).prefetch_related(*_parts_of_a_plan()).first()
    parts = {part.heading: part for part in family_copy.parts(cycle, [])} if cycle else {}
    home = parts.pop("What you can do at home", None)
    return PlanPage(
        head=_head(child),
        by_when=cycle.review_on if cycle else None,
        agreed=bool(cycle and cycle.started_on),
        open=bool(cycle and cycle.closed_on is None and cycle.reviewed_on is None),
        before=tuple(parts.values()),
        aims=tuple(_aim(outcome) for outcome in cycle.outcomes.all()) if cycle else (),
        given=_given(child.pk, on),
        home=home.lines if home else (),
        voice=_voice(child),
    )


def _shown(pupil_id: int) -> QuerySet[Cycle]:
    """The cycles a family may read, newest first: none that a teacher is still drafting."""
    return Cycle.objects.filter(~Q(sent_on=None) | ~Q(started_on=None), pupil=pupil_id).order_by("-number")


def _parts_of_a_plan() -> tuple[Prefetch[Any], ...]:
    return (
        Prefetch("outcomes", Outcome.objects.order_by("number")),
        Prefetch("outcomes__answers", FamilyAnswer.objects.select_related("replied_by").order_by("-at")),
    )


def _aim(outcome: Outcome) -> Aim:
    [part] = family_copy.parts(_Nothing(), [outcome]) or [family_copy.Part("", ())]
    answer = next(iter(outcome.answers.all()), None)
    return Aim(outcome.pk, part.lines, _said(answer) if answer else None)


@dataclass(frozen=True, slots=True)
class _Nothing:
    """A plan without words, to have the sentences of one outcome alone."""

    strengths: Sequence[str] = ()
    difficulties: str = ""
    home: str = ""


def _said(row: FamilyAnswer) -> Said:
    return Said(
        _YOU_SAID[Answer(row.answer)], row.words, row.on, row.reply, row.replied_by.formal if row.replied_by else ""
    )


def _given(pupil_id: int, on: date) -> tuple[Given, ...]:
    """Everything that runs for the child, in a plan or not, and how much of it was given."""
    held_on = holds_on(on)
    own = list(Line.objects.filter(held_on, pupil=pupil_id).select_related("type", "adult").order_by("pk"))
    counts = {
        line: (held, planned)
        for line, held, planned in Session.objects.filter(line__in=own)
        .order_by()
        .values("line")
        .annotate(held=Count("pk", filter=Q(held=True)), planned=Count("pk"))
        .values_list("line", "held", "planned")
    }
    return tuple(
        Given(
            line.type.plain_name,
            family_copy.given_line(
                line.type.plain_name, times=line.times_a_week, minutes=line.minutes, group=line.group_size,
                adult=line.adult.formal if line.adult else "",
            ),
            *counts.get(line.pk, (0, 0)),
        )
        for line in own
    )  # fmt: skip


def _voice(child: Pupil) -> Voice | None:
    brief = Brief.objects.filter(pupil=child, current=True).only("own_words", "own_words_on", "helped_by").first()
    if brief is None or not brief.own_words:
        return None
    when = f", {brief.own_words_on.day} {brief.own_words_on:%B}" if brief.own_words_on else ""
    helper = f", helped by {brief.helped_by}" if brief.helped_by else ""
    return Voice(brief.own_words, f"{child.liked}{when}{helper}", bool(brief.helped_by))


@dataclass(frozen=True, slots=True)
class AnswerPage:
    head: ChildHead
    outcome: Outcome
    lines: tuple[str, ...]
    said: Said | None


def answer_page(actor: Actor, pupil_id: int, outcome_id: int, *, on: date) -> AnswerPage:
    """One outcome of a plan that runs, to be answered. Raises NotFound."""
    child = find_child(actor, pupil_id, on=on)
    outcome = (
        Outcome.objects.filter(pk=outcome_id, cycle__in=_shown(child.pk), cycle__closed_on=None)
        .select_related("cycle__pupil")
        .prefetch_related(Prefetch("answers", FamilyAnswer.objects.select_related("replied_by").order_by("-at")))
        .first()
    )
    if outcome is None:
        raise NotFound
    aim = _aim(outcome)
    return AnswerPage(_head(child), outcome, aim.lines, aim.said)


# --- Tell us, and who has looked -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WorryPage:
    head: ChildHead
    pupil: Pupil


def worry_page(actor: Actor, pupil_id: int, *, on: date) -> WorryPage:
    child = find_child(actor, pupil_id, on=on)
    return WorryPage(_head(child), child)


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody opened pages of a child on a day."""

    day: date
    who: str
    role: str
    what: str


@dataclass(frozen=True, slots=True)
class LookedPage:
    head: ChildHead
    looks: tuple[Look, ...]


def looked_page(actor: Actor, pupil_id: int, *, on: date) -> LookedPage:
    """Which staff have looked at a child's pages, a line a person and day.

    Whoever keeps children safe may look unlisted, and one parent does not read when the other looked.
    """
    child = find_child(actor, pupil_id, on=on)
    rows = Viewing.objects.filter(pupil_id=child.pk).exclude(by_id=actor.person_id).order_by("-at")
    found: dict[tuple[date, str, str], list[str]] = {}
    for at, who, role, page in rows.values_list("at", "by_name", "role", "page")[:_LOOKS]:
        if rules.is_listed(role):
            found.setdefault((_day(at), who, role), []).append(rules.page_words(page))
    return LookedPage(
        _head(child),
        tuple(
            Look(day, who, rules.role_words(role), ", ".join(dict.fromkeys(pages)))
            for (day, who, role), pages in found.items()
        ),
    )


def _day(at: datetime) -> date:
    return at.astimezone(LONDON).date()


# --- For staff: whom a child's page is open to -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ContactRow:
    id: int
    name: str
    part: str
    open_since: date | None
    why_not: str  # why this contact may not be let in; "" when they may


@dataclass(frozen=True, slots=True)
class InvitePage:
    head: PupilHead
    contacts: tuple[ContactRow, ...]
    may: frozenset[str]


def invite_page(actor: Actor, pupil_id: int, *, on: date) -> InvitePage:
    """The contacts of a pupil whose file this person may read, and to whom the page is open. Raises NotFound."""
    pupil = open_pupil(actor, pupil_id, on=on, page="family", may=may_read_file)
    ties = Tie.objects.filter(Q(until=None) | Q(until__gte=on), pupil_id=pupil.pk, since__lte=on, kind=Tie.Kind.PARENT)
    since = dict(ties.values_list("person_id", "since"))
    rows = []
    for contact in Contact.objects.filter(pupil=pupil).select_related("person").order_by("order"):
        refusal = rules.may_invite(facts_of(contact, on=on), child=pupil.liked)
        rows.append(
            ContactRow(
                contact.pk,
                contact.name,
                contact.part,
                since.get(contact.person_id or 0),
                refusal.reason if refusal else "",
            )
        )
    return InvitePage(
        head_of(pupil, on=on), tuple(rows),
        frozenset(permission.name for permission in Permission if actor.may(permission, pupil.school_id)),
    )  # fmt: skip


def facts_of(contact: Contact, *, on: date) -> rules.ContactFacts:
    """What decides whether a contact may be let in."""
    is_staff = contact.person_id is not None and staff_posts(contact.person_id, on=on).exists()
    return rules.ContactFacts(contact.name, contact.barred, contact.responsibility, contact.lives_with, is_staff)


def staff_posts(person_id: int, *, on: date) -> QuerySet[Post]:
    """The posts that make a person one of the staff on a day."""
    held = holds_on(on)
    outside = [code for code, role in ROLES.items() if not role.staff]
    return Post.objects.filter(held, person=person_id).exclude(role__in=outside)


def find_contact(actor: Actor, pupil_id: int, contact_id: int, *, on: date) -> Contact:
    """A contact of a pupil whose file this person may read. Raises NotFound."""
    pupil = find_pupil(actor, pupil_id, on=on, may=may_read_file)
    contact = Contact.objects.filter(pupil=pupil, pk=contact_id).select_related("pupil__school", "person").first()
    if contact is None:
        raise NotFound
    return contact
