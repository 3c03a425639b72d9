"""Appeals to the tribunal, mediation, disability claims and complaints.

A SEN appeal is the one place in this book where a date moves: out of Christmas, out of August, to a working day.
"""

from datetime import date

from alongside.law.rule import Band, Confidence, Counting, Kind, Option, Roll, Rule, Unit
from alongside.law.sources import CFA, EQA, HESC, REGS, STANDARDS, statute

_LA = "the local authority"
_FAMILY = "the parent or young person"
_LETTER = "the decision letter was dated"
_EX = Counting.EXCLUSIVE
_ORDER = (Option("--order", "what was ordered or agreed, such as assess, make, amend, place", required=True),)

RULES = (
    Rule(
        "APP-01", "What can be appealed",
        "A refusal to assess, to make a plan, to assess again or to amend; sections B, F and I; the end of a plan. On "
        "health and care the tribunal may recommend, except in an appeal about a refusal to assess.",
        _FAMILY, statute(CFA, "s51(2)-(3); SI 2017/1306"), confidence=Confidence.READ,
    ),
    Rule(
        "APP-02", "The last day to appeal",
        "The appeal arrives within 2 months of the decision letter or 1 month of the mediation certificate, whichever "
        "is later. The tribunal may hear a late one where that is fair.",
        _FAMILY, statute(HESC, "rr12, 20"), 2, Unit.MONTHS, _LETTER, _EX, Kind.APPEAL, Roll.TRIBUNAL,
        band=Band.FAMILY, needs=(Option("--certificate", "the date of the mediation certificate"),),
        confidence=Confidence.READ, exceptions="The tribunal may hear a late appeal where that is fair and just.",
        then="the local authority answers within 30 working days of receiving the appeal.",
        in_force_from=date(2008, 11, 3),
    ),
    Rule(
        "APP-03", "A mediation adviser is asked",
        "Before appealing, save about section I alone, the family speaks to a mediation adviser.",
        _FAMILY, statute(CFA, "s55; SEND Regulations 2014 regs 32-33"), 2, Unit.MONTHS, _LETTER, _EX,
        band=Band.FAMILY, confidence=Confidence.READ, then="the adviser gives a certificate within 3 working days.",
        exceptions="Not for an appeal about the placement alone. Later the tribunal has to allow it.",
    ),
    Rule(
        "APP-03b", "The mediation certificate",
        "The adviser issues the certificate when no mediation is wanted, or when it has ended.",
        "the mediation adviser", statute(REGS, "regs 32-39"), 3, Unit.WORKING_DAYS,
        "the adviser was told that no mediation is wanted, or mediation ended", _EX, band=Band.FAMILY,
        confidence=Confidence.REPORTED, then="the appeal may follow within 1 month of the certificate.",
    ),
    Rule(
        "APP-04", "Mediation is arranged",
        "The local authority takes part, sends somebody who can decide, and arranges the meeting. If it cannot, the "
        "adviser issues the certificate within 3 working days.",
        _LA, statute(REGS, "regs 36-38"), 30, Unit.DAYS, "the local authority was told that mediation is wanted", _EX,
        confidence=Confidence.REPORTED,
    ),
    Rule(
        "APP-04b", "The certificate when mediation cannot be arranged",
        "The local authority says as soon as it knows that it cannot arrange mediation in time; the adviser then issues "
        "the certificate.",
        "the mediation adviser", statute(REGS, "regs 36-38"), 3, Unit.WORKING_DAYS,
        "the adviser was told that mediation cannot be arranged", _EX, band=Band.FAMILY,
        confidence=Confidence.REPORTED, then="the appeal may follow within 1 month of the certificate.",
    ),
    Rule(
        "APP-05", "What was agreed in mediation is done",
        "On a matter that could be appealed the limits of a tribunal order hold; on another, 2 weeks. The parties may "
        "agree other times in writing.",
        "the local authority and health", statute(REGS, "reg 42"), 0, Unit.WEEKS, "the agreement was signed", _EX,
        Kind.ORDER, needs=_ORDER, confidence=Confidence.READ,
        exceptions="Another time that the parties agree in writing.",
    ),
    Rule(
        "APP-05b", "Health tells the local authority what was agreed",
        "Where the local authority was not a party, the health body tells it of the agreement.",
        "the integrated care board", statute(REGS, "reg 42"), 1, Unit.WEEKS, "the agreement was signed", _EX,
        confidence=Confidence.READ,
    ),
    Rule(
        "APP-06", "The local authority's answer to an appeal",
        "It answers in 30 working days; those from 25 December to 1 January and in August do not count. The school is "
        "asked for evidence before that.",
        _LA, statute(HESC, "rr12(3)-(4), 21"), 30, Unit.WORKING_DAYS, "the local authority received the appeal", _EX,
        Kind.RESPONSE, confidence=Confidence.REPORTED, in_force_from=date(2008, 11, 3),
        exceptions="The tribunal may name another day.",
    ),
    Rule(
        "APP-07", "What a tribunal order asks",
        "Each kind of order has its own number of weeks. Nothing rolls forward.",
        _LA, statute(REGS, "reg 44"), 0, Unit.WEEKS, "the order was made", _EX, Kind.ORDER, needs=_ORDER,
        exceptions="For orders to assess or reassess: E3, T1 and the closures E1 and E2.",
        excused_by=("E1", "E2", "E3", "T1"), confidence=Confidence.READ,
    ),
    Rule(
        "APP-08", "The local authority gives way",
        "When it tells the tribunal that it will not oppose an appeal, the limits of an order hold from that day.",
        _LA, statute(REGS, "reg 45"), 0, Unit.WEEKS, "the local authority told the tribunal", _EX, Kind.ORDER,
        needs=_ORDER, exceptions="As for an order: E3, T1 and the closures E1 and E2.",
        excused_by=("E1", "E2", "E3", "T1"), confidence=Confidence.READ, in_force_from=date(2015, 4, 1),
    ),
    Rule(
        "APP-09", "Answer to recommendations on health and care",
        "Local authority and health say what they will do about what the tribunal recommended.",
        "the local authority and the integrated care board", statute("SI 2017/1306", "answer to recommendations"), 5, Unit.WEEKS,
        "the recommendations were made", _EX, in_force_from=date(2018, 4, 3),
    ),
    Rule(
        "APP-10", "The plan stays while an appeal may be made",
        "While an appeal against ending a plan may be made or is running, the plan stays and section F is delivered.",
        "the local authority and the school", statute(CFA, "s45(4)"),
    ),
    Rule(
        "APP-11", "The last day for a disability claim",
        "A claim is lodged within 6 months beginning with the day of the act; of something that went on, the day it "
        "ended. Neither Christmas nor August moves it. The remedy is never money.",
        "the parent or young person", statute(EQA, "Sch 17 paras 3-5"), 6, Unit.MONTHS, "it happened",
        Counting.INCLUSIVE, band=Band.FAMILY, exceptions="3 months more where conciliation was arranged; the tribunal "
        "may hear a late claim.", confidence=Confidence.READ, in_force_from=date(2010, 10, 1),
        then="the trust answers within 30 working days of receiving the claim.",
    ),
    Rule(
        "APP-11a", "The trust's answer to a disability claim",
        "The trust answers in 30 working days. Those at Christmas and in August did not count.",
        "the trust", statute(HESC, "rr12, 21"), 30, Unit.WORKING_DAYS, "the trust received the claim", _EX,
        Kind.RESPONSE, in_force_from=date(2010, 10, 1), in_force_to=date(2020, 7, 20),
        exceptions="The tribunal may name another day.",
    ),
    Rule(
        "APP-11a", "The trust's answer to a disability claim",
        "The trust answers in 30 working days. August counts: name somebody to ask in the holidays.",
        "the trust", statute(HESC, "rr12, 21"), 30, Unit.WORKING_DAYS, "the trust received the claim", _EX,
        in_force_from=date(2020, 7, 21), exceptions="The tribunal may name another day.",
    ),
    Rule(
        "APP-12", "Help to settle a disagreement",
        "Independent help to settle disagreements is open to families, about SEN support too. It takes away no right.",
        _LA, statute(CFA, "s57"),
    ),
    Rule(
        "APP-13", "The trust's complaints procedure",
        "It is written: informal, formal, then a panel of at least three, one of them independent of running the "
        "school; with clear times, findings in writing and a record.",
        "the trust", statute(STANDARDS, "Sch Part 7"), confidence=Confidence.REPORTED, in_force_from=date(2015, 1, 5),
    ),
    Rule(
        "APP-14", "A complaint to the Ombudsman",
        "About a plan that the local authority does not deliver; after its own procedure. Not about an academy itself.",
        _FAMILY, statute("Local Government Act 1974", "Part 3"), 12, Unit.MONTHS, "the family came to know of it", _EX,
        band=Band.FAMILY, in_force_from=date(1989, 4, 1),
    ),
    Rule(
        "APP-15", "Mediation that touches health",
        "The local authority tells the integrated care board what is in dispute and what is wanted.",
        _LA, statute(CFA, "ss53-54; SEND Regulations 2014 regs 35-36"), 3, Unit.WORKING_DAYS,
        "the local authority was told", _EX, confidence=Confidence.REPORTED,
        then="on health alone the integrated care board arranges mediation within 30 days.",
    ),
    Rule(
        "APP-15b", "Mediation about health alone",
        "The integrated care board arranges it.",
        "the integrated care board", statute(CFA, "s53; SEND Regulations 2014 reg 36"), 30, Unit.DAYS,
        "the local authority told the integrated care board", _EX, confidence=Confidence.REPORTED,
    ),
)  # fmt: skip
