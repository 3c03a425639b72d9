"""CSV and Excel tables as pupil records: headings matched to fields, one pupil from one row or several."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from alongside.fronts.exchange import words
from alongside.fronts.exchange.record import (
    Address,
    FileHeader,
    Item,
    LanguageRecord,
    Phone,
    PupilRecord,
    SenNeed,
    SenPeriod,
    Unit,
)
from alongside.fronts.exchange.table import headings
from alongside.fronts.exchange.table.headings import Match
from alongside.fronts.exchange.values import Desk
from alongside.fronts.exchange.words import field_words, plain
from alongside.kit.tables import delimited, sheet
from alongside.kit.tables.cells import shown, tidy
from alongside.kit.tables.faults import Fault, Severity, Unreadable

TITLE_ROWS = 15  # a report may have a title above its headings
SAMPLE = 50
_SEN_FIELDS = frozenset(
    {"sen_provision", "sen_start", "sen_end", "sen_unit", "sen_resourced", "need_type", "need_rank", "need_start",
     "need_end", "primary_need", "secondary_need"}
)  # fmt: skip

Columns = Mapping[str, str]  # heading → field; '' leaves the column out


@dataclass(frozen=True, slots=True)
class Table:
    """A table before it is read: how it is written, its headings and what each is taken for."""

    path: Path
    dialect: delimited.Dialect | None  # None for a workbook
    heading_line: int
    headings: tuple[str, ...]
    matches: tuple[Match, ...]

    @property
    def unit(self) -> Unit:
        return Unit.LINE if self.dialect else Unit.ROW

    @property
    def signature(self) -> str:
        """The same for every file with these headings: a saved mapping is found again by it."""
        return hashlib.sha256("\n".join(self.headings).casefold().encode()).hexdigest()

    @property
    def columns(self) -> dict[str, str]:
        return {match.heading: match.field for match in self.matches}

    def rows(self) -> Iterator[delimited.Row]:
        """The rows below the headings."""
        return (row for row in _rows(self.path, self.dialect) if row[0] > self.heading_line)


def look(path: Path, *, workbook: bool) -> Table:
    """Find a table's headings and propose what they mean. Raises Unreadable when it has none."""
    dialect = None if workbook else delimited.sniff(path)
    head = list(islice(_rows(path, dialect), TITLE_ROWS + SAMPLE))
    if not head:
        raise Unreadable("The file is empty.")
    at = _heading_row(head)
    line, cells = head[at]
    if len(cells) > sheet.MOST_COLUMNS:
        raise Unreadable(f"The row of headings has more than {sheet.MOST_COLUMNS} columns.", line=line)
    names = headings.unique_headings(cells)
    samples = [row for _, row in head[at + 1 : at + 1 + SAMPLE]]
    return Table(path, dialect, line, names, headings.propose(names, samples))


def _rows(path: Path, dialect: delimited.Dialect | None) -> Iterator[delimited.Row]:
    return delimited.rows(path, dialect) if dialect else sheet.rows(path)


def _heading_row(head: Sequence[delimited.Row]) -> int:
    """The row that names most known fields; else the first with two words side by side."""
    scores = [headings.known(cells) for _, cells in head[:TITLE_ROWS]]
    best = max(scores)
    if best > 1:
        return scores.index(best)
    for at, (_, cells) in enumerate(head[:TITLE_ROWS]):
        filled = [cell for cell in cells if cell.strip()]
        if len(filled) > 1 and not any(letter.isdigit() for cell in filled for letter in cell[:40]):
            return at
    raise Unreadable(
        "None of the first rows names its columns. The file needs a row of headings, such as UPN, Surname, "
        "Forename, Date of Birth, Year and SEN Status.",
        line=head[0][0],
    )


def read_table(table: Table, *, on: date, columns: Columns | None = None, kind: str = "table") -> Iterator[Item]:
    """The table's pupils. `columns` overrides what was proposed, heading by heading.

    Rows that stand together and carry the same UPN (or, without one, the same MIS number) are one pupil
    with several needs. Raises Unreadable when nothing could be keyed, or half-way for an unsound file.
    """
    chosen = chosen_columns(table, columns or {})
    place = {field: at for at, heading in enumerate(table.headings) if (field := chosen[heading])}
    named = ("surname" in place and "forename" in place) or "full_name" in place
    yield FileHeader(kind=kind, unit=table.unit, updates_only=not named,
                     version=table.dialect.encoding if table.dialect else "xlsx")  # fmt: skip
    yield from _doubts(table, chosen)
    epoch = None if table.dialect else sheet.epoch(table.path)
    reader = _Reader(table, place, epoch)
    yield from reader.items()


def ready(table: Table) -> bool:
    """True when nobody has to look at the columns: each is certain, and there is a number and a name."""
    fields = {match.field for match in table.matches}
    named = {"surname", "forename"} <= fields or "full_name" in fields
    return named and bool({"upn", "mis_id"} & fields) and all(match.sure for match in table.matches)


