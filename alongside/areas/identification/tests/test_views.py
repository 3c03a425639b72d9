"""Each page of the sweep: the right person, the wrong person, and what is shown and hidden."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.areas.assessment.models import Scale
from alongside.areas.concerns.models import Concern
from alongside.areas.concerns.tests.builders import a_concern
from alongside.areas.identification import counts, queries, signs, sweep
from alongside.areas.identification.models import Flag, Run, SlowClass, Switch
from alongside.areas.identification.rules import Sign
from alongside.areas.identification.standing import Stands
from alongside.areas.identification.tests.builders import (
    a_director,
    a_run_of_scores,
    a_scale,
    a_year_group,
    swept,
    switched_on,
)
from alongside.areas.register.models import Status
from alongside.base.history.models import Viewing
from alongside.base.pupils.models import Pupil
from tests.people import TODAY, World, a_class, a_person, a_post, a_pupil, teaches, words_of

FALLS, STEADY = (100.0, 92.0, 80.0), (100.0, 100.0, 100.0)


@pytest.fixture
def kuba(world: World) -> Pupil:
    """Kuba of Mr Whitlock's class is flagged; a pupil of another class is too."""
    pupils = a_year_group(world.oakfield, 12)
    pupils[0].given_name, pupils[11].given_name = "Kuba", "Juno"
    for pupil in (pupils[0], pupils[11]):
        pupil.save()
    teaches(world.ben, a_class(world.oakfield, *pupils[:10]))
    rows = [(pupil, FALLS if n in (0, 11) else STEADY) for n, pupil in enumerate(pupils)]
    a_run_of_scores(a_scale(), rows)
    switched_on(Sign.WIDENS, by=world.hari)
    swept()
    world.people["dora"] = a_director()
    world.people["gov"] = a_person("Gov", "Ernor")
    a_post(world.people["gov"], "governor", world.oakfield)
    return pupils[0]


def test_a_teacher_sees_the_flags_of_own_pupils_and_the_senco_all(world: World, as_: Any, kuba: Pupil) -> None:
    teacher, senco = (words_of(as_(world.people[name]).get("/progress/")) for name in ("ben", "amara"))
    assert "Kuba Example" in teacher and "Juno Example" not in teacher and "progress/sweep" not in teacher
    assert "Kuba Example" in senco and "Juno Example" in senco and "2 pupils to answer for" in senco


def test_a_flag_of_a_pupil_who_moved_within_the_trust_is_shown_until_the_next_sweep(
    world: World, as_: Any, kuba: Pupil
) -> None:
    """Whoever runs SEN at both schools sees it, with the days of the school that raised it."""
    a_post(world.amara, "senco", world.brookside)
    Pupil.objects.filter(pk=kuba.pk).update(school=world.brookside)
    Flag.objects.exclude(pupil=kuba).delete()
    assert "Kuba Example" in words_of(as_(world.amara).get("/progress/"))


def test_a_pupils_progress_says_figures_error_and_what_else_it_could_be(world: World, as_: Any, kuba: Pupil) -> None:
    text = words_of(as_(world.ben).get(f"/pupils/{kuba.pk}/progress/"))
    for part in ("fell by 20 points", "more than 11 points", "3 tests", "This is not a diagnosis", "days missed",
                 "Show as a table", "<svg", "Not enough pupils across the trust", "Waits for an answer"):  # fmt: skip
        assert part in text, part
    assert Viewing.objects.filter(pupil_id=kuba.pk, page="progress").exists()


@pytest.mark.parametrize("name", ["tess", "dana", "cal", "chloe", "gov", "dora", "dev", "gus", "ewa", "sys"])
@pytest.mark.parametrize("page", ["", "answer/", "?as=csv&subject=reading&chart=gap"])
def test_the_progress_of_others_does_not_exist(world: World, as_: Any, kuba: Pupil, name: str, page: str) -> None:
    browser = as_(world.people[name])
    there, nowhere = (browser.get(f"/pupils/{number}/progress/{page}") for number in (kuba.pk, 999_999))
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert words_of(there) == words_of(nowhere)


