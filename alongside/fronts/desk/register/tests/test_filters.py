"""Filters, counts, views and order: pure functions over rows. No database."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.fronts.desk.register import filters
from alongside.fronts.desk.register.filters import GROUPS, SORTS, Asked, Day
from alongside.fronts.desk.register.rows import Row, stage_on

ON = date(2026, 11, 23)
DAY = Day(ON, date(2026, 9, 2))
BLANK = Row(
    pupil=1, liked_name="", given_name="Kuba", liked_family="", family_name="Kowalski", class_name="4W", nc_year="4",
    language="POL", eal=None, pupil_premium=None, in_care=None, code="K", since=date(2026, 1, 5), need="SLCN",
    area="C&I", checked=None, concern=None, cycle=None, opened_on=None, assessed_on=None,
    started_on=None, reviewed_on=None, closed_on=None, has_line=True, planned=None, held=None, clock=None, due=None,
    counted_from=None, ends=None, adult="", title=None, given=None, family=None,
)  # fmt: skip

ROWS = [
    BLANK._replace(pupil=1, checked=date(2026, 11, 12), adult="7", title="Mrs", given="Tess", family="Iqbal", eal=True),
    BLANK._replace(pupil=2, code="E", need="ASD", checked=date(2026, 7, 2), nc_year="6", class_name="6A", ends=ON),
    BLANK._replace(pupil=3, need=None, area=None, has_line=False, concern=9),
    BLANK._replace(pupil=4, code=None, since=None, need=None, area=None, has_line=False, concern=8),
    BLANK._replace(pupil=5, area="SEMH", need="SEMH", ends=ON + timedelta(days=28), due=ON, clock="GA-06"),
]


def picked(query: str, day: Day = DAY) -> list[int]:
    return [row.pupil for row in Asked.parse(query).pick(ROWS, day)]


@pytest.mark.parametrize(
    ("query", "pupils"),
    [
        ("", [1, 2, 3, 5]), ("status=K", [1, 3, 5]), ("status=E", [2]), ("status=N", [3, 4]),
        ("status=E&status=N", [2, 3, 4]), ("area=feelings", [5]), ("area=none", [3]), ("checked=term", [1]),
        ("checked=before&checked=never", [2, 3, 5]), ("todo=provision", [3]), ("todo=ending", [2, 5]),
        ("year=6", [2]), ("class=4W&status=E", []), ("adult=7", [1]), ("more=eal", [1]), ("language=POL", [1, 2, 3, 5]),
        ("weather=wet", [1, 2, 3, 5]), ("sort=nonsense", [1, 2, 3, 5]),
    ],
)  # fmt: skip
def test_filters_answer_every_question(query: str, pupils: list[int]) -> None:
    assert picked(query) == pupils


@pytest.mark.parametrize(
    ("query", "pupils"),
    [
        ("sort=-name", [5, 3, 2, 1]), ("sort=status", [2, 1, 3, 5]), ("sort=checked", [3, 5, 2, 1]),
        ("sort=-checked", [1, 2, 3, 5]), ("sort=next", [5, 1, 2, 3]), ("sort=class", [1, 3, 5, 2]),
        ("sort=adult", [1, 2, 3, 5]),
    ],
)  # fmt: skip
def test_columns_sort_both_ways(query: str, pupils: list[int]) -> None:
    assert picked(query) == pupils


def test_the_past_asks_nothing_of_what_waits_now() -> None:
    assert picked("todo=provision", Day(ON, DAY.term_began, live=False)) == []


def test_counts_come_from_one_pass_over_the_rows() -> None:
    counted = filters.counts(ROWS, DAY)
    assert dict(counted["status"]) == {"K": 3, "E": 1, "N": 2}
    assert dict(counted["area"]) == {"communication": 2, "none": 1, "feelings": 1}
    assert dict(counted["checked"]) == {"term": 1, "before": 1, "never": 2}
    assert sum(counted["year"].values()) == 4, "a pupil who is not on the register is counted under status alone"


VALUES = {
    "status": list("KEN"), "area": ["communication", "none"], "checked": ["term", "never"], "todo": ["provision"],
    "year": ["4", "6"], "class": ["4W"], "adult": ["7"], "language": ["POL"], "more": ["eal", "pp"],
}  # fmt: skip
ASKED = st.builds(
    lambda chosen, sort, backwards: Asked(
        tuple((g.name, frozenset(chosen[g.name])) for g in GROUPS if chosen[g.name]), sort, backwards
    ),
    st.fixed_dictionaries({g.name: st.sets(st.sampled_from(VALUES[g.name])) for g in GROUPS}),
    st.sampled_from(sorted(SORTS)),
    st.booleans(),
)


@given(ASKED)
def test_a_view_comes_back_from_its_address(asked: Asked) -> None:
    assert Asked.parse(asked.query()) == asked
    assert parse_qs(asked.query()) == {k: v for k, v in parse_qs(asked.query()).items() if k in VALUES or k == "sort"}


@given(ASKED)
def test_a_filter_only_takes_away_and_never_doubles(asked: Asked) -> None:
    found = [row.pupil for row in asked.pick(ROWS, DAY)]
    assert len(found) == len(set(found)) and set(found) <= {row.pupil for row in ROWS}


@given(ASKED)
def test_a_count_is_that_of_the_rows_picked(asked: Asked) -> None:
    assert asked.how_many(ROWS, DAY, filters.counts(ROWS, DAY)) == len(asked.pick(ROWS, DAY))


@given(ASKED, st.sampled_from(sorted(SORTS)))
def test_pressing_a_head_twice_turns_the_order(asked: Asked, column: str) -> None:
    once = asked.sorted_by(column)
    assert once.sort == column
    assert once.sorted_by(column).backwards is not once.backwards


def test_built_in_views_follow_what_may_be_known() -> None:
    names = [name for name, _ in filters.built_in(ON, concerns=True, live=True)]
    assert names == [
        "All on register", "Not checked this term", "EHC plans", "No provision yet", "Review by 21 Dec", "Open concern",
    ]  # fmt: skip
    assert "Open concern" not in dict(filters.built_in(ON, concerns=False, live=True))
    assert len(filters.built_in(ON, concerns=False, live=False)) == 3


def test_what_was_filtered_is_a_sentence() -> None:
    asked = Asked.parse("status=K&year=4&year=6&adult=7&language=POL")
    assert asked.words(filters.adults(ROWS)) == (
        "Status: SEN support. Year: Year 4 or Year 6. Key adult: Mrs Iqbal. Language at home: Polish."
    )
    assert Asked().words() == "Everybody on the register."


@pytest.mark.parametrize(
    ("on", "stage"), [(date(2026, 9, 30), None), (date(2026, 10, 1), "assess"), (date(2026, 10, 5), "plan"), (ON, "do")]
)
def test_a_cycle_has_the_stage_of_the_day(on: date, stage: str | None) -> None:
    opened = date(2026, 10, 1) if on >= date(2026, 10, 1) else None
    row = BLANK._replace(opened_on=opened, assessed_on=date(2026, 10, 5), started_on=date(2026, 10, 9), cycle=2)
    assert stage_on(row, on) == stage
