"""Whose list it is, who may cover, and what is handed over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from alongside.areas.cover.models import Handover
from alongside.areas.cover.rules import MAY_COVER, Colleague, Span
from alongside.base.access.actor import Actor
from alongside.base.access.models import Post
from alongside.base.access.roles import ROLES, Permission
from alongside.base.deadlines.models import Deadline
from alongside.base.people.models import Person
from alongside.base.pupils.names import CALLED
from alongside.base.schools.models import School
from alongside.kit import NotFound, sql
from alongside.kit.spans import holds_on

_ROWS = 60  # of the list to leave notes to


def person(person_id: int) -> Person:
    """Somebody by number. Raises NotFound."""
    found = Person.objects.filter(pk=person_id).first()
    if found is None:
        raise NotFound
    return found


def whose_list(school_id: int, by: Actor, *, on: date) -> Person:
    """The SENCO whose list is handed over: whoever does it, else the school's SENCO, else the head who does it."""
    holds = Post.objects.filter(holds_on(on), school=school_id, role="senco").select_related("person").order_by("pk")
    people = [post.person for post in holds]
    return next((each for each in people if each.pk == by.person_id), people[0] if people else person(by.person_id))


def colleague(school_id: int, person_id: int, *, on: date) -> Colleague | None:
    """Somebody as the rule sees them; None for whoever holds no staff's post at the school on the day."""
    posts = Post.objects.filter(holds_on(on), school=school_id, person=person_id).select_related("person__account")
    staff = [post for post in posts if post.role in ROLES and ROLES[post.role].staff]
    if not staff:
        return None
    who = staff[0].person
    account = getattr(who, "account", None)
    return Colleague(person_id, who.name, [post.role for post in staff], bool(account and account.is_active))


def may_cover(school_id: int, actor: Actor, *, on: date) -> list[tuple[int, str]]:
    """Whom one may choose: teachers and leaders of the school, by name, without whoever is away or asks."""
    away = whose_list(school_id, actor, on=on)
    posts = Post.objects.filter(holds_on(on), school=school_id, role__in=MAY_COVER).select_related("person")
    named: dict[int, str] = {}
    for post in posts.order_by("person__family", "person__given", "pk"):
        if post.person_id not in (away.pk, actor.person_id):
            named.setdefault(post.person_id, f"{post.person.name}, {ROLES[post.role].title.lower()}")
    return list(named.items())


def my_schools(actor: Actor, school_id: int | None) -> tuple[School, list[School]]:
    """The school whose list this person hands over, the one asked for or the first; and all of theirs. Raises NotFound."""
    schools = list(School.objects.filter(pk__in=actor.schools(Permission.HAND_OVER)).order_by("pk"))
    found = next((each for each in schools if school_id in (None, each.pk)), None)
    if found is None:
        raise NotFound
    return found, schools


@dataclass(frozen=True, slots=True)
class Handed:
    """One handover as a page shows it."""

    id: int
    school_id: int
    away: str
    to: str
    span: Span
    why: str
    state: str  # running, to come, taken back, over
    may_take_back: bool


def _handed(row: Handover, actor: Actor, on: date) -> Handed:
    over = row.taken_back_on is not None or row.until < on
    state = "taken back" if row.taken_back_on else "over" if over else "to come" if row.since > on else "running"
    may = not over and actor.may(Permission.HAND_OVER, row.school_id)
    return Handed(row.pk, row.school_id, row.away.name, row.to.name, row.span, row.why, state, may)


@dataclass(frozen=True, slots=True)
class HandPage:
    school: School
    schools: tuple[tuple[int, str, bool], ...]  # id, name, whether it is this one
    whose: str
    people: tuple[tuple[int, str], ...]
    standing: tuple[Handed, ...]
    before: tuple[Handed, ...]


def hand_page(actor: Actor, school_id: int | None, *, on: date) -> HandPage:
    """Who covers and covered at a school, and whom one may choose. Raises NotFound."""
    school, schools = my_schools(actor, school_id)
    rows = (
        Handover.objects.visible_to(actor).filter(school=school).select_related("away", "to").order_by("-since", "-pk")
    )
    handed = [_handed(row, actor, on) for row in rows[:30]]
    live = ("running", "to come")
    whose = whose_list(school.pk, actor, on=on)
    return HandPage(
        school, tuple((each.pk, each.short_name, each == school) for each in schools),
        "you" if whose.pk == actor.person_id else whose.name, tuple(may_cover(school.pk, actor, on=on)),
        tuple(each for each in handed if each.state in live), tuple(each for each in handed if each.state not in live),
    )  # fmt: skip


def find_handover(actor: Actor, handover_id: int) -> Handover:
    """A handover that this person may change. Raises NotFound."""
    seen = Handover.objects.visible_to(actor).filter(school__in=actor.schools(Permission.HAND_OVER))
    found = seen.filter(pk=handover_id).select_related("away", "to", "school", "post").first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class NoteRow:
    id: int
    who: str
    what: str
    due: date
    words: str


@dataclass(frozen=True, slots=True)
class NotesPage:
    handover: Handed
    rows: tuple[NoteRow, ...]


_OPEN = f"""
select d.id, coalesce({CALLED}, 'The school'), d.what, d.due, coalesce(n.words, '')
  from deadlines_deadline d
  left join pupils_pupil p on p.id = d.pupil_id
  left join cover_rownote n on n.handover_id = %(handover)s and n.clock = d.clock and n.kind = d.kind and n.about_id = d.about_id
 where d.school_id = %(school)s and (d.pupil_id is null or d.pupil_id <> all(%(own)s))
 order by d.due, d.id limit %(most)s
"""  # noqa: S608


def notes_page(actor: Actor, handover_id: int, *, on: date) -> NotesPage:
    """The rows of the list with the notes left to them. Raises NotFound."""
    row = find_handover(actor, handover_id)
    values = {"handover": row.pk, "school": row.school_id, "own": list(actor.own_children), "most": _ROWS}
    return NotesPage(_handed(row, actor, on), tuple(NoteRow(*each) for each in sql.rows(_OPEN, values)))


def find_row(actor: Actor, row_id: int) -> Deadline:
    """A row of a list that this person may hand over. Raises NotFound."""
    found = Deadline.objects.filter(pk=row_id, school__in=actor.schools(Permission.HAND_OVER)).first()
    if found is None or (found.pupil_id is not None and found.pupil_id in actor.own_children):
        raise NotFound
    return found


def away_today(schools: list[int], *, on: date) -> Mapping[int, frozenset[int]]:
    """By school, who has handed their list over and is away on a day."""
    running = Handover.objects.filter(school__in=schools, taken_back_on=None, since__lte=on, until__gte=on)
    found: dict[int, set[int]] = defaultdict(set)
    for school, away in running.values_list("school", "away"):
        found[school].add(away)
    return {school: frozenset(people) for school, people in found.items()}