def test_charts_are_taken_away_as_picture_and_as_figures(world: World, as_: Any, kuba: Pupil) -> None:
    browser, stem = as_(world.ben), f"/pupils/{kuba.pk}/progress/"
    table = browser.get(f"{stem}?as=csv&subject=reading&chart=scores")
    assert table["Content-Type"].startswith("text/csv")
    rows = [line.split(",") for line in table.content.decode().split()]
    assert rows[-1][-3:] == ["80", "100", "±9"] and "Kuba" not in table["Content-Disposition"]
    assert Viewing.objects.filter(pupil_id=kuba.pk, by_id=world.ben.pk, page="progress chart").count() == 1
    picture = browser.get(f"{stem}?as=svg&subject=reading&chart=gap")
    assert picture["Content-Type"] == "image/svg+xml" and b"<script" not in picture.content
    assert picture.content.startswith(b"<svg") and b"<desc>" in picture.content
    assert browser.get(f"{stem}?as=svg&subject=weather&chart=gap").status_code == 404


def test_until_the_next_sweep_the_peers_are_those_of_the_year_that_was_tested(
    world: World, as_: Any, kuba: Pupil
) -> None:
    older = a_year_group(world.oakfield, 9, nc_year="5", class_name="5W")
    a_run_of_scores(Run.objects.get().scale, [(pupil, (120.0, 120.0, 120.0)) for pupil in older])
    swept()
    Pupil.objects.filter(pk=kuba.pk).update(nc_year="5")
    stem = f"/pupils/{kuba.pk}/progress/"
    table = as_(world.ben).get(f"{stem}?as=csv&subject=reading&chart=scores").content.decode().splitlines()
    assert [line.split(",")[-2] for line in table[1:]] == ["100", "100", "100"]
    assert "Year 4" in words_of(as_(world.ben).get(stem))


def test_an_answer_is_refused_where_it_says_nothing_and_kept_where_it_does(world: World, as_: Any, kuba: Pupil) -> None:
    browser, address = as_(world.ben), f"/pupils/{kuba.pk}/progress/answer/"
    assert "100, 92, 80 in 3 tests" in words_of(browser.get(address))
    flag = Flag.objects.get(pupil=kuba)
    typed = {"flags": str(flag.pk), "answer": "dismiss", "reason": ""}
    assert "Give the reason" in words_of(browser.post(address, typed))
    assert "first language" in words_of(browser.post(address, {**typed, "reason": "EAL"}))
    assert "Choose an answer" in words_of(browser.post(address, {"flags": str(flag.pk)}))
    other = Flag.objects.exclude(pupil=kuba).get()
    assert "is not one of the available choices" in words_of(browser.post(address, {**typed, "flags": str(other.pk)}))
    assert not Flag.objects.exclude(answer="").exists()
    shared = browser.post(address, {**typed, "answer": "confirm", "seen": "Progress flag in reading. Slow to begin."})
    concern = Concern.objects.get()
    assert shared.url == f"/concerns/{concern.pk}/" and Flag.objects.get(pupil=kuba).concern == concern
    assert "No flag waits here" in words_of(browser.get(address))


def test_what_the_sweep_found_stands_beside_a_concern(world: World, as_: Any, kuba: Pupil) -> None:
    concern = a_concern(pupil=kuba, by=world.actor("ben"), on=TODAY)
    senco, teacher = as_(world.amara), as_(world.ben)
    for page in ("", "triage/"):
        text = words_of(senco.get(f"/concerns/{concern.pk}/{page}"))
        assert "What the results say" in text and "Reading: the gap is growing." in text and "fell by 20 points" in text
    assert "What the results say" not in words_of(teacher.get(f"/concerns/{concern.pk}/")), "for those who triage"
    assert "2 pupils have a progress flag to answer" in words_of(senco.get("/concerns/"))
    assert "1 pupil has a progress flag to answer" in words_of(teacher.get("/concerns/"))


# --- The whole school


def test_everybody_stands_in_one_place_of_the_sweep(world: World, as_: Any, kuba: Pupil) -> None:
    pupils = list(Pupil.objects.exclude(pk=kuba.pk).order_by("pk"))
    Status.objects.create(pupil=pupils[0], school=world.oakfield, code="K", since=TODAY - timedelta(days=30))
    a_concern(pupil=pupils[1], by=world.actor("ben"), on=TODAY)
    Flag.objects.filter(pupil__given_name="Juno").update(answer="explain", behind=["absence"], answered_on=TODAY)
    a_pupil(world.oakfield, "Newcomer", "Late")
    page = sweep.sweep_page(world.actor("amara"), sweep.Chosen(), on=TODAY)
    counts = {option.value: option.count for option in page.counts}
    assert counts == {
        Stands.REGISTER: 1, Stands.CONCERN: 1, Stands.FLAG: 1, Stands.MONITORED: 1, Stands.CLEAR: 8, Stands.UNKNOWN: 1,
    }  # fmt: skip
    assert sum(counts.values()) == page.total == 13
    assert page.lines[0].name == "Kuba Example"
    text = words_of(as_(world.amara).get("/progress/sweep/?state=register"))
    assert pupils[0].name in text and "Kuba Example" not in text


