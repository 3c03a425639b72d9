"""What an EHC plan has to be, who delivers it, and when it ends. Its sections A to K are in `codes`."""

from datetime import date

from alongside.law.rule import Confidence, Counting, Kind, Option, Rule, Unit
from alongside.law.sources import CFA, REGISTRATION, code, statute

RULES = (
    Rule(
        "EHP-01", "Provision is specified and normally quantified",
        "Section F leaves no room for doubt: normally hours, how often, by whom. 'Access to', 'regular' or 'as required' "
        "are warning signs, and the school cannot be left to decide.",
        "the local authority drafts, the school comments",
        statute("L v Clarke and Somerset", "[1998] ELR 129; Worcestershire v SE [2020] UKUT 217 (AAC); Code 9.69"),
        confidence=Confidence.READ, in_force_from=date(1998, 1, 1),
    ),
    Rule(
        "EHP-02", "Section F is delivered, whatever it costs",
        "The local authority secures the provision in F, health that in G; neither effort nor money is an excuse. The "
        "school reports missed provision at once.",
        "the local authority, and health for G", statute(CFA, "s42; BA v Nottinghamshire [2021] EWHC 1348 (Admin)"),
        confidence=Confidence.READ,
    ),
    Rule(
        "EHP-03", "A school named in section I admits",
        "From the day the plan is final, even when full and even while the trust disputes it.",
        "the trust", statute(CFA, "s43"), confidence=Confidence.REPORTED,
    ),
    Rule(
        "EHP-04", "Everybody who works with the pupil knows",
        "Every teacher and adult who works with a pupil named in a plan knows the needs and what was arranged.",
        "the headteacher", code("9.130"),
    ),
    Rule(
        "EHP-05", "Taking a pupil with a plan off the roll",
        "A special school needs the local authority's consent. A mainstream school needs none for home education on the "
        "parent's written notice, takes the name off and tells the local authority.",
        "the headteacher", statute(REGISTRATION, "reg 9; Code 10.33"), confidence=Confidence.REPORTED,
        in_force_from=date(2024, 8, 19),
    ),
    Rule(
        "EHP-06", "The latest end of a plan",
        "A plan ends at the latest with the school year in which the young person turns 25.",
        "the local authority", statute(CFA, "s46; SEND Regulations 2014 reg 46"), 0, Unit.DATE,
        "the end of the school year of the 25th birthday", kind=Kind.TWENTY_FIVE, happened=False,
        needs=(Option("--born", "the date of birth", required=True),),
    ),
    Rule(
        "EHP-07", "The local authority hears of long sickness",
        "The school tells the local authority of a pupil expected to miss 15 school days or more through sickness, in a "
        "row or added up over the school year.",
        "the headteacher", statute(REGISTRATION, "sickness return"), 15, Unit.SCHOOL_DAYS, "the sickness began",
        Counting.INCLUSIVE, confidence=Confidence.REPORTED, in_force_from=date(2024, 8, 19),
        then="the local authority considers other education (Education Act 1996 s19).",
    ),
)  # fmt: skip
