"""What one does with assessment: set the points of the year and the scales, enter results, bring them in, chase."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import ProtectedError
from django.db.transaction import atomic

from alongside.areas.assessment import files, grid, judging, kinds, national, rules, tally
from alongside.areas.assessment.judging import Cell, Judged, Key
from alongside.areas.assessment.models import Chase, Development, Point, Result, ResultFile, Scale, Sitting
from alongside.areas.duties.actions import touch
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.deadlines.actions import refresh
from alongside.base.history import actions as history
from alongside.base.notices.actions import tell
from alongside.base.pupils.models import Pupil
from alongside.base.schools.models import School
from alongside.kit import refuse
from alongside.kit.bulk import insert_many, update_many
from alongside.kit.tables.delimited import Row
from alongside.law.calendar import academic_year
from alongside.law.refusal import Refusal

# --- Points, sittings, scales --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PointDraft:
    """A point as typed. No school: the trust's."""

    name: str
    season: rules.Season
    school_year: int
    opens_on: date
    due_on: date
    school_id: int | None = None


@atomic
def set_point(*, draft: PointDraft, by: Actor, on: date, point: Point | None = None) -> Point:
    """Add a point of the year, or change one. Refused where it is reversed or overlaps another of the same school."""
    _must_keep(by, draft.school_id)
    window = rules.Window(draft.name, draft.opens_on, draft.due_on)
    others = [row for row in _beside(draft.school_id, draft.school_year) if point is None or row.pk != point.pk]
    refuse(
        None if draft.name.strip() else Refusal("Give the point a name, as ‘Autumn 2026’.", "name"),
        rules.check_point(window, [row.window() for row in others], school_year=draft.school_year),
        _one_a_season(draft, others),
    )
    row = point or Point(school_id=draft.school_id)
    row.name, row.season, row.school_year = draft.name.strip(), draft.season, draft.school_year
    row.opens_on, row.due_on = draft.opens_on, draft.due_on
    row.save()
    told = {"point": row.name, "opens": f"{row.opens_on:%d %B}", "due": f"{row.due_on:%d %B}"}
    history.record(kinds.POINT, by=by, on=on, about=row.pk, school=row.school_id, facts=told)
    _changed(row, on)
    return row


def _must_keep(by: Actor, school_id: int | None) -> None:
    if school_id is None:
        by.must(Permission.POINTS_TRUST)
    else:
        by.must(Permission.POINTS_KEEP, school_id)


def _beside(school_id: int | None, school_year: int) -> list[Point]:
    """Points that may not overlap: for a school its own and the trust's, for the trust every school's."""
    rows = Point.objects.filter(school_year=school_year)
    return [row for row in rows if school_id is None or row.school_id in (None, school_id)]


def _one_a_season(draft: PointDraft, others: Sequence[Point]) -> Refusal | None:
    if any(row.season == draft.season and row.school_id == draft.school_id for row in others):
        return Refusal("There is a point for this season already. Change that one.", "season")
    return None


@atomic
def drop_point(*, point: Point, by: Actor, on: date) -> None:
    """Take a point out again; refused once it has results."""
    _must_keep(by, point.school_id)
    if Result.objects.filter(sitting__point=point).exists():
        refuse(Refusal("Results are in for this point, so it stays."))
    told = {"point": point.name}
    history.record(kinds.POINT_DROPPED, by=by, on=on, about=point.pk, school=point.school_id, facts=told)
    schools = _schools_of(point)
    point.delete()
    _refresh(schools, on)


@atomic
def add_sitting(*, point: Point, subject: str, scale: Scale, nc_years: Sequence[str], by: Actor, on: date) -> Sitting:
    """Say that year groups sit a subject on a scale at a point; said again, the year groups are replaced."""
    _must_keep(by, point.school_id)
    refuse(rules.check_sitting(subject, nc_years))
    row, _ = Sitting.objects.update_or_create(
        point=point, subject=subject, scale=scale, defaults={"nc_years": list(nc_years)}
    )
    told = {"subject": rules.SUBJECTS[subject], "scale": scale.name, "point": point.name}
    history.record(kinds.SITTING, by=by, on=on, about=row.pk, school=point.school_id, facts=told)
    _changed(point, on)
    return row


@atomic
def drop_sitting(*, sitting: Sitting, by: Actor, on: date) -> None:
    """Take a subject out of a point; refused once it has results."""
    point = sitting.point
    _must_keep(by, point.school_id)
    told = {"subject": rules.SUBJECTS[sitting.subject], "scale": sitting.scale.name, "point": point.name}
    try:
        sitting.delete()
    except ProtectedError:
        refuse(Refusal("Results are in for this subject, so it stays."))
    history.record(kinds.SITTING_DROPPED, by=by, on=on, about=point.pk, school=point.school_id, facts=told)
    _changed(point, on)


