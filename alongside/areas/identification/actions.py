"""Sweeping the results, answering what it asks, and switching its signs on. No verb here sets a status."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.transaction import atomic

from alongside.areas.assessment.rules import SUBJECTS
from alongside.areas.concerns.actions import ConcernDraft, raise_concern
from alongside.areas.concerns.models import Concern
from alongside.areas.duties.actions import touch
from alongside.areas.identification import compute, kinds, rules
from alongside.areas.identification.compute import Group, Row, Task
from alongside.areas.identification.models import Finding, Flag, Run, SlowClass, Switch
from alongside.areas.identification.rules import Answer, Ended, Shown, Sign, WhyNot
from alongside.base.access.actor import Actor
from alongside.base.access.models import Post
from alongside.base.access.roles import Permission
from alongside.base.deadlines.actions import refresh
from alongside.base.history import actions as history
from alongside.base.notices.models import Notice
from alongside.base.pupils.models import Pupil
from alongside.base.schools.models import School
from alongside.kit import refuse
from alongside.kit.bulk import insert_many, update_many
from alongside.kit.spans import holds_on
from alongside.progress.points import Judged

# --- The sweep --------------------------------------------------------------------------------------------

_LOCK = 617  # one sweep at a time


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep came to."""

    runs: int
    pupils: int
    raised: int
    changed: int
    ended: int


@atomic
def sweep(*, groups: Sequence[Group], by: Actor, on: date) -> Swept:
    """Judge these groups over all schools and make runs, findings and flags say what the results say.

    The wall must stand open to every school. Swept again with the same results, nothing changes.
    """
    by.must(Permission.SIGNS_KEEP)
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
    looks, roll = compute.prints(groups), compute.on_roll(on)
    todo = list(compute.tasks(groups))
    for one in todo:
        if not isinstance(one, Task):
            _set_aside(*one, on=on, look=looks[one[0]])
    able = [one for one in todo if isinstance(one, Task)]
    total = Counter[str]()
    schools: set[int] = set()
    for task, found in zip(able, compute.judged(able), strict=True):
        news = not Run.objects.filter(**_key(task.group), print=looks[task.group], rule=rules.RULE).exists()
        run = _run_of(task, found, on=on, look=looks[task.group])
        rows = compute.rows_of(task, found, roll)
        _write_findings(run, rows)
        counted, touched = _write_flags(run, task, found, rows, roll, on=on)
        total += Counter(pupils=len(rows), **counted)
        schools |= touched
        if news or any(counted.values()):
            history.record(
                kinds.SWEPT, by=by, on=on, about=run.pk, point=run.point, subject=SUBJECTS[run.subject].lower(),
                flags=counted["raised"],
            )  # fmt: skip
    _told_to_others(on)
    return Swept(len(todo), total["pupils"], total["raised"], total["changed"], total["ended"])


def _told_to_others(on: date) -> None:
    """The clocks of flags and the duties that rest on the sweep, at every school."""
    schools = list(School.objects.values_list("pk", flat=True))
    refresh(schools=schools, on=on, sources=["flags"])
    for school in schools:
        touch(school=school, slice_="identification")


def _key(group: Group) -> dict[str, Any]:
    return {
        "school_year": group.school_year, "season": group.season, "subject": group.subject, "scale_id": group.scale
    }  # fmt: skip


def _set_aside(group: Group, why: WhyNot, *, on: date, look: str) -> None:
    """Keep that a group was looked at and why nothing can be worked out; what was found before goes."""
    run, _ = Run.objects.update_or_create(
        **_key(group),
        defaults={"ran_on": on, "why_not": why, "pupils": 0, "figures": {}, "sem": None, "normed": False,
                  "new_scale": False, "rule": rules.RULE, "wording": rules.WORDING, "print": look},
    )  # fmt: skip
    Finding.objects.filter(run=run).delete()
    Flag.objects.waiting().filter(run=run).update(ended_on=on, ended=Ended.CLEAR)


