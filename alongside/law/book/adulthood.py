"""Growing up: careers, compulsory school age, the young person's own rights, capacity."""

from datetime import date

from alongside.law.rule import Band, Confidence, Kind, Option, Rule, Unit
from alongside.law.sources import CFA, EA96, EA97, code, statute

_BORN = (Option("--born", "the date of birth", required=True),)

RULES = (
    Rule(
        "TRA-01", "A move is planned",
        "For pupils without a plan too: what is passed on is agreed with the family, the next SENCO receives it, and "
        "the DSL's file goes on its own.",
        "the SENCO", code("6.57 and chapter 8"), in_force_from=date(2015, 1, 29),
    ),
    Rule(
        "TRA-02", "Independent careers guidance",
        "Impartial, in the pupil's best interest, apprenticeships among it, for Years 8 to 13.",
        "the trust", statute(EA97, "s42A"), confidence=Confidence.READ, in_force_from=date(2013, 9, 1),
        in_force_to=date(2022, 8, 31),
    ),
    Rule(
        "TRA-02", "Independent careers guidance",
        "Impartial, in the pupil's best interest, apprenticeships among it, throughout secondary education: Years 7 to "
        "13.",
        "the trust", statute(EA97, "s42A"), confidence=Confidence.READ, in_force_from=date(2022, 9, 1),
    ),
    Rule(
        "TRA-03", "Six encounters with providers",
        "Two in Years 8 and 9, two in Years 10 and 11, two offered in Years 12 and 13; the policy is published.",
        "the trust", statute(EA97, "s42B"), in_force_from=date(2023, 1, 1),
    ),
    Rule(
        "TRA-04", "Adulthood from Year 9",
        "Every review of a plan from Year 9 looks at it: the checklist ADULTHOOD. Where they go after 16 is followed.",
        "the school and the local authority", statute("SEND Regulations 2014", "reg 20(6)"),
    ),
    Rule(
        "TRA-05", "Who is a young person",
        "Somebody over compulsory school age and under 25.",
        "everybody", statute(CFA, "s83"), confidence=Confidence.REPORTED,
    ),
    Rule(
        "TRA-06", "The end of compulsory school age",
        "At the end of the last Friday in June of the school year in which the pupil turns 16. So somebody of 16 may "
        "still be a child, and somebody of 15 a young person.",
        "the school", statute(EA96, "s8; School Leaving Date Order 1997"), 0, Unit.DATE,
        "the last Friday in June of the school year of the 16th birthday", kind=Kind.LEAVING_AGE, happened=False,
        needs=_BORN, confidence=Confidence.REPORTED, in_force_from=date(1998, 9, 1), band=Band.FAMILY,
        then="from the next day the rights in a plan are the young person's own.",
    ),
    Rule(
        "TRA-07", "The start of compulsory school age",
        "On the 31 March, 31 August or 31 December on or next after the fifth birthday.",
        "the family", statute(EA96, "s8; SI 1998/1607"), 0, Unit.DATE,
        "the prescribed day on or next after the fifth birthday", kind=Kind.SCHOOL_AGE, happened=False, needs=_BORN,
        in_force_from=date(1998, 9, 1), band=Band.FAMILY,
    ),
    Rule(
        "TRA-08", "Rights pass to the young person",
        "From the day after the leaving date decisions, consents, notices and appeals are the young person's; parents go "
        "on helping. Without capacity for a decision, a representative or else the parent decides.",
        "everybody", statute(CFA, "ss80, 83; SEND Regulations 2014 regs 63-65"), 0, Unit.DATE,
        "the last Friday in June of the school year of the 16th birthday", kind=Kind.LEAVING_AGE, happened=False,
        needs=_BORN, band=Band.FAMILY,
    ),
    Rule(
        "TRA-09", "Capacity, decision by decision",
        "Presumed from 16. Who looked at it, for which decision and when is recorded; it is never a mark on a person.",
        "whoever asks for the decision", statute("Mental Capacity Act 2005", "ss1-3"), 0, Unit.DATE,
        "the 16th birthday", kind=Kind.SIXTEEN, happened=False, needs=_BORN, in_force_from=date(2007, 10, 1),
    ),
    Rule(
        "TRA-10", "In education or training to 18",
        "Everybody is to take part until 18; at 16 and 17 a plan is not needed for it.",
        "the young person", statute("Education and Skills Act 2008", "Part 1"), 0, Unit.DATE, "the 18th birthday",
        kind=Kind.EIGHTEEN, happened=False, needs=_BORN, in_force_from=date(2015, 9, 1),
    ),
)  # fmt: skip
