"""Django's migrate, and then the walls: no table is reachable until its policy stands."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

from alongside.base.access.walls import raise_walls


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        raise_walls(connections[options["database"]])