def _run_of(task: Task, found: Judged, *, on: date, look: str) -> Run:
    counts = {
        key: {"answered": int(sign.answered.sum()), "fired": int(sign.fires.sum())}
        for key, sign in zip(Sign, found.signs, strict=True)
    }
    run, _ = Run.objects.update_or_create(
        **_key(task.group),
        defaults={"ran_on": on, "why_not": "", "pupils": len(found.pupil), "sem": task.test.sem,
                  "figures": {"signs": counts, "medians": compute.medians(found, task.read)},
                  "normed": task.test.normed, "new_scale": _is_new(task.group),
                  "rule": rules.RULE, "wording": rules.WORDING, "print": look},
    )  # fmt: skip
    return run


def _is_new(group: Group) -> bool:
    """Whether the run before was on another scale only: nothing can be set beside it."""
    before = [run for run in Run.objects.filter(subject=group.subject) if run.order < group.order]
    last = max((run.order for run in before), default=None)
    return last is not None and group.scale not in {run.scale_id for run in before if run.order == last}


def _write_findings(run: Run, rows: Sequence[Row]) -> None:
    Finding.objects.filter(run=run).delete()
    insert_many(
        [
            Finding(
                run_id=run.pk, pupil_id=row.pupil, school_id=row.here.school, percentile=row.percentile,
                before=row.before, among=row.among, here=row.peers_here, how=row.how, below=row.below,
                answered=[sign for sign, said in row.said.items() if said[0]],
                fired=[sign for sign, said in row.said.items() if said[1]],
            )
            for row in rows
        ]
    )  # fmt: skip


@dataclass
class _Flags:
    """What a run does to the flags of its subject."""

    added: list[Flag] = field(default_factory=list)
    changed: list[Flag] = field(default_factory=list)
    ended: list[Flag] = field(default_factory=list)
    renewed: list[Flag] = field(default_factory=list)  # of those changed: asked again by a later point


_REPLACED = (
    "school_id", "run_id", "figure", "error", "points", "among", "here", "inputs", "rule", "wording", "twice", "class_slow",
)  # fmt: skip


def _write_flags(
    run: Run, task: Task, found: Judged, rows: Sequence[Row], roll: Collection[int], *, on: date
) -> tuple[dict[str, int], set[int]]:
    """Raise, bring up to date and end flags; says how many of each and at which schools."""
    if any(other.order > run.order for other in Run.objects.filter(subject=run.subject, why_not="")):
        return {"raised": 0, "changed": 0, "ended": 0}, set()  # an older point looks back and asks nothing
    switched = {Sign(sign) for sign in Switch.objects.on(on).values_list("sign", flat=True)}
    slow = _slow_classes(run, rows, switched, on=on)
    standing = {
        (flag.pupil_id, flag.sign): flag
        for flag in Flag.objects.standing().filter(subject=run.subject).select_related("run")
    }
    work = _Flags()
    for row in rows:
        _of_pupil(work, run, task, found, row, standing, switched, slow, on)
    judged = {row.pupil for row in rows}
    for flag in standing.values():
        gone = flag.run_id == run.pk or flag.pupil_id not in roll
        if gone and flag.pupil_id not in judged and not flag.answer:
            _end(work, flag, Ended.CLEAR, on)
    if work.ended:
        update_many(work.ended, ["ended_on", "ended"])
    if work.changed:
        update_many(work.changed, [name.removesuffix("_id") for name in _REPLACED])
    if work.added:
        insert_many(work.added)
    _tell_of_widening([*work.added, *work.renewed], run, on)
    counted = {"raised": len(work.added), "changed": len(work.changed), "ended": len(work.ended)}
    return counted, {flag.school_id for flag in (*work.added, *work.changed, *work.ended)}


