"""What a trust can start its catalogue with: entries in our own words, and what an hour of each role costs.

The ratings say how much is known in general about that kind of help, read from public summaries of research; a school
puts its own experience in their place. Costs are round figures with on-costs, to be replaced by the trust's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from alongside.areas.provision.models import ProvisionType, Rate
from alongside.areas.provision.rules import Evidence, Wave
from alongside.law.codes import Area


@dataclass(frozen=True, slots=True)
class Entry:
    name: str
    plain_name: str
    wave: Wave
    area: Area
    evidence: Evidence
    given_by: str = "ta"
    source: str = ""


_RESEARCH = "Public summaries of research on this kind of help"
_C, _L, _F, _S = Area.COMMUNICATION, Area.LEARNING, Area.FEELINGS, Area.SENSES
_T, _O, _X = Wave.TARGETED, Wave.ORDINARY, Wave.SPECIALIST

ENTRIES = (
    Entry("Small-group language programme", "Talking group", _T, _C, Evidence.STRONG, source=_RESEARCH),
    Entry("Attention and listening group", "Listening group", _T, _C, Evidence.PROMISING),
    Entry("Words taught before the lesson", "New words first", _T, _C, Evidence.SOME, source=_RESEARCH),
    Entry("Speech and language therapy, direct", "Talking with the therapist", _X, _C, Evidence.SOME, "therapist"),
    Entry("Pictures of the day on the table", "Pictures of the day", _O, _C, Evidence.PROMISING),
    Entry("One-to-one reading, structured", "Reading with an adult", _T, _L, Evidence.STRONG, source=_RESEARCH),
    Entry("Sounds and letters, small group", "Sounds group", _T, _L, Evidence.STRONG, source=_RESEARCH),
    Entry("Reading in pairs, trained", "Reading pairs", _T, _L, Evidence.SOME, source=_RESEARCH),
    Entry("Number catch-up, small group", "Number group", _T, _L, Evidence.STRONG, source=_RESEARCH),
    Entry("Spelling practice, little and often", "Spelling practice", _T, _L, Evidence.UNKNOWN),
    Entry("Specialist teaching for literacy", "Reading and writing teacher", _X, _L, Evidence.SOME, "teacher"),
    Entry("A seat with a clear view of the board", "A seat near the front", _O, _L, Evidence.UNKNOWN, "teacher"),
    Entry("Check-in with a named adult", "Morning check-in", _T, _F, Evidence.PROMISING),
    Entry("Feelings group", "Feelings group", _T, _F, Evidence.SOME, source=_RESEARCH),
    Entry("Lunchtime club with a job to do", "Lunch club", _T, _F, Evidence.PROMISING),
    Entry("Counselling", "Talking to a counsellor", _X, _F, Evidence.SOME, "counsellor"),
    Entry("Planned movement breaks", "Movement breaks", _O, _S, Evidence.PROMISING),
    Entry("Physiotherapy exercises, by plan", "Moving exercises", _T, _S, Evidence.UNKNOWN),
    Entry("Handwriting and hand strength", "Hand exercises", _T, _S, Evidence.UNKNOWN),
    Entry("Teacher of the deaf or for vision", "Visiting teacher", _X, _S, Evidence.SOME, "teacher"),
)

FROM = date(2025, 9, 1)
RATES = (
    ("ta", "Teaching assistant", Decimal("16.20")),
    ("hlta", "Higher level teaching assistant", Decimal("20.40")),
    ("teacher", "Teacher", Decimal("44.00")),
    ("therapist", "Therapist", Decimal("62.00")),
    ("counsellor", "Counsellor", Decimal("48.00")),
    ("volunteer", "Volunteer", Decimal("0.00")),
)


def seed_catalogue() -> int:
    """Put the trust's first catalogue and rates in place; says how many entries were new.

    What is there already stays as it is, so that it may be run again.
    """
    known = set(ProvisionType.objects.filter(school=None).values_list("name", flat=True))
    fresh = [entry for entry in ENTRIES if entry.name not in known]
    ProvisionType.objects.bulk_create(
        ProvisionType(
            name=entry.name, plain_name=entry.plain_name, wave=entry.wave, area=entry.area, evidence=entry.evidence,
            source=entry.source, given_by=entry.given_by,
        )
        for entry in fresh
    )  # fmt: skip
    for role, words, hourly in RATES:
        if not Rate.objects.filter(role=role).exists():
            Rate.objects.create(role=role, words=words, hourly=hourly, valid_from=FROM)
    return len(fresh)
