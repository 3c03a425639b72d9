"""One pupil's progress: the four signs of each subject in words, two charts, and what was answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from alongside.areas.assessment.models import Result
from alongside.areas.assessment.rules import SUBJECTS
from alongside.areas.identification import queries, rules
from alongside.areas.identification.models import Finding, Flag, Run
from alongside.areas.identification.rules import About, Answer, Rests, Sign
from alongside.base.access.actor import Actor
from alongside.base.pupils.access import may_answer_flags
from alongside.base.pupils.models import Pupil
from alongside.base.pupils.queries import PupilHead, head_of, open_pupil
from alongside.design.charts import Chart, Line, over_time
from alongside.kit import NotFound
from alongside.law.codes import NC_YEARS, year_words
from alongside.progress.measure import Score
from alongside.progress.points import FEWEST_PEERS
from alongside.progress.words import peers_in_words

YEARS_BACK = 3
_SEASONS = {"autumn": "Aut", "spring": "Spr", "summer": "Sum"}


@dataclass(frozen=True, slots=True)
class SignSaid:
    """One sign of a subject: its state as a mark, its sentence, and whether a flag asks about it."""

    sign: Sign
    words: str
    state: str  # a mark: at_risk (fires), met (does not), not_evidenced (not enough to say)
    state_words: str
    says: str
    asks: bool


@dataclass(frozen=True, slots=True)
class Subject:
    """What the newest run says of the pupil in one subject."""

    code: str
    name: str
    point: str
    scale: str
    signs: tuple[SignSaid, ...]
    charts: tuple[tuple[str, Chart], ...]
    note: str
    peers: str
    class_slow: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """A flag of the past: what it asked and what came of it."""

    what: str
    raised_on: date
    outcome: str
    concern_id: int | None


@dataclass(frozen=True, slots=True)
class ProgressPage:
    head: PupilHead
    may: frozenset[str]
    subjects: tuple[Subject, ...]
    aside: tuple[str, ...]
    past: tuple[Answered, ...]
    waiting: int


def progress_page(actor: Actor, pupil_id: int, *, on: date) -> ProgressPage:
    """The page, and the note that this person looked. Raises NotFound for a pupil whose progress is not theirs."""
    pupil = open_pupil(actor, pupil_id, on=on, page="progress", may=may_answer_flags)
    flags = list(Flag.objects.filter(pupil=pupil).select_related("run").order_by("-raised_on", "-pk"))
    asking = {(flag.run_id, flag.sign): flag for flag in flags if not flag.ended and not flag.answer}
    return ProgressPage(
        head_of(pupil, on=on), queries.may_of(actor, pupil, on), tuple(_subjects(pupil, asking)),
        queries.set_aside(pupil), tuple(_past(flag) for flag in flags if flag.ended or flag.answer), len(asking),
    )  # fmt: skip


def chart_of(actor: Actor, pupil_id: int, *, subject: str, which: str, on: date) -> Chart:
    """One chart alone, and the note that this person looked. Raises NotFound when there is none of that name."""
    pupil = open_pupil(actor, pupil_id, on=on, page="progress chart", may=may_answer_flags)
    for one in _subjects(pupil, {}):
        if one.code == subject:
            for name, chart in one.charts:
                if name == which:
                    return chart
    raise NotFound


def subjects_of(pupil: Pupil) -> list[Subject]:
    """What the newest runs say of a pupil who may be seen already."""
    return _subjects(pupil, {})


def _subjects(pupil: Pupil, asking: Mapping[tuple[int, str], Flag]) -> list[Subject]:
    """The newest finding of each subject."""
    found = Finding.objects.filter(pupil=pupil).select_related("run", "run__scale")
    newest: dict[str, Finding] = {}
    for finding in sorted(found, key=lambda one: one.run.order):
        newest[finding.run.subject] = finding
    sat = _results(pupil) if newest else {}
    return [
        _subject(pupil, finding, sat.get((subject, finding.run.scale_id), []), asking)
        for subject, finding in sorted(newest.items())
    ]


@dataclass(frozen=True, slots=True)
class _Sat:
    order: int
    nc_year: str  # the pupil's then
    label: str  # 'Aut 26'
    key: str  # '2026-autumn'
    time: float
    score: float


def _results(pupil: Pupil) -> Mapping[tuple[str, int], list[_Sat]]:
    """The pupil's scores by subject and scale, oldest first."""
    rows = Result.objects.filter(pupil=pupil, score__isnull=False).select_related("sitting__point").order_by("on", "pk")
    told: dict[tuple[str, int], list[_Sat]] = defaultdict(list)
    for row in rows:
        point = row.sitting.point
        year = (point.school_year + (point.season != "autumn")) % 100
        told[row.sitting.subject, row.sitting.scale_id].append(
            _Sat(
                3 * point.school_year + rules.season_order(point.season), row.nc_year, f"{_SEASONS[point.season]} {year:02}",
                f"{point.school_year}-{point.season}", rules.day_in_years(row.on), float(row.score or 0),
            )
        )  # fmt: skip
    return told


