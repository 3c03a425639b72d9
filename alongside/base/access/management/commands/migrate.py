"""Django's migrate, then the walls, so that no table is reachable until its policy stands; then what the product brings."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

from alongside.base.access.walls import raise_walls
from alongside.kit.steps import AFTER_MIGRATE


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        raise_walls(connections[options["database"]])
        for step in AFTER_MIGRATE:
            step()
