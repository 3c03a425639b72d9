"""Django's migrate, then the walls, so that no table is reachable until its policy stands; then what the product brings."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.apps import apps
from django.core.management.commands.migrate import Command as Migrate
from django.db import connections
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger

from alongside.base.access.walls import raise_walls
from alongside.kit.steps import AFTER_MIGRATE


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        with _models_stay():
            super().handle(*args, **options)
        raise_walls(connections[options["database"]])
        for step in AFTER_MIGRATE:
            step()


@contextmanager
def _models_stay() -> Iterator[None]:
    """A trigger, a constraint or an index changes no column, so no model has to be made anew for it.

    As the packages have it, each of some hundreds makes every model anew that is tied to its own: a new database then
    waits minutes rather than seconds. What each does to the database it carries itself.
    """

    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("alongside.")}
    theirs = ProjectState._append_option  # type: ignore[attr-defined]

    def appended(state: ProjectState, app_label: str, model_name: str, option: str, thing: Any) -> None:
        if app_label not in ours:
            theirs(state, app_label, model_name, option, thing)
            return
        options = state.models[app_label, model_name.lower()].options
        options[option] = [*options.get(option, []), thing]

    def with_trigger(self: AddTrigger, app_label: str, state: ProjectState) -> None:
        appended(state, app_label, self.model_name, "triggers", self.trigger)

    with (
        patch.object(ProjectState, "_append_option", appended),
        patch.object(AddTrigger, "state_forwards", with_trigger),
    ):
        yield
