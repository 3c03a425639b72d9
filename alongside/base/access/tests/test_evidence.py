"""What posts prove."""

from __future__ import annotations

from datetime import timedelta

from alongside.base.access.models import Post
from tests.evidence import states
from tests.people import TODAY, World, a_person, a_post

DAY = timedelta(days=1)


def test_a_trustee_answers_for_send(world: World) -> None:
    school = [world.oakfield.pk]
    assert states("S03-09", None, school) == {"overdue": 1}
    post = a_post(a_person("Tara"), "send_trustee", None)
    assert states("S03-09", None, school) == {"met": 1}
    for ends, state in ((60, "due"), (91, "met"), (-1, "overdue")):
        Post.objects.filter(pk=post.pk).update(until=TODAY + ends * DAY)
        assert states("S03-09", None, school) == {state: 1}
