"""What the trust's own policy promises where the law names no limit, and good practice of the house."""

from datetime import date

from alongside.law.rule import Band, Counting, Rule, Unit
from alongside.law.sources import Source, practice, promise

_POLICY = date(2025, 9, 1)
_SCHOOL = "the school, through the SENCO"


def _promise(
    code: str, name: str, says: str, amount: int, unit: Unit, event: str, source: Source, band: Band = Band.REST
) -> Rule:
    counting = Counting.NONE if unit is Unit.DATE else Counting.EXCLUSIVE
    return Rule(
        code, name, says, _SCHOOL, source, amount, unit, event, counting, band=band, in_force_from=_POLICY,
        happened=unit is not Unit.DATE,
    )  # fmt: skip


_DAYS = Unit.SCHOOL_DAYS
RULES = (
    _promise(
        "S14-FOLLOW", "What training changed", "Whoever was trained says what they do differently since.", 6, Unit.WEEKS,
        "the training was given", promise("section 14"),
    ),
    _promise(
        "S03-CHANGE", "Change put into practice", "A school has done what a national or local change asks of it.", 0, Unit.DATE,
        "the day set in the change notice", promise("section 3"),
    ),
    _promise(
        "S04-TRIAGE", "Concern triaged", "A concern is looked at and answered with a decision.", 10, _DAYS,
        "the concern was sent", promise("section 4"),
    ),
    _promise(
        "S04-ANSWER", "Answer to whoever raised the concern", "They hear what happens next.", 10, _DAYS,
        "the concern was sent", promise("section 4"), Band.FAMILY,
    ),
    _promise(
        "S04-SCREEN", "Screening decided", "What was found is decided on.", 30, _DAYS, "screening was opened",
        promise("section 4"),
    ),
    _promise(
        "S04-WATCH", "Look again at a watched pupil", "A pupil who is watched is looked at again.", 0, Unit.DATE,
        "the day set when the concern was answered", promise("section 4"),
    ),
    _promise(
        "S04-RESULTS", "Results of every pupil", "Every pupil is assessed at each point of the year.", 0, Unit.DATE,
        "the day set for the point", promise("section 4"),
    ),
    _promise(
        "S04-FLAG", "Progress flag answered", "Somebody who knows the pupil says what it is about.", 10, _DAYS,
        "the flag was raised", promise("section 4"),
    ),
    _promise(
        "S06-PLAN", "First support plan", "A pupil on SEN support has a plan.", 15, _DAYS, "SEN support began",
        promise("section 6"),
    ),
    _promise(
        "S15-PROVISION", "First special provision", "Something additional or different has begun.", 20, _DAYS,
        "SEN support began", promise("section 15"),
    ),
    _promise(
        "S09-ANSWER", "Answer to a family's request", "The family hears whether the plan is changed.", 10, _DAYS,
        "the family asked for a change", promise("section 9"), Band.FAMILY,
    ),
    _promise(
        "S03-BRIEF", "Brief read by every adult", "Everybody who teaches the pupil has read what changed.", 5, _DAYS,
        "the brief changed", promise("section 3"),
    ),
    _promise(
        "S15-NEED", "Main need recorded", "A pupil on SEN support has a main need.", 0, Unit.DATE,
        "the school census refuses SEN support without a need", practice("census validation 2170"),
    ),
    _promise(
        "S15-DELIVERY", "Provision given as promised", "Somebody finds out why and puts it right.", 5, _DAYS,
        "less than 80% was given for two weeks", promise("section 15"),
    ),
)  # fmt: skip
