"""What people of the invented trust said about their duties; then how those stood, six weeks ago and now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

from alongside.areas.duties import compute, rules
from alongside.areas.duties.actions import refresh, refresh_trust
from alongside.areas.duties.models import (
    Acceptance,
    Attestation,
    Delegation,
    Duty,
    Exemption,
    Explanation,
    Observation,
    Question,
    Standing,
)
from alongside.areas.duties.rules import Found, HoldsFor
from alongside.base.access.models import Post
from alongside.base.access.scope import all_schools, scope
from alongside.base.evidence.proofs import Evidence
from alongside.base.schools.models import School

_BEFORE = timedelta(weeks=6)
_YEAR = timedelta(days=365)
_TOGETHER = 25  # schools
_ATTESTED, _SEEN_TWICE, _SEEN_ONCE = 0.55, 0.3, 0.3

# Duties of Year 9 and above, and of leaving school: a primary school has nobody whom they concern.
_OLDER = ("S00-19", "S01-03", "S01-07", "S08-02", *(f"S12-{number}" for number in range(10, 20)), "S12-20", "S12-21")

_SHOWN_BY = {
    "meeting": ("Minutes of {day}, item 5", "Notes of the meeting on {day}"),
    "document": ("Approved on {day}; the paper is in the policy folder", "Version signed on {day}"),
    "training": ("Certificate seen on {day}", "Attendance list of {day}"),
    "budget": ("Budget paper of {day}, page 3",),
}
_OTHERWISE = (
    "Checked with the SENCO on {day}; notes in the SEND folder",
    "Read and agreed at the leadership meeting on {day}",
)
_SEEN = (
    "Four lessons in two year groups; what the plans say was in use",
    "A walk through all classrooms before lunch; scaffolds on every table I looked at",
    "An hour in the hall and two lessons; pupils could say what helps them",
)
_EXPLAINED = (
    "Two reviews had to move because the therapist was ill; both have a new day.",
    "Our SENCO started in September and is working through the records class by class.",
    "Half of this is kept in a spreadsheet still; it comes in before the end of term.",
)
_ACCEPTING = ("head", "senco", "dsl", "governor", "link_governor", "director", "central", "trustee", "send_trustee")
_ACCEPTED = 0.75
_QUESTIONS = (
    (3, "How do we know that the groups we pay for help?",
     "We compare the first and the last score of each group. Two were stopped in October."),
    (6, "Do families say that they are heard at reviews?",
     "Nine in ten plans have the parents’ own words. We ring the others this half term."),
    (5, "Which dates of the law are close this term?", "Two annual reviews. Both have a day, and the council has been asked."),
    (1, "Has the SENCO enough time for the work?", "She teaches one day less since October. We look again in spring."),
)  # fmt: skip


def hold_duties(*, seed: int, on: date) -> None:
    """Let the schools that have none yet say things of their duties, and work out how those stand.

    Apart from filling: every duty is a statement over whole tables, so the planner has to know them first.
    """
    known = Standing.objects.filter(school__isnull=False)
    with scope(all_schools(), why="invented trust"):
        schools = list(School.objects.exclude(pk__in=known.values("school")))
        if schools:
            say_things(schools, Random(f"{seed}-duties"), on)
            stand(schools, on)


def say_things(sites: Sequence[School], draw: Random, on: date) -> None:
    """Words, sightings, explanations and what does not apply at each school, and at the trust. The wall stands open."""
    duties = compute.catalogue(on)
    heads = dict(
        Post.objects.filter(role="head", school__in=[site.pk for site in sites]).values_list("school", "person")
    )
    watchers = list(
        Post.objects.filter(role__in=("central", "director"), school=None).order_by("pk").values_list("person", "role")
    )
    directors = [person for person, role in watchers if role == "director"]
    words: list[Attestation] = []
    seen: list[Observation] = []
    exempt: list[Exemption] = []
    explained: list[Explanation] = []
    for site in sites:
        held = [duty for duty in duties.values() if duty.holds_for != HoldsFor.TRUST]
        words += [_word(duty, site.pk, heads[site.pk], "head", draw, on) for duty in held if _says_so(duty, draw)]
        seen += [
            row
            for duty in held
            if duty.evidence == Evidence.OBSERVED
            for row in _sightings(duty, site, watchers, draw, on)
        ]
        if site.phase == "primary" and directors:
            exempt += [
                Exemption(
                    school_id=site.pk, duty=code, reason="No pupil of this school is in Year 9 or above.",
                    by_id=directors[0], on=on - _YEAR / 2, until=on + _YEAR / 2,
                )
                for code in _OLDER if code in duties
            ]  # fmt: skip
        explained += [
            Explanation(school_id=site.pk, duty=code, words=text, by_id=heads[site.pk], on=on - timedelta(days=9))
            for code, text in zip(draw.sample(("S06-10", "S03-56", "S15-13", "S03-62"), 2), _EXPLAINED, strict=False)
        ]
    if directors and not Attestation.objects.filter(school=None).exists():
        of_trust = [duty for duty in duties.values() if duty.holds_for == HoldsFor.TRUST]
        words += [_word(duty, None, directors[0], "director", draw, on) for duty in of_trust if _says_so(duty, draw)]
    Acceptance.objects.bulk_create(_accepted(sites, draw, on), batch_size=1_000)
    Question.objects.bulk_create(_asked(sites, heads, draw, on), batch_size=1_000)
    if directors and not Delegation.objects.exists():
        Delegation.objects.create(family=11, role="senco", since=on - timedelta(weeks=8))
        Delegation.objects.create(
            duty="S03-44",
            role="dsl",
            school_id=sites[0].pk,
            since=on + timedelta(weeks=3),
            until=on + timedelta(weeks=9),
        )
    Attestation.objects.bulk_create(words, batch_size=1_000)
    Observation.objects.bulk_create(seen, batch_size=1_000)
    Exemption.objects.bulk_create(exempt, batch_size=1_000)
    Explanation.objects.bulk_create(explained, batch_size=1_000)


def _accepted(sites: Sequence[School], draw: Random, on: date) -> list[Acceptance]:
    """Most of those who answer for duties accepted them this term; a few have yet to."""
    posts = Post.objects.filter(role__in=_ACCEPTING, since__lte=on).exclude(until__lt=on)
    there = posts.filter(school__in=[site.pk for site in sites]) | posts.filter(school=None)
    done = set(Acceptance.objects.values_list("school", "role"))
    found: dict[tuple[int | None, str], Acceptance] = {}
    for school, role, person in there.order_by("pk").values_list("school", "role", "person"):
        if (school, role) not in done and draw.random() < _ACCEPTED:
            said = on - timedelta(days=draw.randint(3, 50))
            found[school, role] = Acceptance(school_id=school, role=role, by_id=person, on=said)
    return list(found.values())


def _asked(sites: Sequence[School], heads: Mapping[int, int], draw: Random, on: date) -> list[Question]:
    """A question that was answered and one that waits, at each school that has a governor."""
    governors = dict(
        Post.objects.filter(role__in=("governor", "link_governor"), school__in=[site.pk for site in sites])
        .order_by("-pk").values_list("school", "person")
    )  # fmt: skip
    found: list[Question] = []
    for site in sites:
        if site.pk not in governors:
            continue
        for answered, (family, words, answer) in zip((True, False), draw.sample(_QUESTIONS, 2), strict=True):
            day = on - timedelta(days=draw.randint(20, 40) if answered else draw.randint(1, 18))
            found.append(
                Question(
                    school_id=site.pk, family=family, words=words, role="governor", by_id=governors[site.pk], on=day,
                    due_on=day + rules.ANSWER_WITHIN, answer=answer if answered else "",
                    answered_by_id=heads[site.pk] if answered else None,
                    answered_on=day + timedelta(days=9) if answered else None,
                )
            )  # fmt: skip
    return found


def stand(sites: Sequence[School], on: date) -> None:
    """Work the duties out as of six weeks ago and as of now, so that there is a history to look at."""
    schools = [site.pk for site in sites]
    for day in (on - _BEFORE, on):
        for first in range(0, len(schools), _TOGETHER):
            refresh(schools=schools[first : first + _TOGETHER], on=day)
        refresh_trust(on=day)


def _says_so(duty: Duty, draw: Random) -> bool:
    return duty.evidence == Evidence.ATTESTED and draw.random() < _ATTESTED


def _word(duty: Duty, school: int | None, by: int, role: str, draw: Random, on: date) -> Attestation:
    """Somebody's word of the last year; a few have ended, or end soon."""
    said = on - timedelta(days=draw.randint(10, 330))
    item = draw.choice(_SHOWN_BY.get(duty.kind, _OTHERWISE)).format(day=f"{said.day} {said:%B %Y}")
    stands = draw.choice((180, 300, 365, 365, 365))
    return Attestation(
        school_id=school,
        duty=duty.code,
        item=item,
        role=role,
        by_id=by,
        on=said,
        expires_on=said + timedelta(days=stands),
    )


def _sightings(
    duty: Duty, site: School, watchers: Sequence[tuple[int, str]], draw: Random, on: date
) -> list[Observation]:
    """None, one or two people who saw it."""
    able = [(person, role) for person, role in watchers if role != duty.owner]
    chance = draw.random()
    many = 2 if chance < _SEEN_TWICE else 1 if chance < _SEEN_TWICE + _SEEN_ONCE else 0
    return [
        Observation(
            school_id=site.pk, duty=duty.code, words=f"{draw.choice(_SEEN)}, at {site.short_name}.",
            found=Found.PARTLY if draw.random() < 0.2 else Found.SEEN, role=role, by_id=person,
            seen_on=(day := on - timedelta(days=draw.randint(3, 150))), on=day,
        )
        for person, role in able[:many]
    ]  # fmt: skip
