"""Open clocks of the SENCO's post: the three years to qualify, and the end of the National Award."""

from collections.abc import Iterable
from datetime import date

from alongside.areas.workforce import rules
from alongside.areas.workforce.models import Appointment, Qualification
from alongside.base.deadlines.sources import Ask, Running, source
from alongside.law import clocks
from alongside.law.dates import Due


@source("workforce", clocks.SENCO_QUALIFIES, clocks.NASENCO_ENDS)
def workforce(ask: Ask) -> Iterable[Running]:
    """Of each SENCO who has not qualified; nothing where only some pupils' clocks are asked for."""
    if ask.pupils is not None:
        return
    noted: dict[tuple[int, int], list[Qualification]] = {}
    for row in Qualification.objects.filter(school__in=list(ask.calendars)):
        noted.setdefault((row.school_id, row.person_id), []).append(row)
    posts = Appointment.objects.on(ask.on).filter(school__in=list(ask.calendars), kind=rules.Kind.SENCO)
    for post in posts.select_related("person"):
        yield from _of(post, noted.get((post.school_id, post.person_id), []), ask.on)


def _of(post: Appointment, noted: list[Qualification], on: date) -> Iterable[Running]:
    if any(row.awarded_on and row.awarded_on <= on for row in noted):
        return
    name = post.person.formal
    due = rules.qualify_by(post.since, post.first_on, post.months_before)
    if post.until is not None and post.until < due.due:
        return  # who leaves before it runs out has no clock here
    yield _running(post, due, f"{name} qualifies as SENCO", due.why())
    if any(row.award == rules.Award.NASENCO for row in noted):
        ends = clocks.due(clocks.NASENCO_ENDS, rules.last_nasenco())
        yield _running(
            post, ends, f"{name} finishes the National Award", "After this day only the NPQ for SENCOs counts."
        )


def _running(post: Appointment, due: Due, what: str, why: str) -> Running:
    return Running(
        due, "appointment", post.pk, None, post.school_id, what, why, "See the post", f"/senco/{post.school_id}/",
        owner_person_id=post.person_id,
    )  # fmt: skip
