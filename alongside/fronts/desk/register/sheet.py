"""The register as a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO

import xlsxwriter

from alongside.fronts.desk.register.filters import BY_NAME, GLYPHS
from alongside.fronts.desk.register.page import RegisterPage
from alongside.fronts.desk.register.rows import Row, stage_on
from alongside.law import codes

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_HEADS = (
    ("Pupil", 24), ("Class", 8), ("Year", 11), ("Status", 9), ("Since", 12), ("Need", 8), ("Main need", 40),
    ("Area", 14), ("Cycle", 7), ("Stage", 9), ("Next due", 12), ("Sessions held", 13), ("Sessions planned", 15),
    ("Key adult", 20), ("Last checked", 13), ("EAL", 6), ("Pupil premium", 13), ("Looked after", 12),
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Cell = str | int | date | None


def spreadsheet(page: RegisterPage) -> bytes:
    """What the page shows, one pupil a row, dates as dates. No cell holds a formula, whatever a name begins with."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "d mmm yyyy", "align": "left"})
    sheet = book.add_worksheet("SEN register")
    sheet.write_string(0, 0, f"SEN register, {page.school_name}, {page.on.day} {page.on:%B %Y}", bold)
    sheet.write_string(1, 0, safe(page.sentence))
    for column, (head, width) in enumerate(_HEADS):
        sheet.set_column(column, column, width)
        sheet.write_string(3, column, head, bold)
    for number, row in enumerate(page.rows, start=4):
        for column, cell in enumerate(cells(row, page.on, live=page.live)):
            if isinstance(cell, date):
                sheet.write_datetime(number, column, cell, day)
            elif isinstance(cell, int):
                sheet.write_number(number, column, cell)
            elif cell:
                sheet.write_string(number, column, safe(cell))
    sheet.freeze_panes(4, 1)
    sheet.autofilter(3, 0, 3 + max(1, len(page.rows)), len(_HEADS) - 1)
    book.close()
    return target.getvalue()


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula, even after it was saved as CSV and opened again."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def cells(row: Row, on: date, *, live: bool) -> Sequence[Cell]:
    """A row's cells, in the order of the heads."""
    step = stage_on(row, on)
    return (
        row.name, row.class_name, codes.year_words(row.nc_year), row.code or "N", row.since, row.need,
        codes.NEED_TYPES.words(row.need) if row.need else None,
        BY_NAME["area"].words[GLYPHS[row.area]] if row.area else None, row.cycle, step.value if step else None,
        row.due if live else None, row.held if live else None, row.planned if live else None, row.adult_name,
        row.checked, _yes(row.eal), _yes(row.pupil_premium), _yes(row.in_care),
    )  # fmt: skip


def _yes(answer: bool | None) -> str | None:
    return {True: "Yes", False: "No"}.get(answer) if answer is not None else None
