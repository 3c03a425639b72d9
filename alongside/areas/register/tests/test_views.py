"""Each page of the verbs: the right person, the wrong person, the wrong method, and what is refused on the way."""

from __future__ import annotations

from typing import Any

import pytest

from alongside.areas.concerns import actions as concerns
from alongside.areas.register import actions, rules
from alongside.areas.register.models import Check, Decision, Disability, Need, PlanRecord, Status
from alongside.areas.register.tests.builders import a_decision, on_plan, on_support
from alongside.base.pupils.models import Pupil
from tests.people import TODAY, World, a_class, a_pupil, teaches, words_of

GOOD = {
    "provision": "K", "difficulty": "yes", "difficulty_says": "Reads 14 words a minute.", "special": "yes",
    "special_says": "Daily reading with an adult.", "evidence_on": "20 Nov 2026", "need_1": "SLCN", "need_2": "MLD",
}  # fmt: skip


@pytest.fixture
def kuba(world: World) -> Pupil:
    pupil = a_pupil(world.oakfield)
    teaches(world.ben, a_class(world.oakfield, pupil))
    return pupil


def stem(pupil: Pupil) -> str:
    return f"/pupils/{pupil.pk}/register"


PAGES = ["decide/", "take-off/", "needs/", "plan/", "disability/", "check/"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", ["amara", "hari"])
def test_those_who_keep_the_register_open_every_page(world: World, as_: Any, kuba: Pupil, page: str, name: str) -> None:
    answer = as_(world.people[name]).get(f"{stem(kuba)}/{page}")
    assert answer.status_code == 200
    assert "Kuba Kowalski" in answer.content.decode()
    assert 'style="' not in answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", ["ben", "tess", "dana", "chloe", "dev", "gus", "sys", "femi", "ewa"])
def test_for_everybody_else_they_do_not_exist(world: World, as_: Any, kuba: Pupil, page: str, name: str) -> None:
    browser = as_(world.people[name])
    there, nowhere = browser.get(f"{stem(kuba)}/{page}"), browser.get(f"/pupils/999999/register/{page}")
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert words_of(there) == words_of(nowhere)


def test_decide_tell_place_in_one_sitting(world: World, as_: Any, kuba: Pupil) -> None:
    browser = as_(world.amara)
    told = browser.post(f"{stem(kuba)}/decide/", GOOD)
    decision = Decision.objects.get(pupil=kuba)
    assert told.url == f"{stem(kuba)}/{decision.pk}/tell/"

    early = browser.post(f"{stem(kuba)}/{decision.pk}/place/", {"starts_on": "23 Nov 2026"})
    assert early.status_code == 200 and "You cannot make this SEN support yet." in words_of(early)

    placed = browser.post(f"{stem(kuba)}/{decision.pk}/tell/", {"how": "meeting", "told_on": "23/11/2026"})
    assert placed.url == f"{stem(kuba)}/{decision.pk}/place/"
    done = browser.post(placed.url, {"starts_on": "23 Nov 2026"})
    assert done.url == f"/pupils/{kuba.pk}/"
    assert Status.objects.get(pupil=kuba).since == TODAY
    assert list(Need.objects.filter(pupil=kuba).order_by("rank").values_list("code", flat=True)) == ["SLCN", "MLD"]
    assert browser.get(placed.url).status_code == 404, "what has taken effect is not placed again"


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"need_1": ""}, "id_need_1", "Choose a main need"),
        ({"need_1": "OTH"}, "id_area_1", "has no area of its own"),
        ({"special": "no"}, "id_special_0", "Consider reasonable adjustments"),
        ({"difficulty_says": ""}, "id_difficulty_says", "Say what shows the difficulty"),
        ({"evidence_on": "31 Feb 2026"}, "id_evidence_on", "no 31 February"),
        ({"provision": "E"}, "id_provision_0", "needs its plan record first"),
        ({"provision": ""}, "id_provision_0", "Say whether this is SEN support or an EHC plan"),
    ],
)
def test_a_refused_decision_keeps_what_was_typed(
    world: World, as_: Any, kuba: Pupil, change: dict[str, str], field: str, says: str
) -> None:
    answer = as_(world.amara).post(f"{stem(kuba)}/decide/", {**GOOD, **change})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert says in text and f'href="#{field}"' in text
    assert "Daily reading with an adult." in text
    assert not Decision.objects.exists()


