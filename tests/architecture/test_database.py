"""The database refuses too: asked of its own catalogue, so that a table which no model knows counts as well."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from alongside.base.access import walls

pytestmark = pytest.mark.django_db

# Columns by which a row belongs to somebody.
_OWNED = ("school_id", "pupil_id")


def rows(sql: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return list(cursor.fetchall())


def open_tables() -> set[str]:
    """Tables that stand open on purpose: schools, terms, the catalogue."""
    from django.apps import apps

    return {apps.get_model(name)._meta.db_table for name in walls.OPEN_LABELS}


def test_every_table_with_a_pupil_or_a_school_is_walled() -> None:
    owned = rows(
        "select distinct c.table_name, k.relrowsecurity, k.relforcerowsecurity,"
        " (select count(*) from pg_policies p where p.schemaname = 'public' and p.tablename = c.table_name)"
        " from information_schema.columns c join pg_class k on k.relname = c.table_name and k.relkind in ('r', 'p')"
        " where c.table_schema = 'public' and c.column_name = any(%s)",
        list(_OWNED),
    )
    assert len(owned) > 25
    exempt = open_tables()
    bare = [
        name
        for name, enabled, forced, policies in owned
        if name not in exempt and not (enabled and forced and policies)
    ]
    assert bare == []


def test_every_policy_is_ours_and_speaks_of_the_transaction() -> None:
    """One policy a table, for the application alone, for reading and for writing, and none that is simply true."""
    policies = rows(
        "select tablename, policyname, roles::text[], cmd, qual, with_check from pg_policies"
        " where schemaname = 'public'"
    )
    assert len(policies) > 25
    open_history = {
        f"{label.replace('.', '_')}event" for label in walls.OPEN_HISTORY
    }  # what they were stands open as they do
    for table, policy, roles, verb, seen, written in policies:
        assert (policy, roles, verb) == ("wall", [walls.APP_ROLE], "ALL"), table
        if table not in open_history:
            assert "wall_" in seen and "wall_" in written, table


def test_no_table_of_ours_is_forgotten() -> None:
    assert walls.unwalled() == []


def test_the_application_is_a_small_role() -> None:
    (found,) = rows(
        "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles where rolname = %s",
        walls.APP_ROLE,
    )
    assert set(found) == {False}
    assert rows("select current_user") == [(walls.APP_ROLE,)], "the tests speak as the application"


def test_the_application_owns_nothing() -> None:
    owned = rows(
        "select c.relname from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = %s"
        " union all select p.proname from pg_proc p join pg_roles r on r.oid = p.proowner where r.rolname = %s"
        " union all select d.datname from pg_database d join pg_roles r on r.oid = d.datdba where r.rolname = %s",
        *[walls.APP_ROLE] * 3,
    )
    assert owned == []


def test_the_application_is_no_member_of_a_larger_role() -> None:
    larger = rows(
        "select r.rolname from pg_auth_members m join pg_roles r on r.oid = m.roleid"
        " join pg_roles u on u.oid = m.member where u.rolname = %s",
        walls.APP_ROLE,
    )
    assert larger == []


def test_no_function_steps_over_the_wall() -> None:
    """A function that runs with its owner's rights would read every row."""
    stepping = rows(
        "select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
        " where n.nspname = 'public' and p.prosecdef"
    )
    assert stepping == []


def test_what_happened_cannot_be_changed() -> None:
    verbs = rows(
        "select table_name, privilege_type from information_schema.role_table_grants"
        " where grantee = %s and table_name in ('history_event', 'history_viewing')",
        walls.APP_ROLE,
    )
    assert {verb for _, verb in verbs} == {"SELECT", "INSERT"}


def test_the_tables_have_all_that_the_models_say() -> None:
    """Migrations are run without making models anew for constraints and triggers; none may get lost by that."""
    from django.apps import apps
    from django.db.models import Model
    from pgtrigger.registry import registered

    ours: list[type[Model]] = [m for m in apps.get_models() if m.__module__.startswith("alongside.")]
    there = {name for (name,) in rows("select conname from pg_constraint union select indexname from pg_indexes")}
    said = {thing.name for model in ours for thing in (*model._meta.constraints, *model._meta.indexes)}
    assert len(said) > 150
    assert said - there == set()
    labels = {model._meta.label for model in ours}
    triggers = {name for (name,) in rows("select tgname from pg_trigger where not tgisinternal")}
    wanted = {trigger.get_pgid(model) for model, trigger in registered() if model._meta.label in labels}
    assert len(wanted) > 150
    assert wanted - triggers == set()


def test_no_migration_asks_for_rows() -> None:
    """A step that read or changed rows would meet models that are not made anew (`access/management/commands/migrate.py`)."""
    from django.apps import apps
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.operations import RunPython

    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("alongside.")}
    steps = [
        (f"{label}.{name}", step)
        for (label, name), migration in MigrationLoader(None).disk_migrations.items()
        if label in ours
        for step in migration.operations
    ]
    assert len(steps) > 300
    assert [where for where, step in steps if isinstance(step, RunPython)] == []