@atomic
def add_scale(*, draft: rules.ScaleDraft, by: Actor, on: date) -> Scale:
    """A scale of the trust's own, for every school of it, without a release."""
    if not by.may(Permission.POINTS_TRUST):
        by.must(Permission.POINTS_KEEP)
    refuse(
        None if draft.name.strip() else Refusal("Give the scale a name.", "name"),
        rules.check_scale(draft),
        Refusal("There is a scale with this name already.", "name")
        if Scale.objects.filter(name__iexact=draft.name.strip()).exists()
        else None,
    )
    row = Scale(
        code="own", valid_from=on, own=True, name=draft.name.strip(), kind=draft.kind, low=draft.low, high=draft.high,
        mean=draft.mean, sd=draft.sd, reliability=draft.reliability, steps=list(draft.steps),
        letters=dict(draft.letters), source=f"Added by {by.name}", from_manual=draft.reliability is not None,
    )  # fmt: skip
    row.code = f"own-{Scale.objects.filter(own=True).count() + 1}"
    row.save()
    history.record(kinds.SCALE, by=by, on=on, about=row.pk, scale=row.name)
    return row


@atomic
def put_in_manual(*, scale: Scale, reliability: Decimal, where: str, by: Actor, on: date) -> Scale:
    """Put the figure of a test's manual in the place of an assumed reliability; a new release leaves it standing."""
    by.must(Permission.POINTS_TRUST)
    refuse(
        rules.check_reliability(reliability, scale.sd),
        None if where.strip() else Refusal("Say which manual, and the page.", "where"),
    )
    scale.reliability, scale.reliability_from, scale.from_manual = reliability, where.strip(), True
    scale.save(update_fields=["reliability", "reliability_from", "from_manual"])
    told = {"scale": scale.name, "reliability": str(reliability), "where": where.strip()}
    history.record(kinds.MANUAL, by=by, on=on, about=scale.pk, facts=told)
    return scale


# --- Results -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entered:
    """What came of saving: all of it, or nothing with the sentences that say why."""

    judged: Judged
    warnings: tuple[str, ...] = ()
    saved: int = 0

    @property
    def done(self) -> bool:
        return self.judged.clean and not self.warnings


@atomic
def enter(
    *, sheet: grid.Sheet, cells: Sequence[Cell], day: date | None, source: rules.Source, by: Actor, on: date,
    anyway: bool = False,
) -> Entered:  # fmt: skip
    """Save a page of a class: every cell, or none when one is wrong, a colleague was there first, or it looks like a slip.

    What looks like a slip is saved when said so (`anyway`). The class is held until this transaction ends, so that of
    two people who save at once the second sees what the first saved.
    """
    by.must(Permission.RESULTS_WRITE, sheet.group.school_id)
    _one_at_a_time(sheet.pupils)
    standing = grid.standing_of(sheet.pupils, sheet.sittings)
    judged = judging.judge(cells, {row.pk: row.scale.facts() for row in sheet.sittings}, standing)
    if not judged.clean:
        return Entered(judged)
    if judged.fresh or judged.changed:
        refuse(rules.check_day(day, sheet.point.window(), on))
    order = [pupil.pk for pupil in sheet.pupils]
    odd = () if anyway else judging.warnings(judged, sheet.labels, order, grid.before_of(sheet), standing)
    if odd:
        return Entered(judged, tuple(odd))
    if judged.saves:
        days = dict.fromkeys(order, day or on)
        _write(judged, sheet.pupils, sheet.sittings, days, source=source, by=by, on=on)
        told = {"count": judged.saves, "point": sheet.point.name, "group": sheet.group.name}
        history.record(kinds.ENTERED, by=by, on=on, about=sheet.group.pk, school=sheet.group.school_id, facts=told)
        _refresh([sheet.group.school_id], on)
    return Entered(judged, saved=judged.saves)


def _one_at_a_time(pupils: Iterable[Pupil]) -> None:
    keys = sorted(pupil.pk for pupil in pupils)
    list(Pupil.objects.select_for_update(of=("self",), no_key=True).only("pk").filter(pk__in=keys).order_by("pk"))