def test_a_decision_starts_from_the_concern_behind_it(world: World, as_: Any, kuba: Pupil) -> None:
    worry = concerns.raise_concern(
        pupil=kuba, draft=concerns.ConcernDraft("Loses his place in every line."), by=world.actor("ben"), on=TODAY
    )
    browser = as_(world.amara)
    address = f"{stem(kuba)}/decide/?concern={worry.pk}"
    assert browser.get(address).content.decode().count("Loses his place in every line.") == 2
    browser.post(address, GOOD)
    assert Decision.objects.get(pupil=kuba).concern_id == worry.pk


def test_a_half_written_decision_comes_back_and_goes_once_sent(world: World, as_: Any, kuba: Pupil) -> None:
    key, browser = f"decide:{kuba.pk}", as_(world.amara)
    browser.post(f"/drafts/?form={key}", {"difficulty_says": "Half a thought"})
    assert "Half a thought" in browser.get(f"{stem(kuba)}/decide/").content.decode()
    browser.post(f"{stem(kuba)}/decide/", GOOD)
    assert "Half a thought" not in browser.get(f"{stem(kuba)}/decide/").content.decode()


def test_a_waiting_decision_is_said_on_the_page_of_the_next(world: World, as_: Any, kuba: Pupil) -> None:
    decision = a_decision(pupil=kuba, by=world.actor("amara"), on=TODAY)
    text = as_(world.amara).get(f"{stem(kuba)}/decide/").content.decode()
    assert f"{stem(kuba)}/{decision.pk}/tell/" in text


def test_not_told_needs_its_lawful_reason(world: World, as_: Any, kuba: Pupil) -> None:
    decision = a_decision(pupil=kuba, by=world.actor("amara"), on=TODAY)
    browser, address = as_(world.amara), f"{stem(kuba)}/{decision.pk}/tell/"
    refused = browser.post(address, {"how": "not", "told_on": "23 Nov 2026", "not_told_because": " "})
    assert refused.status_code == 200 and "or why they were not" in words_of(refused)
    assert browser.post(address, {"how": "not", "not_told_because": "A court order."}).status_code == 302
    kept = Decision.objects.get(pk=decision.pk)
    assert (kept.told_on, kept.told_how, kept.not_told_because) == (None, "", "A court order.")


def test_a_decision_is_taken_back(world: World, as_: Any, kuba: Pupil) -> None:
    decision = a_decision(pupil=kuba, by=world.actor("amara"), on=TODAY)
    browser, address = as_(world.amara), f"{stem(kuba)}/{decision.pk}/withdraw/"
    assert "Say why the decision is taken back" in words_of(browser.post(address, {"why": ""}))
    assert browser.get(address).status_code == 200
    assert browser.post(address, {"why": "Wrong pupil."}).url == f"/pupils/{kuba.pk}/"
    assert not Decision.objects.exists()


def test_coming_off_asks_for_views(world: World, as_: Any, kuba: Pupil) -> None:
    on_support(pupil=kuba, by=world.actor("amara"), on=TODAY)
    browser, address = as_(world.amara), f"{stem(kuba)}/take-off/"
    refused = browser.post(address, {"reason": "Holds the aims."})
    assert "why you could not ask" in words_of(refused) and "Holds the aims." in words_of(refused)
    words = {"reason": "Holds the aims.", "parent_view": "Pleased.", "pupil_view": "I can."}
    assert browser.post(address, words).status_code == 302
    assert Status.objects.get(pupil=kuba).until == TODAY


def test_needs_are_changed_and_a_hole_is_refused(world: World, as_: Any, kuba: Pupil) -> None:
    on_support(pupil=kuba, by=world.actor("amara"), on=TODAY)
    browser, address = as_(world.amara), f"{stem(kuba)}/needs/"
    refused = browser.post(address, {"need_1": "SLCN", "need_3": "MLD"})
    assert "Rank the needs 1, 2 and so on" in words_of(refused)
    assert browser.post(address, {"need_1": "MLD", "why": "Reading test"}).status_code == 302
    assert list(Need.objects.filter(pupil=kuba, until=None).values_list("code", flat=True)) == ["MLD"]


def test_a_plan_is_recorded_and_its_end(world: World, as_: Any, kuba: Pupil) -> None:
    browser, address = as_(world.amara), f"{stem(kuba)}/plan/"
    assert "which council made the plan" in words_of(browser.post(address, {"la": "", "made_on": "1 Sep 2026"}))
    recorded = browser.post(address, {"la": "Fernshire", "made_on": "1 Sep 2026"})
    assert recorded.url == f"{stem(kuba)}/decide/", "the plan is recorded, and then decided on"
    assert "ended before it was made" in words_of(
        browser.post(address, {"end": "1", "ceased_on": "1 Aug 2026", "why": "x"})
    )
    assert browser.post(address, {"end": "1", "ceased_on": "20 Nov 2026", "why": "Aims met"}).status_code == 302
    assert PlanRecord.objects.get(pupil=kuba).ceased_on is not None


