"""EHC needs assessments and plans: twenty weeks, and what the school owes inside them.

Every limit of the council runs from the day it received the request, never from its decision to assess.
"""

from alongside.law.rule import Band, Confidence, Counting, Kind, Limit, Option, Rule, Unit
from alongside.law.sources import CFA, REGS, code, promise, statute

_LA = "the local authority"
_E = ("E1", "E2", "E3", "E4")
_REQUEST = "the local authority received the request"
_EXCUSED = "Late only while it is impractical because of E1 to E4. The date itself does not move."

RULES = (
    Rule(
        "EHC-01", "Who may ask for an assessment",
        "A parent, a young person over compulsory school age, or somebody acting for a school or college may ask. The "
        "school asks with the parent's knowledge and, where it can, with agreement.",
        "whoever asks", statute(CFA, "s36(1); Code 9.8-9.9"), confidence=Confidence.READ,
    ),
    Rule(
        "EHC-02", "Told at once, and decided",
        "The local authority asks the family's views as soon as it can, and tells health, social care and the school. "
        "It decides on every request; it need not go on to assess where it assessed within the last 6 months.",
        _LA, statute(REGS, "regs 3-4; Children and Families Act 2014 s36(3)-(5)"), 6, Unit.WEEKS, _REQUEST,
        Counting.EXCLUSIVE, confidence=Confidence.READ, then="the local authority says whether it will assess.",
    ),
    Rule(
        "EHC-03", "The test for assessing",
        "The child has or may have SEN, and a plan may be needed. No sum spent, no number of cycles, no percentile and "
        "no earlier specialist can be made a condition.",
        _LA, statute(CFA, "s36(8); Cambridgeshire v FL-J [2016] UKUT 225 (AAC)"), confidence=Confidence.REPORTED,
    ),
    Rule(
        "EHC-04", "Decision whether to assess",
        "The local authority tells the family, and those it told of the request, whether it will assess. A refusal "
        "names the right of appeal, its time limit, mediation and where to find advice.",
        _LA, statute(REGS, "reg 5(1)-(4)"), 6, Unit.WEEKS, _REQUEST, Counting.EXCLUSIVE, exceptions=_EXCUSED,
        excused_by=_E, confidence=Confidence.READ,
        then="if it assesses, it asks the school for advice, which is due 6 weeks after the request for it arrives; "
        "if it refuses, the family may appeal within 2 months.",
    ),
    Rule(
        "EHC-05", "From whom advice is asked",
        "Once it assesses, the local authority asks the family, the school, health, an educational psychologist, social "
        "care, whoever else it thinks fit, whoever the family reasonably names, and from Year 9 somebody on adulthood. "
        "For a child who hears or sees badly the school first asks a teacher who is qualified for that.",
        _LA, statute(REGS, "reg 6(1)-(4)"), confidence=Confidence.REPORTED,
        exceptions="Advice that is there already is enough when its writer, the local authority and the family agree.",
    ),
    Rule(
        "EHC-06", "The school's advice for an assessment",
        "The school answers a request for advice within 6 weeks of receiving it; holidays do not stop this clock. The "
        "regulation binds health and other bodies, the school follows it by its duty to co-operate (s29).",
        "the headteacher, through the SENCO", statute(REGS, "reg 8; Code 9.41-9.42"), 6, Unit.WEEKS,
        "the request for advice arrived", Counting.EXCLUSIVE, spare=True,
        promise=Limit(6, Unit.WEEKS, promise("section 11"), event="the date on the request"),
        needs=(Option("--sent", "the date on the request, from which the trust's promise runs"),),
        exceptions="Exceptional circumstances, 4 weeks away, or an appointment missed with the body that advises. A "
        "closed school is no exception.",
        excused_by=("E3", "E4", "A1"), confidence=Confidence.READ,
        then="the local authority decides, with all the advice, whether a plan is needed.",
    ),
    Rule(
        "EHC-07", "Decision that there will be no plan",
        "The local authority tells the family, the headteacher and health that there will be no plan, why, and what "
        "they can do. The school uses what was found in its SEN support.",
        _LA, statute(REGS, "reg 10(1)-(4)"), 16, Unit.WEEKS, _REQUEST, Counting.EXCLUSIVE, exceptions=_EXCUSED,
        excused_by=_E, confidence=Confidence.READ, then="the family may appeal within 2 months of that letter.",
    ),
    Rule(
        "EHC-08", "The family's words on a draft plan",
        "The family has at least 15 days, the day of service among them, to comment, to ask for a school and for a "
        "meeting. The plan is not finished before unless the family has answered. A new draft starts 15 new days.",
        "the family", statute(REGS, "reg 13(1); Code 9.77"), 15, Unit.DAYS, "the draft plan was served",
        Counting.INCLUSIVE, confidence=Confidence.READ, band=Band.FAMILY,
        opens="the plan may be finished without an answer from", exceptions="The family may answer sooner.",
        then="the local authority may finish the plan from the day after.",
    ),
    Rule(
        "EHC-09", "The school's answer on a draft plan",
        "A school that may be named answers within 15 calendar days, holidays or not. A late answer does not stop the "
        "local authority from naming the school.",
        "the trust, through the headteacher and the SENCO", code("9.83"), 15, Unit.DAYS, "the draft plan arrived",
        Counting.EXCLUSIVE, safer=1, confidence=Confidence.REPORTED,
        then="the local authority decides which school to name.",
    ),
    Rule(
        "EHC-10", "When the school that was asked for may be refused",
        "The local authority names the school that the family asks for, unless it is unsuitable for the child, or the "
        "place would be at odds with the education of others or with good use of resources. Being full is not a reason.",
        _LA, statute(CFA, "ss33, 38(3), 39(2)-(4)"), 15, Unit.DAYS, "the draft plan arrived", Counting.EXCLUSIVE,
        safer=1, confidence=Confidence.REPORTED,
        exceptions="A mainstream place only where it is at odds with the education of others and no reasonable step "
        "would cure that.",
    ),
    Rule(
        "EHC-11", "The final plan",
        "The final plan reaches the family, the school and health, signed and dated, with the rights of appeal. It "
        "differs from the draft only by what the family said and by the placement.",
        _LA, statute(REGS, "regs 13(2)-(3), 14; Code 9.125"), 20, Unit.WEEKS, _REQUEST, Counting.EXCLUSIVE,
        exceptions=_EXCUSED, excused_by=_E, confidence=Confidence.READ,
        then="the school named in it admits the child, and the plan is reviewed within 12 months.",
    ),
    Rule(
        "EHC-12", "When a reason for lateness ends",
        "The local authority finishes as fast as it can, and tells the family which exemption it relied on. Later steps "
        "keep their own full limits.",
        _LA, code("9.43"),
    ),
    Rule(
        "EHC-13", "Decision whether to assess again",
        "Asked by the family, the school or health, the local authority says within 15 days whether it will assess "
        "again. It need not where it assessed within the last 6 months.",
        _LA, statute(CFA, "s44(2)-(3); SEND Regulations 2014 regs 24-26"), 15, Unit.DAYS,
        "the local authority received the request to assess again", Counting.EXCLUSIVE, safer=1,
        confidence=Confidence.REPORTED, then="a new or amended plan follows within 14 weeks of that decision.",
    ),
    Rule(
        "EHC-13b", "The plan after assessing again",
        "After deciding to assess again the local authority sends the new or amended plan.",
        _LA, statute(REGS, "reg 27"), 14, Unit.WEEKS, "the local authority decided to assess again",
        Counting.EXCLUSIVE, exceptions=_EXCUSED, excused_by=_E, confidence=Confidence.READ,
        then="the family may appeal within 2 months of the plan.",
    ),
    Rule(
        "EHC-14", "A plan follows a child who moves",
        "The old local authority hands the plan over on the day of the move or, when it had less warning, within 15 "
        "working days beginning with the day it learned of it.",
        "the old local authority", statute(REGS, "reg 15; Children and Families Act 2014 s47"), 15, Unit.WORKING_DAYS,
        "the old local authority learned of the move", Counting.INCLUSIVE, confidence=Confidence.READ,
        then="the new local authority says within 6 weeks what it will do.",
    ),
    Rule(
        "EHC-14b", "What the new local authority will do",
        "It tells the family whether it will assess again and when it will review the plan.",
        "the new local authority", statute(REGS, "reg 15"), 6, Unit.WEEKS, "the plan was handed over",
        Counting.EXCLUSIVE, confidence=Confidence.READ, then="the new local authority reviews the plan.",
    ),
    Rule(
        "EHC-14c", "First review by the new local authority",
        "It reviews the plan before the later of 12 months from the last review and 3 months from the move.",
        "the new local authority", statute(REGS, "reg 15"), 3, Unit.MONTHS, "the plan was handed over",
        Counting.INCLUSIVE, Kind.MOVED,
        needs=(Option("--reviewed", "when the plan was made or last reviewed", required=True),),
    ),
)  # fmt: skip
