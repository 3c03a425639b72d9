"""What the schools of the invented trust did otherwise than the SEND Code asks; and the terms that heads signed off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from alongside.areas.clocks.models import Missed
from alongside.areas.departures.actions import add, decide, end, log
from alongside.areas.departures.models import Departure
from alongside.areas.departures.queries import unexplained
from alongside.areas.departures.rules import About, Decider, Decision, Draft
from alongside.areas.duties import signing
from alongside.areas.duties.models import SignOff
from alongside.areas.register.models import Status
from alongside.base.access.actor import Actor
from alongside.base.access.models import Post
from alongside.base.access.scope import actor_of, scope
from alongside.base.people.models import Person
from alongside.base.pupils.models import Pupil
from alongside.base.schools.models import School
from alongside.base.schools.queries import calendars

_QUIET = 3  # the school, by its place, that logged nothing and signed nothing
_SIGNED = 2  # terms
_PUPILS = 3

# (rule, what instead, why, what it means, what follows, days ago, days that it goes on)
_OF_PUPILS = (
    ("PAR-02", "Two long meetings and a telephone call instead of three meetings.",
     "Both parents work shifts, and asked for fewer and longer meetings.", "His parents came to both, for the first time.",
     "We ask again in summer.", 40, 200),
    ("GA-09", "The second cycle kept the plan of the first for four more weeks.",
     "The therapist asked us to change nothing before her second visit.", "She keeps a helper whom she trusts.",
     "The therapist comes in January.", 25, 60),
    ("PAR-04", "The pupil’s views were gathered by drawing, and not in the meeting.",
     "He does not speak in front of several adults yet.", "He showed what he likes, and nobody pressed him.", "", 6, None),
)  # fmt: skip
_OF_SCHOOL = (
    "SEN-06", "The SENCO teaches one day a week until January.",
    "The teacher who was to take the class withdrew, and the post is advertised.",
    "Reviews are held as planned; new referrals wait a week longer.", "An advert runs until 15 January.", 50, 70,
)  # fmt: skip
_COMMENTS = (
    "Reviews ran late in two year groups; the SENCO has a day more from now on.",
    "Most of it is in hand. Two duties wait for training, which is booked.",
)


def depart_and_sign(*, seed: int, on: date) -> None:
    """Log departures and sign off past terms at schools that have none yet, by the product’s own verbs where they can."""
    schools = list(School.objects.order_by("pk"))
    days = calendars([school.pk for school in schools], on=on)
    for number, school in enumerate(schools):
        with scope([school.pk], why="invented trust"):
            holders = Post.objects.filter(school=school, until=None).select_related("person").order_by("pk")
            head, senco = (
                next((post.person for post in holders if post.role == role), None) for role in ("head", "senco")
            )
            if number != _QUIET and head and senco:
                if not Departure.objects.filter(school=school).exists():
                    _depart(school, head, senco, Random(f"{seed}-departures-{number}"), on)
                if not SignOff.objects.filter(school=school).exists():
                    _sign(school, head, signing.terms_of(days[school.pk]), on)


def _depart(school: School, head: Person, senco: Person, draw: Random, on: date) -> None:
    """The head decided on the school’s and on one of a pupil; one waits; one date that was missed is explained."""
    leads, runs = actor_of(head, on=on), actor_of(senco, on=on)
    of_school = log(school=school, draft=_draft(_OF_SCHOOL, About.SCHOOL, on), by=runs, on=_ago(on, _OF_SCHOOL[5]))
    decide(
        departure=of_school, decision=Decision.AGREED, words="Until the post is filled, and no longer.", by=leads,
        on=_ago(on, 45),
    )  # fmt: skip
    add(departure=of_school, words="The advert ran out without an applicant. It runs again.", by=runs, on=_ago(on, 12))
    hidden = leads.own_children | runs.own_children
    there = Status.objects.on(on).filter(school=school, code="K", since__lte=_ago(on, 60)).exclude(pupil__in=hidden)
    pupils = list(Pupil.objects.filter(pk__in=there.values("pupil"), school=school, left_on=None).order_by("pk"))
    for row, pupil in zip(_OF_PUPILS, draw.sample(pupils, min(_PUPILS, len(pupils))), strict=False):
        _of_pupil(school, pupil, row, leads, runs, on)
    for late in unexplained(runs, [school.pk], on=on)[:1]:
        _of_date(school, late.id, runs, on)


def _of_pupil(
    school: School, pupil: Pupil, row: tuple[str, str, str, str, str, int, int | None], leads: Actor, runs: Actor, on: date
) -> None:  # fmt: skip
    ago = row[5]
    if pupil.entered_on is not None and pupil.entered_on > _ago(on, ago):
        return
    decider = Decider.SENCO if ago > 30 else Decider.HEAD
    made = log(school=school, pupil=pupil, draft=_draft(row, About.PUPIL, on, decider), by=runs, on=_ago(on, ago))
    if decider is Decider.HEAD and row[6] is not None:
        decide(departure=made, decision=Decision.AGREED, words="", by=leads, on=_ago(on, ago - 3))
        words = "She settled, and the plan moves on as the Code asks."
        end(departure=made, last_day=_ago(on, 2), words=words, by=runs, on=_ago(on, 2))


def _of_date(school: School, missed_id: int, runs: Actor, on: date) -> None:
    missed = Missed.objects.select_related("pupil").get(pk=missed_id)
    if missed.pupil is None:
        return
    draft = Draft(
        About.PUPIL, missed.clock, "The review is held in the second week after the agreed day.",
        "The parents asked for a later day, when both can come.", "The help goes on unchanged until then.", missed.due,
        decider=Decider.SENCO,
    )  # fmt: skip
    log(school=school, pupil=missed.pupil, missed=missed, draft=draft, by=runs, on=on)


def _draft(
    row: tuple[str, str, str, str, str, int, int | None], about: About, on: date, decider: Decider = Decider.HEAD
) -> Draft:
    rule, instead, reason, effect, follows, ago, lasts = row
    since = _ago(on, ago)
    until = since + timedelta(days=lasts) if lasts is not None else None
    return Draft(about, rule, instead, reason, effect, since, follows=follows, until=until, decider=decider)


def _ago(on: date, days: int) -> date:
    return on - timedelta(days=days)


def _sign(school: School, head: Person, terms: Sequence[signing.WholeTerm], on: date) -> None:
    """The last terms that have ended, each signed in its last week."""
    ended = [term for term in terms if term.last < on][-_SIGNED:]
    SignOff.objects.bulk_create(
        SignOff(
            school=school, year=term.year.starts_in, term=term.season, comment=comment, late=9 - number * 4,
            at_risk=14 - number * 3, by=head, on=term.last - timedelta(days=3),
        )
        for number, (term, comment) in enumerate(zip(ended, _COMMENTS, strict=False))
    )  # fmt: skip
