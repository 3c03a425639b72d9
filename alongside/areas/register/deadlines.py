"""Open clocks of the register: telling parents, yearly reviews of EHC plans, a missing main need."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Exists, OuterRef

from alongside.areas.register.models import Decision, Need, PlanRecord, Status
from alongside.areas.register.rules import Kind
from alongside.base.deadlines.sources import Ask, Running, source
from alongside.law import clocks
from alongside.law.calendar import add_weeks
from alongside.law.census import next_census_day
from alongside.law.codes import Provision
from alongside.law.dates import day_words

_LA_NEEDS = 4  # weeks the council has after the meeting (SEND Regulations 2014 reg 20(10))


@source("register", clocks.TELL_PARENTS, clocks.PLAN_REVIEW, clocks.NEED_MISSING)
def register(ask: Ask) -> Iterable[Running]:
    yield from _untold(ask)
    yield from _reviews(ask)
    yield from _without_need(ask)


def _untold(ask: Ask) -> Iterable[Running]:
    waiting = Decision.objects.filter(
        **ask.narrow(), kind=Kind.PLACE, provision=Provision.SUPPORT, told_on=None, not_told_because="", final_on=None
    )
    for decision in waiting:
        due = clocks.due(clocks.TELL_PARENTS, decision.decided_on, ask.calendars[decision.school_id])
        yield Running(
            due, "decision", decision.pk, decision.pupil_id, decision.school_id,
            "tell the parent about SEN support", due.why(), "Tell them",
            f"/pupils/{decision.pupil_id}/register/{decision.pk}/tell/", "Decided, not yet in effect",
        )  # fmt: skip


def _reviews(ask: Ask) -> Iterable[Running]:
    """The council's decision closes a review; the school's meeting has to be four weeks before it."""
    for plan in PlanRecord.objects.filter(**ask.narrow(), ceased_on=None):
        due = clocks.due(clocks.PLAN_REVIEW, plan.reviewed_on or plan.made_on, ask.calendars[plan.school_id])
        if due.due > ask.on + timedelta(days=366):
            continue
        meet_by = add_weeks(due.due, -_LA_NEEDS)
        yield Running(
            due, "plan_record", plan.pk, plan.pupil_id, plan.school_id, "annual review of the EHC plan decided",
            f"{due.why()}. Meet by {day_words(meet_by)}: {plan.la} needs 4 weeks to decide.", "Open the plan",
            f"/pupils/{plan.pupil_id}/register/plan/",
        )  # fmt: skip


def _without_need(ask: Ask) -> Iterable[Running]:
    needs = Need.objects.filter(pupil=OuterRef("pupil"), rank=1, until=None)
    census = next_census_day(ask.on)
    for status in Status.objects.filter(**ask.narrow(), until=None).exclude(Exists(needs)):
        due = clocks.due(clocks.NEED_MISSING, census, ask.calendars[status.school_id])
        yield Running(
            due, "status", status.pk, status.pupil_id, status.school_id, "no main need recorded",
            f"The census on {day_words(census)} refuses a pupil with support and no need.", "Choose need",
            f"/pupils/{status.pupil_id}/register/needs/",
        )  # fmt: skip
