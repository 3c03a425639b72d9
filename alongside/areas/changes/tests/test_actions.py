"""Publishing, doing, asking, withdrawing: each verb with the right person beside the wrong one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from alongside.areas.changes import actions
from alongside.areas.changes.models import ChangeNotice, ChangeQuestion, ChangeTask
from alongside.areas.changes.tests.builders import DAY, LOCAL, WHOLE, a_notice, task_of, trust_people
from alongside.areas.duties.models import Touched
from alongside.base.deadlines.actions import refresh
from alongside.base.deadlines.models import Deadline, Stopped
from alongside.base.history.models import Event
from alongside.base.notices.models import Notice
from alongside.base.schools.models import School
from alongside.kit import NotAllowed, Refused
from tests.people import TODAY, World, a_pupil, a_school


@pytest.fixture
def trust(world: World) -> World:
    return trust_people(world)


def clocks() -> set[tuple[str, Any]]:
    return set(Deadline.objects.filter(clock="S03-CHANGE").values_list("school__short_name", "due"))


def test_published_it_is_a_task_and_a_row_of_today_at_each_school(trust: World) -> None:
    notice = a_notice(trust)
    assert set(ChangeTask.objects.values_list("school", flat=True)) == {trust.oakfield.pk, trust.brookside.pk}
    assert clocks() == {("Oakfield Primary", WHOLE.due_on), ("Brookside Primary", WHOLE.due_on)}
    row = Deadline.objects.get(clock="S03-CHANGE", school=trust.oakfield)
    assert (row.owner, row.band, row.url) == ("senco", "rest", f"/changes/{notice.pk}/")
    told = Notice.objects.filter(kind="change.published").values_list("to__given", flat=True)
    assert set(told) == {"Amara", "Hari", "Chloe"}
    assert Touched.objects.filter(slice="changes").exists()
    assert Event.objects.filter(kind="change.published", about_id=notice.pk).count() == 1


@pytest.mark.parametrize("who", ["amara", "hari", "ben", "tess", "dana", "gus", "gwen", "tom", "ewa", "sys", "femi"])
def test_only_the_central_team_and_the_director_write(trust: World, who: str) -> None:
    notice, by = a_notice(trust, by="dev"), trust.actor(who)
    draft = actions.write(draft=WHOLE, by=trust.actor("dina"), on=TODAY)
    question = ChangeQuestion.objects.create(
        notice=notice, asking=trust.oakfield, words="When?", by=trust.amara, on=TODAY
    )
    for verb in (
        lambda: actions.write(draft=WHOLE, by=by, on=TODAY),
        lambda: actions.publish(draft=WHOLE, by=by, on=TODAY),
        lambda: actions.drop(notice=draft, by=by, on=TODAY),
        lambda: actions.add(notice=notice, words="More", by=by, on=TODAY),
        lambda: actions.withdraw(notice=notice, reason="Wrong", by=by, on=TODAY),
        lambda: actions.answer(question=question, words="Now", by=by, on=TODAY),
    ):
        with pytest.raises(NotAllowed):
            verb()
    assert ChangeNotice.objects.count() == 2 and not ChangeQuestion.objects.get().answer


@pytest.mark.parametrize("who", ["chloe", "ben", "tess", "dana", "gus", "gwen", "tom", "dina", "dev", "ewa", "femi"])
def test_only_senco_and_head_of_the_school_do_it(trust: World, who: str) -> None:
    task, by = task_of(a_notice(trust), trust.oakfield), trust.actor(who)
    for verb in (
        lambda: actions.acknowledge(task=task, by=by, on=TODAY),
        lambda: actions.finish(task=task, words="Told", by=by, on=TODAY),
        lambda: actions.ask(task=task, words="When?", by=by, on=TODAY),
    ):
        with pytest.raises(NotAllowed):
            verb()


@pytest.mark.parametrize("field", ["title", "summary", "source", "todo", "effective_on", "due_on"])
def test_a_draft_that_lacks_something_stays_a_draft(trust: World, field: str) -> None:
    empty: Any = None if field.endswith("_on") else ""
    with pytest.raises(Refused) as refusal:
        a_notice(trust, **{field: empty})
    assert refusal.value.field == field
    assert not ChangeNotice.objects.exists() and not ChangeTask.objects.exists()


def test_a_day_that_has_passed_is_refused_and_the_draft_stays_as_it_was(trust: World) -> None:
    draft = actions.write(draft=replace(WHOLE, title="As it was"), by=trust.actor("dev"), on=TODAY)
    with pytest.raises(Refused, match="has passed"):
        actions.publish(draft=replace(WHOLE, due_on=TODAY - DAY), notice=draft, by=trust.actor("dev"), on=TODAY)
    draft.refresh_from_db()
    assert (draft.title, draft.published_on) == ("As it was", None)


def test_a_published_notice_keeps_its_words(trust: World) -> None:
    notice = a_notice(trust)
    for verb in (
        lambda: actions.write(draft=replace(WHOLE, todo="Other"), notice=notice, by=trust.actor("dina"), on=TODAY),
        lambda: actions.publish(draft=replace(WHOLE, todo="Other"), notice=notice, by=trust.actor("dina"), on=TODAY),
        lambda: actions.drop(notice=notice, by=trust.actor("dina"), on=TODAY),
    ):
        with pytest.raises(Refused, match="words stay"):
            verb()
    notice.refresh_from_db()
    assert notice.todo == WHOLE.todo and ChangeTask.objects.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        ChangeNotice.objects.filter(pk=notice.pk).update(todo="")
    actions.add(notice=notice, words="The form is on the website.", by=trust.actor("dev"), on=TODAY + DAY)
    assert [(each.words, each.on) for each in notice.additions.all()] == [("The form is on the website.", TODAY + DAY)]


def test_a_local_change_goes_to_the_schools_of_its_authority(trust: World) -> None:
    School.objects.filter(pk=trust.brookside.pk).update(la="202")
    notice = a_notice(trust, draft=LOCAL)
    assert list(notice.tasks.values_list("school", flat=True)) == [trust.oakfield.pk]
    with pytest.raises(Refused) as refusal:
        a_notice(trust, draft=LOCAL, la="999")
    assert refusal.value.field == "la"


def test_schools_whose_authority_is_not_known_are_ticked_and_others_cannot_be(trust: World) -> None:
    School.objects.filter(pk=trust.brookside.pk).update(la="")
    ticked = (trust.brookside.pk, trust.oakfield.pk, 987_654_321)
    notice = a_notice(trust, draft=LOCAL, la="", schools=ticked)
    assert list(notice.tasks.values_list("school", flat=True)) == [trust.brookside.pk]
    both = a_notice(trust, draft=LOCAL, schools=ticked)
    assert both.tasks.count() == 2
    national = a_notice(trust, draft=LOCAL, reach="national")
    assert (national.la, national.council, national.schools) == ("", "", [])


def test_done_the_clock_stops_and_late_it_stays(trust: World) -> None:
    notice = a_notice(trust)
    task = task_of(notice, trust.oakfield)
    actions.acknowledge(task=task, by=trust.actor("amara"), on=TODAY)
    assert "Acknowledged" in Deadline.objects.get(clock="S03-CHANGE", school=trust.oakfield).progress
    with pytest.raises(Refused, match="already"):
        actions.acknowledge(task=task, by=trust.actor("hari"), on=TODAY)
    with pytest.raises(Refused, match="few words"):
        actions.finish(task=task, words=" ", by=trust.actor("amara"), on=TODAY)
    actions.finish(task=task, words="Staff were told.", by=trust.actor("amara"), on=TODAY + DAY)
    assert clocks() == {("Brookside Primary", WHOLE.due_on)}
    assert Stopped.objects.get(clock="S03-CHANGE").school == trust.oakfield
    with pytest.raises(Refused, match="already"):
        actions.finish(task=task, words="Again.", by=trust.actor("hari"), on=TODAY + DAY)
    later = TODAY + 60 * DAY
    refresh(schools=[trust.oakfield.pk, trust.brookside.pk], on=later)
    assert clocks() == {("Brookside Primary", WHOLE.due_on)}
    theirs = task_of(notice, trust.brookside)
    actions.finish(task=theirs, words="Done now.", by=trust.actor("chloe"), on=later)
    theirs.refresh_from_db()
    assert theirs.acknowledged_on == later and clocks() == set()


def test_a_withdrawn_notice_asks_for_nothing(trust: World) -> None:
    notice = a_notice(trust)
    task = task_of(notice, trust.oakfield)
    with pytest.raises(Refused) as refusal:
        actions.withdraw(notice=notice, reason="", by=trust.actor("dev"), on=TODAY)
    assert refusal.value.field == "reason"
    actions.withdraw(notice=notice, reason="The council took it back.", by=trust.actor("dev"), on=TODAY)
    assert clocks() == set()
    assert Notice.objects.filter(kind="change.withdrawn").count() == 3
    for verb in (
        lambda: actions.acknowledge(task=task, by=trust.actor("amara"), on=TODAY),
        lambda: actions.finish(task=task, words="Told", by=trust.actor("amara"), on=TODAY),
        lambda: actions.ask(task=task, words="When?", by=trust.actor("amara"), on=TODAY),
        lambda: actions.add(notice=notice, words="More", by=trust.actor("dina"), on=TODAY),
        lambda: actions.withdraw(notice=notice, reason="Again", by=trust.actor("dina"), on=TODAY),
    ):
        with pytest.raises(Refused):
            verb()


def test_a_question_is_answered_once_and_whoever_asked_is_told(trust: World) -> None:
    task = task_of(a_notice(trust), trust.oakfield)
    asked = actions.ask(task=task, words="From which day?", by=trust.actor("amara"), on=TODAY)
    assert set(Notice.objects.filter(kind="change.asked").values_list("to__given", flat=True)) == {"Dina", "Dev"}
    actions.answer(question=asked, words="From Monday.", by=trust.actor("dev"), on=TODAY)
    assert Notice.objects.get(kind="change.answered").to == trust.amara
    with pytest.raises(Refused, match="already"):
        actions.answer(question=asked, words="From Tuesday.", by=trust.actor("dina"), on=TODAY)
    assert ChangeQuestion.objects.get().answer == "From Monday."


def test_no_pupil_is_named_where_other_schools_read(trust: World) -> None:
    a_pupil(trust.oakfield, "Kuba", "Zielak")
    task = task_of(a_notice(trust), trust.oakfield)
    for verb in (actions.ask, actions.finish):
        with pytest.raises(Refused, match="pupil’s name"):
            verb(task=task, words="Does it hold for kuba zielak?", by=trust.actor("amara"), on=TODAY)
    asked = actions.ask(task=task, words="Does it hold for Year Four?", by=trust.actor("amara"), on=TODAY)
    with pytest.raises(Refused, match="looks like a name"):
        actions.answer(question=asked, words="Yes, for Kuba Zielak too.", by=trust.actor("dev"), on=TODAY)
    actions.answer(question=asked, words="Yes. The Letter says so: New Referral form.", by=trust.actor("dev"), on=TODAY)


def test_a_draft_is_thrown_away_and_leaves_its_line(trust: World) -> None:
    draft = actions.write(draft=replace(WHOLE, summary="", due_on=None), by=trust.actor("dev"), on=TODAY)
    assert clocks() == set()
    actions.drop(notice=draft, by=trust.actor("dina"), on=TODAY)
    assert not ChangeNotice.objects.exists()
    assert Event.objects.filter(kind="change.dropped").count() == 1


def test_the_cover_senco_does_what_the_senco_does(trust: World) -> None:
    from tests.people import a_person, a_post

    trust.people["cora"] = a_person("Cora")
    a_post(trust.cora, "cover_senco", trust.oakfield)
    task = task_of(a_notice(trust), trust.oakfield)
    actions.finish(task=task, words="Staff were told.", by=trust.actor("cora"), on=TODAY)
    task.refresh_from_db()
    assert task.done_by == trust.cora
    assert Notice.objects.filter(kind="change.published", to=trust.cora).exists()


def test_a_school_without_anybody_has_its_task_all_the_same(trust: World) -> None:
    empty = a_school("Emptyfield Primary School")
    from alongside.base.access.scope import scope

    with scope([trust.oakfield.pk, trust.brookside.pk, empty.pk]):
        notice = a_notice(trust)
        assert notice.tasks.filter(school=empty).count() == 1
