"""The statement on paper: of any day, as PDF and as Word, with what each state rests on and no name."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.apps import apps
from docx import Document as read_word

from alongside.areas.duties import actions, papers
from alongside.areas.duties.models import Standing
from tests.people import SEPTEMBER, TODAY, World, a_person, a_post, a_pupil

DAY = timedelta(days=1)
AT = datetime.fromisoformat("2026-11-23T10:30:00+00:00")


@pytest.fixture
def told(world: World) -> World:
    apps.get_model("register", "Status").objects.create(
        pupil=a_pupil(world.oakfield, "Kuba", "Zielak"), school=world.oakfield, code="K", since=SEPTEMBER
    )
    world.people["gov"] = a_person("Gov", "Lowe")
    a_post(world.gov, "governor", world.oakfield)
    actions.refresh(schools=[world.oakfield.pk], on=TODAY)
    return world


def words_of_word(body: bytes) -> str:
    document = read_word(BytesIO(body))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_word_document_says_how_each_state_was_proved(told: World, as_: Any) -> None:
    answer = as_(told.hari).get(f"/duties/statement/{told.oakfield.pk}/word/")
    words = words_of_word(answer.content)
    assert "Duty statement, Oakfield Primary School" in words and "are proved by records" in words
    assert "Designate a teacher as SENCO (S02-08)" in words and "Records" in words and "Section 19" in words
    assert answer["Content-Disposition"].startswith('attachment; filename="duty-statement-')


@pytest.mark.django_db
def test_it_is_of_the_day_that_is_asked_for(told: World) -> None:
    Standing.objects.filter(duty="S02-08", school=told.oakfield).update(
        since=TODAY - 40 * DAY, until=TODAY - 10 * DAY, state="overdue"
    )
    paper = papers.statement_paper(told.actor("hari"), told.oakfield.pk, of=TODAY - 20 * DAY, on=TODAY, at=AT)
    rows = {row[0]: row[1] for section in paper.sections for row in section.rows}
    assert rows == {"Designate a teacher as SENCO (S02-08)": "Overdue"}
    assert "3 November 2026" in paper.line
    words = words_of_word(papers.statement_word(paper))
    assert "Printed by" in papers.statement_word(paper).decode("latin-1") or "Overdue" in words


@pytest.mark.parametrize("who", ["gov", "hari"])
@pytest.mark.django_db
def test_no_name_stands_in_it_whoever_prints_it(told: World, who: str) -> None:
    paper = papers.statement_paper(told.actor(who), told.oakfield.pk, of=TODAY, on=TODAY, at=AT)
    assert "Zielak" not in repr(paper)
    figures = next(row[3] for section in paper.sections for row in section.rows if "(S00-23)" in row[0])
    assert ("1 at risk" in figures) is (who == "hari")


def test_the_pdf_is_one_and_another_schools_is_closed(told: World, as_: Any) -> None:
    answer = as_(told.gov).get(f"/duties/statement/{told.oakfield.pk}/pdf/?on=2026-11-23")
    assert answer.content.startswith(b"%PDF-")
    for form in ("pdf", "word"):
        assert as_(told.chloe).get(f"/duties/statement/{told.oakfield.pk}/{form}/").status_code == 404
