"""Pages of assessment."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Prefetch, Q, QuerySet

from alongside.areas.assessment import rules
from alongside.areas.assessment.models import Development, Point, Result, Scale, Sitting
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.pupils.access import may_read_results, permissions_over
from alongside.base.pupils.queries import PupilHead, head_of, open_pupil
from alongside.base.schools.models import School
from alongside.kit import NotFound
from alongside.law.calendar import AcademicYear, academic_year
from alongside.law.codes import NC_YEARS, year_words

# --- Points ----------------------------------------------------------------------------------------------------


def points_of(schools: Collection[int], *, since: int) -> QuerySet[Point]:
    """The trust's points and these schools' own, from a school year on, the newest first."""
    held = Q(school=None) | Q(school__in=schools)
    return Point.objects.filter(held, school_year__gte=since).select_related("school").order_by("-due_on", "-pk")


def reach(actor: Actor) -> frozenset[int]:
    """Schools of which this person sees the points: those of their posts, or every school for a post at the trust."""
    return actor.schools(Permission.POINTS) | actor.linked_schools(Permission.POINTS)


@dataclass(frozen=True, slots=True)
class SittingLine:
    id: int
    subject: str
    scale: str
    years: str
    results: int


@dataclass(frozen=True, slots=True)
class PointLine:
    """A point as the list shows it."""

    id: int
    name: str
    whose: str
    opens_on: date
    due_on: date
    state: str
    sittings: tuple[SittingLine, ...]
    may_keep: bool


@dataclass(frozen=True, slots=True)
class PointsPage:
    years: tuple[tuple[str, tuple[PointLine, ...]], ...]
    may_add: bool


def points_page(actor: Actor, *, on: date) -> PointsPage:
    """This school year's points and those of the year before and after."""
    first = academic_year(on).starts_in
    by_year: dict[int, list[PointLine]] = {}
    for point in _with_sittings(points_of(reach(actor), since=first - 1)):
        by_year.setdefault(point.school_year, []).append(_point_line(actor, point, on))
    years = tuple((str(AcademicYear(year)), tuple(rows)) for year, rows in sorted(by_year.items(), reverse=True))
    return PointsPage(years, bool(keeps(actor)))


def keeps(actor: Actor) -> list[tuple[str, str]]:
    """For whom this person may set points: the trust as '', and schools by number, with their names."""
    own = actor.schools(Permission.POINTS_KEEP)
    trust = [("", "Every school of the trust")] if actor.may(Permission.POINTS_TRUST) else []
    return trust + [(str(pk), name) for pk, name in School.objects.filter(pk__in=own).values_list("pk", "short_name")]


def _with_sittings(points: QuerySet[Point]) -> QuerySet[Point]:
    counted = Sitting.objects.select_related("scale").annotate(n=Count("results")).order_by("subject", "pk")
    return points.prefetch_related(Prefetch("sittings", counted))


def _point_line(actor: Actor, point: Point, on: date) -> PointLine:
    return PointLine(
        point.pk, point.name, point.school.short_name if point.school else "Every school", point.opens_on, point.due_on,
        "to come" if on < point.opens_on else "open" if on <= point.due_on else "past",
        tuple(_sitting_line(sitting) for sitting in point.sittings.all()), may_keep(actor, point),
    )  # fmt: skip


def _sitting_line(sitting: Sitting) -> SittingLine:
    return SittingLine(
        sitting.pk, rules.SUBJECTS[sitting.subject], sitting.scale.name, years_words(sitting.nc_years),
        getattr(sitting, "n", 0),
    )  # fmt: skip


def years_words(years: Sequence[str]) -> str:
    """'Reception to Year 6', 'Years 1 and 4'."""
    places = sorted(NC_YEARS.index(year) for year in years if year in NC_YEARS)
    if len(places) > 1 and places == list(range(places[0], places[-1] + 1)):
        return f"{year_words(NC_YEARS[places[0]])} to {year_words(NC_YEARS[places[-1]])}"
    return ", ".join(year_words(NC_YEARS[place]) for place in places)


def may_keep(actor: Actor, point: Point) -> bool:
    """Whether this person sets this point: the trust's by a post at the trust, a school's own by its leaders."""
    if point.school_id is None:
        return actor.may(Permission.POINTS_TRUST)
    return point.school_id in actor.schools(Permission.POINTS_KEEP)


