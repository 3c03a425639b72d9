"""What is wrong with a file or a row of it, as a sentence for whoever brought it."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether a fault stops the pupil from being brought in, or only has to be seen."""

    REFUSE = "refuse"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a file: where, in which field, and a sentence that says what to do."""

    line: int
    field: str
    reason: str
    severity: Severity = Severity.REFUSE

    @property
    def refuses(self) -> bool:
        return self.severity is Severity.REFUSE


class Unreadable(Exception):
    """The file as a whole cannot be used. `fault` says where and why; nothing of it is kept."""

    def __init__(self, reason: str, *, line: int = 0, field: str = "file") -> None:
        super().__init__(reason)
        self.fault = Fault(line, field, reason)
