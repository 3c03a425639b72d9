"""Two posts at one school: each opens what it opens, and neither lends the other its reach."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from alongside.areas.classroom.actions import BriefDraft, write_brief
from alongside.areas.support.rules import Stage
from alongside.areas.support.tests.builders import a_cycle
from tests.people import TODAY, World, a_class, a_post, a_pupil, teaches

As = Callable[[object], Client]


@pytest.fixture
def two(world: World) -> tuple[int, int, int]:
    """A pupil whom Ben teaches, another whom he does not, and the cycle of the other."""
    mine, other = a_pupil(world.oakfield), a_pupil(world.oakfield, "Zara", "Elsewhere")
    teaches(world.ben, a_class(world.oakfield, mine))
    for pupil in (mine, other):
        cycle = a_cycle(pupil=pupil, by=world.actor("amara"), at=Stage.PLAN, on=TODAY)
        write_brief(
            pupil=pupil, draft=BriefDraft(good_at=["Maths", "Kind"], helps=["Wait ten seconds"]), what_changed="",
            version=0, by=world.actor("amara"), on=TODAY,
        )  # fmt: skip
    return mine.pk, other.pk, cycle.pk


def test_a_teacher_who_also_helps_in_the_office_reads_the_plans_of_the_own_class_only(
    two: tuple[int, int, int], world: World, as_: As
) -> None:
    mine, other, _ = two
    a_post(world.ben, "admin", world.oakfield)
    page = as_(world.ben)
    assert b"Wait ten seconds" in page.get(f"/pupils/{mine}/").content
    found = page.get(f"/pupils/{other}/")
    assert found.status_code == 200, "the office finds every name"
    assert b"Wait ten seconds" not in found.content
    assert b"Cycle" not in found.content


def test_a_lead_who_also_teaches_reads_every_plan_and_writes_those_of_the_own_class(
    two: tuple[int, int, int], world: World, as_: As
) -> None:
    mine, other, cycle = two
    teaches(world.dana, a_class(world.oakfield))
    a_post(world.dana, "teacher", world.oakfield)
    page = as_(world.dana)
    assert page.get(f"/plans/{cycle}/").status_code == 200
    assert page.get(f"/plans/{cycle}/plan/").status_code == 404
    assert page.post(f"/plans/{cycle}/assess/", {"needs_summary": "Mine now"}).status_code == 404
    assert page.get(f"/classes/brief/{other}/edit/").status_code == 404
    assert page.get(f"/classes/brief/{mine}/edit/").status_code == 200