def _of_pupil(
    work: _Flags, run: Run, task: Task, found: Judged, row: Row, standing: Mapping[tuple[int, str], Flag],
    switched: Collection[Sign], slow: Collection[tuple[int, str, str]], on: date,
) -> None:  # fmt: skip
    """One pupil's flags in one subject."""
    for sign, (_, fires, figure, error, points) in row.said.items():
        flag = standing.get((row.pupil, sign))
        if flag is None and not (fires and sign in switched):
            continue
        known = None if flag is None else rules.Flagged(flag.run_id, flag.run.scale_id, bool(flag.answer))
        ends, raises = rules.becomes(known, fires=fires, run=run.pk, scale=run.scale_id, switched_on=sign in switched)
        if flag is not None and ends:
            _end(work, flag, ends, on)
        if not raises and (flag is None or ends or flag.answer):
            continue
        values = {
            "school_id": row.here.school, "run_id": run.pk, "figure": figure, "error": error, "points": points,
            "among": row.among, "here": row.peers_here, "inputs": compute.rests(task, found, row.place).stored(),
            "rule": rules.RULE, "wording": rules.WORDING, "twice": sign is Sign.WIDENS and row.twice,
            "class_slow": (row.here.school, row.here.nc_year, row.here.class_name) in slow,
        }  # fmt: skip
        if raises:
            work.added.append(Flag(pupil_id=row.pupil, subject=run.subject, sign=sign, raised_on=on, **values))
        elif flag is not None and any(getattr(flag, name) != value for name, value in values.items()):
            if flag.run_id != run.pk:
                work.renewed.append(flag)
            for name, value in values.items():
                setattr(flag, name, value)
            work.changed.append(flag)


def _end(work: _Flags, flag: Flag, why: Ended, on: date) -> None:
    flag.ended_on, flag.ended = on, why
    work.ended.append(flag)


def _slow_classes(run: Run, rows: Sequence[Row], switched: Collection[Sign], *, on: date) -> set[tuple[int, str, str]]:
    """The classes of which so many are flagged that the teaching is the likelier cause; their heads are told once."""
    pupils, flagged = Counter[tuple[int, str, str]](), Counter[tuple[int, str, str]]()
    for row in rows:
        place = (row.here.school, row.here.nc_year, row.here.class_name)
        if row.here.class_name and any(answered for answered, *_ in row.said.values()):
            pupils[place] += 1
            flagged[place] += any(row.said[sign][1] for sign in switched)
    rate = sum(flagged.values()) / max(1, sum(pupils.values()))
    slow = {place for place, number in pupils.items() if rules.class_is_slow(flagged[place], number, rate)}
    known = {(s.school_id, s.nc_year, s.class_name): s for s in SlowClass.objects.filter(run=run)}
    SlowClass.objects.filter(pk__in=[row.pk for place, row in known.items() if place not in slow]).delete()
    for place in slow & set(known):
        SlowClass.objects.filter(pk=known[place].pk).update(pupils=pupils[place], flagged=flagged[place], usual=rate)
    fresh = sorted(slow - set(known))
    SlowClass.objects.bulk_create(
        SlowClass(
            run=run, school_id=school, nc_year=year, class_name=name, pupils=pupils[school, year, name],
            flagged=flagged[school, year, name], usual=rate, found_on=on,
        )
        for school, year, name in fresh
    )  # fmt: skip
    says = (
        "So many of {name} are flagged in {subject} that the teaching is the likelier cause. Look at the lessons first."
    )
    _notify(
        [(school, says.format(name=name, subject=SUBJECTS[run.subject].lower())) for school, _, name in fresh],
        {"head"}, "/progress/sweep/", on,
    )  # fmt: skip
    return slow


def _tell_of_widening(flags: Iterable[Flag], run: Run, on: date) -> None:
    """Two points running at which the gap grew: SENCO and headteacher hear of it, by number and without a name."""
    schools = Counter(flag.school_id for flag in flags if flag.twice)
    subject = SUBJECTS[run.subject].lower()
    _notify(
        [
            (school, f"The gap has grown at two points running for {number} {'pupil' if number == 1 else 'pupils'} in {subject}.")
            for school, number in sorted(schools.items())
        ],
        {"senco", "cover_senco", "head"}, "/progress/", on,
    )  # fmt: skip