def chosen_columns(table: Table, columns: Columns) -> dict[str, str]:
    """What was proposed, heading by heading, with a person's overrides.

    Raises Unreadable for a heading or a field that does not exist, and when nothing could tell pupils apart.
    """
    chosen = _overridden(table, columns)
    if not {"upn", "mis_id"} & set(chosen.values()):
        raise Unreadable(
            "No column holds the UPN or the MIS's own number of the pupil. Pupils are never matched by name: add "
            "the UPN to the report.",
            line=table.heading_line,
        )
    return chosen


def _overridden(table: Table, columns: Columns) -> dict[str, str]:
    by_plain = {plain(heading): heading for heading in table.headings}
    chosen = table.columns
    for heading, field in columns.items():
        if plain(heading) not in by_plain:
            raise Unreadable(
                f"There is no column '{shown(heading)}'. The columns are: {', '.join(table.headings[:40])}.",
                line=table.heading_line,
            )
        if field and field not in headings.FIELDS:
            raise Unreadable(f"'{shown(field)}' is not a field. Choose one of: {', '.join(headings.FIELDS)}.")
        for other in [name for name, taken in chosen.items() if field and taken == field]:
            chosen[other] = ""
        chosen[by_plain[plain(heading)]] = field
    return chosen


def _doubts(table: Table, chosen: Mapping[str, str]) -> Iterator[Fault]:
    for match in table.matches:
        if match.field and chosen[match.heading] == match.field and not match.sure:
            yield Fault(
                table.heading_line, match.field,
                f"The column '{shown(match.heading)}' was taken for the {field_words(match.field)}. Check that it is.",
                Severity.WARN,
            )  # fmt: skip


Cells = Mapping[str, str]


class _Reader:
    """Walks the rows, keeps those of one pupil together, and makes a record of them."""

    def __init__(self, table: Table, place: Mapping[str, int], epoch: date | None) -> None:
        self._table, self._place, self._epoch = table, place, epoch
        self._ordinal = 0

    def items(self) -> Iterator[PupilRecord | Fault]:
        together: list[tuple[int, Cells]] = []
        key: object = None
        for line, cells in self._table.rows():
            wrong = self._row_fault(line, cells)
            if wrong is not None:
                yield wrong
                continue
            row = {field: cells[at] for field, at in self._place.items() if at < len(cells) and cells[at].strip()}
            if not row:
                continue
            this = tidy(row.get("upn") or row.get("mis_id"))
            if together and (this is None or this != key):
                yield self._pupil(together)
                together = []
            together.append((line, row))
            key = this
        if together:
            yield self._pupil(together)

    def _row_fault(self, line: int, cells: Sequence[str]) -> Fault | None:
        width, unit = len(self._table.headings), self._table.unit.value
        if any(cell.strip() for cell in cells[width:]):
            return Fault(
                line, "row",
                f"This {unit} has {len(cells)} cells, but there are {width} headings: a comma inside a name or an "
                "address may lack its quotation marks, so nothing of it is read.",
            )  # fmt: skip
        for field, at in self._place.items():
            if at < len(cells) and isinstance(cells[at], sheet.Formula):
                return Fault(
                    line, field,
                    f"The cell in row {line} under '{self._table.headings[at]}' holds a formula or an error "
                    f"({shown(cells[at])}), not a value. Paste the column as values, then save the workbook again.",
                )  # fmt: skip
        return None

    def _pupil(self, together: Sequence[tuple[int, Cells]]) -> PupilRecord:
        self._ordinal += 1
        line, first = together[0]
        desk = Desk(line, epoch=self._epoch)
        surname, forename = _names(desk, first)
        periods: list[SenPeriod] = []
        needs: list[SenNeed] = []
        for at, (row_line, row) in enumerate(together):
            if at:
                _must_agree(desk, line, first, row_line, row)
            _sen(desk, row_line, row, periods, needs)
        return PupilRecord(
            line=line,
            ordinal=self._ordinal,
            upn=desk.upn("upn", first.get("upn")),
            former_upn=desk.upn("former_upn", first.get("former_upn")),
            mis_id=desk.text("mis_id", first.get("mis_id")),
            uln=desk.text("uln", first.get("uln")),
            surname=surname,
            forename=forename,
            middle_names=desk.text("middle_names", first.get("middle_names")),
            preferred_surname=desk.text("preferred_surname", first.get("preferred_surname")),
            preferred_forename=desk.text("preferred_forename", first.get("preferred_forename")),
            born_on=desk.date("born_on", first.get("born_on"), refuse=True),
            sex=desk.word("sex", first.get("sex"), words.SEX),
            nc_year=desk.year("nc_year", first.get("nc_year")),
            group=desk.text("group", first.get("group")),
            ethnicity=desk.word("ethnicity", first.get("ethnicity"), words.ETHNICITY),
            languages=_languages(desk, first.get("language")),
            eal=desk.yes_no("eal", first.get("eal")),
            enrol_status=desk.word("enrol_status", first.get("enrol_status"), words.ENROL_STATUS),
            entered_on=desk.date("entered_on", first.get("entered_on")),
            left_on=desk.date("left_on", first.get("left_on")),
            fsm=desk.yes_no("fsm", first.get("fsm")),
            fsm_ever_6=desk.yes_no("fsm_ever_6", first.get("fsm_ever_6")),
            pupil_premium=desk.yes_no("pupil_premium", first.get("pupil_premium")),
            in_care=desk.yes_no("in_care", first.get("in_care")),
            ever_in_care=desk.yes_no("ever_in_care", first.get("ever_in_care")),
            service_child=desk.word("service_child", first.get("service_child"), words.SERVICE),
            sen=tuple(periods) or None,
            needs=tuple(needs) or None,
            address=_address(desk, first),
            phones=_phones(desk, first.get("phone")),
            email=desk.text("email", first.get("email")),
            attendance_percent=desk.percent("attendance_percent", first.get("attendance_percent")),
            faults=tuple(desk.faults),
        )


