"""Log lines without anybody's data: logs are read, copied and kept by people who have no business with a child's record."""

from __future__ import annotations

import logging
import re
import traceback
from types import TracebackType

_SECRET = re.compile(r"(/family/enter/|/password/reset/key/)[^/\s]+")
_Fault = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Discreet(logging.Formatter):
    """A line as it is written, but for keys in addresses; of an error its kind and its place, never its words.

    The words of an error quote what broke it: 'Key (upn)=(K82…) already exists', 'invalid literal: \'Kowalski\''.
    Of an error of the database the code and the constraint are ours, so they stay.
    """

    def format(self, record: logging.LogRecord) -> str:
        kept, record.exc_text = record.exc_text, None  # another handler may have written the words down here
        try:
            return _SECRET.sub(r"\1…", super().format(record))
        finally:
            record.exc_text = kept

    def formatException(self, ei: _Fault) -> str:
        error = ei[1]
        lines: list[str] = []
        said: set[int] = set()  # an error can come to stand among its own causes
        while error is not None and id(error) not in said:
            said.add(id(error))
            lines[:0] = [*traceback.format_tb(error.__traceback__), f"{_kind(error)}\n"]
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "".join(lines).rstrip()


def _kind(error: BaseException) -> str:
    """'django.db.utils.IntegrityError 23505 pupils_pupil_upn_key'."""
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    said = getattr(error, "diag", None)
    return " ".join(filter(None, (name, getattr(error, "sqlstate", None), getattr(said, "constraint_name", None))))
