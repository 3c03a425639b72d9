"""Putting off, reasons, the list of what waits, steps and the monitor, as people meet them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from alongside.areas.clocks.actions import put_back, put_off, warn
from alongside.areas.clocks.models import Missed, PutOff, Stricter
from alongside.areas.clocks.tests.builders import a_row
from alongside.base.deadlines.actions import Difference, keep_run
from alongside.base.history.models import Event, Viewing
from alongside.fronts.desk.today import today_page
from alongside.kit import NotAllowed, Refused
from alongside.kit.time import now
from tests.people import TODAY, World, a_parent, a_person, a_post, a_pupil, words_of

SOON = {"until": "30 Nov", "why": "After the hearing test"}


def shown(world: World, name: str = "amara", day: int = 0) -> list[str]:
    page = today_page(world.actor(name), on=TODAY + timedelta(day))
    return [row.who for band in page.bands for row in band.rows]


# --- Waiting ---------------------------------------------------------------------------------------------


def test_a_row_is_put_off_and_comes_back_on_its_day(world: World, as_: Any) -> None:
    kuba = a_pupil(world.oakfield)
    row = a_row(world.oakfield, "rest", 5, pupil=kuba)
    browser = as_(world.amara)
    assert f"/today/rows/{row.pk}/wait/" in browser.get("/today/").content.decode()
    answer = browser.post(f"/today/rows/{row.pk}/wait/", SOON, follow=True)
    assert "It is back on 30 Nov 2026; its date stays 28 Nov 2026" in words_of(answer)
    assert [shown(world, day=day) for day in (0, 6, 7)] == [[], [], ["Kuba Kowalski, 4W"]]
    waiting = words_of(browser.get("/today/waiting/"))
    assert "Kuba Kowalski: a talk" in waiting and "After the hearing test" in waiting and "28 Nov" in waiting
    assert Event.objects.get(kind="clock.put_off").facts["until"] == "30 Nov 2026"


def test_it_comes_back_when_its_clock_changes(world: World) -> None:
    row = a_row(world.oakfield, "rest", 5, pupil=a_pupil(world.oakfield))
    put_off(row=row, until=TODAY + timedelta(9), why="After the test", by=world.actor("amara"), on=TODAY)
    assert shown(world) == []
    row.due += timedelta(1)
    row.save()
    assert shown(world) == ["Kuba Kowalski, 4W"]
    row.due -= timedelta(1)
    row.counted_from += timedelta(1)
    row.save()
    assert shown(world) == ["Kuba Kowalski, 4W"], "the same date from another start is another clock"


def test_it_is_put_back_by_hand_and_the_history_stays(world: World, as_: Any) -> None:
    row = a_row(world.oakfield, "rest", 5, pupil=a_pupil(world.oakfield))
    amara = world.actor("amara")
    waits = put_off(row=row, until=TODAY + timedelta(9), why="After the test", by=amara, on=TODAY)
    browser = as_(world.hari)
    browser.post(f"/today/waiting/{waits.pk}/back/")
    assert shown(world) == ["Kuba Kowalski, 4W"]
    assert "Put off before" in words_of(browser.get("/today/waiting/"))
    put_back(waits=PutOff.objects.get(), by=amara, on=TODAY)
    assert Event.objects.filter(kind="clock.back").count() == 1, "back is back"


def test_putting_off_again_replaces_the_first(world: World) -> None:
    row = a_row(world.oakfield, "rest", 5)
    for days in (9, 3, 9):
        put_off(row=row, until=TODAY + timedelta(days), why="After the test", by=world.actor("amara"), on=TODAY)
    assert PutOff.objects.count() == 3 and PutOff.objects.filter(back_on=None).count() == 1
    assert today_page(world.actor("amara"), on=TODAY).waiting == 1


def test_a_date_of_the_law_is_refused_with_the_sentence(world: World, as_: Any) -> None:
    row = a_row(world.oakfield, "legal", 5, pupil=a_pupil(world.oakfield))
    browser = as_(world.amara)
    assert "/wait/" not in browser.get("/today/").content.decode()
    answer = browser.post(f"/today/rows/{row.pk}/wait/", SOON)
    assert "The law sets this date, 28 Nov 2026, so it cannot be put off." in words_of(answer)
    with pytest.raises(Refused, match="The law sets"):
        put_off(row=row, until=TODAY + timedelta(1), why="Too much to do", by=world.actor("hari"), on=TODAY)
    assert PutOff.objects.count() == 0 and shown(world) == ["Kuba Kowalski, 4W"]


def test_nobody_puts_off_what_is_not_theirs(world: World, as_: Any) -> None:
    row = a_row(world.oakfield, "rest", 5, pupil=a_pupil(world.oakfield))
    own = a_row(world.oakfield, "rest", 5, pupil=a_pupil(world.oakfield, "Ola"))
    a_parent(world.amara, world.oakfield.pupils.get(given_name="Ola"))
    assert as_(world.amara).get(f"/today/rows/{row.pk}/wait/").status_code == 200
    assert as_(world.amara).get(f"/today/rows/{own.pk}/wait/").status_code == 404
    for name in ("chloe", "ben", "dev"):
        assert as_(world.people[name]).post(f"/today/rows/{row.pk}/wait/", SOON).status_code == 404
    with pytest.raises(NotAllowed):
        put_off(row=row, until=TODAY + timedelta(1), why="After the test", by=world.actor("chloe"), on=TODAY)


@pytest.mark.parametrize("typed", ["", "yesterday", "31/02/2026", "23 Nov 2026", "1 Jan 2031", "<script>", "9" * 400])
def test_a_day_that_cannot_be_is_said_and_what_was_typed_stays(world: World, as_: Any, typed: str) -> None:
    row = a_row(world.oakfield, "rest", 5)
    answer = as_(world.amara).post(f"/today/rows/{row.pk}/wait/", {"until": typed, "why": "After <b>lunch</b>"})
    assert answer.status_code == 200 and "After &lt;b&gt;lunch&lt;/b&gt;" in answer.content.decode()
    assert PutOff.objects.count() == 0


# --- What was missed -------------------------------------------------------------------------------------


@pytest.fixture
def missed(world: World) -> Missed:
    a_row(world.oakfield, "legal", -2, pupil=a_pupil(world.oakfield), clock="EHC-06")
    warn(school=world.oakfield, on=TODAY)
    return Missed.objects.get()


def test_a_missed_date_asks_for_its_reason_and_keeps_it(world: World, as_: Any, missed: Missed) -> None:
    browser = as_(world.amara)
    page = words_of(browser.get("/today/"))
    assert "Say why it was missed" in page and "The headteacher was told on 23 Nov." in page
    address = f"/clocks/missed/{missed.pk}/"
    assert "Headteacher, the day after".lower() in words_of(browser.get(address)).replace("The h", "h").lower()
    given = {"because": "others", "words": "The therapist’s report came late.", "ground": "E1"}
    assert browser.post(address, given).status_code == 200, "a ground that the rule does not have is no choice"
    assert Missed.objects.filter(because="").exists()
    browser.post(address, given | {"ground": "E3"})
    missed.refresh_from_db()
    assert (missed.because, missed.ground, missed.reasoned_on, missed.by_id) == ("others", "E3", TODAY, world.amara.pk)
    assert missed.due == TODAY - timedelta(2), "the date stands"
    assert "Reason given" in words_of(browser.get("/today/"))
    assert Event.objects.filter(kind="clock.reason").count() == 1


def test_who_looked_at_one_childs_date_is_written_down(world: World, as_: Any, missed: Missed) -> None:
    row = a_row(world.oakfield, "rest", 5, pupil=missed.pupil)
    whole = a_row(world.oakfield, "rest", 5)
    for name in ("amara", "chloe"):
        for address in (
            f"/clocks/missed/{missed.pk}/", f"/today/rows/{row.pk}/wait/", f"/today/rows/{whole.pk}/wait/",
        ):  # fmt: skip
            as_(world.people[name]).get(address)
    assert missed.pupil_id
    seen = Viewing.objects.filter(pupil_id=missed.pupil_id).values_list("page", "by_id")
    assert set(seen) == {("missed date", world.amara.pk), ("open date", world.amara.pk)}
    assert Viewing.objects.filter(page__contains="date").count() == 2


@pytest.mark.parametrize("name", ["chloe", "ben", "dev", "sys"])
def test_a_reason_is_given_by_those_who_run_sen(world: World, as_: Any, missed: Missed, name: str) -> None:
    given = {"because": "others", "words": "The report came late."}
    assert as_(world.people[name]).post(f"/clocks/missed/{missed.pk}/", given).status_code == 404


# --- The monitor and a school's steps ----------------------------------------------------------------------


def test_the_head_reads_names_and_the_director_counts(world: World, as_: Any, missed: Missed) -> None:
    for _ in range(7):
        a_row(world.brookside, "family", 2)
    world.people["dina"] = a_person("Dina")
    a_post(world.dina, "director", None)
    night = now()
    keep_run(
        found=[Difference(3, 1, 1), Difference(0, 2, 1, drift=3)],
        began=night,
        ended=night + timedelta(seconds=2.5),
        on=TODAY,
    )
    head, director = (words_of(as_(world.people[name]).get("/clocks/")) for name in ("hari", "dina"))
    assert "Kuba Kowalski: a talk" in head and "No reason yet" in head and "By school" not in head
    assert "Kowalski" not in director and "No reason yet" not in director
    assert "Brookside Primary" in director and "about 5 open" in director and "fewer than 5 open" in director
    for page in (head, director):
        assert "3 put right; report it as a fault" in page and "2.5" in page
        assert 'data-label="Moved by the day">5<' in page, "what the day moved is no fault"
    assert "/clocks/" in words_of(as_(world.dina).get("/", follow=True)), "the director finds it in the menu"


def test_a_school_sets_its_own_steps_and_looser_ones_are_refused(world: World, as_: Any) -> None:
    browser, where = as_(world.hari), f"/clocks/steps/{world.oakfield.pk}/"
    line = 8  # every other date of the law, the headteacher
    assert "Every other date of the law" in words_of(browser.get(f"{where}{line}/"))
    for typed, said in (
        ("1", "never later"),
        ("soon", "Write days"),
        ("", "empty"),
        ("9999", "Give days from"),
        ("3,1; drop", "Write days"),
    ):
        answer = words_of(browser.post(f"{where}{line}/", {"days": typed}))
        assert said in answer, answer
    assert Stricter.objects.count() == 0
    browser.post(f"{where}{line}/", {"days": "10, 5, 1, −1"})
    assert Stricter.objects.get().days == [10, 5, 1, -1]
    assert "10 days before, 5 days before, 1 day before, the day after" in words_of(browser.get(where))
    assert browser.get(f"{where}99/").status_code == 404
    assert as_(world.amara).post(f"{where}{line}/", {"days": "10, 5, 1"}).status_code == 404
    assert browser.get(f"/clocks/steps/{world.brookside.pk}/").status_code == 404
