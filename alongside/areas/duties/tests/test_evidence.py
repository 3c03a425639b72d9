"""What the catalogue and the stored states prove about themselves."""

from __future__ import annotations

from datetime import timedelta

from alongside.areas.duties import actions
from alongside.areas.duties.models import Delegation, Duty, Standing
from alongside.base.access.models import Post
from alongside.base.access.roles import ROLES
from tests.evidence import states
from tests.people import TODAY, World, a_person, a_post


def test_every_duty_has_an_owner(world: World) -> None:
    school = world.oakfield.pk
    assert states("S00-04", school)["not_evidenced"] > 0
    for role in {"governor", "admissions", "careers", "director", "dpo", "trustee", "send_trustee"}:
        a_post(a_person(role.title()), role, None if ROLES[role].at_trust else world.oakfield)
    assert states("S00-04", school) == {"met": 306}
    Delegation.objects.create(duty="S03-44", role="exams", since=TODAY)
    assert states("S00-04", school) == {"met": 305, "not_evidenced": 1}


def test_every_trust_duty_has_a_holder(world: World) -> None:
    school = [world.oakfield.pk]
    owners = set(Duty.objects.filter(holds_for="trust").values_list("owner", flat=True))
    Post.objects.filter(school=None).delete()
    assert states("S00-06", None, school) == {"not_evidenced": 60}
    for role in owners - {"director"}:
        a_post(a_person(role.title()), role, None)
    a_post(a_person("Elsewhere"), "director", world.oakfield)
    assert states("S00-06", None, school)["not_evidenced"] == 16, "a post at a school is none at the trust"
    a_post(a_person("Dina"), "director", None)
    assert states("S00-06", None, school) == {"met": 60}


def test_every_duty_was_worked_out(world: World) -> None:
    school = [world.oakfield.pk]
    assert states("S00-10", None, school) == {"at_risk": 306}
    actions.refresh(schools=school, on=TODAY)
    assert states("S00-10", None, school) == {"met": 306}
    Standing.objects.filter(duty="S03-44").update(computed_on=TODAY - timedelta(days=2))
    assert states("S00-10", None, school) == {"met": 305, "at_risk": 1}
