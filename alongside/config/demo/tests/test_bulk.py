"""In which order very many rows are written."""

from itertools import permutations

import pytest

from alongside.areas.register.models import Status
from alongside.base.history.models import Event
from alongside.base.pupils.models import Pupil
from alongside.base.schools.models import School
from alongside.config.demo.bulk import _parents_first


@pytest.mark.parametrize("noted", list(permutations([Event, Status, Pupil, School])))
def test_a_row_follows_what_it_points_to_and_history_follows_its_pupil(noted: tuple[type, ...]) -> None:
    order = list(_parents_first(noted))
    assert sorted(order, key=str) == sorted(noted, key=str)
    assert order.index(School) < order.index(Pupil) < order.index(Status)
    assert order.index(Pupil) < order.index(Event)
