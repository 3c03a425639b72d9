"""Word documents that a school can go on editing: real heading styles, header rows, language.

Pure: what is handed in goes in as text, so that nothing anybody typed is read as mark-up. The faces are ones that
every school computer has.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LANGUAGE = "en-GB"
_TEXT, _VOICE = "Arial", "Georgia"
_HEADINGS = (("Heading 1", 22.0), ("Heading 2", 14.0), ("Heading 3", 12.0))
# XML has no place for these; a browser lets people paste them.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class Word:
    """A document that is written from top to bottom.

    >>> paper = Word("Support plan", author="Oakfield Primary School", made=now)
    >>> paper.heading("Kuba"); paper.lines(["Builds models"]); paper.content()
    """

    def __init__(self, title: str, *, author: str, made: datetime, size: float = 11.0) -> None:
        self._document = Document()
        self._set_up(size)
        about = self._document.core_properties
        about.title, about.author, about.last_modified_by = clean(title), clean(author), clean(author)
        about.language, about.comments, about.revision = _LANGUAGE, "", 1
        about.created = about.modified = made.astimezone(UTC).replace(tzinfo=None)

    def heading(self, text: str, level: int = 1) -> None:
        self._document.add_heading(clean(text), level)

    def text(self, text: str, *, bold: str = "") -> None:
        """A paragraph for each line of the text; `bold` is what stands in front of the first."""
        for number, line in enumerate(line for line in clean(text).splitlines() if line.strip()):
            paragraph = self._document.add_paragraph()
            if bold and not number:
                paragraph.add_run(f"{clean(bold)} ").bold = True
            paragraph.add_run(line.strip())

    def lines(self, items: Sequence[str]) -> None:
        """A list, one thing a line."""
        for item in items:
            self._document.add_paragraph(clean(item), style="List Bullet")

    def voice(self, words: str, by: str) -> None:
        """What somebody said, in the face kept for voices, and who said it and how."""
        for line in clean(words).splitlines():
            if line.strip():
                self._document.add_paragraph(line.strip(), style="Voice").paragraph_format.keep_with_next = True
        self._document.add_paragraph(clean(by), style="Who said it")

    def table(self, about: str, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
        """A table whose first row heads every page and whose rows are not split; `widths` in millimetres.

        `about` is read to those who do not see it.
        """
        table = self._document.add_table(rows=1, cols=len(heads), style="Table Grid")
        table.autofit = False
        _add(table._tbl.tblPr, "w:tblCaption", val=clean(about))
        for cell, head in zip(table.rows[0].cells, heads, strict=True):
            cell.paragraphs[0].add_run(clean(head)).bold = True
        _add(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader", val="true")
        for row in rows:
            for cell, value in zip(table.add_row().cells, row, strict=True):
                cell.text = clean(value)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for row in table.rows:
            _add(row._tr.get_or_add_trPr(), "w:cantSplit", val="true")
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Mm(width)
                cell.paragraphs[-1].paragraph_format.space_after = Pt(2)
        self._document.add_paragraph()

    def foot(self, text: str) -> None:
        """What stands at the foot of every page, and the number of the page."""
        paragraph = self._document.sections[0].footer.paragraphs[0]
        paragraph.add_run(f"{clean(text)} Page ")
        _field(paragraph, "PAGE")
        paragraph.add_run(" of ")
        _field(paragraph, "NUMPAGES")

    def content(self) -> bytes:
        """The finished file."""
        target = BytesIO()
        self._document.save(target)
        return target.getvalue()

    def _set_up(self, size: float) -> None:
        page = self._document.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(18)
        styles = self._document.styles
        for language in styles.element.iter(qn("w:lang")):
            language.set(qn("w:val"), _LANGUAGE)
            language.set(qn("w:eastAsia"), _LANGUAGE)
        _face(styles["Normal"], _TEXT, size)
        styles["Normal"].paragraph_format.space_after = Pt(size * 0.5)
        for name, points in _HEADINGS:
            _face(styles[name], _TEXT, points * size / 11)
            styles[name].font.bold = True
            styles[name].font.color.rgb = RGBColor(0, 0, 0)
        _face(styles["Footer"], _TEXT, 8)
        voice = styles.add_style("Voice", WD_STYLE_TYPE.PARAGRAPH)
        voice.base_style = styles["Normal"]
        _face(voice, _VOICE, size * 1.2)
        voice.paragraph_format.left_indent = Mm(4)
        _stroke(voice)
        said = styles.add_style("Who said it", WD_STYLE_TYPE.PARAGRAPH)
        said.base_style = styles["Normal"]
        _face(said, _TEXT, size * 0.85)
        said.paragraph_format.left_indent = Mm(4)
        _stroke(said)


def clean(text: str) -> str:
    """Text without the control characters that XML refuses."""
    return _ILLEGAL.sub("", text)


def _face(style: Any, name: str, points: float) -> None:
    """Give a style a face and a size, whatever its theme says."""
    style.font.name, style.font.size = name, Pt(round(points * 2) / 2)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        if "heme" in attribute:
            del fonts.attrib[attribute]
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), name)


def _stroke(style: Any) -> None:
    """The stroke beside quoted words."""
    borders = OxmlElement("w:pBdr")
    _add(borders, "w:left", val="single", sz="24", space="8", color="000000")
    style.element.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl"
    )


def _field(paragraph: Any, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _add(parent: Any, tag: str, **attributes: str) -> None:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