def _write(
    judged: Judged, pupils: Iterable[Pupil], sittings: Iterable[Sitting], days: Mapping[int, date], *,
    source: rules.Source, by: Actor, on: date,
) -> None:  # fmt: skip
    """Write what was judged: new rows, changed rows and emptied cells, each in one statement."""
    by_pupil, by_sitting = {row.pk: row for row in pupils}, {row.pk: row for row in sittings}
    who = by.person_id or None

    def row_of(key: Key, value: rules.Value, row: Result) -> Result:
        pupil, sitting = by_pupil[key[0]], by_sitting[key[1]]
        row.score, row.mark, row.source, row.by_id = value.score, value.mark, source, who
        row.on = days[key[0]]
        row.age_months = rules.age_in_months(pupil.born_on, row.on)
        row.nc_year = rules.year_then(pupil.nc_year, academic_year(on).starts_in - sitting.point.school_year)
        return row

    fresh = [
        row_of(key, value, Result(pupil_id=key[0], school_id=by_pupil[key[0]].school_id, sitting_id=key[1]))
        for key, value in judged.fresh.items()
    ]
    if fresh:
        insert_many(fresh)
    touched = _rows(set(judged.changed) | set(judged.dropped))
    changed = [row_of(key, value, touched[key]) for key, value in judged.changed.items()]
    if changed:
        update_many(changed, ["score", "mark", "source", "by", "on", "age_months", "nc_year"])
    if judged.dropped:
        Result.objects.filter(pk__in=[touched[key].pk for key in judged.dropped]).delete()


def _rows(keys: set[Key]) -> dict[Key, Result]:
    pupils, sittings = {pupil for pupil, _ in keys}, {sitting for _, sitting in keys}
    rows = Result.objects.filter(pupil__in=pupils, sitting__in=sittings) if keys else ()
    return {(row.pupil_id, row.sitting_id): row for row in rows}


# --- Files ---------------------------------------------------------------------------------------------------------


@atomic
def receive(*, school: School, name: str, rows: Sequence[Row], by: Actor, on: date) -> ResultFile:
    """Keep a file's rows until they are looked at and saved; what each column is stands as it was proposed."""
    by.must(Permission.RESULTS_IMPORT, school.pk)
    file = ResultFile(school=school, by_id=by.person_id, name=name[:120], received_on=on)
    file.rows = [[number, list(cells)] for number, cells in rows]
    file.columns = files.proposed(by, file, on=on)
    file.save()
    return file


@atomic
def match(*, file: ResultFile, columns: Mapping[str, str], by: Actor, on: date) -> ResultFile:
    """Say what each column is."""
    by.must(Permission.RESULTS_IMPORT, file.school_id)
    if file.saved_on is None:
        file.columns = dict(columns)
        file.save(update_fields=["columns"])
    return file


@atomic
def save_file(*, file: ResultFile, stamp: str, by: Actor, on: date) -> int:
    """Save what a file says: every sound cell. Said twice, or of the same file again, it changes nothing.

    `stamp` says which results were shown as those that would be written over. Refused when these are others by now.
    """
    by.must(Permission.RESULTS_IMPORT, file.school_id)
    if file.saved_on is not None:
        return 0
    _one_at_a_time(files.roster(by, file.school_id, on=on))
    read = files.read(by, file, on=on)
    refuse(None if read.judged.saves or read.judged.same else Refusal("Nothing in this file can be saved."))
    if read.judged.changed and stamp != read.stamp:
        refuse(Refusal("Results were changed while you looked. Look again at what the file would change, then save."))
    if read.judged.saves:
        _write(read.judged, read.pupils, read.sittings, read.days, source=rules.Source.FILE, by=by, on=on)
    file.saved_on, file.saved, file.refused, file.rows = on, read.judged.saves, len(read.refused), []
    file.save(update_fields=["saved_on", "saved", "refused", "rows"])
    told = {"count": read.judged.saves, "name": file.name}
    history.record(kinds.BROUGHT, by=by, on=on, about=file.pk, school=file.school_id, facts=told)
    _refresh([file.school_id], on)
    return read.judged.saves


@atomic
def take_over(*, school: School, by: Actor, on: date) -> tuple[int, int]:
    """Take over results that transfer files left with pupils, where subject and scale are known; how many, and left."""
    by.must(Permission.RESULTS_IMPORT, school.pk)
    pupils = list(files.roster(by, school.pk, on=on))
    _one_at_a_time(pupils)
    wanted, left = _known_results(pupils)
    sittings = {
        key: _sitting_for(school, *key, on=on) for key in {(k.subject, k.scale, k.school_year) for _, k in wanted}
    }
    cells, days = [], {}
    for pupil, known in wanted:
        sitting = sittings[known.subject, known.scale, known.school_year]
        if sitting is None:
            left += 1
            continue
        cells.append(Cell(pupil.pk, sitting.pk, known.typed))
        days[pupil.pk, sitting.pk] = known.on
    there = [row for row in sittings.values() if row is not None]
    judged = judging.judge(cells, {row.pk: row.scale.facts() for row in there}, grid.standing_of(pupils, there))
    judged.changed.clear()  # what a teacher entered stands before what an old school sent
    for sitting in there:
        part = Judged(fresh={key: value for key, value in judged.fresh.items() if key[1] == sitting.pk})
        on_day = {pupil.pk: days.get((pupil.pk, sitting.pk), on) for pupil in pupils}
        _write(part, pupils, [sitting], on_day, source=rules.Source.FILE, by=by, on=on)
    if judged.fresh:
        told = {"count": len(judged.fresh)}
        history.record(kinds.TAKEN_OVER, by=by, on=on, about=school.pk, school=school.pk, facts=told)
        _refresh([school.pk], on)
    return len(judged.fresh), left + len(judged.faults)