def test_no_disability_known_is_an_answer(world: World, as_: Any, kuba: Pupil) -> None:
    browser, address = as_(world.amara), f"{stem(kuba)}/disability/"
    nothing = browser.post(address, {"source": "the family"})
    assert "is one." in words_of(nothing)
    assert (
        browser.post(address, {"known": "no", "source": "the family", "impairment": "typed, then changed"}).status_code
        == 302
    )
    row = Disability.objects.get(pupil=kuba)
    assert (row.known, row.impairment) == (False, "")


def test_still_right_goes_on_to_the_next(world: World, as_: Any, kuba: Pupil) -> None:
    billy = a_pupil(world.oakfield, "Billy", "Frost")
    browser = as_(world.amara)
    page = browser.get(f"{stem(kuba)}/check/?then={billy.pk}").content.decode()
    assert "1 pupil to go after this one" in page and f"{stem(billy)}/check/" in page
    assert browser.post(f"{stem(kuba)}/check/?then={billy.pk}", {}).url == f"{stem(billy)}/check/"
    assert browser.post(f"{stem(billy)}/check/", {}).url == "/pupils/"
    assert set(Check.objects.values_list("pupil_id", flat=True)) == {kuba.pk, billy.pk}


def test_twenty_in_ten_seconds_are_warned_about(world: World, as_: Any, kuba: Pupil) -> None:
    amara = world.actor("amara")
    for _ in range(rules.HASTE):
        actions.check(pupil=kuba, by=amara, on=TODAY, sure=True)
    browser, address = as_(world.amara), f"{stem(kuba)}/check/"
    warned = browser.post(address, {})
    assert "records within a minute" in words_of(warned) and "I have read this record" in words_of(warned)
    assert browser.post(address, {"sure": "on"}).status_code == 302


def test_adding_starts_with_a_name_and_takes_no_post(world: World, as_: Any, kuba: Pupil) -> None:
    on_plan(pupil=a_pupil(world.oakfield, "Theo", "Kowal"), by=world.actor("amara"), on=TODAY)
    browser = as_(world.amara)
    text = browser.get("/pupils/add/?q=kow").content.decode()
    assert f"{stem(kuba)}/decide/" in text and "Change needs" in text
    assert browser.post("/pupils/add/").status_code == 405
    assert as_(world.ben).get("/pupils/add/").status_code == 404


# --- A button that is pressed twice ----------------------------------------------------------------------


def test_deciding_twice_makes_one_decision(world: World, as_: Any, kuba: Pupil) -> None:
    browser = as_(world.amara)
    first, again = browser.post(f"{stem(kuba)}/decide/", GOOD), browser.post(f"{stem(kuba)}/decide/", GOOD)
    assert first.url == again.url
    assert Decision.objects.filter(pupil=kuba).count() == 1
    browser.post(f"{stem(kuba)}/decide/", {**GOOD, "need_2": ""})
    assert Decision.objects.filter(pupil=kuba).count() == 2, "other words are another decision"


@pytest.mark.parametrize(("step", "typed"), [("place", {"starts_on": "23 Nov"}), ("tell", {"how": "meeting"})])
def test_what_has_taken_effect_says_so_kindly(
    world: World, as_: Any, kuba: Pupil, step: str, typed: dict[str, str]
) -> None:
    browser, decision = as_(world.amara), a_decision(pupil=kuba, by=world.actor("amara"), on=TODAY)
    browser.post(f"{stem(kuba)}/{decision.pk}/tell/", {"how": "meeting", "told_on": "23 Nov"})
    assert browser.post(f"{stem(kuba)}/{decision.pk}/place/", {"starts_on": "23 Nov"}).url == f"/pupils/{kuba.pk}/"
    again = browser.post(f"{stem(kuba)}/{decision.pk}/{step}/", typed, follow=True)
    assert again.redirect_chain[-1][0] == f"/pupils/{kuba.pk}/"
    assert "Kuba has SEN support since 23 November 2026. Nothing was done twice." in words_of(again)
    assert Status.objects.filter(pupil=kuba).count() == 1
    stranger = as_(world.ben).post(f"{stem(kuba)}/{decision.pk}/{step}/", typed)
    assert stranger.status_code == 404
