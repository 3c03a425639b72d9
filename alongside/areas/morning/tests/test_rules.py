"""When a mail goes and what it says; how long an address opens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.areas.morning import rules
from alongside.areas.morning.rules import Count, Door, Facts, Sending
from tests.people import TODAY

COUNT = st.builds(Count, st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
FACTS = st.builds(
    Facts, st.fixed_dictionaries({"legal": COUNT, "family": COUNT, "rest": COUNT}), st.integers(0, 3), st.booleans(),
    st.booleans(), st.frozensets(st.sampled_from(["morning", "legal"])),
)  # fmt: skip


def facts(*, late: int = 0, legal: int = 0, wants: bool = True, school: bool = True, sent: str = "") -> Facts:
    return Facts({"rest": Count(late)}, legal, wants, school, frozenset({sent} - {""}))


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        (facts(late=1), Sending.MORNING),
        (facts(), None),  # nothing to say
        (facts(late=1, wants=False), None),
        (facts(late=1, school=False), None),
        (facts(late=1, sent="morning"), None),
        (facts(legal=1), Sending.MORNING),
        (facts(legal=1, wants=False), Sending.LEGAL),
        (facts(legal=1, school=False), Sending.LEGAL),
        (facts(legal=1, school=False, sent="legal"), None),
        (facts(legal=1, sent="morning"), None),
    ],
)
def test_which_mail_goes(found: Facts, kind: Sending | None) -> None:
    assert rules.sending(found) == kind


@given(FACTS)
def test_no_means_no_but_for_the_law(found: Facts) -> None:
    kind = rules.sending(found)
    if kind is Sending.MORNING:
        assert found.wants and found.school_day and not found.sent & {"morning"}
    if kind is Sending.LEGAL:
        assert found.new_legal and not found.sent


@given(FACTS, st.sampled_from(list(Sending)))
def test_a_mail_is_made_of_counts(found: Facts, kind: Sending) -> None:
    said = [rules.subject(found, kind, TODAY), rules.opening(found), *(words for _, words in rules.lines(found, kind))]
    for words in said:
        assert "/" not in words and "\n" not in words
    assert kind is Sending.MORNING or rules.lines(found, kind) == []


def test_the_words() -> None:
    found = Facts({"legal": Count(1, 0, 2), "rest": Count(0, 3, 0)}, 2, True, True, frozenset())
    assert rules.subject(found, Sending.MORNING, TODAY) == "Today, 23 November: 1 late, 5 due"
    assert rules.lines(found, Sending.MORNING) == [
        ("Legal dates", "1 late, 2 in the next 7 days"), ("Everything else", "3 today"),
    ]  # fmt: skip
    assert rules.opening(found) == "2 legal dates need somebody today."


@pytest.mark.parametrize(
    ("until", "revoked", "welcome", "opens"),
    [(0, False, True, True), (5, False, True, True), (-1, False, True, False), (5, True, True, False), (5, False, False, False)],
)  # fmt: skip
def test_an_address_opens_until_it_ends(until: int, revoked: bool, welcome: bool, opens: bool) -> None:
    assert rules.may_read(Door(TODAY + timedelta(until), revoked, welcome), on=TODAY) is opens


@given(st.lists(st.integers(0, 4_000), min_size=1, max_size=120))
def test_no_hour_sees_more_readings_than_allowed(gaps: list[int]) -> None:
    at, since, reads, let_in = datetime(2026, 11, 23, 8, tzinfo=UTC), None, 0, []
    for gap in gaps:
        at += timedelta(seconds=gap)
        since, reads = rules.counted(since, reads, at=at)
        if rules.too_often(reads) is None:
            let_in.append((since, at))
    for window in {since for since, _ in let_in}:
        inside = [at for since, at in let_in if since == window]
        assert len(inside) <= rules.MOST_READS and inside[-1] - inside[0] < rules.WINDOW


@pytest.mark.parametrize(
    ("band", "head"),
    [("legal", "Annual review decided, legal date"), ("family", "Annual review decided, promise to a family"),
     ("rest", "Annual review decided")],
)  # fmt: skip
def test_an_event_says_what_kind_of_date_it_is(band: str, head: str) -> None:
    assert rules.event_words("Annual review decided", band, False)[0] == head
