"""Points, classes and development by facts: what is saved, what is not, and who is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import cast

import pytest
from django.db import connection

from alongside.areas.assessment import actions, national, queries, rules, shipped, tally
from alongside.areas.assessment.models import Chase, Development, Point, Result, Scale, Sitting
from alongside.areas.assessment.tests.builders import DUE, OPENS, a_point, a_scale, a_sitting, enter
from alongside.base.deadlines.models import Deadline
from alongside.base.history.models import Event
from alongside.base.notices.models import Notice
from alongside.base.pupils.models import Group, Pupil
from alongside.kit import NotAllowed, NotFound, Refused
from tests.people import TODAY, World, a_class, a_person, a_post, a_pupil, teaches

NAMES = ("Ana", "Bo", "Cy", "Dee", "Eli", "Fay", "Gil", "Hal", "Ivy", "Jon")


@dataclass
class Room:
    """4W, which Ben teaches, at a point that was due on Friday."""

    world: World
    group: Group
    pupils: list[Pupil]
    point: Point
    reading: Sitting
    maths: Sitting


@pytest.fixture
def room(world: World) -> Room:
    pupils = [a_pupil(world.oakfield, name, "Bell") for name in NAMES]
    group = a_class(world.oakfield, *pupils)
    teaches(world.ben, group)
    point = a_point()
    return Room(world, group, pupils, point, a_sitting(point), a_sitting(point, "maths"))


def test_what_is_typed_is_kept_with_scale_age_and_day(room: Room) -> None:
    ana, bo = room.pupils[:2]
    entered = enter(
        room.world.actor("ben"), room.point, room.group, {(ana, room.reading): "104", (bo, room.reading): "a"}
    )
    assert entered.done and entered.saved == 2
    row = Result.objects.get(pupil=ana)
    assert (row.score, row.mark, row.on, row.nc_year, row.source) == (Decimal("104.0"), "", DUE, "4", "typed")
    assert row.age_months == 102 and row.by == room.world.ben and row.sitting.scale.code == "sas"
    assert Result.objects.get(pupil=bo).mark == "A"
    told = Event.objects.get(kind="assessment.entered")
    assert told.facts == {"count": 2, "point": "Autumn 2026", "group": "4W"} and told.pupil_id is None


def test_one_wrong_cell_and_nothing_is_written(room: Room) -> None:
    ana, bo = room.pupils[:2]
    typed = {(ana, room.reading): "104", (bo, room.reading): "1040", (bo, room.maths): "99"}
    entered = enter(room.world.actor("ben"), room.point, room.group, typed)
    assert not entered.done and list(entered.judged.faults) == [(bo.pk, room.reading.pk)]
    assert not Result.objects.exists() and not Event.objects.filter(kind="assessment.entered").exists()


def test_two_people_in_one_class_lose_nothing(room: Room) -> None:
    ana, bo = room.pupils[:2]
    ben, amara = room.world.actor("ben"), room.world.actor("amara")
    enter(ben, room.point, room.group, {(ana, room.reading): "104"})
    # Amara had the page open from before: she left Ana's box as it was, and typed Bo's.
    second = enter(amara, room.point, room.group, {(ana, room.reading): "", (bo, room.reading): "98"})
    assert second.saved == 1 and Result.objects.get(pupil=ana).score == 104
    # Now both type Ana's: hers is given back beside his, and nothing is written.
    third = enter(amara, room.point, room.group, {(ana, room.reading): "99", (bo, room.maths): "90"})
    assert third.judged.clashes == {(ana.pk, room.reading.pk): "104"} and third.saved == 0
    assert Result.objects.get(pupil=ana).score == 104 and not Result.objects.filter(sitting=room.maths).exists()
    # She has seen his and means hers.
    fourth = enter(amara, room.point, room.group, {(ana, room.reading): "99"}, was={(ana, room.reading): "104"})
    assert fourth.saved == 1 and Result.objects.get(pupil=ana).score == 99


def test_an_emptied_cell_is_taken_out_and_history_keeps_it(room: Room) -> None:
    ana = room.pupils[0]
    ben = room.world.actor("ben")
    enter(ben, room.point, room.group, {(ana, room.reading): "104"})
    enter(ben, room.point, room.group, {(ana, room.reading): ""}, was={(ana, room.reading): "104"})
    assert not Result.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("select pgh_label, score from assessment_resultevent order by pgh_id")
        assert cursor.fetchall() == [("insert", Decimal("104.0")), ("delete", Decimal("104.0"))]


def test_the_same_page_saved_twice_changes_nothing(room: Room) -> None:
    ana = room.pupils[0]
    ben = room.world.actor("ben")
    enter(ben, room.point, room.group, {(ana, room.reading): "104"})
    again = enter(ben, room.point, room.group, {(ana, room.reading): "104"})
    assert again.done and again.saved == 0
    assert Event.objects.filter(kind="assessment.entered").count() == 1


def test_a_whole_class_with_one_score_is_saved_only_when_said_so(room: Room) -> None:
    ben = room.world.actor("ben")
    typed = {(pupil, room.reading): "100" for pupil in room.pupils}
    first = enter(ben, room.point, room.group, typed)
    assert first.warnings == ("Reading: all 10 pupils have 100.",) and not Result.objects.exists()
    assert enter(ben, room.point, room.group, typed, anyway=True).saved == 10


def test_a_column_that_slid_by_a_row_is_asked_about(room: Room) -> None:
    ben = room.world.actor("ben")
    summer = a_point(
        name="Summer 2026", season=rules.Season.SUMMER, school_year=2025, opens_on=date(2026, 6, 1),
        due_on=date(2026, 6, 20), on=date(2026, 6, 1),
    )  # fmt: skip
    before = a_sitting(summer, nc_years=("4",))
    values = [80, 121, 95, 133, 88, 110, 72, 104, 99, 126]
    typed = {(pupil, before): str(value) for pupil, value in zip(room.pupils, values, strict=True)}
    assert enter(ben, summer, room.group, typed, day=date(2026, 6, 10)).saved == 10
    sound = {(pupil, room.reading): str(value + 1) for pupil, value in zip(room.pupils, values, strict=True)}
    slid = {(pupil, room.reading): str(value + 1) for pupil, value in zip(room.pupils[1:], values[:-1], strict=True)}
    assert "moved by one row" in enter(ben, room.point, room.group, slid).warnings[0]
    assert enter(ben, room.point, room.group, sound).saved == 10


@pytest.mark.parametrize("day", [None, TODAY + timedelta(days=1), OPENS - timedelta(days=1)])
def test_the_day_it_was_sat_lies_in_the_point(room: Room, day: date | None) -> None:
    with pytest.raises(Refused):
        enter(room.world.actor("ben"), room.point, room.group, {(room.pupils[0], room.reading): "104"}, day=day)
    assert not Result.objects.exists()


@pytest.mark.parametrize("name", ["tess", "dana", "gus", "dev", "cal", "chloe", "femi"])
def test_others_do_not_reach_the_class(room: Room, name: str) -> None:
    with pytest.raises(NotFound):
        enter(room.world.actor(name), room.point, room.group, {(room.pupils[0], room.reading): "104"})


def test_a_pupil_who_left_or_sits_nothing_is_not_in_the_page(room: Room) -> None:
    room.pupils[0].left_on = TODAY - timedelta(days=3)
    room.pupils[0].save()
    older = a_pupil(room.world.oakfield, "Kit", "Bell", nc_year="6")
    a_class(room.world.oakfield, older)
    rows = tally.coverage([room.world.oakfield.pk], [room.point.pk], on=TODAY)
    assert {(row.subject, row.due, row.done) for row in rows} == {("reading", 9, 0), ("maths", 9, 0)}


# --- Points and scales ---------------------------------------------------------------------------------------------


def point_of(**more: object) -> actions.PointDraft:
    values: dict[str, object] = {
        "name": "Spring 2027", "season": rules.Season.SPRING, "school_year": 2026, "opens_on": date(2027, 3, 1),
        "due_on": date(2027, 3, 19), "school_id": None, **more,
    }  # fmt: skip
    return actions.PointDraft(**values)  # type: ignore[arg-type]


def test_a_school_adds_its_own_point_beside_the_trusts(room: Room) -> None:
    oakfield = room.world.oakfield
    by = room.world.actor("amara")
    own = actions.set_point(draft=point_of(school_id=oakfield.pk), by=by, on=TODAY)
    assert own.school == oakfield
    with pytest.raises(Refused, match="overlap"):
        actions.set_point(
            draft=point_of(school_id=oakfield.pk, season=rules.Season.SUMMER, opens_on=OPENS, due_on=DUE),
            by=by,
            on=TODAY,
        )
    with pytest.raises(Refused, match="for this season already"):
        actions.set_point(
            draft=point_of(school_id=oakfield.pk, opens_on=date(2027, 2, 1), due_on=date(2027, 2, 5)), by=by, on=TODAY
        )
    assert own not in queries.points_of([room.world.brookside.pk], since=2026)


@pytest.mark.parametrize("name", ["ben", "tess", "gus", "amara", "hari", "dev"])
def test_only_a_director_sets_the_trusts_points(room: Room, name: str) -> None:
    with pytest.raises(NotAllowed):
        actions.set_point(draft=point_of(), by=room.world.actor(name), on=TODAY)
    dina = a_person("Dina")
    a_post(dina, "director", None)
    room.world.people["dina"] = dina
    assert actions.set_point(draft=point_of(), by=room.world.actor("dina"), on=TODAY).school is None


def test_what_has_results_is_not_taken_out(room: Room) -> None:
    enter(room.world.actor("ben"), room.point, room.group, {(room.pupils[0], room.reading): "104"})
    dina = a_person("Dina")
    a_post(dina, "director", None)
    room.world.people["dina"] = dina
    by = room.world.actor("dina")
    with pytest.raises(Refused, match="so it stays"):
        actions.drop_sitting(sitting=room.reading, by=by, on=TODAY)
    with pytest.raises(Refused, match="so it stays"):
        actions.drop_point(point=room.point, by=by, on=TODAY)
    actions.drop_sitting(sitting=room.maths, by=by, on=TODAY)
    assert list(room.point.sittings.all()) == [room.reading]


def test_a_trusts_own_scale_can_be_used_at_once(room: Room) -> None:
    draft = rules.ScaleDraft("Oak steps", rules.Kind.ORDERED, steps=("Bud", "Leaf", "Tree"), letters=(("A", "absent"),))
    scale = actions.add_scale(draft=draft, by=room.world.actor("hari"), on=TODAY)
    assert scale in queries.scales_on(TODAY)
    with pytest.raises(Refused, match="already"):
        actions.add_scale(draft=draft, by=room.world.actor("hari"), on=TODAY)
    with pytest.raises(NotAllowed):
        actions.add_scale(draft=draft, by=room.world.actor("ben"), on=TODAY)


def test_the_manuals_figure_stays_when_a_release_is_loaded(room: Room) -> None:
    scale = a_scale("sas")
    assert scale.reliability_from.startswith("Assumed")
    dina = a_person("Dina")
    a_post(dina, "director", None)
    room.world.people["dina"] = dina
    actions.put_in_manual(
        scale=scale, reliability=Decimal("0.930"), where="NGRT manual, page 41", by=room.world.actor("dina"), on=TODAY
    )
    assert shipped.load() == 0
    scale.refresh_from_db()
    assert (scale.reliability, scale.reliability_from) == (Decimal("0.930"), "NGRT manual, page 41")


# --- Asking for what is missing --------------------------------------------------------------------------------------


def test_a_class_without_data_is_asked_for_once(room: Room) -> None:
    by = room.world.actor("amara")
    assert actions.chase(school_id=room.world.oakfield.pk, by=by, on=TODAY) == 1
    assert actions.chase(school_id=room.world.oakfield.pk, by=by, on=TODAY + timedelta(days=1)) == 0
    notices = list(Notice.objects.filter(kind="results"))
    assert {notice.to_id for notice in notices} == {room.world.ben.pk, room.world.hari.pk}
    assert {notice.says for notice in notices} == {"4W has no results for Autumn 2026. They were due on 20 November."}
    assert not any(name in notices[0].says for name in NAMES) and notices[0].pupil_id is None
    assert Chase.objects.count() == 1


def test_nobody_is_asked_before_the_day_or_when_all_is_in(room: Room) -> None:
    by = room.world.actor("amara")
    assert actions.chase(school_id=room.world.oakfield.pk, by=by, on=DUE) == 0
    for sitting in (room.reading, room.maths):
        values = {(pupil, sitting): str(80 + place) for place, pupil in enumerate(room.pupils)}
        assert enter(room.world.actor("ben"), room.point, room.group, values).saved == 10
    assert actions.chase(school_id=room.world.oakfield.pk, by=by, on=TODAY) == 0


def test_the_clock_of_a_point_runs_until_the_last_result_is_in(room: Room) -> None:
    ben = room.world.actor("ben")
    first = {(pupil, room.reading): str(80 + place) for place, pupil in enumerate(room.pupils)}
    enter(ben, room.point, room.group, first)
    clock = Deadline.objects.get(clock="S04-RESULTS", school=room.world.oakfield)
    assert (clock.due, clock.pupil_id, clock.progress) == (DUE, None, "1 of 1 class")
    enter(ben, room.point, room.group, {(pupil, room.maths): str(90 + n) for n, pupil in enumerate(room.pupils)})
    assert not Deadline.objects.filter(clock="S04-RESULTS", school=room.world.oakfield).exists()


# --- Development and transfer files ----------------------------------------------------------------------------------


def test_development_is_told_in_words(room: Room) -> None:
    ana = room.pupils[0]
    draft = actions.DevelopmentDraft("persistence", "Kept at the shape sorter for four minutes.", "more", "a timer")
    row = actions.note_development(pupil=ana, draft=draft, by=room.world.actor("ben"), on=TODAY)
    assert (row.area, row.on) == ("persistence", TODAY)
    for wrong in (
        actions.DevelopmentDraft("", "Words", "more"), actions.DevelopmentDraft("persistence", " ", "more"),
        actions.DevelopmentDraft("persistence", "Words", "12"),
        actions.DevelopmentDraft("persistence", "Words", "more", seen_on=TODAY + timedelta(days=1)),
    ):  # fmt: skip
        with pytest.raises(Refused):
            actions.note_development(pupil=ana, draft=wrong, by=room.world.actor("ben"), on=TODAY)
    with pytest.raises(NotAllowed):
        actions.note_development(pupil=ana, draft=draft, by=room.world.actor("gus"), on=TODAY)
    assert Development.objects.count() == 1


GIVEN = [
    {"stage": "KS1", "year": "2024", "subject": "ENG", "method": "TT", "component": "PHO", "qualifier": "NM", "result": "34"},
    {"stage": "KS2", "year": "2026", "subject": "MAT", "method": "TT", "component": "MTC", "qualifier": "MT", "result": "25"},
    {"stage": "KS2", "year": "2026", "subject": "MAT", "method": "TT", "component": "MTC", "qualifier": "MT", "result": "26"},
    {"stage": "KS3", "year": "2026", "subject": "ART", "method": "TA", "component": "", "qualifier": "", "result": "5"},
    {"stage": "KS2", "year": "soon", "subject": "REA", "method": "TT", "component": "OVE", "qualifier": "NS", "result": "99"},
    "no result",
]  # fmt: skip


def test_which_results_of_a_transfer_file_are_known() -> None:
    found = list(national.known(GIVEN))
    assert [each and (each.subject, each.scale, each.school_year, each.typed) for each in found] == [
        ("phonics", "phonics", 2023, "34"), ("tables", "mtc", 2025, "25"), ("tables", "mtc", 2025, "26"), None, None, None,
    ]  # fmt: skip
    assert list(national.known(None)) == [] and list(national.known({"a": 1})) == []
    phonics = cast("dict[str, str]", GIVEN[0])
    for wrong in ({"year": "0000"}, {"year": "0001"}, {"year": "²024"}, {"on": "0001-01-01"}):
        assert list(national.known([{**phonics, **wrong}])) == [None], wrong


def test_results_that_came_with_a_pupil_are_taken_over_once(room: Room) -> None:
    shipped.load()
    ana, bo = room.pupils[:2]
    ana.more = {"results": [GIVEN[0], GIVEN[1], GIVEN[3]]}
    bo.more = {"results": [GIVEN[2]]}
    ana.save()
    bo.save()
    by = room.world.actor("gus")
    assert actions.take_over(school=room.world.oakfield, by=by, on=TODAY) == (2, 2)
    rows = {row.sitting.subject: row for row in Result.objects.filter(pupil=ana)}
    assert (rows["phonics"].score, rows["phonics"].nc_year, rows["phonics"].on) == (Decimal(34), "1", date(2024, 6, 1))
    assert rows["tables"].sitting.point.school == room.world.oakfield and rows["tables"].source == "file"
    assert not Result.objects.filter(pupil=bo).exists(), "26 of 25 is off the scale"
    assert actions.take_over(school=room.world.oakfield, by=by, on=TODAY)[0] == 0


# --- What is shipped -----------------------------------------------------------------------------------------------------


def test_every_scale_has_its_source_and_an_assumption_says_so() -> None:
    for entry in shipped.entries():
        assert entry.source, entry.code
        if entry.reliability is not None:
            assert entry.reliability_from.startswith("Assumed"), entry.code
    assert {"sas", "ks2", "phonics", "mtc", "ks2-ta", "eyfsp", "engagement", "gcse"} <= {
        e.code for e in shipped.entries()
    }


def test_loading_twice_changes_nothing_and_a_trusts_own_stays(world: World) -> None:
    shipped.load()
    own = Scale.objects.create(code="own-1", valid_from=TODAY, own=True, name="Ours", kind="count", low=0, high=9)
    assert shipped.load() == 0
    Scale.objects.filter(code="sas").update(high=150)
    assert shipped.load() == 1
    assert Scale.objects.get(code="sas").high == 141 and Scale.objects.filter(pk=own.pk).exists()
