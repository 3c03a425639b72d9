"""A prepared statement: behind the wall, counted like any other, and its plan kept."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.base.access.scope import scope
from alongside.kit import sql
from tests.people import World, a_pupil

NAMES = "select given_name from pupils_pupil where school_id = %(school)s order by given_name"


def test_rows_stand_behind_the_wall_and_are_counted(world: World) -> None:
    a_pupil(world.oakfield)
    with CaptureQueriesContext(connection) as said:
        assert sql.rows(NAMES, {"school": world.oakfield.pk}) == [("Kuba",)]
    assert len(said) == 1
    with scope([world.brookside.pk]):
        assert sql.rows(NAMES, {"school": world.oakfield.pk}) == []


@pytest.mark.usefixtures("db")
def test_the_plan_is_kept() -> None:
    for _ in range(2):
        assert sql.rows("select 40 + %(more)s::int", {"more": 2}) == [(42,)]
    kept = sql.rows("select count(*) from pg_prepared_statements where statement like %(said)s", {"said": "select 40%"})
    assert kept == [(1,)]
