"""Write, publish, add to and withdraw a change notice; acknowledge and do what it asks; ask about it and answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.transaction import atomic

from alongside.areas.changes import kinds, rules
from alongside.areas.changes.models import ChangeAddition, ChangeNotice, ChangeQuestion, ChangeTask
from alongside.areas.changes.queries import concerned, school_people, trust_people
from alongside.areas.changes.rules import Draft, Reach
from alongside.areas.duties.actions import touch_trust
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.deadlines.actions import refresh
from alongside.base.history import actions as history
from alongside.base.notices.actions import tell
from alongside.base.pupils.unnamed import no_name
from alongside.kit import refuse
from alongside.law.dates import day_words
from alongside.law.refusal import Refusal

P = Permission


# --- The notice -------------------------------------------------------------------------------------------


@atomic
def write(*, draft: Draft, by: Actor, on: date, notice: ChangeNotice | None = None) -> ChangeNotice:
    """Keep a draft, a new one or one begun before. Refused once it is published: schools work by what they were sent."""
    by.must(P.CHANGES_KEEP)
    row = _locked(notice) if notice else ChangeNotice(written_on=on, by_id=by.person_id)
    refuse(rules.may_change(published=row.published_on is not None), rules.check_draft(draft))
    local = draft.reach == Reach.LOCAL
    row.title, row.reach, row.link = draft.title.strip(), draft.reach, draft.link
    row.council, row.la = (draft.council.strip(), draft.la) if local else ("", "")
    row.schools = sorted(set(draft.schools)) if local else []
    row.summary, row.source, row.todo = draft.summary.strip(), draft.source.strip(), draft.todo.strip()
    row.effective_on, row.due_on, row.why_late = draft.effective_on, draft.due_on, draft.why_late.strip()
    row.save()
    if notice is None:
        history.record(kinds.WRITTEN, by=by, on=on, about=row.pk, title=row.title)
    return row


@atomic
def drop(*, notice: ChangeNotice, by: Actor, on: date) -> None:
    """Throw a draft away. What was published is withdrawn instead, and stays to be read."""
    by.must(P.CHANGES_KEEP)
    row = _locked(notice)
    refuse(rules.may_change(published=row.published_on is not None))
    history.record(kinds.DROPPED, by=by, on=on, about=row.pk, title=row.title)
    row.delete()


@atomic
def publish(*, draft: Draft, by: Actor, on: date, notice: ChangeNotice | None = None) -> ChangeNotice:
    """Send a notice out: each school that it concerns has a task by its day, and those who do it are told."""
    row = write(draft=draft, by=by, on=on, notice=notice)
    schools = concerned(row)
    refuse(rules.may_publish(row.draft(), concerned=schools, on=on))
    row.published_on, row.published_by_id = on, by.person_id
    row.save(update_fields=["published_on", "published_by"])
    ChangeTask.objects.bulk_create(ChangeTask(notice=row, school_id=school) for school in schools)
    assert row.due_on is not None
    history.record(
        kinds.PUBLISHED, by=by, on=on, about=row.pk, title=row.title, schools=len(schools), due=day_words(row.due_on)
    )
    _tell_schools(
        row, "change.published", f"A change to put into practice by {day_words(row.due_on)}: {row.title}.", on
    )
    _changed(schools, on)
    return row


@atomic
def add(*, notice: ChangeNotice, words: str, by: Actor, on: date) -> ChangeAddition:
    """Add something to a published notice, with its day. Its own words stay."""
    by.must(P.CHANGES_KEEP)
    row = _locked(notice)
    refuse(rules.may_add(words, standing=row.stands))
    made = ChangeAddition.objects.create(notice=row, words=words.strip(), on=on, by_id=by.person_id)
    history.record(kinds.ADDED, by=by, on=on, about=row.pk, title=row.title)
    _tell_schools(row, "change.added", f"Something was added to a change notice: {row.title}.", on)
    return made


@atomic
def withdraw(*, notice: ChangeNotice, reason: str, by: Actor, on: date) -> ChangeNotice:
    """Take a notice back, with the reason. It stays to be read, and asks nothing of anybody any more."""
    by.must(P.CHANGES_KEEP)
    row = _locked(notice)
    withdrawn = row.withdrawn_on is not None
    refuse(rules.may_withdraw(published=row.published_on is not None, withdrawn=withdrawn, reason=reason))
    row.withdrawn_on, row.withdrawn_by_id, row.reason = on, by.person_id, reason.strip()
    row.save(update_fields=["withdrawn_on", "withdrawn_by", "reason"])
    history.record(kinds.WITHDRAWN, by=by, on=on, about=row.pk, title=row.title, why=row.reason)
    _tell_schools(row, "change.withdrawn", f"A change notice was withdrawn: {row.title}.", on)
    _changed(list(row.tasks.values_list("school", flat=True)), on)
    return row


# --- A school's task --------------------------------------------------------------------------------------


@atomic
def acknowledge(*, task: ChangeTask, by: Actor, on: date) -> ChangeTask:
    """Say that the school has seen the change and will put it into practice. Its day stays."""
    by.must(P.CHANGES, task.school_id)
    row = _own(task)
    refuse(rules.may_acknowledge(standing=row.notice.stands, acknowledged=row.acknowledged_on is not None))
    row.acknowledged_on, row.acknowledged_by_id = on, by.person_id
    row.save(update_fields=["acknowledged_on", "acknowledged_by"])
    history.record(kinds.ACKNOWLEDGED, by=by, on=on, about=row.pk, school=row.school_id, title=row.notice.title)
    _changed([row.school_id], on)
    return row


@atomic
def finish(*, task: ChangeTask, words: str, by: Actor, on: date) -> ChangeTask:
    """Note what the school has done about the change. Whoever has done it has seen it, so it is acknowledged too."""
    by.must(P.CHANGES, task.school_id)
    row = _own(task)
    refuse(
        rules.may_finish(words, standing=row.notice.stands, done=row.done_on is not None),
        _no_name(words, row.notice, by, row.school_id),
    )
    if row.acknowledged_on is None:
        row.acknowledged_on, row.acknowledged_by_id = on, by.person_id
    row.done_on, row.done_by_id, row.words = on, by.person_id, words.strip()
    row.save()
    history.record(
        kinds.DONE, by=by, on=on, about=row.pk, school=row.school_id, title=row.notice.title, words=row.words
    )
    _changed([row.school_id], on)
    return row


# --- The thread -------------------------------------------------------------------------------------------


@atomic
def ask(*, task: ChangeTask, words: str, by: Actor, on: date) -> ChangeQuestion:
    """Ask about a change for one's school. Every school that has the notice reads it."""
    by.must(P.CHANGES, task.school_id)
    row = _own(task)
    refuse(rules.may_ask(words, standing=row.notice.stands), _no_name(words, row.notice, by, row.school_id))
    made = ChangeQuestion.objects.create(
        notice=row.notice, asking_id=row.school_id, words=words.strip(), by_id=by.person_id, on=on
    )
    history.record(
        kinds.ASKED, by=by, on=on, about=made.pk, school=row.school_id, title=row.notice.title, words=made.words
    )
    says = f"{row.school.short_name} asked about a change: {row.notice.title}."
    for person in trust_people(on=on):
        if person != by.person_id:
            tell(
                person_id=person,
                school_id=row.school_id,
                kind="change.asked",
                says=says,
                url=_url(row.notice_id),
                on=on,
            )
    return made