def find_point(actor: Actor, point_id: int, *, keep: bool = False) -> Point:
    """A point that holds in one of this person's schools; raises NotFound, for one they may not set too if `keep`."""
    held = Q(school=None) | Q(school__in=reach(actor))
    point = Point.objects.filter(held, pk=point_id).select_related("school").first()
    if point is None or (keep and not may_keep(actor, point)):
        raise NotFound
    return point


def find_sitting(actor: Actor, sitting_id: int) -> Sitting:
    """A sitting of a point that this person sets; raises NotFound."""
    sitting = Sitting.objects.filter(pk=sitting_id).select_related("point", "scale").first()
    if sitting is None or not may_keep(actor, sitting.point):
        raise NotFound
    return sitting


@dataclass(frozen=True, slots=True)
class PointPage:
    line: PointLine
    point: Point
    scales: tuple[tuple[str, str], ...]


def point_page(actor: Actor, point_id: int, *, on: date) -> PointPage:
    """One point with its sittings, for whoever sets it. Raises NotFound."""
    find_point(actor, point_id, keep=True)
    point = _with_sittings(Point.objects.filter(pk=point_id).select_related("school")).get()
    scales = tuple((str(row.pk), row.name) for row in scales_on(on) if row.kind != rules.Kind.PROSE)
    return PointPage(_point_line(actor, point, on), point, scales)


# --- Scales ------------------------------------------------------------------------------------------------------


def scales_on(on: date) -> list[Scale]:
    """The version of every scale that holds on a day, by name; of two that hold the later one, once a code."""
    held = Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gte=on))
    newest = {(row.code, row.own): row for row in Scale.objects.filter(held).order_by("valid_from")}
    return sorted(newest.values(), key=lambda row: row.name.casefold())


@dataclass(frozen=True, slots=True)
class ScaleLine:
    id: int
    name: str
    kind: str
    runs: str
    letters: str
    sure: str
    source: str
    own: bool
    asks_manual: bool


@dataclass(frozen=True, slots=True)
class ScalesPage:
    lines: tuple[ScaleLine, ...]
    may_add: bool
    may_put_in: bool


def scales_page(actor: Actor, *, on: date) -> ScalesPage:
    lines = tuple(map(_scale_line, scales_on(on)))
    trust = actor.may(Permission.POINTS_TRUST)
    return ScalesPage(lines, trust or bool(actor.schools(Permission.POINTS_KEEP)), trust)


def _scale_line(row: Scale) -> ScaleLine:
    runs = ", ".join(row.steps)
    if row.low is not None and row.high is not None:
        runs = f"{rules.figure(row.low)} to {rules.figure(row.high)}"
    points = rules.beyond_chance(row.sd, row.reliability)
    sure = ""
    if points is not None and row.reliability is not None:
        sure = f"Reliability {row.reliability.normalize()}: a pupil must move {points} points before it means anything."
    return ScaleLine(
        row.pk, row.name, rules.KIND_WORDS[rules.Kind(row.kind)], runs,
        "; ".join(f"{mark} {words}" for mark, words in row.letters.items()), sure, row.reliability_from or row.source,
        row.own, row.kind == rules.Kind.INTERVAL and not row.from_manual,
    )  # fmt: skip


def find_scale(scale_id: int) -> Scale:
    row = Scale.objects.filter(pk=scale_id, kind=rules.Kind.INTERVAL).first()
    if row is None:
        raise NotFound
    return row


# --- One pupil ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ResultLine:
    point: str
    on: date
    value: str
    letter: str  # what a letter in place of a mark means
    age: str
    band: str  # 'most likely between 95 and 113'
    by: str


@dataclass(frozen=True, slots=True)
class SubjectTable:
    subject: str
    scale: str
    note: str
    lines: tuple[ResultLine, ...]


@dataclass(frozen=True, slots=True)
class DevelopmentLine:
    area: str
    step: str
    words: str
    help: str
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class PupilResultsPage:
    head: PupilHead
    tables: tuple[SubjectTable, ...]
    development: tuple[DevelopmentLine, ...]
    may: frozenset[str]
    may_note: bool


