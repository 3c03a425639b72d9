"""A file of results between its upload and its saving: what each column is, what would be saved, what is refused."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from alongside.areas.assessment import grid, judging, placing, queries, rules
from alongside.areas.assessment.models import ResultFile, Sitting
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.history import actions as history
from alongside.base.pupils.access import may_import_results
from alongside.base.pupils.models import Pupil
from alongside.base.schools.models import School
from alongside.kit import NotFound
from alongside.kit.tables.cells import shown
from alongside.law.calendar import academic_year

MOST_ROWS = 6_000  # a large secondary school, three rows a pupil
MOST_CELLS = 400_000
_SHOWN = 40  # rows of a preview
_SAMPLE = 3


@dataclass(frozen=True, slots=True)
class FileLine:
    id: int
    name: str
    school: str
    by: str
    on: date
    state: str


@dataclass(frozen=True, slots=True)
class FilesPage:
    schools: tuple[tuple[int, str], ...]
    lines: tuple[FileLine, ...]
    waiting: int  # pupils with results that a transfer file left


def files_page(actor: Actor, *, on: date) -> FilesPage:
    """Every file so far at the schools where this person brings results in."""
    own = actor.schools(Permission.RESULTS_IMPORT)
    rows = ResultFile.objects.filter(school__in=own).select_related("school", "by")[:50]
    lines = tuple(
        FileLine(
            row.pk, row.name, row.school.short_name, row.by.formal, row.received_on,
            f"{row.saved} saved, {row.refused} refused" if row.saved_on else "to be looked at",
        )
        for row in rows
    )  # fmt: skip
    schools = tuple(School.objects.filter(pk__in=own).values_list("pk", "short_name"))
    waiting = Pupil.objects.filter(may_import_results(actor, on), more__has_key="results").on_roll(on).count()
    return FilesPage(schools, lines, waiting)


def find_school(actor: Actor, school_id: int) -> School:
    school = School.objects.filter(pk__in=actor.schools(Permission.RESULTS_IMPORT), pk=school_id).first()
    if school is None:
        raise NotFound
    return school


def find_file(actor: Actor, file_id: int) -> ResultFile:
    """A file of a school where this person brings results in; raises NotFound."""
    own = actor.schools(Permission.RESULTS_IMPORT)
    file = ResultFile.objects.filter(school__in=own, pk=file_id).select_related("school", "by").first()
    if file is None:
        raise NotFound
    return file


def roster(actor: Actor, school_id: int, *, on: date) -> list[Pupil]:
    """Everybody on the roll of a school, whose results this person may bring in."""
    pupils = Pupil.objects.filter(may_import_results(actor, on), school=school_id).on_roll(on)
    return list(pupils.order_by("sort_key", "pk"))


def sittings_of(school_id: int, *, on: date) -> list[Sitting]:
    """Sittings that have opened, of this school year and the one before; the newest point first."""
    points = queries.points_of([school_id], since=academic_year(on).starts_in - 1).filter(opens_on__lte=on)
    order = {point.pk: place for place, point in enumerate(points)}
    found = Sitting.objects.filter(point__in=order).select_related("scale", "point")
    return sorted(found, key=lambda row: (order[row.point_id], list(rules.SUBJECTS).index(row.subject), row.pk))


def label_of(sitting: Sitting) -> str:
    return f"{rules.SUBJECTS[sitting.subject]}, {sitting.point.name} ({sitting.scale.name})"


def rows_of(file: ResultFile) -> list[placing.Row]:
    return [(int(number), [str(cell) for cell in cells]) for number, cells in file.rows]


def proposed(actor: Actor, file: ResultFile, *, on: date) -> dict[str, str]:
    """What each column is taken for at first, by its place."""
    seats = [grid.seat_of(pupil) for pupil in roster(actor, file.school_id, on=on)]
    columns = _columns(sittings_of(file.school_id, on=on))
    return {str(place): taken for place, taken in enumerate(placing.look(rows_of(file), seats, columns).taken)}


def _columns(sittings: Sequence[Sitting]) -> list[placing.Column]:
    return [placing.Column(row.pk, label_of(row), grid.headings_of(row)) for row in sittings]


# --- What the file says ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Read:
    """A file against the school: what would be saved, and every refusal by its row."""

    pupils: tuple[Pupil, ...]
    sittings: tuple[Sitting, ...]
    placed: placing.Placed
    judged: judging.Judged
    days: dict[int, date]
    refused: tuple[placing.Lost, ...]
    warnings: tuple[str, ...]
    layout: placing.Layout
    standing: dict[judging.Key, rules.Value]

    @property
    def stamp(self) -> str:
        """The same as long as the same results would be written over: what was looked at is what is saved."""
        over = sorted((*key, self.standing[key].words) for key in self.judged.changed)
        return hashlib.sha256(repr(over).encode()).hexdigest()[:16]


def read(actor: Actor, file: ResultFile, *, on: date) -> Read:
    """Work out again what a file would do, from its rows and from what stands now. Saves nothing."""
    pupils, every = roster(actor, file.school_id, on=on), sittings_of(file.school_id, on=on)
    rows, seats = rows_of(file), [grid.seat_of(pupil) for pupil in pupils]
    layout = _layout(rows, seats, every, file)
    wanted = {int(taken) for taken in layout.taken if taken.isdecimal()}
    sittings = [row for row in every if row.pk in wanted]
    placed = placing.place(rows, layout, seats, on=on, whole=False)
    refused = list(placed.lost)
    _take_out_wrong_days(placed, sittings, pupils, refused, on)
    cells = _cells(placed, pupils, sittings, refused, on)
    standing = grid.standing_of(pupils, sittings)
    judged = judging.judge(cells, {row.pk: row.scale.facts() for row in sittings}, standing)
    names, labels = {pupil.pk: pupil.name for pupil in pupils}, {row.pk: label_of(row) for row in sittings}
    refused += [
        placing.Lost(placed.lines[pupil], names[pupil], f"{labels[sitting]}: {reason}")
        for (pupil, sitting), reason in judged.faults.items()
    ]
    days = {pupil.pk: placed.days.get(pupil.pk) or _day(sittings, on) for pupil in pupils}
    odd = judging.warnings(judged, labels, _order(placed), _before(_order(placed), sittings), standing)
    return Read(
        tuple(pupils), tuple(sittings), placed, judged, days, tuple(sorted(refused, key=lambda lost: lost.line)),
        tuple(odd), layout, standing,
    )  # fmt: skip


def _layout(
    rows: Sequence[placing.Row], seats: Sequence[placing.Seat], sittings: Sequence[Sitting], file: ResultFile
) -> placing.Layout:
    """As it was chosen, or as it was proposed."""
    found = placing.look(rows, seats, _columns(sittings))
    taken = tuple(file.columns.get(str(place), was) for place, was in enumerate(found.taken))
    return placing.Layout(taken, found.headings, found.head_at)


def _before(pupils: Sequence[int], sittings: Sequence[Sitting]) -> dict[int, dict[int, Decimal]]:
    """The scores of the point before each sitting's, to see whether a column slid; one statement a point."""
    found: dict[int, dict[int, Decimal]] = {}
    for point in {row.point for row in sittings}:
        found |= queries.before(pupils, [row for row in sittings if row.point == point], point=point)
    return found


