"""Open clocks of the graduated approach: the first plan, the review, and answers that families wait for."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from alongside.areas.register.models import Status
from alongside.areas.support.models import Cycle, FamilyAnswer
from alongside.areas.support.rules import Answer, latest_review
from alongside.base.deadlines.sources import Ask, Running, source
from alongside.law import clocks
from alongside.law.codes import Provision
from alongside.law.dates import day_words


@source("support", clocks.FIRST_PLAN, clocks.REVIEW_AGREED, clocks.FAMILY_ANSWER)
def support(ask: Ask) -> Iterable[Running]:
    yield from _first_plans(ask)
    yield from _reviews(ask)
    yield from _unanswered(ask)


def _first_plans(ask: Ask) -> Iterable[Running]:
    planned = Cycle.objects.filter(pupil=OuterRef("pupil"), started_on__isnull=False)
    for status in Status.objects.filter(**ask.narrow(), until=None, code=Provision.SUPPORT).exclude(Exists(planned)):
        due = clocks.due(clocks.FIRST_PLAN, status.since, ask.calendars[status.school_id])
        yield Running(
            due, "status", status.pk, status.pupil_id, status.school_id, "first support plan", due.why(),
            "Start the plan", f"/pupils/{status.pupil_id}/plan/",
        )  # fmt: skip


def _reviews(ask: Ask) -> Iterable[Running]:
    """The agreed day drives the work; 16 weeks from the plan is the limit that it is printed with."""
    running = Cycle.objects.filter(**ask.narrow(), closed_on=None, reviewed_on=None, started_on__isnull=False)
    for cycle in running:
        assert cycle.started_on is not None
        calendar = ask.calendars[cycle.school_id]
        limit = latest_review(cycle.started_on)
        agreed = cycle.review_on if cycle.review_on and cycle.review_on <= limit else limit
        due = clocks.due(clocks.REVIEW_AGREED, agreed, calendar)
        yield Running(
            due, "cycle", cycle.pk, cycle.pupil_id, cycle.school_id, f"review of cycle {cycle.number}",
            f"Agreed with the family. 16 weeks from {day_words(cycle.started_on)} ends "
            f"{day_words(limit)}.",
            "Review", f"/plans/{cycle.pk}/review/", owner="teacher", owner_person_id=cycle.lead_id,
        )  # fmt: skip


def _unanswered(ask: Ask) -> Iterable[Running]:
    waiting = FamilyAnswer.objects.filter(**ask.narrow(), replied_on=None, outcome__cycle__closed_on=None).exclude(
        answer=Answer.AGREE
    )
    for answer in waiting.select_related("by", "outcome"):
        due = clocks.due(clocks.FAMILY_ANSWER, answer.on, ask.calendars[answer.school_id])
        asked = "asked for a change" if answer.answer == Answer.CHANGE else "disagreed"
        yield Running(
            due, "family_answer", answer.pk, answer.pupil_id, answer.school_id, f"answer {answer.by.formal}",
            f"{answer.by.formal} {asked} on {day_words(answer.on)}. We answer within {due.rule.length}.",
            "Answer", f"/plans/{answer.outcome.cycle_id}/answers/{answer.pk}/",
        )  # fmt: skip
