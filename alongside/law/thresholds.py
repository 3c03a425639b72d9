"""Ages, counts and limits that are not time limits, each with its source and the day it came into force."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from alongside.law.sources import REGS, Source, practice, promise, statute


@dataclass(frozen=True, slots=True)
class Threshold:
    """A named figure, its source and the day from which it holds."""

    code: str
    words: str
    value: Decimal
    source: Source
    in_force_from: date

    def __int__(self) -> int:
        return int(self.value)


_POLICY = date(2025, 9, 1)


def _threshold(code: str, words: str, value: str, source: Source) -> Threshold:
    return Threshold(code, words, Decimal(value), source, _POLICY)


STRENGTHS = _threshold("STRENGTHS", "Strengths named before any need", "2", promise("section 6"))
FEWEST_OUTCOMES = _threshold("OUTCOMES-MIN", "Fewest outcomes in a plan", "2", promise("section 6"))
MOST_OUTCOMES = _threshold("OUTCOMES-MAX", "Most outcomes in a plan", "4", promise("section 6"))
DELIVERY_FLOOR = _threshold("DELIVERY", "Share of promised sessions given", "0.80", promise("section 15"))
READING_AGE = _threshold("READING-AGE", "Reading age of a family copy", "9", promise("section 9"))
SMALL_NUMBER = _threshold("SMALL", "Smallest count shown outside the school", "5", practice("disclosure control"))
OLDEST_PUPIL = _threshold("OLDEST", "Oldest age on a school roll", "25", practice("EHC plans end by 25"))


# What duties are judged by. 'Set' figures of the policy stand as the trust's defaults; the rest is our own practice.
CASE_SHARE = _threshold("SHARE", "Share of cases that has to be met", "0.90", promise("default of a set share"))
TASK_ON_TIME = _threshold("TASKS", "Share of the SENCO’s tasks done by their date", "0.90", promise("section 3"))
ASSESS_STAGE = _threshold("ASSESS", "School days that the assess stage may last", "15", promise("section 6"))
NOTE_SEEN = _threshold("NOTE", "School days in which a note is seen", "2", promise("section 3"))
WELFARE_NOTE_SEEN = _threshold("WELFARE-NOTE", "School days in which a welfare note is seen", "1", promise("section 5"))
FIRST_LOOK = _threshold("FIRST-LOOK", "Days until a new pupil has had a first look", "42", promise("section 4"))
HALF_TERM = _threshold("HALF-TERM", "Days counted as a half term", "42", practice("six weeks of school"))
TERM = _threshold("TERM", "Days for which what was said in a term counts", "91", practice("thirteen weeks"))
TERM_AND_HOLIDAY = _threshold(
    "TERM-AND-HOLIDAY",
    "Days from a term's start to the end of the next holiday",
    "126",
    practice("eighteen weeks, the longest term and holiday"),
)
YEARLY = _threshold("YEARLY", "Days in which what is asked yearly is done again", "365", practice("a year"))
WARNING = _threshold("WARNING", "Days ahead that a date is said to be due", "14", promise("section 6"))
PLAN_WARNING = _threshold(
    "PLAN-WARNING",
    "Days ahead that an annual review is due",
    "56",
    practice("the council's 4 weeks to decide, and 4 to hold the meeting"),
)
CLOCK_AT_RISK = _threshold("AT-RISK", "Days ahead that an open clock is said to be at risk", "5", practice("a week"))
PUT_OFF = _threshold("PUT-OFF", "Days that work without a date in law may be put off", "28", practice("four weeks"))
COVER = _threshold("COVER", "Days for which Today may be handed over", "120", practice("a term and a holiday"))
POST_WARNING = _threshold("POST-WARNING", "Days ahead that a trustee's term ends", "90", promise("section 3"))
RECONCILED = _threshold(
    "RECONCILED",
    "Days since the school's own system was compared",
    "14",
    promise("default of set days, 10 school days"),
)
TRUST_DATA = _threshold("TRUST-DATA", "Days that the trust's data may be old", "2", promise("section 15"))
WORD_LASTS = _threshold("WORD", "Days that an attested word may stand", "366", practice("a year, leap years included"))
WORD_WARNING = _threshold("WORD-WARNING", "Days ahead that an attested word ends", "60", practice("two months"))
ACCEPTANCE = _threshold("ACCEPTANCE", "Days to accept a changed scheme of delegation", "42", practice("a half term"))
QUESTION_ANSWERED = _threshold("QUESTION", "Days to answer a board’s question", "14", practice("two weeks"))
DEPARTURE_DECIDED = _threshold(
    "DEPARTURE", "Days in which a departure from the Code is decided on", "14", practice("two weeks")
)
SIGN_OFF_OPENS = _threshold(
    "SIGN-OFF", "School days before a term ends that its sign-off is due", "10", practice("two weeks of school")
)
POLICY_REVIEW_MONTHS = _threshold(
    "POLICY-REVIEW", "Months between two reviews of the policy", "12", promise("section 19")
)
POLICY_REVIEW_OPENS = _threshold(
    "POLICY-REVIEW-OPENS", "Days before its day that a review of the policy opens", "90", promise("section 19")
)
POLICY_REVIEW_WARNING = _threshold(
    "POLICY-REVIEW-WARNING", "Days ahead that the director's review is due", "60", promise("section 19")
)
POLICY_NOTICE_FAMILY = _threshold(
    "POLICY-FAMILY", "School days in which register families hear of a change of policy", "10", promise("section 19")
)
POLICY_CONFIRM_STAFF = _threshold(
    "POLICY-STAFF", "School days in which staff confirm a new policy", "20", promise("section 19")
)
INDUCTION_DAYS = _threshold(
    "INDUCTION", "School days in which a new member of staff gets to know the policy", "10", promise("section 19")
)
SIGHT_LASTS = _threshold("SIGHT", "Days for which what was seen proves a duty", "183", practice("half a year"))
SENCO_TIME_LOST = _threshold(
    "SENCO-TIME-LOST", "Share of a SENCO's agreed hours that may be lost", "0.10", promise("section 3")
)
SENCO_WARNING = _threshold(
    "SENCO-WARNING",
    "Days ahead that a SENCO without a course has to begin one",
    "548",
    practice("a course lasts 18 months"),
)
SENCO_SETTLED = Threshold(
    "SENCO-SETTLED",
    "Months as SENCO before, above which no new three years to qualify begin",
    Decimal(12),
    statute(REGS, "reg 49(4)"),
    date(2014, 9, 1),
)
POOLED_NEED = _threshold(
    "POOLED",
    "Colleagues with the same gap that make it a need of the whole trust",
    "5",
    practice("the smallest count shown"),
)

THRESHOLDS: Mapping[str, Threshold] = {
    value.code: value for value in list(vars().values()) if isinstance(value, Threshold)
}