@atomic
def answer(*, question: ChangeQuestion, words: str, by: Actor, on: date) -> ChangeQuestion:
    """Answer a school's question for all schools. An answer stands as it was given."""
    by.must(P.CHANGES_KEEP)
    row = ChangeQuestion.objects.select_for_update().get(pk=question.pk)
    refuse(
        rules.may_answer(words, answered=row.answered_on is not None), _no_name(words, row.notice, by, row.asking_id)
    )
    row.answer, row.answered_on, row.answered_by_id = words.strip(), on, by.person_id
    row.save(update_fields=["answer", "answered_on", "answered_by"])
    title = row.notice.title
    history.record(
        kinds.ANSWERED, by=by, on=on, about=row.pk, school=row.asking_id, title=title, words=row.answer
    )  # fmt: skip
    says = f"Your question about a change was answered: {title}."
    tell(
        person_id=row.by_id, school_id=row.asking_id, kind="change.answered", says=says, url=_url(row.notice_id), on=on
    )
    return row


# --- Parts ------------------------------------------------------------------------------------------------


def _locked(notice: ChangeNotice) -> ChangeNotice:
    return ChangeNotice.objects.select_for_update().get(pk=notice.pk)


def _own(task: ChangeTask) -> ChangeTask:
    """The task as it stands now, held, so that two people do not do it twice."""
    return ChangeTask.objects.select_for_update(of=("self",)).select_related("notice", "school").get(pk=task.pk)


def _no_name(words: str, notice: ChangeNotice, by: Actor, school: int) -> Refusal | None:
    """Other schools and the central team read this, so it names no pupil; the notice's own words are no names."""
    own = f"{notice.title} {notice.council} {notice.source} {notice.summary} {notice.todo}"
    return no_name(words, school=school, by=by, readers="other schools and the central team read this", known=own)


def _tell_schools(notice: ChangeNotice, kind: str, says: str, on: date) -> None:
    for school, person in school_people(notice.tasks.values_list("school", flat=True), on=on):
        tell(person_id=person, school_id=school, kind=kind, says=says, url=_url(notice.pk), on=on)


def _changed(schools: Iterable[int], on: date) -> None:
    refresh(schools=schools, on=on, sources=["changes"])
    touch_trust(slice_="changes")


def _url(notice: int) -> str:
    return f"/changes/{notice}/"
