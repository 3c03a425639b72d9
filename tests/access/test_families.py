"""Whom a family's page is closed to although a tie still stands, and what is left to somebody whose time is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from alongside.base.access.models import Tie
from alongside.base.access.scope import enter, scope
from alongside.base.notices.actions import tell
from alongside.base.pupils.models import Contact, Pupil
from alongside.fronts.portal import actions
from alongside.fronts.portal.models import Key
from alongside.kit import Refused
from alongside.kit.time import LONDON
from tests.people import TODAY, World, a_parent, a_pupil

As = Callable[[object], Client]
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=LONDON)


@pytest.fixture
def family(world: World) -> tuple[World, Pupil, Contact]:
    """Ewa is the mother of Kuba and of Ola."""
    kuba, ola = a_pupil(world.oakfield), a_pupil(world.oakfield, "Ola")
    a_parent(world.ewa, ola)
    return world, kuba, a_parent(world.ewa, kuba)


def bar(contact: Contact) -> None:
    contact.barred = True
    contact.save(update_fields=["barred"])


def test_a_parent_of_two_reads_about_both(family: tuple[World, Pupil, Contact], as_: As) -> None:
    world, kuba, _ = family
    page = as_(world.ewa)
    assert page.get(f"/family/{kuba.pk}/").status_code == 200
    assert b"Ola" in page.get("/family/").content


def test_a_parent_whom_a_court_has_barred_sees_nothing_of_that_child(
    family: tuple[World, Pupil, Contact], as_: As
) -> None:
    world, kuba, contact = family
    tell(
        person_id=world.ewa.pk, school_id=world.oakfield.pk, pupil_id=kuba.pk, kind="reply", says="About Kuba", url="",
        on=TODAY,
    )  # fmt: skip
    assert b"About Kuba" in as_(world.ewa).get("/notices/").content
    bar(contact)
    page = as_(world.ewa)
    for part in ("", "plan/", "worry/", "looked/"):
        assert page.get(f"/family/{kuba.pk}/{part}").status_code == 404, part
    assert b"Kuba" not in page.get("/family/", follow=True).content
    assert b"About Kuba" not in page.get("/notices/").content
    with scope([]):
        enter(world.ewa.account.pk, on=TODAY)
        assert [pupil.given_name for pupil in Pupil.objects.all()] == ["Ola"], "the database says the same"


def test_a_barred_parent_who_works_here_does_not_read_the_file_as_staff(
    family: tuple[World, Pupil, Contact], world: World, as_: As
) -> None:
    _, kuba, _ = family
    assert as_(world.amara).get(f"/pupils/{kuba.pk}/").status_code == 200
    bar(a_parent(world.amara, kuba))
    assert as_(world.amara).get(f"/pupils/{kuba.pk}/").status_code == 404
    assert world.actor("amara").child_ids == frozenset()


def test_a_letter_that_was_printed_before_the_bar_opens_nothing(family: tuple[World, Pupil, Contact]) -> None:
    world, kuba, contact = family
    Tie.objects.filter(person=world.ewa).exclude(pupil_id=kuba.pk).delete()
    letter = actions.invite_family(contact=contact, by=world.actor("amara"), on=TODAY, at=NOW)
    bar(contact)
    with pytest.raises(Refused):
        actions.enter(secret=letter.code, at=NOW, on=TODAY)
    with pytest.raises(Refused, match="court order"):
        actions.invite_family(contact=contact, by=world.actor("amara"), on=TODAY, at=NOW)


def test_a_barred_parent_is_sent_no_link(family: tuple[World, Pupil, Contact], mailoutbox: list[Any]) -> None:
    world, kuba, contact = family
    Tie.objects.filter(person=world.ewa).exclude(pupil_id=kuba.pk).delete()
    bar(contact)
    with pytest.MonkeyPatch.context() as patch:
        asked: list[str] = []
        patch.setattr(actions, "enqueue", lambda name, **_: asked.append(name))
        actions.ask_for_link(email=world.ewa.account.email, base="https://a.example", on=TODAY)
    assert asked == []
    assert not Key.objects.filter(person=world.ewa).exists()


def test_what_one_was_told_about_a_child_goes_with_the_tie(family: tuple[World, Pupil, Contact], as_: As) -> None:
    world, kuba, _ = family
    tell(
        person_id=world.ewa.pk, school_id=world.oakfield.pk, pupil_id=kuba.pk, kind="reply", says="About Kuba", url="",
        on=TODAY,
    )  # fmt: skip
    Tie.objects.filter(person=world.ewa, pupil_id=kuba.pk).update(until=TODAY - timedelta(days=1))
    assert b"About Kuba" not in as_(world.ewa).get("/notices/").content


def test_what_one_was_told_at_a_school_goes_with_the_post(family: tuple[World, Pupil, Contact], as_: As) -> None:
    world, kuba, _ = family
    tell(
        person_id=world.ben.pk, school_id=world.oakfield.pk, pupil_id=kuba.pk, kind="concern", says="About Kuba",
        url="", on=TODAY,
    )  # fmt: skip
    assert b"About Kuba" in as_(world.ben).get("/notices/").content
    world.ben.posts.update(until=TODAY - timedelta(days=1))
    assert b"About Kuba" not in as_(world.ben).get("/notices/").content
