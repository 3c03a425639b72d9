"""Papers as they were issued, and drafts that are nobody else's."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from alongside.base.access.scope import actor_of, scope
from alongside.base.documents import actions
from alongside.base.documents.jobs import nightly
from alongside.base.documents.models import Document, Draft
from alongside.base.history.models import Event, Viewing
from alongside.base.pupils.models import Pupil
from alongside.kit.time import now
from tests.pages import body_of
from tests.people import TODAY, World, a_class, a_parent, a_pupil, supports, teaches


@pytest.fixture
def kuba(world: World) -> Pupil:
    pupil = a_pupil(world.oakfield)
    teaches(world.ben, a_class(world.oakfield, pupil))
    supports(world.tess, pupil)
    return pupil


def an_issued(
    world: World, pupil: Pupil, *, band: int = 2, kind: str = "support-plan", body: bytes = b"%PDF-1.7"
) -> Document:
    return actions.issue(
        pupil=pupil, kind=kind, title=f"A paper of band {band}", media_type="application/pdf", body=body,
        by=world.actor("amara"), on=TODAY, about=7, band=band,
    )  # fmt: skip


def test_a_paper_opened_again_is_the_same_byte_for_byte(world: World, as_: Any, kuba: Pupil) -> None:
    body = bytes(range(256)) * 40
    paper = an_issued(world, kuba, body=body)
    answer = as_(world.ben).get(f"/papers/{paper.pk}/")
    assert answer.content == body
    assert paper.sha256 == hashlib.sha256(body).hexdigest()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'inline; filename="support-plan-{paper.pk}.pdf"'
    assert answer["Cache-Control"] == "no-store"
    assert Viewing.objects.filter(pupil_id=kuba.pk, by_id=world.ben.pk, page="paper support-plan").exists()
    assert Event.objects.filter(kind="document.issued", pupil_id=kuba.pk, about_id=paper.pk).count() == 1


def test_a_copy_that_was_meddled_with_is_not_shown(world: World, as_: Any, kuba: Pupil) -> None:
    paper = an_issued(world, kuba)
    Document.objects.filter(pk=paper.pk).update(body=b"something else")
    answer = as_(world.ben).get(f"/papers/{paper.pk}/")
    assert answer.status_code == 409 and "no longer what was issued" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "opens"),
    [
        ("amara", {1, 2, 3}), ("hari", {1, 2, 3, 4}), ("ben", {1, 2}), ("dana", {1, 2, 4}), ("tess", {1}),
        *((nobody, set()) for nobody in ("gus", "chloe", "cal", "dev", "sys", "femi", "ewa")),
    ],
)  # fmt: skip
def test_each_band_opens_to_those_it_is_for(world: World, as_: Any, kuba: Pupil, name: str, opens: set[int]) -> None:
    papers = {band: an_issued(world, kuba, band=band) for band in (1, 2, 3, 4)}
    browser = as_(world.people[name])
    nowhere = browser.get("/papers/999999/")
    for band, paper in papers.items():
        answer = browser.get(f"/papers/{paper.pk}/")
        assert answer.status_code == (200 if band in opens else 404), band
        if band not in opens:
            assert body_of(answer) == body_of(nowhere), "absent and forbidden look the same"
    listed = browser.get(f"/pupils/{kuba.pk}/papers/")
    if opens:
        text = listed.content.decode()
        assert {band for band in papers if f"A paper of band {band}" in text} == opens
    else:
        assert listed.status_code == 404


def test_a_person_with_two_posts_gets_no_more_than_each_allows(world: World, as_: Any, kuba: Pupil) -> None:
    """Ben teaches 4W and finds every pupil by name; that does not open the plan of one he does not teach."""
    from tests.people import a_post

    a_post(world.ben, "admin", world.oakfield)
    billy = a_pupil(world.oakfield, "Billy", "Byrne", class_name="5C")
    assert as_(world.ben).get(f"/papers/{an_issued(world, kuba).pk}/").status_code == 200
    assert as_(world.ben).get(f"/papers/{an_issued(world, billy).pk}/").status_code == 404


def test_a_family_opens_its_own_copy_and_nothing_written_for_staff(world: World, as_: Any, kuba: Pupil) -> None:
    a_parent(world.ewa, kuba)
    other = a_pupil(world.oakfield, "Billy", "Byrne")
    browser = as_(world.ewa)
    assert browser.get(f"/papers/{an_issued(world, kuba, kind='family-plan').pk}/").status_code == 200
    assert browser.get(f"/papers/{an_issued(world, kuba, kind='support-plan').pk}/").status_code == 404
    assert browser.get(f"/papers/{an_issued(world, other, kind='family-plan').pk}/").status_code == 404


def test_a_teacher_does_not_read_their_own_child_s_papers_as_staff(world: World, as_: Any, kuba: Pupil) -> None:
    a_parent(world.amara, kuba)
    assert as_(world.amara).get(f"/papers/{an_issued(world, kuba, band=3).pk}/").status_code == 404


@pytest.mark.parametrize("many", [1, 30])
def test_the_list_costs_the_same_however_long_it_is(
    world: World, as_: Any, kuba: Pupil, django_assert_max_num_queries: Any, many: int
) -> None:
    for _ in range(many):
        an_issued(world, kuba)
    browser = as_(world.amara)
    with django_assert_max_num_queries(12):
        answer = browser.get(f"/pupils/{kuba.pk}/papers/")
    assert answer.content.decode().count("A paper of band 2") == many


# --- Drafts ----------------------------------------------------------------------------------------------


def test_what_is_typed_is_kept_and_comes_back(world: World, as_: Any) -> None:
    typed = {"text": "Lunch is hard.", "needs": ["SLCN", "SEMH"], "version": "3", "csrfmiddlewaretoken": "x"}
    answer = as_(world.ben).post("/drafts/?form=note:12", typed)
    assert answer.status_code == 200
    assert answer.json()["words"].startswith("Saved ") and answer.json()["saved_at"]
    assert kept_by(world, "ben") == {"text": "Lunch is hard.", "needs": ["SLCN", "SEMH"]}
    as_(world.ben).post("/drafts/?form=note:12", {"text": "Lunch is better."})
    assert kept_by(world, "ben") == {"text": "Lunch is better."}, "the later one stands, and there is one"


def kept_by(world: World, name: str) -> Any:
    """The draft of 'note:12' that a person finds when they open the form again."""
    with scope([world.oakfield.pk], person=world.people[name].pk):
        return actions.draft_of("note:12", by=world.actor(name))


def test_a_sent_form_leaves_no_draft(world: World, as_: Any) -> None:
    as_(world.ben).post("/drafts/?form=note:12", {"text": "x"})
    with scope([world.oakfield.pk], person=world.ben.pk):
        actions.drop_draft(form="note:12", by=world.actor("ben"))
        assert not Draft.objects.exists()


def test_a_draft_is_nobody_else_s(world: World, as_: Any) -> None:
    as_(world.ben).post("/drafts/?form=note:12", {"text": "mine"})
    assert kept_by(world, "amara") == {} and kept_by(world, "ben") == {"text": "mine"}
    as_(world.amara).post("/drafts/?form=note:12", {"text": "hers"})
    with scope([world.oakfield.pk], person=world.amara.pk), connection.cursor() as cursor:
        cursor.execute("select values->>'text' from documents_draft")
        assert cursor.fetchall() == [("hers",)], "the database itself shows her nothing of Ben's"
    with scope([world.oakfield.pk], person=world.ben.pk), connection.cursor() as cursor:
        cursor.execute("update documents_draft set values = '{}' where person_id = %s", [world.amara.pk])
        assert cursor.rowcount == 0
    with scope([world.oakfield.pk]), connection.cursor() as cursor:
        cursor.execute("select count(*) from documents_draft")
        assert cursor.fetchone() == (0,), "nobody in particular sees no draft"


def test_one_may_only_post(world: World, as_: Any) -> None:
    assert as_(world.ben).get("/drafts/?form=note:12").status_code == 405


def test_one_has_to_be_signed_in(db: None) -> None:
    answer = Client().post("/drafts/?form=note:12", {"text": "x"})
    assert answer.status_code == 302 and "/accounts/login/" in answer["Location"]


def test_another_site_cannot_write_drafts(world: World) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.ben.account, backend="alongside.base.access.backends.Backend")
    assert browser.post("/drafts/?form=note:12", {"text": "x"}).status_code == 403
    assert not Draft.objects.exists()


@pytest.mark.parametrize("key", ["", "Note 12", "note:<script>", "x" * 121, "note:12/../13"])
def test_a_form_is_named_in_plain_letters(world: World, as_: Any, key: str) -> None:
    answer = as_(world.ben).post("/drafts/", {"text": "x"}, query_params={"form": key})
    assert answer.status_code == 400 and "cannot be kept" in answer.json()["words"]


def test_what_is_too_long_to_be_typed_is_not_kept(world: World, as_: Any) -> None:
    answer = as_(world.ben).post("/drafts/?form=note:12", {"text": "x" * 200_001})
    assert answer.status_code == 413 and "too long" in answer.json()["words"]
    assert kept_by(world, "ben") == {}


def test_a_draft_nobody_came_back_to_goes_after_30_days(world: World) -> None:
    for person in (world.amara, world.ben):
        with scope(person=person.pk):
            for form, days in (("concern:1", 29), ("concern:2", 31)):
                draft = actions.keep_draft(form=form, values={"seen": "He looks away."}, by=actor_of(person, on=TODAY))
                assert draft
                Draft.objects.filter(pk=draft.pk).update(saved_at=now() - timedelta(days=days))
    nightly()
    for person in (world.amara, world.ben):
        with scope(person=person.pk):
            assert list(Draft.objects.values_list("form", flat=True)) == ["concern:1"]
