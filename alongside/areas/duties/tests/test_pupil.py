"""One pupil's duties: the same proofs, narrowed to the pupil; for whoever reads the file and nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps

from alongside.areas.duties import compute, rules
from alongside.areas.duties.pupil_page import pupil_duties_page
from alongside.base.access.roles import Permission
from alongside.base.evidence.proofs import PROOFS, State
from alongside.base.history.models import Viewing
from alongside.base.pupils.models import Pupil
from tests.people import SEPTEMBER, TODAY, World, a_parent, a_pupil, words_of


@pytest.fixture
def kuba(world: World) -> Pupil:
    """On SEN support since September with nothing else: no provision, no need, no decision."""
    pupil = a_pupil(world.oakfield, "Kuba", "Zielak")
    apps.get_model("register", "Status").objects.create(pupil=pupil, school=world.oakfield, code="K", since=SEPTEMBER)
    return pupil


@pytest.fixture
def other(world: World) -> Pupil:
    return a_pupil(world.oakfield, "Nell", "Marlow")


@pytest.mark.django_db
def test_a_pupils_cases_are_those_that_the_school_counts(world: World, kuba: Pupil, other: Pupil) -> None:
    proofs = [proof for proof in PROOFS.values() if proof.pupils]
    of_kuba = compute.of_pupil(proofs, kuba.pk, world.oakfield.pk, on=TODAY)
    for proof in proofs:
        counted = compute.count(proof, [world.oakfield.pk], on=TODAY).get(world.oakfield.pk)
        assert len(of_kuba[proof.duty]) == (counted.total if counted else 0), proof.duty
    assert not any(compute.of_pupil(proofs, other.pk, world.oakfield.pk, on=TODAY).values())


@pytest.mark.django_db
def test_the_page_has_each_duty_with_its_state_worst_first(world: World, kuba: Pupil) -> None:
    page = pupil_duties_page(world.actor("amara"), kuba.pk, on=TODAY)
    rows = {row.code: row for family in page.families for row in family.rows}
    assert rows["S00-23"].state is State.AT_RISK and "Nothing more than ordinary" in rows["S00-23"].why
    assert rows["S00-20"].state is State.NOT_EVIDENCED
    assert rows["S03-35"].state is State.OVERDUE, "no provision began in the 20 days since September"
    assert any(row.state is State.OVERDUE for row in page.families[0].rows), "the worst family first"
    for family in page.families:
        order = [rules.rank(row.state) for row in family.rows]
        assert order == sorted(order)
    assert {"S11-05", "S09-04"} <= {duty.code for duty in page.unproved}
    assert page.silent > 0


@pytest.mark.django_db
def test_what_was_put_right_is_met_for_the_pupil(world: World, kuba: Pupil) -> None:
    decision = apps.get_model("register", "Decision").objects.create(
        pupil=kuba, school=world.oakfield, kind="place", provision="K", needs=["SLCN"], difficulty=True,
        difficulty_says="Two years behind", special=True, special_says="Needs a group", decided_on=SEPTEMBER,
        decided_by=world.amara, parent_view="Agree", pupil_view="Yes",
    )  # fmt: skip
    apps.get_model("register", "Status").objects.filter(pupil=kuba).update(decision=decision)
    page = pupil_duties_page(world.actor("amara"), kuba.pk, on=TODAY)
    rows = {row.code: row for family in page.families for row in family.rows}
    assert rows["S00-20"].state is State.MET and not rows["S00-20"].why


def test_who_reads_the_file_reads_it_and_the_reading_is_kept(world: World, kuba: Pupil, as_: Any) -> None:
    words = words_of(as_(world.amara).get(f"/duties/pupils/{kuba.pk}/"))
    assert "Duties about Kuba" in words and "Support starts" not in words and "Nothing more than ordinary" in words
    assert Viewing.objects.filter(pupil_id=kuba.pk, page="duties", by_id=world.amara.pk).count() == 1
    assert f"/duties/pupils/{kuba.pk}/" in as_(world.amara).get(f"/pupils/{kuba.pk}/").content.decode()


@pytest.mark.parametrize("who", ["chloe", "ben", "tess", "dana", "dev", "ewa", "femi"])
def test_nobody_else_does_and_absent_looks_like_forbidden(world: World, kuba: Pupil, as_: Any, who: str) -> None:
    a_parent(world.ewa, kuba)
    there, nowhere = (as_(world.people[who]).get(f"/duties/pupils/{pk}/") for pk in (kuba.pk, 987_654_321))
    assert there.status_code == nowhere.status_code == 404
    assert "Zielak" not in there.content.decode()
    assert not Viewing.objects.filter(pupil_id=kuba.pk).exists()


def test_an_own_child_is_closed_even_to_a_senco(world: World, kuba: Pupil, as_: Any) -> None:
    a_parent(world.amara, kuba)
    assert as_(world.amara).get(f"/duties/pupils/{kuba.pk}/").status_code == 404


def test_what_rests_on_restricted_notes_is_for_who_may_read_them(world: World, kuba: Pupil) -> None:
    note = apps.get_model("classroom", "QuickNote")
    note.objects.create(
        pupil=kuba, school=world.oakfield, kind="concern", text="A bruise", by=world.ben, on=TODAY, restricted=True
    )
    codes = {
        name: {row.code for family in pupil_duties_page(world.actor(name), kuba.pk, on=TODAY).families for row in family.rows}
        for name in ("amara", "hari")
    }  # fmt: skip
    assert "S05-12" in codes["hari"] and "S05-12" not in codes["amara"]
    assert Permission.RESTRICTED not in world.actor("amara").roles[0].permissions


def test_it_takes_a_handful_of_statements(
    world: World, kuba: Pupil, as_: Any, django_assert_max_num_queries: Any
) -> None:
    browser = as_(world.amara)
    browser.get(f"/duties/pupils/{kuba.pk}/")
    with django_assert_max_num_queries(14):
        browser.get(f"/duties/pupils/{kuba.pk}/")
