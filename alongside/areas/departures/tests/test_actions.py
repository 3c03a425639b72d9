"""Logging a departure, deciding on it, adding to it and ending it: facts that stay."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from alongside.areas.departures import actions
from alongside.areas.departures.models import Addition, Departure
from alongside.areas.departures.queries import unexplained
from alongside.areas.departures.tests.builders import a_departure, a_missed
from alongside.areas.duties.models import Touched
from alongside.base.history.models import Event
from alongside.base.notices.models import Notice
from alongside.kit import NotAllowed, NotFound, Refused
from tests.people import TODAY, World, a_parent, a_pupil

DAY = timedelta(days=1)


def test_a_senco_logs_and_the_head_is_asked(world: World) -> None:
    kuba = a_pupil(world.oakfield)
    made = a_departure(world.actor("amara"), world.oakfield, kuba)
    assert (made.decision, made.decided_on, made.paragraph, made.decider) == ("", None, "6.44", "head")
    assert made.asks.startswith("Closer each time. The four steps come back")
    told = Notice.objects.get(kind="departure.waits")
    assert told.to_id == world.hari.pk and "Kuba" not in told.says and told.url == f"/departures/{made.pk}/"
    event = Event.objects.get(kind="departure.logged")
    assert (event.pupil_id, event.facts["where"]) == (kuba.pk, "6.44")
    assert Touched.objects.filter(school=world.oakfield, slice="departures").count() == 1


def test_the_head_decides_by_logging_and_the_senco_for_one_pupil(world: World) -> None:
    kuba = a_pupil(world.oakfield)
    by_head = a_departure(world.actor("hari"), world.oakfield)
    by_senco = a_departure(world.actor("amara"), world.oakfield, kuba, decider="senco")
    assert [(row.decision, row.decider, row.decided_by_id) for row in (by_head, by_senco)] == [
        ("agreed", "head", world.hari.pk), ("agreed", "senco", world.amara.pk),
    ]  # fmt: skip
    assert not Notice.objects.filter(kind="departure.waits").exists()
    with pytest.raises(Refused, match="headteacher’s to decide"):
        a_departure(world.actor("amara"), world.oakfield, decider="senco", rule="SEN-06")


@pytest.mark.parametrize("name", ["ben", "tess", "dana", "gus", "chloe", "dev", "sys", "ewa", "femi"])
def test_nobody_else_logs(world: World, name: str) -> None:
    kuba = a_pupil(world.oakfield)
    with pytest.raises(NotAllowed):
        a_departure(world.actor(name), world.oakfield, kuba)


def test_a_pupil_or_a_date_of_another_school_is_not_there(world: World) -> None:
    other = a_pupil(world.brookside, "Olga")
    for missed, pupil in ((None, other), (a_missed(other), None)):
        with pytest.raises(NotFound):
            a_departure(world.actor("amara"), world.oakfield, pupil, missed=missed)


def test_ones_own_child_is_closed(world: World) -> None:
    kuba = a_pupil(world.oakfield)
    made = a_departure(world.actor("hari"), world.oakfield, kuba)
    a_parent(world.amara, kuba)
    with pytest.raises(NotFound):
        a_departure(world.actor("amara"), world.oakfield, kuba, rule="PAR-02")
    with pytest.raises(NotFound):
        actions.add(departure=made, words="One more line of it", by=world.actor("amara"), on=TODAY)


def test_a_must_and_a_second_press_are_refused(world: World) -> None:
    kuba = a_pupil(world.oakfield)
    with pytest.raises(Refused, match="cannot be departed from"):
        a_departure(world.actor("amara"), world.oakfield, kuba, rule="AR-01")
    with pytest.raises(Refused, match="cannot be departed from"):
        a_departure(world.actor("amara"), world.oakfield, kuba, missed=a_missed(kuba, clock="AR-01"))
    a_departure(world.actor("amara"), world.oakfield, kuba)
    with pytest.raises(Refused, match="logged already"):
        a_departure(world.actor("amara"), world.oakfield, kuba)
    assert Departure.objects.count() == 1


def test_what_concerns_many_names_nobody(world: World) -> None:
    a_pupil(world.oakfield)
    with pytest.raises(Refused, match="Leave out the pupil’s name"):
        a_departure(world.actor("hari"), world.oakfield, reason="Kuba Kowalski was ill then")


def test_a_decision_stands_and_whoever_logged_hears(world: World) -> None:
    made = a_departure(world.actor("amara"), world.oakfield, a_pupil(world.oakfield))
    with pytest.raises(NotAllowed):
        actions.decide(departure=made, decision="agreed", words="", by=world.actor("amara"), on=TODAY)
    words = "She needs both cycles this year"
    actions.decide(departure=made, decision="refused", words=words, by=world.actor("hari"), on=TODAY)
    made.refresh_from_db()
    assert (made.decision, made.decided_words, made.decided_by_id) == ("refused", words, world.hari.pk)
    assert Notice.objects.get(kind="departure.decided").to_id == world.amara.pk
    with pytest.raises(Refused, match="decided already"):
        actions.decide(departure=made, decision="agreed", words="", by=world.actor("hari"), on=TODAY)


def test_a_line_is_added_and_the_reason_stays(world: World) -> None:
    by = world.actor("amara")
    made = a_departure(by, world.oakfield, a_pupil(world.oakfield))
    actions.add(departure=made, words="The therapist came again today", by=by, on=TODAY)
    assert Addition.objects.get().words == "The therapist came again today"
    for change in ({"reason": "Another reason"}, {"asks": "Nothing"}, {"since": TODAY}):
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            Departure.objects.filter(pk=made.pk).update(**change)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Addition.objects.update(words="Something else")
    made.refresh_from_db()
    assert made.reason == "The therapist asked for it"


def test_it_ends_once_and_stays(world: World) -> None:
    by = world.actor("amara")
    made = a_departure(by, world.oakfield, a_pupil(world.oakfield))
    ended = actions.end(departure=made, last_day=TODAY, words="She settled in well", by=by, on=TODAY)
    assert (ended.ended_on, ended.came_of_it, ended.stands(TODAY)) == (TODAY, "She settled in well", False)
    with pytest.raises(Refused, match="ended already"):
        actions.end(departure=made, last_day=TODAY, words="She settled in well", by=by, on=TODAY)
    assert Departure.objects.count() == 1 and Event.objects.filter(kind="departure.ended").count() == 1


def test_which_departures_explain_a_missed_date(world: World) -> None:
    by, kuba, zosia = world.actor("hari"), a_pupil(world.oakfield), a_pupil(world.oakfield, "Zosia", "Nowak")
    missed = a_missed(kuba)
    a_missed(zosia, 9)
    a_missed(kuba, 400)
    a_missed(kuba, clock="AR-01")

    def late() -> list[str]:
        return [row.who for row in unexplained(by, [world.oakfield.pk], on=TODAY)]

    assert late() == ["Kuba Kowalski", "Zosia Nowak"], "the last year’s, of the Code alone"
    a_departure(by, world.oakfield, kuba, rule="PAR-02", since=TODAY - 20 * DAY)
    a_departure(by, world.oakfield, kuba, rule="GA-08", since=TODAY - 4 * DAY)
    assert len(late()) == 2, "another rule, and one that began after the date, explain nothing"
    made = a_departure(by, world.oakfield, kuba, rule="GA-06", since=TODAY, missed=missed)
    assert late() == ["Zosia Nowak"], "one that was logged about the date does, whenever"
    Departure.objects.filter(pk=made.pk).update(decision="refused")
    assert len(late()) == 2, "one that was not agreed to does not"
    a_departure(by, world.oakfield, rule="GA-08", since=TODAY - 30 * DAY, until=TODAY - 7 * DAY)
    assert late() == ["Kuba Kowalski"], "the whole school’s, while it ran"
    assert unexplained(world.actor("chloe"), [world.oakfield.pk], on=TODAY) == ()
