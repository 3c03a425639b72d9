"""From a rule and the day of its event to a date.

A date is computed, never typed. `due` is a pure function of a rule, the day its event happened, the school's
calendar and the few other facts a rule may need; nothing here knows what day it is today.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from alongside.law import book
from alongside.law import calendar as days
from alongside.law.dates import NO_FACTS, Due, Facts, NotComputed, count, long_words, open_day
from alongside.law.refusal import Refusal
from alongside.law.rule import Limit, Rule, Unit
from alongside.law.sources import CODE, Weight, promise
from alongside.law.special import KINDS

_NO_CALENDAR = days.SchoolCalendar()


def due(
    rule: Rule,
    counted_from: date,
    calendar: days.SchoolCalendar = _NO_CALENDAR,
    facts: Facts = NO_FACTS,
    *,
    amount: int | None = None,
) -> Due:
    """When a rule's limit runs out that started on `counted_from`. `amount` is a trust's own stricter figure.

    A clock keeps the version of its rule that held when it started, whatever the law says now. Raises NotComputed when
    the rule sets no date or needs a fact that is not there.
    """
    rule = held(rule, counted_from)
    if not rule.counts:
        raise NotComputed(f"{rule.code} sets no date: {rule.name.lower()} holds always. See: law show {rule.code}")
    for need in rule.needs:
        if need.required and not _given(facts, need.name):
            raise NotComputed(f"{rule.code} needs {need.name}: {need.says}.")
    found = KINDS[rule.kind](rule, counted_from, calendar, facts)
    own = rule.promise if amount is None else Limit(amount, rule.counted_in, promise("its own figure"), rule.counting)
    if own is not None:
        found = _with_promise(found, own, calendar, facts)
    work_to = min(found.due, found.strict) if found.strict else found.due
    return replace(found, practical=open_day(work_to, calendar, facts))


def held(rule: Rule, on: date) -> Rule:
    """The version of a rule that held on the day its clock started; the rule as given where none did."""
    if not rule.has_event or rule.in_force(on):
        return rule
    return next((version for version in book.versions(rule.code) if version.in_force(on)), rule)


def earliest(*dates: Due) -> Due:
    """Where two clocks govern the same act, the earlier one drives the work."""
    return min(dates, key=lambda date_: date_.due)


def check_event(rule: Rule, event: date, on: date) -> Refusal | None:
    """An event that has to have happened cannot lie ahead."""
    if rule.happened and event > on:
        return Refusal(
            f"{rule.code} runs from the day on which {rule.event}: {event} is after {on}. Give the day it happened.",
            "from",
        )
    return None


def check_done(rule: Rule, event: date, done: date) -> Refusal | None:
    """What follows an event cannot have been done before it."""
    follows = rule.amount >= 0 and rule.unit is not Unit.DATE
    if follows and done < event:
        return Refusal(
            f"{rule.code}: done on {done}, before {event}, when {rule.event}. Put one of the two days right.", "done"
        )
    return None


def _with_promise(found: Due, own: Limit, calendar: days.SchoolCalendar, facts: Facts) -> Due:
    """The trust's own date beside the law's; the earlier one drives the work, so that nobody can loosen the law."""
    start = (facts.sent or found.counted_from) if own.event else found.counted_from
    if start > found.counted_from:
        raise NotComputed(
            f"{found.rule.code}: sent on {start}, after it arrived on {found.counted_from}. Put that right."
        )
    promised = count(own.amount, own.unit, own.counting, start, calendar, facts)
    found = replace(found, promised=promised, promise=own)
    if found.legal is None:
        return replace(found, due=promised, length=own.length)
    if promised >= found.due:
        return found
    reason = f"It is {own.length} from {long_words(start)}, {own.event}." if own.event else ""
    return replace(found, due=promised, length=own.length, reason=reason)


def _given(facts: Facts, name: str) -> bool:
    return bool(getattr(facts, name.removeprefix("--").replace("-", "_"), True))


# --- The rules whose dates the product keeps on its work lists ------------------------------------------------

PLAN_REVIEW = book.RULES["AR-01"]
TELL_PARENTS = book.RULES["GA-04"]
TRIAGE = book.RULES["S04-TRIAGE"]
TELL_RAISER = book.RULES["S04-ANSWER"]
SCREEN = book.RULES["S04-SCREEN"]
LOOK_AGAIN = book.RULES["S04-WATCH"]
RESULTS_DUE = book.RULES["S04-RESULTS"]
FLAG_ANSWER = book.RULES["S04-FLAG"]
FIRST_PLAN = book.RULES["S06-PLAN"]
FIRST_PROVISION = book.RULES["S15-PROVISION"]
REVIEW_LIMIT = book.RULES["GA-08"]
REVIEW_AGREED = book.RULES["GA-06"]
FAMILY_ANSWER = book.RULES["S09-ANSWER"]
BRIEF_READ = book.RULES["S03-BRIEF"]
NEED_MISSING = book.RULES["S15-NEED"]
DELIVERY = book.RULES["S15-DELIVERY"]
SENCO_QUALIFIES = book.RULES["SEN-02"]
NASENCO_ENDS = book.RULES["SEN-03"]
TRAINING_FOLLOW = book.RULES["S14-FOLLOW"]
CHANGE = book.RULES["S03-CHANGE"]

CLOCKS: Mapping[str, Rule] = {
    rule.code: rule
    for rule in (
        PLAN_REVIEW, TELL_PARENTS, TRIAGE, TELL_RAISER, SCREEN, LOOK_AGAIN, RESULTS_DUE, FLAG_ANSWER, FIRST_PLAN,
        FIRST_PROVISION, REVIEW_LIMIT, REVIEW_AGREED, FAMILY_ANSWER, BRIEF_READ, NEED_MISSING, DELIVERY,
        SENCO_QUALIFIES, NASENCO_ENDS, TRAINING_FOLLOW, CHANGE,
    )
}  # fmt: skip

# Clocks of the SEND Code alone: a "should". One that is missed asks whether the school departed from the Code, and why.
OF_THE_CODE: frozenset[str] = frozenset(
    code for code, rule in CLOCKS.items() if rule.source.weight is Weight.CODE and rule.source.instrument == CODE
)
