"""Each page of concerns: the right person, the wrong person, the wrong method, and what is refused on the way."""

from __future__ import annotations

from typing import Any

import pytest

from alongside.areas.concerns.models import Concern
from alongside.areas.concerns.rules import Decision, Part
from alongside.areas.concerns.tests.builders import a_concern, all_parts
from alongside.base.access.scope import scope
from alongside.base.documents.actions import draft_of
from alongside.base.pupils.models import Pupil
from tests.people import TODAY, World, a_class, a_pupil, supports, teaches, words_of


@pytest.fixture
def kuba(world: World) -> Pupil:
    pupil = a_pupil(world.oakfield)
    teaches(world.ben, a_class(world.oakfield, pupil))
    return pupil


def test_a_teacher_raises_a_concern_in_one_go(world: World, as_: Any, kuba: Pupil) -> None:
    browser = as_(world.ben)
    assert f"/concerns/new/{kuba.pk}/" in words_of(browser.get("/concerns/new/"))
    form = words_of(browser.get(f"/concerns/new/{kuba.pk}/"))
    assert "Send to Ms Adeyemi" in form and "Mon 7 Dec" in form and f"/classes/note/{kuba.pk}/" in form
    typed = {"seen": "Loses his place.", "tried": ["Bigger print", "else"], "tried_else": "Coloured overlay",
             "weeks": "6", "helped": "little"}  # fmt: skip
    sent = browser.post(f"/concerns/new/{kuba.pk}/", typed)
    concern = Concern.objects.get(pupil=kuba)
    assert sent.url == f"/concerns/{concern.pk}/"
    assert (concern.tried, concern.tried_for, concern.helped) == (
        ["Bigger print", "Coloured overlay"],
        "6 weeks",
        "little",
    )
    receipt = words_of(browser.get(sent.url))
    assert "You will hear by" in receipt and "Mon 7 Dec" in receipt


def test_nothing_yet_is_an_answer(world: World, as_: Any, kuba: Pupil) -> None:
    as_(world.ben).post(f"/concerns/new/{kuba.pk}/", {"seen": "Loses his place.", "tried": ["nothing"], "helped": "no"})
    concern = Concern.objects.get(pupil=kuba)
    assert (concern.tried, concern.helped) == ([], "")


@pytest.mark.parametrize(
    ("typed", "says"),
    [({"seen": "Reading"}, "in a few words"), ({"seen": "Loses his place.", "weeks": "0"}, "1 week or more")],
)
def test_what_is_refused_keeps_what_was_typed(
    world: World, as_: Any, kuba: Pupil, typed: dict[str, str], says: str
) -> None:
    answer = as_(world.ben).post(f"/concerns/new/{kuba.pk}/", typed)
    assert answer.status_code == 200 and says in words_of(answer) and typed["seen"] in words_of(answer)
    assert not Concern.objects.exists()


@pytest.mark.parametrize("field", ["seen", "tried_else"])
def test_safeguarding_words_go_to_the_dsl_page_with_what_was_typed(
    world: World, as_: Any, kuba: Pupil, field: str
) -> None:
    browser, ben = as_(world.ben), world.actor("ben")
    browser.post(f"/drafts/?form=concern:{kuba.pk}", {"seen": "He has bru"})
    words = "He has bruises on his arm."
    typed = {"seen": "Quiet all week.", "tried": ["else"], field: words}
    answer = browser.post(f"/concerns/new/{kuba.pk}/", typed)
    text = words_of(answer)
    assert "This goes to Mrs Doyle, the DSL." in text and f"/classes/note/{kuba.pk}/" in text
    assert not Concern.objects.exists()
    with scope(person=world.ben.pk):
        assert words in str(draft_of(f"note:{kuba.pk}", by=ben)["text"])
        assert not draft_of(f"concern:{kuba.pk}", by=ben), "no second copy stays behind"
    assert words in words_of(browser.get(f"/classes/note/{kuba.pk}/"))


@pytest.mark.parametrize("name", ["cal", "chloe", "tess", "femi", "gus", "sys", "ewa"])
def test_a_pupil_out_of_reach_does_not_exist(world: World, as_: Any, kuba: Pupil, name: str) -> None:
    browser = as_(world.people[name])
    there, nowhere = browser.get(f"/concerns/new/{kuba.pk}/"), browser.get("/concerns/new/999999/")
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert words_of(there) == words_of(nowhere)


