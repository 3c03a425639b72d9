"""What people of the invented trust said about their duties; then how those stood, six weeks ago and now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from alongside.areas.duties import compute
from alongside.areas.duties.actions import refresh, refresh_trust
from alongside.areas.duties.models import Attestation, Duty, Exemption, Explanation, Observation, Standing
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
    Attestation.objects.bulk_create(words, batch_size=1_000)
    Observation.objects.bulk_create(seen, batch_size=1_000)
    Exemption.objects.bulk_create(exempt, batch_size=1_000)
    Explanation.objects.bulk_create(explained, batch_size=1_000)


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
