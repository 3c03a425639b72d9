"""Everything that runs by the clock or in the background."""

from procrastinate import App

from alongside.base.deadlines import jobs as _deadlines  # noqa: F401  (registers its jobs)
from alongside.kit.jobs import queue


def add_blueprint(app: App) -> None:
    """Give the queue our jobs; named in settings."""
    app.add_tasks_from(queue, namespace="alongside")
