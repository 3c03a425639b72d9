"""`alongside nightly`: everything that the clock would start tonight, now."""

import time
from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

from alongside.kit.time import now


class Command(BaseCommand):
    help = "Do now what happens every night."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        tasks = {task.task.name: task.task for task in app.periodic_registry.periodic_tasks.values()}
        for name in sorted(tasks):
            start = time.monotonic()
            tasks[name].func(timestamp=int(now().timestamp()))
            if options["verbosity"]:
                self.stdout.write(f"{name.removeprefix('alongside:')}: done in {time.monotonic() - start:.1f} s")
