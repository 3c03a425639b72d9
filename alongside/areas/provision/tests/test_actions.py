"""The verbs of provision: what they leave behind, and what they refuse."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from alongside.areas.provision import actions, catalogue
from alongside.areas.provision.jobs import nightly
from alongside.areas.provision.models import Delivery, Line, ProvisionType, Rate, Session
from alongside.areas.provision.rules import Missed
from alongside.areas.provision.tests.builders import a_line, a_type, log
from alongside.base.deadlines.models import Deadline
from alongside.base.history.models import Event
from alongside.base.pupils.models import Absence, Pupil
from alongside.kit import NotAllowed, Refused
from tests.people import SEPTEMBER, TODAY, World, a_pupil, supports

DAY = timedelta(days=1)


@pytest.fixture
def kuba(world: World) -> Pupil:
    pupil = a_pupil(world.oakfield)
    supports(world.tess, pupil)
    return pupil


def sentences(pupil: Pupil) -> list[tuple[str, object]]:
    return list(Event.objects.filter(pupil_id=pupil.pk).order_by("pk").values_list("kind", "facts__often"))


def test_a_promise_stands_with_its_history(world: World, kuba: Pupil) -> None:
    line = a_line(kuba, world.actor("amara"), adult=world.tess)
    assert line.given_by == "ta" and line.adult == world.tess
    assert sentences(kuba) == [("provision.promised", "3 × 30 minutes a week, in a group of 3")]


@pytest.mark.parametrize("name", ["ben", "tess", "chloe", "dana"])
def test_who_may_not_promise(world: World, kuba: Pupil, name: str) -> None:
    with pytest.raises(NotAllowed):
        a_line(kuba, world.actor(name))


def test_ordinary_practice_is_warned_about_and_kept_when_sure(world: World, kuba: Pupil) -> None:
    seat = a_type("A seat near the front", wave="ordinary")
    with pytest.raises(Refused, match="ordinary classroom practice"):
        a_line(kuba, world.actor("amara"), kind=seat)
    assert a_line(kuba, world.actor("amara"), kind=seat, sure=True).type == seat


def test_what_is_not_in_the_catalogue_cannot_be_promised(world: World, kuba: Pupil) -> None:
    others = ProvisionType.objects.create(school=world.brookside, name="Theirs", plain_name="Theirs", wave="targeted")
    with pytest.raises(Refused, match="from the catalogue"):
        a_line(kuba, world.actor("amara"), kind=others)


def test_it_ends_after_it_starts(world: World, kuba: Pupil) -> None:
    with pytest.raises(Refused, match="end after it starts"):
        a_line(kuba, world.actor("amara"), until=SEPTEMBER - DAY)


def test_a_line_is_arranged_anew(world: World, kuba: Pupil) -> None:
    line = a_line(kuba, world.actor("amara"))
    to = actions.Arrangement(20, 4, 2, world.tess.pk, "Kuba's group")
    actions.rearrange(line=line, to=to, by=world.actor("amara"), on=TODAY)
    line = Line.objects.get()
    assert (line.minutes, line.times_a_week, line.group_size, line.adult, line.called) == (
        20,
        4,
        2,
        world.tess,
        "Kuba's group",
    )
    assert sentences(kuba)[-1] == ("provision.changed", "4 × 20 minutes a week, in a group of 2, with Mrs Iqbal")


def test_arranging_nothing_anew_is_refused(world: World, kuba: Pupil) -> None:
    line = a_line(kuba, world.actor("amara"), adult=world.tess)
    with pytest.raises(Refused, match="Nothing is different"):
        actions.rearrange(line=line, to=actions.Arrangement(30, 3, 3, world.tess.pk), by=world.actor("amara"), on=TODAY)


def test_a_line_stops_with_a_reason(world: World, kuba: Pupil) -> None:
    line = a_line(kuba, world.actor("amara"))
    with pytest.raises(Refused, match="Say why it stops"):
        actions.stop(line=line, reason=" ", by=world.actor("amara"), on=TODAY)
    actions.stop(line=line, reason="He reads with the class now", by=world.actor("amara"), on=TODAY)
    line.refresh_from_db()
    assert (line.until, line.ended_because) == (TODAY, "He reads with the class now")
    with pytest.raises(Refused, match="already stopped"):
        actions.stop(line=line, reason="Again", by=world.actor("amara"), on=TODAY)


# --- Sessions --------------------------------------------------------------------------------------------


def test_a_group_is_written_down_with_who_was_there(world: World, kuba: Pupil) -> None:
    leo = a_pupil(world.oakfield, "Leo")
    lines = [a_line(pupil, world.actor("amara"), adult=world.tess) for pupil in (kuba, leo)]
    entries = [
        actions.Attendance(lines[0], True, note="Told a story"),
        actions.Attendance(lines[1], False, Missed.TRIP),
    ]
    actions.log_group(entries=entries, day=TODAY, by=world.actor("tess"), on=TODAY, went="well")
    rows = Session.objects.order_by("pk").values_list("pupil", "held", "missed_because", "went", "note")
    assert list(rows) == [(kuba.pk, True, "", "well", "Told a story"), (leo.pk, False, "trip", "", "")]


def test_writing_it_down_again_corrects_it(world: World, kuba: Pupil) -> None:
    line, tess = a_line(kuba, world.actor("amara")), world.actor("tess")
    log([line], tess, TODAY)
    log([line], tess, TODAY, missed=Missed.ROOM)
    assert list(Session.objects.values_list("held", "missed_because", "went")) == [(False, "room", "")]
    log([line], tess, TODAY, number=2)
    assert Session.objects.count() == 2


def test_nothing_is_kept_of_a_group_when_one_of_it_is_refused(world: World, kuba: Pupil) -> None:
    leo = a_pupil(world.oakfield, "Leo")
    Absence.objects.create(pupil=leo, school=world.oakfield, day=TODAY)
    lines = [a_line(pupil, world.actor("amara")) for pupil in (kuba, leo)]
    with pytest.raises(Refused, match="Leo was marked absent that day"):
        log(lines, world.actor("tess"), TODAY)
    assert not Session.objects.exists()
    log(lines, world.actor("tess"), TODAY, missed=Missed.COVER)
    assert Session.objects.count() == 2


@pytest.mark.parametrize("name", ["chloe", "dana", "gus", "ewa"])
def test_who_may_not_write_down_a_session(world: World, kuba: Pupil, name: str) -> None:
    line = a_line(kuba, world.actor("amara"))
    with pytest.raises(NotAllowed):
        log([line], world.actor(name), TODAY)


def test_low_delivery_starts_a_clock_that_names_the_reason(world: World, kuba: Pupil) -> None:
    line, tess = a_line(kuba, world.actor("amara")), world.actor("tess")
    for back, missed in ((7, ""), (6, Missed.COVER), (4, Missed.COVER)):
        log([line], tess, TODAY - back * DAY, missed=missed)
    due = Deadline.objects.get(kind="line")
    assert due.what == "Language programme: only 33% given in two weeks" and "covering elsewhere 2" in due.why
    assert due.url == f"/provision/{line.pk}/"


# --- The copy for the register ---------------------------------------------------------------------------


def delivery(pupil: Pupil) -> tuple[int, int, int, int] | None:
    return Delivery.objects.filter(pupil=pupil).values_list("planned", "held", "lately_planned", "lately_held").first()


def test_the_registers_copy_follows_every_session(world: World, kuba: Pupil) -> None:
    line, tess = a_line(kuba, world.actor("amara")), world.actor("tess")
    assert delivery(kuba) is None
    log([line], tess, date(2026, 10, 5))
    log([line], tess, TODAY - 3 * DAY, missed=Missed.COVER)
    assert delivery(kuba) == (2, 1, 1, 0)
    actions.stop(line=line, reason="Enough", by=world.actor("amara"), on=TODAY)
    assert delivery(kuba) == (2, 1, 1, 0), "the last day counts"
    actions.recount(schools=[world.oakfield.pk], on=TODAY + DAY)
    assert delivery(kuba) is None, "nothing runs any more"


def test_last_years_sessions_are_not_counted(world: World, kuba: Pupil) -> None:
    line = a_line(kuba, world.actor("amara"), since=date(2026, 6, 1))
    log([line], world.actor("tess"), date(2026, 6, 8))
    assert delivery(kuba) is None


def test_a_recount_of_a_school_leaves_the_next_alone(world: World, kuba: Pupil) -> None:
    zara = a_pupil(world.brookside, "Zara")
    line = a_line(zara, world.actor("chloe"))
    log([line], world.actor("cal"), TODAY)
    actions.recount(schools=[world.oakfield.pk], on=TODAY)
    assert delivery(zara) == (1, 1, 1, 1)


def test_the_night_counts_what_a_day_moves(world: World, kuba: Pupil) -> None:
    log([a_line(kuba, world.actor("amara"))], world.actor("tess"), TODAY)
    Delivery.objects.update(planned=9, held=0, lately_planned=9)
    nightly()
    assert delivery(kuba) == (1, 1, 1, 1)


# --- The catalogue ---------------------------------------------------------------------------------------


def test_the_first_catalogue_is_put_in_place_once(world: World) -> None:
    assert catalogue.seed_catalogue() == len(catalogue.ENTRIES) >= 18
    assert catalogue.seed_catalogue() == 0
    assert Rate.objects.count() == len(catalogue.RATES)
    used = {entry.given_by for entry in catalogue.ENTRIES}
    assert used <= {role for role, *_ in catalogue.RATES}, "every entry can be costed"


def test_a_trusts_own_rate_is_not_overwritten(world: World) -> None:
    Rate.objects.create(role="ta", words="Assistant", hourly="15.00", valid_from=SEPTEMBER)
    catalogue.seed_catalogue()
    assert list(Rate.objects.filter(role="ta").values_list("hourly", flat=True)) == [15]


DRAFT = actions.EntryDraft("Beekeeping", "Bee club", "targeted", "SEMH", "unknown", "ta")


def test_a_school_adds_its_own(world: World) -> None:
    made = actions.add_to_catalogue(school_id=world.oakfield.pk, draft=DRAFT, by=world.actor("amara"))
    assert (made.school, made.name) == (world.oakfield, "Beekeeping")


@pytest.mark.parametrize(
    ("draft", "field"), [(replace(DRAFT, plain_name=""), "plain_name"), (replace(DRAFT, name="bee "), "name")]
)
def test_an_entry_twice_or_without_plain_words_is_refused(world: World, draft: actions.EntryDraft, field: str) -> None:
    a_type("Bee")
    with pytest.raises(Refused) as refused:
        actions.add_to_catalogue(school_id=world.oakfield.pk, draft=draft, by=world.actor("amara"))
    assert refused.value.field == field


def test_a_teacher_keeps_no_catalogue(world: World) -> None:
    with pytest.raises(NotAllowed):
        actions.add_to_catalogue(school_id=world.oakfield.pk, draft=DRAFT, by=world.actor("ben"))