def _notify(lines: Sequence[tuple[int, str]], roles: Collection[str], url: str, on: date) -> None:
    """Tell whoever holds one of these posts at each school."""
    if not lines:
        return
    held = holds_on(on)
    posts = Post.objects.filter(held, school__in={school for school, _ in lines}, role__in=roles)
    people: dict[int, set[int]] = defaultdict(set)
    for school, person in posts.values_list("school_id", "person_id"):
        people[school].add(person)
    insert_many(
        [
            Notice(to_id=person, school_id=school, kind="progress", says=says, url=url, created_on=on)
            for school, says in lines
            for person in sorted(people[school])
        ]
    )


# --- Answers ----------------------------------------------------------------------------------------------

_TOLD = {Answer.CONFIRM: kinds.CONFIRMED, Answer.DISMISS: kinds.DISMISSED, Answer.EXPLAIN: kinds.EXPLAINED}


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """An answer as typed. `seen` and `tried` are for the concern that a shared worry becomes."""

    answer: Answer
    reason: str = ""
    behind: Sequence[str] = ()
    seen: str = ""
    tried: Sequence[str] = ()


@atomic
def answer(*, pupil: Pupil, flags: Collection[int], draft: AnswerDraft, by: Actor, on: date) -> Concern | None:
    """Answer flags of one pupil. A shared worry goes to the concern queue, with the figures; no status changes."""
    by.must(Permission.FLAGS_ANSWER, pupil.school_id)
    waiting = Flag.objects.visible_to(by, on).waiting().select_for_update(of=("self",))
    rows = list(waiting.filter(pupil=pupil, pk__in=flags))
    refuse(
        rules.may_answer(
            draft.answer, reason=draft.reason, behind=draft.behind, seen=draft.seen,
            standing=bool(rows) and len(rows) == len(set(flags)),
        )
    )  # fmt: skip
    concern = None
    if draft.answer is Answer.CONFIRM:
        concern = raise_concern(pupil=pupil, draft=ConcernDraft(draft.seen, list(draft.tried)), by=by, on=on)
    for row in rows:
        row.answer, row.answered_on, row.answered_by_id = draft.answer, on, by.person_id
        row.reason = draft.reason.strip()
        row.behind = [one for one in draft.behind if one in set(rules.Behind)] if draft.answer is Answer.EXPLAIN else []
        row.concern = concern
        row.save()
    about = ", ".join(f"{SUBJECTS[row.subject].lower()}, {rules.SIGN_WORDS[Sign(row.sign)].lower()}" for row in rows)
    history.record(
        _TOLD[draft.answer], by=by, on=on, about=rows[0].pk, pupil=pupil.pk, school=pupil.school_id,
        why=draft.reason.strip(), flags=about,
    )  # fmt: skip
    refresh(schools=[pupil.school_id], on=on, sources=["flags"])
    touch(school=pupil.school_id, slice_="identification")
    return concern


# --- Switching a sign on and off --------------------------------------------------------------------------


@atomic
def switch_on(*, sign: Sign, shown: Shown | None, by: Actor, on: date) -> Switch:
    """Let a sign raise flags from today; kept with what the director was shown of it."""
    by.must(Permission.SIGNS_KEEP)
    refuse(rules.may_switch(on=True, is_on=Switch.objects.filter(sign=sign, until=None).exists(), shown=shown))
    assert shown is not None
    made = Switch.objects.create(sign=sign, since=on, by_id=by.person_id, shown=asdict(shown))
    history.record(kinds.SWITCHED_ON, by=by, on=on, about=made.pk, sign=rules.SIGN_WORDS[sign].lower(), **asdict(shown))
    return made


@atomic
def switch_off(*, sign: Sign, by: Actor, on: date) -> Switch:
    """Let a sign raise no more flags. Those that wait for an answer end with the next sweep."""
    by.must(Permission.SIGNS_KEEP)
    row = Switch.objects.select_for_update(of=("self",)).filter(sign=sign, until=None).first()
    refuse(rules.may_switch(on=False, is_on=row is not None, shown=None))
    assert row is not None
    row.until, row.ended_by_id = on, by.person_id
    row.save()
    history.record(kinds.SWITCHED_OFF, by=by, on=on, about=row.pk, sign=rules.SIGN_WORDS[sign].lower())
    return row