def _known_results(pupils: Iterable[Pupil]) -> tuple[list[tuple[Pupil, national.Known]], int]:
    wanted: dict[tuple[int, str, str, int], tuple[Pupil, national.Known]] = {}
    left = 0
    for pupil in pupils:
        for known in national.known(pupil.more.get("results")):
            if known is None:
                left += 1
            else:
                wanted[pupil.pk, known.subject, known.scale, known.school_year] = (pupil, known)  # the last one counts
    return list(wanted.values()), left


def _sitting_for(school: School, subject: str, scale_code: str, school_year: int, *, on: date) -> Sitting | None:
    """The summer sitting of a national test, made for this school where nobody has set one; None without such a scale."""
    scale = Scale.objects.filter(code=scale_code).order_by("-valid_from").first()
    if scale is None:
        return None
    points = [row for row in _beside(school.pk, school_year) if row.season == rules.Season.SUMMER]
    point = points[0] if points else Point.objects.create(
        school=school, name=f"Summer {school_year + 1}", school_year=school_year, season=rules.Season.SUMMER,
        opens_on=date(school_year + 1, 5, 1), due_on=date(school_year + 1, 7, 15),
    )  # fmt: skip
    years = {"phonics": ["1", "2"], "tables": ["4"]}.get(subject, ["6"])
    row, _ = Sitting.objects.get_or_create(point=point, subject=subject, scale=scale, defaults={"nc_years": years})
    return row


# --- Development ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DevelopmentDraft:
    """What was seen, as typed."""

    area: str
    words: str
    step: str
    help: str = ""
    seen_on: date | None = None


@atomic
def note_development(*, pupil: Pupil, draft: DevelopmentDraft, by: Actor, on: date) -> Development:
    """Write down what a pupil was seen to do, and how it compares with the last time. Words, not a score."""
    by.must(Permission.RESULTS_WRITE, pupil.school_id)
    seen = draft.seen_on or on
    refuse(
        rules.check_development(draft.area, draft.words, draft.step),
        Refusal("That day has not come yet.", "seen_on") if seen > on else None,
    )
    row = Development.objects.create(
        pupil=pupil, school_id=pupil.school_id, area=draft.area, step=draft.step, words=draft.words.strip(),
        help=draft.help.strip(), on=seen, by_id=by.person_id,
    )  # fmt: skip
    history.record(
        kinds.NOTED, by=by, on=seen, about=row.pk, pupil=pupil.pk, school=pupil.school_id,
        area=rules.AREAS[draft.area].lower(),
    )  # fmt: skip
    touch(school=pupil.school_id, slice_="assessment")
    return row


# --- Chasing -------------------------------------------------------------------------------------------------------


@atomic
def chase(*, school_id: int, by: Actor, on: date) -> int:
    """Ask for what is missing at points that are past their day: the teachers of the class and the school's leaders.

    Once a point and class. Nothing in the notice is about a child. Says how many classes were chased.
    """
    by.must(Permission.RESULTS_WRITE, school_id)
    late = tally.late_classes(school_id, on=on)
    for row in late:
        Chase.objects.create(point_id=row.point, group_id=row.group, school_id=school_id, on=on)
        told = {"point": row.point_name, "group": row.name}
        history.record(kinds.CHASED, by=by, on=on, about=row.group, school=school_id, facts=told)
        for person in row.people:
            tell(
                person_id=person, school_id=school_id, kind="results", says=row.says, on=on,
                url=f"/assessment/points/{row.point}/classes/{row.group}/",
            )  # fmt: skip
    return len(late)


def _schools_of(point: Point) -> list[int]:
    return [point.school_id] if point.school_id else list(School.objects.values_list("pk", flat=True))


def _changed(point: Point, on: date) -> None:
    """A change of what is assessed changes what is missing: at once for one school, by the night for the whole trust."""
    if point.school_id is not None:
        _refresh([point.school_id], on)


def _refresh(schools: Sequence[int], on: date) -> None:
    refresh(schools=schools, on=on, sources=["assessment"])
    for school in schools:
        touch(school=school, slice_="assessment")
