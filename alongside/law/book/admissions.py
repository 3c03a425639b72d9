"""Admissions: what may and may not weigh when a child with SEN or a disability asks for a place."""

from datetime import date

from alongside.law.rule import Band, Confidence, Counting, Limit, Rule, Unit
from alongside.law.sources import ADMISSIONS, code, practice, statute

_TRUST = "the trust, as admission authority"
_SINCE = date(2021, 9, 1)
_REPORTED = Confidence.REPORTED


RULES = (
    Rule(
        "ADM-01", "A child whose plan names the school is admitted",
        "Before the oversubscription criteria and inside the admission number, through the local authority's SEN team.",
        _TRUST, statute(ADMISSIONS, "1.6; Children and Families Act 2014 s43"), confidence=_REPORTED,
        in_force_from=_SINCE,
    ),
    Rule(
        "ADM-02", "Criteria are fair",
        "They do not disadvantage a child with a disability or SEN. Uniform and trips do not put families off.",
        _TRUST, statute(ADMISSIONS, "1.8"), in_force_from=_SINCE,
    ),
    Rule(
        "ADM-03", "No disadvantage for disability or SEN",
        "Nothing in admission discriminates against or disadvantages these children.",
        _TRUST, statute(ADMISSIONS, "1.9(h)"), in_force_from=_SINCE,
    ),
    Rule(
        "ADM-04", "Selection tests can be sat",
        "Tests are accessible to children with SEND, with reasonable adjustments.",
        _TRUST, statute(ADMISSIONS, "1.31-1.32"), in_force_from=_SINCE,
    ),
    Rule(
        "ADM-05", "Forms ask no more than is needed",
        "A supplementary form does not ask about disability or SEN beyond the criteria.",
        _TRUST, statute(ADMISSIONS, "2.4"), in_force_from=_SINCE,
    ),
    Rule(
        "ADM-06", "Exceptions to thirty in an infant class",
        "Among them a child whose plan names the school outside the usual round, and one from a special school or unit "
        "for part of the time.",
        _TRUST, statute(ADMISSIONS, "2.16"), in_force_from=_SINCE,
    ),
    Rule(
        "ADM-07", "SEN without a plan is no reason to refuse",
        "The published criteria decide. Neither feeling unable to cater nor the lack of a plan is a reason.",
        _TRUST, code("1.27"), in_force_from=date(2015, 1, 29),
    ),
    Rule(
        "ADM-08", "Behaviour elsewhere",
        "Never a reason in the usual round. In-year only where the school already has a very high share of such pupils, "
        "and then by Fair Access; never for a child with a plan naming it, or looked after.",
        _TRUST, statute(ADMISSIONS, "3.9-3.12"), confidence=_REPORTED, in_force_from=_SINCE,
    ),
    Rule(
        "ADM-09", "Not: first an assessment",
        "A child thought disruptive is not refused because an assessment should come first.",
        _TRUST, statute(ADMISSIONS, "3.13"), confidence=_REPORTED, in_force_from=_SINCE,
    ),
    Rule(
        "ADM-10", "Fair Access",
        "Its groups include children with SEND or medical conditions and no plan.",
        "the local authority and schools", statute(ADMISSIONS, "3.17"), in_force_from=_SINCE,
    ),
    Rule(
        "ADM-11", "Answer to an application in the year",
        "In writing, with reasons and the right of appeal: at most 15 school days, and 10 are aimed at.",
        _TRUST, statute(ADMISSIONS, "2.28"), 15, Unit.SCHOOL_DAYS, "the application arrived", Counting.EXCLUSIVE,
        promise=Limit(10, Unit.SCHOOL_DAYS, practice("2.28", ADMISSIONS)), confidence=_REPORTED, band=Band.FAMILY,
        in_force_from=_SINCE, then="the family may appeal to a panel.",
    ),
    Rule(
        "ADM-12", "Full is full for children without a plan",
        "Not to refuse for want of a plan is no promise of a place: the usual criteria still hold.",
        _TRUST, statute(ADMISSIONS, "1.6"), in_force_from=_SINCE,
    ),
    Rule(
        "ADM-13", "Twice excluded",
        "Parents' preference need not be met for 2 years after the second permanent exclusion; not so for a child whose "
        "plan names the school.",
        _TRUST, statute(ADMISSIONS, "3.8"), 2, Unit.YEARS, "the second permanent exclusion took effect",
        Counting.EXCLUSIVE, confidence=_REPORTED, in_force_from=_SINCE,
    ),
)  # fmt: skip
