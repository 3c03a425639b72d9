"""Word documents, read back with python-docx."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from docx import Document
from docx.oxml.ns import qn

from alongside.base.documents.word import Word, clean
from alongside.kit.time import LONDON

MADE = datetime(2026, 11, 23, 7, 48, tzinfo=LONDON)


def a_document() -> Word:
    word = Word("Support plan, Kuba", author="Oakfield Primary School", made=MADE)
    word.heading("Kuba")
    word.text("First line\n\nSecond line", bold="Led by:")
    word.heading("Outcomes", 2)
    rows = [("Tells a story", "3 of 6"), ("Asks <b>for</b> help", "Once")]
    word.table("The outcomes", ("Outcome", "Now"), rows, (60, 40))
    word.lines(["One", "Two"])
    word.voice("I like building.\nAnd my dog.", "Kuba, alone")
    word.foot("Version 6.")
    return word


def styled(content: bytes) -> list[tuple[str, str]]:
    """The paragraphs of a Word document that say something: style and words."""
    return [(p.style.name or "", p.text) for p in Document(BytesIO(content)).paragraphs if p.text and p.style]


def test_it_has_real_headings_lists_and_voices() -> None:
    found = styled(a_document().content())
    assert found == [
        ("Heading 1", "Kuba"), ("Normal", "Led by: First line"), ("Normal", "Second line"), ("Heading 2", "Outcomes"),
        ("List Bullet", "One"), ("List Bullet", "Two"), ("Voice", "I like building."), ("Voice", "And my dog."),
        ("Who said it", "Kuba, alone"),
    ]  # fmt: skip


def test_the_first_row_of_a_table_heads_every_page_and_it_says_what_it_is() -> None:
    table = Document(BytesIO(a_document().content())).tables[0]
    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert heads == [True, False, False]
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "The outcomes"
    assert table.cell(2, 0).text == "Asks <b>for</b> help", "mark-up that somebody typed stays text"


def test_it_says_its_language_and_whose_it_is() -> None:
    document = Document(BytesIO(a_document().content()))
    about = document.core_properties
    assert (about.title, about.author, about.language) == ("Support plan, Kuba", "Oakfield Primary School", "en-GB")
    assert about.created == datetime(2026, 11, 23, 7, 48, tzinfo=about.created.tzinfo)
    assert {tag.get(qn("w:val")) for tag in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    assert "Version 6." in document.sections[0].footer.paragraphs[0].text
    fields = [f.get(qn("w:instr")) for f in document.sections[0].footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    page = document.sections[0]
    assert page.page_width and page.page_height
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297), "A4"


def test_what_xml_cannot_hold_is_left_out() -> None:
    assert clean("a\x00b\x0bc\ud800d\te\nf") == "abcd\te\nf"
    word = Word("T\x1f", author="A\x02", made=MADE)
    word.text("x\x0cy")
    assert Document(BytesIO(word.content())).paragraphs[0].text == "xy"
