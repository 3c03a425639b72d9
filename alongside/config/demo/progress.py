"""The sweep over the invented trust's results: two signs on, most flags answered, some late, some new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

from alongside.areas.identification import actions, compute, kinds, queries, signs
from alongside.areas.identification.models import Flag, Switch
from alongside.areas.identification.rules import Answer, Behind, Sign
from alongside.base.access.actor import Actor
from alongside.base.access.models import Post
from alongside.base.access.scope import actor_of, all_schools, scope
from alongside.base.deadlines.actions import refresh
from alongside.base.history import actions as history
from alongside.base.pupils.models import Pupil
from alongside.kit.bulk import update_many

_SWITCHED_ON = (Sign.SLOWER, Sign.WIDENS)
_SHARED = 2  # worries shared at a school
_SWEPT = timedelta(days=21)  # ago: what was not answered since is late
_ANSWERED, _TODAY = 0.82, 0.12  # of pupils with flags: answered; and first flagged now
_REASONS = (
    "Reads a year ahead in class; the test was sat on a noisy day.",
    "Has joined the morning group and is catching up since.",
    "Two marks were swapped on the sheet; the right one is higher.",
    "Works at a steady pace and is where we expect at this stage.",
)
_BEHIND = (Behind.ABSENCE, Behind.ARRIVED, Behind.MOVED, Behind.ILLNESS, Behind.DAY, Behind.TEACHING)


def sweep_trust(*, seed: int, on: date) -> int:
    """Sweep the newest results, answer most of what they ask, and say how many flags there are; 0 without results."""
    director = Post.objects.filter(role="director", until=None).select_related("person").order_by("pk").first()
    with scope(all_schools(), why="invented trust") as everybody:
        groups = compute.newest(on)
        if director is None or not groups or not any(compute.prints(groups).values()):
            return 0
        begun = on - _SWEPT
        _switch_on(actor_of(director.person, on=on), begun)
        actions.sweep(groups=groups, by=everybody, on=begun)
        _answer_most(Random(f"{seed}-progress"), begun, on)
        refresh(schools=all_schools(), on=on, sources=["flags", "concerns"])
        return Flag.objects.count()


def _switch_on(director: Actor, on: date) -> None:
    reliability, slowed = signs.own_reliability(), signs.own_rate(on)
    for sign in _SWITCHED_ON:
        if not Switch.objects.filter(sign=sign, until=None).exists():
            actions.switch_on(sign=sign, shown=signs.shown_of(sign, reliability, slowed), by=director, on=on)


def _answer_most(draw: Random, begun: date, on: date) -> None:
    """School by school, in the SENCO's name."""
    waiting: dict[int, dict[int, list[Flag]]] = defaultdict(lambda: defaultdict(list))
    for flag in Flag.objects.waiting().order_by("pupil__upn", "subject", "sign"):
        waiting[flag.school_id][flag.pupil_id].append(flag)
    sencos = Post.objects.filter(role="senco", until=None).select_related("person").order_by("-pk")
    people = {post.school_id: post.person for post in sencos}
    for school in sorted(waiting):
        if school in people:
            _of_school(draw, waiting[school], actor_of(people[school], on=on), begun, on)


def _of_school(draw: Random, waiting: Mapping[int, Sequence[Flag]], senco: Actor, begun: date, on: date) -> None:
    answered: list[Flag] = []
    fresh: list[Flag] = []
    shared = 0
    for pupil, flags in waiting.items():
        chance = draw.random()
        if chance < _ANSWERED and shared < _SHARED:
            shared += 1
            _share(pupil, flags, senco, begun + timedelta(days=draw.randint(1, 10)))
        elif chance < _ANSWERED:
            answered += _say(draw, flags, senco, begun + timedelta(days=draw.randint(1, 12)))
        elif chance < _ANSWERED + _TODAY:
            fresh += flags
    for flag in fresh:
        flag.raised_on = on - timedelta(days=3)
    _write(answered, ["answer", "reason", "behind", "answered_on", "answered_by"])
    _write(fresh, ["raised_on"])
    for answer, kind in ((Answer.DISMISS, kinds.DISMISSED), (Answer.EXPLAIN, kinds.EXPLAINED)):
        told: list[tuple[int, int, dict[str, object]]] = [
            (flag.pupil_id, flag.school_id, {"flags": queries.what(flag.subject, flag.sign).lower()})
            for flag in answered
            if flag.answer == answer
        ]
        if told:
            history.record_many(kind, told, by=senco, on=begun + timedelta(days=6))


def _write(flags: Sequence[Flag], fields: Sequence[str]) -> None:
    if flags:
        update_many(flags, fields)


def _share(pupil: int, flags: Sequence[Flag], senco: Actor, on: date) -> None:
    child = Pupil.objects.get(pk=pupil)
    seen = f"Progress flag in {queries.what(flags[0].subject, flags[0].sign).lower()}. Tires after a few lines."
    draft = actions.AnswerDraft(Answer.CONFIRM, seen=seen, tried=("Broke it up",))
    actions.answer(pupil=child, flags=[flag.pk for flag in flags], draft=draft, by=senco, on=on)


def _say(draw: Random, flags: Sequence[Flag], senco: Actor, on: date) -> Sequence[Flag]:
    """Put away with a reason, or told what lies behind."""
    explains = draw.random() < 0.4
    reason, behind = ("", [draw.choice(_BEHIND)]) if explains else (draw.choice(_REASONS), [])
    for flag in flags:
        flag.answer = Answer.EXPLAIN if explains else Answer.DISMISS
        flag.reason, flag.behind, flag.answered_on, flag.answered_by_id = reason, list(behind), on, senco.person_id
    return flags