def _order(placed: placing.Placed) -> list[int]:
    """Pupils as the file has them, from the top."""
    return sorted(placed.lines, key=lambda pupil: placed.lines[pupil])


def _day(sittings: Sequence[Sitting], on: date) -> date:
    """The day of rows without one: today while the newest point is open, else the day it was due."""
    return min([on, *(row.point.due_on for row in sittings[:1])])


def _take_out_wrong_days(
    placed: placing.Placed, sittings: Sequence[Sitting], pupils: Sequence[Pupil], refused: list[placing.Lost], on: date
) -> None:
    """A day on which the point had not opened refuses its row."""
    names = {pupil.pk: pupil.name for pupil in pupils}
    for pupil, day in placed.days.items():
        for sitting in sittings:
            refusal = rules.check_day(day, sitting.point.window(), on)
            if refusal and (pupil, sitting.pk) in placed.cells:
                refused.append(placing.Lost(placed.lines[pupil], names[pupil], refusal.reason))
                del placed.cells[pupil, sitting.pk]


def _cells(
    placed: placing.Placed, pupils: Sequence[Pupil], sittings: Sequence[Sitting], refused: list[placing.Lost], on: date
) -> list[judging.Cell]:
    """The cells of pupils whose year sits the subject; others are refused by name."""
    by_pupil, by_sitting = {row.pk: row for row in pupils}, {row.pk: row for row in sittings}
    this_year, found = academic_year(on).starts_in, []
    for (pupil, sitting), typed in placed.cells.items():
        row, who = by_sitting[sitting], by_pupil[pupil]
        if rules.year_then(who.nc_year, this_year - row.point.school_year) in row.nc_years:
            found.append(judging.Cell(pupil, sitting, typed))
        else:
            reason = f"{label_of(row)} is not sat in {who.name}’s year group."
            refused.append(placing.Lost(placed.lines[pupil], who.name, reason))
    return found


