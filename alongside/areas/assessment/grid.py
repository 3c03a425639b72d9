"""The grid: a class and a point on one page, one row a pupil and one cell a subject."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q

from alongside.areas.assessment import placing, queries, rules, tally
from alongside.areas.assessment.judging import Cell, Judged, Key
from alongside.areas.assessment.models import Point, Result, Sitting
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.history import actions as history
from alongside.base.pupils.access import may_enter_results
from alongside.base.pupils.models import AdultLink, Group, Pupil
from alongside.base.pupils.names import fold
from alongside.kit import NotFound

_MOST_PUPILS = 120  # a teaching set has 35; more is a whole school, which comes from a file


@dataclass(frozen=True, slots=True)
class Sheet:
    """A class at a point, as rows of the database: what the verb and the page both need."""

    point: Point
    group: Group
    sittings: tuple[Sitting, ...]
    pupils: tuple[Pupil, ...]

    @property
    def labels(self) -> dict[int, str]:
        return {sitting.pk: column_label(sitting, self.sittings) for sitting in self.sittings}

    def sits(self, pupil: Pupil, sitting: Sitting) -> bool:
        return pupil.nc_year in sitting.nc_years


def sheet_of(actor: Actor, point_id: int, group_id: int, *, on: date) -> Sheet:
    """A group of this person's own timetable, or of a school they lead, at a point. Raises NotFound."""
    mine = Exists(AdultLink.objects.filter(_held(on), person=actor.person_id, group=OuterRef("pk")))
    whole, linked = actor.schools(Permission.RESULTS_WRITE), actor.linked_schools(Permission.RESULTS_WRITE)
    group = (
        Group.objects.filter(Q(school__in=whole) | Q(school__in=linked) & mine, pk=group_id)
        .select_related("school").first()
    )  # fmt: skip
    if group is None:
        raise NotFound
    held = Q(school=None) | Q(school=group.school_id)
    point = Point.objects.filter(held, pk=point_id, opens_on__lte=on).first()
    if point is None:
        raise NotFound
    members = Q(memberships__group=group) & _held(on, "memberships__")
    pupils = (
        Pupil.objects.filter(may_enter_results(actor, on), members).on_roll(on)
        .distinct().order_by("sort_key", "pk")[:_MOST_PUPILS]
    )  # fmt: skip
    rows = tuple(pupils)
    years = {pupil.nc_year for pupil in rows}
    sittings = tuple(
        sitting
        for sitting in point.sittings.select_related("scale").order_by("pk")
        if years & set(sitting.nc_years) and tally.fits(group.subject, sitting.subject)
    )
    return Sheet(point, group, _in_order(sittings), rows)


def _held(on: date, stem: str = "") -> Q:
    return Q(**{f"{stem}since__lte": on}) & (Q(**{f"{stem}until": None}) | Q(**{f"{stem}until__gte": on}))


def _in_order(sittings: Iterable[Sitting]) -> tuple[Sitting, ...]:
    order = list(rules.SUBJECTS)
    return tuple(sorted(sittings, key=lambda sitting: (order.index(sitting.subject), sitting.pk)))


def column_label(sitting: Sitting, among: Sequence[Sitting]) -> str:
    """The subject; with its scale where the subject is there twice."""
    subject = rules.SUBJECTS[sitting.subject]
    twice = sum(each.subject == sitting.subject for each in among) > 1
    return f"{subject}, {sitting.scale.name}" if twice else subject


# --- The page --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GridColumn:
    sitting: int
    label: str
    scale: str
    hint: str
    numeric: bool
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GridCell:
    """One box. `was` is what stood in it when the page was opened."""

    name: str
    label: str
    typed: str
    was: str
    fault: str = ""
    note: str = ""
    choices: tuple[str, ...] = ()
    numeric: bool = True


@dataclass(frozen=True, slots=True)
class GridRow:
    pupil: int
    name: str
    cells: tuple[tuple[str, GridCell | None], ...]  # with the heading of each; None where the pupil does not sit it
    describes: bool  # some cell is told in words: the engagement model


@dataclass(frozen=True, slots=True)
class GridPage:
    sheet: Sheet
    name: str
    school: str
    columns: tuple[GridColumn, ...]
    rows: tuple[GridRow, ...]
    due: int
    done: int
    letters: str
    day: date
    source: str = rules.Source.TYPED
    faults: tuple[tuple[str, str], ...] = ()  # the cell's name, and the sentence
    warnings: tuple[str, ...] = ()
    placed: placing.Placed | None = None
    others: tuple[tuple[int, str, bool], ...] = field(default=())

    @property
    def late(self) -> bool:
        return self.done < self.due

    @property
    def was(self) -> str:
        """What stood in the boxes when the page was opened, in one hidden field: a page has two hundred of them."""
        boxes = (cell for row in self.rows for _, cell in row.cells if cell and cell.was)
        return json.dumps({cell.name: cell.was for cell in boxes}, ensure_ascii=False)


