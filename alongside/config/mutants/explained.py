"""Survivors that are no gap in the tests: each by name, and why it says the same or cannot be told apart."""

from collections.abc import Mapping

EXPLAINED: Mapping[str, str] = {
    "bank_holidays easter: 13 → 14": "It gives the same Easter in every year to 4000.",
    "bank_holidays easter: 13 → 12": "It gives another Easter from the year 3902 on.",
    "bank_holidays easter: 19 * a + b - d - g + 15 → 19 * a + b - d - g - 15": "15 and −15 are the same of 30.",
    "bank_holidays easter: 451 → 452": "It gives another Easter from the year 3165 on.",
    "bank_holidays easter: 451 → 450": "It gives the same Easter in every year to 4000.",
    "bank_holidays bank_holidays: 26 → 25": "Christmas Day is passed over in either case.",
    "bank_holidays _weekday: 7 → 8 (2)": "On a Saturday or Sunday the rest is the same.",
    "bank_holidays _weekday: 7 → 6 (2)": "On a Saturday or Sunday the rest is the same.",
    "calendar SchoolCalendar.is_school_day: day > self.terms[-1].last → day >= self.terms[-1].last": "The last day of the last term is a school day on either side: it is in its term.",
    "clocks values: rule.source.weight is Weight.CODE and rule.source.instrument == CODE → "
    "rule.source.weight is Weight.CODE or rule.source.instrument == CODE": (
        "No clock of another Code has a date yet, and the SEND Code’s own have its weight: one follows from the other."
    ),
    "dates Due._sentences: self.promised is not None and self.promise is not None → self.promised is not None or self.promise is not None": "The two are set together or not at all.",
    "dates Due._sentences: self.strict > self.due → self.strict >= self.due": "The two days differ, or nothing is said.",
    "special _appeal: facts.certificate is None or by_certificate is None → facts.certificate is None and by_certificate is None": "One follows from the other: both are there or neither.",
}
