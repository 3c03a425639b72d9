"""The SENCO: who may be one, by when they qualify, and what the trust owes them."""

from datetime import date

from alongside.law.rule import Band, Confidence, Counting, Kind, Limit, Rule, Unit
from alongside.law.sources import CFA, REGS, code, practice, statute

_TRUST = "the trust"

RULES = (
    Rule(
        "SEN-01", "Every mainstream school has a SENCO",
        "A qualified teacher working as a teacher at that school, or its head. Somebody employed only at the trust does "
        "not count. A gap is flagged on its first day.",
        _TRUST, statute(CFA, "s67; SEND Regulations 2014 reg 49(1)-(3)"), confidence=Confidence.READ,
    ),
    Rule(
        "SEN-02", "A new SENCO qualifies",
        "Whoever was never SENCO for more than 12 months before holds the qualification within 3 years.",
        "the SENCO, and the trust that appoints", statute(REGS, "reg 49(4)"), 3, Unit.YEARS, "the SENCO was appointed",
        Counting.EXCLUSIVE, safer=1, confidence=Confidence.READ,
        then="without it the school has no lawful SENCO.",
    ),
    Rule(
        "SEN-03", "The last day for an unfinished NASENCO",
        "A NASENCO course begun before September 2024 counts if it is completed before 1 September 2027. Later courses "
        "are the NPQ for SENCOs. A NASENCO already held stays good.",
        "the SENCO", statute(REGS, "reg 49(7)-(9)"), 0, Unit.DATE, "SI 2024/535", kind=Kind.FIXED,
        fixed=date(2027, 8, 31), happened=False, confidence=Confidence.READ, in_force_from=date(2024, 9, 1),
        then="from the next day an unfinished NASENCO no longer counts.",
    ),
    Rule(
        "SEN-04", "The SENCO's role is set and looked at",
        "The trust decides the SENCO's part in leadership and other tasks, and how well they are done; once a year.",
        _TRUST, statute(REGS, "reg 50"), event="the role was last looked at", band=Band.REST,
        promise=Limit(12, Unit.MONTHS, practice("a yearly look at the role"), Counting.INCLUSIVE),
        confidence=Confidence.REPORTED,
    ),
    Rule(
        "SEN-05", "What a SENCO is responsible for",
        "Eleven things: the checklist SENCO-ROLE.",
        "the SENCO", code("6.90"), confidence=Confidence.REPORTED, in_force_from=date(2015, 1, 29),
    ),
    Rule(
        "SEN-06", "Time for it",
        "Enough time, administrative help and time off teaching. A SENCO shared by small primaries is head of none.",
        _TRUST, code("6.91-6.94"), confidence=Confidence.REPORTED, in_force_from=date(2015, 1, 29),
    ),
    Rule(
        "SEN-07", "Governors who look after SEN",
        "One governor or committee oversees SEN. The trust uses its best endeavours, lets pupils take part together, "
        "tells parents and publishes.",
        _TRUST, statute(CFA, "ss35, 66, 68, 69; Code 6.2-6.3"), confidence=Confidence.READ,
    ),
)  # fmt: skip