def pupil_page(actor: Actor, pupil_id: int, *, on: date) -> PupilResultsPage:
    """A pupil's results over time by subject and scale, and the record that this person looked. Raises NotFound."""
    pupil = open_pupil(actor, pupil_id, on=on, page="results", may=may_read_results)
    results = Result.objects.filter(pupil=pupil).select_related("sitting__scale", "sitting__point", "by")
    tables: dict[tuple[str, int], list[Result]] = {}
    for row in results.order_by("sitting__subject", "-on", "-pk"):
        tables.setdefault((row.sitting.subject, row.sitting.scale_id), []).append(row)
    noted = Development.objects.filter(pupil=pupil).select_related("by")
    held = permissions_over(actor, pupil, on=on)
    return PupilResultsPage(
        head_of(pupil, on=on), tuple(_table(rows) for rows in tables.values()),
        tuple(
            DevelopmentLine(
                rules.AREAS[row.area], rules.STEP_WORDS[rules.Step(row.step)], row.words, row.help, row.on, row.by.formal
            )
            for row in noted
        ),
        frozenset(permission.name for permission in held), Permission.RESULTS_WRITE in held,
    )  # fmt: skip


_NOTES: Mapping[rules.Kind, str] = {
    rules.Kind.ORDERED: "Steps in an order. They are compared and never averaged.",
    rules.Kind.AGE: "An age is not a measure of progress: its steps are not equal.",
    rules.Kind.COUNT: "A count of right answers.",
    rules.Kind.PROSE: "Described in words, below.",
}


def _table(rows: Sequence[Result]) -> SubjectTable:
    scale = rows[0].sitting.scale
    facts = scale.facts()
    points = rules.beyond_chance(scale.sd, scale.reliability)
    note = _NOTES.get(facts.kind, "")
    if facts.kind is rules.Kind.INTERVAL and points is not None:
        assumed = "" if scale.from_manual or scale.own else " This rests on an assumed reliability."
        note = f"A change of less than {points} points may be chance.{assumed}"
    lines = tuple(_result_line(row, scale, facts) for row in rows)
    return SubjectTable(rules.SUBJECTS[rows[0].sitting.subject], scale.name, note, lines)


def _result_line(row: Result, scale: Scale, facts: rules.Scale) -> ResultLine:
    band = rules.band(row.score, facts, scale.sd, scale.reliability) if row.score is not None else None
    return ResultLine(
        row.sitting.point.name, row.on, row.value().words, scale.letters.get(row.mark, ""),
        rules.age_words(row.age_months), f"most likely between {band[0]} and {band[1]}" if band else "",
        row.by.formal if row.by else rules.SOURCE_WORDS[rules.Source(row.source)],
    )  # fmt: skip


def areas_for(nc_year: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The areas of development that suit a pupil's age, in groups."""
    young = nc_year in ("E1", "E2", "N1", "N2", "R")
    groups = [("Early years", rules.EARLY_YEARS)] if young else []
    groups += [("Engagement model", rules.ENGAGEMENT), ("At any age", rules.ANY_AGE)]
    return [(head, [(area, rules.AREAS[area]) for area in areas]) for head, areas in groups]


# --- Scores of before --------------------------------------------------------------------------------------------


def before(pupils: Collection[int], sittings: Collection[Sitting], *, point: Point) -> dict[int, dict[int, Decimal]]:
    """The last score of each pupil before a point in the subject and on the scale of a sitting, by sitting and pupil."""
    found: dict[int, dict[int, Decimal]] = {}
    wanted = {(sitting.subject, sitting.scale_id): sitting.pk for sitting in sittings}
    rows = (
        Result.objects.filter(
            pupil__in=pupils, score__isnull=False, sitting__point__due_on__lt=point.due_on,
            sitting__point__due_on__gte=point.due_on - timedelta(days=400),
            sitting__subject__in={subject for subject, _ in wanted},
        ).exclude(sitting__point=point)
        .order_by("sitting__point__due_on").values_list("pupil", "sitting__subject", "sitting__scale", "score")
    )  # fmt: skip
    for pupil, subject, scale, score in rows:
        if (subject, scale) in wanted and score is not None:
            found.setdefault(wanted[subject, scale], {})[pupil] = score
    return found
