"""Change notices as the central team and as a school reads them; who is concerned, and who is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from alongside.areas.changes import rules
from alongside.areas.changes.models import ChangeNotice, ChangeQuestion, ChangeTask
from alongside.areas.changes.rules import Reach, Stand
from alongside.areas.policy.queries import find_reference
from alongside.base.access.actor import Actor
from alongside.base.access.models import Post
from alongside.base.access.roles import ROLES, Permission
from alongside.base.people.models import Person
from alongside.base.schools.models import School
from alongside.kit import NotFound, refuse
from alongside.kit.spans import holds_on
from alongside.law.dates import day_words

P = Permission
_DOES = [role.code for role in ROLES.values() if P.CHANGES in role.permissions]
_KEEPS = [role.code for role in ROLES.values() if P.CHANGES_KEEP in role.permissions]
_BEFORE = 40  # notices that are done or withdrawn, the latest first


# --- Whom it concerns, and who is told --------------------------------------------------------------------


def concerned(notice: ChangeNotice) -> list[int]:
    """The schools of a notice: all, or those of its local authority with those ticked whose authority is not known."""
    schools = School.objects.order_by("pk")
    if notice.reach == Reach.LOCAL:
        by_la = Q(la=notice.la) if notice.la else Q(pk=None)
        schools = schools.filter(by_la | Q(la="", pk__in=notice.schools))
    return list(schools.values_list("pk", flat=True))


def authorities() -> list[tuple[str, str]]:
    """The local authorities of the trust's schools, by their number, with the schools of each."""
    found: dict[str, list[str]] = {}
    for la, name in School.objects.exclude(la="").order_by("la", "name").values_list("la", "short_name"):
        found.setdefault(la, []).append(name)
    return [(la, f"{la}: {', '.join(names)}") for la, names in found.items()]


def without_authority() -> list[tuple[int, str]]:
    """Schools whose local authority is not known, to be ticked."""
    return list(School.objects.filter(la="").order_by("name").values_list("pk", "short_name"))


def school_people(schools: Iterable[int], *, on: date) -> list[tuple[int, int]]:
    """Who puts changes into practice at these schools: (school, person), each once."""
    held = Post.objects.filter(holds_on(on), school__in=list(schools), role__in=_DOES)
    return list(held.order_by("school_id", "person_id").values_list("school_id", "person_id").distinct())


def trust_people(*, on: date) -> list[int]:
    """Who writes change notices."""
    held = Post.objects.filter(holds_on(on), school=None, role__in=_KEEPS)
    return sorted(set(held.values_list("person", flat=True)))


# --- Finding one ------------------------------------------------------------------------------------------


def find_notice(actor: Actor, notice_id: int) -> ChangeNotice:
    """A notice that this person reads. Raises NotFound."""
    found = ChangeNotice.objects.visible_to(actor).filter(pk=notice_id).first()
    if found is None:
        raise NotFound
    return found


def find_draft(actor: Actor, notice_id: int) -> ChangeNotice:
    """A notice to go on writing. Raises NotFound, and Refused for one that is published."""
    found = find_notice(actor, notice_id)
    refuse(rules.may_change(published=found.published_on is not None))
    return found


def find_task(actor: Actor, task_id: int) -> ChangeTask:
    """A task of a school where this person does it. Raises NotFound."""
    own = ChangeTask.objects.visible_to(actor).filter(school__in=actor.schools(P.CHANGES), pk=task_id)
    found = own.select_related("notice", "school").first()
    if found is None:
        raise NotFound
    return found


def find_question(question_id: int) -> ChangeQuestion:
    """A question of the thread, for whoever answers. Raises NotFound."""
    found = ChangeQuestion.objects.filter(pk=question_id).select_related("notice", "asking").first()
    if found is None:
        raise NotFound
    return found


def begun_from(item_id: int | None) -> dict[str, object]:
    """What a notice begins with when an entry of the reference library shows an edition that is not the one in force."""
    if item_id is None:
        return {}
    item = find_reference(item_id)
    edition = item.superseded_by or item.in_force
    return {
        "title": f"{item.title}: {edition}"[:120].rstrip(": "),
        "source": f"{item.title}, {edition}"[:200].rstrip(", "),
    }


# --- A school's task on a page ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TaskRow:
    id: int
    notice_id: int
    title: str
    whose: str  # 'National', or whose local change it is
    school: str
    stand: Stand
    due_on: date
    effective_on: date
    acknowledged: str  # '23 Nov 2026, Amara Adeyemi'
    done: str
    words: str


def _task(row: ChangeTask, on: date) -> TaskRow:
    notice = row.notice
    assert notice.due_on is not None
    assert notice.effective_on is not None
    acknowledged = row.acknowledged_on is not None
    state = rules.stand(done=row.done_on is not None, acknowledged=acknowledged, due_on=notice.due_on, on=on)
    return TaskRow(
        row.pk, notice.pk, notice.title, _whose(notice), row.school.short_name, state, notice.due_on, notice.effective_on,
        _said(row.acknowledged_on, row.acknowledged_by), _said(row.done_on, row.done_by), row.words,
    )  # fmt: skip