def test_an_assistant_raises_for_the_pupil_they_support(world: World, as_: Any, kuba: Pupil) -> None:
    supports(world.tess, kuba)
    assert as_(world.tess).post(f"/concerns/new/{kuba.pk}/", {"seen": "Loses his place."}).status_code == 302


@pytest.mark.parametrize(
    ("name", "status"), [("amara", 200), ("hari", 200), ("ben", 200), ("dana", 200), ("dev", 404), ("sys", 404)]
)
def test_who_has_a_page_of_concerns(world: World, as_: Any, name: str, status: int) -> None:
    answer = as_(world.people[name]).get("/concerns/")
    assert answer.status_code == status
    assert as_(world.people[name]).post("/concerns/").status_code == 405


def test_the_queue_leads_to_triage_and_its_empty_state_is_kind(world: World, as_: Any, kuba: Pupil) -> None:
    browser = as_(world.amara)
    assert "No concern is waiting" in words_of(browser.get("/concerns/"))
    concern = a_concern(pupil=kuba, by=world.actor("ben"), on=TODAY)
    text = words_of(browser.get("/concerns/"))
    assert f"/concerns/{concern.pk}/triage/" in text and "Mr Whitlock" in text and "10 school days left" in text


def test_triage_sends_the_answer_that_stood_ready(world: World, as_: Any, kuba: Pupil) -> None:
    concern = a_concern(pupil=kuba, by=world.actor("ben"), on=TODAY)
    browser, address = as_(world.amara), f"/concerns/{concern.pk}/triage/"
    form = words_of(browser.get(address))
    assert "Your concern about Kuba was read." in form and "two kinds of evidence" in form
    refused = browser.post(address, {"decision": "close", "reason": "EAL", "answer_close": "Read."})
    assert "cannot be the only reason" in words_of(refused)
    silent = browser.post(address, {"decision": "screen", "answer_screen": " "})
    assert "Write the answer that goes back" in words_of(silent) and 'href="#id_answer_screen"' in words_of(silent)
    unset = browser.post(
        address, {"decision": "monitor", "reason": "See.", "answer_monitor": "Read.", "look_again_on": ""}
    )
    assert "Set a day to look again" in words_of(unset)
    assert Concern.objects.get(pk=concern.pk).triaged_on is None

    assert browser.post(address, {"decision": "screen", "answer_screen": "We find out more."}).status_code == 302
    text = words_of(as_(world.ben).get(f"/concerns/{concern.pk}/"))
    assert "We find out more." in text


def test_the_reason_is_for_the_file_and_not_for_the_teacher(world: World, as_: Any, kuba: Pupil) -> None:
    concern = a_concern(
        pupil=kuba, by=world.actor("ben"), on=TODAY, senco=world.actor("amara"), decision=Decision.CLOSE
    )
    teacher = words_of(as_(world.ben).get(f"/concerns/{concern.pk}/"))
    senco = words_of(as_(world.amara).get(f"/concerns/{concern.pk}/"))
    assert "Read. We look further." in teacher and "Read with the class teacher." not in teacher
    assert "Read with the class teacher." in senco
    assert "A closed concern is not opened again" in words_of(as_(world.amara).get(f"/concerns/{concern.pk}/triage/"))


def test_deciding_a_screening_early_names_what_is_missing(world: World, as_: Any, kuba: Pupil) -> None:
    amara = world.actor("amara")
    concern = a_concern(pupil=kuba, by=world.actor("ben"), on=TODAY, senco=amara, decision=Decision.SCREEN)
    browser, address = as_(world.amara), f"/concerns/{concern.pk}/triage/"
    refused = words_of(browser.post(address, {"decision": "register", "answer_register": "We decide."}))
    for words in ("what the previous setting knew", "talk with the parents", "two kinds of evidence"):
        assert words in refused
    all_parts(concern, by=amara, on=TODAY)
    decided = browser.post(address, {"decision": "register", "answer_register": "We decide."})
    assert decided.url == f"/pupils/{kuba.pk}/register/decide/?concern={concern.pk}"
    assert "Found: parents." in words_of(browser.get(decided.url)), "what the parents said stands in the decision"