def test_a_late_flag_is_shown_late(world: World, as_: Any, kuba: Pupil) -> None:
    Flag.objects.filter(pupil=kuba).update(raised_on=TODAY - timedelta(weeks=5))
    text = words_of(as_(world.amara).get("/progress/sweep/?late=1"))
    assert "Kuba Example" in text and "school days late" in text and "Juno Example" not in text
    sheet = words_of(as_(world.amara).get("/progress/sweep/print/?late=1"))
    assert "Kuba Example" in sheet and "Printed by Amara Adeyemi" in sheet


@pytest.mark.parametrize("name", ["ben", "tess", "dana", "gov", "dora", "dev", "gus"])
def test_the_sweep_is_for_those_who_run_sen(world: World, as_: Any, kuba: Pupil, name: str) -> None:
    assert as_(world.people[name]).get("/progress/sweep/").status_code == 404
    assert as_(world.people[name]).get("/progress/sweep/print/").status_code == 404


@pytest.mark.parametrize(
    "asked", ["?school=999999", "?school=abc&page=-1", "?page=99999999999999999999", "?state='--", "?year=²"]
)
def test_hostile_addresses_of_the_sweep(world: World, as_: Any, kuba: Pupil, asked: str) -> None:
    assert as_(world.amara).get(f"/progress/sweep/{asked}").status_code in (200, 404)


def test_the_sweep_takes_few_statements_whatever_the_size(world: World, kuba: Pupil) -> None:
    amara = world.actor("amara")

    def statements() -> int:
        with CaptureQueriesContext(connection) as said:
            page = sweep.sweep_page(amara, sweep.Chosen(), on=TODAY)
        assert len(page.lines) <= queries.A_PAGE
        return len(said)

    few = statements()
    for n in range(60):
        a_pupil(world.oakfield, f"More{n}", "Pupil")
    assert statements() == few <= 8


def test_a_slow_class_shows_at_its_own_school_and_until_a_newer_point(world: World, kuba: Pupil) -> None:
    run = Run.objects.get()
    SlowClass.objects.create(
        run=run, school=world.oakfield, nc_year="4", class_name="4W", pupils=10, flagged=7, usual=0.1, found_on=TODAY
    )
    assert sweep.slow_classes(world.oakfield.pk) == (
        "4W: 7 of 10 flagged in reading, where 10 in 100 are flagged across the trust",
    )
    assert sweep.slow_classes(world.brookside.pk) == ()
    run.pk, run.school_year = None, run.school_year + 1
    run.save()
    assert sweep.slow_classes(world.oakfield.pk) == ()


# --- Signs and counts


def test_the_director_sees_what_a_sign_would_do_before_switching_it(world: World, as_: Any, kuba: Pupil) -> None:
    browser = as_(world.dora)
    page = words_of(browser.get("/progress/signs/?reliability=0.9&slowed=10"))
    assert "<b>37</b> would truly have slowed down" in page and "no likelier to have slowed down" in page
    unseen = browser.post("/progress/signs/switch/", {"sign": Sign.SLOWER, "to": "on"}, follow=True)
    assert "First look at how often" in words_of(unseen) and Switch.objects.count() == 1
    typed = {"sign": Sign.SLOWER, "to": "on", "reliability": "0.9", "slowed": "10"}
    assert "switched on" in words_of(browser.post("/progress/signs/switch/", typed, follow=True))
    kept = Switch.objects.get(sign=Sign.SLOWER)
    assert kept.shown["right"] == pytest.approx(0.37, abs=0.01) and kept.by == world.dora
    assert "right 37 times in 100" in words_of(browser.get("/progress/signs/"))
    assert browser.post("/progress/signs/switch/", {"sign": "weather", "to": "on"}).status_code == 404
    assert "switched off" in words_of(browser.post("/progress/signs/switch/", {**typed, "to": "off"}, follow=True))