# --- The preview ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """A column of the file: its heading, its first values, and what it is taken for."""

    key: str
    heading: str
    sample: str
    taken: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A pupil's row of the file as it would be saved."""

    line: int
    name: str
    values: tuple[tuple[str, str, str], ...]  # the subject, what it would be, what it was


@dataclass(frozen=True, slots=True)
class FilePage:
    file: ResultFile
    columns: tuple[ColumnLine, ...]
    choices: tuple[tuple[str, str], ...]
    fresh: int
    changed: int
    same: int
    by: str
    refused: tuple[placing.Lost, ...]
    warnings: tuple[str, ...]
    lines: tuple[ChangeLine, ...]
    more: int
    stamp: str = ""


def file_page(actor: Actor, file_id: int, *, on: date) -> FilePage:
    """What a file would do, before it does it. Whoever is shown by name is a pupil whose results were looked at."""
    file = find_file(actor, file_id)
    if file.saved_on is not None:
        return FilePage(file, (), (), 0, 0, 0, "", (), (), (), 0)
    found = read(actor, file, on=on)
    changes = _changes(found)
    seen = {line.name for line in changes[:_SHOWN]} | {lost.text for lost in found.refused}
    history.viewed_many(
        [(pupil.pk, pupil.school_id) for pupil in found.pupils if pupil.name in seen], by=actor, page="file of results"
    )
    choices = [(taken.value, words) for taken, words in placing.TAKEN_WORDS.items()]
    choices += [(str(row.pk), label_of(row)) for row in sittings_of(file.school_id, on=on)]
    return FilePage(
        file, _column_lines(file, found), tuple(choices), len(found.judged.fresh), len(found.judged.changed),
        found.judged.same, found.placed.by, found.refused, found.warnings, tuple(changes[:_SHOWN]),
        max(0, len(changes) - _SHOWN), found.stamp,
    )  # fmt: skip


def _changes(found: Read) -> list[ChangeLine]:
    names = {pupil.pk: pupil.name for pupil in found.pupils}
    labels = {row.pk: rules.SUBJECTS[row.subject] for row in found.sittings}
    by_pupil: dict[int, list[tuple[str, str, str]]] = {}
    for key, value in (*found.judged.fresh.items(), *found.judged.changed.items()):
        was = found.standing.get(key, rules.Value()).words
        by_pupil.setdefault(key[0], []).append((labels[key[1]], value.words, was))
    order = sorted(by_pupil, key=lambda pupil: found.placed.lines[pupil])
    return [ChangeLine(found.placed.lines[pupil], names[pupil], tuple(by_pupil[pupil])) for pupil in order]


def _column_lines(file: ResultFile, found: Read) -> tuple[ColumnLine, ...]:
    body = rows_of(file)[found.layout.head_at + 1 :]
    headings = found.layout.headings or tuple(f"Column {place + 1}" for place in range(len(found.layout.taken)))
    return tuple(
        ColumnLine(f"column-{place}", shown(headings[place]) or f"Column {place + 1}", _sample(body, place), taken)
        for place, taken in enumerate(found.layout.taken)
        if headings[place].strip() or _sample(body, place)
    )


def _sample(body: Sequence[placing.Row], place: int) -> str:
    values = [cells[place] for _, cells in body if place < len(cells) and cells[place].strip()]
    return ", ".join(shown(value)[:24] for value in values[:_SAMPLE])