def _subject(pupil: Pupil, finding: Finding, sat: Sequence[_Sat], asking: Mapping[tuple[int, str], Flag]) -> Subject:
    run = finding.run
    sat = [one for one in sat if run.order - 3 * YEARS_BACK <= one.order <= run.order]
    year = next((one.nc_year for one in reversed(sat) if one.order == run.order), pupil.nc_year)
    rests, labels = _rests(finding, sat, year), [one.label for one in sat]
    about = About(pupil.liked, SUBJECTS[run.subject], finding.among, finding.here)
    said = rules.again(rests)
    charts = _charts(pupil.liked, run, rests, labels, year) if len(sat) > 1 else ()
    return Subject(
        run.subject, SUBJECTS[run.subject], run.point, run.scale.name,
        tuple(_sign(one, finding, rests, about, (run.pk, one.sign) in asking) for one in said), charts,
        rules.WHY_NOT_WORDS[rules.WhyNot.NEW_SCALE] if run.new_scale else "",
        peers_in_words(pupil.liked, finding.among, finding.here, FEWEST_PEERS) if finding.among else
        rules.HOW_WORDS.get(finding.how, ""),
        any(flag.class_slow for key, flag in asking.items() if key[0] == run.pk),
    )  # fmt: skip


def _rests(finding: Finding, sat: Sequence[_Sat], year: str) -> Rests:
    """What the signs rest on, from the pupil's own results and the medians that the run keeps of their year group then."""
    run = finding.run
    medians = run.figures.get("medians", {})
    peers = tuple(medians.get(one.key, {}).get("0" if year == "R" else year) for one in sat)
    return Rests(
        tuple(one.time for one in sat), tuple(one.score for one in sat), peers, run.sem or 0.0, run.normed,
        finding.percentile, finding.before,
    )  # fmt: skip


def _sign(said: rules.Said, finding: Finding, rests: Rests, about: About, asks: bool) -> SignSaid:
    """A sign as the run found it; its sentence from the same figures."""
    fires, answered = said.sign in finding.fired, said.sign in finding.answered
    tells = answered or (said.sign is Sign.SLOWER and rests.last is not None)
    state = (
        ("at_risk", "Asks")
        if fires
        else ("met", "Does not ask")
        if answered
        else ("not_evidenced", "Not enough to say")
    )
    words = rules.sentence(said, rests, about) if tells and said.points else _needs(said.sign, finding)
    return SignSaid(said.sign, rules.SIGN_WORDS[said.sign], *state, words, asks)


def _needs(sign: Sign, finding: Finding) -> str:
    """Why a sign says nothing of a pupil."""
    why = rules.HOW_WORDS.get(finding.how, "") if sign is Sign.SLOWER else ""
    return f"{why} {rules.NEEDS_WORDS[sign]}".strip()


def _charts(
    name: str, run: Run, rests: Rests, labels: Sequence[str], nc_year: str
) -> tuple[tuple[str, Chart], ...]:  # fmt: skip
    error, subject = Score(0, rests.sem).interval()[1], SUBJECTS[run.subject].lower()
    known = any(peer is not None for peer in rests.peers)
    year = year_words(nc_year) if nc_year in NC_YEARS and nc_year != "X" else "the year group"
    few = "" if known else f" Fewer than eight of {year} sat it, so no line of peers is drawn."
    lines = [Line(name, rests.scores, error)] + ([Line("Peers", rests.peers, dashed=True)] if known else [])
    says = (
        f"{len(labels)} tests to {run.point}; the band is each score’s 95% error, {error:.0f} points either way.{few}"
    )
    scores = over_time(f"{name} and pupils of the same year, {subject}", says, labels, lines)
    if not known:
        return (("scores", scores),)
    gaps = [None if p is None or s is None else p - s for p, s in zip(rests.peers, rests.scores, strict=True)]
    says = f"The median of {year} across the trust less {name}’s score, to {run.point}. The band is the 95% error."
    drawn = over_time(
        f"Gap to the year group, {subject}",
        says,
        labels,
        [Line("Gap", gaps, error), Line("No gap", [0.0] * len(gaps), dashed=True)],
    )
    return ("scores", scores), ("gap", drawn)


def _past(flag: Flag) -> Answered:
    what = f"{SUBJECTS[flag.subject]}, {flag.run.point}: {rules.SIGN_WORDS[Sign(flag.sign)].lower()}"
    behind = ", ".join(rules.BEHIND_WORDS[rules.Behind(one)].lower() for one in flag.behind)
    told = {
        Answer.CONFIRM: "The worry was shared, and a concern raised.",
        Answer.DISMISS: f"No concern: {flag.reason}",
        Answer.EXPLAIN: f"Watched. Behind it: {behind or flag.reason}.",
    }
    outcome = told[Answer(flag.answer)] if flag.answer else rules.ENDED_WORDS[rules.Ended(flag.ended)]
    return Answered(what, flag.raised_on, outcome, flag.concern_id)
