"""What schools need alike, as counts without names; and who signs off for those who work for the trust itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from alongside.areas.training import rules
from alongside.areas.training.evidence import POOLED
from alongside.areas.training.models import Answered, Course, Line
from alongside.areas.training.queries import ask, names_of
from alongside.base.access.actor import Actor
from alongside.base.access.models import Post
from alongside.base.access.roles import Permission
from alongside.base.people.models import Person
from alongside.kit import NotFound
from alongside.law import thresholds

P = Permission


@dataclass(frozen=True, slots=True)
class PoolLine:
    number: int  # the area's place, which its address has
    area: str
    total: str
    parts: tuple[str, ...]  # by part of the staff
    schools: int
    answer: str
    reason: str
    answered_on: date | None
    wanted: bool


def pool_page(actor: Actor, *, on: date) -> list[PoolLine]:
    """What staff of all schools lack alike: counts by area and part of the staff, small ones hidden; nobody by name."""
    schools = actor.schools(P.TRAINING_PLAN)
    rows = ask(POOLED, schools, on)
    answers: dict[str, Answered] = {}
    for row in Answered.objects.select_related("course").order_by("on", "pk"):
        answers[row.area] = row
    by_area = {area: [row for row in rows if row[0] == area] for area in rules.AREAS}
    return [_pooled(number, area, by_area[area], answers.get(area)) for number, area in enumerate(rules.AREAS)]


def _pooled(number: int, area: str, rows: list[tuple[Any, ...]], answer: Answered | None) -> PoolLine:
    counts = {part: count for _, part, count, _ in rows if part is not None}
    total, schools = next(((count, many) for _, part, count, many in rows if part is None), (0, 0))
    hide = rules.hidden_pair(counts)
    words = rules.ANSWER_WORDS[rules.Answer(answer.answer)] if answer else ""
    return PoolLine(
        number, rules.AREAS[area], rules.shown(total),
        tuple("hidden" if group in hide else str(counts.get(group, 0)) for group in rules.RATED), schools,
        f"{words}: {answer.course.title}" if answer and answer.course else words, answer.reason if answer else "",
        answer.on if answer else None, total >= int(thresholds.POOLED_NEED),
    )  # fmt: skip


def approved_courses() -> list[tuple[int, str]]:
    """The trust's courses that can be the answer to a need."""
    rows = Course.objects.filter(school=None, approved_on__isnull=False)
    return [(row.pk, row.title) for row in rows]


def executives(*, on: date) -> dict[int, str]:
    """Who leads at the trust, and can be somebody's line executive."""
    held = Post.objects.filter(Q(until=None) | Q(until__gte=on), role="director", school=None, since__lte=on)
    return names_of(held.values_list("person", flat=True))


def central_team(*, on: date) -> list[tuple[int, str, str]]:
    """The central team, each with their line executive where one is noted."""
    held = Post.objects.filter(Q(until=None) | Q(until__gte=on), role="central", school=None, since__lte=on)
    lines = {line.person_id: line.executive.name for line in Line.objects.select_related("executive")}
    return [
        (person, name, lines.get(person, ""))
        for person, name in names_of(held.values_list("person", flat=True)).items()
    ]


def central_person(person: int, *, on: date) -> Person:
    """Somebody of the central team; raises NotFound for anybody else."""
    if person not in {key for key, *_ in central_team(on=on)}:
        raise NotFound
    return Person.objects.get(pk=person)
