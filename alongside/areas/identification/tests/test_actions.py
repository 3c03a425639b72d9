"""The sweep and the answers to it, by facts."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps

from alongside.areas.assessment.models import Result, Scale
from alongside.areas.assessment.rules import Kind, Season
from alongside.areas.concerns.models import Concern
from alongside.areas.identification import actions, compute, queries, rules
from alongside.areas.identification.models import Finding, Flag, Run, SlowClass, Switch
from alongside.areas.identification.rules import Answer, Behind, Ended, Sign, WhyNot
from alongside.areas.identification.tests.builders import (
    SHOWN,
    a_director,
    a_run_of_scores,
    a_scale,
    a_sitting,
    a_year_group,
    results,
    swept,
    switched_on,
)
from alongside.areas.register.models import Decision, Status
from alongside.base.deadlines.models import Deadline
from alongside.base.history.models import Event
from alongside.base.notices.models import Notice
from alongside.base.pupils.models import Pupil
from alongside.kit import NotAllowed, Refused
from tests.people import TODAY, World, a_class, teaches

FlagEvent = apps.get_model("identification", "FlagEvent")
STEADY = (100.0, 100.0, 100.0)
FALLS = (100.0, 92.0, 80.0)


@pytest.fixture
def kuba(world: World) -> Pupil:
    """Kuba falls behind; nine others of his class stay where they were. Mr Whitlock teaches them."""
    pupils = a_year_group(world.oakfield, 10)
    teaches(world.ben, a_class(world.oakfield, *pupils))
    a_run_of_scores(a_scale(), [(pupils[0], FALLS), *((pupil, STEADY) for pupil in pupils[1:])])
    return pupils[0]


def test_every_sign_is_off_until_somebody_switches_it_on(world: World, kuba: Pupil) -> None:
    assert swept().raised == 0 and not Flag.objects.exists()
    found = Finding.objects.get(pupil=kuba)
    assert Sign.WIDENS in found.fired and Sign.SLOWER not in found.answered, "it runs, and says what it cannot say"
    assert found.how == "not enough pupils to say"


def test_a_flag_holds_what_it_rests_on_and_is_worked_out_again_from_it(world: World, kuba: Pupil) -> None:
    switched_on(*Sign, by=world.hari)
    swept()
    flags = list(Flag.objects.filter(pupil=kuba))
    assert {flag.sign for flag in flags} == {Sign.WIDENS, Sign.GAP}
    for flag in flags:
        flag.refresh_from_db()
        said = next(one for one in rules.again(flag.rests()) if one.sign == flag.sign)
        assert (said.fires, said.figure, said.error, said.points) == (True, flag.figure, flag.error, flag.points)
        assert (flag.rule, flag.wording) == (rules.RULE, rules.WORDING)
        assert flag.rests().scores == FALLS and flag.points == 3
    assert Flag.objects.exclude(pupil=kuba).count() == 0


def test_swept_twice_nothing_changes(world: World, kuba: Pupil) -> None:
    switched_on(*Sign, by=world.hari)
    first, kept = swept(), list(Flag.objects.order_by("pk").values())
    again = swept()
    assert first.raised == 2 and (again.raised, again.changed, again.ended) == (0, 0, 0)
    assert list(Flag.objects.order_by("pk").values()) == kept
    assert FlagEvent.objects.count() == len(kept), "no version of a row was written for nothing"


def test_a_sweep_that_found_nothing_new_leaves_no_line_in_history(world: World, kuba: Pupil) -> None:
    switched_on(Sign.WIDENS, by=world.hari)
    swept()
    swept()
    assert Event.objects.filter(kind="sweep.done").count() == 1
    Result.objects.filter(pupil=kuba, sitting__point__school_year=2026).update(score=79)
    swept()
    assert Event.objects.filter(kind="sweep.done").count() == 2


def test_the_manuals_figure_is_reason_to_sweep_again(world: World, kuba: Pupil) -> None:
    groups = compute.newest(TODAY)
    assert queries.behind(groups) == groups
    swept()
    assert queries.behind(groups) == []
    Scale.objects.update(reliability=Decimal("0.95"))
    assert queries.behind(groups) == groups


def test_a_flag_that_no_longer_fires_ends_and_stays_in_the_record(world: World, kuba: Pupil) -> None:
    switched_on(Sign.WIDENS, by=world.hari)
    swept()
    Result.objects.filter(pupil=kuba, sitting__point__school_year=2026).update(score=99)
    assert swept().ended == 1
    flag = Flag.objects.get(pupil=kuba)
    assert (flag.ended, flag.ended_on, flag.answer) == (Ended.CLEAR, TODAY, "")
    assert FlagEvent.objects.filter(pgh_obj_id=flag.pk).count() == 2
    assert not Deadline.objects.filter(clock="S04-FLAG").exists()


def test_an_unanswered_flag_keeps_its_clock_when_its_figures_change(world: World, kuba: Pupil) -> None:
    switched_on(Sign.WIDENS, by=world.hari, on=TODAY - timedelta(days=9))
    swept(TODAY - timedelta(days=7))
    Result.objects.filter(pupil=kuba, sitting__point__school_year=2026).update(score=79)
    assert swept().changed == 1
    flag = Flag.objects.get(pupil=kuba)
    assert (flag.figure, flag.raised_on) == (-21.0, TODAY - timedelta(days=7))


def test_a_later_point_asks_anew_what_was_answered(world: World, kuba: Pupil) -> None:
    switched_on(Sign.WIDENS, by=world.hari)
    swept()
    _answer(world, kuba, Answer.EXPLAIN, behind=[Behind.ABSENCE])
    assert swept().raised == 0, "an answer holds for its point"
    spring = date(2027, 3, 15)
    scale = Run.objects.get().scale
    peers = Pupil.objects.exclude(pk=kuba.pk)
    results(a_sitting(scale, 2026, season=Season.SPRING), [(kuba, 78), *((pupil, 100) for pupil in peers)])
    assert swept(spring).raised == 1
    old, new = Flag.objects.filter(pupil=kuba).order_by("pk")
    assert (old.ended, new.ended, new.answer, new.raised_on) == (Ended.LATER, "", "", spring)


def test_a_pupil_who_has_left_is_asked_about_no_more(world: World, kuba: Pupil) -> None:
    switched_on(Sign.WIDENS, by=world.hari)
    swept()
    Pupil.objects.filter(pk=kuba.pk).update(left_on=TODAY - timedelta(days=1))
    assert swept().ended == 1 and not Finding.objects.filter(pupil=kuba).exists()


def test_switched_off_a_sign_asks_no_more(world: World, kuba: Pupil) -> None:
    director = world.people["dora"] = a_director()
    switched_on(Sign.WIDENS, by=director)
    swept()
    actions.switch_off(sign=Sign.WIDENS, by=world.actor("dora"), on=TODAY)
    assert swept().ended == 1 and Flag.objects.get().ended == Ended.OFF


@pytest.mark.parametrize(
    ("kind", "more", "why"),
    [
        (Kind.ORDERED, {"steps": ["WTS", "EXS", "GDS"]}, WhyNot.ORDERED),
        (Kind.AGE, {}, WhyNot.AGE),
        (Kind.PROSE, {}, WhyNot.PROSE),
        (Kind.COUNT, {}, WhyNot.COUNT),
        (Kind.INTERVAL, {"reliability": None}, WhyNot.NO_ERROR),
        (Kind.INTERVAL, {"sd": None}, WhyNot.NO_ERROR),
    ],
)
def test_what_cannot_be_reckoned_with_never_enters_arithmetic(
    world: World, kind: Kind, more: dict[str, Any], why: WhyNot
) -> None:
    pupils = a_year_group(world.oakfield, 10)
    switched_on(*Sign, by=world.hari)
    a_run_of_scores(a_scale("X", kind, **more), [(pupil, FALLS) for pupil in pupils])
    swept()
    run = Run.objects.get()
    assert (run.why_not, run.pupils) == (why, 0) and rules.WHY_NOT_WORDS[why]
    assert not Finding.objects.exists() and not Flag.objects.exists()


def test_a_new_scale_begins_anew_and_says_so(world: World, kuba: Pupil) -> None:
    switched_on(*Sign, by=world.hari)
    swept()
    other = a_scale("NEW")
    everybody = Pupil.objects.all()
    results(a_sitting(other, 2026, season=Season.SPRING), [(pupil, 80) for pupil in everybody])
    swept(date(2027, 3, 15))
    run = Run.objects.get(season=Season.SPRING)
    assert run.new_scale and not Finding.objects.filter(run=run).exclude(answered=[]).exists()
    assert set(Flag.objects.values_list("ended", flat=True)) == {Ended.SCALE}


def test_scores_that_are_all_equal_raise_nothing(world: World) -> None:
    switched_on(*Sign, by=world.hari)
    a_run_of_scores(a_scale(), [(pupil, STEADY) for pupil in a_year_group(world.oakfield, 12)])
    assert swept().raised == 0
    assert Finding.objects.filter(answered__contains=[Sign.RATE]).count() == 12


def test_a_class_that_is_slow_as_a_whole_goes_to_the_head(world: World) -> None:
    switched_on(Sign.WIDENS, by=world.hari)
    slow = a_year_group(world.oakfield, 10, class_name="4S")
    others = [pupil for n in range(6) for pupil in a_year_group(world.oakfield, 15, class_name=f"4{n}")]
    a_run_of_scores(a_scale(), [*((p, FALLS) for p in slow[:7]), *((p, STEADY) for p in (*slow[7:], *others))])
    swept()
    pattern = SlowClass.objects.get()
    assert (pattern.class_name, pattern.flagged, pattern.pupils) == ("4S", 7, 10)
    assert set(Flag.objects.values_list("class_slow", flat=True)) == {True}
    assert list(Notice.objects.filter(says__contains="teaching").values_list("to", flat=True)) == [world.hari.pk]
    assert set(Deadline.objects.filter(clock="S04-FLAG").values_list("owner", flat=True)) == {"head"}
    swept()
    assert Notice.objects.filter(says__contains="teaching").count() == 1, "told once"
    assert not Status.objects.exists() and not Decision.objects.exists()


def test_a_few_flags_in_a_class_are_no_pattern(world: World, kuba: Pupil) -> None:
    switched_on(Sign.WIDENS, by=world.hari)
    swept()
    assert not SlowClass.objects.exists() and not Flag.objects.get().class_slow


def test_two_widening_points_running_tell_senco_and_head_without_a_name(world: World) -> None:
    switched_on(Sign.WIDENS, by=world.hari)
    pupils = a_year_group(world.oakfield, 20)
    rows = [(pupils[0], (100, 85, 80)), (pupils[1], (100, 99, 80)), *((p, STEADY) for p in pupils[2:])]
    a_run_of_scores(a_scale(), rows)
    swept()
    assert dict(Flag.objects.values_list("pupil", "twice")) == {pupils[0].pk: True, pupils[1].pk: False}
    told = Notice.objects.filter(kind="progress")
    assert set(told.values_list("to", flat=True)) == {world.amara.pk, world.hari.pk}
    assert set(told.values_list("says", flat=True)) == {
        "The gap has grown at two points running for 1 pupil in reading."
    }
    Result.objects.filter(pupil=pupils[0], sitting__point__school_year=2026).update(score=79)
    assert swept().changed == 1
    assert told.count() == 2, "told once a point, not with each mark that is put right"


# --- Answers


def _answer(world: World, pupil: Pupil, answer: Answer, by: str = "ben", **more: Any) -> Concern | None:
    flags = list(Flag.objects.waiting().filter(pupil=pupil).values_list("pk", flat=True))
    draft = actions.AnswerDraft(answer, **more)
    return actions.answer(pupil=pupil, flags=flags, draft=draft, by=world.actor(by), on=TODAY)


@pytest.fixture
def flagged(world: World, kuba: Pupil) -> Pupil:
    switched_on(*Sign, by=world.hari)
    swept()
    return kuba


def test_a_shared_worry_goes_to_the_concern_queue_and_no_further(world: World, flagged: Pupil) -> None:
    concern = _answer(world, flagged, Answer.CONFIRM, seen="Progress flag in reading. Loses his place.")
    assert concern is not None and concern.pupil == flagged and concern.triaged_on is None
    assert set(Flag.objects.filter(pupil=flagged).values_list("concern", "answer")) == {(concern.pk, "confirm")}
    assert not Status.objects.exists() and not Decision.objects.exists(), "a flag never sets a status"
    assert not Deadline.objects.filter(clock="S04-FLAG").exists() and Deadline.objects.filter(kind="concern").exists()
    assert Event.objects.filter(kind="flag.confirmed", pupil_id=flagged.pk).count() == 1


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"answer": Answer.DISMISS}, "reason"),
        ({"answer": Answer.DISMISS, "reason": "  "}, "reason"),
        ({"answer": Answer.DISMISS, "reason": "EAL"}, "first language"),
        ({"answer": Answer.DISMISS, "reason": "She is EAL."}, "first language"),
        ({"answer": Answer.DISMISS, "reason": "English is an additional language"}, "first language"),
        ({"answer": Answer.DISMISS, "reason": "He has bruises on his arm."}, "DSL"),
        ({"answer": Answer.EXPLAIN}, "what lies behind"),
        ({"answer": Answer.EXPLAIN, "behind": ["laziness"]}, "what lies behind"),
        ({"answer": Answer.CONFIRM, "seen": ""}, "what you see"),
    ],
)
def test_what_is_refused_leaves_the_flag_asking(world: World, flagged: Pupil, more: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says):
        _answer(world, flagged, **more)
    assert Flag.objects.waiting().filter(pupil=flagged).count() == 2 and not Concern.objects.exists()


@pytest.mark.parametrize(
    ("more", "kept"),
    [
        ({"answer": Answer.DISMISS, "reason": "EAL, and reads well at home in Polish."}, []),
        ({"answer": Answer.EXPLAIN, "behind": [Behind.BEREAVEMENT]}, [Behind.BEREAVEMENT]),
    ],
)
def test_an_answer_is_kept_with_its_day_and_hand(
    world: World, flagged: Pupil, more: dict[str, Any], kept: list[str]
) -> None:
    _answer(world, flagged, **more)
    flag = Flag.objects.filter(pupil=flagged).first()
    assert flag is not None
    assert (flag.answer, flag.answered_on, flag.answered_by_id, flag.behind) == (
        more["answer"], TODAY, world.ben.pk, kept,
    )  # fmt: skip
    with pytest.raises(Refused):
        _answer(world, flagged, **more)


@pytest.mark.parametrize("name", ["cal", "chloe"])
def test_flags_of_others_are_not_answered(world: World, flagged: Pupil, name: str) -> None:
    with pytest.raises((NotAllowed, Refused)):
        _answer(world, flagged, Answer.DISMISS, by=name, reason="Nothing to see here.")
    with pytest.raises(NotAllowed):
        _answer(world, flagged, Answer.DISMISS, by="tess", reason="Nothing to see here.")


def test_only_the_director_switches_and_only_after_looking(world: World) -> None:
    world.people["dora"] = a_director()
    dora = world.actor("dora")
    with pytest.raises(Refused, match="First look"):
        actions.switch_on(sign=Sign.SLOWER, shown=None, by=dora, on=TODAY)
    for name in ("amara", "hari", "dev"):
        with pytest.raises(NotAllowed):
            actions.switch_on(sign=Sign.SLOWER, shown=SHOWN, by=world.actor(name), on=TODAY)
    made = actions.switch_on(sign=Sign.SLOWER, shown=SHOWN, by=dora, on=TODAY)
    assert made.shown["right"] == SHOWN.right and list(Switch.objects.on(TODAY)) == [made]
    with pytest.raises(Refused, match="on already"):
        actions.switch_on(sign=Sign.SLOWER, shown=SHOWN, by=dora, on=TODAY)
    actions.switch_off(sign=Sign.SLOWER, by=dora, on=TODAY)
    assert not Switch.objects.on(TODAY).exists() and Switch.objects.count() == 1, "its history stays"
