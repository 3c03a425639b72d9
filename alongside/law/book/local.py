"""The Local Offer, working together with health and care, personal budgets."""

from datetime import date

from alongside.law.rule import Confidence, Counting, Rule, Unit
from alongside.law.sources import CFA, REGS, statute

_LA = "the local authority"

RULES = (
    Rule(
        "LOC-01", "The Local Offer and its yearly answer",
        "Published, accessible and up to date; comments and what is done about them at least once a year. Each academy's "
        "trust, pupils and parents are asked when it is made and reviewed.",
        _LA, statute(CFA, "s30; SEND Regulations 2014 regs 53-57, Sch 2"), 12, Unit.MONTHS,
        "comments and answer were last published", Counting.INCLUSIVE, confidence=Confidence.READ,
    ),
    Rule(
        "LOC-02", "The school takes part in it",
        "It tells what it provides, and its information report links to the offer.",
        "the trust", statute(CFA, "ss28-29; SEND Regulations 2014 Sch 1 item 13"), confidence=Confidence.READ,
    ),
    Rule(
        "LOC-03", "Education, health and care together",
        "The local authority works for integration (s25) and commissions jointly with health (s26).",
        "the local authority and the integrated care board", statute(CFA, "ss25-26"), confidence=Confidence.READ,
    ),
    Rule(
        "LOC-04", "Integrated care boards",
        "They took the place of clinical commissioning groups; each has an executive lead for SEND.",
        "health", statute("Health and Care Act 2022", "Part 1"), confidence=Confidence.READ,
        in_force_from=date(2022, 7, 1),
    ),
    Rule(
        "LOC-05", "First look at a personal budget",
        "A family may ask for one with a draft plan or at a review. Direct payments used at school need the school's "
        "agreement, and are looked at in the first 3 months.",
        _LA, statute("SI 2014/1652", "direct payments; Children and Families Act 2014 ss48-49"), 3,
        Unit.MONTHS, "direct payments began", Counting.EXCLUSIVE, confidence=Confidence.REPORTED,
    ),
    Rule(
        "LOC-06", "Impartial advice",
        "The local authority arranges information and advice for children, parents and young people.",
        _LA, statute(CFA, "s32"),
    ),
    Rule(
        "LOC-07", "Health tells of a young child's need",
        "Health tells the local authority of a child under 5 thought to have SEN.",
        "health", statute(CFA, "s23"), confidence=Confidence.REPORTED,
    ),
    Rule(
        "LOC-08", "A plan is passed on for study after school",
        "At the young person's request the local authority passes the plan to whoever assesses for the disabled "
        "students' allowance, or to the head of the place of higher education.",
        _LA, statute(REGS, "reg 47"), confidence=Confidence.READ,
    ),
)  # fmt: skip
