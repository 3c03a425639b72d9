"""The verbs of the register: what they leave behind, and what they refuse."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alongside.areas.concerns import actions as concerns
from alongside.areas.concerns.models import Concern
from alongside.areas.register import actions, rules
from alongside.areas.register.models import Check, Decision, Disability, Need, PlanRecord, SavedView, Status
from alongside.areas.register.tests.builders import a_decision, limbs, on_plan, on_support
from alongside.base.access.scope import scope
from alongside.base.deadlines.models import Deadline
from alongside.base.history.models import Event, Viewing
from alongside.base.notices.models import Notice
from alongside.kit import NotAllowed, NotFound, Refused
from tests.people import TODAY, World, a_pupil

DAY = timedelta(days=1)
SPRING = TODAY - timedelta(weeks=30)


def test_a_decision_waits_until_the_parent_was_told(world: World) -> None:
    amara, pupil = world.actor("amara"), a_pupil(world.oakfield)
    decision = a_decision(pupil=pupil, by=amara, on=TODAY)
    assert Deadline.objects.get(pupil_id=pupil.pk, clock="GA-04").url.endswith(f"/{decision.pk}/tell/")
    with pytest.raises(Refused, match="You cannot make this SEN support yet"):
        actions.place(decision=decision, starts_on=TODAY, by=amara, on=TODAY)
    assert not Status.objects.filter(pupil=pupil).exists()
    assert not Need.objects.filter(pupil=pupil).exists(), "needs stand once the decision takes effect"

    actions.tell_parent(decision=decision, telling=actions.Telling(TODAY, "meeting"), by=amara, on=TODAY)
    assert not Deadline.objects.filter(pupil_id=pupil.pk, clock="GA-04").exists()
    status = actions.place(decision=decision, starts_on=TODAY, by=amara, on=TODAY)

    assert (status.code, status.since, status.until) == ("K", TODAY, None)
    assert list(Need.objects.filter(pupil=pupil).values_list("code", "rank", "area")) == [("SLCN", 1, "C&I")]
    kinds = list(Event.objects.filter(pupil_id=pupil.pk).order_by("pk").values_list("kind", flat=True))
    assert kinds == ["register.decided", "register.told", "register.joined"]


@pytest.mark.parametrize(
    ("telling", "says"),
    [
        (actions.Telling(), "Say when the parent was told, or why they were not"),
        (actions.Telling(TODAY + DAY, "call"), "in the future"),
        (actions.Telling(TODAY), "Say how the parent was told"),
    ],
)
def test_telling_has_a_day_and_a_way(world: World, telling: actions.Telling, says: str) -> None:
    amara = world.actor("amara")
    decision = a_decision(pupil=a_pupil(world.oakfield), by=amara, on=TODAY)
    with pytest.raises(Refused, match=says):
        actions.tell_parent(decision=decision, telling=telling, by=amara, on=TODAY)
    assert Decision.objects.get(pk=decision.pk).told_on is None


def test_a_lawful_reason_stands_in_for_telling(world: World) -> None:
    amara = world.actor("amara")
    decision = a_decision(pupil=a_pupil(world.oakfield), by=amara, on=TODAY)
    actions.tell_parent(
        decision=decision, telling=actions.Telling(not_told_because="A court order."), by=amara, on=TODAY
    )
    assert actions.place(decision=decision, starts_on=TODAY, by=amara, on=TODAY).code == "K"


def test_a_decision_takes_effect_once(world: World) -> None:
    amara = world.actor("amara")
    decision = a_decision(pupil=a_pupil(world.oakfield), by=amara, on=TODAY)
    actions.tell_parent(decision=decision, telling=actions.Telling(TODAY, "call"), by=amara, on=TODAY)
    actions.place(decision=decision, starts_on=TODAY, by=amara, on=TODAY)
    with pytest.raises(Refused, match="already taken effect"):
        actions.place(decision=decision, starts_on=TODAY, by=amara, on=TODAY)
    with pytest.raises(Refused, match="Take the pupil off"):
        actions.withdraw(decision=decision, why="Wrong pupil.", by=amara, on=TODAY)


def test_a_decision_can_be_taken_back_with_a_reason(world: World) -> None:
    amara, pupil = world.actor("amara"), a_pupil(world.oakfield)
    decision = a_decision(pupil=pupil, by=amara, on=TODAY)
    with pytest.raises(Refused, match="Say why"):
        actions.withdraw(decision=decision, why=" ", by=amara, on=TODAY)
    actions.withdraw(decision=decision, why="Wrong pupil.", by=amara, on=TODAY)
    assert not Decision.objects.filter(pupil=pupil).exists()
    assert not Deadline.objects.filter(pupil_id=pupil.pk, clock="GA-04").exists()
    assert Event.objects.get(kind="register.withdrawn").why == "Wrong pupil."


def test_a_plan_needs_its_record_and_no_telling(world: World) -> None:
    amara, pupil = world.actor("amara"), a_pupil(world.oakfield)
    draft = actions.DecisionDraft("E", limbs(TODAY), [rules.NeedDraft("ASD", 1)])
    with pytest.raises(Refused, match="which council made it"):
        actions.decide(pupil=pupil, draft=draft, by=amara, on=TODAY)

    status = on_plan(pupil=pupil, by=amara, on=TODAY)
    assert status.code == "E"
    assert not Deadline.objects.filter(pupil_id=pupil.pk, clock="GA-04").exists()
    assert Deadline.objects.get(pupil_id=pupil.pk, clock="AR-01").due == TODAY.replace(year=2027) - DAY


def test_a_plan_after_support_leaves_no_gap_and_no_overlap(world: World) -> None:
    amara, pupil = world.actor("amara"), a_pupil(world.oakfield)
    on_support(pupil=pupil, by=amara, on=SPRING)
    on_plan(pupil=pupil, by=amara, on=TODAY)
    stretches = list(Status.objects.filter(pupil=pupil).order_by("since").values_list("code", "since", "until"))
    assert stretches == [("K", SPRING, TODAY - DAY), ("E", TODAY, None)]
    assert list(Need.objects.filter(pupil=pupil, until=None).values_list("code", flat=True)) == ["ASD"]


def test_coming_off_ends_status_and_needs(world: World) -> None:
    amara, pupil = world.actor("amara"), a_pupil(world.oakfield)
    on_support(pupil=pupil, by=amara, on=SPRING)
    words = {"parent_view": "Pleased.", "pupil_view": "I can.", "no_views_because": ""}
    with pytest.raises(Refused, match="Say why special provision"):
        actions.take_off(pupil=pupil, reason="", by=amara, on=TODAY, **words)
    actions.take_off(pupil=pupil, reason="Holds the aims without help.", by=amara, on=TODAY, **words)
    assert Status.objects.get(pupil=pupil).until == TODAY
    assert not Need.objects.filter(pupil=pupil, until=None).exists()
    with pytest.raises(Refused, match="already has SEN support"):
        on_support(pupil=pupil, by=amara, on=TODAY)  # its last day
    with pytest.raises(Refused, match="Start on a later day"):
        actions.change_status(pupil=pupil, code="K", since=TODAY, decision=None)
    with pytest.raises(Refused, match="not on the register"):
        actions.take_off(pupil=pupil, reason="Again.", by=amara, on=TODAY + DAY, **words)
    assert on_support(pupil=pupil, by=amara, on=TODAY + DAY).since == TODAY + DAY, "a pupil may come back"


def test_only_the_council_ends_a_plan(world: World) -> None:
    amara, pupil = world.actor("amara"), a_pupil(world.oakfield)
    on_plan(pupil=pupil, by=amara, on=SPRING)
    words = {"parent_view": "Yes.", "pupil_view": "Yes.", "no_views_because": ""}
    with pytest.raises(Refused, match="The council ends an EHC plan"):
        actions.take_off(pupil=pupil, reason="Enough.", by=amara, on=TODAY, **words)
    with pytest.raises(Refused, match="before it was made"):
        actions.end_plan(pupil=pupil, ceased_on=SPRING - DAY, why="Moved.", by=amara, on=TODAY)
    actions.end_plan(pupil=pupil, ceased_on=TODAY, why="The aims are met.", by=amara, on=TODAY)
    assert PlanRecord.objects.get(pupil=pupil).ceased_on == TODAY
    assert not Deadline.objects.filter(pupil_id=pupil.pk, clock="AR-01").exists()
    actions.take_off(pupil=pupil, reason="The council ended the plan.", by=amara, on=TODAY, **words)
    assert not Status.objects.on(TODAY + DAY).filter(pupil=pupil).exists()


@pytest.mark.parametrize(
    ("made", "reviewed", "says"),
    [
        (DAY, None, "The plan cannot have been made in the future"),
        (-DAY, DAY, "The review cannot have been decided in the future"),
        (-DAY, -2 * DAY, "A review comes after the plan was made"),
    ],
)
def test_a_plan_and_its_review_have_happened_in_their_order(
    world: World, made: timedelta, reviewed: timedelta | None, says: str
) -> None:
    amara, pupil = world.actor("amara"), a_pupil(world.oakfield)
    given = {"pupil": pupil, "la": "Fernshire", "by": amara, "on": TODAY}
    with pytest.raises(Refused, match=says):
        actions.record_plan(**given, made_on=TODAY + made, reviewed_on=TODAY + reviewed if reviewed else None)  # type: ignore[arg-type]
    assert not PlanRecord.objects.filter(pupil=pupil).exists()
    actions.record_plan(**given, made_on=TODAY, reviewed_on=TODAY)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="The plan cannot have ended in the future"):
        actions.end_plan(pupil=pupil, ceased_on=TODAY + DAY, why="Moved.", by=amara, on=TODAY)
    assert PlanRecord.objects.get(pupil=pupil).ceased_on is None


def test_changed_needs_keep_their_dates(world: World) -> None:
    amara, pupil = world.actor("amara"), a_pupil(world.oakfield)
    on_support(pupil=pupil, by=amara, on=SPRING)
    needs = [rules.NeedDraft("MLD", 1), rules.NeedDraft("SLCN", 2)]
    actions.change_needs(pupil=pupil, needs=needs, by=amara, on=TODAY, why="Reading test")
    rows = list(
        Need.objects.filter(pupil=pupil).order_by("since", "rank").values_list("code", "rank", "since", "until")
    )
    assert rows == [("SLCN", 1, SPRING, TODAY - DAY), ("MLD", 1, TODAY, None), ("SLCN", 2, TODAY, None)]
    with pytest.raises(Refused, match="on the register"):
        actions.change_needs(pupil=a_pupil(world.oakfield, "Billy", "Frost"), needs=needs, by=amara, on=TODAY, why="")


def test_disability_is_a_separate_answer(world: World) -> None:
    amara, pupil = world.actor("amara"), a_pupil(world.oakfield)
    with pytest.raises(Refused, match="Say who told us"):
        actions.answer_disability(pupil=pupil, draft=actions.DisabilityDraft(known=False), by=amara, on=TODAY)
    draft = actions.DisabilityDraft(known=False, source="the family")
    assert actions.answer_disability(pupil=pupil, draft=draft, by=amara, on=TODAY).known is False
    known = actions.DisabilityDraft(True, "Epilepsy", True, True, "Tired after a seizure.", "Rest place", "a report")
    actions.answer_disability(pupil=pupil, draft=known, by=amara, on=TODAY)
    assert Disability.objects.get(pupil=pupil).impairment == "Epilepsy"
    assert not Status.objects.filter(pupil=pupil).exists(), "a disability is not SEN"


def test_many_checks_in_a_minute_are_questioned(world: World) -> None:
    amara = world.actor("amara")
    pupils = [a_pupil(world.oakfield, f"Pupil{n}", "Lark") for n in range(rules.HASTE + 1)]
    for pupil in pupils[:-1]:
        actions.check(pupil=pupil, by=amara, on=TODAY)
    with pytest.raises(Refused, match="10 records within a minute"):
        actions.check(pupil=pupils[-1], by=amara, on=TODAY)
    actions.check(pupil=pupils[-1], by=amara, on=TODAY, sure=True)
    assert Check.objects.count() == len(pupils)


def test_a_placed_pupil_answers_the_concern_behind_it(world: World) -> None:
    amara, pupil = world.actor("amara"), a_pupil(world.oakfield)
    worry = concerns.raise_concern(
        pupil=pupil, draft=concerns.ConcernDraft("Loses his place in every line."), by=world.actor("ben"), on=TODAY
    )
    decision = a_decision(pupil=pupil, by=amara, on=TODAY, concern_id=worry.pk)
    assert Concern.objects.get(pk=worry.pk).closed_on is None
    actions.tell_parent(decision=decision, telling=actions.Telling(TODAY, "meeting"), by=amara, on=TODAY)
    actions.place(decision=decision, starts_on=TODAY, by=amara, on=TODAY)
    closed = Concern.objects.get(pk=worry.pk)
    assert closed.closed_on == TODAY and "now has SEN support" in closed.answer
    assert Notice.objects.filter(to=world.ben, kind="concern").exists()


@pytest.mark.parametrize("name", ["ben", "dana", "chloe", "dev", "tess"])
def test_only_those_who_keep_the_register_decide(world: World, name: str) -> None:
    pupil = a_pupil(world.oakfield)
    with pytest.raises(NotAllowed):
        a_decision(pupil=pupil, by=world.actor(name), on=TODAY)


def test_a_view_is_ones_own(world: World) -> None:
    amara = world.actor("amara")
    with scope(person=world.amara.pk):
        view = actions.keep_view(name="Watch list", query="status=K", by=amara)
        with pytest.raises(Refused, match="already have a view"):
            actions.keep_view(name="watch list ", query="", by=amara)
    with scope(person=world.hari.pk), pytest.raises(NotFound):
        actions.drop_view(view_id=view.pk, by=world.actor("hari"))
    with scope(person=world.amara.pk):
        actions.drop_view(view_id=view.pk, by=amara)
        assert not SavedView.objects.exists()
    with pytest.raises(NotAllowed):
        actions.keep_view(name="Mine", query="", by=world.actor("ben"))


def test_what_is_taken_away_is_written_down(world: World) -> None:
    pupils = [a_pupil(world.oakfield).pk, a_pupil(world.oakfield, "Billy", "Frost").pk]
    actions.take_away(
        school=world.oakfield.pk, pupils=pupils, how="on paper", which="Status: SEN support.",
        by=world.actor("amara"), on=TODAY,
    )  # fmt: skip
    assert Event.objects.get(kind="register.taken_away").facts["pupils"] == 2
    assert set(Viewing.objects.values_list("pupil_id", "page")) == {(pk, "register, on paper") for pk in pupils}
