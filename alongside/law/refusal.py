"""The word that rules use to say no."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """A rule's no, in a sentence that the user can act on."""

    reason: str
    field: str = ""  # the form field it is about, if it is about one

    def __str__(self) -> str:
        return self.reason
