"""The four ways a request can be told no."""

from collections.abc import Mapping

from alongside.law.refusal import Refusal


class NotFound(Exception):
    """There is no such row, or it is not this person's to see: both answer 404, alike."""


class NotAllowed(Exception):
    """The person may see this but may not do that to it."""


class Refused(Exception):
    """A rule said no. `reason` is the sentence to show; `field` the form field it is about."""

    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field


class Stale(Exception):
    """Somebody else saved first. Holds what stands now and what was about to be written, by field."""

    def __init__(self, theirs: Mapping[str, str], yours: Mapping[str, str], who: str, version: int) -> None:
        super().__init__("Somebody else has changed this since you opened it.")
        self.theirs, self.yours, self.who, self.version = dict(theirs), dict(yours), who, version


def refuse(*refusals: Refusal | None) -> None:
    """Raise the first refusal there is."""
    for refusal in refusals:
        if refusal is not None:
            raise Refused(refusal.reason, refusal.field)
