"""What has to be so after every migration: rows that the product brings with it. Each step may run again."""

from collections.abc import Callable

AFTER_MIGRATE: list[Callable[[], object]] = []


def after_migrate(step: Callable[[], object]) -> Callable[[], object]:
    """Register a step. It runs as the owner of the tables, and must change nothing when run a second time."""
    AFTER_MIGRATE.append(step)
    return step
