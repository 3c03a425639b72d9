"""Charts: what is drawn is what the table says, and nothing typed can get out of its place."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.design.charts import Chart, Dot, Line, Ratio, funnel, over_time, ratios, ticks

SVG = "{http://www.w3.org/2000/svg}"
LIMITS = [(10, 0.0, 0.5, 0.0, 0.7), (500, 0.1, 0.2, 0.05, 0.25)]


def a_line_chart(name: str = "Kuba") -> Chart:
    lines = [Line(name, [100.0, None, 80.0], error=9), Line("Peers", [100.0, 101.0, 100.0], dashed=True)]
    return over_time(f"{name} and peers", "3 tests", ["Aut 24", "Aut 25", "Aut 26"], lines)


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=30))
def test_a_name_cannot_get_out_of_its_place(name: str) -> None:
    drawing = ElementTree.fromstring(str(a_line_chart(name).svg))
    assert not [one.tag for one in drawing.iter() if "script" in one.tag.lower()]
    assert drawing.findtext(f"{SVG}title") == f"{name} and peers"


def test_a_drawing_has_its_words_and_a_dot_for_each_score() -> None:
    chart = a_line_chart()
    drawing = ElementTree.fromstring(str(chart.svg))
    assert drawing.get("role") == "img" and "3 tests" in (drawing.get("aria-label") or "")
    assert len(drawing.findall(f"{SVG}circle")) == 2 and len(drawing.findall(f"{SVG}polygon")) == 1
    assert chart.heads == ("When", "Kuba", "Peers", "Error, points")
    assert chart.rows[1] == ("Aut 25", "", "101", "±9"), "no score is drawn where there is none"


@pytest.mark.parametrize("name", ["=1+1", "@cmd", "\t=1", "-x"])
def test_a_name_at_the_head_of_the_figures_is_no_formula(name: str) -> None:
    head = next(csv.reader(io.StringIO(a_line_chart(name).csv())))
    assert head == ["When", f"'{name}", "Peers", "Error, points"]


def test_higher_is_higher_and_later_is_further_right() -> None:
    first, last = ElementTree.fromstring(str(a_line_chart().svg)).findall(f"{SVG}circle")
    assert float(first.get("cx", 0)) < float(last.get("cx", 0)) and float(first.get("cy", 0)) < float(last.get("cy", 0))


def test_a_funnel_links_only_where_the_reader_may_look() -> None:
    chart = funnel("Share", "2 schools", [Dot("Elm", 100, 0.1, "/elm/"), Dot("Ash", 400, 0.2)], 0.15, LIMITS)
    links = ElementTree.fromstring(str(chart.svg)).findall(f"{SVG}a")
    assert [link.get("href") for link in links] == ["/elm/"]
    assert chart.rows == (("Ash", "400", "20%"), ("Elm", "100", "10%")), "by name, never by rank"


def test_too_few_is_said_and_not_drawn() -> None:
    chart = ratios("Ratios", "all", [Ratio("EAL", 1.5, 1.1, 2.0), Ratio("Other", None)])
    drawing = ElementTree.fromstring(str(chart.svg))
    assert len(drawing.findall(f"{SVG}circle")) == 1 and "too few to say" in "".join(drawing.itertext())
    assert chart.rows[1] == ("Other", "too few to say", "")


def test_a_saved_table_is_no_formula() -> None:
    chart = Chart("T", "s", a_line_chart().svg, ("A",), (("=1+1",), ("-3",), ("@x",), ("Elm",)))
    assert [row[0] for row in csv.reader(io.StringIO(chart.csv()))] == ["A", "'=1+1", "-3", "'@x", "Elm"]


@given(st.floats(-1e4, 1e4), st.floats(0, 1e4))
def test_ticks_span_what_they_are_for(low: float, span: float) -> None:
    marks = ticks(low, low + span)
    assert marks[0] <= low + 1e-6 and marks[-1] >= low + span - 1e-6
    assert 2 <= len(marks) <= 12 and marks == sorted(marks)


@pytest.mark.parametrize("values", [[100.0, 100.0], [0.0, 0.0], [5.0]])
def test_equal_scores_are_drawn_too(values: list[float]) -> None:
    assert over_time("T", "s", [str(n) for n in range(len(values))], [Line("A", values)]).svg
