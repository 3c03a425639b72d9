"""The one-page profile as PDF and as Word."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pypdfium2
import pytest

from alongside.areas.classroom import actions
from alongside.areas.classroom.papers import bare_request
from alongside.base.documents.models import Document
from alongside.base.documents.tests.test_render import structure_of, text_of
from alongside.base.documents.tests.test_word import styled
from alongside.base.pupils.models import Pupil
from tests.pages import body_of
from tests.people import TODAY, World, a_class, a_pupil, supports, teaches

DRAFT = actions.BriefDraft(
    own_words="I like building, and my dog Figa. When too many people talk I go quiet. I am not being rude.",
    own_words_on=date(2026, 11, 6),
    helped_by="Mrs Iqbal",
    good_at=["Building models I have only seen once", "Being kind to younger children", "Remembering what I have seen"],
    matters=["My dog Figa", "My mum and my grandpa in Poznań", "Having someone to play with at lunch"],
    helps=["Say one thing. Then wait ten seconds", "Show me new words with a picture first", "Qwerty"],
    stuck=["I go quiet and look at my hands", "I put my blue card on the table", "Come to me. Ask me in a low voice"],
    avoid="Do not ask me to answer in front of everyone with no warning.",
    safety="Inhaler in the office.",
    people="Mrs Iqbal, Mr Whitlock, and Leo.",
)


@pytest.fixture
def kuba(world: World) -> Pupil:
    pupil = a_pupil(world.oakfield, language="POL", said_as="KOO-ba")
    teaches(world.ben, a_class(world.oakfield, pupil))
    supports(world.tess, pupil)
    return pupil


def a_brief(world: World, pupil: Pupil, draft: actions.BriefDraft = DRAFT) -> None:
    actions.write_brief(pupil=pupil, draft=draft, what_changed="", version=0, by=world.actor("amara"), on=TODAY)


def pages_of(content: bytes) -> int:
    return len(pypdfium2.PdfDocument(BytesIO(content)))


def test_a_profile_speaks_in_the_first_person_on_one_side(world: World, as_: Any, kuba: Pupil) -> None:
    a_brief(world, kuba)
    answer = as_(world.ben).get(f"/classes/brief/{kuba.pk}/profile.pdf")
    assert answer.status_code == 200 and pages_of(answer.content) == 1
    text = text_of(answer.content)
    for words in (
        "Kuba", "Class 4W. I speak Polish and English. You say it KOO-ba.", DRAFT.own_words, "What I am good at",
        "What matters to me", "What helps me", "When I am stuck", "My people: Mrs Iqbal, Mr Whitlock, and Leo.",
        "Please do not ask me to answer in front of everyone with no warning.", "Agreed by", "Version 1, 23 Nov 2026.",
        "Printed by Ben Whitlock", "Mulberry Symbols, CC BY-SA 4.0",
        *DRAFT.good_at, *DRAFT.matters, *DRAFT.helps, *DRAFT.stuck,
    ):  # fmt: skip
        assert words in text, words
    assert "Inhaler" not in text, "what is for adults stays in the brief"
    structure = structure_of(answer.content)
    assert structure.count("H1") == 1 and structure.count("H2") == 4 and structure.count("L") == 4
    assert "Figure" not in structure, "a picture beside its words is decoration"


def test_it_stays_on_one_side_however_much_is_in_it(world: World, as_: Any, kuba: Pupil) -> None:
    full = [f"{n} " + "a very long line that says a great deal about one thing " * 2 + "and more" for n in range(8)]
    draft = actions.BriefDraft(
        own_words="I have a lot to say. " * 40, good_at=full, matters=full, helps=full, stuck=full, avoid="x" * 200,
        people="Somebody, " * 19,
    )  # fmt: skip
    a_brief(world, kuba, draft)
    answer = as_(world.ben).get(f"/classes/brief/{kuba.pk}/profile.pdf")
    assert pages_of(answer.content) == 1
    text = text_of(answer.content)
    assert text.count("I have a lot to say.") == 40 and text.count("and more") == 32


def test_an_almost_empty_brief_makes_a_profile_too(world: World, as_: Any, kuba: Pupil) -> None:
    a_brief(world, kuba, actions.BriefDraft(good_at=["Xyz", "Zyx"], helps=["Abc"]))
    text = text_of(as_(world.ben).get(f"/classes/brief/{kuba.pk}/profile.pdf").content)
    assert "What I am good at" in text
    assert not [words for words in ("Mulberry", "Please do not", "My people", "What matters to me") if words in text]


def test_mark_up_stays_text(world: World, as_: Any, kuba: Pupil) -> None:
    typed = "<script>alert(1)</script> {{ 7 * 7 }} <b>x</b>"
    draft = actions.BriefDraft(own_words=typed, good_at=[typed, "B"], helps=["C"], avoid=typed, people=typed)
    a_brief(world, kuba, draft)
    text = text_of(as_(world.ben).get(f"/classes/brief/{kuba.pk}/profile.pdf").content)
    assert text.count(typed) == 4


def test_the_word_copy(world: World, as_: Any, kuba: Pupil) -> None:
    a_brief(world, kuba)
    paragraphs = styled(as_(world.ben).get(f"/classes/brief/{kuba.pk}/profile.docx").content)
    assert [(style, words) for style, words in paragraphs if style.startswith("Heading")] == [
        ("Heading 1", "Kuba"), ("Heading 2", "What I am good at"), ("Heading 2", "What matters to me"),
        ("Heading 2", "What helps me"), ("Heading 2", "When I am stuck"),
    ]  # fmt: skip
    words = [text for _, text in paragraphs]
    assert "Please do not ask me to answer in front of everyone with no warning." in words
    assert all(line in words for line in (*DRAFT.good_at, *DRAFT.stuck))


def test_it_is_issued_in_band_1_under_a_name_that_tells_nothing(world: World, as_: Any, kuba: Pupil) -> None:
    a_brief(world, kuba)
    answer = as_(world.ben).get(f"/classes/brief/{kuba.pk}/profile.pdf")
    paper = Document.objects.get()
    assert (paper.kind, paper.band, paper.title) == ("profile", 1, "One-page profile, version 1")
    assert answer["Content-Disposition"] == f'inline; filename="profile-{paper.pk}.pdf"'
    assert as_(world.tess).get(f"/papers/{paper.pk}/").content == answer.content, "who reads the brief reads its paper"


@pytest.mark.parametrize("name", ["chloe", "cal", "dev", "gus", "sys", "femi", "ewa", "tess", "dana"])
def test_for_everybody_else_there_is_none(world: World, as_: Any, kuba: Pupil, name: str) -> None:
    a_brief(world, kuba)
    browser = as_(world.people[name])
    for form in ("pdf", "docx"):
        there, nowhere = (browser.get(f"/classes/brief/{pk}/profile.{form}") for pk in (kuba.pk, 999_999))
        assert there.status_code == 404 and body_of(there) == body_of(nowhere)
    assert not Document.objects.exists()


def test_without_a_brief_there_is_no_profile(world: World, as_: Any, kuba: Pupil) -> None:
    assert as_(world.ben).get(f"/classes/brief/{kuba.pk}/profile.pdf").status_code == 404


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Do not shout at me", "shout at me"), ("Please do not ask me first.", "ask me first."), ("", ""),
        ("don’t touch me", "touch me"), ("Shout at me", "shout at me"), ("PE without warning", "PE without warning"),
        ("I get cross", "I get cross"),
    ],
)  # fmt: skip
def test_please_do_not_is_said_once(typed: str, printed: str) -> None:
    assert bare_request(typed) == printed
