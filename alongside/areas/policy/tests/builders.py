"""States of the policy, made by the product's own verbs."""

from __future__ import annotations

from datetime import date, timedelta

from alongside.areas.policy.actions import ApprovalDraft, VersionDraft, approve, prepare, summarise
from alongside.areas.policy.models import Review, Version
from alongside.areas.policy.reviews.actions import answer, comment, complete, decide, open_review
from alongside.areas.policy.telling.actions import publish
from alongside.base.access.actor import Actor
from alongside.base.access.scope import actor_of
from alongside.base.people.models import Person
from tests.people import SEPTEMBER, TODAY, World, a_person, a_post

DAY = timedelta(days=1)
KEPT = "It still says what we do."
FAMILY = "We look at your child’s plan with you three times a year.\nYou can ask for a meeting at any time."
EASY = "We meet you three times a year.\nYou can ask us to meet."


def trust_people(world: World) -> None:
    """A director, a trustee and a second teacher; those of the trust whom the review needs."""
    for name, role in (("dina", "director"), ("tom", "send_trustee")):
        world.people[name] = a_person(name.title(), "Lowe")
        a_post(world.people[name], role, None, since=SEPTEMBER)


def as_issued() -> Version:
    return Version.objects.get(as_issued=True)


def in_force(world: World, *, on: date = TODAY) -> Version:
    """The text as issued, approved and made current."""
    by = actor_of(world.people["dina"], on=on)
    version = as_issued()
    approve(version=version, draft=ApprovalDraft("Trust Board", date(2024, 9, 12), "7.2"), by=by, on=on)
    return publish(version=version, by=by, on=on)


def decided(review: Review, *, by: Actor, on: date) -> None:
    for section in review.version.sections.all():
        decide(review=review, section=section, decisions={}, rest=KEPT, by=by, on=on)


def heard(review: Review, *people: Person, by: Actor, on: date) -> None:
    """Somebody of each side said something, and was answered."""
    for person in people:
        made = comment(
            review=review, says="The part on careers is good.", declined=False, by=actor_of(person, on=on), on=on
        )
        answer(comment=made, reply="Thank you, it stays.", by=by, on=on)


def a_review(world: World, *, on: date = TODAY) -> Review:
    """An open review of the version in force."""
    return open_review(version=Version.objects.current().get(), by=actor_of(world.people["dina"], on=on), on=on)


def a_new_version(world: World, *, on: date = TODAY) -> Version:
    """Reviewed, heard, completed, prepared and approved, with its summaries; not current yet."""
    by = actor_of(world.people["dina"], on=on)
    review = a_review(world, on=on)
    decided(review, by=by, on=on)
    heard(review, world.people["dev"], world.people["tom"], by=by, on=on)
    complete(review=review, found="Nothing but dates to put right.", by=by, on=on)
    version = prepare(review=review, draft=VersionDraft("TB15", on, on + 365 * DAY), by=by, on=on)
    approve(version=version, draft=ApprovalDraft("Trust Board", on, "8.1"), by=by, on=on)
    return summarise(
        version=version, staff="Reviews have a new page. Use it from Monday.", family=FAMILY, easy=EASY, by=by, on=on
    )
