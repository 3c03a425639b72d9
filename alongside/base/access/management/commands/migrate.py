"""Django's migrate, then the walls, so that no table is reachable until its policy stands; then what the product brings."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.apps import apps
from django.core.management.commands.migrate import Command as Migrate
from django.db import connections
from django.db.migrations.state import ModelState, ProjectState
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
    """No model is made anew but the one that a step adds, or adds a field to; for a trigger, a constraint or an index none.

    As the packages have it, each of some hundreds of steps makes every model anew that is tied to its own: a new database
    then waits minutes rather than seconds. What a step does to the database it carries itself, and no step of ours asks
    for rows: a test holds that.
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

    add_model, add_field = ProjectState.add_model, ProjectState.add_field

    def alone(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> None:
        if "apps" in state.__dict__:
            state.apps.unregister_model(app_label, model_name.lower())
            state.apps.render_multiple([state.models[app_label, model_name.lower()]])

    def with_model(state: ProjectState, model: ModelState) -> None:
        with patch.object(
            ProjectState, "reload_model", alone if model.app_label in ours else ProjectState.reload_model
        ):
            add_model(state, model)

    def with_field(state: ProjectState, app_label: str, *rest: Any, **more: Any) -> None:
        with patch.object(ProjectState, "reload_model", alone if app_label in ours else ProjectState.reload_model):
            add_field(state, app_label, *rest, **more)

    with (
        patch.object(ProjectState, "add_model", with_model),
        patch.object(ProjectState, "add_field", with_field),
        patch.object(ProjectState, "_append_option", appended),
        patch.object(AddTrigger, "state_forwards", with_trigger),
    ):
        yield
