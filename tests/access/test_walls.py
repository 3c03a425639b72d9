"""The second wall by itself: what the database refuses when the first wall is gone."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, models, transaction
from django.db.utils import InternalError

from alongside.areas.register.models import Status
from alongside.areas.support.rules import Stage
from alongside.areas.support.tests.builders import a_cycle
from alongside.base.access import walls
from alongside.base.access.scope import enter, scope
from alongside.base.pupils.models import Pupil
from tests.people import SEPTEMBER, TODAY, World, a_parent, a_pupil


def pupil_tables() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("alongside.")
        and {"school_id", "pupil_id"} & {field.column for field in model._meta.local_concrete_fields}
        and model._meta.label_lower not in walls.OPEN_LABELS
        and not model._meta.label_lower.startswith("access.post")
    ]


def one(sql: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return cursor.fetchone()


def test_no_table_is_forgotten() -> None:
    assert walls.unwalled() == []


@pytest.mark.django_db
@pytest.mark.parametrize("model", pupil_tables(), ids=lambda model: model._meta.label_lower)
def test_every_table_about_pupils_has_its_wall_forced(model: type[models.Model]) -> None:
    forced = one("select relrowsecurity and relforcerowsecurity from pg_class where relname = %s", model._meta.db_table)
    policies = one("select count(*) from pg_policies where tablename = %s", model._meta.db_table)
    assert forced == (True,)
    assert policies == (1,)


@pytest.mark.django_db
def test_the_application_owns_nothing_and_cannot_step_over() -> None:
    assert one("select current_user")[0] == walls.APP_ROLE
    assert one("select rolsuper or rolbypassrls or rolcreaterole from pg_roles where rolname = current_user") == (
        False,
    )
    assert one(
        "select count(*) from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = current_user"
    ) == (0,)


@pytest.fixture
def two_schools(world: World) -> World:
    a_cycle(pupil=a_pupil(world.oakfield), by=world.actor("amara"), at=Stage.DO, on=SEPTEMBER)
    a_cycle(pupil=a_pupil(world.brookside, "Zara"), by=world.actor("chloe"), at=Stage.DO, on=SEPTEMBER)
    return world


def test_without_a_scope_no_table_answers(two_schools: World) -> None:
    with scope([]):
        for model in pupil_tables():
            assert not model._base_manager.exists(), model


def test_one_school_sees_no_row_of_another(two_schools: World) -> None:
    with scope([two_schools.oakfield.pk]):
        for model in pupil_tables():
            schools = set(model._base_manager.values_list("school_id", flat=True))
            assert schools <= {two_schools.oakfield.pk}, model
        assert Pupil.objects.count() == 1


def test_a_row_of_another_school_cannot_be_written(two_schools: World) -> None:
    with scope([two_schools.brookside.pk]):
        zara = Pupil.objects.get()
    with scope([two_schools.oakfield.pk]):
        assert Pupil.objects.filter(pk=zara.pk).update(class_name="4W") == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Status.objects.create(pupil=zara, school=two_schools.brookside, code="K", since=TODAY)


@pytest.mark.parametrize(
    "sql",
    ["set role alongside_owner", "alter table pupils_pupil disable row level security", "truncate pupils_pupil",
     "update history_event set by_name = ''", "delete from history_viewing", "drop policy wall on pupils_pupil"],
)  # fmt: skip
def test_the_application_cannot_take_the_wall_down(two_schools: World, sql: str) -> None:
    with pytest.raises((ProgrammingError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_parent_sees_their_child_and_no_other(two_schools: World) -> None:
    kuba = Pupil.objects.get(given_name="Kuba")
    a_parent(two_schools.ewa, kuba)
    with scope([]):
        account = enter(two_schools.ewa.account.pk, on=TODAY)
        assert account is not None
        assert list(Pupil.objects.values_list("pk", flat=True)) == [kuba.pk]


@pytest.mark.parametrize(
    ("name", "schools"),
    [("amara", {"oakfield"}), ("ben", {"oakfield"}), ("dev", {"oakfield", "brookside"}), ("sys", set()), ("femi", set()),
     ("ewa", set())],
)  # fmt: skip
def test_what_the_wall_opens_to(two_schools: World, name: str, schools: set[str]) -> None:
    with scope([]):
        enter(two_schools.people[name].account.pk, on=TODAY)
        seen = set(Pupil.objects.values_list("school_id", flat=True))
    assert seen == {getattr(two_schools, school).pk for school in schools}


def test_a_post_that_has_ended_opens_nothing(two_schools: World) -> None:
    post = two_schools.amara.posts.get()
    post.until = TODAY
    post.save()
    with scope([]):
        enter(two_schools.amara.account.pk, on=TODAY)
        assert Pupil.objects.exists(), "the last day counts"
    with scope([]):
        enter(two_schools.amara.account.pk, on=TODAY.replace(day=TODAY.day + 1))
        assert not Pupil.objects.exists()


def test_a_scope_ends_with_its_block(two_schools: World) -> None:
    with scope([]):
        with scope([two_schools.oakfield.pk]):
            assert Pupil.objects.count() == 1
        assert Pupil.objects.count() == 0
