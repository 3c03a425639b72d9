"""To whom today's list may be handed, and when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.areas.cover.rules import LONGEST, Colleague, Span, may_hand_over
from tests.people import TODAY

BEN = Colleague(2, "Ben Whitlock", ("teacher",), True)


def span(first: int, last: int) -> Span:
    return Span(TODAY + timedelta(first), TODAY + timedelta(last))


@pytest.mark.parametrize(
    ("to", "days", "why", "refused"),
    [
        (BEN, (0, 4), "A course", ""),
        (BEN, (3, 3), "A course", ""),
        (BEN, (20, 20 + LONGEST.days), "Leave", ""),
        (BEN, (20, 21 + LONGEST.days), "Leave", "days at most"),
        (BEN, (-1, 4), "A course", "first day has passed"),
        (BEN, (4, 3), "A course", "before the first"),
        (BEN, (0, 4), "  ", "Say why"),
        (BEN, (8, 10), "A course", "covers already, 3 Dec 2026 to 5 Dec 2026"),
        (BEN, (12, 12), "A course", "covers already"),
        (BEN, (13, 14), "A course", ""),
        (None, (0, 4), "A course", "works at this school"),
        (Colleague(2, "Gil", (), True), (0, 4), "A course", "works at this school"),
        (Colleague(1, "Amara", ("senco",), True), (0, 4), "A course", "to yourself"),
        (Colleague(9, "Hari", ("head",), True), (0, 4), "A course", "to yourself"),
        (Colleague(3, "Tess", ("ta",), True), (0, 4), "A course", "Tess is teaching assistant"),
        (Colleague(3, "Gus", ("admin",), True), (0, 4), "A course", "should be a teacher"),
        (Colleague(3, "Pat", ("governor", "teacher"), True), (0, 4), "A course", ""),
        (Colleague(3, "Cy", ("teacher",), False), (0, 4), "A course", "cannot sign in yet"),
    ],
)
def test_who_may_cover(to: Colleague | None, days: tuple[int, int], why: str, refused: str) -> None:
    standing = [span(10, 12)]
    found = may_hand_over(to=to, away=1, by=9, span=span(*days), standing=standing, why=why, on=TODAY)
    assert (refused in str(found)) if refused else found is None


DAYS = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: span(min(pair), max(pair)))


@given(DAYS, DAYS)
def test_two_that_are_allowed_share_no_day(first: Span, second: Span) -> None:
    found = may_hand_over(to=BEN, away=1, by=1, span=second, standing=[first], why="A course", on=TODAY)
    days = [{each.first + timedelta(n) for n in range((each.last - each.first).days + 1)} for each in (first, second)]
    assert (found is None) == (not days[0] & days[1])


def test_days_in_words() -> None:
    assert (span(0, 0).words, span(0, 1).words) == ("23 Nov 2026", "23 Nov 2026 to 24 Nov 2026")