def cell_name(key: Key) -> str:
    return f"c-{key[0]}-{key[1]}"


def page_of(actor: Actor, sheet: Sheet, *, on: date) -> GridPage:
    """The page as it stands; each pupil on it is a pupil whose results were looked at."""
    history.viewed_many([(pupil.pk, pupil.school_id) for pupil in sheet.pupils], by=actor, page="class results")
    standing = standing_of(sheet.pupils, sheet.sittings)
    labels = sheet.labels
    columns = tuple(_column(sitting, labels[sitting.pk]) for sitting in sheet.sittings)
    rows = tuple(_row(sheet, pupil, columns, standing) for pupil in sheet.pupils)
    cells = [cell for row in rows for _, cell in row.cells if cell is not None]
    letters = {letter for sitting in sheet.sittings for letter in sitting.scale.letters}
    points = queries.points_of([sheet.group.school_id], since=sheet.point.school_year - 1).filter(opens_on__lte=on)
    return GridPage(
        sheet, f"{sheet.group.name} {sheet.group.subject.lower()}".strip(), sheet.group.school.short_name, columns, rows,
        len(cells), sum(cell.was != "" for cell in cells),
        tally.letters_words(cell.was for cell in cells if cell.was in letters), default_day(sheet.point, on),
        others=tuple((point.pk, point.name, point.pk == sheet.point.pk) for point in points),
    )  # fmt: skip


def default_day(point: Point, on: date) -> date:
    """The day that is offered: today while the point is open, afterwards the day it was due."""
    return min(on, point.due_on)


def standing_of(pupils: Iterable[Pupil], sittings: Iterable[Sitting]) -> dict[Key, rules.Value]:
    """What stands, by pupil and sitting; one statement."""
    rows = Result.objects.filter(
        pupil__in=[pupil.pk for pupil in pupils], sitting__in=[sitting.pk for sitting in sittings]
    ).values_list("pupil", "sitting", "score", "mark")
    return {(pupil, sitting): rules.Value(score, mark) for pupil, sitting, score, mark in rows}


def before_of(sheet: Sheet) -> dict[int, dict[int, Decimal]]:
    """The scores of the point before, to see whether a column slid."""
    return queries.before([pupil.pk for pupil in sheet.pupils], sheet.sittings, point=sheet.point)


def _column(sitting: Sitting, label: str) -> GridColumn:
    scale = sitting.scale
    numeric = scale.kind in (rules.Kind.INTERVAL, rules.Kind.COUNT)
    hint = scale.name
    if scale.low is not None and scale.high is not None:
        hint += f", {rules.figure(scale.low)} to {rules.figure(scale.high)}"
    elif scale.steps:
        hint += f": {', '.join(scale.steps)}"
    letters = "; ".join(f"{letter} {words}" for letter, words in scale.letters.items())
    return GridColumn(sitting.pk, label, hint, letters, numeric, tuple(scale.steps) + tuple(scale.letters))


def _row(sheet: Sheet, pupil: Pupil, columns: Sequence[GridColumn], standing: Mapping[Key, rules.Value]) -> GridRow:
    cells: list[tuple[str, GridCell | None]] = []
    for column, sitting in zip(columns, sheet.sittings, strict=True):
        if not sheet.sits(pupil, sitting):
            cells.append((column.label, None))
            continue
        words = standing.get((pupil.pk, sitting.pk), rules.Value()).words
        cells.append((column.label, GridCell(
            cell_name((pupil.pk, sitting.pk)), f"{column.label}, {pupil.name}", words, words,
            choices=() if column.numeric else column.choices, numeric=column.numeric,
        )))  # fmt: skip
    describes = any(cell and cell.typed == "EM" for _, cell in cells)
    return GridRow(pupil.pk, pupil.name, tuple(cells), describes)


# --- What was typed ----------------------------------------------------------------------------------------------


def cells_of(sheet: Sheet, data: Mapping[str, str]) -> list[Cell]:
    """What a posted page says, for the cells of this sheet alone; a cell that the page did not have is left out."""
    found, was = [], _was(data.get("was", ""))
    for pupil in sheet.pupils:
        for sitting in sheet.sittings:
            name = cell_name((pupil.pk, sitting.pk))
            if name in data and sheet.sits(pupil, sitting):
                found.append(Cell(pupil.pk, sitting.pk, data[name], was.get(name, "")))
    return found


def _was(typed: str) -> dict[str, str]:
    """What the page had; nothing where that cannot be read, so that whatever stands is shown before it is written over."""
    try:
        found = json.loads(typed)
    except ValueError:
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}