@pytest.mark.parametrize("asked", ["?reliability=nan&slowed=1", "?reliability=2&slowed=0", "?reliability=&slowed=x"])
def test_numbers_that_no_test_has_are_refused_in_words(world: World, as_: Any, kuba: Pupil, asked: str) -> None:
    answer = as_(world.dora).get(f"/progress/signs/{asked}")
    assert answer.status_code == 200 and "to put right" in words_of(answer)


@pytest.mark.parametrize("name", ["amara", "hari", "ben", "dev", "gov"])
def test_nobody_else_switches(world: World, as_: Any, kuba: Pupil, name: str) -> None:
    browser = as_(world.people[name])
    assert browser.get("/progress/signs/").status_code == 404
    assert browser.post("/progress/signs/switch/", {"sign": Sign.WIDENS, "to": "off"}).status_code == 404
    assert browser.post("/progress/signs/run/").status_code == 404
    assert Switch.objects.on(TODAY).count() == 1


def test_governors_and_the_trust_see_counts_without_names_or_small_numbers(world: World, as_: Any, kuba: Pupil) -> None:
    for name in ("gov", "dev", "dora"):
        text = words_of(as_(world.people[name]).get("/progress/counts/"))
        assert "Oakfield Primary" in text and ">c</td>" in text, name
        assert "Kuba" not in text and "/progress/sweep/" not in text
    assert "Brookside" not in words_of(as_(world.gov).get("/progress/counts/"))
    assert "/progress/sweep/?school=" in words_of(as_(world.amara).get("/progress/counts/")), "behind it, by right"


def test_a_hidden_school_cannot_be_told_from_the_others_and_all_of_them(world: World, kuba: Pupil) -> None:
    """Two are flagged at Oakfield and twenty at Brookside. Whoever knows that twenty-two are may see neither."""
    pupils = a_year_group(world.brookside, 60)
    a_run_of_scores(Run.objects.get().scale, [(pupil, FALLS if n < 20 else STEADY) for n, pupil in enumerate(pupils)])
    swept()
    page = counts.counts_page(world.actor("dora"), on=TODAY, of="flags")
    assert {line.name: (line.judged, line.flagged, line.share) for line in page.lines} == {
        "Oakfield Primary": (12, "c", ""), "Brookside Primary": (60, "c", ""),
    }  # fmt: skip
    assert page.chart is None and page.hidden == 2


def test_the_signs_page_tells_no_small_number(world: World, as_: Any, kuba: Pupil) -> None:
    assert {line.sign: line.here_fired for line in signs.signs_page(on=TODAY).lines}[Sign.WIDENS] is None
    text = words_of(as_(world.dora).get("/progress/signs/"))
    assert "fired for so few" in text and "In an invented trust of 200,000 pupils" in text


@pytest.mark.parametrize(("manual", "taken"), [("0.995", 0.99), ("0.300", 0.5), ("0.930", 0.93)])
def test_the_trusts_own_reliability_is_one_that_the_page_takes(
    world: World, as_: Any, kuba: Pupil, manual: str, taken: float
) -> None:
    Scale.objects.update(reliability=manual)
    assert signs.own_reliability() == taken
    typed = {"sign": Sign.SLOWER, "to": "on", "reliability": str(taken), "slowed": "10"}
    assert "switched on" in words_of(as_(world.dora).post("/progress/signs/switch/", typed, follow=True))


def test_groups_are_shown_alike_or_not_with_small_numbers_hidden(world: World, as_: Any, kuba: Pupil) -> None:
    Pupil.objects.filter(given_name__in=("Kuba", "Juno")).update(eal=True)
    Pupil.objects.exclude(given_name__in=("Kuba", "Juno")).update(eal=False)
    text = words_of(as_(world.dora).get("/progress/alike/"))
    assert "too few to say" in text and "Kuba" not in text
    assert not re.search(r">2</td>", text), "two flagged children are not told"
    for name in ("amara", "gov", "ben"):
        assert as_(world.people[name]).get("/progress/alike/").status_code == 404


def test_without_a_sign_on_the_page_says_who_may_switch_one(world: World, as_: Any) -> None:
    text = words_of(as_(world.amara).get("/progress/"))
    assert "No sign is switched on" in text and "Your director for inclusion switches signs on" in text