def _names(desk: Desk, row: Cells) -> tuple[str | None, str | None]:
    surname, forename = desk.text("surname", row.get("surname")), desk.text("forename", row.get("forename"))
    whole = desk.text("full_name", row.get("full_name"))
    if whole is None or surname or forename:
        return surname, forename
    before, comma, after = whole.partition(",")
    if not comma or not before.strip() or not after.strip():
        desk.fault("full_name", f"'{shown(whole)}' does not show which part is the surname. Write 'Surname, "
                   "Forename', or use two columns.", refuse=True)  # fmt: skip
        return None, None
    return before.strip(), after.strip()


def _must_agree(desk: Desk, line: int, first: Cells, other_line: int, other: Cells) -> None:
    """Rows of one pupil may differ in SEN columns only; a row that adds nothing is named."""
    for field in sorted(first.keys() | other.keys()):
        one, two = tidy(first.get(field)), tidy(other.get(field))
        if field not in _SEN_FIELDS and one != two:
            desk.fault(
                field,
                f"Lines {line} and {other_line} carry the same UPN or number, but one says "
                f"'{shown(one or 'nothing')}' and the other '{shown(two or 'nothing')}' for the {field_words(field)}.",
                refuse=True,
                line=other_line,
            )
    if first == other:
        desk.fault("row", f"Line {other_line} says the same as line {line} again.", line=other_line)


def _sen(desk: Desk, line: int, row: Cells, periods: list[SenPeriod], needs: list[SenNeed]) -> None:
    provision = desk.word("sen_provision", row.get("sen_provision"), words.SEN_PROVISION, line=line)
    if provision:
        period = SenPeriod(
            provision=provision,
            start=desk.date("sen_start", row.get("sen_start"), refuse=True, line=line),
            end=desk.date("sen_end", row.get("sen_end"), refuse=True, line=line),
            unit=desk.yes_no("sen_unit", row.get("sen_unit"), line=line),
            resourced=desk.yes_no("sen_resourced", row.get("sen_resourced"), line=line),
        )
        if period not in periods:
            periods.append(period)
    start = desk.date("need_start", row.get("need_start"), refuse=True, line=line)
    end = desk.date("need_end", row.get("need_end"), refuse=True, line=line)
    for field, rank in (("need_type", _rank(desk, row, line)), ("primary_need", 1), ("secondary_need", 2)):
        for at, code in enumerate(_need_codes(desk, field, row.get(field), line)):
            need = SenNeed(code=code, rank=None if rank is None else rank + at, start=start, end=end)
            if need not in needs:
                needs.append(need)


def _rank(desk: Desk, row: Cells, line: int) -> int | None:
    if row.get("need_rank"):
        return desk.whole("need_rank", row.get("need_rank"), line=line)
    several = len(_parts(row.get("need_type") or "")) > 1
    return 1 if several else None


def _need_codes(desk: Desk, field: str, text: str | None, line: int) -> list[str]:
    """The codes in a cell: one word, or several known words after one another ('ASD; SLCN')."""
    if not text:
        return []
    found = [desk.word(field, part, words.NEED_TYPE, line=line) for part in _parts(text)]
    return [code for code in found if code]


def _parts(text: str) -> list[str]:
    if plain(text) in words.NEED_TYPE:
        return [text]
    for separator in (";", "|", ",", "/"):
        parts = [part for part in text.split(separator) if part.strip()]
        if len(parts) > 1 and all(plain(part) in words.NEED_TYPE for part in parts):
            return parts
    return [text]


def _languages(desk: Desk, text: str | None) -> tuple[LanguageRecord, ...] | None:
    value = desk.text("language", text)
    if value is None:
        return None
    code = words.LANGUAGE.get(plain(value))
    if code is None and len(value) in (3, 4) and value.isalpha():
        code = value.upper()  # the national list has hundreds; one that is not in ours is kept as given
    if code is None:
        code = desk.word("language", value, words.LANGUAGE)
    return (LanguageRecord(code=code, kind="F"),) if code else None


def _address(desk: Desk, row: Cells) -> Address | None:
    line, postcode = desk.text("address", row.get("address")), desk.text("postcode", row.get("postcode"))
    return Address(lines=(line,) if line else (), postcode=postcode) if line or postcode else None


def _phones(desk: Desk, text: str | None) -> tuple[Phone, ...] | None:
    number = tidy(text)
    return (Phone(number=number[:40]),) if number else None
