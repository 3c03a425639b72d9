"""Disability and equality, medical needs and exam arrangements."""

from datetime import date

from alongside.law.rule import Band, Confidence, Counting, Kind, Limit, Option, Rule, Unit
from alongside.law.sources import CFA, EQA, code, practice, statute

_TRUST = "the trust"
_IN = Counting.INCLUSIVE
_EQA = date(2010, 10, 1)
_JCQ = "JCQ access arrangements (private rules, set each year)"
_SERIES = (Option("--series", "the exams: june, november or january", required=True),)

RULES = (
    Rule(
        "EQ-01", "Who is disabled",
        "An impairment with a substantial effect on daily life that has lasted 12 months, is likely to, or is for life. "
        "Medicine and aids are left out of account, save spectacles.",
        "whoever assesses", statute(EQA, "s6, Sch 1"), in_force_from=_EQA,
    ),
    Rule(
        "EQ-02", "Three ways of being long-term",
        "Lasted a year, likely to last a year, likely for life: each is recorded. SEN and disability are held apart.",
        "the school", statute(EQA, "Sch 1 para 2"), in_force_from=_EQA, band=Band.REST,
    ),
    Rule(
        "EQ-03", "Reasonable adjustments",
        "Thought of ahead, never charged for, aids and services among them. What was considered, decided and why is "
        "kept; decided within 10 school days of being raised.",
        _TRUST, statute(EQA, "s20, s85(6), Sch 13 para 2"), event="an adjustment was asked for or foreseen",
        promise=Limit(10, Unit.SCHOOL_DAYS, practice("reasonable adjustments")), confidence=Confidence.READ, in_force_from=_EQA,
        exceptions="No building need be changed: that is for the accessibility plan. Aids and services count since 1 "
        "September 2012.",
    ),
    Rule(
        "EQ-04", "No discrimination",
        "Direct, indirect, arising from disability, harassment and victimisation, in admission, education, exclusion.",
        "everybody", statute(EQA, "ss13-27, 85"), in_force_from=_EQA,
    ),
    Rule(
        "EQ-05", "The next accessibility plan",
        "Written, for 3 years: curriculum, buildings, written information. It is paid for, carried out, kept under "
        "review and published.",
        _TRUST, statute(EQA, "Sch 10 para 3"), 3, Unit.YEARS, "the present plan began", _IN,
        confidence=Confidence.REPORTED, in_force_from=_EQA, then="a new plan begins the day after.",
    ),
    Rule(
        "EQ-06", "Equality information is published",
        "At least once a year.",
        _TRUST, statute("Equality Act 2010 (Specific Duties) Regulations 2017", "reg 4"), 12, Unit.MONTHS,
        "it was last published", _IN, confidence=Confidence.REPORTED, in_force_from=date(2017, 3, 31),
    ),
    Rule(
        "EQ-06b", "Equality objectives are published",
        "One or more that are specific and can be measured, at least every 4 years.",
        _TRUST, statute("Equality Act 2010 (Specific Duties) Regulations 2017", "reg 5"), 4, Unit.YEARS,
        "they were last published", _IN, confidence=Confidence.REPORTED, in_force_from=date(2017, 3, 31),
    ),
    Rule(
        "EQ-07", "A healthcare plan is looked at again",
        "The plan of a pupil with a medical condition is reviewed each year, or when something changes.",
        _TRUST, code("s100 and the guidance of December 2015", CFA), 12, Unit.MONTHS,
        "the healthcare plan was made or last reviewed", _IN,
        confidence=Confidence.REPORTED,
    ),
    Rule(
        "EQ-08", "The allergy safety policy is looked at again",
        "Written, on the website, reviewed and brought to everybody's attention at least once a year.",
        _TRUST, statute(CFA, "ss100A-100B"), 12, Unit.MONTHS, "the policy was last reviewed", _IN,
        confidence=Confidence.READ, in_force_from=date(2026, 9, 1),
    ),
    Rule(
        "JCQ-01", "How long an approved exam arrangement lasts",
        "Up to 26 months for GCSE and GCE. A plan alone gives no entitlement: need and normal way of working are shown.",
        "the exams officer, with the SENCO", practice("GCSE and GCE", _JCQ), 26, Unit.MONTHS,
        "the arrangement was approved", Counting.EXCLUSIVE, band=Band.REST, confidence=Confidence.REPORTED,
        in_force_from=date(2025, 9, 1),
    ),
    Rule(
        "JCQ-02", "The assessment for Form 8",
        "Not before the start of Year 9; the SENCO's part is written first, and the candidate is told that the "
        "application goes online.",
        "the SENCO", practice("Form 8, 8.6", _JCQ), band=Band.REST, confidence=Confidence.READ,
        in_force_from=date(2025, 9, 1),
    ),
    Rule(
        "JCQ-03", "Exam arrangements are applied for",
        "By the closing day of the exam series; the work begins 8 weeks before it.",
        "the exams officer, with the SENCO", practice("closing days, usual", _JCQ), 0, Unit.DATE,
        "the need was known", kind=Kind.SERIES, needs=_SERIES, band=Band.REST, in_force_from=date(2025, 9, 1),
    ),
    Rule(
        "JCQ-04", "Modified papers are ordered",
        "By the closing day of the exam series, which is earlier than for other arrangements.",
        "the exams officer, with the SENCO", practice("closing days, usual", _JCQ), 0, Unit.DATE,
        "the need was known", kind=Kind.SERIES, needs=_SERIES, band=Band.REST, in_force_from=date(2025, 9, 1),
    ),
)  # fmt: skip
