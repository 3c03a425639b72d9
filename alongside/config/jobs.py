"""Everything that runs by the clock or in the background."""

from procrastinate import App

from alongside.areas.assessment import jobs as _assessment  # noqa: F401  (registers its jobs)
from alongside.areas.clocks import jobs as _clocks  # noqa: F401
from alongside.areas.duties import jobs as _duties  # noqa: F401
from alongside.areas.identification import jobs as _identification  # noqa: F401
from alongside.areas.morning import jobs as _morning  # noqa: F401
from alongside.areas.policy import jobs as _policy  # noqa: F401
from alongside.areas.provision import jobs as _provision  # noqa: F401
from alongside.areas.workforce import jobs as _workforce  # noqa: F401
from alongside.base.access import jobs as _access  # noqa: F401
from alongside.base.deadlines import jobs as _deadlines  # noqa: F401
from alongside.base.documents import jobs as _documents  # noqa: F401
from alongside.fronts.exchange import jobs as _exchange  # noqa: F401
from alongside.fronts.portal import jobs as _portal  # noqa: F401
from alongside.kit.jobs import NAMESPACE, queue


def add_blueprint(app: App) -> None:
    """Give the queue our jobs; named in settings."""
    app.add_tasks_from(queue, namespace=NAMESPACE)
