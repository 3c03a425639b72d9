"""Safeguarding of pupils with SEND, and the use of force, seclusion and restraint."""

from datetime import date

from alongside.law.rule import Band, Confidence, Kind, Limit, Rule, Unit
from alongside.law.sources import FORCE, SAFE, code, practice, statute

_DSL = "the DSL with the SENCO"
_SINCE = date(2021, 9, 1)
_FORCE = date(2026, 4, 1)
_RETURN = "Schools (Recording and Reporting of Seclusion and Restraint) (No. 2) (England) Regulations 2025"

RULES = (
    Rule(
        "SAF-01", "More that can hide harm",
        "The policy names what makes harm harder to see in a child with SEND: the checklist BARRIERS.",
        "the trust", code("Part two, children with SEND", SAFE), in_force_from=_SINCE,
    ),
    Rule(
        "SAF-02", "DSL and SENCO together",
        "A report of abuse that involves a child with SEND is looked at by both, the same day.",
        _DSL, code("Part two, children with SEND", SAFE), event="the report was made", owner="dsl",
        promise=Limit(0, Unit.DAYS, practice("same day")), confidence=Confidence.REPORTED, in_force_from=_SINCE,
    ),
    Rule(
        "SAF-03", "Never only part of the condition",
        "An unexplained change of mood or behaviour, or an injury, is looked into and not closed without reasons.",
        _DSL, code("Part two, children with SEND", SAFE), in_force_from=_SINCE,
    ),
    Rule(
        "SAF-04", "Teaching about safety fits the pupil",
        "Also about safety online.",
        "the school", code("Part two", SAFE), in_force_from=_SINCE,
    ),
    Rule(
        "SAF-05", "Early help is considered",
        "SEND, with or without a plan, is one of the signs that early help may be needed.",
        "all staff", code("Part one; Working together to safeguard children", SAFE), in_force_from=_SINCE,
    ),
    Rule(
        "SAF-06", "The edition in force",
        "The policy names the editions in force: of Working together that of December 2023 or a later one.",
        "the trust", code("December 2023", "Working together to safeguard children"),
        in_force_from=date(2023, 12, 15),
    ),
    Rule(
        "FOR-01", "Force is recorded",
        "Every significant incident in which staff used force on a pupil is written down as soon as practicable.",
        "the trust", statute(FORCE, "s93A(1)-(3)"), event="force was used", owner="head",
        promise=Limit(0, Unit.DAYS, practice("same day")), confidence=Confidence.READ, in_force_from=_FORCE,
    ),
    Rule(
        "FOR-02", "Each parent is told",
        "As soon as practicable, if possible the same day. Not of a pupil of 20 or over, and not where it would put the "
        "pupil at risk of significant harm: then the local authority is told and the reason written down.",
        "the trust", statute(FORCE, "s93A(1)(b), (5), (6)"), event="force was used", owner="head",
        promise=Limit(0, Unit.DAYS, practice("same day")), confidence=Confidence.READ, in_force_from=_FORCE,
        exceptions="A pupil of 20 or over, and a parent from whom significant harm is likely.",
    ),
    Rule(
        "FOR-03", "Seclusion, restraint and immobilisation",
        "The same duties hold, with force or without; taking away a mobility aid is among them.",
        "the trust", statute(_RETURN, "in force 1 April 2026"), event="it happened", owner="head",
        promise=Limit(0, Unit.DAYS, practice("same day")), confidence=Confidence.REPORTED, in_force_from=_FORCE,
    ),
    Rule(
        "FOR-04", "What the record holds",
        "The checklist FORCE-RECORD.",
        "the school", practice("Restrictive interventions in schools", "Guidance"), confidence=Confidence.REPORTED,
        in_force_from=_FORCE,
    ),
    Rule(
        "FOR-05", "The figures are looked at",
        "Governors look each term for patterns, pupils with SEND among them. A known risk has a plan of its own.",
        "governors and the trust", practice("Restrictive interventions in schools", "Guidance"), 1, Unit.DATE,
        "the end of the term, with one look in each term", kind=Kind.TERM, happened=False, band=Band.REST,
        confidence=Confidence.REPORTED, in_force_from=_FORCE,
    ),
)  # fmt: skip
