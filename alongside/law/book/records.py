"""Data protection, moving records, and how long they are kept."""

from datetime import date

from alongside.law.rule import Band, Confidence, Counting, Kind, Option, Roll, Rule, Unit
from alongside.law.sources import GDPR, PUPIL_INFORMATION, REGS, SAFE, code, practice, statute

_TRUST = "the trust"
_SCHOOL = "the school that the pupil leaves"
_EX = Counting.EXCLUSIVE
_GDPR = date(2018, 5, 25)
_DUAA = date(2026, 2, 5)
_IDENTIFIED = Option("--identified", "when identity or authority was shown, if later")

RULES = (
    Rule(
        "DP-01", "Somebody asks for their data",
        "Answered without undue delay and within 1 month; 2 more if it is complex and they are told in the first.",
        _TRUST, statute(GDPR, "Arts 12, 15"), 1, Unit.MONTHS, "the request arrived", _EX, Kind.ACCESS,
        Roll.WORKING_DAY, band=Band.FAMILY, needs=(_IDENTIFIED,), confidence=Confidence.REPORTED, owner="dpo",
        in_force_from=_GDPR,
    ),
    Rule(
        "DP-02", "The month stands still while an answer is awaited",
        "Where much is held and clarification is asked for with a reason, the days until the answer do not count.",
        _TRUST, statute(GDPR, "Art 12, as changed by the Data (Use and Access) Act 2025"), 1, Unit.MONTHS,
        "the request arrived", _EX,
        Kind.ACCESS, Roll.WORKING_DAY, band=Band.FAMILY, owner="dpo",
        needs=(
            Option("--asked", "when clarification was asked for", required=True),
            Option("--answered", "when it was answered", required=True),
            _IDENTIFIED,
        ),
        confidence=Confidence.REPORTED, in_force_from=_DUAA,
    ),
    Rule(
        "DP-03", "What is not handed over",
        "What would cause serious harm, child-abuse data, other people's, a plan that may not be disclosed, exam "
        "scripts, legal privilege.",
        _TRUST, statute("Data Protection Act 2018", "Schs 2-4"), in_force_from=_GDPR,
    ),
    Rule(
        "DP-04", "A breach is reported",
        "To the Information Commissioner within 72 hours of knowing, if it puts anybody at risk; to the people concerned "
        "without delay, if the risk is high.",
        _TRUST, statute(GDPR, "Arts 33-34"), 72, Unit.HOURS, "the breach became known", _EX, Kind.BREACH, owner="dpo",
        needs=(Option("--at", "the hour at which it became known, such as 14:30"),), in_force_from=_GDPR,
    ),
    Rule(
        "DP-05", "The educational record, in a maintained school",
        "A parent may see it within 15 school days. In an academy a parent asks for the data instead: DP-01.",
        "a maintained school", statute(PUPIL_INFORMATION, "reg 5"), 15, Unit.SCHOOL_DAYS, "the request arrived", _EX,
        band=Band.FAMILY, confidence=Confidence.REPORTED, in_force_from=date(2005, 9, 1),
    ),
    Rule(
        "DP-06", "The record follows a pupil who leaves",
        "The transfer file and the record, with the SEN file receipted on its own, go to the new school within 15 school "
        "days. The words bind maintained schools; academies follow them through their funding agreement.",
        _SCHOOL, statute(PUPIL_INFORMATION, "reg 9"), 15, Unit.SCHOOL_DAYS, "the pupil left and the new school was known",
        _EX, happened=False, confidence=Confidence.REPORTED, in_force_from=date(2005, 9, 1),
    ),
    Rule(
        "DP-07", "The child protection file follows",
        "On its own, DSL to DSL, against a receipt: within 5 days, or within the first 5 days of a new term.",
        _SCHOOL, code("Part two and annex on the DSL", SAFE), 5, Unit.DAYS, "the pupil left", _EX, happened=False,
        confidence=Confidence.REPORTED, owner="dsl", in_force_from=date(2022, 9, 1),
    ),
    Rule(
        "DP-08", "Until when a SEN file is kept",
        "31 years from the date of birth, by the last school; the ordinary record 25. Destroying is decided by a person "
        "and waits while a claim or an inquiry runs.",
        "the last school", practice("IRMS toolkit for schools", "Retention guidance"), 31, Unit.DATE,
        "31 years from the date of birth", kind=Kind.RETENTION, happened=False, band=Band.REST,
        needs=(Option("--born", "the date of birth", required=True),), confidence=Confidence.REPORTED, owner="dpo",
        in_force_from=_GDPR,
    ),
    Rule(
        "DP-09", "A pupil registered at two schools",
        "Transfer file and a copy of the record go to the second school within 15 school days.",
        "the first school", statute(PUPIL_INFORMATION, "reg 9(3A)-(3B)"), 15, Unit.SCHOOL_DAYS,
        "the head learned of the second registration", _EX, confidence=Confidence.READ,
        in_force_from=date(2008, 9, 1),
    ),
    Rule(
        "DP-10", "A complaint about data is acknowledged",
        "It can be made in an accessible way and is acknowledged within 30 days, then dealt with without delay.",
        _TRUST, statute("Data (Use and Access) Act 2025", "complaints about data"), 30, Unit.DAYS, "the complaint arrived", _EX,
        band=Band.FAMILY, confidence=Confidence.READ, owner="dpo", in_force_from=date(2026, 6, 19),
    ),
    Rule(
        "DIS-01", "Who may see a plan",
        "Nobody without the consent of the young person or a child old enough, else of the parent, save on the grounds "
        "of the list DISCLOSURE. Every disclosure is logged with its ground.",
        "the local authority, and the school for its copy", statute(REGS, "reg 17; Code 9.211-9.213"),
    ),
)  # fmt: skip
