"""The annual review of an EHC plan, the change of phase, and the end of a plan."""

from alongside.law.rule import Band, Confidence, Counting, Kind, Option, Roll, Rule, Unit
from alongside.law.sources import CFA, REGS, code, practice, statute

_LA = "the local authority"
_SCHOOL = "the headteacher, through the SENCO"
_MEETING = "the review meeting is held"
_EX = Counting.EXCLUSIVE

RULES = (
    Rule(
        "AR-01", "Annual review decided",
        "A plan is reviewed within 12 months starting with the day it was made or last reviewed. The review ends only "
        "when the local authority sends its decision, which has to fall inside the 12 months.",
        _LA, statute(CFA, "s44(1)"), 12, Unit.MONTHS, "the plan was made or last reviewed", Counting.INCLUSIVE,
        Kind.REVIEW, confidence=Confidence.REPORTED,
        then="the next 12 months start with the day of that decision.",
    ),
    Rule(
        "AR-02", "Under five: look sooner",
        "For a child under 5 a review every 3 to 6 months is considered, lighter if that is right.",
        _LA, code("9.178"), 6, Unit.MONTHS, "the plan was made or last reviewed", _EX, confidence=Confidence.REPORTED,
    ),
    Rule(
        "AR-03", "The list of reviews for a term",
        "The local authority gives each school, 2 weeks before a term, the list of its pupils whose reviews fall due.",
        _LA, code("9.172"), -2, Unit.WEEKS, "the term starts", _EX, happened=False, confidence=Confidence.REPORTED,
    ),
    Rule(
        "AR-04", "The school holds the meeting when asked",
        "The local authority may require the headteacher to arrange and hold the review meeting.",
        "the headteacher", statute(REGS, "reg 20(1), (12)"), confidence=Confidence.READ,
    ),
    Rule(
        "AR-05", "Invitations to the review meeting",
        "Family, school, the local authority's SEN officer, health and social care are invited with at least 2 weeks' "
        "notice, even those who will not come. The child is helped to take part.",
        _SCHOOL, statute(REGS, "reg 20(2)-(3)"), -2, Unit.WEEKS, _MEETING, _EX, clear=True, happened=False,
        confidence=Confidence.READ, then="everybody's advice goes out on the same day.",
    ),
    Rule(
        "AR-06", "Advice sent round before the review meeting",
        "Whoever arranges the meeting has got advice from everybody invited, and sends it to all of them at least 2 "
        "weeks before. Ask for it 6 weeks before the meeting.",
        _SCHOOL, statute(REGS, "reg 20(4)"), -2, Unit.WEEKS, _MEETING, _EX, clear=True, happened=False,
        confidence=Confidence.READ, then="the meeting looks at progress and at what should change.",
    ),
    Rule(
        "AR-06b", "Advice asked for before the review meeting",
        "Advice has to be in before it can be sent round, so it is asked for 6 weeks before the meeting.",
        _SCHOOL, practice("6 weeks before a review"), -6, Unit.WEEKS, _MEETING, _EX, happened=False, band=Band.REST,
        then="the advice is sent round at least 2 weeks before the meeting.",
    ),
    Rule(
        "AR-07", "What the meeting considers",
        "Progress towards the plan's outcomes; from Year 9 also what is needed for adulthood and independent living.",
        "the headteacher", statute(REGS, "reg 20(5)-(6)"), 0, Unit.DATE, _MEETING, happened=False,
        confidence=Confidence.REPORTED,
    ),
    Rule(
        "AR-08", "The school's report of the review",
        "The headteacher writes a report with recommendations, where people differed and the advice received, and sends "
        "it to everybody who was invited. School holidays count.",
        _SCHOOL, statute(REGS, "reg 20(7)-(9)"), 2, Unit.WEEKS, _MEETING, _EX, happened=False,
        confidence=Confidence.REPORTED,
        then="the local authority decides within 4 weeks of the meeting whether to keep, change or end the plan.",
    ),
    Rule(
        "AR-09", "The decision after the review",
        "The local authority decides to keep, amend or cease the plan, and tells the family and the headteacher. Keep "
        "or cease carries the right of appeal.",
        _LA, statute(REGS, "reg 20(10)-(11)"), 4, Unit.WEEKS, _MEETING, _EX, happened=False,
        confidence=Confidence.REPORTED,
        then="if the plan is to change, the proposed changes come with this letter and the family has 15 days to answer.",
    ),
    Rule(
        "AR-10", "The proposed changes come with the decision",
        "A decision to amend carries, at the same time, the plan as it is, the proposed changes and the evidence.",
        _LA, statute(REGS, "reg 22(2)(a); R (L, M and P) v Devon [2022] EWHC 493 (Admin)"), 4, Unit.WEEKS, _MEETING,
        _EX, happened=False, confidence=Confidence.READ,
    ),
    Rule(
        "AR-11", "The family's words on the proposed changes",
        "The family has at least 15 days, the day of service among them, to comment, ask for a school or a meeting.",
        "the family", statute(REGS, "reg 22(2)(c)"), 15, Unit.DAYS, "the amendment notice was served",
        Counting.INCLUSIVE, band=Band.FAMILY, confidence=Confidence.READ,
        then="the amended plan follows within 8 weeks of the notice.",
    ),
    Rule(
        "AR-12", "The amended plan",
        "The amended plan, or the reasons for leaving it as it is, comes within 8 weeks of the notice, so never later "
        "than 12 weeks after the meeting. Nothing excuses lateness.",
        _LA, statute(REGS, "reg 22(3)-(4); R (L, M and P) v Devon [2022] EWHC 493 (Admin)"), 8, Unit.WEEKS,
        "the amendment notice was sent", _EX, Kind.AMENDMENT,
        needs=(Option("--meeting", "the day of the review meeting, for the limit of 12 weeks"),),
        confidence=Confidence.READ, then="the family may appeal within 2 months of the letter.",
    ),
    Rule(
        "AR-13", "A plan changed without a review",
        "The same steps and the same 8 weeks hold.",
        _LA, statute(REGS, "reg 28"), 8, Unit.WEEKS, "the amendment notice was sent", _EX,
    ),
    Rule(
        "AR-14", "The plan for a change of phase",
        "Before a change of phase the plan is reviewed, amended and names the next school before 15 February of that "
        "year; before 31 March when the young person goes from secondary school to a post-16 institution.",
        "the local authority, with reviews that the school holds early", statute(REGS, "reg 18(1)"), 0, Unit.DATE,
        "the year in which the pupil changes phase: before 15 February, or before 31 March for a post-16 institution",
        kind=Kind.TRANSFER, happened=False,
        needs=(
            Option("--transfer-year", "the year in which the pupil changes phase", required=True),
            Option("--phase", "what the pupil goes to: school, junior, middle, secondary or post-16", required=True),
        ),
        confidence=Confidence.READ, then="the family may appeal in time for September.",
    ),
    Rule(
        "AR-15", "From one post-16 institution to another",
        "The plan is reviewed and amended at least 5 months before the move.",
        _LA, statute(REGS, "reg 18(2)"), -5, Unit.MONTHS, "the young person moves", _EX, happened=False,
        confidence=Confidence.READ,
    ),
    Rule(
        "AR-16", "Which moves are a change of phase",
        "Into school, infant to junior, primary to middle or secondary, middle to secondary, and secondary to a post-16 "
        "institution. A school's own sixth form is none; review the plan anyway.",
        "the school flags it", statute(REGS, "reg 2(1)"), confidence=Confidence.READ,
    ),
    Rule(
        "AR-17", "Whose views a review takes in",
        "The local authority asks child and family and takes account of their views, wishes and feelings; it considers "
        "whether the outcomes are still right, and asks the school.",
        _LA, statute(REGS, "reg 19"), confidence=Confidence.READ,
    ),
    Rule(
        "AR-18", "A review outside a school",
        "For a child or young person in no listed school the local authority holds the meeting, with the same 2 weeks "
        "before and 4 weeks after.",
        _LA, statute(REGS, "reg 21"), 4, Unit.WEEKS, _MEETING, _EX, happened=False, confidence=Confidence.READ,
    ),
    Rule(
        "AR-19", "An early review",
        "Family or school may ask for one at any time, for example when a permanent exclusion threatens. Once the local "
        "authority has decided, the 12 months start again.",
        _LA, statute(CFA, "s44"), confidence=Confidence.REPORTED,
    ),
    Rule(
        "AR-20", "The end of a plan",
        "A plan ends only when it is no longer necessary or the local authority is no longer responsible, after asking "
        "family and school. It is kept until the time for an appeal has run out or the appeal is over.",
        _LA, statute(REGS, "regs 29-31; Children and Families Act 2014 s45"), 2, Unit.MONTHS,
        "the letter that ends the plan was dated", _EX, confidence=Confidence.READ,
        needs=(Option("--certificate", "the date of the mediation certificate"),), kind=Kind.APPEAL,
        roll=Roll.TRIBUNAL, then="without an appeal the plan ends after that day.",
    ),
    Rule(
        "AR-21", "An amended plan does not start the year again",
        "After a tribunal order, or any amendment, the next review still runs from the last review.",
        _LA, statute(CFA, "s44(1)"), 12, Unit.MONTHS, "the plan was made or last reviewed", Counting.INCLUSIVE,
        Kind.REVIEW, confidence=Confidence.REPORTED,
    ),
)  # fmt: skip