def _said(day: date | None, who: Person | None) -> str:
    return f"{day_words(day)}, {who.name}" if day and who else ""


def _whose(notice: ChangeNotice) -> str:
    return notice.council if notice.reach == Reach.LOCAL and notice.council else rules.REACH_WORDS[notice.reach]


_WITH = ("notice", "school", "acknowledged_by", "done_by")


# --- Pages ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice with how many schools are how far; each school counts once."""

    id: int
    title: str
    whose: str
    due_on: date | None
    effective_on: date | None
    schools: int
    done: int
    acknowledged: int
    waiting: int
    late: int
    late_schools: tuple[str, ...]
    questions: int  # without an answer
    withdrawn_on: date | None


@dataclass(frozen=True, slots=True)
class TrustPage:
    open: tuple[NoticeRow, ...]
    drafts: tuple[NoticeRow, ...]
    before: tuple[NoticeRow, ...]


def trust_page(actor: Actor, *, on: date) -> TrustPage:
    """Every notice: those with a late school first, then by day; then what is done everywhere or withdrawn."""
    notices = list(ChangeNotice.objects.visible_to(actor))
    tasks: dict[int, list[TaskRow]] = {}
    for task in ChangeTask.objects.visible_to(actor).select_related(*_WITH).order_by("school__name"):
        tasks.setdefault(task.notice_id, []).append(_task(task, on))
    asked = Counter(ChangeQuestion.objects.filter(answered_on=None).values_list("notice", flat=True))
    rows = [(each, _counted(each, tasks.get(each.pk, []), asked[each.pk])) for each in notices]
    drafts = tuple(row for each, row in rows if each.published_on is None)
    open_ = [row for each, row in rows if each.stands and row.done < row.schools]
    before = [row for each, row in rows if each.published_on and not (each.stands and row.done < row.schools)]
    open_.sort(key=lambda row: (not row.late, row.due_on or on, row.id))
    return TrustPage(tuple(open_), drafts, tuple(before[:_BEFORE]))


def _counted(notice: ChangeNotice, tasks: Sequence[TaskRow], asked: int) -> NoticeRow:
    how = Counter(task.stand for task in tasks)
    late = tuple(task.school for task in tasks if task.stand is Stand.LATE)
    return NoticeRow(
        notice.pk, notice.title, _whose(notice), notice.due_on, notice.effective_on, len(tasks), how[Stand.DONE],
        how[Stand.ACKNOWLEDGED], how[Stand.WAITING], how[Stand.LATE], late, asked, notice.withdrawn_on,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class SchoolPage:
    waiting: tuple[TaskRow, ...]
    done: tuple[TaskRow, ...]
    several: bool  # of more than one school


def school_page(actor: Actor, *, on: date) -> SchoolPage:
    """What this person's schools have to do about changes, what is late first; then what is done."""
    own = ChangeTask.objects.visible_to(actor).filter(notice__withdrawn_on=None).select_related(*_WITH)
    rows = [_task(row, on) for row in own.order_by("notice__due_on", "pk")]
    waiting = tuple(row for row in rows if row.stand is not Stand.DONE)
    done = tuple(reversed([row for row in rows if row.stand is Stand.DONE]))
    return SchoolPage(waiting, done[:_BEFORE], len(actor.schools(P.CHANGES)) > 1)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the thread. The school is named, whoever asked is not."""

    id: int
    school: str
    words: str
    on: date
    answer: str
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class NoticePage:
    notice: ChangeNotice
    whose: str
    additions: tuple[tuple[date, str], ...]
    mine: tuple[TaskRow, ...]
    schools: tuple[TaskRow, ...]  # of all schools, for whoever writes notices
    thread: tuple[Asked, ...]
    stands: bool
    keeps: bool


def notice_page(actor: Actor, notice_id: int, *, on: date) -> NoticePage:
    """A published notice with its thread; how far each school is for whoever writes notices. Raises NotFound."""
    notice = find_notice(actor, notice_id)
    if notice.published_on is None:
        raise NotFound
    keeps, own = actor.may(P.CHANGES_KEEP), actor.schools(P.CHANGES)
    seen = ChangeTask.objects.visible_to(actor).filter(notice=notice).select_related(*_WITH).order_by("school__name")
    rows = [(row.school_id, _task(row, on)) for row in seen]
    order = list(Stand)
    return NoticePage(
        notice, _whose(notice), tuple((each.on, each.words) for each in notice.additions.all()),
        tuple(task for school, task in rows if school in own),
        tuple(sorted((task for _, task in rows), key=lambda task: order.index(task.stand))) if keeps else (),
        tuple(
            Asked(row.pk, row.asking.short_name, row.words, row.on, row.answer, row.answered_on)
            for row in notice.questions.select_related("asking")
        ),
        notice.stands, keeps,
    )  # fmt: skip