def test_evidence_is_asked_for_in_two_kinds(world: World, as_: Any, kuba: Pupil) -> None:
    concern = a_concern(
        pupil=kuba, by=world.actor("ben"), on=TODAY, senco=world.actor("amara"), decision=Decision.SCREEN
    )
    browser, address = as_(world.amara), f"/concerns/{concern.pk}/part/evidence/"
    same = {"kind_1": "test", "says_1": "Standard score 74.", "kind_2": "test", "says_2": "And 76."}
    assert "A decision rests on two kinds." in words_of(browser.post(address, same))
    assert browser.post(address, {**same, "kind_2": "class", "says_2": "Below the class."}).status_code == 302
    assert concern.parts.get(part=Part.EVIDENCE).note == (
        "Test or screening tool: Standard score 74.\nTeacher's assessment: Below the class."
    )
    assert "Standard score 74." in words_of(browser.get(address)), "it comes back to be changed"


@pytest.mark.parametrize("page", ["triage/", "part/views/", ""])
@pytest.mark.parametrize("name", ["chloe", "dana", "tess", "dev", "cal"])
def test_a_concern_of_others_does_not_exist(world: World, as_: Any, kuba: Pupil, page: str, name: str) -> None:
    concern = a_concern(
        pupil=kuba, by=world.actor("ben"), on=TODAY, senco=world.actor("amara"), decision=Decision.SCREEN
    )
    browser = as_(world.people[name])
    there, nowhere = browser.get(f"/concerns/{concern.pk}/{page}"), browser.get(f"/concerns/999999/{page}")
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert words_of(there) == words_of(nowhere)


def test_whoever_wrote_a_concern_does_not_triage_it(world: World, as_: Any, kuba: Pupil) -> None:
    concern = a_concern(pupil=kuba, by=world.actor("ben"), on=TODAY)
    browser = as_(world.ben)
    assert browser.get(f"/concerns/{concern.pk}/").status_code == 200
    assert browser.get(f"/concerns/{concern.pk}/triage/").status_code == 404
    assert browser.get(f"/concerns/{concern.pk}/part/views/").status_code == 404


def test_there_are_four_parts_and_no_fifth(world: World, as_: Any, kuba: Pupil) -> None:
    concern = a_concern(
        pupil=kuba, by=world.actor("ben"), on=TODAY, senco=world.actor("amara"), decision=Decision.SCREEN
    )
    browser = as_(world.amara)
    assert browser.get(f"/concerns/{concern.pk}/part/weather/").status_code == 404
    assert "Write what you found" in words_of(browser.post(f"/concerns/{concern.pk}/part/views/", {"note": " "}))
    assert browser.post(f"/concerns/{concern.pk}/part/views/", {"note": "I like maths."}).status_code == 302


def test_a_complete_screening_leads_straight_to_the_decision(world: World, as_: Any, kuba: Pupil) -> None:
    amara = world.actor("amara")
    concern = a_concern(pupil=kuba, by=world.actor("ben"), on=TODAY, senco=amara, decision=Decision.SCREEN)
    browser, decide = as_(world.amara), f"/pupils/{kuba.pk}/register/decide/?concern={concern.pk}"
    assert decide not in browser.get(f"/concerns/{concern.pk}/").content.decode(), "nothing is found out yet"
    all_parts(concern, by=amara, on=TODAY)
    page = browser.get(f"/concerns/{concern.pk}/").content.decode()
    assert decide in page and f"/concerns/{concern.pk}/triage/" in page, "something else can be chosen still"
    assert "Found: evidence." in browser.get(decide).content.decode()


def test_the_head_of_a_pupil_leads_to_the_concerns_about_them(world: World, as_: Any, kuba: Pupil) -> None:
    concern = a_concern(pupil=kuba, by=world.actor("ben"), on=TODAY)
    browser = as_(world.amara)
    for address in (f"/pupils/{kuba.pk}/", f"/pupils/{kuba.pk}/timeline/", f"/concerns/{concern.pk}/"):
        assert f'"/pupils/{kuba.pk}/concerns/"' in words_of(browser.get(address)), address
    assert f'"/concerns/{concern.pk}/"' in words_of(browser.get(f"/pupils/{kuba.pk}/concerns/"))
    assert f'"/pupils/{kuba.pk}/concerns/"' not in words_of(as_(world.gus).get(f"/pupils/{kuba.pk}/"))


def test_without_concerns_the_page_says_so_and_offers_one(world: World, as_: Any, kuba: Pupil) -> None:
    address = f"/pupils/{kuba.pk}/concerns/"
    assert "No concern about Kuba" in words_of(as_(world.amara).get(address))
    teacher = words_of(as_(world.ben).get(address))
    assert "You have sent no concern about Kuba" in teacher and f"/concerns/new/{kuba.pk}/" in teacher
