"""Small, dull and shared: what every slice needs and none owns."""

from alongside.kit.errors import NotAllowed, NotFound, Refused, Stale, refuse
from alongside.kit.keep import Keep
from alongside.kit.time import today

__all__ = ["Keep", "NotAllowed", "NotFound", "Refused", "Stale", "refuse", "today"]