def typed_again(
    page: GridPage, cells: Iterable[Cell], judged: Judged, warnings: Sequence[str], *, source: str, day: date | None
) -> GridPage:
    """The page with everything as it was typed, and a sentence at each cell that is wrong.

    Where a colleague saved in the meantime, what they saved is what now stood in the box: saving again means it.
    """
    by_name = {cell_name(cell.key): cell for cell in cells}
    sentences = {cell_name(key): reason for key, reason in judged.faults.items()}
    sentences |= {cell_name(key): _clash(now) for key, now in judged.clashes.items()}
    rows = tuple(
        replace(row, cells=tuple((head, _again(cell, by_name, sentences)) for head, cell in row.cells))
        for row in page.rows
    )
    names = {cell.name: row.name for row in rows for _, cell in row.cells if cell}
    faults = tuple((name, f"{names[name]}: {sentence}") for name, sentence in sentences.items() if name in names)
    return replace(page, rows=rows, faults=faults, warnings=tuple(warnings), source=source, day=day or page.day)


def _again(cell: GridCell | None, by_name: Mapping[str, Cell], sentences: Mapping[str, str]) -> GridCell | None:
    if cell is None or cell.name not in by_name:
        return cell
    typed = by_name[cell.name].typed
    sentence = sentences.get(cell.name, "")
    if not sentence and typed == by_name[cell.name].was and typed != cell.was:
        return cell  # left alone here, and changed by a colleague: theirs stands
    note = f"was {cell.was}" if cell.was and typed != cell.was else ""
    return replace(cell, typed=typed, fault=sentence, note="" if sentence else note)


def _clash(now: str) -> str:
    theirs = f"A colleague entered {now}" if now else "A colleague emptied this"
    return f"{theirs} while you had the page open. Save again to keep what you typed."


# --- What was pasted ----------------------------------------------------------------------------------------------


def seat_of(pupil: Pupil) -> placing.Seat:
    names = placing.names_of(pupil.given_name, pupil.liked_name, pupil.family_name, pupil.liked_family)
    return placing.Seat(pupil.pk, pupil.name, pupil.upn, pupil.born_on, names)


def columns_of(sheet: Sheet) -> list[placing.Column]:
    return [placing.Column(s.pk, sheet.labels[s.pk], headings_of(s)) for s in sheet.sittings]


def headings_of(sitting: Sitting) -> frozenset[str]:
    """Headings that mean a sitting: its subject by either name, with the season, the year or the kind of score."""
    point = sitting.point
    subjects = {fold(rules.SUBJECTS[sitting.subject]), sitting.subject, *_ALSO.get(sitting.subject, ())}
    season = rules.SEASON_WORDS[rules.Season(point.season)].casefold()
    year = point.due_on.year
    around = (
        "{0}", "{0} score", "{0} sas", "{0} standardised score", "{0} scaled score", "{0} result", "{1} {0}", "{0} {1}",
        "{1} {2} {0}", "{0} {1} {2}", "{3} {0}", "{0} {3}", "{0} {4}",
    )  # fmt: skip
    return frozenset(
        " ".join(shape.format(subject, season, year, fold(point.name), fold(sitting.scale.name)).split())
        for subject in subjects for shape in around
    ) | {fold(sitting.scale.name)}  # fmt: skip


_ALSO: Mapping[str, tuple[str, ...]] = {
    "maths": ("math", "mathematics"), "tables": ("mtc", "multiplication", "multiplication tables check"),
    "gps": ("spag", "grammar", "gaps"), "phonics": ("pho", "phonics check", "phonics screening check", "psc"),
    "reading": ("read", "ngrt", "pira"), "writing": ("write",),
}  # fmt: skip


def with_pasted(page: GridPage, block: str, *, first: int, on: date) -> GridPage | str:
    """The page with a pasted block put where it belongs, saved nowhere yet; a sentence when nothing could be placed."""
    rows = placing.lines_of(block)
    if not isinstance(rows, list):
        return rows.reason
    sheet = page.sheet
    seats, columns = [seat_of(pupil) for pupil in sheet.pupils], columns_of(sheet)
    placed = placing.place(rows, placing.look(rows, seats, columns, first=first), seats, on=on)
    cells = tuple(
        replace(row, cells=tuple((head, _from_block(cell, row.pupil, placed)) for head, cell in row.cells))
        for row in page.rows
    )
    return replace(page, rows=cells, placed=placed, source=rules.Source.PASTED)


def _from_block(cell: GridCell | None, pupil: int, placed: placing.Placed) -> GridCell | None:
    text = placed.cells.get((pupil, int(cell.name.rsplit("-", 1)[1]))) if cell else None
    if cell is None or text is None:
        return cell
    line = f"line {placed.lines[pupil]}"
    note = f"{line}, was {cell.was}" if cell.was and cell.was != text else line
    return replace(cell, typed=text[:40], note=note)
