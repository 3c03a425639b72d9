"""From a cell's text to a value, with a sentence when it cannot be one.

A `Desk` reads the cells of one pupil and keeps the faults it meets, so that a reader stays a list of
fields. Identity and SEN dates refuse the pupil; anything else that cannot be read is left out and named.
"""

from datetime import date
from decimal import Decimal, InvalidOperation

from alongside.fronts.exchange import words
from alongside.kit.tables.cells import read_date, shown, tidy
from alongside.kit.tables.faults import Fault, Severity
from alongside.law.upn import NO_UPN_CODES

_FORMULA = ("=", "@", "\t", "\r")
LONGEST_TEXT = 500


class Desk:
    """Reads one pupil's cells. `faults` holds what could not be read."""

    def __init__(self, line: int, *, epoch: date | None = None) -> None:
        self.line = line
        self.faults: list[Fault] = []
        self._epoch = epoch

    def fault(self, field: str, reason: str, *, refuse: bool = False, line: int | None = None) -> None:
        severity = Severity.REFUSE if refuse else Severity.WARN
        self.faults.append(Fault(self.line if line is None else line, field, reason, severity))

    def text(self, field: str, text: str | None, *, line: int | None = None) -> str | None:
        """A name or other short text. A spreadsheet formula or a very long text refuses the pupil."""
        value = tidy(text)
        if value is None or text is None:
            return None
        if text.startswith(_FORMULA) or (value[0] in "+-" and len(value) > 1):
            self.fault(field, f"'{shown(value)}' begins like a spreadsheet formula.", refuse=True, line=line)
            return None
        if len(value) > LONGEST_TEXT:
            self.fault(field, f"The text is longer than {LONGEST_TEXT} characters.", refuse=True, line=line)
            return None
        if not value.isprintable():
            self.fault(field, f"'{shown(value)}' holds characters that cannot be shown.", refuse=True, line=line)
            return None
        return value

    def upn(self, field: str, text: str | None, *, line: int | None = None) -> str | None:
        """A UPN in capitals. The codes for "has none" (UN1 to UN5) are no UPN."""
        value = self.text(field, text, line=line)
        if value is None:
            return None
        upn = value.replace(" ", "").upper()
        if upn in NO_UPN_CODES:
            self.fault(field, f"{upn} says why there is no UPN yet; the pupil is kept without one.", line=line)
            return None
        return upn

    def date(self, field: str, text: str | None, *, refuse: bool = False, line: int | None = None) -> date | None:
        value = tidy(text)
        if value is None:
            return None
        try:
            return read_date(value, self._epoch)
        except ValueError as wrong:
            self.fault(field, str(wrong), refuse=refuse, line=line)
            return None

    def word(
        self, field: str, text: str | None, vocabulary: words.Vocabulary, *, line: int | None = None
    ) -> str | None:
        """The code a word stands for. An unknown word is held: named here and left out of the record."""
        value = tidy(text)
        if value is None:
            return None
        bare = words.plain(value)
        code = vocabulary.get(bare)
        if code is None:
            self.fault(field, f"'{shown(value)}' has no known meaning here, so it is held and changes nothing.",
                       line=line)  # fmt: skip
        return code

    def year(self, field: str, text: str | None, *, line: int | None = None) -> str | None:
        value = tidy(text)
        if value is None:
            return None
        code = words.nc_year(value)
        if code is None:
            self.fault(field, f"'{shown(value)}' is not a year group (R, 1 to 14, N1, N2, X).", line=line)
        return code

    def yes_no(self, field: str, text: str | None, *, line: int | None = None) -> bool | None:
        code = self.word(field, text, words.YES_NO, line=line)
        return None if code is None else code == "Y"

    def whole(self, field: str, text: str | None, *, line: int | None = None) -> int | None:
        value = tidy(text)
        if value is None:
            return None
        if value.isascii() and value.isdigit() and len(value) < 10:
            return int(value)
        self.fault(field, f"'{shown(value)}' is not a whole number.", line=line)
        return None

    def percent(self, field: str, text: str | None, *, line: int | None = None) -> str | None:
        value = tidy(text)
        if value is None:
            return None
        try:
            number = Decimal(value.rstrip("% "))
        except InvalidOperation:
            number = Decimal(-1)
        if not (number.is_finite() and 0 <= number <= 100):
            self.fault(field, f"'{shown(value)}' is not a percentage from 0 to 100.", line=line)
            return None
        return str(number)
